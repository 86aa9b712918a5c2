"""Checks of what follows from events: what a person still has to decide, and what the published rules cannot say."""

from collections.abc import Iterator
from typing import get_args

from evaluator.law import regime
from evaluator.records.dates import read_moment, spoken_date
from evaluator.records.english import listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.conditions.verification import Verified
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.rules import Linked, MustFund, Rule, ThemeBudget
from evaluator.records.submissions.decisions_waiting import CORRECTION
from evaluator.records.submissions.events import ALL, WORDS, Abandonment, Clarification, Correction, Event
from evaluator.records.submissions.spellings import folded
from evaluator.validation.coded_columns import read, words
from evaluator.validation.context import View
from evaluator.validation.context.offers import WHOLE_PRICE, split
from evaluator.validation.events.subjects import YES, cell_of
from evaluator.validation.row_findings import shown

EACH = "*"
GATE, FAILED = "gate", "fail"
WHOSE = ("organisation", "members", "variant", "received")  # who bids, for what, and whether in time


def late_corrections_are_decided(view: View) -> Iterator[Finding]:
    """Find figures that decide an award and were corrected after the closing time, about which nobody has decided."""
    for one in undecided_corrections(view):
        facts = {"bid": one.bid, "column": one.column, "old": shown(one.old), "new": shown(one.new)}
        place = cell_of(view.received, "corrections", one, "new")
        yield finding("E-EVENT-013", place, **facts, date=spoken_date(one.date))


def corrected_answers_are_looked_at(view: View) -> Iterator[Finding]:
    """Note answers that were corrected: the marks there are may rest on what they said before."""
    for one in view.received.happened.corrections:
        if one.column in view.book.index and one.bid in view.offers.index and one.bid not in view.left:
            place = cell_of(view.received, "corrections", one, "column")
            yield finding("E-EVENT-019", place, bid=one.bid, question=one.column, date=spoken_date(one.date))


def undecided_corrections(view: View) -> list[Correction]:
    """Give the corrections of figures that decide, made after the closing time, that wait for a decision."""
    close, decided = view.criteria.procurement.tenders_close[:10], view.decided(CORRECTION)
    return [
        one
        for one in view.received.happened.corrections
        if one.bid in view.offers.index
        and one.bid not in view.left
        and _decides(view, one)
        and (not close or one.date > close)
        and (one.bid, one.column) not in decided
    ]


def _decides(view: View, one: Correction) -> bool:
    """Whether a column decides an award; a gate that fails now asks for a decision of its own."""
    kind = one.column.partition(":")[0]
    if kind == WHOLE_PRICE or one.column in WHOSE or (kind == GATE and folded(one.new) != FAILED):
        return True
    columns: tuple[Verified, ...] = get_args(Verified)
    theme = _theme_of(view, one.bid)
    return any(column == one.column and bool(view.criteria.decided_by(column, theme)) for column in columns)


def withdrawals_come_before_the_award(view: View) -> Iterator[Finding]:
    """Note bids that were withdrawn after the day on which the award was to be decided."""
    day = view.criteria.procurement.decision
    for one in view.received.happened.withdrawals:
        if day and one.date > day:
            facts = {"bid": one.bid, "date": spoken_date(one.date), "decision": spoken_date(day)}
            yield finding("E-EVENT-010", cell_of(view.received, "withdrawals", one, "date"), **facts)


def rules_can_do_without_the_lot(view: View) -> Iterator[Finding]:
    """Find rules that ask something of a lot that was abandoned, of which the criteria do not say what becomes."""
    for one in view.received.happened.abandoned:
        bids = {bid for bid in view.left if _theme_of(view, bid) == one.theme}
        for rule in view.criteria.rules:
            if asks := _asks(rule, one.theme, bids):
                facts = {"theme": one.theme, "rule": rule.id, "asks": asks}
                yield finding("E-EVENT-011", cell_of(view.received, "abandoned", one, "theme"), **facts)


def _theme_of(view: View, bid: str) -> str:
    return (*view.book.themes, "")[int(view.offers.themes[view.offers.index[bid]])]


def _asks(rule: Rule, theme: str, bids: set[str]) -> str:
    """Say what a rule asks of the bids of a lot, in words; empty where it asks nothing."""
    if isinstance(rule, MustFund):
        return f"that {rule.bid} is funded" if rule.bid in bids else ""
    if isinstance(rule, Linked):
        inside = [bid for bid in rule.bids if bid in bids]
        return f"that {listing(rule.bids)} are funded together" if inside and len(inside) < len(rule.bids) else ""
    floor = rule.floor if rule.traits.scope == "theme" and rule.traits.side == "both" else None
    named = getattr(rule, "theme", "") in (theme, EACH)
    return f"at least {floor} of the lot" if named and floor else ""


