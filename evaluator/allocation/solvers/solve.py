"""Ask HiGHS for the best choices, part by part; what it says is rounded towards safety and checked elsewhere.

Nothing here is believed further on without a check in whole numbers: awards are re-checked by ``verify``, and a bound
is used only after rounding towards safety.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from evaluator.allocation.model.model import Model, Row, Terms, covering, keeps, no_good_cut
from evaluator.allocation.solvers import highs
from evaluator.allocation.solvers.chains import chained, with_steps
from evaluator.allocation.solvers.decompose import (
    components,
    divided,
    gathered,
    needed,
    substituted,
    tightened,
    unimplied,
)
from evaluator.allocation.solvers.highs import Outcome
from evaluator.allocation.solvers.work import Work

SETTINGS = "threads=1, random_seed=1, gapRel=0, gapAbs=0.99, no restarts"

FROM_BEST: tuple[Outcome, ...] = ("optimal", "feasible", "unknown")  # of parts the worst counts
MOST_CUTS = 50  # sets just beyond a limit that are taken from a solver's tolerance before it is no longer asked
Fixed = Mapping[int, int]  # the value of variables that are fixed
NONE_FIXED: Fixed = {}
Part = tuple[list[int], list[Row]]  # variables and the rows that bind them together


@dataclass(frozen=True, slots=True)
class Answer:
    """What a solver said: the choices taken, a value that none exceeds (None: no claim), and the work it took."""

    outcome: Outcome
    chosen: tuple[int, ...] = ()
    bound: int | None = None
    nodes: int = 0
    iterations: int = 0
    best: int | None = None  # what CBC's best set comes to, added up in whole numbers


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear relaxation: a price for each row, the share of each variable taken, what that is worth; or nothing."""

    prices: tuple[float, ...] = ()
    taken: tuple[float, ...] = ()
    worth: float = -math.inf


def solver_name() -> str:
    """Name the solver and its version, for the record."""
    return f"HiGHS {highs.version()}"


def maximise(
    model: Model,
    objective: Terms,
    extra: Sequence[Row],
    work: Work,
    fixed: Fixed = NONE_FIXED,
    warm_start: Sequence[int] = (),
    nodes: int | None = None,
    guesses: bool = True,
) -> Answer:
    """Find choices that keep every row and make the objective as large as possible; apart what no row binds together.

    Parameters
    ----------
    objective : whole numbers; empty asks only whether the rows can hold together.
    extra : rows beside the model's own: values that earlier stages reached, sets that are cut off.
    work : what may be spent, and is taken from it.
    fixed : variables that are fixed already: 1 taken, 0 left out.
    warm_start : the variables that are one in a set that keeps every row, to begin with; none where empty.
    nodes : where the solver gives up, however much work is left; None: nowhere.
    guesses : whether it also looks for sets by heuristics; no use where hardly any is left.
    """
    return within_the_rules(
        model, extra, lambda rows: _solved_once(model, objective, rows, work, fixed, warm_start, nodes, guesses)
    )


def within_the_rules(model: Model, extra: Sequence[Row], solve: Callable[[Sequence[Row]], Answer]) -> Answer:
    """Ask a solver until its set keeps every row, added up in whole numbers, or until it says that there is none.

    A solver takes a sum that is beyond a limit by less than its tolerance for one within it: of £100,000,000 that is
    more than a penny. Such a set is left out, and the solver asked again.

    Parameters
    ----------
    extra : rows beside the model's own.
    solve : asks the solver under these rows beside the model's own.
    """
    cuts, nodes, iterations = list[Row](), 0, 0
    while len(cuts) <= MOST_CUTS:
        answer = solve((*extra, *cuts))
        nodes, iterations = nodes + answer.nodes, iterations + answer.iterations
        if not answer.chosen or keeps((*model.rows, *extra), covering(model, answer.chosen)):
            return replace(answer, nodes=nodes, iterations=iterations)
        cuts.append(no_good_cut(model, answer.chosen))
    return Answer("unknown", nodes=nodes, iterations=iterations)


def _solved_once(
    model: Model,
    objective: Terms,
    extra: Sequence[Row],
    work: Work,
    fixed: Fixed,
    warm_start: Sequence[int],
    nodes: int | None,
    guesses: bool,
) -> Answer:
    """Solve once, whatever the tolerance lets through."""
    rows = list(tightened(substituted(needed(unimplied(model, [*model.rows, *extra]), objective), fixed)))
    if None in rows:
        return Answer("infeasible")
    free = {at: weight for at, weight in divided(objective) if at not in fixed}
    ones = [at for at, taken in fixed.items() if taken]
    bound: int | None = sum(weight * fixed[at] for at, weight in objective if at in fixed)
    unit = math.gcd(*(weight for _, weight in objective)) or 1
    outcome: Outcome = "optimal"
    before = replace(work)
    chain, _ = chained([row for row in rows if row is not None], model.variables)
    begun = with_steps(chain, warm_start) if warm_start else frozenset()
    for part in _parts(chain, free):
        ran = _solved(part, free, work, begun, nodes, guesses)
        if ran.outcome == "infeasible":
            return _counted(Answer(ran.outcome), before, work)
        ones += [at for at, value in zip(part[0], ran.values, strict=False) if value > 0.5]
        part_bound = _rounded(ran.bound)
        bound = None if bound is None or part_bound is None else bound + part_bound * unit
        outcome = max(outcome, ran.outcome, key=FROM_BEST.index)
    chosen = tuple(sorted(at for at in ones if at < len(model.choices))) if outcome != "unknown" else ()
    return _counted(Answer(outcome, chosen, bound), before, work)


