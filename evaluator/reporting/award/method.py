"""What was published, in words: how price is scored, what is rounded, what breaks a tie, what limits awards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluator.records.english import listing
from evaluator.records.numbers import decimal_text, exact_text, pounds
from evaluator.records.programme.by_name import TIE_BREAKS
from evaluator.records.programme.criteria import PRICE, QUALITY, Criteria, PricePolicy, Rounding, Theme, tie_break_of
from evaluator.records.programme.minimums import PointMinimum, point_minimums
from evaluator.records.programme.price.methods import METHODS, own_name
from evaluator.records.programme.rules import FundFirst, MeritOrder, MustFund, ReserveList, Rule
from evaluator.records.programme.scales import Scale, Values
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.appendix.price_words import WORDS
from evaluator.reporting.appendix.statements import given_words
from evaluator.reporting.award.ranking import share_text
from evaluator.reporting.shared.limits import applies_to
from evaluator.reporting.shared.pages import theme_titles

SHARE_OF = {
    "money": "the money",
    "awards": "the awards",
    "budget": "the budget",
    "awarded": "the money awarded",
    "": "the ask",
}
FURTHER = {"committed": "less what is committed already", "carry_over": "with what the year before leaves"}
UNKEPT = "Points are not kept between none and all."
MODES = {
    "half_up": "a half away from nought",
    "half_even": "a half to the even neighbour",
    "up": "always away from nought",
    "down": "always towards nought",
}


def named_scales(criteria: Criteria) -> tuple[tuple[str, Scale], ...]:
    """Give every published scale with what it is called and, of some questions alone, which they are."""
    asked = dict.fromkeys(one.id for theme in criteria.themes for one in criteria.questions(theme.id))
    own = [(one, [question for question in asked if question in criteria.marked_on(one)]) for one in criteria.scale_of]
    return (("The scale", criteria.scale), *((f"The scale {one.id}, of {listing(its)}", one) for one, its in own))


def share_words(criteria: Criteria) -> str:
    """Say what share of its question's weight a mark earns."""
    asked = {one.id for theme in criteria.themes for one in criteria.questions(theme.id) if one.answered == "marked"}
    values = {Values.of(criteria.scale_for(question)) for question in asked}
    if values <= {Values.of(criteria.scale)} and not criteria.scale.has_points:
        return f"mark ÷ {decimal_text(criteria.scale.highest)}"
    return "what its mark counts ÷ the most that a mark of its scale counts"


def _minimums(criteria: Criteria, theme: Theme) -> str:
    """Name the published minimums of a theme in one line; empty where it has none."""
    marks = ", ".join(
        f"a pass of {question}"
        if criteria.passed_or_failed(question)
        else f"{_least(question in theme.more_than)} {decimal_text(mark)} for {question}"
        for question, mark in theme.minimum_marks.items()
    )
    points = (_of_points(one) for one in point_minimums(theme, [leaf for leaf in theme.weights if leaf != PRICE]))
    return "; ".join(filter(None, [marks, *points]))


def _of_points(one: PointMinimum) -> str:
    of = "the quality points" if one.name == QUALITY else f"the points of {one.title}"
    figure = f"{exact_text(one.points)}" if one.points is not None else f"{decimal_text(one.percent or Decimal(0))} %"
    return f"{_least(one.beyond)} {figure} of {of}"


def _least(beyond: object) -> str:
    return "more than" if beyond else "at least"


@dataclass(frozen=True)
class WeightLine:
    """A question's title and its published and effective weight in each theme; empty where a theme does not ask it."""

    question: str
    title: str
    weights: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RuleLine:
    """A rule of award as published: what it demands, and of whom."""

    id: str
    title: str
    demand: str
    applies_to: str
    source: str


@dataclass(frozen=True)
class Method:
    """The published method in words; how price is scored is said by the id of each theme."""

    scales: Sequence[tuple[str, Scale]]
    share: str
    minimums: Mapping[str, str]
    weights: Sequence[WeightLine]
    price: Mapping[str, str]
    rounding: str
    tie_break: Sequence[str]
    rules: Sequence[RuleLine]

    @property
    def rule_titles(self) -> Mapping[str, str]:
        """The title of each rule of award by its id."""
        return {rule.id: rule.title for rule in self.rules}


def method(outcome: Outcome) -> Method:
    """Say what was published."""
    criteria = outcome.criteria
    return Method(
        scales=named_scales(criteria),
        share=share_words(criteria),
        minimums={theme.id: _minimums(criteria, theme) for theme in criteria.themes},
        weights=weight_table(outcome),
        price={theme.id: price_words(criteria, theme) for theme in criteria.themes},
        rounding=rounding_words(criteria.rounding),
        tie_break=[order_words(criteria, level) for level in criteria.tie_break.order],
        rules=tuple(_rules(criteria)),
    )


