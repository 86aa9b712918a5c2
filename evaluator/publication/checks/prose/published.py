"""What the criteria publish on each subject that prose can speak of: the values, and the key that holds them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluator.publication.checks.prose.claims import Claim, Value, exact
from evaluator.publication.checks.prose.readers.curves import part_earned, part_earned_at
from evaluator.publication.checks.prose.readers.prices import FAMILIES
from evaluator.publication.checks.prose.readers.scored import EVERY, QUALITY
from evaluator.publication.checks.prose.told import Told
from evaluator.records.numbers import rounded
from evaluator.records.programme.criteria import PRICE, PricePolicy
from evaluator.records.programme.price.methods import own_name
from evaluator.records.programme.rules import MeritOrder, OrganisationAwards, OrganisationMoney, RuleBase, ThemeAwards
from evaluator.records.programme.scales import Scale

Values = tuple[Value, ...]
YEARLY = "a year | each year | per year | per annum | annually | yearly | every year | annual"


@dataclass(frozen=True)
class Subject:
    """What a claim can be about: in words, the key that publishes it, and the findings that come of it.

    ``unsaid`` is the finding where nothing is published on it; empty where that is nobody's business.
    """

    words: str
    key: str
    values: Callable[[Claim], Values]
    contradicts: str
    unsaid: str = ""


def _weights(claim: Claim) -> Values:
    found: list[Value] = []
    for theme in claim.told.themes:
        if claim.of == QUALITY:
            found.append(claim.told.criteria.whole_of(theme.id) - theme.price_weight)
        elif claim.of in theme.weights or claim.of == PRICE:
            found.append(Fraction(theme.weights.get(claim.of, 0)))
            highest = claim.told.criteria.scale_for(claim.of).highest
            found += [Fraction(highest)] if "maximum" in claim.told.sentence.words else []
        found += (Fraction(part.weight) for part in theme.section)
    return tuple(found)


def _minimum_marks(claim: Claim) -> Values:
    themes = claim.told.themes
    if claim.of != EVERY:
        return tuple(Fraction(theme.minimum_marks[claim.of]) for theme in themes if claim.of in theme.minimum_marks)
    every = [{theme.minimum_marks.get(one.id) for one in claim.told.criteria.questions(theme.id)} for theme in themes]
    return tuple(Fraction(mark) for marks in every if len(marks) == 1 and (mark := next(iter(marks))) is not None)


def _minimum_quality(claim: Claim) -> Values:
    return tuple(Fraction(theme.minimum_quality) for theme in claim.told.themes if theme.minimum_quality is not None)


def _minimum_score(claim: Claim) -> Values:
    policy = claim.told.criteria.allocation
    least = {policy.minimum_of(theme.id) for theme in claim.told.themes} if policy else set()
    stages = [Fraction(one.score) for one in claim.told.criteria.stage if one.score is not None]
    stages += [Fraction(one.share) for one in claim.told.criteria.stage if one.share is not None]
    found = [Fraction(one) for one in least if one is not None]
    if claim.told.sentence.says("per cent | % | percent") or any(
        one.kind == "part" for one in claim.told.sentence.figures
    ):
        found += [100 * one / whole for one in tuple(found) for whole in claim.told.criteria.wholes]
    return (*found, *_minimum_quality(claim), *stages)


def _marks(claim: Claim) -> Values:
    marks = _scale(claim)
    counted = {
        "top_mark": Fraction(max(marks)),
        "lowest_mark": Fraction(min(marks)),
        "number_of_marks": Fraction(len(marks)),
    }
    return (counted[claim.subject],)


def _given_marks(claim: Claim) -> Values:
    return tuple(map(Fraction, _scale(claim)))


def _scale(claim: Claim) -> tuple[Decimal, ...]:
    """Give the marks of the scale that a text stands beside: that of some questions, or the programme's."""
    record = claim.told.text.record
    return record.marks if isinstance(record, Scale) else claim.told.criteria.scale.marks


def _halves(claim: Claim) -> Values:
    whole = all(mark == int(mark) for mark in claim.told.criteria.scale.marks)
    return ("not among the marks",) if whole else ("allowed",)


def _policy(claim: Claim, key: str) -> Values:
    told = claim.told
    policies = [told.criteria.price_policy(theme.id) for theme in told.themes]
    own = [told.text.record] if told.room == "PricePolicy" else policies
    return tuple(dict.fromkeys(value for one in own if one is not None and (value := getattr(one, key)) is not None))


def _basis(claim: Claim) -> Values:
    return _policy(claim, "basis")


