"""The officer's whole way, from an empty folder to letters: by commands alone, with papers that people fill in between.

The commands are counted, and none of them is told where anything lies: what each prints or ``--help`` says is enough.
"""

import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pikepdf
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.jobs import keeping
from tests.office import words_of_pdf
from tests.officers_papers import (
    BIDS,
    PANEL,
    PRICES,
    TELLING,
    THEMES,
    agreement,
    bid,
    criteria,
    decisions,
    declarations,
    fill_in,
    marks,
    panel,
    register,
    rows,
    saved_with,
    settings,
)

MOST_COMMANDS = 15
GROUPS = ("equality", "event", "criteria")
NO_MARKS = str.maketrans("", "", ",.’' \n\t")
NUMBER = re.compile(r"\d(?:[\d,.\s’']*\d)?")


class Officer:
    """Somebody with a terminal, a spreadsheet program, and one programme."""

    def __init__(self, folder: Path, saved_by: str) -> None:
        """Stand in an empty folder, with the program that papers are saved by."""
        self.root, self.desk, self.saved_by = folder / "Grants 2027", folder / "desk", saved_by
        self.desk.mkdir()
        self.typed: list[str] = []

    def types(self, command: str, *words: object, exit_code: int = 0) -> Result:
        """Type one command of the officer's way, about the programme's folder."""
        self.typed.append(command)
        of_group = (command, words[0]) if command in GROUPS else (command,)
        words = words[len(of_group) - 1 :]
        made = CliRunner().invoke(main, [*map(str, (*of_group, self.root, *words))], catch_exceptions=False)
        assert made.exit_code == exit_code, made.output
        assert ".toml" not in made.output.lower()
        return made

    def is_told_next(self) -> str:
        """Ask which command comes next; empty where every step is done."""
        (*_, told) = CliRunner().invoke(main, ["status", str(self.root), "--json"]).output.split('"next": ')
        return str(next(iter(re.findall("evaluator ([a-z]+)", told)), ""))

    def fills_in(self, paper: Path, name: str, change: Callable[[Any], None]) -> Path:
        """Open a paper, fill it in, and save it on the desk under any name."""
        return fill_in(paper, self.desk / name, change)

    def saves(self, *papers: Path) -> list[Path]:
        """Save papers as the spreadsheet program does that people have."""
        return saved_with(self.saved_by, list(papers))


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "this_minute", lambda: "2026-11-30T09:30")


def begins(officer: Officer) -> None:
    """Go from an empty folder to criteria that are published."""
    officer.types("new", *(word for area in THEMES for word in ("--area", area)), "--officer", "Sam Lee")
    for paper, change in (("criteria/criteria.xlsx", criteria), ("settings.xlsx", settings)):
        path = officer.root / paper
        (filled,) = officer.saves(officer.fills_in(path, path.name, change))
        path.write_bytes(filled.read_bytes())
    officer.types("check")
    officer.types("publish")


def marked_and_agreed(officer: Officer) -> None:
    """Go from bids that are in, and a panel, to agreed marks and decisions."""
    papers = officer.root / "papers"
    officer.types("papers")
    declared = officer.fills_in(papers / "declarations-2.xlsx", "declared.xlsx", declarations)
    officer.types("receive", *officer.saves(declared), "--from", "the panel")
    officer.types("issue")
    returns = [
        officer.fills_in(path, f"marks of {path.stem} final.xlsx", marks)
        for path in sorted((papers / "evaluators").glob("*.xlsx"))
    ]
    assert len(returns) == len(PANEL)
    officer.types("receive", *officer.saves(*returns))
    officer.types("moderate")
    officer.types("decisions")
    agreed = officer.fills_in(papers / "moderation.xlsx", "what we agreed.xlsx", agreement)
    decided = officer.fills_in(papers / "decisions.xlsx", "Rosa decided.xlsx", decisions)
    officer.types("receive", *officer.saves(agreed, decided))


@pytest.mark.parametrize(
    ("saved_by", "bids_as"),
    [
        ("openpyxl", "forms"),
        pytest.param("openpyxl", "register", marks=pytest.mark.slow),
        pytest.param("LibreOffice", "forms", marks=pytest.mark.slow),
        pytest.param("LibreOffice", "register", marks=pytest.mark.slow),
    ],
)
def test_from_an_empty_folder_to_letters_in_fifteen_commands(tmp_path: Path, saved_by: str, bids_as: str) -> None:
    officer = Officer(tmp_path, saved_by)
    papers = officer.root / "papers"
    begins(officer)
    bids = [officer.fills_in(papers / "register.xlsx", "all the bids.xlsx", register)]
    if bids_as == "forms":
        forms = [papers / "tender" / f"bid-form-{THEMES[number % 3]}.xlsx" for number in range(BIDS)]
        bids = [officer.fills_in(form, f"our bid {n}.xlsx", bid(n)) for n, form in enumerate(forms)]
    seats = officer.fills_in(papers / "declarations.xlsx", "panel of Sam.xlsx", panel)
    officer.types("receive", *officer.saves(*bids, seats), "--from", "by e-mail")
    assert officer.is_told_next() == "papers"
    marked_and_agreed(officer)
    officer.types("evaluate", "--no-margins")
    officer.types("equality", "consider", "--person", "Rosa Hill", "--text", "Read, and talked about.")
    quick = saved_by == "openpyxl"
    officer.types("evaluate", *(["--no-margins"] if quick else []))
    told = officer.types("letters", *(["--pages-only"] if quick else []))
    assert "drafts" not in told.output
    assert len(list((papers / "letters").glob("letter-*.html"))) == BIDS
    for path in (*(papers / "evaluators").iterdir(), papers / "moderation.xlsx"):
        assert prices_in(words_in(path)) == set(), path.name
    assert len(officer.typed) <= MOST_COMMANDS, officer.typed
    assert officer.is_told_next() == ""


