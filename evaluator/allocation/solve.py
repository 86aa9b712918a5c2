"""The only file that knows a solver: HiGHS through PuLP decides, and the CBC that PuLP brings gives a second opinion.

Nothing here is believed further on without a check in whole numbers: awards are re-checked by ``verify``, and a bound
is used only after rounding towards safety.
"""

import math
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import highspy
import pulp

from evaluator.allocation.model import Model, Row, Terms, covering, kept, without
from evaluator.allocation.parts import (
    coarse_unit,
    components,
    gathered,
    needed,
    substituted,
    tightened,
    unimplied,
    within_reach,
)

SETTINGS = "threads=1, random_seed=1, gapRel=0, gapAbs=0.99"

SECOND_NODES = 100_000  # where the second solver gives up on most machines, whatever their speed
MOST_CUTS = 50  # sets just beyond a limit that are taken from a solver's tolerance before it is no longer asked
NO_PINS: Mapping[int, int] = {}

Outcome = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a solver said: the choices taken, a value that none exceeds (None: no claim), and the seconds it took."""

    outcome: Outcome
    chosen: tuple[int, ...] = ()
    bound: int | None = None
    seconds: float = 0.0
    nodes: int = 0
    best: int | None = None  # what CBC's best set comes to, added up in whole numbers


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear relaxation: a price for each row and the share of each variable taken; empty where not solved."""

    prices: tuple[float, ...] = ()
    taken: tuple[float, ...] = ()
    seconds: float = 0.0


def solver_name(by_cbc: bool = False) -> str:
    """Name the solver that decides and its versions, for the record."""
    if by_cbc:
        return f"CBC as PuLP {pulp.__version__} brings it"
    return f"HiGHS {highspy.Highs().version()} through PuLP {pulp.__version__}"


def maximise(
    model: Model,
    objective: Terms,
    extra: Sequence[Row],
    seconds: float,
    pins: Mapping[int, int] = NO_PINS,
    start: Sequence[int] = (),
) -> Answer:
    """Find choices that keep every row and make the objective as large as possible; apart what no row binds together.

    Parameters
    ----------
    objective : whole numbers; empty asks only whether the rows can hold together.
    extra : rows beside the model's own: values that earlier stages reached, sets already known.
    seconds : time for this solve.
    pins : variables that are settled already: 1 taken, 0 left out.
    start : the variables that are one in a set that keeps every row, to begin with; none where empty.

    A solver takes a sum that is beyond a limit by less than its tolerance for one within it: of £100,000,000 that is
    more than a penny. Such a set is left out, and the solver asked again.
    """
    cuts: list[Row] = []
    spent = 0.0
    while not cuts or (len(cuts) <= MOST_CUTS and spent < seconds):
        answer = _asked(model, objective, (*extra, *cuts), seconds - spent, pins, start)
        spent += answer.seconds
        if not answer.chosen or kept((*model.rows, *extra), covering(model, answer.chosen)):
            return replace(answer, seconds=spent)
        cuts.append(without(model, answer.chosen))
    return Answer("unknown", seconds=spent)


def _asked(
    model: Model,
    objective: Terms,
    extra: Sequence[Row],
    seconds: float,
    pins: Mapping[int, int],
    start: Sequence[int],
) -> Answer:
    """Ask once."""
    began = time.perf_counter()
    own = unimplied(model, [*model.rows, *extra])
    rows = list(tightened(substituted(needed(own, objective), pins)))
    if None in rows:
        return Answer("infeasible")
    held = [row for row in rows if row is not None]
    free = [(at, weight) for at, weight in objective if at not in pins]
    fixed = sum(weight * pins[at] for at, weight in objective if at in pins)
    groups = gathered(components(sorted({at for at, _ in free} | {at for row in held for at, _ in row.terms}), held))
    chosen = [at for at, taken in pins.items() if taken and at < len(model.choices)]
    bound: int | None = fixed
    outcome: Outcome = "optimal"
    nodes = 0
    for its in groups:
        left = seconds - (time.perf_counter() - began)
        answer = _solved(model, [one for one in free if one[0] in set(its)], _within(held, its), its, left, start)
        if answer.outcome in ("infeasible", "unknown"):
            return Answer(answer.outcome, (), None, time.perf_counter() - began)
        chosen += answer.chosen
        bound = None if bound is None or answer.bound is None else bound + answer.bound
        nodes += answer.nodes
        outcome = answer.outcome if outcome == "optimal" else outcome
    return Answer(outcome, tuple(sorted(chosen)), bound, time.perf_counter() - began, nodes)


