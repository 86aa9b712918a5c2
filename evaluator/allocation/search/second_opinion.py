"""What another solver says of the first objective: asked for anything better than the set that was decided on.

It is told what bounds fix in whole numbers, and the sentence for the record says how much that was.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import gcd
from typing import Literal

from evaluator.allocation.model.decided import Decided
from evaluator.allocation.model.model import Chosen, Model, Row, Terms, no_good_cut, objective_terms, value_of
from evaluator.allocation.proof.awards import holds
from evaluator.allocation.search.bounds import Bound, total_score_bound
from evaluator.allocation.search.exact_sums import above, coarse, is_fine
from evaluator.allocation.search.state import run_of, signed
from evaluator.allocation.solvers import cbc
from evaluator.allocation.solvers.canary import faults_found
from evaluator.allocation.solvers.solve import NONE_FIXED, Answer, Fixed, maximise
from evaluator.allocation.solvers.work import Work
from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.results.allocation import Stage

Decider = Literal["counting", "highs", "cbc"]
SUMS = {"lower_cost": "a cost", "fewer_awards": "a number of awards"}


def second_opinion(
    model: Model,
    decided: Decided,
    decider: Decider,
    bound: Bound | None,
    compared: Sequence[Chosen] = (),
    settled: Fixed = NONE_FIXED,
) -> Decided:
    """Ask a solver that did not lead to a set for anything better in the first stage, which is proven.

    Parameters
    ----------
    bound : what no set exceeds in the first stage, from its relaxation.
    compared : sets that were compared exactly, where the objective is too fine for a solver.
    settled : choices that are alike in every set that is as good in the first stage.

    Returns
    -------
    What was decided with a sentence for the record; where a better set was found, that set, with nothing proven.
    """
    if not model.choices:
        return replace(decided, second_opinion="No other solver was asked: there was no bid to decide on.")
    objective, choices = model.objectives[0], len(model.choices)
    terms, value = objective_terms(model, objective), value_of(model, objective, decided.sets[0])
    reach = value + unit_of(terms) if decider == "counting" else value
    fixed = {**settled, **(bound.fixed_at(reach, choices) if bound else {})}
    solver, only_better, answer = _asked(model, terms, value, decider, compared, fixed)
    decided = replace(decided, runs=(*decided.runs, run_of(f"second opinion by {solver.split(',')[0]}", answer)))
    better, reached = _better(model, decided.stages[0]), value_of(model, objective, answer.chosen)
    if answer.outcome == "infeasible" if only_better else answer.outcome == "optimal" and reached == value:
        words = _confirmed(choices, solver, better, fixed)
    elif answer.outcome == "unknown" and solver.startswith("HiGHS") and faults_found():
        words = f"{solver} has a known fault, so it is not believed on whether a set of awards has {better}."
    elif answer.outcome == "unknown":
        words = f"{solver} gave no answer within its limits on whether a set of awards has {better}."
    elif reached <= value or not holds(model, answer.chosen):
        words = f"{solver} gave no usable answer on whether a set of awards has {better}."
    else:
        words = f"{solver} found a set of awards with {better}: nothing is proven."
        return _contradicted(model, decided, answer.chosen, words)
    return replace(decided, second_opinion=words)


def _asked(
    model: Model, terms: Terms, value: int, decider: Decider, compared: Sequence[Chosen], fixed: Fixed
) -> tuple[str, bool, Answer]:
    """Ask the solver, beside what bounds fix in whole numbers; say which, and whether for better sets alone.

    After counting HiGHS is asked whether there is anything better. Otherwise the one that did not decide is asked for
    the best, which CBC finds sooner than it can tell that nothing is better; where a solver sees the objective coarsely
    it is asked for any set beside all that were compared.
    """
    rows, fine, work = tuple[Row, ...](), is_fine(terms), Work.of_second_opinion(model.problem)
    if decider == "counting":
        better = Row("", "better", "", terms, least=value + unit_of(terms))
        return "HiGHS, a solver,", True, maximise(model, terms, (better,), work, fixed)
    if fine:
        cuts = tuple(no_good_cut(model, chosen) for chosen in compared)
        terms, rows = coarse(terms)[0], (above(terms, value + 1, len(model.problem.candidates)), *cuts)
    else:
        rows = (Row("", "as_good", "", terms, least=value),)
    if decider == "cbc":
        return "HiGHS, another solver,", fine, maximise(model, terms, rows, work, fixed)
    return "CBC, another solver,", fine, cbc.maximise(model, terms, rows, work, fixed, guesses=False)


def _contradicted(model: Model, decided: Decided, better: Chosen, words: str) -> Decided:
    """Give the better set: what was proven, fixed or listed rested on what it contradicts."""
    objective = model.objectives[0]
    reached = signed(objective, value_of(model, objective, better))
    stages = (replace(decided.stages[0], value=reached, bound=None, proven=False),)
    bound = total_score_bound(model, stages)
    return Decided(
        "not_proven",
        (better,),
        stages=stages,
        upper_bound=bound,
        second_opinion=words,
        runs=decided.runs,
        solver=decided.solver,
    )


def unit_of(terms: Terms) -> int:
    """Give what an objective moves by at the least."""
    return gcd(*(weight for _, weight in terms)) or 1


def _confirmed(choices: int, solver: str, better: str, fixed: Fixed) -> str:
    """Say what confirms the result, and how much the second solver was told: its opinion rests on those bounds."""
    if fixed and len(fixed) == choices:
        bounds = f"Bounds added up in whole numbers settle all {choices} choices"
        return f"{bounds}: no set of awards has {better}, and {solver.rstrip(',')}, had nothing left to decide."
    confirms = f"{solver} confirms that no set of awards has {better}."
    if not fixed:
        return confirms
    return f"{confirms} Bounds added up in whole numbers had settled {len(fixed)} of {choices} choices for it."


def _better(model: Model, stage: Stage) -> str:
    """Name what would be better than the first stage, in points, pounds or a count."""
    name, value = stage.objective, str(stage.value)
    if name == "total_score":
        value = ratio_decimal(stage.value, model.problem.score_unit)
    elif name == "lower_cost":
        value = pounds(stage.value)
    counted = f"a number of {name.removesuffix('_covered')} covered" if name.endswith("_covered") else ""
    return f"{counted or SUMS.get(name, 'a ' + name.replace('_', ' '))} better than {value}"
