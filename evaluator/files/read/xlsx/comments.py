"""What people wrote beside cells: comments (Excel calls the old kind notes), and threads of comments."""

import re
from xml.etree import ElementTree

from evaluator.files.read.xlsx.cell import column_number
from evaluator.files.read.xlsx.package import Package
from evaluator.files.read.xlsx.workbook_parts import related

KINDS = ("comments", "threadedcomment")  # in this order: beside a thread stands an old comment that only points at it
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
Comments = dict[tuple[int, int], str]


def comments_of(package: Package, part: str) -> Comments:
    """Give the comments of a sheet by row and column; of a thread all that was said, in order."""
    links = related(package, part)
    found: Comments = {}
    for kind in KINDS:
        said: Comments = {}
        for target in (one.target for one in links if one.kind == kind and not one.outside):
            tree = package.tree(target)
            for element in tree.iter() if tree is not None else ():
                _add(element, said)
        found |= said
    return found


def _add(element: ElementTree.Element, said: Comments) -> None:
    place = CELL.fullmatch(element.get("ref", ""))
    if place is None or not element.tag.lower().endswith("comment"):
        return
    at = int(place[2]), column_number(place[1])
    text = " ".join("".join(one.text or "" for one in element.iter() if one.tag.endswith(("}t", "}text"))).split())
    said[at] = f"{said[at]} / {text}" if at in said else text
