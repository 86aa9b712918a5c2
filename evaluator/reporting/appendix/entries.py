"""Everything of the appendix that has an id of its own, as one kind of entry: its number, title, clauses and source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from evaluator.records.numbers import decimal_text, exact_text
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.conditions.stages import Stage
from evaluator.records.programme.conditions.verification import Verification
from evaluator.records.programme.criteria import (
    Characteristic,
    Criteria,
    PricePolicy,
    Question,
    Section,
    Theme,
)
from evaluator.records.programme.price.measured import Measured
from evaluator.records.programme.procurement.keys import Term
from evaluator.records.programme.rules import Rule
from evaluator.records.programme.scales import ScaleOf
from evaluator.reporting.appendix.clauses import Clause, clauses, number, said_of
from evaluator.reporting.appendix.equality_words import monitored_words
from evaluator.reporting.appendix.measured_words import measured_statements
from evaluator.reporting.appendix.rule_words import KNOWN as RULE_KEYS
from evaluator.reporting.appendix.rule_words import rule_sentence
from evaluator.reporting.appendix.stage_words import KEYS as STAGE_KEYS
from evaluator.reporting.appendix.stage_words import stage_statements
from evaluator.reporting.appendix.statements import Said, further, price_statements, tier_statements
from evaluator.reporting.shared.gate_words import gate_statements

Pairs = tuple[tuple[str, str], ...]  # names and values
# The keys that the page tells of in its own words; whatever else is published is listed beside them.
KEYS: Mapping[str, frozenset[str]] = {
    name: frozenset(keys.split())
    for name, keys in {
        "question": "id title text good_answer scope purpose relative_weight optional outcomes approaches word_limit "
        "answered essential descriptors source",
        "price": "method basis unit discount_rate parameters below_mean below_next source",
        "measured": "id title unit text method parameters better least most cap band source",
        "section": "id title weight questions shares minimum_points minimum_percent source",
        "gate": "id title question kind ground predicate on_failure essential source",
        "verification": "column counts evidence checked_by before source",
        "term": "id title text source",
        "characteristic": "id title about values words on_register ladder source",
    }.items()
}


@dataclass(frozen=True)
class Entry:
    """An entry: its number, what it is called, its clauses, where it was decided, and what else was published of it."""

    number: str
    title: str
    clauses: tuple[Clause, ...]
    source: str = ""
    also: Pairs = ()


def entry(
    at: str, title: str, said: tuple[Clause, ...], record: BaseModel | None = None, known: frozenset[str] = frozenset()
) -> Entry:
    """Make an entry about a record, with its source and whatever no clause tells of."""
    return Entry(at, title, said, getattr(record, "source", ""), further(record, known) if known else ())


def gate_entry(gate: Gate, regime: str) -> Entry:
    """Give a pass or fail condition: what is asked, what passes, and what follows."""
    follows = gate_statements(gate, regime)
    said = (
        ("question", gate.question),
        ("predicate", gate.predicate),
        ("on_failure", f"{NOT_ESSENTIAL if not gate.essential else ''}If it is not met: {gate.on_failure}"),
        *([("kind", " ".join(follows))] if follows else []),
    )
    return entry(number("gate", gate.id), gate.title, clauses("gate", said, gate.id), gate, KEYS["gate"])


NOT_ESSENTIAL = "It is not essential: failing it is told of the bid, and takes no bid out. "


def verification_entry(one: Verification) -> Entry:
    """Give how a figure of the register is verified."""
    said = (
        ("counts", f"What counts: {one.counts}"),
        ("evidence", f"Evidence: {one.evidence}"),
        ("before", f"It is verified for each bid before the {one.before}, by: {one.checked_by}"),
    )
    numbered = clauses("verification", said, one.column)
    return entry(number("verification", one.column), one.column, numbered, one, KEYS["verification"])


def stage_entry(criteria: Criteria, stage: Stage) -> Entry:
    """Give a stage: what is marked in it, and who goes on."""
    said = clauses("stage", stage_statements(criteria, stage), stage.id)
    return entry(number("stage", stage.id), stage.name, said, stage, STAGE_KEYS)


def term_entry(term: Term) -> Entry:
    """Give a term that binds beside the rules."""
    said = clauses("term", [("text", term.text)], term.id)
    return entry(number("term", term.id), term.title, said, term, KEYS["term"])


def question_entry(criteria: Criteria, question: Question, theme: str = "") -> Entry:
    """Give a question: common, or (with its theme) a theme's own."""
    at = number("theme", theme, question.id) if theme else number("question", question.id)
    said = said_of(at, "question", _asked(criteria, question))
    return entry(at, question.title, said, question, KEYS["question"])


