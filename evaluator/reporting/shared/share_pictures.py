"""Shares as pictures, each as narrow as a telephone: rows with points and intervals, and slopes from stage to stage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.numbers import percent
from evaluator.reporting.shared.charts import cut

WIDTH, LEFT, PLOT = 340, 6, 322  # units of a drawing, which is shown no wider: its text stays as large as it is written
ROW, TOP, FOOT = 36, 4, 24
HIGH, SIDE = 84, 34  # of a slope: from its least to its greatest share, and room for words on both sides
QUARTERS = tuple(Fraction(at, 4) for at in range(5))
LABEL = 34  # characters beside the words at the end of a row
APART = 16  # units between two numbers that would stand on one another


@dataclass(frozen=True)
class ShareRow:
    """A row: its label, the words at its end, an interval or band if it has one, and points.

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
    """Rows of shares on one scale from nought to all; ``whole`` is where the share of all stands."""

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


def share_rows(id: str, title: str, rows: Sequence[ShareRow], whole: Fraction | None = None) -> ShareRows:
    """Place rows below each other, always on the same scale, so that pictures stand beside each other.

    Parameters
    ----------
    id : starts the ids of the title and the description, so it is used once on a page.
    title : what the picture shows, as a finding.
    whole : the share of all together, drawn as a line.
    """
    placed = tuple(
        PlacedRow(
            label=cut(row.label, LABEL),
            end=row.end,
            y=TOP + ROW * at,
            span=(_x(row.low), _x(row.high)) if row.low is not None and row.high is not None else None,
            now=_x(row.now) if row.now is not None else "",
            then=_x(row.then) if row.then is not None else "",
            strong=row.strong,
        )
        for at, row in enumerate(rows)
    )
    words = "; ".join(f"{row.label}: {row.end}" for row in rows)
    ticks = tuple((_x(value), percent(value)) for value in QUARTERS)
    line = _x(whole) if whole is not None else ""
    return ShareRows(id, title, words, placed, ticks, line, TOP + ROW * len(rows) + FOOT)


def _x(share: Fraction) -> str:
    return _tenths(LEFT + share * PLOT)


def _tenths(value: Fraction | int) -> str:
    tenths = round(value * 10)
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


@dataclass(frozen=True)
class SlopePoint:
    """A point of a slope: its place, the name of its stage, its share in words, and where those stand."""

    x: str
    y: str
    stage: str
    share: str
    above: str


@dataclass(frozen=True)
class Slope:
    """A group's share of all bids at each stage as a line, beside the level at which it began."""

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


def _point(x: Fraction, name: str, share: Fraction, most: Fraction) -> SlopePoint:
    y = 2 * FOOT - 8 + HIGH - (HIGH * share / most if most else Fraction(0))
    return SlopePoint(_tenths(x), _tenths(y), name, percent(share), _tenths(y - APART + 4))


def _pairs(points: Iterable[SlopePoint]) -> Iterable[str]:
    return (f"{one.x},{one.y}" for one in points)
