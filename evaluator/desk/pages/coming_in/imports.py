"""Imports: a register or marks in somebody else's layout, with what each label means beside the cells it stands in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, get_args

from evaluator.desk.confined import ConfinedError, confined
from evaluator.desk.page import Page, Problem
from evaluator.desk.pages.coming_in.drops import Waiting
from evaluator.desk.pages.coming_in.inbox import drops_of
from evaluator.desk.visit import Answer, Go, Refused, StaleError, Visit, get, post, version_of
from evaluator.files.read.programme import Programme
from evaluator.files.write.toml import toml_text
from evaluator.jobs.coming_in.imports import MARKS, REGISTER, ImportMade, Where, import_event, import_file, write_import
from evaluator.records.english import count_of
from evaluator.records.findings.finding import Finding
from evaluator.records.ledger import Entry, Event
from evaluator.records.submissions.imports import LEFT_OUT, SCHEMA, Decided, What
from evaluator.records.texts import visible
from evaluator.reporting.office.import_papers import ShownSheet, in_order_of_asking, shown_sheets

PLACE = None
ABOUT = {
    "column": "the column",
    "bid": "the bid",
    "question": "the question",
    "evaluator": "the evaluator",
    "theme": "the theme",
    "setting": "",
}
WHAT = (
    ("", "What the file says itself", ""),
    ("register", "A register of bids", ""),
    ("marks", "The evaluators’ marks", ""),
)


@dataclass(frozen=True)
class Label:
    """A label of the file: the field that says what it means, with what is proposed and what it can become."""

    at: int
    kind: str
    about: str
    text: str
    where: str
    becomes: str
    choices: tuple[tuple[str, str], ...]
    asked: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class Import(Page):
    """A file as it was read, with a field for each label that has to be confirmed or can be corrected."""

    template: ClassVar[str] = "in/import.html"
    action: str
    back: str
    what: str
    whats: tuple[tuple[str, str, str], ...]
    applied: str
    rows: str
    labels: tuple[Label, ...]
    settled: tuple[Label, ...]
    sheets: Sequence[ShownSheet]
    findings: tuple[Finding, ...]


def _waiting(visit: Visit) -> Waiting:
    drop = drops_of(visit).find(visit.programme.root, visit.values["number"])
    at = visit.values["at"]
    one = drop.files.get(int(at)) if drop and at.isdecimal() and len(at) < 7 else None
    if one is None:
        raise Refused("This file waits no longer: it was filed, put away, or the desk was started again.", 404)
    return one


def where_of(programme: Programme) -> Where:
    """Say where an import finds what is known, and where its tables go."""
    return Where(programme.criteria, programme.bids, programme.bids, programme.root)


def _read(visit: Visit, one: Waiting, mapping: Path | None, what: str) -> ImportMade:
    """Read the file in a process of its own; nothing is written."""
    said: What | None = next((known for known in get_args(What) if known == what), None)
    try:
        return confined(import_file, one.path, where_of(visit.programme), mapping, said, visible(one.called))
    except ConfinedError as error:
        raise Refused(f"{visible(one.called)} could not be read: {error}.") from None


def show(visit: Visit) -> Answer:
    """Show a file with what is proposed for each of its labels."""
    one, what = _waiting(visit), visit.query.get("what", "")
    return _page(visit, one, _read(visit, one, None, what), what)


def _page(visit: Visit, one: Waiting, made: ImportMade, what: str, problems: tuple[Problem, ...] = ()) -> Answer:
    if made.imported is None:
        raise Refused(
            "The criteria cannot be read yet. Mend them first, on the page Criteria.", more=_words(made.findings)
        )
    decided = in_order_of_asking(made.imported.decided)
    labels = [_label(at, label) for at, label in enumerate(decided)]
    open_ones = [label for label in labels if label.asked or label.kind == "column"]
    number, at = visit.values["number"], visit.values["at"]
    return Import(
        title=f"Import {visible(one.called)}",
        problems=problems,
        action=visit.at(f"imports/{number}/{at}"),
        back=visit.at("inbox"),
        what=what or made.imported.what,
        whats=WHAT,
        applied=made.applied if made.applied != CONFIRMED else "",
        rows=f"{count_of(len(made.imported.rows), 'row')} of {made.imported.what}"
        if made.imported.rows
        else "no rows yet",
        labels=tuple(open_ones),
        settled=tuple(label for label in labels if label not in open_ones),
        sheets=shown_sheets(made.imported),
        findings=tuple(found for found in made.findings if found.code != "E-IMPORT-002"),
    )


def _words(findings: tuple[Finding, ...]) -> list[str]:
    return [str(one) for one in findings[:10]]


def _label(at: int, one: Decided) -> Label:
    choices = tuple((choice, "left out" if choice == LEFT_OUT else choice) for choice in one.choices)
    if choices and one.becomes not in one.choices:
        choices = ((one.becomes, one.becomes or "Choose"), *choices)
    where = f"{one.where.sheet}!{one.where.cell}".strip("!")
    return Label(at, one.about, ABOUT[one.about], one.text, where, one.becomes, choices, one.is_asked, one.why)


CONFIRMED = "confirmed.toml"


def confirm(visit: Visit) -> Answer:
    """Take what a person says that the labels mean: show the file so read, or import it."""
    one, what = _waiting(visit), visit.form.text("what")
    before = _tables(visit)
    mapping = _mapping(visit, one, what)
    made = _read(visit, one, mapping, what)
    if visit.form.text("then") != "import":
        return _page(visit, one, made, what)
    if made.imported is None or made.table is None:
        asked = made.imported.asked if made.imported else ()
        says = "Nothing was imported yet: answer what is asked below" if asked else "Nothing was imported: see below"
        return _page(visit, one, made, what, (Problem(says, "what"),))
    if made.status == "in_part" and not visit.form.text("in_part"):
        says = "Some cells are refused, as told below. Tick that the rest is to be imported without them"
        return _page(visit, one, made, what, (Problem(says, "in_part"),))
    try:
        return _imported(visit, made, before)
    except StaleError:
        says = "Somebody else imported something meanwhile. Nothing of this was imported: look at it again"
        return _page(visit, one, _read(visit, one, mapping, what), what, (Problem(says, "what"),))


def _tables(visit: Visit) -> str:
    return version_of(*(visit.programme.bids / name for name in (MARKS, REGISTER)))


def _imported(visit: Visit, made: ImportMade, before: str) -> Answer:
    """Write the tables and tell the ledger, unless a table is not what it was when the file was read."""

    def told(entries: Sequence[Entry]) -> Iterable[Event]:
        if _tables(visit) != before:
            raise StaleError
        write_import(made)
        return import_event(made)(entries)

    visit.record(told)
    drops, number = drops_of(visit), visit.values["number"]
    drop = drops.find(visit.programme.root, number)
    if drop is not None:
        left = {at: one for at, one in drop.files.items() if str(at) != visit.values["at"]}
        drops.keep(replace(drop, files=left))
    table = made.table.name if made.table else ""
    rows = count_of(len(made.imported.rows), "row") if made.imported else ""
    return Go(visit.at("inbox"), f"Imported: {rows} into bids/{table}. What each label means is remembered.")


def _mapping(visit: Visit, one: Waiting, what: str) -> Path:
    """Write what a person confirmed as the mapping that the command takes, beside the file that waits."""
    said = [field.removeprefix("label-") for field, _ in visit.form.texts if field.startswith("label-")]
    fields = [tuple(visit.form.text(f"{key}-{at}") for key in ("about", "text", "label")) for at in said]
    labels = [dict(zip(("about", "text", "becomes"), one, strict=True)) for one in fields if one[2]]
    plain = {"schema": SCHEMA, **({"what": what} if what else {}), "label": labels}
    folder = one.path.with_name(f"{one.path.name}-mapping")
    folder.mkdir(exist_ok=True)
    (folder / CONFIRMED).write_text(toml_text(plain, {}), "utf-8")
    return folder / CONFIRMED


ROUTES = (
    get("/p/{programme}/imports/{number}/{at}", show),
    post("/p/{programme}/imports/{number}/{at}", confirm),
)
