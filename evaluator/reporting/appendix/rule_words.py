"""Every kind of rule of award in a sentence for bidders, with all its figures."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from evaluator.records.english import count_of
from evaluator.records.numbers import decimal_text, pounds
from evaluator.records.programme.allocation_policy import SEARCH_LIMITS, AllocationPolicy, Method, Objective
from evaluator.records.programme.rules import (
    EVERY_THEME,
    EXCLUDES,
    Budget,
    Capacity,
    Exclusive,
    ForEachKind,
    FundFirst,
    GroupFloor,
    LeastLevel,
    Linked,
    MeritOrder,
    MustFund,
    OrganisationAwards,
    OrganisationMoney,
    OutcomeFloor,
    ReserveList,
    Rule,
    SmallShare,
    ThemeAwards,
    ThemeBudget,
    ThemeRule,
    ThemeShare,
    Variants,
    WardFloor,
    YearBudget,
)

KNOWN = {"id", "title", "source", "kind", "limit", "least", "most", "theme", "year", "bids", "bid", "group"}
KNOWN |= {"gives_way", "committed", "carry_over", "of", "themes", "reason", "length", "ward", "outcome"}
KNOWN |= {"passes_over", "unaffordable", "max_gap", "bands", "tie_break", "rank", "score"}
OBJECTIVES: Mapping[Objective, str] = {
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
METHODS: Mapping[Method, str] = {
    "optimise": "Optimise: among all sets of bids that keep every rule below, the best set by the objectives is "
    "recommended, found by exact optimisation and proven.",
    "priority": "Priority: bids are taken in order of score over all themes, each funded if every limit still holds. "
    "Floors are checked at the end.",
    "equal_shares": "Equal shares: everybody who votes has the same sum to spend, and projects are bought with it.",
    "fixed_lots": "Fixed lots: each theme has one award, to its best bid that the rules allow.",
}
UNAFFORDABLE = {
    "skip": "a bid that does not fit is passed over, and the next one is looked at",
    "stop": "after a bid that does not fit, no further bid of its theme is funded",
}


LEFT_OVER = (
    "What is left of the programme's budget then goes to the best bids not yet funded, whatever their theme's budget."
)
NOT_LEFT_OVER = "What is left over is not awarded to bids beyond their theme's budget; it stays with the authority."
WITHOUT_ORDER = (
    "A better bid can so be left out. For example: of £90,000 in a theme, with bids of 90 points for £60,000, of 80 "
    "for £50,000 and of 70 for £40,000, the last two are funded, since they have 150 points together."
)
PASSED = "A better bid can so be passed over. For example: "
BY_ITS_LIMIT = (
    f"{PASSED}the organisation of a bid of 90 points already has, in other themes or ahead of it in its own, the most "
    "that a rule named as a ground allows; the next bid, of 80 points, is funded."
)
BY_MONEY = (
    f"{PASSED}£45,000 are left, a bid of 80 points for £50,000 does not fit, and one of 70 points for £40,000 of the "
    "same theme is funded."
)
WITHIN_GAP = (
    f"{PASSED}a bid for £50,000 is {{gap}} points ahead of one for £40,000 of the same theme, which may be funded in "
    "its place."
)
ADDED = {
    "committed": "Of these, £{committed} are taken by contracts that exist already.",
    "carry_over": "What the year before leaves of its own limit may be spent as well.",
    "reason": "The reason: {reason}",
    "gives_way": "Where rules cannot hold together, relaxing this one by one unit counts {gives_way}.",
}
Titles = Mapping[str, str]  # of themes, by their ids


def rule_sentence(rule: Rule, titles: Mapping[str, str]) -> str:
    """Say what a rule demands, of whom, in a sentence with every figure."""
    return " ".join([SENTENCES[rule.kind](rule, titles), *_added(rule.model_dump(exclude_none=True))])


def _budget(rule: Budget, _: Titles) -> str:
    return f"All awards, all years together, cost at most {_pounds(rule.limit)}."


def _year_budget(rule: YearBudget, _: Titles) -> str:
    return f"All awards cost at most {_pounds(rule.limit)} in {rule.year}."


def _theme_budget(rule: ThemeBudget, titles: Titles) -> str:
    year = f" in {rule.year}" if rule.year else ""
    return f"The awards of {_themes(rule, titles)}{year} cost {_between(_pounds(rule.least), _pounds(rule.limit))}."


def _theme_share(rule: ThemeShare, titles: Titles) -> str:
    share = _between(_percent(rule.least), _percent(rule.most))
    whole = "the programme's budget" if rule.of == "budget" else "what all awards cost"
    return f"The awards of {_themes(rule, titles)} cost {share} of {whole}."


def _theme_awards(rule: ThemeAwards, titles: Titles) -> str:
    most = "" if rule.most is None else str(rule.most)
    return f"There are {_between(str(rule.least), most)} awards in {_themes(rule, titles)}."


def _organisation_awards(rule: OrganisationAwards, _: Titles) -> str:
    return f"No organisation, alone or as a member of a consortium, has more than {count_of(rule.limit, 'award')}."


def _organisation_money(rule: OrganisationMoney, _: Titles) -> str:
    return (
        "No organisation, alone or as a member of a consortium, is in awards of more than "
        f"{_pounds(rule.limit)} in all; the whole money of a consortium counts for each of its members."
    )


def _capacity(rule: Capacity, _: Titles) -> str:
    awards = f"the awards in {', '.join(rule.themes)}" if rule.themes else "all awards"
    return f"The contract management hours of {awards} come to at most {decimal_text(rule.limit)}."


def _exclusive(rule: Exclusive, _: Titles) -> str:
    return f"At most {rule.limit} of these bids are funded: {', '.join(rule.bids)}."


def _linked(rule: Linked, _: Titles) -> str:
    return f"These bids are all funded or none of them is: {', '.join(rule.bids)}."


def _must_fund(rule: MustFund, _: Titles) -> str:
    return f"The bid {rule.bid} is funded."


def _variants(rule: Variants, _: Titles) -> str:
    return f"Of bids that one organisation offers as variants of one another, at most {rule.limit} may be funded."


def _least_level(rule: LeastLevel, _: Titles) -> str:
    return f"No bid is funded at less than {_percent(rule.least)} of its ask."


def _reserve_list(rule: ReserveList, titles: Titles) -> str:
    where = _themes(rule, titles)
    return f"In {where} the best {rule.length} bids that are not funded wait on a reserve list, in order of score."


def _merit_order(rule: MeritOrder, titles: Titles) -> str:
    order = f"In {_themes(rule, titles)} a bid is funded only if every better-ranked bid"
    order += f"{' of the same theme' if rule.theme == EVERY_THEME else ''} that could be funded is funded as well"
    passed = ", or may be passed over" if rule.passes_over or rule.max_gap or rule.unaffordable == "pass_over" else ""
    return " ".join([f"{order}{passed}. Bids of equal rank do not bind one another.", *_merit(rule)])


def _merit(rule: MeritOrder) -> Iterator[str]:
    """Say what makes the rank, and on which grounds a better-ranked bid is passed over."""
    if rule.bands:
        edges = ", ".join(map(decimal_text, rule.bands))
        within = "; then ".join(OBJECTIVES[one] for one in rule.tie_break) or "nothing: they are of equal rank"
        yield f"Bids are ranked by bands of total scores from {edges} and below; within a band decides: {within}."
    named = [f"rule {one}" if one != EXCLUDES else "that two bids exclude each other" for one in rule.passes_over]
    named += ["a limit on money"] if rule.unaffordable == "pass_over" else []
    if named:
        yield (
            f"A better-ranked bid is passed over where {' or '.join(named)} would be broken by funding it, at its "
            "lowest usable level and with the bids that it is linked with, beside the awards of the other themes and "
            "those of its own theme that are ranked at or above it. Refusals in two themes can so rest on each other."
        )
    if rule.max_gap:
        yield f"It may also be passed over by bids that are at most {decimal_text(rule.max_gap)} points behind it."
    if rule.unaffordable == "stop":
        yield "A bid that the money is too little for ends the awards of its theme."


def _fund_first(rule: FundFirst, titles: Titles) -> str:
    which = f"from {decimal_text(rule.score)} points on" if rule.score is not None else f"up to rank {rule.rank}"
    return f"In {_themes(rule, titles)} every bid {which} that could be funded by itself is funded before any other."


def _ward_floor(rule: WardFloor, _: Titles) -> str:
    if rule.ward:
        return f"At least {rule.least} awards serve {rule.ward}, as the bids say."
    return f"The awards together serve at least {rule.least} different wards, as the bids say."


def _group_floor(rule: GroupFloor, _: Titles) -> str:
    return f"At least {rule.least} awards serve {rule.group}, as the bids say."


def _outcome_floor(rule: OutcomeFloor, _: Titles) -> str:
    return f"At least {rule.least} awards work towards {rule.outcome}, as the bids say."


def _small_share(rule: SmallShare, _: Titles) -> str:
    what = "of the awards go" if rule.of == "awards" else "of the awarded money goes"
    return f"At least {_percent(rule.least)} {what} to small organisations."


SENTENCES: ForEachKind[Callable[[Any, Titles], str]] = {
    "budget": _budget,
    "year_budget": _year_budget,
    "theme_budget": _theme_budget,
    "theme_share": _theme_share,
    "theme_awards": _theme_awards,
    "organisation_awards": _organisation_awards,
    "organisation_money": _organisation_money,
    "capacity": _capacity,
    "exclusive": _exclusive,
    "linked": _linked,
    "must_fund": _must_fund,
    "variants": _variants,
    "least_level": _least_level,
    "reserve_list": _reserve_list,
    "merit_order": _merit_order,
    "fund_first": _fund_first,
    "ward_floor": _ward_floor,
    "group_floor": _group_floor,
    "outcome_floor": _outcome_floor,
    "small_share": _small_share,
}


def _themes(rule: ThemeRule, titles: Titles) -> str:
    return "each theme" if rule.theme == EVERY_THEME else f"{titles.get(rule.theme, rule.theme)} ({rule.theme})"


def _pounds(amount: Decimal | None) -> str:
    return "" if amount is None else pounds(int(amount * 100))


def _percent(share: Decimal | None) -> str:
    return "" if share is None else f"{decimal_text(share)} %"


def _between(least: str, most: str) -> str:
    return " and ".join([*([f"at least {least}"] if least else []), *([f"at most {most}"] if most else [])])


def _added(facts: Mapping[str, Any]) -> list[str]:
    return [words.format(**{key: facts[key]}) for key, words in ADDED.items() if facts.get(key)]


def award_words(policy: AllocationPolicy) -> Iterator[tuple[str, str]]:
    """Say how awards are made, each rule under its subject: the method, what is best, what decides between equals."""
    stages = "; then ".join(OBJECTIVES[one] for one in policy.objective)
    ties = "; then ".join(OBJECTIVES[one] for one in policy.tie_break)
    applied = policy.method == "optimise"
    yield "method", METHODS[policy.method]
    alone = "" if applied else " (This list is applied by the method optimise only.)"
    yield "objective", f"What is best: {stages}.{alone}"
    yield "ties", f"Between equals: {ties}." if ties else "Between equals nothing further is published."
    yield "still_equal", _still_equal(policy.draw_seed)
    yield "least", _least_words(policy)
    yield (
        "money",
        f"Which bid comes next when money runs out is said by the rules; the word for lists, {policy.on_unaffordable}, "
        "decides nothing by this method."
        if applied
        else f"If money runs out: {UNAFFORDABLE[policy.on_unaffordable]}.",
    )
    yield "leftovers", LEFT_OVER if policy.leftovers else NOT_LEFT_OVER
    yield "search", _search_words(policy)
    yield from _told_where_published(policy)


def _told_where_published(policy: AllocationPolicy) -> Iterator[tuple[str, str]]:
    """Say what few programmes publish: levels of funding, how many equal sets are listed, weights of themes."""
    if policy.level:
        said = (f"at {_percent(one.share)} of its ask, with {_percent(one.score)} of its score" for one in policy.level)
        yield "levels", f"A bid may be funded whole, or {'; or '.join(said)}."
    if policy.tied_cap:
        yield "listed", f"Where sets are equal by all that is published, at most {policy.tied_cap} of them are listed."
    if policy.theme_weights:
        said = (f"{theme} {decimal_text(weight)}" for theme, weight in policy.theme_weights.items())
        yield "theme_weights", f"The weight of each theme: {'; '.join(said)}."


def _still_equal(seed: str) -> str:
    """Say what becomes of sets that are equal by everything published before it."""
    if not seed:
        return "What is still equal after that is reported, and people decide with reasons."
    return (
        "What is still equal after that is decided by a draw that anyone can repeat: each equal set gets the SHA-256 "
        f"of the published seed, “{seed}”, and then its awards in order of bid, one a line; the lowest is drawn."
    )


def inversion_words(policy: AllocationPolicy, rules: Sequence[Rule], themes: Collection[str]) -> tuple[str, ...]:
    """Give worked awards in which a better-ranked bid is not funded and a worse-ranked one is, where that can be.

    Parameters
    ----------
    rules : every rule of the programme.
    themes : the ids of its themes.
    """
    if policy.method != "optimise":
        return ()
    orders = [rule for rule in rules if isinstance(rule, MeritOrder)]
    ordered = {rule.theme for rule in orders}
    found = [] if EVERY_THEME in ordered or ordered.issuperset(themes) else [WITHOUT_ORDER]
    found += [BY_ITS_LIMIT] * any(set(rule.passes_over) - {EXCLUDES} for rule in orders)
    found += [BY_MONEY] * any(rule.unaffordable == "pass_over" for rule in orders)
    gaps = sorted({decimal_text(rule.max_gap) for rule in orders if rule.max_gap})
    return (*found, *(WITHIN_GAP.format(gap=gap) for gap in gaps))


def _search_words(policy: AllocationPolicy) -> str:
    """Say what bounds the search: the same work on every machine."""
    named = [f"{f'up to {one.bids:,} bids' if one.bids else 'more'}, {one.words}" for one in SEARCH_LIMITS]
    usual = AllocationPolicy.model_fields["time_limit"].default
    clock = "no clock is looked at"
    if policy.time_limit != usual:
        clock += f", and the time limit of {policy.time_limit} seconds bounds nothing"
    return (
        "The search for the best set, and the proof that no better one exists, is bounded by work that is counted: "
        f"{'; '.join(named)} (of a solver's search tree, and of the simplex method; {clock}). "
        "What is not proven by then is reported as not proven, and no award is recommended on it."
    )


def _least_words(policy: AllocationPolicy) -> str:
    own = "".join(f" In {theme} it is {decimal_text(it)}." for theme, it in sorted(policy.minimum_scores.items()))
    if policy.minimum_score is None:
        return f"No least total score is asked for{' in other themes' if own else ''}.{own}"
    least = decimal_text(policy.minimum_score)
    return f"A bid with a total score below {least} is not funded; exactly {least} is enough.{own}"
