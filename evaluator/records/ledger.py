"""The ledger: what happened to an evaluation, in a chain in which nothing can be changed without being seen.

Each entry holds the SHA-256 of itself and of the entry before it. A head, kept in a file of its own, holds the number
of entries and the last SHA-256, so that a cut end is seen too; whoever notes a head elsewhere, in the minutes of a
meeting, needs to trust no file at all.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source

Kind = Literal[
    "seal",
    "issue",
    "return",
    "mark",
    "consensus",
    "meeting",
    "correction",
    "decision",
    "event",
    "restricted",
    "consideration",
    "run",
    "stage",
    "opened",
    "handed_over",
    "released",
    "receipt",
    "receipt_undone",
    "import",
]
START = "0" * 64
MOST_LINES = 50_000  # that were read, of all ledgers together
JSON = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: to what, in which file (by its SHA-256), what stood there before, and what after."""

    kind: Kind
    subject: str
    file: str = ""
    before: str = ""
    after: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in its place in the chain: its number from 1, when and by whom it was recorded, and the two sums."""

    number: int
    when: str
    who: str
    event: Event
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a ledger: how many entries it has, and the SHA-256 of the last."""

    count: int
    hash: str


def chained(last: Head, events: Iterable[Event], who: str, when: str) -> tuple[Entry, ...]:
    """Put events into the chain after its last entry."""
    made: list[Entry] = []
    count, previous = last.count, last.hash
    for event in events:
        count += 1
        digest = _sum(count, when, who, event, previous)
        made.append(Entry(count, when, who, event, previous, digest))
        previous = digest
    return tuple(made)


def _sum(number: int, when: str, who: str, event: Event, previous: str) -> str:
    return hashlib.sha256(JSON(_facts(number, when, who, event, previous)).encode()).hexdigest()


def _facts(number: int, when: str, who: str, event: Event, previous: str) -> dict[str, Any]:
    """Give what an entry says, but for its own sum; written out, since ledgers of thousands are read for each page."""
    return {
        "number": number,
        "when": when,
        "who": who,
        "kind": event.kind,
        "subject": event.subject,
        "file": event.file,
        "before": event.before,
        "after": event.after,
        "reason": event.reason,
        "previous": previous,
    }


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries are looked for; what is empty asks for nothing, and days are written ``YYYY-MM-DD``.

    ``who`` are words in the name of whoever recorded it, ``about`` words of what it is about, what stood there before
    and after, or why; the days ``first`` and ``last`` are within what is looked for.

    >>> one = Entry(1, "2026-12-01T10:00", "Sam Lee", Event("decision", "B1 low_price", reason="It explained."), "", "")
    >>> Sought("decision", "lee", "b1 EXPLAINED", "2026-12-01", "2026-12-01").finds(one)
    True
    >>> [Sought(who="Ann").finds(one), Sought(last="2026-11-30").finds(one), Sought(first="2026-12-02").finds(one)]
    [False, False, False]
    """

    kind: str = ""
    who: str = ""
    about: str = ""
    first: str = ""
    last: str = ""

    def finds(self, one: Entry) -> bool:
        """Whether an entry is among those that are looked for."""
        event, day = one.event, one.when[:10]
        text = " ".join((event.subject, event.before, event.after, event.reason)).casefold()
        return (
            self.kind in ("", event.kind)
            and all(word in one.who.casefold() for word in self.who.casefold().split())
            and all(word in text for word in self.about.casefold().split())
            and self.first <= day <= (self.last or day)
        )


def agreed_when(entries: Iterable[Entry]) -> dict[str, str]:
    """Give when each agreed mark came to be what it is now, by its subject: bid or organisation, and question.

    >>> then = chained(Head(0, START), [Event("consensus", "B1 C1", after="3")], "A. Chair", "2026-10-01")
    >>> now = chained(Head(1, ""), [Event("correction", "B1 C1", before="3", after="4")], "A. Chair", "2026-10-09")
    >>> agreed_when(then + now)
    {'B1 C1': '2026-10-09'}
    """
    return {one.event.subject: one.when for one in entries if one.event.kind in ("consensus", "correction")}


def line_of(entry: Entry) -> str:
    """Write an entry as one line of JSON, without its line break."""
    return JSON({**_facts(entry.number, entry.when, entry.who, entry.event, entry.previous), "hash": entry.hash})


def sealed_text(entry: Entry) -> str:
    """Give the text of an entry whose SHA-256 is its sum."""
    return JSON(_facts(entry.number, entry.when, entry.who, entry.event, entry.previous))


def entry_of(line: str) -> Entry | None:
    """Read a line back; None where it is not an entry exactly as one is written."""
    try:
        facts = json.loads(line)
        event = Event(**{key: facts[key] for key in ("kind", "subject", "file", "before", "after", "reason")})
        entry = Entry(facts["number"], facts["when"], facts["who"], event, facts["previous"], facts["hash"])
        return entry if line_of(entry) == line else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was read: its entry, if it is one, and whether that is the one whose sum it holds."""

    entry: Entry | None
    whole: bool


