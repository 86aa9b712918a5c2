"""A second run costs what changed, and comes to the same bytes as one that takes nothing from the first."""

import zlib
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from shutil import copytree
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from evaluator import pipeline
from evaluator.cli import main
from evaluator.files.cache import ENDING, SEAL, Cache
from evaluator.files.read.bids import returns
from evaluator.files.read.bids.folder import bids_of
from evaluator.files.read.criteria.folder import criteria_of
from evaluator.files.read.inputs import Inputs
from evaluator.files.write.criteria_toml import toml_files
from evaluator.jobs import evaluate as jobs
from evaluator.jobs.evaluate import Finished, cache_of, evaluate
from evaluator.jobs.finished.replay import replay
from evaluator.publication import seal
from evaluator.records.documents import Document
from evaluator.records.office.folder import CACHE
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.outcome import Outcome
from evaluator.reporting import outcome_json
from evaluator.studies.robustness import own_run_robustness
from tests.properties.mixed_programmes import Mixed, mixed

ROOT = Path(__file__).resolve().parents[3]
GRANTS = ROOT / "criteria" / "community_grants", ROOT / "sample_bids" / "community_grants"
FEW, MANY = range(12), range(12, 212)
MERIT = 20  # a mixture with an order of merit, all of whose decisions are explained
Change = Callable[[Mixed], object]


def outcome_alone(outcome: Outcome) -> list[Document]:
    """Make but the outcome, which every other document follows from."""
    return [Document("outcome.json", outcome_json(outcome))]


def folders_of(made: Mixed) -> tuple[Inputs, Inputs]:
    """Give a mixture as its two folders, sealed."""
    criteria = Criteria.model_validate(made.document)
    sealed = seal(criteria, "2026-09-01").model_dump_json(by_alias=True).encode()
    return criteria_of({**toml_files(criteria), "seal.json": sealed}), bids_of(made.files(), {})


def evaluated(made: Mixed, cache: Cache | None) -> Finished:
    """Evaluate a mixture of methods with all its explanations."""
    return run(folders_of(made), cache)


def run(folders: tuple[Path | Inputs, Path | Inputs], cache: Cache | None, **more: Any) -> Finished:
    """Evaluate with all explanations; of the documents the outcome alone is made."""
    with patch.object(jobs, "documents", outcome_alone):
        return evaluate(*folders, "equality", "2027-03-05", lambda _: None, margins=True, cache=cache, **more)


@pytest.fixture
def folders() -> tuple[Inputs, Inputs]:
    return folders_of(programme(MERIT))


def programme(seed: int) -> Mixed:
    """Give a mixture; two of three divide their money by an optimum, one of these down an order of merit."""
    made = mixed(seed)
    if seed % 3 and "allocation" in made.document and "amounts" not in made.document:
        rules = made.document["allocation"]["rule"]
        order = {"id": "R9", "kind": "merit_order", "theme": "*", "source": "s"}
        made.document["allocation"] = {"method": "optimise", "rule": [*rules, *[order] * (seed % 3 - 1)], "source": "s"}
    return made


def a_mark(made: Mixed) -> None:
    """Correct one agreed mark, or one of an evaluator where none are agreed."""
    rows = made.tables.get("consensus") or made.tables["marks"]
    others = sorted({row["mark"] for row in rows if row["mark"] and row["question"] == rows[0]["question"]})
    if len(others) > 1:
        rows[0]["mark"] = next(mark for mark in others if mark != rows[0]["mark"])


def a_price(made: Mixed) -> None:
    for key in made.tables["register"][0]:
        if key.startswith("price") and made.tables["register"][0][key]:
            made.tables["register"][0][key] = "3999.99"


def fewer_bids(made: Mixed) -> None:
    gone = made.tables["register"][-1]["bid"]
    for name, rows in made.tables.items():
        made.tables[name] = [row for row in rows if row.get("bid") != gone]


def another_version(made: Mixed) -> None:
    made.document["version"] = "2"


def less_money(made: Mixed) -> None:
    for rule in made.document.get("allocation", {}).get("rule", ()):
        if rule["kind"].endswith("budget"):
            rule["limit"] = str(int(float(rule["limit"]) * 0.7))


CHANGES: tuple[Change, ...] = (a_mark, a_price, fewer_bids, another_version, less_money)


def same_as_fresh(seed: int, reports: Path, changes: tuple[Change, ...]) -> int:
    """Run a mixture, and changes of it, after one another over one cache; say how many runs were explained."""
    whole, first = 0, programme(seed)
    for change in (lambda _: None, *changes):
        made = deepcopy(first)
        change(made)
        fresh, kept = evaluated(made, None), evaluated(made, cache_of(reports))
        assert kept.files == fresh.files, f"seed {seed} after {change}"
        whole += bool(fresh.outcome and fresh.outcome.allocation and fresh.outcome.allocation.cases)
    return whole


