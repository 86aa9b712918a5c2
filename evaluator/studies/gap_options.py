"""What else could have been published for a group with fewer awards: each change solved again, with its price."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from statistics import median_low
from typing import Any

from evaluator.allocation import Total, allocation_problem, best_total
from evaluator.records.english import count_of
from evaluator.records.numbers import pounds
from evaluator.records.programme.criteria import Criteria, PricePolicy
from evaluator.records.programme.rules import GroupFloor, SmallShare
from evaluator.records.results.allocation import Allocation, Problem, Status
from evaluator.records.results.scores import ScoreTable
from evaluator.records.results.studies.gap_options import Change, ChangeKind, GapBids, GapOptions
from evaluator.records.submissions.evaluation import NO_MARK, Evaluation, ThemeBids
from evaluator.scoring import score

MARK = "\0"  # a name that no bid can give to whom it serves
MERIT = "merit_order"
LARGER_PART = Fraction(3, 4)  # of the awards that smaller lots would be
MOST_SOLVED = 6_000  # candidates of all problems that are solved together, so that many bids take no hours
GREEN_BOOK = Decimal("3.5")  # percent a year by which later years' prices are discounted: HM Treasury's Green Book
BASES = {
    "whole_life": "prices of all years together scored in every theme",
    "unit_cost": "prices for each person served scored in every theme",
    "discounted": f"prices with later years discounted at {GREEN_BOOK} % scored in every theme",
}


@dataclass(frozen=True)
class _Tried:
    """A change and the problem that it makes; no problem where it comes to what is recommended."""

    kind: ChangeKind
    words: str
    problem: Problem | None


@dataclass(frozen=True)
class _Found:
    """The best set of a change: its bids, and what it is held against."""

    tried: _Tried
    status: Status
    bids: frozenset[str] = frozenset()
    money: int = 0
    lost: Fraction | None = None
    off_ranking: bool = False


def gap_options(
    criteria: Criteria, evaluation: Evaluation, scores: ScoreTable, allocation: Allocation, gaps: Sequence[GapBids]
) -> tuple[GapOptions, ...]:
    """Solve the published problem again with one change each time, and say what it would come to for each group.

    Parameters
    ----------
    gaps : the groups that are asked about, with their bids.

    Returns
    -------
    The options of each group, in the order of the groups. None of them changes an award.
    """
    return _Study(criteria, evaluation, scores, allocation).options(gaps)


class _Study:
    """One evaluation, of which several changes are tried."""

    def __init__(self, criteria: Criteria, evaluation: Evaluation, scores: ScoreTable, allocation: Allocation) -> None:
        self.criteria, self.evaluation, self.allocation = criteria, evaluation, allocation
        self.problem = allocation_problem(criteria, evaluation, scores)
        self.amounts = {award.bid: award.amount for award in allocation.awards}
        self.worth = _points(self.problem)
        self.left = MOST_SOLVED

    def options(self, gaps: Sequence[GapBids]) -> tuple[GapOptions, ...]:
        """Give each group's options: the changes that are tried once for all groups, and the floors of its own."""
        shared = tuple(_each_outcome_once(self._found(one) for one in self._shared()))
        return tuple(self._of(gap, [*map(self._found, self._floors(gap)), *shared]) for gap in gaps)

    def _of(self, gap: GapBids, found: Sequence[_Found]) -> GapOptions:
        changes = sorted((self._change(gap, one) for one in found), key=_by_cost)
        return GapOptions(*_named(gap), len(gap.bids), len(gap.bids & self.amounts.keys()), tuple(changes))

    def _change(self, gap: GapBids, found: _Found) -> Change:
        tried = found.tried
        if found.lost is None:
            return Change(tried.kind, tried.words, found.status)
        displaced = sorted(self.amounts.keys() - found.bids)
        return Change(
            kind=tried.kind,
            words=tried.words,
            status=found.status,
            awards=len(gap.bids & found.bids),
            lost=found.lost,
            money=found.money,
            moved=sum(self.amounts[bid] for bid in displaced),
            gained=tuple(sorted(found.bids - self.amounts.keys())),
            displaced=tuple(displaced),
            off_ranking=found.off_ranking,
        )

    # ---- What is tried

    def _floors(self, gap: GapBids) -> Iterator[_Tried]:
        """Ask one more award for a group, and its share of the bids; nothing where it has its share."""
        every, have = len(self.evaluation.bids), len(gap.bids & self.amounts.keys())
        fair = -(-len(gap.bids) * len(self.amounts) // every) if every else 0
        levels: dict[int, ChangeKind] = {fair: "own_share"}
        levels[have + 1] = "one_more"  # also where that is its share
        for least, kind in levels.items():
            if have < least <= fair:
                words = f"at least {count_of(least, 'award')}"
                yield _Tried(kind, words, self._with_floor(gap.bids, least))

    def _with_floor(self, bids: frozenset[str], least: int) -> Problem:
        marked = tuple(
            replace(one, groups=(*one.groups, MARK)) if one.bid in bids else one for one in self.problem.candidates
        )
        floor = GroupFloor(id=MARK, kind="group_floor", title="", source="", group=MARK, least=least)
        return replace(self.problem, candidates=marked, rules=(*self.problem.rules, floor))

    def _shared(self) -> Iterator[_Tried]:
        yield from self._for_small()
        yield from self._smaller_lots()
        yield from self._bases()
        yield from self._support()

    def _for_small(self) -> Iterator[_Tried]:
        """Ask small organisations' share of the bids for them among the awards too."""
        small = {bid.id for bid in self.evaluation.bids if bid.small}
        if not small or not self.amounts:
            return
        share = 100 * len(small) // len(self.evaluation.bids)
        words = f"at least {share} % of awards for small organisations, as of bids"
        if 100 * len(small & self.amounts.keys()) >= share * len(self.amounts):
            yield _Tried("small", words, None)
            return
        rule = SmallShare.model_validate({"id": MARK, "kind": "small_share", "least": f"{share}%", "of": "awards"})
        yield _Tried("small", words, replace(self.problem, rules=(*self.problem.rules, rule)))

    def _smaller_lots(self) -> Iterator[_Tried]:
        """Ask that most awards are no larger than the middle price of their theme, of the bids as they came."""
        asked: dict[str, list[int]] = {}
        for bid in self.evaluation.bids:
            asked.setdefault(bid.theme, []).append(bid.price or 0)
        middle = {theme: median_low(prices) for theme, prices in asked.items()}
        lesser = frozenset(bid.id for bid in self.evaluation.bids if (bid.price or 0) <= middle[bid.theme])
        least = -(-LARGER_PART.numerator * len(self.amounts) // LARGER_PART.denominator)
        if not any(middle.values()) or not self.amounts:
            return
        sums = sorted(set(middle.values()))
        upto = pounds(sums[0]) if len(sums) == 1 else f"{pounds(sums[0])} to {pounds(sums[-1])} by theme"
        words = f"smaller lots: three awards of four up to the middle price of their theme ({upto})"
        have = len(lesser & self.amounts.keys())
        yield _Tried("lots", words, self._with_floor(lesser, least) if have < least else None)

    def _bases(self) -> Iterator[_Tried]:
        """Compare prices on each other basis for which every bid has what it takes."""
        published = {policy.basis for policy in self._policies()}
        for basis, words in BASES.items():
            if published and {basis} != published and self._allows(basis):
                yield self._rescored("basis", words, _on_basis(self.criteria, basis), self.evaluation)

    def _policies(self) -> list[PricePolicy]:
        found = (self.criteria.price_policy(theme.id) for theme in self.criteria.themes if theme.price_weight)
        return [policy for policy in found if policy]

    def _allows(self, basis: str) -> bool:
        bids = self.evaluation.bids
        return all(bid.people for bid in bids) if basis == "unit_cost" else all(bid.by_year for bid in bids)

    def _support(self) -> Iterator[_Tried]:
        """Let minimums, and then gates, keep out nobody whose bid was marked: the most that help could do."""
        without = _without_minimums(self.criteria)
        words = "no minimums, or help to reach them: each bid ranked with the marks it has"
        yield self._rescored("minimums", words, without, self.evaluation)
        admitted, number = _gates_open(self.evaluation)
        if number:
            words = f"no gates, or help to pass them: {count_of(number, 'bid')} marked all the same ranked"
            yield self._rescored("gates", words, self.criteria, admitted)

    def _rescored(self, kind: ChangeKind, words: str, criteria: Criteria, evaluation: Evaluation) -> _Tried:
        try:
            table = score(criteria, evaluation)
        except ValueError:  # what these bids lack for it
            return _Tried(kind, words, None)
        return _Tried(kind, words, allocation_problem(criteria, evaluation, table))

    # ---- What it comes to

    def _found(self, tried: _Tried) -> _Found:
        if tried.problem is None:
            as_recommended = frozenset(self.amounts)
            return _Found(tried, "proven", as_recommended, self.allocation.cost, Fraction(0))
        best = self._best(tried.problem)
        if best.status == "proven":
            return self._held_against(tried, best, self._published_total, off_ranking=False)
        freed = _off_ranking(tried.problem)
        if best.status != "infeasible" or freed is None:
            return _Found(tried, best.status)
        again = self._best(freed)
        if again.status != "proven" or self._total_off_ranking is None:
            return _Found(tried, best.status)
        return self._held_against(tried, again, self._total_off_ranking, off_ranking=True)

    def _best(self, problem: Problem) -> Total:
        """Solve a problem, as long as there is work left."""
        self.left -= len(problem.candidates)
        return best_total(problem) if self.left >= 0 else Total("not_proven")

    def _held_against(self, tried: _Tried, best: Total, total: Fraction, *, off_ranking: bool) -> _Found:
        """Price a set by the published scores; a bid that had none then counts what the change gives it."""
        assert tried.problem is not None
        worth = {**_points(tried.problem), **self.worth}
        reached = sum((worth[bid] for bid in best.bids), Fraction(0))
        return _Found(tried, "proven", frozenset(best.bids), best.cost, total - reached, off_ranking)

    @cached_property
    def _published_total(self) -> Fraction:
        return sum((self.worth[bid] for bid in self.amounts), Fraction(0))

    @cached_property
    def _total_off_ranking(self) -> Fraction | None:
        """The points of the best set that need not go down any ranking; None where there is no such rule."""
        freed = _off_ranking(self.problem)
        best = self._best(freed) if freed else None
        if best is None or best.status != "proven":
            return None
        return sum((self.worth[bid] for bid in best.bids), Fraction(0))


def _each_outcome_once(found: Iterable[_Found]) -> Iterator[_Found]:
    """Leave out a second basis of prices that comes to the same awards as one before it."""
    seen: set[frozenset[str]] = set()
    for one in found:
        if one.tried.kind != "basis" or one.bids not in seen:
            yield one
        seen.add(one.bids)


def _named(gap: GapBids) -> tuple[str, str]:
    return gap.characteristic, gap.group


def _by_cost(one: Change) -> tuple[bool, bool, Fraction, int, str]:
    return one.lost is None, one.off_ranking, one.lost or Fraction(0), one.moved, one.words


def _points(problem: Problem) -> Mapping[str, Fraction]:
    """Give each candidate's points for the whole of its ask."""
    return {one.bid: Fraction(one.score, problem.score_unit) for one in problem.candidates}


def _off_ranking(problem: Problem) -> Problem | None:
    """Give the problem without the rule that each lot goes down its ranking; None where it has no such rule."""
    left = tuple(rule for rule in problem.rules if rule.kind != MERIT)
    return replace(problem, rules=left) if len(left) < len(problem.rules) else None


def _on_basis(criteria: Criteria, basis: str) -> Criteria:
    def other(policy: PricePolicy | None) -> PricePolicy | None:
        rate = GREEN_BOOK if basis == "discounted" else None
        return policy.model_copy(update={"basis": basis, "discount_rate": rate}) if policy else None

    themes = tuple(theme.model_copy(update={"price": other(theme.price)}) for theme in criteria.themes)
    return criteria.model_copy(update={"price": other(criteria.price), "themes": themes})


def _without_minimums(criteria: Criteria) -> Criteria:
    themes = tuple(theme.model_copy(update={"minimum_marks": {}, "minimum_quality": None}) for theme in criteria.themes)
    assert criteria.allocation is not None
    none: dict[str, Any] = {"minimum_score": None, "minimum_scores": {}}
    return criteria.model_copy(update={"themes": themes, "allocation": criteria.allocation.model_copy(update=none)})


def _gates_open(evaluation: Evaluation) -> tuple[Evaluation, int]:
    """Admit every bid that failed a gate and was marked all the same, and say how many they are."""
    themes = tuple(map(_admitted, evaluation.themes))
    number = sum(len(one.disregarded) for one in evaluation.themes) - sum(len(one.disregarded) for one in themes)
    return replace(evaluation, themes=themes), number


def _admitted(theme: ThemeBids) -> ThemeBids:
    questions = range(len(theme.questions))
    marked = {
        bid.id
        for at, bid in enumerate(theme.bids)
        if bid.price and all(theme.mark(at, question) != NO_MARK for question in questions)
    }
    kept = {
        bid: one
        for bid, one in theme.disregarded.items()
        if bid not in marked or one.matter != "failed_gate" or one.standing != "disregarded"
    }
    return replace(theme, disregarded=kept)
