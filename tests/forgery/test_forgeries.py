"""Every forgery, with every sum rewritten, is told by `replay` or what was noted outside, and by `verify.py` if it can.

The bundle that is forged is of a grant programme with its ledger, people's decisions and a monitoring that is kept
apart. A few forgeries run by default; all of them, with `replay`, are slow.
"""

import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.verifier import verify
from evaluator.jobs.finished.replay import replay
from tests.forgery.forgeries import FORGERIES, OUTSIDE
from tests.forgery.tools import (
    DATA,
    LEDGER,
    OUTCOME,
    Change,
    all_of,
    closed_again,
    entry,
    in_zip,
    named,
    recorded,
    swap,
)
from tests.staged import bids_in, criteria_in

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = """bid,matter,subject,decision,reason,ground,person,date,heard
N13,failed_gate,constituted,admit,The bank's letter shows an account in the group's own name.,criteria: constituted,\
"A. Marlowe, grants officer",2026-11-20,Asked on 16 November; sent the letter
N08,failed_gate,constituted,disregard,No written rules were shown within the five working days.,\
criteria: constituted,"A. Marlowe, grants officer",2026-11-21,Asked on 16 November; did not reply
"""
OFTEN = list(FORGERIES)[::9]


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="session")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two bids fail a gate, a person decides on them, and the run of 1 December rests on that."""
    home = tmp_path_factory.mktemp("grants")
    bids, criteria = home / "bids", ROOT / "criteria" / "community_grants"
    shutil.copytree(ROOT / "sample_bids" / "community_grants", bids)
    (bids / "equality" / "salt.txt").write_text("0123456789abcdef" * 3)
    register = (bids / "register.csv").read_text("utf-8")
    for price in ("7200", "6100"):  # of N08 and N13
        assert f",{price},pass," in register
        register = register.replace(f",{price},pass,", f",{price},fail,")
    (bids / "register.csv").write_text(register, "utf-8")
    for day, until in (("2026-11-10", "validation"), ("2026-11-24", "validation"), ("2026-12-01", "equality")):
        if day == "2026-11-24":
            (bids / "decisions.csv").write_text(DECISIONS, "utf-8")
        given = ("--out", home / day, "--ledger", home / "ledger.jsonl", "--by", "O. Officer", "--date", day)
        found = call("evaluate", criteria, bids, "--no-margins", "--until", until, *given)
        assert found.exit_code == (1 if day == "2026-11-10" else 0), found.output
    return home / "2026-12-01" / "bundle.zip"


@pytest.fixture(scope="session")
def head(honest: Path) -> str:
    """The head that somebody noted at the run."""
    last = json.loads(bundles.unpack(honest.read_bytes()).members[LEDGER].splitlines()[-1])
    return f"{last['number']}:{last['hash']}"


def told(path: Path) -> list[str]:
    return [line for _, found in verify.differences(verify.read(path)) for line in found]


def noticed_by_verify(name: str, honest: Path, tmp_path: Path) -> None:
    forgery = FORGERIES[name]
    found = told(closed_again(honest, forgery.change, tmp_path / "forged.zip"))
    if forgery.verify:
        assert any(forgery.verify in line for line in found), found
    else:  # once its inputs show it, the words belong into the table
        assert [line for line in found if ".docx says" not in line] == []


def test_the_honest_bundle_agrees(honest: Path) -> None:
    assert told(honest) == []


@pytest.mark.slow
def test_the_honest_bundle_replays(honest: Path) -> None:
    found = replay(honest.read_bytes(), lambda _: None, honest.with_name("equality.zip").read_bytes())
    assert (found.differences, found.equality, found.bound) == ((), "recomputed", True)


def test_there_are_more_than_the_issue_lists() -> None:
    assert len(FORGERIES) > 90
    assert sum(not one.verify for one in FORGERIES.values()) < len(FORGERIES) / 3
    assert all(one.replay for one in FORGERIES.values())


@pytest.mark.parametrize("name", OFTEN)
def test_verify_tells_what_was_forged_and_where(name: str, honest: Path, tmp_path: Path) -> None:
    noticed_by_verify(name, honest, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", [one for one in FORGERIES if one not in OFTEN])
def test_verify_tells_of_every_other_forgery_too(name: str, honest: Path, tmp_path: Path) -> None:
    noticed_by_verify(name, honest, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORGERIES)
def test_replay_tells_of_every_forgery_without_the_monitoring(name: str, honest: Path, tmp_path: Path) -> None:
    forged = closed_again(honest, FORGERIES[name].change, tmp_path / "forged.zip")
    found = replay(forged.read_bytes(), lambda _: None).differences
    assert any(FORGERIES[name].replay in line for line in found), found


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_head_that_was_noted_tells_what_nothing_inside_can(
    name: str, honest: Path, head: str, tmp_path: Path, capsys: Any
) -> None:
    forged = closed_again(honest, OUTSIDE[name], tmp_path / "forged.zip")
    assert verify.main([str(forged)]) == 0
    said = capsys.readouterr().out
    assert "Not checked: whether bundle and ledger were written anew as a whole" in said
    assert verify.main([str(forged), "--head", head]) == 1
    ledger = call("ledger", "verify", honest.parents[1] / "ledger.jsonl", "--bundle", forged)
    assert (ledger.exit_code, "is not a bundle that this ledger recorded" in ledger.output) == (1, True)


def test_one_view_holds_a_bundle_its_ledger_and_what_people_kept(honest: Path, tmp_path: Path, capsys: Any) -> None:
    book, kept = (
        honest.parents[1] / "ledger.jsonl",
        hashlib.sha256((honest.parents[1] / "bids" / "marks.csv").read_bytes()),
    )
    view = ("bundle", "check-signatures", honest, "--ledger", book, "--fingerprint", kept.hexdigest())
    said = call(*view).output
    assert "recorded this run, and goes on from what the bundle holds of it" in said
    assert f"The file with the fingerprint {kept.hexdigest()} came in as marks.csv." in said
    assert call("ledger", "verify", book, "--fingerprint", kept.hexdigest()).exit_code == 0
    assert call("ledger", "verify", book, "--fingerprint", "ab" * 32).exit_code == 1
    assert verify.main([str(honest), "--fingerprint", kept.hexdigest()]) == 0
    assert verify.main([str(honest), "--fingerprint", "ab" * 32]) == 1
    assert "no file among the inputs has it" in capsys.readouterr().out
    forged = closed_again(honest, OUTSIDE["who recorded"], tmp_path / "bundle.zip")
    assert "no run in the ledger has this bundle's manifest" in call(*view[:2], forged, *view[3:]).output
    broken = closed_again(honest, swap(LEDGER, "P1 N01 FO1", "P1 N01 FO9"), tmp_path / "bundle.zip")
    assert "its ledger, ledger.jsonl" in call(*view[:2], broken).output


@pytest.mark.slow
@pytest.mark.parametrize("name", OUTSIDE)
def test_replay_says_to_what_it_was_held(name: str, honest: Path, head: str, tmp_path: Path) -> None:
    forged = closed_again(honest, OUTSIDE[name], tmp_path / "forged.zip")
    alone, held = call("replay", forged), call("replay", forged, "--head", head)
    assert (alone.exit_code, held.exit_code) == (0, 1), held.output
    assert "Held to nothing that was noted elsewhere" in alone.output
    assert "Otherwise than noted: the head that was noted" in held.output
    assert "there is no ledger in the bundle" not in alone.output


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        swap("outputs/equality_impact.html", "too few to show any group", "enough to show every group"),
        in_zip("outputs/equality_impact.docx", "word/document.xml", "too few to show any", "enough to show every"),
    ],
)
def test_the_wording_on_equality_is_told_with_its_archive_and_said_not_to_be_looked_at_without(
    change: Any, honest: Path, tmp_path: Path
) -> None:
    forged = closed_again(honest, change, tmp_path / "bundle.zip")
    without = call("replay", forged)
    assert (without.exit_code, "Not recomputed: the equality impact documents" in without.output) == (0, True)
    shutil.copy(honest.with_name("equality.zip"), tmp_path)
    found = call("replay", forged)
    assert found.exit_code == 1
    assert "equality.zip was closed with another bundle than this one" in found.output
    assert "equality_impact." in found.output


STAGE = "inputs/bids/stages/S1.json"
STAGED: dict[str, tuple[Change, str, str]] = {
    "points that were sealed": (
        all_of(swap(STAGE, '"points": "36"', '"points": "39"'), recorded, named),
        "S1.json gives B4 39 points; outcome.json says 36 points and not going on",
        "the ledger's end does not say what stands in the inputs: S1",
    ),
    "who goes on": (
        swap(OUTCOME, '"passed":false', '"passed":true'),
        "B4: stage S1 gives it 36; it comes to 36 and does not go on",
        "outcome.json comes out differently",
    ),
    "who was in the stage": (
        swap(DATA, '"stages":{"S1":["B1",', '"stages":{"S1":['),
        "B1 is missing from stage S1",
        "data/bids.json comes out differently",
    ),
    "what the ledger recorded of it": (
        entry(lambda event: event.kind == "stage", file="ab" * 32, after="ab" * 32),
        "S1.json is not what the ledger recorded in entry 45",
        "the ledger's end does not say what stands in the inputs: S1",
    ),
}


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme in stages: the first was sealed on 1 November, and the awards are of 1 December."""
    home = tmp_path_factory.mktemp("staged")
    folders = criteria_in(home / "criteria"), bids_in(home / "bids")
    given = ("--ledger", home / "ledger.jsonl", "--by", "O. Officer")
    first = ("--stage", "S1", "--seal", "--out", home / "first", "--date", "2026-11-01")
    assert call("evaluate", *folders, *first, *given).exit_code == 0
    assert told(home / "first" / "bundle.zip") == []
    done = call("evaluate", *folders, "--no-margins", "--out", home / "run", "--date", "2026-12-01", *given)
    assert done.exit_code == 0, done.output
    assert told(home / "run" / "bundle.zip") == []
    return home / "run" / "bundle.zip"


