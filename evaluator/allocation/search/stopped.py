"""Where a search stood when somebody stopped it, for whoever did."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from evaluator.allocation.model.model import Chosen, Model, value_of
from evaluator.records.numbers import ratio_decimal


@contextmanager
def noting(where: Callable[[], str]) -> Iterator[None]:
    """Add to a stop where the search stood; nothing comes of a search that is stopped.

    Parameters
    ----------
    where : says it, when it is stopped.
    """
    try:
        yield
    except KeyboardInterrupt as stop:
        stop.add_note(where())
        raise


def standing(model: Model, chosen: Chosen | None, bound: int) -> str:
    """Give the score of the set in hand, if there is one, and the most that any is known to reach.

    Parameters
    ----------
    bound : a total score in units of ``1/score_unit`` points.
    """
    unit = model.problem.score_unit
    most = ratio_decimal(bound, unit)
    if chosen is None:
        return f"No set of awards that keeps every rule was in hand; none scores more than {most}."
    score = ratio_decimal(value_of(model, "total_score", chosen), unit)
    return f"The best set of awards in hand scores {score}; none scores more than {most}."