def money_of_the_lot_is_told(view: View) -> Iterator[Finding]:
    """Note where the published rules leave the money of a lot that was abandoned, and what notice the law asks for."""
    for one in view.received.happened.abandoned:
        if one.theme in view.book.theme_index:
            place = cell_of(view.received, "abandoned", one, "theme")
            yield finding("E-EVENT-018", place, theme=one.theme, money=_money(view.criteria, one), notice=_notice(view))


def _money(criteria: Criteria, one: Abandonment) -> str:
    own = [rule for rule in criteria.rules if isinstance(rule, ThemeBudget) and rule.theme == one.theme and rule.limit]
    policy = criteria.allocation
    if policy is None:
        return "The criteria divide no money."
    limits = listing(f"£{decimal_text(rule.limit)} ({rule.id})" for rule in own if rule.limit is not None)
    if own and not policy.leftovers:
        return f"Its own budget, {limits}, is awarded to nobody: no published rule gives it to another lot."
    given = f"Its own budget, {limits}, counts among the leftovers" if own else "It has no budget of its own"
    return f"{given}, and the programme’s budget stays as published for the bids of the other lots."


def _notice(view: View) -> str:
    owed = next((one for one in regime(view.criteria.regime).owes("after") if one.id == "no_award_notice"), None)
    return f" {owed.what}: {owed.when} ({owed.provision})." if owed else ""


def clarifications_reach_everybody(view: View) -> Iterator[Finding]:
    """Find answers that bear on all bidders and went to some, and questions without one, unless that is resolved."""
    if not view.received.happened:
        return
    everybody = {*view.offers.lead_index}
    leads = dict(zip(view.offers.ids, view.offers.leads.tolist(), strict=True))
    for one in view.received.happened.clarifications:
        told = {
            view.offers.organisations[leads[name]] if leads.get(name, -1) >= 0 else name for name in split(one.sent_to)
        }
        missing = sorted(everybody - told) if ALL not in {name.casefold() for name in told} else []
        if one.resolution:
            continue
        if not one.answer or not one.answered:
            place = cell_of(view.received, "clarifications", one, "answer")
            yield finding("E-EVENT-014", place, question=_quoted(one), about=one.about)
        elif missing and (one.concerns_all == YES or one.about.casefold() == ALL):
            facts = {"question": _quoted(one), "missing": listing(missing[:12]), "number": len(missing)}
            yield finding("E-EVENT-015", cell_of(view.received, "clarifications", one, "sent_to"), **facts)


def _quoted(one: Clarification) -> str:
    return f"“{one.question[:60].rstrip()}{'…' if len(one.question) > 60 else ''}”"


def events_are_in_order(view: View) -> Iterator[Finding]:
    """Find events that are dated before what they follow: the call, the coming of the bid, the question."""
    if not view.received.happened:
        return
    opened = view.criteria.procurement.first_act_date
    came = dict(zip(view.offers.ids, _came(view), strict=True))
    for kind in ("corrections", "withdrawals"):
        for one in getattr(view.received.happened, kind):
            day, what = max((opened, "the first act of the programme"), (came.get(one.bid, ""), "the bid came"))
            if "" < one.date < day:
                yield _dated(view, kind, one, "date", one.date, f"{what}, {spoken_date(day)}")
    for one in view.received.happened.clarifications:
        if one.answered and one.answered < one.asked:
            yield _dated(
                view, "clarifications", one, "answered", one.answered, f"it was asked, {spoken_date(one.asked)}"
            )


def _came(view: View) -> list[str]:
    """Give the day on which each bid of the register came; empty where nothing readable says it."""
    moments = words(view.offers.table, "received")
    return read(moments, lambda text: text[:10] if read_moment(text) == text else "")


def _dated(view: View, kind: str, one: Event, key: str, day: str, before: str) -> Finding:
    place = cell_of(view.received, kind, one, key)
    return finding("E-EVENT-020", place, what=WORDS[kind], subject=one.subject, day=spoken_date(day), before=before)


def clarifications_keep_the_timetable(view: View) -> Iterator[Finding]:
    """Note questions of all bidders that came after the published day, and answers after tenders had closed."""
    asked_by, close = view.criteria.procurement.questions_close, view.criteria.procurement.tenders_close[:10]
    for one in view.received.happened.clarifications:
        if one.concerns_all != YES:
            continue  # a bidder may be asked about its own bid once bids are there
        for day, last, key, what in (
            (one.answered, close, "answered", "answered after tenders closed"),
            (one.asked, asked_by, "asked", "asked after the last day for questions"),
        ):
            if day and last and day > last:
                facts = {"question": _quoted(one), "what": what, "day": spoken_date(day), "last": spoken_date(last)}
                yield finding("E-EVENT-017", cell_of(view.received, "clarifications", one, key), **facts)
                break
