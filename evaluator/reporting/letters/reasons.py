"""Why a bid is not funded, how far away it was, and what it scored among the others: the first page of its letter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluator.records.english import agreeing, count_of, listing
from evaluator.records.numbers import decimal_text
from evaluator.records.results.allocation import Barrier, Refusal
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Bid
from evaluator.reporting.appendix.rule_words import OBJECTIVES
from evaluator.reporting.letters.bidder_names import Names
from evaluator.reporting.letters.bidders import ANYONE
from evaluator.reporting.letters.first_page import brief
from evaluator.reporting.letters.forms import Form
from evaluator.reporting.letters.minimums import what_was_missing, why_below
from evaluator.reporting.letters.refused import decided_words
from evaluator.reporting.letters.rule_names import RuleNames
from evaluator.reporting.letters.turned import Turning
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, score_text

SCORED = re.compile(r"; it scored .*", re.S)  # from here an explanation says what stands elsewhere in the letter
EQUAL_SETS = re.compile(r"it (is funded in \d+ of the \d+ equal sets of awards found)")
LEAD = re.compile(r"(.*?)\b[Ff]unding it\b")
NEXT = "It is the next in its theme."
ON_ALL = ("theme", "small", "year", "all")  # scopes of limits that say nothing of whose bid was in the way
MOST_LIMITS = 3  # that the first page tells of
MOST_OWN = 3  # awards of a bidder that are named where they fill a limit
MOST_WORDS = 155  # of all reasons together, for which the first page has room


@dataclass(frozen=True)
class Reasons:
    """Why a bid is not funded: what is to be said first, then what an award to it would have done to each limit.

    Parameters
    ----------
    opening : how the sentence begins that the limits end: "An award to your bid as well would".
    standing : how it stands in its theme.
    turned : what would have turned the decision, and ``compared`` beside it what one mark more is worth.
    budgets : what larger budgets would have done, for the annex.
    reserve : what it waits for on a reserve list; empty where it is on none.
    named : the rules that any of it names, each with what it demands.
    """

    first: tuple[str, ...]
    opening: str
    limits: tuple[str, ...]
    standing: str
    turned: tuple[str, ...]
    compared: str
    budgets: tuple[str, ...]
    reserve: str
    named: tuple[tuple[str, str], ...]

    @property
    def turning(self) -> tuple[str, ...]:
        """What the first page says of what would have turned the decision; what it has no room for the annex says."""
        compared = "" if self._full else self.compared
        return (*self.turned, *([compared] if compared else []))

    @property
    def more(self) -> tuple[str, ...]:
        """What the annex says beside the limits."""
        compared = self.compared if self._full else ""
        return (*([compared] if compared else []), *self.budgets)

    @property
    def _full(self) -> bool:
        told = (*self.first, *self.nearest, self.standing, *self.turned, self.compared, self.reserve)
        return _count(*told) > MOST_WORDS

    @property
    def nearest(self) -> tuple[str, ...]:
        """The limits that one page has room for; the annex names the others."""
        more = len(self.further)
        found = [f"break {count_of(more, 'more limit')}: see the annex."] if more else []
        return (*self.limits[: len(self.limits) - more], *found)

    @property
    def further(self) -> tuple[str, ...]:
        """The limits for which the first page has no room."""
        left = MOST_WORDS - _count(*self.first, self.standing, *self.turned, self.reserve)
        fit = [at for at in range(1, MOST_LIMITS + 1) if _count(*self.limits[:at]) <= left]
        return self.limits[max(fit, default=1) :]


def _count(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


class Reasoning:
    """Gives the reasons for each bid of a run that is not funded."""

    def __init__(self, outcome: Outcome, form: Form, staff: Names) -> None:
        allocation, criteria = outcome.allocation, outcome.criteria
        self.form, self.staff, self.criteria, self.policy = form, staff, criteria, criteria.allocation
        self.refusals = {one.bid: one for one in (allocation.not_awarded if allocation else ())}
        self.cases = {one.bid: one for one in (allocation.cases if allocation else ())}
        self.waiting = {one.bid: one for one in (allocation.reserve if allocation else ())}
        self.awards = allocation.awards if allocation else ()
        self.gained = allocation.choice.gained if allocation and allocation.choice else ()
        self.bids = {bid.id: bid for bid in (outcome.evaluation.bids if outcome.evaluation else ())}
        self.names = {bid.organisation: bid.name or bid.organisation for bid in self.bids.values()}
        self.themes = {theme.id: theme.title for theme in criteria.themes}
        asked = [*criteria.common, *(one for theme in criteria.themes for one in theme.question)]
        self.questions = {one.id: one.title for one in asked}
        self.rules = RuleNames(outcome)
        self.turning = Turning(criteria, form, self.rules)

    def of(self, view: ThemeRows, row: Row) -> Reasons:
        """Give the reasons for one bid."""
        refusal, case = self.refusals.get(row.bid.id), self.cases.get(row.bid.id)
        barriers = refusal.barriers if refusal else ()
        below = row.status == "below_minimum"
        first = (
            why_below(self.criteria, view, row, self.questions, self.form) if below else self._first(view, row, refusal)
        )
        turned = what_was_missing(self.criteria, view, row, self.questions, self.form) if below else ()
        named = [*self._before_all(view, refusal), *(id for one in barriers for id in one.rules)]
        named += [id for need in (case.needs if case else ()) for id in need.rules]
        return Reasons(
            first=tuple(first),
            opening=self._opening(refusal),
            limits=tuple(self._limits(barriers, row.bid)),
            standing=_standing(view, row, self.form, whole=refusal is None or refusal.reason != "passed_over"),
            turned=(*turned, *self.turning.of(view, row, case, self._instead(barriers, row.bid))),
            compared=self.turning.compared(view, row, case),
            budgets=tuple(self.turning.annex(case)),
            reserve=self._reserve(row.bid),
            named=self.rules.demands(named),
        )

    def _first(self, view: ThemeRows, row: Row, refusal: Refusal | None) -> Iterator[str]:
        """Say how the awards of its theme were found, and where the bid stands in that."""
        yield from self._chosen_below(view, row, refusal)
        if row.decision is not None or refusal is None:  # disqualified by a person, who is not named
            yield from self._decided(row)
            return
        merit = self.rules.order_of(view.theme.id)
        order = f"awards are made in the order of rank{self.rules.in_brackets((merit.id,) if merit else ())}"
        if refusal.reason == "not_its_turn":
            yield f"In your theme {order}. {self._last_award(view, row)} {self._stopped(view)}".rstrip()
        elif refusal.reason == "passed_over" and merit:
            yield self._passed_over(refusal, order, decimal_text(merit.max_gap))
        elif refusal.explanation.startswith(NEXT):
            yield f"Yours was the next {self.form.offer} in its theme, where {order}."
        elif refusal.barriers:
            yield from self._best_set(view, row, refusal)
        else:
            words = self.rules.said(SCORED.sub(".", self._told(refusal)))
            yield re.sub(r"^It scored\b", f"Your {self.form.offer} scored", words)
        if equal := EQUAL_SETS.search(refusal.explanation):
            yield f"Your {self.form.offer} {equal[1]}."

    def _told(self, refusal: Refusal) -> str:
        """Give a refusal's explanation; of people's choice without names of the panel, where there is room for it."""
        if refusal.reason != "not_chosen":
            return refusal.explanation
        return brief(self.staff.replaced(refusal.explanation, ANYONE))

    def _chosen_below(self, view: ThemeRows, row: Row, refusal: Refusal | None) -> Iterator[str]:
        """Say that people chose bids that rank below one which they did not choose."""
        below = [one for one in view.ranked if one.bid.id in self.gained and row.rank and (one.rank or 0) > row.rank]
        if below and refusal is not None and refusal.reason != "not_chosen":
            those = (
                f"{count_of(len(below), self.form.offer)} of your theme that {agreeing(len(below), 'ranks', 'rank')}"
            )
            yield f"After the ranks people chose, on published grounds, to award {those} below yours."

    def _decided(self, row: Row) -> Iterator[str]:
        """Say what a person decided of the bid, where that took it out of the ranking; else its own reason."""
        if row.decision is None:
            yield row.reason
            return
        yield f"{decided_words(self.criteria, row.decision)} {brief(self.staff.replaced(row.decision.reason, ANYONE))}"
        if row.status == "disqualified":
            yield f"A {self.form.offer} that does not meet a published minimum is not ranked and gets no award."

    def _last_award(self, view: ThemeRows, row: Row) -> str:
        awarded = [other for other in view.ranked if other.award]
        if not awarded:
            return f"No {self.form.offer} of it was awarded; yours ranks {row.rank}."
        last = awarded[-1]
        total = score_text(last.total, self.criteria.rounding) if self.form.winners_scores and last.total else ""
        scored = f" with {total} points" if total else ""
        return f"The last award went to the {self.form.offer} that ranks {last.rank}{scored}; yours ranks {row.rank}."

    def _stopped(self, view: ThemeRows) -> str:
        """Name the rules at which a theme's awards ended; sums would tell the price of the bid that was next."""
        limits = [self.rules.several(one.rules) for one in self._ended_by(view)]
        return f"The awards end there: the next would break {'; '.join(limits)}." if limits else ""

    def _ended_by(self, view: ThemeRows) -> Sequence[Barrier]:
        """Give the limits on themes or on all awards that were in the way of the bid that was the next of a theme."""
        refusals = [self.refusals[other.bid.id] for other in view.ranked if other.bid.id in self.refusals]
        fronts = [one for one in refusals if one.explanation.startswith(NEXT)]
        return [one for one in fronts[-1].barriers if one.scope in ON_ALL and one.rules] if fronts else []

    def _before_all(self, view: ThemeRows, refusal: Refusal | None) -> tuple[str, ...]:
        """Give the rules that come before a bid's own limits: the order of merit, and what ended its theme's awards."""
        merit = self.rules.order_of(view.theme.id)
        if merit is None or refusal is None:
            return ()
        ended = self._ended_by(view) if refusal.reason == "not_its_turn" else ()
        return (merit.id, *(id for one in ended for id in one.rules))

    def _passed_over(self, refusal: Refusal, order: str, gap: str) -> str:
        offer = self.form.offer
        if not refusal.barriers:
            return (
                f"In your theme {order}, but a {offer} may be passed over where those awarded below it are at most "
                f"{gap} points behind it. That is so here."
            )
        own = refusal.barriers[0].scope == "organisation"
        which = f" {self._chosen()}" if own and self._chosen() else ""
        return (
            f"In your theme {order}, but a {offer} is passed over where a limit that this rule names stands against "
            f"it. That is so here, and {offer}s that rank below yours are awarded.{which}"
        )

    def _chosen(self) -> str:
        """Say by what it is settled which of an organisation's bids are awarded."""
        if self.policy is None or self.policy.method != "optimise":
            return ""
        aim = OBJECTIVES[self.policy.objective[0]]
        return f"Nobody chose which of your {self.form.offer}s are awarded: the published aim, {aim}, settles it."

    def _best_set(self, view: ThemeRows, row: Row, refusal: Refusal) -> Iterator[str]:
        """Say how a bid can be left out that ranks above one that is awarded; or what its explanation says first."""
        if row.rank and any((other.rank or 0) > row.rank for other in view.ranked if other.award) and self.policy:
            aim = OBJECTIVES[self.policy.objective[0]]
            if self.policy.method == "optimise":
                yield (
                    f"Awards are not made by rank alone. Of all sets of awards within the published limits the one "
                    f"with {aim} is taken, and {self.form.offer}s that rank below yours are in it."
                )
                return
        lead = LEAD.match(refusal.explanation)
        if lead and lead[1].strip(" .:"):
            yield f"{lead[1].strip(' .:')}."

    def _opening(self, refusal: Refusal | None) -> str:
        beside = refusal is not None and refusal.reason == "passed_over"
        return f"An award to your {self.form.offer} {'beside those of the other themes' if beside else 'as well'} would"

    def _limits(self, barriers: Sequence[Barrier], bid: Bid) -> Iterator[str]:
        """Say what an award would have done to each limit; what fills a bidder's own limits is said once."""
        last = {one.subject: at for at, one in enumerate(barriers) if one.scope == "organisation"}
        for at, one in enumerate(barriers):
            filled = f" {self._filled(one, bid)}" if last.get(one.subject) == at else ""
            yield f"{self._barrier(one, bid)}{filled}"

    def _barrier(self, one: Barrier, bid: Bid) -> str:
        words = one.words
        if one.scope == "theme":
            words = words.replace(f"theme {one.subject}", f"the theme {self.themes.get(one.subject, one.subject)}")
        if one.scope == "organisation":
            words = words.replace(f"organisation {one.subject}", self._whom(one.subject, bid))
        return f"{words}{self.rules.in_brackets(one.rules)}."

    def _whom(self, organisation: str, bid: Bid) -> str:
        if organisation == bid.organisation:
            return "your organisation"
        return f"{self.names.get(organisation, 'your partner')} ({organisation})"

    def _own(self, one: Barrier) -> list[Bid]:
        """Give the awarded bids of the organisation that a limit is on."""
        return [self.bids[award.bid] for award in self.awards if one.subject in _members(self.bids[award.bid])]

    def _filled(self, one: Barrier, bid: Bid) -> str:
        """List the awards that an organisation has, where its own limit is in the way."""
        own = self._own(one)
        whom = "You already have" if one.subject == bid.organisation else f"{self._whom(one.subject, bid)} already has"
        at_most = ", the published maximum" if one.counts == "awards" and len(own) == one.most else ""
        known = [f"{bid.id}{f' ({bid.title})' if bid.title else ''}" for bid in own]
        more = [f"{len(own) - MOST_OWN} more"] if len(own) > MOST_OWN else []
        named = listing([*known[:MOST_OWN], *more])
        return f"{whom} {count_of(len(own), 'award')}{at_most}{f': {named}' if named else ''}."

    def _instead(self, barriers: Sequence[Barrier], bid: Bid) -> str:
        """Say that the bid would have taken the place of another of its bidder, where that has all awards it may."""
        for one in barriers:
            if one.scope == "organisation" and one.subject == bid.organisation and one.counts == "awards":
                other = "the award" if one.most == 1 else "one of the awards"
                return f", in the place of {other} that you have," if len(self._own(one)) == one.most else ""
        return ""

    def _reserve(self, bid: Bid) -> str:
        """Say where a bid stands on a reserve list, and what must happen for it to be funded."""
        one = self.waiting.get(bid.id)
        if one is None:
            return ""
        place = f"Your {self.form.offer} has place {one.place} on the reserve list of its theme"
        needs = self.rules.said(one.needs.rstrip(".").replace(f"among {bid.organisation}", "to you"))
        return (
            f"{place}{self.rules.in_brackets((one.rule,))}. {needs}; people decide whether it is taken from the list."
        )