def test_one_mark_corrected_twice_asks_for_one_word_and_moves_no_row_of_another_bid(tmp_path: Path) -> None:
    officer = Officer(tmp_path, "openpyxl")
    papers, bids = officer.root / "papers", officer.root / "bids"
    begins(officer)
    seats = officer.fills_in(papers / "declarations.xlsx", "panel.xlsx", panel)
    officer.types("receive", officer.fills_in(papers / "register.xlsx", "bids.xlsx", register), seats)
    marked_and_agreed(officer)
    before = told_of(bids / "moderation.xlsx")
    assert len(before) == BIDS * 12
    for time, about in enumerate(("B003 C1", "B007 DI2"), 2):
        officer.types("receive", corrected(officer, about, time), "--replace")
        assert "E-CONS-018" in officer.types("check").output
        officer.types("moderate")
        made = papers / f"moderation-{time}.xlsx"
        now = told_of(made)
        assert {key: row[:3] for key, row in now.items()} == {key: row[:3] for key, row in before.items()}
        assert [key for key, row in now.items() if row[3]] == [about]
        again = officer.fills_in(made, f"agreed {time}.xlsx", looked_at_again)
        officer.types("receive", again, "--replace")
        assert "E-CONS-018" not in officer.types("check").output
        before = told_of(bids / "moderation.xlsx")


def corrected(officer: Officer, about: str, time: int) -> Path:
    """Have the second evaluator correct one mark in the last return that they sent."""

    def change(book: Any) -> None:
        for _, cells in rows(book["Marks"], "Mark"):
            if f"{cells['Bid or organisation'].value} {cells['Question'].value}" == about:
                cells["Mark"].value = 7 - cells["Mark"].value
                cells["Reason"].value = "On reading it again, two more groups are named, and how each is known."

    last = max((officer.root / "bids" / "returns").glob("E2*.xlsx"), key=lambda path: (len(path.name), path.name))
    return officer.fills_in(last, f"E2 again {time}.xlsx", change)


def looked_at_again(book: Any) -> None:
    """Say the one word that is asked for, and nothing else."""
    asked = [
        cells["Looked at again"]
        for sheet in book.worksheets
        if sheet.title.startswith("Consensus")
        for _, cells in rows(sheet, "Mark")
        if not cells["Looked at again"].protection.locked and cells["Since then"].value
    ]
    (word,) = (cell for cell in asked if not cell.value)
    word.value = "yes"


def told_of(path: Path) -> dict[str, list[Any]]:
    """Give what each row of a moderation workbook says, by its bid and question."""
    found = {}
    for sheet in (one for one in openpyxl.load_workbook(path).worksheets if one.title.startswith("Consensus")):
        for _, cells in rows(sheet, "Mark"):
            about = f"{cells['Bid or organisation'].value} {cells['Question'].value}"
            names = ("Mark", "Reason", "Reason for the bidder", "Since then", "Looked at again")
            found[about] = [cells[name].value if name in cells else None for name in names]
    return found


def words_in(path: Path) -> str:
    """Give every word that a file holds in any form: hidden sheets, properties, comments, pictures' texts."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        with pikepdf.open(path) as opened:
            about = f"{opened.docinfo!r} {opened.open_metadata()}"
        return f"{about} {words_of_pdf(path)}"
    if path.suffix not in (".xlsx", ".docx"):
        return content.decode()
    with zipfile.ZipFile(path) as opened:
        parts = [
            ElementTree.fromstring(opened.read(name)) for name in opened.namelist() if name.endswith((".xml", ".rels"))
        ]
    told = [text for part in parts for text in part.itertext()]
    shown = ("descr", "title", "name", "prompt", "promptTitle", "tooltip", "Target")
    return "\n".join([*told, *(one.get(key, "") for part in parts for one in part.iter() for key in shown)])


def prices_in(text: str) -> set[int]:
    """Give the prices that stand in a text, in digits of any writing, with any marks between them, or in thousands."""
    plain = unicodedata.normalize("NFKC", text)
    digits = {re.sub(r"[,.][0-9]{2}$", "", found).translate(NO_MARKS) for found in NUMBER.findall(plain)}
    digits |= {number for found in NUMBER.findall(plain) for number in re.findall("[0-9]+", found)}
    found = {price for price in PRICES if str(price) in digits}
    return found | {price for price in PRICES if re.search(rf"{price / 1000:.1f}[0-9]*\s*k", plain)}


def test_a_price_is_found_in_whatever_way_it_is_written() -> None:
    for number, text in TELLING.items():
        assert number == 5 or prices_in(text) == {PRICES[number]}, text
    assert prices_in("We know 12 groups, and 3 of them meet in 61 houses; 234 people come.") == set()
