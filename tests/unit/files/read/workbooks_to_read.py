"""A workbook for every reader, each without a fault, and where in it a cell decides something."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from evaluator.files.read.bids.folder import read_bids, read_external_data, read_monitoring
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.tables import layouts
from evaluator.files.read.tables.layouts import Column, Layout
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.publication import criteria_workbook
from evaluator.publication import fingerprint
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.assignment import Assignment, Task
from evaluator.reporting.papers.bid_form import bid_form
from evaluator.reporting.papers.evaluator_workbook import Issue, issue_workbook
from tests.unit.publication.small_criteria import put, small

EQUALITY = {
    "threshold": 10,
    "source": "9",
    "characteristic": [
        {"id": "women", "title": "Led by women", "about": "led_by", "values": ["Yes", "No"], "source": "9"},
    ],
}
REASON = "Names three wards and their need, with figures for each of them."
VALUES: dict[str, tuple[object, object]] = {
    "id": ("A1", "A2"), "text": ("Lantern", "Beacon"), "long_text": (REASON, "Shown for one ward."),
    "mark": (3, 2),
    "money": (21500, 9000), "whole": (120, 80), "decimal": (4.5, 3), "pass_fail": ("pass", "pass"),
    "yes_no": ("yes", "no"), "list": ("Bow; Mile End", "Bow"), "date": ("2026-10-05", "2026-10-06"),
    "moment": ("2026-10-05", "2026-10-06 11:58"),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A cell that decides something: its workbook and sheet, its row and column, and its heading (or locked word)."""

    reader: str
    file: str
    sheet: str
    row: int
    column: int
    heading: tuple[int, int]
    private: bool = False


@dataclass(frozen=True)
class Home:
    """The folders in which every workbook lies, and the places to spoil."""

    path: Path
    criteria: Criteria
    places: tuple[Place, ...]

    def place(self, reader: str) -> Place:
        return next(one for one in self.places if one.reader == reader)


def small_with_equality() -> Criteria:
    return small(put("equality", EQUALITY))


def every_table(criteria: Criteria) -> dict[str, tuple[str, tuple[Layout, ...]]]:
    """Give each reader's file and the layouts of its sheets; the first is the one that is spoilt."""
    return {
        "register": ("register.xlsx", (layouts.register(criteria, received=True),)),
        "return": ("returns/E1.xlsx", (layouts.RETURN,)),
        "moderation": ("moderation.xlsx", (layouts.CONSENSUS,)),
        "interests": ("declarations.xlsx", (layouts.INTERESTS, layouts.PANEL)),
        "panel": ("declarations.xlsx", (layouts.PANEL, layouts.INTERESTS)),
        "decisions": ("decisions.xlsx", (layouts.TO_DECIDE,)),
        "monitoring": ("equality/monitoring.xlsx", (layouts.monitoring(criteria),)),
        "grants": ("equality/grants.xlsx", (layouts.GRANTS,)),
    }


def make_home(path: Path) -> Home:
    """Write a workbook for every reader."""
    criteria = small_with_equality()
    places: list[Place] = []
    for reader, (file, sheets) in every_table(criteria).items():
        target = path / "bids" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        _table_workbook(sheets, evaluator="E1" if reader == "return" else "").save(target)
        column = _deciding(sheets[0])
        places.append(Place(reader, file, sheets[0].sheet, 2, column, (1, column), private=reader == "monitoring"))
    places.append(Place("evaluator", "returns/E1.xlsx", "Evaluator", 3, 2, (3, 1)))
    places += _issued(path, criteria)
    places += _forms(path, criteria)
    places += _criteria(path, criteria)
    return Home(path, criteria, tuple(places))


def _table_workbook(sheets: Iterable[Layout], evaluator: str) -> Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for layout in sheets:
        sheet = book.create_sheet(layout.sheet)
        sheet.append([column.heading for column in layout.columns])
        for row in (0, 1):
            sheet.append([VALUES[column.kind][row] for column in layout.columns])
    if evaluator:
        front = book.create_sheet("Evaluator")
        front["A3"], front["B3"] = "Evaluator", evaluator
    return book


