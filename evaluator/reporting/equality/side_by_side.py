"""What stands side by side in the equality impact: sets of awards, last round and this one, gaps and what is open."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from evaluator.records.english import count_of
from evaluator.records.numbers import percent
from evaluator.records.results.coverage import Candidate, Coverage
from evaluator.records.results.equality import EqualityImpact, Wording
from evaluator.records.results.last_round import BothRounds, Rounds
from evaluator.reporting.equality.wording import shortfall_words

METHODS = {
    "optimise": "The best set by total score (optimise)",
    "priority": "Best score first, while money lasts (priority)",
    "fixed_lots": "One award for each theme (fixed_lots)",
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


def then_words(one: BothRounds) -> tuple[str, str]:
    """Give the last round's success rate and what it said, or that it published nothing of the group."""
    if one.then is None:
        return "not given", ""
    return rate_words(one.then.awards, one.then.bids), one.then.wording.value if one.then.wording else "not given"


def both_words(one: BothRounds) -> str:
    """Say what both rounds together allow to be said, with the awards by which the group falls short."""
    if one.across is None or one.shortfall is None:
        return "Cannot be added up: the last round gives no number."
    wording = one.across.value
    return wording if one.across is Wording.TOO_FEW else f"{wording} ({shortfall_words(one.shortfall)} than its share)"


def rounds_short(rounds: Rounds) -> str:
    """Say in a sentence what the two rounds side by side come to."""
    counts = Counter(one.across for one in rounds.lines if one.across)
    parts = [f"of {number}, {wording.value.lower()}" for wording in Wording if (number := counts[wording])]
    found = f"; {'; '.join(parts)}" if parts else ""
    return f"{count_of(sum(counts.values()), 'group')} can be followed over both rounds{found}."


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
    bids, awards = (impact.totals[at].bids or 0 for at in (0, -1)) if impact.totals else (0, 0)
    short = [one for one in impact.groups if bids and _short(one, bids, awards) >= 1]
    if short:
        names = (f"{one.name} ({one.awards} of {count_of(one.bids, 'bid')})" for one in short)
        yield f"Served by fewer awards than their bids’ part of all awards ({awards} of {bids})", ", ".join(names)


def _short(one: Coverage, bids: int, awards: int) -> Fraction:
    return Fraction(one.bids * awards, bids) - one.awards
