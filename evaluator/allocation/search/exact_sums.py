"""Objectives too fine for a solver, such as the sum of exact fractions: coarse in the solver, exact in the comparison.

A weight w is divided by a whole number d and rounded down. For any set of at most n awards the exact value V and the
coarse value C keep C <= V/d < C + n, so every set that is best has a coarse value above V/d - n for any V that is
reached. The few sets above that line are listed and compared exactly.
"""

from evaluator.allocation.model.model import Row, Terms, measure, objective_terms, objectives_of, taken_choices, without
from evaluator.allocation.proof.awards import checked
from evaluator.allocation.search.presolve import look_ahead
from evaluator.allocation.search.state import Search, equal, keep_better, shown, signed
from evaluator.allocation.solvers.decompose import divided
from evaluator.records.programme.allocation_policy import Objective
from evaluator.records.results.allocation import Stage

FINE = 10**10  # a sum of weights beyond which double precision may miss the last unit
COARSE = 10**8
LISTED_CAP = 500

Sets = tuple[tuple[int, ...], ...]


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


def fine_stage(found: Search, objective: Objective) -> bool:
    """Prove a stage by listing every set that could be best in it; what is then left decides all later stages too.

    Always gives False: no stage is left to solve.
    """
    terms = objective_terms(found.model, objective)
    awards = len(found.model.problem.candidates)
    weights, unit = coarse(terms)
    look_ahead(found, objective, terms, weights)
    answer = found.ask(weights)
    if answer.outcome == "infeasible" and not found.fixed:
        found.infeasible, found.chosen = True, None
    if answer.outcome in ("optimal", "feasible"):
        keep_better(found, equal(found, checked(found.model, answer.chosen)), objective)
    if found.chosen is None:
        return False
    found.settle(measure(objective, taken_choices(found.model, found.chosen)))
    bound = None if answer.bound is None else (answer.bound + awards) * unit
    known, complete = _listed(found, objective, terms, awards) if answer.outcome == "optimal" else ((), False)
    found.known = known
    if complete:
        decide(found, known, objective)
    else:
        value = measure(objective, taken_choices(found.model, found.chosen))
        found.stages.append(shown(objective, value, bound, proven=False))
    return False


def _listed(found: Search, objective: Objective, terms: Terms, awards: int) -> tuple[Sets, bool]:
    """List every set that could be as good as the best in hand, which rises on the way; say whether these are all."""
    known = [found.chosen or ()]
    while len(known) < LISTED_CAP and found.left > 0:
        value = measure(objective, taken_choices(found.model, found.chosen or ()))
        cuts = [without(found.model, chosen) for chosen in known]
        answer = found.ask((), (above(terms, value, awards), *cuts))
        if answer.outcome == "infeasible":
            return tuple(known), True
        if answer.outcome == "unknown":
            break
        known.append(equal(found, checked(found.model, answer.chosen)))
        keep_better(found, known[-1], objective)
    return tuple(known), False


def decide(found: Search, known: Sets, objective: Objective) -> None:
    """Compare sets exactly, in this stage and in every one after it: all that could be best, or some that all are."""
    objectives = objectives_of(found.model.problem)
    for one in objectives[objectives.index(objective) :]:
        values = [measure(one, taken_choices(found.model, chosen)) for chosen in known]
        known = tuple(chosen for chosen, value in zip(known, values, strict=True) if value == max(values))
        found.stages.append(Stage(one, signed(one, max(values)), signed(one, max(values)), proven=True))
    found.listed, found.chosen = known, known[0]