def _within(rows: Sequence[Row], variables: Sequence[int]) -> list[Row]:
    own = set(variables)
    return [row for row in rows if row.terms and row.terms[0][0] in own]


def _solved(
    model: Model,
    objective: Sequence[tuple[int, int]],
    rows: list[Row],
    its: list[int],
    seconds: float,
    start: Sequence[int],
) -> Answer:
    """Solve one part by HiGHS."""
    terms = tuple(objective)
    problem, variables = _written(_divided(terms), rows, its)
    left = max(0.05, seconds - 2 * problem.solutionTime)  # handing the model over takes about as long as writing it
    solver = _Highs(start, msg=False, threads=1, random_seed=1, gapRel=0, gapAbs=0.99, timeLimit=left)
    problem.solve(solver)
    outcome = _highs_outcome(problem)
    chosen = _chosen(model, variables) if outcome in ("optimal", "feasible") else ()
    return Answer(outcome, chosen, _bound(problem, terms), 0.0, max(0, problem.solverModel.getInfo().mip_node_count))


class _Highs(pulp.HiGHS):  # type: ignore[misc]
    """PuLP's HiGHS, begun from a set that keeps the rules, which PuLP 3 cannot hand over."""

    def __init__(self, start: Sequence[int], **settings: Any) -> None:
        super().__init__(**settings)
        self.start = frozenset(map(_name, start))

    def callSolver(self, lp: pulp.LpProblem) -> None:
        """Hand over the choices to begin with, and solve."""
        if self.start:
            solution = highspy.HighsSolution()
            solution.col_value = [float(one.name in self.start) for one in lp.variables()]
            lp.solverModel.setSolution(solution)
        super().callSolver(lp)


def relaxed(model: Model, objective: Terms, rows: Sequence[Row], seconds: float) -> Relaxed:
    """Solve without the demand for whole awards: a price on each row, and how much of each choice would be taken."""
    start = time.perf_counter()
    problem, variables = _written(_divided(objective), rows, range(model.variables))
    if not problem.variables():
        return Relaxed()
    left = max(0.05, seconds - 2 * problem.solutionTime)
    problem.solve(pulp.HiGHS(mip=False, msg=False, threads=1, random_seed=1, timeLimit=left))
    if problem.sol_status != pulp.LpSolutionOptimal:
        return Relaxed(seconds=time.perf_counter() - start)
    divisor = math.gcd(*(weight for _, weight in objective)) or 1
    prices = tuple(
        divisor * (_price(problem, f"most{at}") + _price(problem, f"least{at}")) / coarse_unit(row)
        for at, row in enumerate(rows)
    )
    taken = tuple(variables[at].varValue or 0.0 for at in range(model.variables))
    return Relaxed(prices, taken, time.perf_counter() - start)


def least_relaxed(
    variables: int, rows: Sequence[Row], slacks: Mapping[int, tuple[int, int]], seconds: float
) -> dict[int, int] | None:
    """Find the cheapest whole amounts by which figures give way so that the rows can hold; None where there are none.

    Parameters
    ----------
    slacks : for each variable after the model's: how far it goes, and what a unit of it costs.
    """
    problem = pulp.LpProblem("repair", pulp.LpMinimize)
    made = {at: problem.add_variable(_name(at), 0, 1, pulp.LpInteger) for at in range(variables)}
    made |= {at: problem.add_variable(_name(at), 0, most, pulp.LpInteger) for at, (most, _) in slacks.items()}
    problem.setObjective(_sum(made, tuple((at, cost) for at, (_, cost) in slacks.items())))
    _add_rows(problem, made, rows)
    problem.solve(pulp.HiGHS(msg=False, threads=1, random_seed=1, gapRel=0, gapAbs=0.99, timeLimit=seconds))
    if _highs_outcome(problem) != "optimal":
        return None
    return {at: round(variable.varValue or 0) for at, variable in made.items()}


def _price(problem: pulp.LpProblem, name: str) -> float:
    """Give what a row's limit is worth; PuLP minimises the negative, where a binding limit has a price below nought."""
    row = problem.get_constraint_by_name(name)
    return 0.0 if row is None else -(row.pi or 0.0)


