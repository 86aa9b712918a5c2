"""The plan of a theme's sheet: which columns it has, in which order, and what stands above them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import assert_never

from evaluator.records.documents import Cell, Style
from evaluator.records.programme.criteria import Criteria, tie_break_of
from evaluator.records.programme.price.lines import have_weights
from evaluator.records.programme.price.measured import Measured
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.scales import Values
from evaluator.records.submissions.tie_breaks import arrivals
from evaluator.reporting.results.grid import Grid
from evaluator.reporting.results.parameters import Parameters
from evaluator.reporting.shared.bid_rows import Row, ThemeRows
from evaluator.reporting.shared.figures import as_decimal

WEIGHTS, MINIMUMS, FIGURES, HEADINGS = 3, 4, 5, 6  # rows above the table
STATES = {
    "ranked": "ranked",
    "below_minimum": "below minimum",
    "disqualified": "disqualified",
    "disregarded": "disregarded",
    "excluded": "excluded",
    "withdrawn": "withdrawn",
    "lot_abandoned": "lot abandoned",
    "not_shortlisted": "not_shortlisted",
}


@dataclass(frozen=True)
class Column:
    """A column of a theme's sheet: its heading, the cell of each bid, and the cells above the heading by row."""

    key: str
    heading: str
    cell: Callable[[int, Row], Cell]
    width: int = 11
    above: Mapping[int, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class ThemePlan:
    """A theme with the place of each of its columns and of the parameters that its formulas refer to."""

    criteria: Criteria
    view: ThemeRows
    grid: Grid
    parameters: Parameters
    made: Mapping[tuple[str, str], str] = field(default_factory=dict)  # where marks that are worked out stand
    summed: Mapping[str, int] = field(default_factory=dict)  # how many marks a sum of a question has

    def times(self, question: str) -> str:
        """Divide what a sum of marks earns by the number of them; nothing is divided where it is no sum."""
        return f"/{self.summed[question]}" if question in self.summed else ""

    def made_at(self, row: Row, question: str) -> str:
        """Give the address of a mark that is worked out; empty where it is not."""
        asked = {one.id: one for one in self.criteria.questions(row.bid.theme)}[question]
        return self.made.get((row.bid.organisation if asked.scope == "organisation" else row.bid.id, question), "")

    by_stages: Callable[[str], str] | None = None  # the formula for what a bid is by the stages, by its id

    @property
    def order(self) -> tuple[str, ...]:
        """The levels of the tie-break that apply to the theme."""
        return _order(self.criteria, self.view)

    @property
    def measured(self) -> tuple[Measured, ...]:
        """The criteria that the theme measures."""
        return self.criteria.measured_in(self.view.theme.id)

    @property
    def on_one_scale(self) -> bool:
        """Whether every question counts by its mark over the highest of the programme's scale, for every bid."""
        usual = Values.of(self.criteria.scale)
        others = any(Values.of(self.criteria.scale_for(question)) != usual for question in self.view.questions)
        return not (others or self.criteria.scale.has_points or any(self.apart(row) for row in self.view.rows))

    def apart(self, row: Row) -> tuple[str, ...]:
        """Name the questions that do not apply to a bid."""
        every = zip(self.view.questions, row.marks, row.points, strict=True)
        return tuple(question for question, mark, points in every if mark is None and points is not None)

    def points(self, row: str) -> str:
        """Give the address of the points of all questions in a row."""
        return self.grid.across([f"points:{question}" for question in self.view.questions], row)

    def marks(self, row: str) -> str:
        """Give the address of all marks, or of what stands above them, in a row such as ``8`` or ``$3``."""
        return self.grid.across([f"mark:{question}" for question in self.view.questions], row)


def planned(
    criteria: Criteria,
    view: ThemeRows,
    name: str,
    parameters: Parameters,
    made: Mapping[tuple[str, str], str] | None = None,
    summed: Mapping[str, int] | None = None,
) -> ThemePlan:
    """Plan a theme's sheet under the name that it will have."""
    keys = tuple(dict.fromkeys(_keys(criteria, view)))
    return ThemePlan(
        criteria, view, Grid(name, keys, HEADINGS + 1, len(view.rows)), parameters, made or {}, summed or {}
    )


def _order(criteria: Criteria, view: ThemeRows) -> tuple[str, ...]:
    return tuple(level for level in criteria.tie_break.order if _applies(view, level))


def _applies(view: ThemeRows, level: str) -> bool:
    """Whether a tie-break level applies: a price that every ranked bid has, or a question that the theme asks."""
    kind, question = tie_break_of(level)
    match kind:
        case "quality":
            return True
        case "lower_price":
            return has_prices(view) and all(row.scored_price is not None for row in view.ranked)
        case "received":
            return arrivals([row.bid for row in view.ranked]) is not None
        case "draw":
            return any(row.bid.draw_seed for row in view.rows)
        case "question":
            return question in view.questions
        case "measured":
            return question in view.theme.weights
        case never:
            assert_never(never)


def has_prices(view: ThemeRows) -> bool:
    """Whether any bid of the theme offers a price."""
    return any(row.bid.price is not None for row in view.rows)


def _keys(criteria: Criteria, view: ThemeRows) -> Iterator[str]:
    """List the columns: results first, then what they rest on, then the steps between."""
    yield from ("bid", "organisation", "state", "rank", "tied", "total", "quality")
    if view.policy:
        yield given(view)
    yield "decision"
    yield from (f"mark:{question}" for question in view.questions)
    yield from _price_keys(criteria, view) if has_prices(view) else ()
    yield from (f"points:{question}" for question in view.questions)
    measured = criteria.measured_in(view.theme.id)
    yield from (f"{part}:{one.id}" for one in measured for part in ("figure", "counted", "points"))
    yield from ("exact answers",) if measured else ()
    yield "exact quality"
    if view.policy and view.indexed and has_prices(view):
        yield "compared quality"
    if view.policy:
        yield f"exact {given(view)}"
    yield "exact total"
    if view.indexed:
        yield "compared:none"
    yield "compared:total"
    yield from (level for level in _order(criteria, view) if level in ("received", "draw"))
    yield from (f"compared:{level}" for level in _order(criteria, view))


def given(view: ThemeRows) -> str:
    """Name what the price method gives a bid: points or an index."""
    return "index" if view.indexed else "points"


def given_words(view: ThemeRows) -> str:
    """Head the column of what the price method gives."""
    gives = METHODS[view.policy.method].gives if view.policy else "points"
    return {"points": "Price points", "index": "Price index", "adjusted_price": "Adjusted price"}[gives]


def _price_keys(criteria: Criteria, view: ThemeRows) -> Iterator[str]:
    if any(row.bid.by_year for row in view.rows):
        yield from (f"year:{year}" for year in criteria.years)
    yield from (f"line:{line.id}" for line in criteria.price_line)
    yield from ("all lines",) if any(line.option for line in criteria.price_line) else ()
    yield "price"
    if per_unit(criteria, view):
        yield "people"
    yield from ("scored price", "compared price")
    if view.policy and not view.indexed and have_weights(criteria.price_line):
        yield from (f"compared line:{line.id}" for line in criteria.price_line)


def per_unit(criteria: Criteria, view: ThemeRows) -> bool:
    """Whether prices are compared for each person served."""
    policy = criteria.price_policy(view.theme.id)
    return policy is not None and policy.basis == "unit_cost"


def live(value: Fraction | int | None, formula: str, style: Style = "points", places: int | None = None) -> Cell:
    """Make a formula's cell with the engine's value as its cached value; an empty text where there is none."""
    return Cell(None if value is None else as_decimal(Fraction(value)), f"={formula}", style, places)
