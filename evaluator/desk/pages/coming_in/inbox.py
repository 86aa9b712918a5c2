"""The inbox: files are dropped, shown as they were read, and filed once a person says so."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar
from weakref import WeakKeyDictionary

from evaluator.desk.page import Page, Problem
from evaluator.desk.pages.coming_in.drops import Drop, Drops, Waiting, again
from evaluator.desk.pages.home import next_step
from evaluator.desk.remedies import OF_WHAT_COMES_IN, remedy_here
from evaluator.desk.serving.uploads import Held
from evaluator.desk.visit import Answer, Go, Refused, Visit, get, post
from evaluator.files.audit.ledger_file import entries_in
from evaluator.files.audit.received import digest
from evaluator.files.read.bids.recognise import Recognised, keeps_out
from evaluator.files.read.inputs import read_once
from evaluator.files.read.programme import Programme, open_programme
from evaluator.jobs.coming_in.receipts import Undo, state_of, untold
from evaluator.jobs.coming_in.receive import Asked, Receiving
from evaluator.jobs.keeping import this_minute
from evaluator.jobs.programme import Standing
from evaluator.records.dates import read_moment, spoken_moment
from evaluator.records.english import count_of
from evaluator.records.findings.finding import Finding
from evaluator.records.office.paper_kinds import BID, KINDS
from evaluator.records.office.receipts import Receipt, receipts_of
from evaluator.records.texts import visible
from evaluator.reporting.office.receipts import Result

PLACE = ("Inbox", "inbox")
SALT_BYTES = 32
ANSWERS = ("replace", "keep", "another")
MOST_NAMED = 5  # files that are named when they are filed
MOST_ROWS = 30  # of a file that are shown
SHORT = 12  # characters of a fingerprint
_AT: "WeakKeyDictionary[Held, Drops]" = WeakKeyDictionary()


@dataclass(frozen=True)
class Told:
    """A finding as it is told here: what is wrong, where, and what to do about it."""

    message: str
    remedy: str
    place: str
    stops: bool


@dataclass(frozen=True)
class FileShown:
    """A file that waits, as it was read, and what would become of it."""

    at: int
    called: str
    words: str
    becomes: str
    fingerprint: str
    filable: bool
    told: tuple[Told, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: str
    kind: str
    answer: str
    answers: tuple[tuple[str, str, str], ...]
    asks_kind: bool
    imports: str


@dataclass(frozen=True)
class DropShown:
    """Files that came together and wait."""

    heading: str
    action: str
    away: str
    files: tuple[FileShown, ...]


@dataclass(frozen=True, kw_only=True)
class Inbox(Page):
    """What waits to be filed, and everything that was received."""

    template: ClassVar[str] = "in/inbox.html"
    here: str
    sender: str
    when: str
    drops: tuple[DropShown, ...]
    kinds: tuple[tuple[str, str], ...]
    receipts: tuple[tuple[str, str, str, str, str, str], ...]
    undone: tuple[str, ...]
    wrong: tuple[str, ...]
    following: tuple[str, Standing] | None  # once something was received and nothing waits


@dataclass(frozen=True, kw_only=True)
class UndoReceipt(Page):
    """The question before a receipt is undone."""

    template: ClassVar[str] = "in/undo.html"
    what: str
    action: str
    back: str
    reason: str


def drops_of(visit: Visit) -> Drops:
    """Give what waits at this desk."""
    held = visit.desk.held
    if held not in _AT:
        _AT[held] = Drops(held)
    return _AT[held]


def show(visit: Visit) -> Answer:
    """Show what waits and what was received."""
    return _inbox(visit)


def _inbox(visit: Visit, problems: tuple[Problem, ...] = (), sender: str = "", when: str = "") -> Inbox:
    programme = visit.programme
    receipts, undone, wrong = visit.look(_received, programme.root)
    drops = [_drop_shown(visit, programme, one) for one in drops_of(visit).of(programme.root)]
    return Inbox(
        title="Inbox",
        problems=problems,
        here=visit.at("inbox"),
        sender=sender,
        when=when,
        drops=tuple(drops),
        kinds=(("", "Choose what it is"), *((kind, one.words) for kind, one in KINDS.items())),
        receipts=receipts,
        undone=undone,
        wrong=wrong,
        following=next_step(visit) if receipts and not drops else None,
    )


def _received(root: Path) -> tuple[tuple[tuple[str, str, str, str, str, str], ...], tuple[str, ...], tuple[str, ...]]:
    """Give everything that was received, the newest first, what was undone, and what is wrong with it."""
    programme = open_programme(root)
    receipts = receipts_of(entries_in(programme.ledger))
    rows = tuple(
        (
            str(one.number),
            spoken_moment(one.when),
            one.words,
            ", ".join(filter(None, (one.called, one.sender))),
            one.place or "kept; nothing reads it",
            state_of(programme, receipts, one),
        )
        for one in reversed(receipts.every)
    )
    undone = tuple(f"Receipt {one.receipt.number}, {one.receipt.words}: {one.reason}" for one in receipts.undone)
    return rows, undone, tuple(untold(programme, receipts))


# What waits.


def _jobs(visit: Visit, drop: Drop) -> Iterator[tuple[list[int], Receiving]]:
    """Give the jobs that receive the files of a drop: one for all of which a person said the same.

    A job takes what was read of each file before, and never reads it itself.
    """
    alike: dict[tuple[str, str], list[int]] = {}
    for at, one in drop.files.items():
        alike.setdefault((one.kind, one.answer), []).append(at)
    for (kind, answer), places in alike.items():
        files = [drop.files[at] for at in places]
        read = {digest(read_once(one.path)): one.found for one in files}

        def look(content: bytes, *_: object, read: Mapping[str, Recognised] = read) -> Recognised:
            return read[digest(content)]

        asked = Asked(
            sender=drop.sender,
            when=drop.when or this_minute(),
            who=visit.keeping().who,
            stated=bool(drop.when),
            kind=kind,
            answer=answer,
            salt=secrets.token_hex(SALT_BYTES),
            called={one.path: one.called for one in files},
        )
        yield places, Receiving(visit.programme, [one.path for one in files], asked, lambda _: None, look)


def _drop_shown(visit: Visit, programme: Programme, drop: Drop) -> DropShown:
    entries = entries_in(programme.ledger)
    results: dict[int, Result] = {}
    for places, job in _jobs(visit, drop):
        results |= dict(zip(places, job.foreseen(entries), strict=True))
    shown = [_file_shown(visit, drop, at, one, results[at]) for at, one in drop.files.items()]
    who = f" from {visible(drop.sender)}" if drop.sender else ""
    return DropShown(
        heading=f"Not yet filed: {count_of(len(shown), 'file')}{who}",
        action=visit.at(f"inbox/file/{drop.number}"),
        away=visit.at(f"inbox/away/{drop.number}"),
        files=tuple(shown),
    )


def _file_shown(visit: Visit, drop: Drop, at: int, one: Waiting, result: Result) -> FileShown:
    headings, rows = _rows(one.found)
    kinds = one.found.kinds
    codes = {found.code for found in result.findings}
    second = bool({"E-RECEIVE-003", "E-RECEIVE-008"} & codes) or bool(one.answer)
    asks = len(kinds) != 1 or bool({"E-RECEIVE-005"} & codes) or bool(one.kind)
    return FileShown(
        at=at,
        called=visible(one.called),
        words=KINDS[kinds[0]].words if len(kinds) == 1 else "not known",
        becomes=_becomes(result),
        fingerprint=digest(read_once(one.path))[:SHORT],
        filable=result.state in ("filed", "kept", "put back"),
        told=tuple(_told(found) for found in (*result.findings, *_notes(one, result))),
        headings=headings,
        rows=rows[:MOST_ROWS],
        count=_count(one.found, len(rows)),
        kind=one.kind,
        answer=one.answer,
        answers=_answers(one) if second else (),
        asks_kind=asks,
        imports=visit.at(f"imports/{drop.number}/{at}") if "E-RECEIVE-001" in codes else "",
    )


def _becomes(result: Result) -> str:
    """Say what becomes of a file once it is filed."""
    place = result.receipt.place if result.receipt else ""
    said = {
        "filed": f"will be filed as {place}",
        "kept": "will be kept and on record; nothing reads it",
        "again": f"was received before{f', as {place}' if place else ''}; nothing would change",
        "put back": f"will be put back into {place}",
        "asked": "waits for your answer",
        "refused": "cannot be filed",
    }[result.state]
    return f"{said}; {result.note}" if result.note else said


def _notes(one: Waiting, result: Result) -> Iterable[Finding]:
    """Give what else its reader found, where it is not among what is told already."""
    return (found for found in one.found.findings if found not in result.findings)


def _told(one: Finding) -> Told:
    return Told(one.message, remedy_here(one), str(one.source), keeps_out(one) or one.code in OF_WHAT_COMES_IN)


def _rows(found: Recognised) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Give the rows of a file as they were read, with their headings."""
    said = [dict(text.partition("=")[::2] for text in row[1:]) for row in sorted(found.rows)]
    headings = tuple(dict.fromkeys(key for row in said for key in row))
    return headings, tuple(tuple(row.get(key, "") for key in headings) for row in said)


