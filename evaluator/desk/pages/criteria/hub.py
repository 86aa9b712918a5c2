"""The criteria as a whole: what they hold, part by part, what is found in them, and the workbook that holds them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from evaluator.desk.confined import ConfinedError, confined
from evaluator.desk.page import Page, Problem
from evaluator.desk.pages.criteria.changing import change
from evaluator.desk.pages.criteria.fields import title_of
from evaluator.desk.pages.criteria.found import Found, Placed, asked, found
from evaluator.desk.pages.criteria.part import address_of
from evaluator.desk.visit import Answer, Attachment, Go, Refused, StaleError, Visit, get, post, version_of
from evaluator.files.read.criteria.folder import criteria_in, home_of
from evaluator.files.write.criteria_toml import DEVICE, FILE_NAME
from evaluator.jobs.criteria.brought import brought_draft, compared
from evaluator.jobs.criteria.drafts import CannotBeKeptError, Draft, read_draft, with_theme, write_draft
from evaluator.publication import fingerprint
from evaluator.records.dates import spoken_date
from evaluator.records.english import count_of, listing
from evaluator.records.findings.finding import Finding, Severity
from evaluator.records.ledger import Event
from evaluator.records.office.folder import CRITERIA_WORKBOOK
from evaluator.records.programme.written.entries import Spot, blocks_of, entry_at, table_at
from evaluator.records.programme.written.files import PROGRAMME, TEMPLATE, THEMES, theme_file
from evaluator.records.programme.written.layout import RULES, SHEET_OF

PLACE = ("Criteria", "criteria")
ONE_SHEET, COMMON = "Programme", SHEET_OF["common"]
BROUGHT = "criteria/workbook/use"  # where a workbook that was brought is put into the folder


@dataclass(frozen=True)
class Part:
    """A part of the criteria: where it is filled in, what it holds, and how many findings stand at it."""

    name: str
    address: str
    holds: str
    findings: int


@dataclass(frozen=True)
class Group:
    """Parts that belong together, as on one sheet of the workbook; ``remove`` is where a theme is taken away."""

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Criteria(Page):
    """What the criteria hold, and where they are filled in."""

    template: ClassVar[str] = "criteria/hub.html"
    state: tuple[str, str]  # words, and how they look
    following: tuple[str, str, str]  # what comes next: a sentence, an address and the words of its link
    counts: str
    groups: tuple[Group, ...]
    lost: tuple[Finding, ...]
    commented: tuple[str, ...]
    file: str
    in_use: bool
    download: str
    upload: str
    theme: str
    version: str
    ways: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Brought(Page):
    """A workbook that was brought back and is not yet used: what it would change."""

    template: ClassVar[str] = "criteria/brought.html"
    action: str
    back: str
    number: str
    called: str
    version: str
    changes: tuple[str, ...]
    findings: tuple[Finding, ...]


def files_of(criteria: Path) -> tuple[Path, ...]:
    """Name the files of which criteria are made, with what people decided about them."""
    home = home_of(criteria)
    return tuple(home / name for name in sorted({*criteria_in(criteria).names, "accepted.toml", "versions.toml"}))


def show(visit: Visit) -> Answer:
    """Show the criteria as a whole."""
    return _page(visit)


def _page(visit: Visit, problems: tuple[Problem, ...] = ()) -> Criteria:
    programme = visit.programme
    now = visit.look(found, programme.criteria)
    home = programme.criteria
    file = home / now.draft.book if now.draft.book else home
    return Criteria(
        title="Criteria",
        state=state_of(now),
        following=_following(visit, now),
        counts=counted(now),
        groups=tuple(_groups(visit, now)),
        lost=now.draft.findings,
        commented=now.draft.commented,
        file=str(file.resolve()),
        in_use=bool(now.draft.book) and (home / f"~${now.draft.book}").exists(),
        download=visit.at("criteria/workbook") if now.draft.book or now.checked.read.criteria else "",
        upload=visit.at("criteria/workbook"),
        theme=visit.at("criteria/theme"),
        version=version_of(*files_of(home)),
        ways=(
            (visit.at("criteria/check"), "Check", "Read as a lawyer would, with every finding at its place"),
            (visit.at("criteria/simulate"), "Simulate", "Try price and quality on plausible bids"),
            (visit.at("criteria/timetable"), "Timetable", "Every date in order, with what is owed by law"),
            (visit.at("criteria/publish"), "Publish", "Accept what is left, seal, and make the tender's papers"),
        ),
        problems=problems,
    )


def state_of(now: Found) -> tuple[str, str]:
    """Say how the criteria stand to their seal."""
    read = now.checked.read
    if read.seal is None:
        return ("Not published", "")
    if read.criteria is not None and read.seal.sha256 == fingerprint(read.criteria):
        return (f"Version {read.seal.version}, sealed on {spoken_date(read.seal.date)}, and unchanged", "good")
    return (f"Changed since version {read.seal.version} was sealed on {spoken_date(read.seal.date)}", "care")


def counted(now: Found) -> str:
    """Count what was found, by what it means."""
    return now.checked.counted() or "Nothing was found"


def still_empty(now: Found) -> tuple[tuple[str, Spot], ...]:
    """Name the parts that no check asks for and most programmes need, while they are empty; each with its place."""
    files = now.draft.files
    programme = files.get(PROGRAMME, {})
    money, rules = (
        Spot(PROGRAMME, "allocation"),
        [one.get("rule") for one in (programme.get("allocation", {}), *files.values())],
    )
    parts = (
        ("the reference under which it is published", Spot(PROGRAMME, ""), programme.get("reference") != "DRAFT-1"),
        ("how the money is divided", money, bool(entry_at(files, money))),
        ("the rules of award", Spot(PROGRAMME, RULES), any(rules)),
        (
            "the procurement and its dates",
            Spot(PROGRAMME, "procurement"),
            bool(programme.get("procurement")) or programme.get("regime") == "grant",
        ),
    )
    return tuple((words, spot) for words, spot, said in parts if not said)


def _following(visit: Visit, now: Found) -> tuple[str, str, str]:
    """Say what the one next step is."""
    if now.draft.findings:
        return ("The file itself has to be mended first.", visit.at("criteria/check"), "See what was found")
    if now.checked.read.criteria is None:
        says = "Something that the criteria need is still missing."
        return (says, visit.at("criteria/check"), "See what is missing")
    if state_of(now)[1] == "good":
        return ("They are published. Blank papers and the panel come next.", visit.at("panel"), "Go on to the panel")
    if any(one.severity is not Severity.NOTE for one in now.checked.findings):
        return ("Look at what was found, and mend it.", visit.at("criteria/check"), "See what was found")
    if empty := still_empty(now):
        says = f"Nothing was found that is wrong, but nothing is said yet of {listing([words for words, _ in empty])}."
        return (says, f"{visit.at('criteria/part')}?{asked(empty[0][1])}", f"Fill in {empty[0][0]}")
    return ("Nothing stands in the way.", visit.at("criteria/publish"), "Publish")


def _groups(visit: Visit, now: Found) -> Iterator[Group]:
    """Give the parts of the programme, sheet by sheet, then the common questions and the themes."""
    groups: dict[str, list[Part]] = {}
    for path, block in blocks_of(PROGRAMME):
        sheet = SHEET_OF.get(path.split(".")[0], ONE_SHEET)
        groups.setdefault(sheet, []).append(_part(visit, now, Spot(PROGRAMME, path), block.title))
    common = _part(visit, now, Spot(TEMPLATE, "question"), "Common questions of every theme")
    groups[COMMON].insert(0, common)
    for name, parts in groups.items():
        yield Group(name, tuple(parts))
        if name == COMMON:
            yield from _themes(visit, now)


def _themes(visit: Visit, now: Found) -> Iterator[Group]:
    for file in now.draft.files:
        if file.startswith(THEMES):
            parts = (
                _part(visit, now, Spot(file, path), "Its own rules of award" if path == "rule" else block.title)
                for path, block in blocks_of(file)
            )
            yield Group(title_of(now.draft.files, file), tuple(parts))


def _part(visit: Visit, now: Found, spot: Spot, name: str) -> Part:
    held = table_at(now.draft.files, spot)
    if isinstance(held, list):
        holds = count_of(len(held), "entry", "entries")
    elif spot.path in ("outcomes", "approaches", "weights"):
        holds = count_of(len(held or {}), "entry", "entries")
    else:
        holds = "" if held else "empty"
    address = f"{visit.at('criteria/part')}?{asked(spot)}"
    return Part(name, address, holds, len(now.at(spot)))


def at_its_place(visit: Visit, one: Placed) -> tuple[Finding, str]:
    """Give a finding with the address of its field."""
    return one.finding, address_of(visit, one)


# Themes.


def add_theme(visit: Visit) -> Answer:
    """Add a theme that is still to be filled in."""
    name, title = visit.form.text("theme-id"), visit.form.text("theme-title")
    if not FILE_NAME.fullmatch(name) or DEVICE.fullmatch(name):
        return _page(visit, (Problem("Give the theme an id of letters and digits", "theme-id"),))

    def added(draft: Draft) -> Draft:
        if theme_file(name).casefold() in {one.casefold() for one in draft.files}:
            raise StaleError
        return with_theme(draft, name, title)

    try:
        change(visit, added)
    except StaleError:
        return _page(visit, (Problem(f"Another theme has the id {name}", "theme-id"),))
    except CannotBeKeptError as error:
        return _page(visit, (Problem(str(error), "theme-id"),))
    return Go(f"{visit.at('criteria/part')}?{asked(Spot(theme_file(name), ''))}", "The theme is added. Fill it in.")


# The workbook.


def download(visit: Visit) -> Answer:
    """Give the workbook as it stands, or what the files say as one."""
    from evaluator.jobs.publication import criteria_workbook

    now = visit.look(found, visit.programme.criteria)
    if now.draft.book:
        return visit.attached(visit.programme.criteria / now.draft.book)
    made = now.checked.read.criteria
    content, long = criteria_workbook(made, CRITERIA_WORKBOOK) if made else (b"", ())
    if not content:
        raise Refused("The criteria cannot be written as a workbook yet.", more=[str(one) for one in long])
    return Attachment(CRITERIA_WORKBOOK, content)


def upload(visit: Visit) -> Answer:
    """Take a workbook that was filled in elsewhere, and show what it would change; nothing is changed yet."""
    sent = visit.form.files("book")
    if len(sent) != 1:
        return _page(visit, (Problem("Choose the workbook of the criteria", "book"),))
    folder = visit.programme.criteria
    try:
        is_criteria, findings, changes = confined(compared, str(sent[0].path), str(folder))
    except ConfinedError as error:
        return _page(visit, (Problem(f"{sent[0].name} could not be read: {error}", "book"),))
    if not is_criteria:
        says = f"{sent[0].name} is no criteria workbook. Take the one of this programme, from the link above"
        return _page(visit, (Problem(says, "book"),))
    return Brought(
        title="What the workbook would change",
        action=visit.at(BROUGHT),
        back=visit.at("criteria"),
        number=visit.desk.held.hold(sent, visit.at(BROUGHT)),
        called=sent[0].name,
        version=version_of(*files_of(folder)),
        changes=changes,
        findings=findings,
    )


def use(visit: Visit) -> Answer:
    """Put the workbook that was brought into the folder, unless the criteria have changed since."""
    number = visit.form.text("number")
    held = visit.desk.held.files(number, visit.at(BROUGHT))
    if not held:
        raise Refused("The workbook is no longer here. Bring it again.", more=["Nothing was changed."])
    folder, version = visit.programme.criteria, visit.form.text("version")
    drafts: list[Draft] = []

    def told(_: object) -> list[Event]:
        if version_of(*files_of(folder)) != version:
            raise StaleError
        drafts[:] = [read_draft(folder)]
        return []

    try:
        visit.record(told, lambda _: _put(folder, drafts[0], held[0].path))
    except StaleError:
        says = "The criteria have changed since you brought the workbook. Bring it again to see what it changes now."
        raise Refused(says, more=["Nothing was changed."]) from None
    except (ConfinedError, CannotBeKeptError) as error:
        raise Refused(f"The workbook could not be used: {error}") from None
    visit.desk.held.let_go(number, visit.at(BROUGHT))
    return Go(visit.at("criteria/check"), "The workbook is in use. This is what was found in it.")


def _put(folder: Path, before: Draft, brought: Path) -> None:
    """Put a workbook in the place of what is there: as it came, or as files where files are kept."""
    from evaluator.files.audit.run_folder import write_page

    if any(name.endswith(".toml") for name in criteria_in(folder).names):
        book = confined(brought_draft, str(brought))
        decided = {**before.decided, **{name: rows for name, rows in book.decided.items() if rows}}
        write_draft(folder, before, replace(before, files=book.files, decided=decided))
    else:
        write_page(folder / (before.book or CRITERIA_WORKBOOK), brought.read_bytes())


ROUTES = (
    get("/p/{programme}/criteria", show),
    post("/p/{programme}/criteria/theme", add_theme),
    get("/p/{programme}/criteria/workbook", download),
    post("/p/{programme}/criteria/workbook", upload),
    post("/p/{programme}/criteria/workbook/use", use),
)
