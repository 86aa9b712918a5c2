"""Tables within a sheet: rows of headings, what each column is under them, and the rows that follow."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from evaluator.files.read.imports.grid import Grid
from evaluator.files.read.imports.mark_words import MarkWords
from evaluator.files.read.imports.names import BEGINS, Dimension
from evaluator.files.read.imports.reading import LONGEST_LABEL, Known
from evaluator.files.read.imports.vocabulary import Role, role_of, says_total, with_role

SEVERAL = 3  # names of one kind that make a row headings though a mark stands in it
SHORT = 30  # characters of such a heading with nothing but a space or a dash between the two
LONGEST_OF_TWO = 60  # characters of a heading that names two things
HEADING_ROWS = 30
PERCENT = re.compile(r"[0-9.]+ ?%")
ADDED = re.compile(r"(?:sum|average|max|min)(?:imum)? of (.+)", re.I)  # what pivot tables write before a heading
MOST_HEADINGS = 4  # rows of headings that stand upon one another
DIMENSIONS: tuple[Dimension, ...] = ("question", "bid", "evaluator", "theme")


@dataclass(frozen=True)
class Tag:
    """What a text says by itself: its role, and what it may name."""

    role: Role | None = None
    named: dict[Dimension, str] = field(default_factory=dict)  # the part of the text that names it
    rest: str = ""  # what stands beside the role and names nobody known, such as Reviewer 1

    def __bool__(self) -> bool:
        """Whether it says anything that headings say."""
        return self.role is not None or bool(self.named)


class Tags:
    """Reads texts as headings, each once."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.marks = MarkWords(known.criteria)
        self._kept: dict[str, Tag] = {}

    def of(self, text: str) -> Tag:
        """Say what a text says."""
        tag = self._kept.get(text)
        if tag is None:
            tag = self._kept[text] = self._read(text) if 0 < len(text) <= LONGEST_LABEL else Tag()
        return tag

    def _read(self, text: str) -> Tag:
        exact = {one: text for one in ("question", "bid") if self.known.names[one].exactly(text)}
        if exact:
            return Tag(None, {one: text for one in DIMENSIONS if self.named(one, text)})
        if role := role_of(text):
            return Tag(role)
        rest, role = with_role(text)
        if role and (named := self._parts(rest)):
            return Tag(role, named)
        if role and self.known.names["evaluator"].prefix.match(rest):
            return Tag(role, {}, rest)
        return Tag(None, self._parts(text))

    def _parts(self, text: str) -> dict[Dimension, str]:
        """Read a heading that names one thing, or two such as ``Q1 – Anna``."""
        whole = {one: text for one in DIMENSIONS if self.named(one, text)}
        matches = [self.known.names[one].find(text) for one in whole]
        if len(text) > LONGEST_OF_TWO or (len(matches) == 1 and matches[0].why != BEGINS):
            return whole
        for sign in (" - ", " – ", " — ", " | ", " / ", ": ", " (", "_", *(("-", " ") if len(text) <= SHORT else ())):
            for at in (at for at in range(1, len(text)) if text.startswith(sign, at)):
                first, second = text[:at].strip(), text[at + len(sign) :].strip(" )")
                named = {one: part for part in (first, second) for one in DIMENSIONS if self.named(one, part)}
                if len(set(named.values())) > 1:
                    return named
        return whole

    def named(self, dimension: Dimension, text: str) -> bool:
        """Whether a text surely names something of a kind."""
        match = self.known.names[dimension].find(text)
        return bool(match) and match.sure


