"""What is known of a stage before the solver decides it: a bound, a good set, and the choices that both fix.

The relaxation puts a price on every row. From the prices ``bounds`` adds up in whole numbers what no set exceeds, and
which choices no set worth looking at has otherwise; the fewer a solver has left to decide, the sooner it is done.
"""

from collections.abc import Sequence

from evaluator.allocation.model.merit import in_order
from evaluator.allocation.model.model import Terms, covering, keeps
from evaluator.allocation.model.usage import Usage
from evaluator.allocation.proof.awards import holds
from evaluator.allocation.search.bounds import bound_of
from evaluator.allocation.search.going_down import gone_down, held
from evaluator.allocation.search.state import Search
from evaluator.allocation.solvers.chains import chained
from evaluator.allocation.solvers.decompose import substituted, tightened
from evaluator.allocation.solvers.solve import maximise, relaxed
from evaluator.records.programme.allocation_policy import Objective

NARROWED = 40  # open choices; fewer are solved sooner than narrowed
CORE = (40, 150)  # choices that are left open around a relaxation at the least and the most, to find a good set
SHARE = 4  # between them, one in so many of the open ones
CORE_NODES = 300
NODES_GOING_DOWN = 20  # a node takes long there, and the first ones find most
LARGE = 60  # open choices, from which on a core is looked at first
WHOLE = 0.999999  # a share that a relaxation means to be all


def presolve(search: Search, objective: Objective, terms: Terms, weights: Terms) -> None:
    """Bound a stage, look for a good set, and fix the choices that both together decide.

    Parameters
    ----------
    weights : of the objective as the solver sees it, where ``terms`` are too fine for one.
    """
    search.relaxation = None
    if search.incumbent is None:
        _propose(search, objective, _filled(Usage(search.model, _taken(search)), ()))
    if len(search.model.choices) - len(search.fixed) >= NARROWED:
        relax(search, objective, terms, weights)
    if not search.stage_rows:
        search.first_relaxation = search.relaxation
    search.warm_start = _ones(search)


def relax(search: Search, objective: Objective, terms: Terms, weights: Terms) -> None:
    """Bound the stage by its relaxation, and look for good sets close to it."""
    every = (*search.rows(terms), *search.cover_rows)
    rows, variables = chained(
        (row for row in tightened(substituted(every, search.fixed)) if row), search.model.variables
    )
    relaxation = relaxed(search.model, weights, rows, search.fixed, variables)
    coarse = sum(abs(weight) for _, weight in weights)
    unit = sum(abs(weight) for _, weight in terms) / coarse if coarse else 1.0  # how much finer than a solver sees it
    prices = [unit * price for price in relaxation.prices] or [0.0] * len(rows)
    search.relaxation = bound_of(variables, terms, rows, prices, search.fixed)
    if relaxation.taken:
        _round(search, objective, weights, relaxation.taken)
    if search.incumbent is not None:
        search.fix_by_bound(search.value(objective))


def _round(search: Search, objective: Objective, weights: Terms, shares: Sequence[float]) -> None:
    """Look for good sets near the relaxation: filled up by score, then the best with all clear choices as they are."""
    choices = len(search.model.choices)
    orders = list(in_order(search.model)) if search.by_merit and not search.stage_rows else []
    if orders:
        _propose(search, objective, gone_down(search.model, orders, shares))
    elif not search.stage_rows:
        whole = [at for at, share in enumerate(shares[:choices]) if share > WHOLE]
        _propose(search, objective, _filled(Usage(search.model, whole), shares))
    free = [at for at in range(choices) if at not in search.fixed]
    if len(free) <= LARGE or search.relaxation is None:
        return
    if orders and search.incumbent is not None:
        clear = held(search.model, orders, search.model.rows, search.incumbent)
    else:
        worth = search.relaxation.worth
        core = min(max(CORE[0], len(free) // SHARE), CORE[1])
        clear = {at: int(shares[at] > 0.5) for at in sorted(free, key=lambda at: (abs(worth[at]), at))[core:]}
    rows, fixed = search.rows_of_stages(), {**clear, **search.fixed}
    answer = maximise(
        search.model, weights, rows, search.work, fixed, _ones(search), NODES_GOING_DOWN if orders else CORE_NODES
    )
    search.log("a good set to begin with", answer)
    if answer.outcome in ("optimal", "feasible"):
        settled = bool(search.stage_rows or orders)
        _propose(search, objective, answer.chosen if settled else _filled(Usage(search.model, answer.chosen), shares))


def _ones(search: Search) -> tuple[int, ...]:
    """Give the variables that are one in the best set in hand, in order."""
    return tuple(sorted(covering(search.model, search.incumbent))) if search.incumbent else ()


def _taken(search: Search) -> list[int]:
    """List the choices that every set takes."""
    return [at for at, taken in search.fixed.items() if taken and at < len(search.model.choices)]


def _filled(usage: Usage, shares: Sequence[float]) -> tuple[int, ...]:
    """Add what breaks no rule, best score first; what a relaxation takes in part goes before what it does not take."""
    choices = usage.model.choices
    part = [-round(share, 6) for share in shares] or [0.0] * len(choices)
    for at in sorted(range(len(choices)), key=lambda at: (part[at], -choices[at].level.score, at)):
        if at not in usage.chosen and not usage.breaks(at):
            usage.add(at)
    return tuple(sorted(usage.chosen))


def _propose(search: Search, objective: Objective, chosen: Sequence[int]) -> None:
    """Keep a set that keeps every row and rule, unless the one in hand is better."""
    rows = (*search.model.rows, *search.stage_rows)
    if keeps(rows, covering(search.model, chosen)) and holds(search.model, chosen):
        search.improve(search.equal(chosen), objective)
