"""The check of orders of merit, bid by bid, as the rule says it: who is passed over, and whether a ground holds.

Like the rest of the checker it knows no row and no solver: a ground is looked for by funding the bid on paper.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from evaluator.records.programme.rules import EXCLUDES, Exclusive, FundFirst, LeastLevel, Linked, MeritOrder, Rule
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
    awards = _Awards(rule, problem, theme, funded)
    candidates = sorted(awards.places.items(), key=lambda pair: (pair[1], pair[0]))
    own = {one.bid: one for one in problem.candidates if one.theme == theme}
    awarded = [own[bid] for bid, _ in candidates if bid in awards.of_bid]
    taken = [awards.places[one.bid] for one in awarded]
    furthest = [*accumulate((one.score for one in reversed(awarded)), min)][::-1]
    found = []
    for bid, mine in candidates:
        behind, one = bisect_right(taken, mine), own[bid]
        if bid in awards.of_bid or behind == len(taken) or not alone(problem, one, broken):
            continue
        grounds = awards.grounds_of(one, broken)
        if not grounds and rule.max_gap and one.score - furthest[behind] <= Fraction(rule.max_gap) * problem.score_unit:
            grounds = ("max_gap",)
        found.append(Passed(bid, grounds))
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


class _Awards:
    """What is funded, found by bid and by organisation, and the places of one theme's bids in their order."""

    def __init__(self, rule: MeritOrder, problem: Problem, theme: str, funded: Sequence[Pick]) -> None:
        self.rule, self.problem, self.theme, self.funded = rule, problem, theme, funded
        self.places = {one.bid: place(rule, problem, one) for one in problem.candidates if one.theme == theme}
        self.of_bid = {one.bid: (one, level) for one, level in funded}
        self.of_organisation: dict[str, list[Pick]] = {}
        for pick in funded:
            for name in {*pick[0].organisations}:
                self.of_organisation.setdefault(name, []).append(pick)

    def grounds_of(self, one: Candidate, broken: Broken) -> tuple[str, ...]:
        """Name what stops a bid beside the awards of other themes and those of its own at or above it."""
        new = _with_partners(self.problem, one)
        names, mine = {other.bid for other, _ in new}, self.places[one.bid]
        found = []
        for other in self.problem.rules:
            if _may_be_ground(self.rule, other):
                beside = self._beside(self._touched(other, new), names, mine)
                if _breaks(other, self.problem, beside, new, broken):
                    found.append(other.id)
        if EXCLUDES in self.rule.passes_over:
            trial = [*self._beside(self.funded, names, mine), *new]
            if any(_exclude(each, other) for each, _ in new for other, _ in trial):
                found.append(EXCLUDES)
        return tuple(found)

    def _beside(self, picks: Sequence[Pick], names: Collection[str], mine: tuple[int, ...]) -> list[Pick]:
        """Leave out what is ranked below a bid in its theme, and the bid itself with its partners."""
        return [pick for pick in picks if pick[0].bid not in names and self.places.get(pick[0].bid, mine) <= mine]

    def _touched(self, rule: Rule, new: Sequence[Pick]) -> Sequence[Pick]:
        """Give the awards that a rule can count together with new ones: no other changes what it says of them."""
        if rule.traits.scope in ("organisation", "variants"):
            names = sorted({name for one, _ in new for name in one.organisations})
            its = {pick[0].bid: pick for name in names for pick in self.of_organisation.get(name, ())}
            return tuple(its.values())
        if isinstance(rule, Linked | Exclusive):
            return [self.of_bid[bid] for bid in rule.bids if bid in self.of_bid]
        return self.funded


def _with_partners(problem: Problem, one: Candidate) -> list[Pick]:
    """Give a bid and all that are linked with it, directly or through others, each at its lowest usable level."""
    names, before = {one.bid}, 0
    while len(names) > before:
        before = len(names)
        names |= {
            bid for rule in problem.rules if isinstance(rule, Linked) and names & {*rule.bids} for bid in rule.bids
        }
    its = [one] if len(names) == 1 else [other for other in problem.candidates if other.bid in names]
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
