"""The map of wards: north is up, neighbours share their borders, holes stay, bytes are bounded, numbers have room."""

import re
from collections import Counter, defaultdict
from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.files.read.criteria.boundaries import METRES
from evaluator.records.programme.procurement.area import Boundaries, Ring, Ward
from evaluator.reporting.shared import ward_map as drawing
from evaluator.reporting.shared.ward_map import EDGE, FINE, NUMBER, WIDE, WardMap, ward_map
from tests.drawn_wards import features

Steps = list[tuple[int, int]]


def square(east: int, north: int, side: int = 1000) -> Ring:
    return ((east, north), (east + side, north), (east + side, north + side), (east, north + side))


def grid(*wards: tuple[str, tuple[Ring, ...]]) -> WardMap:
    return ward_map(Boundaries(tuple(Ward(name, rings) for name, rings in wards), "", degrees=False))


def rings(path: str) -> list[Steps]:
    """Give the points of a path's rings, in steps."""
    found = []
    for ring in re.findall(r"M(-?\d+) (-?\d+)((?:l-?\d+ -?\d+)*)z", path):
        points = [(int(ring[0]), int(ring[1]))]
        for x, y in re.findall(r"l(-?\d+) (-?\d+)", ring[2]):
            points.append((points[-1][0] + int(x), points[-1][1] + int(y)))
        found.append(points)
    return found


def area(points: Steps) -> Fraction:
    return abs(Fraction(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]])), 2))


def real() -> Boundaries:
    """Give the wards of a file as a council exports it."""

    def steps(ring: list[tuple[float, float]]) -> Ring:
        return tuple((round(east * 10**6), round(north * 10**6)) for east, north in ring[:-1])

    def parts(geometry: dict) -> list:  # type: ignore[type-arg]
        return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]

    every = [
        Ward(one["properties"]["WD24NM"], tuple(steps(ring) for part in parts(one["geometry"]) for ring in part))
        for one in features()
    ]
    return Boundaries(tuple(sorted(every, key=lambda one: one.name)), "", degrees=True)


def test_north_is_up_east_is_right_and_what_is_broad_fills_the_width() -> None:
    """Two squares of 1,000 beside each other: 2,000 take 340 less two edges of 4, or 664 steps; a square 332."""
    made = grid(("East", (square(1000, 0),)), ("West", (square(0, 0),)))
    west, east = rings(made.shapes[1].path)[0], rings(made.shapes[0].path)[0]
    assert sorted(set(west)) == [(8, 8), (8, 340), (340, 8), (340, 340)]
    assert max(x for x, _ in east) == 672
    assert (made.width, made.height) == (WIDE, 332 // FINE + 2 * EDGE)
    tall = grid(("North", (square(0, 1000),)), ("South", (square(0, 0),)))
    assert max(y for _, y in rings(tall.shapes[0].path)[0]) == min(y for _, y in rings(tall.shapes[1].path)[0])
    assert rings(tall.shapes[0].path)[0] != rings(tall.shapes[1].path)[0]


def test_a_degree_of_longitude_is_as_short_as_at_the_middle_latitude() -> None:
    """At 60 degrees north it is half as long as one of latitude: a square of degrees is drawn twice as high as wide."""
    corner = ((0, 59_500_000), (1_000_000, 59_500_000), (1_000_000, 60_500_000), (0, 60_500_000))
    made = ward_map(Boundaries((Ward("Unst", (corner,)),), "", degrees=True))
    (points,) = rings(made.shapes[0].path)
    wide, high = (max(at) - min(at) for at in zip(*points, strict=True))
    assert abs(Fraction(high, wide) - 2) < Fraction(1, 100)


def test_wards_share_their_borders_point_by_point_so_that_no_gap_opens() -> None:
    """What one ward alone has for a border is the outer line and that of the island, and no sliver between wards."""
    made = ward_map(real())
    drawn = {shape.name: rings(shape.path) for shape in made.shapes}
    assert sorted(drawn["Mile End"][1]) == sorted(drawn["Tower Hamlets Cemetery"][0])
    edges = Counter(
        frozenset(pair) for every in drawn.values() for ring in every for pair in pairwise([*ring, ring[0]])
    )
    assert max(edges.values()) == 2
    near: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for edge in (edge for edge, times in edges.items() if times == 1):
        one, other = edge
        near[one].add(other)
        near[other].add(one)
    assert {len(beside) for beside in near.values()} == {2}
    assert lines_of(near) == 2


def lines_of(near: dict[tuple[int, int], set[tuple[int, int]]]) -> int:
    """Count the closed lines that points with their neighbours make."""
    left, count = set(near), 0
    while left:
        waiting, count = [left.pop()], count + 1
        while waiting:
            beside = near[waiting.pop()] & left
            left -= beside
            waiting += beside
    return count


def test_a_map_has_no_more_bytes_than_its_bound_however_winding_its_borders(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = sum(len(shape.path) for shape in ward_map(real()).shapes)
    monkeypatch.setattr(drawing, "MOST_BYTES", fine // 2)
    coarse = ward_map(real())
    assert sum(len(shape.path) for shape in coarse.shapes) <= fine // 2
    assert len(coarse.shapes) == 21


def test_a_ward_too_small_to_see_is_a_speck_and_not_lost() -> None:
    made = grid(("County", (square(0, 0, 700_000),)), ("Isle", (square(300_000, 300_000, 20),)))
    assert [shape.name for shape in made.shapes] == ["County", "Isle"]
    assert area(rings(made.shapes[1].path)[0]) > 0


def test_numbers_stand_inside_their_wards_and_not_on_one_another() -> None:
    made = ward_map(real())
    for one, other in combinations(made.shapes, 2):
        if "Cemetery" not in one.name + other.name:  # it is smaller than a number
            assert abs(one.x - other.x) >= NUMBER[0] or abs(one.y - other.y) >= NUMBER[1], (one.name, other.name)
    for shape in made.shapes:
        assert inside(rings(shape.path), shape.x * FINE, shape.y * FINE), shape.name


def test_a_number_stays_out_of_a_hole() -> None:
    made = grid(("Ring", (square(0, 0, 9000), square(3000, 3000, 3000))))
    (shape,) = made.shapes
    assert inside(rings(shape.path), shape.x * FINE, shape.y * FINE)


def inside(shape: list[Steps], x: int, y: int) -> bool:
    """Say whether a place lies within rings, by how often a line to the right crosses them."""
    times = 0
    for ring in shape:
        for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
            if (ay <= y) != (by <= y) and ax + Fraction((bx - ax) * (2 * y + 1 - 2 * ay), 2 * (by - ay)) > x:
                times += 1
    return times % 2 == 1


def test_the_same_boundaries_give_the_same_map() -> None:
    assert ward_map(real()) == ward_map(real())


POINTS = st.tuples(st.integers(0, METRES.east[1] * 10), st.integers(0, METRES.north[1] * 10))


@given(st.lists(st.lists(POINTS, min_size=3, max_size=12, unique=True), min_size=1, max_size=6))
def test_no_boundaries_however_odd_end_in_an_error(odd: list[Steps]) -> None:
    if any(not area(ring) for ring in odd):
        return  # the reader refuses them
    made = grid(*((f"W{at}", (tuple(ring),)) for at, ring in enumerate(odd)))
    assert len(made.shapes) == len(odd)
    assert all(re.fullmatch(r"(M\d+ \d+(l-?\d+ -?\d+)+z)+", shape.path) for shape in made.shapes)
