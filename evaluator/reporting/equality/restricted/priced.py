"""The options with their price: one row each on one scale, whom they reach, who is displaced, what is lawful."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.english import short_listing
from evaluator.records.numbers import pounds, to_places
from evaluator.records.results.equality_evidence import Gap
from evaluator.records.results.studies.gap_options import Change, GapOptions
from evaluator.reporting.equality.restricted.lawful import FLOORS, Lawful, lawful
from evaluator.reporting.equality.restricted.words import short_name

MOST_NAMES = 2  # organisations named in a row; the workbook has all
Key = tuple[str, str]  # characteristic and group


@dataclass(frozen=True, slots=True)
class Effect:
    """What an option changes for one group: its awards as recommended, and then."""

    group: Key
    name: str
    before: int
    after: int

    def __str__(self) -> str:
        return f"{self.name} {self.before} to {self.after}"


@dataclass(frozen=True, slots=True)
class PricedRow:
    """One option: in words, what it would give each group, its price, who would be displaced, and what is lawful."""

    change: Change
    words: str
    effects: tuple[Effect, ...]
    points: str
    money: str
    displaced: tuple[str, ...]
    lawful: Lawful

    @property
    def displaced_words(self) -> str:
        """The organisations that would be displaced, the first of them by name."""
        return short_listing(self.displaced, MOST_NAMES) or "nobody"

    @property
    def points_words(self) -> str:
        """What it costs in points, with the word."""
        return f"{self.points} points" if self.change.lost is not None else self.points


def priced_rows(
    gaps: Sequence[Gap], options: Sequence[GapOptions], names: Mapping[str, str], regime: str
) -> tuple[PricedRow, ...]:
    """Give each option once, the least costly first; those that break the order of rank, or that none reaches, last.

    Parameters
    ----------
    gaps : whose groups the options were tried for.
    names : of the organisation of each bid.
    """
    of = {(one.characteristic, one.group): gap for one in options for gap in gaps if key_of(gap) == _key(one)}
    found: dict[tuple[str, str, str], list[tuple[GapOptions, Change]]] = {}
    for one in options:
        for change in one.changes if _key(one) in of else ():
            whose = f"{one.characteristic} {one.group}" if change.kind in FLOORS else ""
            found.setdefault((change.kind, change.words, whose), []).append((one, change))
    rows = (_row(each, of, names, regime) for each in found.values())
    return tuple(sorted(rows, key=_by_cost))


def _key(one: GapOptions) -> Key:
    return one.characteristic, one.group


def key_of(gap: Gap) -> Key:
    """Give what a gap's options are found by."""
    return gap.characteristic, gap.group


def _by_cost(row: PricedRow) -> tuple[bool, bool, Fraction, int, str]:
    change = row.change
    return change.lost is None, change.off_ranking, change.lost or Fraction(0), change.moved, row.words


def _row(
    each: Sequence[tuple[GapOptions, Change]], of: Mapping[Key, Gap], names: Mapping[str, str], regime: str
) -> PricedRow:
    options, change = each[0]
    gap = of[_key(options)]
    words = f"{change.words} to {short_name(gap)}" if change.kind in FLOORS else change.words
    return PricedRow(
        change=change,
        words=words[:1].upper() + words[1:],
        effects=tuple(_effects(each, of)),
        points=points(change),
        money=pounds(change.moved) if change.lost is not None else "–",
        displaced=tuple(dict.fromkeys(names.get(bid, bid) for bid in change.displaced)),
        lawful=lawful(change, gap.about, regime),
    )


def _effects(each: Sequence[tuple[GapOptions, Change]], of: Mapping[Key, Gap]) -> Iterator[Effect]:
    for one, change in each:
        if change.lost is not None and change.awards != one.awards:
            yield Effect(_key(one), short_name(of[_key(one)]), one.awards, change.awards)


def points(change: Change) -> str:
    """Say what a change costs in points of the published scoring."""
    if change.lost is None:
        return "no set of awards keeps all rules" if change.status == "infeasible" else "not worked out: too much work"
    if change.lost == 0:
        return "0"
    return to_places(change.lost, 2) if change.lost > 0 else f"gains {to_places(-change.lost, 2)}"


def cheapest(rows: Sequence[PricedRow], gap: Gap) -> PricedRow | None:
    """Give the least costly option that would have given a group more awards: of what may be done, else of the rest."""
    more = [row for row in rows if any(one.group == key_of(gap) and one.after > one.before for one in row.effects)]
    return next(iter([row for row in more if row.lawful.when != "in no round"] + more), None)
