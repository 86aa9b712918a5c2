"""Where the money goes, ward by ward: a map where the criteria ship boundaries, else tiles that say they are no map."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from textwrap import wrap

from evaluator.records.english import count_of, listing
from evaluator.records.numbers import to_places
from evaluator.records.programme.procurement.area import Boundaries
from evaluator.records.results.coverage import Baseline, Coverage
from evaluator.records.submissions.evaluation import Bid
from evaluator.records.submissions.spellings import place_key
from evaluator.reporting.shared.charts import cut
from evaluator.reporting.shared.ward_map import WardMap, WardShape, ward_map

PLAN = (10, 16)  # columns and rows of a plan of tiles: more would be too small in print
MAPPED = "What stands beside each name"
NARROW = 5  # columns of a plan that is no wider than any other picture
LETTERS, TILE_LINES = 11, 3  # of a name on a tile
MIDDLE = (Fraction(2, 3), Fraction(3, 2))  # of its part: between these a ward is neither light nor dark


@dataclass(frozen=True)
class PlaceMoney:
    """A ward with the money that falls on it, an award for several divided equally, and its part of the residents."""

    name: str
    money: Fraction
    residents: Fraction | None = None


@dataclass(frozen=True)
class Shaded:
    """A ward as a picture tells it: its part of the money over its part of the residents, and how dark, from 0 to 2."""

    name: str
    text: str
    shade: int


@dataclass(frozen=True)
class Tile:
    """A ward on a plan of tiles: its place, and its name in lines."""

    ward: Shaded
    column: int
    row: int
    name: Sequence[str]


@dataclass(frozen=True)
class Drawn:
    """A ward on a map."""

    ward: Shaded
    shape: WardShape


@dataclass(frozen=True)
class Places:
    """The wards as one picture: a map, or tiles where no boundaries are given; its title says what it shows."""

    id: str
    title: str
    note: str
    words: str
    tiles: Sequence[Tile] = ()
    map: WardMap | None = None
    drawn: Sequence[Drawn] = ()  # on the map, the light ones last, whose borders are dark
    key: Sequence[tuple[int, str, str]] = ()  # the number, name and text of each ward on the map

    @property
    def narrow(self) -> bool:
        """Whether it is a plan of tiles that can stand beside another picture."""
        return len(self.tiles) > 0 and max(tile.column for tile in self.tiles) < NARROW


def money_by_ward(bids: Iterable[Bid], awarded: Mapping[str, int]) -> tuple[PlaceMoney, ...]:
    """Divide each award equally among the wards that its bid names; ``awarded`` gives its pence."""
    found: dict[str, Fraction] = {}
    for bid in bids:
        for ward in (wards := sorted(set(bid.wards))):
            found[ward] = found.get(ward, Fraction(0)) + Fraction(awarded.get(bid.id, 0), len(wards))
    return tuple(PlaceMoney(name, found[name]) for name in sorted(found))


def of_coverage(covered: Iterable[Coverage]) -> tuple[PlaceMoney, ...]:
    """Give the money of wards as the equality stage counted it, with residents where they are given."""
    return tuple(PlaceMoney(one.name, one.divided, one.population) for one in covered)


def places(
    id: str, wards: Sequence[PlaceMoney], boundaries: Boundaries | None, baselines: Iterable[Baseline] = ()
) -> Places | None:
    """Draw the wards: each one's part of the money over its part of the residents, or over an equal part.

    Parameters
    ----------
    wards : each ward once; nothing is drawn where no money falls on any.
    boundaries : a ward of them that is not among ``wards`` has no money.
    baselines : figures from outside, which may hold a plan of tiles, and say that they are made up.
    """
    residents = [one for one in baselines if one.of == "ward"]
    made_up = any(one.synthetic for one in residents if one.kind == "population")
    if boundaries is None:
        return _tiled(id, wards, {name: place for base in residents for name, *place in base.tiles}, made_up=made_up)
    drawn, elsewhere = _on_map(wards, boundaries)
    return _mapped(id, drawn, elsewhere, boundaries, made_up=made_up)


def _on_map(wards: Sequence[PlaceMoney], boundaries: Boundaries) -> tuple[list[PlaceMoney], list[PlaceMoney]]:
    """Give each ward of the map with what falls on it under any spelling of its name; and the places not on the map."""
    by_key: dict[str, list[PlaceMoney]] = {}
    for ward in wards:
        by_key.setdefault(place_key(ward.name), []).append(ward)
    found = []
    for drawn in boundaries.wards:
        held = by_key.pop(place_key(drawn.name), [])
        known = [one.residents for one in held if one.residents is not None]
        money = sum((one.money for one in held), Fraction(0))
        found.append(PlaceMoney(drawn.name, money, sum(known, Fraction(0)) if known else None))
    return found, [ward for held in by_key.values() for ward in held]


def _mapped(
    id: str, wards: Sequence[PlaceMoney], elsewhere: Sequence[PlaceMoney], boundaries: Boundaries, *, made_up: bool
) -> Places | None:
    every = [*wards, *elsewhere]
    shaded = shaded_places(every)
    if not shaded:
        return None
    made = ward_map(boundaries)
    drawn = [Drawn(ward, shape) for ward, shape in zip(shaded, made.shapes, strict=False)]
    lost = [f"{ward.name}, {ward.text}" for ward in shaded[len(wards) :]]
    beside = f" Named by bids and not on the map: {listing(lost)}." if lost else ""
    return Places(
        id=id,
        title=_finding(every, made_up=made_up),
        note=f"A map of the wards. {_measure(every, MAPPED)}{beside} Boundaries: {boundaries.source.rstrip('.')}.",
        words=f"Map. {_told(shaded)}",
        map=made,
        drawn=sorted(drawn, key=lambda one: (one.ward.shade == 0, one.shape.number)),
        key=[(one.shape.number, one.ward.name, one.ward.text) for one in drawn],
    )


def _tiled(id: str, wards: Sequence[PlaceMoney], plan: Mapping[str, Sequence[int]], *, made_up: bool) -> Places | None:
    """Give a tile for each ward; where no plan that fits says how the wards lie, in the order of the alphabet."""
    shaded = shaded_places(wards)
    if not shaded:
        return None
    names = [one.name for one in wards]
    fits = set(names) <= set(plan) and all(one[0] < PLAN[0] and one[1] < PLAN[1] for one in plan.values())
    across = PLAN[0] // 2 if len(names) <= PLAN[0] // 2 * PLAN[1] else PLAN[0]
    placed = plan if fits else {name: (at % across, at // across) for at, name in enumerate(names)}
    lie = "roughly as the wards lie" if fits else "in the order of the alphabet"
    return Places(
        id=id,
        title=_finding(wards, made_up=made_up),
        note=f"A tile for each ward, {lie}: this is not a map. {_measure(wards, 'The number')}",
        words=f"Tiles, not a map. {_told(shaded)}",
        tiles=[Tile(one, placed[one.name][0], placed[one.name][1], _lines(one.name)) for one in shaded],
    )


def shaded_places(wards: Sequence[PlaceMoney]) -> list[Shaded]:
    """Say of each ward how many times its even part of the money falls on it; nothing where there is no money."""
    return [
        Shaded(ward.name, f"{to_places(ratio, 1)} ×" if ratio else "nothing", sum(ratio > limit for limit in MIDDLE))
        for ward, ratio in zip(wards, _ratios(wards), strict=False)
    ]


def _ratios(wards: Sequence[PlaceMoney]) -> list[Fraction]:
    """Give each ward's part of the money over its part of the residents; nothing where there is no money."""
    whole = sum((ward.money for ward in wards), Fraction(0))
    equal = Fraction(1, len(wards) or 1)
    return [ward.money / whole / (ward.residents or equal) for ward in wards] if whole else []