def _count(found: Recognised, rows: int) -> str:
    if not found.filled:
        return "Nothing is filled in in it."
    shown = f"; the first {MOST_ROWS} are shown" if rows > MOST_ROWS else ""
    return f"{count_of(rows, 'row')} as read{shown}" if rows else ""


def _answers(one: Waiting) -> tuple[tuple[str, str, str], ...]:
    found = [
        ("replace", "It takes the place of the earlier one", "Both are kept, and this one counts."),
        ("keep", "The earlier one goes on to count", "This one is kept and on record."),
    ]
    if BID in one.found.kinds:
        found.append(("another", "It is another bid of the same organisation", ""))
    return tuple(found)


# What is done with it.


def take(visit: Visit) -> Answer:
    """Take files in and look at them; nothing is filed yet."""
    form, programme = visit.form, visit.programme
    sender, said = form.text("sender"), form.text("when")
    when = read_moment(said) if said else ""
    files = form.files("files")
    problems = []
    if not files:
        problems.append(Problem("Choose one or more files", "files"))
    if when is None:
        problems.append(Problem("Write when it came as 2026-12-01 14:05, or leave it empty for now", "when"))
    if problems:
        return _inbox(visit, tuple(problems), sender, said)
    drop = drops_of(visit).add(programme.root, programme.criteria, files, sender, when or "")
    said_of = count_of(len(drop.files), "file was looked at", "files were looked at")
    return Go(visit.at("inbox") + "#waiting", f"{said_of} and not yet filed. Check them below.", good=False)


