"""The objectives one after another, each proven before the next begins, and what is still equal after the last."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from evaluator.allocation.awards import Disagreement, checked, holds, named
from evaluator.allocation.model import Model, Row, measure, objective_terms, objectives_of, taken_choices
from evaluator.allocation.solve import maximise, second_opinion
from evaluator.allocation.usage import Usage
from evaluator.records.allocation import Stage
from evaluator.records.rules import Objective

TIED_CAP = 100
SECOND_OPINION_SECONDS = 20.0
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

    @property
    def proven(self) -> bool:
        """Whether every stage is proven."""
        return len(self.fixed) == len(objectives_of(self.model.problem))


def search(model: Model) -> Search:
    """Go through the objectives in the published order, until one cannot be proven in time."""
    found = Search(model, float(model.problem.policy.time_limit))
    for objective in objectives_of(model.problem):
        if not _stage(found, objective):
            break
    return found


def _stage(found: Search, objective: Objective) -> bool:
    """Solve one stage; say whether it is proven and the next may begin."""
    model, terms = found.model, objective_terms(found.model, objective)
    answer = maximise(model, terms, found.fixed, found.seconds)
    found.seconds -= answer.seconds
    if answer.outcome == "infeasible" and not found.fixed:
        found.infeasible = True
        return False
    if answer.outcome in ("optimal", "feasible"):
        _keep_better(found, _equal(found, checked(model, answer.chosen)), objective)
    if answer.outcome != "optimal" and not found.fixed:
        _fall_back(found, objective)
    if found.chosen is None:
        return False
    value = measure(objective, taken_choices(model, found.chosen))
    bound = None if answer.bound is None else max(answer.bound, value)
    proven = answer.outcome == "optimal" and bound == value
    found.stages.append(_shown(objective, value, bound, proven))
    if proven:
        found.fixed.append(Row("", "stage", objective, terms, least=value))
    return proven


def _keep_better(found: Search, chosen: Sequence[int], objective: Objective) -> None:
    """Keep a set that keeps the rules unless the one in hand is better."""
    value = measure(objective, taken_choices(found.model, chosen))
    if found.chosen is None or value >= measure(objective, taken_choices(found.model, found.chosen)):
        found.chosen = tuple(chosen)


def _fall_back(found: Search, objective: Objective) -> None:
    """Without a proof, also try the best scores first, from nothing and on top of what the solver had."""
    for start in ((), found.chosen or ()):
        tried = greedy(found.model, start)
        if holds(found.model, tried):
            _keep_better(found, tried, objective)


def _equal(found: Search, chosen: tuple[int, ...]) -> tuple[int, ...]:
    """Give back a set that keeps, counted in whole numbers, the value of every stage proven so far."""
    for objective, stage in zip(objectives_of(found.model.problem), found.stages, strict=False):
        value = _signed(objective, measure(objective, taken_choices(found.model, chosen)))
        if stage.proven and value != stage.value:
            raise Disagreement(f"a set with {objective} {value} was taken for one with {stage.value}")
    return chosen


def _signed(objective: str, value: int) -> int:
    """Show as people count what counts below zero inside."""
    return -value if objective in NEGATIVE else value


def _shown(objective: Objective, value: int, bound: int | None, proven: bool) -> Stage:
    return Stage(objective, _signed(objective, value), None if bound is None else _signed(objective, bound), proven)


def greedy(model: Model, start: Sequence[int] = ()) -> tuple[int, ...]:
    """Add what breaks no rule, best score first: a feasible set to fall back on, without any claim."""
    usage = Usage(model, start)
    for at in sorted(range(len(model.choices)), key=lambda at: (-model.choices[at].level.score, at)):
        if at not in usage.chosen and not usage.breaks(at):
            usage.add(at)
    return tuple(sorted(usage.chosen))


def tied_sets(found: Search) -> tuple[tuple[tuple[int, ...], ...], bool]:
    """Find the sets that every stage leaves equal, and say whether these are all: sorted by name, at most a hundred.

    A set once found is cut off by one row over the choices alone: a bid at another level is another choice.
    """
    model, known, cuts = found.model, [tuple(found.chosen or ())], []
    while len(known) < TIED_CAP:
        cuts.append(_without(model, known[-1]))
        if found.seconds <= 0:
            return _by_name(model, known), False
        answer = maximise(model, (), (*found.fixed, *cuts), found.seconds)
        found.seconds -= answer.seconds
        if answer.outcome == "infeasible":
            return _by_name(model, known), True
        if answer.outcome not in ("optimal", "feasible"):
            return _by_name(model, known), False
        known.append(_equal(found, checked(model, answer.chosen)))
    return _by_name(model, known), False


def _without(model: Model, chosen: tuple[int, ...]) -> Row:
    """Write the row that only this set breaks."""
    taken = set(chosen)
    terms = tuple((at, -1 if at in taken else 1) for at in range(len(model.choices)))
    return Row("", "known", "", terms, least=1 - len(taken))


def _by_name(model: Model, known: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted(known, key=lambda chosen: named(model, chosen)))


def ask_again(found: Search) -> str:
    """Ask the second solver for anything better in the first stage; keep what it finds if it keeps the rules.

    Returns
    -------
    One sentence for the record. A better set takes the proof away from the search.
    """
    model, stage = found.model, found.stages[0]
    objective = objectives_of(model.problem)[0]
    value = measure(objective, taken_choices(model, found.chosen or ()))
    better = Row("", "better", objective, objective_terms(model, objective), least=value + 1)
    answer = second_opinion(model, (better,), min(SECOND_OPINION_SECONDS, found.seconds))
    found.seconds -= answer.seconds
    claim = f"{objective.replace('_', ' ')} better than {stage.value}"
    if answer.outcome == "infeasible":
        return f"CBC, another solver, confirms that no set of awards has a {claim}."
    if answer.outcome == "unknown":
        return f"CBC, another solver, gave no answer in time on whether a set of awards has a {claim}."
    better_value = measure(objective, taken_choices(model, answer.chosen))
    if better_value <= value or not holds(model, answer.chosen):
        return f"CBC, another solver, gave no usable answer on whether a set of awards has a {claim}."
    found.chosen, found.fixed = answer.chosen, []
    found.stages = [replace(stage, value=_signed(objective, better_value), bound=None, proven=False)]
    return f"CBC, another solver, found a set of awards with a {claim}: nothing is proven."
