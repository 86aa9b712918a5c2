"""The checker that knows no solver: every kind of rule just kept and just broken, with numbers written by hand."""

from collections.abc import Iterator
from typing import Literal, get_args, get_origin

import pytest
from pydantic.fields import FieldInfo

from evaluator.allocation import broken, verify
from evaluator.records.programme.rules import EVERY_THEME, FIGURES, RULE_KINDS, TRAITS, RuleBase
from evaluator.records.results.allocation import FULL, Award, Refusal, RuleCheck
from tests.unit.allocation.proof.rules_kept_and_broken import (
    CARRIED,
    PAIRS,
    Pair,
    Rule,
    checked,
    given,
    of_programme,
    of_theme,
    share,
    year,
)
from tests.unit.allocation.small_problems import award, candidate, problem

by_rule = pytest.mark.parametrize("pair", PAIRS, ids=str)


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
