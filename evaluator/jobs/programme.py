"""A programme's folder as a whole: its first files, where it stands on the officer's way, and who takes it over."""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluator.files.audit.run_folder import write_page
from evaluator.files.read.bids.folder import read_before_marking
from evaluator.files.read.criteria.folder import CriteriaRead, read_criteria
from evaluator.files.read.engine_data import read_library
from evaluator.files.read.programme import Programme, open_programme
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.checked import checked
from evaluator.jobs.finished.runs import runs_of, still_holds
from evaluator.jobs.panel.moderation import left_to_agree
from evaluator.jobs.papers import RESERVED, progress, to_decide
from evaluator.jobs.publication import criteria_workbook
from evaluator.publication import fingerprint
from evaluator.publication.new_criteria import compose
from evaluator.records.dates import spoken_date
from evaluator.records.english import count_of, listing
from evaluator.records.findings.finding import Severity, block_award
from evaluator.records.ledger import Event
from evaluator.records.office import folder
from evaluator.records.office.settings import Person, Settings
from evaluator.records.office.steps import STEPS, Step
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.several_marks import said_of
from evaluator.records.texts import visible
from evaluator.reporting.office.settings_workbook import settings_workbook
from evaluator.reporting.office.start_page import start_text

RESULTS, STAGE_DECIDED = ("award_recommended", "scored"), "stage_decided"
PANEL = ("declarations.xlsx", "declarations.csv", "panel.csv", "panel.toml")
IGNORED = frozenset([".DS_Store", "Thumbs.db", "desktop.ini"])  # what systems leave in a folder by themselves
LONGEST_NAME = 60
REGISTERS = ("register.xlsx", "register.csv", "bids")


def folder_name(title: str) -> str:
    """Give a name for the folder of a programme of this title, good on every system; empty where nothing is left of it.

    >>> folder_name("Warm Spaces 2026: North/South"), folder_name("../.."), folder_name("CON")
    ('Warm Spaces 2026 North South', '', 'CON programme')
    """
    words = " ".join(re.sub(r"[^\w-]+", " ", title).split())[:LONGEST_NAME].strip(" -_")
    return f"{words} programme" if RESERVED.fullmatch(words) else words


def in_the_way(root: Path) -> str:
    """Give the first thing that a folder holds where a programme is to begin; empty where it can.

    Raises
    ------
    OSError
        Where it cannot be looked at, or is no folder.
    """
    if not root.exists():
        return ""
    return next(iter(sorted(path.name for path in root.iterdir() if path.name not in IGNORED)), "")


def begin(root: Path, settings: Settings, areas: Sequence[str] = ()) -> Programme:
    """Make the folder of a new programme: the folders, the first files, and the first entry of its ledger.

    Parameters
    ----------
    root : a folder that is not there yet, or is empty.
    settings : with the day on which it is opened; without a title it has the folder's name.
    areas : ids of areas of the library, whose themes the criteria begin with.

    Raises
    ------
    OSError, ValueError
        Where it cannot be written.
    """
    name = visible(root.resolve().name) or "programme"
    settings = replace(settings, title=settings.title or name)
    library = read_library()
    criteria = compose(library, [library.area(area) for area in dict.fromkeys(areas)])
    named = {"title": settings.title} | ({"authority": settings.authority} if settings.authority else {})
    new, files = not root.exists(), first_files(criteria.model_copy(update=named), settings, name)
    try:
        for part in folder.FOLDERS:
            (root / part).mkdir(parents=True, exist_ok=True)
        for part, content in files.items():
            write_page(root / part, content)
    except OSError:
        if new:  # half of a programme is none
            shutil.rmtree(root, ignore_errors=True)
        raise
    return open_programme(root)


def first_files(criteria: Criteria, settings: Settings, name: str) -> dict[str, bytes]:
    """Make what a new programme's folder holds: criteria to fill in, settings, and the page to begin with.

    Parameters
    ----------
    name : of the folder.
    """
    book, _ = criteria_workbook(criteria, folder.CRITERIA_WORKBOOK)
    return {
        f"{folder.CRITERIA}/{folder.CRITERIA_WORKBOOK}": book,
        folder.SETTINGS: workbook_bytes(settings_workbook(settings, blank=True)),
        folder.START: start_text(settings.title or name, name).encode(),
    }


def opened(title: str) -> Event:
    """Give the first entry of a programme's ledger."""
    return Event("opened", title)


def handed_over(before: Person | None, after: Person, reason: str) -> Event:
    """Give what the ledger is told when another person takes a programme over."""
    then = before.signature if before else ""
    return Event("handed_over", "Who records in the ledger", "", then, after.signature, reason)


def with_recorder(settings: Settings, person: Person) -> Settings:
    """Let a person record in the ledger from now on; those who worked here stay in the list."""
    known = next((one for one in settings.people if one.name.casefold() == person.name.casefold()), None)
    told = replace(
        known or person,
        role=person.role or (known.role if known else ""),
        email=person.email or (known.email if known else ""),
        records=True,
    )
    others = (replace(one, records=False) for one in settings.people if one is not known)
    return replace(settings, people=(*others, told))


