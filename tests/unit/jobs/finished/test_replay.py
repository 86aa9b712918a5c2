"""A bundle of another version holds if inputs, scores, ranks and awards are the same; a change in it is named."""

import json
import lzma
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.audit import bundle as bundles
from evaluator.jobs.evaluate import BUNDLE, evaluate
from evaluator.jobs.finished import replay as replaying
from evaluator.jobs.finished.replay import replay

ROOT = Path(__file__).resolve().parents[4]
FIXTURES = ROOT / "tests" / "fixtures" / "bundles_0_1_0"
OLD = sorted(path.name.removesuffix(".zip.xz") for path in FIXTURES.glob("*.xz"))
Members = dict[str, bytes]


def old(name: str) -> bytes:
    return lzma.decompress((FIXTURES / f"{name}.zip.xz").read_bytes())


def closed_again(content: bytes, change: Callable[[Members], Members]) -> bytes:
    """Change members of a bundle and close it over them, so that every sum is right."""
    members = change(dict(bundles.unpack(content).members))
    facts = {key: each for key, each in json.loads(members[bundles.MANIFEST]).items() if key != "files"}
    inner = {name: each for name, each in members.items() if name not in (bundles.MANIFEST, bundles.CLOSING)}
    return bundles.pack(bundles.manifest(facts, bundles.sums(inner)), inner)


def with_outcome(change: Callable[[dict], None]) -> Callable[[Members], Members]:
    def changed(members: Members) -> Members:
        outcome = json.loads(members[replaying.OUTCOME])
        change(outcome)
        return {**members, replaying.OUTCOME: json.dumps(outcome).encode()}

    return changed


def quiet(_: str) -> None:
    return None


def test_there_are_bundles_of_the_version_before() -> None:
    assert OLD == ["minimal", "minimal_with_price"]


@pytest.mark.parametrize("name", OLD)
def test_a_bundle_of_an_earlier_version_holds(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(old(name))
    done = CliRunner().invoke(main, ["replay", str(path), "--json"], catch_exceptions=False)
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert (said["holds"], said["documents"], said["made_by"], said["differences"]) == (
        True,
        "other_version",
        "0.1.0",
        [],
    )
    words = CliRunner().invoke(main, ["replay", str(path)]).stdout
    assert words.startswith("Holds: the inputs, scores, ranks and awards of ")
    assert "version 0.1.0 made its documents" in words


def with_changed(name: str, old_text: str, new_text: str) -> Callable[[Members], Members]:
    def changed(members: Members) -> Members:
        assert members[name].decode().count(old_text) == 1
        return {**members, name: members[name].replace(old_text.encode(), new_text.encode())}

    return changed


MARKS, AGREED = "inputs/bids/marks.csv", "inputs/bids/consensus.csv"


@pytest.mark.parametrize(
    ("name", "change", "named"),
    [
        (
            "minimal",
            with_changed(MARKS, "B1,Q1,E01,4", "B1,Q1,E01,3"),
            "bid B1 in theme main: mark for Q1 was 4, and is 3",
        ),
        (
            "minimal_with_price",
            with_changed(MARKS, "B1,Q1,E02,3", "B1,Q1,E02,2"),
            "bid B1: mark for Q1 by E02 was 3, and is 2",
        ),
        (
            "minimal_with_price",
            with_changed(AGREED, "B1,Q1,4", "B1,Q1,3"),
            "bid B1 in theme main: mark for Q1 was 4, and is 3",
        ),
        ("minimal_with_price", with_changed(AGREED, "B1,Q1,4", "B1,Q1,9"), "consensus.csv"),
    ],
    ids=["the only mark", "a mark beside an agreed one", "an agreed mark", "a mark off the scale"],
)
def test_one_changed_mark_in_an_earlier_bundle_is_named(
    name: str, change: Callable[[Members], Members], named: str, tmp_path: Path
) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(closed_again(old(name), change))
    done = CliRunner().invoke(main, ["replay", str(path), "--json"], catch_exceptions=False)
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert not said["holds"]
    assert any(named in line for line in said["differences"]), said["differences"]


def test_a_changed_input_whose_sums_were_left_is_seen_by_the_bundles_own_sums() -> None:
    members = with_changed(MARKS, "B1,Q1,E01,4", "B1,Q1,E01,3")(dict(bundles.unpack(old("minimal")).members))
    inner = {name: each for name, each in members.items() if name not in (bundles.MANIFEST, bundles.CLOSING)}
    found = replay(bundles.pack(members[bundles.MANIFEST], inner), quiet)
    assert not found.holds
    assert any("marks.csv" in line for line in found.differences)


def raised(outcome: dict, key: str, value: object) -> None:
    outcome["themes"][0]["bids"][0][key] = value


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda made: raised(made, "total", "99.99"), "total was 99.99, and is"),
        (lambda made: raised(made, "exact_total", "9999/100"), "exact total was 9999/100, and is"),
        (lambda made: raised(made, "rank", 9), "rank was 9, and is"),
        (lambda made: raised(made, "tied_with", ["X"]), "tied with was X, and is none"),
        (lambda made: made["allocation"]["awards"].pop(), "award was none, and is"),
        (lambda made: made["allocation"].update(total_score="1.00"), "total score of the allocation was 1.00, and is"),
        (lambda made: made["allocation"].update(tied_allocations=7), "tied allocations of the allocation was 7"),
        (lambda made: made["allocation"]["awards"][0].update(level="50%"), "level was 50%, and is"),
        (lambda made: made["allocation"]["not_awarded"][0].update(reason="x"), "reason was x, and is"),
        (lambda made: made["criteria"].update(fingerprint="0"), "The published criteria was 0, and is"),
        (lambda made: made.update(status="blocked"), "The run came to blocked, and comes to"),
        (lambda made: made.pop("themes"), "says less than any version has written"),
    ],
)
def test_each_figure_that_an_earlier_outcome_says_otherwise_is_named(
    change: Callable[[dict], None], named: str
) -> None:
    found = replay(closed_again(old("minimal_with_price"), with_outcome(change)), quiet)
    assert any(named in line for line in found.differences), found.differences


