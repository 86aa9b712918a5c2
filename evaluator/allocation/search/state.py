"""A search under way: what is proven so far, the best set in hand, and how sets are compared in whole numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from evaluator.allocation.model.model import Model, Row, Terms, covering, measure, objectives_of, taken_choices
from evaluator.allocation.proof.awards import Disagreement
from evaluator.allocation.search.bounds import Bound, implied
from evaluator.allocation.solvers.cbc import second_opinion
from evaluator.allocation.solvers.decompose import components, needed, split, unimplied
from evaluator.allocation.solvers.solve import Answer, Clock, maximise
from evaluator.records.programme.allocation_policy import Objective
from evaluator.records.results.allocation import SolverRun, Stage

NEGATIVE = ("lower_cost", "fewer_awards")  # counted below zero inside, shown as people count


@dataclass
class Search:
    """A search under way: its time, stages proven so far and the rows that hold their values, and the best set.

    ``seconds`` is all the time that it has; what of it is ``left`` runs down whatever it is spent on.
    """

    model: Model
    seconds: float
    stages: list[Stage] = field(default_factory=list)
    fixed: list[Row] = field(default_factory=list)
    chosen: tuple[int, ...] | None = None
    infeasible: bool = False
    listed: tuple[tuple[int, ...], ...] = ()  # every set that is best in all stages, where they had to be listed
    known: tuple[tuple[int, ...], ...] = ()  # every set that was compared exactly, where they had to be
    pins: dict[int, int] = field(default_factory=dict)  # choices that are the same in every set worth looking at
    start: tuple[int, ...] = ()  # a set that keeps the rules, for the solver to begin with
    runs: list[SolverRun] = field(default_factory=list)
    most: int | None = None  # what the last stage cannot exceed
    outer: Bound | None = None  # of the stage under way, from its relaxation
    first: Bound | None = None  # of the first stage
    counted: bool = False  # whether it was counted in whole numbers, without a solver
    by_cbc: bool = False  # CBC decides, and HiGHS gives the second opinion
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        """Set the clock running."""
        self.clock = Clock(self.seconds)

    @property
    def left(self) -> float:
        """Give the seconds that are left; below nought where the time is up."""
        return self.clock.left

    @property
    def proven(self) -> bool:
        """Whether every stage is proven."""
        return bool(self.listed) or len(self.fixed) == len(objectives_of(self.model.problem))

    def ask(self, objective: Terms, extra: Sequence[Row] = ()) -> Answer:
        """Ask the solver, under what earlier stages fixed."""
        rows = (*self.held(), *extra)
        if self.by_cbc:
            answer = _bounded(objective, second_opinion(self.model, objective, rows, self.left, self.pins))
        else:
            answer = maximise(self.model, objective, rows, self.left, self.pins, self.start)
        self.note("what is best" if objective else "whether another set is equal", answer)
        return answer

    def note(self, what: str, answer: Answer) -> None:
        """Keep a solve for the log."""
        self.runs.append(SolverRun(what, answer.outcome, answer.bound, answer.nodes, answer.seconds))

    def held(self) -> tuple[Row, ...]:
        """Give what earlier stages fixed, part by part where no rule binds parts of the problem together."""
        if not self.fixed or len(self.parts) < 2:
            return tuple(self.fixed)
        group_of = {at: number for number, its in enumerate(self.parts) for at in its}
        taken = covering(self.model, self.chosen or ())
        return tuple(part for row in self.fixed for part in split(row, group_of, taken))

    def rows(self, objective: Terms) -> list[Row]:
        """Give every row that bears on a stage, those of earlier stages among them."""
        return needed([*self.model.rows, *self.held()], objective)

    def settle(self, value: int) -> None:
        """Settle the choices that are the same in every set that reaches a value of the stage under way."""
        settled = {} if self.outer is None else self.outer.settled(value)
        choices = len(self.model.choices)
        self.pins = self.pins | {at: taken for at, taken in settled.items() if at < choices}

    def alone(self, terms: Terms) -> None:
        """Settle the choices that stand alone: whatever else is taken, the best sets have them as this one has."""
        weights, chosen = dict(terms), self.chosen or ()
        single = [its[0] for its in self.parts if len(its) == 1]
        self.pins = self.pins | {at: int(at in chosen) for at in single if weights.get(at)}

    @cached_property
    def implied(self) -> list[Row]:
        """The rows that short limits imply in whole awards."""
        return implied(self.model)

    @cached_property
    def parts(self) -> list[list[int]]:
        """The variables, apart where no rule binds them together."""
        rows = unimplied(self.model, self.model.rows)
        return components(range(self.model.variables), [row for row in rows if _binds(row)])


def _bounded(objective: Terms, answer: Answer) -> Answer:
    """Give CBC's best set its own value as bound: CBC states none through PuLP. What it covers bounds coverage."""
    if answer.outcome != "optimal" or answer.best is None:
        return answer
    return replace(answer, bound=answer.best if objective else 0)


def _binds(row: Row) -> bool:
    """Whether a row can be broken at all."""
    lowest = sum(min(0, weight) for _, weight in row.terms)
    highest = sum(max(0, weight) for _, weight in row.terms)
    return (row.least is not None and row.least > lowest) or (row.most is not None and row.most < highest)


def keep_better(found: Search, chosen: Sequence[int], objective: Objective) -> None:
    """Keep a set that keeps the rules unless the one in hand is better."""
    value = measure(objective, taken_choices(found.model, chosen))
    if found.chosen is None or value >= measure(objective, taken_choices(found.model, found.chosen)):
        found.chosen = tuple(chosen)


def equal(found: Search, chosen: tuple[int, ...]) -> tuple[int, ...]:
    """Give back a set that keeps, counted in whole numbers, the value of every stage proven so far."""
    for objective, stage in zip(objectives_of(found.model.problem), found.stages, strict=False):
        value = signed(objective, measure(objective, taken_choices(found.model, chosen)))
        if stage.proven and value != stage.value:
            raise Disagreement(f"a set with {objective} {value} was taken for one with {stage.value}")
    return chosen


def signed(objective: str, value: int) -> int:
    """Show as people count what counts below zero inside."""
    return -value if objective in NEGATIVE else value


def shown(objective: Objective, value: int, bound: int | None, proven: bool) -> Stage:
    """Record a stage in the numbers that people count in."""
    return Stage(objective, signed(objective, value), None if bound is None else signed(objective, bound), proven)
