"""Checks of the weights: every leaf has one, they add up to 100, and each carries what it says."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from evaluator.publication.locations import common_questions, in_theme, own_questions, programme
from evaluator.records.english import listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Severity
from evaluator.records.numbers import decimal_text, exact_text, up_to_places
from evaluator.records.programme.criteria import PRICE, Criteria, PricePolicy, Theme
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.results.effective_weight import EffectiveWeight


def weights_add_up_to_the_whole(criteria: Criteria) -> Iterator[Finding]:
    """Find themes whose published weights do not come to the published whole together, which else is 100."""
    for theme in criteria.themes:
        # What only admits is no part of the whole.
        total = sum(criteria.counted(theme.id).weights.values(), Decimal(0))
        whole = criteria.whole_of(theme.id)
        if Fraction(total) != whole:
            facts = {"total": decimal_text(total), "whole": exact_text(whole)}
            yield finding("E-CRIT-101", in_theme(theme, "weights"), theme=theme.id, **facts)


def the_whole_is_something(criteria: Criteria) -> Iterator[Finding]:
    """Find a published whole of nothing."""
    if criteria.total is not None and not criteria.total:
        yield finding("E-CRIT-120", programme("total"))
    for theme in criteria.themes:
        if theme.total is not None and not theme.total:
            yield finding("E-CRIT-120", in_theme(theme, "total"))


def totals_are_compared_alike(criteria: Criteria) -> Iterator[Finding]:
    """Find themes with other totals whose points decide between them over money that is shared."""
    policy = criteria.allocation
    if policy is None or len(criteria.wholes) < 2 or "score_by_theme" in policy.objective:
        return
    if any(rule.traits.counts == "money" and rule.traits.scope in ("all", "year") for rule in criteria.rules):
        first = next(theme for theme in criteria.themes if theme.total is not None)
        yield finding("E-CRIT-235", in_theme(first, "total"), wholes=listing(map(exact_text, criteria.wholes)))


def weights_name_a_question(criteria: Criteria) -> Iterator[Finding]:
    """Find weights of something that is neither a question of the theme nor the price."""
    common = {question.id for question in criteria.common}
    for theme in criteria.themes:
        known = common | {question.id for question in theme.question} | {one.id for one in criteria.measured} | {PRICE}
        for leaf in theme.weights:
            if leaf not in known:
                yield finding("E-CRIT-102", in_theme(theme, f"weights.{leaf}"), theme=theme.id, leaf=leaf)


def questions_have_a_weight(criteria: Criteria) -> Iterator[Finding]:
    """Find questions that are asked and not weighted: a theme's own, or a common one that no theme weights."""
    for theme in criteria.themes:
        for place, question in own_questions(theme):
            if question.counts and question.id not in theme.weights:
                yield finding("E-CRIT-103", place.key("id"), question=question.id)
    for place, question in common_questions(criteria):
        asked = question.counts and any(criteria.applies(question, theme.id) for theme in criteria.themes)
        if asked and not any(question.id in theme.weights for theme in criteria.themes):
            yield finding("E-CRIT-103", place.key("id"), question=question.id)


def common_questions_count_in_every_theme(criteria: Criteria) -> Iterator[Finding]:
    """Find common questions that one theme weights and another, which asks them too, leaves out."""
    for question in criteria.common:
        counted = [theme for theme in criteria.themes if question.id in theme.weights]
        for theme in criteria.themes:
            if counted and theme not in counted and criteria.applies(question, theme.id):
                place = in_theme(theme, "weights")
                yield finding("E-CRIT-104", place, question=question.id, theme=theme.id, other=counted[0].id)


def relative_weights_are_complete(criteria: Criteria) -> Iterator[Finding]:
    """Find common questions without the relative weight that others have, and other questions that have one."""
    if any(question.relative_weight is not None for question in criteria.common):
        for place, question in common_questions(criteria):
            if not question.relative_weight and question.answered == "marked":
                yield finding("E-CRIT-106", place.key("relative_weight"), question=question.id)
    for theme in criteria.themes:
        for place, question in own_questions(theme):
            if question.relative_weight is not None:
                yield finding("E-CRIT-107", place.key("relative_weight"), question=question.id, theme=theme.id)


def common_questions_keep_their_proportions(criteria: Criteria) -> Iterator[Finding]:
    """Find themes whose common questions do not stand to each other as in every theme that asks them.

    A fund may weigh them otherwise in each of its grants: where it publishes no ratios, that is no more than a note.
    """
    relative = {question.id: Fraction(question.relative_weight or 0) for question in criteria.common}
    published = any(relative.values())
    known = relative if published else {}
    for theme in criteria.themes:
        asked = [one.id for one in criteria.common if one.answered == "marked" and criteria.applies(one, theme.id)]
        if not all(leaf in theme.weights for leaf in asked):
            continue  # already found: a question that is asked and has no weight
        wrong = sorted(_out_of_proportion(theme, {leaf: known[leaf] for leaf in asked if leaf in known}).items())
        if wrong:
            words = "; ".join(f"{leaf} has {_short(theme.weights[leaf])}, not {_short(due)}" for leaf, due in wrong)
            made = finding("E-CRIT-105", in_theme(theme, "weights"), theme=theme.id, words=words)
            free = criteria.regime == "grant" and not published
            yield replace(made, severity=Severity.NOTE) if free else made
        if not published:
            known = _learned(theme, asked, known) | known


