"""The check of orders of merit, bid by bid, as the rule says it: who is passed over, and whether a ground holds.

Like the rest of the checker it knows no row and no solver: a ground is looked for by funding the bid on paper.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluator.records.programme.rules import EXCLUDES, FundFirst, LeastLevel, Linked, MeritOrder, Rule
from evaluator.records.results.allocation import Candidate, Level, Problem

MONEY = ("budget", "year_budget", "theme_budget")
WITHIN_THEME: Mapping[str, Callable[[Candidate], int]] = {  # within a band the lowest of these goes first
    "lower_cost": lambda one: max((level.score, level.cost) for level in one.levels)[1],
    "wards_covered": lambda one: -len({*one.wards}),
    "groups_covered": lambda one: -len({*one.groups}),
    "outcomes_covered": lambda one: -len({*one.outcomes}),
    "score_by_people": lambda one: -one.people,
}
Pick = tuple[Candidate, Level]
Broken = Callable[[Rule, Problem, Sequence[Pick]], frozenset[str]]  # of what awards are over a limit, and how far


@dataclass(frozen=True, slots=True)
class Passed:
    """A bid that is passed over, and the ground: the ids of rules, or a word; empty where there is none."""

    bid: str
    grounds: tuple[str, ...]


def passed_over(
    rule: MeritOrder, problem: Problem, theme: str, funded: Sequence[Pick], broken: Broken
) -> tuple[Passed, ...]:
    """List the bids of a theme that could be funded and are not, while a worse-ranked one is, in order of merit.

    Parameters
    ----------
    broken : says of what a set of awards would be over a limit; nothing where it keeps it.
    """
    its = {one.bid: place(rule, problem, one) for one in problem.candidates if one.theme == theme}
    candidates = sorted(
        (one for one in problem.candidates if one.theme == theme), key=lambda one: (its[one.bid], one.bid)
    )
    had = {one.bid for one, _ in funded}
    awarded = [one for one in candidates if one.bid in had]
    found = []
    for one in candidates:
        behind = [other for other in awarded if its[other.bid] > its[one.bid]]
        if one.bid in had or not behind or not alone(problem, one, broken):
            continue
        grounds = grounds_of(rule, problem, one, funded, broken)
        furthest = min(other.score for other in behind)
        if not grounds and rule.max_gap and one.score - furthest <= Fraction(rule.max_gap) * problem.score_unit:
            grounds = ("max_gap",)
        found.append(Passed(one.bid, grounds))
    return tuple(found)


def place(rule: MeritOrder, problem: Problem, one: Candidate) -> tuple[int, ...]:
    """Give the place of a bid in its theme's order of merit: by band and tie-break, by index, or by total score."""
    if rule.bands:
        above = [edge for edge in rule.bands if Fraction(one.score, problem.score_unit) < edge]
        return (len(above), *(WITHIN_THEME[name](one) for name in rule.tie_break))
    return (one.rank,) if one.by_index else (-one.score, one.rank)


def lowest(problem: Problem, one: Candidate) -> Level | None:
    """Give the lowest level at which a bid may be funded; None where there is none."""
    least = max((rule.least for rule in problem.rules if isinstance(rule, LeastLevel)), default=Decimal(0))
    return min((level for level in one.levels if level.percent >= least), key=lambda level: level.percent, default=None)


def alone(problem: Problem, one: Candidate, broken: Broken) -> bool:
    """Whether a bid is by itself, at its lowest usable level, within every limit."""
    level = lowest(problem, one)
    limits = (rule for rule in problem.rules if rule.traits.side in ("most", "both") and not _moves(rule))
    return level is not None and not any(broken(rule, problem, [(one, level)]) for rule in limits)


def _moves(rule: Rule) -> bool:
    """Whether what a rule allows moves with what is awarded, so that it is no limit for a bid by itself."""
    return getattr(rule, "of", "") == "awarded"


def grounds_of(
    rule: MeritOrder, problem: Problem, one: Candidate, funded: Sequence[Pick], broken: Broken
) -> tuple[str, ...]:
    """Name what stands in the way of a bid beside the awards of other themes and those of its own at or above it."""
    new = _with_partners(problem, one)
    names = {other.bid for other, _ in new}
    mine = place(rule, problem, one)
    beside = [
        pick
        for pick in funded
        if pick[0].bid not in names and (pick[0].theme != one.theme or place(rule, problem, pick[0]) <= mine)
    ]
    trial = [*beside, *new]
    found = [
        other.id
        for other in problem.rules
        if _may_be_ground(rule, other) and _breaks(other, problem, beside, new, broken)
    ]
    if EXCLUDES in rule.passes_over and any(_exclude(each, other) for each, _ in new for other, _ in trial):
        found.append(EXCLUDES)
    return tuple(found)


def _with_partners(problem: Problem, one: Candidate) -> list[Pick]:
    """Give a bid and all that are linked with it, directly or through others, each at its lowest usable level."""
    names, before = {one.bid}, 0
    while len(names) > before:
        before = len(names)
        names |= {
            bid for rule in problem.rules if isinstance(rule, Linked) and names & {*rule.bids} for bid in rule.bids
        }
    its = (other for other in problem.candidates if other.bid in names)
    return [(other, lowest(problem, other) or min(other.levels, key=lambda level: level.percent)) for other in its]


def _may_be_ground(rule: MeritOrder, other: Rule) -> bool:
    if other.kind in MONEY:
        return rule.unaffordable == "pass_over"
    return other.id in rule.passes_over and other.traits.is_ground


def _breaks(rule: Rule, problem: Problem, beside: Sequence[Pick], new: Sequence[Pick], broken: Broken) -> bool:
    """Whether funding new bids beside others would break a rule; what is broken without them is not their doing."""
    trial = [*beside, *new]
    if isinstance(rule, Linked):
        tried = {one.bid for one, _ in new}
        return not tried.isdisjoint(rule.bids) and not {one.bid for one, _ in trial}.issuperset(rule.bids)
    return bool(broken(rule, problem, trial) - broken(rule, problem, beside))


def _exclude(one: Candidate, other: Candidate) -> bool:
    return one.bid != other.bid and (one.bid in other.excludes or other.bid in one.excludes)


def first_ones(rule: FundFirst, problem: Problem, theme: str, broken: Broken) -> tuple[str, ...]:
    """Name the bids of a theme that are to be funded before any other."""
    its = [one for one in problem.candidates if one.theme == theme]
    return tuple(one.bid for one in its if _is_first(rule, problem, its, one) and alone(problem, one, broken))


def _is_first(rule: FundFirst, problem: Problem, its: Sequence[Candidate], one: Candidate) -> bool:
    if rule.score is not None:
        return Fraction(one.score, problem.score_unit) >= rule.score
    if one.by_index:
        return one.rank <= (rule.rank or 0)
    better = [other for other in its if (-other.score, other.rank) < (-one.score, one.rank)]
    return len(better) < (rule.rank or 0)