def _members(bid: Bid) -> tuple[str, ...]:
    return (bid.organisation, *bid.members)


def _standing(view: ThemeRows, row: Row, form: Form, *, whole: bool) -> str:
    """Say how a ranked bid stands among those of its theme, and, on the ``whole``, against the awards made there."""
    if not row.rank:
        return ""
    awards = [other for other in view.ranked if other.award]
    place = f"Of the {count_of(len(view.ranked), f'ranked {form.offer}')} in its theme yours ranks {row.rank}"
    place += f", level with {count_of(len(row.tied_with), 'other')}" if row.tied_with else ""
    if awards and not whole:  # that it is passed over says it
        return f"{place}."
    if not awards:
        return f"{place}. No {form.offer} of the theme is awarded."
    before = sum((other.rank or 0) < row.rank for other in awards)
    level = sum(other.rank == row.rank for other in awards)
    counts = {"ranks above yours": before, "ranks level with it": level, "ranks below it": len(awards) - before - level}
    parts = [f"{n} {words if n == 1 else words.replace('ranks', 'rank')}" for words, n in counts.items() if n]
    if len(parts) == 1 and len(awards) > 1:
        every = "Both" if len(awards) == 2 else f"All {len(awards)}"
        return f"{place}. {every} awards there {parts[0].partition(' ')[2]}."
    return f"{place}. Of the {count_of(len(awards), 'award')} there {listing(parts)}."
