"""What came in, as checked: complete and consistent. Only validation makes one."""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, overload

from evaluator.records.findings.finding import Source
from evaluator.records.programme.conditions.gates import Standing
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Mark, Scale, Values
from evaluator.records.submissions.events import NO_EVENTS, Events
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.several_marks import OneMark

NO_MARK, NOT_APPLICABLE = -1, -2
NARROW = 128  # positions below it are kept in one byte
ORGANISATION_PANEL = "organisation"  # the panel's word for those who mark the organisations' own answers


@dataclass(frozen=True, slots=True)
class Bid:
    """One offer for one theme. Money is in pence; ``price`` is the sum of ``by_year`` where prices are by year."""

    id: str
    theme: str
    organisation: str
    source: Source
    price: int | None = None
    by_year: tuple[int, ...] = ()
    name: str = ""  # of the organisation
    title: str = ""  # of the offer
    members: tuple[str, ...] = ()  # organisations of a consortium, beside the lead
    people: int | None = None
    hours: Decimal = Decimal(0)
    wards: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    small: bool = False
    outcomes: tuple[str, ...] = ()  # outcome areas that the bid works towards
    variant: str = ""  # name that the organisation gives to bids of which it offers one or another
    least_level: Decimal | None = None  # the least share of its ask, in percent, that is of use to it
    measured: tuple[tuple[str, Decimal], ...] = ()  # the figure of each measured criterion by its id; yes is 1, no 0
    lines: tuple[int, ...] = ()  # its price for each line of the price, in pence
    compared: int | None = None  # what all lines come to with the options, where these are no part of its price

    @property
    def scored(self) -> int | None:
        """The price that is compared: all lines where there are any, else the whole price."""
        return self.price if self.compared is None else self.compared

    def figure(self, measured: str) -> Decimal | None:
        """Give the figure of a measured criterion; None where the bid has none."""
        return next((value for name, value in self.measured if name == measured), None)

    received: str = ""  # when it came, such as 2027-02-26T11:58, where that decides between equal bids
    draw_seed: str = ""  # of the published draw, where one decides between equal bids


class Bids(Sequence[Bid]):
    """Bids as columns, one for each field of a bid: of a hundred thousand, none is made before it is asked for.

    Parameters
    ----------
    columns : what bids have, by field; they may be of more bids than these.
    rows : where each bid stands in the columns.
    """

    def __init__(self, columns: Mapping[str, Sequence[Any]], rows: Sequence[int]) -> None:
        self._columns, self._rows = columns, rows
        self._taken: dict[str, Sequence[Any]] = {}

    def column(self, field: str) -> Sequence[Any]:
        """Give what every bid has in a field."""
        if field not in self._taken:
            whole = self._columns[field]
            every = len(self._rows) == len(whole) and isinstance(self._rows, range)
            self._taken[field] = whole if every else [whole[row] for row in self._rows]
        return self._taken[field]

    @cached_property
    def made(self) -> tuple[Bid, ...]:
        """Every bid."""
        return tuple(map(Bid, *map(self.column, FIELDS)))

    def some(self, rows: Iterable[int]) -> "Bids":
        """Give some of the bids."""
        return Bids(self._columns, list(map(self._rows.__getitem__, rows)))

    @overload
    def __getitem__(self, at: int) -> Bid: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Bid, ...]: ...

    def __getitem__(self, at: int | slice) -> Bid | tuple[Bid, ...]:
        if "made" in self.__dict__ or isinstance(at, slice):
            return self.made[at]
        row = self._rows[at]
        return Bid(*(self._columns[field][row] for field in FIELDS))

    def __iter__(self) -> Iterator[Bid]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.made == tuple(other)

    def __hash__(self) -> int:
        return hash(self.made)

    def __repr__(self) -> str:
        return repr(self.made)  # a study is named after its bids, however they are held

    def __reduce__(self) -> tuple[type[tuple[Bid, ...]], tuple[tuple[Bid, ...]]]:
        return tuple, (self.made,)  # what another process is sent holds no table


FIELDS = tuple(field.name for field in fields(Bid))


def some_of(bids: Sequence[Bid], rows: Sequence[int]) -> Sequence[Bid]:
    """Give some of the bids; none is made for it."""
    return bids.some(rows) if isinstance(bids, Bids) else tuple(map(bids.__getitem__, rows))


def ids_of(bids: Sequence[Bid]) -> Sequence[str]:
    """Give the id of every one of some bids; none is made for it."""
    return bids.column("id") if isinstance(bids, Bids) else [bid.id for bid in bids]


def column(bids: Sequence[Bid], field: str) -> Sequence[Any]:
    """Give what every one of some bids has in a field; none is made for it."""
    return bids.column(field) if isinstance(bids, Bids) else list(map(attrgetter(field), bids))


