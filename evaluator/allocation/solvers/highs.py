"""HiGHS, called directly: a model handed over as arrays, and its answer read with care.

PuLP 3 takes longer to hand a model over than HiGHS takes to solve most of ours, so HiGHS gets arrays. Nothing is
believed further on without a check in whole numbers.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Literal

import highspy
import numpy as np
import numpy.typing as npt

from evaluator.allocation.model.model import Row
from evaluator.allocation.solvers.canary import faults_found
from evaluator.allocation.solvers.decompose import NO_RANGES, Ranges, within_reach
from evaluator.allocation.solvers.work import Work

# To begin again after the first node takes HiGHS more work on our models than it saves.
SETTINGS = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.99,
    "mip_allow_restart": False,
}
FAR = highspy.kHighsInf
NO_GUESSES = {
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_zi_round": False,
}
FEASIBLE = 2  # HiGHS' word for values that keep every row

Outcome = Literal["optimal", "feasible", "infeasible", "unknown"]

OUTCOMES: Mapping[highspy.HighsModelStatus, Outcome] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",  # nothing of ours is unbounded
}

UNPROVEN: Mapping[Outcome, Outcome] = {"optimal": "feasible", "infeasible": "unknown"}


@dataclass(frozen=True, slots=True)
class Ran:
    """What HiGHS came to: every column's value, a value of the objective that none exceeds, and each row's price."""

    outcome: Outcome
    values: Sequence[float] = ()
    bound: float = math.inf
    nodes: int = 0
    iterations: int = 0
    prices: Sequence[float] = ()  # above nought on a row's ``most``, below on its ``least``; of divisible awards alone


@cache
def version() -> str:
    """Give the version of HiGHS."""
    return str(highspy.Highs().version())


def handed(
    columns: int,
    rows: Sequence[Row],
    objective: Mapping[int, int],
    ranges: Ranges = NO_RANGES,
    divisible: bool = False,
    guesses: bool = True,
) -> highspy.Highs:
    """Hand a model over, to be made as large as possible.

    Parameters
    ----------
    columns : how many variables there are, each nought or one.
    ranges : other least and most values of single variables.
    divisible : whether awards may be made in part: the linear relaxation.
    guesses : whether HiGHS also looks for sets by heuristics, which take long where hardly any is left.
    """
    rows = [side for row in rows for side in within_reach(row)]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns, len(rows)
    costs, low, high = np.zeros(columns), np.zeros(columns), np.ones(columns)
    for at, weight in objective.items():
        costs[at] = -weight
    for at, (least, most) in ranges.items():
        low[at], high[at] = least, most
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = costs, low, high
    lp.row_lower_ = np.array([-highspy.kHighsInf if row.least is None else row.least for row in rows], dtype=float)
    lp.row_upper_ = np.array([highspy.kHighsInf if row.most is None else row.most for row in rows], dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = _matrix(rows)
    if not divisible:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
    solver = highspy.Highs()
    for name, value in (SETTINGS if guesses else SETTINGS | NO_GUESSES).items():
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    return solver


def _matrix(
    rows: Sequence[Row],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    """Give where each row starts, and the variable and weight of every term."""
    counts = [len(row.terms) for row in rows]
    terms = chain.from_iterable(row.terms for row in rows)
    flat = np.fromiter(chain.from_iterable(terms), dtype=np.float64, count=2 * sum(counts))
    return np.cumsum([0, *counts], dtype=np.int32), flat[0::2].astype(np.int32), flat[1::2].copy()


def run(
    solver: highspy.Highs, work: Work, start: Sequence[float] = (), nodes: int | None = None, divisible: bool = False
) -> Ran:
    """Solve what was handed over, as far as the work that is left goes, and take what it took from the account.

    HiGHS stops at a number of nodes; iterations stop it where awards are divisible, and count towards later solves.
    Its clock is left at infinity.

    Parameters
    ----------
    start : the value of every variable in a set that keeps the rows, to begin with; none where empty.
    nodes : where to stop, however much work is left.

    Raises
    ------
    KeyboardInterrupt : where whoever waits stops the command.
    """
    if not work.left:
        return Ran("unknown")
    if start:
        solution = highspy.HighsSolution()
        solution.col_value = list(start)
        solver.setSolution(solution)
    solver.setOptionValue("mip_max_nodes", work.nodes if nodes is None else min(nodes, work.nodes))
    if divisible:  # with whole awards HiGHS takes it for that of each relaxation
        solver.setOptionValue("simplex_iteration_limit", work.iterations)
    solver.setCallback(lambda *_: None, None)  # so that Python runs now and then, and hears of a stop
    solver.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
    solver.run()
    information, solution = solver.getInfo(), solver.getSolution()
    iterations, count = max(0, information.simplex_iteration_count), max(0, information.mip_node_count)
    work.spend(count, iterations)
    has_values = information.primal_solution_status == FEASIBLE and math.isfinite(information.objective_function_value)
    outcome = OUTCOMES.get(solver.getModelStatus(), "feasible" if has_values else "unknown")
    values = solution.col_value if outcome in ("optimal", "feasible") else ()
    bound = -(information.objective_function_value if divisible else information.mip_dual_bound)
    if faults_found():  # it proposes sets, which are checked; what it claims is not believed
        outcome, bound = UNPROVEN.get(outcome, outcome), math.inf
    # What is made as small as possible is the negative.
    prices = [-price for price in solution.row_dual] if solution.dual_valid else []
    return Ran(outcome, values, bound, count, iterations, prices)
