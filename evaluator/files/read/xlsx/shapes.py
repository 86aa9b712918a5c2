"""Pictures and shapes that lie over a sheet's cells: what they cover, a person does not see."""

from collections.abc import Iterable
from xml.etree import ElementTree

from evaluator.files.read.xlsx.package import Package
from evaluator.files.read.xlsx.workbook_parts import related

DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
EVERY_ROW = (1, 1_048_576)


def covered_rows(package: Package, part: str, drawings: Iterable[str]) -> list[tuple[int, int]]:
    """Give the rows, from and to, over which each picture or shape of a sheet lies."""
    links = {one.id: one.target for one in related(package, part)}
    found = []
    for drawing in drawings:
        tree = package.tree(links.get(drawing, ""))
        found += [_rows(anchor) for anchor in tree] if tree is not None else [EVERY_ROW]
    return found


def _rows(anchor: ElementTree.Element) -> tuple[int, int]:
    first, last = (anchor.findtext(f"{DRAWN}{end}/{DRAWN}row", "").strip() for end in ("from", "to"))
    return _row(first, EVERY_ROW[0]), _row(last, EVERY_ROW[1])


def _row(text: str, otherwise: int) -> int:
    """Count a row from 1; a shape that stands at no cell, or has no second end, may lie anywhere."""
    return int(text) + 1 if text.isascii() and text.isdigit() and len(text) < 8 else otherwise
