"""Blocks as the XML of a Word file: real headings, lists that count themselves, tables whose heading rows repeat."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from evaluator.files.write.forms.blocks import (
    Block,
    Cell,
    Gallery,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Run,
    Runs,
    Table,
    TermList,
)
from evaluator.files.write.forms.column_widths import WORD, Fit, fit, sections
from evaluator.files.write.forms.grid import Place, grid

LONG = 300  # characters of a cell in a row that may go on over the page
TWENTIETHS = 20  # Word measures in twentieths of a point
WASH = {"good": "E3F3E6", "bad": "FBE6E3", "care": "FDF3D3"}
FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])  # characters that XML cannot hold
PORTRAIT_PAGE = '<w:pgSz w:w="11906" w:h="16838"/>'
TURNED_PAGE = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
MARGINS = '<w:pgMar w:top="907" w:right="850" w:bottom="1020" w:left="850" w:header="500" w:footer="500" w:gutter="0"/>'


@dataclass
class Writer:
    """Writes blocks; pictures, links and the numbering of lists are the file's, so it asks for them.

    Parameters
    ----------
    picture : gives the drawing element of the next picture.
    link : gives the relationship's id of an address.
    numbered : gives the id of a fresh numbering.
    footer : the references that each section makes to the head, where there is one, and the foot of the page.
    """

    picture: Callable[[Picture], str]
    link: Callable[[str], str]
    numbered: Callable[[], int]
    footer: str

    def body(self, blocks: Iterable[Block]) -> str:
        """Write all blocks; a table that needs the room stands on turned pages, with its headings."""
        parts = [(turned, "".join(map(self._block, group))) for turned, group in sections(blocks, WORD)]
        last = len(parts) - 1
        return "".join(
            written + (self._section(TURNED_PAGE if turned else PORTRAIT_PAGE) if turned or at < last else "")
            for at, (turned, written) in enumerate(parts)
        )

    def _section(self, page: str) -> str:
        """End a section; what stands before it is on such pages."""
        return f"<w:p><w:pPr><w:sectPr>{self.footer}{page}{MARGINS}</w:sectPr></w:pPr></w:p>"

    def _block(self, block: Block) -> str:
        if isinstance(block, Heading):
            return self._styled(
                f"Heading{block.level}", block.runs, "<w:pageBreakBefore/>" if block.on_new_page else ""
            )
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        if isinstance(block, Listing):
            return self._listing(block)
        if isinstance(block, TermList):
            return self._term_list(block)
        if isinstance(block, Table):
            return self._table(block, fit(block, WORD))
        return self._gallery(block) if isinstance(block, Gallery) else self._picture(block)

    def _picture(self, block: Picture, *, kept: bool = True) -> str:
        """Write a drawing under its caption.

        A row of a gallery keeps them together by itself: told to, LibreOffice would keep all of it on one page.
        """
        return (
            self._styled("Caption", block.caption, KEPT if kept else "")
            + f"<w:p><w:r>{self.picture(block)}</w:r></w:p>"
        )

    def _gallery(self, block: Gallery) -> str:
        """Write drawings two in a row, in a frame that has no lines and no meaning of its own."""
        cells = [f"<w:tc><w:tcPr>{HALVES}</w:tcPr>{self._picture(one, kept=False)}</w:tc>" for one in block.pictures]
        cells += [f"<w:tc><w:tcPr>{HALVES}</w:tcPr><w:p/></w:tc>"] * (len(cells) % 2)
        rows = (
            f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells[at : at + 2])}</w:tr>"
            for at in range(0, len(cells), 2)
        )
        return f"<w:tbl><w:tblPr>{WHOLE}</w:tblPr><w:tblGrid>{2 * HALF}</w:tblGrid>{''.join(rows)}</w:tbl>{AFTER}"

    def _styled(self, style: str, runs: Runs, more: str = "") -> str:
        if not runs:
            return ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{self._runs(runs)}</w:p>'

    def _paragraph(self, block: Paragraph) -> str:
        words = block.kind.split()
        if "status" in words:
            wash = next((WASH[word] for word in words if word in WASH), "F2F5F8")
            shade = '<w:pBdr><w:left w:val="single" w:sz="24" w:space="6" w:color="1D3557"/></w:pBdr>'
            return self._styled("BodyText", block.runs, f'{shade}<w:shd w:val="clear" w:color="auto" w:fill="{wash}"/>')
        style = next((name for word, name in STYLES.items() if word in words), "BodyText")
        return self._styled(style, block.runs)

    def _listing(self, block: Listing) -> str:
        number = self.numbered() if block.ordered else 0
        more = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
        return "".join(self._item(item, more) for item in block.items)

    def _item(self, blocks: Iterable[Block], more: str) -> str:
        style = "ListNumber" if more else "ListBullet"
        made = ""
        for at, block in enumerate(blocks):
            first = at == 0 and isinstance(block, Paragraph)
            made += (
                self._styled(style, block.runs, more) if first and isinstance(block, Paragraph) else self._block(block)
            )
        return made

    def _term_list(self, block: TermList) -> str:
        return "".join(self._fact(term, said) for term, said in block.pairs)

    def _fact(self, term: Runs, said: tuple[Block, ...]) -> str:
        """Write a term and what is said of it in one paragraph where that is a paragraph."""
        bold = tuple(Run(run.text, strong=True, code=run.code) for run in term)
        if said and isinstance(said[0], Paragraph):
            between = (Run(": "),) if term else ()
            return self._styled("BodyText", bold + between + said[0].runs) + "".join(map(self._block, said[1:]))
        return self._styled("BodyText", bold) + "".join(map(self._block, said))

    def _table(self, block: Table, fitted: Fit) -> str:
        widths = [round(width * TWENTIETHS) for width in fitted.widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        words = escape(writable("".join(run.text for run in block.caption)), {'"': "&quot;"})
        named = f'<w:tblCaption w:val="{words}"/>' if words else ""
        first = int(bool(block.body) and bool(block.body[0]) and block.body[0][0].header)
        head = int(bool(block.head))
        facts = (
            f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{BORDERS}{INSETS}'
            f'<w:tblLook w:val="04A0" w:firstRow="{head}" w:lastRow="0" w:firstColumn="{first}" w:lastColumn="0" '
            f'w:noHBand="1" w:noVBand="1"/>{named}</w:tblPr>'
        )
        rows = "".join(_rows(block, widths, self, round(fitted.size * 2)))
        caption = self._styled("Caption", block.caption, KEPT)
        return f"{caption}<w:tbl>{facts}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{AFTER}"

    def cell_text(self, cell: Cell, size: int, *, strong: bool) -> str:
        """Write what a cell says, in its size of type."""
        side = '<w:jc w:val="right"/>' if cell.number else ""
        room = '<w:spacing w:before="0" w:after="700"/>' if cell.blank else CLOSE
        return f"<w:p><w:pPr>{room}{side}</w:pPr>{self._runs(cell.runs, size, strong=strong)}</w:p>"

    def _runs(self, runs: Runs, size: int = 0, *, strong: bool = False) -> str:
        return "".join(self._run(run, size, strong=strong) for run in runs)

    def _run(self, run: Run, size: int, *, strong: bool) -> str:
        look = "".join(_look(run, size, strong=strong))
        text = "<w:br/>" if run.text == "\n" else _text(run.text)
        made = f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{text}</w:r>"
        return f'<w:hyperlink r:id="{self.link(run.link)}">{made}</w:hyperlink>' if run.link else made


STYLES = {"summary": "Caption", "lead": "Subtitle", "note": "Note"}
KEPT = "<w:keepNext/>"
HALF, HALVES = '<w:gridCol w:w="5100"/>', '<w:tcW w:w="5100" w:type="dxa"/>'
WHOLE = '<w:tblW w:w="10200" w:type="dxa"/><w:tblLook w:val="0000"/>'
CLOSE = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
AFTER = (  # or two tables would become one; as small as a line can be
    '<w:p><w:pPr><w:spacing w:before="0" w:after="120" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
)
BORDERS = (
    '<w:tblBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:bottom w:val="single" w:sz="4" w:color="C3CCD6"/>'
    '<w:right w:val="nil"/><w:insideH w:val="single" w:sz="4" w:color="C3CCD6"/><w:insideV w:val="nil"/></w:tblBorders>'
)
INSETS = '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'


def writable(text: str) -> str:
    """Leave out what XML cannot hold: control characters."""
    return text.translate(FORBIDDEN)


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(writable(text))}</w:t>'


def _look(run: Run, size: int, *, strong: bool) -> Iterator[str]:
    """Give the properties of a run in the order that the format wants."""
    if run.code:
        yield '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>'
    if run.strong or strong:
        yield "<w:b/>"
    if run.emphasis:
        yield "<w:i/>"
    colour = run.colour.lstrip("#") or ("4A5664" if run.soft else "124A78" if run.link else "")
    if colour:
        yield f'<w:color w:val="{colour.upper()}"/>'
    if size or run.code:
        yield f'<w:sz w:val="{size or 17}"/>'
    if run.link:
        yield '<w:u w:val="single"/>'


def _rows(block: Table, widths: list[int], writer: Writer, size: int) -> Iterator[str]:
    """Write the rows; a cell that reaches down is carried on by an empty one in each row below, as the format wants."""
    heads, feet = len(block.head), len(block.rows) - len(block.foot)
    for at, line in enumerate(grid(block.rows)):
        head = at < heads
        strong = head or at >= feet
        texts = (writer.cell_text(place.cell, size, strong=strong) for place in line)
        cells = (_cell(place, widths, text, head=head) for place, text in zip(line, texts, strict=True))
        facts = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>" if _short(line) else ""
        yield f"<w:tr>{f'<w:trPr>{facts}</w:trPr>' if facts else ''}{''.join(cells)}</w:tr>"


def _short(line: list[Place]) -> bool:
    """Whether a row is so short that it stays on one page."""
    return all(sum(len(run.text) for run in place.cell.runs) < LONG for place in line)


def _cell(place: Place, widths: list[int], text: str, *, head: bool) -> str:
    cell = place.cell
    facts = f'<w:tcW w:w="{sum(widths[place.column : place.column + cell.across])}" w:type="dxa"/>'
    if cell.across > 1:
        facts += f'<w:gridSpan w:val="{cell.across}"/>'
    if cell.down > 1:
        facts += f'<w:vMerge w:val="{"restart" if place.first else "continue"}"/>'
    if head:
        facts += '<w:shd w:val="clear" w:color="auto" w:fill="F2F5F8"/>'
    return f"<w:tc><w:tcPr>{facts}</w:tcPr>{text if place.first else '<w:p/>'}</w:tc>"
