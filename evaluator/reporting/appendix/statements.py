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
    TieBreak,
    tie_break_of,
)
from evaluator.records.programme.minimums import point_minimums
from evaluator.records.programme.price.methods import METHODS, SAME_AS, own_name
from evaluator.records.programme.price.names import titled
from evaluator.reporting.appendix.line_words import line_words
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
    "mean": "Mean: {alone} The mark that counts is the sum of their marks divided by their number.",
    "median": "Median: {alone} The mark that counts is the middle one in order of size; of an even number, halfway "
    "between the two in the middle.",
    "trimmed_mean": "Trimmed mean: {alone} The lowest and the highest marks are left out; the mark that counts is the "
    "sum of the others divided by their number.",
    "sum": "Sum: {alone} The mark that counts is the sum of their marks, of the highest mark times their number.",
}
ALONE = "evaluators mark each answer alone, each with a reason."
WORKED_OUT = " It is worked out exactly and need not be on the scale; nobody agrees or changes it."
FOLLOWS = {
    "told": "{} are told of as that; nothing else follows.",
    "discussed": "{} are talked about by those who gave them, who may mark again, each alone; why they lie apart is "
    "written down.",
    "third_evaluator": "Where marks are {} apart, a further evaluator marks the answer, without seeing the others’ "
    "marks. {}",
    "decision": "{} count only once a named person has decided, with a reason, that they stand.",
}
THIRD = {
    "all": "All marks then count.",
    "closest": "Then the marks count that lie closest together, without the one furthest out; where both ends are as "
    "far out, all count.",
}
MISSING = {
    None: "No answer may have fewer marks than other bids’ on the same question: an award waits for the further mark.",
    "those_given": "Where an evaluator is recused or has left, the mark is worked out from the marks that there are.",
    "scaled": "Where an evaluator is recused or has left, the sum is multiplied by the usual number of marks and "
    "divided by the number that there is.",
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
    lines = criteria.price_line
    yield "basis", line_words(lines, policy) if lines else f"{BASES[policy.basis]}{_unit(policy)}"
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


INDEXES = {
    "parts": " Where price gives an index or an adjusted price, Q is the quality score rounded once, and the result is "
    "rounded once.",
    "total": " Where price gives an index or an adjusted price, it is worked out from the exact quality score, and "
    "rounded once.",
    "display": "",
}


def rounding_statements(rounding: Rounding, *, indexed: bool) -> tuple[Said, ...]:
    """Say what is rounded, where, to how many places, and how; and what that means for an index, where there is one."""
    places = f"to {rounding.places} decimal places" if rounding.places else "to 0 decimal places (whole points)"
    point = POINTS[rounding.point] + (INDEXES[rounding.point] if indexed else "")
    return (("point", point), ("places", f"Rounding is {places}; {MODES[rounding.mode]}."))


def moderation_statements(moderation: Moderation) -> Iterator[Said]:
    """Say how several marks become the one that counts."""
    yield "method", HOW[moderation.method].format(alone=ALONE) + (WORKED_OUT if moderation.combines else "")
    least = count_of(moderation.least_evaluators, "different evaluator")
    at_least = "" if moderation.on_spread == "third_evaluator" else "At least "
    yield "evaluators", f"{at_least}{least} {agreeing(moderation.least_evaluators, 'marks', 'mark')} each answer."
    yield "spread", _spread(moderation)
    yield (
        "declarations",
        "Evaluators declare their interests before they mark; whoever is recused does not mark."
        if moderation.declarations_required
        else "Declarations of interest are not asked for before marking.",
    )
    yield from _worked_out(moderation) if moderation.combines else ()


def _spread(moderation: Moderation) -> str:
    """Say what follows where marks lie far apart."""
    trigger, follows = moderation.spread_trigger, moderation.on_spread or "told"
    if trigger is None:
        return "No spread of marks is published that must be talked about."
    far = f"{decimal_text(trigger)} or more"
    if not moderation.combines:
        return f"Marks that are {far} apart are talked about, and the agreed reason says how."
    if follows == "third_evaluator":
        return FOLLOWS[follows].format(far, THIRD[moderation.third_counts or "all"])
    return FOLLOWS[follows].format(f"Marks that are {far} apart")


def _worked_out(moderation: Moderation) -> Iterator[Said]:
    """Say how a mark is worked out beside its method: what is left out, or missing, and its rounding."""
    if moderation.trim is not None and moderation.trim.endswith("%"):
        share = moderation.trim.removesuffix("%")
        yield "trim", f"Left out at each end are {share} % of the marks, rounded down to whole marks."
    elif moderation.trim is not None:
        yield "trim", f"Left out at each end: {count_of(int(moderation.trim), 'mark')}."
    yield "missing", MISSING[moderation.missing_marks]
    if moderation.places is not None and moderation.mode is not None:
        places = count_of(moderation.places, "decimal place")
        yield "rounding", f"The mark that counts is rounded to {places}; {MODES[moderation.mode]}."
    else:
        yield "rounding", "The mark that counts is not rounded."
    yield "reasons", "A bidder is told of each answer its mark, which marks it was worked out from, and reasons."


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
    titles |= {one.id: one.title for one in criteria.measured}
    said = [
        f"{TIE_BREAKS[kind].format(name)} ({titles.get(name, name)}), in themes that ask it"
        if kind in ("question", "measured")
        else TIE_BREAKS[kind]
        for kind, name in map(tie_break_of, criteria.tie_break.order)
    ]
    decides = f"Between bids with equal totals decides {'; then '.join(said)}."
    yield "order", decides if said else "No tie-break is published."
    beside = "a number" if "received" in criteria.tie_break.order else "a number or the time of arrival"
    yield (
        "rest",
        "Bids that are still equal share a rank, and the next bid has the rank that it would have if they did not. "
        f"Nothing else, such as {beside}, ever decides.",
    )
    if "received" in criteria.tie_break.order:
        yield "received", "When a bid was received is what its receipt says, in the time of the United Kingdom."
    if "draw" in criteria.tie_break.order:
        yield "draw", _draw_words(criteria.tie_break)


def _draw_words(ties: TieBreak) -> str:
    """Say how the draw between equal bids is made, so that anyone can repeat it."""
    seed = f"“{ties.draw_seed}”" if ties.draw_seed else f"what this comes to, and is recorded: {ties.draw_source}"
    return (
        "In the draw each bid has a ticket: the SHA-256, in hexadecimal, of a text (UTF-8) with the seed on its first "
        f"line and the bid's number on the second. The lowest ticket comes first. The seed is {seed.rstrip('.')}."
    )


def minimum_statements(criteria: Criteria, theme: Theme, titles: Mapping[str, str]) -> Iterator[Said]:
    """Say which marks and which quality a bid must have to be ranked."""
    for question, mark in theme.minimum_marks.items():
        named = f"{question} ({titles.get(question, question)})"
        if criteria.passed_or_failed(question):
            yield question, f"{named}: a pass."
            continue
        yield question, f"{named}: {_needed('a mark of ', decimal_text(mark), '', question in theme.more_than)}"
    for one in point_minimums(theme, [leaf for leaf in theme.weights if leaf != PRICE]):
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
