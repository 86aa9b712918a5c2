"""The organisations that bid, as units: their replies, whom they are like, and what their bids came to by stage."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from evaluator.equality.data.replies import NOT_ASKED, answers, reply, rows_of
from evaluator.equality.data.stage_reached import NOT_RECOMMENDED, RECOMMENDED, StagesReached
from evaluator.equality.statistics.conditional import Strata, like_organisations
from evaluator.records.programme.axes import ASKED_ABOUT, AXES
from evaluator.records.programme.criteria import Characteristic
from evaluator.records.results.scores import ScoreTable
from evaluator.records.submissions.evaluation import Bid
from evaluator.records.submissions.received import Table

FEWEST_ALIKE = 6  # organisations with bids for the very same themes that are a set by themselves
PASSED_GATES = 1
Counts = Mapping[str, int]  # by bid


@dataclass(frozen=True)
class Group:
    """One reply to one question: the organisations that gave it, and their bids."""

    characteristic: Characteristic
    name: str
    known: bool
    bids: tuple[Bid, ...]

    @cached_property
    def organisations(self) -> frozenset[str]:
        """The organisations that gave it."""
        return frozenset(bid.organisation for bid in self.bids)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of their bids."""
        return frozenset(bid.id for bid in self.bids)


def groups_of(one: Characteristic, reached: StagesReached, monitoring: Table) -> tuple[Group, ...]:
    """Give the groups of a question as published, then the kinds of unknown reply that there are."""
    offered, rows = answers(one), rows_of(monitoring)
    replies = {name: reply(one.id, offered, monitoring, rows.get(name, ())) for name in reached.organisations}
    bids: dict[str, list[Bid]] = {name: [] for name in (*offered.groups, *offered.unknowns)}
    for bid in reached.bids:
        bids[replies[bid.organisation]].append(bid)
    made = (Group(one, name, name in offered.groups, tuple(some)) for name, some in bids.items())
    return tuple(group for group in made if group.known or group.bids)


def was_asked(groups: tuple[Group, ...]) -> bool:
    """Whether anybody was asked the question."""
    return any(group.bids and group.name != NOT_ASKED for group in groups)


def axis_of(one: Characteristic) -> tuple[str, bool]:
    """Give the protected characteristic or the other axis that a question is about, and whether it is protected."""
    title = one.title.casefold()
    named = [
        (name, True) for name, words in ASKED_ABOUT.items() if one.about != "organisation" and re.search(words, title)
    ]
    named += [(name, False) for name, words in AXES.items() if re.search(words, title)]
    return named[0] if named else (one.title, False)


@dataclass(frozen=True)
class Outcomes:
    """What each bid came to, stage by stage: public facts.

    ``moved`` says of each bid that could be funded whether price brought it among as many of its theme as were funded
    (1) or out of them (-1), beside the order of quality alone.
    """

    reached: StagesReached
    moved: Counts
    _strata: dict[str, Strata] = field(default_factory=dict, compare=False, repr=False)

    def came(self, stage: str, bid: Bid) -> bool:
        """Whether a bid came to a stage."""
        least = {"gate": 0, "minimum": PASSED_GATES}.get(stage, NOT_RECOMMENDED)
        return stage == "award" or self.reached.outcomes[bid.id] >= least

    def passed(self, stage: str, bid: Bid) -> int:
        """Count what a bid won at a stage: 1 where it passed; at ``price`` what price moved, taken off afterwards."""
        outcome, moved = self.reached.outcomes[bid.id], self.moved.get(bid.id, 0)
        if stage in ("gate", "minimum"):
            return int(outcome >= (PASSED_GATES if stage == "gate" else NOT_RECOMMENDED))
        if stage == "price":
            return moved
        return int(outcome == RECOMMENDED) - (moved if stage == "allocation" else 0)

    def strata(self, stage: str) -> Strata:
        """Put like organisations together by their bids that came to a stage, with what these won there."""
        if stage not in self._strata:
            self._strata[stage] = self._like(stage)
        return self._strata[stage]

    def with_any_award(self, rows: frozenset[str]) -> Strata:
        """Put organisations alike in themes and number of bids together, with whether any bid of theirs is awarded.

        So does the public edition, of those with ``rows`` in the monitoring.
        """
        themes: dict[str, list[str]] = defaultdict(list)
        for bid in self.reached.bids:
            if bid.organisation in rows:
                themes[bid.organisation].append(bid.theme)
        won = {bid.organisation: 1 for bid in self.reached.reaching(RECOMMENDED, self.reached.bids)}
        own = {name: (*sorted(set(listed)), str(len(listed))) for name, listed in themes.items()}
        return like_organisations(own, won, lambda _: Fraction(0), fewest=1)

    def _like(self, stage: str) -> Strata:
        bids = [bid for bid in self.reached.bids if self.came(stage, bid)]
        themes: dict[str, list[str]] = defaultdict(list)
        won: Counter[str] = Counter()
        by_theme: dict[str, list[int]] = defaultdict(list)
        for bid in bids:
            themes[bid.organisation].append(bid.theme)
            won[bid.organisation] += self.passed(stage, bid)
            by_theme[bid.theme].append(self.passed(stage, bid))
        chance = {theme: Fraction(sum(values), len(values)) for theme, values in by_theme.items()}
        own = {name: tuple(sorted(listed)) for name, listed in themes.items()}
        return like_organisations(own, won, chance.__getitem__, FEWEST_ALIKE)


def outcomes_of(reached: StagesReached, scores: ScoreTable) -> Outcomes:
    """Follow every bid through the stages, and see whom price moved."""
    moved: dict[str, int] = {}
    for theme in scores.themes:
        fundable = [at for at, bid in enumerate(theme.bids) if reached.outcomes.get(bid, 0) >= NOT_RECOMMENDED]
        most = sum(reached.outcomes[theme.bids[at]] == RECOMMENDED for at in fundable)
        if theme.price_points is None and theme.index is None:
            continue
        with_price = sorted(fundable, key=lambda at: (theme.ranks[at], theme.bids[at]))[:most]
        without = sorted(fundable, key=lambda at: (-theme.quality[at], theme.ranks[at], theme.bids[at]))[:most]
        moved |= {theme.bids[at]: (at in with_price) - (at in without) for at in fundable}
    return Outcomes(reached, moved)
