"""The objectives one after another, each proven before the next begins, and a second solver's opinion of the first."""

from collections.abc import Mapping
from dataclasses import replace
from math import gcd

from evaluator.allocation.model.model import (
    Model,
    Row,
    Terms,
    measure,
    objective_terms,
    objectives_of,
    taken_choices,
    without,
)
from evaluator.allocation.proof.awards import checked, holds
from evaluator.allocation.search.exact_sums import above, coarse, fine_stage, is_fine
from evaluator.allocation.search.presolve import look_ahead, relax
from evaluator.allocation.search.state import Search, equal, keep_better, shown, signed
from evaluator.allocation.solvers.cbc import second_opinion
from evaluator.allocation.solvers.solve import Answer, maximise
from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.programme.allocation_policy import Objective

SECOND_OPINION_SECONDS = 20.0


def search(model: Model, by_cbc: bool = False) -> Search:
    """Go through the objectives in the published order, until one cannot be proven in time."""
    found = Search(model, float(model.problem.policy.time_limit), by_cbc=by_cbc)
    for objective in objectives_of(model.problem):
        if not solve_stage(found, objective):
            break
    return found


def solve_stage(found: Search, objective: Objective) -> bool:
    """Solve one stage; say whether it is proven and the next may begin."""
    terms = objective_terms(found.model, objective)
    if is_fine(terms):
        return fine_stage(found, objective)
    found.outer = None
    if found.chosen is not None and found.fixed and _reaches_all(found, objective, terms):
        found.most = sum(max(0, weight) for _, weight in terms)
        return _concluded(found, objective, terms)
    look_ahead(found, objective, terms, terms)
    found.most = _ceiling(found, terms)
    if not (found.chosen is not None and found.most == value_of(found, objective)):
        _ask_for_best(found, objective, terms)
    return found.chosen is not None and _concluded(found, objective, terms)


def _ask_for_best(found: Search, objective: Objective, terms: Terms) -> None:
    """Have the solver decide what is left open in a stage."""
    if found.outer is not None and found.left <= 0:
        return
    answer = _among_better(found, objective, terms) if found.chosen is not None and found.outer else found.ask(terms)
    if answer.outcome == "infeasible" and found.chosen is None and not found.fixed:
        found.infeasible = True
        return
    if answer.outcome in ("optimal", "feasible"):
        keep_better(found, equal(found, checked(found.model, answer.chosen)), objective)
    if answer.outcome != "optimal" and found.outer is None:  # too small to have been looked at before
        relax(found, objective, terms, terms)
    found.most = lowest(answer.bound, _ceiling(found, terms))


def _among_better(found: Search, objective: Objective, terms: Terms) -> Answer:
    """Ask for the best among the sets that could be better than the one in hand: the fewest choices are open there."""
    value, pins = value_of(found, objective), found.pins
    found.settle(value + unit_of(terms))
    start, found.start = found.start, ()  # the set in hand is not among them
    answer = found.ask(terms)
    found.pins, found.start = pins, start
    return replace(answer, bound=value) if answer.outcome == "infeasible" else answer


def _ceiling(found: Search, terms: Terms) -> int | None:
    """Give the most that the stage under way can reach by its relaxation: a sum of what its choices are worth."""
    return None if found.outer is None else found.outer.most // unit_of(terms) * unit_of(terms)


def unit_of(terms: Terms) -> int:
    """Give what an objective moves by at the least."""
    return gcd(*(weight for _, weight in terms)) or 1


def _concluded(found: Search, objective: Objective, terms: Terms) -> bool:
    """Record what a stage came to, and hold the next ones to it where it is proven: where it reaches its bound."""
    value = value_of(found, objective)
    bound = None if found.most is None else max(found.most, value)
    proven = bound == value
    found.stages.append(shown(objective, value, bound, proven))
    found.settle(value)
    if proven:
        found.fixed.append(Row("", "stage", objective, terms, least=value))
        found.alone(terms)
    return proven


def value_of(found: Search, objective: Objective) -> int:
    """Count an objective for the set in hand."""
    return measure(objective, taken_choices(found.model, found.chosen or ()))


def _reaches_all(found: Search, objective: Objective, terms: Terms) -> bool:
    """Whether the set in hand has all that an objective counts, so that none can have more."""
    return value_of(found, objective) == sum(max(0, weight) for _, weight in terms)


def lowest(*bounds: int | None) -> int | None:
    """Give the lowest of the bounds that are known."""
    return min((bound for bound in bounds if bound is not None), default=None)


