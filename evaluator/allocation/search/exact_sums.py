"""Objectives too fine for a solver, such as the sum of exact fractions: coarse in the solver, exact in the comparison.

A weight w is divided by a whole number d and rounded down. For any set of at most n awards the exact value V and the
coarse value C keep C <= V/d < C + n, so every set that is best has a coarse value above V/d - n for any V that is
reached. The few sets above that line are listed and compared exactly.
"""

from collections.abc import Sequence

from evaluator.allocation.model.model import Chosen, Model, Row, Terms, no_good_cut, objective_terms, value_of
from evaluator.allocation.proof.awards import checked
from evaluator.allocation.search.presolve import presolve
from evaluator.allocation.search.state import Search, signed
from evaluator.allocation.solvers.decompose import divided
from evaluator.records.programme.allocation_policy import Objective
from evaluator.records.results.allocation import Stage

FINE = 10**10  # a sum of weights beyond which double precision may miss the last unit
COARSE = 10**8
MOST_COMPARED = 500

Sets = tuple[Chosen, ...]


def is_fine(terms: Terms) -> bool:
    """Whether an objective has to be compared exactly outside the solver."""
    return sum(abs(weight) for _, weight in divided(terms)) > FINE


def coarse(terms: Terms) -> tuple[Terms, int]:
    """Give the weights rounded down to a coarser unit, and that unit.

    >>> coarse(((0, 3 * 10**12), (1, 10**12 + 1)))
    (((0, 74998125), (1, 24999375)), 40001)
    """
    unit = sum(abs(weight) for _, weight in terms) // COARSE + 1
    return tuple((at, weight // unit) for at, weight in terms), unit


def above(terms: Terms, value: int, awards: int) -> Row:
    """Write the row that every set reaches whose exact value is at least this."""
    weights, unit = coarse(terms)
    return Row("", "coarse", "", weights, least=value // unit - awards)


def solve_fine_stage(search: Search, objective: Objective) -> None:
    """Prove a stage by listing every set that could be best in it; what is then left decides all later stages too."""
    terms = objective_terms(search.model, objective)
    awards = len(search.model.problem.candidates)
    weights, unit = coarse(terms)
    presolve(search, objective, terms, weights)
    answer = search.solve(weights)
    if answer.outcome == "infeasible" and not search.stage_rows:
        search.infeasible, search.incumbent = True, None
    if answer.outcome in ("optimal", "feasible"):
        search.improve(search.equal(checked(search.model, answer.chosen)), objective)
    if search.incumbent is None:
        return
    search.fix_by_bound(search.value(objective))
    complete = answer.outcome == "optimal" and _list_all_that_may_be_best(search, objective, terms, awards)
    if complete:
        later = search.model.objectives
        stages, search.optimal_sets = compare(search.model, search.compared, later[later.index(objective) :])
        search.stages += stages
        search.incumbent = search.optimal_sets[0]
    else:
        bound = None if answer.bound is None else (answer.bound + awards) * unit
        search.record(objective, bound, proven=False)


def _list_all_that_may_be_best(search: Search, objective: Objective, terms: Terms, awards: int) -> bool:
    """List every set that could be as good as the best in hand, which rises on the way; say whether these are all."""
    search.compared = (search.incumbent or (),)
    while len(search.compared) < MOST_COMPARED and search.work.left:
        cuts = [no_good_cut(search.model, chosen) for chosen in search.compared]
        answer = search.solve((), (above(terms, search.value(objective), awards), *cuts))
        if answer.outcome == "infeasible":
            return True
        if answer.outcome == "unknown":
            break
        chosen = search.equal(checked(search.model, answer.chosen))
        search.compared = (*search.compared, chosen)
        search.improve(chosen, objective)
    return False


def compare(model: Model, sets: Sets, objectives: Sequence[Objective]) -> tuple[list[Stage], Sets]:
    """Compare sets exactly in one objective after another: all that could be best, or some that all are.

    Returns
    -------
    A stage for each objective, and the sets that are best in all.
    """
    stages = []
    for objective in objectives:
        values = [value_of(model, objective, chosen) for chosen in sets]
        best = max(values)
        sets = tuple(chosen for chosen, value in zip(sets, values, strict=True) if value == best)
        stages.append(Stage(objective, signed(objective, best), signed(objective, best), proven=True))
    return stages, sets
