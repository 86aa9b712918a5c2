"""Values of a search stage by stage, models in which a bid is in or out, and the turning point of a question."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Literal

from evaluator.allocation.model.model import Model, Row, objectives_of
from evaluator.allocation.search.lexicographic import solve_stage
from evaluator.allocation.search.state import Search, signed

Value = int | Literal["infeasible", "unknown"]


def places_of(model: Model, bid: str) -> list[int]:
    """Give the places of a bid's choices."""
    return [at for at, choice in enumerate(model.choices) if choice.candidate.bid == bid]


def forced_model(model: Model, bid: str, funded: bool) -> Model:
    """Write a model of the sets that fund a bid, or that do not."""
    terms = tuple((at, 1) for at in places_of(model, bid))
    row = Row("", "forced", bid, terms, least=1) if funded else Row("", "forced", bid, terms, most=0)
    return replace(model, rows=(*model.rows, row))


def value_at(found: Search, number: int) -> Value:
    """Give what the stage of this number reaches, more being better, solving as far as that needs."""
    objectives = objectives_of(found.model.problem)
    while len(found.stages) <= number and not found.infeasible:
        if len(found.stages) < len(found.fixed) or (found.stages and not found.stages[-1].proven):
            return "unknown"
        before = len(found.stages)
        solve_stage(found, objectives[before])
        if len(found.stages) == before and not found.infeasible:
            return "unknown"
    if found.infeasible:
        return "infeasible"
    stage = found.stages[number]
    return signed(objectives[number], stage.value) if stage.proven else "unknown"


def turning_point(turned: Callable[[int], bool | None], low: int, high: int) -> int | None:
    """Halve the way between an amount that does not turn the case and one that does, until they are one apart.

    Parameters
    ----------
    turned : whether an amount turns the case; None ends the search.
    low, high : an amount that does not, and one that does.

    Returns
    -------
    An amount that turns the case where one less does not; None where that was not established.

    >>> turning_point(lambda amount: amount >= 7, 0, 100)
    7
    """
    asked = cache(turned)
    while high - low > 1:
        middle = (low + high) // 2
        answer = asked(middle)
        if answer is None:
            return None
        low, high = (low, middle) if answer else (middle, high)
    return high
