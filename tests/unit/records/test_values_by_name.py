"""Texts take values by their names, and their authors declare what is no rule; what was published keeps its form."""

from decimal import Decimal
from typing import Any, get_type_hints

import pytest

from evaluator.publication import canonical, fingerprint
from evaluator.publication.differences import differences
from evaluator.records.programme.by_name import Names, filled
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.published import PROSE, Declaring, Fact, Published
from evaluator.records.programme.texts import shortened, texts_of, told
from evaluator.records.programme.written.files import as_files
from tests.unit.publication.small_criteria import Change, add, both, put, small

NORTH = "themes.0.question.0"
BUDGET = {"id": "Y1", "kind": "year_budget", "year": "2027-28", "limit": "60000.50", "title": "Money", "source": "7"}
SEALED = {  # never changed: its fingerprint is held to what an earlier version gave
    "schema": 1,
    "reference": "R-1",
    "title": "Small grants",
    "authority": "A council",
    "regime": "grant",
    "version": "1.0",
    "source": "Cabinet",
    "scale": {
        "source": "4",
        "mark": [
            {"mark": "0", "label": "None", "descriptor": "Nothing is there."},
            {"mark": "1", "label": "All", "descriptor": "All is there."},
        ],
    },
    "rounding": {"places": 2, "mode": "half_up", "point": "parts", "source": "4"},
    "moderation": {"method": "one_evaluator", "source": "4"},
    "tie_break": {"order": ["quality"], "source": "4"},
    "allocation": {"method": "optimise", "rule": [{"id": "B1", "kind": "budget", "limit": "9000", "source": "5"}]},
    "themes": [
        {
            "id": "main",
            "title": "Main",
            "source": "2",
            "weights": {"Q1": "100"},
            "question": [{"id": "Q1", "title": "Need", "text": "What need?", "good_answer": "It says.", "source": "3"}],
        }
    ],
}
TIER = {"id": "little", "title": "Up to {up_to}", "up_to": "40000", "word_limit": 250, "source": "4"}


def said(text: str, *changes: Change, at: str = f"{NORTH}.text") -> str:
    """Give what a text says, put at a place of the small criteria: by default the question of the north."""
    made = told(small(*changes, put(at, text)))
    held: Any = made
    for part in at.split("."):
        held = held[int(part)] if part.isdecimal() else getattr(held, "themes" if part == "themes" else part)
    return str(held)


def test_a_question_says_its_own_weight_and_those_of_others() -> None:
    assert said("{weight} of {quality_weight} points, price {price_weight}") == "30 of 60 points, price 40"
    assert said("{weight:C1}, {weight:price}; at least {minimum_mark}") == "20, 40; at least 2"
    assert said("{word_limit} words", put(f"{NORTH}.word_limit", 1500)) == "1,500 words"
    alike = both(*(put(f"{part}.word_limit", 200) for part in (NORTH, "themes.1.question.0", "common.0", "common.1")))
    assert said("At most {word_limit} words.", alike, at="moderation.source") == "At most 200 words."


def test_a_text_of_the_programme_says_each_theme_where_they_differ() -> None:
    less = both(put("themes.1.weights.C1", "15"), put("themes.1.weights.price", "45"))
    assert said("{weight:C1}", at="scale.source") == "20"
    assert said("{weight:C1}", less, at="scale.source") == "20 in North and 15 in South"
    assert said("{weight:south/C1}, {price_weight:south}", less, at="scale.source") == "15, 45"
    assert said("Bids for {theme} are welcome.", at="scale.source") == "Bids for North and South are welcome."


def test_money_percentages_days_and_orders_are_said_as_people_say_them() -> None:
    budget = add("allocation.rule", BUDGET)
    assert said("{budget:2027-28} and {limit:Y1}", budget) == "£60,000.50 and £60,000.50"
    assert said("{minimum_quality} by {tenders_close}") == "50% by 12:00 on 26 February 2027"
    order = put("tie_break.order", ["question:C1", "lower_price"])
    assert said("{tie_break}", order) == "the higher mark for C1; then the lower scored price"
    assert said("{top_mark}, {number_of_years}, {places}", at="rounding.source") == "3, 2, 2"


