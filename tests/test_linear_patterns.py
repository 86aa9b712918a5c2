"""Every regular expression that meets text from outside takes twice as long for twice the text, and no more."""

import re

import pytest

from tests.patterns import Used, engine_patterns, slowest

OURS = {"evaluator.files.write.forms.page_reader.SVG"}  # reads pages that the engine made itself, and nothing else
MOST = 3.0  # a pattern that tries every beginning against every end takes 4 times as long
OUTSIDE = [one for one in engine_patterns() if one.where not in OURS]


@pytest.mark.slow  # a minute of processor time
@pytest.mark.parametrize("used", OUTSIDE, ids=lambda one: one.where)
def test_twice_the_text_takes_a_pattern_no_more_than_about_twice_as_long(used: Used) -> None:
    factor, seconds, text = slowest(used)
    assert factor < MOST, f"{used.pattern.pattern!r} took {seconds:.3f} s for {text!r} over and over"


@pytest.mark.parametrize("slow", [r"\d+x", r"\[[^\]]*\]", r"[0-9]+\.?$", r"<svg\b.*?</svg>"])
def test_a_pattern_that_takes_four_times_as_long_is_noticed(slow: str) -> None:
    assert slowest(Used("here", re.compile(slow), everywhere=True), size=8_000)[0] > MOST  # long enough on any machine


def test_patterns_are_found_in_modules_in_calls_and_in_tables() -> None:
    places = {one.where for one in engine_patterns()}
    assert {"evaluator.records.numbers.PLAIN", "a table of keys", "a table of characteristics"} <= places
    assert any(place.startswith("evaluator.validation.reasons") for place in places)
    assert any(place.startswith("words.toml: ") for place in places)
    assert any(re.fullmatch(r"evaluator[.\w]+:\d+", place) for place in places)
