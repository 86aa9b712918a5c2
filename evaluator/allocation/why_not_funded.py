"""Why a bid is not funded: one sentence that is true in whole numbers and that a councillor understands.

Reasons, in one word each: ``below_minimum_score``; ``does_not_fit``: funding it as well would break published rules;
``passed_over``: it is ranked above funded bids, and the order of merit names the ground; ``not_its_turn``: bids that
are ranked above it come first; ``no_further_award``: the published list had stopped in its theme; ``no_gain``: it would
fit, but the published objectives are not better met with it; ``not_decided``: nothing is recommended, or the search
ended unproven.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import assert_never

from evaluator.allocation.merit_reasons import Turn, turns_of
from evaluator.allocation.model.constraints import ONE_EACH, ROW_TRAITS
from evaluator.allocation.model.model import Model, Row, taken_choices
from evaluator.allocation.model.usage import Usage, beyond_themes
from evaluator.records.english import agreeing, count_of, listing
from evaluator.records.numbers import decimal_text, pounds, ratio_decimal
from evaluator.records.programme.rules import (
    EXCLUDES,
    SCOPES,
    Counts,
    LeastLevel,
    MeritOrder,
    Rule,
    ShareRule,
    SmallShare,
    ThemeShare,
)
from evaluator.records.results.allocation import Barrier, Candidate, Refusal

DOES_NOT_FIT, NO_FURTHER_AWARD, NO_GAIN, NOT_DECIDED = "does_not_fit", "no_further_award", "no_gain", "not_decided"
PASSED_OVER, NOT_ITS_TURN = "passed_over", "not_its_turn"
SHOWN_LIMITS = 2
BY_MERIT = ("passed_over", "waiting")  # where the order of merit is all that is to be said


def nothing_recommended(model: Model, why: str) -> tuple[Refusal, ...]:
    """Say of every candidate that no award is recommended, and why; with the bids refused before."""
    sentence = f"No award is recommended, because {why}."
    bids = {choice.candidate.bid: choice.candidate.theme for choice in model.choices}
    return _with_refused(model, [Refusal(bid, theme, NOT_DECIDED, sentence) for bid, theme in bids.items()])


def explain(model: Model, chosen: Sequence[int], tied: Sequence[Sequence[int]], proven: bool) -> tuple[Refusal, ...]:
    """Say of every bid that is not funded why it is not, in order of bid; with the bids refused before.

    Parameters
    ----------
    chosen : positions of the choices that are awarded.
    tied : every set of choices found to be equal, the awarded one among them.
    proven : whether the awards are shown to be best.
    """
    return _with_refused(model, Explainer(model, chosen, tied, proven).refusals())


def _with_refused(model: Model, refusals: Sequence[Refusal]) -> tuple[Refusal, ...]:
    return tuple(sorted((*model.problem.refused, *refusals), key=lambda refusal: refusal.bid))


class Explainer:
    """Answers "why not this bid?" for one set of awards."""

    def __init__(self, model: Model, chosen: Sequence[int], tied: Sequence[Sequence[int]], proven: bool) -> None:
        self.model = model
        self.problem = model.problem
        self.proven = proven
        self.usage = Usage(model, chosen)
        self.rules: dict[str, Rule] = {rule.id: rule for rule in self.problem.rules}
        self.places = model.places
        self.turns = turns_of(model, chosen)
        self.tied = [{choice.candidate.bid for choice in taken_choices(model, one)} for one in tied]
        self.scores: dict[str, list[int]] = {}
        self.funded = {choice.candidate.bid for choice in taken_choices(model, chosen)}
        for choice in taken_choices(model, chosen):
            self.scores.setdefault(choice.candidate.theme, []).append(choice.candidate.score)
        for scores in self.scores.values():
            scores.sort()

    def refusals(self) -> list[Refusal]:
        """Explain every candidate that is not funded."""
        return [
            self._refusal(self.model.choices[places[0]].candidate, places)
            for bid, places in self.places.items()
            if bid not in self.funded
        ]

    def _refusal(self, candidate: Candidate, places: list[int]) -> Refusal:
        turn = self.turns.get(candidate.bid)
        reason, why = self._by_merit(turn) if turn and turn.where in BY_MERIT else self._beside_all(places)
        why = f"It is the next in its theme. {why}" if turn and turn.where == "next" else why
        sentence = f"{why}; {self._standing(candidate)}{self._elsewhere(candidate.bid)}."
        return Refusal(candidate.bid, candidate.theme, reason, sentence, self._stopped_by(turn, reason, places))

    def _stopped_by(self, turn: Turn | None, reason: str, places: list[int]) -> tuple[Barrier, ...]:
        """List every limit that the reason rests on."""
        if reason == DOES_NOT_FIT:
            return self._barriers(self._breaks(self._smallest(places)))
        return self._barriers(turn.stopped_by) if turn and reason == PASSED_OVER else ()

    def _smallest(self, places: list[int]) -> int:
        """Give the place of a bid's cheapest level."""
        return min(places, key=lambda at: (self.model.choices[at].level.cost, at))

    def _by_merit(self, turn: Turn) -> tuple[str, str]:
        """Say why the order of merit of its theme does not come to a bid."""
        if turn.where == "waiting":
            count = turn.before
            bids = f"{count_of(count, 'better-ranked bid')} of its theme {agreeing(count, 'is', 'are')} not funded"
            after = agreeing(count, "after it", "after them")
            return NOT_ITS_TURN, f"{bids}, and rule {turn.rule} lets it be funded only {after}"
        if not turn.stopped_by:
            rule = self.rules[turn.rule]
            assert isinstance(rule, MeritOrder)
            behind = f"are at most {decimal_text(rule.max_gap)} points behind it"
            return (
                PASSED_OVER,
                f"Rule {turn.rule} passes over it, since the awards ranked below it in its theme {behind}",
            )
        beside = "beside the awards of the other themes and those ranked at or above it in its own"
        return (
            PASSED_OVER,
            f"Rule {turn.rule} passes over it: funding it {beside} would {self._limits(turn.stopped_by)}",
        )

    def _beside_all(self, places: list[int]) -> tuple[str, str]:
        """Say what funding a bid beside all awards would break, at its smallest level, or that it would fit."""
        smallest = self._smallest(places)
        broken = [self._breaks(at) for at in places]
        return (DOES_NOT_FIT, self._misfit(self._breaks(smallest), smallest)) if all(broken) else self._fits()

    def _breaks(self, at: int) -> list[tuple[Row, int]]:
        """List what one more award would break; the themes' budgets no longer bind where leftovers are published."""
        broken = self.usage.breaks(at)
        return beyond_themes(broken) if self.problem.policy.leftovers else broken

    def _misfit(self, broken: list[tuple[Row, int]], at: int) -> str:
        """Name the rules that one more award would break, and by how much."""
        choice = self.model.choices[at]
        level = f", even at {choice.level.name}," if len(choice.candidate.levels) > 1 else ""
        return f"Funding it as well{level} would {self._limits(broken)}"

    def _limits(self, broken: Iterable[tuple[Row, int]]) -> str:
        """Say by how much limits would be broken, the nearest first; how many more there are is said."""
        barriers = self._barriers(broken)
        shown = [one.sentence_part for one in barriers[:SHOWN_LIMITS]]
        if len(barriers) > SHOWN_LIMITS:
            shown.append(f"break {count_of(len(barriers) - SHOWN_LIMITS, 'more limit')}")
        return ", and ".join(shown)

    def _barriers(self, broken: Iterable[tuple[Row, int]]) -> tuple[Barrier, ...]:
        """List every limit that one more award would break, the nearest to the bidder first."""
        limits: dict[tuple[str, str], list[tuple[Row, int]]] = {}
        for row, after in sorted(broken, key=lambda one: _distance(one[0])):
            limits.setdefault((row.kind, row.subject), []).append((row, after))
        return tuple(map(self._barrier, limits.values()))

    def _barrier(self, rows: list[tuple[Row, int]]) -> Barrier:
        """Say by how much one limit would be broken; of several years, where it is most."""
        row, after = max(rows, key=lambda one: one[1] - (one[0].most or 0))
        years, ids = {one.year for one, _ in rows}, tuple(dict.fromkeys(one.rule for one, _ in rows))
        others = f", and over it in {count_of(len(years) - 1, 'other year')}" if len(years) > 1 else ""
        of_a_rule = row.kind not in (EXCLUDES, ONE_EACH)
        words = f"{self._words(row, after)}{others if of_a_rule else ''}"
        traits = ROW_TRAITS[row.kind]
        return Barrier(ids if of_a_rule else (), traits.scope, row.subject, words, traits.counts, row.most)

    def _fits(self) -> tuple[str, str]:
        """Say why a bid that breaks no rule is not funded."""
        policy = self.problem.policy
        if policy.method != "optimise":
            why = "A bid before it in the published order did not fit, which ended the awards of its theme"
            return NO_FURTHER_AWARD, why
        if not self.proven:
            why = "The work that the search may take was done before it was shown whether funding it would be better"
            return NOT_DECIDED, why
        objectives = ", ".join(one.replace("_", " ") for one in policy.objective + policy.tie_break)
        why = "Funding it as well would break no published rule, but the awards would be no better by the published"
        return NO_GAIN, f"{why} objectives ({objectives})"

    def _standing(self, candidate: Candidate) -> str:
        """Say how the bid's score stands against the awards of its theme."""
        scores = self.scores.get(candidate.theme, [])
        own = f"it scored {ratio_decimal(candidate.score, self.problem.score_unit)}"
        if not scores:
            return f"{own}, and no bid of its theme is funded"
        lower = bisect_left(scores, candidate.score)
        higher = len(scores) - bisect_right(scores, candidate.score)
        equal = len(scores) - lower - higher
        parts = [f"{n} scored {word}" for n, word in ((higher, "higher"), (equal, "the same"), (lower, "lower")) if n]
        return f"{own}, and of the {len(scores)} {agreeing(len(scores), 'award')} in its theme {listing(parts)}"

    def _elsewhere(self, bid: str) -> str:
        """Say in how many of the equal sets the bid would be funded."""
        sets = sum(bid in one for one in self.tied)
        return f"; it is funded in {sets} of the {len(self.tied)} equal sets of awards found" if sets else ""

    def _words(self, row: Row, after: int) -> str:
        """Say what one more award would do to a limit, by what its rule counts."""
        match ROW_TRAITS[row.kind].counts:
            case "money":
                return self._money(row, after)
            case "hours":
                return self._hours(row, after)
            case "share":
                return self._share(row, after)
            case "awards" | "wards":
                return self._awards(row, after)
            case never:
                assert_never(never)

    def _money(self, row: Row, after: int) -> str:
        limit = row.most or 0
        year = f" in {row.year}" if row.year else ""
        over = f"{pounds(after - limit)} over"
        scope = ROW_TRAITS[row.kind].scope
        if scope == "theme":
            return f"take theme {row.subject}{year} {over} its limit of {pounds(limit)}"
        if row.subject:
            return f"take {scope} {row.subject} {over} the limit of {pounds(limit)} for one {scope}"
        return f"take all awards together{year} {over} the limit of {pounds(limit)}"

    def _awards(self, row: Row, after: int) -> str:
        traits = ROW_TRAITS[row.kind]
        if row.kind == ONE_EACH:
            made = f"{after} {agreeing(after, 'award')}"
            return f"give theme {row.subject} {made}, where the published method makes one for each theme"
        if traits.side == "equal":
            return f"fund some and not all of the bids {row.subject}, which are funded all together or not at all"
        if traits.scope in ("bids", "variants"):
            return f"fund {after} of the {traits.scope} {row.subject}, of which at most {row.most} may be funded"
        made = f"{after} {agreeing(after, 'award')}"
        return f"give {traits.scope} {row.subject} {made}, where at most {row.most} may be made"

    def _hours(self, row: Row, after: int) -> str:
        limit = row.most or 0
        over, available = (ratio_decimal(hours, row.scale) for hours in (after - limit, limit))
        where = f" in {row.subject}" if row.subject else ""
        return f"take {over} hours more than the {available} hours available{where}"

    def _share(self, row: Row, after: int) -> str:
        """Say what would be too little, or a theme's too much: of the ask, of the budget, or of what is awarded."""
        rule = self.rules[row.rule]
        assert isinstance(rule, ShareRule)
        match rule:
            case ThemeShare():
                return _share_of_theme(rule, row, after)
            case LeastLevel():
                return f"give it less than {_percent(rule.least)} of its ask, which is the least that is awarded"
            case SmallShare():
                return f"leave small organisations with less than {_percent(rule.least)} of the {rule.of}"
            case never:
                assert_never(never)


def _share_of_theme(rule: ThemeShare, row: Row, after: int) -> str:
    if row.unit == "money":
        limit = row.most or 0
        return f"take theme {row.subject} {pounds(after - limit)} over its share of the budget, {pounds(limit)}"
    if row.most is None:
        return f"leave theme {row.subject} with less than {_percent(rule.least)} of the money awarded"
    return f"give theme {row.subject} more than {_percent(rule.most)} of the money awarded"


def _distance(row: Row) -> tuple[int, bool, Counts]:
    """Give what names the nearest limit first: what stands on the bidder, then on the theme, then on everybody."""
    traits = ROW_TRAITS[row.kind]
    return SCOPES.index(traits.scope), traits.side == "equal", traits.counts


def _percent(share: Decimal | None) -> str:
    return f"{decimal_text(share or Decimal(0))}%"
