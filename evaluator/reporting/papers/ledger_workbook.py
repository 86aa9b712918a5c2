"""The ledger for people: a workbook of everything that happened, and of every mark that changed."""

from collections.abc import Iterable, Sequence

from evaluator.records.documents import Cell, Sheet, Workbook
from evaluator.records.ledger import Entry

HEADINGS = ("Number", "When", "Recorded by", "What", "About", "Before", "After", "Reason", "SHA-256 of the file", "Sum")
WIDTHS = (9, 12, 24, 13, 30, 24, 24, 70, 20, 20)
MARKS = ("mark", "consensus", "correction")


def ledger_workbook(entries: Sequence[Entry]) -> Workbook:
    """Make the workbook: first the marks that changed, with what stood before and after, then every entry."""
    changed = [one for one in entries if one.event.kind in MARKS and one.event.before]
    return Workbook(
        "Ledger",
        (
            _sheet("Changed marks", "Marks and agreed marks that changed after they were first recorded", changed),
            _sheet("All entries", "Everything that was recorded, in order", entries),
        ),
    )


def _sheet(name: str, title: str, entries: Iterable[Entry]) -> Sheet:
    rows = tuple(tuple(Cell(text, style="text") for text in _texts(entry)) for entry in entries)
    return Sheet(
        name=name,
        rows=((Cell(title, style="title"),), (), tuple(Cell(text, style="heading") for text in HEADINGS), *rows),
        widths=WIDTHS,
        freeze=(3, 1),
        table=(3, 3 + len(rows)),
    )


def _texts(entry: Entry) -> tuple[str, ...]:
    event = entry.event
    happened = (event.kind, event.subject, event.before, event.after, event.reason, event.file)
    return (str(entry.number), entry.when, entry.who, *happened, entry.hash)


def ledger_line(entry: Entry) -> str:
    """Write an entry on one line for a terminal.

    >>> from evaluator.records.ledger import Event, Head, START, chained
    >>> event = Event("correction", "B012 C1", before="3", after="4", reason="Annex 2 was overlooked.")
    >>> print(ledger_line(chained(Head(0, START), [event], "A. Chair", "2026-10-20")[0]))
    1  2026-10-20  A. Chair  correction  B012 C1  3 -> 4  Annex 2 was overlooked.
    """
    event = entry.event
    change = f"{_short(event.before)} -> {_short(event.after)}" if event.before else _short(event.after)
    parts = (str(entry.number), entry.when, entry.who, event.kind, event.subject, change, event.reason)
    return "  ".join(part for part in parts if part)


def _short(text: str) -> str:
    return text[:12] if len(text) == 64 else text or "nothing"
