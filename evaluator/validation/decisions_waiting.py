"""The matters that wait for a person, gathered so that a person can be asked about all of them at once."""

from collections.abc import Iterator
from dataclasses import replace

from evaluator.records.dates import spoken_date, spoken_moment
from evaluator.records.findings.finding import Finding, block_award, in_order
from evaluator.records.programme.conditions.gates import ADMIT
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.decisions_waiting import CHOSEN, CORRECTION, SPREAD, Matter, ToDecide
from evaluator.records.submissions.received import Received
from evaluator.records.submissions.tie_breaks import DRAW, EVERY_BID
from evaluator.validation.checks import AT_THE_END, Check, events, late_bids, prices, register
from evaluator.validation.checks.decided import choices, decisions, gates_decided
from evaluator.validation.checks.decided.decisions_needed import failed_gates, low_prices
from evaluator.validation.checks.register import no_register
from evaluator.validation.checks.worked_out import undecided
from evaluator.validation.coded_columns import names_of, present
from evaluator.validation.context import FAILED_GATE, LOW_PRICE, View, decisions_of, view_of
from evaluator.validation.late_recusals import LATE_RECUSAL, without_late_recusals
from evaluator.validation.row_findings import flagged
from evaluator.validation.total_rows import without_totals

REGISTER: tuple[Check, ...] = (
    register.tables_have_their_columns,
    register.bids_have_ids,
    register.bids_stand_once,
    register.themes_are_published,
    register.bids_name_their_organisation,
    register.gates_are_answered,
    prices.prices_are_there,
    prices.prices_are_plain,
    prices.prices_are_above_nought,
    prices.prices_come_by_year,
    late_bids.arrivals_are_read,
)
DECIDED: tuple[Check, ...] = (
    decisions.decisions_are_about_known_bids,
    decisions.decisions_are_clear,
    decisions.nobody_admits_the_unmet,
    decisions.matters_are_known,
    decisions.strange_matters_that_admit,
    decisions.decisions_are_complete,
    decisions.bidders_are_heard,
    decisions.gates_decided_are_published,
    decisions.decisions_agree,
    choices.choices_are_published,
    choices.choices_rest_on_a_published_ground,
    choices.sums_are_within_what_is_published,
    choices.choices_agree,
    choices.draws_say_what_was_drawn,
    decisions.questions_may_not_apply,
    gates_decided.clarifications_are_told,
    gates_decided.excluded_bidders_are_heard,
    gates_decided.exclusions_say_whether_they_recur,
)


def open_matters(criteria: Criteria, received: Received) -> tuple[ToDecide | None, tuple[Finding, ...]]:
    """Gather what waits for a person's decision.

    Parameters
    ----------
    received : the folder as it is now; marks in it need not be complete, and agreed marks are not looked at.

    Returns
    -------
    The matters by bid, and the decisions there are; None where something in the register must be mended first, for a
    price that is mended can make another one low. And the findings about the register and about those decisions.
    """
    received, _ = without_totals(replace(received, consensus=None))
    recorded = decisions_of(present(received.decisions), criteria.gate)
    received, _ = without_late_recusals(received)
    table = present(received.register)
    if table is None:
        return None, tuple(no_register(received))
    view = view_of(criteria, received, table)
    due = [check for check in REGISTER if view.at_the_end or check not in AT_THE_END]
    first = in_order((one for check in due for one in check(view)), criteria.regime)
    if block_award(first):
        return None, first
    found = in_order((*first, *(one for check in DECIDED for one in check(view))), criteria.regime)
    low = _prices(view) if view.at_the_end else ()
    matters = {*_gates(view), *low, *_recusals(view), *_late(view), *_corrections(view), *_spreads(view), *_draws(view)}
    waiting = sorted(matters, key=lambda one: (one.bid, one.matter, one.subject))
    return ToDecide(tuple(waiting), recorded), found


def _gates(view: View) -> Iterator[Matter]:
    names = names_of(view.offers.table)
    for gate, rows in failed_gates(view):
        for row in rows:
            about = f"{names[row]} did not meet the condition “{gate.title}”."
            yield Matter(view.offers.ids[row], FAILED_GATE, gate.id, about, gate.decisions)


def _prices(view: View) -> Iterator[Matter]:
    names = names_of(view.offers.table)
    for low in low_prices(view):
        for row, facts in low.items():
            about = f"The price of {names[row]}, {facts['price']}{facts['unit']}, is {facts['why']}."
            yield Matter(view.offers.ids[row], LOW_PRICE, "", about)


def _late(view: View) -> Iterator[Matter]:
    names, close = names_of(view.offers.table), spoken_moment(view.criteria.procurement.tenders_close)
    for row, came in late_bids.late_bids(view).items():
        about = f"{names[row]}’s bid came at {spoken_moment(came)}, after the closing time, {close}."
        yield Matter(view.offers.ids[row], late_bids.LATE, "", about)


def _corrections(view: View) -> Iterator[Matter]:
    names = names_of(view.offers.table)
    for one in events.undecided_corrections(view):
        change = (
            f"{one.column} of {names[view.offers.index[one.bid]]}’s bid was corrected from “{one.old}” to “{one.new}”"
        )
        about = f"{change} on {spoken_date(one.date)}, after bids were opened. Admit: the right value counts."
        yield Matter(one.bid, CORRECTION, one.column, about)


def _spreads(view: View) -> Iterator[Matter]:
    """Give the answers whose marks lie as far apart as is published; an organisation's own under each of its bids."""
    offers, names = view.offers, names_of(view.offers.table)
    for subject, question in undecided(view):
        own = subject < len(offers)
        for bid in [subject] if own else flagged(offers.leads == subject - len(offers)).tolist():
            asked = view.book.ids[question]
            about = f"The evaluators’ marks for {names[bid]} on {asked} lie far apart. Admit: they stand, and count."
            yield Matter(offers.ids[bid], SPREAD, asked, about, (ADMIT,))


def _draws(view: View) -> Iterator[Matter]:
    """Give the published draw while nobody has recorded what it came to: one matter for every bid."""
    if choices.undrawn(view):
        about = f"A draw decides between equal bids, and is to be recorded: {view.criteria.tie_break.draw_source}"
        yield Matter(EVERY_BID, DRAW, "", about, CHOSEN[DRAW])


def _recusals(view: View) -> Iterator[Matter]:
    """Give the bids that somebody marked who is recused from them, or from the answers of their organisation."""
    if view.marks is None:
        return
    offers, names, decided = view.offers, names_of(view.offers.table), view.decided(LATE_RECUSAL)
    for row in flagged(view.recused_rows & view.marks.given).tolist():
        who, subject = view.people.ids[view.marks.evaluators[row]], int(view.marks.subjects[row])
        own = subject >= len(offers)  # an answer that the organisation gives once for all its bids
        for bid in flagged(offers.leads == subject - len(offers)).tolist() if own else [subject]:
            if (offers.ids[bid], who) not in decided:
                about = (
                    f"{who} marked {names[bid]} and is recused from it. If admitted, the marks stay and do not count."
                )
                yield Matter(offers.ids[bid], LATE_RECUSAL, who, about)
