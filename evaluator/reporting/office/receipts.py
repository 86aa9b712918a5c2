"""Receipts for people and machines: a text that a sender can keep, tables, JSON, and the bids' own table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluator.records.dates import spoken_moment
from evaluator.records.documents import Json
from evaluator.records.findings.finding import Finding
from evaluator.records.office.paper_kinds import EVENTS, KINDS
from evaluator.records.office.receipts import Receipt, Receipts, Undoing
from evaluator.records.submissions.table_layouts import RECEIPTS
from evaluator.records.texts import visible

SHORT = 12  # characters of a fingerprint in a table
HEADINGS = ("File", "What it is", "What became of it", "Fingerprint")


def receipt_text(receipt: Receipt, programme: str) -> str:
    """Write what whoever sent a file can keep: what it was, when it came, and the fingerprint by which it is found."""
    lines = (
        ("Receipt", f"number {receipt.number} in the ledger"),
        ("Programme", visible(programme)),
        ("Received", f"{spoken_moment(receipt.when)}{', as was stated' if receipt.stated else ''}"),
        ("From", visible(receipt.sender)),
        ("By", visible(receipt.who)),
        ("File", visible(receipt.called)),
        ("It is", visible(receipt.words)),
        ("Filed as", receipt.place or "kept; nothing reads it"),
        ("Fingerprint", receipt.fingerprint),
    )
    told = "\n".join(f"{label + ':':<13}{text}" for label, text in lines if text)
    return (
        f"{told}\n\nThe fingerprint is the SHA-256 of the file exactly as it came. Keep this text with your copy of "
        "the file: whoever has both can show that nothing was changed.\n"
    )


def receipts_table(receipts: Receipts) -> str:
    """Write the table that lies with the bids: each file, when it came, and its fingerprint; empty without rows.

    Of the monitoring nothing is told, and of events nothing need be, because commands add to these.
    """
    listed = (one for one in receipts.standing if one.place.startswith("bids/") and not one.private)
    rows = {one.place.removeprefix("bids/"): one for one in listed if one.kind != EVENTS}
    if not rows:
        return ""
    lines = [[column.key for column in RECEIPTS.columns]]
    lines += [[name, one.when.replace("T", " "), one.fingerprint] for name, one in sorted(rows.items())]
    return "".join(f"{','.join(map(_cell, line))}\n" for line in lines)


def _cell(text: str) -> str:
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if any(mark in text for mark in ',"\n') else text


@dataclass(frozen=True)
class Result:
    """What became of one file.

    ``state`` is ``filed``, ``kept`` (it does not count), ``again`` (it was here), ``put back`` (into its place),
    ``asked`` (a person must say something) or ``refused``; ``kind`` is what it is, where that is known.
    """

    name: str
    state: str
    receipt: Receipt | None = None
    findings: tuple[Finding, ...] = ()
    note: str = ""
    kind: str = ""


def results_text(rows: Sequence[Result]) -> str:
    """Say what became of files: of several a line each, as a table."""
    told = [(one.name, *_result(one)) for one in rows]
    number = next((one.receipt.fingerprint for one in rows if one.receipt and not one.receipt.private), "")
    if len(rows) == 1:
        (name, what, became, _), *_ = told
        return "\n".join(filter(None, (f"{name}: {what or 'a file'}", became, number and f"Fingerprint {number}")))
    widths = [max(len(row[at]) for row in (*told, HEADINGS)) for at in range(3)]
    lines = ("  ".join((*map(str.ljust, row[:3], widths), row[3])).rstrip() for row in (HEADINGS, *told))
    return "\n".join(lines)


def _result(one: Result) -> tuple[str, str, str]:
    """Give what a file is, what became of it, and the start of its fingerprint."""
    receipt = one.receipt
    if receipt is None:
        what = KINDS[one.kind].words if one.kind else ""
        return what, "refused; not filed" if one.state == "refused" else "asked about; not filed", ""
    said = {
        "filed": f"filed as {receipt.place}",
        "kept": "kept and on record",
        "again": f"was here already{f' as {receipt.place}' if receipt.place else ''}; nothing was changed",
        "put back": f"put back into {receipt.place}",
    }[one.state]
    number = "" if receipt.private else receipt.fingerprint[:SHORT]
    return visible(receipt.words), f"{said}{f'; {one.note}' if one.note else ''}", number


def receipts_text(rows: Iterable[tuple[Receipt, str]], undone: Iterable[Undoing]) -> str:
    """List receipts with their state, and what was undone, in the order of the ledger."""
    lines = [(one.number, _line(one, state)) for one, state in rows]
    lines += [(one.number, _gone(one)) for one in undone]
    return "\n".join(text for _, text in sorted(lines))


def _line(one: Receipt, state: str) -> str:
    sender = f" from {visible(one.sender)}" if one.sender else ""
    called = f", called “{visible(one.called)}”" if one.called else ""
    place = f", filed as {one.place}" if one.place else ""
    number = "" if one.private else f" Fingerprint {one.fingerprint}."
    moment = spoken_moment(one.when)
    return f"{one.number}. {moment}: {visible(one.words)}{sender}{called}{place}: {state}.{number}"


def _gone(one: Undoing) -> str:
    what = visible(one.receipt.words)
    done = f"undone by {visible(one.who)}: {visible(one.reason)}"
    return f"{one.number}. {spoken_moment(one.when)}: number {one.receipt.number}, {what}, {done}"


def receipt_json(one: Receipt, state: str) -> Json:
    """Give a receipt for machines."""
    return {
        "number": one.number,
        "kind": one.kind,
        "subject": one.subject,
        "place": one.place,
        "fingerprint": one.fingerprint,
        "before": one.before,
        "received": one.when,
        "stated": one.stated,
        "by": one.who,
        "from": one.sender,
        "called": one.called,
        "state": state,
    }


def undoing_json(one: Undoing) -> Json:
    """Give an undoing for machines."""
    facts = {"number": one.number, "receipt": one.receipt.number, "fingerprint": one.receipt.fingerprint}
    return {**facts, "when": one.when, "by": one.who, "reason": one.reason}
