"""Boundaries of wards as councils export them: borders that wards share, islands, and a ward within a ward."""

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import cos, sin
from typing import Any

Place = tuple[float, float]
WEST, SOUTH, STEP, BENDS = -0.08, 51.485, 0.016, 24  # degrees; points of a border from corner to corner
NAMES = """
Weavers | Bethnal Green West | Bethnal Green East | Bow West | Bow East
Spitalfields & Banglatown | Stepney Green | St Dunstan's | Mile End | Bromley North
Whitechapel | Shadwell | Limehouse | Lansbury | Bromley South
St Katharine's & Wapping | | | Canary Wharf | Poplar
| | | Island Gardens | Blackwall & Cubitt Town
"""


def plan() -> dict[str, tuple[int, int]]:
    """Give the column and row, from the north, of each ward."""
    rows = [line.split("|") for line in NAMES.strip().splitlines()]
    placed = ((name.strip(), at, down) for down, line in enumerate(rows) for at, name in enumerate(line))
    return {name: (at, down) for name, at, down in placed if name}


def corner(at: int, down: int) -> Place:
    """Give a corner of the plan, moved a little, as corners of wards never lie in rows."""
    east, north = sin(at * 3.1 + down * 1.7) / 4, cos(at * 2.3 - down * 2.9) / 4
    return WEST + (at + east) * STEP, SOUTH + (5 - down + north) * STEP * 0.62


def border(one: tuple[int, int], other: tuple[int, int]) -> list[Place]:
    """Give a winding border from corner to corner, the same from both sides, without its last point."""
    turned = other < one
    (ax, ay), (bx, by) = corner(*min(one, other)), corner(*max(one, other))
    found = []
    for at in range(BENDS + 1):
        share = at / BENDS
        away = sin(share * 3.14159) * (sin(share * 19 + ax * 900) + sin(share * 47 + ay * 700) / 2) * 0.05
        found.append((ax + (bx - ax) * share - (by - ay) * away, ay + (by - ay) * share + (bx - ax) * away))
    return (found[::-1] if turned else found)[:-1]


def ring(at: int, down: int) -> list[Place]:
    """Give the closed ring of a ward."""
    round_it = [(at, down), (at + 1, down), (at + 1, down + 1), (at, down + 1), (at, down)]
    points = [point for one, other in pairwise(round_it) for point in border(one, other)]
    return [*points, points[0]]


def circle(east: float, north: float, size: float) -> list[Place]:
    points = [(east + size * cos(at / 5), north + size * sin(at / 5) * 0.62) for at in range(31)]
    return [*points, points[0]]


def feature(name: str, kind: str, coordinates: Any, key: str = "WD24NM") -> dict[str, Any]:
    """Give a feature as a council exports it, with a code beside its name."""
    properties = {"WD24CD": f"E0500{sum(map(ord, name)):04}", key: name}
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def features() -> Iterator[dict[str, Any]]:
    """Give every ward: one has an island, and one has a hole in which another lies."""
    for name, (at, down) in plan().items():
        outer = ring(at, down)
        if name == "Poplar":
            yield feature(name, "MultiPolygon", [[outer], [circle(*corner(2, 4), STEP / 5)]])
        elif name == "Mile End":
            hole = circle(corner(at, down)[0] + STEP / 2, corner(at, down)[1] - STEP * 0.3, STEP / 6)
            yield feature(name, "Polygon", [outer, hole[::-1]])
            yield feature("Tower Hamlets Cemetery", "Polygon", [hole])
        else:
            yield feature(name, "Polygon", [outer])


def collection(every: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """Give a whole file as data."""
    return {"type": "FeatureCollection", **more, "features": list(features()) if every is None else every}


def geojson(told: Mapping[str, Any] | None = None) -> bytes:
    """Write a file."""
    return json.dumps(told or collection(), ensure_ascii=False).encode()
