"""Pictures, shapes, controls and visible notes that lie over a sheet's cells: what they cover, a person does not see.

Drawings come in two kinds: those of part 1 of ECMA-376, and the older ones for notes and controls (VML, part 4), which
spreadsheet programs themselves write with ``<br>`` that nothing ends, so that no parser of XML can be used for them.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from evaluator.files.read.xlsx.package import Package
from evaluator.files.read.xlsx.workbook_parts import related

DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
FIRST, LAST_ROW = 1, 1_048_576
Lying = tuple[int, int, int]  # from which column, and from and to which row
ANYWHERE: Lying = (FIRST, FIRST, LAST_ROW)
SHAPE = re.compile(r"<[A-Za-z0-9]*:?(?:shape|rect|oval|line|group|roundrect|polyline|arc|curve|image)(?=[\s/>])")
HIDDEN = re.compile(r"visibility\s{0,9}:\s{0,9}hidden")
VISIBLE = re.compile(r"<[A-Za-z0-9]*:?Visible(?=[\s/>])")
ANCHOR = re.compile(r"<[A-Za-z0-9]*:?Anchor>([0-9,\s-]{1,200})<")
NOTE = re.compile(r"ObjectType\s?=\s?[\"']Note[\"']")
SIZED = re.compile(r"style\s?=\s?[\"'][^\"'<>]{0,400}width")


def covered_rows(package: Package, part: str, drawings: Iterable[str], last_column: int) -> list[tuple[int, int]]:
    """Give the rows, from and to, over which each picture, shape, control or visible note of a sheet lies.

    Parameters
    ----------
    last_column : the last one that holds anything; what lies to the right of it covers nothing.
    """
    wanted = list(drawings)
    links = {one.id: one.target for one in related(package, part)} if wanted else {}
    found: list[Lying] = []
    for drawing in wanted:
        target = links.get(drawing, "")
        if target.lower().endswith(".vml"):
            found += _old_shapes(package.loose(target))
        elif (tree := package.tree(target)) is not None:
            found += [_shape(one) for one in tree.iter() if one.tag.removeprefix(DRAWN) in ANCHORS]
    return [(top, bottom) for left, top, bottom in found if left <= last_column]


def _shape(anchor: ElementTree.Element) -> Lying:
    left, top = (anchor.findtext(f"{DRAWN}from/{DRAWN}{line}", "").strip() for line in ("col", "row"))
    last, beyond = (anchor.findtext(f"{DRAWN}to/{DRAWN}{line}", "").strip() for line in ("row", "rowOff"))
    if any(one.get("rot", "0") != "0" for one in anchor.iter()):
        return ANYWHERE
    first = _from_1(top, FIRST)
    return _from_1(left, FIRST), first, max(first, _from_1(last, LAST_ROW) - (beyond == "0" and last != ""))


def _from_1(text: str, otherwise: int) -> int:
    """Count a row or column from 1; a shape that stands at no cell, or has no second end, may lie anywhere."""
    return int(text) + 1 if text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def _old_shapes(text: str) -> Iterator[Lying]:
    """Give the places of the visible shapes of an old drawing; one that says no place or size shows nothing."""
    starts = [one.start() for one in SHAPE.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        shape = text[start:end]
        head = shape[: shape.find(">") + 1]
        anchor = ANCHOR.search(shape)
        unseen = HIDDEN.search(head) or NOTE.search(shape)
        if (unseen and not VISIBLE.search(shape)) or not (anchor or SIZED.search(head)):
            continue
        numbers = [one.strip() for one in anchor[1].split(",")] if anchor else []
        if len(numbers) == 8:
            top = _from_1(numbers[2], FIRST)
            yield _from_1(numbers[0], FIRST), top, max(top, _from_1(numbers[6], LAST_ROW))
        else:
            yield ANYWHERE