def ask_again(found: Search) -> str:
    """Ask the second solver for anything better in the first stage; keep what it finds if it keeps the rules.

    Returns
    -------
    One sentence for the record. A better set takes the proof away from the search.
    """
    model, stage = found.model, found.stages[0]
    if not model.choices:
        return "No other solver was asked: there was no bid to decide on."
    objective = objectives_of(model.problem)[0]
    terms, value = objective_terms(model, objective), value_of(found, objective)
    told = _settled(found, value + unit_of(terms) if found.counted else value)
    solver, answer = _second(found, terms, value, told)
    found.note(f"second opinion by {solver.split(',')[0]}", answer)
    claim = f"{_claimed(objective)} better than {_in_words(model, objective, stage.value)}"
    better = measure(objective, taken_choices(model, answer.chosen))
    if _confirms(found, terms, answer, better == value):
        return _confirmed(found, solver, claim, told)
    if answer.outcome == "unknown":
        return f"{solver} gave no answer within its limits on whether a set of awards has {claim}."
    if better <= value or not holds(model, answer.chosen):
        return f"{solver} gave no usable answer on whether a set of awards has {claim}."
    found.chosen, found.fixed, found.listed = answer.chosen, [], ()
    found.pins = {}  # they rest on what has just been contradicted
    found.stages = [replace(stage, value=signed(objective, better), bound=None, proven=False)]
    return f"{solver} found a set of awards with {claim}: nothing is proven."


def _second(found: Search, terms: Terms, value: int, told: Mapping[int, int]) -> tuple[str, Answer]:
    """Ask a solver that did not lead to the set in hand, beside what bounds settle in whole numbers.

    After counting HiGHS is asked whether there is anything better. Otherwise the one that did not decide is asked for
    the best, which CBC finds sooner than it can tell that nothing is better; where a solver sees the objective coarsely
    it is asked for any set beside all that were compared.
    """
    seconds = min(found.left, max(SECOND_OPINION_SECONDS, found.left / 4))  # the rest is for the ties
    model = found.model
    if found.counted:
        better = Row("", "better", "", terms, least=value + unit_of(terms))
        return "HiGHS, a solver,", maximise(model, terms, (better,), seconds, told)
    extra: tuple[Row, ...] = ()
    if is_fine(terms):
        cuts = tuple(without(model, chosen) for chosen in found.known)
        terms, extra = coarse(terms)[0], (above(terms, value + 1, len(model.problem.candidates)), *cuts)
    if found.by_cbc:
        return "HiGHS, another solver,", maximise(model, terms, extra, seconds, told)
    return "CBC, another solver,", second_opinion(model, terms, extra, seconds, told)


def _settled(found: Search, value: int) -> dict[int, int]:
    """Give the choices that are the same in every set whose first stage reaches a value: by counting."""
    settled = {} if found.first is None else found.first.settled(value)
    return {at: taken for at, taken in settled.items() if at < len(found.model.choices)}


def _confirmed(found: Search, solver: str, claim: str, told: Mapping[int, int]) -> str:
    """Say what confirms the result, and how much the second solver was told: its opinion rests on those bounds."""
    choices = len(found.model.choices)
    if told and len(told) == choices:
        bounds = f"Bounds added up in whole numbers settle all {choices} choices"
        return f"{bounds}: no set of awards has {claim}, and {solver.rstrip(',')}, had nothing left to decide."
    confirms = f"{solver} confirms that no set of awards has {claim}."
    if not told:
        return confirms
    return f"{confirms} Bounds added up in whole numbers had settled {len(told)} of {choices} choices for it."


def _confirms(found: Search, terms: Terms, answer: Answer, same: bool) -> bool:
    """Whether nothing better was found: no set at all where better ones were asked for, else the same value again."""
    return answer.outcome == "infeasible" if found.counted or is_fine(terms) else answer.outcome == "optimal" and same


def _claimed(objective: Objective) -> str:
    """Name what a stage counts, with its article where that is one sum."""
    words = {"lower_cost": "a cost", "fewer_awards": "a number of awards"}
    covered = {"wards_covered": "wards", "groups_covered": "groups", "outcomes_covered": "outcomes"}
    if objective in covered:
        return f"a number of {covered[objective]} covered"
    return words.get(objective, f"a {objective.replace('_', ' ')}")


def _in_words(model: Model, objective: Objective, value: int) -> str:
    """Write a stage's value in points, pounds or a count."""
    if objective == "total_score":
        return ratio_decimal(value, model.problem.score_unit)
    return pounds(value) if objective == "lower_cost" else str(value)
