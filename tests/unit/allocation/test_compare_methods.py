"""One award a theme, leftovers, and the methods beside each other: small cases worked by hand."""

from random import Random
from typing import Any

import pytest

from evaluator.allocation import allocate, passed_over, verify, with_comparison
from evaluator.publication.seal import canonical
from evaluator.records.results.allocation import Allocation, Award, Candidate, MethodResult, Problem
from evaluator.reporting.studies.allocation import allocation_document, allocation_text
from tests.unit.allocation.small_problems import bids, budget, candidate, problem, random_problem
from tests.unit.test_pipeline import small

A, B, C = candidate("A", 9, 60), candidate("B", 8, 50), candidate("C", 7, 30)
X, Y = candidate("X", 6, 40, "youth"), candidate("Y", 5, 20, "youth")
ALL = [A, B, C, X, Y]
THEMES = {"kind": "theme_budget", "theme": "*", "limit": "60"}


def lots(candidates: list[Any], *rules: dict[str, Any], **policy: Any) -> Allocation:
    return allocate(problem(candidates, *rules, method="fixed_lots", **policy))


def compared(made: Problem) -> tuple[MethodResult, ...]:
    return with_comparison(made, allocate(made)).methods


def test_each_theme_has_one_award_and_it_is_the_best_ranked_bid() -> None:
    result = lots(ALL, budget(1000))
    assert (bids(result), result.status, result.total_score) == (("A", "X"), "proven", 15)
    assert result.proof.method.startswith("fixed_lots: best score first, one award for each theme")
    why = {one.bid: (one.reason, one.explanation) for one in result.not_awarded}
    assert why["B"][0] == "does_not_fit"
    assert "give theme advice 2 awards, where the published method makes one for each theme" in why["B"][1]


def test_the_next_best_bid_of_a_theme_takes_the_place_of_one_that_does_not_fit() -> None:
    assert bids(lots(ALL, budget(90))) == ("A", "Y")
    assert bids(lots(ALL, budget(90), on_unaffordable="stop")) == ("A",)


def test_equal_bids_for_a_theme_are_a_published_tie() -> None:
    twin = candidate("B2", 9, 55)
    result = lots([A, twin, X], budget(1000))
    assert result.tied == (("A", "X"), ("B2", "X"))
    assert lots([A, twin, X], budget(1000), tie_break=("lower_cost",)).tied == (("B2", "X"),)


def test_the_checker_finds_a_second_award_in_a_theme() -> None:
    made = problem(ALL, budget(1000), method="fixed_lots")
    awards = tuple(Award(one.bid, one.theme, "100%", one.levels[0].cost, ()) for one in (A, B))
    (line,) = [one for one in verify(made, awards) if not one.holds]
    assert (line.rule, line.subject, line.used) == ("fixed_lots", "advice", "2")


def test_what_the_themes_leave_goes_to_the_best_bids_not_yet_funded() -> None:
    """Themes may spend 60 each: A (60) in advice; X (40) and then Y (20) in youth. 130 - 120 = 10 is left for nobody;
    with 150, 30 is left: B (50) is passed over, C (30) is paid."""
    assert bids(allocate(problem(ALL, budget(130), THEMES, method="priority", leftovers=True))) == ("A", "X", "Y")
    result = allocate(problem(ALL, budget(150), THEMES, method="priority", leftovers=True))
    assert bids(result) == ("A", "C", "X", "Y")
    assert [one.bid for one in result.awards if one.leftovers] == ["C"]
    assert result.status == "proven"
    (line,) = [one for one in result.checks if one.rule == "R2" and one.subject == "advice"]
    assert (line.used, line.holds) == ("£60, and £30 from leftovers", True)
    (refused,) = result.not_awarded
    assert "£50 over the limit of £150 (rule R1)" in refused.explanation
    assert "R2" not in refused.explanation


def test_without_leftovers_the_theme_budget_is_the_end() -> None:
    assert bids(allocate(problem(ALL, budget(150), THEMES, method="priority"))) == ("A", "X", "Y")


def test_among_leftovers_a_bid_that_does_not_fit_is_passed_over_even_where_the_list_stops() -> None:
    made = problem(ALL, budget(150), THEMES, method="priority", leftovers=True, on_unaffordable="stop")
    assert bids(allocate(made)) == ("A", "C", "X", "Y")


def test_equal_bids_that_compete_for_leftovers_are_a_tie() -> None:
    twin = candidate("D", 8, 50, "youth")
    made = problem([A, B, X, Y, twin], budget(170), THEMES, method="priority", leftovers=True)
    # D (8, 50) takes youth's budget before X and Y; then 60 is left: B is next at 50.
    assert bids(allocate(made)) == ("A", "B", "D")
    equal = [A, X, Y, candidate("E", 4, 30), candidate("F", 4, 30, "youth")]
    made = problem(equal, budget(150), THEMES, method="priority", leftovers=True)
    assert allocate(made).tied == (("A", "E", "X", "Y"), ("A", "F", "X", "Y"))


def test_an_award_from_leftovers_that_were_not_published_is_refused_by_the_checker() -> None:
    made = problem(ALL, budget(150))
    with pytest.raises(ValueError, match="leftovers"):
        verify(made, (Award("C", "advice", "100%", 3000, (), True),))