def _asked(criteria: Criteria, question: Question) -> Iterator[Said]:
    yield "text", question.text
    if question.good_answer:
        yield "good_answer", f"What a good answer holds, and the highest mark asks for: {question.good_answer}"
    once = question.scope == "organisation"
    yield from _how_it_counts(criteria, question)
    yield "scope", f"Answered {'once by the organisation, and counted in each of its bids' if once else 'in each bid'}."
    limit = question.word_limit
    yield "word_limit", "No word limit is published." if limit is None else f"At most {limit} words."
    yield from tier_statements(criteria, question)
    if question.relative_weight is not None:
        yield (
            "relative_weight",
            "Its weight stands to the other common questions’ weights as "
            f"{decimal_text(question.relative_weight)}, in every theme.",
        )
    for key, held in (("outcomes", criteria.outcomes), ("approaches", criteria.approaches)):
        if ids := getattr(question, key):
            named = (f"{one} ({held[one]})" if held.get(one) else one for one in ids)
            yield key, f"{key.capitalize()} that it tests: {'; '.join(named)}."
    if question.purpose:
        yield "purpose", f"Why it is asked: {question.purpose}"


def _how_it_counts(criteria: Criteria, question: Question) -> Iterator[Said]:
    """Say of a question that is not simply marked on the programme's scale how it counts."""
    if question.answered == "information":
        yield "answered", "It is asked for information. It is not marked, and what is answered counts for nothing."
        return
    scale = criteria.scale_for(question.id)
    if question.answered == "pass_fail":
        fails = "A bid that fails is not ranked." if question.essential else "Failing is told, and takes no bid out."
        yield "answered", f"It is answered pass or fail, found by the evaluators, and has no weight. {fails}"
    elif isinstance(scale, ScaleOf):
        yield "marked_on", f"It is marked on the scale {scale.id} ({number('scale', scale.id)})."
    if question.descriptors:
        words = "; ".join(f"{decimal_text(point.mark)} ({point.label}): {point.descriptor}" for point in scale.mark)
        yield "descriptors", f"What earns each mark for this question: {words}"


def price_entry(criteria: Criteria, policy: PricePolicy, title: str, theme: str = "") -> Entry:
    """Give how price is scored: by the programme's policy, or (with its theme) a theme's own."""
    at = number("theme", theme, "price") if theme else number("price")
    return entry(at, title, said_of(at, "price", price_statements(criteria, policy)), policy, KEYS["price"])


def measured_entry(one: Measured) -> Entry:
    """Give how a figure that bids offer becomes points."""
    at = number("measured", one.id)
    return entry(at, one.title, said_of(at, "measured", measured_statements(one)), one, KEYS["measured"])


def section_entry(criteria: Criteria, theme: Theme, section: Section) -> Entry:
    """Give a section of a theme, with the shares of its questions."""
    at = number("theme", theme.id, "sections", section.id)
    admits = {leaf for stage in criteria.stage if not stage.counts for leaf in stage.questions}
    unsaid = theme.total is None and criteria.total is None
    of = "% of the greatest total" if unsaid else f"of the {exact_text(criteria.whole_of(theme.id))} points"
    of = "points, which only admit to the next stage" if admits.issuperset(section.questions) else of
    shares = ", ".join(f"{leaf} {decimal_text(share)} %" for leaf, share in section.shares.items())
    said = (
        f"{section.title}: {decimal_text(section.weight)} {of}; it holds "
        f"{', '.join(section.questions)}.{f' Shares of the section: {shares}.' if shares else ''}"
    )
    return entry(at, section.title, (Clause(at, said),), section, KEYS["section"])


def rule_entry(rule: Rule, titles: Mapping[str, str], theme: str = "") -> Entry:
    """Give a rule of award: the programme's, or (with its theme) one that stands in a theme's file."""
    at = number("theme", theme, rule.id) if theme else number("award", rule.id)
    said = f"{f'{rule.title}: ' if rule.title else ''}{rule_sentence(rule, titles)}"
    return entry(at, rule.title or rule.id, (Clause(at, said),), rule, frozenset(RULE_KEYS))


def monitored_entry(one: Characteristic) -> Entry:
    """Give what organisations are asked apart from their bids, and whom it is about."""
    at = number("equality", one.id)
    said = Clause(at, " ".join(monitored_words(one)))
    return entry(at, one.title, (said,), one, KEYS["characteristic"])
