"""Whom the awards reach and whom not, from what the bids say of themselves: public counts, and no monitoring."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.english import count_of
from evaluator.records.numbers import percent
from evaluator.records.results.coverage import Coverage
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.shared.places import Places, of_coverage, places
from evaluator.reporting.shared.share_pictures import ShareRow, ShareRows, share_rows

LARGEST, DRAWN = 3, 5  # gaps that are told in words, and the lowest shares that are drawn


@dataclass(frozen=True)
class Gap:
    """A place or group with fewer awards than its bids would give it, in words, and its reference."""

    words: str
    ref: str


@dataclass(frozen=True)
class Reach:
    """Whom the result reaches: empty where that was not counted, or where nothing is proven.

    ``gaps`` are the three groups and places with the fewest awards beside what the rate of all bids would give them,
    which is at least one more;
    ``pictures`` show every one, with the share of all as a line.
    """

    words: str
    gaps: Sequence[Gap]
    pictures: Sequence[ShareRows]
    wards: Sequence[Coverage]
    groups: Sequence[Coverage]
    places: Places | None = None  # where the money goes, ward by ward


def reach(outcome: Outcome) -> Reach:
    """Gather what the report says of whom its result reaches."""
    impact, allocation = outcome.equality, outcome.allocation
    if impact is None or not (impact.wards or impact.groups) or (allocation and allocation.status != "proven"):
        return Reach("", (), (), (), ())
    rate = _rate(outcome)
    kinds = (("reach-wards", "Places", impact.wards), ("reach-groups", "Groups served", impact.groups))
    return Reach(
        _missed((*impact.wards, *impact.groups)),
        tuple(_gaps(impact.wards, impact.groups, rate)),
        tuple(_picture(id, title, rows, rate) for id, title, rows in kinds if rows),
        impact.wards,
        impact.groups,
        places("reach-places", of_coverage(impact.wards), outcome.boundaries, impact.baselines),
    )


def _rate(outcome: Outcome) -> Fraction:
    """Give the share of all bids that are recommended."""
    bids = len(outcome.evaluation.bids) if outcome.evaluation else 0
    return Fraction(len(outcome.allocation.awards), bids) if outcome.allocation and bids else Fraction(0)


def _missed(rows: Sequence[Coverage]) -> str:
    """Name the places and groups that bids name and no recommended one does, and those that no bid names."""
    missed = [one.name for one in rows if one.bids and not one.awards]
    absent = [one.name for one in rows if not one.bids]
    told = "Every place and every group that a bid names is named by a recommended bid too."
    if missed:
        told = f"Named by bids, and by no recommended one: {'; '.join(missed)}."
    return f"{told} No bid names: {'; '.join(absent)}." if absent else told


def _gaps(wards: Sequence[Coverage], groups: Sequence[Coverage], rate: Fraction) -> Iterator[Gap]:
    kinds = (("ward", wards), ("group", groups))
    rows = [(one, of, f"{word}-{at}") for word, of in kinds for at, one in enumerate(of, 1)]
    short = [(one.bids * rate - one.awards, one, of, ref) for one, of, ref in rows if one.bids]
    # beside how many are expected, so that a small group's gap weighs as much as a large place's
    widest = sorted(
        (each for each in short if each[0] >= 1), key=lambda each: (-(each[0] ** 2) / each[1].bids, each[1].name)
    )
    for fewer, one, of, ref in widest[:LARGEST]:
        awards = f"{one.awards} of {count_of(one.bids, 'bid')} recommended"
        beside = f"{round(fewer):,} fewer than the share of all bids would be"
        yield Gap(f"{one.name}: {awards}, {beside}{_residents(one, of)}", ref)


def _residents(one: Coverage, of: Sequence[Coverage]) -> str:
    """Say what share of the money a place has beside its share of residents, where that is known."""
    every = sum((other.divided for other in of), Fraction(0))
    if one.population is None or not every:
        return ""
    money = one.divided / every
    beside = "though " if money >= one.population else ""
    return f"; {beside}{percent(money, sign=' %')} of the money for {percent(one.population, sign=' %')} of residents"


def _picture(id: str, title: str, rows: Sequence[Coverage], rate: Fraction) -> ShareRows:
    """Draw the lowest shares of bids that are recommended, place by place, with that of all bids as a line."""
    named = [one for one in rows if one.bids]
    ordered = sorted(named, key=lambda one: (Fraction(one.awards, one.bids), -one.bids, one.name))
    lines = [
        ShareRow(one.name, f"{one.awards} of {one.bids}", now=Fraction(one.awards, one.bids)) for one in ordered[:DRAWN]
    ]
    below = sum(Fraction(one.awards, one.bids) < rate for one in named)
    finding = f"{title}: {below} of {len(named)} below the share of all bids, {percent(rate, sign=' %')}"
    return share_rows(id, finding, lines, rate)
