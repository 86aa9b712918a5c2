"""Checks of what people choose after the ranks: that it can be worked out, and that the law leaves room for it."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from evaluator.law import regime
from evaluator.publication.locations import programme
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.money.amounts import Amounts
from evaluator.records.programme.rules import Budget, ThemeBudget

WHOLE = Decimal(100)


def final_choices_can_be_made(criteria: Criteria) -> Iterator[Finding]:
    """Find a final choice that names no ground, a ground twice, or has no awards to begin from."""
    choice = criteria.final_choice
    if choice is None:
        return
    ids = Counter(ground.id.casefold() for ground in choice.ground)
    twice = sorted(name for name, times in ids.items() if times > 1)
    if not choice.ground:
        yield finding("E-CRIT-222", programme("final_choice.ground"), why="no ground is published on which to choose")
    if twice:
        why = f"the ground {twice[0]} is published twice"
        yield finding("E-CRIT-222", programme("final_choice.ground"), why=why)
    if criteria.allocation is None:
        why = "there are no rules of award ([allocation]) that say what would be funded without it"
        yield finding("E-CRIT-222", programme("final_choice"), why=why)


def final_choices_have_a_footing(criteria: Criteria) -> Iterator[Finding]:
    """Find a final choice under a law of contracts, and tell what one exposes to where it is allowed."""
    choice, law = criteria.final_choice, regime(criteria.regime)
    if choice is None:
        return
    if law.awards_by_rank:
        yield finding("E-CRIT-220", programme("final_choice"))
    elif law.procurement:
        yield finding("E-CRIT-221", programme("final_choice"))
    elif choice.ranks is None and choice.points is None:
        yield finding("E-CRIT-230", programme("final_choice.ranks"))


def amounts_can_be_worked_out(criteria: Criteria) -> Iterator[Finding]:
    """Find sums of awards that nobody could work out from what is published."""
    amounts = criteria.amounts
    if amounts is None:
        return
    for key, why in (*_shares(amounts), *_rest(criteria, amounts), *_tranches(criteria, amounts)):
        yield finding("E-CRIT-225", programme(f"amounts.{key}" if key else "amounts"), why=why)


def _shares(amounts: Amounts) -> Iterator[tuple[str, str]]:
    ways = [key for key in ("by_rank", "step", "by_score") if getattr(amounts, key)]
    if len(ways) > 1:
        yield ways[1], f"{ways[0]} and {ways[1]} each say what share of its ask a bid is offered"
    if amounts.least_share is not None and amounts.step is None:
        yield "least_share", "least_share bounds step, which is not published"
    if any(later > before for before, later in pairwise(amounts.by_rank)):
        yield "by_rank", "a lower rank would be offered a larger share than a higher one"
    bands = sorted(amounts.by_score, key=lambda one: one.at_least)
    if any(before.share > later.share for before, later in pairwise(bands)):
        yield "by_score", "a lower score would be offered a larger share than a higher one"
    if len({one.at_least for one in bands}) < len(bands):
        yield "by_score", "two bands begin at the same score"


def _rest(criteria: Criteria, amounts: Amounts) -> Iterator[tuple[str, str]]:
    policy = criteria.allocation
    if policy is None:
        yield "", "there are no rules of award ([allocation])"
        return
    if policy.level:
        yield "", "allocation.level says at which shares of its ask a bid is funded, and so does this"
    yield from _pro_rata(criteria, policy, amounts)
    if amounts.rest != "offered":
        return
    if policy.method != "priority":
        yield "rest", f"by the method {policy.method} there is no next bid; only priority goes down a list"
    if criteria.years:
        yield "rest", "with prices by year nobody could say how a part of an ask falls on the years"
    if policy.leftovers:
        yield "rest", "allocation.leftovers gives what is left to whole bids, and this to a part of the next one"


def _pro_rata(criteria: Criteria, policy: AllocationPolicy, amounts: Amounts) -> Iterator[tuple[str, str]]:
    if not amounts.pro_rata:
        return
    if policy.method != "priority":
        yield (
            "pro_rata",
            f"by the method {policy.method} awards are not all that could be made; only priority cuts sums",
        )
    if criteria.years:
        yield "pro_rata", "with prices by year nobody could say which year's money the sums are cut to"
    if amounts.rest == "offered":
        yield "pro_rata", "sums are cut until all fit, so that no next bid is left to be offered a rest"
    if not any(isinstance(rule, Budget | ThemeBudget) for rule in criteria.rules):
        yield "pro_rata", "no rule of kind budget or theme_budget says which money the sums are cut to"


def _tranches(criteria: Criteria, amounts: Amounts) -> Iterator[tuple[str, str]]:
    whole = sum((one.share for one in amounts.tranche), Decimal(0))
    if amounts.tranche and whole != WHOLE:
        yield "tranche", f"the tranches come to {whole} % of an award, not to 100 %"
    if len({one.when for one in amounts.tranche}) < len(amounts.tranche):
        yield "tranche", "two tranches are paid at what is called the same time"
    if amounts.tranche and criteria.years:
        yield "tranche", "prices by year say already how an award falls on the years"


def amounts_have_a_footing(criteria: Criteria) -> Iterator[Finding]:
    """Find sums other than what a bid asks under a law of contracts: tranches alone change no sum."""
    amounts, law = criteria.amounts, regime(criteria.regime)
    if amounts is None or not law.procurement:
        return
    keys = [key for key in ("by_rank", "step", "by_score", "panel", "pro_rata") if getattr(amounts, key)]
    keys += ["rest"] if amounts.rest == "offered" else []
    if keys:
        yield finding("E-CRIT-223" if law.awards_by_rank else "E-CRIT-224", programme(f"amounts.{keys[0]}"))


def draws_can_be_repeated(criteria: Criteria) -> Iterator[Finding]:
    """Find a draw between equal bids that nothing is drawn with, that comes too early, or that is never made."""
    ties, order = criteria.tie_break, criteria.tie_break.order
    if "draw" not in order:
        for key in ("draw_seed", "draw_source"):
            if getattr(ties, key):
                yield finding("E-CRIT-229", programme(f"tie_break.{key}"), key=key)
        return
    if bool(ties.draw_seed) == bool(ties.draw_source):
        problem = "both a seed and a source" if ties.draw_seed else "neither a seed nor a source"
        yield finding("E-CRIT-227", programme("tie_break.order"), problem=problem)
    if order[-1] != "draw":
        later = order[order.index("draw") + 1]
        yield finding("E-CRIT-228", programme("tie_break.order"), later=later)
    if ties.draw_seed and not ties.draw_source:
        yield finding("E-CRIT-231", programme("tie_break.draw_seed"))


def arrival_decides_no_contract(criteria: Criteria) -> Iterator[Finding]:
    """Find the time of arrival as what decides between equal tenders, and tell what it rewards elsewhere."""
    if "received" in criteria.tie_break.order:
        code = "E-CRIT-226" if regime(criteria.regime).procurement else "E-CRIT-232"
        number = criteria.tie_break.order.index("received") + 1
        yield finding(code, programme(f"tie_break.order[{number}]"))
