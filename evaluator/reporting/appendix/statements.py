"""The rules that hold for scoring, in words: price, rounding, moderation, ties, minimums."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from pydantic import BaseModel

from evaluator.law import regime as law_of
from evaluator.records.english import agreeing, count_of, listing
from evaluator.records.numbers import decimal_text, pounds
from evaluator.records.programme.by_name import TIE_BREAKS
from evaluator.records.programme.criteria import (
    PRICE,
    QUALITY,
    Criteria,
    Moderation,
    PricePolicy,
    Question,
    Rounding,
    Theme,
    tie_break_of,
)
from evaluator.records.programme.price.methods import METHODS, SAME_AS, own_name
from evaluator.records.programme.price.names import titled
from evaluator.reporting.appendix.price_words import WORDS

MODES = {
    "half_up": "a half is rounded away from nought",
    "half_even": "a half is rounded to the even neighbour",
    "up": "every rest is rounded away from nought",
    "down": "every rest is rounded towards nought",
}
POINTS = {
    "parts": "The quality score and the price points are each rounded once; the total is their sum, "
    "and ranks rest on it.",
    "total": "Quality score and price points stay exact; only the total is rounded, once, and ranks rest on it.",
    "display": "Nothing is rounded but for the eye: ranks rest on exact totals.",
}
HOW = {
    "consensus": "Consensus: evaluators mark each answer alone; then the panel agrees one mark on the scale, with its "
    "reason. Nothing is averaged. The evaluators' own marks are kept.",
    "one_evaluator": "One evaluator: a single evaluator marks each answer, with a reason, and that mark counts.",
}
BASES = {
    "whole_life": "The price that is scored is the sum of the prices of all years.",
    "yearly": "The price that is scored is the sum of the prices of all years, divided by the number of years.",
    "unit_cost": "The price that is scored is the sum of the prices of all years, divided by the "
    "number of units that the "
    "bid offers.",
    "discounted": "The price that is scored is the first year's price as it is, and each later "
    "year's divided once more by 1 "
    "plus the yearly rate, added up.",
}


AVAILABLE = "W is the points available for price: what the weights of the theme give it."
SHOWN = (
    "; a bid whose bidder has shown it is not disregarded for its price (Procurement Act 2023, section 19(3)(c), (4) "
    "and (5))."
)


Said = tuple[str, str]  # the subject that a clause is numbered by, and its words


def price_statements(criteria: Criteria, policy: PricePolicy) -> Iterator[Said]:
    """Say how price is scored by a policy, each rule in a clause; each theme's weights say how many points it has."""
    words, given = WORDS[own_name(policy.method)], given_words(policy)
    same = f" It is the same formula as {SAME_AS[policy.method]}." if policy.method in SAME_AS else ""
    yield "method", f"Method: {titled(policy.method)}.{same} {words.words.format(**given)}"
    yield "formula", f"Formula: {words.formula.format(**given)}. P is the price that is scored."
    yield "points", AVAILABLE if METHODS[policy.method].gives == "points" else _index(policy)
    yield "basis", f"{BASES[policy.basis]}{_unit(policy)}"
    if policy.discount_rate is not None:
        yield "discount", f"The yearly rate of discount is {decimal_text(policy.discount_rate)} %."
    yield from (("bounds", words) for words in _clip(given))
    yield "alone", words.alone.format(**given)
    yield "others", _others(policy)
    yield "nought", "A price of nought is not accepted, and is asked about."
    yield "low", _low_prices(policy, is_the_act=law_of(criteria.regime).is_the_act)


def _index(policy: PricePolicy) -> str:
    best = "highest" if METHODS[policy.method].best_is_highest else "lowest"
    return f"The result is the bid's total, and the {best} ranks first. Price carries no points of its own."


def given_words(policy: PricePolicy) -> Mapping[str, str]:
    """Give every parameter's value as it is written, those that are not published at their default."""
    terms = METHODS[policy.method].parameters
    values = {name: policy.parameters.get(name, term.default) for name, term in terms.items()}
    return {
        name: pounds(Fraction(value) * 100) if terms[name].pounds else decimal_text(value)
        for name, value in values.items()
        if value is not None
    }


def _unit(policy: PricePolicy) -> str:
    return f" A unit is: {policy.unit}." if policy.unit else ""


def _clip(given: Mapping[str, str]) -> Iterator[str]:
    if given.get("clip") == "1":
        yield "Points stay within 0 and W: a result below 0 is 0, a result above W is W."
    elif "clip" in given:
        yield (
            "Points are not kept within 0 and W: a result below 0 is taken off the quality score, one above W is added."
        )


def _others(policy: PricePolicy) -> str:
    if METHODS[policy.method].depends_on_other_bids:
        return (
            "Lowest, highest, mean and median prices, and best and lowest quality, are those of "
            "ranked bids only. If a bid is disregarded or withdrawn later, all are worked out again without it."
        )
    return "What a bid gets does not depend on other bids."


def _low_prices(policy: PricePolicy, *, is_the_act: bool) -> str:
    tests = {
        "below_mean": "more than {} % below the mean of the theme's bids that nobody has disregarded or withdrawn",
        "below_next": "the lowest and more than {} % below the next lowest",
    }
    published = [(words, getattr(policy, key)) for key, words in tests.items()]
    found = [words.format(decimal_text(share)) for words, share in published if share is not None]
    if not found:
        return "No test of an abnormally low price is published."
    return (
        f"A price is looked at as abnormally low if it is {', or if it is '.join(found)}. The "
        f"bidder is told, has a reasonable opportunity to show that it can perform at that price, and a person "
        f"decides with reasons{SHOWN if is_the_act else '.'}"
    )


