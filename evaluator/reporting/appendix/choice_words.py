"""Sums of awards, what is left, tranches and the final choice, as they are told to bidders."""

from collections.abc import Iterator
from decimal import Decimal

from evaluator.records.english import count_of, listing
from evaluator.records.numbers import decimal_text, pounds
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.money.amounts import Amounts
from evaluator.records.programme.money.final_choice import FinalChoice
from evaluator.reporting.appendix.statements import Said


def sum_statements(criteria: Criteria) -> Iterator[Said]:
    """Say how much of its ask a bid is offered, what becomes of what is left, and when it is paid."""
    amounts = criteria.amounts
    if criteria.ranks_to_the_end and criteria.allocation and criteria.allocation.method != "optimise":
        yield "list_order", "Bids of one theme with equal scores come in the order of their ranks."
    if amounts is None:
        return
    yield "sums", _shares(amounts)
    yield "rounded_sums", _rounded(amounts)
    yield (
        "panel_sums",
        "A panel may set another sum within the ask of a bid, by a decision with its reason; it stands in the place of "
        "that share."
        if amounts.panel
        else "Nobody sets another sum.",
    )
    if amounts.pro_rata:
        yield (
            "pro_rata",
            "Where what can be awarded comes to more than a budget, every such sum is multiplied by the budget and "
            "divided by what they come to together: first by the budget of its theme, if it has one, then by that of "
            "the programme. Only then is it rounded. Where it is then too little to be awarded, or another rule keeps "
            "the bid out, what that leaves is not handed on.",
        )
    yield (
        "rest",
        "Where what is left is too little for the next bid in order, it is offered what is left as a part award, if "
        "money alone stands in its way."
        if amounts.rest == "offered"
        else "Money that is too little for a bid is not offered to it in part.",
    )
    if amounts.tranche:
        parts = listing(f"{_percent(one.share)} {one.when}" for one in amounts.tranche)
        yield "tranches", f"An award is paid in tranches: {parts}. Each but the last is rounded down to the penny."


def _shares(amounts: Amounts) -> str:
    if amounts.by_rank:
        shares = "; ".join(f"rank {rank}: {_percent(share)}" for rank, share in enumerate(amounts.by_rank, 1))
        return f"Of its ask a bid is offered a share by its rank in its theme: {shares}, and so every rank after it."
    if amounts.step is not None:
        least = f", but never less than {_percent(amounts.least_share)}" if amounts.least_share else ""
        return (
            "Of its ask the bid ranked first in its theme is offered 100%, and each rank after it "
            f"{_percent(amounts.step)} less{least}."
        )
    if amounts.by_score:
        bands = sorted(amounts.by_score, key=lambda one: -one.at_least)
        shares = "; ".join(f"from {decimal_text(one.at_least)} points on {_percent(one.share)}" for one in bands)
        return f"Of its ask a bid is offered a share by its total: {shares}. Below that it is offered nothing."
    return "Each bid is offered what it asks."


def _rounded(amounts: Amounts) -> str:
    least = f" No sum below {pounds(amounts.least)} is awarded to a bid that asks more." if amounts.least else ""
    return f"A sum that is less than the ask is rounded down to a multiple of {pounds(amounts.multiple)}.{least}"


def choice_statements(choice: FinalChoice | None) -> Iterator[Said]:
    """Say who chooses after the ranks, when, on which grounds and how far down."""
    if choice is None:
        return
    yield (
        "choice",
        f"After the ranks are known people choose: {choice.who} When: {choice.when} Scores and ranks stay as they "
        "are. "
        "Each choice is recorded with its reason, its ground, who made it and when, and the report shows the awards by "
        "rank beside those chosen.",
    )
    ranks = count_of(choice.ranks, "rank") if choice.ranks else ""
    points = "" if choice.points is None else f"{decimal_text(choice.points)} points"
    reach = listing(filter(None, (ranks, points)))
    yield (
        "choice_reach",
        f"A bid may be chosen that is at most {reach} behind the best-ranked bid of its theme that has no award."
        if reach
        else "Any bid that could be funded may be chosen, however far behind it ranks.",
    )
    yield (
        "choice_adds",
        "A bid may also be chosen where none is left out for it."
        if choice.adds
        else "A bid is chosen only in exchange: another of its theme is left out for it.",
    )
    grounds = " ".join(f"{one.id}: {one.text}" for one in choice.ground)
    yield "choice_grounds", f"The grounds are these and no others. {grounds} Source: {choice.source}"


def _percent(share: Decimal | None) -> str:
    return f"{decimal_text(share or Decimal(0))}%"
