"""A file that is replaced, added or taken away while a run is at work ends it: a sentence, and no award."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.jobs import evaluate as job

ROOT = Path(__file__).resolve().parent.parent
NAME = "minimal_with_price"


def folders(tmp_path: Path) -> tuple[Path, Path]:
    criteria, bids = tmp_path / "criteria", tmp_path / "bids"
    shutil.copytree(ROOT / "criteria" / NAME, criteria)
    shutil.copytree(ROOT / "sample_bids" / NAME, bids)
    return criteria, bids


def cheaper(criteria: Path, bids: Path) -> Path:
    path = bids / "register.csv"
    path.write_text(path.read_text("utf-8").replace("21500", "11500"), "utf-8")
    return path


def added(criteria: Path, bids: Path) -> Path:
    (bids / "decisions.csv").write_text("bid,matter\n", "utf-8")
    return bids / "decisions.csv"


def taken_away(criteria: Path, bids: Path) -> Path:
    (bids / "consensus.csv").unlink()
    return bids / "consensus.csv"


def other_criteria(criteria: Path, bids: Path) -> Path:
    path = criteria / "themes" / "main.toml"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    return path


@pytest.mark.parametrize("change", [cheaper, added, taken_away, other_criteria])
@pytest.mark.parametrize("as_json", [False, True])
def test_a_change_between_reading_and_landing_leaves_no_award(
    change: Callable[[Path, Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, as_json: bool
) -> None:
    criteria, bids = folders(tmp_path)
    changed: list[Path] = []
    rendered = job.rendered

    def meanwhile(documents: object) -> dict[str, bytes]:
        changed.append(change(criteria, bids))
        return rendered(documents)  # type: ignore[arg-type]

    monkeypatch.setattr(job, "rendered", meanwhile)
    words = ["evaluate", str(criteria), str(bids), "--out", str(tmp_path / "out"), "--no-margins"]
    found = CliRunner().invoke(main, [*words, *["--json"] * as_json])
    assert found.exit_code == 1, found.output
    assert not (tmp_path / "out").exists()
    name = changed[0].relative_to(criteria if change is other_criteria else bids).as_posix()
    if as_json:
        (one,) = json.loads(found.stdout)["findings"]
        assert (one["code"], one["file"], one["severity"]) == ("E-FILE-062", name, "blocks_award")
    else:
        assert f"{name}: E-FILE-062 (blocks award): This file was " in found.stdout
        assert "Nothing was written, and no award is made." in found.stdout


def test_a_run_whose_folders_stay_as_they_are_lands(tmp_path: Path) -> None:
    criteria, bids = folders(tmp_path)
    words = ["evaluate", str(criteria), str(bids), "--out", str(tmp_path / "out"), "--no-margins"]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert (tmp_path / "out" / "report.html").is_file()


def test_a_run_with_an_input_that_is_no_file_ends_blocked_and_its_bundle_replays(tmp_path: Path) -> None:
    criteria, bids = folders(tmp_path)
    (bids / "panel.csv").mkdir()
    words = ["evaluate", str(criteria), str(bids), "--out", str(tmp_path / "out"), "--no-margins"]
    found = CliRunner().invoke(main, words)
    assert found.exit_code == 1, found.output
    assert "panel.csv: E-FILE-060 (blocks award): This cannot be read: it is a folder." in found.stdout
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["unreadable"] == {
        "panel.csv": "it is a folder"
    }
    again = CliRunner().invoke(main, ["replay", str(tmp_path / "out" / "bundle.zip")])
    assert again.exit_code == 0, again.output
