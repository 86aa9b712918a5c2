"""The whole job at the desk's pages, from an empty folder to letters: it ends with the bytes that the commands give."""

import filecmp
from collections.abc import Callable
from pathlib import Path
from shutil import copytree, rmtree
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.desk.pages.order import ROUTES
from tests.desk.journey.pages_found import Walk
from tests.desk.journey.person import Person
from tests.desk.served import Served
from tests.officers_papers import (
    BIDS,
    PANEL,
    THEMES,
    agreement,
    bid,
    criteria,
    declarations,
    fill_in,
    marks,
    panel,
    saved_with,
    settings,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

TITLES = ("IT and digital connectivity", "Employment and skills", "Health and wellbeing")
RELEASED = "2026-12-20"
NOT_THEN = {  # while work runs, while a file waits, or by script alone
    ("GET", "/p/{programme}/moderation/second/facts"),
    ("GET", "/p/{programme}/work/{number}"),
    ("GET", "/p/{programme}/work/{number}/facts"),
    ("POST", "/p/{programme}/work/{number}/stop"),
    ("POST", "/p/{programme}/inbox/file/{number}"),
    ("POST", "/p/{programme}/inbox/away/{number}"),
    ("GET", "/p/{programme}/imports/{number}/{at}"),
    ("POST", "/p/{programme}/imports/{number}/{at}"),
    ("GET", "/p/{programme}/runs"),
    # before publication, or with a second version
    ("GET", "/p/{programme}/criteria/accept"),
    ("POST", "/p/{programme}/criteria/accept"),
    ("POST", "/p/{programme}/criteria/accepted/remove"),
    ("GET", "/p/{programme}/criteria/answers"),
    ("POST", "/p/{programme}/criteria/answers"),
    ("GET", "/p/{programme}/criteria/version"),
    ("POST", "/p/{programme}/criteria/version"),
    ("POST", "/p/{programme}/criteria/workbook/use"),
    # with a trial, a signature, a second run
    ("GET", "/p/{programme}/criteria/simulation"),
    ("GET", "/p/{programme}/ledger/bundle/signatures"),
    ("GET", "/p/{programme}/results/runs/{run}/compare"),
}


class Programme:
    """A programme's folder, a place for what people send, and the program that they save with."""

    def __init__(self, folder: Path, program: str) -> None:
        """Begin with an empty folder."""
        self.root, self.sent, self.program = folder / "all" / "Grants 2027", folder / "sent", program
        self.papers = self.root / "papers"
        self.root.parent.mkdir()
        self.sent.mkdir()

    def filled(self, paper: Path, name: str, change: Callable[..., None]) -> Path:
        """Fill a paper in, and save it as whatever somebody called it."""
        return fill_in(paper, self.sent / name, change)

    def saved(self, *papers: Path) -> list[Path]:
        """Save papers as the spreadsheet program does that people have."""
        return saved_with(self.program, list(papers))


def begin(person: Person, programme: Programme) -> None:
    """Go from an empty folder to criteria that are published."""
    person.looked()
    person.presses("Begin the programme")
    assert "Give the programme a name" in person.words
    person.fills("What the programme is called", "Grants 2027")
    person.fills("The council or other body that buys or grants", "Anytown Council")
    person.fills("Your name", "Sam Lee")
    person.opens("Begin with themes from the library")
    for title in TITLES:
        person.ticks(title)
    person.presses("Begin the programme")
    assert programme.root.is_dir()
    for paper, change in (("criteria/criteria.xlsx", criteria), ("settings.xlsx", settings)):
        path = programme.root / paper
        (filled,) = programme.saved(programme.filled(path, path.name, change))
        path.write_bytes(filled.read_bytes())
    publish(person, programme)


def publish(person: Person, programme: Programme) -> None:
    """Check the criteria, and publish them."""
    person.goes_to("Criteria")
    person.goes("Check")
    person.goes("Go on to publish")
    person.goes("Check before you publish")
    person.presses("Publish")
    person.waits()
    assert (programme.papers / "tender").is_dir(), person.words
    person.goes("Go on to the panel")


def file(person: Person, papers: list[Path], sender: str = "") -> None:
    """Bring files to the inbox, look at them, and file them."""
    person.goes_to("Inbox")
    person.brings("Files that came in", papers)
    if sender:
        person.fills("From whom", sender)
    person.presses("Look at the files")
    assert f"Not yet filed: {len(papers)} file" in person.words
    person.presses("File what is ticked")
    assert "Not yet filed" not in person.words, person.words


def bids_and_marks(person: Person, programme: Programme) -> None:
    """Go from published criteria to marks by everybody."""
    papers = programme.papers
    forms = [papers / "tender" / f"bid-form-{THEMES[number % 3]}.xlsx" for number in range(BIDS)]
    bids = [programme.filled(form, f"our bid {number}.xlsx", bid(number)) for number, form in enumerate(forms)]
    seats = programme.filled(papers / "declarations.xlsx", "panel of Sam.xlsx", panel)
    file(person, programme.saved(*bids, seats), "by e-mail")
    person.goes_to("Panel")
    person.presses("Make the papers that are due")
    person.waits()
    assert "declarations-2.xlsx" in person.words
    file(person, programme.saved(programme.filled(papers / "declarations-2.xlsx", "declared.xlsx", declarations)))
    person.goes_to("Returns")
    person.presses("Issue the workbooks")
    person.waits()
    issued = sorted((papers / "evaluators").glob("*.xlsx"))
    assert len(issued) == len(PANEL)
    file(person, programme.saved(*(programme.filled(one, f"marks, {one.stem} final.xlsx", marks) for one in issued)))
    person.goes_to("Returns")
    assert "nothing returned" not in person.words


def agree_and_decide(person: Person, programme: Programme) -> None:
    """Agree by the workbook but for one answer, which is agreed anew on the page; and decide on the page."""
    person.goes_to("Moderation")
    person.presses("Make the moderation workbook")
    person.waits()
    agreed = programme.filled(programme.papers / "moderation.xlsx", "what we agreed.xlsx", agreement)
    file(person, programme.saved(agreed))
    person.goes_to("Moderation")
    about = person.goes_to_first("Answers")
    person.chooses("Agreed mark", "2 –")
    person.fills(
        "Reason for the file",
        f"Below all marks because on {about} the people are named, as the panel saw once more, but not counted.",
    )
    person.presses("Save and stay here")
    assert f"{about}: 2 is agreed" in person.words
    person.goes_to("Decisions")
    person.goes("Helping Hands 5", exact=False)
    person.presses("Record the decision")
    assert "There is a problem" in person.words
    person.chooses("Decision", "The condition is met")
    for label, text in (
        ("Reason", "Asked on 3 December, the bidder sent its certificate, which covers the whole year."),
        ("Ground", "ITT 4.2"),
        ("Decided by", "Rosa Hill, Head of Service"),
        ("Date", "5/12/2026"),
        ("Bidder heard", "Asked and heard on 3 December."),
        ("Evidence", "Certificate of insurance no. 4711"),
    ):
        person.fills(label, text)
    person.presses("Record the decision")
    assert "Recorded as entry" in person.words


def evaluate(person: Person) -> None:
    """Make a run."""
    person.goes_to("Evaluate")
    person.ticks("What would have changed each decision", off=True)
    person.presses("Evaluate")
    person.waits()
    assert "Finished" in person.words, person.words


def evaluate_and_consider(person: Person) -> None:
    """Make a run, and write down what those who decide made of its figures."""
    evaluate(person)
    person.goes("See the results")
    assert "An award can be recommended" in person.words
    person.goes_to("Equality")
    person.fills("Who considered the figures", "Rosa Hill")
    person.fills("When", "2026-12-11")
    person.fills("What was considered, and what was made of it", "Read, and talked about.")
    person.presses("Write it down")
    person.waits()


def evaluate_and_send(person: Person) -> None:
    """Make the run that rests on it, write letters, and release."""
    evaluate(person)
    person.goes_to("Letters")
    person.chooses("Forms of each letter", "Pages alone")
    person.presses("Write the letters")
    person.waits()
    person.goes("See the letters")
    assert "Drafts" not in person.words
    person.goes("The disclosure pack and the release", exact=False)
    person.fills("Day of the release", RELEASED)
    person.chooses("Forms of each letter", "Pages alone")
    person.presses("Release")
    person.waits()
    assert "papers/release" in person.words, person.words


def by_commands(root: Path) -> None:
    """Do the same by commands, from the same inputs: evaluate, letters, release."""
    for command in (
        ("evaluate", root, "--no-margins"),
        ("letters", root, "--pages-only"),
        ("release", root, "--pages-only", "--date", RELEASED, "--no-download"),
    ):
        made = CliRunner().invoke(main, list(map(str, command)), catch_exceptions=False)
        assert made.exit_code == 0, made.output


def differing(left: Path, right: Path) -> list[str]:
    """List the files that only one of two folders has, or that are not the same, byte for byte."""
    names = {path.relative_to(of).as_posix() for of in (left, right) for path in of.rglob("*") if path.is_file()}
    assert len(names) > BIDS
    return sorted(
        name
        for name in names
        if not ((left / name).is_file() and (right / name).is_file())
        or not filecmp.cmp(left / name, right / name, shallow=False)
    )


def every_page_was_reached(desk: Served) -> None:
    """Walk over the desk once all is there: links lead to every page but those of auditors and of work."""
    walk = Walk(desk.client(), ROUTES, most=60)
    walk.over("/")
    assert walk.wrong == []
    missing = {(one.method, one.path) for one in ROUTES if not one.path.startswith("/bundle")} - set(walk.reached)
    assert sorted(missing - NOT_THEN) == []


def whole_way(person: Person, programme: Programme) -> None:
    """Go the whole way, and hold what came out beside what the commands give."""
    begin(person, programme)
    bids_and_marks(person, programme)
    agree_and_decide(person, programme)
    evaluate_and_consider(person)
    copy = Path(copytree(programme.root, programme.root.parent.parent / "by commands" / programme.root.name))
    rmtree(programme.root / "reports")
    rmtree(copy / "reports")
    evaluate_and_send(person)
    by_commands(copy)
    assert len(list((programme.papers / "letters").glob("letter-*.html"))) == BIDS
    for part in ("reports", "papers/letters", "papers/release", "papers/site"):
        assert differing(programme.root / part, copy / part) == []
    person.goes_to("Overview")
    assert "Every step is done" in person.words


@pytest.mark.parametrize(
    ("program", "way"),
    [
        ("openpyxl", "script"),
        pytest.param("LibreOffice", "script", marks=pytest.mark.slow),
        pytest.param("openpyxl", "no script", marks=pytest.mark.slow),
        pytest.param("openpyxl", "keys", marks=pytest.mark.slow),
        pytest.param("openpyxl", "narrow", marks=pytest.mark.slow),
    ],
)
def test_from_an_empty_folder_to_letters_at_the_desk(
    serve: Callable[..., Served],
    opened: "Callable[..., Page]",
    breaks: "Callable[[Page], list[str]]",
    tmp_path: Path,
    program: str,
    way: str,
) -> None:
    programme = Programme(tmp_path, program)
    desk = serve(programme.root.parent)
    page = opened(desk, script=way != "no script", narrow=way == "narrow")
    person = Person(page, keys=way == "keys", script=way != "no script", looks=breaks if way == "narrow" else None)
    whole_way(person, programme)
    if program == "LibreOffice":
        every_page_was_reached(desk)
