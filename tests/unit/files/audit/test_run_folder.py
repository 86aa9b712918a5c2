"""A run folder appears whole or not at all."""

from pathlib import Path

import pytest

from evaluator.files.audit.run_folder import is_run, land, rendered, run_status
from evaluator.records.documents import Document

RUN = {"manifest.json": b'{"status": "blocked", "run": "run-1"}', "outcome.json": b"{}"}


def test_a_run_lands_whole(tmp_path: Path) -> None:
    land(RUN, tmp_path / "reports" / "run")
    assert {path.name: path.read_bytes() for path in (tmp_path / "reports" / "run").iterdir()} == RUN
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["run"]


def test_an_earlier_run_gives_way_to_the_new_one(tmp_path: Path) -> None:
    land({**RUN, "old.html": b"old"}, tmp_path / "run")
    land(RUN, tmp_path / "run")
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == sorted(RUN)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_failure_on_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        land({"outcome.json": b"{}", "outcome.json/no/folder": b""}, tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_run_is_known_by_its_manifest(tmp_path: Path) -> None:
    assert not is_run(tmp_path)
    land(RUN, tmp_path / "run")
    assert is_run(tmp_path / "run")
    assert run_status(tmp_path / "run") == run_status(RUN) == "blocked"


def test_texts_are_written_in_utf_8() -> None:
    assert rendered((Document("a.txt", "£5"),)) == {"a.txt": b"\xc2\xa35"}
