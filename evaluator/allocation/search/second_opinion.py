"""What another solver says of the first objective: asked for anything better than the set that was decided on.

It is told what bounds fix in whole numbers, and the sentence for the record says how much that was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import gcd

from evaluator.allocation.model.decided import Decided
from evaluator.allocation.model.model import (
    Chosen,
    Model,
    Row,
    Terms,
    measure,
    no_good_cut,
    objective_terms,
    objectives_of,
    taken_choices,
)
from evaluator.allocation.proof.awards import holds
from evaluator.allocation.search.bounds import Bound, total_score_bound
from evaluator.allocation.search.exact_sums import above, coarse, is_fine
from evaluator.allocation.search.state import run_of, signed
from evaluator.allocation.solvers import cbc
from evaluator.allocation.solvers.solve import Answer, maximise
from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.programme.rules import Objective
from evaluator.records.results.allocation import SolverRun, Stage

SECOND_OPINION_SECONDS = 20.0


@dataclass(frozen=True)
class Claim:
    """That no set is better in the first stage than one that is in hand.

    Parameters
    ----------
    decider : what decided: ``counting``, ``highs`` or ``cbc``.
    bound : what no set exceeds in the first stage, from its relaxation.
    compared : sets that were compared exactly, where the objective is too fine for a solver.
    seconds : what is left of the time limit.
    """

    model: Model
    chosen: Chosen
    stage: Stage
    decider: str
    bound: Bound | None
    seconds: float
    compared: Sequence[Chosen] = ()

    @property
    def objective(self) -> Objective:
        """What the first stage counts."""
        return objectives_of(self.model.problem)[0]

    @property
    def terms(self) -> Terms:
        """The sum that the first stage makes as large as possible."""
        return objective_terms(self.model, self.objective)

    @property
    def value(self) -> int:
        """What the set comes to, more being better."""
        return measure(self.objective, taken_choices(self.model, self.chosen))


@dataclass(frozen=True)
class Opinion:
    """One sentence for the record, the solve for the log, and a better set where one was found that keeps the rules."""

    sentence: str
    runs: tuple[SolverRun, ...] = ()
    better: Chosen | None = None

    def contradicts(self, claim: Claim, runs: Sequence[SolverRun], solver: str) -> Decided | None:
        """Give the better set in place of what was claimed, with nothing proven of it; None where none was found."""
        if self.better is None:
            return None
        reached = signed(claim.objective, measure(claim.objective, taken_choices(claim.model, self.better)))
        stages = (replace(claim.stage, value=reached, bound=None, proven=False),)
        bound = total_score_bound(claim.model, stages)
        return Decided(
            "not_proven",
            (self.better,),
            stages=stages,
            upper_bound=bound,
            second_opinion=self.sentence,
            runs=(*runs, *self.runs),
            solver=solver,
        )


def second_opinion(claim: Claim) -> Opinion:
    """Ask a solver that did not lead to a set for anything better in the first stage."""
    model = claim.model
    if not model.choices:
        return Opinion("No other solver was asked: there was no bid to decide on.")
    counted = claim.decider == "counting"
    fixed = _fixed(claim, claim.value + unit_of(claim.terms) if counted else claim.value)
    solver, answer = _asked(claim, fixed)
    runs = (run_of(f"second opinion by {solver.split(',')[0]}", answer),)
    better = f"{_named(claim.objective)} better than {_in_words(claim)}"
    reached = measure(claim.objective, taken_choices(model, answer.chosen))
    # Where better sets were asked for there is none; else the best comes to the same again.
    only_better = counted or is_fine(claim.terms)
    if answer.outcome == "infeasible" if only_better else answer.outcome == "optimal" and reached == claim.value:
        return Opinion(_confirmed(len(model.choices), solver, better, fixed), runs)
    if answer.outcome == "unknown":
        return Opinion(f"{solver} gave no answer within its limits on whether a set of awards has {better}.", runs)
    if reached <= claim.value or not holds(model, answer.chosen):
        return Opinion(f"{solver} gave no usable answer on whether a set of awards has {better}.", runs)
    return Opinion(f"{solver} found a set of awards with {better}: nothing is proven.", runs, answer.chosen)


def _asked(claim: Claim, fixed: Mapping[int, int]) -> tuple[str, Answer]:
    """Ask the solver, beside what bounds fix in whole numbers.

    After counting HiGHS is asked whether there is anything better. Otherwise the one that did not decide is asked for
    the best, which CBC finds sooner than it can tell that nothing is better; where a solver sees the objective coarsely
    it is asked for any set beside all that were compared.
    """
    seconds = min(claim.seconds, max(SECOND_OPINION_SECONDS, claim.seconds / 4))  # the rest is for the ties
    model, terms, value = claim.model, claim.terms, claim.value
    if claim.decider == "counting":
        better = Row("", "better", "", terms, least=value + unit_of(terms))
        return "HiGHS, a solver,", maximise(model, terms, (better,), seconds, fixed)
    rows: tuple[Row, ...] = ()
    if is_fine(terms):
        cuts = tuple(no_good_cut(model, chosen) for chosen in claim.compared)
        terms, rows = coarse(terms)[0], (above(terms, value + 1, len(model.problem.candidates)), *cuts)
    if claim.decider == "cbc":
        return "HiGHS, another solver,", maximise(model, terms, rows, seconds, fixed)
    return "CBC, another solver,", cbc.maximise(model, terms, rows, seconds, fixed)


def _fixed(claim: Claim, value: int) -> dict[int, int]:
    """Give the choices that are alike in every set whose first stage reaches a value: by adding up."""
    return {} if claim.bound is None else claim.bound.fixed_at(value, len(claim.model.choices))


def unit_of(terms: Terms) -> int:
    """Give what an objective moves by at the least."""
    return gcd(*(weight for _, weight in terms)) or 1


def _confirmed(choices: int, solver: str, better: str, fixed: Mapping[int, int]) -> str:
    """Say what confirms the result, and how much the second solver was told: its opinion rests on those bounds."""
    if fixed and len(fixed) == choices:
        bounds = f"Bounds added up in whole numbers settle all {choices} choices"
        return f"{bounds}: no set of awards has {better}, and {solver.rstrip(',')}, had nothing left to decide."
    confirms = f"{solver} confirms that no set of awards has {better}."
    if not fixed:
        return confirms
    return f"{confirms} Bounds added up in whole numbers had settled {len(fixed)} of {choices} choices for it."


def _named(objective: Objective) -> str:
    """Name what a stage counts, with its article where that is one sum."""
    words = {"lower_cost": "a cost", "fewer_awards": "a number of awards"}
    if objective.endswith("_covered"):
        return f"a number of {objective.removesuffix('_covered')} covered"
    return words.get(objective, f"a {objective.replace('_', ' ')}")


def _in_words(claim: Claim) -> str:
    """Write the first stage's value in points, pounds or a count."""
    value = claim.stage.value
    if claim.objective == "total_score":
        return ratio_decimal(value, claim.model.problem.score_unit)
    return pounds(value) if claim.objective == "lower_cost" else str(value)
