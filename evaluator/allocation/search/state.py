"""A search under way: what is proven so far, the best set in hand, and how sets are compared in whole numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from evaluator.allocation.model.model import Chosen, Model, Row, Terms, covering, value_of
from evaluator.allocation.proof.awards import Disagreement
from evaluator.allocation.search.bounds import Bound
from evaluator.allocation.search.covers import cover_rows
from evaluator.allocation.search.narrowing import narrowed
from evaluator.allocation.solvers import cbc
from evaluator.allocation.solvers.decompose import components, needed, split, unimplied
from evaluator.allocation.solvers.solve import Answer, maximise
from evaluator.allocation.solvers.work import Work
from evaluator.records.programme.allocation_policy import Objective
from evaluator.records.results.allocation import SolverRun, Stage

NEGATIVE = ("lower_cost", "fewer_awards")  # counted below zero inside, shown as people count


@dataclass
class Search:
    """A search under way by HiGHS: its account, the proven stages and the rows that hold them, and the best set."""

    model: Model
    work: Work
    stages: list[Stage] = field(default_factory=list)
    stage_rows: list[Row] = field(default_factory=list)  # one a proven stage: later stages keep its value
    incumbent: Chosen | None = None  # the best set in hand
    infeasible: bool = False
    optimal_sets: tuple[Chosen, ...] = ()  # every set that is best in all stages, where they had to be listed
    compared: tuple[Chosen, ...] = ()  # every set that was compared exactly, where they had to be
    settled: Mapping[int, int] = field(default_factory=dict)  # choices alike in all that are best in the first stage
    fixed: Mapping[int, int] = field(default_factory=dict)  # choices that are alike in every set worth looking at
    warm_start: Sequence[int] = ()  # the variables that are one in a set that keeps the rules
    runs: list[SolverRun] = field(default_factory=list)
    alone: bool = False  # whether no other set is as good as the one in hand in the first stage
    stage_bound: int | None = None  # what the last stage cannot exceed
    relaxation: Bound | None = None  # of the stage under way
    first_relaxation: Bound | None = None  # of the first stage

    @property
    def proven(self) -> bool:
        """Whether every stage is proven."""
        return bool(self.optimal_sets) or len(self.stage_rows) == len(self.model.objectives)

    def solve(self, objective: Terms, cuts: Sequence[Row] = (), guesses: bool = True) -> Answer:
        """Solve for an objective, or for any set where it is empty, under the proven stages and further rows.

        Parameters
        ----------
        guesses : whether sets are also looked for by heuristics; no use where hardly any is left.
        """
        answer = self._maximise(objective, (*self.rows_of_stages(), *cuts), guesses)
        self.log("what is best" if objective else "whether another set is equal", answer)
        return answer

    def _maximise(self, objective: Terms, rows: Sequence[Row], guesses: bool) -> Answer:
        return maximise(self.model, objective, rows, self.work, self.fixed, self.warm_start, guesses=guesses)

    def log(self, what: str, answer: Answer) -> None:
        """Keep a solve for the log."""
        self.runs.append(run_of(what, answer))

    def rows_of_stages(self) -> tuple[Row, ...]:
        """Give what holds the proven stages, part by part where no rule binds parts of the problem together."""
        if not self.stage_rows or len(self.parts) < 2:
            return tuple(self.stage_rows)
        group_of = {at: number for number, its in enumerate(self.parts) for at in its}
        taken = covering(self.model, self.incumbent or ())
        return tuple(part for row in self.stage_rows for part in split(row, group_of, taken))

    def rows(self, objective: Terms) -> list[Row]:
        """Give every row that bears on a stage, those of earlier stages among them."""
        return needed([*self.model.rows, *self.rows_of_stages()], objective)

    def fix_by_bound(self, value: int) -> None:
        """Fix the choices that are alike in every set that reaches a value of the stage under way."""
        if self.relaxation is not None:
            self.fixed = {**self.fixed, **self.relaxation.fixed_at(value, len(self.model.choices))}

    def narrow(self, terms: Terms, value: int) -> None:
        """Fix for good what all sets that reach a value in the first stage have alike."""
        self.fix_by_bound(value)
        before = self.fixed
        self.fixed = narrowed(self.model, terms, [*needed(self.model.rows, terms), *self.cover_rows], value, before)
        self.settled = {**self.settled, **{at: to for at, to in self.fixed.items() if at not in before}}

    def fix_isolated(self, terms: Terms) -> None:
        """Fix the choices that stand alone: whatever else is taken, the best sets have them as this one has."""
        weights, chosen = dict(terms), self.incumbent or ()
        isolated = [its[0] for its in self.parts if len(its) == 1]
        self.fixed = {**self.fixed, **{at: int(at in chosen) for at in isolated if weights.get(at)}}

    def value(self, objective: Objective) -> int:
        """Count an objective for the best set in hand."""
        return value_of(self.model, objective, self.incumbent or ())

    def improve(self, chosen: Sequence[int], objective: Objective) -> None:
        """Take a set that keeps the rules as the best in hand, unless that one is better."""
        if self.incumbent is None or value_of(self.model, objective, chosen) >= self.value(objective):
            self.incumbent = tuple(chosen)

    def equal(self, chosen: Sequence[int]) -> Chosen:
        """Give back a set that keeps, counted in whole numbers, the value of every stage proven so far."""
        for objective, stage in zip(self.model.objectives, self.stages, strict=False):
            value = signed(objective, value_of(self.model, objective, chosen))
            if stage.proven and value != stage.value:
                raise Disagreement(f"a set with {objective} {value} was taken for one with {stage.value}")
        return tuple(chosen)

    def record(self, objective: Objective, bound: int | None, proven: bool) -> None:
        """Record what the best set in hand comes to in a stage, in the numbers that people count in."""
        shown = None if bound is None else signed(objective, bound)
        self.stages.append(Stage(objective, signed(objective, self.value(objective)), shown, proven))

    @cached_property
    def by_merit(self) -> bool:
        """Whether awards wait for better-ranked bids."""
        return any(row.kind == "merit_order" for row in self.model.rows)

    @cached_property
    def cover_rows(self) -> list[Row]:
        """The rows that short limits imply in whole awards."""
        return cover_rows(self.model)

    @cached_property
    def parts(self) -> list[list[int]]:
        """The variables, apart where no rule binds them together."""
        rows = unimplied(self.model, self.model.rows)
        return components(range(self.model.variables), [row for row in rows if row.binds])


class CbcSearch(Search):
    """A search in which CBC decides."""

    def _maximise(self, objective: Terms, rows: Sequence[Row], guesses: bool) -> Answer:
        """Give CBC's best set its own value as bound: it states none through PuLP."""
        answer = cbc.maximise(self.model, objective, rows, self.work, self.fixed, guesses)
        if answer.outcome != "optimal" or answer.best is None:
            return answer
        return replace(answer, bound=answer.best if objective else 0)


def run_of(what: str, answer: Answer) -> SolverRun:
    """Write a solve for the log."""
    return SolverRun(what, answer.outcome, answer.bound, answer.nodes, answer.iterations)


def signed(objective: str, value: int) -> int:
    """Show as people count what counts below zero inside."""
    return -value if objective in NEGATIVE else value
