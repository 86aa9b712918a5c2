"""Read one of our own HTML pages into blocks. It knows the elements that our templates use; text is never lost."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape

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
    Table,
    TermList,
)
from evaluator.files.write.forms.html_tree import Node, tree

LEFT_OUT = {"head", "style", "script", "nav", "template"}  # Word and PDF readers make their own lists of headings
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
AROUND = {
    "html",
    "body",
    "main",
    "header",
    "footer",
    "section",
    "article",
    "div",
    "details",
    "form",
    "fieldset",
    "aside",
}
APART = AROUND | {*HEADINGS, "p", "ul", "ol", "dl", "table", "figure", "summary", "figcaption", "li", "dd", "pre"}
SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
SPACE = re.compile(r"[ \t\r\n\f]+")
LEAST = re.compile(r"min-width:([0-9]{1,3})ch")  # letters that a cell in which people write has room for
NEW_LINE = Run("\n")
GALLERY, HALF = "multiples", 245.0  # drawings that stand beside each other, and points that each may take
LATER, HERE = "in-annex", "annex-here"  # what is folded on a page stands, unfolded, in the annex of its printed forms
ON_SCREEN = "on-screen"  # what print leaves out, since it has it elsewhere or in a workbook
RUNNING = "running"  # the paragraph that stands over every page, and not between the blocks


def read_page(html: str) -> Page:
    """Read a page.

    Parameters
    ----------
    html : a whole page as our templates write it.

    Returns
    -------
    Its title and blocks, without the list of contents, the skip link and the style.
    """
    drawings: list[str] = []

    def kept(found: re.Match[str]) -> str:
        drawings.append(found[0])
        return f'<svg data-number="{len(drawings) - 1}"></svg>'

    root = tree(SVG.sub(kept, html))
    title = next((_text_of(node) for node in root.within("title")), "")
    running = next((_text_of(node) for node in root.within("p") if RUNNING in node.classes), "")
    return Page(title, tuple(_in_steps(_Reader(drawings).blocks(root))), running)


def _text_of(node: Node) -> str:
    return SPACE.sub(" ", "".join(one if isinstance(one, str) else _text_of(one) for one in node.children)).strip()


def _in_steps(blocks: Iterable[Block]) -> Iterator[Block]:
    """Let no heading be more than one level below the one before, and the first be of the first level."""
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            level = min(block.level, level + 1)
            block = replace(block, level=level)
        yield block


class _Reader:
    """Turn elements into blocks; the drawings stand apart as they were written."""

    def __init__(self, drawings: list[str]) -> None:
        self.drawings = drawings
        self.later: list[Block] = []

    def blocks(self, node: Node) -> Iterator[Block]:
        """Give an element's blocks; text that stands between them becomes paragraphs."""
        loose: list[Node | str] = []
        for child in node.children:
            if isinstance(child, Node) and (child.tag in APART or child.tag in LEFT_OUT or self._drawn(child)):
                yield from self._loose(loose)
                loose = []
                yield from self._block(child)
            else:
                loose.append(child)
        yield from self._loose(loose)

    def _drawn(self, node: Node) -> bool:
        return node.tag == "svg" and "<title" in self.drawings[int(node.attrs["data-number"])]

    def _loose(self, children: list[Node | str], kind: str = "") -> Iterator[Paragraph]:
        runs = tuple(self.runs(Node("p", children=children)))
        if runs:
            yield Paragraph(runs, kind)

    def _block(self, node: Node) -> Iterator[Block]:
        if node.tag in LEFT_OUT or RUNNING in node.classes or ON_SCREEN in node.classes:
            return
        if LATER in node.classes:
            self.later += [one for one in self.blocks(replace(node, attrs={})) if isinstance(one, Table)]
        else:
            yield from self._told(node)

    def _told(self, node: Node) -> Iterator[Block]:
        tag = node.tag
        if tag in HEADINGS:
            yield Heading(HEADINGS[tag], tuple(self.runs(node)), on_new_page="new-page" in node.classes)
        elif tag in ("p", "summary", "figcaption"):
            yield from self._loose(node.children, "summary" if tag != "p" else _kind(node))
        elif tag in ("ul", "ol"):
            yield Listing(tag == "ol", tuple(tuple(self.blocks(item)) for item in node.elements("li")))
        elif tag == "dl":
            yield TermList(tuple(self._pairs(node)))
        elif tag == "table":
            yield self._table(node)
        elif tag == "svg":
            yield self._picture(node, ())
        else:
            yield from self._figure(node) if tag == "figure" else self._around(node)

    def _around(self, node: Node) -> Iterator[Block]:
        """Give what an element holds that says nothing itself; small drawings stand beside each other."""
        if GALLERY in node.classes:
            pictures = (one for one in self.blocks(replace(node, attrs={})) if isinstance(one, Picture))
            yield Gallery(tuple(map(_halved, pictures)))
        elif HERE in node.classes:
            yield from self.later
        else:
            yield from self.blocks(node)

    def _pairs(self, node: Node) -> Iterator[tuple[tuple[Run, ...], tuple[Block, ...]]]:
        term: tuple[Run, ...] = ()
        for one in node.elements("dt", "dd", "div"):
            if one.tag == "div":
                yield from self._pairs(one)
            elif one.tag == "dt":
                term = tuple(self.runs(one))
            else:
                yield term, tuple(self.blocks(one))
                term = ()

    def _figure(self, node: Node) -> Iterator[Block]:
        """Give a figure: what belongs to the drawing, such as a legend, then the drawing under its caption."""
        captions = node.elements("figcaption")
        caption = tuple(self.runs(captions[0])) if captions else ()
        drawn = [one for one in node.within("svg") if self._drawn(one)]
        rest = [one for one in node.children if one not in captions and one not in drawn]
        if not drawn:
            yield from self.blocks(node)
            return
        for one in drawn:
            yield self._picture(one, caption)
        yield from self.blocks(Node("div", children=rest))

    def _picture(self, node: Node, caption: tuple[Run, ...]) -> Picture:
        svg = self.drawings[int(node.attrs["data-number"])]
        words = [
            unescape(SPACE.sub(" ", found).strip()) for found in re.findall(r"<(?:title|desc)[^>]*>(.*?)</", svg, re.S)
        ]
        box = re.search(r'viewBox="([^"]+)"', svg)
        width, height = map(float, box[1].split()[2:]) if box else (960.0, 400.0)
        if "xmlns=" not in svg:
            svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        return Picture(svg, width, height, caption, ". ".join(word.rstrip(".") for word in words) + ".")

    def _table(self, node: Node) -> Table:
        captions = node.elements("caption")
        parts: dict[str, list[Row]] = {"thead": [], "tbody": [], "tfoot": []}
        for part in node.elements("thead", "tbody", "tfoot", "tr"):
            rows = [part] if part.tag == "tr" else part.elements("tr")
            parts["tbody" if part.tag == "tr" else part.tag] += [self._row(row) for row in rows]
        caption = tuple(self.runs(captions[0])) if captions else ()
        return Table(caption, *(tuple(row for row in rows if row) for rows in parts.values()))

    def _row(self, node: Node) -> Row:
        return tuple(self._cell(one) for one in node.elements("th", "td"))

    def _cell(self, node: Node) -> Cell:
        style = node.attrs.get("style", "").replace(" ", "")
        return Cell(
            tuple(self.runs(node)),
            header=node.tag == "th",
            number="n" in node.classes or "text-align:right" in style,
            across=int(node.attrs.get("colspan") or 1),
            down=int(node.attrs.get("rowspan") or 1),
            blank="height:" in style,
            least=int(width[1]) if (width := LEAST.search(style)) else 0,
        )

    def runs(self, node: Node) -> list[Run]:
        """Give an element's text as runs, with spaces as a browser shows them; blocks inside it stand on new lines."""
        return _tidied(self._raw_runs(node, Run("")))

    def _raw_runs(self, node: Node, look: Run) -> Iterator[Run]:
        for child in node.children:
            if isinstance(child, str):
                yield look.saying(SPACE.sub(" ", child))
            elif child.tag == "br":
                yield NEW_LINE
            elif child.tag == "svg":
                yield from _sign(self.drawings[int(child.attrs["data-number"])])
            elif child.tag not in LEFT_OUT and "skip" not in child.classes:
                apart = child.tag in APART
                yield from [NEW_LINE] * apart
                yield from self._raw_runs(child, _look(child, look))
                yield from [NEW_LINE] * apart


