"""Findings as notes at the cells of a workbook that people keep: a copy in which nothing else is another byte.

The notes are put into the package beside what is there, so that formulas, lists and looks stay as any program wrote
them; a note that somebody wrote at a cell stays, and the finding stands under it. Notes of an earlier check give way.
"""

import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from evaluator.files.read.xlsx.cell import column_number
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.reviewed import NOTE_HEAD
from evaluator.records.texts import visible

TIME = (1980, 1, 1, 0, 0, 0)  # of every new member: no clock
AUTHOR = "bid evaluator"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
TYPES_PART, BOOK = "[Content_Types].xml", "xl/workbook.xml"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
AFTER_DRAWING = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts")
WIDE, LETTERS, HIGH = 380, 56, 17  # pixels and letters of a note's line, and pixels of its height
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>'
    "</v:shapetype></xml>"
)
SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#fdf3d3" '
    'o:insetmode="auto"><v:fill color2="#fdf3d3"/><v:path o:connecttype="none"/><v:textbox/>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
FIRST_SHAPE = 500_001  # more than any program numbers of itself
GONE = f"{NOTE_HEAD} what was found here is mended or accepted."
PLACE = re.compile(r"([A-Z]+)([0-9]+)")


def with_notes(content: bytes, findings: Iterable[Finding]) -> bytes:
    """Give a workbook with each finding as a note at its cell; one of no cell stands at the first of its sheet.

    Parameters
    ----------
    content : a workbook that was read through the guard before.
    findings : of any places; those of a workbook without a sheet stand on its first sheet.
    """
    package = _Package(content)
    notes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for found in findings:
        for source, text in _texts(found):
            sheet = source.sheet if source.sheet in package.sheets else next(iter(package.sheets))
            notes[sheet][f"{source.column or 'A'}{source.row or 1}"].append(visible(text))
    for sheet, part in package.sheets.items():
        at = {cell: "\n\n".join(texts) for cell, texts in notes[sheet].items()} if sheet in notes else {}
        if at or package.has_comments(part):
            package.annotate(part, at)
    return package.bytes()


def _texts(found: Finding) -> Iterator[tuple[Source, str]]:
    head = f"{NOTE_HEAD} {found.code} ({found.severity.words})"
    yield found.source, "\n".join(filter(None, (f"{head}: {found.message}", found.remedy, found.authority)))
    yield from ((one, f"{head}, as at {found.source.sheet}!{found.source.cell}.") for one in found.alike)