def _rules(criteria: Criteria) -> Iterator[RuleLine]:
    titles = theme_titles(criteria)
    for rule in criteria.rules:
        yield RuleLine(rule.id, rule.title, rule_words(rule), applies_to(rule, titles), rule.source)


def price_words(criteria: Criteria, theme: Theme) -> str:
    """Say how price is scored in a theme."""
    policy = criteria.price_policy(theme.id)
    if policy is None or (METHODS[policy.method].gives == "points" and not theme.price_weight):
        return "Price is not scored."
    words = WORDS[own_name(policy.method)].words.format(**given_words(policy))
    parts = [_basis(policy), words, "" if policy.parameters.get("clip", 1) else UNKEPT, "Only ranked bids count."]
    return " ".join(filter(None, parts))


def _basis(policy: PricePolicy) -> str:
    if policy.basis == "unit_cost":
        return f"The price for each {policy.unit or 'unit'} is scored."
    if policy.basis == "yearly":
        return "The price of all years together is divided by their number, and that is scored."
    if policy.basis == "discounted":
        rate = decimal_text(policy.discount_rate or Decimal(0))
        return f"The prices of later years are discounted by {rate} % a year, and their sum is scored."
    return "The price of all years together is scored."


def rounding_words(rounding: Rounding) -> str:
    """Say what is rounded, to how many places, and how."""
    places = f"to {rounding.places} decimal places" if rounding.places else "to whole points"
    what = {
        "parts": "Quality score and price points are each rounded once, {places}, {mode}; the total is their sum.",
        "total": "Only the total is rounded, once, {places}, {mode}.",
        "display": "Ranks rest on exact totals. Numbers are shown rounded {places}, {mode}.",
    }[rounding.point]
    return what.format(places=places, mode=MODES[rounding.mode])


def order_words(criteria: Criteria, level: str) -> str:
    """Say what one level of the tie-break compares."""
    kind, question = tie_break_of(level)
    if kind == "measured":
        return TIE_BREAKS[kind].format(
            next(f"{one.id}, {one.title}" for one in criteria.measured if one.id == question)
        )
    if kind != "question":
        return TIE_BREAKS[kind]
    titles = {q.id: q.title for theme in criteria.themes for q in criteria.questions(theme.id)}
    return f"the higher mark for {question}, {titles.get(question, question)}"


def weight_table(outcome: Outcome) -> tuple[WeightLine, ...]:
    """Set the published weight of each question in each theme beside the one that it really carries."""
    criteria = outcome.criteria
    effective = {(w.theme, w.question): w.effective for w in outcome.scores.weights} if outcome.scores else {}
    titles = {q.id: q.title for theme in criteria.themes for q in criteria.questions(theme.id)}
    titles |= {one.id: one.title for one in criteria.measured} | {PRICE: "Price"}
    asked = [question for question in titles if any(question in theme.weights for theme in criteria.themes)]
    return tuple(
        WeightLine(question, titles[question], tuple(_pair(theme, question, effective) for theme in criteria.themes))
        for question in sorted(asked, key=lambda question: question == PRICE)
    )


def _pair(theme: Theme, question: str, effective: Mapping[tuple[str, str], Fraction]) -> tuple[str, str]:
    if question not in theme.weights:
        return "", ""
    share = effective.get((theme.id, question))
    return decimal_text(theme.weights[question]), "–" if share is None else share_text(share)


def rule_words(rule: Rule) -> str:
    """Say what a rule demands, in a phrase."""
    limits = {"at least": rule.floor, "at most": rule.ceiling}
    phrases = [f"{word} {_amount(rule, value)}" for word, value in limits.items() if value is not None]
    if isinstance(rule, MustFund):
        return f"is funded: {rule.reason}" if rule.reason else "is funded"
    if isinstance(rule, ReserveList):
        return f"the best {rule.length} that are not funded wait"
    if isinstance(rule, MeritOrder):
        over = f", or passed over by {listing(rule.passes_over)}" if rule.passes_over else ""
        return f"better-ranked bids are funded first{over}"
    if isinstance(rule, FundFirst):
        which = f"from {decimal_text(rule.score)} points on" if rule.score is not None else f"up to rank {rule.rank}"
        return f"every bid {which} is funded first"
    further = [words for key, words in FURTHER.items() if getattr(rule, key, False)]
    demand = " and ".join(phrases) or ("all of them or none" if rule.traits.side == "equal" else "–")
    return ", ".join([demand, *further])


def _amount(rule: Rule, value: Decimal | int) -> str:
    if rule.traits.counts == "money":
        return pounds(int(value * 100))
    text = decimal_text(Decimal(value))
    return f"{text} % of {SHARE_OF[getattr(rule, 'of', '')]}" if rule.traits.counts == "share" else text
