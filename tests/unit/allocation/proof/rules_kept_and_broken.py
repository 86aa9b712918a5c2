"""A pair for every kind of rule and every way to publish it: awards that just keep it and awards that just break it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from evaluator.records.results.allocation import FULL, Award, Candidate, Level, Problem
from tests.unit.allocation.small_problems import award, candidate, problem

YEARS = ("y1", "y2", "y3")
Rule = dict[str, Any]
Line = tuple[str, str, str, str]  # subject, least, most, used


def asks(bid: str, *pounds: str, theme: str = "advice", score: int = 50, **more: Any) -> Candidate:
    """A bid that asks for so many pounds in each of the three years, from an organisation of its own unless told."""
    costs = tuple(int(Decimal(one) * 100) for one in pounds)
    return candidate(bid, score, 0, theme, levels=(Level(FULL, score, costs),), **more)


A = asks(
    "A",
    "100",
    "200",
    "0",
    organisations=("o1", "o2"),
    hours=Decimal("10.5"),
    wards=("w1", "w2"),
    groups=("g1",),
    outcomes=("jobs",),
)
B = asks("B", "50", "150", "0", organisations=("o2",), hours=Decimal(4), small=True)
C = asks("C", "0", "100.01", "0", theme="youth", wards=("w2",), excludes=("A",))
D = asks("D", "0", "0", "13", theme="youth", wards=("w3",), groups=("g1",), outcomes=("jobs",))
E = asks("E", "500", "0", "0", theme="youth", hours=Decimal(99), small=True)
V1, V2, V3 = (
    asks("V1", "1", "0", "0", organisations=("o6", "o7"), variant="pool"),
    asks("V2", "2", "0", "0", organisations=("o6",), variant="pool"),
    asks("V3", "3", "0", "0", organisations=("o7",), variant="pool"),
)
L = candidate("L", 9, 0, levels=tuple(Level(name, 9, (6, 0, 0)) for name in ("100%", "60%", "59.99%")))
BIDS = (
    *(A, B, C, D, E, V1, V2, V3, L),
    asks("B+", "50", "150.01", "0", organisations=("o2",), hours=Decimal("4.01"), small=True),  # a penny dearer
    asks("B-", "50", "149.99", "0", organisations=("o2",), small=True),  # a penny cheaper
    asks("B1+", "50.01", "150", "0", organisations=("o2",)),  # a penny dearer in the first year
    asks("D+", "0", "0", "13.01", theme="youth"),
    asks("D-", "0", "0", "12.99", theme="youth"),
    asks("D3", "0", "0", "3", theme="youth"),
    asks("D3+", "0", "0", "3.01", theme="youth"),
    asks("K", "0", "0", "13"),
    asks("K+", "0", "0", "13.01"),
    asks("T", "0", "0", "0.01"),
    asks("E+", "500.01", "0", "0", theme="youth"),
    asks("P", "60", "0", "0", score=90, organisations=("o8",)),
    asks("Q", "50", "0", "0", score=80, organisations=("o8",)),
    asks("R", "40", "0", "0", score=70),
)


def given(names: str, bids: tuple[Candidate, ...] = BIDS) -> tuple[Award, ...]:
    """Awards to the named bids; "L@60%" is one at that level, and "B*" one from leftovers."""
    found, by_name = [], {one.bid: one for one in bids}
    for name in names.split():
        bid, _, level = name.removesuffix("*").partition("@")
        one = next(each for each in by_name[bid].levels if not level or each.name == level)
        found.append(replace(award(by_name[bid], one), leftovers=name.endswith("*")))
    return tuple(found)


def checked(names: str, *rules: Rule, **policy: Any) -> Problem:
    """A problem of the bids that are named, with these rules."""
    bids = {name.removesuffix("*").partition("@")[0] for name in names.split()}
    return problem([one for one in BIDS if one.bid in bids], *rules, years=YEARS, **policy)


@dataclass(frozen=True)
class Pair:
    """A rule, published beside others, with awards that just keep it and awards that just break it.

    ``line`` is what is told of it when broken, and ``kept`` what the awards that keep it come to.
    """

    rule: Rule
    keeping: str
    breaking: str
    line: Line
    kept: str
    others: tuple[Rule, ...] = ()

    def __str__(self) -> str:
        return " ".join(f"{key} {value}" for key, value in self.rule.items())


def year(name: str, limit: str, **more: Any) -> Rule:
    return {"kind": "year_budget", "year": name, "limit": limit} | more


def of_theme(theme: str, **more: Any) -> Rule:
    return {"kind": "theme_budget", "theme": theme} | more


def merit(theme: str = "advice", **more: Any) -> Rule:
    return {"kind": "merit_order", "theme": theme} | more


WHOLE: Rule = {"kind": "least_level", "least": "100%"}


def in_merit(without: int, passed: int) -> Line:
    return "advice", "", "0 without a ground", f"{without} without a ground, {passed} passed over in all"


def share(**more: Any) -> Rule:
    return {"kind": "theme_share", "theme": "advice"} | more


def of_programme(limit: str) -> Rule:
    return {"kind": "budget", "limit": limit}


AWARDED = {"of": "awarded"}
CARRIED = {"carry_over": True}
PAIRS = (
    Pair(of_programme("500"), "A B", "A B+", ("", "", "£500", "£500.01"), "£500"),
    Pair(year("y2", "350"), "A B", "A B+", ("y2", "", "£350", "£350.01"), "£350"),
    Pair(year("y2", "400", committed="50"), "A B", "A B+", ("y2", "", "£350", "£350.01"), "£350"),
    Pair(year("y3", "0"), "A B", "A B T", ("y3", "", "£0", "£0.01"), "£0"),
    # Nothing comes into the first year: what the last one has is not what the year before left.
    Pair(year("y1", "150", **CARRIED), "A B", "A B1+", ("y1", "", "£150", "£150.01"), "£150", (year("y3", "90"),)),
    # y1 leaves 160 − 150 = 10; y2 has 362 − 10 committed + 10 and leaves 12; y3 has 1 + 12 = 13.
    Pair(
        year("y3", "1", **CARRIED),
        "A B D",
        "A B D+",
        ("y3", "", "£13", "£13.01"),
        "£13",
        (year("y1", "160"), year("y2", "362", committed="10", **CARRIED)),
    ),
    # Cut in the middle: y2 takes nothing over, so it leaves 352 − 350 = 2, and y3 has 1 + 2 = 3.
    Pair(
        year("y3", "1", **CARRIED),
        "A B D3",
        "A B D3+",
        ("y3", "", "£3", "£3.01"),
        "£3",
        (year("y1", "160"), year("y2", "352")),
    ),
    # Of two limits on a year the lower one leaves less, and a commitment counts: 370 − 18 − 350 = 2 and not 5.
    Pair(
        year("y3", "1", **CARRIED),
        "A B D3",
        "A B D3+",
        ("y3", "", "£3", "£3.01"),
        "£3",
        (year("y2", "355"), year("y2", "370", committed="18")),
    ),
    # A limit on a theme leaves nothing to the programme's year.
    Pair(
        year("y3", "13", **CARRIED),
        "A B D",
        "A B D+",
        ("y3", "", "£13", "£13.01"),
        "£13",
        (of_theme("*", year="y2", limit="900"),),
    ),
    Pair(of_theme("advice", limit="500"), "A B E", "A B+ E", ("advice", "", "£500", "£500.01"), "£500"),
    Pair(of_theme("advice", least="500"), "A B", "A B- E", ("advice", "£500", "", "£499.99"), "£500"),
    Pair(of_theme("advice", limit="600", least="500"), "A B", "A B-", ("advice", "£500", "£600", "£499.99"), "£500"),
    Pair(of_theme("*", limit="500"), "A B E", "A B E+", ("youth", "", "£500", "£500.01"), "£500"),
    Pair(of_theme("*", least="13"), "A D", "A D-", ("youth", "£13", "", "£12.99"), "£13"),
    Pair(of_theme("advice", limit="350", year="y2"), "A B C", "A B+", ("advice, y2", "", "£350", "£350.01"), "£350"),
    Pair(of_theme("advice", least="350", year="y2"), "A B", "A B- C", ("advice, y2", "£350", "", "£349.99"), "£350"),
    # The same chain as above, of each theme: other themes' limits and awards are no concern of it.
    Pair(
        of_theme("*", limit="1", year="y3", **CARRIED),
        "A B K E",
        "A B K+ E",
        ("advice, y3", "", "£13", "£13.01"),
        "£13",
        (
            of_theme("advice", year="y1", limit="160"),
            of_theme("youth", year="y1", limit="1"),
            of_theme("*", year="y2", limit="352", **CARRIED),
            of_theme("youth", year="y2", limit="2"),
            of_theme("advice", year="y2", least="1"),
        ),
    ),
    Pair(
        of_theme("youth", limit="1", year="y3", **CARRIED),
        "A D3",
        "A D3+",
        ("youth, y3", "", "£3", "£3.01"),
        "£3",
        (of_theme("youth", year="y1", limit="160"), of_theme("youth", year="y2", limit="2")),
    ),
    Pair(share(most="50%"), "A B", "A B+", ("advice", "", "50% of £1,000", "£500.01"), "£500", (of_programme("1000"),)),
    Pair(
        share(least="50%"), "A B", "A B-", ("advice", "50% of £1,000", "", "£499.99"), "£500", (of_programme("1000"),)
    ),
    # The programme has what the lowest of its budgets says, or what all of its years have after what is committed.
    Pair(
        share(most="50%", of="budget"),
        "A B",
        "A B+",
        ("advice", "", "50% of £1,000", "£500.01"),
        "£500",
        (of_programme("2000"), of_programme("1000")),
    ),
    Pair(
        share(most="50%"),
        "A B",
        "A B+",
        ("advice", "", "50% of £1,000", "£500.01"),
        "£500",
        (year("y1", "400"), year("y2", "700", committed="150"), year("y3", "50"), year("y3", "60")),
    ),
    Pair(share(least="50%", **AWARDED), "A B E", "A B- E", ("advice", "50% of £999.99", "", "£499.99"), "£500"),
    Pair(share(most="50%", **AWARDED), "A B E", "A B+ E", ("advice", "", "50% of £1,000.01", "£500.01"), "£500"),
    Pair(
        share(theme="*", most="50%", **AWARDED),
        "A B E",
        "A B E+",
        ("youth", "", "50% of £1,000.01", "£500.01"),
        "£500",
    ),
    Pair({"kind": "theme_awards", "theme": "advice", "most": 2}, "A B C", "A B L", ("advice", "0", "2", "3"), "2"),
    Pair({"kind": "theme_awards", "theme": "youth", "least": 2}, "A C D", "A B C", ("youth", "2", "", "1"), "2"),
    Pair(
        {"kind": "theme_awards", "theme": "*", "least": 1, "most": 2},
        "A B D",
        "A B L D",
        ("advice", "1", "2", "3"),
        "2",
    ),
    Pair({"kind": "theme_awards", "theme": "*", "least": 2}, "A B C D", "A B C", ("youth", "2", "", "1"), "2"),
    # o2 is a member of A's consortium and bids alone with B.
    Pair({"kind": "organisation_awards", "limit": 2}, "A B", "A B B-", ("o2", "", "2", "3"), "2"),
    Pair({"kind": "organisation_money", "limit": "500"}, "A B", "A B+", ("o2", "", "£500", "£500.01"), "£500"),
    Pair({"kind": "capacity", "limit": "14.5"}, "A B", "A B+", ("", "", "14.5 hours", "14.51 hours"), "14.5 hours"),
    Pair(
        {"kind": "capacity", "limit": "14.5", "themes": ["advice", "parks"]},
        "A B E",
        "A B+ E",
        ("advice, parks", "", "14.5 hours", "14.51 hours"),
        "14.5 hours",
    ),
    Pair({"kind": "exclusive", "bids": ["A", "B"]}, "A C", "A B", ("A, B", "", "1", "2"), "1"),
    Pair({"kind": "exclusive", "bids": ["C", "A", "B"], "limit": 2}, "A B D", "A B C", ("A, B, C", "", "2", "3"), "2"),
    Pair(
        {"kind": "linked", "bids": ["B", "A", "D"]},
        "A B D",
        "A B C",
        ("A, B, D", "all or none", "all or none", "2 of 3"),
        "3 of 3",
    ),
    Pair(
        {"kind": "linked", "bids": ["A", "B"]}, "C", "A C", ("A, B", "all or none", "all or none", "1 of 2"), "0 of 2"
    ),
    Pair({"kind": "must_fund", "bid": "B"}, "A B", "A", ("B", "funded", "", "not funded"), "funded"),
    # V1 and V2 come from one organisation; V3 has the same name for its own, and V1 is no variant of the member o7.
    Pair({"kind": "variants"}, "V1 V3 B", "V1 V2 V3", ("o6, pool", "", "1", "2"), "1"),
    Pair({"kind": "variants", "limit": 0}, "B", "B V3", ("o7, pool", "", "0", "1"), ""),
    Pair({"kind": "least_level", "least": "60%"}, "A L@60%", "A L@59.99%", ("", "60%", "", "59.99%"), "60%"),
    # P scores 90, Q 80 and R 70; P and Q are of one organisation.
    Pair(merit(), "P Q", "P R", in_merit(1, 1), in_merit(0, 0)[3]),
    Pair(
        merit("*", passes_over=["R2"]),
        "P R",
        "Q R",
        in_merit(1, 1),
        in_merit(0, 1)[3],
        ({"kind": "organisation_awards", "limit": 1},),
    ),
    Pair(
        merit(unaffordable="pass_over"), "P R", "Q R", in_merit(1, 1), in_merit(0, 1)[3], (of_programme("100"), WHOLE)
    ),
    Pair(merit(max_gap="10"), "P R", "Q R", in_merit(1, 1), in_merit(0, 1)[3]),
    Pair(merit(bands=["80"], tie_break=["lower_cost"]), "Q", "P", in_merit(1, 1), in_merit(0, 0)[3]),
    Pair(merit(bands=["80"]), "P", "Q R", in_merit(1, 1), in_merit(0, 0)[3]),
    Pair({"kind": "fund_first", "theme": "advice", "rank": 2}, "P Q", "P R", ("advice", "2", "", "1"), "2"),
    Pair({"kind": "fund_first", "theme": "*", "score": "80"}, "P Q", "Q R", ("advice", "2", "", "1"), "2"),
    Pair({"kind": "ward_floor", "least": 3}, "A C D", "A C", ("", "3 wards", "", "2 wards"), "3 wards"),
    Pair({"kind": "ward_floor", "least": 2, "ward": "w2"}, "A C D", "A B D", ("w2", "2", "", "1"), "2"),
    Pair({"kind": "group_floor", "group": "g1", "least": 2}, "A D", "A B", ("g1", "2", "", "1"), "2"),
    Pair({"kind": "outcome_floor", "outcome": "jobs", "least": 2}, "A D", "A B", ("jobs", "2", "", "1"), "2"),
    Pair(
        {"kind": "small_share", "least": "40%"},
        "A B",
        "A B-",
        ("small organisations", "40% of £499.99", "", "£199.99"),
        "£200",
    ),
    Pair(
        {"kind": "small_share", "least": "50%", "of": "awards"},
        "A B",
        "A B C",
        ("small organisations", "50% of 3", "", "1"),
        "1",
    ),
)
