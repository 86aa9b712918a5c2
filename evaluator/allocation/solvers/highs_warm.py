"""HiGHS called directly for the hundreds of small solves behind explanations, where PuLP would take longer than HiGHS.

The awards never come from here: they are solved, proven and given to a second solver elsewhere. What comes from here is
checked in whole numbers as well. Besides choices there may be one whole number that moves the rows: pounds off a cost,
or on a budget.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from evaluator.allocation.model.model import Model, Row, Terms
from evaluator.allocation.solvers.decompose import NO_RANGES, Ranges, substituted, tightened
from evaluator.allocation.solvers.highs import Outcome, handed, run
from evaluator.allocation.solvers.solve import NONE_FIXED, Answer, Fixed
from evaluator.allocation.solvers.work import Work

# In small solves both take longer than all the rest.
LEFT_OUT = ("mip_heuristic_run_feasibility_jump", "mip_heuristic_run_zi_round")
WEAKER = 0.005  # what a bound is loosened by before it is rounded down


def maximise(model: Model, objective: Terms, extra: Sequence[Row], work: Work, fixed: Fixed = NONE_FIXED) -> Answer:
    """Find the choices that make an objective as large as possible, with some variables fixed beforehand.

    Parameters
    ----------
    objective : whole numbers; empty asks only whether the rows can hold together.
    extra : rows beside the model's own.
    fixed : variables that are fixed.
    """
    divisor = math.gcd(*(weight for _, weight in objective)) or 1
    objective = tuple((at, weight // divisor) for at, weight in objective)
    solved = _solve(model.variables, (*model.rows, *extra), dict(objective), fixed, work)
    if isinstance(solved, str):
        return Answer(solved)
    values, bound = solved
    chosen = tuple(at for at in range(len(model.choices)) if values[at] > 0.5)
    reached = sum(weight for at, weight in objective if values[at] > 0.5)
    whole = math.floor(bound + WEAKER)
    return Answer("optimal" if whole <= reached else "feasible", chosen, max(whole, reached) * divisor)


def least_move(
    model: Model, rows: Sequence[tuple[Row, int]], move: tuple[int, int], work: Work, fixed: Fixed
) -> Answer:
    """Find the smallest move that lets rows hold together; the answer's bound is a number that none is below.

    Parameters
    ----------
    rows : in place of the model's own, each with what a unit of the move adds to its sum.
    move : its least and its most: one more whole number, the last of the variables.
    """
    last = model.variables
    moved = [replace(row, terms=(*row.terms, (last, slope))) if slope else row for row, slope in rows]
    solved = _solve(last + 1, moved, {last: -1}, fixed, work, {last: move})
    if isinstance(solved, str):
        return Answer(solved)
    values, bound = solved
    chosen = tuple(at for at in range(len(model.choices)) if values[at] > 0.5)
    return Answer("optimal", chosen, math.ceil(-bound - WEAKER))


def shadow_prices(model: Model, objective: Terms) -> list[float]:
    """Give what a unit of each row would be worth were awards divisible, 0 or more: a guide to bounds, no result."""
    used = [(number, row) for number, row in enumerate(model.rows) if row.least is not None or row.most is not None]
    solver = handed(model.variables, [row for _, row in used], dict(objective), divisible=True)
    ran = run(solver, Work.of(model.problem), divisible=True)
    prices = [0.0] * len(model.rows)
    if ran.outcome == "optimal" and len(ran.prices) == len(used):
        for (number, _), price in zip(used, ran.prices, strict=True):
            prices[number] = abs(price)
    return prices


def _solve(
    variables: int,
    rows: Sequence[Row],
    objective: Mapping[int, int],
    fixed: Fixed,
    work: Work,
    ranges: Ranges = NO_RANGES,
) -> tuple[list[float], float] | Outcome:
    """Solve what is left open; give every variable's value and the bound on the objective."""
    open_ones = [at for at in range(variables) if at not in fixed]
    place = {at: number for number, at in enumerate(open_ones)}
    reduced = list(tightened(substituted(rows, fixed), ranges))
    if None in reduced:
        return "infeasible"
    values = [float(fixed.get(at, 0)) for at in range(variables)]
    settled = sum(weight * fixed[at] for at, weight in objective.items() if at in fixed)
    if not open_ones:
        return values, float(settled)
    left = [replace(row, terms=tuple((place[at], weight) for at, weight in row.terms)) for row in reduced if row]
    weights = {place[at]: weight for at, weight in objective.items() if at in place}
    solver = handed(len(open_ones), left, weights, {place[at]: ends for at, ends in ranges.items()})
    for heuristic in LEFT_OUT:
        solver.setOptionValue(heuristic, False)  # noqa: FBT003 - a C function
    ran = run(solver, work)
    if ran.outcome != "optimal":
        return "infeasible" if ran.outcome == "infeasible" else "unknown"
    for at, value in zip(open_ones, ran.values, strict=False):
        values[at] = value
    return values, settled + ran.bound
