"""The sheet of stages: who goes on from each, as live formulas over the points of the themes' sheets."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from evaluator.records.documents import Cell, Highlight, Sheet
from evaluator.records.programme.conditions.stages import Stage
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.stages import StageLine
from evaluator.reporting.results import formulas
from evaluator.reporting.results.awards import Sum
from evaluator.reporting.results.grid import headings, titled
from evaluator.reporting.results.layout import MINIMUMS, ThemePlan, live
from evaluator.reporting.shared.figures import as_decimal

SHEET = "Stages"
NOTE = (
    "Points come from the themes’ sheets. Yellow cells hold what was published of the stage, and the order of bids "
    "with equal points where a tie-break or a draw decides."
)
ON, OFF = "goes on", "does not go on"
FIRST = 5  # the row of the first bid
COLUMNS = ("Stage", "Bid", "Theme", "#Points", "#Of", "#At least", "#Places", "#Order between equals", "Can", "Result")
STAGE, BID, THEME, POINTS, LEAST, PLACES, ORDER, ABLE, RESULT = "ABCDFGHIJ"


class StageFormulas:
    """Where each bid of each stage stands in the sheet, and the formulas that look at the themes' sheets."""

    def __init__(self, outcome: Outcome, plans: Sequence[ThemePlan]) -> None:
        published = {stage.id: stage for stage in outcome.criteria.stage}
        self.lines = [(published[one.stage], line) for one in outcome.stages for line in one.lines]
        self.plans: Mapping[str, ThemePlan] = {plan.view.theme.id: plan for plan in plans}

    def span(self, column: str) -> str:
        """Give the address of a column of the sheet, as the sheet itself names it."""
        return f"${column}${FIRST}:${column}${FIRST + len(self.lines) - 1}"

    def sheet(self) -> Sheet:
        """Write the sheet."""
        rows = [self._row(FIRST + at, stage, line) for at, (stage, line) in enumerate(self.lines)]
        return Sheet(
            SHEET,
            (*titled("Who goes on from each stage", NOTE), headings(*COLUMNS), *rows),
            widths=(14, 12, 24, 12, 10, 10, 10, 12, 8, 16),
            freeze=(FIRST - 1, 2),
            table=(FIRST - 1, FIRST - 1 + len(rows)),
            protected=True,
            highlights=(Highlight(self.span(RESULT), OFF, "care"), Highlight(self.span(RESULT), ON, "good")),
        )

    def sums(self) -> Iterator[Sum]:
        """Give the points of each bid in each stage, for the sheet of checks."""
        for at, (stage, line) in enumerate(self.lines):
            yield Sum(
                f"{line.bid}: points of stage {stage.id}",
                f"{SHEET}!${POINTS}${FIRST + at}",
                _number(line.points),
                SHEET,
            )

    def _row(self, row: int, stage: Stage, line: StageLine) -> tuple[Cell, ...]:
        least = max(Fraction(stage.score or 0), line.available * Fraction(stage.share or 0) / 100)
        plan = self.plans[line.theme]
        asked = [question for question in plan.view.questions if question in stage.questions]
        places = stage.number if stage.passes == "best" and asked else None
        return (
            Cell(stage.id),
            Cell(line.bid),
            Cell(line.theme),
            live(line.points, f"ROUND({self._points(plan, stage, line, row)},{formulas.FINE})", "helper"),
            Cell(_number(line.available)),
            Cell(_number(least), style="input"),
            Cell(places, style="input"),
            Cell(line.order, style="input"),
            self._able(plan, asked, row, line),
            Cell(ON if line.passed else OFF, f"={self._result(stage, row)}"),
        )

    def _points(self, plan: ThemePlan, stage: Stage, line: StageLine, row: int) -> str:
        """Add up the points of the stage's questions; a bid is found by its id, so that sheets can be sorted."""
        asked = [question for question in plan.view.questions if question in stage.questions]
        found = [
            f"{self._of_bid(plan, f'points:{question}', row)}{_as_in(plan, stage, line.bid, question)}"
            for question in asked
        ]
        return f"SUM({','.join(found)})" if found else "0"

    def _of_bid(self, plan: ThemePlan, key: str, row: int) -> str:
        grid = plan.grid
        at = f"SUMPRODUCT(({grid.away(grid.span('bid'))}=${BID}{row})*(ROW({grid.away(grid.span('bid'))})))"
        return f"INDEX({grid.away(grid.span(key))},{at}-{grid.first - 1})"

    def _able(self, plan: ThemePlan, asked: Sequence[str], row: int, line: StageLine) -> Cell:
        """Say whether a bid has enough points, and every published minimum mark of the stage.

        Where a section of the stage has a minimum, it is typed in, as the engine has it.
        """
        theme = plan.view.theme
        sections = (one for one in theme.section if set(one.questions) <= set(asked))
        if any(one.minimum_points is not None or one.minimum_percent is not None for one in sections):
            return Cell(int(line.able), style="input")
        tests = [f"${POINTS}{row}>=${LEAST}{row}"]
        for question in (one for one in asked if one in theme.minimum_marks):
            least = plan.grid.away(plan.grid.fixed(f"mark:{question}", MINIMUMS))
            sign = ">" if question in theme.more_than else ">="
            tests.append(f"{self._of_bid(plan, f'mark:{question}', row)}{sign}{least}")
        return live(int(line.able), f"IF(AND({','.join(tests)}),1,0)", "whole")

    def _result(self, stage: Stage, row: int) -> str:
        """Count who is better among those that can go on: with more points, or as many and a better order."""
        within = f"({self.span(STAGE)}=${STAGE}{row})"
        within += f"*({self.span(THEME)}=${THEME}{row})" if stage.in_each_theme else ""
        points = f"({self.span(POINTS)}>${POINTS}{row})"
        order = f"({self.span(POINTS)}=${POINTS}{row})*({self.span(ORDER)}<${ORDER}{row})"
        better = f"SUMPRODUCT({within}*({self.span(ABLE)}=1)*({points}+{order}))"
        placed = f'IF(${PLACES}{row}="",TRUE,{better}<${PLACES}{row})'
        return f'IF(AND(${ABLE}{row}=1,{placed}),"{ON}","{OFF}")'

    def decision(self, bid: str) -> str:
        """Give the formula for what a bid is by the stages: admitted, or not shortlisted."""
        wanted = bid.replace('"', '""')
        bids, results = (f"{SHEET}!{self.span(column)}" for column in (BID, RESULT))
        return f'IF(SUMPRODUCT(({bids}="{wanted}")*({results}="{OFF}"))>0,"not_shortlisted","admitted")'


def _as_in(plan: ThemePlan, stage: Stage, bid: str, question: str) -> str:
    """Say how many times as much a question carries in its stage as in the end.

    It does so where the stage has weights of its own, and where questions do not apply to the bid.
    """
    apart, theme = plan.apart(next(one for one in plan.view.rows if one.bid.id == bid)), plan.view.theme.id
    within, narrowed = [one for one in apart if one in stage.questions], plan.criteria.of_stage(stage)
    if apart:
        there, whole = narrowed.spread(theme, within)[question], plan.criteria.spread(theme, apart)[question]
    else:
        there, whole = (Fraction(each.theme(theme).weights.get(question, 0)) for each in (narrowed, plan.criteria))
    times = there / whole if whole else Fraction(1)
    return "" if times == 1 else f"*{times.numerator}/{times.denominator}"


def _number(value: Fraction) -> Decimal:
    return as_decimal(value)