def second_opinion(model: Model, objective: Terms, extra: Sequence[Row], seconds: float) -> Answer:
    """Ask CBC, another solver, whether these rows can hold together; ``unknown`` where it is absent or out of time.

    The objective only shows it where to look, which makes it three times as fast.
    """
    rows = list(tightened(needed([*model.rows, *extra], objective)))
    if None in rows:
        return Answer("infeasible")
    problem, variables = _written(_divided(objective), [row for row in rows if row], range(model.variables))
    if not problem.variables():
        return Answer("optimal", best=0)
    with _Cbc(seconds) as solver:
        if solver is None:
            return Answer("unknown")
        try:
            problem.solve(solver)
        except (pulp.PulpSolverError, OSError):  # not built for this machine, or it fell over
            return Answer("unknown")
    # PuLP reads CBC's "Integer infeasible" into the status alone.
    outcome = "infeasible" if problem.status == pulp.LpStatusInfeasible else _outcome(problem)
    chosen = _chosen(model, variables) if outcome in ("optimal", "feasible") else ()
    taken = {at for at, variable in variables.items() if (variable.varValue or 0) > 0.5} if chosen else set()
    best = sum(weight for at, weight in objective if at in taken)
    return Answer(outcome, chosen, None, problem.solutionTime, best=best)


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
            solver = kind(msg=False, threads=1, gapRel=0, timeLimit=self.seconds, maxNodes=SECOND_NODES)
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
    problem.startClock()  # PuLP's own: what is written here counts towards the time limit too
    made = {at: problem.add_variable(_name(at), 0, 1, pulp.LpInteger) for at in variables}
    problem.setObjective(_sum(made, objective))
    _add_rows(problem, made, rows)
    problem.stopClock()
    return problem, made


def _add_rows(problem: pulp.LpProblem, made: Mapping[int, pulp.LpVariable], rows: Sequence[Row]) -> None:
    for number, row in enumerate(rows):
        least, most = within_reach(row)
        if least.least is not None:
            problem.addConstraint(_sum(made, least.terms) >= least.least, f"least{number}")
        if most.most is not None:
            problem.addConstraint(_sum(made, most.terms) <= most.most, f"most{number}")


def _name(variable: int) -> str:
    return f"x{variable:07d}"


def _divided(terms: Terms) -> Terms:
    """Divide whole numbers by what divides them all."""
    divisor = math.gcd(*(weight for _, weight in terms)) or 1
    return tuple((at, weight // divisor) for at, weight in terms)


def _sum(variables: Mapping[int, pulp.LpVariable], terms: Terms) -> pulp.LpAffineExpression:
    return pulp.LpAffineExpression([(variables[at], weight) for at, weight in terms])


def _outcome(problem: pulp.LpProblem) -> Outcome:
    """Read PuLP's solution status; its ``status`` says Optimal even when the time ran out."""
    outcomes: dict[int, Outcome] = {
        pulp.LpSolutionOptimal: "optimal",
        pulp.LpSolutionIntegerFeasible: "feasible",
        pulp.LpSolutionInfeasible: "infeasible",
    }
    return outcomes.get(problem.sol_status, "unknown")


def _highs_outcome(problem: pulp.LpProblem) -> Outcome:
    """Read the outcome, and whether there are values at all: after a time limit there may be none."""
    outcome = _outcome(problem)
    has_values = math.isfinite(problem.solverModel.getInfo().objective_function_value)
    if outcome == "feasible" and not (has_values and problem.solverModel.getInfo().primal_solution_status == 2):
        return "unknown"
    return outcome


def _bound(problem: pulp.LpProblem, objective: Terms) -> int | None:
    """Round the dual bound down to a whole number that is still true, or claim nothing.

    PuLP minimises the negative, hence the sign. The tolerance keeps 80714.9999999 from hiding a true 80715; it stays
    well under the hundredth that ``gapAbs=0.99`` leaves.
    """
    bound: float = -problem.solverModel.getInfo().mip_dual_bound
    if not math.isfinite(bound):
        return None
    divisor = math.gcd(*(weight for _, weight in objective)) or 1
    return math.floor(bound + min(0.005, max(1e-6, 1e-9 * abs(bound)))) * divisor


def _chosen(model: Model, variables: Mapping[int, pulp.LpVariable]) -> tuple[int, ...]:
    """Round the values of the choices to taken or not; ``verify`` decides whether that keeps the rules."""
    choices = range(len(model.choices))
    return tuple(at for at, variable in variables.items() if at in choices and (variable.varValue or 0) > 0.5)
