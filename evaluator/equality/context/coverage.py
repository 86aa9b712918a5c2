"""The people served, by what the bids themselves say: wards, groups and outcomes, and those left with nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from evaluator.equality.statistics.disparity import dissimilarity, theil
from evaluator.records.results.coverage import Baseline, Concentration, Coverage, Grant, Overlap
from evaluator.records.submissions.evaluation import Bid

Served = Callable[[Bid], tuple[str, ...]]


@dataclass
class _Count:
    bids: int = 0
    bids_only: int = 0
    awards: int = 0
    awards_only: int = 0
    money: int = 0
    divided: Fraction = field(default_factory=Fraction)
    grants: Fraction = field(default_factory=Fraction)
    people: Fraction = field(default_factory=Fraction)
    places: Fraction = field(default_factory=Fraction)


def coverage(
    bids: Iterable[Bid],
    awarded: Mapping[str, int],
    served: Served,
    grants: Iterable[tuple[int, tuple[str, ...]]] = (),
    baselines: Iterable[Baseline] = (),
) -> tuple[Coverage, ...]:
    """Count the bids and awards for each ward or group that any bid, grant or benchmark names, by name.

    Parameters
    ----------
    bids : all bids received.
    awarded : pence of each funded bid by its id.
    served : gives the names that a bid serves.
    grants : pence of each award of another programme, and the names that it serves.
    baselines : residents or need by the same names.

    Returns
    -------
    one record for each name. A bid for several is counted in each, and its whole award with it; ``divided`` counts it
    once, in equal parts.
    """
    counts: dict[str, _Count] = {name: _Count() for one in baselines for name, _ in one.shares}
    for bid in bids:
        names = sorted(set(served(bid)))
        for name in names:
            _add(counts.setdefault(name, _Count()), len(names), awarded.get(bid.id), bid.people or 0)
    for money, found in grants:
        names = sorted(set(found))
        for name in names:
            counts.setdefault(name, _Count()).grants += Fraction(money, len(names))
    shares = {kind: _shares(baselines, kind) for kind in ("population", "need")}
    return tuple(
        Coverage(name, **vars(counts[name]), population=shares["population"].get(name), need=shares["need"].get(name))
        for name in sorted(counts)
    )


def _add(count: _Count, names: int, money: int | None, people: int) -> None:
    count.bids += 1
    count.bids_only += names == 1
    count.people += Fraction(people, names)
    if money is not None:
        count.awards += 1
        count.awards_only += names == 1
        count.money += money
        count.divided += Fraction(money, names)
        count.places += Fraction(people, names)


def _shares(baselines: Iterable[Baseline], kind: str) -> dict[str, Fraction]:
    return {name: share for one in baselines if one.kind == kind for name, share in one.shares}


def concentration(of: str, covered: tuple[Coverage, ...]) -> tuple[Concentration, ...]:
    """Give how much of the money would have to move to be spread as each benchmark is, or equally without one."""
    found = []
    for kind in ("population", "need"):
        shares = {one.name: share for one in covered if (share := getattr(one, kind)) is not None}
        whole = sum(shares.values(), Fraction(0))
        if whole:
            found.append(_concentration(of, kind, covered, {name: share / whole for name, share in shares.items()}))
    if not found and covered:
        equal = {one.name: Fraction(1, len(covered)) for one in covered}
        found.append(_concentration(of, "equal parts", covered, equal))
    return tuple(one for one in found if one is not None)


def _concentration(
    of: str, benchmark: str, covered: tuple[Coverage, ...], shares: Mapping[str, Fraction]
) -> Concentration | None:
    alone, both = ({one.name: money(one) for one in covered} for money in (_own, _both))
    if not sum(alone.values()):
        return None
    with_grants = dissimilarity(_parts(both), shares) if both != alone else None
    evenly = theil(*({name: float(share) for name, share in one.items()} for one in (_parts(alone), shares)))
    entropy = None if evenly is None else Fraction(round(1000 * evenly), 1000)
    return Concentration(of, benchmark, dissimilarity(_parts(alone), shares), with_grants, entropy)


def _own(one: Coverage) -> Fraction:
    return one.divided


def _both(one: Coverage) -> Fraction:
    return one.divided + one.grants


def _parts(money: Mapping[str, Fraction]) -> dict[str, Fraction]:
    whole = sum(money.values(), Fraction(0))
    return {name: value / whole for name, value in money.items()}


def overlaps(recommended: Iterable[Bid], awarded: Mapping[str, int], grants: Iterable[Grant]) -> tuple[Overlap, ...]:
    """Name the organisations that both programmes fund, by id or by name, with the money of each.

    A grant is matched to the lead of a bid by its id or its name, and to a member of a consortium by its id; capitals
    and spaces do not matter. A bid of several organisations is counted whole for each of them.
    """
    ours: dict[str, int] = {}
    ids: dict[str, str] = {}
    for bid in recommended:
        ids |= {_plain(bid.name): bid.organisation} if bid.name else {}
        for name in {bid.organisation, *bid.members}:
            ids[_plain(name)] = name
            ours[name] = ours.get(name, 0) + awarded.get(bid.id, 0)
    theirs: dict[str, int] = {}
    for grant in grants:
        found = ids.get(_plain(grant.organisation))
        if found is not None:
            theirs[found] = theirs.get(found, 0) + grant.amount
    return tuple(Overlap(name, ours[name], theirs[name]) for name in sorted(theirs))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
