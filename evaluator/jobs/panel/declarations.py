"""The declarations of interest: what is declared and what is missing, and what one evaluator declares, entered.

They are entered into ``bids/declarations.csv``, which every command reads. A workbook of declarations that lies there
is kept as it is and gives way; its panel goes on in ``bids/panel.csv``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evaluator.files.audit.received import digest, in_place, put, take_out
from evaluator.files.read.bids.folder import read_before_marking
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.programme import Programme
from evaluator.files.read.tables import layouts
from evaluator.files.write.csv_tables import csv_bytes
from evaluator.jobs.blank_papers import declared
from evaluator.jobs.coming_in.receipts import giving_way, write_receipts
from evaluator.records.findings.finding import Finding, in_order
from evaluator.records.ledger import Entry, Event
from evaluator.records.office.receipts import UNDONE, receipts_of
from evaluator.records.submissions.blank_words import says_nothing
from evaluator.records.texts import fingerprint_of
from evaluator.reporting.papers.blank.declarations import Declared
from evaluator.validation import file_events

PLACE, PANEL = f"bids/{layouts.INTERESTS.csv}", f"bids/{layouts.PANEL.csv}"
WORKBOOK = "bids/declarations.xlsx"
WHY = f"Declarations are entered one evaluator at a time; they stand in {PLACE} from now on."
KEYS = tuple(column.key for column in layouts.INTERESTS.columns)
PANEL_KEYS = tuple(column.key for column in layouts.PANEL.columns)
ALL_OTHERS, NO_INTEREST = "*", "No interest"
SHORT = 16  # characters of a version
State = Literal["no interest", "an interest, may mark", "recused", "missing"]
Row = Mapping[str, str]


@dataclass(frozen=True)
class Declaring:
    """What is declared now: seats, declarations and organisations, and what was found in the files."""

    known: Declared = field(default_factory=Declared)
    findings: tuple[Finding, ...] = ()

    @property
    def evaluators(self) -> dict[str, str]:
        """Give everyone with a seat on the panel by id, with their names."""
        seats = (row for row in self.known.seats if row.get("evaluator"))
        return {row["evaluator"]: row.get("name", "") for row in seats}

    def of(self, evaluator: str) -> tuple[Row, ...]:
        """Give what one evaluator has declared, as it stands."""
        return tuple(row for row in self.known.interests if row.get("evaluator") == evaluator and _says(row))

    def row(self, evaluator: str, organisation: str) -> Row | None:
        """Give the declaration that holds for an organisation: about it, or about all that are not named."""
        mine = {row.get("organisation", ""): row for row in reversed(self.of(evaluator))}
        return mine.get(organisation) or mine.get(ALL_OTHERS)

    def version(self, evaluator: str) -> str:
        """Give the version of an evaluator's declarations, by which a page that is out of date is known."""
        return fingerprint_of([row.get(key, "") for row in self.of(evaluator) for key in KEYS])[:SHORT]


def state_of(row: Row | None) -> State:
    """Say in words what a declaration comes to.

    >>> state_of({"action": "none", "interest": "None."})
    'no interest'
    >>> state_of({"action": "none", "interest": "My sister works there"})
    'an interest, may mark'
    >>> state_of({"action": "Recused", "interest": "I am a trustee"}), state_of(None)
    ('recused', 'missing')
    """
    action = (row or {}).get("action", "").casefold()
    if row is None or action not in ("none", "recused"):
        return "missing"
    if action == "recused":
        return "recused"
    text = row.get("interest", "").strip(" .")
    plain = says_nothing(text) or text.casefold().startswith("no interest") or not text
    return "no interest" if plain else "an interest, may mark"


def declaring(programme: Programme) -> Declaring:
    """Read what is declared now; nothing is written."""
    published = read_criteria(programme.criteria)
    if published.criteria is None:
        return Declaring(findings=in_order(published.findings))
    received = read_before_marking(programme.bids, published.criteria)
    return Declaring(declared(received), received.findings)


class Declares:
    """What one evaluator declares, entered: ``told`` and ``then`` are what the ledger calls.

    ``rows`` take the place of all that the evaluator had declared. ``outdated`` says that somebody else was quicker:
    nothing is written then, and ``now`` is what stands.
    """

    def __init__(self, programme: Programme, evaluator: str, rows: Sequence[Row], version: str) -> None:
        self.programme, self.evaluator, self.rows, self.version = programme, evaluator, tuple(rows), version
        self.now = Declaring()
        self.outdated = False
        self._before: Sequence[Entry] = ()

    def told(self, entries: Sequence[Entry]) -> Iterator[Event]:
        """Write the declarations with those of the evaluator, and tell the ledger which file says so."""
        self._before, self.now = entries, declaring(self.programme)
        same = [dict(row) for row in self.now.of(self.evaluator)] == [dict(row) for row in self.rows]
        self.outdated = not same and self.now.version(self.evaluator) != self.version
        if same or self.outdated:
            return
        events, places = giving_way(self.programme, entries, "declarations", WHY, self._is_own)
        others = [row for row in self.now.known.interests if row.get("evaluator") != self.evaluator and _says(row)]
        files = {PLACE: csv_bytes(KEYS, sorted((*others, *self.rows), key=_order))}
        if WORKBOOK in places and not any(in_place(self.programme.root, one) for one in (PANEL, "bids/panel.toml")):
            files[PANEL] = csv_bytes(PANEL_KEYS, self.now.known.seats)
        for place, content in sorted(files.items(), reverse=True):  # the panel first
            put(self.programme.root, place, content)
        for place in places:
            if place not in files:
                take_out(self.programme.root, place)
        yield from events
        yield from file_events(entries, {one.removeprefix("bids/"): digest(held) for one, held in files.items()})

    def then(self, added: Sequence[Entry]) -> None:
        """Write what is told of receipts beside the bids, where one no longer counts; and read what stands now."""
        if any(entry.event.kind == UNDONE for entry in added):
            write_receipts(self.programme, receipts_of((*self._before, *added)))
        self.now = declaring(self.programme)

    def _is_own(self, place: str, content: bytes) -> bool:
        rows = sorted(self.now.known.interests, key=_order)
        return place == PLACE and csv_bytes(KEYS, rows) == content


def _says(row: Row) -> bool:
    """Whether a row of declarations says more than whose it is, and about whom."""
    return any(row.get(key, "").strip() for key in ("interest", "action", "date"))


def _order(row: Row) -> tuple[str, str]:
    return row.get("evaluator", ""), row.get("organisation", "")
