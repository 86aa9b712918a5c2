"""Problems in which one limit at most stands on each part: counted exactly without a solver, with every tie.

One budget for all is such a problem, and so is a budget for each theme that no further rule binds together. Objectives
that add up are made one whole number, the first before the second; what then counts wards or groups compares the sets
that are left.
"""

from collections.abc import Sequence

from evaluator.allocation.model.model import WEIGHTS, Model, Row, objective_terms, objectives_of
from evaluator.allocation.proof.awards import checked
from evaluator.allocation.search.bounds import bound_of
from evaluator.allocation.search.exact_sums import LISTED_CAP, Sets, decide
from evaluator.allocation.search.knapsack import best_sets
from evaluator.allocation.search.state import Search
from evaluator.allocation.solvers.decompose import components, needed, substituted, tightened, unimplied
from evaluator.allocation.solvers.solve import Answer, Clock, relaxed

FEW = 14  # choices; a solver decides them sooner than a bound
MORE = frozenset({"small_share", "levels", "linked", "ward_floor", "group_floor", "outcome_floor"})  # than one limit


def counted(model: Model) -> Search | None:
    """Count the best sets, in every stage, where the rules allow it; None where they do not."""
    clock = Clock()
    objectives = objectives_of(model.problem)
    summed = [one for one in objectives if one in WEIGHTS][: _leading(objectives)]
    apart = _apart(model) if summed and model.choices else None
    if apart is None:
        return None
    all_summed = len(summed) == len(objectives)
    known = _sets(apart, _worths(model, summed), model.problem.policy.most_tied if all_summed else LISTED_CAP)
    if known is None or not (all_summed or len(known) <= LISTED_CAP):
        return None
    found = Search(model, float(model.problem.policy.time_limit))
    decide(found, tuple(checked(model, one) for one in known), objectives[0])
    found.counted = True
    found.note("counted in whole numbers, without a solver", Answer("optimal", (), found.stages[0].bound, clock.spent))
    return found


def bounded(found: Search) -> None:
    """Bound the first stage by its relaxation, so that a solver need not decide what the bound settles."""
    if len(found.model.choices) <= FEW:
        return
    model, terms = found.model, objective_terms(found.model, objectives_of(found.model.problem)[0])
    rows = found.rows(terms)
    prices = relaxed(model, terms, rows, found.left).prices or [0.0] * len(rows)
    found.first = bound_of(model.variables, terms, rows, prices, {})


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


def _apart(model: Model) -> tuple[dict[int, int], list[tuple[list[int], Row | None]]] | None:
    """Give what limits on single choices settle, and each part of the rest with its only limit; None for more rules."""
    if any(row.kind in MORE for row in model.rows):
        return None
    settled = _settled(needed(unimplied(model, model.rows), ()))
    if settled is None:
        return None
    pins, rows = settled
    choices = range(len(model.choices))
    terms = [term for row in rows for term in row.terms]
    if any(row.least is not None for row in rows) or any(weight < 0 for _, weight in terms):
        return None
    if any(at not in choices for at in (*pins, *(at for at, _ in terms))):  # a rule on wards
        return None
    groups = components([at for at in choices if at not in pins], rows)
    group_of = {at: number for number, its in enumerate(groups) for at in its}
    limits = {group_of[row.terms[0][0]]: row for row in rows}
    return (
        (pins, [(its, limits.get(number)) for number, its in enumerate(groups)]) if len(limits) == len(rows) else None
    )


def _settled(rows: Sequence[Row]) -> tuple[dict[int, int], list[Row]] | None:
    """Settle choices that a row on one alone decides, until none does; None where rows cannot hold."""
    pins: dict[int, int] = {}
    while True:
        left = list(tightened(substituted(rows, pins)))
        rows = [row for row in left if row is not None]
        single = [row for row in rows if len(row.terms) == 1]
        if len(rows) < len(left) or any(row.least is not None and row.most is not None for row in single):
            return None
        if not single:
            return pins, list(rows)
        for row in single:  # it is divided: a choice counts one, or one below nought
            pins.setdefault(row.terms[0][0], int((row.least is not None) == (row.terms[0][1] > 0)))


def _sets(
    apart: tuple[dict[int, int], list[tuple[list[int], Row | None]]], worths: Sequence[int], cap: int
) -> Sets | None:
    """Put the best sets of all parts together; where there are more than ``cap``, so many and one."""
    pins, parts = apart
    sets: list[tuple[int, ...]] = [tuple(at for at, taken in pins.items() if taken)]
    for its, row in parts:
        weights = dict(row.terms) if row else {}
        most = (row.most or 0) if row else 0
        best = best_sets([worths[at] for at in its], [weights.get(at, 0) for at in its], most, cap)
        if best is None:
            return None
        sets = [(*one, *(its[at] for at in other)) for one in sets for other in best][: cap + 1]
    return tuple(tuple(sorted(one)) for one in sets)
