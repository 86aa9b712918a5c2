"""Workbooks for the tests of the scanner, opened as every reader opens them."""

from pathlib import Path

from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Book, Held


def opened(path: Path) -> Book:
    """Open a workbook that is let pass."""
    book, found = open_workbook(path.read_bytes(), path.name)
    assert book is not None, found
    return book


def held(path: Path, cell: str, sheet: str = "Marks") -> Held:
    """Give a cell of a sheet."""
    found = opened(path).sheet(sheet)
    assert found is not None
    one = found.cell(int(cell[1:]), ord(cell[0]) - 64)
    assert one is not None
    return one
