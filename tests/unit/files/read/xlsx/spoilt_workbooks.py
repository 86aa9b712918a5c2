"""Small workbooks for tests: clean ones, and ones that no officer should ever send."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

MARKS_HEADINGS = ("Bid or organisation", "Question", "Mark", "Reason")
ANSWERS = (("B1", "Q1", 4, "Names three wards and their need."), ("B2", "Q1", 3, "Need is shown for one ward only."))


def return_workbook(path: Path, evaluator: str = "E01", change: Callable[[Worksheet], None] | None = None) -> Path:
    """Write an evaluator's return with two answers; ``change`` is applied to its sheet of marks."""
    book = openpyxl.Workbook()
    front = book.active
    front.title = "Evaluator"
    front["A3"], front["B3"] = "Evaluator", evaluator
    sheet = book.create_sheet("Marks")
    for row in (MARKS_HEADINGS, *ANSWERS):
        sheet.append(row)
    if change:
        change(sheet)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def with_member(path: Path, name: str, content: bytes, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """Add a member to a workbook's archive."""
    with zipfile.ZipFile(path, "a", compression) as archive:
        archive.writestr(name, content)
    return path


def with_replaced(path: Path, name: str, old: bytes, new: bytes) -> Path:
    """Replace bytes in one member of a workbook's archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == name:
                assert old in content
                content = content.replace(old, new)
            target.writestr(entry, content)
    path.write_bytes(buffer.getvalue())
    return path
