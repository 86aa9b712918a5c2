"""Someone who works in the criteria workbook is never told a key or a file of the TOML form."""

import re

import pytest

from evaluator.records.findings import CATALOGUE
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.price.names import BETWEEN, PLAIN, choices, chosen, titled
from evaluator.records.programme.written.workbook_words import _exact, as_on_workbook, place_on_workbook

OF_FILES_ALONE = {
    "E-CRIT-002",
    "E-CRIT-003",
}  # that TOML cannot be read, that a file is called otherwise than its theme
ABOUT_CRITERIA = [
    code
    for code in sorted(CATALOGUE)
    if code.startswith(("E-AIMS", "E-ALLOC", "E-CRIT", "E-LAW", "E-PUBLISH", "E-TIER", "E-INT-006"))
    and code not in OF_FILES_ALONE
]
KEYS = {key.rpartition(".")[2] for key in _exact() if "_" in key}
DOTTED = {key for key in _exact() if "." in key}


@pytest.mark.parametrize("code", ABOUT_CRITERIA)
def test_no_finding_about_criteria_says_a_word_of_toml_to_someone_in_the_workbook(code):
    entry = CATALOGUE[code]
    told = (entry.message.format(**entry.example), entry.workbook or entry.remedy.format(**entry.example))
    for text in (as_on_workbook(told[0]), as_on_workbook(told[1]) if not entry.workbook else told[1]):
        assert ".toml" not in text
        assert "[" not in text
        assert "in quotes" not in text
        assert not re.search(r"\b[a-z_]+ = ", text)
        assert not set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", text)) & KEYS - set(METHODS)
        assert not set(re.findall(r"\b[a-z_]+(?:\.[a-z_]+)+\b", text)) & DOTTED


def test_remedies_for_the_workbook_hold_no_facts_of_the_case():
    assert [code for code, entry in CATALOGUE.items() if "{" in entry.workbook] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The key title is missing.", "The entry “Title” is missing."),
        ("Publish [weights]: all.", "Publish the part “Weights and minimum marks”: all."),
        ("Let it be 50, as merit_order says in docs/allocation.md.", None),
        ("A text of theirs: see annex_two.pdf, e.g. page 3.", None),
    ],
)
def test_what_is_no_key_stays(text, told):
    assert as_on_workbook(text) == (told or text)


def test_places_are_named_by_sheet_entry_and_label():
    assert place_on_workbook("programme.toml", "allocation.rule[R3].limit") == "Award rules, R3, “Limit”"
    assert place_on_workbook("programme.toml", "title") == "Programme, “Title”"
    assert place_on_workbook("programme.toml", "outcomes.poverty") == "Programme, poverty"
    assert place_on_workbook("themes/advice.toml", "minimum_marks.C1") == "Theme advice, C1, “Minimum mark”"


def test_every_price_method_has_plain_words_of_its_own_to_choose_it_by():
    assert list(PLAIN) == list(METHODS) or set(PLAIN) == set(METHODS)
    assert [chosen(one) for one in choices()] == list(METHODS)
    assert all(BETWEEN in one for one in choices())
    assert all(words[0].islower() and not words.endswith(".") for words in PLAIN.values())
    assert titled("range") == "range (the share of the way from the highest price to the lowest)"
