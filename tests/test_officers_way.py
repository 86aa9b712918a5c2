"""The officer's whole way, from an empty folder to letters: by commands alone, with papers that people fill in between.

The commands are counted, and none of them is told where anything lies: what each prints or ``--help`` says is enough.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main, programme
from tests.office import recalculate

MOST_COMMANDS = 15
THEMES = ("digital", "employment", "health")
PANEL = ("Ayesha Khan", "Ben Okafor", "Carol Price", "Dai Evans")
BIDS = 14
PRICES = tuple(61_234 + 1_117 * number for number in range(BIDS))


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
        made = CliRunner().invoke(main, [command, str(self.root), *map(str, words)], catch_exceptions=False)
        assert made.exit_code == exit_code, made.output
        assert ".toml" not in made.output.lower()
        return made

    def fills_in(self, paper: Path, name: str, change: Callable[[Any], None]) -> Path:
        """Open a paper, fill it in, and save it on the desk under any name."""
        book = openpyxl.load_workbook(paper)
        change(book)
        book.save(self.desk / name)
        return self.desk / name

    def saves(self, *papers: Path) -> list[Path]:
        """Save papers as the spreadsheet program does that people have."""
        return recalculate(*papers) if self.saved_by == "LibreOffice" else list(papers)


def rows(sheet: Any, heading: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Go down the table below a heading: each row's number, with its cells by their headings."""
    top = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == heading)
    heads = {cell.value: cell.column for cell in sheet[top] if cell.value}
    for row in range(top + 1, sheet.max_row + 1):
        yield row, {name: sheet.cell(row, column) for name, column in heads.items()}


def criteria(book: Any) -> None:
    """Say what a council says of its own: names, years of price, money, and how it is divided."""
    programme, award = book["Programme"], book["Award rules"]
    for key, text in (("reference", "VCS-2027"), ("title", "Grants 2027"), ("authority", "Anytown Council")):
        next(cells["Your entry"] for _, cells in rows(programme, "Key") if cells["Key"].value == key).value = text
    for key, text in (("method", "optimise"), ("objective", "total_score"), ("source", "Cabinet, 1 September 2026.")):
        cell = next(cells["Your entry"] for _, cells in rows(award, "Key") if cells["Key"].value == key)
        cell.value = text
    rules = (
        {"Id": "R1", "Kind": "budget", "Title": "The budget", "Limit": 500_000},
        {"Id": "R2", "Kind": "merit_order", "Title": "By rank in each theme", "Theme": "*"},
    )
    for rule, (_, cells) in zip(rules, rows(award, "Kind"), strict=False):
        for heading, value in (rule | {"Source": "Cabinet, 1 September 2026."}).items():
            cells[heading].value = value


def bid(number: int) -> Callable[[Any], None]:
    """Fill in a bid form as bidder ``number`` does."""

    def change(book: Any) -> None:
        told = {"organisation": f"CH{1000 + number}", "name": f"Helping Hands {number}", "title": f"Project {number}"}
        told |= {"address": f"{number} High Street", "email": f"office@hands{number}.example", "sme": "yes", "ngo": "yes"}
        for _, cells in rows(book["Bid"], "Key"):
            if cells["Key"].value in told:
                cells["Your answer"].value = told[cells["Key"].value]
        for _, cells in rows(book["Conditions"], "Key"):
            failed = (number, cells["Key"].value) == (5, "insurance")
            cells["Pass or fail"].value = "fail" if failed else "pass"
        for _, cells in rows(book["Prices"], "Key"):
            cells["Price (£)"].value = PRICES[number]
        for _, cells in rows(book["Answers"], "Key"):
            cells["Your answer"].value = f"Of {cells['Key'].value}: we know the people, {number} groups meet each week."

    return change


def panel(book: Any) -> None:
    """Seat each evaluator in every theme, and for what organisations answer once."""
    seats = [(person, theme) for person in PANEL for theme in (*THEMES, "organisation")]
    for (person, theme), (_, cells) in zip(seats, rows(book["Panel"], "Evaluator"), strict=False):
        cells["Evaluator"].value, cells["Name"].value, cells["Theme"].value = f"E{PANEL.index(person) + 1}", person, theme