def _deciding(layout: Layout) -> int:
    """Choose a column that decides: a mark or money where there is one, otherwise the last that must be there."""

    def weight(one: tuple[int, Column]) -> tuple[bool, bool, int]:
        return one[1].kind in ("mark", "money"), one[1].required, -one[0]

    return max(enumerate(layout.columns, 1), key=weight)[0]


def _issued(path: Path, criteria: Criteria) -> Iterable[Place]:
    """Write a return that was issued, filled in."""
    asked = criteria.questions("north")
    tasks = tuple(Task(bid, "Lantern", one, "north") for bid in ("A1", "A2") for one in asked[:1])
    book = issue_workbook(Issue(criteria, fingerprint(criteria), 5), Assignment("E2", "E. Two", tasks, ()))
    target = path / "bids" / "returns" / "E2.xlsx"
    target.write_bytes(workbook_bytes(book))
    filled = openpyxl.load_workbook(target)
    for row in (6, 7):
        filled["Marks"][f"F{row}"], filled["Marks"][f"H{row}"] = 3, REASON
    filled.save(target)
    yield Place("issued return", "returns/E2.xlsx", "Marks", 6, 6, (5, 6))


def _forms(path: Path, criteria: Criteria) -> Iterable[Place]:
    theme = criteria.themes[0]
    target = path / "forms" / "bids" / "A1.xlsx"
    target.parent.mkdir(parents=True)
    target.write_bytes(workbook_bytes(bid_form(criteria, theme, fingerprint(criteria))))
    book = openpyxl.load_workbook(target)
    for sheet, letter, kind in (("Bid", "C", "text"), ("Prices", "C", "money"), ("Conditions", "E", "pass_fail"),
                                ("Answers", "G", "long_text")):  # fmt: skip
        for row in range(5, book[sheet].max_row + 1):
            if book[sheet][f"A{row}"].value not in ("theme", "total", "bid"):
                book[sheet][f"{letter}{row}"] = VALUES[kind][0]
    book.save(target)
    for sheet, column in (("Bid", 3), ("Prices", 3), ("Conditions", 5), ("Answers", 7)):
        row = 7 if sheet == "Bid" else 5
        yield Place(f"form {sheet}", "bids/A1.xlsx", sheet, row, column, (4, column))


def _criteria(path: Path, criteria: Criteria) -> Iterable[Place]:
    content, _ = criteria_workbook(criteria, "criteria.xlsx")
    (path / "criteria.xlsx").write_bytes(content)
    book = openpyxl.load_workbook(path / "criteria.xlsx")
    scale = _row_of(book, "Scale", "Marks of the scale")
    yield Place("criteria table", "criteria.xlsx", "Scale", scale + 2, 1, (scale + 1, 1))
    rounding = _row_of(book, "Moderation and ties", "places")
    yield Place("criteria form", "criteria.xlsx", "Moderation and ties", rounding, 3, (rounding, 1))


def _row_of(book: Workbook, sheet: str, text: str) -> int:
    return next(row for row in range(1, 100) if book[sheet][f"A{row}"].value == text)


def folder_of(place: Place) -> str:
    """Give the folder of a home in which a place's workbook lies."""
    return "" if place.reader.startswith("criteria") else "forms" if place.reader.startswith("form") else "bids"


def read_again(path: Path, place: Place, criteria: Criteria) -> tuple[Finding, ...]:
    """Read what a place's reader reads, and give every finding."""
    if place.reader.startswith("criteria"):
        return read_criteria(path / place.file).findings
    folder = path / folder_of(place)
    if place.reader == "monitoring":
        return read_monitoring(folder, criteria)[1]
    if place.reader == "grants":
        return read_external_data(folder)[1]
    return read_bids(folder, criteria).findings
