"""How wide the columns of a table must be so that nothing is cut off, and when a page has to be turned for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter

from evaluator.files.write.forms.blocks import Block, Cell, Heading, Paragraph, Table
from evaluator.files.write.forms.grid import grid

PORTRAIT, LANDSCAPE = 510, 757  # points of A4 between the margins
SIZES = (9.0, 8.0, 7.5, 7.0)  # of type, in points; the first that fits is taken, in Word from the second on
WORD, TYPST = 1.15, 0.95  # how wide the type of each is, beside Arial as measured below; Word's may be DejaVu Sans
GAP = 10.0  # points beside each cell
BOLD = 1.1
LONGEST_WORD, LONGEST_LINE = 24, 60  # characters; longer words are broken, longer lines are folded
FOLDED = 3  # characters beyond the longest line that ask for one more of width
USUAL = 0.56  # width of a digit and of most letters in Arial, by the size of type; of the others in the table
WIDE = {
    letter: width
    for width, letters in (
        (0.28, " !,./:;I[\\]ftijl|'"),
        (0.36, '()-`r"*{}'),
        (0.5, "Jcksvxyz"),
        (0.61, "FTZ<>=+~"),
        (0.67, "&ABEKPSVXY"),
        (0.72, "CDHNRUw"),
        (0.78, "GOQ"),
        (0.86, "Mm%"),
        (1.0, "W@"),
    )
    for letter in letters
}


@dataclass(frozen=True)
class Fit:
    """How a table is set: the size of type, the share of the width of each column, and whether the page is turned.

    ``natural`` tells that the table is narrower than the page and takes only the room that it needs.
    """

    size: float
    widths: tuple[float, ...]
    turned: bool
    natural: bool


@lru_cache(maxsize=256)  # each table is asked for twice in each form
def fit(table: Table, font: float) -> Fit:
    """Choose a size of type and widths for a table; it is turned only if its longest words do not fit otherwise.

    Widths of words are worked out for size 1 first. ``font`` is ``WORD`` or ``TYPST``.
    """
    words, lines, often = _needs(table, font)
    for room, turned in ((PORTRAIT, False), (LANDSCAPE, True)):
        for size in SIZES[font == WORD :]:
            least = [one * size + GAP for one in words]
            if sum(least) <= room:
                wanted = [one * size + GAP for one in lines]
                widths, written_in = _shared(least, wanted, often, room), _written_in(table)
                if written_in:
                    widths = [one * room / sum(widths) for one in widths]
                return Fit(size, tuple(widths), turned, sum(wanted) < room and not written_in)
    least = [one * SIZES[-1] + GAP for one in words]
    return Fit(SIZES[-1], tuple(one * LANDSCAPE / sum(least) for one in least), turned=True, natural=False)


def sections(blocks: Iterable[Block], font: float) -> Iterator[tuple[bool, tuple[Block, ...]]]:
    """Part blocks into those on upright pages and those on turned ones; headings go with the table that they head.

    So does a paragraph that stands alone between a heading and what is turned.
    """
    listed = list(blocks)
    turned = [isinstance(block, Table) and fit(block, font).turned for block in listed]
    for at in range(len(listed) - 2, -1, -1):
        alone = isinstance(listed[at], Paragraph) and at > 0 and isinstance(listed[at - 1], Heading)
        turned[at] = turned[at] or ((alone or isinstance(listed[at], Heading)) and turned[at + 1])
    for side, group in groupby(zip(turned, listed, strict=True), key=itemgetter(0)):
        yield side, tuple(block for _, block in group)


def _written_in(table: Table) -> bool:
    """Whether a table leaves room in which people write, so that it takes the whole width."""
    return any(cell.blank and not cell.header for row in table.body for cell in row)


def _needs(table: Table, font: float) -> tuple[list[float], list[float], list[float]]:
    """Give the longest word and the longest line of each column, by the size of type, and all its lines together."""
    words, lines, often = [1.0] * table.columns, [1.0] * table.columns, [1.0] * table.columns
    for cell, at, first in chain.from_iterable(grid(table.rows)):
        if first and cell.across == 1 and at < len(words):
            word, line = _longest(cell, font)
            words[at], lines[at], often[at] = max(words[at], word), max(lines[at], line), often[at] + line
    return words, lines, often


def _longest(cell: Cell, font: float) -> tuple[float, float]:
    text = cell.runs[0].text if len(cell.runs) == 1 else "".join([run.text for run in cell.runs])
    strong = font * (BOLD if cell.header or any(run.strong for run in cell.runs) else 1.0)
    line = max(text.split("\n"), key=len)
    whole = cell.number and not cell.header and len(line) <= LONGEST_WORD  # a number is never folded
    words = [line] if whole else text.split()
    beyond = max(len(line) - LONGEST_LINE, 0) * USUAL / FOLDED
    widest = max((measure(word[:LONGEST_WORD]) for word in words), default=0.0)
    widest = max(widest, cell.least * USUAL)
    return widest * strong, (measure(line[:LONGEST_LINE]) + beyond) * strong


@lru_cache(maxsize=2**15)  # tables say the same words again and again
def measure(text: str) -> float:
    """Give the width of a text in Arial, by the size of type.

    >>> round(measure("B005"), 2), round(measure("Recommended"), 2)
    (2.35, 6.86)
    """
    return sum(WIDE.get(letter, USUAL) for letter in text)


def _shared(least: list[float], wanted: list[float], often: list[float], room: float) -> list[float]:
    """Give each column what it must have, and share what is left: most to those with most to say, none beyond its wish.

    Parameters
    ----------
    often : how long the lines of each column are together.
    """
    widths, left = list(least), room - sum(least)
    hungry = [at for at, (have, want) in enumerate(zip(least, wanted, strict=True)) if want > have]
    while hungry and left > 1:
        whole = sum(often[at] for at in hungry)
        given = {at: min(wanted[at] - widths[at], left * often[at] / whole) for at in hungry}
        for at, more in given.items():
            widths[at] += more
        left -= sum(given.values())
        hungry = [at for at in hungry if wanted[at] - widths[at] > 1]
    return widths
