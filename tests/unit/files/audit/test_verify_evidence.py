"""With every sum right again, ``verify.py`` names evidence that contradicts other evidence, and ``replay`` refuses it.

Seals, heads, manifests and time-stamps that were noted outside are held to; and it says what it did not check.
"""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.verifier import verify, verify_evidence, verify_shown
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.records.ledger import START, Entry, Event, Head, chained, entry_of, line_of
from tests.test_anchors import stamped, tsa

__all__ = ["tsa"]  # an authority of OpenSSL's own, made once here too
ROOT = Path(__file__).resolve().parents[4]
LEDGER, SEAL, CONSENSUS = "inputs/ledger/ledger.jsonl", "inputs/criteria/seal.json", "inputs/bids/consensus.csv"
Members = dict[str, bytes]
Change = Callable[[Members], None]


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the model grants, in two days, with its ledger."""
    home = tmp_path_factory.mktemp("grants")
    folders = (ROOT / "criteria" / "community_grants", ROOT / "sample_bids" / "community_grants")
    for day, out in (("2026-12-01", "first"), ("2026-12-02", "run")):
        given = ("--out", home / out, "--ledger", home / "ledger.jsonl", "--by", "O. Officer", "--date", day)
        assert call("evaluate", *folders, "--no-margins", *given).exit_code == 0
    return home / "run" / "bundle.zip"


def closed_again(path: Path, change: Change, to: Path) -> Path:
    """Change a bundle's members, and close it again so that every sum is right."""
    opened = bundles.unpack(path.read_bytes())
    held = {name: each for name, each in opened.members.items() if name not in (bundles.MANIFEST, bundles.CLOSING)}
    change(held)
    facts = {key: value for key, value in opened.manifest.items() if key != "files"}
    to.write_bytes(bundles.pack(bundles.manifest(facts, bundles.sums(held)), held))
    return to


def told(path: Path) -> list[str]:
    return [line for _, found in verify.differences(verify.read(path)) for line in found]


def swap(name: str, before: str, after: str) -> Change:
    def change(held: Members) -> None:
        assert before.encode() in held[name], (name, before)
        held[name] = held[name].replace(before.encode(), after.encode(), 1)

    return change


def in_json(name: str, change: Callable[[Any], None]) -> Change:
    def changed(held: Members) -> None:
        document = json.loads(held[name])
        change(document)
        held[name] = json.dumps(document, ensure_ascii=False, indent=2).encode()

    return changed


def chain(change: Callable[[list[Entry]], list[tuple[Event, str, str]]]) -> Change:
    """Write a whole new ledger with its head, of events with who and when."""

    def changed(held: Members) -> None:
        entries = [entry for entry in map(entry_of, held[LEDGER].decode().splitlines()) if entry is not None]
        made: tuple[Entry, ...] = ()
        for event, who, when in change(entries):
            last = Head(len(made), made[-1].hash) if made else Head(0, START)
            made += chained(last, [event], who, when)
        held[LEDGER] = "".join(f"{line_of(entry)}\n" for entry in made).encode()
        held[f"{LEDGER}.head"] = (json.dumps({"count": len(made), "hash": made[-1].hash}) + "\n").encode()

    return changed


def as_is(entries: list[Entry]) -> list[tuple[Event, str, str]]:
    return [(one.event, one.who, one.when) for one in entries]


def dated_back(entries: list[Entry]) -> list[tuple[Event, str, str]]:
    rows = as_is(entries)
    return [*rows[:3], (rows[3][0], rows[3][1], "2026-11-01"), *rows[4:]]


def sealed_twice(entries: list[Entry]) -> list[tuple[Event, str, str]]:
    rows = as_is(entries)
    seal = rows[0][0]
    assert seal.kind == "seal"
    return [(replace(seal, after="ab" * 32, file="ab" * 32), "X", rows[0][2]), *rows]


def dropped(held: Members) -> None:
    del held[CONSENSUS]


def another_mark(held: Members) -> None:
    """A mark in the inputs and in the data."""
    rows = held[CONSENSUS].decode().splitlines(keepends=True)
    at = next(at for at, row in enumerate(rows) if row.startswith("N01,G1,"))
    held[CONSENSUS] = "".join([*rows[:at], rows[at].replace("N01,G1,4", "N01,G1,2"), *rows[at + 1 :]]).encode()
    swap("data/bids.json", '"marks":{"G1":"4"', '"marks":{"G1":"2"')(held)


def in_the_workbook(held: Members) -> None:
    """The value that the workbook keeps for the first total."""
    with zipfile.ZipFile(io.BytesIO(held["outputs/results.xlsx"])) as book:
        members = {one: book.read(one) for one in book.namelist()}
    sheet = members["xl/worksheets/sheet3.xml"].decode()
    other = re.sub(r'(<c r="F7"[^>]*><f>[^<]*</f><v>)[^<]*', r"\g<1>99.5", sheet)
    assert other != sheet
    members["xl/worksheets/sheet3.xml"] = other.encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for name, content in members.items():
            book.writestr(name, content)
    held["outputs/results.xlsx"] = made.getvalue()


