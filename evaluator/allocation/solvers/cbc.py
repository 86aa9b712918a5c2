"""The second opinion: CBC, another solver, which PuLP brings along. The only file that knows PuLP.

Its answers are claims as well: a set that it proposes is believed only after the check in whole numbers.
"""

import math
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pulp

from evaluator.allocation.model.model import Model, Row, Terms
from evaluator.allocation.solvers.decompose import divided, needed, substituted, tightened, within_reach
from evaluator.allocation.solvers.highs import Outcome
from evaluator.allocation.solvers.solve import NONE_FIXED, Answer, Fixed, within_the_rules

NODES = 100_000  # where CBC gives up on most machines, whatever their speed


def version() -> str:
    """Give the version of PuLP, which the CBC comes with."""
    return str(pulp.__version__)


def maximise(model: Model, objective: Terms, extra: Sequence[Row], seconds: float, fixed: Fixed = NONE_FIXED) -> Answer:
    """Ask CBC, another solver, for the best choices under these rows; ``unknown`` where it is absent or out of time.

    It is quicker to be asked for the best than whether anything is better.

    Parameters
    ----------
    fixed : variables that are fixed already, which it need not decide.
    """
    return within_the_rules(model, extra, seconds, lambda rows, left: _solved_once(model, objective, rows, left, fixed))


def _solved_once(model: Model, objective: Terms, extra: Sequence[Row], seconds: float, fixed: Fixed) -> Answer:
    """Solve once, whatever the tolerance lets through."""
    own = needed([*model.rows, *extra], objective)
    rows = list(tightened(substituted(own, fixed)))
    if None in rows:
        return Answer("infeasible")
    left = [at for at in range(model.variables) if at not in fixed]
    taken = [at for at, value in fixed.items() if value and at < len(model.choices)]
    settled = sum(weight * fixed[at] for at, weight in objective if at in fixed)
    problem, variables = _written(divided(objective), [row for row in rows if row], left)
    if not problem.variables():
        return Answer("optimal", tuple(sorted(taken)), best=settled)
    with _Cbc(seconds) as solver:
        if solver is None:
            return Answer("unknown")
        try:
            problem.solve(solver)
        except (pulp.PulpSolverError, OSError):  # not built for this machine, or it fell over
            return Answer("unknown")
    # PuLP reads CBC's "Integer infeasible" into the status alone.
    outcome = "infeasible" if problem.status == pulp.LpStatusInfeasible else _outcome(problem)
    found = outcome in ("optimal", "feasible")
    ones = {at for at, variable in variables.items() if found and (variable.varValue or 0) > 0.5}
    chosen = sorted([*taken, *(at for at in ones if at < len(model.choices))]) if found else []
    best = settled + sum(weight for at, weight in objective if at in ones)
    return Answer(outcome, tuple(chosen), None, problem.solutionTime, best=best)


class _Cbc:
    """The CBC of PuLP 3 as a context, if there is one: its temporary files go whatever happens."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, math.ceil(seconds))
        self.files: list[str] = []
        self.solver: Any = None

    def __enter__(self) -> Any:
        kind = getattr(pulp, "PULP_CBC_CMD", None)  # gone in PuLP 4
        if kind is None:
            return None
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "PULP_CBC_CMD is deprecated", DeprecationWarning)
            solver = kind(msg=False, threads=1, gapRel=0, timeLimit=self.seconds, maxNodes=NODES)
        if not solver.available():
            return None
        make = solver.create_tmp_files

        def remembered(name: str, *endings: str) -> Iterator[str]:
            names = list(make(name, *endings))
            self.files += names
            return iter(names)

        solver.create_tmp_files = remembered
        self.solver = solver
        return solver

    def __exit__(self, *_: object) -> None:
        if self.solver is not None:
            self.solver.delete_tmp_files(*self.files)


def _written(
    objective: Terms, rows: Sequence[Row], variables: Sequence[int]
) -> tuple[pulp.LpProblem, dict[int, pulp.LpVariable]]:
    """Write a model in PuLP. Names are numbers padded to one length, because PuLP sorts variables by name."""
    problem = pulp.LpProblem("allocation", pulp.LpMaximize)
    made = {at: problem.add_variable(f"x{at:07d}", 0, 1, pulp.LpInteger) for at in variables}
    problem.setObjective(_sum(made, objective))
    for number, row in enumerate(side for whole in rows for side in within_reach(whole)):
        if row.least is not None:
            problem.addConstraint(_sum(made, row.terms) >= row.least, f"least{number}")
        if row.most is not None:
            problem.addConstraint(_sum(made, row.terms) <= row.most, f"most{number}")
    return problem, made


def _sum(variables: Mapping[int, pulp.LpVariable], terms: Terms) -> pulp.LpAffineExpression:
    return pulp.LpAffineExpression([(variables[at], weight) for at, weight in terms if at in variables])


def _outcome(problem: pulp.LpProblem) -> Outcome:
    """Read PuLP's solution status; its ``status`` says Optimal even when the time ran out."""
    outcomes: dict[int, Outcome] = {
        pulp.LpSolutionOptimal: "optimal",
        pulp.LpSolutionIntegerFeasible: "feasible",
        pulp.LpSolutionInfeasible: "infeasible",
    }
    return outcomes.get(problem.sol_status, "unknown")
