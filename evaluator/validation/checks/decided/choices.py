"""Checks of what people decide after the ranks: choices, sums of awards, and what a public draw came to."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from evaluator.records.dates import read_moment
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text, pence, plain_decimal, pounds
from evaluator.records.programme.money.amounts import PANEL_SUM, Amounts
from evaluator.records.programme.money.final_choice import FINAL_CHOICE
from evaluator.records.submissions.decisions_waiting import matters_of
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.tie_breaks import DRAW, EVERY_BID, arrival, seed_of
from evaluator.validation.as_meant import nearest_word
from evaluator.validation.checks.decided.decisions import where
from evaluator.validation.coded_columns import present, words
from evaluator.validation.context import View
from evaluator.validation.row_findings import Facts, at_rows, shown

CALLED = {FINAL_CHOICE: "a final choice", PANEL_SUM: "sums that a panel sets", DRAW: "a public draw"}


def choices_are_published(view: View) -> Iterator[Finding]:
    """Find choices, sums and draws that the criteria do not give anyone."""
    published = matters_of(view.criteria)

    def facts(one: Decision) -> Facts:
        return {"bid": one.bid, "what": CALLED[one.matter]}

    yield from where(view, "E-DEC-040", "matter", lambda one: one.matter in CALLED.keys() - {*published}, facts)


def choices_rest_on_a_published_ground(view: View) -> Iterator[Finding]:
    """Find choices on a ground that was not published."""
    choice = view.criteria.final_choice
    if choice is None:
        return
    ids = [ground.id for ground in choice.ground]

    def facts(one: Decision) -> Facts:
        hint = nearest_word(one.ground, ids)
        return {"bid": one.bid, "shown": shown(one.ground), "hint": hint, "grounds": ", ".join(ids)}

    def wrong(one: Decision) -> bool:
        return one.matter == FINAL_CHOICE and choice.ground_named(one.ground) is None

    yield from where(view, "E-DEC-041", "ground", wrong, facts)


def sums_are_within_what_is_published(view: View) -> Iterator[Finding]:
    """Find sums that are no sums, more than the bid asks, no published multiple, or of no use to the bid."""
    amounts = view.criteria.amounts
    if amounts is None or not amounts.panel:
        return

    def problem(one: Decision) -> str:
        ask = _ask(view, one.bid)
        if one.matter != PANEL_SUM or ask is None:
            return ""
        return _against(pence(one.sum), ask, amounts, _least_level(view, one.bid))

    def facts(one: Decision) -> Facts:
        return {"bid": one.bid, "shown": shown(one.sum), "why": problem(one)}

    yield from where(view, "E-DEC-042", "sum", lambda one: bool(problem(one)), facts)


def _against(sum_: int | None, ask: int, amounts: Amounts, least: Decimal) -> str:
    """Say what stands against a sum; empty where nothing does."""
    problems = (
        (not sum_, "is no sum of pounds above nought"),
        ((sum_ or 0) > ask, f"is more than the {pounds(ask)} that the bid asks"),
        (sum_ != ask and (sum_ or 0) % amounts.multiple, f"is no multiple of {pounds(amounts.multiple)}, as published"),
        ((sum_ or 0) < min(amounts.least, ask), f"is less than {pounds(amounts.least)}, the least sum that is awarded"),
        (
            ask and Fraction(sum_ or 0, ask) * 100 < Fraction(least),
            f"is less than {decimal_text(least)} % of the ask, the least that the bid says is of use to it",
        ),
    )
    return next((why for wrong, why in problems if wrong), "")


def _ask(view: View, bid: str) -> int | None:
    return view.offers.prices[view.offers.index[bid]] if bid in view.offers.index else None


def _least_level(view: View, bid: str) -> Decimal:
    text = words(view.offers.table, "least_level")[view.offers.index[bid]]
    return plain_decimal(text.removesuffix("%")) or Decimal(0)


def choices_agree(view: View) -> Iterator[Finding]:
    """Find two sums for one bid, or two results of one draw, that differ."""
    first: dict[tuple[str, str], Decision] = {}
    for one in view.decisions:
        if one.matter in (PANEL_SUM, DRAW):
            first.setdefault((one.matter, one.bid), one)

    def differs(one: Decision) -> bool:
        other = first.get((one.matter, one.bid), one)
        return (pence(one.sum), one.subject) != (pence(other.sum), other.subject)

    def facts(one: Decision) -> Facts:
        what = "The sum for" if one.matter == PANEL_SUM else "What was drawn for"
        return {"what": f"{what} {one.bid}", "other": first[one.matter, one.bid].source.row}

    yield from where(view, "E-DEC-043", "decision", differs, facts)


def draws_say_what_was_drawn(view: View) -> Iterator[Finding]:
    """Find a record of a public draw that does not say what was drawn, or not for every bid."""
    source = view.criteria.tie_break.draw_source

    def facts(one: Decision) -> Facts:
        return {"bid": one.bid, "draw": source}

    def empty(one: Decision) -> bool:
        return one.matter == DRAW and (not one.subject.strip() or one.bid.casefold() != EVERY_BID)

    if source:
        yield from where(view, "E-DEC-044", "subject", empty, facts)


def draws_are_recorded(view: View) -> Iterator[Finding]:
    """Find a public draw of which nobody recorded what it came to."""
    if undrawn(view):
        table = present(view.received.decisions) or view.offers.table
        yield finding("E-DEC-045", table.place, draw=view.criteria.tie_break.draw_source)


def undrawn(view: View) -> bool:
    """Whether a draw was published, and nobody has recorded what it came to."""
    return bool(view.criteria.tie_break.draw_source) and not seed_of(view.criteria, view.decisions)


def arrivals_are_known(view: View) -> Iterator[Finding]:
    """Find bids whose day and time of arrival is not recorded, where it decides between equal bids."""
    table = view.offers.table
    if "received" not in view.criteria.tie_break.order:
        return
    told = words(table, "received")
    rows = [row for row, text in enumerate(told) if not arrival(read_moment(text) or "") and not view.disregarded[row]]

    def facts(row: int) -> Facts:
        return {"bid": view.offers.ids[row], "shown": shown(told[row])}

    yield from at_rows("E-DEC-050", table, rows, "received", facts)
