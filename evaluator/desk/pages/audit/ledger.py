"""The ledger: whether it is whole, and every entry, by kind, person, subject and time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evaluator.desk.page import Link, Page, Problem
from evaluator.desk.visit import Answer, Attachment, Refused, Visit, get
from evaluator.records.dates import HOW, read_day
from evaluator.records.findings.finding import Finding
from evaluator.records.ledger import Entry, Sought

PLACE = ("Ledger", "ledger")
EACH = 50  # entries of a page
KINDS = {
    "opened": "Programme begun",
    "seal": "Criteria sealed",
    "issue": "Paper made",
    "receipt": "File received",
    "receipt_undone": "Receipt undone",
    "import": "File imported",
    "return": "Marks came in",
    "mark": "Mark",
    "consensus": "Agreed mark",
    "meeting": "Panel met",
    "correction": "Agreed mark changed",
    "decision": "Decision",
    "event": "Event",
    "run": "Run",
    "restricted": "Restricted edition",
    "stage": "Stage sealed",
    "consideration": "Equality figures considered",
    "released": "Release",
    "handed_over": "Handed over",
}
FIELDS = ("kind", "who", "about", "from", "to")


@dataclass(frozen=True)
class Line:
    """An entry as a screen shows it."""

    number: int
    when: str
    who: str
    kind: str
    subject: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LedgerPage(Page):
    """The ledger, whole or not, and the entries that were asked for, the newest first."""

    template: ClassVar[str] = "audit/ledger.html"
    here: str
    whole: bool
    count: int
    head: str
    found: tuple[Finding, ...]
    lines: tuple[Line, ...]
    matching: int
    asked: Mapping[str, str]
    kinds: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    pages: tuple[Link, ...]
    workbook: str
    bundle: str


def show(visit: Visit) -> Answer:
    """Show the ledger as far as it is asked for."""
    ledger = visit.ledger
    if ledger is None:
        raise Refused("This programme has no ledger yet: it begins with the first thing that is recorded.", 404)
    asked = {key: visit.query.get(key, "").strip() for key in FIELDS}
    days = {key: read_day(asked[key]) if asked[key] else "" for key in ("from", "to")}
    wrong = tuple(
        Problem(f"“{asked[k]}” is not a day that exists. {HOW}.", k) for k, day in days.items() if day is None
    )
    sought = Sought(asked["kind"], asked["who"], asked["about"], days["from"] or "", days["to"] or "")
    entries = [one for one in reversed(ledger.entries) if sought.finds(one)]
    pages, at = _pages(visit, asked, len(entries))
    head = ledger.head
    return LedgerPage(
        title="Ledger" if at == 1 else f"Ledger, page {at} of {len(pages)}",
        here=visit.at("ledger"),
        whole=not ledger.findings,
        count=len(ledger.entries),
        head=f"{head.count}:{head.hash}" if head else "",
        found=ledger.findings,
        lines=tuple(_line(one) for one in entries[(at - 1) * EACH : at * EACH]),
        matching=len(entries),
        asked=asked,
        kinds=(("", "Anything"), *((kind, words) for kind, words in KINDS.items())),
        people=(("", "Anybody"), *((who, who) for who in sorted({one.who for one in ledger.entries}))),
        pages=pages,
        workbook=visit.at("ledger/ledger.xlsx"),
        bundle=visit.at("ledger/bundle"),
        problems=tuple(wrong),
    )


def _pages(visit: Visit, asked: Mapping[str, str], number: int) -> tuple[tuple[Link, ...], int]:
    """Give the links to the pages of a list, and the number of this one."""
    last = max(1, -(-number // EACH))
    wanted = visit.query.get("leaf", "1")
    at = min(max(int(wanted), 1), last) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 1
    kept = {key: text for key, text in asked.items() if text}
    shown = [page for page in range(1, last + 1) if page in (1, last) or abs(page - at) < 3]
    return tuple(Link(str(page), visit.at("ledger", **kept, leaf=str(page)), page == at) for page in shown), at


def _line(one: Entry) -> Line:
    event = one.event
    return Line(
        number=one.number,
        when=one.when.replace("T", " "),
        who=one.who,
        kind=KINDS.get(event.kind, event.kind),
        subject=event.subject,
        before=_short(event.before),
        after=_short(event.after),
        reason=event.reason,
    )


def _short(text: str) -> str:
    """Shorten a SHA-256; the workbook has it whole."""
    return f"{text[:12]}…" if len(text) == 64 and " " not in text else text


def workbook(visit: Visit) -> Answer:
    """Give the ledger as a workbook: every mark that changed, and every entry."""
    from evaluator.files.write.workbooks import workbook_bytes
    from evaluator.reporting.papers.ledger_workbook import ledger_workbook

    ledger = visit.ledger
    entries: Sequence[Entry] = ledger.entries if ledger else ()
    if ledger is None or ledger.findings:
        raise Refused("The ledger is not what was written, so no workbook is made of it.")
    return Attachment("ledger.xlsx", workbook_bytes(ledger_workbook(entries)))


ROUTES = (get("/p/{programme}/ledger", show), get("/p/{programme}/ledger/ledger.xlsx", workbook))
