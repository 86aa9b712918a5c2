"""The evaluation appendix of the tender documents: every rule that the engine applies, and an example to follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from evaluator.records.documents import Document
from evaluator.records.numbers import decimal_text, exact_text, pounds, rounded, to_places, up_to_places
from evaluator.records.programme.accepted import Accepted, Version
from evaluator.records.programme.criteria import PRICE, Criteria, Question, Seal, Section, Theme
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.results.scores import EffectiveWeight
from evaluator.records.results.studies.worked_examples import Example, ExampleBid
from evaluator.reporting.appendix.rule_words import KNOWN as RULE_KEYS
from evaluator.reporting.appendix.rule_words import award_words, rule_sentence
from evaluator.reporting.appendix.statements import (
    further,
    minimum_statements,
    moderation_statements,
    price_statements,
    rounding_statements,
    tie_statements,
    tier_statements,
)
from evaluator.reporting.appendix.tier_words import tier_rows
from evaluator.reporting.shared.pages import AboutRun, environment
from evaluator.reporting.shared.pages import about as about_outcome

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
        "programme": "schema reference title authority regime version years source scale gate price "
        "rounding moderation "
        "tie_break allocation equality outcomes approaches common themes tier",
        "price": "method basis unit discount_rate parameters below_mean below_next source",
        "section": "id title weight questions shares source",
        "scale": "source mark",
        "mark": "mark label descriptor",
        "gate": "id title question predicate on_failure source",
        "characteristic": "id title about values source",
        "rounding": "places mode point source",
        "moderation": "method least_evaluators spread_trigger declarations_required source",
        "tie_break": "order source",
        "equality": "threshold source characteristic",
        "allocation": "method on_unaffordable leftovers minimum_score objective tie_break time_limit source rule",
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


def appendix(issued: Issued, engine: str) -> Document:
    """Write the appendix as a page, and as Word and PDF beside it."""
    return Document(NAME, appendix_html(issued, engine), also=("docx", "pdf"))


def appendix_html(issued: Issued, engine: str) -> str:
    """Write the evaluation appendix: complete, in plain English, and with nothing that was not published."""
    criteria = issued.criteria
    titles = {theme.id: theme.title for theme in criteria.themes}
    facts: dict[str, Any] = {
        "about": _about(issued, engine),
        "criteria": criteria,
        "sealed": issued.seal,
        "titles": titles,
        "tier_rows": tier_rows(criteria.tier),
        "themes": [_theme(issued, theme) for theme in criteria.themes],
        "common": [_question(criteria, question) for question in criteria.common],
        "programme_price": _programme_price(criteria),
        "rounding": rounding_statements(criteria.rounding),
        "moderation": moderation_statements(criteria.moderation),
        "ties": tie_statements(criteria),
        "award": award_words(criteria.allocation) if criteria.allocation else (),
        "rule_lines": [_rule(rule, titles) for rule in criteria.allocation.rule] if criteria.allocation else [],
        "about_whom": ABOUT,
        "also": _also(criteria),
        "further": further,
        "keys": KEYS,
        "examples": [_example(criteria, one, titles) for one in issued.examples],
        "accepted": issued.accepted,
        "versions": issued.versions,
        "number": decimal_text,
    }
    return environment().get_template("appendix.html").render(**facts)


def _about(issued: Issued, engine: str) -> AboutRun:
    run = Run(f"version {issued.criteria.version} as published", engine)
    return about_outcome(Outcome(run, issued.criteria, issued.fingerprint, issued.seal, ()))


def _also(criteria: Criteria) -> dict[str, tuple[tuple[str, str], ...]]:
    """Give what is published beside what the page says in its own words, part by part."""
    parts = ("scale", "rounding", "moderation", "tie_break", "equality", "allocation")
    records = {"programme": criteria} | {name: getattr(criteria, name) for name in parts}
    return {name: further(record, KEYS[name]) for name, record in records.items()}


def _question(criteria: Criteria, question: Question) -> dict[str, Any]:
    names = [(one, criteria.outcomes.get(one, "")) for one in question.outcomes]
    ways = [(one, criteria.approaches.get(one, "")) for one in question.approaches]
    shown = {"q": question, "outcomes": names, "approaches": ways, "also": further(question, KEYS["question"])}
    return shown | {"by_tier": list(tier_statements(criteria, question))}


def _theme(issued: Issued, theme: Theme) -> dict[str, Any]:
    criteria = issued.criteria
    titles = {question.id: question.title for question in criteria.questions(theme.id)} | {PRICE: "Price"}
    carried = {one.question: one.effective for one in issued.weights if one.theme == theme.id}
    names = {one.id: one.title for one in criteria.themes}
    return {
        "theme": theme,
        "weights": [
            (leaf, titles.get(leaf, leaf), weight, _share(carried.get(leaf))) for leaf, weight in theme.weights.items()
        ],
        "minimums": list(minimum_statements(theme, titles)),
        "questions": [_question(criteria, question) for question in theme.question],
        "price": list(price_statements(criteria, theme)),
        "own_price": theme.price,
        "price_also": further(theme.price, KEYS["price"]),
        "sections": [_section(section) for section in theme.section],
        "rules": [_rule(rule, names) for rule in theme.rule],
        "also": further(theme, KEYS["theme"]),
    }


def _programme_price(criteria: Criteria) -> dict[str, Any] | None:
    """Give the programme's price policy, which holds for every theme that has none of its own."""
    themes = [theme for theme in criteria.themes if theme.price is None]
    if criteria.price is None:
        return None
    # Where every theme has its own, the programme's is published all the same, and scored nowhere.
    shown = themes[0] if themes else criteria.themes[0].model_copy(update={"price": None})
    return {
        "statements": list(price_statements(criteria.model_copy(update={"themes": (shown,)}), shown)),
        "themes": [theme.title for theme in themes],
        "source": criteria.price.source,
        "also": further(criteria.price, KEYS["price"]),
    }