def _counted(answer: Answer, before: Work, after: Work) -> Answer:
    """Add what an answer took: the account before it less the account after it."""
    return replace(answer, nodes=before.nodes - after.nodes, iterations=before.iterations - after.iterations)


def _parts(rows: Sequence[Row], objective: Mapping[int, int]) -> list[Part]:
    """Give the variables that rows bind together, with those rows; what is small is put together."""
    every = sorted(set(objective) | {at for row in rows for at, _ in row.terms})
    groups = gathered(components(every, rows))
    group_of = {at: number for number, its in enumerate(groups) for at in its}
    rows_of: list[list[Row]] = [[] for _ in groups]
    for row in rows:
        if row.terms:
            rows_of[group_of[row.terms[0][0]]].append(row)
    return list(zip(groups, rows_of, strict=True))


def _solved(
    part: Part, objective: Mapping[int, int], work: Work, begun: frozenset[int], nodes: int | None, guesses: bool
) -> highs.Ran:
    """Solve one part by HiGHS."""
    variables, rows = part
    place = {at: number for number, at in enumerate(variables)}
    mapped = [replace(row, terms=tuple((place[at], weight) for at, weight in row.terms)) for row in rows]
    weights = {place[at]: objective[at] for at in variables if at in objective}
    solver = highs.handed(len(variables), mapped, weights, guesses=guesses)
    start = [float(at in begun) for at in variables] if begun else ()
    return highs.run(solver, work, start, nodes)


class Relaxation:
    """The relaxation of a model kept at hand, so that it is solved again in no time with some variables held.

    Prices serve as a guide even where the iterations were up before they were the best ones.
    """

    def __init__(self, variables: int, objective: Terms, rows: Sequence[Row], fixed: Fixed, work: Work) -> None:
        self.unit = math.gcd(*(weight for _, weight in objective)) or 1
        ranges = {at: (taken, taken) for at, taken in fixed.items()}
        self.solver = highs.handed(variables, rows, dict(divided(objective)), ranges, divisible=True)
        self.rows, self.work = len(rows), work

    def solved(self, held: Fixed = NONE_FIXED, reach: int | None = None) -> Relaxed:
        """Solve without the demand for whole awards, some variables that are not fixed held as they are told.

        Parameters
        ----------
        reach : where it is plain that no sum comes up to it, the solver may stop.
        """
        self.solver.setOptionValue("objective_bound", highs.FAR if reach is None else (1 - reach) / self.unit)
        for at, taken in held.items():
            self.solver.changeColBounds(at, taken, taken)
        ran = highs.run(self.solver, self.work, divisible=True)
        for at in held:
            self.solver.changeColBounds(at, 0, 1)
        if len(ran.prices) != self.rows:
            return Relaxed()
        worth = self.unit * ran.bound if ran.outcome == "optimal" else -math.inf
        return Relaxed(tuple(self.unit * price for price in ran.prices), tuple(ran.values), worth)


def relaxed(
    model: Model, objective: Terms, rows: Sequence[Row], fixed: Fixed = NONE_FIXED, variables: int = 0
) -> Relaxed:
    """Solve without the demand for whole awards: a price on each row, and how much of each choice would be taken.

    It has an account of its own, because without it no bound is near.
    """
    return Relaxation(variables or model.variables, objective, rows, fixed, Work.of(model.problem)).solved()


def least_relaxed(
    variables: int, rows: Sequence[Row], slacks: Mapping[int, tuple[int, int]], work: Work
) -> dict[int, int] | None:
    """Find the cheapest whole amounts by which figures give way so that the rows can hold; None where there are none.

    Parameters
    ----------
    slacks : for each variable after the model's: how far it goes, and what a unit of it costs.
    """
    places = [*range(variables), *slacks]
    ranges = {at: (0, most) for at, (most, _) in slacks.items()}
    solver = highs.handed(len(places), rows, {at: -cost for at, (_, cost) in slacks.items()}, ranges)
    ran = highs.run(solver, work)
    return (
        {at: round(value) for at, value in zip(places, ran.values, strict=True)} if ran.outcome == "optimal" else None
    )


def _rounded(bound: float) -> int | None:
    """Round the dual bound down to a whole number that is still true, or claim nothing.

    The tolerance keeps 80714.9999999 from hiding a true 80715; it stays well under the hundredth that a gap of 0.99
    leaves.
    """
    if not math.isfinite(bound):
        return None
    return math.floor(bound + min(0.005, max(1e-6, 1e-9 * abs(bound))))
