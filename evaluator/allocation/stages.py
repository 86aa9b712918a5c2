"""The objectives one after another, each proven before the next begins, and a second solver's opinion of the first."""

from dataclasses import replace

from evaluator.allocation.awards import checked, holds
from evaluator.allocation.bounds import bound_of
from evaluator.allocation.fine import above, coarse, fine_stage, is_fine
from evaluator.allocation.model import (
    Model,
    Row,
    Terms,
    covering,
    measure,
    objective_terms,
    objectives_of,
    taken_choices,
    without,
)
from evaluator.allocation.search import Search, equal, fall_back, greedy, keep_better, shown, signed
from evaluator.allocation.solve import maximise, relaxed, second_opinion
from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.rules import Objective

SECOND_OPINION_SECONDS = 20.0
OUTER_SECONDS = 5.0  # beyond the time limit: without it a search that found nothing in time has no bound worth having


def search(model: Model, by_cbc: bool = False) -> Search:
    """Go through the objectives in the published order, until one cannot be proven in time."""
    found = Search(model, float(model.problem.policy.time_limit), by_cbc=by_cbc)
    for objective in objectives_of(model.problem):
        if not solve_stage(found, objective):
            break
    return found


def solve_stage(found: Search, objective: Objective) -> bool:
    """Solve one stage; say whether it is proven and the next may begin."""
    model, terms = found.model, objective_terms(found.model, objective)
    if is_fine(terms):
        return fine_stage(found, objective)
    if found.chosen is not None and _reaches_all(found, objective, terms):
        found.most = sum(max(0, weight) for _, weight in terms)
        return _concluded(found, objective, terms)
    begin(found)
    answer = found.ask(terms)
    if answer.outcome == "infeasible" and not found.fixed:
        found.infeasible = True
        return False
    if answer.outcome in ("optimal", "feasible"):
        keep_better(found, equal(found, checked(model, answer.chosen)), objective)
    found.most = answer.bound if answer.outcome == "optimal" else lowest(answer.bound, outer_bound(found, terms))
    if answer.outcome != "optimal" and not found.fixed:
        fall_back(found, objective)
    return found.chosen is not None and _concluded(found, objective, terms)


def _concluded(found: Search, objective: Objective, terms: Terms) -> bool:
    """Record what a stage came to, and hold the next ones to it where it is proven: where it reaches its bound."""
    value = measure(objective, taken_choices(found.model, found.chosen or ()))
    bound = None if found.most is None else max(found.most, value)
    proven = bound == value
    found.stages.append(shown(objective, value, bound, proven))
    if proven:
        found.fixed.append(Row("", "stage", objective, terms, least=value))
        found.narrow(terms, value)
    elif found.outer is not None and not found.fixed:
        found.certain = found.outer.settled(value)
    return proven


def _reaches_all(found: Search, objective: Objective, terms: Terms) -> bool:
    """Whether the set in hand has all that an objective counts, so that none can have more."""
    value = measure(objective, taken_choices(found.model, found.chosen or ()))
    return bool(found.fixed) and value == sum(max(0, weight) for _, weight in terms)


def begin(found: Search) -> None:
    """Give the solver a set to begin with: the one in hand, or the published order's where it keeps every rule."""
    first = found.chosen
    if first is None:
        tried = greedy(found.model)
        first = tried if holds(found.model, tried) else ()
    found.start = tuple(sorted(covering(found.model, first))) if first else ()


def outer_bound(found: Search, terms: Terms) -> int | None:
    """Bound a stage that was not proven by the relaxation, counted again in whole numbers: a true bound at any time."""
    rows = found.rows(terms)
    relaxation = relaxed(found.model, terms, rows, OUTER_SECONDS)
    if not relaxation.prices:
        return None
    found.outer = bound_of(found.model.variables, terms, rows, relaxation.prices, found.pins)
    found.shares = relaxation.taken
    return found.outer.most


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
    objective = objectives_of(model.problem)[0]
    value = measure(objective, taken_choices(model, found.chosen or ()))
    terms = objective_terms(model, objective)
    seconds = max(SECOND_OPINION_SECONDS, found.seconds / 4)  # the rest is for the ties
    ask, solver = (maximise, "HiGHS") if found.by_cbc else (second_opinion, "CBC")
    answer = ask(model, *_better(found, terms, value), min(seconds, found.seconds))
    found.note(f"second opinion by {solver}", answer)
    claim = f"{_claimed(objective)} better than {_in_words(model, objective, stage.value)}"
    if answer.outcome == "infeasible":
        return f"{solver}, another solver, confirms that no set of awards has {claim}."
    if answer.outcome == "unknown":
        return f"{solver}, another solver, gave no answer within its limits on whether a set of awards has {claim}."
    better_value = measure(objective, taken_choices(model, answer.chosen))
    if better_value <= value or not holds(model, answer.chosen):
        return f"{solver}, another solver, gave no usable answer on whether a set of awards has {claim}."
    found.chosen, found.fixed, found.listed = answer.chosen, [], ()
    found.pins, found.certain = {}, {}  # they rest on what has just been contradicted
    found.stages = [replace(stage, value=signed(objective, better_value), bound=None, proven=False)]
    return f"{solver}, another solver, found a set of awards with {claim}: nothing is proven."


def _better(found: Search, terms: Terms, value: int) -> tuple[Terms, tuple[Row, ...]]:
    """Write what a better set would have to reach; where the solver sees it coarsely, leave out all sets compared."""
    if not is_fine(terms):
        return terms, (Row("", "better", "", terms, least=value + 1),)
    cuts = tuple(without(found.model, chosen) for chosen in found.known)
    return coarse(terms)[0], (above(terms, value + 1, len(found.model.problem.candidates)), *cuts)


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