SAID = {
    "admit": "admitted",
    "disregard": "disregarded",
    "met": "met, on clarification",
    "not_met": "not met",
    "register_wrong": "passed: the register was wrong",
    "excluded": "excluded",
    "not_excluded": "not excluded",
    "withdrawn": "withdrawn by its bidder",
    "lot_abandoned": "no award in an abandoned lot",
    "not_shortlisted": "not shortlisted",
    "fund": "chosen for an award",
    "do_not_fund": "not chosen for an award",
    "set": "a sum was set",
    "drawn": "drawn",
    "does_not_apply": "does not apply to the bid",
    "applies": "applies to the bid",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on one matter of one bid, with reason and ground.

    Parameters
    ----------
    matter : ``failed_gate``, ``low_price`` or another published word.
    decision : ``admit`` or ``disregard``; on a gate of a published kind one of the gate's own words.
    associate : the associated person or sub-contractor through whom a condition is met, or whom a ground concerns.
    recurs : whether the circumstances of an exclusion ground continue or are likely to recur.
    notified : when whoever must be told of an exclusion was told.
    sum : pounds, where the decision sets the sum of an award.
    standing : what a bid is that the decision takes out of the ranking; empty where it takes none out.
    """

    bid: str
    matter: str
    subject: str
    decision: str
    reason: str
    ground: str
    person: str
    date: str
    heard: str
    source: Source
    evidence: str = ""
    associate: str = ""
    recurs: str = ""
    notified: str = ""
    sum: str = ""
    standing: Standing = "disregarded"

    @property
    def said(self) -> str:
        """The decision in words, as a document tells it after the matter."""
        return SAID.get(self.decision, self.decision)

    @property
    def told(self) -> str:
        """The decision as a sentence of a letter goes on after the matter."""
        if self.decision in ("admit", "disregard"):
            return f"it was decided to {self.decision} the bid"
        return f"it was decided: {self.said}" + (f"; the bid is {self.standing}" if self.decision == "not_met" else "")

    @property
    def further(self) -> tuple[tuple[str, str], ...]:
        """What it rests on beside its reason, each with its name; nothing where nothing was said."""
        told = (
            ("Evidence", self.evidence),
            ("Associated person or sub-contractor", self.associate),
            ("Continuing or likely to recur", self.recurs),
            ("Authority notified on", self.notified),
        )
        return tuple((what, text) for what, text in told if text)


@dataclass(frozen=True)
class Answer:
    """Everything that was said of one answer: the mark that counts, its reason, and the marks that it rests on.

    ``made`` says how it was worked out from them, where nobody agreed it; the reason may then be empty.
    """

    bid: str
    question: str
    mark: Mark
    reason: str
    marks: tuple[tuple[str, Decimal, str], ...]  # evaluator, mark, reason
    made: OneMark | None = None


@dataclass(frozen=True)
class ThemeBids:
    """The bids of a theme, by id, with the marks that count.

    ``marks`` holds, bid by bid and question by question, where the mark stands among the ``values`` of its question; or
    NO_MARK where a disregarded bid was not marked, NOT_APPLICABLE where it was decided that the question does not apply
    to the bid. These are signed numbers of one byte, or of two where they are ``wide``.
    ``values`` has, question by question, what positions point into: a mean of marks is on no scale. Where it is empty,
    that is each question's published scale, in its order. Read it by ``values_of``.
    ``disregarded`` names the decision for each bid that a person took out of the ranking, whether it is disregarded,
    excluded or disqualified by it (``Decision.standing``); or tells of the event by which it left, as withdrawn or in a
    lot that was abandoned. Every other bid is admitted.
    """

    theme: str
    bids: Sequence[Bid]
    questions: tuple[str, ...]
    marks: bytes
    disregarded: Mapping[str, Decision]
    values: tuple[Values, ...] = ()
    wide: bool = False

    @property
    def cells(self) -> "memoryview[int]":
        """The positions, bid by bid and question by question; numpy reads them without a copy."""
        return memoryview(self.marks).cast("h" if self.wide else "b")

    def holds(self, place: int) -> bool:
        """Whether any mark stands at a place, such as NO_MARK."""
        return place in self.cells if self.wide else place.to_bytes(1, signed=True) in self.marks

    def of_questions(self, questions: Collection[str]) -> "ThemeBids":
        """Give the same bids with some of their questions alone."""
        kept = [at for at, question in enumerate(self.questions) if question in questions]
        cells = [row[at] for row in map(self.row, range(len(self.bids))) for at in kept]
        values = tuple(self.values[at] for at in kept) if self.values else ()
        return replace(self.with_cells(cells), questions=tuple(self.questions[at] for at in kept), values=values)

    def mark(self, bid: int, question: int) -> int:
        """Give the place of a mark among its question's values, by the positions of its bid and question."""
        return self.cells[bid * len(self.questions) + question]

    def row(self, bid: int) -> "memoryview[int]":
        """Give the places of a bid's marks, question by question."""
        return self.cells[bid * len(self.questions) : (bid + 1) * len(self.questions)]

    def with_cells(self, cells: Sequence[int]) -> "ThemeBids":
        """Give the same bids with other positions."""
        wide = max(cells, default=0) >= NARROW
        return replace(self, marks=array("h" if wide else "b", cells).tobytes(), wide=wide)


def values_of(criteria: Criteria, bids: ThemeBids) -> tuple[Values, ...]:
    """Give the marks that positions point into, question by question, with what each counts."""
    return bids.values or tuple(Values.of(criteria.scale_for(question)) for question in bids.questions)


def with_marks(criteria: Criteria, bids: ThemeBids, marks: Mapping[tuple[int, int], Mark]) -> ThemeBids:
    """Give the same bids with other marks at some rows and columns; a mark that is no value yet becomes one."""
    cells, values = list(bids.cells), values_of(criteria, bids)
    places = [{mark: at for at, mark in enumerate(one.marks)} for one in values]
    for (row, column), mark in marks.items():
        own = places[column]
        cells[row * len(bids.questions) + column] = own.setdefault(mark, len(own))
    changed = bids.with_cells(cells)
    if all(len(own) == len(one.marks) for own, one in zip(places, values, strict=True)):
        return changed
    scales = map(criteria.scale_for, bids.questions)
    every = zip(scales, values, places, strict=True)
    return replace(changed, values=tuple(_with_new(scale, one, tuple(own)) for scale, one, own in every))


def _with_new(scale: Scale, values: Values, marks: tuple[Mark, ...]) -> Values:
    new = marks[len(values.marks) :]
    itself = all(mark == count for mark, count in zip(values.marks, values.counts, strict=True))
    # A mark that is worked out counts itself.
    counts = (Fraction(mark) if itself else scale.count_of(mark) for mark in new)
    return Values(marks, (*values.counts, *counts), values.greatest)


def row_weights(criteria: Criteria, bids: ThemeBids, row: int) -> tuple[Fraction, ...]:
    """Give what each question carries for one bid: its published weight, and a share of what does not apply to it.

    A question that does not apply carries nothing, where its weight goes to others by the published rule; where it
    counts as answered in full it keeps its weight.
    """
    weights = criteria.theme(bids.theme).weights
    published = tuple(Fraction(weights[question]) for question in bids.questions)
    if NOT_APPLICABLE not in bids.row(row):
        return published
    apart = [question for question, at in zip(bids.questions, bids.row(row), strict=True) if at == NOT_APPLICABLE]
    spread = criteria.spread(bids.theme, apart)
    return tuple(spread.get(question, weight) for question, weight in zip(bids.questions, published, strict=True))


def row_points(
    values: Sequence[Values], weights: Sequence[Fraction], bids: ThemeBids, row: int
) -> tuple[Fraction | None, ...]:
    """Give the exact points of one bid, question by question; None where it has no mark.

    What does not apply earns what it carries: nothing where its weight went to other questions.
    """
    return tuple(
        None if at == NO_MARK else weight if at == NOT_APPLICABLE else one.points(weight)[at]
        for one, weight, at in zip(values, weights, bids.row(row), strict=True)
    )


def row_marks(values: Sequence[Values], bids: ThemeBids, row: int) -> tuple[Mark | None, ...]:
    """Give the marks that count for one bid, question by question; None where it has none."""
    return tuple(None if at < 0 else one.marks[at] for one, at in zip(values, bids.row(row), strict=True))


@dataclass(frozen=True)
class Evaluation:
    """All themes' bids and marks, complete and consistent, with the tables that they were taken from."""

    themes: tuple[ThemeBids, ...]
    decisions: tuple[Decision, ...]
    recused: tuple[tuple[str, str], ...]  # evaluator, bid or organisation
    marks: Table
    consensus: Table | None
    events: Events = NO_EVENTS
    worked_out: Mapping[tuple[str, str], OneMark] = field(default_factory=dict)  # by bid or organisation, and question

    @property
    def number_of_bids(self) -> int:
        """How many bids there are."""
        return sum(len(theme.bids) for theme in self.themes)

    @property
    def bids(self) -> tuple[Bid, ...]:
        """Every bid, theme by theme."""
        return tuple(chain.from_iterable(theme.bids for theme in self.themes))
