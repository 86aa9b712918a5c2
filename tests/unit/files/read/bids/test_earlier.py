"""Earlier editions as they come in: whatever the file, what was printed is taken of it, and nothing else."""

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from evaluator.files.audit.equality_archive import is_apart
from evaluator.files.read.bids.earlier import FOLDER, with_earlier
from evaluator.files.read.bids.folder import bids_in, read_external_data
from evaluator.files.read.inputs import UnreadableError

OUTCOME: dict[str, Any] = {
    "schema": "outcome/1",
    "criteria": {"reference": "R-1", "version": "1.0", "seal": "ab"},
    "themes": [{"id": "T", "bids": [{"bid": "B1", "organisation": "O1", "marks": {"Q": "4"}}]}],
    "allocation": {"awards": [{"bid": "B1", "amount": "10.00"}], "status": "proven"},
    "equality": {"no_row": [], "characteristics": [], "wards": ["Bow"]},
}


def bundle(**members: bytes) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("manifest.json", json.dumps({"date": "2026-11-20"}))
        archive.writestr("outputs/outcome.json", json.dumps(OUTCOME))
        for name, each in members.items():
            archive.writestr(name, each)
    return content.getvalue()


def editions(bids: Path, *given: Path) -> list[dict[str, Any]]:
    inputs = with_earlier(bids_in(bids), given)
    assert not any(name.endswith(".zip") for name in inputs.names)
    received, _ = read_external_data(inputs)
    return [dict(one) for _, one in received.earlier]


def test_a_bundle_gives_its_date_and_a_copy_of_the_outcome_none(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(bundle())
    (tmp_path / "b.json").write_text(json.dumps(OUTCOME), "utf-8")
    bids = tmp_path / "bids"
    bids.mkdir()
    found = editions(bids, tmp_path / "a.zip", tmp_path / "b.json")
    assert sorted(one["date"] for one in found) == ["", "2026-11-20"]
    assert found[0]["allocation"] == {"awards": [{"bid": "B1"}]}
    assert set(found[0]["equality"]) == {"no_row", "characteristics"}
    assert "marks" not in json.dumps(found)


def test_a_runs_folder_and_the_folder_beside_the_bids_are_read_alike(tmp_path: Path) -> None:
    run, bids = tmp_path / "run", tmp_path / "bids"
    for folder in (run, bids / FOLDER / "first"):
        folder.mkdir(parents=True)
        (folder / "bundle.zip").write_bytes(bundle())
        (folder / "outcome.json").write_text(json.dumps(OUTCOME), "utf-8")
    (found,) = editions(bids, run)
    assert found["date"] == "2026-11-20"  # the same edition, given twice, and once by its bundle


def test_what_is_no_run_gives_an_empty_edition_and_nothing_of_it_goes_on(tmp_path: Path) -> None:
    """An archive of monitoring that was put there by mistake never reaches a bundle."""
    place = tmp_path / FOLDER
    place.mkdir(parents=True)
    (place / "equality.zip").write_bytes(b"PK secret replies")
    inputs = bids_in(tmp_path)
    assert [name for name in inputs.names if "earlier" in name] == [f"{FOLDER}ca3d163bab05.json"]
    assert b"secret" not in b"".join(inputs.contents().values())
    assert not is_apart(inputs.names[0])


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        with_earlier(bids_in(tmp_path), [tmp_path / "nowhere.zip"])


def test_a_change_of_an_earlier_edition_during_a_run_is_noticed(tmp_path: Path) -> None:
    place = tmp_path / FOLDER
    place.mkdir(parents=True)
    (place / "a.json").write_text(json.dumps(OUTCOME), "utf-8")
    inputs = bids_in(tmp_path)
    assert inputs.contents()
    assert inputs.changed() == ()
    (place / "a.json").write_text(json.dumps(OUTCOME | {"date": "2026-11-21"}), "utf-8")
    assert {one.code for one in inputs.changed()} == {"E-FILE-062"}
