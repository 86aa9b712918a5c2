"""What is known of a stage before the solver decides it: a bound, a good set, and the choices that both settle.

The relaxation puts a price on every row. From the prices ``bounds`` adds up in whole numbers what no set exceeds, and
which choices no set worth looking at has otherwise; the fewer a solver has left to decide, the sooner it is done.
"""

from collections.abc import Sequence

from evaluator.allocation.model.model import Row, Terms, covering, measure, taken_choices
from evaluator.allocation.priority.usage import Usage
from evaluator.allocation.proof.awards import holds
from evaluator.allocation.search.bounds import bound_of
from evaluator.allocation.search.state import Search, equal, keep_better
from evaluator.allocation.solvers.solve import maximise, relaxed
from evaluator.records.programme.allocation_policy import Objective

NARROWED = 40  # open choices; fewer are solved sooner than narrowed
OUTER_SECONDS = 5.0  # at most for a relaxation of so many choices, whatever time is left: without it no bound is near
OUTER_CHOICES = 5000
CORE = 150  # choices that are left open around a relaxation, to find a good set
CORE_NODES = 300
CORE_TIME = 0.4  # of what is left
WHOLE = 0.999999  # a share that a relaxation means to be all


def look_ahead(found: Search, objective: Objective, terms: Terms, weights: Terms) -> None:
    """Bound a stage, look for a good set, and settle the choices that both together decide.

    Parameters
    ----------
    weights : of the objective as the solver sees it, where ``terms`` are too fine for one.
    """
    found.outer = None
    if found.chosen is None:
        _take(found, objective, _filled(Usage(found.model), ()))
    if len(found.model.choices) - len(found.pins) >= NARROWED:
        relax(found, objective, terms, weights)
    if not found.fixed:
        found.first = found.outer
    found.start = tuple(sorted(covering(found.model, found.chosen))) if found.chosen else ()


def relax(found: Search, objective: Objective, terms: Terms, weights: Terms) -> None:
    """Bound the stage by its relaxation, and look for good sets close to it."""
    rows = [*found.rows(terms), *found.implied]
    outer = OUTER_SECONDS * max(1.0, len(found.model.choices) / OUTER_CHOICES)
    relaxation = relaxed(found.model, weights, rows, max(found.left, outer), found.pins)
    unit = _unit(terms, weights)
    prices = [unit * price for price in relaxation.prices] or [0.0] * len(rows)
    found.outer = bound_of(found.model.variables, terms, rows, prices, found.pins)
    if relaxation.taken:
        _near(found, objective, weights, relaxation.taken)
    if found.chosen is not None:
        found.settle(measure(objective, taken_choices(found.model, found.chosen)))


def _unit(terms: Terms, weights: Terms) -> float:
    """Say how many times finer the weights of an objective are than a solver sees them."""
    coarse = sum(abs(weight) for _, weight in weights)
    return sum(abs(weight) for _, weight in terms) / coarse if coarse else 1.0


def _near(found: Search, objective: Objective, weights: Terms, shares: Sequence[float]) -> None:
    """Look for good sets near the relaxation: filled up by score, then the best with all clear choices as they are."""
    choices = len(found.model.choices)
    if not found.fixed:
        whole = [at for at, share in enumerate(shares[:choices]) if share > WHOLE]
        _take(found, objective, _filled(Usage(found.model, whole), shares))
    free = [at for at in range(choices) if at not in found.pins]
    if len(free) <= 2 * CORE or found.outer is None or found.left <= 0:
        return
    worth = found.outer.worth
    clear = sorted(free, key=lambda at: (abs(worth[at]), at))[CORE:]
    pins = found.pins | {at: int(shares[at] > 0.5) for at in clear}
    start = tuple(sorted(covering(found.model, found.chosen))) if found.chosen else ()
    answer = maximise(found.model, weights, found.held(), CORE_TIME * found.left, pins, start, CORE_NODES)
    found.note("a good set to begin with", answer)
    if answer.outcome in ("optimal", "feasible"):
        _take(
            found, objective, _filled(Usage(found.model, answer.chosen), shares) if not found.fixed else answer.chosen
        )


def _filled(usage: Usage, shares: Sequence[float]) -> tuple[int, ...]:
    """Add what breaks no rule, best score first; what a relaxation takes in part goes before what it does not take."""
    choices = usage.model.choices
    part = [-round(share, 6) for share in shares] or [0.0] * len(choices)
    for at in sorted(range(len(choices)), key=lambda at: (part[at], -choices[at].level.score, at)):
        if at not in usage.chosen and not usage.breaks(at):
            usage.add(at)
    return tuple(sorted(usage.chosen))


def _take(found: Search, objective: Objective, chosen: Sequence[int]) -> None:
    """Keep a set that keeps every row and rule, unless the one in hand is better."""
    ones = covering(found.model, chosen)
    if all(_within(row, ones) for row in (*found.model.rows, *found.fixed)) and holds(found.model, chosen):
        keep_better(found, equal(found, tuple(chosen)), objective)


def _within(row: Row, ones: frozenset[int]) -> bool:
    used = sum(weight for at, weight in row.terms if at in ones)
    return (row.least is None or used >= row.least) and (row.most is None or used <= row.most)