@dataclass(frozen=True)
class Standing:
    """How far a step is: whether it is done, and in words what there is or what is missing."""

    step: Step
    done: bool
    says: str


def standing(programme: Programme) -> tuple[Standing, ...]:
    """Say of each step of the officer's way how far it is, from what lies in the folder."""
    read = read_criteria(programme.criteria)
    told = zip(STEPS, _told(programme, read), strict=True)
    return tuple(Standing(step, done, says) for step, (done, says) in told)


def _told(programme: Programme, read: CriteriaRead) -> Iterator[tuple[bool, str]]:
    """Say for each step, in order, whether it is done and how far it is."""
    yield _criteria(programme.criteria, read)
    sealed = _is_sealed(read)
    yield sealed, f"sealed on {spoken_date(read.seal.date)}" if sealed and read.seal else "not published"
    came, panel = _there(programme, REGISTERS), _there(programme, PANEL)
    asked = bool(sealed and came and panel) and _nobody_declared(programme, read)
    paper = any(programme.papers.glob("declarations-*.xlsx" if asked else "declarations*.xlsx"))
    made = paper or (bool(panel) and not asked)
    yield made, "made" if made else "a row for each evaluator and organisation is to be made" if asked else "none made"
    wanted = (("bids", came), ("panel and declarations", panel), ("declarations of interest", not asked))
    lacking = [name for name, there in wanted if not there]
    yield not lacking, f"still missing: {', '.join(lacking)}" if lacking else "bids, panel and declarations are here"
    yield _marks(programme) if sealed and came else (False, "not begun")
    yield _agreed(programme, read.criteria)
    yield _decisions(programme) if sealed and came else (False, "not begun")
    yield _run(programme)
    letters = (programme.papers / folder.letters_of("")).is_dir()
    yield letters, "letters are written" if letters else "no letters are written yet"


def _nobody_declared(programme: Programme, read: CriteriaRead) -> bool:
    """Whether a panel is there, and declarations about organisations are wanted of it and missing."""
    if read.criteria is None or not read.criteria.moderation.declarations_required:
        return False
    interests = read_before_marking(programme.bids, read.criteria).interests
    return interests is None or not len(interests)


def _criteria(criteria: Path, read: CriteriaRead) -> tuple[bool, str]:
    if read.criteria is None:
        wrong = sum(block_award([one]) for one in read.findings)
        return False, f"{count_of(wrong, 'entry', 'entries')} to be mended before they can be read as a whole"
    if _is_sealed(read):
        return True, "published as they are"
    waiting = checked(criteria).counted(Severity.BLOCKS_AWARD, Severity.NEEDS_DECISION)
    return not waiting, waiting or "nothing stands in the way"


def _is_sealed(read: CriteriaRead) -> bool:
    return read.criteria is not None and read.seal is not None and read.seal.sha256 == fingerprint(read.criteria)


def _there(programme: Programme, names: Sequence[str]) -> list[str]:
    return [name for name in names if (programme.bids / name).exists()]


def _marks(programme: Programme) -> tuple[bool, str]:
    _, made, _ = progress(programme.criteria, programme.bids)
    if made is None:
        return False, "the register or the panel is to be mended first: progress tells"
    whole = sum(one.state == "complete" for one in made.returned)
    return whole == len(made.returned) > 0, f"{whole:,} of {count_of(len(made.returned), 'evaluator')} complete"


def _agreed(programme: Programme, criteria: Criteria | None) -> tuple[bool, str]:
    """Say how far agreeing is: of a stage that follows another what is left of it, and where nobody agrees, that."""
    there = bool(_there(programme, ("moderation.xlsx", "consensus.csv")))
    moderation = criteria.moderation if criteria else None
    if moderation and moderation.method == "one_evaluator":
        return True, "the mark of one evaluator counts: nothing has to be agreed"
    if moderation and moderation.combines and (there or moderation.on_spread != "discussed"):
        return True, f"the {said_of(moderation)} of the marks counts: nothing has to be agreed"
    if there and criteria and criteria.deciding_stages:
        left = left_to_agree(programme)
        return not left, f"{count_of(left, 'mark')} still to be agreed" if left else "the agreed marks are here"
    return there, "the agreed marks are here" if there else "no agreed marks"


def _decisions(programme: Programme) -> tuple[bool, str]:
    made, _ = to_decide(programme.criteria, programme.bids)
    if made is None:
        return False, "the register or the decisions are to be mended first"
    waiting = len(made.waiting)
    return not waiting, f"{count_of(waiting, 'matter waits', 'matters wait')} for a person"


def _run(programme: Programme) -> tuple[bool, str]:
    """Say what the runs came to; the one that recommends an award counts, and those of stages are named."""
    runs = [one for one in runs_of(programme) if one.status]
    if not runs:
        return False, "no run yet"
    known = [one for one in runs if one.status in RESULTS]
    done = any(still_holds(programme, one) for one in known)
    if known and not done:
        return False, "what came in has changed since the last run with a result"
    stages = sorted({one.stage for one in runs if one.status == STAGE_DECIDED})
    decided = f"; decided so far: {listing(stages)}" if stages and not done else ""
    return done, f"{count_of(len(runs), 'run')}, {'one' if done else 'none'} with a result{decided}"
