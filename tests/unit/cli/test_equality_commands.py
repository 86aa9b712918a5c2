"""Deletion of replies, and the study of mitigation, as officers run them."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.read.bids.folder import read_monitoring
from evaluator.files.read.criteria.folder import read_criteria

ROOT = Path(__file__).resolve().parents[3]
CRITERIA, BIDS = ROOT / "criteria" / "community_commissioning", ROOT / "sample_bids" / "community_commissioning"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def bids(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BIDS, tmp_path / "bids"))


def forget(bids: Path, *words: object) -> Result:
    reports = bids.parent / "reports"
    reports.mkdir(exist_ok=True)
    base = ("equality", "forget", CRITERIA, bids, "--by", "A Officer", "--date", "2026-10-01", "--reports", reports)
    return run(*base, *words)


def test_a_deletion_takes_the_replies_out_of_the_file_and_is_recorded(bids: Path) -> None:
    done = forget(bids, "--organisation", "ORG-008")
    assert done.exit_code == 0
    assert done.output.startswith("Deleted: 15 replies of ORG-008, recorded in deletions.csv.\nThe salt was made anew")
    criteria = read_criteria(CRITERIA).criteria
    assert criteria is not None
    table, found = read_monitoring(bids, criteria)
    assert table is not None
    assert found == ()
    assert "ORG-008" not in table.columns["organisation"]
    assert len(table) == 89
    written = (bids / "equality" / "deletions.csv").read_text("utf-8")
    assert written == "organisation,what,by,date\nORG-008,all,A Officer,2026-10-01\n"


def test_one_question_can_be_deleted_from_a_csv_file_and_the_record_grows(bids: Path) -> None:
    (bids / "equality" / "monitoring.xlsx").unlink()
    csv = bids / "equality" / "monitoring.csv"
    csv.write_text("organisation,led_by_sex,size\nO1,Mostly women,\nO2,Mostly men,Large: over £1 million\n", "utf-8")
    assert forget(bids, "--organisation", "O1", "--question", "led_by_sex").exit_code == 0
    assert forget(bids, "--organisation", "O2").exit_code == 0
    assert csv.read_text("utf-8") == "organisation,led_by_sex,size\nO1,,\n"
    assert len((bids / "equality" / "deletions.csv").read_text("utf-8").splitlines()) == 3


def test_what_is_not_there_cannot_be_deleted(bids: Path) -> None:
    assert forget(bids, "--organisation", "ORG-999").exit_code == 1
    assert forget(bids, "--organisation", "ORG-008", "--question", "shoe_size").exit_code == 2
    assert not (bids / "equality" / "deletions.csv").exists()
    shutil.rmtree(bids / "equality")
    assert "no equality monitoring" in forget(bids, "--organisation", "ORG-008").output


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    import zipfile

    path = tmp_path / "reports" / "run" / "equality.zip"
    path.parent.mkdir(parents=True)
    for name in (path, path.with_name("bundle.zip")):  # bundles of earlier versions held them too
        with zipfile.ZipFile(name, "w") as zipped:
            zipped.writestr("inputs/bids/equality/monitoring.xlsx", "")
    (tmp_path / "reports" / "bundle.zip").write_bytes(b"not a bundle")
    return path


def test_archives_that_may_still_hold_the_replies_are_named(bids: Path, archive: Path) -> None:
    (bids / "equality" / "monitoring old.csv").write_text("a copy")
    said = forget(bids, "--organisation", "ORG-008").output
    assert f"{archive} may still hold" in said
    assert f"{archive.with_name('bundle.zip')} may still hold" in said
    assert "monitoring old.csv may be a copy" in said
    assert archive.exists()


def test_archives_go_too_where_that_is_asked_for_and_bundles_stay(bids: Path, archive: Path) -> None:
    said = forget(bids, "--organisation", "ORG-008", "--delete-archives").output
    assert f"{archive} was deleted" in said
    assert not archive.exists()
    assert archive.with_name("bundle.zip").exists()


def test_a_deletion_makes_the_salt_anew_so_that_no_earlier_bundle_can_be_tried_against_guesses(bids: Path) -> None:
    salt = bids / "equality" / "salt.txt"
    before = salt.read_text()
    assert forget(bids, "--organisation", "ORG-008").exit_code == 0
    assert len(salt.read_text()) == len(before) == 65
    assert salt.read_text() != before
    salt.unlink()
    assert "salt" not in forget(bids, "--organisation", "ORG-009").output
    assert not salt.exists()


def test_a_salt_is_made_once(bids: Path) -> None:
    assert run("equality", "salt", bids).exit_code == 2
    (bids / "equality" / "salt.txt").unlink()
    assert run("equality", "salt", bids).exit_code == 0
    assert len((bids / "equality" / "salt.txt").read_text()) == 65


def test_mitigation_is_for_information_and_its_costs_are_what_the_sets_cost(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["study", "mitigation", str(CRITERIA), str(BIDS), "--json", "--out", str(tmp_path / "m.html")]
    )
    found = json.loads(done.stdout)
    assert (done.exit_code, found["schema"], found["for_information_only"]) == (0, "mitigation/1", True)
    solved = [one for one in found["floors"] if one["status"] == "proven"]
    assert solved
    assert all(float(one["lost_score"]) >= 0 for one in solved)
    shares = [one for one in solved if one["floor"].endswith("small organisations")]
    assert [float(one["lost_score"]) for one in shares] == sorted(float(one["lost_score"]) for one in shares)
    assert {option["when"] for option in found["options"]} == {"now", "next time"}
    assert "no award may be changed by them now" in (tmp_path / "m.html").read_text("utf-8")
