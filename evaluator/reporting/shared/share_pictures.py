"""Pictures as narrow as a telephone: rows with bars, points and intervals on one scale, and lines from step to step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from evaluator.records.numbers import percent
from evaluator.reporting.shared.charts import cut, scale_steps, short

WIDTH, LEFT, PLOT = 340, 6, 322  # units of a drawing, which is shown no wider: its text stays as large as it is written
ROW, TOP, FOOT = 36, 4, 24
HIGH, SIDE = 84, 34  # of a slope: from its least to its greatest share, and room for words on both sides
QUARTERS = tuple(Fraction(at, 4) for at in range(5))
LABEL, LETTERS = 34, 42  # characters of a label, and of a label and the words at the end of its row
APART = 16  # units between two numbers that would stand on one another
LETTER = 7.2  # the width of a letter


@dataclass(frozen=True)
class Axis:
    """The scale of rows: from nought to the most, with the words of its round numbers."""

    most: Fraction
    ticks: tuple[tuple[Fraction, str], ...]


SHARES = Axis(Fraction(1), tuple((value, percent(value)) for value in QUARTERS))


def axis_to(most: Fraction, unit: str = "") -> Axis:
    """Give a scale from nought to the first round number that is no less than the most.

    >>> [words for _, words in axis_to(Fraction(17, 2), "%").ticks]
    ['0%', '2%', '4%', '6%', '8%', '10%']
    """
    step = scale_steps(most or Fraction(1))[1]
    ends = max(1, -(-most // step))
    return Axis(step * ends, tuple((step * at, f"{short(step * at)}{unit}") for at in range(ends + 1)))


@dataclass(frozen=True)
class ShareRow:
    """A row: its label, the words at its end, an interval or band if it has one, and points.

    A bar is a band from nought.
    ``now`` is drawn full and ``then`` empty; either may be absent. ``strong`` draws the row in the colour of alarm.
    """

    label: str
    end: str
    low: Fraction | None = None
    high: Fraction | None = None
    now: Fraction | None = None
    then: Fraction | None = None
    strong: bool = False


@dataclass(frozen=True)
class PlacedRow:
    """A row with its places worked out."""

    label: str
    end: str
    y: int
    span: tuple[str, str] | None
    now: str
    then: str
    strong: bool


@dataclass(frozen=True)
class ShareRows:
    """Rows on one scale from nought; ``whole`` is where the share of all stands."""

    id: str
    title: str
    words: str
    rows: tuple[PlacedRow, ...]
    ticks: tuple[tuple[str, str], ...]
    whole: str
    height: int

    @property
    def width(self) -> int:
        """The width of the drawing."""
        return WIDTH

    @property
    def bottom(self) -> int:
        """Where the lines of the scale end."""
        return self.height - FOOT


def share_rows(
    id: str, title: str, rows: Sequence[ShareRow], whole: Fraction | None = None, axis: Axis = SHARES
) -> ShareRows:
    """Place rows below each other; pictures on the same scale stand beside each other.

    Parameters
    ----------
    id : starts the ids of the title and the description, so it is used once on a page.
    title : what the picture shows, as a finding.
    whole : the share of all together, drawn as a line.
    axis : from none to all, where the rows are not of something else.
    """

    def x(value: Fraction) -> str:
        return _tenths(LEFT + value * PLOT / axis.most)

    placed = tuple(
        PlacedRow(
            label=cut(row.label, min(LABEL, LETTERS - len(row.end))),
            end=row.end,
            y=TOP + ROW * at,
            span=(x(row.low), x(row.high)) if row.low is not None and row.high is not None else None,
            now=x(row.now) if row.now is not None else "",
            then=x(row.then) if row.then is not None else "",
            strong=row.strong,
        )
        for at, row in enumerate(rows)
    )
    words = "; ".join(f"{row.label}: {row.end}" for row in rows)
    ticks = tuple((x(value), told) for value, told in axis.ticks)
    line = x(whole) if whole is not None else ""
    return ShareRows(id, title, words, placed, ticks, line, TOP + ROW * len(rows) + FOOT)


def _tenths(value: Fraction | int) -> str:
    tenths = round(value * 10)
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


@dataclass(frozen=True)
class SlopePoint:
    """A point of a slope: its place, the name of its stage, its share in words, where those stand; or drawn empty."""

    x: str
    y: str
    stage: str
    share: str
    above: str
    empty: bool = False


@dataclass(frozen=True)
class Slope:
    """A line through points, step by step: a group's share of all bids at each stage, or what more of a thing costs.

    ``level`` is where the broken line stands at which it began, or empty.
    """

    id: str
    title: str
    words: str
    points: tuple[SlopePoint, ...]
    level: str
    line: str

    @property
    def width(self) -> int:
        """The width of the drawing."""
        return WIDTH

    @property
    def height(self) -> int:
        """The height of the drawing."""
        return HIGH + 3 * FOOT

    @property
    def foot(self) -> int:
        """Where the names of the stages stand."""
        return HIGH + 3 * FOOT - 6


def slope(id: str, title: str, shares: Sequence[tuple[str, Fraction]], most: Fraction) -> Slope:
    """Draw a line through a group's shares, stage by stage.

    Parameters
    ----------
    shares : each stage's name, and the group's share of all bids that reach it.
    most : the greatest share of all slopes that stand beside each other, so that they have one scale from nought.
    """
    step = Fraction(WIDTH - 2 * SIDE, max(1, len(shares) - 1))
    points = tuple(_point(SIDE + step * at, name, share, most) for at, (name, share) in enumerate(shares))
    words = "; ".join(f"{name} {percent(share, 1)}" for name, share in shares)
    return Slope(id, title, words, points, points[0].y if points else "", " ".join(_pairs(points)))


@dataclass(frozen=True)
class Step:
    """A point of a frontier: where it stands on both scales, the words of each, and whether it was published."""

    at: Fraction
    value: Fraction
    name: str
    words: str
    published: bool


def frontier(id: str, title: str, steps: Sequence[Step]) -> Slope:
    """Draw what is reached at each step, the published one full; words stand where there is room for them."""
    first, last = steps[0].at, steps[-1].at
    least, most = min(one.value for one in steps), max(one.value for one in steps)
    points = []
    for one in steps:
        x = SIDE + (WIDTH - 2 * SIDE) * (one.at - first) / ((last - first) or 1)
        point = _point(x, one.name, one.value - least, most - least)
        points.append(replace(point, share=one.words, empty=not one.published))
    words = "; ".join(f"{one.name}: {one.words}" for one in steps)
    return Slope(id, title, words, tuple(_uncrowded(points)), "", " ".join(_pairs(points)))


def _uncrowded(points: Sequence[SlopePoint]) -> Iterable[SlopePoint]:
    """Leave out words that would stand on those before them, but never those of the published point."""
    kept = {at: one for at, one in enumerate(points) if not one.empty}
    for at in (0, len(points) - 1, *range(len(points))):
        if all(abs(_units(points[at]) - _units(one)) > _room(points[at], one) for one in kept.values()):
            kept[at] = points[at]
    for at, one in enumerate(points):
        yield one if at in kept else replace(one, stage="", share="")


def _units(point: SlopePoint) -> float:
    return float(point.x)


def _room(one: SlopePoint, other: SlopePoint) -> float:
    return LETTER * sum(max(len(each.stage), len(each.share)) for each in (one, other)) / 2 + 6


def _point(x: Fraction, name: str, share: Fraction, most: Fraction) -> SlopePoint:
    y = 2 * FOOT - 8 + HIGH - (HIGH * share / most if most else Fraction(0))
    return SlopePoint(_tenths(x), _tenths(y), name, percent(share), _tenths(y - APART + 4))


def _pairs(points: Iterable[SlopePoint]) -> Iterable[str]:
    return (f"{one.x},{one.y}" for one in points)
