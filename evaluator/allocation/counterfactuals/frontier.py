"""How the best set of awards changes as limits of money rise: one sweep serves every bid that these limits bear on.

More money only ever adds sets that keep the rules. So a set that is best with some pounds more is best with every
smaller sum that pays for it as well, and the next sum to solve is one pound less than it needs. From the largest sum
down, each solve so settles a whole stretch of sums, and together they leave none out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from evaluator.allocation.counterfactuals.changes import limits_on, raised
from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Row, bids_of, taken_choices
from evaluator.allocation.model.usage import Usage
from evaluator.allocation.oracle.best import Best, Vector
from evaluator.allocation.oracle.oracle import Oracle
from evaluator.records.results.counterfactuals import Need

FAR = 1_000_000  # pounds at which it is seen how fast each limit rises
PARTS = (4096, 1024, 256, 64, 16, 4, 1)  # sums are swept up to these fractions of that at which money limits nothing
STEPS = 60  # stretches of one part after which a sweep is given up
STEPS_A_QUESTION = 30  # so many have the work of one question
KEPT_OUT = "other bids come before it in what the other rules allow"
NO_BETTER = "the awards would be no better with it by the published objectives"
UNEVEN = "a published share moves with the budget, so that more money can also tighten a rule"


@dataclass(frozen=True)
class Step:
    """A stretch of pounds more in which one set stays best, and the bids that every best set has at its start."""

    least: int
    most: int
    sure: frozenset[str]


@dataclass(frozen=True)
class Sweep:
    """Stretches of pounds more, from the smallest to the largest; ``whole``: from ``low`` to ``high`` none is missing.

    ``stands`` names, for each bid that the set at ``high`` leaves out, the rules that adding it would break.
    """

    low: int
    high: int
    whole: bool
    steps: tuple[Step, ...]
    stands: Mapping[str, tuple[str, ...]]


class Rising:
    """A problem in which some limits of money rise together, by so many pounds for each year that they cover."""

    def __init__(self, oracle: Oracle, names: tuple[str, ...]) -> None:
        problem, self.oracle = oracle.problem, oracle
        self.themes = frozenset(one.theme for one in problem.candidates if limits_on(problem, one) == names)
        self.at = lru_cache(maxsize=8)(lambda pounds: oracle.changed(raised(problem, names, pounds)))
        start, far = oracle.model, build(refuse_below_minimum(raised(problem, names, FAR)))
        pairs = list(zip(start.rows, far.rows, strict=False))
        self.even = len(start.rows) == len(far.rows) and all(_only_looser(one, other) for one, other in pairs)
        self.rises = {at: Fraction((b.most or 0) - (a.most or 0), FAR) for at, (a, b) in enumerate(pairs) if a != b}
        self.start = start

    def best(self, pounds: int) -> Best:
        """Begin a search for the best set; where the limits bear on one theme alone, most of the others is settled."""
        return self.at(pounds).best_beside(min(self.themes) if len(self.themes) == 1 else "")

    @property
    def top(self) -> int:
        """Give pounds from which on none of these limits keeps any set out."""
        everything = {at: sum(max(0, weight) for _, weight in self.start.rows[at].terms) for at in self.rises}
        return self._pounds(everything) + 2  # what rounding a share of the budget can hide

    def least(self, chosen: Sequence[int], pounds: int) -> int:
        """Give the fewest pounds, up to some that are enough, with which a set keeps the limits."""
        taken = set(chosen)
        used = {at: sum(weight for where, weight in self.start.rows[at].terms if where in taken) for at in self.rises}
        low, high = -1, pounds
        guess = min(pounds, self._pounds(used))
        while high - low > 1:  # the guess is right but for rounding, so that two looks are enough as a rule
            middle = guess if low < guess < high else (guess - 1 if low < guess - 1 < high else (low + high) // 2)
            enough = all(total <= (self.at(middle).model.rows[at].most or 0) for at, total in used.items())
            low, high = (low, middle) if enough else (middle, high)
        return high

    def _pounds(self, used: Mapping[int, int]) -> int:
        """Give the pounds at which the limits have risen to these sums."""
        short = {at: total - (self.start.rows[at].most or 0) for at, total in used.items()}
        return max((-(-missing // self.rises[at]) for at, missing in short.items() if missing > 0), default=0)


def _only_looser(one: Row, other: Row) -> bool:
    """Whether a row is the same further on but for a limit that rose."""
    return one.terms == other.terms and one.least == other.least and (one.most or 0) <= (other.most or 0)


def parts_of(rising: Rising) -> tuple[tuple[int, int], ...]:
    """Cut the sums that matter into parts that can be swept apart from each other."""
    ends = sorted({max(1, rising.top // part) for part in PARTS})
    return tuple(zip([1, *(end + 1 for end in ends[:-1])], ends, strict=True))


def sweeps_of(rising: Rising, most: int = STEPS) -> tuple[Sweep, ...]:
    """Sweep one part of the sums after another, the smallest first, until one takes more work than is allowed.

    Parameters
    ----------
    most : how many stretches of each part are looked at; the work that is allowed goes by it.
    """
    rising.oracle.begin(max(1, most // STEPS_A_QUESTION))
    found: list[Sweep] = []
    for low, high in parts_of(rising):
        found.append(_swept(rising, low, high, most))
        if not found[-1].whole:
            break
    return tuple(found)


def _swept(rising: Rising, low: int, high: int, most: int) -> Sweep:
    """Find every stretch of a part, or as many as are looked at."""
    steps: list[Step] = []
    stands: Mapping[str, tuple[str, ...]] = {}
    pounds = high
    while pounds >= low and len(steps) < most:
        best = rising.best(pounds)
        vector = best.values()
        if vector is None or best.incumbent is None:
            break
        if not steps:
            stands = dict(_stands(rising, best))
        least = max(low, rising.least(best.incumbent, pounds))
        sure = _sure(rising, best, vector, least)
        if sure is None:
            break
        steps.append(Step(least, pounds, sure))
        pounds = least - 1
    return Sweep(low, high, pounds < low, tuple(reversed(steps)), stands)


def _sure(rising: Rising, best: Best, vector: Vector, pounds: int) -> frozenset[str] | None:
    """Name the bids that every best set has at the start of a stretch; None where that was not established."""
    taken = {choice.candidate for choice in taken_choices(best.model, best.incumbent or ())}
    own = [one.bid for one in taken if one.theme in rising.themes]
    if best.only_bids() is not None:
        return frozenset(own)
    found = set()
    for bid in sorted(own):
        without = rising.at(pounds).best(forced_out=(bid,), reach=vector[0])
        theirs = without.values()
        if theirs is None and not without.infeasible:
            return None
        if theirs is None or theirs < vector:
            found.add(bid)
    return frozenset(found)


def _stands(rising: Rising, best: Best) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Say which rules keep each bid out that the best set leaves out; none: it would fit."""
    model, usage = best.model, Usage(best.model, best.incumbent or ())
    funded = bids_of(model, usage.chosen)
    for bid, places in model.places.items():
        if model.choices[places[0]].candidate.theme in rising.themes and bid not in funded:
            broken = [usage.breaks(at) for at in places]
            rules = [row.rule for row, _ in min(broken, key=len) if row.rule]
            yield bid, tuple(dict.fromkeys(rules))


def budget_need(bid: str, names: tuple[str, ...], sweeps: Sequence[Sweep]) -> Need:
    """Read from the sweeps what more money would have funded a bid surely.

    Parameters
    ----------
    names : the limits that rise.
    sweeps : of the parts in order, from one pound on; only the last may leave sums out.
    """
    for number, sweep in enumerate(sweeps):
        if not sweep.whole and sweep.low == 1:
            return Need("budget", "not_established")
        if not sweep.whole:  # up to here no more money funds it; not all larger sums were looked at
            return Need("budget", "others_first", sweep.low - 1, rules=names)
        for step in sweep.steps:
            if bid in step.sure:
                later = [one for each in sweeps[number:] for one in each.steps if one.least > step.least]
                lasts = (True if sweeps[-1].whole else None) if all(bid in one.sure for one in later) else False
                return Need("budget", "found", step.least, rules=names, lasts=lasts)
    rules = sweeps[-1].stands.get(bid, ())
    why = KEPT_OUT if rules else NO_BETTER
    return Need("budget", "impossible", rules=rules, why=why)
