"""Any number of runs in a row, and two results of the same inputs, which cannot be."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main

ROOT = Path(__file__).resolve().parents[4]
CRITERIA, BIDS = ROOT / "criteria" / "minimal", ROOT / "sample_bids" / "minimal"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def evaluated(folder: Path, name: str, mark: str) -> Path:
    """Evaluate the minimal programme with another first mark for the first bid of its agreed marks."""
    bids = folder / f"bids of {name}"
    shutil.copytree(BIDS, bids)
    lines = (bids / "marks.csv").read_text("utf-8").splitlines(keepends=True)
    fields = lines[1].split(",")
    lines[1] = ",".join([*fields[:3], mark, *fields[4:]])
    (bids / "marks.csv").write_text("".join(lines), "utf-8")
    run("evaluate", CRITERIA, bids, "--out", folder / name, "--no-margins")
    return folder / name


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    folder = tmp_path_factory.mktemp("three")
    return evaluated(folder, "first", "3"), evaluated(folder, "second", "1"), evaluated(folder, "third", "3")


def forged(of: Path, folder: Path) -> Path:
    """Copy a run, and write another total for its first bid."""
    shutil.copytree(of, folder)
    told = json.loads((folder / "outcome.json").read_text("utf-8"))
    told["themes"][0]["bids"][0]["total"] = "99.99"
    (folder / "outcome.json").write_text(json.dumps(told), "utf-8")
    return folder


def test_three_runs_are_compared_step_by_step_as_a_whole_and_side_by_side(
    three: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    found = run("compare", *three, "--json", "--html", tmp_path / "page.html")
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert told["schema"] == "comparisons/1"
    assert [(one["from"], one["to"]) for one in told["steps"]] == [
        (str(three[0]), str(three[1])),
        (str(three[1]), str(three[2])),
    ]
    assert all(not one["same"] for one in told["steps"])
    assert (told["first_and_last"]["same"], told["contradictions"]) == (True, [])
    total = next(one for one in told["table"] if (one["bid"], one["what"]) == ("B1", "total"))
    first, second, third = total["values"]
    assert (first == third, first == second) == (True, False)
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "3 runs compared" in page
    assert "From the first to the last" in page


def test_the_same_inputs_with_another_total_are_called_impossible(
    three: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    other = forged(three[0], tmp_path / "forged")
    was = json.loads((three[0] / "outcome.json").read_text("utf-8"))["themes"][0]["bids"][0]
    found = run("compare", three[0], other)
    assert found.exit_code == 1
    assert "The same inputs cannot give two results" in found.stdout
    assert f"bid {was['bid']} in theme " in found.stdout
    assert f"total was {was['total']}, and is 99.99" in found.stdout


def test_it_is_found_although_another_run_stands_between_and_not_of_other_inputs(
    three: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    other = forged(three[0], tmp_path / "forged")
    told = json.loads(run("compare", three[0], three[1], other, "--json").stdout)
    assert len(told["contradictions"]) == 1
    assert f"{three[0]} and {other} say" in told["contradictions"][0]
    assert run("compare", three[1], other).exit_code == 0  # other inputs may well give another total


def test_one_run_alone_is_wrong_use(three: tuple[Path, Path, Path]) -> None:
    found = run("compare", three[0])
    assert (found.exit_code, "two runs or more" in found.output) == (2, True)
