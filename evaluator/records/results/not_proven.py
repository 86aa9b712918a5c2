"""A run whose awards are not proven to be the best, as people may see it: no set of awards, only what is certain."""

from dataclasses import replace

from evaluator.records.results.allocation import Allocation, Refusal
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import NOT_ASSESSED

# These bids never reached the division of the money: their reasons stand whatever is proven.
SETTLED = ("below_minimum", "disqualified", "not_shortlisted", *NOT_ASSESSED, "below_minimum_score")
OPEN = "open"
NOT_PROVEN = "Nothing is decided, because no set of awards is proven to be the best."


def held_back(outcome: Outcome) -> Outcome:
    """Take from a run that is not proven the best set of awards that was found; any other run stays as it is.

    What people read must not name as recommended what another set may still replace. ``outcome.json`` keeps the set,
    so that its bound can be checked.
    """
    allocation = outcome.allocation
    if allocation is None or allocation.status != "not_proven":
        return outcome
    return replace(outcome, allocation=without_awards(allocation))


def without_awards(allocation: Allocation) -> Allocation:
    """Give an allocation that is not proven without its set; of every bid it says what is certain either way."""
    themes = allocation.themes
    settled = {one.bid: one for one in allocation.not_awarded if one.reason in SETTLED}
    return replace(
        allocation,
        cost=0,
        awards=(),
        not_awarded=tuple(
            settled.get(bid) or Refusal(bid, theme, OPEN, f"{NOT_PROVEN} {_known(allocation, bid)}")
            for bid, theme in sorted(themes.items())
        ),
        tied=(),
        tied_complete=False,
        checks=(),
        methods=(),
        passed_over=(),
        reserve=(),
        draw=None,
        cases=(),
    )


def _known(allocation: Allocation, bid: str) -> str:
    if bid in allocation.certain_in:
        return "This bid is certain: every set that is at least as good as the best one found funds it."
    if bid in allocation.certain_out:
        return "This bid is certain not to be funded: no set that is at least as good as the best one found funds it."
    return "Whether this bid would be funded is open."
