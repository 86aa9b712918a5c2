"""Blocks as typst source. Every text stands in it as a quoted string, so that no bidder's words become commands."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from evaluator.files.write.forms.blocks import (
    Block,
    Cell,
    Gallery,
    Heading,
    Listing,
    Page,
    Paragraph,
    Picture,
    Row,
    Run,
    Runs,
    Table,
    TermList,
)
from evaluator.files.write.forms.column_widths import LONGEST_WORD, PORTRAIT, TYPST, Fit, fit, sections
from evaluator.files.write.forms.glyphs import shown

TALLEST = 690  # points of a page that a picture may take
SOFT = "#4a5664"
INK = {"good": ("#14532d", "#e3f3e6"), "bad": ("#8a1409", "#fbe6e3"), "care": ("#4d3500", "#fdf3d3")}
HEAD = """#set document(title: {title}, date: datetime(year: 2000, month: 1, day: 1))
#set page(paper: "a4", margin: (x: 15mm, top: {top}mm, bottom: 18mm), header: {header}, footer: context {{
  set text(8pt, fill: rgb("{soft}"))
  grid(columns: (1fr, auto), {title}, "Page " + counter(page).display("1 of 1", both: true))
}})
#set text(lang: "en", region: "GB", size: 10.5pt, fill: rgb("#1b2430"), font: ("Libertinus Serif", "DejaVu Sans Mono"),
  number-type: "lining", number-width: "tabular")
#set par(leading: 0.62em, spacing: 0.95em)
#set table(stroke: (x, y) => (bottom: 0.5pt + rgb("#c3ccd6")), inset: (x: 4pt, y: 3pt))
#set figure(numbering: none, supplement: none, gap: 0.5em)
#set figure.caption(position: top)
#show figure: set block(breakable: true)
#show figure: set align(left)
#show figure.caption: it => block(sticky: true, width: 100%, strong(it.body))
#show heading: set text(fill: rgb("#1d3557"))
#show heading: set block(above: 1.5em, below: 0.75em, sticky: true)
#show heading.where(level: 1): set text(21pt)
#show heading.where(level: 2): set text(15pt)
#show heading.where(level: 3): set text(12pt)
#show heading.where(level: 4): set text(11pt)
#show raw: set text(8.5pt, font: "DejaVu Sans Mono")
#show link: set text(fill: rgb("#124a78"))
#let soft(it) = text(fill: rgb("{soft}"), it)
#let note(it) = par(text(9.5pt, fill: rgb("{soft}"), it))
#let lead(it) = par(text(12.5pt, it))
#let box-of(ink, wash, it) = block(width: 100%, fill: rgb(wash), stroke: (left: 3pt + rgb(ink)), inset: 8pt,
  text(fill: rgb(ink), it))
