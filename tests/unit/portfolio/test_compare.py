"""Figures side by side, worked by hand from a few rows; and small numbers that stay withheld."""

from fractions import Fraction

import pandas as pd
import pytest

from evaluator.portfolio.compare import FIGURES, Figure, compare
from evaluator.reporting.audit.comparison import SHORT

PROGRAMMES = pd.DataFrame(
    {
        "bundle": ["a", "b", "c"],
        "title": ["Advice", "Youth", "Advice"],
        "authority": ["North", "North", "South"],
        "year": ["2026", "2027", "2027"],
        "closing_date": ["2026-10-02", "2027-10-01", ""],
        "decision_date": ["2026-12-01", "2027-10-31", "2027-12-01"],
    }
)
BIDS = pd.DataFrame(
    [
        ("a", "t", "B1", True, "ranked", "60.00", 2, True),
        ("a", "t", "B2", False, "ranked", "80.00", 1, False),  # outranked B1, and has no award
        ("a", "t", "B3", False, "ranked", "40.00", 3, False),
        ("b", "t", "B1", False, "ranked", "50.00", 1, True),
        ("c", "t", "B1", True, "below_minimum", "10.00", None, False),
    ],
    columns=["bundle", "theme", "bid", "small", "status", "quality", "rank", "awarded"],
)
AWARDS = pd.DataFrame(
    [("a", "t", "B1", "3000.00"), ("b", "t", "B1", "1000.00")], columns=["bundle", "theme", "bid", "amount"]
)
MARKS = pd.DataFrame(
    [
        ("a", "B1", "Q1", "4", 3, "2", "5", "3.333333"),
        ("a", "B1", "Q2", "3", 2, "3", "3", "3.000000"),
        ("b", "B1", "Q1", "1", 1, "1", "1", "1.000000"),
    ],
    columns=["bundle", "bid", "question", "mark", "evaluators", "lowest", "highest", "mean"],
)
TABLES = {"programmes": PROGRAMMES, "bids": BIDS, "awards": AWARDS, "marks": MARKS}


def told(by: str, group: str, figure: str, least: int = 1) -> Figure:
    (found,) = [one for one in compare(TABLES, least) if (one.by, one.group, one.figure) == (by, group, figure)]
    return found


@pytest.mark.parametrize(
    ("figure", "value", "base"),
    [
        ("price_of_a_point", Fraction(4000, 110), 2),  # £4,000 over 60 and 50 points
        ("success", Fraction(200, 5), 5),
        ("small_money", Fraction(75), 2),  # £3,000 of £4,000
        ("small_success", Fraction(50), 2),
        ("inversions", Fraction(50), 2),  # B2 of B2 and B3
        ("apart", Fraction(50), 2),  # 2 and 5 lie apart, 3 and 3 do not; one mark alone is left out
        ("spread", Fraction(3, 2), 2),
        ("shift", Fraction("0.3333335"), 2),
        ("moved", Fraction(50), 2),
        ("days", Fraction(45), 2),  # 60 and 30 days
    ],
)
def test_each_figure_is_what_it_is_by_hand(figure: str, value: Fraction, base: int) -> None:
    found = told("all", "All programmes", figure)
    assert (found.value, found.base) == (value, base)


def test_every_figure_has_been_worked_by_hand() -> None:
    assert {one.figure for one in compare(TABLES)} == set(FIGURES)


def test_every_figure_has_a_column_on_the_page() -> None:
    assert {figure for columns in SHORT.values() for figure in columns} == set(FIGURES)


def test_groups_are_years_authorities_and_programmes() -> None:
    groups = {(one.by, one.group) for one in compare(TABLES)}
    assert {group for by, group in groups if by == "year"} == {"2026", "2027"}
    assert {group for by, group in groups if by == "authority"} == {"North", "South"}
    assert {group for by, group in groups if by == "programme"} == {"Advice (a)", "Youth (b)", "Advice (c)"}


def test_what_rests_on_few_is_withheld_and_so_is_the_next_where_the_rest_would_tell_it() -> None:
    assert told("year", "2026", "success", 3).withheld  # 3 bids; 2027 has 2, which alone could be worked out
    assert told("year", "2027", "success", 3).withheld
    assert told("year", "2026", "success", 2).value == Fraction(100, 3)
    assert told("all", "All programmes", "success", 3).value == 40


def test_days_are_never_withheld_since_programmes_are_public() -> None:
    assert told("authority", "North", "days", 10).value == 45


def test_nothing_at_all_gives_no_figures() -> None:
    assert compare({name: table[:0] for name, table in TABLES.items()}) == ()
