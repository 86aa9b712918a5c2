"""How wide the columns of a table must be so that nothing is cut off, and when a page has to be turned for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter

from evaluator.files.forms.blocks import Block, Cell, Heading, Table
from evaluator.files.forms.grid import grid

PORTRAIT, LANDSCAPE = 510, 757  # points of A4 between the margins
SIZES = (9.0, 8.0, 7.5)  # of type, in points; the first that fits is taken
CHARACTER = 0.52  # of the size of type, on average
GAP = 10.0  # points beside each cell
BOLD = 1.1
LONGEST_WORD, LONGEST_LINE = 24, 60  # characters; longer words are broken, longer lines are folded
FOLDED = 3  # characters beyond the longest line that ask for one more of width


@dataclass(frozen=True)
class Fit:
    """How a table is set: the size of type, the share of the width of each column, and whether the page is turned.

    ``natural`` tells that the table is narrower than the page and takes only the room that it needs.
    """

    size: float
    widths: tuple[float, ...]
    turned: bool
    natural: bool


@lru_cache(maxsize=256)  # Word and PDF ask for the same tables
def fit(table: Table) -> Fit:
    """Choose a size of type and widths for a table; it is turned only if its longest words do not fit otherwise."""
    words, lines = _needs(table)
    for room, turned in ((PORTRAIT, False), (LANDSCAPE, True)):
        for size in SIZES:
            least = [one * size * CHARACTER + GAP for one in words]
            if sum(least) <= room:
                wanted = [one * size * CHARACTER + GAP for one in lines]
                return Fit(size, tuple(_shared(least, wanted, room)), turned, sum(wanted) < room)
    least = [one + GAP for one in words]
    return Fit(SIZES[-1], tuple(one * LANDSCAPE / sum(least) for one in least), True, False)


def sections(blocks: Iterable[Block]) -> Iterator[tuple[bool, tuple[Block, ...]]]:
    """Part blocks into those on upright pages and those on turned ones; headings go with the table that they head."""
    listed = list(blocks)
    turned = [isinstance(block, Table) and fit(block).turned for block in listed]
    for at in range(len(listed) - 2, -1, -1):
        turned[at] = turned[at] or (isinstance(listed[at], Heading) and turned[at + 1])
    for side, group in groupby(zip(turned, listed, strict=True), key=itemgetter(0)):
        yield side, tuple(block for _, block in group)


def _needs(table: Table) -> tuple[list[float], list[float]]:
    """Give the longest word and the longest line of each column, in characters."""
    words, lines = [1.0] * table.columns, [1.0] * table.columns
    for cell, at, first in chain.from_iterable(grid(table.rows)):
        if first and cell.across == 1 and at < len(words):
            word, line = _longest(cell)
            words[at], lines[at] = max(words[at], word), max(lines[at], line)
    return words, lines


def _longest(cell: Cell) -> tuple[float, float]:
    text = cell.runs[0].text if len(cell.runs) == 1 else "".join([run.text for run in cell.runs])
    strong = BOLD if cell.header or any(run.strong for run in cell.runs) else 1.0
    line = max(map(len, text.split("\n")))
    whole = cell.number and not cell.header and line <= LONGEST_WORD  # a number is never folded
    word = line if whole else max(map(len, text.split()), default=0)
    return min(word, LONGEST_WORD) * strong, (min(line, LONGEST_LINE) + max(line - LONGEST_LINE, 0) / FOLDED) * strong


def _shared(least: list[float], wanted: list[float], room: float) -> list[float]:
    """Give each column what it must have, and share what is left by what each would like beside that."""
    left = room - sum(least)
    more = [max(want - have, 0.0) for want, have in zip(wanted, least, strict=True)]
    share = left / (sum(more) or 1.0)
    if share >= 1:
        return [max(pair) for pair in zip(least, wanted, strict=True)]
    return [have + extra * share for have, extra in zip(least, more, strict=True)]