def _method(claim: Claim) -> Values:
    methods = _policy(claim, "method")
    fits = [claim.value if method in FAMILIES[str(claim.value)] else method for method in methods]
    return tuple(fits)


def _points_at(claim: Claim) -> Values:
    told = claim.told
    policies = [told.text.record] if isinstance(told.text.record, PricePolicy) else []
    pounds = Fraction(claim.of.removeprefix("£"))
    earned = part_earned_at if claim.of.startswith("£") else part_earned
    found = tuple(part for one in policies if (part := earned(one, pounds)) is not None)
    return (
        *found,
        *(claim.value for part in found if isinstance(claim.value, Fraction) and _near(told, claim.value, part)),
    )


def _near(told: Told, said: Fraction, part: Fraction) -> bool:
    """Whether two parts of the points for price, in percent, are the same once points are rounded."""
    rounding = told.criteria.rounding
    wholes = [Fraction(theme.price_weight) / 100 for theme in told.themes]
    places = rounding.places
    return any(
        rounded(said * one, places, rounding.mode) == rounded(part * one, places, rounding.mode) for one in wholes
    )


def _zero_at(claim: Claim) -> Values:
    record = claim.told.text.record
    if claim.of.startswith("£"):
        limits = isinstance(record, PricePolicy) and own_name(record.method) == "fixed_limits"
        return (Fraction(record.parameters["highest"]),) if limits and isinstance(record, PricePolicy) else ()
    linear = isinstance(record, PricePolicy) and own_name(record.method) == "linear_above_lowest"
    return (Fraction(record.parameters.get("zero_at", 2)),) if linear and isinstance(record, PricePolicy) else ()


def _award_method(claim: Claim) -> Values:
    policy = claim.told.criteria.allocation
    if policy is None:
        return (claim.value,)
    merit = any(isinstance(rule, MeritOrder) for rule in policy.rule)
    fits: set[Value] = (
        {policy.method, f"priority {policy.on_unaffordable}"} if policy.method == "priority" else {policy.method}
    )
    fits |= {"priority", "priority stop", "priority skip"} if merit else set()
    fits |= {"cheapest"} if policy.objective[0] == "lower_cost" else set()
    return (claim.value,) if claim.value in fits else (policy.method,)


def _below(claim: Claim) -> Values:
    return tuple(Fraction(str(one)) for one in _policy(claim, claim.subject))


def _rounding(claim: Claim) -> Values:
    criteria = claim.told.criteria
    of_mark = claim.told.room == "Moderation" and criteria.moderation.places is not None
    whole = claim.subject == "places" and any(
        one.endswith("whole_points") for one in map(str, _policy(claim, "method"))
    )
    if whole and claim.told.room == "PricePolicy":
        return (Fraction(0), Fraction(criteria.rounding.places))
    value = getattr(criteria.moderation if of_mark else criteria.rounding, claim.subject)
    return (Fraction(value) if isinstance(value, int) else value,)


def _evaluators(claim: Claim) -> Values:
    least = exact(Fraction(claim.told.criteria.moderation.least_evaluators))
    said = claim.value if isinstance(claim.value, tuple) else ()
    together = (
        "and" in claim.told.sentence.words and sum(map(_count, said)) == claim.told.criteria.moderation.least_evaluators
    )
    beside = (
        claim.told.sentence.says("and one | and another") and "1" in said and least == "2"
    )  # "the clerk and one councillor"
    return (claim.value,) if least in said or together or beside else (least,)


def _count(said: str) -> Fraction:
    return Fraction(said.replace(",", ""))


def _spread(claim: Claim) -> Values:
    trigger = claim.told.criteria.moderation.spread_trigger
    return () if trigger is None else (Fraction(trigger),)


def _word_limits(claim: Claim) -> Values:
    criteria = claim.told.criteria
    themes = claim.told.themes
    asked = [
        (one, theme.id)
        for theme in themes
        for one in criteria.questions(theme.id)
        if not claim.of or one.id == claim.of
    ]
    limits = {criteria.word_limit(question, theme) for question, theme in asked} | {
        question.word_limit for question, _ in asked
    }
    return tuple(sorted(Fraction(one) for one in limits if one is not None))


