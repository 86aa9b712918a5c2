"""What stands in a bidder's letter: its own scores, with what was available, why, and what became of the bid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluator.records.criteria import Criteria, ScaleMark, Theme
from evaluator.records.evaluation import Decision
from evaluator.records.numbers import decimal_text, pounds
from evaluator.records.outcome import Outcome
from evaluator.records.scores import Step
from evaluator.reporting.explain import fate
from evaluator.reporting.letters.forms import FORMULAS
from evaluator.reporting.rows import Row, ThemeRows, counted_part, shown, theme_rows
from evaluator.reporting.traces import AnswerTrace, Traces


@dataclass(frozen=True)
class Line:
    """One question of a letter: the points available and given, the mark's own words, and those of the next mark."""

    answer: AnswerTrace
    points: str
    mark: ScaleMark
    higher: ScaleMark | None

    @property
    def reason(self) -> str:
        """The reason for the mark that counts."""
        return self.answer.counts.reason if self.answer.counts else ""


@dataclass(frozen=True)
class Part:
    """A sub-total or total: what it is called, the points given, and the points available."""

    name: str
    points: str
    available: str


@dataclass(frozen=True)
class Letter:
    """One assessed bid as its bidder is told of it; ``winners`` are the other funded bids of its theme."""

    row: Row
    theme: Theme
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    price: str
    formula: str
    outcome: str
    decisions: tuple[Decision, ...]
    winners: tuple[Row, ...]
    totals: Mapping[str, str]


def letters_of(outcome: Outcome, steps: Mapping[str, Sequence[Step]]) -> tuple[Letter, ...]:
    """Put together the letters of all assessed bids, theme by theme, by id; disregarded bids are not assessed."""
    traces = Traces(outcome)
    return tuple(
        _letter(outcome, view, row, traces, steps[row.bid.id])
        for view in theme_rows(outcome)
        for row in view.rows
        if row.status != "disregarded"
    )


def _letter(outcome: Outcome, view: ThemeRows, row: Row, traces: Traces, steps: Sequence[Step]) -> Letter:
    criteria, policy = outcome.criteria, view.policy
    points = {step.rule.removeprefix("weights: "): step.result for step in steps}
    decisions = outcome.evaluation.decisions if outcome.evaluation else ()
    winners = tuple(other for other in view.ranked if other.award and other is not row)
    return Letter(
        row=row,
        theme=view.theme,
        lines=tuple(_lines(criteria, traces.of(row.bid), points)),
        parts=tuple(_parts(criteria, view, row)),
        price=pounds(row.bid.price) if policy and row.bid.price is not None else "",
        formula=FORMULAS[policy.method] if policy else "",
        outcome=f"An award of {pounds(row.award.amount)}." if row.award else fate(outcome, row),
        decisions=tuple(one for one in decisions if one.bid == row.bid.id),
        winners=() if row.award else winners,
        totals={other.bid.id: shown(other.total, criteria.rounding) for other in winners},
    )


def _lines(criteria: Criteria, answers: Sequence[AnswerTrace], points: Mapping[str, Fraction]) -> Iterator[Line]:
    scale = sorted(criteria.scale.mark, key=lambda point: point.mark)
    for answer in answers:
        if answer.counts is None:
            continue
        at = next(at for at, point in enumerate(scale) if point.mark == answer.counts.mark)
        higher = scale[at + 1] if at + 1 < len(scale) else None
        yield Line(answer, shown(points[answer.question.id], criteria.rounding), scale[at], higher)


def _parts(criteria: Criteria, view: ThemeRows, row: Row) -> Iterator[Part]:
    rounding, weights = criteria.rounding, view.theme.weights
    available = sum((weights[question] for question in view.questions), Decimal(0))
    yield Part("Quality", shown(counted_part(row.quality, rounding), rounding), decimal_text(available))
    if row.price_points is not None:
        price = weights.get("price", Decimal(0))
        yield Part("Price", shown(counted_part(row.price_points, rounding), rounding), decimal_text(price))
        available += price
    if row.index is not None:
        yield Part("Pounds for a quality point", shown(row.index, rounding), "the lowest is best")
    elif row.total is not None:
        yield Part("Total", shown(row.total, rounding), decimal_text(available))