def test_beside_its_own_record_a_key_needs_no_id() -> None:
    made = told(small(put("tier", [TIER]), add("allocation.rule", BUDGET | {"title": "{limit} in {year}"})))
    assert made.tier[0].title == "Up to £40,000"
    assert made.rules[-3].title == "£60,000.50 in 2027-28"


def test_a_brace_is_written_twice_and_what_is_no_name_stays() -> None:
    assert said("{{weight}} {weight:Q9} { } }}") == "{weight} {weight:Q9} { } }"
    assert filled("{a} {b:c}", {}).unknown == ("a", "b:c")
    text = next(one for one in texts_of(small(put(f"{NORTH}.text", "So {weight}."))) if one.written == "So {weight}.")
    (taken,) = text.shown.taken
    assert (text.words[taken.start : taken.end], taken.named.value) == ("30", Decimal(30))


def test_what_is_sealed_is_the_text_as_it_was_written() -> None:
    written = small(put(f"{NORTH}.text", "{weight} points"))
    shown = told(written)
    assert b"{weight} points" in canonical(shown)
    assert fingerprint(shown) == fingerprint(written)
    assert as_files(shown) == as_files(written)
    heavier = told(small(put(f"{NORTH}.text", "{weight} points"), put("themes.0.weights.N1", "31")))
    assert {change.key for change in differences(shown, heavier)} == {"weights.N1"}
    changed = shown.model_copy(update={"version": "2"})
    assert changed.as_written is changed
    assert told(small()).as_written == small()


def test_criteria_sealed_before_there_were_names_and_facts_keep_their_fingerprint() -> None:
    """As version 0.4.0 gave it, which knew neither."""
    assert (
        fingerprint(told(Criteria.model_validate(SEALED)))
        == "2d11e9e273bef375ebd485d584ce69a0a73b753f8e19424d039a7e095982f7a1"
    )


def test_facts_that_are_not_there_leave_no_trace_and_others_change_words_only() -> None:
    assert b"facts" not in canonical(small())
    declared = small(put(f"{NORTH}.facts", [{"text": "need", "why": "A word."}]))
    assert b'"facts":[{"text":"need","why":"A word."}]' in canonical(declared)
    assert {change.effect for change in differences(small(), declared)} == {"words"}


def models() -> list[type[Published]]:
    found: list[type[Published]] = []
    wait = [Published]
    while wait:
        for one in wait.pop().__subclasses__():
            found.append(one)
            wait.append(one)
    return [one for one in found if one.__module__.startswith("evaluator.records.programme")]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_facts_stand_beside_every_free_text(model: type[Published]) -> None:
    hints = get_type_hints(model, include_extras=True).values()
    free = any(PROSE in getattr(hint, "__metadata__", ()) for hint in hints)
    assert not free or issubclass(model, Declaring) or model is Fact


def test_every_free_text_is_given_once_with_its_place_and_theme() -> None:
    found = texts_of(small(put("allocation.source", "Cabinet")))
    places = [str(one.place) for one in found]
    assert len(set(places)) == len(places)
    assert "programme.toml outcomes.need" in places
    assert "programme.toml allocation.rule[1].source" in places
    own = next(one for one in found if str(one.place) == "themes/north.toml question[1].good_answer")
    assert (own.theme, own.key, own.words[:10]) == ("north", "good_answer", "The answer")


def test_names_offer_what_every_programme_has() -> None:
    names = Names(small()).programme
    offered = ("weight:C1", "tie_break", "places", "least_evaluators", "below_mean", "title:north", "marks")
    assert all(names[name].words for name in offered)


def test_sentences_are_taken_out_whole() -> None:
    assert shortened("A. B. C.", ["B."]) == "A. C."
    assert shortened("ITT 4.4: all alone.", ["all alone."]) == "ITT 4.4."
    assert shortened("A  B", []) == "A  B"


def test_criteria_are_read_with_values_in_the_places_of_names() -> None:
    assert isinstance(told(small()), Criteria)
