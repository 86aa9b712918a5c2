"""The evaluation appendix of the tender documents: every rule that the engine applies, and an example to follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluator.records.documents import Document
from evaluator.records.numbers import decimal_text, exact_text, pounds, rounded, to_places, up_to_places
from evaluator.records.programme.accepted import Accepted, Version
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.criteria import (
    PRICE,
    Characteristic,
    Criteria,
    Question,
    ScaleMark,
    Seal,
    Section,
    Theme,
)
from evaluator.records.programme.rules import Rule
from evaluator.records.results.outcome import Run
from evaluator.records.results.scores import EffectiveWeight
from evaluator.records.results.studies.worked_examples import Example, ExampleAward, ExampleBid
from evaluator.reporting.appendix.course import course_statements, procurement_facts
from evaluator.reporting.appendix.rule_words import KNOWN as RULE_KEYS
from evaluator.reporting.appendix.rule_words import award_words, inversion_words, rule_sentence
from evaluator.reporting.appendix.statements import (
    further,
    hours_statements,
    minimum_statements,
    moderation_statements,
    price_statements,
    programme_price_statements,
    rounding_statements,
    tie_statements,
    tier_statements,
)
from evaluator.reporting.appendix.tier_words import tier_rows
from evaluator.reporting.shared.gate_words import gate_statements
from evaluator.reporting.shared.pages import HeadedPage, about_criteria, render, theme_titles

NAME = "evaluation-appendix.html"
SHOWN_SETS = 8  # of the sets of awards in the example
ABOUT = {
    "led_by": "who leads the organisation",
    "exists_for": "whom the organisation exists for",
    "serves": "whom the organisation serves",
    "organisation": "the organisation",
}
# The keys that the page tells of in its own words; whatever else is published is listed beside them.
KEYS = {
    name: frozenset(keys.split())
    for name, keys in {
        "question": "id title text good_answer scope relative_weight outcomes approaches word_limit source",
        "theme": "id title summary tier source weights minimum_marks minimum_quality price question section rule",
        "programme": "schema reference title authority regime version years source procurement scale gate price "
        "rounding moderation "
        "tie_break allocation contract_management equality outcomes approaches common themes tier verification term",
        "price": "method basis unit discount_rate parameters below_mean below_next source",
        "section": "id title weight questions shares source",
        "scale": "source mark",
        "mark": "mark label descriptor",
        "gate": "id title question kind ground predicate on_failure source",
        "characteristic": "id title about values source",
        "rounding": "places mode point source",
        "moderation": "method least_evaluators spread_trigger declarations_required source",
        "tie_break": "order source",
        "equality": "threshold source characteristic",
        "allocation": "method on_unaffordable leftovers minimum_score objective tie_break draw_seed time_limit source "
        "rule",
    }.items()
}


@dataclass(frozen=True)
class Issued:
    """What the appendix is of: the criteria, their seal, weights, examples, accepted findings and versions."""

    criteria: Criteria
    fingerprint: str
    seal: Seal | None
    weights: Sequence[EffectiveWeight] = ()
    examples: Sequence[Example] = ()
    accepted: Sequence[Accepted] = ()
    versions: Sequence[Version] = ()


Pairs = tuple[tuple[str, str], ...]  # names and values


@dataclass(frozen=True)
class AlsoPublished:
    """What is published beside what the page says in its own words, part by part."""

    programme: Pairs
    scale: Pairs
    rounding: Pairs
    moderation: Pairs
    tie_break: Pairs
    equality: Pairs
    allocation: Pairs


@dataclass(frozen=True)
class QuestionEntry:
    """A question, the outcomes and approaches that it tests with their words, and what each tier says of it."""

    question: Question
    outcomes: Pairs
    approaches: Pairs
    by_tier: tuple[str, ...]
    also: Pairs


@dataclass(frozen=True)
class SectionEntry:
    """A section of a theme, with the shares of its questions in words."""

    section: Section
    shares: str
    also: Pairs


@dataclass(frozen=True)
class RuleEntry:
    """A rule of award and the sentence that says it."""

    rule: Rule
    sentence: str
    also: Pairs


@dataclass(frozen=True)
class MonitoredEntry:
    """What organisations are asked apart from their bids, and whom it is about."""

    characteristic: Characteristic
    about: str
    answers: tuple[str, ...]
    also: Pairs


@dataclass(frozen=True)
class ThemeEntry:
    """A theme; each weight stands with its question, its title, and the share of the greatest total in percent."""

    theme: Theme
    weights: tuple[tuple[str, str, Decimal, str], ...]
    minimums: tuple[str, ...]
    questions: tuple[QuestionEntry, ...]
    price: tuple[str, ...]
    price_also: Pairs
    sections: tuple[SectionEntry, ...]
    rules: tuple[RuleEntry, ...]
    also: Pairs


@dataclass(frozen=True)
class PriceOfProgramme:
    """How price is scored in the themes, by title, that have no way of their own."""

    statements: tuple[str, ...]
    themes: tuple[str, ...]
    source: str
    also: Pairs


@dataclass(frozen=True)
class WorkedBid:
    """A bid of the worked example with its results as texts, empty where it has none, and its steps."""

    bid: ExampleBid
    price: str
    quality: str
    points: str
    index: str
    total: str
    steps: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class WorkedExample:
    """A worked example as the page shows it: each question with its weight and the marks of all bids, then the rest.

    ``alike`` names the themes whose price is scored in the same way; ``sets`` has names, sum of totals and cost.
    """

    title: str
    alike: tuple[str, ...]
    columns: list[str]
    marks: tuple[tuple[str, Decimal, tuple[Decimal, ...]], ...]
    bids: tuple[WorkedBid, ...]
    indexed: bool
    priced: bool
    award: ExampleAward | None
    sets: tuple[tuple[str, str, str], ...]
    budget: str


@dataclass(frozen=True, kw_only=True)
class AppendixPage(HeadedPage):
    """Everything that is published, each part with what is published beside what the page says of it."""

    template = "appendix.html"
    criteria: Criteria
    procurement: Pairs
    course: Sequence[str]
    priced: bool
    seal: Seal | None
    gates: Sequence[tuple[Gate, tuple[str, ...], Pairs]]
    marks: Sequence[tuple[ScaleMark, Pairs]]
    tier_rows: Sequence[tuple[str, list[str]]]
    themes: Sequence[ThemeEntry]
    common: Sequence[QuestionEntry]
    programme_price: PriceOfProgramme | None
    rounding: Sequence[str]
    moderation: Sequence[str]
    ties: Sequence[str]
    award: Sequence[str]
    rules_of_all: Sequence[RuleEntry]
    monitored: Sequence[MonitoredEntry]
    also: AlsoPublished
    examples: Sequence[WorkedExample]
    accepted: Sequence[Accepted]
    versions: Sequence[Version]


def appendix(issued: Issued, engine: str) -> Document:
    """Write the appendix as a page, and as Word and PDF beside it."""
    return Document(NAME, appendix_html(issued, engine), also=("docx", "pdf"))


def appendix_html(issued: Issued, engine: str) -> str:
    """Write the evaluation appendix: complete, in plain English, and with nothing that was not published."""
    criteria, policy = issued.criteria, issued.criteria.allocation
    titles = theme_titles(criteria)
    run = Run(f"version {criteria.version} as published", engine)
    page = AppendixPage(
        about=about_criteria(criteria, issued.fingerprint, run, issued.seal),
        criteria=criteria,
        procurement=procurement_facts(criteria),
        course=tuple(course_statements(criteria)),
        priced=any(criteria.price_policy(theme.id) for theme in criteria.themes),
        seal=issued.seal,
        gates=[(one, gate_statements(one, criteria.regime), further(one, KEYS["gate"])) for one in criteria.gate],
        marks=[(point, further(point, KEYS["mark"])) for point in criteria.scale.mark],
        tier_rows=tier_rows(criteria.tier),
        themes=[_theme(issued, theme) for theme in criteria.themes],
        common=[_question(criteria, question) for question in criteria.common],
        programme_price=_programme_price(criteria),
        rounding=rounding_statements(criteria.rounding),
        moderation=moderation_statements(criteria.moderation),
        ties=tie_statements(criteria),
        award=(*_award(criteria, titles), *hours_statements(criteria)),
        rules_of_all=[_rule(rule, titles) for rule in policy.rule] if policy else [],
        monitored=[_monitored(one) for one in criteria.equality.characteristic] if criteria.equality else [],
        also=_also(criteria),
        examples=[_example(criteria, one, titles) for one in issued.examples],
        accepted=issued.accepted,
        versions=issued.versions,
    )
    return render(page)


def _award(criteria: Criteria, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Say how awards are made, where the criteria publish it, and whether a better bid can lose to a worse one."""
    policy = criteria.allocation
    return (*award_words(policy), *inversion_words(policy, criteria.rules, titles)) if policy else ()


