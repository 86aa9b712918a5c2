"""The choices of a problem, found by what rules speak of: bids, themes, organisations, wards, groups and outcomes."""

from collections.abc import Sequence
from decimal import Decimal

from evaluator.allocation.model.model import Choice, Terms
from evaluator.records.programme.rules import EVERY_THEME, ThemeRule
from evaluator.records.results.allocation import Problem


class ChoiceIndex:
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

    def money(self, places: Sequence[int], years: Sequence[str] = ()) -> Terms:
        """Add up the pence of the choices at these places over some of the years; without any named, over all."""
        if not years:
            return tuple((at, self.choices[at].level.cost) for at in places)
        positions = [self.problem.years.index(year) for year in years]
        return tuple((at, sum(self.choices[at].level.costs[one] for one in positions)) for at in places)

    def everything(self) -> range:
        """Give the places of all choices."""
        return range(len(self.choices))


def counted(places: Sequence[int]) -> Terms:
    """Count the choices at these places."""
    return tuple((at, 1) for at in places)


def themes_of(problem: Problem, theme: str) -> tuple[str, ...]:
    """List the themes that a rule speaks of: for ``*`` all that have bids or are named by a rule, sorted."""
    if theme != EVERY_THEME:
        return (theme,)
    bids = {candidate.theme for candidate in problem.candidates} | {refusal.theme for refusal in problem.refused}
    named = {rule.theme for rule in problem.rules if isinstance(rule, ThemeRule) and rule.traits.side != "neither"}
    return tuple(sorted((bids | named) - {EVERY_THEME}))


def in_pence(pounds: Decimal | None) -> int | None:
    """Give a published amount in pence; None stays None."""
    return None if pounds is None else int(pounds * 100)
