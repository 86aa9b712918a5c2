"""Workbooks in: guarded and scanned in one pass over the bytes, by nothing but the standard library.

What other readers do when they meet each hazard was measured before this was written (decisions/0006 and 0009).
"""

import os
import sys

from evaluator.files.read.xlsx.cell import Book, Sheet
from evaluator.files.read.xlsx.comments import comments_of
from evaluator.files.read.xlsx.package import BROKEN, LARGEST_FILE, MEGABYTE, Package, RefusedError
from evaluator.files.read.xlsx.scan import Scanner
from evaluator.files.read.xlsx.seen import settle
from evaluator.files.read.xlsx.shapes import covered_rows
from evaluator.files.read.xlsx.strings import Texts
from evaluator.files.read.xlsx.styles import read_styles
from evaluator.files.read.xlsx.table_styles import of_tables
from evaluator.files.read.xlsx.workbook_parts import contents, custom_properties, fetched
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source

__all__ = ["open_workbook"]


def open_workbook(content: bytes, name: str) -> tuple[Book | None, tuple[Finding, ...]]:
    """Read a workbook that may be hostile.

    Parameters
    ----------
    content : the file's bytes.
    name : what findings call the file.

    Returns
    -------
    The workbook, or None with the finding that says why it was not read; and findings about what was read.
    """
    try:
        if len(content) > LARGEST_FILE:
            size = f"a file of {len(content) // MEGABYTE} megabytes"
            return None, (finding("E-FILE-013", Source(name), what=size),)
        return _scanned(content, name)
    except RefusedError as refused:
        return None, (finding(refused.code, Source(name), **refused.facts),)
    except Exception:  # an archive or its XML can fail in more ways than anyone has listed
        if os.environ.get("EVALUATOR_TRACEBACK") and not isinstance(sys.exc_info()[1], BROKEN):
            raise
        return None, (finding("E-FILE-011", Source(name)),)


def _scanned(content: bytes, name: str) -> tuple[Book, tuple[Finding, ...]]:
    package = Package(content)
    parts = contents(package)
    styles = read_styles(package, parts.styles, parts.theme)
    texts = Texts().read(package.pieces(parts.texts)) if package.has(parts.texts) else []
    sheets = []
    for title, state, part in parts.sheets:
        sheet = Sheet(title, state)
        scanner = Scanner(sheet, styles, texts)
        scanner.read(package.pieces(part))
        scanner.take_changes(of_tables(package, part, styles))
        sheet.comments = comments_of(package, part)
        sheet.covered += covered_rows(package, part, scanner.drawings, scanner.last_column)
        settle(sheet, scanner, styles.looks, styles.usual_size)
        sheets.append(sheet)
    read = {part.casefold() for part in (parts.texts, parts.styles, *(part for _, _, part in parts.sheets))}
    for part in package.names:
        if part not in read:
            package.drain(part)
    found: tuple[Finding, ...] = (finding("E-FILE-019", Source(name)),) if parts.from_1904 else ()
    if elsewhere := fetched(package):
        found += (finding("E-FILE-045", Source(name), what=elsewhere),)
    return Book(tuple(sheets), custom_properties(package), parts.from_1904), found