def _finding(wards: Sequence[PlaceMoney], *, made_up: bool) -> str:
    """Say how many wards have much less money than their part, and how many much more."""
    ratios = _ratios(wards)
    light, dark = sum(ratio <= MIDDLE[0] for ratio in ratios), sum(ratio > MIDDLE[1] for ratio in ratios)
    beside = "their share of the residents" if any(ward.residents for ward in wards) else "an equal share"
    few = f"{light} of {count_of(len(ratios), 'ward')} have two thirds of the money or less"
    return f"Beside {beside}, {few} and {dark} more than one and a half times{' (synthetic)' if made_up else ''}"


def _measure(wards: Sequence[PlaceMoney], what: str) -> str:
    known = sum(ward.residents is not None for ward in wards)
    of = "part of the residents" if known else "equal part"
    missing = ", or over an equal part where residents are not given" if 0 < known < len(wards) else ""
    return (
        f"{what} is its part of the money over its {of}{missing}. White: two thirds or less; dark: more than one and a "
        "half times."
    )


def _told(shaded: Sequence[Shaded]) -> str:
    return "; ".join(f"{one.name}: {one.text}" for one in shaded)


def _lines(name: str) -> tuple[str, ...]:
    """Set a name in short lines; what does not fit is cut, and the table has it whole."""
    first, *rest = wrap(name, LETTERS, break_long_words=False, max_lines=TILE_LINES, placeholder="…") or [""]
    return tuple(cut(line, LETTERS + 1) for line in (first, *rest))
