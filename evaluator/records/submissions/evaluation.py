"""What came in, as checked: complete and consistent. Only validation makes one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from evaluator.records.findings.finding import Source
from evaluator.records.programme.conditions.gates import Standing
from evaluator.records.submissions.events import NO_EVENTS, Events
from evaluator.records.submissions.received import Table

NO_MARK = -1
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
    received: str = ""  # when it came, such as 2027-02-26T11:58, where that decides between equal bids
    draw_seed: str = ""  # of the published draw, where one decides between equal bids


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
    "fund": "chosen for an award",
    "do_not_fund": "not chosen for an award",
    "set": "a sum was set",
    "drawn": "drawn",
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
    """Everything that was said of one answer: the mark that counts, its reason, and the marks that it rests on."""

    bid: str
    question: str
    mark: Decimal
    reason: str
    marks: tuple[tuple[str, Decimal, str], ...]  # evaluator, mark, reason


@dataclass(frozen=True)
class ThemeBids:
    """The bids of a theme, by id, with the marks that count.

    ``marks`` holds, bid by bid and question by question, the index of the mark on the published scale (``Scale.mark``),
    as signed bytes (numpy reads them as int8 without a copy); NO_MARK where a disregarded bid was not marked.
    ``disregarded`` names the decision for each bid that a person took out of the ranking, whether it is disregarded,
    excluded or disqualified by it (``Decision.standing``); or tells of the event by which it left, as withdrawn or in a
    lot that was abandoned. Every other bid is admitted.
    """

    theme: str
    bids: tuple[Bid, ...]
    questions: tuple[str, ...]
    marks: bytes
    disregarded: Mapping[str, Decision]

    def mark(self, bid: int, question: int) -> int:
        """Give the scale index of a mark by the positions of its bid and question."""
        value = self.marks[bid * len(self.questions) + question]
        return value - 256 if value > 127 else value


@dataclass(frozen=True)
class Evaluation:
    """All themes' bids and marks, complete and consistent, with the tables that they were taken from."""

    themes: tuple[ThemeBids, ...]
    decisions: tuple[Decision, ...]
    recused: tuple[tuple[str, str], ...]  # evaluator, bid or organisation
    marks: Table
    consensus: Table | None
    events: Events = NO_EVENTS

    @property
    def bids(self) -> tuple[Bid, ...]:
        """Every bid, theme by theme."""
        return tuple(chain.from_iterable(theme.bids for theme in self.themes))