"""


def typst_source(page: Page) -> str:
    """Write a page as the source of a PDF."""
    title = quoted(page.title)
    over = f'text(8.5pt, weight: "bold", fill: rgb("{INK["bad"][0]}"), {quoted(page.running)})'
    header, top = (over, 20) if page.running else ("none", 16)
    head = HEAD.format(title=title, soft=SOFT, header=header, top=top)
    return head + "\n".join(f"#{text}" for text in _pages(page.blocks)) + "\n"


def quoted(text: str) -> str:
    r"""Write a text as a string of typst, each character as it is shown.

    >>> quoted('say "#panic()" \\ *now*')
    '"say \\"#panic()\\" \\\\ *now*"'
    """
    safe = shown(unicodedata.normalize("NFC", text)).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{safe}"'


def _pages(blocks: Iterable[Block]) -> Iterator[str]:
    """Write the blocks of upright pages one by one, and those of a turned one together."""
    for turned, group in sections(blocks, TYPST):
        if turned:
            yield f"page(flipped: true, {{{'; '.join(map(_block, group))}}})"
        else:
            yield from map(_block, group)


def _block(block: Block) -> str:
    return WRITERS[type(block)](block)


def _content(runs: Runs, *, narrow: bool = False) -> str:
    """Write runs as one piece of content; in a narrow place long words may be broken."""
    return "{" + "; ".join(_run(run, narrow=narrow) for run in runs) + "}" if runs else "[]"


def _run(run: Run, *, narrow: bool) -> str:
    if run.text == "\n":
        return "linebreak()"
    text = quoted(_breakable(run.text) if narrow else run.text)
    written = f"raw({text})" if run.code else text
    for used, name in ((run.strong, "strong"), (run.emphasis, "emph"), (run.soft, "soft")):
        written = f"{name}({written})" if used else written
    if run.colour:
        written = f'text(fill: rgb("{run.colour}"), {written})'
    return f"link({quoted(run.link)}, {written})" if run.link else written


def _breakable(text: str) -> str:
    """Let a word that is longer than a column break anywhere."""
    return " ".join(word if len(word) <= LONGEST_WORD else "\u200b".join(word) for word in text.split(" "))


def _heading(block: Heading) -> str:
    written = f"heading(level: {block.level}, {_content(block.runs)})"
    return f"{{pagebreak(weak: true); {written}}}" if block.on_new_page else written


def _paragraph(block: Paragraph) -> str:
    words = block.kind.split()
    content = _content(block.runs)
    if "status" in words:
        ink, wash = next((INK[word] for word in words if word in INK), ("#1b2430", "#f2f5f8"))
        return f'box-of("{ink}", "{wash}", {content})'
    if block.kind == "summary":
        return f"par(strong({content}))"
    return f"{words[0]}({content})" if words and words[0] in ("lead", "note") else f"par({content})"


def _listing(block: Listing) -> str:
    items = ", ".join(_inner(item) for item in block.items)
    return f"{'enum' if block.ordered else 'list'}({items})"


def _inner(blocks: Iterable[Block]) -> str:
    """Write the blocks of an item; a lone paragraph is its text."""
    listed = tuple(blocks)
    if len(listed) == 1 and isinstance(listed[0], Paragraph):
        return _content(listed[0].runs)
    return "{" + "; ".join(map(_block, listed)) + "}" if listed else "[]"


def _term_list(block: TermList) -> str:
    items = (f"terms.item({_content(term)}, {_inner(said)})" for term, said in block.pairs)
    return f"terms(hanging-indent: 2em, {', '.join(items)})"


def _picture(block: Picture) -> str:
    scale = min(PORTRAIT / block.width, TALLEST / block.height, 1.0)
    size = f"width: {block.width * scale:.1f}pt, height: {block.height * scale:.1f}pt"
    picture = f'image(bytes({quoted(block.svg)}), format: "svg", alt: {quoted(block.words)}, {size})'
    return f"figure({picture}, caption: {_content(block.caption)})" if block.caption else f"figure({picture})"


def _gallery(block: Gallery) -> str:
    pictures = ", ".join(map(_picture, block.pictures))
    return f"block(width: 100%, {{set text(9pt); grid(columns: (1fr, 1fr), gutter: 12pt, {pictures})}})"


def _framed(block: Table) -> str:
    fitted = fit(block, TYPST)
    caption = f", caption: {_content(block.caption)}" if block.caption else ""
    made = f"figure(kind: table, {_table(block, fitted)}{caption})"
    return f"block(width: 100%, below: 1.4em, {{set text({fitted.size}pt); set par(leading: 0.5em); {made}}})"


def _table(block: Table, fitted: Fit) -> str:
    width = "pt" if fitted.natural else "fr"
    columns = ", ".join(f"{one:.1f}{width}" for one in fitted.widths)
    parts = [f"columns: ({columns},)"]
    if block.head:
        cells = ", ".join(_cells(block.head, head=True))
        parts.append(f"table.header({cells})")
    parts += _cells(block.body)
    if block.foot:
        parts.append(f"table.footer(repeat: false, {', '.join(_cells(block.foot, strong=True))})")
    return f"table({', '.join(parts)})"


def _cells(rows: tuple[Row, ...], *, head: bool = False, strong: bool = False) -> list[str]:
    return [_cell(cell, head=head, strong=head or strong) for row in rows for cell in row]


def _cell(cell: Cell, *, head: bool, strong: bool) -> str:
    content = _content(cell.runs, narrow=True)
    content = f"strong({content})" if strong and cell.runs else content
    if cell.blank:
        content = f"block(height: 16mm, {content})"
    facts = []
    if cell.number:
        facts.append("align: right")
    if head:
        facts.append('fill: rgb("#f2f5f8")')
    facts += [f"{name}: {count}" for name, count in (("colspan", cell.across), ("rowspan", cell.down)) if count > 1]
    return f"table.cell({', '.join(facts)}, {content})" if facts else content


WRITERS: Mapping[type, Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Listing: _listing,
    TermList: _term_list,
    Table: _framed,
    Picture: _picture,
    Gallery: _gallery,
}
