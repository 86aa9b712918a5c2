"""A bundle holds the ledger as it stood before the run, and the ledger's entry of the run names the bundle."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.audit.verifier import verify as verifying
from evaluator.records.ledger import START, Head, chained, entry_of, line_of

ROOT = Path(__file__).resolve().parents[3]
MINIMAL = (ROOT / "criteria" / "minimal", ROOT / "sample_bids" / "minimal")
BY = ("--no-margins", "--by", "O. Officer", "--date", "2026-11-02")


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def with_ledger(tmp_path: Path, folder: str = "run", *more: str) -> tuple[Path, Path]:
    book = tmp_path / "ledger.jsonl"
    words = ("evaluate", *MINIMAL, "--out", tmp_path / folder, "--ledger", book, *BY, *more)
    assert run(*words).exit_code in (0, 1), run(*words).output
    return book, tmp_path / folder / "bundle.zip"


def test_the_bundle_holds_the_ledger_from_before_the_run_and_the_run_names_the_bundle(tmp_path: Path) -> None:
    book, path = with_ledger(tmp_path)
    opened = bundles.unpack(path.read_bytes())
    entries = read_ledger(book).entries
    held = opened.members["inputs/ledger/ledger.jsonl"].decode().splitlines()
    assert held == [line_of(entry) for entry in entries[:-1]]
    assert entries[-1].event.kind == "run"
    assert entries[-1].event.file == hashlib.sha256(opened.members["manifest.json"]).hexdigest()
    assert run("ledger", "verify", book, "--bundle", path).exit_code == 0
    for name in ("ledger.jsonl", "ledger.jsonl.head"):
        (tmp_path / name).write_bytes(opened.members[f"inputs/ledger/{name}"])
    assert run("ledger", "verify", tmp_path / "ledger.jsonl").exit_code == 0


def test_the_workbook_of_a_run_says_when_each_agreed_mark_was_recorded_and_replay_gives_the_same(
    tmp_path: Path,
) -> None:
    folders = (ROOT / "criteria" / "community_grants", ROOT / "sample_bids" / "community_grants")
    made = run("evaluate", *folders, "--out", tmp_path / "run", "--ledger", tmp_path / "ledger.jsonl", *BY)
    assert made.exit_code in (0, 1), made.output
    sheet = openpyxl.load_workbook(tmp_path / "run" / "results.xlsx")["Score changes"]
    when = {row[5].value for row in sheet.iter_rows() if str(row[4].value).startswith("panel")}
    assert when == {"2026-11-02"}
    assert run("replay", tmp_path / "run" / "bundle.zip").exit_code == 0


def test_the_same_run_again_gives_the_same_bundle_although_the_ledger_has_grown(tmp_path: Path) -> None:
    _, first = with_ledger(tmp_path)
    book, second = with_ledger(tmp_path, "again")
    assert first.read_bytes() == second.read_bytes()
    assert run("replay", first).exit_code == 0
    assert run("ledger", "verify", book, "--bundle", first).exit_code == 0


def closed_again(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Change a bundle's members, and close it again so that every sum is right."""
    opened = bundles.unpack(path.read_bytes())
    held = {name: each for name, each in opened.members.items() if name not in (bundles.MANIFEST, bundles.CLOSING)}
    change(held)
    facts = {key: value for key, value in opened.manifest.items() if key != "files"}
    other = path.with_name("forged.zip")
    other.write_bytes(bundles.pack(bundles.manifest(facts, bundles.sums(held)), held))
    return other


def another_reason(held: dict[str, bytes]) -> None:
    name = "inputs/ledger/ledger.jsonl"
    held[name] = held[name].replace(b'"who":"O. Officer"', b'"who":"A. Nother"', 1)


def a_whole_other_chain(held: dict[str, bytes]) -> None:
    """Write a ledger of its own that is whole, and says something else of one mark."""
    name = "inputs/ledger/ledger.jsonl"
    entries = [entry for entry in map(entry_of, held[name].decode().splitlines()) if entry is not None]
    at = next(at for at, entry in enumerate(entries) if entry.event.kind == "mark")
    events = [replace(entry.event, after="1") if number == at else entry.event for number, entry in enumerate(entries)]
    made = chained(Head(0, START), events, "O. Officer", "2026-10-01")
    held[name] = "".join(f"{line_of(entry)}\n" for entry in made).encode()
    held[f"{name}.head"] = (json.dumps({"count": len(made), "hash": made[-1].hash}) + "\n").encode()


def no_ledger(held: dict[str, bytes]) -> None:
    for name in [name for name in held if name.startswith(bundles.LEDGER)]:
        del held[name]


@pytest.mark.parametrize(
    ("change", "by_replay", "by_verify"),
    [(another_reason, True, True), (a_whole_other_chain, True, True), (no_ledger, False, False)],
)
def test_a_ledger_that_was_changed_in_a_bundle_that_was_closed_again_is_found(
    change: Callable[[dict[str, bytes]], None], by_replay: bool, by_verify: bool, tmp_path: Path
) -> None:
    book, path = with_ledger(tmp_path)
    forged = closed_again(path, change)
    assert run("replay", forged).exit_code == int(by_replay)
    assert (verifying.main([str(forged)]) == 1) == by_verify
    told = run("ledger", "verify", book, "--bundle", forged)  # whoever has the ledger itself finds them all
    assert (told.exit_code, "not a bundle that this ledger recorded" in told.output) == (1, True)
