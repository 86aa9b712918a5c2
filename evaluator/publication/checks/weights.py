"""Checks of the weights: every leaf has one, they add up to 100, and each carries what it says."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from evaluator.publication.locations import common_questions, in_theme, own_questions
from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text, up_to_places
from evaluator.records.programme.criteria import PRICE, Criteria, PricePolicy, Theme
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.results.scores import EffectiveWeight

WHOLE = 100
FINEST = 4  # decimal places of a weight that is proposed


def weights_add_up_to_100(criteria: Criteria) -> Iterator[Finding]:
    """Find themes whose published weights are not 100 together."""
    for theme in criteria.themes:
        weights = criteria.counted(theme.id).weights  # what only admits is no part of the whole
        total = sum(weights.values(), Decimal(0))
        if total != WHOLE:
            facts = {"total": decimal_text(total), "instead": _of_100(weights, total)}
            yield finding("E-CRIT-101", in_theme(theme, "weights"), theme=theme.id, **facts)


def _of_100(weights: Mapping[str, Decimal], total: Decimal) -> str:
    """Say how weights of another whole are written as parts of 100, or that they cannot be exactly.

    >>> _of_100({"Q1": Decimal(75), "price": Decimal(125)}, Decimal(200))
    'in the same proportions that is Q1 37.5 and price 62.5'
    >>> _of_100({"Q1": Decimal(14), "price": Decimal(20)}, Decimal(34)).split(":")[0]
    'no weights of up to 4 decimal places keep these proportions'
    """
    parts = {leaf: 100 * Fraction(weight) / Fraction(total) for leaf, weight in weights.items()} if total else {}
    if parts and all((part * 10**FINEST).denominator == 1 for part in parts.values()):
        listed = [f"{leaf} {up_to_places(part, FINEST)}" for leaf, part in parts.items()]
        return f"in the same proportions that is {short_listing(listed, most=20)}"
    return (
        f"no weights of up to {FINEST} decimal places keep these proportions: another whole than 100 is not worked "
        "out, and rounded weights can part bids that are equal, so publish them only as what counts"
    )


def weights_name_a_question(criteria: Criteria) -> Iterator[Finding]:
    """Find weights of something that is neither a question of the theme nor the price."""
    common = {question.id for question in criteria.common}
    for theme in criteria.themes:
        known = common | {question.id for question in theme.question} | {PRICE}
        for leaf in theme.weights:
            if leaf not in known:
                yield finding("E-CRIT-102", in_theme(theme, f"weights.{leaf}"), theme=theme.id, leaf=leaf)


def questions_have_a_weight(criteria: Criteria) -> Iterator[Finding]:
    """Find questions that are asked and not weighted: a theme's own, or a common one that no theme weights."""
    for theme in criteria.themes:
        for place, question in own_questions(theme):
            if question.id not in theme.weights:
                yield finding("E-CRIT-103", place.key("id"), question=question.id)
    for place, question in common_questions(criteria):
        asked = any(criteria.applies(question, theme.id) for theme in criteria.themes)
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
            if not question.relative_weight:
                yield finding("E-CRIT-106", place.key("relative_weight"), question=question.id)
    for theme in criteria.themes:
        for place, question in own_questions(theme):
            if question.relative_weight is not None:
                yield finding("E-CRIT-107", place.key("relative_weight"), question=question.id, theme=theme.id)


def common_questions_keep_their_proportions(criteria: Criteria) -> Iterator[Finding]:
    """Find themes whose common questions do not stand to each other as in every theme that asks them."""
    relative = {question.id: Fraction(question.relative_weight or 0) for question in criteria.common}
    published = any(relative.values())
    known = relative if published else {}
    for theme in criteria.themes:
        asked = [question.id for question in criteria.common if criteria.applies(question, theme.id)]
        if not all(leaf in theme.weights for leaf in asked):
            continue  # already found: a question that is asked and has no weight
        wrong = sorted(_out_of_proportion(theme, {leaf: known[leaf] for leaf in asked if leaf in known}).items())
        if wrong:
            words = "; ".join(f"{leaf} has {_short(theme.weights[leaf])}, not {_short(due)}" for leaf, due in wrong)
            yield finding("E-CRIT-105", in_theme(theme, "weights"), theme=theme.id, words=words)
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
            if not weight:
                yield finding("E-CRIT-108", in_theme(theme, f"weights.{leaf}"), theme=theme.id, leaf=leaf)


def weights_carry_what_they_say(criteria: Criteria) -> Iterator[Finding]:
    """Find leaves whose share of the greatest possible total is not their published weight, where these add up to 100.

    Themes whose weights do not add up, or whose price carries no points by its method, are found by other checks.
    """
    themes = {theme.id: criteria.counted(theme.id) for theme in criteria.themes}
    for weight in effective_weights(criteria):
        theme = themes[weight.theme]
        gives_points = _gives_points(criteria.price_policy(theme.id))
        if weight.effective != weight.published and gives_points and sum(theme.weights.values()) == WHOLE:
            place = in_theme(theme, f"weights.{weight.question}")
            facts = {"published": _short(weight.published), "effective": _short(weight.effective)}
            yield finding("E-CRIT-109", place, theme=theme.id, leaf=weight.question, **facts)


def effective_weights(criteria: Criteria) -> tuple[EffectiveWeight, ...]:
    """Give every published weight beside the percentage of the greatest possible total that it carries.

    The arithmetic is the one that scoring applies: a question's points are its mark over the highest mark, times its
    weight; price earns at most what its method can give. A theme whose weights are all nought has no shares: 0.
    """
    themes = (criteria.counted(theme.id) for theme in criteria.themes)
    return tuple(weight for theme in themes for weight in _of_theme(theme, criteria.price_policy(theme.id)))


def _of_theme(theme: Theme, policy: PricePolicy | None) -> Iterator[EffectiveWeight]:
    greatest = {leaf: Fraction(weight) for leaf, weight in theme.weights.items()}
    if PRICE in greatest:
        greatest[PRICE] *= greatest_share(policy)
    total = sum(greatest.values())
    for leaf, points in greatest.items():
        effective = WHOLE * points / total if total else Fraction(0)
        yield EffectiveWeight(theme.id, leaf, Fraction(theme.weights[leaf]), effective)


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
