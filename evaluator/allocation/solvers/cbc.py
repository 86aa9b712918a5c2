"""The second opinion: CBC, another solver, which PuLP brings along. The only file that knows PuLP.

Its answers are claims as well: a set that it proposes is believed only after the check in whole numbers.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any

import pulp

from evaluator.allocation.model.model import Model, Row, Terms
from evaluator.allocation.solvers.chains import chained
from evaluator.allocation.solvers.decompose import divided, needed, substituted, tightened, within_reach
from evaluator.allocation.solvers.highs import Outcome
from evaluator.allocation.solvers.solve import NONE_FIXED, Answer, Fixed, within_the_rules
from evaluator.allocation.solvers.work import Work

TERMS = 200_000_000  # nodes times terms of the rows that are left open: what a node takes goes by these
DIGITS = 4  # before the point, of the greatest weight in a row as CBC has it
MOST_TERMS = 200_000  # in what is left open, beyond which CBC is not asked: it counts no work before its first node


def version() -> str:
    """Give the version of PuLP, which the CBC comes with."""
    return str(pulp.__version__)


def maximise(
    model: Model,
    objective: Terms,
    extra: Sequence[Row],
    work: Work,
    fixed: Fixed = NONE_FIXED,
    guesses: bool = True,
) -> Answer:
    """Ask CBC, another solver, for the best choices under these rows; ``unknown`` where it is absent or gives up.

    It is quicker to be asked for the best than whether anything is better.

    Parameters
    ----------
    fixed : variables that are fixed already, which it need not decide.
    guesses : whether it also looks for sets by heuristics; no use where hardly any is left.
    """
    return within_the_rules(model, extra, lambda rows: _solved_once(model, objective, rows, work, fixed, guesses))


def _solved_once(
    model: Model, objective: Terms, extra: Sequence[Row], work: Work, fixed: Fixed, guesses: bool
) -> Answer:
    """Solve once, whatever the tolerance lets through."""
    own = needed([*model.rows, *extra], objective)
    rows = list(tightened(substituted(own, fixed)))
    if None in rows:
        return Answer("infeasible")
    taken = [at for at, value in fixed.items() if value and at < len(model.choices)]
    settled = sum(weight * fixed[at] for at, weight in objective if at in fixed)
    open_rows, variables = chained([row for row in rows if row], model.variables)
    left = [at for at in range(variables) if at not in fixed]
    nodes = _nodes(open_rows, work)
    if not nodes:
        return Answer("unknown")
    problem, made = _written(divided(objective), open_rows, left)
    if not problem.variables():
        return Answer("optimal", tuple(sorted(taken)), best=settled)
    with _Cbc(nodes, guesses) as solver:
        if solver is None:
            return Answer("unknown")
        try:
            problem.solve(solver)
        except (pulp.PulpSolverError, OSError):  # not built for this machine, or it fell over
            return Answer("unknown")
    # PuLP reads CBC's "Integer infeasible" into the status alone.
    outcome = "infeasible" if problem.status == pulp.LpStatusInfeasible else _outcome(problem)
    work.spend(1 if outcome in ("optimal", "infeasible") else nodes, 0)  # PuLP does not say how many
    found = outcome in ("optimal", "feasible")
    ones = {at for at, variable in made.items() if found and (variable.varValue or 0) > 0.5}
    chosen = sorted([*taken, *(at for at in ones if at < len(model.choices))]) if found else []
    best = settled + sum(weight for at, weight in objective if at in ones)
    return Answer(outcome, tuple(chosen), None, best=best)


class _Cbc:
    """The CBC of PuLP 3 as a context, if there is one: its temporary files go whatever happens."""

    def __init__(self, nodes: int, guesses: bool) -> None:
        self.nodes = nodes
        self.options = [] if guesses else ["heuristicsOnOff off"]
        self.files: list[str] = []
        self.solver: Any = None

    def __enter__(self) -> Any:
        kind = getattr(pulp, "PULP_CBC_CMD", None)  # gone in PuLP 4
        if kind is None:
            return None
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "PULP_CBC_CMD is deprecated", DeprecationWarning)
            solver = kind(msg=False, threads=1, gapRel=0, maxNodes=self.nodes, options=self.options)
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

    def __exit__(self, _kind: object, _stop: object, where: TracebackType | None) -> None:
        _end(where)
        if self.solver is not None:
            self.solver.delete_tmp_files(*self.files)


def _end(where: TracebackType | None) -> None:
    """End the process of CBC that PuLP was waiting for when we were stopped: PuLP would leave it running."""
    while where is not None:
        process = where.tb_frame.f_locals.get("cbc")
        if process is not None:
            process.kill()
            process.wait()
        where = where.tb_next


def _nodes(rows: Sequence[Row], work: Work) -> int:
    """Give the nodes after which CBC stops, fewer where each takes longer; none where it is not asked at all."""
    terms = max(1, sum(len(row.terms) for row in rows))
    return max(0, min(work.nodes, TERMS // terms)) if terms <= MOST_TERMS else 0


def _written(
    objective: Terms, rows: Sequence[Row], variables: Sequence[int]
) -> tuple[pulp.LpProblem, dict[int, pulp.LpVariable]]:
    """Write a model in PuLP. Names are numbers padded to one length, because PuLP sorts variables by name."""
    problem = pulp.LpProblem("allocation", pulp.LpMaximize)
    made = {at: problem.add_variable(f"x{at:07d}", 0, 1, pulp.LpInteger) for at in variables}
    problem.setObjective(_sum(made, objective))
    for number, row in enumerate(side for whole in rows for side in within_reach(whole)):
        # CBC's tolerance is the same for large numbers and small: pence of many millions are rounded off beyond it.
        unit = 10 ** max(0, len(str(max(abs(weight) for _, weight in row.terms))) - DIGITS)
        used = _sum(made, row.terms, unit)
        if row.least is not None:
            problem.addConstraint(used >= row.least / unit, f"least{number}")
        if row.most is not None:
            problem.addConstraint(used <= row.most / unit, f"most{number}")
    return problem, made


def _sum(variables: Mapping[int, pulp.LpVariable], terms: Terms, unit: int = 1) -> pulp.LpAffineExpression:
    return pulp.LpAffineExpression([(variables[at], weight / unit) for at, weight in terms if at in variables])


def _outcome(problem: pulp.LpProblem) -> Outcome:
    """Read PuLP's solution status; its ``status`` says Optimal even when it stopped early."""
    outcomes: dict[int, Outcome] = {
        pulp.LpSolutionOptimal: "optimal",
        pulp.LpSolutionIntegerFeasible: "feasible",
        pulp.LpSolutionInfeasible: "infeasible",
    }
    return outcomes.get(problem.sol_status, "unknown")