def _also(criteria: Criteria) -> AlsoPublished:
    return AlsoPublished(
        programme=further(criteria, KEYS["programme"]),
        scale=further(criteria.scale, KEYS["scale"]),
        rounding=further(criteria.rounding, KEYS["rounding"]),
        moderation=further(criteria.moderation, KEYS["moderation"]),
        tie_break=further(criteria.tie_break, KEYS["tie_break"]),
        equality=further(criteria.equality, KEYS["equality"]),
        allocation=further(criteria.allocation, KEYS["allocation"]),
    )


def _monitored(one: Characteristic) -> MonitoredEntry:
    return MonitoredEntry(one, ABOUT[one.about], one.values, further(one, KEYS["characteristic"]))


def _question(criteria: Criteria, question: Question) -> QuestionEntry:
    return QuestionEntry(
        question=question,
        outcomes=tuple((one, criteria.outcomes.get(one, "")) for one in question.outcomes),
        approaches=tuple((one, criteria.approaches.get(one, "")) for one in question.approaches),
        by_tier=tuple(tier_statements(criteria, question)),
        also=further(question, KEYS["question"]),
    )


def _theme(issued: Issued, theme: Theme) -> ThemeEntry:
    criteria = issued.criteria
    titles = {question.id: question.title for question in criteria.questions(theme.id)} | {PRICE: "Price"}
    carried = {one.question: one.effective for one in issued.weights if one.theme == theme.id}
    names = theme_titles(criteria)
    return ThemeEntry(
        theme=theme,
        weights=tuple(
            (leaf, titles.get(leaf, leaf), weight, _share(carried.get(leaf))) for leaf, weight in theme.weights.items()
        ),
        minimums=tuple(minimum_statements(theme, titles)),
        questions=tuple(_question(criteria, question) for question in theme.question),
        price=tuple(price_statements(criteria, theme)),
        price_also=further(theme.price, KEYS["price"]),
        sections=tuple(_section(section) for section in theme.section),
        rules=tuple(_rule(rule, names) for rule in theme.rule),
        also=further(theme, KEYS["theme"]),
    )


