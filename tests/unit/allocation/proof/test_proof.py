"""The proof that others can check: the model as text, the record, the log, and the count of every way."""

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from unittest import mock

import highspy
import pytest
from click.testing import CliRunner

from evaluator.allocation import allocate, with_comparison
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.lp_file import lp_text
from evaluator.allocation.model.model import Row, measure, objectives_of
from evaluator.allocation.proof.awards import Disagreement
from evaluator.allocation.proof.enumeration import checked_by_enumeration
from evaluator.allocation.search import lexicographic, one_limit, state
from evaluator.allocation.search.bounds import bound_of
from evaluator.allocation.solvers import solve
from evaluator.allocation.solvers.decompose import components, unimplied
from evaluator.cli import main
from evaluator.records.results.allocation import Candidate, Level, Problem
from evaluator.reporting.run.proof_files import proof_files, solver_log
from tests.unit.allocation.small_problems import (
    best_allocations,
    bids,
    budget,
    candidate,
    names,
    problem,
    random_problem,
    value,
)

A, B, C = candidate("A", 6, 60), candidate("B", 5, 50), candidate("C", 4, 50)


@pytest.mark.parametrize("seed", range(40))
def test_any_reader_of_the_lp_format_finds_the_value_that_was_proven(seed: int, tmp_path: Path) -> None:
    made = random_problem(seed)
    if not made.candidates:
        return
    path = tmp_path / "model.lp"
    path.write_text(lp_text(build(made)), "utf-8")
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    assert solver.readModel(str(path)) == highspy.HighsStatus.kOk
    solver.run()
    best = best_allocations(made)
    if best:
        assert round(solver.getObjectiveValue()) == _first(made, best[0])
    else:
        assert solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible


def _first(made: Problem, taken: Sequence[tuple[Candidate, Level]]) -> int:
    objective = made.policy.objective[0]
    return value(objective, taken)


def test_the_lp_text_names_each_bid_and_each_rule() -> None:
    text = lp_text(build(problem([A, B], budget(100), {"kind": "theme_awards", "theme": "*", "most": 1})))
    assert text == (
        "\\ Objective: total score; a score of 1 counts 1. Money is in pence.\n"
        "\\ x0000000: A at 100%\n\\ x0000001: B at 100%\n"
        "Maximize\n total_score: + 6 x0000000 + 5 x0000001\nSubject To\n"
        "\\ rule R1, budget (pence)\n most0: + 6000 x0000000 + 5000 x0000001 <= 10000\n"
        "\\ rule R2, theme_awards advice (awards)\n"
        " least1: + 1 x0000000 + 1 x0000001 >= 0\n most1: + 1 x0000000 + 1 x0000001 <= 1\n"
        "Binaries\n x0000000 x0000001\nEnd\n"
    )


def test_the_record_is_the_same_each_time_and_carries_the_models_hash() -> None:
    made = problem([A, B, C], budget(100), tie_break=["lower_cost"])
    one, other = (with_comparison(made, allocate(made)) for _ in range(2))
    files = proof_files(one)
    assert files == proof_files(other)
    record = json.loads(files["record.json"])
    assert record["model_sha256"] == sha256(files["model.lp"].encode()).hexdigest()
    assert [(stage["value"], stage["bound"]) for stage in record["stages"]] == [("9", "9"), ("100.00", "100.00")]
    assert record["enumeration"] == (
        "Every one of the 8 ways to fund these bids was counted without a solver: "
        "none is better, and no other equals it."
    )
    assert record["limits"] == {"bids": 100, "nodes": 200_000, "iterations": 1_000_000, "second_nodes": 100_000}
    assert record["known_faults"] == {"looked_for": [2957, 3002, 3043, 3073, 3094], "found": []}
    assert solver_log(one) == solver_log(other)
    assert one == other


def test_a_list_has_no_model_to_prove() -> None:
    made = problem([A, B, C], budget(100), method="priority")
    assert proof_files(with_comparison(made, allocate(made))) == {}


def test_a_wrong_best_set_is_found_out_by_counting() -> None:
    model = build(problem([A, B, C], budget(100)))
    assert "none is better, and no other equals it" in checked_by_enumeration(model, [(1, 2)], complete=True)
    with pytest.raises(Disagreement):
        checked_by_enumeration(model, [(0,)], complete=True)
    with pytest.raises(Disagreement):
        checked_by_enumeration(model, [], complete=True)


def test_what_cannot_be_met_is_counted_too() -> None:
    result = allocate(problem([A], budget(10), {"kind": "must_fund", "bid": "A"}))
    assert result.proof.enumeration.endswith(
        "the 2 ways to fund these bids was counted without a solver: none keeps every rule."
    )


def test_a_bound_holds_whatever_prices_a_solver_proposes() -> None:
    model = build(problem([A, B, C], budget(100)))
    terms = ((0, 6), (1, 5), (2, 4))
    for price in (0.0, 0.0004, 0.001, 5.0, 1e20):
        assert bound_of(3, terms, model.rows, (price,), {}).most >= 9
    tight = bound_of(3, terms, model.rows, (0.0009,), {})
    assert tight.most == 10
    assert bound_of(3, terms, model.rows, (0.0009,), {0: 0}).most == 9


def test_parts_that_no_rule_binds_together_are_solved_apart() -> None:
    made = [candidate(f"{theme}{number}", 5 + number, 10, theme) for theme in "pqrs" for number in range(3)]
    rules = [{"kind": "theme_budget", "theme": "*", "limit": "20"}, budget(80)]
    model = build(problem(made, *rules))
    rows = unimplied(model, model.rows)
    assert [row.kind for row in rows] == ["theme_budget"] * 4  # four themes of £20 never reach £80
    assert components(range(model.variables), rows) == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]
    assert [row.kind for row in unimplied(build(problem(made, rules[0], budget(79))), model.rows)] == [
        "theme_budget"
    ] * 4


