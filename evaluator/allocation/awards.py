"""Choices as awards, checked: the only way from a solver's or a list's answer to awards."""

from collections.abc import Sequence

from evaluator.allocation.model import Model, taken_choices
from evaluator.allocation.verify import broken, verify
from evaluator.records.allocation import FULL, Award


class Disagreement(RuntimeError):
    """The solver and the checker disagree: a mistake of ours, never of an officer."""


def awards_of(model: Model, chosen: Sequence[int]) -> tuple[Award, ...]:
    """Write the choices at these positions as awards, in order of bid."""
    years = bool(model.problem.years)
    return tuple(
        Award(
            choice.candidate.bid,
            choice.candidate.theme,
            choice.level.name,
            choice.level.cost,
            choice.level.costs if years else (),
        )
        for choice in sorted(taken_choices(model, chosen), key=lambda choice: choice.candidate.bid)
    )


def holds(model: Model, chosen: Sequence[int]) -> bool:
    """Whether these choices keep every rule, counted again without a solver."""
    bids = [choice.candidate.bid for choice in taken_choices(model, chosen)]
    return len(set(bids)) == len(bids) and not broken(verify(model.problem, awards_of(model, chosen)))


def checked(model: Model, chosen: Sequence[int]) -> tuple[int, ...]:
    """Give back choices that keep every rule; anything else is our mistake and must not become an award."""
    if not holds(model, chosen):
        names = broken(verify(model.problem, awards_of(model, chosen)))
        raise Disagreement(f"the solver's answer breaks {', '.join(names) or 'one level a bid'}")
    return tuple(chosen)


def named(model: Model, chosen: Sequence[int]) -> tuple[str, ...]:
    """Name the awards of a set, in order of bid: the bid, and its level where that is not the whole ask."""
    return tuple(
        award.bid if award.level == FULL else f"{award.bid} at {award.level}" for award in awards_of(model, chosen)
    )
