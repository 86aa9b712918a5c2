"""Every kind of rule of award in a sentence for bidders, with all its figures."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from evaluator.records.numbers import decimal_text, pounds
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.programme.rules import (
    EVERY_THEME,
    Capacity,
    LeastLevel,
    OutcomeFloor,
    ReserveList,
    Rule,
    SmallShare,
    ThemeShare,
    Variants,
    WardFloor,
)

KNOWN = {"id", "title", "source", "kind", "limit", "least", "most", "theme", "year", "bids", "bid", "group"}
KNOWN |= {"gives_way", "committed", "carry_over", "of", "themes", "reason", "length", "ward", "outcome"}
OBJECTIVES = {
    "total_score": "the greatest sum of total scores",
    "score_by_money": "the greatest sum of total scores, each multiplied by what is awarded",
    "score_by_people": "the greatest sum of total scores, each multiplied by the people served",
    "score_by_theme": "the greatest sum of total scores, each multiplied by the published weight of its theme",
    "outcomes_covered": "the most different outcomes worked towards",
    "wards_covered": "the most different wards served",
    "groups_covered": "the most different groups served",
    "lower_cost": "the lower cost",
    "fewer_awards": "the fewer awards",
}
METHODS = {
    "optimise": "Optimise: among all sets of bids that keep every rule below, the best set by the objectives is "
    "recommended, found by exact optimisation and proven.",
    "priority": "Priority: bids are taken in order of score over all themes, each funded if every limit still holds. "
    "Floors are checked at the end.",
    "fixed_lots": "Fixed lots: each theme has one award, to its best bid that the rules allow.",
}
UNAFFORDABLE = {
    "skip": "a bid that does not fit is passed over, and the next one is looked at",
    "stop": "after a bid that does not fit, no further bid of its theme is funded",
}


def rule_sentence(rule: Rule, titles: Mapping[str, str]) -> str:
    """Say what a rule demands, of whom, in a sentence with every figure."""
    facts = rule.model_dump(exclude_none=True)
    where = _where(facts, titles)
    least, most = _figure(rule.kind, facts.get("least")), _figure(rule.kind, facts.get("limit", facts.get("most")))
    sentence = _further(rule, where, least, most) or _plain(rule.kind, facts, where, least, most)
    return " ".join([sentence, *_added(facts)])


def _plain(kind: str, facts: Mapping[str, Any], where: str, least: str, most: str) -> str:
    bids = ", ".join(facts.get("bids", ()))
    return {
        "budget": f"All awards, all years together, cost at most {most}.",
        "year_budget": f"All awards cost at most {most} in {facts.get('year')}.",
        "theme_budget": f"The awards of {where} cost {_between(least, most)}.",
        "theme_awards": f"There are {_between(least, most)} awards in {where}.",
        "organisation_awards": f"No organisation, alone or as a member of a consortium, has more than {most} awards.",
        "organisation_money": "No organisation, alone or as a member of a consortium, is in awards of more than "
        f"{most} in all; the whole money of a consortium counts for each of its members.",
        "capacity": f"The contract management hours of all awards come to at most {most}.",
        "exclusive": f"At most {most} of these bids are funded: {bids}.",
        "linked": f"These bids are all funded or none of them is: {bids}.",
        "must_fund": f"The bid {facts.get('bid')} is funded.",
        "ward_floor": f"The awards together serve at least {least} different wards, as the bids say.",
        "group_floor": f"At least {least} awards serve {facts.get('group')}, as the bids say.",
        "small_share": f"At least {least} % of the awarded money goes to small organisations.",
    }[kind]


ADDED = {
    "committed": "Of these, £{committed} are taken by contracts that exist already.",
    "carry_over": "What the year before leaves of its own limit may be spent as well.",
    "reason": "The reason: {reason}",
    "gives_way": "Where rules cannot hold together, relaxing this one by one unit counts {gives_way}.",
}


def _added(facts: Mapping[str, Any]) -> list[str]:
    return [words.format(**{key: facts[key]}) for key, words in ADDED.items() if facts.get(key)]


def _further(rule: Rule, where: str, least: str, most: str) -> str:
    """Say what rules demand that look at shares, services, single wards, variants, levels, outcomes and reserves."""
    if isinstance(rule, ThemeShare):
        share = _between(f"{least} %" if least else "", f"{most} %" if most else "")
        whole = "the programme's budget" if rule.of == "budget" else "what all awards cost"
        return f"The awards of {where} cost {share} of {whole}."
    if isinstance(rule, Variants):
        return f"Of bids that one organisation offers as variants of one another, at most {rule.limit} may be funded."
    if isinstance(rule, ReserveList):
        return f"In {where} the best {rule.length} bids that are not funded wait on a reserve list, in order of score."
    if isinstance(rule, Capacity) and rule.themes:
        hours = decimal_text(rule.limit)
        return f"The contract management hours of the awards in {', '.join(rule.themes)} come to at most {hours}."
    return _floors(rule, least)


def _floors(rule: Rule, least: str) -> str:
    if isinstance(rule, LeastLevel):
        return f"No bid is funded at less than {least} % of its ask."
    if isinstance(rule, OutcomeFloor):
        return f"At least {least} awards work towards {rule.outcome}, as the bids say."
    if isinstance(rule, WardFloor) and rule.ward:
        return f"At least {least} awards serve {rule.ward}, as the bids say."
    if isinstance(rule, SmallShare) and rule.of == "awards":
        return f"At least {least} % of the awards go to small organisations."
    return ""


def _where(facts: Mapping[str, object], titles: Mapping[str, str]) -> str:
    theme = str(facts.get("theme", ""))
    named = "each theme" if theme == EVERY_THEME else f"{titles.get(theme, theme)} ({theme})"
    return f"{named} in {facts['year']}" if facts.get("year") else named


def _figure(kind: str, value: object) -> str:
    if value is None:
        return ""
    number = Decimal(str(value))
    return pounds(int(number * 100)) if kind.endswith(("budget", "_money")) else decimal_text(number)


def _between(least: str, most: str) -> str:
    return " and ".join([*([f"at least {least}"] if least else []), *([f"at most {most}"] if most else [])])


def award_words(policy: AllocationPolicy) -> tuple[str, ...]:
    """Say how awards are made: the method, what comes first, what decides between equals, what limits the search."""
    stages = "; then ".join(OBJECTIVES[one] for one in policy.objective)
    ties = "; then ".join(OBJECTIVES[one] for one in policy.tie_break)
    applied = policy.method == "optimise"
    return (
        METHODS[policy.method],
        f"What is best: {stages}." + ("" if applied else " (This list is applied by the method optimise only.)"),
        f"Between equals: {ties}." if ties else "Between equals nothing further is published.",
        "What is still equal after that is reported, and people decide with reasons.",
        _least_words(policy),
        f"If money runs out: {UNAFFORDABLE[policy.on_unaffordable]}."
        + (" (This is applied by the methods priority and fixed lots only.)" if applied else ""),
        "What is left of the programme's budget then goes to the best bids not yet funded, whatever "
        "their theme's budget."
        if policy.leftovers
        else "What is left over is not awarded to bids beyond their theme's budget.",
        f"The proof that no better set exists may take {policy.time_limit} seconds; what is not "
        f"proven by then is reported "
        "as not proven, and no award is recommended on it.",
    )


def _least_words(policy: AllocationPolicy) -> str:
    own = "".join(f" In {theme} it is {decimal_text(it)}." for theme, it in sorted(policy.minimum_scores.items()))
    if policy.minimum_score is None:
        return f"No least total score is asked for{' in other themes' if own else ''}.{own}"
    least = decimal_text(policy.minimum_score)
    return f"A bid with a total score below {least} is not funded; exactly {least} is enough.{own}"
