"""How equal shares were spent, step by step: for machines exactly, and for the terminal in a line each."""

from collections.abc import Iterator
from fractions import Fraction

from evaluator.records.english import count_of
from evaluator.records.numbers import about_pounds, exact_text, fixed, pounds
from evaluator.records.results.ballots import EqualShares


def equal_shares_document(shares: EqualShares) -> dict[str, object]:
    """Give every step; sums that are no whole pennies are exact fractions of a pound, such as ``10/3``."""
    return {
        "satisfaction": shares.satisfaction,
        "completion": shares.completion,
        "voters": shares.voters,
        "first_share": _exact(shares.first_share),
        "share": _exact(shares.share),
        "steps": [
            {
                "bid": one.bid,
                "cost": fixed(one.cost, 2),
                "supporters": one.supporters,
                "paid_in_full": one.in_full,
                "rho": _exact(one.price),
                "most_paid_by_one": _exact(one.most),
            }
            for one in shares.purchases
        ],
        "completed": list(shares.completed),
        "not_bought": [
            {"bid": one.bid, "cost": fixed(one.cost, 2), "supporters": one.supporters, "left": _exact(one.left)}
            for one in shares.unbought
        ],
    }


def equal_shares_lines(shares: EqualShares) -> Iterator[str]:
    """Say who had what to spend, what each project cost its supporters, and what completed it."""
    raised = "" if shares.share == shares.first_share else f", raised to {about_pounds(shares.share)}"
    yield f"{count_of(shares.voters, 'voter')}, each with {about_pounds(shares.first_share)} to spend{raised}:"
    for number, one in enumerate(shares.purchases, 1):
        paid = f"{count_of(one.in_full, 'voter')} paid {about_pounds(one.most)} each"
        if shares.satisfaction in ("points", "borda"):
            paid = f"{count_of(one.supporters, 'voter')} paid up to {about_pounds(one.most)} each"
        short = one.supporters - one.in_full
        rest = f", {count_of(short, 'other')} all that they had left" if short else ""
        yield f"  {number}. {one.bid} for {pounds(one.cost)}: {paid}{rest}"
    if shares.completed:
        yield f"Then, with what was left of the budget ({shares.completion}): {', '.join(shares.completed)}"


def _exact(pence: Fraction) -> str:
    return exact_text(pence / 100)
