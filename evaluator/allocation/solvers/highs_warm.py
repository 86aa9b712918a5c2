"""HiGHS called directly for the hundreds of small solves behind explanations, where PuLP would take longer than HiGHS.

The awards never come from here: they are solved, proven and given to a second solver elsewhere. What comes from here is
checked in whole numbers as well. Besides choices there may be one whole number that moves the rows: pounds off a cost,
or on a budget.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import highspy

from evaluator.allocation.model.model import Model, Row, Terms
from evaluator.allocation.solvers.highs import Outcome, handed
from evaluator.allocation.solvers.solve import NONE_FIXED, Answer, Fixed

# In small solves both take longer than all the rest.
LEFT_OUT = ("mip_heuristic_run_feasibility_jump", "mip_heuristic_run_zi_round")
WEAKER = 0.005  # what a bound is loosened by before it is rounded down


@dataclass(frozen=True, slots=True)
class Move:
    """One whole number, from ``least`` to ``most``, and by how much each unit of it moves each row of a model."""

    slopes: Sequence[int]
    least: int
    most: int


def maximise(model: Model, objective: Terms, extra: Sequence[Row], seconds: float, fixed: Fixed = NONE_FIXED) -> Answer:
    """Find the choices that make an objective as large as possible, with some variables fixed beforehand.

    Parameters
    ----------
    objective : whole numbers; empty asks only whether the rows can hold together.
    extra : rows beside the model's own.
    fixed : variables that are fixed.
    """
    rows = [(row, 0) for row in (*model.rows, *extra)]
    divisor = math.gcd(*(weight for _, weight in objective)) or 1
    objective = tuple((at, weight // divisor) for at, weight in objective)
    solved = _solve(model.variables, rows, dict(objective), fixed, None, seconds)
    if isinstance(solved, str):
        return Answer(solved)
    values, bound, taken = solved
    chosen = tuple(at for at in range(len(model.choices)) if values[at] > 0.5)
    reached = sum(weight for at, weight in objective if values[at] > 0.5)
    whole = math.floor(bound + WEAKER)
    return Answer("optimal" if whole <= reached else "feasible", chosen, max(whole, reached) * divisor, taken)


def least_move(model: Model, move: Move, extra: Sequence[tuple[Row, int]], seconds: float, fixed: Fixed) -> Answer:
    """Find the smallest move that lets the rows hold together; the answer's bound is a number that none is below.

    Parameters
    ----------
    extra : rows beside the model's own, each with what a unit of the move adds to its sum.
    """
    rows = [*zip(model.rows, move.slopes, strict=True), *extra]
    solved = _solve(model.variables, rows, {}, fixed, move, seconds)
    if isinstance(solved, str):
        return Answer(solved)
    values, bound, taken = solved
    chosen = tuple(at for at in range(len(model.choices)) if values[at] > 0.5)
    return Answer("optimal", chosen, math.ceil(-bound - WEAKER), taken)


def shadow_prices(model: Model, objective: Terms) -> list[float]:
    """Give what a unit of each row would be worth were awards divisible, 0 or more: a guide to bounds, no result."""
    used = [(number, row) for number, row in enumerate(model.rows) if row.least is not None or row.most is not None]
    solver = _handed(model.variables, [row for _, row in used], [0] * len(used), dict(objective), None, divisible=True)
    solver.run()
    prices = [0.0] * len(model.rows)
    duals = solver.getSolution().row_dual
    if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal and len(duals) == len(used):
        for (number, _), dual in zip(used, duals, strict=True):
            prices[number] = abs(dual)
    return prices


def _solve(
    variables: int,
    rows: Iterable[tuple[Row, int]],
    objective: dict[int, int],
    fixed: Fixed,
    move: Move | None,
    seconds: float,
) -> tuple[list[float], float, float] | Outcome:
    """Solve what is left open; give every variable's value, the bound on the objective, and the seconds."""
    open_ones = [at for at in range(variables) if at not in fixed]
    place = {at: number for number, at in enumerate(open_ones)}
    left = [_left(row, slope, place, fixed, move) for row, slope in rows]
    if None in left:
        return "infeasible"
    kept = [(row, slope) for row, slope in filter(None, left) if row.least is not None or row.most is not None]
    wanted = {place[at]: weight for at, weight in objective.items() if at in place}
    settled = sum(weight * fixed[at] for at, weight in objective.items() if at in fixed)
    values = [float(fixed.get(at, 0)) for at in range(variables)]
    if not open_ones and move is None:
        return values, float(settled), 0.0
    solver = _handed(len(open_ones), [row for row, _ in kept], [slope for _, slope in kept], wanted, move)
    solver.setOptionValue("time_limit", max(0.05, seconds))
    for heuristic in LEFT_OUT:
        solver.setOptionValue(heuristic, False)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return "infeasible"
    if status != highspy.HighsModelStatus.kOptimal:
        return "unknown"
    for at, value in zip(open_ones, solver.getSolution().col_value, strict=False):
        values[at] = value
    return values, settled - solver.getInfo().mip_dual_bound, solver.getRunTime()


def _left(row: Row, slope: int, place: Mapping[int, int], fixed: Fixed, move: Move | None) -> tuple[Row, int] | None:
    """Put fixed variables into a row, divide it, and drop a limit that cannot bind; None for a row that cannot hold."""
    terms = tuple((place[at], weight) for at, weight in row.terms if at in place and weight)
    used = sum(weight * fixed[at] for at, weight in row.terms if at in fixed)
    ends = (slope * move.least, slope * move.most) if move else (0, 0)
    lowest = min(ends) + sum(weight for _, weight in terms if weight < 0)
    highest = max(ends) + sum(weight for _, weight in terms if weight > 0)
    least = None if row.least is None or row.least - used <= lowest else row.least - used
    most = None if row.most is None or row.most - used >= highest else row.most - used
    if (least is not None and least > highest) or (most is not None and most < lowest):
        return None
    divisor = math.gcd(slope, *(weight for _, weight in terms)) or 1
    least, most = (None if least is None else -(-least // divisor)), (None if most is None else most // divisor)
    whole = tuple((at, weight // divisor) for at, weight in terms)
    return Row(row.rule, row.kind, row.subject, whole, least, most), slope // divisor


def _handed(
    variables: int,
    rows: Sequence[Row],
    slopes: Sequence[int],
    objective: Mapping[int, int],
    move: Move | None,
    divisible: bool = False,
) -> highspy.Highs:
    """Hand a model over, the move as its last column, to be made as small as possible."""
    ranges = {} if move is None else {variables: (move.least, move.most)}
    moved = [
        replace(row, terms=(*row.terms, (variables, slope))) if slope else row
        for row, slope in zip(rows, slopes, strict=True)
    ]
    wanted = dict(objective) if move is None else {**objective, variables: -1}
    solver = handed(variables + len(ranges), moved, wanted, ranges, divisible)
    for name in LEFT_OUT:
        solver.setOptionValue(name, False)
    return solver
