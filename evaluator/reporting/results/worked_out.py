"""The sheet of marks that are worked out: evaluators' marks typed in, and the mark that counts a formula of them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from evaluator.records.documents import Cell, Sheet
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Moderation
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Answer, values_of
from evaluator.records.submissions.several_marks import OneMark, left_out_each_end, said_of
from evaluator.reporting.results.formulas import rounding
from evaluator.reporting.results.grid import headings, letters, quoted, titled
from evaluator.reporting.results.layout import live
from evaluator.reporting.results.parameters import PLACES, TOLERANCE

SHEET = "Marks worked out"
NOTE = "Yellow cells hold the evaluators' marks, with nobody named; the mark that counts is computed from them, as {}."
DUST = "0.000000001"  # of binary fractions, wherever the formula stands
ABOUT = ("Bid or organisation", "Question", "#Mark that counts", "#Marks")
Key = tuple[str, str]


def worked_out_sheet(outcome: Outcome) -> tuple[Sheet | None, Mapping[Key, str]]:
    """Give the sheet, and the address of each answer's mark; none where marks are not worked out."""
    answers = [answer for answer in outcome.answers if answer.made]
    if not answers:
        return None, {}
    moderation = outcome.criteria.moderation
    most = max(len(answer.marks) for answer in answers)
    note = NOTE.format(f"the published {said_of(moderation)}")
    lines = titled("Marks that are worked out from evaluators' marks", note)
    lines.append(headings(*ABOUT, *(f"#Mark {number}" for number in range(1, most + 1))))
    first, places = len(lines), {}
    for row, answer in enumerate(answers, first + 1):
        places[answer.bid, answer.question] = f"{quoted(SHEET)}!$C${row}"
        lines.append(_line(outcome, answer, row))
    widths = (20, 12, 16, 9, *(9 for _ in range(most)))
    sheet = Sheet(SHEET, tuple(lines), widths, (first, 3), table=(first, len(lines)), protected=True)
    return sheet, places


def marks_of_sums(outcome: Outcome) -> Mapping[str, Mapping[str, int]]:
    """Give for each theme and question how many marks a sum has; nothing where marks are not summed."""
    criteria, evaluation = outcome.criteria, outcome.evaluation
    if criteria.moderation.method != "sum" or evaluation is None:
        return {}
    found = {}
    for theme in evaluation.themes:
        known = zip(theme.questions, values_of(criteria, theme), strict=True)
        found[theme.theme] = {one: int(own.greatest / criteria.scale_for(one).greatest) for one, own in known}
    return found


def _line(outcome: Outcome, answer: Answer, row: int) -> tuple[Cell, ...]:
    made, scale = answer.made, outcome.criteria.scale_for(answer.question)
    assert made is not None
    own = sorted(Decimal(str(decimal_text(mark))) for _, mark, _ in answer.marks)
    if scale.has_points:  # it is the points that are worked out
        counts = sorted(scale.count_of(mark) for mark in own)
        own = [Decimal(count.numerator) / Decimal(count.denominator) for count in counts]
    cells = f"{letters(len(ABOUT))}{row}:{letters(len(ABOUT) + len(own) - 1)}{row}"
    formula = made_formula(outcome.criteria.moderation, made, cells)
    about = (Cell(answer.bid, style="text"), Cell(answer.question, style="text"))
    return *about, live(made.value, formula, "points"), Cell(len(own)), *(Cell(mark, style="input") for mark in own)


def made_formula(moderation: Moderation, made: OneMark, cells: str) -> str:
    """Give the formula by which a mark is worked out from the cells of the evaluators' marks.

    >>> rule = Moderation(method="mean", least_evaluators=2, places=1, mode="half_up", source="4.2")
    >>> made_formula(rule, OneMark(value=3, exact=3, counted=(3, 3), left_out=(), usual=2), "E5:F5")
    'ROUND(AVERAGE(E5:F5),1)'
    """
    number = len(made.counted) + len(made.left_out)
    exact = _exact(moderation, number, made.usual, cells)
    if moderation.places is None:
        return exact
    return (
        rounding(exact, moderation.mode or "half_up").replace(PLACES, str(moderation.places)).replace(TOLERANCE, DUST)
    )


def _exact(moderation: Moderation, number: int, usual: int, cells: str) -> str:
    if moderation.third_counts == "closest" and number > moderation.least_evaluators:
        return _closest(moderation, number, cells)
    match moderation.method:
        case "trimmed_mean":
            cut = left_out_each_end(moderation, number)
            ends = [f"-{name}({cells},{at})" for name in ("SMALL", "LARGE") for at in range(1, cut + 1)]
            return f"(SUM({cells}){''.join(ends)})/{number - 2 * cut}"
        case "sum":
            scaled = moderation.missing_marks == "scaled" and usual > number
            return f"SUM({cells})*{usual}/{number}" if scaled else f"SUM({cells})"
        case method:
            return f"{FUNCTIONS[method]}({cells})"


FUNCTIONS = {"mean": "AVERAGE", "median": "MEDIAN"}


def _closest(moderation: Moderation, number: int, cells: str) -> str:
    """Leave out the mark that lies furthest out; none where both ends lie as far."""
    function = FUNCTIONS[moderation.method]
    low, high = (_ranked(cells, range(start, start + number - 1)) for start in (1, 2))
    spans = [f"({_ranked(cells, [last])}-{_ranked(cells, [one])})" for one, last in ((1, number - 1), (2, number))]
    lower, upper = f"{function}({low})", f"{function}({high})"
    return f"IF({spans[0]}={spans[1]},{function}({cells}),IF({spans[0]}<{spans[1]},{lower},{upper}))"


def _ranked(cells: str, places: Sequence[int]) -> str:
    return ",".join(f"SMALL({cells},{place})" for place in places)
