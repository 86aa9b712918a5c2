"""The checker that knows no solver: each kind of rule kept once and broken once, with numbers written by hand."""

from decimal import Decimal
from typing import Any

import pytest

from evaluator.allocation import broken, verify
from evaluator.records.results.allocation import FULL, Award, Level
from tests.unit.allocation.small_problems import awards, candidate, problem

A = candidate(
    "A",
    60,
    0,
    levels=(Level(FULL, 60, (100_00, 200_00)),),
    organisations=("o1", "o2"),
    hours=Decimal("10.5"),
    wards=("w1", "w2"),
    groups=("g1",),
)
B = candidate(
    "B", 50, 0, levels=(Level(FULL, 50, (50_00, 150_00)),), organisations=("o2",), hours=Decimal(4), small=True
)
C = candidate("C", 40, 0, "youth", levels=(Level(FULL, 40, (0, 100_01)),), wards=("w2",), excludes=("A",))
ALL = (A, B, C)

RULES: list[tuple[dict[str, Any], str, str, str]] = [
    # rule, awards that keep it, awards that break it, what is used when broken
    ({"kind": "budget", "limit": "500"}, "AB", "ABC", "£600.01"),
    ({"kind": "year_budget", "year": "y2", "limit": "350"}, "AB", "ABC", "£450.01"),
    ({"kind": "theme_budget", "theme": "advice", "limit": "499.99"}, "AC", "ABC", "£500"),
    ({"kind": "theme_budget", "theme": "youth", "least": "100.01", "year": "y2"}, "C", "AB", "£0"),
    ({"kind": "theme_awards", "theme": "*", "most": 1}, "AC", "AB", "2"),
    ({"kind": "theme_awards", "theme": "youth", "least": 1}, "C", "AB", "0"),
    ({"kind": "organisation_awards", "limit": 1}, "A", "AB", "2"),
    ({"kind": "organisation_money", "limit": "499.99"}, "A", "AB", "£500"),
    ({"kind": "capacity", "limit": "14.4"}, "A", "AB", "14.5 hours"),
    ({"kind": "exclusive", "bids": ["A", "B", "C"], "limit": 2}, "AB", "ABC", "3"),
    ({"kind": "linked", "bids": ["A", "B"]}, "C", "A", "1 of 2"),
    ({"kind": "must_fund", "bid": "B"}, "B", "A", "not funded"),
    ({"kind": "ward_floor", "least": 2}, "A", "C", "1 wards"),
    ({"kind": "group_floor", "group": "g1", "least": 1}, "A", "B", "0"),
    ({"kind": "small_share", "least": "40%"}, "AB", "ABC", "£200"),
]


@pytest.mark.parametrize(("rule", "keeping", "breaking", "used"), RULES, ids=[rule["kind"] for rule, *_ in RULES])
def test_a_rule_that_is_broken_is_named_with_what_is_used(
    rule: dict[str, Any], keeping: str, breaking: str, used: str
) -> None:
    made = problem([A, B, C], rule | {"title": "As published"}, years=("y1", "y2"))
    kept = verify(made, awards(ALL, *keeping))
    failed = [check for check in verify(made, awards(ALL, *breaking)) if not check.holds and check.rule == "R1"]
    assert "R1" not in broken(kept)
    assert [(check.rule, check.title, check.used) for check in failed[:1]] == [("R1", "As published", used)]


def test_bids_that_exclude_each_other_are_found_whichever_of_them_says_so() -> None:
    made = problem([A, C], years=("y1", "y2"))
    assert broken(verify(made, awards(ALL, "A", "C"))) == ("excludes",)
    assert broken(verify(made, awards(ALL, "A"))) == ()


def test_a_share_of_no_money_is_kept_by_no_awards() -> None:
    (check,) = verify(problem([A], {"kind": "small_share", "least": "20%"}, years=("y1", "y2")), ())
    assert (check.least, check.used, check.holds) == ("20% of £0", "£0", True)


def test_each_theme_means_also_a_theme_that_only_a_rule_names_or_whose_bids_are_all_refused() -> None:
    made = problem(
        [A],
        {"kind": "theme_awards", "theme": "*", "least": 1},
        {"kind": "theme_budget", "theme": "parks", "limit": "1"},
        years=("y1", "y2"),
    )
    assert [check.subject for check in verify(made, ()) if check.rule == "R1"] == ["advice", "parks"]


@pytest.mark.parametrize(
    "wrong",
    [
        (Award("X", "advice", FULL, 1, ()),),
        (Award("A", "advice", "60%", 300_00, ()),),
        (Award("A", "advice", FULL, 299_99, ()),),
        (Award("A", "advice", FULL, 300_00, (200_00, 100_00)),),
        (Award("A", "youth", FULL, 300_00, ()),),
        awards(ALL, "A") * 2,
    ],
)
def test_awards_that_no_candidate_asked_for_are_our_mistake_and_stop(wrong: tuple[Award, ...]) -> None:
    with pytest.raises(ValueError, match=r"A|X|twice"):
        verify(problem([A, B], years=("y1", "y2")), wrong)
