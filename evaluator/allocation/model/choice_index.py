"""The choices of a problem, found by what rules speak of: bids, themes, organisations, wards, groups and outcomes."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from evaluator.allocation.model.model import Choice, Row, Terms
from evaluator.records.programme.rules import EVERY_THEME, TRAITS, LeastLevel, Linked, RankRule, ReserveList, ThemeRule
from evaluator.records.results.allocation import Problem


class ChoiceIndex:
    """The choices of a problem, found by what rules speak of."""

    def __init__(self, problem: Problem, choices: Sequence[Choice]) -> None:
        self.problem = problem
        self.choices = choices
        self.limits: tuple[Row, ...] = ()  # the rows of all rules that do not go by the order of merit
        self.variables = len(choices)  # so far
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

    def new_variable(self) -> int:
        """Give the number of one more variable."""
        self.variables += 1
        return self.variables - 1

    def lowest(self, bid: str) -> int:
        """Give the place of the lowest level at which a bid may be funded; of its lowest of all where none is."""
        its = self.at_bid[bid]
        return (
            its[0]
            if len(its) == 1
            else min(self._usable(its) or its, key=lambda at: (self.choices[at].level.percent, at))
        )

    def lowest_alone(self, bid: str) -> int | None:
        """Give that place where the bid is by itself within every limit; None where it is not."""
        at = self.lowest(bid)
        return at if self._usable([at]) and at not in self._beyond else None

    def _usable(self, places: Sequence[int]) -> list[int]:
        least = self._least_level
        return [at for at in places if self.choices[at].level.percent >= least] if least else [*places]

    @cached_property
    def _least_level(self) -> Decimal:
        return max((rule.least for rule in self.problem.rules if isinstance(rule, LeastLevel)), default=Decimal(0))

    @cached_property
    def linked(self) -> list[tuple[str, ...]]:
        """The bids of each rule that links them."""
        return [rule.bids for rule in self.problem.rules if isinstance(rule, Linked)]

    @cached_property
    def limits_on(self) -> list[list[tuple[int, int]]]:
        """The limits that count each choice, by their numbers, with its weight in them."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.choices]
        for number, row in enumerate(self.limits):
            for at, weight in row.terms if row.most is not None else ():
                if at < len(found):
                    found[at].append((number, weight))
        return found

    @cached_property
    def _beyond(self) -> frozenset[int]:
        """The choices that break a limit by themselves; shares of what is awarded are none, as they move with it."""
        limits = [row for row in self.limits if row.most is not None and row.unit != "share" and row.kind in TRAITS]
        limits = [row for row in limits if TRAITS[row.kind].side in ("most", "both")]
        return frozenset(at for row in limits for at, weight in row.terms if weight > (row.most or 0))

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
    named = {
        rule.theme
        for rule in problem.rules
        if isinstance(rule, ThemeRule) and not isinstance(rule, ReserveList | RankRule)
    }
    return tuple(sorted((bids | named) - {EVERY_THEME}))


def in_pence(pounds: Decimal | None) -> int | None:
    """Give a published amount in pence; None stays None."""
    return None if pounds is None else int(pounds * 100)
