"""The checker that knows no solver: every kind of rule just kept and just broken, with numbers written by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic.fields import FieldInfo

from evaluator.allocation import broken, verify
from evaluator.records.programme.rules import EVERY_THEME, FIGURES, RULE_KINDS, TRAITS, RuleBase
from evaluator.records.results.allocation import FULL, Award, Candidate, Level, Problem, Refusal, RuleCheck
from tests.unit.allocation.small_problems import award, candidate, problem

YEARS = ("y1", "y2", "y3")
Rule = dict[str, Any]
Line = tuple[str, str, str, str]  # subject, least, most, used


def asks(bid: str, *pounds: str, theme: str = "advice", **more: Any) -> Candidate:
    """A bid that asks for so many pounds in each of the three years, from an organisation of its own unless told."""
    costs = tuple(int(Decimal(one) * 100) for one in pounds)
    return candidate(bid, 50, 0, theme, levels=(Level(FULL, 50, costs),), **more)


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


def year(name: str, limit: str, **more: Any) -> Rule:
    return {"kind": "year_budget", "year": name, "limit": limit} | more


def of_theme(theme: str, **more: Any) -> Rule:
    return {"kind": "theme_budget", "theme": theme} | more


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
by_rule = pytest.mark.parametrize(
    "pair", PAIRS, ids=lambda pair: ", ".join(f"{key} {pair.rule[key]}" for key in pair.rule)
)


def told(pair: Pair, names: str) -> list[RuleCheck]:
    made = checked(f"{pair.keeping} {pair.breaking}", pair.rule | {"title": "As published"}, *pair.others)
    return [one for one in verify(made, given(names)) if one.rule == "R1"]


@by_rule
def test_awards_at_the_published_figure_keep_a_rule(pair: Pair) -> None:
    kept = told(pair, pair.keeping)
    assert all(one.holds for one in kept)
    assert [one.used for one in kept if one.subject == pair.line[0]] == ([pair.kept] if pair.kept else [])


@by_rule
def test_awards_that_are_one_off_break_a_rule_and_it_says_by_what(pair: Pair) -> None:
    failed = [one for one in told(pair, pair.breaking) if not one.holds]
    assert failed == [RuleCheck("R1", "As published", *pair.line, holds=False)]


def options(kind: str) -> dict[str, FieldInfo]:
    """The keys that a rule of a kind has beside those of every rule; nobody checks a reason."""
    fields = RULE_KINDS[kind].model_fields
    return {key: fields[key] for key in fields if key not in {*RuleBase.model_fields, "kind", "reason"}}


def words_of(kind: str) -> list[str]:
    """The fixed words that a key of the kind takes, such as the money that a share is a share of."""
    return [
        f", {key} {word}"
        for key, field in options(kind).items()
        if get_origin(field.annotation) is Literal
        for word in get_args(field.annotation)
    ]


def ways_to_publish(kind: str) -> Iterator[str]:
    """Say every way in which a rule of a kind can be published: a new key makes a new one."""
    for key, field in options(kind).items():
        yield key
        if not field.is_required():
            yield f"no {key}"
        if key == "theme":
            yield "each theme"
        if key in FIGURES:
            yield from (f"{key} alone{word}" for word in words_of(kind) or [""])


def ways_of(rule: Rule) -> Iterator[str]:
    """Say in which of these ways a rule was published."""
    kind = rule["kind"]
    yield from (key if key in rule else f"no {key}" for key in options(kind))
    if rule.get("theme") == EVERY_THEME:
        yield "each theme"
    defaults = {key: field.default for key, field in options(kind).items()} | rule
    words = [word for word in words_of(kind) if defaults[word.split()[1]] == word.split()[2]] or [""]
    figures = [key for key in FIGURES if key in rule]
    yield from (f"{figure} alone{word}" for figure in figures for word in words if len(figures) == 1)


@pytest.mark.parametrize("kind", [kind for kind in RULE_KINDS if TRAITS[kind].gives_way != "never"])
def test_every_way_to_publish_a_rule_has_awards_that_keep_and_break_it(kind: str) -> None:
    shown = {way for pair in PAIRS if pair.rule["kind"] == kind for way in ways_of(pair.rule)}
    lacking = [way for way in ways_to_publish(kind) if way not in shown]
    assert not lacking, f"{kind} is kept and broken by no awards in PAIRS with: {'; '.join(lacking)}"


def test_a_reserve_list_limits_no_awards() -> None:
    assert verify(checked("A", {"kind": "reserve_list", "theme": "*", "length": 1}), given("A")) == ()


def test_what_leftovers_pay_is_held_to_a_theme_s_least_and_not_to_its_limit() -> None:
    rules = (of_theme("advice", limit="300", least="500"), of_theme("advice", limit="300", least="500.01"))
    kept, short = verify(checked("A B", *rules, method="priority", leftovers=True), given("A B*"))
    assert (kept.most, kept.used, kept.holds) == ("£300", "£300, and £200 from leftovers", True)
    assert (short.least, short.holds) == ("£500.01", False)


def test_an_award_from_leftovers_takes_nothing_from_what_a_theme_carries_over() -> None:
    # y1 leaves 105 − 100 = 5, since B's 50 there are paid from leftovers; y2 has 195 + 5.
    rules = (of_theme("advice", year="y2", limit="195", **CARRIED), of_theme("advice", year="y1", limit="105"))
    carried, _ = verify(checked("A B", *rules, method="priority", leftovers=True), given("A B*"))
    assert (carried.most, carried.used, carried.holds) == ("£200", "£200, and £150 from leftovers", True)


def test_a_theme_has_at_most_one_award_where_lots_are_fixed() -> None:
    made = checked("A B E", method="fixed_lots")
    assert verify(made, given("A E")) == (
        RuleCheck("fixed_lots", "One award for each theme", "advice", "", "1", "1", holds=True),
        RuleCheck("fixed_lots", "One award for each theme", "youth", "", "1", "1", holds=True),
    )
    first, _ = verify(made, given("A B E"))
    assert (first.subject, first.used, first.holds) == ("advice", "2", False)
    assert verify(checked("A B"), given("A B")) == ()


def test_bids_that_exclude_each_other_are_found_whichever_of_them_says_so() -> None:
    made = checked("A C")
    assert verify(made, given("A C")) == (RuleCheck("excludes", "", "C, A", "", "1", "2", holds=False),)
    assert verify(made, given("A")) == verify(made, given("C")) == ()


def test_a_bid_that_excludes_itself_by_mistake_may_still_be_funded() -> None:
    one = candidate("A", 1, 1, excludes=("A",))
    assert verify(problem([one]), (award(one, one.levels[0]),)) == ()


def test_an_organisation_that_is_named_twice_in_a_bid_is_counted_once() -> None:
    one = candidate("A", 1, 300, organisations=("o", "o"))
    made = problem([one], {"kind": "organisation_awards", "limit": 1}, {"kind": "organisation_money", "limit": "300"})
    assert [(check.subject, check.used) for check in verify(made, (award(one, one.levels[0]),))] == [
        ("o", "1"),
        ("o", "£300"),
    ]


@pytest.mark.parametrize("years", [("y1", "y3"), ("y1", "y2")])
def test_a_share_of_a_budget_that_was_not_published_for_every_year_is_of_nothing(years: tuple[str, str]) -> None:
    rules = (share(most="50%"), *(year(name, "900") for name in years))
    assert [(one.most, one.holds) for one in verify(checked("A", *rules), ())][:1] == [("50% of £0", True)]
    assert "R1" in broken(verify(checked("A", *rules), given("A")))


def test_rules_are_told_in_the_order_published_and_a_broken_one_is_named_once() -> None:
    made = checked("A B C", {"kind": "organisation_awards", "limit": 0}, of_programme("600"), {"kind": "variants"})
    assert [check.rule for check in verify(made, given("A B"))] == ["R1", "R1", "R2"]
    assert broken(verify(made, given("A B C"))) == ("R1", "R2", "excludes")


@pytest.mark.parametrize(
    ("rule", "used"),
    [
        ({"kind": "least_level", "least": "60%"}, "no award"),
        ({"kind": "capacity", "limit": "0"}, "0 hours"),
        ({"kind": "linked", "bids": ["A", "B"]}, "0 of 2"),
        (of_programme("0"), "£0"),
    ],
)
def test_no_awards_keep_every_limit(rule: Rule, used: str) -> None:
    (check,) = verify(checked("A", rule), ())
    assert (check.used, check.holds) == (used, True)


def test_a_share_of_no_money_is_kept_by_no_awards() -> None:
    (check,) = verify(checked("A", {"kind": "small_share", "least": "20%"}), ())
    assert (check.least, check.used, check.holds) == ("20% of £0", "£0", True)


def test_each_theme_means_also_a_theme_that_only_a_rule_names_or_whose_bids_are_all_refused() -> None:
    made = checked(
        "A",
        {"kind": "theme_awards", "theme": "*", "least": 1},
        of_theme("parks", limit="1"),
        {"kind": "reserve_list", "theme": "transport", "length": 1},
        refused=(Refusal("X", "health", "disregarded", "It came late."),),
    )
    assert [check.subject for check in verify(made, ()) if check.rule == "R1"] == ["advice", "health", "parks"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ((Award("X", "advice", FULL, 300_00, ()),), "^X is not a candidate at 100% for that amount$"),
        ((Award("A", "advice", "60%", 300_00, ()),), "^A is not a candidate at 60% for that amount$"),
        ((Award("A", "advice", FULL, 299_99, ()),), "^A is not a candidate at 100% for that amount$"),
        ((Award("A", "youth", FULL, 300_00, ()),), "^A is not a candidate at 100% for that amount$"),
        ((Award("A", "advice", FULL, 300_00, (200_00, 100_00, 0)),), "^A is awarded other yearly amounts"),
        (given("A A"), "^a bid is awarded twice$"),
        (given("A B*"), "^an award is paid from leftovers, which are not published$"),
    ],
)
def test_awards_that_no_candidate_asked_for_are_our_mistake_and_stop(wrong: tuple[Award, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        verify(checked("A B"), wrong)


def test_an_award_need_not_say_its_years() -> None:
    assert verify(checked("A", of_programme("300")), (Award("A", "advice", FULL, 300_00, ()),))[0].holds