@dataclass
class _Package:
    """The parts of a workbook, of which some are written anew."""

    content: bytes
    parts: dict[str, bytes] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)  # part of each sheet, by its title

    def __post_init__(self) -> None:
        """Open the archive, and find the sheets."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            self.order = archive.infolist()
            self.parts = {one.filename: archive.read(one) for one in self.order}
        targets = {one.get("Id"): one.get("Target") for one in self._relations(BOOK)}
        for sheet in self._tree(BOOK).iter("{*}sheet"):
            link = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
            self.sheets[sheet.get("name")] = _beside(BOOK, targets[link])

    def has_comments(self, part: str) -> bool:
        """Whether somebody, or an earlier check, wrote beside cells of a sheet."""
        return any(one.get("Type", "").endswith("/comments") for one in self._relations(part))

    def annotate(self, part: str, notes: Mapping[str, str]) -> None:
        """Put notes at cells of a sheet."""
        number = list(self.sheets.values()).index(part) + 1
        comments = self._linked(part, "comments", f"xl/evaluatorComments{number}.xml", COMMENTS_TYPE)
        drawing = self._linked(part, "vmlDrawing", f"xl/drawings/evaluatorNotes{number}.vml", VML_TYPE)
        fresh = self._comments(comments, notes)
        widths = _widths(self._tree(part))
        shapes = (_shape(at, cell, notes[cell], widths) for at, cell in enumerate(fresh, FIRST_SHAPE + number * 10_000))
        written = self.parts.get(drawing, VML.encode()).decode("utf-8", "replace")
        before, end, after = written.rpartition("</xml>")
        self.parts[drawing] = f"{before}{''.join(shapes)}{end}{after}".encode()

    def _comments(self, part: str, notes: Mapping[str, str]) -> list[str]:
        """Write the texts of notes; give the cells that had none before."""
        tree = self._tree(part) if part in self.parts else etree.fromstring(f'<comments xmlns="{MAIN}"/>')
        space = f"{{{etree.QName(tree).namespace}}}"
        authors, listed = (_child(tree, f"{space}{name}") for name in ("authors", "commentList"))
        etree.SubElement(authors, f"{space}author").text = AUTHOR
        there = {one.get("ref"): one for one in listed}
        told = dict(notes) | {cell: GONE for cell, one in there.items() if cell not in notes and _is_ours(one)}
        fresh = [cell for cell in sorted(told, key=_in_order) if cell not in there]
        for cell in sorted(told, key=_in_order):
            comment = there.get(cell)
            if comment is None:
                facts = {"ref": cell, "authorId": str(len(authors) - 1)}
                comment = etree.SubElement(listed, f"{space}comment", facts)
            elif _is_ours(comment):
                del comment[:]
            text = _child(comment, f"{space}text")
            said = etree.SubElement(etree.SubElement(text, f"{space}r"), f"{space}t")
            said.text = ("\n\n" if len(text) > 1 else "") + told[cell]
            said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        self.parts[part] = _written(tree)
        return fresh

    def _linked(self, part: str, kind: str, name: str, content_type: str) -> str:
        """Give the part of a kind that belongs to a sheet; where there is none, link and announce a new one."""
        for one in self._relations(part):
            if one.get("Type", "").endswith(f"/{kind}"):
                return _beside(part, one.get("Target"))
        rels = _rels(part)
        tree = self._tree(rels) if rels in self.parts else etree.fromstring(f'<Relationships xmlns="{RELATED}"/>')
        link = f"rIdEvaluator{kind}"
        etree.SubElement(
            tree, f"{{{RELATED}}}Relationship", {"Id": link, "Type": f"{OFFICE}/{kind}", "Target": f"/{name}"}
        )
        self.parts[rels] = _written(tree)
        self._announce(name, content_type)
        if kind == "vmlDrawing":
            self._draw(part, link)
        return name

    def _announce(self, name: str, content_type: str) -> None:
        types, end = self._tree(TYPES_PART), name.rsplit(".", 1)[1]
        if end == "xml":
            facts = {"PartName": f"/{name}", "ContentType": content_type}
            etree.SubElement(types, f"{{{TYPES}}}Override", facts)
        elif not any(one.get("Extension", "").casefold() == end for one in types):
            types.insert(0, etree.Element(f"{{{TYPES}}}Default", {"Extension": end, "ContentType": content_type}))
        self.parts[TYPES_PART] = _written(types)

    def _draw(self, part: str, link: str) -> None:
        """Say in a sheet where its notes are drawn, at the place that the format has for it."""
        sheet = self._tree(part)
        space = etree.QName(sheet).namespace
        later = [one for one in sheet if etree.QName(one).localname in (*AFTER_DRAWING, "extLst")]
        made = etree.Element(f"{{{space}}}legacyDrawing", {f"{{{OFFICE}}}id": link}, nsmap={"r": OFFICE})
        sheet.insert(sheet.index(later[0]) if later else len(sheet), made)
        self.parts[part] = _written(sheet)

    def _relations(self, part: str) -> Sequence[Any]:
        rels = _rels(part)
        return list(self._tree(rels)) if rels in self.parts else ()

    def _tree(self, part: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return etree.fromstring(self.parts[part], parser)

    def bytes(self) -> bytes:
        """Write the archive: members keep their order and times, and new ones come last."""
        made = io.BytesIO()
        known = {one.filename: one.date_time for one in self.order}
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                entry = zipfile.ZipInfo(name, known.get(name, TIME))
                entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
                archive.writestr(entry, content)
        return made.getvalue()


def _is_ours(comment: Any) -> bool:
    """Whether a comment is a note of an earlier check."""
    return "".join(one.text or "" for one in comment.iter("{*}t")).startswith(NOTE_HEAD)


def _written(tree: Any) -> bytes:
    made: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _child(tree: Any, name: str) -> Any:
    found = tree.find(name)
    return etree.SubElement(tree, name) if found is None else found


def _rels(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _beside(part: str, target: str) -> str:
    """Give the part that a link of another leads to.

    >>> _beside("xl/worksheets/sheet1.xml", "../comments1.xml"), _beside("xl/workbook.xml", "/xl/a.xml")
    ('xl/comments1.xml', 'xl/a.xml')
    """
    return posixpath.normpath(posixpath.join(posixpath.dirname(f"/{part}"), target)).lstrip("/")


def _in_order(cell: str) -> tuple[int, int]:
    found = PLACE.fullmatch(cell)
    return (int(found[2]), column_number(found[1])) if found else (0, 0)


def _widths(sheet: Any) -> dict[int, int]:
    """Give the pixels of columns that have a width of their own, counted from 0."""
    widths: dict[int, int] = {}
    for one in sheet.iter("{*}col"):
        first, last = int(one.get("min", 1)), min(int(one.get("max", 1)), 200)
        widths |= dict.fromkeys(range(first - 1, last), int(float(one.get("width", 9)) * 7 + 5))
    return widths


def _shape(number: int, cell: str, text: str, widths: Mapping[int, int]) -> str:
    """Draw a note to the right of its cell, as wide as can be read and as high as its text needs."""
    row, column = (at - 1 for at in _in_order(cell))
    last, left = column + 1, WIDE
    while (wide := widths.get(last, 64)) < left:
        last, left = last + 1, left - wide
    lines = sum(len(line) // LETTERS + 1 for line in text.split("\n"))
    high = max(3, lines * HIGH // 20 + 1)
    anchor = f"{column + 1}, 12, {row}, 4, {last}, {left}, {row + high}, 4"
    return SHAPE.format(id=number, anchor=escape(anchor), row=row, column=column)