def _learned(theme: Theme, asked: list[str], known: dict[str, Fraction]) -> dict[str, Fraction]:
    """Take the ratios that no earlier theme set from this one, on the scale of those that are known."""
    weights = {leaf: Fraction(theme.weights[leaf]) for leaf in asked}
    scale = next((known[leaf] / weight for leaf, weight in weights.items() if weight and leaf in known), Fraction(1))
    return {leaf: weight * scale for leaf, weight in weights.items()}


def _out_of_proportion(theme: Theme, relative: dict[str, Fraction]) -> dict[str, Fraction]:
    """Give the due weight of each common question that has another, the sum of all of them kept."""
    together = sum(Fraction(theme.weights[leaf]) for leaf in relative)
    if 0 in relative.values():
        return {}  # already found: a common question with no relative weight
    due = {leaf: together * share / sum(relative.values()) for leaf, share in relative.items()}
    return {leaf: weight for leaf, weight in due.items() if weight != Fraction(theme.weights[leaf])}


def no_weight_is_nought(criteria: Criteria) -> Iterator[Finding]:
    """Find leaves that are asked for and count for nothing."""
    for theme in criteria.themes:
        for leaf, weight in theme.weights.items():
            if not weight and not criteria.passed_or_failed(leaf):
                yield finding("E-CRIT-108", in_theme(theme, f"weights.{leaf}"), theme=theme.id, leaf=leaf)


def weights_carry_what_they_say(criteria: Criteria) -> Iterator[Finding]:
    """Find leaves that carry another share of the greatest possible total than of the published whole.

    Themes whose weights do not add up, or whose price carries no points by its method, are found by other checks.
    """
    themes = {theme.id: criteria.counted(theme.id) for theme in criteria.themes}
    for weight in effective_weights(criteria):
        theme = themes[weight.theme]
        gives_points = _gives_points(criteria.price_policy(theme.id))
        whole = criteria.whole_of(theme.id)
        if not gives_points or sum(theme.weights.values()) != whole or not whole:
            continue
        share = 100 * weight.published / whole
        if weight.effective != share:
            place = in_theme(theme, f"weights.{weight.question}")
            facts = {"published": _short(share), "effective": _short(weight.effective)}
            yield finding("E-CRIT-109", place, theme=theme.id, leaf=weight.question, **facts)


def effective_weights(criteria: Criteria) -> tuple[EffectiveWeight, ...]:
    """Give every published weight beside the percentage of the greatest possible total that it carries.

    The arithmetic is the one that scoring applies: a question's points are its mark over the highest mark, times its
    weight; price earns at most what its method can give. A theme whose weights are all nought has no shares: 0.
    """
    shares = {one.id: one.greatest_share for one in criteria.measured}
    themes = ((criteria.counted(theme.id), criteria.price_policy(theme.id)) for theme in criteria.themes)
    every = ((theme, policy, criteria.whole_of(theme.id)) for theme, policy in themes)
    return tuple(weight for theme, policy, whole in every for weight in _of_theme(theme, policy, shares, whole))


def _of_theme(
    theme: Theme, policy: PricePolicy | None, shares: Mapping[str, Fraction], whole: Fraction
) -> Iterator[EffectiveWeight]:
    greatest = {leaf: Fraction(weight) * shares.get(leaf, 1) for leaf, weight in theme.weights.items()}
    if PRICE in greatest:
        greatest[PRICE] *= greatest_share(policy)
    total = sum(greatest.values())
    for leaf, points in greatest.items():
        effective = 100 * points / total if total else Fraction(0)
        yield EffectiveWeight(theme.id, leaf, Fraction(theme.weights[leaf]), effective, whole)


def greatest_share(policy: PricePolicy | None) -> Fraction:
    """Give the most that a price above 0 can earn, as a share of the points for price.

    It is 1 for every method that gives the best price all the points, and 0 where price has an index instead. A policy
    that is missing, unknown or has unusable parameters counts as 1, since other checks find it.
    """
    if policy is None:
        return Fraction(1)
    if not _gives_points(policy):
        return Fraction(0)
    terms = METHODS.get(policy.method)
    return terms.greatest_share(terms.given(policy.parameters)) if terms else Fraction(1)


def _gives_points(policy: PricePolicy | None) -> bool:
    return policy is None or policy.method not in METHODS or METHODS[policy.method].gives == "points"


def _short(value: Fraction | Decimal) -> str:
    """Write a number with at most two decimal places, and say when it was shortened."""
    exact = Fraction(value)
    text = up_to_places(exact, 2)
    return text if Fraction(text) == exact else f"about {text}"
