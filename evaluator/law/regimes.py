"""The regimes: when each applies, what it asks before and after a decision, how it counts, and whom it lets in."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from evaluator.law.texts import Entry, load

FILES = ("pa2023", "pa2023_light_touch", "pa2023_below_threshold", "pcr2015", "psr2023", "grant")
LATEST = "9999-12-31"


class Applies(Entry):
    """From or until which first act a regime applies; empty days set no bound."""

    says: str
    first_act_from: str = ""
    first_act_before: str = ""


class Named(Entry):
    """A first act, by the word that criteria write and by its name."""

    id: str
    title: str


class Procedure(Named):
    """A procedure: whether there is a competition, and until when what was published may change.

    ``one_stage``: nobody is left out before all tenders are compared. ``least_invited``: so many at least must be
    invited where numbers are reduced.
    """

    competitive: bool = True
    refines: bool = False
    one_stage: bool = False
    least_invited: int = 0
    changes_until: str = ""


class Threshold(Entry):
    """A value with VAT that a kind of contract must have at least, or stay below, for first acts within the days."""

    kind: Literal["services", "light_touch", "works"]
    side: Literal["at_least", "below"]
    amount: Decimal
    from_: str = ""
    until: str = LATEST

    def holds_on(self, day: str) -> bool:
        """Whether this figure is the one for a first act on a day; for no day, the latest."""
        return self.from_ <= day <= self.until if day else self.until == LATEST


class Calendar(Entry):
    """Which parts of the United Kingdom lend their bank holidays to a regime's working days."""

    parts: tuple[str, ...]
    says: str


class Period(Entry):
    """How long nothing may be signed: how many days, from when, and how they are counted."""

    mandatory: bool
    days: int
    unit: Literal["days", "working days"]
    starts_after: int  # days after the notice on which the period begins
    first_day_counts: bool
    rolls_on: bool = False  # whether an end on another day moves to the next working day
    from_letters: bool = False  # whether the letters to bidders are its notice
    least_voluntary: int = 0
    counted_from: str
    says: str


class LeastPeriod(Entry):
    """A least period of calendar days that begin on the day after; ``least`` is the shortest of any exception."""

    id: str
    days: int
    least: int
    says: str


class Footing(Entry):
    """A section by which what was published may be changed, and what it asks."""

    section: str
    only_refines: bool = False
    says: str


class Owed(Entry):
    """One thing that is owed before, with or after the decision: what, to whom, by when, and above which value."""

    id: str
    stage: Literal["before", "decision", "after"]
    what: str
    whom: str = ""
    when: str = ""
    days: int | None = None
    counted_from: str = ""
    above: Decimal | None = None
    at_least: Decimal | None = None

    def applies_to(self, value: Decimal | None) -> bool:
        """Whether it is owed for a contract of that value; of an unknown value, yes."""
        if value is None:
            return True
        return (self.above is None or value > self.above) and (self.at_least is None or value >= self.at_least)


class Retention(Entry):
    """How long records are kept, and from when."""

    years: int
    counted_from: Literal["contract", "award"]
    says: str


class Records(Entry):
    """What has to be kept on file, in a sentence."""

    says: str


class Kept(Entry):
    """One item of the record."""

    id: str
    what: str


class GateKind(Entry):
    """What follows where a gate of a kind, or an exclusion of a ground, is not passed."""

    kind: Literal["participation", "procedural", "minimum", "mandatory", "discretionary", "debarment"]
    consequence: Literal["must_disregard", "may_disregard", "disqualified", "not_allowed"]
    may_admit: bool
    gets_summary: bool
    hearing: bool = False
    allowed_for: str = ""  # the category of contracts that it is allowed for all the same, from a value with VAT
    allowed_from: Decimal | None = None
    says: str

    @property
    def id(self) -> str:
        """The kind, by which the entry is known."""
        return self.kind


class Reservation(Entry):
    """For whom a competition may be reserved, and by which procedure where only one allows it."""

    id: str
    whom: str
    procedure: str = ""


class Cited(Entry):
    """What may be cited for a topic; ``procurement``: only where there is one, as cases about contracts are."""

    procurement: bool = False
    says: str


class Off(Entry):
    """An entry of the regime that this one is based on, which does not hold here."""

    table: str
    id: str
    says: str