def _budgets(claim: Claim) -> Values:
    criteria = claim.told.criteria
    record = claim.told.text.record
    own = record if isinstance(record, RuleBase) else None
    rules = (
        [own]
        if own is not None
        else [
            rule for rule in criteria.rules if rule.traits.counts == "money" and not isinstance(rule, OrganisationMoney)
        ]
    )
    found = [Fraction(figure) for rule in rules for figure in (rule.ceiling, rule.floor) if figure is not None]
    if own is None and found:
        yearly = [
            Fraction(rule.ceiling)
            for rule in rules
            if getattr(rule, "year", None) and rule.ceiling is not None and rule.traits.scope == "year"
        ]
        found += [sum(found, Fraction(0)), *([sum(yearly, Fraction(0))] if yearly else [])]
        found += [Fraction(theme.contract_value) for theme in criteria.themes if theme.contract_value is not None]
        value = criteria.procurement.estimated_value
        found += [Fraction(value)] if value is not None else []
    if isinstance(record, PricePolicy):  # a discount is on a budget of the method's own
        found += [Fraction(value) for name, value in record.parameters.items() if name == "budget"]
    if claim.told.sentence.says(YEARLY):  # a sum a year is held against the whole by the years
        found += [one / len(criteria.years) for one in found if criteria.years]
    return tuple(dict.fromkeys(found))


def _years(claim: Claim) -> Values:
    return (Fraction(len(claim.told.criteria.years)),) if claim.told.criteria.years else ()


def _day(claim: Claim) -> Values:
    day = getattr(claim.told.criteria.procurement, claim.subject)
    return (day[:10],) if day else ()


def _organisation_awards(claim: Claim) -> Values:
    criteria = claim.told.criteria
    found = tuple(Fraction(rule.limit) for rule in criteria.rules if isinstance(rule, OrganisationAwards))
    policy = criteria.allocation
    if policy and policy.method == "fixed_lots" and len(criteria.themes) == 1:  # nobody can have more than the one
        found = (*found, Fraction(1))
    let = claim.words == "two" and claim.told.sentence.says("can | may | could")  # where nothing keeps it from both
    return found or ((claim.value,) if claim.value == "no limit" or let else ())


def _organisation_money(claim: Claim) -> Values:
    rules = (rule for rule in claim.told.criteria.rules if isinstance(rule, OrganisationMoney))
    return tuple(Fraction(rule.limit) for rule in rules if rule.limit is not None)


def _theme_awards(claim: Claim) -> Values:
    names = {theme.id for theme in claim.told.themes} | {"*"}
    rules = [rule for rule in claim.told.criteria.rules if isinstance(rule, ThemeAwards) and rule.theme in names]
    policy = claim.told.criteria.allocation
    fixed = policy is not None and policy.method == "fixed_lots"
    lots = (Fraction(1), *((Fraction(len(claim.told.themes)),) if not claim.told.text.theme else ())) if fixed else ()
    return (*lots, *(Fraction(one) for rule in rules for one in (rule.least, rule.most) if one))


def _gates(claim: Claim) -> Values:
    said = claim.value == "as published"
    return (claim.value if said else ", ".join(gate.title for gate in claim.told.criteria.gate),)


def _nothing(_: Claim) -> Values:
    return ()


def tie_breaks(claim: Claim) -> Iterable[tuple[str, ...]]:
    """Give the orders in which things decide between equals: of totals, and, told of an allocation, of sets."""
    criteria = claim.told.criteria
    said = {"draw": "casting", "received": "first_come"}
    yield tuple(said.get(one, one) for one in criteria.tie_break.order)
    if criteria.allocation and claim.told.room != "TieBreak":
        names = {"lower_cost": "lower_price", "wards_covered": "wards"}
        steps = (
            *criteria.allocation.objective[1:],
            *criteria.allocation.tie_break,
            *(("casting",) if criteria.allocation.draw_seed else ()),
        )
        yield tuple(names.get(one, one) for one in steps)


