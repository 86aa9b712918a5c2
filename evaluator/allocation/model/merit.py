"""Rules that go by the order of merit as rows: which awards wait for which bid, and when that bid may be passed over.

A worse-ranked bid is funded only if the better-ranked is, or one of its grounds holds. A ground is a variable of its
own, which may be one only where the awards that count for the better-ranked bid, and this bid with them, break one
limit: in whole numbers, so that a ground is a limit turned round.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.allocation.model.choice_index import ChoiceIndex, counted, themes_of
from evaluator.allocation.model.model import Row, Terms
from evaluator.allocation.model.order import Key, key_of
from evaluator.records.programme.rules import EXCLUDES, TRAITS, FundFirst, Linked, MeritOrder
from evaluator.records.results.allocation import Candidate

GROUND = "ground"  # the kind of the row that says when a ground holds
MONEY = ("budget", "year_budget", "theme_budget")  # what ``unaffordable`` is about


def merit_order(index: ChoiceIndex, rule: MeritOrder) -> Iterator[Row]:
    """Let awards wait for the better-ranked bids of their theme."""
    for theme in themes_of(index.problem, rule.theme):
        yield from _Theme(index, rule, theme).rows()


def fund_first(index: ChoiceIndex, rule: FundFirst) -> Iterator[Row]:
    """Fund every bid that is up to a rank, or from a score on, and could be funded by itself."""
    for theme in themes_of(index.problem, rule.theme):
        its = candidates_of(index, theme)
        for one in its:
            if index.lowest_alone(one.bid) is not None and _is_first(index, rule, its, one):
                yield Row(rule.id, rule.kind, theme, counted(index.at_bid[one.bid]), least=1)


def _is_first(index: ChoiceIndex, rule: FundFirst, its: Sequence[Candidate], one: Candidate) -> bool:
    if rule.score is not None:
        return one.score >= Fraction(rule.score) * index.problem.score_unit
    place = one.rank if one.by_index else 1 + sum(other.merit < one.merit for other in its)
    return place <= (rule.rank or 0)


def candidates_of(index: ChoiceIndex, theme: str) -> list[Candidate]:
    """List the candidates of a theme, in order of bid."""
    return list(dict.fromkeys(index.choices[at].candidate for at in index.at_theme.get(theme, ())))


@dataclass(frozen=True, slots=True)
class _Place:
    """A bid in its theme's order, the variables of its grounds, and whether it can be waited for at all."""

    candidate: Candidate
    key: Key
    grounds: tuple[int, ...]
    binds: bool


class _Theme:
    """One theme in its order of merit."""

    def __init__(self, index: ChoiceIndex, rule: MeritOrder, theme: str) -> None:
        self.index, self.rule = index, rule
        self.key = key_of(rule, index.problem.score_unit)
        self.gap = Fraction(rule.max_gap) * index.problem.score_unit
        ordered = sorted(candidates_of(index, theme), key=lambda one: (self.key(one), one.bid))
        self.keys = [self.key(one) for one in ordered]
        self.ordered = ordered
        self.made: list[Row] = []
        self.bids = [self._place(at, one) for at, one in enumerate(ordered)]

    def rows(self) -> Iterator[Row]:
        """Write who waits for whom; where all wait for another bid that waits itself, that is enough."""
        yield from self.made
        ends = [self._from(at) for at in range(len(self.bids))]
        firm = [at for at, one in enumerate(self.bids) if one.binds and not one.grounds]
        for at, one in enumerate(self.bids):
            if not one.binds:
                continue
            start = ends[at]
            end = next((ends[other] for other in firm if other >= start), len(self.bids))
            less = tuple((place, -1) for place in (*self.index.at_bid[one.candidate.bid], *one.grounds))
            for worse in self.bids[start:end]:
                terms = (*counted(self.index.at_bid[worse.candidate.bid]), *less)
                yield Row(self.rule.id, self.rule.kind, one.candidate.bid, terms, most=0)

    def _from(self, at: int) -> int:
        """Say from which place on bids wait for this one: worse-ranked, and further behind than the gap."""
        mine, count = self.ordered[at], len(self.ordered)
        behind = (place for place in range(at + 1, count) if self.keys[place] > self.keys[at])
        if self.gap:
            behind = (place for place in behind if mine.score - self.ordered[place].score > self.gap)
        return next(behind, count)

    def _place(self, at: int, one: Candidate) -> _Place:
        alone = self.index.lowest_alone(one.bid)
        if alone is None or self._from(at) == len(self.ordered):
            return _Place(one, self.keys[at], (), binds=False)
        grounds: list[int] = []
        added = self._added(one.bid)
        beside = self._beside(at, added)
        for row in self.index.limits:
            if not self._counts(row):
                continue
            ground = self._ground(row, beside, added)
            if ground == "always":
                return _Place(one, self.keys[at], (), binds=False)
            if isinstance(ground, int):
                grounds.append(ground)
        return _Place(one, self.keys[at], tuple(grounds), binds=True)

    def _added(self, bid: str) -> dict[str, int]:
        """Give what is tried for a bid: its lowest usable level, and that of each bid that is linked with it."""
        found, waiting = {}, [bid]
        linked = [rule.bids for rule in self.index.problem.rules if isinstance(rule, Linked)]
        while waiting:
            one = waiting.pop()
            if one not in found and one in self.index.at_bid:
                found[one] = self.index.lowest(one)
                waiting += [other for bids in linked if one in bids for other in bids]
        return found

    def _beside(self, at: int, added: dict[str, int]) -> set[int]:
        """Give the choices that count for a bid: those of other themes, and of its own at or above it."""
        worse = {one.bid for one, key in zip(self.ordered, self.keys, strict=True) if key > self.keys[at]}
        return {
            place
            for place, choice in enumerate(self.index.choices)
            if choice.candidate.bid not in worse and choice.candidate.bid not in added
        }

    def _counts(self, row: Row) -> bool:
        """Whether a limit can be a ground of this rule."""
        if row.kind in MONEY:
            return self.rule.unaffordable == "pass_over" and row.most is not None
        named = row.kind == EXCLUDES or (row.kind in TRAITS and TRAITS[row.kind].is_ground)
        return named and row.rule in self.rule.passes_over

    def _ground(self, row: Row, beside: set[int], added: dict[str, int]) -> int | str | None:
        """Turn a limit round; ``always`` where it is broken whatever else is funded, None where it never is."""
        weights, most = dict(row.terms), row.most or 0
        if row.kind == "linked":  # with all of its partners it breaks none, unless one of them cannot be funded
            return "always" if row.least is None and any(at in weights for at in added.values()) else None
        more = sum(weights.get(at, 0) for at in added.values())
        terms: Terms = tuple((at, weight) for at, weight in row.terms if at in beside and weight)
        if not more or more + sum(weight for _, weight in terms) <= most:
            return None
        if more > most:
            return "always"
        ground = self.index.new_variable()
        self.made.append(Row("", GROUND, row.subject, ((ground, more - most - 1), *terms), least=0))
        return ground