def rounding_statements(rounding: Rounding) -> tuple[Said, ...]:
    """Say what is rounded, where, to how many places, and how."""
    places = f"to {rounding.places} decimal places" if rounding.places else "to 0 decimal places (whole points)"
    return (("point", POINTS[rounding.point]), ("places", f"Rounding is {places}; {MODES[rounding.mode]}."))


def moderation_statements(moderation: Moderation) -> Iterator[Said]:
    """Say how several marks become the one that counts."""
    yield "method", HOW[moderation.method]
    least = count_of(moderation.least_evaluators, "different evaluator")
    yield "evaluators", f"At least {least} {agreeing(moderation.least_evaluators, 'marks', 'mark')} each answer."
    trigger = moderation.spread_trigger
    yield (
        "spread",
        f"Marks that are {decimal_text(trigger)} or more apart are talked about, and the agreed reason says how."
        if trigger is not None
        else "No spread of marks is published that must be talked about.",
    )
    yield (
        "declarations",
        "Evaluators declare their interests before they mark; whoever is recused does not mark."
        if moderation.declarations_required
        else "Declarations of interest are not asked for before marking.",
    )


def hours_statements(criteria: Criteria) -> Iterator[Said]:
    """Say how the hours of managing a contract are worked out, where a formula is published."""
    formula = criteria.contract_management
    if formula is None:
        return
    parts = (
        (formula.for_contract, "for the contract"),
        (formula.for_visit, "for each visit in a year"),
        (formula.for_report, "for each monitoring report in a year"),
        (formula.for_money, "for each £10,000 of the average yearly price"),
    )
    added = "; ".join(f"{decimal_text(hours)} {what}" for hours, what in parts if hours)
    places = "a whole number" if not formula.places else f"{formula.places} decimal place{'s'[: formula.places - 1]}"
    yield (
        "hours",
        f"The hours that managing a contract takes in a year are worked out, not typed in: {added}, added up and "
        f"rounded once to {places}, a half up. Visits and reports are those of the theme's tier. "
        f"Source: {formula.source}",
    )


def tie_statements(criteria: Criteria) -> Iterator[Said]:
    """Say what decides between equal totals, in order, and what becomes of those left equal."""
    titles = {one.id: one.title for theme in criteria.themes for one in criteria.questions(theme.id)}
    said = [
        f"{TIE_BREAKS[kind].format(name)} ({titles.get(name, name)}), in themes that ask it"
        if kind == "question"
        else TIE_BREAKS[kind]
        for kind, name in map(tie_break_of, criteria.tie_break.order)
    ]
    decides = f"Between bids with equal totals decides {'; then '.join(said)}."
    yield "order", decides if said else "No tie-break is published."
    yield (
        "rest",
        "Bids that are still equal share a rank, and the next bid has the rank that it would have if they did not. "
        "Nothing else, such as a number or the time of arrival, ever decides.",
    )


def minimum_statements(criteria: Criteria, theme: Theme, titles: Mapping[str, str]) -> Iterator[Said]:
    """Say which marks and which quality a bid must have to be ranked."""
    for question, mark in theme.minimum_marks.items():
        named = f"{question} ({titles.get(question, question)})"
        if criteria.passed_or_failed(question):
            yield question, f"{named}: a pass."
            continue
        yield question, f"{named}: {_needed('a mark of ', decimal_text(mark), '', question in theme.more_than)}"
    for one in theme.point_minimums([leaf for leaf in theme.weights if leaf != PRICE]):
        whole = "the quality points" if one.name == QUALITY else "the points of its questions"
        figure = decimal_text((one.points if one.percent is None else one.percent) or Decimal(0))
        unit = " points" if one.percent is None else " %"
        rest = f"{'' if one.percent is None else f' of {whole} available'}, before rounding"
        title = "Quality" if one.name == QUALITY else one.title
        yield one.name, f"{title}: {_needed('', f'{figure}{unit}', rest, one.beyond)}"


def _needed(before: str, figure: str, after: str, beyond: bool) -> str:
    if beyond:
        return f"{before}more than {figure}{after}; exactly {figure} is not enough."
    return f"{before}at least {figure}{after}; exactly {figure} is enough."


def tier_statements(criteria: Criteria, question: Question) -> Iterator[Said]:
    """Say in which themes an optional question is asked, and where a tier allows fewer words than the question."""
    if question.optional:
        asked = [theme.title for theme in criteria.themes if criteria.applies(question, theme.id)]
        yield "asked", f"Asked, by the tier of the contract, only in: {'; '.join(asked) or 'no theme'}."
    fewer = {
        theme.title: limit
        for theme in criteria.themes
        if (limit := criteria.word_limit(question, theme.id)) is not None
        and limit != question.word_limit
        and question in criteria.questions(theme.id)
    }
    if fewer:
        yield "tiers", f"By the tier of the contract: {listing(f'at most {n} words in {t}' for t, n in fewer.items())}."


def further(record: BaseModel | None, known: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Give the keys of a published record that no sentence above tells of, so that nothing published is left out."""
    published = record.model_dump(mode="json", by_alias=True, exclude_none=True) if record is not None else {}
    left = {name: value for name, value in published.items() if name not in (*known, "facts") and value != []}
    return tuple((name.replace("_", " "), _text(value)) for name, value in left.items())


def _text(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')}: {_text(part)}" for name, part in value.items())
    return ", ".join(map(_text, value)) if isinstance(value, list) else str(value)
