"""A programme's folder and the papers that come to it, under whatever names, for tests of what is received."""

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.publication import fingerprint
from evaluator.records.programme.criteria import Criteria
from evaluator.reporting.papers.bid_form import bid_form

ROOT = Path(__file__).resolve().parents[3]
GRANTS = ROOT / "criteria" / "community_grants"  # its tenders close at noon on 9 October 2026
AT = ("--at", "2026-10-08 09:30", "--by", "Sam Lee, officer")
MARKS = (("B001", "C1", 3, "Names the people in need, with figures, and says nothing of what they think."),)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def receive(programme: Path, *words: object) -> Result:
    """Receive files, or ask about receipts, at a time that stands for now."""
    return run("receive", programme, *words, *AT)


def programme_at(root: Path, criteria: Path = GRANTS) -> Path:
    """Make the folder of a programme with published criteria and nothing else."""
    shutil.copytree(criteria, root / "criteria")
    for name in ("bids", "papers", "received", "imports", "reports"):
        (root / name).mkdir()
    append_opening(root)
    return root


def append_opening(root: Path) -> None:
    """Begin the ledger, as ``evaluator new`` does."""
    from evaluator.files.audit.ledger_file import append
    from evaluator.records.ledger import Event

    append(root / "ledger.jsonl", lambda _: [Event("opened", "Grants")], "Sam Lee", "2026-09-01")


def criteria_of(programme: Path) -> Criteria:
    criteria = read_criteria(programme / "criteria").criteria
    assert criteria is not None
    return criteria


def form(programme: Path, path: Path, organisation: str, price: float = 5000, **cells: Any) -> Path:
    """Fill in a bid form as a bidder would; cells are given as ``Sheet_C7=value``."""
    criteria = criteria_of(programme)
    path.write_bytes(workbook_bytes(bid_form(criteria, criteria.themes[0], fingerprint(criteria))))
    book = openpyxl.load_workbook(path)
    labels = {book["Bid"][f"A{row}"].value: row for row in range(5, book["Bid"].max_row + 1)}
    book["Bid"][f"C{labels['organisation']}"] = organisation
    book["Bid"][f"C{labels['name']}"] = f"Name of {organisation}"
    for row in range(5, book["Prices"].max_row + 1):
        if str(book["Prices"][f"A{row}"].value).startswith("price"):
            book["Prices"][f"C{row}"] = price
    if "Conditions" in book.sheetnames:
        for row in range(5, book["Conditions"].max_row + 1):
            book["Conditions"][f"E{row}"] = "pass"
    for row in range(5, book["Answers"].max_row + 1):
        book["Answers"][f"G{row}"] = "What we will do, with whom, and how often."
    for place, value in cells.items():
        sheet, _, cell = place.partition("_")
        book[sheet][cell] = value
    book.save(path)
    return path


def made_return(path: Path, evaluator: str, *marks: tuple[Any, ...]) -> Path:
    """Write an evaluator's return that was not issued by the evaluator: two sheets."""
    book = openpyxl.Workbook()
    book.active.title = "Evaluator"
    book["Evaluator"]["A3"], book["Evaluator"]["B3"] = "Evaluator", evaluator
    return _with_sheet(book, path, "Marks", ("Bid or organisation", "Question", "Mark", "Reason"), marks or MARKS)


def table(path: Path, sheet: str, headings: tuple[str, ...], *rows: tuple[Any, ...]) -> Path:
    """Write a workbook with one table."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    return _with_sheet(book, path, sheet, headings, rows)


def _with_sheet(
    book: Any, path: Path, sheet: str, headings: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]
) -> Path:
    book.create_sheet(sheet)
    book[sheet].append(headings)
    for row in rows:
        book[sheet].append(row)
    book.save(path)
    return path


def csv_file(path: Path, *rows: tuple[str, ...]) -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), "utf-8")
    return path


def files_of(root: Path) -> dict[str, bytes]:
    """Give every file below a folder, by name."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