FORGED: dict[str, tuple[Change, str]] = {
    "a mark in the inputs alone": (
        swap(CONSENSUS, "N01,G1,4", "N01,G1,2"),
        "N01: the mark on G1 is 4 in data/bids.json",
    ),
    "a mark in inputs and data": (another_mark, "N01: the mark on G1 is 2 in data/bids.json, and 4 by the ledger"),
    "a return": (dropped, f"{CONSENSUS} is not here, and marks in it stand by the ledger"),
    "the seal's date": (swap(SEAL, "2026-09-01", "2026-09-02"), f"{SEAL} is not the seal that the ledger recorded"),
    "an invented acceptance": (
        in_json(
            SEAL, lambda seal: seal.update(accepted=[dict.fromkeys(("code", "place", "person", "reason", "date"), "x")])
        ),
        f"{SEAL} is not the seal that the ledger recorded",
    ),
    "an entry dated back": (chain(dated_back), "entry 4 of the ledger is of 2026-11-01, before entry 3 of 2026-12-01"),
    "a version sealed twice": (chain(sealed_twice), "THCG-2027 version 1.0 is sealed twice, in entries 1 and 2"),
    "a seal after the run": (swap(SEAL, "2026-09-01", "2027-09-01"), "seal.json is dated 2027-09-01, after the run"),
    "a sum in the report": (swap("outputs/report.html", ">£59,600<", ">£69,600<"), "£69,600"),
    "a total in the report": (
        swap("outputs/report.html", 'data-label="Total" class="n">80.63', 'data-label="Total" class="n">85.63'),
        "report.html: N01 has total 85.63; it is 80.63",
    ),
    "a total in the workbook": (in_the_workbook, "N01 has total 99.5; it is 80.63"),
    "the proof record": (
        swap("data/proof/record.json", '"value": "968.16"', '"value": "1025.51"'),
        "the best total score is 1025.51; by outcome.json it is 968.16",
    ),
    "the model": (
        swap("data/proof/model.lp", "+", "-"),
        "model.lp is not the model that data/proof/record.json is about",
    ),
}


def test_an_honest_bundle_agrees_and_says_first_what_it_is(honest: Path, capsys: Any) -> None:
    assert verify.main([str(honest)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said[:4]] == ["run", "seal", "manifest", "head"]
    assert "All that was checked agrees." in said
    after = said[said.index("All that was checked agrees.") + 1 :]
    assert all(line.startswith("Not checked: ") for line in after)
    assert any(
        "15 bids: sets in which one award differs, or takes another's place, were tried" in line for line in after
    )
    assert call("replay", honest).exit_code == 0


@pytest.mark.parametrize("name", FORGED)
def test_what_was_forged_is_named_although_every_sum_is_right(name: str, honest: Path, tmp_path: Path) -> None:
    change, words = FORGED[name]
    found = told(closed_again(honest, change, tmp_path / "forged.zip"))
    assert any(words in line for line in found), found


@pytest.mark.parametrize("name", ["the seal's date", "an entry dated back", "a version sealed twice"])
def test_replay_notices_a_seal_or_a_ledger_that_was_forged(name: str, honest: Path, tmp_path: Path) -> None:
    forged = closed_again(honest, FORGED[name][0], tmp_path / "forged.zip")
    assert call("replay", forged).exit_code == 1


def test_without_the_proof_record_it_says_that_it_cannot_know(honest: Path, tmp_path: Path, capsys: Any) -> None:
    bare = closed_again(
        honest, lambda held: [held.pop(f"data/proof/{one}") for one in ("record.json", "model.lp")], tmp_path / "b.zip"
    )
    assert verify.main([str(bare)]) == 0
    said = capsys.readouterr().out
    assert "All that was checked agrees" not in said
    assert "whether these awards are the best it cannot know." in said
    assert "no proof record is here to say so" in said


def noted_of(path: Path) -> dict[str, str]:
    members = bundles.unpack(path.read_bytes()).members
    last = json.loads(members[LEDGER].splitlines()[-1])
    return {
        "--seal": json.loads(members[SEAL])["sha256"],
        "--head": f"{last['number']}:{last['hash']}",
        "--manifest": hashlib.sha256(members["manifest.json"]).hexdigest(),
    }


@pytest.mark.parametrize("option", ["--seal", "--head", "--manifest"])
def test_it_is_held_to_what_was_noted(option: str, honest: Path, capsys: Any) -> None:
    noted = noted_of(honest)[option]
    assert verify.main([str(honest), option, noted]) == 0
    assert verify.main([str(honest), option, noted[:-1] + ("0" if noted[-1] != "0" else "1")]) == 1
    assert noted in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        verify.main([str(honest), option, "0123"])
    assert ended.value.code == 2


def test_a_time_stamp_is_over_this_manifest_or_refused(honest: Path, tmp_path: Path, tsa: Path, capsys: Any) -> None:
    out = tmp_path / "anchor"
    assert call("audit", "anchor", honest, "--out", out, "--date", "2026-12-01").exit_code == 0
    answer = stamped(tsa, out / "anchor.tsq", tmp_path / "anchor.tsr")
    token = tmp_path / "anchor.token"
    subprocess.run(["openssl", "ts", "-reply", "-in", answer, "-token_out", "-out", token], check=True)
    for one in (answer, token):
        assert verify.main([str(honest), "--timestamp", str(one)]) == 0
        said = capsys.readouterr().out
        assert f"the time-stamp {one.name} is over the manifest" in said
        assert f"Not checked: the signature of the time-stamp {one.name}." in said
    other = closed_again(honest, swap("outputs/report.html", "</html>", "</html> "), tmp_path / "other.zip")
    assert verify.main([str(other), "--timestamp", str(answer)]) == 1
    assert "it is over something else" in capsys.readouterr().out
    (tmp_path / "no.tsr").write_bytes(b"no time-stamp")
    assert verify.main([str(honest), "--timestamp", str(tmp_path / "no.tsr")]) == 1


def test_it_runs_no_file_beside_it_that_is_not_its_own(honest: Path, tmp_path: Path) -> None:
    for name, content in bundles.verifiers().items():
        (tmp_path / name).write_bytes(content)
    words = [sys.executable, "-I", "-S", str(tmp_path / "verify.py"), str(honest)]
    assert subprocess.run(words, capture_output=True).returncode == 0
    (tmp_path / "verify_marks.py").write_text("print('this was run')\nmarks_made = lambda *_: []\n")
    found = subprocess.run(words, capture_output=True, text=True)
    assert (found.returncode, "this was run" in found.stdout) == (1, False)
    assert "verify_marks.py: not the file that belongs to this verify.py" in found.stdout


def test_a_file_beside_it_is_not_run_in_place_of_pythons_own(tmp_path: Path) -> None:
    for name, content in bundles.verifiers().items():
        (tmp_path / name).write_bytes(content)
    for name in ("json.py", "hashlib.py", "zipfile.py"):
        (tmp_path / name).write_text("print('this was run')\nraise SystemExit(0)\n")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "verify.py", "--help"]
    found = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (found.returncode, "this was run" in found.stdout, "--fingerprint" in found.stdout) == (0, False, True)


