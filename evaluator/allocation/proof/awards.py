"""Choices as awards, checked: the only way from a solver's or a list's answer to awards."""

from collections.abc import Collection, Iterable, Sequence

from evaluator.allocation.model.model import Chosen, Model, taken_choices
from evaluator.allocation.proof.verify import broken, verify
from evaluator.records.results.allocation import FULL, Award


class Disagreement(RuntimeError):
    """The solver and the checker disagree: a mistake of ours, never of an officer."""


def awards_of(model: Model, chosen: Sequence[int], later: Collection[int] = ()) -> tuple[Award, ...]:
    """Write the choices at these positions as awards, in order of bid; those of ``later`` are paid from leftovers."""
    years, amounts = bool(model.problem.years), model.problem.amounts
    return tuple(
        Award(
            model.choices[at].candidate.bid,
            model.choices[at].candidate.theme,
            model.choices[at].level.name,
            model.choices[at].level.cost,
            model.choices[at].level.costs if years else (),
            at in later,
            amounts.payments(model.choices[at].level.cost) if amounts else (),
        )
        for at in sorted(chosen, key=lambda at: model.choices[at].candidate.bid)
    )


def holds(model: Model, chosen: Sequence[int], later: Collection[int] = ()) -> bool:
    """Whether these choices keep every rule, counted again without a solver."""
    bids = [choice.candidate.bid for choice in taken_choices(model, chosen)]
    return len(set(bids)) == len(bids) and not broken(verify(model.problem, awards_of(model, chosen, later)))


def checked(model: Model, chosen: Sequence[int]) -> tuple[int, ...]:
    """Give back choices that keep every rule; anything else is our mistake and must not become an award."""
    if not holds(model, chosen):
        once = len({choice.candidate.bid for choice in taken_choices(model, chosen)}) == len(chosen)
        names = broken(verify(model.problem, awards_of(model, chosen))) if once else ()
        raise Disagreement(f"the solver's answer breaks {', '.join(names) or 'one level a bid'}")
    return tuple(chosen)


def named(model: Model, chosen: Sequence[int]) -> tuple[str, ...]:
    """Name the awards of a set, in order of bid: the bid, and its level where that is not the whole ask."""
    return tuple(
        award.bid if award.level == FULL else f"{award.bid} at {award.level}" for award in awards_of(model, chosen)
    )


def by_name(model: Model, sets: Iterable[Chosen]) -> tuple[Chosen, ...]:
    """Put sets in order of their names."""
    return tuple(sorted(sets, key=lambda chosen: named(model, chosen)))