def _halved(picture: Picture) -> Picture:
    """Let a drawing take half of the width of a page at most."""
    scale = min(HALF / picture.width, 1.0)
    return replace(picture, width=picture.width * scale, height=picture.height * scale)


def _kind(node: Node) -> str:
    return next((" ".join(node.classes) for one in ("status", "lead", "note") if one in node.classes), "")


def _look(node: Node, look: Run) -> Run:
    if node.tag in ("strong", "b", "dt"):
        return replace(look, strong=True)
    if node.tag in ("em", "i"):
        return replace(look, emphasis=True)
    if node.tag == "code":
        return replace(look, code=True)
    target = node.attrs.get("href", "") if node.tag == "a" else ""
    if target.startswith(("http://", "https://", "mailto:")):
        return replace(look, link=target)
    return replace(look, soft=True) if "soft" in node.classes or "note" in node.classes else look


SIGNS = (("<circle", "●"), ("<rect", "■"), ("<path", "┃"))
EMPTY, THICK, PAPER = "○", "◎", ("#fff", "#ffffff")


def _sign(svg: str) -> Iterator[Run]:
    """Give a sign of a legend as a character in its colour: an empty dot as a ring, with a thick edge as another."""
    sign = next((sign for shape, sign in SIGNS if shape in svg), "")
    colours = [one for one in re.findall(r'(?:fill|stroke)="(#[0-9a-f]{3,6})"', svg) if one not in PAPER]
    empty = any(f'fill="{one}"' in svg for one in PAPER)
    if sign and (colours or empty):
        ring = THICK if 'stroke-width="3"' in svg else EMPTY
        yield Run(ring if empty else sign, colour=colours[0] if colours else "")


def _tidied(raw: Iterable[Run]) -> list[Run]:
    """Let no space stand at the start or end of a line, none beside another, and no line stand empty."""
    made: list[Run] = []
    for run in raw:
        text = run.text
        if text == "\n":
            if made and made[-1].text.endswith(" "):
                made[-1] = made[-1].saying(made[-1].text.rstrip(" "))
            if made and made[-1].text != "\n":
                made.append(run)
            continue
        if not made or made[-1].text.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if text:
            made.append(run if text is run.text else run.saying(text))
    return _trimmed(made)


def _trimmed(made: list[Run]) -> list[Run]:
    while made and not made[-1].text.strip(" \n"):
        made.pop()
    if made:
        made[-1] = made[-1].saying(made[-1].text.rstrip(" "))
    return [run for run in made if run.text]
