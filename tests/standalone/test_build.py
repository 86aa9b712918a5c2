"""The one-folder build, made and tried where there is no Python: its files are those of the commands, to the byte."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from evaluator.files.audit.bundle import unpack
from evaluator.jobs.evaluate import ONE_FOLDER
from evaluator.records.office.folder import CACHE
from standalone import build

ROOT = Path(__file__).resolve().parents[2]
HOLD_MADE_WITH = {"manifest.json", "bundle.zip", "equality.zip", "ledger.jsonl", "ledger.jsonl.head"}  # or sums of it
SOON = 3 if os.getloadavg()[0] < (os.cpu_count() or 1) else 30  # seconds, where others keep the machine busy
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build.build(tmp_path_factory.mktemp("dist"), build.python_of_build(""))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with nothing on the path."""
    home = tmp_path_factory.mktemp("home")
    return {"PATH": str(home / "nowhere"), "HOME": str(home), "XDG_STATE_HOME": str(home / "state")}


def asked(command: list[object], words: list[object], where: Path, environment: dict[str, str]) -> str:
    """Ask one of the two for something, in a folder; it is done, or the test says why not."""
    run = subprocess.run([*map(str, command), *map(str, words)], cwd=where, env=environment, capture_output=True)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode()


def by_both(words: list[object], where: tuple[Path, Path], folder: Path, bare: dict[str, str]) -> tuple[str, str]:
    """Ask the build, with nothing on the path, and the source tree for the same."""
    commands = {**os.environ, "PYTHONPATH": str(ROOT)}
    return (
        asked([folder / "evaluator"], words, where[0], bare),
        asked([sys.executable, "-m", "evaluator"], words, where[1], commands),
    )


def bytes_in(root: Path) -> dict[str, bytes]:
    """Give every file but what runs keep for the next, which each program keeps under names of its own."""
    files = [path.relative_to(root) for path in root.rglob("*") if path.is_file()]
    return {path.as_posix(): (root / path).read_bytes() for path in files if CACHE not in path.parts}


def test_from_publication_to_letters_only_made_with_tells_the_two_apart(
    folder: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    both = tmp_path / "build", tmp_path / "source"
    for where in both:
        unsealed = ignore_patterns("seal.json")
        copytree(ROOT / "criteria" / "community_grants", where / "P" / "criteria", ignore=unsealed)
        copytree(ROOT / "sample_bids" / "community_grants", where / "P" / "bids")
    by_both(["publish", "P", "--date", "2026-09-01", "--by", "Sam Lee"], both, folder, bare)
    said = by_both(["evaluate", "P", "--by", "Sam Lee"], both, folder, bare)
    assert said[0] == said[1]
    by_both(
        ["letters", "P", "--decided-by", "Sam Lee", "--role", "Director", "--decided", "2026-10-01"], both, folder, bare
    )
    made, wanted = bytes_in(both[0]), bytes_in(both[1])
    differing = {name for name in made.keys() | wanted.keys() if made.get(name) != wanted.get(name)}
    assert {Path(name).name for name in differing} <= HOLD_MADE_WITH
    assert len(made) - len(differing) > 50
    manifest = next(name for name in made if name.endswith("/manifest.json"))
    here, there = json.loads(made[manifest]), json.loads(wanted[manifest])
    assert here["made_with"] == {**there["made_with"], ONE_FOLDER: here["made_with"][ONE_FOLDER]}
    assert {**here, "made_with": 0} == {**there, "made_with": 0}
    bundle = manifest.replace("manifest.json", "bundle.zip")
    members = [unpack(files[bundle]).members for files in (made, wanted)]
    other = {name for name in members[0].keys() | members[1].keys() if members[0].get(name) != members[1].get(name)}
    assert other == {"manifest.json", "manifest.sha256"}
    for given, asks in ((wanted, 0), (made, 1)):  # each replays what the other made, to the byte
        (both[asks] / "other.zip").write_bytes(given[bundle])
    replayed = by_both(["replay", "other.zip", "--json"], both, folder, bare)
    assert [json.loads(one)["documents"] for one in replayed] == ["identical", "identical"]


def test_the_desk_opens_soon_and_ends_when_it_is_told(folder: Path, bare: dict[str, str], tmp_path: Path) -> None:
    for program in ("evaluator", "Desk"):
        words = ["desk", str(tmp_path), "--no-browser"][program == "Desk" :]
        began = time.monotonic()
        with subprocess.Popen([folder / program, *words], stdout=subprocess.PIPE, text=True, env=bare) as desk:
            assert desk.stdout is not None
            address = desk.stdout.readline().removeprefix("Open ").strip()
            with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(address) as page:
                assert "<title>Programmes" in page.read().decode()
            assert time.monotonic() - began < SOON
            desk.send_signal(signal.SIGTERM)
            assert desk.wait(SOON) == 0


def test_the_sums_are_of_every_file_and_no_test_is_among_them(folder: Path) -> None:
    lines = (folder.parent / build.SUMS).read_text("utf-8").splitlines()
    names = {line.split("  ", 1)[1] for line in lines}
    assert names == {path.relative_to(folder.parent).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert subprocess.run(["sha256sum", "--check", "--quiet", build.SUMS], cwd=folder.parent).returncode == 0
    assert not [name for name in names if "/tests/" in name and name.endswith(".py")]
