"""The sheet of published parameters: every number that a formula uses stands here once, with its source."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from evaluator.records.documents import Cell, Sheet, Style
from evaluator.records.programme.criteria import PRICE, QUALITY, QUESTION, Criteria, Theme
from evaluator.records.programme.minimums import PointMinimum, point_minimums
from evaluator.records.programme.price.basis import basis_words
from evaluator.records.programme.price.measured import MEASURED_METHODS, Band
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.rules import Rule
from evaluator.records.programme.scales import PASS_FAIL, Scale, ScaleOf, Values
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.results.grid import headings, titled
from evaluator.reporting.shared.figures import as_decimal
from evaluator.reporting.shared.limits import applies_to
from evaluator.reporting.shared.pages import theme_titles

SHEET = "Parameters"
HIGHEST, PLACES, TOLERANCE = "HighestMark", "RoundingPlaces", "Tolerance"
SMALL = Decimal("0.000000001")
NOTE = (
    "Yellow cells hold what was published. The formulas of this workbook refer to them and hold no figure themselves."
)
Line = tuple[Cell, ...]


@dataclass
class Parameters:
    """The sheet while it is written, and the addresses of what stands in it.

    ``weights`` by theme and question (or ``price``), ``minimums`` by theme and question, ``settings`` by theme and
    name, ``limits`` by rule and key, ``scales`` by their
    marks and what they count: where the marks stand, and the points where there is a table of them.
    """

    lines: list[Line]
    names: dict[str, str] = field(default_factory=dict)
    weights: dict[tuple[str, str], str] = field(default_factory=dict)
    minimums: dict[tuple[str, str], str] = field(default_factory=dict)
    settings: dict[tuple[str, str], str] = field(default_factory=dict)
    limits: dict[tuple[str, str], str] = field(default_factory=dict)
    scales: dict[Values, tuple[str, str]] = field(default_factory=dict)

    def add(self, *cells: Cell) -> int:
        """Add a line and give its number."""
        self.lines.append(cells)
        return len(self.lines)

    @property
    def sheet(self) -> Sheet:
        """The finished sheet."""
        return Sheet(SHEET, tuple(self.lines), widths=(30, 28, 60, 15, 15, 22, 80), protected=True)


def parameters(outcome: Outcome) -> Parameters:
    """Write the published parameters and remember where each stands."""
    made = Parameters(titled("Published parameters", NOTE))
    _arithmetic(made, outcome.criteria)
    _scale(made, outcome.criteria)
    _weights(made, outcome)
    _settings(made, outcome.criteria)
    _order(made, outcome.criteria)
    _rules(made, outcome.criteria)
    return made


def _address(column: str, row: int) -> str:
    return f"{SHEET}!${column}${row}"


def _section(made: Parameters, title: str, *words: str) -> None:
    made.add()
    made.add(Cell(title, style="title"))
    made.add(*headings(*words))


def _arithmetic(made: Parameters, criteria: Criteria) -> None:
    rounding = criteria.rounding
    points = {
        "parts": "the quality score and the price points, each once; the total is their sum",
        "total": "the total, once",
        "display": "nothing: ranks rest on exact totals, rounding is for the eye",
    }
    modes = {
        "half_up": "halves away from nought",
        "half_even": "halves to the even neighbour",
        "up": "away from nought",
        "down": "towards nought",
    }
    made.add(*headings("Setting", "Value", "What it does"))
    for name, value, words in (
        (HIGHEST, criteria.scale.highest, "The mark that earns all of a question's weight."),
        (PLACES, rounding.places, "Decimal places of the published rounding."),
        (TOLERANCE, SMALL, "Spreadsheets hold 15 figures; a smaller difference is none. Not published: ours."),
    ):
        row = made.add(Cell(name), Cell(value, style="input"), Cell(words, style="text"))
        made.names[name] = _address("B", row)
    made.add(Cell("What is rounded"), Cell(points[rounding.point], style="text"), Cell(rounding.source, style="text"))
    made.add(Cell("How it is rounded"), Cell(modes[rounding.mode], style="text"))


def _scale(made: Parameters, criteria: Criteria) -> None:
    for scale in (criteria.scale, *criteria.scale_of, *_pass_or_fail(criteria)):
        name = f"The scale {scale.id}" if isinstance(scale, ScaleOf) else "The scale"
        name = "Pass or fail" if scale is PASS_FAIL else name
        points = ("#Points",) * scale.has_points
        _section(made, name, "Mark", "Label", "What earns it", *points)
        first = len(made.lines) + 1
        for point in scale.mark:
            counts = (Cell(point.points),) if scale.has_points else ()
            made.add(Cell(point.mark), Cell(point.label, style="text"), Cell(point.descriptor, style="text"), *counts)
        rows = f"{first}:${{}}${len(made.lines)}"
        marks, counts_at = (f"{SHEET}!${letter}${rows.format(letter)}" for letter in "AD")
        made.scales.setdefault(Values.of(scale), (marks, counts_at if scale.has_points else ""))


def _pass_or_fail(criteria: Criteria) -> Iterator[Scale]:
    """Give the scale of questions that are answered pass or fail, where there are any on it."""
    asked = {question.id for theme in criteria.themes for question in criteria.questions(theme.id)}
    if any(criteria.scale_for(question).marks == PASS_FAIL.marks for question in asked):
        yield PASS_FAIL


def _weights(made: Parameters, outcome: Outcome) -> None:
    effective = {(w.theme, w.question): w.effective for w in outcome.scores.weights} if outcome.scores else {}
    _section(made, "Weights and minimum marks", "Theme", "Question", "Title", "#Weight", "#Effective", "#Minimum mark")
    for theme in outcome.criteria.themes:
        for part, title in _parts(outcome.criteria, theme):
            share = effective.get((theme.id, part))
            row = made.add(
                Cell(theme.title, style="text"),
                Cell(part),
                Cell(title, style="text"),
                Cell(theme.weights[part], style="input"),
                Cell(None if share is None else as_decimal(share)),
                _typed(theme.minimum_marks.get(part)),
            )
            made.weights[theme.id, part] = _address("D", row)
            if part in theme.minimum_marks:
                made.minimums[theme.id, part] = _address("F", row)


def _parts(criteria: Criteria, theme: Theme) -> Iterator[tuple[str, str]]:
    yield from ((question.id, question.title) for question in criteria.questions(theme.id))
    yield from ((one.id, one.title) for one in criteria.measured_in(theme.id))
    if PRICE in theme.weights:
        yield PRICE, "Price"


def _settings(made: Parameters, criteria: Criteria) -> None:
    _section(made, "Price methods and minimum quality", "Theme", "Setting", "Value")
    for theme in criteria.themes:
        for name, value in _theme_settings(criteria, theme):
            cell = Cell(value, style="text") if isinstance(value, str) else Cell(value, style="input")
            row = made.add(Cell(theme.title, style="text"), Cell(name, style="text"), cell)
            made.settings[theme.id, name] = _address("C", row)


def _theme_settings(criteria: Criteria, theme: Theme) -> Iterator[tuple[str, str | Decimal]]:
    policy = criteria.price_policy(theme.id)
    if policy:
        yield "price method", policy.method.replace("_", " ")
        yield "price scored", basis_words(policy)
        if policy.basis == "discounted" and policy.discount_rate is not None:
            yield DISCOUNT, policy.discount_rate
        for name, terms in METHODS[policy.method].parameters.items():
            value = policy.parameters.get(name, terms.default)
            if value is not None:
                yield name, value
    for one in point_minimums(theme, [question.id for question in criteria.questions(theme.id)]):
        value = one.percent if one.points is None else one.points
        if value is not None:
            yield minimum_name(one), value
    yield from _line_settings(criteria)
    yield from _measured_settings(criteria, theme)


def _line_settings(criteria: Criteria) -> Iterator[tuple[str, str | Decimal]]:
    """Give what was published of each line of the price."""
    for line in criteria.price_line:
        known = METHODS[line.method].parameters if line.method else {}
        given = {name: terms.default for name, terms in known.items()} | line.parameters
        for name, value in {"quantity": line.quantity, "weight": line.weight, **given}.items():
            if value is not None:
                yield f"{line.id}: {name}", value


def _measured_settings(criteria: Criteria, theme: Theme) -> Iterator[tuple[str, str | Decimal]]:
    """Give what was published of each criterion that a theme measures, name by name."""
    for one in criteria.measured_in(theme.id):
        yield f"{one.id}: method", one.method.replace("_", " ")
        for name, terms in MEASURED_METHODS[one.method].parameters.items():
            value = one.parameters.get(name, terms.default)
            if value is not None:
                yield f"{one.id}: {name}", value
        for number, band in enumerate(one.band, 1):
            yield f"{one.id}: line {number}", end_of(band)
            yield f"{one.id}: points {number}", band.points
        for name in ("least", "most", "cap"):
            if getattr(one, name) is not None:
                yield f"{one.id}: {name}", getattr(one, name)


def end_of(band: Band) -> Decimal:
    """Give the figure at which a line of a table begins, or ends."""
    return (band.at_most if band.at_least is None else band.at_least) or Decimal(0)


DISCOUNT = "discount rate, percent a year"


def minimum_name(one: PointMinimum) -> str:
    """Name a minimum of points as the sheet does.

    >>> minimum_name(PointMinimum("A", "Delivery", ("Q1",), Decimal(12), None, True))
    'minimum of Delivery, points: more than'
    """
    of = "minimum quality" if one.name == QUALITY else f"minimum of {one.title}"
    whole = "the quality points" if one.name == QUALITY else "its points"
    share = "points" if one.percent is None else f"percent of {whole}"
    return f"{of}, {share}{': more than' if one.beyond else ''}"


def _order(made: Parameters, criteria: Criteria) -> None:
    _section(made, "What decides between equal totals", "Order", "By")
    for number, level in enumerate(criteria.tie_break.order, 1):
        made.add(Cell(number), Cell(level.replace("_", " ").replace(QUESTION, "mark for ")))
    made.add(Cell("then"), Cell("a tie"))


def _rules(made: Parameters, criteria: Criteria) -> None:
    if not criteria.rules:
        return
    _section(made, "Rules of award", "Rule", "Kind", "Title", "#Least", "#Most", "Applies to", "Source")
    titles = theme_titles(criteria)
    for rule in criteria.rules:
        row = made.add(
            Cell(rule.id),
            Cell(rule.kind.replace("_", " ")),
            Cell(rule.title, style="text"),
            _limit(rule, rule.floor),
            _limit(rule, rule.ceiling),
            Cell(applies_to(rule, titles), style="text"),
            Cell(rule.source, style="text"),
        )
        made.limits |= {(rule.id, "least"): _address("D", row), (rule.id, "most"): _address("E", row)}


def _limit(rule: Rule, value: Decimal | int | None) -> Cell:
    return _typed(value, "input_money" if rule.traits.counts == "money" else "input")


def _typed(value: Decimal | int | None, style: Style = "input") -> Cell:
    return Cell() if value is None else Cell(value, style=style)
