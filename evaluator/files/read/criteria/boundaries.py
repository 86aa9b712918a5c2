"""The boundaries of wards in, from a GeoJSON file that may be hostile; whatever is wrong with it is a finding."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evaluator.files.read.inputs import MEGABYTE, Inputs
from evaluator.files.read.notation import json_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.procurement.area import BOUNDARIES, Area, Boundaries, Point, Ring, Ward
from evaluator.records.programme.written.files import PROGRAMME, theme_file
from evaluator.records.submissions.spellings import place_key

LARGEST = 12 * MEGABYTE
MOST_WARDS, LONGEST_NAME = 500, 100
FEWEST_CORNERS = 3
KINDS = ("Polygon", "MultiPolygon")
NAMED_SYSTEMS = {"CRS84": True, "4326": True, "4258": True, "27700": False}  # whether they are of degrees
KEY = "area.boundaries"
SHOWN = 8  # properties that a finding names


@dataclass(frozen=True)
class _Frame:
    """What coordinates can be: how far east and north they reach, and how many units one of them has."""

    east: tuple[int, int]
    north: tuple[int, int]
    units: int

    def holds(self, east: Decimal, north: Decimal) -> bool:
        return self.east[0] <= east <= self.east[1] and self.north[0] <= north <= self.north[1]


DEGREES = _Frame((-9, 3), (49, 62), 1_000_000)  # the British Isles
METRES = _Frame((0, 700_000), (0, 1_300_000), 10)  # the British National Grid


class _UnusableError(Exception):
    """Something that cannot be drawn; the text says why."""


@dataclass(frozen=True)
class _Read:
    """What a file of boundaries holds: the wards, None where they cannot be drawn; the file's sum; and findings."""

    boundaries: Boundaries | None
    sha256: str
    findings: tuple[Finding, ...]


def with_boundaries(
    criteria: Criteria, files: Inputs, place: str
) -> tuple[Criteria, Boundaries | None, tuple[Finding, ...]]:
    """Read the boundaries that criteria name, if they name any, and give the criteria the sum of their file.

    Parameters
    ----------
    place : the file of the criteria that names them.
    """
    beside = tuple(_strays(files, criteria.area))
    if criteria.area is None:
        return criteria, None, beside
    read = _read(criteria.area, files, place)
    area = criteria.area.model_copy(update={"sha256": read.sha256})
    criteria = criteria.model_copy(update={"area": area})
    unknown = _not_drawn(criteria, read.boundaries) if read.boundaries else ()
    return criteria, read.boundaries, (*read.findings, *unknown, *beside)


def _read(area: Area, files: Inputs, place: str) -> _Read:
    """Read the file that criteria name.

    Parameters
    ----------
    place : the file of the criteria that names it.
    """
    if area.boundaries not in files:
        return _Read(None, "", (finding("E-FILE-070", Source(place, key=KEY), file=area.boundaries),))
    content, unread = files.opened(area.boundaries)
    if content is None:
        return _Read(None, "", unread)
    digest = hashlib.sha256(content).hexdigest()
    if area.sha256 not in ("", digest):
        facts = {"file": area.boundaries, "found": digest[:12], "said": area.sha256[:12]}
        return _Read(None, digest, (finding("E-FILE-077", Source(place, key="area.sha256"), **facts),))
    found: list[Finding] = []
    boundaries = _boundaries(content, area, found)
    return _Read(None if found else boundaries, digest, tuple(found))


def _boundaries(content: bytes, area: Area, found: list[Finding]) -> Boundaries | None:
    whole = Source(area.boundaries)
    try:
        features, degrees = _features(content)
        degrees = _looks_like_degrees(features) if degrees is None else degrees
    except (_UnusableError, ValueError) as error:
        found.append(finding("E-FILE-071", whole, problem=str(error)))
        return None
    wards: dict[str, Ward] = {}
    for number, feature in enumerate(features, start=1):
        place = Source(area.boundaries, key=f"features[{number}]")
        name = _name(feature, area.name)
        if not name:
            facts = {"number": number, "property": area.name, "others": _properties(feature)}
            found.append(finding("E-FILE-074", place, **facts))
            continue
        try:
            ward = Ward(name, tuple(_rings(feature, DEGREES if degrees else METRES)))
        except _UnusableError as error:
            found.append(finding("E-FILE-072", place, number=number, name=name, problem=str(error)))
            continue
        if wards.setdefault(place_key(name), ward) is not ward:
            found.append(finding("E-FILE-075", place, number=number, name=name, other=wards[place_key(name)].name))
    return Boundaries(tuple(sorted(wards.values(), key=lambda one: one.name)), area.source, degrees)


def _features(content: bytes) -> tuple[list[Any], bool | None]:
    """Give the features, and whether the file says that its coordinates are degrees; None where it does not say."""
    if len(content) > LARGEST:
        raise _UnusableError(f"it has more than {LARGEST // MEGABYTE} megabytes; have it simplified to 20 metres or so")
    read = json_of(content)
    if not isinstance(read, dict) or read.get("type") != "FeatureCollection":
        raise _UnusableError("it is no FeatureCollection")
    features = read.get("features")
    if not isinstance(features, list) or not features:
        raise _UnusableError("it has no features")
    if len(features) > MOST_WARDS:
        raise _UnusableError(
            f"it has {len(features):,} features, where {MOST_WARDS} wards are the most that can be drawn"
        )
    return features, _said(read.get("crs"))


