"""Pages as Word files: python-docx keeps the package and its styles, and the body is written whole, which is quick."""

import io
import re
import zipfile
from datetime import datetime
from functools import cache
from typing import Any

from evaluator.files.write.forms.blocks import Page, Picture, every
from evaluator.files.write.forms.pdf import drawn
from evaluator.files.write.forms.word_xml import MARGINS, PORTRAIT_PAGE, Writer, writable

TIME = (1980, 1, 1, 0, 0, 0)  # of every member: no clock
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zone; fixed, as documents have no clock in them
POINT = 12700  # of the units in which Word measures pictures
LONGEST_TITLE = 255  # that the format's properties hold
WIDEST, TALLEST = 510.0, 690.0  # points
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' + (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
BODY, EMPTY = "word/document.xml", re.compile(rb"<w:body>.*</w:body>", re.DOTALL)
TYPE, ID = (f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}" for name in ("type", "styleId"))
UNUSED = ("/stylesWithEffects", "/thumbnail", "/customXml")
FONT = "Arial"
SIZES = {"Heading 1": 18, "Heading 2": 14, "Heading 3": 12, "Heading 4": 10.5, "Caption": 9.5, "Subtitle": 11}
AFTER, LINE = {"Normal": 5, "Body Text": 5, "Caption": 3, "Subtitle": 5}, 1.08  # points after each, and of a line


def docx_bytes(page: Page, pictures: list[bytes] | None = None) -> bytes:
    """Write a page as a Word file; ``pictures`` are its drawings as PNG, in order, where they are drawn already."""
    return with_body(*written_body(page, pictures))


def written_body(page: Page, pictures: list[bytes] | None = None) -> tuple[Any, str]:
    """Write a page's body for a file in our style: give the file, which holds what the body asks for, and the body."""
    from docx import Document

    document = Document(io.BytesIO(_template()))
    title = writable(page.title)
    document.core_properties.title = title[:LONGEST_TITLE]
    files = _Files(document, drawn(drawings(page)) if pictures is None else pictures)
    writer = Writer(
        files.picture, files.link, files.numbered, _header(document, page.running) + _footer(document, title)
    )
    written = writer.body(page.blocks)
    last = f"<w:sectPr>{writer.footer}{PORTRAIT_PAGE}{MARGINS}</w:sectPr>"
    return document, f"<w:body {SPACE}>{written}{last}</w:body>"


def with_body(document: Any, body: str = "") -> bytes:
    """Save with fixed times, so that the same page gives the same bytes; a body takes the place of the empty one.

    It goes into the file as it was written: reading it into elements, and writing those, took half of the time.
    """
    buffer, made = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, TIME)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            content = parts.read(name)
            if body and name == BODY:
                content = EMPTY.sub(lambda _: body.encode(), content, count=1)
            archive.writestr(entry, content)
    return made.getvalue()


@cache
def _template() -> bytes:
    """Give an empty file in our style, made once: English, our type, and headings that can be listed."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    document = Document()
    _slim(document)
    styles = document.styles
    for language in styles.element.iter("{*}lang"):
        for name in ("val", "eastAsia"):
            language.set(f"{{{language.nsmap['w']}}}{name}", "en-GB")
    note = styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style, note.font.color.rgb = styles["Body Text"], RGBColor(0x4A, 0x56, 0x64)
    for name, size in {"Normal": 9.5, "Note": 8.5, **SIZES}.items():
        font = styles[name].font
        font.name, font.size, font.italic = FONT, Pt(size), False
        _plain_type(styles[name])
        if name in SIZES:
            font.bold = name != "Subtitle"
            font.color.rgb = RGBColor(0x1D, 0x35, 0x57) if "Heading" in name else RGBColor(0x1B, 0x24, 0x30)
    for name, after in AFTER.items():
        styles[name].paragraph_format.space_after, styles[name].paragraph_format.line_spacing = Pt(after), LINE
    for spacing in styles["Subtitle"].element.rPr.findall("{*}spacing"):
        styles["Subtitle"].element.rPr.remove(spacing)
    properties = document.core_properties
    properties.created = properties.modified = MADE
    properties.author, properties.comments, properties.language, properties.revision = "", "", "en-GB", 1
    properties.last_modified_by = ""
    return with_body(document)


def _slim(document: Any) -> None:
    """Take out what no page of ours uses, 25 KB of every file: looks of tables, a second set of styles, a thumbnail."""
    package = document.part.package
    for rels in (document.part.rels, package.rels):
        for name in [name for name, one in rels.items() if one.reltype.endswith(UNUSED)]:
            del rels[name]
    for style in list(document.styles.element.style_lst):
        if style.get(TYPE) == "table" and style.get(ID) not in ("TableNormal", "TableGrid"):
            document.styles.element.remove(style)


def _plain_type(style: Any) -> None:
    """Take the theme's fonts off a style, which would win over the one that is named."""
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if "heme" in name]:
        del fonts.attrib[name]


def _header(document: Any, running: str) -> str:
    """Put what stands over every page into the header; give what a section says to have it, nothing without any."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    if not running:
        return ""
    section = document.sections[0]
    font = section.header.paragraphs[0].add_run(writable(running)).font
    font.bold, font.size, font.color.rgb = True, Pt(9), RGBColor(0x8A, 0x14, 0x09)
    reference = section._sectPr.find(qn("w:headerReference")).get(qn("r:id"))
    return f'<w:headerReference w:type="default" r:id="{reference}"/>'


def _footer(document: Any, title: str) -> str:
    """Put the title and the number of the page at the foot of every page; give what a section says to have it."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    section = document.sections[0]
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run(f"{title}    Page ")
    for kind in ("begin", "PAGE", "end"):
        inner = f'<w:fldChar w:fldCharType="{kind}"/>' if kind != "PAGE" else "<w:instrText>PAGE</w:instrText>"
        paragraph._p.append(parse_xml(f"<w:r {SPACE}>{inner}</w:r>"))
    reference = section._sectPr.find(qn("w:footerReference")).get(qn("r:id"))
    return f'<w:footerReference w:type="default" r:id="{reference}"/>'


def drawings(page: Page) -> list[Picture]:
    """Give every drawing of a page in the order in which it is written."""
    return [block for block in every(page.blocks) if isinstance(block, Picture)]


class _Files:
    """What a body asks its file for: pictures, addresses and fresh numberings."""

    def __init__(self, document: Any, pictures: list[bytes]) -> None:
        self.document, self.part = document, document.part
        self.drawn = iter(pictures)

    def picture(self, drawing: Picture) -> str:
        """Give the element of the next picture, with its words for those who do not see it."""
        from docx.oxml.ns import qn
        from docx.oxml.xmlchemy import serialize_for_reading

        scale = min(WIDEST / drawing.width, TALLEST / drawing.height, 1.0)
        width, height = (int(side * scale * POINT) for side in (drawing.width, drawing.height))
        inline = self.part.new_pic_inline(io.BytesIO(next(self.drawn)), width, height)
        inline.find(qn("wp:docPr")).set("descr", writable(drawing.words))
        return f"<w:drawing>{serialize_for_reading(inline)}</w:drawing>"

    def link(self, address: str) -> str:
        """Give the relationship of an address."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        return str(self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def numbered(self) -> int:
        """Start a list that counts from one again."""
        from docx.oxml.ns import qn

        numbering = self.part.numbering_part.element
        style = self.document.styles["List Number"].element
        base = int(style.pPr.numPr.numId.val)
        abstract = next(num for num in numbering.num_lst if num.numId == base).abstractNumId.val
        fresh = numbering.add_num(abstract)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(fresh.get(qn("w:numId")))
