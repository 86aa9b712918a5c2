"""Sentences that restate a rule are known from the values, and older criteria come into the newer form unchanged."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.publication import ARITHMETIC, check
from evaluator.publication.figures import figures_in, unaccounted
from evaluator.publication.migration import migrate
from evaluator.publication.restated import restated
from evaluator.records.findings.finding import Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.texts import rewritten, texts_of
from evaluator.records.programme.written.migration import Step
from tests.unit.publication.small_criteria import Change, add, put, small

ROOT = Path(__file__).parents[3]
SETS = sorted(path.parent for path in (ROOT / "criteria").glob("*/programme.toml"))
OLDER = sorted(path.parent for path in (ROOT / "tests" / "reference").glob("criteria_cases/sound*/*/programme.toml"))


def taken_out(key: str, text: str, *changes: Change) -> str:
    """Give what is taken out of a source of the small criteria."""
    found = restated(small(put(key, text), *changes))
    return " ".join(sentence for sentences in found.values() for sentence in sentences)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("rounding.source", "each part once to 2 decimal places, a half upwards."),
        ("moderation.source", "At least two evaluators mark alone, then agree one mark of the scale and write why."),
        ("moderation.source", "No average is taken at any point."),
        ("tie_break.source", "The higher quality score, then the lower price; after that bids share the rank."),
        ("price.source", "The lowest price divided by the price, times 40."),
        ("allocation.source", "Of all sets within the budget, the one with the greatest sum of totals."),
    ],
)
def test_a_sentence_that_only_says_what_the_values_say_is_known(key: str, text: str) -> None:
    changes = (
        put("price.method", "lowest_price_ratio"),
        put("price.parameters", {}),
        put("tie_break.order", ["quality", "lower_price"]),
    )
    assert taken_out(key, f"ITT 4.6: {text}", *changes) == text


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("rounding.source", "each part once to 3 decimal places, a half upwards."),
        ("rounding.source", "each part once to 2 decimal places, a half down."),
        ("rounding.source", "Only the total is rounded, to 2 decimal places."),
        ("moderation.source", "At least three evaluators mark alone, then agree one mark of the scale."),
        ("moderation.source", "The marks of the evaluators are averaged."),
        ("moderation.source", "One evaluator marks each answer."),
        ("moderation.source", "The chair has the casting vote."),
        ("tie_break.source", "The lower price, then the higher quality score."),
        ("tie_break.source", "The higher quality score."),
        ("price.source", "The highest price earns all points."),
        ("allocation.source", "Bids in the order of their totals until the next does not fit."),
        ("rounding.source", "Cabinet, 4 May 2026, item 7"),
    ],
)
def test_what_says_something_else_stays(key: str, text: str) -> None:
    assert taken_out(key, text) == ""


def values(criteria: Criteria) -> Any:
    """Give everything that was published but for its words."""
    plain = rewritten(criteria.as_written, lambda _: "").model_dump(mode="json", by_alias=True)
    return _without_facts(plain)


def _without_facts(plain: Any) -> Any:
    if isinstance(plain, Mapping):
        return {key: _without_facts(value) for key, value in plain.items() if key != "facts"}
    return [_without_facts(one) for one in plain] if isinstance(plain, list) else plain


@pytest.mark.parametrize("folder", [*SETS, *OLDER], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_no_value_is_changed_so_that_scores_and_awards_stay(folder: Path) -> None:
    criteria = read_criteria(folder).criteria
    assert criteria is not None
    made = migrate(criteria).criteria
    assert values(made) == values(criteria)
    assert check(made, ARITHMETIC) == check(criteria, ARITHMETIC)
    shown = {str(one.place): one.words for one in texts_of(criteria)}
    named = {step.place for step in migrate(criteria).steps if step.what in ("named", "taken_out")}
    assert all(one.words == shown[str(one.place)] for one in texts_of(made) if one.place not in named)
    assert [one for one in check(made) if one.code not in {each.code for each in check(criteria)}] == []


def steps(*changes: Change) -> list[tuple[str, str, str]]:
    return [(step.what, step.words, step.now) for step in migrate(small(*changes)).steps]


def test_figures_that_plainly_are_a_value_become_its_name() -> None:
    budget = {"id": "B1", "kind": "budget", "limit": "150000", "title": "All in all £150,000", "source": "7"}
    assert ("named", "£150,000", "{limit}") in steps(add("allocation.rule", budget))
    question = both_words("Write 300 words on 30 ideas.")
    assert ("named", "300", "{word_limit}") in question
    assert ("declared", "words on 30 ideas", "It says what bidders are asked for or told.") in question


def both_words(text: str) -> list[tuple[str, str, str]]:
    return steps(put("themes.0.question.0.text", text), put("themes.0.question.0.word_limit", 300))


def test_a_bare_number_that_happens_to_be_a_value_is_none() -> None:
    """The scale's top mark is 3; three people are not it."""
    assert ("left", "Three people run it", "") in steps(put("themes.0.summary", "Three people run it."))