def _said(crs: Any) -> bool | None:
    """Say by what a file says of its system whether it counts in degrees; None where it says nothing."""
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    code = name.rpartition(":")[2] if isinstance(name, str) else ""
    if code not in NAMED_SYSTEMS:
        raise _UnusableError("its coordinates are of another system than WGS 84 or the British National Grid")
    return NAMED_SYSTEMS[code]


def _looks_like_degrees(features: list[Any]) -> bool:
    """Tell degrees from metres by the file's first position: no ward lies within 180 metres of the grid's origin."""
    for feature in features:
        held: Any = feature.get("geometry") if isinstance(feature, dict) else None
        held = held.get("coordinates") if isinstance(held, dict) else None
        while isinstance(held, list) and held and isinstance(held[0], list):
            held = held[0]
        if isinstance(held, list) and held and _is_number(held[0]):
            return bool(abs(held[0]) <= 180)
    return True


def _name(feature: Any, key: str) -> str:
    """Give the name of a feature; nothing where it has none that can be printed."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    value = properties.get(key) if isinstance(properties, dict) else None
    name = " ".join(value.split()) if isinstance(value, str) else ""
    return name if len(name) <= LONGEST_NAME and name.isprintable() else ""


def _properties(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    names = sorted(properties)[:SHOWN] if isinstance(properties, dict) else []
    return ", ".join(ascii(name)[1:-1][:LONGEST_NAME] for name in names) or "none"


def _rings(feature: Mapping[str, Any], frame: _Frame) -> Iterator[Ring]:
    """Give the rings of a feature's parts: of each the outer one, then its holes."""
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in KINDS:
        raise _UnusableError("it is no Polygon or MultiPolygon")
    coordinates = geometry.get("coordinates")
    parts = [coordinates] if kind == "Polygon" else coordinates
    for part in _list(parts, "it has no parts"):
        for at, ring in enumerate(_list(part, "one of its parts has no rings")):
            corners = _ring(_list(ring, "one of its rings has no positions"), frame)
            if not _area(corners) and at == 0:
                raise _UnusableError("one of its parts has no area")
            yield corners


def _list(value: Any, problem: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise _UnusableError(problem)
    return value


def _ring(positions: list[Any], frame: _Frame) -> Ring:
    if positions[0] != positions[-1]:
        raise _UnusableError("one of its rings does not end where it begins")
    found: list[Point] = []
    for position in positions[:-1]:
        point = _point(position, frame)
        if not found or found[-1] != point:
            found.append(point)
    if len(set(found)) < FEWEST_CORNERS:
        raise _UnusableError(f"one of its rings has fewer than {FEWEST_CORNERS} corners")
    return tuple(found)


def _point(position: Any, frame: _Frame) -> Point:
    """Take a position as whole units; a height that comes after is of no account."""
    if not isinstance(position, list) or len(position) < 2 or not all(map(_is_number, position)):
        raise _UnusableError("one of its positions is not two numbers")
    east, north = Decimal(position[0]), Decimal(position[1])
    if not frame.holds(east, north):
        where = f"{_shown(east)}, {_shown(north)}"
        raise _UnusableError(f"its position {where} is {_not_there(east, north, frame)}")
    return round(east * frame.units), round(north * frame.units)


def _not_there(east: Decimal, north: Decimal, frame: _Frame) -> str:
    if frame is METRES:
        return "not on the British National Grid, where the file begins"
    turned = ": longitude comes before latitude" if frame.holds(north, east) else ""
    return f"not in the British Isles by longitude and latitude, in which the file begins{turned}"


def _shown(number: Decimal) -> str:
    return f"{number:.6g}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _area(ring: Ring) -> int:
    """Give twice the area that a ring goes round."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True))


def _not_drawn(criteria: Criteria, boundaries: Boundaries) -> Iterator[Finding]:
    """Tell of wards that rules name and the boundaries do not."""
    drawn = {place_key(ward.name) for ward in boundaries.wards}
    tables = [(PROGRAMME, "allocation.rule", criteria.allocation.rule if criteria.allocation else ())]
    tables += [(theme_file(theme.id), "rule", theme.rule) for theme in criteria.themes]
    for file, table, rules in tables:
        for number, rule in enumerate(rules, start=1):
            ward = getattr(rule, "ward", None)
            if ward and place_key(ward) not in drawn:
                yield finding("E-FILE-076", Source(file, key=f"{table}[{number}].ward"), rule=rule.id, ward=ward)


def _strays(files: Inputs, area: Area | None) -> Iterator[Finding]:
    """Tell of files of boundaries that the criteria do not name."""
    named = area.boundaries if area else ""
    for name in files.names:
        if name.endswith(BOUNDARIES) and name != named:
            yield finding("E-FILE-078", Source(name))
