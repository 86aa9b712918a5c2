"""The optimum, its stages and ties, and what is said of every bid that is not funded."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluator.allocation import allocate, verify
from evaluator.allocation.search import covers, one_limit, presolve, state
from evaluator.allocation.solvers import cbc, solve
from evaluator.records.numbers import pounds
from evaluator.records.results.allocation import FULL, Allocation, Level
from evaluator.reporting.studies.allocation import allocation_document, allocation_text
from tests.busy_machine import limit_work
from tests.unit.allocation.small_problems import award, bids, budget, candidate, problem


def explanation(result: Allocation, bid: str) -> str:
    return next(refusal.explanation for refusal in result.not_awarded if refusal.bid == bid)


def reasons(result: Allocation) -> dict[str, str]:
    return {refusal.bid: refusal.reason for refusal in result.not_awarded}


def test_no_candidates_is_an_allocation_of_nothing() -> None:
    result = allocate(problem([], budget(100)))
    assert (result.status, result.awards, result.total_score, result.upper_bound, result.cost) == (
        "proven",
        (),
        0,
        0,
        0,
    )
    assert (result.tied, result.tied_complete) == (((),), True)


def test_a_budget_of_nothing_funds_only_what_costs_nothing() -> None:
    result = allocate(problem([candidate("A", 5, 10), candidate("B", 3, 0)], budget(0)))
    assert (result.status, bids(result)) == ("proven", ("B",))
    assert explanation(result, "A") == (
        "Funding it as well would take all awards together £10 over the limit of £0 (rule R1); "
        "it scored 5, and of the 1 award in its theme 1 scored lower."
    )


def test_nobody_above_the_minimum_score_means_no_awards_and_says_why() -> None:
    result = allocate(problem([candidate("A", 4999, 10)], budget(100), minimum_score="50", score_unit=100))
    assert (result.status, result.awards) == ("proven", ())
    assert reasons(result) == {"A": "below_minimum_score"}
    assert explanation(result, "A") == "It scored 49.99; the published minimum score is 50."


def test_a_score_at_the_minimum_is_enough() -> None:
    assert bids(allocate(problem([candidate("A", 5000, 10)], minimum_score="50", score_unit=100))) == ("A",)


def test_a_bid_with_levels_is_judged_by_the_score_of_its_whole_ask() -> None:
    parts = (Level("80%", 44, (80_00,)), Level("60%", 33, (60_00,)))
    result = allocate(problem([candidate("A", 0, 0, levels=parts, full_score=55)], budget(70), minimum_score="50"))
    assert [(one.level, one.amount) for one in result.awards] == [("60%", 60_00)]


def test_all_scores_nought_leave_every_affordable_set_equal() -> None:
    made = [candidate(name, 0, 10) for name in "ABC"]
    result = allocate(problem(made, budget(20)))
    assert (result.status, len(result.tied), result.tied_complete) == ("proven", 7, True)  # all but the three together
    assert result.awards == ()
    assert reasons(result) == {"A": "no_gain", "B": "no_gain", "C": "no_gain"}
    assert explanation(result, "A") == (
        "Funding it as well would break no published rule, but the awards would be no better by the published "
        "objectives (total score); it scored 0, and no bid of its theme is funded; "
        "it is funded in 3 of the 7 equal sets of awards found."
    )


def test_many_equal_bids_give_a_hundred_tied_sets_and_say_that_there_are_more() -> None:
    result = allocate(problem([candidate(f"B{number:03}", 5, 10) for number in range(60)], budget(100)))
    assert (result.status, result.total_score, len(result.tied)) == ("proven", 50, 100)
    assert not result.tied_complete
    assert len(set(result.tied)) == 100
    assert bids(result) == min(result.tied)
    assert "one of 100 or more equal sets" in allocation_text(result)


def test_two_levels_of_one_bid_are_two_choices() -> None:
    levels = (Level(FULL, 5, (100_00,)), Level("60%", 5, (60_00,)))
    made = problem([candidate("A", 0, 0, levels=levels)], budget(100))
    assert allocate(made).tied == (("A",), ("A at 60%",))
    cheaper = replace(made, policy=made.policy.model_copy(update={"tie_break": ("lower_cost",)}))
    assert [(one.level, one.amount) for one in allocate(cheaper).awards] == [("60%", 60_00)]


def test_objectives_are_taken_one_after_another_and_each_is_recorded_with_its_bound() -> None:
    made = [
        candidate("A", 6, 10, wards=("w1",), groups=("g1",)),
        candidate("B", 3, 6, wards=("w1",), groups=("g1",)),
        candidate("C", 3, 4, wards=("w2",), groups=("g1",)),
    ]
    every = ("wards_covered", "groups_covered", "fewer_awards", "lower_cost")
    result = allocate(problem(made, budget(10), tie_break=every))
    assert bids(result) == ("B", "C")
    facts = [(stage.objective, stage.value, stage.bound, stage.proven) for stage in result.proof.stages]
    assert facts == [
        ("total_score", 6, 6, True),
        ("wards_covered", 2, 2, True),
        ("groups_covered", 1, 1, True),
        ("fewer_awards", 2, 2, True),
        ("lower_cost", 1000, 1000, True),
    ]


def test_total_score_may_come_after_another_objective() -> None:
    made = [candidate("A", 9, 10, wards=("w1",)), candidate("B", 2, 10, wards=("w1", "w2"))]
    result = allocate(problem(made, budget(10), objective=("wards_covered", "total_score")))
    assert (bids(result), result.total_score, result.upper_bound) == (("B",), 2, 2)


def test_without_total_score_as_objective_nothing_is_claimed_about_the_most_it_could_be() -> None:
    made = [candidate("A", 9, 10), candidate("B", 2, 5)]
    result = allocate(problem(made, {"kind": "theme_awards", "theme": "*", "least": 1}, objective=("lower_cost",)))
    assert (bids(result), result.total_score, result.upper_bound) == (("B",), 2, 11)


def test_each_explanation_names_the_nearest_limits_and_by_how_much_they_would_be_broken() -> None:
    ours = {"organisations": ("o1",)}
    made = [candidate("A", 90, 40, **ours), candidate("B", 20, 30, **ours), candidate("C", 60, 50, "youth")]
    rules = (
        {"kind": "theme_budget", "theme": "advice", "limit": "60"},
        {"kind": "organisation_awards", "limit": 1},
        {"kind": "organisation_money", "limit": "65"},
        {"kind": "theme_awards", "theme": "advice", "most": 1},
    )
    result = allocate(problem(made, *rules))
    assert bids(result) == ("A", "C")
    assert explanation(result, "B") == (
        "Funding it as well would give organisation o1 2 awards, where at most 1 may be made (rule R2), "
        "and take organisation o1 £5 over the limit of £65 for one organisation (rule R3), "
        "and break 2 more limits; it scored 20, and of the 1 award in its theme 1 scored higher."
    )


def test_an_explanation_is_true_by_the_checker_that_knows_no_solver() -> None:
    made = [candidate("A", 90, 40), candidate("B", 20, 30), candidate("C", 60, 50)]
    made_problem = problem(made, budget(100))
    result = allocate(made_problem)
    (check,) = verify(made_problem, (*result.awards, award(made[1], made[1].levels[0])))
    assert (bids(result), check.used, check.most) == (("A", "C"), "£120", "£100")
    assert f"{pounds(20_00)} over the limit of {check.most} (rule {check.rule})" in explanation(result, "B")


def test_rules_that_cannot_hold_together_are_named_and_no_award_is_made() -> None:
    made = [candidate("A", 5, 100), candidate("B", 4, 90)]
    rules = (
        budget(150),
        {"kind": "theme_awards", "theme": "*", "least": 2},
        {"kind": "organisation_awards", "limit": 1},
    )
    result = allocate(problem(made, *rules))
    assert (result.status, result.awards, result.conflict) == ("infeasible", (), ("R1", "R2"))
    assert reasons(result) == {"A": "not_decided", "B": "not_decided"}
    assert explanation(result, "A") == "No award is recommended, because rules R1 and R2 cannot hold together."
    assert "confirms that these rules cannot hold together" in result.proof.second_opinion
    assert allocation_text(result).startswith("No award is recommended. These rules cannot hold together: R1 and R2.")


def test_refusals_from_before_are_carried_over() -> None:
    refused = allocate(problem([candidate("B", 1, 1)], minimum_score="2")).not_awarded
    result = allocate(problem([candidate("A", 5, 10)], refused=refused))
    assert result.not_awarded == refused


@pytest.mark.parametrize("unit", [10**15, 10**400], ids=["fine", "finer than any float"])
def test_scores_finer_than_a_solver_can_tell_apart_are_still_compared_exactly(unit: int) -> None:
    made = [
        candidate("A", 6 * unit + 1, 10),
        candidate("B", 6 * unit, 10),
        candidate("C", 5 * unit + 2, 4),
        candidate("D", unit, 6),
        candidate("E", unit - 1, 6),
    ]
    result = allocate(problem(made, budget(10), score_unit=unit))
    assert (result.status, bids(result)) == ("proven", ("C", "D"))
    assert result.total_score == result.upper_bound == 6 * unit + 2


def test_a_hard_large_instance_ends_with_a_true_bound_and_claims_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    limit_work(monkeypatch, nodes=3)
    made = [
        candidate(f"B{number:04}", 20_000 + 37 * number + number % 7, 20_000 + 37 * number) for number in range(2000)
    ]
    result = allocate(problem(made, budget(40_000_017), time_limit=1))
    assert result.status == "not_proven"
    assert result.upper_bound > result.total_score > 0
    assert result.proof.stages[-1].proven is False
    assert result.tied == (bids(result),)
    assert not result.tied_complete
    assert all(check.holds for check in result.checks)
    assert "Not proven" in allocation_text(result)


def test_the_second_opinion_speaks_of_points_and_pounds() -> None:
    made = [candidate("A", 7150, 10), candidate("B", 4000, 10)]
    result = allocate(problem(made, budget(10), score_unit=100))
    assert result.proof.second_opinion == (
        "HiGHS, a solver, confirms that no set of awards has a total score better than 71.5."
    )
    floor = {"kind": "must_fund", "bid": "A"}
    result = allocate(problem(made, budget(10), floor, objective=("lower_cost",)))
    assert result.proof.second_opinion.endswith("has a cost better than £10.")


def test_no_work_at_all_still_gives_a_feasible_set_and_a_true_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_limit, "decide", lambda _: None)
    monkeypatch.setattr(state, "maximise", lambda *_, **__: solve.Answer("unknown"))
    monkeypatch.setattr(presolve, "relaxed", lambda *_: solve.Relaxed())
    made = [candidate("A", 5, 10), candidate("B", 4, 10), candidate("C", 3, 10)]
    result = allocate(problem(made, budget(20)))
    assert (result.status, bids(result), result.total_score, result.upper_bound) == ("not_proven", ("A", "B"), 9, 12)
    assert "was not asked" in result.proof.second_opinion
    floor = {"kind": "must_fund", "bid": "C"}
    nothing = allocate(problem(made, budget(20), floor))
    assert (nothing.status, nothing.awards, nothing.tied, nothing.upper_bound) == ("not_proven", (), (), 12)
    assert reasons(nothing) == {"A": "not_decided", "B": "not_decided", "C": "not_decided"}


def test_without_work_the_relaxation_gives_a_set_a_true_bound_and_bids_that_are_certain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(one_limit, "decide", lambda _: None)
    monkeypatch.setattr(state, "maximise", lambda *_, **__: solve.Answer("unknown"))
    monkeypatch.setattr(covers, "MOST_TERMS", 1)  # what the short limit implies would be enough
    made = [candidate("A", 50, 10), candidate("B", 9, 10), candidate("C", 8, 7), candidate("D", 1, 10)]
    result = allocate(problem(made, budget(26)))
    # By score for each pound: A, C, then 9 of 10 of B: nothing exceeds 66.1. Best score first: A and B make 59.
    assert (result.status, bids(result), result.total_score, result.upper_bound) == ("not_proven", ("A", "B"), 59, 66)
    assert (result.certain_in, result.certain_out) == (("A",), ("D",))
    assert "These are funded in any set that is at least as good: A." in allocation_text(result)
    assert "These are not funded in any set that is at least as good: D." in allocation_text(result)


def test_a_set_that_reaches_a_bound_in_whole_numbers_is_proven_whatever_the_solver_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(state, "maximise", lambda *_, **__: solve.Answer("unknown"))
    made = [candidate("A", 5, 10), candidate("B", 4, 10), candidate("C", 3, 10)]
    stage = allocate(problem(made, budget(20), {"kind": "must_fund", "bid": "C"})).proof.stages[0]
    assert (stage.value, stage.bound, stage.proven) == (8, 8, True)


def test_a_better_set_found_by_the_second_solver_takes_the_proof_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_limit, "decide", lambda _: None)
    made = problem([candidate("A", 5, 10), candidate("B", 4, 5), candidate("C", 4, 5)], budget(10))
    monkeypatch.setattr(state, "maximise", lambda *_, **__: solve.Answer("optimal", (0,), 5))
    result = allocate(made)
    assert (result.status, bids(result), result.total_score, result.upper_bound) == ("not_proven", ("B", "C"), 8, 13)
    assert "found a set of awards with a total score better than 5: nothing is proven" in result.proof.second_opinion


def test_a_solver_that_breaks_a_rule_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_limit, "decide", lambda _: None)
    monkeypatch.setattr(state, "maximise", lambda *_, **__: solve.Answer("optimal", (0, 1), 9))
    with pytest.raises(RuntimeError, match="breaks R1"):
        allocate(problem([candidate("A", 5, 10), candidate("B", 4, 10)], budget(10)))


def test_without_the_second_solver_the_record_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_limit, "decide", lambda _: None)
    monkeypatch.delattr(cbc.pulp, "PULP_CBC_CMD")
    result = allocate(problem([candidate("A", 5, 10), candidate("B", 4, 10)], budget(10)))
    assert result.status == "proven"
    assert "gave no answer" in result.proof.second_opinion


def test_the_second_solver_leaves_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tmp_path / "work"
    work.mkdir()
    for name in ("TMP", "TEMP", "TMPDIR"):
        monkeypatch.setenv(name, str(work))
    monkeypatch.chdir(work)
    result = allocate(problem([candidate(f"B{n}", 30 + n % 7, 20 + n) for n in range(30)], budget(333)))
    assert "confirms" in result.proof.second_opinion
    assert list(work.iterdir()) == []


def test_the_document_gives_numbers_as_exact_decimal_texts() -> None:
    made = [candidate("A", 7150, 0, levels=(Level(FULL, 7150, (1000_50, 2000_00)),)), candidate("B", 100, 9000)]
    result = allocate(problem([made[0]], budget(5000), score_unit=100, years=("2027-28", "2028-29")))
    document = allocation_document(result)
    assert [document[key] for key in ("schema", "status", "total_score", "upper_bound", "cost")] == [
        "allocation/1",
        "proven",
        "71.5",
        "71.5",
        "3000.50",
    ]
    assert document["awards"] == [
        {
            "bid": "A",
            "theme": "advice",
            "level": "100%",
            "amount": "3000.50",
            "by_year": {"2027-28": "1000.50", "2028-29": "2000.00"},
        }
    ]
    assert (document["tied_allocations"], document["tied"], document["conflict"]) == (1, [["A"]], [])


def test_a_limit_of_several_years_is_named_once_at_the_year_in_which_it_would_be_broken_most() -> None:
    made = [
        replace(candidate("A", 90, 0), levels=(Level("100%", 90, (40_00, 50_00)),)),
        replace(candidate("B", 20, 0), levels=(Level("100%", 20, (30_00, 30_00)),)),
    ]
    rules = (
        {"kind": "theme_budget", "theme": "advice", "year": "2027", "limit": "60"},
        {"kind": "theme_budget", "theme": "advice", "year": "2028", "limit": "60"},
    )
    result = allocate(replace(problem(made, *rules), years=("2027", "2028")))
    assert explanation(result, "B").startswith(
        "Funding it as well would take theme advice in 2028 £20 over its limit of £60, and over it in 1 other year "
        "(rules R1 and R2); it scored 20"
    )


@pytest.mark.parametrize(("cap", "complete"), [(2, False), (3, True), (4, True)])
def test_as_many_equal_sets_as_the_published_cap_are_still_all_of_them(cap: int, complete: bool) -> None:
    # Of three equal bids any two fit: three sets. A draw is made where the list is complete.
    equals = [candidate(name, 5, 50) for name in "ABC"]
    result = allocate(problem(equals, budget(100), tied_cap=cap, draw_seed="s"))
    assert (len(result.tied), result.tied_complete) == (min(cap, 3), complete)
    assert (result.draw is not None) is complete