def _found(visit: Visit) -> Drop:
    drop = drops_of(visit).find(visit.programme.root, visit.values["number"])
    if drop is None:
        raise Refused("These files wait no longer: they were filed, put away, or the desk was started again.", 404)
    return drop


def file(visit: Visit) -> Answer:
    """File what was chosen, by what a person says of each; what is still asked or refused goes on to wait."""
    drop, form = _found(visit), visit.form
    said = _said(visit, drop)
    chosen = {at: one for at, one in said.items() if form.text(f"take-{at}")}
    filed = _filed(visit, replace(drop, files=chosen)) if chosen else {}
    left = {at: one for at, one in said.items() if at not in filed}
    drops_of(visit).keep(replace(drop, files=left))
    waits = f" {count_of(len(left), 'file still waits', 'files still wait')} below." if left else ""
    if not filed:
        return Go(visit.at("inbox") + "#waiting", f"Nothing was filed.{waits}", good=False)
    names = [f"{one.words} as {one.place or 'a paper on record'}, receipt {one.number}" for one in filed.values()]
    more = f"; and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return Go(visit.at("inbox"), f"Filed: {'; '.join(names[:MOST_NAMED])}{more}.{waits}")


def _said(visit: Visit, drop: Drop) -> dict[int, Waiting]:
    """Take what a person says of each file; where that is what it is, it is looked at again as that."""
    form = visit.form
    kinds = {at: form.text(f"kind-{at}") for at in drop.files}
    known = {at: kind for at, kind in kinds.items() if kind in ("", *KINDS)}
    answers = {at: form.text(f"answer-{at}") for at in drop.files}
    files = again(drop.files, known, visit.programme.criteria)
    return {at: replace(one, answer=answers[at] if answers[at] in ANSWERS else "") for at, one in files.items()}


def _filed(visit: Visit, drop: Drop) -> dict[int, Receipt]:
    """Receive files, and give the receipts of those that were filed, or had been before."""
    filed: dict[int, Receipt] = {}
    for places, job in _jobs(visit, drop):
        visit.record(job.told, job.then, job.asked.when)
        results = zip(places, job.results, strict=True)
        filed |= {at: one.receipt for at, one in results if one.receipt and one.state not in ("asked", "refused")}
    return filed


def away(visit: Visit) -> Answer:
    """Put files away that are not to be filed."""
    drop = _found(visit)
    drops_of(visit).keep(replace(drop, files={}))
    return Go(visit.at("inbox"), "Put away. Nothing of these files was kept.")


# Undoing.


def _receipt(visit: Visit) -> Receipt:
    every = receipts_of(entries_in(visit.programme.ledger)).every
    found = next((one for one in every if str(one.number) == visit.values["number"]), None)
    if found is None or found.private:
        raise Refused("There is no such receipt that can be undone here.", 404)
    return found


def ask_undo(visit: Visit) -> Answer:
    """Ask why a receipt is undone."""
    return _undo_page(visit, _receipt(visit))


def _undo_page(visit: Visit, one: Receipt, problems: tuple[Problem, ...] = ()) -> UndoReceipt:
    return UndoReceipt(
        title=f"Undo receipt {one.number}",
        problems=problems,
        what=f"{one.words}{f', filed as {one.place}' if one.place else ''}, received {spoken_moment(one.when)}",
        action=visit.at(f"inbox/undo/{one.number}"),
        back=visit.at("inbox"),
        reason=visit.form.text("reason"),
    )


def undo(visit: Visit) -> Answer:
    """Undo a receipt: its copy leaves the folder that is evaluated, and the file as it came is kept."""
    one, reason = _receipt(visit), visit.form.text("reason")
    if not reason:
        return _undo_page(visit, one, (Problem("Write why it is undone", "reason"),))
    job = Undo(visit.programme, one.fingerprint, reason)
    visit.record(job.told, job.then, this_minute())
    if job.problem or job.undone is None:
        raise Refused(job.problem or "It was not undone.")
    left = f" What counts now is {job.left.words}." if job.left else ""
    return Go(visit.at("inbox"), f"Undone: {job.undone.words}. The file as it came is kept.{left}")


ROUTES = (
    get("/p/{programme}/inbox", show),
    post("/p/{programme}/inbox", take),
    post("/p/{programme}/inbox/file/{number}", file),
    post("/p/{programme}/inbox/away/{number}", away),
    get("/p/{programme}/inbox/undo/{number}", ask_undo),
    post("/p/{programme}/inbox/undo/{number}", undo),
)