class Regime(BaseModel):
    """One law under which awards are made, with all that the evaluator knows of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    short: str
    other_names: tuple[str, ...] = ()
    based_on: str = ""
    changes_need_footing: bool = False
    procurement: bool = True  # whether it is about contracts at all
    awards_by_rank: bool = False  # whether the best tender of a lot is awarded it
    turnover_of_whole: bool = False  # whether a least turnover is held against twice the value of the whole contract
    applies: Applies
    first_act: tuple[Named, ...] = ()
    procedure: tuple[Procedure, ...] = ()
    threshold: tuple[Threshold, ...] = ()
    calendar: Calendar
    standstill: Period
    period: tuple[LeastPeriod, ...] = ()
    footing: tuple[Footing, ...] = ()
    owed: tuple[Owed, ...] = ()
    retention: Retention | None = None
    records: Records
    record: tuple[Kept, ...] = ()
    gate: tuple[GateKind, ...] = ()
    reservation: tuple[Reservation, ...] = ()
    off: tuple[Off, ...] = ()
    authority: dict[str, Cited]

    def bars_suitability(self, category: str = "", value: Decimal | None = None) -> bool:
        """Whether no bid of such a contract may be kept out by who its supplier is.

        >>> [regime("below_threshold").bars_suitability("works", Decimal(value)) for value in (207719, 207720)]
        [True, False]
        """
        kind = self.gate_of("participation")
        if kind is None or kind.consequence != "not_allowed":
            return False
        least = kind.allowed_from
        return category != kind.allowed_for or value is None or least is None or value < least

    @property
    def is_the_act(self) -> bool:
        """Whether the Procurement Act applies in full: at or above its thresholds."""
        return "pa2023" in (self.id, self.based_on)

    @property
    def sets_procedures(self) -> bool:
        """Whether the law sets procedures and periods itself; below every threshold they are left to the council."""
        return self.procurement and not (self.threshold and all(one.side == "below" for one in self.threshold))

    def owes(self, stage: str, value: Decimal | None = None) -> tuple[Owed, ...]:
        """Give what is owed at a stage (before, decision or after) for a contract of a value with VAT."""
        return tuple(one for one in self.owed if one.stage == stage and one.applies_to(value))

    def thresholds_on(self, day: str) -> tuple[Threshold, ...]:
        """Give the thresholds for a first act on a day."""
        return tuple(one for one in self.threshold if one.holds_on(day))

    def procedure_called(self, name: str) -> Procedure | None:
        """Give the procedure of that name, if this regime has it."""
        return next((one for one in self.procedure if one.id == name), None)

    def gate_of(self, kind: str) -> GateKind | None:
        """Give what follows from a gate of that kind, or an exclusion of that ground."""
        return next((one for one in self.gate if one.kind == kind), None)


def _said(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Give every entry what it does not say of its own provision, text, status and day."""
    said = {key: _filled(value, plain["unless_said"]) for key, value in plain.items() if key != "unless_said"}
    said["authority"] = {topic: _filled(one, plain["unless_said"]) for topic, one in plain["authority"].items()}
    if "record" in said:
        whole = {key: value for key, value in said["records"].items() if key != "says"}
        said["record"] = [{**whole, **one} for one in said["record"]]
    return said


def _filled(value: Any, unsaid: Mapping[str, str]) -> Any:
    if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
        return [_filled(one, unsaid) for one in value]
    if not isinstance(value, Mapping) or "provision" not in value:
        return value
    own = {"from_" if key == "from" else key: part for key, part in value.items()}
    nowhere = {"text": ""} if own.get("status") in ("memory", "secondary") else {}  # then it was read in no text
    return {**unsaid, **nowhere, **own}


def _known_by(entry: Mapping[str, Any]) -> str:
    return str(entry.get("id") or entry.get("kind", ""))


def _upon(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Lay a regime on the one that it is based on: entries of one id give way to its own, and some do not hold."""
    whole = {key: value for key, value in base.items() if key not in ("other_names", "off", "threshold")}
    gone = {(one["table"], one["id"]) for one in own.get("off", ())}
    for key, value in own.items():
        if key == "authority":
            whole[key] = {**base[key], **value}
        elif key in ("owed", "gate", "reservation"):
            mine = {_known_by(one) for one in value}
            whole[key] = [one for one in base.get(key, ()) if _known_by(one) not in mine] + value
        else:
            whole[key] = value
    return {
        key: [one for one in value if (key, _known_by(one)) not in gone] if isinstance(value, list) else value
        for key, value in whole.items()
    }


def _read() -> dict[str, Regime]:
    plain: dict[str, dict[str, Any]] = {}
    for name in FILES:
        said = _said(load(name))
        plain[name] = _upon(plain[said["based_on"]], said) if "based_on" in said else said
    return {name: Regime.model_validate(one) for name, one in plain.items()}


REGIMES: Mapping[str, Regime] = _read()
COMMON: Mapping[str, Cited] = {
    topic: Cited.model_validate(one) for topic, one in _said(load("common"))["authority"].items()
}
NAMES: Mapping[str, Regime] = {name: one for one in REGIMES.values() for name in (one.id, *one.other_names)}


def regime(name: str) -> Regime:
    """Give a regime by its name or by another name that it has; KeyError where there is none.

    >>> regime("below_threshold").id, regime("pcr2015").title
    ('pa2023_below_threshold', 'the Public Contracts Regulations 2015')
    """
    return NAMES[name]