def test_what_only_one_version_writes_is_no_difference() -> None:
    def newer(outcome: dict) -> None:
        outcome["new_key"] = 1
        outcome["themes"][0]["bids"][0].pop("scored_price")
        outcome["allocation"]["not_awarded"][0]["explanation"] = "In other words."
        outcome["findings"] = []

    assert replay(closed_again(old("minimal_with_price"), with_outcome(newer)), quiet).holds


@pytest.mark.parametrize("name", OLD)
def test_the_verifier_in_an_earlier_bundle_stays_good(name: str, tmp_path: Path) -> None:
    for member, content in bundles.unpack(old(name)).members.items():
        (tmp_path / member).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / member).write_bytes(content)
    done = subprocess.run([sys.executable, "-I", "-S", "verify.py"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture(scope="module")
def explained_bundle() -> bytes:
    folders = ROOT / "criteria" / "community_grants", ROOT / "sample_bids" / "community_grants"
    return evaluate(*folders, "equality", "", quiet, margins=True).files[BUNDLE]


def test_explanations_are_checked_and_with_full_searched_for_again(explained_bundle: bytes) -> None:
    checked, searched = replay(explained_bundle, quiet), replay(explained_bundle, quiet, full=True)
    assert (checked.explanations, searched.explanations) == ("checked", "searched")
    assert checked.documents == searched.documents == "identical"
    assert any("--full searches for all of them again" in line for line in checked.told("--equality"))
    assert not any("--full" in line for line in searched.told("--equality"))


@pytest.mark.parametrize("amount", ["0.01", "99", "1e9", "x", None])
def test_an_explanation_that_is_not_so_is_searched_for_and_differs(explained_bundle: bytes, amount: str | None) -> None:
    def change(outcome: dict) -> None:
        needs = [need for case in outcome["cases"] for need in case["needs"] if need["verdict"] == "found"]
        needs[0]["amount"] = amount

    found = replay(closed_again(explained_bundle, with_outcome(change)), quiet)
    assert found.documents == "differ"
    assert any("outcome.json" in line for line in found.differences)


def test_a_bundle_without_explanations_says_nothing_of_them() -> None:
    assert replay(old("minimal"), quiet).explanations == "none"