def declarations(book: Any) -> None:
    """Declare about each organisation that the paper names."""
    for _, cells in rows(book["Interests"], "Organisation"):
        if cells["Organisation"].value:
            cells["Interest declared"].value, cells["Action"].value, cells["Date"].value = "None.", "none", "2026-12-02"


def mark_of(about: str) -> int:
    """Give the mark for an answer that everybody comes to."""
    return 3 + sum(map(ord, about)) % 2


def marks(book: Any) -> None:
    """Mark every answer, each with a reason of its own."""
    who = book["Evaluator"]["B3"].value
    for _, cells in rows(book["Marks"], "Mark"):
        about = f"{cells['Bid or organisation'].value} {cells['Question'].value}"
        cells["Mark"].value = mark_of(about)
        cells["Reason"].value = f"{who} on {about}: names the people and the groups; says little of how it is known."


def agreement(book: Any) -> None:
    """Agree on every mark, with the reasons, and say who met and when."""
    for sheet in (one for one in book.worksheets if one.title.startswith("Consensus")):
        sheet["B6"], sheet["B7"] = ", ".join(PANEL), "2026-12-10"
        for _, cells in rows(sheet, "Mark"):
            about = f"{cells['Bid or organisation'].value} {cells['Question'].value}"
            cells["Mark"].value = mark_of(about)
            cells["Reason"].value = f"On {about} all saw the people named, and asked for how it is known."
            cells["Reason for the bidder"].value = f"Your answer {about} names people and groups, not how you know."


def decisions(book: Any) -> None:
    """Decide each matter that waits."""
    for _, cells in rows(book["Decisions"], "Matter"):
        if cells["Matter"].value and not cells["Decision"].value:
            cells["Decision"].value = "met"
            cells["Reason"].value = "Asked on 3 December, the bidder sent its certificate, which covers the whole year."
            cells["Ground"].value, cells["Decided by"].value = "ITT 4.2", "Rosa Hill, Head of Service"
            cells["Date"].value, cells["Bidder heard"].value = "2026-12-05", "Asked and heard on 3 December."


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programme, "this_minute", lambda: "2026-11-30T09:30")


@pytest.mark.parametrize("saved_by", ["openpyxl", pytest.param("LibreOffice", marks=pytest.mark.slow)])
def test_from_an_empty_folder_to_letters_in_fifteen_commands(tmp_path: Path, saved_by: str) -> None:
    officer = Officer(tmp_path, saved_by)
    root, papers = officer.root, officer.root / "papers"
    officer.types("new", *(word for area in THEMES for word in ("--area", area)), "--officer", "Sam Lee")
    book = root / "criteria" / "criteria.xlsx"
    (filled,) = officer.saves(officer.fills_in(book, "criteria.xlsx", criteria))
    book.write_bytes(filled.read_bytes())
    officer.types("check")
    officer.types("publish")
    officer.types("papers")
    forms = [
        officer.fills_in(papers / "tender" / f"bid-form-{THEMES[n % 3]}.xlsx", f"our bid {n}.xlsx", bid(n))
        for n in range(BIDS)
    ]
    seats = officer.fills_in(papers / "declarations.xlsx", "panel of Sam.xlsx", panel)
    officer.types("receive", *officer.saves(*forms, seats), "--from", "by e-mail")
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
    agreed = officer.fills_in(papers / "moderation.xlsx", "what we agreed.xlsx", agreement)
    officer.types("receive", *officer.saves(agreed))
    officer.types("decisions")
    decided = officer.fills_in(papers / "decisions.xlsx", "Rosa decided.xlsx", decisions)
    officer.types("receive", *officer.saves(decided))
    officer.types("evaluate")
    officer.types("letters")
    assert len(list((papers / "letters").glob("letter-*.html"))) == BIDS
    assert len(officer.typed) <= MOST_COMMANDS, officer.typed
    assert re.search("Every step is done", CliRunner().invoke(main, ["status", str(root)]).output)