def test_every_method_is_set_beside_the_published_one() -> None:
    made = problem(ALL, budget(110))
    best, listed, lotted = compared(made)
    # Best: B, C and Y for 100 with 20 points; A, C and Y cost 110 and score 21. The list: A (60), B (50).
    assert (best.method, best.published, best.score, best.cost, best.awards) == ("optimise", True, 21, 110_00, 3)
    assert (best.gained, best.lost) == ((), ())
    assert (listed.method, listed.score, listed.gained, listed.lost) == ("priority", 17, ("B",), ("C", "Y"))
    assert (lotted.method, lotted.score, lotted.gained, lotted.lost) == ("fixed_lots", 15, ("X",), ("C", "Y"))


def test_the_best_set_is_shown_beside_a_published_list_with_wards_and_what_the_list_does_not_meet() -> None:
    floor = {"kind": "theme_awards", "theme": "youth", "least": 1}
    ward = candidate("Y", 5, 20, "youth", wards=("w1", "w2"))
    made = problem([A, B, C, ward], budget(110), floor, method="priority")
    here, best, lotted = compared(made)
    assert (here.awards, here.note) == (0, "It does not meet R2.")
    assert (best.method, best.score, best.wards) == ("optimise", 21, 2)
    assert (lotted.score, lotted.note) == (14, "")
    found = compared(problem([A, B, C, ward], budget(110), floor))
    assert (found[1].method, found[1].score, found[1].note) == ("priority", 17, "It does not meet R2.")


def test_a_best_set_of_more_than_three_hundred_bids_is_not_looked_for_unasked() -> None:
    made = problem([candidate(f"B{n:03}", 5 + n % 7, 10) for n in range(301)], budget(100), method="priority")
    (one,) = [one for one in compared(made) if one.method == "optimise"]
    assert (one.decided, one.note[:16]) == (False, "Not worked out: ")


def test_a_bid_that_outscores_a_funded_one_is_listed_with_its_reason() -> None:
    made = problem(ALL, budget(110))
    (b, x) = passed_over(made, allocate(made))
    assert (b.bid, b.score, b.cost, b.outscored) == ("B", 8, 50_00, ("C",))
    assert b.why.endswith("It asks £50; they ask £30.")
    assert (x.bid, x.outscored) == ("X", ("Y",))


def test_the_comparison_stands_in_the_document_and_in_the_text() -> None:
    made = problem(ALL, budget(110))
    result = with_comparison(made, allocate(made))
    document = allocation_document(result)
    assert [one["method"] for one in document["methods"]] == ["optimise", "priority", "fixed_lots"]
    assert document["methods"][1]["lost"] == ["C", "Y"]
    assert document["passed_over"][0]["bid"] == "B"
    assert "By priority: 2 awards of £110 with a total score of 17 (1 other, 2 of these not)." in allocation_text(
        result
    )


def test_for_every_random_problem_each_method_keeps_what_it_promises() -> None:
    for seed in range(60):
        made = random_problem(seed, method="fixed_lots")
        result = allocate(made)
        themes = [award.theme for award in result.awards]
        assert len(themes) == len(set(themes))
        for one in with_comparison(made, result).methods:
            assert one.decided or one.note


def test_criteria_sealed_before_leftovers_existed_keep_their_seal() -> None:
    assert b"leftovers" not in canonical(small())


def test_only_the_first_few_rules_that_a_method_does_not_meet_are_named() -> None:
    floors = [{"kind": "theme_awards", "theme": theme, "least": 2} for theme in ("advice", "youth")] * 3
    made = problem(ALL, budget(1000), *floors)
    (lotted,) = [one for one in compared(made) if one.method == "fixed_lots"]
    assert lotted.note == "It does not meet R2 and R3 and R4 and 3 more rules."


def by_hand(made: Problem, one_each: bool, leftovers: bool) -> set[str]:
    """The published order followed with sets and sums only; every score is different."""
    total, theme = (int(rule.limit * 100) for rule in made.rules)
    order, funded = sorted(made.candidates, key=lambda one: -one.score), dict[str, Candidate]()

    def spent(name: str = "") -> int:
        return sum(one.levels[0].cost for one in funded.values() if name in ("", one.theme))

    for one in order:
        cost, held = one.levels[0].cost, [other for other in funded.values() if other.theme == one.theme]
        if spent() + cost <= total and spent(one.theme) + cost <= theme and not (one_each and held):
            funded[one.bid] = one
    for one in order if leftovers else ():
        if one.bid not in funded and spent() + one.levels[0].cost <= total:
            funded[one.bid] = one
    return set(funded)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("method", ["priority", "leftovers", "fixed_lots"])
def test_the_published_order_followed_by_hand_gives_the_same_awards(seed: int, method: str) -> None:
    dice = Random(seed)
    scores = dice.sample(range(1, 60), 12)
    found = [
        candidate(f"B{at:02}", score, dice.randint(5, 60), dice.choice(("advice", "youth", "parks")))
        for at, score in enumerate(scores)
    ]
    limit, theme = dice.randint(40, 200), {"kind": "theme_budget", "theme": "*", "limit": str(dice.randint(20, 90))}
    how = {"method": "priority", "leftovers": True} if method == "leftovers" else {"method": method}
    made = problem(found, budget(limit), theme, **how)
    assert set(bids(allocate(made))) == by_hand(made, method == "fixed_lots", method == "leftovers")