def test_ties_of_parts_are_multiplied() -> None:
    made = [candidate(f"{theme}{number}", 5, 10, theme) for theme in "pqr" for number in range(3)]
    result = allocate(problem(made, {"kind": "theme_awards", "theme": "*", "most": 1}))
    assert (len(result.tied), result.tied_complete) == (27, True)
    most = allocate(problem(made, {"kind": "theme_awards", "theme": "*", "most": 1}, tied_cap=10))
    assert (len(most.tied), most.tied_complete) == (10, False)


def test_as_many_equal_sets_as_the_published_cap_are_counted_where_a_solver_would_list_them_one_by_one() -> None:
    made = [candidate(f"B{number}", 5, 10) for number in range(10)]
    rules = (budget(50), {"kind": "theme_awards", "theme": "advice", "least": 1, "most": 5})
    result = allocate(problem(made, *rules, tied_cap=252, draw_seed="minute 7"))
    assert (len(set(result.tied)), result.tied_complete) == (252, True)  # 10 bids, 5 at a time
    assert result.draw is not None
    assert len(result.draw.tickets) == 252
    fewer = allocate(problem(made, *rules, tied_cap=251, draw_seed="minute 7"))
    assert (len(set(fewer.tied)), fewer.tied_complete, fewer.draw) == (251, False, None)


@pytest.mark.parametrize("seed", range(40))
def test_counting_equal_sets_lists_what_a_solver_lists(seed: int) -> None:
    made = random_problem(seed, bids=6)
    with (
        mock.patch("evaluator.allocation.search.ties.ASKED", 2),
        mock.patch.object(one_limit, "decide", return_value=None),
    ):
        result = allocate(made)
    assert set(result.tied) == {names(taken) for taken in best_allocations(made)[:100]}


@pytest.mark.parametrize("seed", range(60))
def test_narrowing_and_splitting_change_no_answer(seed: int) -> None:
    made = random_problem(seed, bids=6)
    if len(objectives_of(made)) < 2:
        return
    with (
        mock.patch.multiple("evaluator.allocation.search.presolve", NARROWED=0, CORE=2),
        mock.patch("evaluator.allocation.solvers.decompose.SMALL", 1),
    ):
        result = allocate(made)
    assert set(result.tied) == {names(taken) for taken in best_allocations(made)[:100]}
    if result.tied:
        assert result.proof.stages[0].proven


def test_proof_is_written_beside_the_answer(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("bid,theme,organisation,score,cost\nA,t,o,5,10\nB,t,p,4,10\n")
    (tmp_path / "r.toml").write_text('method = "optimise"\n[[rule]]\nid = "R1"\nkind = "budget"\nlimit = "10"\n')
    call = ["allocate", str(tmp_path / "c.csv"), str(tmp_path / "r.toml"), "--proof", str(tmp_path / "proof")]
    for _ in range(2):
        assert CliRunner().invoke(main, call).exit_code == 0
        assert sorted(one.name for one in (tmp_path / "proof").iterdir()) == [
            "README.txt",
            "log.txt",
            "model.lp",
            "record.json",
        ]
    (tmp_path / "proof" / "mine.txt").write_text("kept")
    assert CliRunner().invoke(main, call).exit_code == 2
    assert (tmp_path / "proof" / "mine.txt").read_text() == "kept"


def test_a_row_that_spans_themes_binds_them_together() -> None:
    made = problem([A, replace(B, theme="youth")], budget(100))
    rows = [Row("R", "budget", "", ((0, 1), (1, 1)), most=1)]
    assert components(range(2), rows) == [[0, 1]]
    assert measure("total_score", build(made).choices) == 11


def test_where_cbc_decides_the_record_says_so_and_highs_gives_the_second_opinion() -> None:
    result = allocate(problem([candidate("A", 5, 10), candidate("B", 4, 10)], budget(10)), by_cbc=True)
    assert (result.status, bids(result)) == ("proven", ("A",))
    assert result.proof.solver.startswith("CBC")
    assert result.proof.second_opinion.startswith("HiGHS, another solver, confirms that no set of awards has a total")


def test_a_wrong_claim_that_nothing_fits_is_stopped_by_the_other_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [candidate(f"B{number}", 5, 10) for number in range(20)]  # too many to count one by one
    monkeypatch.setattr(one_limit, "decide", lambda _: None)  # it asks no solver
    monkeypatch.setattr(lexicographic, "presolve", lambda *_: None)  # its bounds would contradict the claim at once
    monkeypatch.setattr(state, "maximise", lambda *_, **__: solve.Answer("infeasible"))
    with pytest.raises(RuntimeError, match="another holds them"):
        allocate(problem(made, budget(55)))


def test_what_rests_on_a_contradicted_value_is_no_longer_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    # The first solver claims that B alone is best; the second finds A. That A is out must not be said then.
    monkeypatch.setattr(one_limit, "decide", lambda _: None)  # it asks no solver
    monkeypatch.setattr(lexicographic, "presolve", lambda *_: None)  # its bounds would contradict the claim at once
    monkeypatch.setattr(state, "maximise", lambda *_, **__: solve.Answer("optimal", (1,), 4))
    result = allocate(problem([candidate("A", 5, 10), candidate("B", 4, 10), candidate("C", 0, 99)], budget(10)))
    assert (result.status, bids(result), result.certain_in, result.certain_out) == ("not_proven", ("A",), (), ())