@lru_cache(MOST_LINES)  # a ledger only grows, so that of the next reading all but its last lines are known
def read_line(text: str) -> Line:
    """Read a line back, and work out the sum of what it says: of the line itself, but for the sum that it holds."""
    one = entry_of(text)
    return Line(one, one is not None and one.hash == hashlib.sha256(_unsealed(text, one.hash).encode()).hexdigest())


def _unsealed(line: str, digest: str) -> str:
    """Give the line of an entry without its sum, as it was summed; within a text, quotes are never bare.

    >>> one = chained(Head(0, START), [Event("event", 'A "hash":"x",')], "A. Chair", "2026-10-01")[0]
    >>> _unsealed(line_of(one), one.hash) == sealed_text(one)
    True
    """
    return line.replace(f'"hash":{JSON(digest)},', "", 1)


def head_of(entries: Sequence[Entry]) -> Head:
    """Give the head of a whole ledger."""
    return Head(len(entries), entries[-1].hash) if entries else Head(0, START)


def verify(file: str, lines: Sequence[str], head: Head | None, noted: Head | None = None) -> tuple[Finding, ...]:
    """Find every place where a ledger is not what was written: edited, reordered, inserted, taken out or cut.

    Parameters
    ----------
    file : the name that findings give it.
    lines : the ledger's lines without line breaks.
    head : what its head file says; None where there is none.
    noted : a head that was noted elsewhere, perhaps long ago: the ledger may have grown since.
    """
    return verify_lines(file, [read_line(line) for line in lines], head, noted)


def verify_lines(file: str, lines: Sequence[Line], head: Head | None, noted: Head | None = None) -> tuple[Finding, ...]:
    """Do the same with lines that were read already."""
    found = [*_links(file, lines)]
    if head is not None:
        found += _end(file, lines, head)
        if len(lines) > head.count:
            found.append(finding("E-LEDGER-006", Source(file, row=head.count + 1), more=len(lines) - head.count))
    elif noted is None:
        found.append(finding("E-LEDGER-004", Source(file)))
    if noted is not None:
        found += [one for one in _end(file, lines, noted) if one not in found]
    return tuple(found)


def _end(file: str, lines: Sequence[Line], head: Head) -> list[Finding]:
    """Hold the entry that a head names against its sum."""
    if len(lines) < head.count:
        return [finding("E-LEDGER-003", Source(file), count=len(lines), wanted=head.count)]
    end = lines[head.count - 1].entry if head.count > 0 else None
    if (end.hash if end else START) == head.hash:
        return []
    return [finding("E-LEDGER-005", Source(file, row=head.count), count=head.count, hash=head.hash[:12])]


def _links(file: str, lines: Sequence[Line]) -> Iterator[Finding]:
    previous = START
    for number, line in enumerate(lines, 1):
        entry = line.entry
        if entry is None or not line.whole:
            yield finding("E-LEDGER-001", Source(file, row=number))
        elif entry.number != number or (previous and entry.previous != previous):
            yield finding("E-LEDGER-002", Source(file, row=number), number=entry.number, wanted=number)
        previous = entry.hash if entry else ""
