"""The equality monitoring lies in an archive of its own; a bundle replays without it, and says what it left out."""

import hashlib
import io
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit import equality_archive as apart
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs import evaluate as jobs
from evaluator.jobs.finished.replay import replay
from evaluator.publication import seal

ROOT = Path(__file__).resolve().parents[4]
MONITORING = b"organisation,women_led\nO1,Yes\nO2,No\nO3,Shoe size\nO9,Yes\n"
SALT = b"a salt that is long enough to be one, for a test\n"
PLAN = """
[equality]
source = "Invented."

[[equality.characteristic]]
id = "women_led"
title = "Led by women"
about = "led_by"
values = ["Yes", "No"]
source = "Invented."
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def criteria(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("criteria") / "small"
    shutil.copytree(ROOT / "criteria" / "minimal_with_price", folder, ignore=shutil.ignore_patterns("seal.json"))
    with (folder / "programme.toml").open("a", encoding="utf-8") as stream:
        stream.write(PLAN)
    read = read_criteria(folder).criteria
    assert read is not None
    (folder / "seal.json").write_text(json.dumps(seal(read, "2026-09-01").model_dump(by_alias=True)), "utf-8")
    return folder


def bids_in(folder: Path, monitoring: bytes = MONITORING, salt: bytes = SALT) -> Path:
    shutil.copytree(ROOT / "sample_bids" / "minimal_with_price", folder)
    (folder / "equality").mkdir()
    (folder / "equality" / "monitoring.csv").write_bytes(monitoring)
    (folder / "equality" / "salt.txt").write_bytes(salt)
    return folder


def finished(criteria: Path, bids: Path) -> dict[str, bytes]:
    return dict(jobs.evaluate(criteria, bids, "equality", "", lambda _: None).files)


@pytest.fixture(scope="module")
def files(criteria: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return finished(criteria, bids_in(tmp_path_factory.mktemp("bids") / "bids"))


def everything(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def test_neither_the_bundle_nor_its_manifest_holds_a_reply_or_the_hash_of_one(files: dict[str, bytes]) -> None:
    held = everything(files["bundle.zip"])
    assert MONITORING not in held
    assert SALT.strip() not in held
    for text in (MONITORING, SALT):
        assert hashlib.sha256(text).hexdigest().encode() not in held
    assert hashlib.sha256(files["equality.zip"]).hexdigest().encode() not in held
    opened = bundles.unpack(files["equality.zip"])
    assert opened.problems == ()
    assert opened.members["inputs/bids/equality/monitoring.csv"] == MONITORING


def test_with_the_archive_everything_is_recomputed(files: dict[str, bytes]) -> None:
    found = replay(files["bundle.zip"], lambda _: None, files["equality.zip"])
    assert (found.differences, found.equality, found.bound) == ((), "recomputed", True)


def test_without_the_archive_all_but_the_equality_documents_is_recomputed_and_that_is_said(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    assert b"E-EQUALITY-003" in files["findings.html"]  # which rests on the monitoring, and is told of in the bundle
    (tmp_path / "bundle.zip").write_bytes(files["bundle.zip"])
    found = run("replay", tmp_path / "bundle.zip")
    assert found.exit_code == 0, found.output
    assert "but for those of equality" in found.stdout
    assert "Not recomputed: the equality impact documents" in found.stdout
    told = json.loads(run("replay", tmp_path / "bundle.zip", "--json").stdout)
    assert (told["identical"], told["equality"]) == (True, "not_recomputed")
    (tmp_path / "elsewhere.zip").write_bytes(files["equality.zip"])
    found = run("replay", tmp_path / "bundle.zip", "--equality", tmp_path / "elsewhere.zip")
    assert found.exit_code == 0
    assert found.stdout.startswith("Identical: all ")
    assert "Not recomputed" not in found.stdout


def forged(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    opened = bundles.unpack(content)
    members = {key: each for key, each in opened.members.items() if not key.startswith("manifest.")}
    assert old in members[name]
    members[name] = members[name].replace(old, new, 1)
    facts = {key: each for key, each in opened.manifest.items() if key != "files"}
    inputs = {key: each for key, each in opened.manifest["files"].items() if key not in members}
    return bundles.pack(bundles.manifest(facts, {**inputs, **bundles.sums(members)}), members)


def test_without_the_archive_a_changed_score_is_still_noticed(files: dict[str, bytes]) -> None:
    spoiled = forged(files["bundle.zip"], "outputs/outcome.json", b'"rank":1', b'"rank":2')
    found = replay(spoiled, lambda _: None)
    assert found.differences == ("outcome.json comes out differently when recomputed",)


def test_a_changed_equality_document_is_noticed_with_the_archive(files: dict[str, bytes]) -> None:
    spoiled = forged(files["bundle.zip"], "outputs/equality_impact.html", b"equality", b"equa1ity")
    assert replay(spoiled, lambda _: None).differences == ()  # which is why it says that it did not look
    found = replay(spoiled, lambda _: None, files["equality.zip"])
    assert "equality_impact.html comes out differently when recomputed" in found.differences


@pytest.mark.parametrize("other", [MONITORING.replace(b"O2,No", b"O2,Yes"), MONITORING + b"\n"])
def test_another_monitoring_does_not_belong_to_the_bundle(files: dict[str, bytes], other: bytes) -> None:
    told = apart.apart_of(bundles.unpack(files["bundle.zip"]).members, json.loads(files["manifest.json"]))
    held = replace(told, files={"equality/monitoring.csv": other, "equality/salt.txt": SALT})
    archive = apart.archive(held, "run-1", files["manifest.json"])
    _, problems = apart.opened(archive, told, files["manifest.json"])
    assert problems == ("equality.zip does not hold the monitoring that the bundle was closed with",)
    _, problems = apart.opened(files["equality.zip"], told, b"another manifest")
    assert problems == ("equality.zip was closed with another bundle than this one",)


def test_the_same_inputs_give_the_same_bytes_and_another_salt_another_commitment(
    files: dict[str, bytes], criteria: Path, tmp_path: Path
) -> None:
    again = finished(criteria, bids_in(tmp_path / "again"))
    assert {name: again[name] == content for name, content in files.items()} == dict.fromkeys(files, True)
    other = finished(criteria, bids_in(tmp_path / "other", salt=SALT[::-1]))
    names = ("kept_apart", "run")
    was, now = (json.loads(each["manifest.json"]) for each in (files, other))
    assert all(was[name] != now[name] for name in names)


def test_without_a_salt_nothing_in_the_bundle_depends_on_the_monitoring_but_what_it_shows(
    criteria: Path, tmp_path: Path
) -> None:
    # Two monitorings that the documents cannot tell apart, because everything about so few is withheld.
    one = finished(criteria, bids_in(tmp_path / "one", b"organisation,women_led\nO1,Yes\nO2,No\n", b"short"))
    two = finished(criteria, bids_in(tmp_path / "two", b"organisation,women_led\nO1,No\nO2,Yes\n", b"short"))
    assert one["bundle.zip"] == two["bundle.zip"]
    assert one["equality.zip"] != two["equality.zip"]
    found = replay(one["bundle.zip"], lambda _: None, one["equality.zip"])
    assert (found.differences, found.equality, found.bound) == ((), "recomputed", False)


def test_a_run_with_another_monitoring_never_overwrites_one_unasked(criteria: Path, tmp_path: Path) -> None:
    one = bids_in(tmp_path / "one", b"organisation,women_led\nO1,Yes\n", b"")
    two = bids_in(tmp_path / "two", b"organisation,women_led\nO1,No\n", b"")
    assert run("evaluate", criteria, one, "--out", tmp_path / "out").exit_code == 0
    assert run("evaluate", criteria, two, "--out", tmp_path / "out").exit_code == 2


@pytest.mark.parametrize("name", ["equality/old.csv", "copies/Monitoring (2).csv"])
def test_what_may_be_a_copy_of_the_monitoring_is_kept_apart_too_and_still_told_of(
    criteria: Path, tmp_path: Path, name: str
) -> None:
    bids = bids_in(tmp_path / "bids")
    (bids / name).parent.mkdir(exist_ok=True)
    (bids / name).write_bytes(MONITORING + b"O7,Yes\n")
    made = finished(criteria, bids)
    assert b"O7,Yes" not in everything(made["bundle.zip"])
    assert b"O7,Yes" in everything(made["equality.zip"])
    assert f'"{name}"'.encode() in made["outcome.json"]
    for archive in (None, made["equality.zip"]):
        assert replay(made["bundle.zip"], lambda _: None, archive).differences == ()


def test_an_archive_that_is_none_ends_with_3(files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "bundle.zip").write_bytes(files["bundle.zip"])
    (tmp_path / "equality.zip").write_bytes(b"not an archive")
    assert run("replay", tmp_path / "bundle.zip").exit_code == 3


def test_no_name_in_an_archive_leads_out_of_its_folder() -> None:
    content = bundles.pack(bundles.manifest({}, {}), {f"{bundles.BIDS}../../x.csv": b""})
    with pytest.raises(bundles.UnreadableBundleError):
        apart.opened(content, apart.Apart(), b"")
