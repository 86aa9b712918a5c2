"""The order of bids: what tells single bids apart, and the places of a theme's bids by their merit."""

from collections.abc import Callable
from fractions import Fraction

from evaluator.records.programme.rules import MeritOrder
from evaluator.records.results.allocation import Candidate

Key = tuple[int, ...]
TELL_BIDS_APART: dict[str, Callable[[Candidate], int]] = {  # tie-breaks that order single bids; the lowest goes first
    "lower_cost": lambda one: max(one.levels, key=lambda level: (level.score, level.cost)).cost,
    "wards_covered": lambda one: -len(set(one.wards)),
    "groups_covered": lambda one: -len(set(one.groups)),
    "outcomes_covered": lambda one: -len(set(one.outcomes)),
    "score_by_people": lambda one: -one.people,
}


def key_of(rule: MeritOrder, score_unit: int) -> Callable[[Candidate], Key]:
    """Give the place of a bid by a rule of merit: its published rank, or its band and what decides within one."""
    if not rule.bands:
        return lambda one: one.merit
    edges = [Fraction(edge) * score_unit for edge in rule.bands]
    return lambda one: (
        sum(one.score < edge for edge in edges),
        *(TELL_BIDS_APART[name](one) for name in rule.tie_break),
    )
