"""Plain bar charts as inline SVG: where each bar, tick and word stands. Each has its data in a table beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

LEFT, PLOT, RIGHT, ROW, TOP, GAP = 280, 450, 230, 19, 26, 10
WIDTH = LEFT + PLOT + RIGHT
LONGEST_LABEL = 38


@dataclass(frozen=True)
class Bar:
    """One row: its label, the parts of its bar in order, what is written at its end, and a limit if it has one.

    ``first`` starts a new group, whose name stands above it; ``filled`` draws the mark before the label full.
    """

    label: str
    parts: tuple[Fraction, ...]
    end: str
    limit: Fraction | None = None
    group: str = ""
    filled: bool | None = None


@dataclass(frozen=True)
class Box:
    """A drawn part of a bar."""

    x: str
    width: str
    shade: int


@dataclass(frozen=True)
class Drawn:
    """A row with its places worked out, in units of the drawing."""

    bar: Bar
    y: int
    boxes: tuple[Box, ...]
    limit: str
    end: str


@dataclass(frozen=True)
class Chart:
    """A chart: its title, a description for those who do not see it, what the shades mean, and everything in place."""

    id: str
    title: str
    description: str
    legend: tuple[str, ...]
    rows: tuple[Drawn, ...]
    ticks: tuple[tuple[str, str], ...]
    height: int
    has_limits: bool
    has_marks: bool

    @property
    def width(self) -> int:
        """The width of the drawing."""
        return WIDTH

    @property
    def bottom(self) -> int:
        """Where the lines of the scale end."""
        return self.height - GAP


def bar_chart(
    id: str, title: str, description: str, legend: Sequence[str], bars: Sequence[Bar], unit: str = ""
) -> Chart:
    """Place bars one below the other on one scale that starts at nought.

    Parameters
    ----------
    id : starts the ids of the title and the description, so it is used once on a page.
    legend : what the parts of the bars are, in their order; at most four.
    unit : written before the numbers of the scale, such as ``£``.
    """
    most = max((_reach(bar) for bar in bars), default=Fraction(0)) or Fraction(1)
    rows = tuple(_placed(bars, most))
    height = (rows[-1].y + ROW if rows else TOP) + GAP
    ticks = tuple((_number(LEFT + value * PLOT / most), unit + short(value)) for value in scale_steps(most))
    limits, marks = any(bar.limit is not None for bar in bars), any(bar.filled is not None for bar in bars)
    return Chart(id, title, description, tuple(legend), rows, ticks, height, limits, marks)


def _reach(bar: Bar) -> Fraction:
    return max(sum(_positive(bar), Fraction(0)), bar.limit or Fraction(0))


def _positive(bar: Bar) -> list[Fraction]:
    """Give the parts as drawn: one below nought has no length."""
    return [max(part, Fraction(0)) for part in bar.parts]


def _placed(bars: Iterable[Bar], most: Fraction) -> Iterable[Drawn]:
    y = TOP
    for bar in bars:
        y += (ROW + GAP // 2) if bar.group else 0
        at, boxes = Fraction(LEFT), []
        for shade, part in enumerate(_positive(bar)):
            width = part * PLOT / most
            boxes.append(Box(_number(at), _number(width), shade))
            at += width
        limit = "" if bar.limit is None else _number(LEFT + bar.limit * PLOT / most)
        end = max(at, LEFT + (bar.limit or 0) * PLOT / most) + 6
        yield Drawn(bar, y, tuple(boxes), limit, _number(end))
        y += ROW


def _number(value: Fraction | int) -> str:
    """Write a place to a tenth, by whole numbers only."""
    tenths = round(value * 10)
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def scale_steps(most: Fraction) -> list[Fraction]:
    """Give round numbers from nought to the most, three to six of them.

    >>> [int(step) for step in scale_steps(Fraction(940))]
    [0, 200, 400, 600, 800]
    """
    size = Fraction(1)
    while size * 50 <= most:
        size *= 10
    while size > most:
        size /= 10
    step = next((size * times for times in (1, 2, 5, 10) if size * times * 5 >= most), size * 10)
    return [step * count for count in range(int(most / step) + 1)]


def short(value: Fraction) -> str:
    """Write a number of the scale briefly.

    >>> short(Fraction(200_000)), short(Fraction(1_500_000)), short(Fraction(40)), short(Fraction(1, 2))
    ('200k', '1.5m', '40', '0.5')
    """
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if value >= size:
            return f"{float(value / size):g}{letter}"
    return f"{float(value):g}"


def cut(label: str, longest: int = LONGEST_LABEL) -> str:
    """Cut a label to what fits; the table beside the chart has it whole."""
    return label if len(label) <= longest else label[: longest - 1].rstrip() + "…"
