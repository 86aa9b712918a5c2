"""What one of our pages says, apart from how it looks: headings, paragraphs, lists, facts, tables and pictures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with one look. A line break is a run of its own. ``colour`` is as in HTML: ``#1d3557``."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    soft: bool = False
    link: str = ""
    colour: str = ""

    def saying(self, text: str) -> "Run":
        """Give another text of the same look."""
        return Run(text, self.strong, self.emphasis, self.code, self.soft, self.link, self.colour)


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; levels never skip one on the way down. One that is ``on_new_page`` begins one."""

    level: int
    runs: Runs
    on_new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; its kind is empty, ``lead``, ``note``, ``summary`` or ``status`` (``good``, ``bad``, ``care``)."""

    runs: Runs
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item is blocks of its own."""

    ordered: bool
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True)
class TermList:
    """Terms, each with what is said of it."""

    pairs: tuple[tuple[Runs, tuple["Block", ...]], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``blank`` leaves room in which people write, ``least`` letters wide or more."""

    runs: Runs
    header: bool = False
    number: bool = False
    across: int = 1
    down: int = 1
    blank: bool = False
    least: int = 0


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, eq=False)  # known by itself, so that its widths are worked out once
class Table:
    """A table with its caption, heading rows, and rows below; ``foot`` are the last rows, such as totals."""

    caption: Runs
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    foot: tuple[Row, ...]

    @property
    def columns(self) -> int:
        """The number of columns."""
        rows = self.head or self.body or self.foot
        return sum(cell.across for cell in rows[0]) if rows else 0

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows from top to bottom."""
        return self.head + self.body + self.foot


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG text, with a name and a description for those who do not see it."""

    svg: str
    width: float
    height: float
    caption: Runs
    words: str


@dataclass(frozen=True, slots=True)
class Gallery:
    """Small drawings that stand beside each other, two in a row."""

    pictures: tuple[Picture, ...]


Block = Heading | Paragraph | Listing | TermList | Table | Picture | Gallery


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page: its title, its blocks from top to bottom, and what stands over every page of its printed forms."""

    title: str
    blocks: tuple[Block, ...]
    running: str = ""


def every(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give all blocks in the order in which they are read, those within lists and facts among them."""
    for block in blocks:
        yield block
        if isinstance(block, Listing):
            for item in block.items:
                yield from every(item)
        elif isinstance(block, TermList):
            for _, said in block.pairs:
                yield from every(said)
        elif isinstance(block, Gallery):
            yield from block.pictures