@pytest.mark.slow
@pytest.mark.parametrize("name", STAGED)
def test_what_was_sealed_of_a_stage_is_held_to(name: str, staged: Path, tmp_path: Path) -> None:
    change, by_verify, by_replay = STAGED[name]
    forged = closed_again(staged, change, tmp_path / "forged.zip")
    assert any(by_verify in line for line in told(forged)), told(forged)
    found = replay(forged.read_bytes(), lambda _: None).differences
    assert any(by_replay in line for line in found), found


def around(content: bytes, kind: str) -> bytes:
    """Put something into an archive that is no file of it."""
    if kind == "after":
        return content + b"\nApproved."
    if kind == "before":
        return b"Approved.\n" + content
    if kind == "second listing":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return content + content[archive.start_dir :]
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        if kind == "comment":
            archive.comment = b"Approved."
        else:
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr("outputs/report.html", b"<p>Approved.</p>")
    return out.getvalue()


@pytest.mark.parametrize("kind", ["after", "before", "second listing", "comment", "a name twice"])
def test_bytes_around_the_files_are_told(kind: str, honest: Path, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "bundle.zip").write_bytes(around(honest.read_bytes(), kind))
    assert verify.main([str(tmp_path / "bundle.zip")]) == 1
    assert "something beside its files" in capsys.readouterr().out
    assert call("bundle", "check-signatures", tmp_path / "bundle.zip").output.startswith("It is no whole bundle: ")


@pytest.mark.slow
def test_another_python_is_no_difference_by_itself_and_its_pages_are_compared(honest: Path, tmp_path: Path) -> None:
    path = closed_again(honest, lambda _, facts: facts["made_with"].update(python="3.11.6"), tmp_path / "bundle.zip")
    found = replay(path.read_bytes(), lambda _: None)
    assert (found.holds, found.documents, found.otherwise) == (True, "other_version", ())
    assert any("come out the same here, to the byte" in line for line in found.told("it"))
