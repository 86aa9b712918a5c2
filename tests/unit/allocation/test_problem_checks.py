"""Figures of rules that just fit and just do not, and what a year can carry over from."""

from decimal import Decimal
from typing import Any

import pytest

from evaluator.allocation import allocate, check_problem
from evaluator.records.findings.finding import Source
from evaluator.records.results.allocation import FULL, Level
from tests.unit.allocation.small_problems import bids, budget, candidate, problem

YEARS = ("y1", "y2", "y3")


def of_years(bid: str, theme: str, *costs: int) -> Any:
    levels = (Level(FULL, 50, costs),)
    return candidate(bid, 50, 0, theme, levels=levels, small=True, hours=Decimal(1), organisations=("o",))


A, B = of_years("A", "advice", 1, 1, 1), of_years("B", "youth", 1, 1, 1)


def codes(*rules: dict[str, Any], **policy: Any) -> list[str]:
    made = problem([A, B], *rules, years=YEARS, **policy)
    return [one.code for one in check_problem(made, Source("rules.toml"))]


@pytest.mark.parametrize(
    ("rule", "key", "fits", "not_so"),
    [
        ({"kind": "theme_awards", "theme": "advice", "most": 2}, "least", [1, 2], [3]),
        ({"kind": "theme_budget", "theme": "advice", "limit": "2"}, "least", ["1.99", "2"], ["2.01"]),
        ({"kind": "theme_share", "theme": "advice", "of": "awarded"}, "least", ["100%"], ["100.01%"]),
        ({"kind": "theme_share", "theme": "advice", "most": "120%", "of": "awarded"}, "least", ["100%"], ["100.01%"]),
        ({"kind": "theme_share", "theme": "advice", "most": "20%", "of": "awarded"}, "least", ["20%"], ["20.01%"]),
        ({"kind": "small_share"}, "least", ["0%", "100%"], ["100.01%"]),
        ({"kind": "least_level"}, "least", ["100%"], ["100.01%"]),
        ({"kind": "year_budget", "year": "y1", "limit": "2"}, "committed", ["1.99", "2"], ["2.01"]),
    ],
)
def test_a_floor_may_be_as_high_as_its_ceiling(
    rule: dict[str, Any], key: str, fits: list[Any], not_so: list[Any]
) -> None:
    assert [codes(rule | {key: figure}) for figure in fits] == [[]] * len(fits)
    assert [codes(rule | {key: figure}) for figure in not_so] == [["E-ALLOC-007"]] * len(not_so)


@pytest.mark.parametrize(("names", "found"), [(["A", "B"], []), (["A"], ["E-ALLOC-008"]), ([], ["E-ALLOC-008"])])
@pytest.mark.parametrize("kind", ["linked", "exclusive"])
def test_a_rule_on_several_bids_names_two(kind: str, names: list[str], found: list[str]) -> None:
    assert codes({"kind": kind, "bids": names}) == found


def year(name: str, **more: Any) -> dict[str, Any]:
    return {"kind": "year_budget", "year": name, "limit": "9"} | more


def of_theme(theme: str, **more: Any) -> dict[str, Any]:
    return {"kind": "theme_budget", "theme": theme, "limit": "9"} | more


CARRIED = {"carry_over": True}


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([year("y2", **CARRIED), year("y1")], []),
        ([year("y1", **CARRIED)], ["E-ALLOC-013"]),
        ([year("y3", **CARRIED), year("y1")], ["E-ALLOC-013"]),  # nothing limits the year before
        ([year("y1", **CARRIED), year("y3")], ["E-ALLOC-013"]),  # the last year is not the one before the first
        ([year("y2", **CARRIED), of_theme("*", year="y1")], ["E-ALLOC-013"]),  # a theme's limit is another's money
        ([of_theme("advice", year="y2", **CARRIED), of_theme("*", year="y1")], []),
        ([of_theme("advice", year="y2", **CARRIED), of_theme("advice", year="y1")], []),
        ([of_theme("advice", year="y2", **CARRIED), of_theme("youth", year="y1")], ["E-ALLOC-013"]),
        ([of_theme("*", year="y2", **CARRIED), of_theme("advice", year="y1")], ["E-ALLOC-013"]),
        ([of_theme("*", year="y2", **CARRIED), of_theme("*", year="y1", limit=None, least="1")], ["E-ALLOC-013"]),
        ([of_theme("*", year="y2", limit=None, least="1", **CARRIED), of_theme("*", year="y1")], ["E-ALLOC-013"]),
    ],
)
def test_a_year_carries_over_from_a_limit_on_the_same_money_the_year_before(
    rules: list[dict[str, Any]], found: list[str]
) -> None:
    assert codes(*rules) == found


SHARE = {"kind": "theme_share", "theme": "advice", "most": "50%"}


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([budget(9)], []),
        ([year("y1"), year("y2"), year("y3")], []),
        ([year("y1"), year("y2")], ["E-ALLOC-014"]),
        ([of_theme("*")], ["E-ALLOC-014"]),
    ],
)
def test_a_share_of_the_budget_needs_one_in_all_or_in_every_year(rules: list[dict[str, Any]], found: list[str]) -> None:
    assert codes(SHARE, *rules) == found


@pytest.mark.parametrize(("least", "awarded"), [("49.99", ("A",)), ("50", ("A",)), ("50.01", ())])
def test_a_score_at_the_published_minimum_can_be_funded(least: str, awarded: tuple[str, ...]) -> None:
    some = [candidate("A", 5000, 10)]
    assert bids(allocate(problem(some, budget(10), minimum_score=least, score_unit=100))) == awarded
    of_its_theme = {"minimum_score": "1", "minimum_scores": {"advice": least}}
    assert bids(allocate(problem(some, budget(10), score_unit=100, **of_its_theme))) == awarded
