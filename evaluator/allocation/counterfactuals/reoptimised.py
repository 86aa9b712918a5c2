"""What a whole problem comes to when it is decided again: the best set or the total, without reasons or a proof."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from evaluator.allocation.allocate import allocate
from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Chosen, Model, bids_of, measure, objectives_of, taken_choices
from evaluator.allocation.oracle.best import Best
from evaluator.allocation.oracle.near_optimal import near_best
from evaluator.allocation.oracle.ways_in_order import WaysInOrder
from evaluator.allocation.oracle.ways_together import Found, TooManyError
from evaluator.allocation.search.lexicographic import searched, value_at
from evaluator.allocation.search.state import Search
from evaluator.allocation.solvers.work import Work
from evaluator.records.results.allocation import Candidate, Problem, Status

Bids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """What a problem comes to: its total score in units and its cost in pence, where one was proven; the bids."""

    status: Status
    score: int | None = None
    cost: int = 0
    bids: Bids = ()


def best_total(problem: Problem) -> Total:
    """Find the total score of a problem by its published method.

    By ``optimise`` only the stages up to the total score are solved; the bids and the cost are then those of one of the
    sets that reach it. Where the total score is no objective, all stages are.
    """
    if problem.policy.method != "optimise":
        made = allocate(problem)
        score = made.total_score if made.status == "proven" else None
        return Total(made.status, score, made.cost, tuple(award.bid for award in made.awards))
    objectives = objectives_of(problem)
    last = objectives.index("total_score") if "total_score" in objectives else len(objectives) - 1
    counted = None if last else _counted(problem)
    if counted is not None:
        found = counted.first()
        return Total("infeasible") if found is None else _total(counted.model, found)
    search = Search(build(refuse_below_minimum(problem)), Work.of(problem))
    value = value_at(search, last)
    if value == "infeasible":
        return Total("infeasible")
    if value == "unknown":
        return Total("not_proven")
    return _total(search.model, search.incumbent or ())


def _total(model: Model, chosen: Chosen) -> Total:
    awards = taken_choices(model, chosen)
    return Total("proven", measure("total_score", awards), -measure("lower_cost", awards), _bids(model, chosen))


def best_set(problem: Problem) -> Bids | None:
    """Name the bids of the best set by every published objective, or of the published list; None where none is proven.

    Of sets that stay equal it is one, always the same for the same problem.
    """
    if problem.policy.method != "optimise":
        listed = best_total(problem)
        return listed.bids if listed.status == "proven" else None
    search = searched(build(refuse_below_minimum(problem)))
    return _bids(search.model, search.incumbent) if search.proven and search.incumbent is not None else None


class Redrawn:
    """Answers for one problem, whatever its bids score: quicker than ``best_set`` for many draws."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.like = _ways(problem)

    @cached_property
    def is_counted(self) -> bool:
        """Whether all sets of the problem can be counted: sooner than another process has begun."""
        try:
            return self.like is not None and self.like.best() is not None
        except TooManyError:
            return False

    def best(self, scores: Mapping[str, int], unit: int) -> Bids | None:
        """Name the bids of the best set when the bids score so many units, ``unit`` to a point; None: none is proven.

        Bids without a score are left out. Of sets that stay equal it is one, always the same for the same scores.
        """
        one_each = (_scored(one, scores[one.bid]) for one in self.problem.candidates if one.bid in scores)
        return self.best_of(replace(self.problem, candidates=tuple(one_each), score_unit=unit))

    def best_of(self, problem: Problem) -> Bids | None:
        """Name the bids of the best set of another such problem, in which other bids may be candidates."""
        if problem.policy.method != "optimise":
            return best_set(problem)
        counted = _counted(problem, self.like) if self.like else None
        if counted is not None:
            found = counted.first()
            return None if found is None else _bids(counted.model, found)
        model = build(refuse_below_minimum(problem))
        chosen = near_best(model)
        if chosen is None:
            chosen = Best(model, Work.of(problem)).chosen()
        return None if chosen is None else _bids(model, chosen)


def _ways(problem: Problem) -> WaysInOrder | None:
    try:
        return WaysInOrder(problem)
    except TooManyError:
        return None


def _counted(problem: Problem, like: WaysInOrder | None = None) -> Found | None:
    """Count the best sets where all themes go down an order of merit; None where that cannot be done."""
    try:
        return (like.changed(problem) if like else WaysInOrder(problem)).best()
    except TooManyError:
        return None


def _bids(model: Model, chosen: Chosen) -> Bids:
    return tuple(sorted(bids_of(model, chosen)))


def _scored(one: Candidate, score: int) -> Candidate:
    """Give a bid another score; bids of an evaluation are funded whole or not at all."""
    return replace(one, levels=(replace(one.levels[0], score=score),), full_score=None)
