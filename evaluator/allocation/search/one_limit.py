"""Problems in which one limit at most stands on each part: counted exactly without a solver, with every tie.

One budget for all is such a problem, and so is a budget for each theme that no further rule binds together. Objectives
that add up are made one whole number, the first before the second; what then counts wards or groups compares the sets
that are left.
"""

from collections.abc import Sequence

from evaluator.allocation.model.decided import Decided
from evaluator.allocation.model.model import WEIGHTS, Model, Row, objective_terms
from evaluator.allocation.proof.awards import checked
from evaluator.allocation.search.bounds import Bound, bound_of, total_score_bound
from evaluator.allocation.search.exact_sums import MOST_COMPARED, Sets, compare
from evaluator.allocation.search.knapsack import best_sets
from evaluator.allocation.search.second_opinion import second_opinion
from evaluator.allocation.search.state import run_of
from evaluator.allocation.search.stopped import noting, standing
from evaluator.allocation.search.ties import capped
from evaluator.allocation.solvers.decompose import components, needed, substituted, tightened, unimplied
from evaluator.allocation.solvers.solve import Answer, relaxed, solver_name

FEW = 14  # choices; a solver decides them sooner than a bound
# Rules that are more than one limit; in a merit order more money can also take a set away.
MORE = frozenset(
    {"small_share", "levels", "linked", "ward_floor", "group_floor", "outcome_floor", "merit_order", "fund_first"}
)
WITHOUT_A_SOLVER = (
    "none: one limit at most stands on each part, so the best sets were counted in whole numbers by dynamic programming"
)
Knapsacks = tuple[dict[int, int], list[tuple[list[int], Row | None]]]  # what is fixed, and each part with its limit


def decide(model: Model) -> Decided | None:
    """Count the best sets, in every stage, where the rules allow it, and ask a solver for anything better.

    None where the rules do not allow it.
    """
    counted = _counted(model)
    if counted is None:
        return None
    stages, best = compare(model, tuple(checked(model, one) for one in counted), model.objectives)
    run = run_of("counted in whole numbers, without a solver", Answer("optimal", (), stages[0].bound))
    solver = f"{WITHOUT_A_SOLVER}; the second opinion is that of {solver_name()}"
    bound = total_score_bound(model, stages)
    sets, complete = capped(model, best)
    decided = Decided("proven", sets, complete, tuple(stages), bound, runs=(run,), solver=solver)
    with noting(lambda: standing(model, sets[0], bound)):
        return second_opinion(model, decided, "counting", _relaxation(model))


def _counted(model: Model) -> Sets | None:
    """Count the sets that are best in the objectives that add up; None where that cannot be done, or are too many."""
    objectives = model.objectives
    summed = [one for one in objectives if one in WEIGHTS][: _leading(objectives)]
    knapsacks = _knapsacks(model) if summed and model.choices else None
    if knapsacks is None:
        return None
    if len(summed) == len(objectives):
        return _sets(knapsacks, _worths(model, summed), model.problem.policy.most_tied)
    sets = _sets(knapsacks, _worths(model, summed), MOST_COMPARED)
    return None if sets is None or len(sets) > MOST_COMPARED else sets


def _relaxation(model: Model) -> Bound | None:
    """Bound the first stage by its relaxation, so that a solver need not decide what the bound fixes."""
    if len(model.choices) <= FEW:
        return None
    terms = objective_terms(model, model.objectives[0])
    rows = needed(model.rows, terms)
    prices = relaxed(model, terms, rows).prices or [0.0] * len(rows)
    return bound_of(model.variables, terms, rows, prices, {})


def _leading(objectives: Sequence[str]) -> int:
    """Say how many objectives add up before the first that does not."""
    return next((number for number, one in enumerate(objectives) if one not in WEIGHTS), len(objectives))


def _worths(model: Model, objectives: Sequence[str]) -> list[int]:
    """Make one whole number of several objectives: a unit of the first outweighs all of the second."""
    worths = [0] * len(model.choices)
    for objective in objectives:
        weights = [WEIGHTS[objective](choice) for choice in model.choices]
        unit = 2 * sum(map(abs, weights)) + 1
        worths = [unit * worth + weight for worth, weight in zip(worths, weights, strict=True)]
    return worths


def _knapsacks(model: Model) -> Knapsacks | None:
    """Fix what limits on single choices decide, and give each part of the rest its limit; None for more rules."""
    if any(row.kind in MORE for row in model.rows):
        return None
    reduced = _reduced(needed(unimplied(model, model.rows), ()))
    if reduced is None:
        return None
    fixed, rows = reduced
    choices = range(len(model.choices))
    terms = [term for row in rows for term in row.terms]
    if any(row.least is not None for row in rows) or any(weight < 0 for _, weight in terms):
        return None
    if any(at not in choices for at in (*fixed, *(at for at, _ in terms))):  # a rule on wards
        return None
    groups = components([at for at in choices if at not in fixed], rows)
    group_of = {at: number for number, its in enumerate(groups) for at in its}
    limits = {group_of[row.terms[0][0]]: row for row in rows}
    if len(limits) < len(rows):
        return None
    return fixed, [(its, limits.get(number)) for number, its in enumerate(groups)]


def _reduced(rows: Sequence[Row]) -> tuple[dict[int, int], list[Row]] | None:
    """Fix choices that a row on one alone decides, until none does; None where rows cannot hold."""
    fixed: dict[int, int] = {}
    while True:
        left = list(tightened(substituted(rows, fixed)))
        rows = [row for row in left if row is not None]
        single = [row for row in rows if len(row.terms) == 1]
        if len(rows) < len(left) or any(row.least is not None and row.most is not None for row in single):
            return None
        if not single:
            return fixed, list(rows)
        for row in single:  # it is divided: a choice counts one, or one below nought
            fixed.setdefault(row.terms[0][0], int((row.least is not None) == (row.terms[0][1] > 0)))


def _sets(knapsacks: Knapsacks, worths: Sequence[int], cap: int) -> Sets | None:
    """Put the best sets of all parts together; where there are more than ``cap``, so many and one."""
    fixed, parts = knapsacks
    sets: list[tuple[int, ...]] = [tuple(at for at, taken in fixed.items() if taken)]
    for its, row in parts:
        weights = dict(row.terms) if row else {}
        most = (row.most or 0) if row else 0
        best = best_sets([worths[at] for at in its], [weights.get(at, 0) for at in its], most, cap)
        if best is None:
            return None
        sets = [(*one, *(its[at] for at in other)) for one in sets for other in best][: cap + 1]
    return tuple(tuple(sorted(one)) for one in sets)
