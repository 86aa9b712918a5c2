"""Dots on a scale, a strip for each group: who stands where, how large each is, and where the line falls."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from math import isqrt
from typing import Literal

Kind = Literal["taken", "left", "passed_over"]
WIDTH, LEFT, PLOT = (
    340,
    16,
    308,
)  # units of a drawing, which is shown no wider: its text stays as large as it is written
LINE, FOOT, LETTER = 19, 24, Fraction(38, 5)  # of words: a line of them, room below the strip, the width of a letter
SMALL, GROWS = 25, 50  # tenths of a unit: the radius of a dot that costs nothing, and what the dearest has beside that
APART, FURTHEST = 10, 420  # tenths of a unit: steps away from the middle of the strip, and how far they go in a crowd
MOST_TICKS = 6
CROWD = 120  # dots of a strip, beyond which each is drawn half as large


@dataclass(frozen=True)
class Dot:
    """What is drawn as a dot: its place on the scale, its size beside that of others, and what became of it."""

    value: Fraction
    size: int
    kind: Kind


@dataclass(frozen=True)
class Named:
    """A dot that is named: its value, in words, and whether it was passed over."""

    value: Fraction
    words: str
    passed_over: bool = False


@dataclass(frozen=True)
class Scale:
    """The ends of a scale and its round numbers; with ``falling`` the lowest value is best, and stands on the right."""

    low: Fraction
    high: Fraction
    steps: tuple[Fraction, ...]
    falling: bool = False

    def x(self, value: Fraction) -> Fraction:
        """Give where a value stands, in units of the drawing."""
        share = (value - self.low) / (self.high - self.low)
        return LEFT + PLOT * (1 - share if self.falling else share)


@dataclass(frozen=True)
class Placed:
    """A dot with its place and radius."""

    x: str
    y: str
    r: str
    kind: Kind


@dataclass(frozen=True)
class Label:
    """The name of a dot, where it stands, and the line that leads from it to the dot."""

    words: str
    x: str
    y: int
    left: str
    width: str
    at: str
    to: str
    passed_over: bool


@dataclass(frozen=True)
class Strip:
    """A strip with everything in place, its finding as title, and words for those who do not see it."""

    id: str
    title: str
    words: str
    dots: tuple[Placed, ...]
    labels: tuple[Label, ...]
    ticks: tuple[tuple[str, str], ...]
    top: int
    bottom: int

    @property
    def width(self) -> int:
        """The width of the drawing."""
        return WIDTH

    @property
    def height(self) -> int:
        """The height of the drawing."""
        return self.bottom + FOOT


def scale_of(values: Iterable[Fraction], *, falling: bool = False) -> Scale:
    """Give a scale of round numbers that holds all values; strips that share it can be laid beside each other.

    >>> scale = scale_of([Fraction(52), Fraction(86)])
    >>> [int(step) for step in scale.steps], int(scale.low), int(scale.high)
    ([50, 60, 70, 80, 90], 50, 90)
    """
    every = tuple(values) or (Fraction(0),)
    low, high = min(every), max(every)
    step = next(size for size in _sizes() if (high - low) / size <= MOST_TICKS - 2)
    first, last = low // step, -(-high // step)
    last = max(last, first + 1)
    return Scale(first * step, last * step, tuple(step * at for at in range(first, last + 1)), falling)


def _sizes() -> Iterator[Fraction]:
    size = Fraction(1, 1000)
    while True:
        yield from (size, size * 2, size * 5)
        size *= 10


def dot_strip(
    id: str, title: str, words: str, scale: Scale, largest: int, dots: Sequence[Dot], named: Sequence[Named]
) -> Strip:
    """Place dots on a scale, each as near to the middle as those before it leave room for.

    Parameters
    ----------
    id : starts the ids of the title and the description, so it is used once on a page.
    largest : the size of the largest dot of all strips that share the scale.
    named : the dots that are named, each on a line of its own above the strip.
    """
    placed = list(_placed(scale, largest, dots))
    most = max((abs(y) + r for _, y, r, _ in placed), default=SMALL)
    top = LINE * len(named) + 8
    middle = top + Fraction(most, 10)
    shown = tuple(Placed(_tenths(x), _tenths(middle * 10 + y), _tenths(r), kind) for x, y, r, kind in placed)
    where = {
        (dot.value, dot.kind == "passed_over"): y for dot, (_, y, _, _) in zip(_in_order(dots), placed, strict=True)
    }
    labels = tuple(
        _label(one, scale, at, middle * 10 + where.get((one.value, one.passed_over), 0)) for at, one in enumerate(named)
    )
    ticks = tuple((_tenths(round(scale.x(step) * 10)), f"{float(step):g}") for step in scale.steps)
    return Strip(id, title, words, shown, labels, ticks, top, int(middle + Fraction(most, 10)) + 6)


def _in_order(dots: Sequence[Dot]) -> list[Dot]:
    return sorted(dots, key=lambda dot: (dot.value, dot.kind, -dot.size))


def _placed(scale: Scale, largest: int, dots: Sequence[Dot]) -> Iterator[tuple[int, int, int, Kind]]:
    """Give each dot's place beside the middle and its radius, in tenths of a unit."""
    before: list[tuple[int, int, int]] = []
    half = 2 if len(dots) > CROWD else 1
    for dot in _in_order(dots):
        x = round(scale.x(dot.value) * 10)
        r = (SMALL + (isqrt(10_000 * dot.size // largest) * GROWS // 100 if largest else 0)) // half
        reach = r + (SMALL + GROWS) // half + APART
        near = [*takewhile(lambda one: abs(one[0] - x) < reach, reversed(before))]  # noqa: B023 - used at once
        y = next((y for y in _offsets(len(dots)) if all(_is_free(x, y, r, one) for one in near)), 0)
        before.append((x, y, r))
        yield x, y, r, dot.kind


def _offsets(dots: int) -> Iterator[int]:
    """Give steps away from the middle: as far as so many dots can need, and of a crowd as far as a page has room."""
    yield 0
    furthest = FURTHEST if dots > CROWD else dots * (2 * (SMALL + GROWS) + APART)
    for away in range(APART, max(furthest, FURTHEST) + 1, APART):
        yield from (-away, away)


def _is_free(x: int, y: int, r: int, other: tuple[int, int, int]) -> bool:
    there_x, there_y, there_r = other
    return bool((x - there_x) ** 2 + (y - there_y) ** 2 >= (r + there_r + APART // 2) ** 2)


def _label(one: Named, scale: Scale, at: int, dot: Fraction) -> Label:
    """Place a name as near above its dot as the drawing has room for."""
    x, half = scale.x(one.value), LETTER * len(one.words) / 2
    middle = min(max(x, 2 + half), WIDTH - 2 - half)
    y = LINE * at + 14
    box = (_tenths(round((middle - half) * 10)), _tenths(round(half * 20)))
    return Label(one.words, _tenths(round(middle * 10)), y, *box, _tenths(round(x * 10)), _tenths(dot), one.passed_over)


def _tenths(tenths: Fraction | int) -> str:
    whole = round(tenths)
    return f"{whole // 10}.{whole % 10}" if whole % 10 else str(whole // 10)
