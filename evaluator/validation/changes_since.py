"""What changed since the ledger was last written: marks, agreed marks, corrections and decisions, one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evaluator.records.ledger import Entry, Event, Kind
from evaluator.records.submissions.events import WORDS
from evaluator.records.submissions.received import Received, Table
from evaluator.records.submissions.table_layouts import EVENTS
from evaluator.validation.coded_columns import present, words

Stands = tuple[str, str, str]  # what stands there, its reason, the file that it stands in
DECISION = ("decision", "ground", "person", "date", "heard")


def events_of(entries: Sequence[Entry], received: Received, files: Mapping[str, str]) -> Iterator[Event]:
    """Tell what came in or changed since the entries that are there.

    Parameters
    ----------
    received : the folder as it is now.
    files : SHA-256 of each file of the folder by its name.

    Yields
    ------
    A return for each file of marks with new contents; a mark for each new or changed one; a consensus for each newly
    agreed mark and a correction for each that was agreed before; a decision likewise. What is gone is told as well.
    """
    known = _known(entries)
    yield from file_events(entries, files)
    yield from _differences("mark", _marks(received.marks), known, files)
    yield from agreed_events(entries, received.consensus, files)
    yield from _differences("decision", _decisions(received.decisions), known, files)
    yield from _differences("event", dict(_events(received.events)), known, files)


def file_events(entries: Sequence[Entry], files: Mapping[str, str]) -> Iterator[Event]:
    """Tell which files, by their SHA-256, are new or hold something else since the entries that are there."""
    known = _known(entries)
    for name, digest in sorted(files.items()):
        before = known.get(("return", name), ("", ""))[0]
        if before != digest:
            yield Event("return", name, digest, before, digest)


def agreed_events(entries: Sequence[Entry], agreed: Table | None, files: Mapping[str, str]) -> Iterator[Event]:
    """Tell which agreed marks are new, other than before, or gone since the entries that are there."""
    yield from _differences("consensus", _marks(agreed), _known(entries), files)


def _known(entries: Iterable[Entry]) -> dict[tuple[str, str], tuple[str, str]]:
    """Give what the ledger says last of each subject; a correction is of an agreed mark."""
    known: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in entries:
        event = entry.event
        kind = "consensus" if event.kind == "correction" else event.kind
        known[kind, event.subject] = (event.after, event.reason)
    return known


def _differences(
    kind: Kind, now: Mapping[str, Stands], known: Mapping[tuple[str, str], tuple[str, str]], files: Mapping[str, str]
) -> Iterator[Event]:
    for subject, (text, reason, file) in sorted(now.items()):
        before = known.get((kind, subject))
        if before is None or before != (text, reason):
            named: Kind = "correction" if before is not None and kind == "consensus" else kind
            yield Event(named, subject, files.get(file, ""), before[0] if before else "", text, reason)
    for (other, subject), (text, _) in sorted(known.items()):
        if other == kind and subject not in now and text:
            gone: Kind = "correction" if kind == "consensus" else kind
            yield Event(gone, subject, "", text, "", "No longer in the folder.")


def _marks(table: Table | None) -> dict[str, Stands]:
    rows = present(table)
    if rows is None:
        return {}
    keys = ("evaluator", "bid", "question", "mark", "reason")
    columns = zip(*(words(rows, key) for key in keys), strict=True)
    return {
        " ".join(filter(None, (evaluator, bid, question))): (mark, reason, rows.source(row).file)
        for row, (evaluator, bid, question, mark, reason) in enumerate(columns)
        if mark
    }


def event_told(kind: str, row: Mapping[str, str]) -> tuple[str, str]:
    """Give what the ledger says of an event's row: what it is about, and everything that it says but its reason."""
    keys = [column.key for column in EVENTS[kind].columns if column.key not in ("event", "reason")]
    about = next((row.get(key, "") for key in ("bid", "theme", "evaluator", "about") if key in keys), "")
    subject = " ".join(filter(None, (WORDS[kind], row.get("event", ""), about)))
    return subject, "; ".join(f"{key}: {row[key]}" for key in keys if row.get(key))


def _events(tables: Mapping[str, Table]) -> Iterator[tuple[str, Stands]]:
    for kind, table in tables.items():
        for at in range(len(table)):
            row = {key: text.strip() for key, text in table.row(at).items()}
            subject, text = event_told(kind, row)
            yield subject, (text, row.get("reason", ""), table.source(at).file)


def _decisions(table: Table | None) -> dict[str, Stands]:
    rows = present(table)
    if rows is None:
        return {}
    found = {}
    for row in range(len(rows)):
        told = {key: text.strip() for key, text in rows.row(row).items()}
        subject = " ".join(filter(None, (told.get("bid"), told.get("matter"), told.get("subject"))))
        said = "; ".join(f"{key}: {told[key]}" for key in DECISION if told.get(key))
        found[subject] = (said, told.get("reason", ""), rows.source(row).file)
    return found
