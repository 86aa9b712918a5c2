"""One bid's case in words: sentences that a councillor and a bidder understand without help."""

from collections.abc import Iterator
from dataclasses import replace

from evaluator.records.english import agreeing, listing
from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.results.counterfactuals import BidCase, Need


def with_sentences(case: BidCase, proven: bool) -> BidCase:
    """Add to a case what would change it, in words; nothing for a bid that was never eligible."""
    if not case.eligible:
        return case
    if not proven:
        return replace(case, needed=("No best set of awards is proven, so it is not said what would change this.",))
    return replace(case, needed=tuple(_needs(case)), changes=tuple(_changes(case)))


def _needs(case: BidCase) -> Iterator[str]:
    if case.funded:
        yield from (_score_to_lose(case, need) for need in case.needs)
        return
    found = [FOUND[need.change](case, need) for need in case.needs if need.verdict == "found" and not need.beyond]
    if found:
        yield f"All else equal, it would have been funded {_either(found)}."
    found_budgets = [need.lasts for need in case.needs if need.verdict == "found"]
    if False in found_budgets:
        yield "At some larger budgets other bids would again be ahead of it or level with it."
    elif None in found_budgets:
        yield "Whether every larger budget would fund it as well was not established."
    for need in case.needs:
        if need.verdict != "found" or need.beyond:
            yield OTHERWISE[need.change](case, need)


def _points(case: BidCase, units: int) -> str:
    text = ratio_decimal(units, case.score_unit)
    return f"{text} point{'' if text == '1' else 's'}"


def _more_points(case: BidCase, need: Need) -> str:
    return f"with {_points(case, need.amount or 0)} more"


def _yearly(case: BidCase, need: Need, word: str) -> str:
    return f"{pounds(100 * (need.amount or 0))} {word}{' in each year' if case.years else ''}"


def _lower_cost(case: BidCase, need: Need) -> str:
    return f"at a cost {_yearly(case, need, 'lower')}"


def _more_money(case: BidCase, need: Need) -> str:
    return f"with {_yearly(case, need, 'more')} in {_budgets(need)}"


def _budgets(need: Need) -> str:
    what = agreeing(len(need.rules), "the budget that limits it", "the budgets that limit it")
    return f"{what}{_rules(need)}"


def _no_score(case: BidCase, need: Need) -> str:
    if need.beyond:
        more = _points(case, need.amount or 0)
        return f"No score could have won: it would have needed {more} more, and no bid of its theme can get that many."
    if need.verdict == "not_established":
        return "How many more points it would have needed was not established within the work that is allowed."
    return f"No score would have been enough: {need.why}{_rules(need)}."


def _no_cost(_: BidCase, need: Need) -> str:
    if need.verdict == "not_established":
        return "By how much its cost would have had to be lower was not established."
    return f"Even at no cost it would not have been funded: {need.why}{_rules(need)}."


def _no_budget(case: BidCase, need: Need) -> str:
    if need.verdict == "others_first":
        return f"Even with {_yearly(case, need, 'more')} in {_budgets(need)} other bids would have come before it."
    if need.verdict == "not_established":
        return f"How much more budget it would have needed was not established{f': {need.why}' if need.why else ''}."
    return f"No larger budget alone would have funded it: {need.why}{_rules(need)}."


FOUND = {"score": _more_points, "cost": _lower_cost, "budget": _more_money}
OTHERWISE = {"score": _no_score, "cost": _no_cost, "budget": _no_budget}


def _score_to_lose(case: BidCase, need: Need) -> str:
    if need.verdict == "not_established":
        return "How many points it could lose and keep its award was not established within the work that is allowed."
    if need.verdict == "impossible":
        return f"No loss of points would take its award away: {need.why}{_rules(need)}."
    if not need.amount:
        return "Its award is not sure as it is: another set of awards is equal."
    less = need.amount - 1
    kept = f"{_points(case, less)} fewer it would still be funded" if less else "its score as it is it is funded"
    return f"With {kept}; with {_points(case, need.amount)} fewer its award would no longer be sure."


def _changes(case: BidCase) -> Iterator[str]:
    if not case.changes_known:
        return
    gained, lost = listing(case.gained), listing(case.lost)
    if case.funded:
        also = f", and {lost} would not be" if lost else ""
        yield f"If it withdrew, {gained or 'no other bid'} would be funded{also}."
    elif lost:
        yield f"To fund it, {lost} would have had to give way{f', and {gained} would have come in' if gained else ''}."


def _rules(need: Need) -> str:
    return f" ({agreeing(len(need.rules), 'rule')} {listing(need.rules)})" if need.rules else ""


def _either(parts: list[str]) -> str:
    return ", or ".join(parts)
