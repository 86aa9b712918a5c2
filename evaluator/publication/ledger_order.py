"""Entries of a ledger that cannot stand as they do: sealed twice, dated back, after the run, moved and chained anew."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.ledger import Entry

ARRIVED = ("receipt", "receipt_undone")  # recorded with the time of arrival, which is before that of recording
MARKED = ("mark", "consensus", "correction")
DECIDED_ON = re.compile(r"(?:^|; )date: (\d{4}-\d\d-\d\d)")  # of what an entry says of a decision


def check_entries(file: str, entries: Sequence[Entry], run: str = "") -> tuple[Finding, ...]:
    """Find entries that cannot stand as they do.

    Parameters
    ----------
    file : the name that findings give the ledger.
    run : the day of the run that rests on it, as ``YYYY-MM-DD``; empty where there is none, or it is not dated.
    """
    by_time = _times_back(file, entries), _after_the_run(file, entries, run)
    return tuple(chain(_sealed_twice(file, entries), *by_time, _sealed_late(file, entries), _moved(file, entries)))


def _sealed_twice(file: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    first: dict[str, Entry] = {}
    for one in (one for one in entries if one.event.kind == "seal"):
        before = first.setdefault(one.event.subject, one)
        if before.event.after != one.event.after:
            facts = {"version": one.event.subject, "first": before.number, "when": before.when}
            yield finding("E-LEDGER-011", Source(file, row=one.number), **facts)


def _times_back(file: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Find entries that are dated before the one before them; receipts are dated by the time of arrival."""
    last: Entry | None = None
    for one in (one for one in entries if one.event.kind not in ARRIVED):
        shared = min(len(last.when), len(one.when)) if last else 0
        if last and one.when[:shared] < last.when[:shared]:
            facts = {"when": one.when, "before": last.number, "last": last.when}
            yield finding("E-LEDGER-012", Source(file, row=one.number), **facts)
        last = one


def _after_the_run(file: str, entries: Sequence[Entry], run: str) -> Iterator[Finding]:
    """Find the first entry from before the run that is dated after it, and decisions recorded before they were made."""
    late = (one for one in entries if run and one.when[:10] > run)
    for one in (*late,)[:1]:
        yield finding("E-LEDGER-013", Source(file, row=one.number), when=one.when, run=run)
    for one in (one for one in entries if one.event.kind == "decision"):
        made = DECIDED_ON.search(one.event.after)
        if made and made[1] > one.when[:10]:
            facts = {"subject": one.event.subject, "date": made[1], "when": one.when}
            yield finding("E-LEDGER-016", Source(file, row=one.number), **facts)


def _sealed_late(file: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Find criteria that were sealed once marks were recorded: what was marked was not marked by them."""
    marked, last = None, ""
    for one in entries:
        if one.event.kind == "seal" and one.event.after != last:
            last = one.event.after
            if marked:
                facts = {"version": one.event.subject, "when": one.when, "marked": marked.number}
                yield finding("E-LEDGER-014", Source(file, row=one.number), **facts)
        marked = marked or (one if one.event.kind in MARKED else None)


def _moved(file: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Find entries that changed places: what one file says is recorded at once, in the order of the subjects."""
    for before, one in pairwise(entries):
        if _batch(before) == _batch(one) and before.event.file and one.event.subject < before.event.subject:
            facts = {"subject": one.event.subject, "other": before.event.subject, "before": before.number}
            yield finding("E-LEDGER-015", Source(file, row=one.number), **facts)


def _batch(one: Entry) -> tuple[str, ...]:
    """Name what is recorded at once; an agreed mark that was agreed before is a correction."""
    kind = {"correction": "consensus"}.get(one.event.kind, one.event.kind)
    told = kind in ("mark", "consensus", "decision")
    return (kind, one.event.file, one.when, one.who) if told else (kind, str(one.number))
