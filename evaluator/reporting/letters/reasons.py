"""Why a bid is not funded, how far away it was, and what it scored among the others: the first page of its letter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluator.records.english import agreeing, count_of, listing
from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.results.allocation import Barrier
from evaluator.records.results.counterfactuals import BidCase, Need
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Bid
from evaluator.reporting.award.method import method
from evaluator.reporting.letters.forms import Form
from evaluator.reporting.shared.bid_rows import Row, ThemeRows

RULES, IDS = re.compile(r"\(rules? ([^()]+)\)"), re.compile(r"(?!and\b)\b[^\s,]+")
LEAD = re.compile(r"(.*?)\b[Ff]unding it\b")
MOST_NAMED = 2  # rules that one sentence names one by one
MOST_LIMITS = 3  # that the first page tells of


@dataclass(frozen=True)
class Reasons:
    """Why a bid is not funded, a sentence for each limit; how it stands in its theme; and what would have turned it.

    ``more`` are these answers with budgets and rules, for the annex; ``limits`` are
    the rules that any of it names, each with what it demands.
    """

    why: tuple[str, ...]
    standing: str
    turned: tuple[str, ...]
    more: tuple[str, ...]
    limits: tuple[tuple[str, str], ...]

    @property
    def nearest(self) -> tuple[str, ...]:
        """The limits that one page has room for; the annex names all."""
        more = len(self.why) - MOST_LIMITS
        return (*self.why[:MOST_LIMITS], *([f"{count_of(more, 'more limit')}: see the annex."] if more > 0 else []))


class Reasoning:
    """Gives the reasons for each bid of a run that is not funded."""

    def __init__(self, outcome: Outcome, form: Form) -> None:
        allocation, criteria = outcome.allocation, outcome.criteria
        self.form = form
        self.refusals = {one.bid: one for one in (allocation.not_awarded if allocation else ())}
        self.cases = {one.bid: one for one in (allocation.cases if allocation else ())}
        self.awards = allocation.awards if allocation else ()
        self.bids = {bid.id: bid for bid in (outcome.evaluation.bids if outcome.evaluation else ())}
        self.names = {bid.organisation: bid.name or bid.organisation for bid in self.bids.values()}
        self.themes = {theme.id: theme.title for theme in criteria.themes}
        self.rules = {line.id: line for line in method(outcome).rules} if outcome.scores else {}

    def of(self, view: ThemeRows, row: Row) -> Reasons:
        """Give the reasons for one bid."""
        refusal, case = self.refusals.get(row.bid.id), self.cases.get(row.bid.id)
        barriers = refusal.barriers if refusal else ()
        why = [self._barrier(one, row.bid) for one in barriers] or [refusal.explanation if refusal else row.reason]
        lead = LEAD.match(refusal.explanation) if barriers and refusal else None
        if lead and lead[1].strip(" .:"):
            why.insert(0, f"{lead[1].strip(' .:')}.")  # such as that it is the next in its theme
        owned = {one.subject: at for at, one in reversed([*enumerate(barriers)]) if one.scope == "organisation"}
        for at in owned.values():  # what fills a bidder's limits is said once
            why[at - len(barriers)] += f" {self._filled(barriers[at], row.bid)}"
        needs = case.needs if case else ()
        named = [*(id for one in barriers for id in one.rules), *(id for one in needs for id in one.rules)]
        return Reasons(
            why=tuple(filter(None, why)),
            standing=_standing(view, row, self.form),
            turned=tuple(self._turned(case)) if case else (),
            more=tuple(map(self._by_title, case.needed)) if case else (),
            limits=tuple((self._rule(id), self.rules[id].demand) for id in dict.fromkeys(named) if id in self.rules),
        )

    def _barrier(self, one: Barrier, bid: Bid) -> str:
        """Say what the bid would have done to a limit."""
        words = one.words
        if one.scope == "theme":
            words = words.replace(f"theme {one.subject}", f"the theme {self.themes.get(one.subject, one.subject)}")
        if one.scope == "organisation":
            words = words.replace(f"organisation {one.subject}", self._whom(one.subject, bid))
        named = self._rules(one.rules)
        return f"{named[0].upper()}{named[1:]}: it would {words}." if named else f"It would {words}."

    def _whom(self, organisation: str, bid: Bid) -> str:
        if organisation == bid.organisation:
            return "your organisation"
        return f"{self.names.get(organisation, 'your partner')} ({organisation})"

    def _filled(self, one: Barrier, bid: Bid) -> str:
        """List the awards that an organisation has, where its own limit is in the way."""
        own = [self.bids[award.bid] for award in self.awards if one.subject in _members(self.bids[award.bid])]
        whom = "You already have" if one.subject == bid.organisation else f"{self._whom(one.subject, bid)} already has"
        at_most = ", the published maximum" if one.counts == "awards" and len(own) == one.most else ""
        named = listing(f"{bid.id}{f' ({bid.title})' if bid.title else ''}" for bid in own)
        return f"{whom} {count_of(len(own), 'award')}{at_most}{f': {named}' if named else ''}."

    def _rules(self, ids: Sequence[str]) -> str:
        """Name rules with their titles; of many the first, since the annex lists all of them."""
        named = [self._rule(id) for id in ids]
        if len(ids) > MOST_NAMED:
            return f"rule {named[0]} and {len(ids) - 1} like it"
        return f"{agreeing(len(ids), 'rule')} {listing(named)}" if ids else ""

    def _rule(self, id: str) -> str:
        """Name a rule with its title, and by that alone where a bid has the same id and would be taken for it."""
        title = self.rules[id].title if id in self.rules else ""
        if title and id.casefold() in {bid.casefold() for bid in self.bids}:
            return f"“{title}”"
        return f"{id} ({title})" if title else id

    def _by_title(self, sentence: str) -> str:
        """Call the rules of a sentence by their titles where a bid has the same id and would be taken for one."""
        bids = {bid.casefold() for bid in self.bids}

        def named(found: re.Match[str]) -> str:
            ids = IDS.findall(found[1])
            if not bids & {id.casefold() for id in ids}:
                return found[0]
            return f"({agreeing(len(ids), 'rule')} {listing(map(self._rule, ids))})"

        return RULES.sub(named, sentence)

    def _turned(self, case: BidCase) -> Iterator[str]:
        """Say which score or cost alone would have turned the decision, and where none could have."""
        if case.funded or not case.eligible:
            return
        found = [self._change(case, need) for need in case.needs if need.verdict == "found" and not need.beyond]
        changes = [words for words in found if words]
        if changes:
            yield f"All else equal, your {self.form.offer} would have been awarded {', or '.join(changes)}."
        for need in case.needs:
            if words := self._could_not(case, need):
                yield words

    def _change(self, case: BidCase, need: Need) -> str:
        if need.change == "score":
            return f"with {_points(case, need)} more"
        if need.change == "cost":
            return f"at a price {pounds(100 * (need.amount or 0))} lower{' in each year' if case.years else ''}"
        return ""

    def _could_not(self, case: BidCase, need: Need) -> str:
        """Say that no score, or no price, could have won; what more budget would have done stands in the annex."""
        if need.change == "budget" or (need.verdict == "found" and not need.beyond):
            return ""
        what = {"score": "score", "cost": "lower price"}[need.change]
        if need.verdict == "not_established":
            return f"Which {what} would have been enough was not established."
        if need.beyond:
            return (
                f"No score could have won: it would have needed {_points(case, need)} more, and no "
                f"{self.form.offer} of its theme can get that many."
            )
        rules = f" ({self._rules(need.rules)})" if need.rules else ""
        return f"No {what} alone would have been enough: {need.why}{rules}."


def _members(bid: Bid) -> tuple[str, ...]:
    return (bid.organisation, *bid.members)


def _points(case: BidCase, need: Need) -> str:
    text = ratio_decimal(need.amount or 0, case.score_unit)
    return f"{text} {agreeing(1 if text == '1' else 2, 'point')}"


def _standing(view: ThemeRows, row: Row, form: Form) -> str:
    """Say how a ranked bid stands among those of its theme, and against the awards made there."""
    if not row.rank:
        return ""
    awards = [other for other in view.ranked if other.award]
    place = f"Of the {count_of(len(view.ranked), f'ranked {form.offer}')} in its theme yours ranks {row.rank}"
    if not awards:
        return f"{place}. No {form.offer} of the theme is awarded."
    before = sum((other.rank or 0) < row.rank for other in awards)
    level = sum(other.rank == row.rank for other in awards)
    counts = {"ranks above yours": before, "ranks level with it": level, "ranks below it": len(awards) - before - level}
    parts = [f"{n} {words if n == 1 else words.replace('ranks', 'rank')}" for words, n in counts.items() if n]
    return f"{place}. Of the {count_of(len(awards), 'award')} there {listing(parts)}."
