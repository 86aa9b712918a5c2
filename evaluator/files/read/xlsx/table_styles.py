"""Tables of a spreadsheet program: what a style that the workbook has of its own changes of the cells in them."""

from collections.abc import Iterator

from evaluator.files.read.xlsx.cell import Area
from evaluator.files.read.xlsx.package import Package
from evaluator.files.read.xlsx.sheet_view import area_of
from evaluator.files.read.xlsx.styles import Differing, Styles
from evaluator.files.read.xlsx.workbook_parts import MAIN, related

HEAD = ("headerRow", "firstHeaderCell", "lastHeaderCell")
FOOT = ("totalRow", "firstTotalCell", "lastTotalCell")


def of_tables(package: Package, part: str, styles: Styles) -> Iterator[tuple[Area, Differing]]:
    """Give what the styles of a sheet's tables change, and where; those that every program has hide nothing."""
    for link in related(package, part) if styles.tables else ():
        tree = package.tree(link.target) if link.kind == "table" and not link.outside else None
        style = tree.find(f"{MAIN}tableStyleInfo") if tree is not None else None
        if tree is not None and style is not None:
            area = area_of(tree.get("ref", ""))
            for name, change in styles.tables.get(style.get("name", ""), ()):
                yield _within(area, name), change


def _within(table: Area, name: str) -> Area:
    if name in HEAD:
        return table._replace(last_row=table.first_row)
    return table._replace(first_row=table.last_row) if name in FOOT else table