@dataclass
class Head:
    """One column under its headings: their texts from above, what they say, and what of them says nothing known."""

    column: int
    labels: list[tuple[int, str]] = field(default_factory=list)
    role: Role | None = None
    named: dict[Dimension, tuple[int, str]] = field(default_factory=dict)  # the heading's row and text
    unknown: list[tuple[int, str]] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The headings as one text."""
        return " / ".join(dict.fromkeys(text for _, text in self.labels))


@dataclass
class Block:
    """A table: its rows of headings, its columns, and the rows under it."""

    headings: list[int]
    rows: list[int] = field(default_factory=list)
    heads: dict[int, Head] = field(default_factory=dict)


def side_by_side(grid: Grid, tags: Tags) -> list[Grid]:
    """Part a sheet where tables stand beside each other: where a row of headings begins again further right.

    A title that stands alone in its row is over all of them.
    """
    row, starts = next(((row, starts) for row in grid.lines if len(starts := _starts(grid, tags, row)) > 1), (0, []))
    ends = [*starts[1:], grid.last_column + 1]
    parts = [(first if at else 1, end) for at, (first, end) in enumerate(zip(starts, ends, strict=False))]
    return [_columns(grid, first, end, row) for first, end in parts] or [grid]


def _starts(grid: Grid, tags: Tags, row: int) -> list[int]:
    """Give the columns at which a row of headings begins and begins again: after a gap, or with the same headings."""
    texts = {column: grid.text(row, column) for column in grid.lines[row]}
    first = next((column for column, text in texts.items() if tags.of(text).role in DIMENSIONS), 0)
    again = [column for column, text in texts.items() if first and text == texts[first]]
    if len(again) < 2 or not is_heading(grid, tags, row):
        return []
    ends = [*again[1:], grid.last_column + 1]
    held = [[texts[at] for at in texts if start < at < end] for start, end in zip(again, ends, strict=True)]
    apart = all(start - 1 not in texts for start in again[1:])
    return again if all(held) and (apart or len(set(held[0]).intersection(*held[1:])) >= 2) else []


def _columns(grid: Grid, first: int, end: int, heading: int) -> Grid:
    rows = {}
    for row, cells in grid.sheet.rows.items():
        title = len(cells) == 1 and row < heading
        if kept := {column: held for column, held in cells.items() if title or first <= column < end}:
            rows[row] = kept
    return Grid(replace(grid.sheet, rows=rows), grid.file)


def blocks_of(grid: Grid, tags: Tags) -> tuple[list[int], list[Block]]:
    """Part a sheet into what stands above its tables and the tables."""
    before: list[int] = []
    found: list[Block] = []
    numbers = list(grid.lines)
    at = 0
    while at < len(numbers):
        stack = _headings_at(grid, tags, numbers, at)
        if stack:
            found.append(Block(stack))
            at = numbers.index(stack[-1], at) + 1
            continue
        (found[-1].rows if found else before).append(numbers[at])
        at += 1
    if not found and (heading := _pivot_heading(grid, tags)):
        place = numbers.index(heading)
        before, found = numbers[:place], [Block([heading], numbers[place + 1 :])]
    for place, block in enumerate(found):
        above = found[place - 1].rows if place else before
        _take_upper(grid, tags, block, above)
        block.heads = _heads(grid, tags, block)
    return before, found


def outline(grid: Grid, tags: Tags, rows: Sequence[int]) -> set[int]:
    """Give the rows of a pivot table that stand over others, where its one column names bids, people and questions."""
    firsts = {row: grid.lines[row][0] for row in rows}
    kinds = {row: _kind_of_label(tags, grid.text(row, at)) for row, at in firsts.items()}
    found = Counter(kind for kind in kinds.values() if kind)
    if len(found) < 2 or len(set(firsts.values())) > 1 or None in kinds.values() or not _ends_in(kinds, rows):
        return set()
    return {row for row in rows if kinds[row] != kinds[rows[-1]]}


def _kind_of_label(tags: Tags, text: str) -> Dimension | None:
    exact = [one for one in DIMENSIONS if tags.known.names[one].exactly(text)]
    named = exact or [one for one in DIMENSIONS if tags.named(one, text)]
    return named[0] if len(named) == 1 else None


def _ends_in(kinds: Mapping[int, Dimension | None], rows: Sequence[int]) -> bool:
    """Whether every kind stands over the next, down to the one of the last row."""
    order = list(dict.fromkeys(kinds[row] for row in rows))
    last = len(order) - 1
    steps = {(order.index(kinds[row]), order.index(kinds[below])) for row, below in pairwise(rows)}
    return order[-1] == kinds[rows[-1]] and all(at == last or below == at + 1 for at, below in steps)


def _pivot_heading(grid: Grid, tags: Tags) -> int:
    """Find the row above a pivot table of one column of marks, which no heading describes."""
    rows = [row for row in grid.lines if not says_total(grid.text(row, grid.lines[row][0]))]
    for above, row in pairwise(rows[:HEADING_ROWS]):
        under = [one for one in rows[rows.index(row) :] if len(grid.lines[one]) > 1]
        if under[:1] == [row] and outline(grid, tags, under):
            return above
    return 0


def _headings_at(grid: Grid, tags: Tags, numbers: Sequence[int], at: int) -> list[int]:
    """Give the rows of headings that begin at a row; rows of weights may stand between them."""
    if not is_heading(grid, tags, numbers[at]):
        return []
    stack, waiting = [numbers[at]], list[int]()
    for number in numbers[at + 1 : at + 1 + MOST_HEADINGS]:
        if number > (stack + waiting)[-1] + 1:
            break
        if is_heading(grid, tags, number):
            stack, waiting = [*stack, *waiting, number], []
        elif says_total(grid.text(number, grid.lines[number][0])):
            waiting.append(number)
        else:
            break
    return stack


def is_heading(grid: Grid, tags: Tags, row: int) -> bool:
    """Whether a row holds headings: several words for what stands below, or several names of one kind, and no mark."""
    texts = [grid.text(row, column) for column in grid.lines[row]]
    marks = sum(bool(tags.marks.read(text)) for text in texts)
    if marks:  # a number may be a question's as well
        return marks == 1 and len(texts) > SEVERAL and max(_exact(tags, texts)) >= SEVERAL
    found = [tags.of(text) for text in texts]
    bare = zip(texts, found, strict=True)
    roles = sum(tag.role is not None and not tag.named and not PERCENT.fullmatch(text) for text, tag in bare)
    both = sum(tag.role is not None and bool(tag.named) for tag in found)
    several = max((len({tag.named[one] for tag in found if one in tag.named}) for one in DIMENSIONS), default=0)
    different = Counter(tuple(sorted(tag.named)) for tag in found if tag.named)
    if several >= 2 and _one_kind(tags, texts):
        return True
    if all(tag.role in (None, "aside") and not tag.named for tag in found):
        return False
    return roles >= 2 or both >= 2 or (roles >= 1 and bool(different) and not _says_who(found))


def _exact(tags: Tags, texts: Sequence[str]) -> Iterator[int]:
    """Count for each kind the different things that texts name by their whole ids or names."""
    for one in DIMENSIONS:
        short = (text for text in texts if len(text) <= LONGEST_OF_TWO)
        yield len({ids for text in short if (ids := tags.known.names[one].exactly(text))})


def _one_kind(tags: Tags, texts: Sequence[str]) -> bool:
    """Whether the names in a row are several things of one kind, and not one thing said twice."""
    for one in DIMENSIONS:
        ids = {tags.known.names[one].find(tag.named[one]).ids for tag in map(tags.of, texts) if one in tag.named}
        if len(ids) >= 2:
            return True
    return False


def _says_who(found: Sequence[Tag]) -> bool:
    """Whether a row only says who or what a sheet is about, such as ``Evaluator | Anna Khan``."""
    told = [tag for tag in found if tag]
    return len(told) == 2 and told[0].role in told[1].named


def _take_upper(grid: Grid, tags: Tags, block: Block, above: list[int]) -> None:
    """Take the row just above the headings as one of them where it groups columns, whatever its names are."""
    if not above or above[-1] != block.headings[0] - 1:
        return
    row, first = above[-1], grid.lines[block.headings[0]][0]
    columns = grid.lines[row]
    texts = [grid.text(row, column) for column in columns]
    over = [column for column in columns if column > first]
    grouped = len(over) >= 2 or any(grid.anchor(row, column + 1) == grid.anchor(row, column) for column in over)
    short = all(len(text) <= LONGEST_LABEL // 2 for text in texts) and not any(tags.of(text).role for text in texts)
    if grouped and len(over) == len(columns) and short and len(set(texts)) == len(texts):
        block.headings.insert(0, above.pop())


def _heads(grid: Grid, tags: Tags, block: Block) -> dict[int, Head]:
    heads = {column: Head(column) for column in range(1, grid.last_column + 1)}
    bottom = block.headings[-1]
    for row in block.headings:
        kind = _kind_of_row(grid, tags, row)
        for column, text in _spread(grid, tags, row, bottom):
            _add(heads[column], tags, row, text, kind)
    return heads


def _kind_of_row(grid: Grid, tags: Tags, row: int) -> Dimension | None:
    """Say what most names in a row of headings are names of."""
    found = [tags.of(grid.text(row, column)) for column in grid.lines[row]]
    counts = {one: sum(one in tag.named for tag in found) for one in DIMENSIONS}
    best = max(DIMENSIONS, key=counts.__getitem__)
    return best if counts[best] else None


def _spread(grid: Grid, tags: Tags, row: int, bottom: int) -> Iterator[tuple[int, str]]:
    """Give the heading over each column; one of an upper row stands over the columns to its right as well."""
    over, below = "", set[str]()
    for column in range(1, grid.last_column + 1):
        text, lowest = grid.text(row, column), grid.text(bottom, column)
        if text:
            over, below = text, {lowest}
            if (row, column) in grid.merged:
                over = ""  # it says itself how far it reaches
            yield column, text
        elif (
            row != bottom
            and over
            and lowest
            and lowest not in below
            and tags.of(lowest).role in ("mark", "reason", None)
        ):
            below.add(lowest)
            yield column, over
        elif lowest or not over:
            over = ""


def _add(head: Head, tags: Tags, row: int, text: str, kind: Dimension | None) -> None:
    if any(text == other for _, other in head.labels):
        return
    head.labels.append((row, text))
    tag = tags.of(added[1] if (added := ADDED.fullmatch(text)) and role_of(added[1]) == "mark" else text)
    if not tag or tag.rest:
        head.unknown.append((row, tag.rest or text))
    if tag.role and head.role != "aside":
        head.role = tag.role
    if len(set(tag.named.values())) > 1:
        head.named.update({one: (row, part) for one, part in tag.named.items()})
    elif tag.named:
        one = kind if kind and kind in tag.named else next(one for one in DIMENSIONS if one in tag.named)
        head.named.setdefault(one, (row, tag.named[one]))
    if head.named and head.role in DIMENSIONS:
        head.role = None
