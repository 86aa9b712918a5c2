"""A search under way: what is proven so far, the best set in hand, and how sets are compared in whole numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from evaluator.allocation.awards import Disagreement, holds
from evaluator.allocation.bounds import Bound, bound_of
from evaluator.allocation.model import Model, Row, Terms, covering, measure, objectives_of, taken_choices
from evaluator.allocation.parts import components, needed, split, unimplied
from evaluator.allocation.solve import Answer, maximise, relaxed, second_opinion
from evaluator.allocation.usage import Usage
from evaluator.records.allocation import SolverRun, Stage
from evaluator.records.rules import Objective

NARROWED = 40  # choices; a smaller problem is solved again sooner than narrowed
WHOLE = 0.999999  # a share that a relaxation means to be all
NEGATIVE = ("lower_cost", "fewer_awards")  # counted below zero inside, shown as people count


@dataclass
class Search:
    """A search under way: seconds left, stages proven so far and the rows that hold their values, and the best set."""

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
    outer: Bound | None = None  # of a stage that was not proven, from its relaxation
    shares: tuple[float, ...] = ()  # of each variable taken in that relaxation
    certain: dict[int, int] = field(default_factory=dict)  # choices that are the same in every set as good as this
    by_cbc: bool = False  # CBC decides, and HiGHS gives the second opinion

    @property
    def proven(self) -> bool:
        """Whether every stage is proven."""
        return bool(self.listed) or len(self.fixed) == len(objectives_of(self.model.problem))

    def ask(self, objective: Terms, extra: Sequence[Row] = ()) -> Answer:
        """Ask the solver, under what earlier stages fixed, and count the time."""
        rows = (*self.held(), *extra)
        if self.by_cbc:
            answer = _bounded(objective, second_opinion(self.model, objective, rows, self.seconds))
        else:
            answer = maximise(self.model, objective, rows, self.seconds, self.pins, self.start)
        self.note("what is best" if objective else "whether another set is equal", answer)
        return answer

    def note(self, what: str, answer: Answer) -> None:
        """Count the time of a solve, and keep it for the log."""
        self.seconds -= answer.seconds
        self.runs.append(SolverRun(what, answer.outcome, answer.bound, answer.nodes, answer.seconds))

    def held(self) -> tuple[Row, ...]:
        """Give what earlier stages fixed, part by part where no rule binds parts of the problem together."""
        if len(self.parts) < 2 or not self.fixed:
            return tuple(self.fixed)
        group_of = {at: number for number, its in enumerate(self.parts) for at in its}
        taken = covering(self.model, self.chosen or ())
        return tuple(part for row in self.fixed for part in split(row, group_of, taken))

    def rows(self, objective: Terms) -> list[Row]:
        """Give every row that bears on a stage, those of earlier stages among them."""
        return needed([*self.model.rows, *self.held()], objective)

    def narrow(self, terms: Terms, value: int) -> None:
        """Settle the choices that are the same in every set that reaches what a stage came to."""
        weights, alone = dict(terms), [its[0] for its in self.parts if len(its) == 1]
        self.pins = self.pins | {at: int(at in (self.chosen or ())) for at in alone if weights.get(at)}
        if len(self.model.choices) < NARROWED or self.seconds <= 0:
            return
        rows = self.rows(terms)
        relaxation = relaxed(self.model, terms, rows, self.seconds)
        self.seconds -= relaxation.seconds
        if relaxation.prices:
            settled = bound_of(self.model.variables, terms, rows, relaxation.prices, self.pins).settled(value)
            choices = len(self.model.choices)
            self.pins = self.pins | {at: taken for at, taken in settled.items() if at < choices}

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


def fall_back(found: Search, objective: Objective) -> None:
    """Without a proof, also try the best scores first: from nothing, on the relaxation, on what the solver had."""
    whole = tuple(at for at, share in enumerate(found.shares[: len(found.model.choices)]) if share > WHOLE)
    for tried in dict.fromkeys((found.start, greedy(found.model, whole, found.shares), found.chosen or ())):
        tried = greedy(found.model, [at for at in tried if at < len(found.model.choices)])
        if holds(found.model, tried):
            keep_better(found, tried, objective)


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


def greedy(model: Model, start: Sequence[int] = (), shares: Sequence[float] = ()) -> tuple[int, ...]:
    """Add what breaks no rule, best score first: a feasible set to fall back on, without any claim.

    Parameters
    ----------
    shares : of each choice taken in a relaxation; what is taken in part goes before what is not.
    """
    usage = Usage(model, start)
    part = [-round(share, 6) for share in shares] or [0.0] * len(model.choices)
    for at in sorted(range(len(model.choices)), key=lambda at: (part[at], -model.choices[at].level.score, at)):
        if at not in usage.chosen and not usage.breaks(at):
            usage.add(at)
    return tuple(sorted(usage.chosen))
