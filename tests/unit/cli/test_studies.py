"""The studies as commands, on the small sample: what they print and how they end."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluator.cli import main

ROOT = Path(__file__).resolve().parents[3]
PLACES = (str(ROOT / "criteria" / "minimal_with_price"), str(ROOT / "sample_bids" / "minimal_with_price"))


def run(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["study", *arguments], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.stdout


def some_bid() -> str:
    return json.loads(run("margins", *PLACES, "--json"))["bids"][0]["bid"]


def test_margins_are_listed_for_people_and_machines() -> None:
    document = json.loads(run("margins", *PLACES, "--json"))
    assert document["schema"] == "margins/1"
    assert len(run("margins", *PLACES).splitlines()) == len(document["bids"])


def test_a_bid_has_its_case_in_sentences_and_as_json() -> None:
    name = some_bid()
    document = json.loads(run("bid", *PLACES, name, "--json"))
    assert (document["schema"], document["bid"]) == ("bid-case/1", name)
    lines = run("bid", *PLACES, name).splitlines()
    assert lines[-len(document["sentences"]) :] == document["sentences"]


def test_an_unknown_bid_is_wrong_use_and_the_bids_are_named() -> None:
    done = CliRunner().invoke(main, ["study", "bid", *PLACES, "B999"])
    assert done.exit_code == 2
    assert "There is no bid B999" in done.output


def test_criteria_without_bids_end_with_the_findings() -> None:
    done = CliRunner().invoke(main, ["study", "bid", PLACES[0], str(ROOT / "criteria" / "minimal"), "B1"])
    assert done.exit_code in (1, 3)
    assert "E-" in done.output


def test_what_rules_cost_is_printed_and_written_as_a_page(tmp_path: Path) -> None:
    page = tmp_path / "new" / "rules.html"
    assert "cannot be added up" in run("rules", *PLACES, "--out", str(page))
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert json.loads(run("rules", *PLACES, "--json"))["schema"] == "rule-costs/1"


def test_draws_shared_by_two_processes_give_the_same_document() -> None:
    asked = ("robustness", *PLACES, "--draws", "3", "--seed", "5", "--json")
    assert run(*asked) == run(*asked, "--processes", "2")
    assert "Over all draws, core" in run(*asked[:-1])


def test_margins_shared_by_two_processes_are_the_same() -> None:
    assert run("margins", *PLACES, "--json", "--processes", "2") == run("margins", *PLACES, "--json")


def test_points_finer_than_a_tenth_are_wrong_use() -> None:
    assert CliRunner().invoke(main, ["study", "robustness", *PLACES, "--points", "0.25"]).exit_code == 2


@pytest.mark.parametrize("left", ["", '{"kind": "marks", "sta'], ids=["between parts", "within a part"])
def test_a_study_that_was_stopped_goes_on_where_it_was_and_comes_out_the_same(tmp_path: Path, left: str) -> None:
    state, short = tmp_path / "state.jsonl", ("--draws", "10", "--json")
    run("robustness", *PLACES, *short, "--resume", str(state))
    whole = state.read_text("utf-8")
    state.write_text("".join(whole.splitlines(keepends=True)[:2]) + left, "utf-8")  # stopped after its first part
    resumed = run("robustness", *PLACES, *short, "--resume", str(state))
    assert json.loads(resumed) == json.loads(run("robustness", *PLACES, *short))
    assert state.read_text("utf-8") == whole


def test_the_state_only_grows_by_a_line_a_part(tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"
    run("robustness", *PLACES, "--draws", "10", "--resume", str(state))
    before, identity = state.read_bytes(), state.stat().st_ino
    run("robustness", *PLACES, "--draws", "20", "--resume", str(state))
    after = state.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == 2 * before.count(b"\n") - 1  # all but the line that names the study
    assert state.stat().st_ino == identity


def test_the_state_of_another_study_is_refused(tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"
    run("robustness", *PLACES, "--draws", "2", "--resume", str(state))
    other = ["study", "robustness", *PLACES, "--draws", "2", "--seed", "2", "--resume", str(state)]
    assert CliRunner().invoke(main, other).exit_code == 2
    for text in ("{}", "", '{"schema": "robustness-state/2"}', "[]"):
        state.write_text(text)
        assert "no state of a robustness study" in CliRunner().invoke(main, other).stderr
    state.write_text('{"schema": "robustness-state/1", "study": "", "parts": []}')
    assert "written by another version of the evaluator" in CliRunner().invoke(main, other).stderr


def test_the_page_of_a_study_has_its_table_and_its_limits(tmp_path: Path) -> None:
    page = tmp_path / "robustness.html"
    run("robustness", *PLACES, "--draws", "4", "--out", str(page))
    assert "not a chance that a decision is right" in page.read_text("utf-8")
    run("margins", *PLACES, "--out", str(page))
    text = page.read_text("utf-8")
    assert "<title id=" in text
    assert "Being in one of several equal sets does not count as funded" in text


@pytest.mark.slow
def test_a_dask_cluster_of_two_workers_gives_the_same_numbers() -> None:
    import distributed  # takes a second

    here = run("robustness", *PLACES, "--draws", "20", "--json")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        there = run("robustness", *PLACES, "--draws", "20", "--json", "--cluster", cluster.scheduler_address)
    assert json.loads(there) == json.loads(here)


def test_a_cluster_that_is_not_there_is_told() -> None:
    told = CliRunner().invoke(main, ["study", "robustness", *PLACES, "--cluster", "nowhere"])
    assert told.exit_code == 2
    assert "no Dask scheduler" in told.stderr