def test_every_companion_is_held() -> None:
    held = bundles.verifiers()
    table = held["verify.py"].decode().partition("COMPANIONS: Row = ")[2]
    sums = json.JSONDecoder().raw_decode(table)[0]
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in held.items() if name != "verify.py"}
    assert len(sums) == len(bundles.VERIFIERS) - 1


def test_a_decision_after_the_run_or_before_the_seal_cannot_be() -> None:
    files = {
        verify_evidence.SEAL: json.dumps({"version": "1", "date": "2026-09-01", "sha256": ""}).encode(),
        verify_evidence.MANIFEST: b'{"date": "2026-12-01"}',
    }

    def found(day: str) -> list[str]:
        bids = {"themes": [{"bids": [{"bid": "B1", "decision": {"date": day}}]}]}
        return list(verify_evidence.dates(files, bids))

    assert found("2026-12-01") == found("2026-09-01") == []
    assert found("2026-12-02") == ["the decision on B1 is dated 2026-12-02, after the run of 2026-12-01."]
    assert found("2026-08-31") == ["the decision on B1 is dated 2026-08-31, before the seal of 2026-09-01."]


def test_the_ledger_records_the_whole_seal(honest: Path) -> None:
    held = bundles.unpack(honest.read_bytes()).members
    seal = json.loads(held[LEDGER].splitlines()[0])
    assert (seal["kind"], seal["file"]) == ("seal", hashlib.sha256(held[SEAL]).hexdigest())
    published = read_criteria(ROOT / "criteria" / "community_grants").seal
    assert published is not None
    assert seal["after"] == published.sha256


def test_a_sum_in_words_is_read_to_its_end_and_no_further() -> None:
    read = verify_shown.pounds
    assert [read(text) for text in ("£2,700, 90% of its ask", "£58,750.50", "£7")] == [2700, Fraction("58750.5"), 7]
    assert read("–") is None


@pytest.mark.parametrize(
    ("shown", "told", "exact", "agrees"),
    [
        ("72.7375", "72.74", "581900/8000", True),  # rounded for the eye, and kept exactly in the workbook
        ("138.577777778", "138.6", "6236/45", True),
        ("138.577777779", "138.6", "6236/45", False),
        ("72.73", "72.74", "581900/8000", False),
        ("73", "72.74", "581900/8000", False),  # coarser than what is told
        ("72.740", "72.74", None, True),
    ],
)
def test_a_figure_is_the_one_told_or_the_exact_one_to_more_places(
    shown: str, told: str, exact: str | None, agrees: bool
) -> None:
    assert verify_shown.is_of(shown, told, exact) is agrees
