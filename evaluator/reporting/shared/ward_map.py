"""Boundaries of wards as a drawing: projected, made simpler until it is small, with a place for each ward's number.

All of it is in whole numbers, so that every machine draws the same. Points are first moved onto a grid, and a border
that two wards share is made simpler once, so that no gap opens between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians

from evaluator.records.programme.procurement.area import Boundaries, Point, Ring

WIDE, TALL, EDGE = 340, 400, 4  # units of a drawing, which is shown no wider than a telephone, and its margin
FINE = 2  # steps of the grid in a unit
MOST_BYTES = 24_000
LINES = 24  # on which a place for a number is looked for
NUMBER = (18, 14)  # the width and height of a number, in units
EXACT, PARTS = 10**9, 10**4  # parts of a step, and of one, in which sizes are known
MICRO = 10**6  # parts of a degree
Spot = tuple[int, Point]  # how much room there is about a place, and the place


@dataclass(frozen=True)
class WardShape:
    """A ward as it is drawn: its number among all, its outline, and where its number stands."""

    number: int
    name: str
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class WardMap:
    """Every ward of a programme; paths are in steps, of which a unit has ``fine``."""

    width: int
    height: int
    fine: int
    shapes: tuple[WardShape, ...]


def ward_map(boundaries: Boundaries) -> WardMap:
    """Draw the wards, numbered in the order of their names, with outlines of no more bytes than a page can carry."""
    wards, height = _fitted(boundaries)
    drawn, paths = _bounded(wards)
    names, spots = [ward.name for ward in boundaries.wards], _spots(drawn)
    made = zip(names, paths, spots, strict=True)
    shapes = (WardShape(number, name, path, *spot) for number, (name, path, spot) in enumerate(made, start=1))
    return WardMap(WIDE, height, FINE, tuple(shapes))


def _bounded(wards: Sequence[Sequence[Ring]]) -> tuple[list[list[list[Point]]], list[str]]:
    """Make wards simpler, on a coarser and coarser grid, until their paths are short enough together."""
    coarse = 1
    while True:
        drawn = _simpler([[_on_grid(ring, coarse) for ring in rings] for rings in wards], coarse)
        paths = ["".join(map(_path, rings)) for rings in drawn]
        if sum(map(len, paths)) <= MOST_BYTES or coarse > WIDE:
            return drawn, paths
        coarse *= 2


def _fitted(boundaries: Boundaries) -> tuple[list[list[Ring]], int]:
    """Project the wards and move them into the drawing, north upwards, in steps; and give its height in units."""
    wide = _stretch(boundaries)
    every = [(east * wide, north * PARTS) for ward in boundaries.wards for ring in ward.rings for east, north in ring]
    left, right = min(x for x, _ in every), max(x for x, _ in every)
    bottom, top = min(y for _, y in every), max(y for _, y in every)
    room = ((WIDE - 2 * EDGE) * FINE * EXACT // (right - left), (TALL - 2 * EDGE) * FINE * EXACT // (top - bottom))
    size, edge = min(room), EDGE * FINE
    aside = edge + ((WIDE - 2 * EDGE) * FINE - (right - left) * size // EXACT) // 2

    def moved(ring: Ring) -> Ring:
        return tuple(
            (aside + (east * wide - left) * size // EXACT, edge + (top - north * PARTS) * size // EXACT)
            for east, north in ring
        )

    height = (top - bottom) * size // EXACT // FINE + 2 * EDGE
    return [[moved(ring) for ring in ward.rings] for ward in boundaries.wards], height


def _stretch(boundaries: Boundaries) -> int:
    """Give how wide a unit to the east is beside one to the north, in parts: as at the middle latitude."""
    if not boundaries.degrees:
        return PARTS
    norths = [north for ward in boundaries.wards for ring in ward.rings for _, north in ring]
    return round(PARTS * cos(radians((min(norths) + max(norths)) / 2 / MICRO)))


def _on_grid(ring: Ring, coarse: int) -> list[Point]:
    """Move a ring's points onto a grid; what is then there twice running, or goes out and back, is left out."""
    found: list[Point] = []
    for x, y in ring:
        point = (x + coarse // 2) // coarse * coarse, (y + coarse // 2) // coarse * coarse
        if len(found) > 1 and found[-2] == point:
            found.pop()
        elif not found or found[-1] != point:
            found.append(point)
    while len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return found


def _simpler(wards: Sequence[Sequence[list[Point]]], loose: int) -> list[list[list[Point]]]:
    """Leave out points that hardly matter, of a border that wards share the same ones; rings without area go.

    A ward of which nothing would be left keeps the ring with the most points, or a speck.
    """
    joints = _joints(ring for rings in wards for ring in rings)
    found = []
    for rings in wards:
        simple = [_ring(ring, joints, loose) for ring in rings if len(ring) > 2]
        kept = [ring for ring in simple if len(ring) > 2]
        found.append(kept or [_speck(max(rings, key=len)[0], loose)])
    return found


def _speck(at: Point, half: int) -> list[Point]:
    x, y = at
    return [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]


def _joints(rings: Iterable[list[Point]]) -> set[Point]:
    """Give the points at which borders meet: those with other than two neighbours."""
    near: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            near[one].add(other)
            near[other].add(one)
    return {point for point, beside in near.items() if len(beside) != 2}


def _ring(ring: list[Point], joints: set[Point], loose: int) -> list[Point]:
    """Make a ring simpler, border by border from joint to joint; one without joints is cut in two."""
    cuts = [at for at, point in enumerate(ring) if point in joints]
    if len(cuts) < 2:
        first = cuts[0] if cuts else ring.index(min(ring))
        x, y = ring[first]
        far = max(range(len(ring)), key=lambda at: ((ring[at][0] - x) ** 2 + (ring[at][1] - y) ** 2, ring[at]))
        cuts = sorted({first, far})
    found: list[Point] = []
    for start, end in zip(cuts, [*cuts[1:], cuts[0] + len(ring)], strict=True):
        border = [ring[at % len(ring)] for at in range(start, end + 1)]
        backwards = border[::-1] < border
        simple = _border(border[::-1] if backwards else border, loose)
        found += (simple[::-1] if backwards else simple)[:-1]
    return found


def _border(points: list[Point], loose: int) -> list[Point]:
    """Leave out points of a line that lie no farther than ``loose`` from what is drawn without them.

    Source: Douglas and Peucker, Algorithms for the reduction of the number of points, 1973.

    >>> _border([(0, 0), (2, 1), (4, 0), (8, 6)], 1)
    [(0, 0), (4, 0), (8, 6)]
    """
    kept, waiting = {0, len(points) - 1}, [(0, len(points) - 1)]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:
            continue
        off, at = max((_off(points[at], points[start], points[end]), at) for at in range(start + 1, end))
        if off > loose**2:
            kept.add(at)
            waiting += [(start, at), (at, end)]
    return [points[at] for at in sorted(kept)]


def _off(point: Point, start: Point, end: Point) -> int:
    """Give the square of how far a point lies from a line, or from the one point where the line has no length."""
    (x, y), (dx, dy) = (point[0] - start[0], point[1] - start[1]), (end[0] - start[0], end[1] - start[1])
    return (dx * y - dy * x) ** 2 // (dx**2 + dy**2) if dx or dy else x**2 + y**2


def _path(ring: Sequence[Point]) -> str:
    """Write a ring as a path, each point by how far it is from the one before."""
    (x, y), *rest = ring
    parts = [f"M{x} {y}"]
    for nx, ny in rest:
        parts.append(f"l{nx - x} {ny - y}")
        x, y = nx, ny
    return "".join(parts) + "z"


def _spots(wards: Sequence[Sequence[list[Point]]]) -> list[Point]:
    """Find a place for each ward's number, in units: roomy, and not on another; the narrowest wards choose first."""
    found = [sorted(_rooms(rings), reverse=True) for rings in wards]
    taken: dict[int, Point] = {}
    for at in sorted(range(len(wards)), key=lambda at: (found[at][0], at)):
        free = (place for _, place in found[at] if not any(_overlap(place, other) for other in taken.values()))
        taken[at] = next(free, found[at][0][1])
    return [taken[at] for at in range(len(wards))]


def _overlap(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < NUMBER[0] and abs(one[1] - other[1]) < NUMBER[1]


def _rooms(rings: Sequence[list[Point]]) -> Iterator[Spot]:
    """Give places within a ward with the room about them: the middles of what each of some lines has inside."""
    bottom, top = min(y for ring in rings for _, y in ring), max(y for ring in rings for _, y in ring)
    heights = [bottom + (top - bottom) * (2 * at + 1) // (2 * LINES) for at in range(LINES)]
    spans = [_inside(rings, y) for y in heights]
    for at, y in enumerate(heights):
        for low, high in spans[at]:
            middle = (low + high) // 2
            above, below = (_run(spans, at, middle, step) for step in (-1, 1))
            tall = 2 * min(above, below) * (top - bottom) // LINES
            yield min(high - low, tall), (middle // FINE, y // FINE)
    x, y = rings[0][0]
    yield -1, (x // FINE, y // FINE)


def _run(spans: Sequence[Sequence[tuple[int, int]]], at: int, x: int, step: int) -> int:
    """Count the lines from one on that have a place inside, without a gap."""
    count = 0
    while 0 <= at < len(spans) and any(low <= x <= high for low, high in spans[at]):
        count, at = count + 1, at + step
    return count


def _inside(rings: Sequence[list[Point]], height: int) -> list[tuple[int, int]]:
    """Give what of a line lies inside, from left to right; the line lies between whole steps, and so on no corner."""
    crossed = []
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            if (ay <= height) != (by <= height):
                crossed.append(ax + (bx - ax) * (2 * height + 1 - 2 * ay) // (2 * (by - ay)))
    crossed.sort()
    return list(zip(crossed[::2], crossed[1::2], strict=True))
