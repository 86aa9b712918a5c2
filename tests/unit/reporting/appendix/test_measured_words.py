"""Each published value of a measured criterion, and of a line of the price, changes the words that bidders read."""

from typing import Any

import pytest

from evaluator.records.programme.price.lines import PriceLine
from evaluator.records.programme.price.measured import MEASURED_METHODS, Measured
from evaluator.records.programme.price.policy import PricePolicy
from evaluator.reporting.appendix.line_words import line_words
from evaluator.reporting.appendix.measured_words import measured_statements
from tests.method_parameters import parameters_of

WARRANTY = {"id": "M1", "title": "Warranty", "unit": "months", "text": "Months from handover.", "method": "direct"}
PARAMETERS = {"by_rank": {"step": "10"}}
LIMITS = {"method": "fixed_limits", "better": "higher", "parameters": {"lowest": "1", "highest": "9"}}
BANDED = {"method": "banded", "band": [{"at_least": "5", "points": "10"}, {"at_least": "2", "points": "4"}]}


def told(**keys: Any) -> str:
    return " ".join(words for _, words in measured_statements(Measured.model_validate({**WARRANTY, **keys})))


@pytest.mark.parametrize(
    ("before", "change"),
    [
        ({}, {"unit": "years"}),
        ({}, {"text": "Years from handover."}),
        ({}, {"method": "inverse"}),
        ({}, {"least": "6"}),
        ({}, {"most": "60"}),
        ({}, {"cap": "36"}),
        (LIMITS, {"better": "lower"}),
        (LIMITS, {"parameters": {"lowest": "2", "highest": "9"}}),
        (LIMITS, {"parameters": {"lowest": "1", "highest": "8"}}),
        (LIMITS, {"parameters": {"lowest": "1", "highest": "9", "clip": "0"}}),
        (BANDED, {"band": [{"at_least": "6", "points": "10"}, {"at_least": "2", "points": "4"}]}),
        (BANDED, {"band": [{"at_least": "5", "points": "9"}, {"at_least": "2", "points": "4"}]}),
        ({"method": "yes_no"}, {"parameters": {"no": "10"}}),
        ({"method": "by_quarter", "better": "lower"}, {"parameters": {"third": "40"}}),
        ({"method": "by_rank", "better": "lower", "parameters": {"step": "10"}}, {"parameters": {"step": "20"}}),
    ],
)
def test_each_value_changes_the_words(before: dict[str, Any], change: dict[str, Any]) -> None:
    assert told(**before) != told(**{**before, **change})


@pytest.mark.parametrize("method", sorted(MEASURED_METHODS))
def test_every_method_is_told_without_a_name_left_to_fill_in_and_without_a_price(method: str) -> None:
    words = told(method=method, parameters={**parameters_of(method), **PARAMETERS.get(method, {})})
    assert "{" not in words
    formula = words.partition("Formula: ")[2].partition("F is the bid")[0]
    assert " P" not in formula


LINES = ({"id": "day", "title": "Day", "unit": "day", "quantity": "10", "weight": "3"}, {"id": "kit", "title": "Kit"})


def lines_told(policy: dict[str, Any] | None = None, **keys: Any) -> str:
    first = PriceLine.model_validate({**LINES[0], **keys})
    second = PriceLine.model_validate({**LINES[1], "weight": "1"} if first.weight else LINES[1])
    return line_words((first, second), PricePolicy(method="range", source="6", **(policy or {})))


@pytest.mark.parametrize(
    "change",
    [
        {"id": "days"},
        {"title": "A day"},
        {"unit": "session"},
        {"quantity": "11"},
        {"weight": "4"},
        {"weight": None},
        {"method": "lowest_price_ratio"},
        {"method": "ranking_points", "parameters": {"step": "5"}},
        {"option": True},
        {"source": "Cabinet, 6."},
    ],
)
def test_each_value_of_a_line_changes_the_words(change: dict[str, Any]) -> None:
    assert lines_told() != lines_told(**change)