def test_what_may_be_a_rule_is_never_declared_for_its_author() -> None:
    told = steps(put("moderation.source", "Four of the panel mark each answer."))
    assert ("left", "Four of the panel", "") in told


def test_a_number_of_any_length_is_read_as_it_stands() -> None:
    long = "1" * 40
    assert ("left", f"{long} places", "") in steps(put("rounding.source", f"{long} places"))


def test_a_source_that_only_restates_its_rule_is_left_for_somebody_to_say_where_it_was_decided():
    restating = "each part once to 2 decimal places, a half upwards."
    made = migrate(small(put("rounding.source", restating)))
    assert ("left", restating) in [(step.what, step.words) for step in made.steps]
    assert made.criteria.rounding.source == restating.replace("2 decimal", "{places} decimal")
    assert migrate(made.criteria).criteria == made.criteria


def test_migrating_twice_changes_nothing_more() -> None:
    restating = put("rounding.source", "ITT 4.6: each part once to 2 decimal places, a half upwards.")
    once = migrate(small(restating)).criteria
    assert once.rounding.source == "ITT 4.6."
    assert migrate(once).criteria == once


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_no_figure_of_our_own_criteria_stands_in_prose_but_by_name_or_declared(folder: Path) -> None:
    criteria = read_criteria(folder).criteria
    assert criteria is not None
    found = [(str(one.place), one.written) for one in texts_of(criteria) if unaccounted(one, one.written)]
    assert found == []


def test_references_lists_and_ids_are_no_figures() -> None:
    for text in (
        "Procurement Act 2023, sections 26, 28(2) and (3), and 57.",
        "The paper, 3.4 to 3.21; appendix 2.27; Schedule 6, paragraph 45",
        "Bromcom v United Learning Trust [2022] EWHC 3262 (TCC)",
        "The answer (1) names; (2) says; rule O1 and question C8, BS 5839",
    ):
        assert list(figures_in(text)) == [], text
    assert [str(one.value) for one in figures_in("£2.6 million, 40 %, five days, 2027-28, 12:00, 1 May 2027")] == [
        "2600000.0", "40", "5", "2027-28", "12:00", "2027-05-01"
    ]  # fmt: skip


def test_an_outcome_may_have_the_name_of_the_table_that_it_stands_in() -> None:
    fact = {"text": "nowhere", "why": "It is not there."}
    criteria = small(put("outcomes.better_outcomes", "Of 10 people {number_of_years} learn"), put("facts", [fact]))
    at = Source("programme.toml", key="outcomes.better_outcomes")
    assert Step(at, "left", "Of 10 people") in migrate(criteria).steps
    assert "programme.toml facts[1]" in {str(one.source) for one in check(criteria) if one.code == "E-CRIT-851"}