def _section(section: Section) -> dict[str, Any]:
    shares = ", ".join(f"{leaf} {decimal_text(share)} %" for leaf, share in section.shares.items())
    return {"section": section, "shares": shares, "also": further(section, KEYS["section"])}


def _rule(rule: Any, titles: dict[str, str]) -> dict[str, Any]:
    return {"rule": rule, "words": rule_sentence(rule, titles), "also": further(rule, frozenset(RULE_KEYS))}


def _share(share: Fraction | None) -> str:
    return "–" if share is None else up_to_places(share, 2)


def _example(criteria: Criteria, example: Example, titles: dict[str, str]) -> dict[str, Any]:
    theme = criteria.theme(example.theme)
    return {
        "title": titles[example.theme],
        "alike": [titles[one] for one in example.alike],
        "questions": [question for question, _ in example.bids[0].marks],
        "weights": theme.weights,
        "columns": [f"#Bid {bid.bid}" for bid in example.bids],
        "bids": [_example_bid(criteria, bid) for bid in example.bids],
        "indexed": any(bid.index is not None for bid in example.bids),
        "priced": any(bid.price_points is not None for bid in example.bids),
        "award": example.award,
        "sets": [(", ".join(one.bids), _exact(one.total), pounds(one.cost)) for one in example.award.sets[:SHOWN_SETS]]
        if example.award
        else [],
        "budget": pounds(example.award.budget) if example.award else "",
    }


def _example_bid(criteria: Criteria, bid: ExampleBid) -> dict[str, Any]:
    places = criteria.rounding.places
    return {
        "bid": bid,
        "price": "" if bid.price is None else pounds(bid.price),
        "quality": _exact(bid.quality),
        "points": "" if bid.price_points is None else _exact(bid.price_points),
        "index": "" if bid.index is None else _exact(bid.index),
        "total": "" if bid.total is None else _shown(bid.total, places),
        "steps": [(step.rule, step.working, _exact(step.result)) for step in bid.steps],
    }


def _exact(value: Fraction) -> str:
    """Write an exact number as a decimal where it ends soon, else as a fraction with about what it comes to."""
    text = exact_text(value)
    if "/" not in text:
        return text
    return f"{text} (about {to_places(value, 4)})" if len(text) <= 24 else f"about {to_places(value, 12)}"


def _shown(value: Fraction, places: int) -> str:
    return to_places(value, places) if Fraction(rounded(value, places), 10**places) == value else _exact(value)