def _programme_price(criteria: Criteria) -> PriceOfProgramme | None:
    """Give the programme's price policy, which holds for every theme that has none of its own."""
    themes = [theme for theme in criteria.themes if theme.price is None]
    if criteria.price is None:
        return None
    return PriceOfProgramme(
        statements=tuple(programme_price_statements(criteria, criteria.price)),
        themes=tuple(theme.title for theme in themes),
        source=criteria.price.source,
        also=further(criteria.price, KEYS["price"]),
    )


def _section(section: Section) -> SectionEntry:
    shares = ", ".join(f"{leaf} {decimal_text(share)} %" for leaf, share in section.shares.items())
    return SectionEntry(section, shares, further(section, KEYS["section"]))


def _rule(rule: Rule, titles: Mapping[str, str]) -> RuleEntry:
    return RuleEntry(rule, rule_sentence(rule, titles), further(rule, frozenset(RULE_KEYS)))


def _share(share: Fraction | None) -> str:
    return "–" if share is None else up_to_places(share, 2)


def _example(criteria: Criteria, example: Example, titles: Mapping[str, str]) -> WorkedExample:
    weights, award = criteria.theme(example.theme).weights, example.award
    marks = [dict(bid.marks) for bid in example.bids]
    sets = award.sets[:SHOWN_SETS] if award else ()
    return WorkedExample(
        title=titles[example.theme],
        alike=tuple(titles[one] for one in example.alike),
        columns=[f"#Bid {bid.bid}" for bid in example.bids],
        marks=tuple((name, weights[name], tuple(given[name] for given in marks)) for name in marks[0]),
        bids=tuple(_example_bid(criteria, bid) for bid in example.bids),
        indexed=any(bid.index is not None for bid in example.bids),
        priced=any(bid.price_points is not None for bid in example.bids),
        award=award,
        sets=tuple((", ".join(one.bids), _exact(one.total), pounds(one.cost)) for one in sets),
        budget=pounds(award.budget) if award else "",
    )


def _example_bid(criteria: Criteria, bid: ExampleBid) -> WorkedBid:
    return WorkedBid(
        bid=bid,
        price="" if bid.price is None else pounds(bid.price),
        quality=_exact(bid.quality),
        points="" if bid.price_points is None else _exact(bid.price_points),
        index="" if bid.index is None else _exact(bid.index),
        total="" if bid.total is None else _as_rounded(bid.total, criteria.rounding.places),
        steps=tuple((step.rule, step.working, _exact(step.result)) for step in bid.steps),
    )


def _exact(value: Fraction) -> str:
    """Write an exact number as a decimal where it ends soon, else as a fraction with about what it comes to."""
    text = exact_text(value)
    if "/" not in text:
        return text
    return f"{text} (about {to_places(value, 4)})" if len(text) <= 24 else f"about {to_places(value, 12)}"


def _as_rounded(value: Fraction, places: int) -> str:
    return to_places(value, places) if Fraction(rounded(value, places), 10**places) == value else _exact(value)