def test_random_programmes_come_to_the_same_bytes_over_what_an_earlier_run_left(tmp_path: Path) -> None:
    explained = [same_as_fresh(seed, tmp_path / str(seed), (CHANGES[seed % 5],)) for seed in FEW]
    assert sum(map(bool, explained)) > len(FEW) // 4, "most of these have no explanations that could differ"


@pytest.mark.slow
def test_many_random_programmes_come_to_the_same_bytes_after_every_change(tmp_path: Path) -> None:
    explained = [same_as_fresh(seed, tmp_path / str(seed), (*CHANGES, lambda _: None)) for seed in MANY]
    assert sum(map(bool, explained)) > len(MANY) // 4


@pytest.mark.slow
def test_random_programmes_come_to_the_same_bytes_over_what_runs_of_two_processes_left(tmp_path: Path) -> None:
    for seed in range(20):
        with patch.object(jobs, "FEW_BIDS", 0):
            both = [evaluated(programme(seed), cache_of(tmp_path / str(seed))).files for _ in range(2)]
        assert both == [evaluated(programme(seed), None).files] * 2, seed


def kept_in(reports: Path) -> list[Path]:
    return sorted((reports / CACHE).glob(f"*{ENDING}"))


@pytest.fixture
def done() -> Iterator[set[str]]:
    """Note which work is done: the division of the money, its explanations, and the draws."""
    noted: set[str] = set()

    def noting(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given, **named: noted.add(name) or work(*given, **named)

    with (
        patch.object(pipeline, "allocate", noting("awards", pipeline.allocate)),
        patch.object(pipeline, "all_cases", noting("cases", pipeline.all_cases)),
        patch.object(own_run_robustness, "draw_range", noting("draws", own_run_robustness.draw_range)),
        patch.object(own_run_robustness, "families", noting("rules", own_run_robustness.families)),
    ):
        yield noted


def test_the_same_run_works_out_no_award_and_no_explanation_again(
    folders: tuple[Inputs, Inputs], tmp_path: Path, done: set[str]
) -> None:
    first = run(folders, cache_of(tmp_path))
    assert done == {"awards", "cases", "draws", "rules"}
    done.clear()
    assert run(folders, cache_of(tmp_path)).files == first.files
    assert done == set()


def test_a_run_without_a_cache_and_a_replay_take_nothing_from_earlier_runs(
    folders: tuple[Inputs, Inputs], tmp_path: Path, done: set[str]
) -> None:
    bundle = run(folders, cache_of(tmp_path)).files[jobs.BUNDLE]
    for again in (lambda: run(folders, None), lambda: replay(bundle, lambda _: None)):
        done.clear()
        again()
        assert done == {"awards", "cases", "draws", "rules"}


def test_whichever_kept_thing_is_damaged_the_bytes_are_the_same(folders: tuple[Inputs, Inputs], tmp_path: Path) -> None:
    fresh = run(folders, None).files
    run(folders, cache_of(tmp_path))
    assert {path.name.split("-")[0] for path in kept_in(tmp_path)} >= {"awards", "cases", "draws", "rule", "amounts"}
    whole = {path: path.read_bytes() for path in kept_in(tmp_path)}
    others = dict(zip(whole, (*list(whole.values())[1:], b""), strict=True))
    damages: tuple[Callable[[Path], bytes], ...] = (
        lambda path: b"",
        lambda path: whole[path][: len(whole[path]) // 2],
        lambda path: bytes([whole[path][0] ^ 1]) + whole[path][1:],
        lambda path: whole[path][:-1] + b"?",
        others.__getitem__,
    )
    for damage in damages:
        for path in whole:
            path.write_bytes(damage(path))
        assert run(folders, cache_of(tmp_path)).files == fresh


def test_amounts_that_are_kept_and_wrong_change_nothing(folders: tuple[Inputs, Inputs], tmp_path: Path) -> None:
    """They are tried first and checked on both sides: whatever they say, what is found is what a search finds."""
    fresh = run(folders, None)
    assert fresh.outcome is not None
    bids = [bid.id for bid in fresh.outcome.evaluation.bids]  # type: ignore[union-attr]
    for amount in (0, 7):
        kept, of = cache_of(tmp_path / str(amount)), (fresh.outcome.criteria.reference,)
        wrong = {change: dict.fromkeys(bids, jobs.Fraction(amount)) for change in ("score", "cost", "budget")}
        kept.put(jobs.AMOUNTS, of, jobs.Amounts, wrong)
        assert kept.get(jobs.AMOUNTS, of, jobs.Amounts) == wrong
        assert run(folders, kept).files == fresh.files


def test_a_workbook_is_read_again_only_where_it_changed(tmp_path: Path) -> None:
    sample = ROOT / "sample_bids" / "community_commissioning" / "returns"
    files = [(name, (sample / name).read_bytes()) for name in ("E07.xlsx", "E10.xlsx")]
    fresh, read = returns.read_returns(files), returns._read
    opened: list[str] = []

    def reading(file: tuple[str, bytes]) -> Any:
        opened.append(file[0])
        return read(file)

    with patch.object(returns, "_read", reading):
        for renamed in ("E10.xlsx", "E10.xlsx", "E10 (1).xlsx"):
            with jobs.shelved(cache_of(tmp_path)):
                found = returns.read_returns([files[0], (renamed, files[1][1])])
    assert opened == ["E07.xlsx", "E10.xlsx", "E10 (1).xlsx"]
    assert found.marks.columns == fresh.marks.columns
    assert [block.file for block in found.marks.blocks] == ["E07.xlsx", "E10 (1).xlsx"]


def test_nothing_of_the_monitoring_is_kept(tmp_path: Path) -> None:
    folders = GRANTS[0], copytree(GRANTS[1], tmp_path / "bids")
    sheet = folders[1] / "equality" / "monitoring.csv"
    head, *rows = sheet.read_text("utf-8").splitlines()
    planted = [f"Planted {number}" for number, _ in enumerate(head.split(","))]
    sheet.write_text("\n".join((head, *rows, ",".join(planted))) + "\n", "utf-8")
    assert "equality.zip" in run(folders, cache_of(tmp_path)).files
    words = {*planted, *(word for row in rows for word in row.split(",")[1:] if word)}
    held = [zlib.decompress(path.read_bytes()[SEAL:]).decode() for path in kept_in(tmp_path)]
    assert len(held) > 3
    assert [word for word in words for one in held if word in one] == []


def test_the_first_report_is_given_once_the_awards_are_there_and_says_what_is_to_come(
    folders: tuple[Inputs, Inputs],
) -> None:
    given: list[tuple[str, Any]] = []
    told: list[str] = []
    steps = {"report_progress": lambda step: told.append(f"{step} {len(given)}")}
    finished = evaluate(
        *folders, "equality", "2027-03-05", margins=True, first=lambda *what: given.append(what), **steps
    )
    ((name, files),) = given
    assert finished.outcome is not None
    assert name == finished.outcome.run.name
    assert sorted(files) == ["outcome.json", "report.html"]
    assert b'"to_come":["cases","robustness","rule_costs","equality"]' in files["outcome.json"]
    assert b"This report is not complete yet." in files["report.html"]
    assert b"not complete yet" not in finished.files["report.html"]
    assert b"to_come" not in finished.files["outcome.json"]
    assert next(step for step in told if step.startswith("Finding what would have changed")).endswith(" 1")


def test_without_explanations_there_is_no_first_report(folders: tuple[Inputs, Inputs]) -> None:
    given: list[str] = []
    evaluate(*folders, "equality", "", lambda _: None, first=lambda name, _: given.append(name))
    assert given == []


def evaluated_by_command(*words: object, until: str = "allocation") -> None:
    with patch.object(jobs, "documents", outcome_alone):
        done = CliRunner().invoke(main, ["evaluate", *map(str, words), "--no-margins", "--until", until])
    assert done.exit_code == 0, done.output


def test_the_command_keeps_in_the_programme_or_in_reports_and_fresh_keeps_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "programme"
    copytree(GRANTS[0], root / "criteria")
    copytree(GRANTS[1], root / "bids")
    old = (root / "criteria", root / "bids")
    for words in ((root, "--fresh"), (*old, "--fresh"), (*old, "--out", tmp_path / "runs" / "run")):
        evaluated_by_command(*words)
    assert not [*tmp_path.rglob(CACHE)]
    for words in ((root, "--out", tmp_path / "elsewhere" / "run"), old):
        evaluated_by_command(*words)
    assert sorted(tmp_path.rglob(CACHE)) == [root / CACHE, tmp_path / "reports" / "criteria" / CACHE]
    assert all(kept_in(place.parent) for place in tmp_path.rglob(CACHE))


def test_a_run_of_a_programme_opens_each_workbook_once_and_a_second_one_only_what_changed(tmp_path: Path) -> None:
    sample = ROOT / "sample_bids" / "community_commissioning"
    root, opened, read = tmp_path / "programme", list[str](), returns._read
    copytree(GRANTS[0].with_name(sample.name), root / "criteria")
    copytree(sample, root / "bids")

    def reading(file: tuple[str, bytes]) -> Any:
        opened.append(file[0])
        return read(file)

    with patch.object(returns, "_read", reading):
        evaluated_by_command(root, "--fresh", "--out", tmp_path / "afresh", until="validation")
        books = sorted(opened)
        for out in ("one", "two"):
            evaluated_by_command(root, "--out", tmp_path / out, until="validation")
    assert len(books) > 10
    assert books == sorted({*books})
    assert sorted(opened) == sorted(books * 2)
