"""What every rule's rows are made of: the choices by bid, theme, organisation, ward, group and outcome; sums."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from evaluator.allocation.model import Choice, Terms
from evaluator.records.allocation import Problem
from evaluator.records.rules import EVERY_THEME, ThemeAwards, ThemeBudget, ThemeShare


def in_pence(pounds: Any) -> int | None:
    """Give a published amount in pence; None stays None."""
    return None if pounds is None else int(Fraction(pounds) * 100)


def themes_of(problem: Problem, theme: str) -> tuple[str, ...]:
    """List the themes that a rule speaks of: for ``*`` all that have bids or are named by a rule, sorted."""
    if theme != EVERY_THEME:
        return (theme,)
    bids = {candidate.theme for candidate in problem.candidates} | {refusal.theme for refusal in problem.refused}
    named = {rule.theme for rule in problem.rules if isinstance(rule, ThemeBudget | ThemeAwards | ThemeShare)}
    return tuple(sorted((bids | named) - {EVERY_THEME}))


class Writer:
    """The choices of a problem, found by what rules speak of."""

    def __init__(self, problem: Problem, choices: Sequence[Choice]) -> None:
        self.problem = problem
        self.choices = choices
        self.at_bid: dict[str, list[int]] = {}
        self.at_theme: dict[str, list[int]] = {}
        self.at_organisation: dict[str, list[int]] = {}
        self.at_ward: dict[str, list[int]] = {}
        self.at_group: dict[str, list[int]] = {}
        self.at_outcome: dict[str, list[int]] = {}
        for at, choice in enumerate(choices):
            candidate = choice.candidate
            self.at_bid.setdefault(candidate.bid, []).append(at)
            self.at_theme.setdefault(candidate.theme, []).append(at)
            for names, places in (
                (candidate.organisations, self.at_organisation),
                (candidate.wards, self.at_ward),
                (candidate.groups, self.at_group),
                (candidate.outcomes, self.at_outcome),
            ):
                for name in set(names):
                    places.setdefault(name, []).append(at)

    def money(self, places: Sequence[int], year: str | None = None) -> Terms:
        """Add up the pence of the choices at these places, of one year or of all."""
        if year is None:
            return tuple((at, self.choices[at].level.cost) for at in places)
        position = self.problem.years.index(year)
        return tuple((at, self.choices[at].level.costs[position]) for at in places)

    def everything(self) -> range:
        """Give the places of all choices."""
        return range(len(self.choices))


def counted(places: Sequence[int]) -> Terms:
    """Count the choices at these places."""
    return tuple((at, 1) for at in places)


def common_denominator(numbers: Sequence[Fraction]) -> int:
    """Give the smallest number that makes all of these whole."""
    scale = 1
    for number in numbers:
        scale *= (number * scale).denominator
    return scale