SUBJECTS: Mapping[str, Subject] = {
    "weight": Subject("a weight", "weights", _weights, "E-CRIT-118"),
    "shares": Subject("the shares of the parts of an answer", "", _nothing, "", "E-CRIT-901"),
    "minimum_mark": Subject("a minimum mark", "minimum_marks", _minimum_marks, "E-CRIT-902", "E-CRIT-520"),
    "minimum_quality": Subject(
        "the least share of quality", "minimum_quality", _minimum_quality, "E-CRIT-519", "E-CRIT-519"
    ),
    "minimum_score": Subject("the least total", "allocation.minimum_score", _minimum_score, "E-CRIT-902", "E-CRIT-903"),
    "top_mark": Subject("the highest mark", "scale.mark", _marks, "E-CRIT-904"),
    "lowest_mark": Subject("the lowest mark", "scale.mark", _marks, "E-CRIT-904"),
    "number_of_marks": Subject("the number of marks", "scale.mark", _marks, "E-CRIT-904"),
    "a_mark": Subject("a mark", "scale.mark", _given_marks, "E-CRIT-904"),
    "half_marks": Subject("half marks", "scale.mark", _halves, "E-CRIT-904"),
    "basis": Subject("which price is scored", "price.basis", _basis, "E-CRIT-905", "E-CRIT-905"),
    "price_method": Subject("how price is scored", "price.method", _method, "E-CRIT-905"),
    "points_at": Subject("what a price of so many times the lowest earns", "price.method", _points_at, "E-CRIT-905"),
    "places": Subject("decimal places", "rounding.places", _rounding, "E-CRIT-515"),
    "mode": Subject("which way is rounded", "rounding.mode", _rounding, "E-CRIT-907"),
    "point": Subject("what is rounded", "rounding.point", _rounding, "E-CRIT-907"),
    "zero_at": Subject("from where on a price earns nothing", "price.parameters.zero_at", _zero_at, "E-CRIT-905"),
    "award_method": Subject("how the money is divided", "allocation.method", _award_method, "E-CRIT-905"),
    "evaluators": Subject("how many people mark", "moderation.least_evaluators", _evaluators, "E-CRIT-910"),
    "spread_trigger": Subject(
        "how far apart marks are that are talked about",
        "moderation.spread_trigger",
        _spread,
        "E-CRIT-910",
        "E-CRIT-911",
    ),
    "word_limit": Subject("words for an answer", "word_limit", _word_limits, "E-CRIT-910", "E-CRIT-911"),
    "budget": Subject("the money", "limit of the budget", _budgets, "E-CRIT-910", "E-CRIT-911"),
    "years": Subject("the years", "years", _years, "E-CRIT-910"),
    "tenders_close": Subject("the closing time", "procurement.tenders_close", _day, "E-CRIT-910"),
    "questions_close": Subject("the day on which questions close", "procurement.questions_close", _day, "E-CRIT-910"),
    "starts": Subject("the day on which contracts start", "procurement.starts", _day, "E-CRIT-910"),
    "decision": Subject("the day of the decision", "procurement.decision", _day, "E-CRIT-910"),
    "below_mean": Subject("when a price is abnormally low", "price.below_mean", _below, "E-CRIT-910", "E-CRIT-911"),
    "below_next": Subject("when a price is abnormally low", "price.below_next", _below, "E-CRIT-910", "E-CRIT-911"),
    "organisation_awards": Subject(
        "awards of one organisation", "a rule organisation_awards", _organisation_awards, "E-CRIT-910", "E-CRIT-618"
    ),
    "organisation_money": Subject(
        "money of one organisation", "a rule organisation_money", _organisation_money, "E-CRIT-910", "E-CRIT-911"
    ),
    "gates": Subject("the conditions", "gate", _gates, "E-CRIT-910"),
    "theme_awards": Subject("the number of awards", "a rule theme_awards", _theme_awards, "E-CRIT-910", "E-CRIT-911"),
}


def told_value(value: Value) -> str:
    """Write a published value as a finding shows it."""
    if isinstance(value, Fraction):
        return exact(value)
    return value.replace("_", " ") if isinstance(value, str) else ", ".join(value)


def published_words(values: Values) -> str:
    """Say what is published, of several values each."""
    words = sorted({told_value(one) for one in values})
    return " or ".join(words[:6]) if words else "nothing"


APPLIED: Mapping[str, tuple[str, ...]] = {  # of each kind of rule, the keys that say it
    "Scale": ("marks",),
    "PricePolicy": ("method", "basis", "unit", "parameters", "below_mean", "below_next"),
    "Rounding": ("places", "mode", "point"),
    "Moderation": ("method", "least_evaluators", "spread_trigger", "on_spread"),
    "TieBreak": ("order",),
    "AllocationPolicy": ("method", "minimum_score", "on_unaffordable", "objective", "tie_break"),
}


NO_VALUES = frozenset({"id", "title", "source", "facts", "kind", "questions", "ground", "who", "when", "gives_way"})


def applied(told: Told) -> str:
    """Say what is applied of the rule in whose source a sentence stands: each key with its value.

    Empty where the text belongs to no such rule.
    """
    record = told.text.record
    keys = APPLIED.get(told.room) or tuple(key for key in type(record).model_fields if key not in NO_VALUES)
    said = ((key, getattr(record, key, None)) for key in keys)
    return ", ".join(
        f"{key} {_in_words(value)}".replace("_", " ") for key, value in said if value not in (None, "", (), {})
    )


def _in_words(value: object) -> str:
    match value:
        case tuple():
            return " then ".join(map(_in_words, value)) if value else "nothing"
        case Mapping():
            return " and ".join(f"{key} {_in_words(each)}" for key, each in value.items())
        case Decimal():
            return exact(Fraction(value))
    return str(value)
