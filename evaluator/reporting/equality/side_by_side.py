"""What stands side by side in the equality impact: sets of awards, last round and this one, gaps and what is open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.english import count_of
from evaluator.records.numbers import percent
from evaluator.records.results.allocation import WITHOUT_MERIT_ORDER
from evaluator.records.results.coverage import Candidate, Coverage
from evaluator.records.results.equality import EqualityImpact
from evaluator.records.results.last_round import GroupThen, LastRound

METHODS = {
    "optimise": "The best set by total score (optimise)",
    "priority": "Best score first, while money lasts (priority)",
    "equal_shares": "What voters buy with equal shares (equal_shares)",
    "fixed_lots": "One award for each theme (fixed_lots)",
    WITHOUT_MERIT_ORDER: "The best set by total score, without merit order",
}
ServedRow = tuple[str, str, tuple[int, ...]]


def served_rows(impact: EqualityImpact) -> tuple[ServedRow, ...]:
    """Give for small organisations, and for each group and ward that a bid names, its awards in each set."""
    sets = impact.candidates
    rows: list[ServedRow] = [("organisations", "Small organisations", tuple(one.small for one in sets))]
    for kind, covered in (("group", impact.groups), ("ward", impact.wards)):
        counts = [dict(one.by_group if kind == "group" else one.by_ward) for one in sets]
        rows += [(kind, one.name, tuple(count.get(one.name, 0) for count in counts)) for one in covered if one.bids]
    return tuple(rows)


def set_title(one: Candidate) -> str:
    """Name a set of awards by what its method does."""
    method, _, rest = one.title.partition(" ")
    return f"{METHODS.get(method, method)}{' ' if rest else ''}{rest}"


def rate_words(awards: int, bids: int) -> str:
    """Write a success rate.

    >>> rate_words(12, 40)
    '12 of 40 (30%)'
    """
    return f"{awards:,} of {bids:,} ({percent(Fraction(awards, bids))})" if bids else "no bids"


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A group in the last round and in this one, each as it was printed."""

    group: str
    last: str
    said: str
    this: str


def round_rows(last: LastRound, impact: EqualityImpact) -> tuple[RoundRow, ...]:
    """Set what the last round published beside what this one prints of the same group."""
    return tuple(_round(one, impact) for one in last.groups)


def _round(one: GroupThen, impact: EqualityImpact) -> RoundRow:
    asked = next(each for each in impact.characteristics if each.id == one.question)
    group = next((each for each in asked.groups if one.group in each.values), None)
    this = "not shown"
    if group is not None and group.funded is not None:
        name = "" if group.values == (one.group,) else f" ({group.group})"
        this = f"{group.funded.words} of {group.organisations.words} organisations{name}"
    said = one.wording.value if one.wording else "not given"
    return RoundRow(f"{asked.title}: {one.group}", f"{rate_words(one.awards, one.bids)} bids", said, this)


def both_pay(covered: Sequence[Coverage], one: str) -> str:
    """Say how many wards or groups each programme pays for, and which are served by one of them alone.

    >>> both_pay([Coverage("Bow", 1, 1, 1, 1, 100, Fraction(100), Fraction(50))], "ward")
    'Both pay for 1 ward.'
    """
    both = [each.name for each in covered if each.divided and each.grants]
    ours = [each.name for each in covered if each.divided and not each.grants]
    theirs = [each.name for each in covered if each.grants and not each.divided]
    neither = [each.name for each in covered if not each.grants and not each.divided]
    parts = [f"Both pay for {count_of(len(both), one)}"]
    parts += [f"this programme alone for {', '.join(ours)}"] if ours else []
    parts += [f"the other alone for {', '.join(theirs)}"] if theirs else []
    parts += [f"neither for {', '.join(neither)}"] if neither else []
    return f"{'; '.join(parts)}."


def open_gaps(impact: EqualityImpact) -> tuple[tuple[str, str], ...]:
    """Name the gaps that the figures alone show, each with those whom it is about: what people may want to act on."""
    return tuple(_gaps(impact))


def _gaps(impact: EqualityImpact) -> Iterator[tuple[str, str]]:
    for axis in impact.axes:
        if axis.impact == "negative":
            yield axis.why, axis.name
    empty = [one.name for one in impact.wards if not one.awards]
    if empty:
        yield "No recommended bid names them", ", ".join(empty)
    yield from _short_groups(impact)
    silent = [one.name for one in impact.axes if one.protected and not one.groups]
    if silent:
        yield "Not asked, or asked of nobody: nothing is known of who bid", ", ".join(silent)


def _short_groups(impact: EqualityImpact) -> Iterator[tuple[str, str]]:
    """Name the groups served that have fewer awards than their part of the bids would give, by one or more."""
    bids, awards = (impact.totals[at].bids for at in (0, -1)) if impact.totals else (0, 0)
    short = [one for one in impact.groups if bids and _short(one, bids, awards) >= 1]
    if short:
        names = (f"{one.name} ({one.awards} of {count_of(one.bids, 'bid')})" for one in short)
        yield f"Served by fewer awards than their bids’ part of all awards ({awards} of {bids})", ", ".join(names)


def _short(one: Coverage, bids: int, awards: int) -> Fraction:
    return Fraction(one.bids * awards, bids) - one.awards
