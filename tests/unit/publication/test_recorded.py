"""A seal that publishing would not have written, or that the ledger knows otherwise, is found."""

import hashlib
import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evaluator import __version__
from evaluator.cli import main
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.pipeline import Published, decide
from evaluator.publication import check_as_published, check_recorded, seal
from evaluator.records.findings.finding import Finding
from evaluator.records.ledger import START, Event, Head, chained
from evaluator.records.programme.accepted import Accepted, Earlier
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.results.outcome import Run

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "criteria" / "minimal_with_price"
ACCEPTED = {
    "code": "E-CRIT-101",
    "place": "programme.toml",
    "person": "A. Lawyer",
    "reason": "So.",
    "date": "2026-08-20",
}


def criteria() -> Criteria:
    found = read_criteria(SAMPLE).criteria
    assert found is not None
    return found


def sealed(engine: str = __version__, **change: Any) -> Seal:
    return seal(criteria(), "2026-09-01", engine=engine).model_copy(update=change)


def about(published: Seal) -> list[Finding]:
    return list(check_as_published(criteria(), published, __version__))


def codes(found: Any) -> list[str]:
    return [one.code for one in found]


def test_seals_as_they_are_published_are_as_they_would_be() -> None:
    assert about(sealed()) == []
    for name in ("minimal", "minimal_with_price", "community_grants", "community_commissioning"):
        read = read_criteria(ROOT / "criteria" / name)
        assert read.criteria is not None
        assert check_as_published(read.criteria, read.seal, __version__, read.placed) == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"version": "2.0"}, "version 2.0, and the criteria are"),
        ({"reference": "OTHER"}, "OTHER version 1.0"),
        ({"tenders_close": "2031-01-01T12:00"}, "it says that tenders close at 2031-01-01T12:00"),
        (
            {"earlier": (Earlier(version="0.9", date="2026-10-01", sha256="a" * 64),)},
            "dated 2026-09-01, before version 0.9",
        ),
        ({"earlier": (Earlier(version="1.0", date="2026-08-01", sha256="a" * 64),)}, "version 1.0 is sealed twice"),
    ],
)
def test_a_hand_written_seal_is_no_seal_that_publishing_writes(change: dict[str, Any], says: str) -> None:
    found = about(sealed(**change))
    assert codes(found) == ["E-SEAL-010"]
    assert says in found[0].message


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"person": " "}, "has no person"),
        ({"reason": ""}, "has no reason"),
        ({"date": "soon"}, "has no date"),
        ({"code": "E-CRIT-9999"}, "is no finding that there is"),
        ({}, "is not found there by the checks"),
    ],
)
def test_a_forged_acceptance_is_refused(change: dict[str, str], says: str) -> None:
    found = about(sealed(accepted=(Accepted(**{**ACCEPTED, **change}),)))
    assert codes(found) == ["E-SEAL-011"]
    assert says in found[0].message


def test_an_acceptance_that_other_checks_may_have_asked_for_is_noted() -> None:
    assert codes(about(sealed("0.1.0", accepted=(Accepted(**ACCEPTED),)))) == ["E-SEAL-013"]
    in_words = Accepted(**{**ACCEPTED, "code": "E-CRIT-715"})  # found by words, which an authority may add to
    assert codes(about(sealed(accepted=(in_words,)))) == ["E-SEAL-013"]


def ledger(*events: tuple[str, Event]) -> Any:
    made: tuple[Any, ...] = ()
    for when, event in events:
        made += chained(Head(len(made), made[-1].hash) if made else Head(0, START), [event], "O. Officer", when)
    return made


def of_seal(published: Seal, file: str = "") -> Event:
    return Event("seal", "MINIMAL version 1.0", file or published.sha256, "", published.sha256)


def test_the_whole_seal_is_held_to_the_ledger() -> None:
    published, digest = sealed(), "d" * 64
    same, earlier, other = (ledger(("2026-09-01", of_seal(published, file))) for file in (digest, "", "e" * 64))
    assert check_recorded(published, digest, "ledger.jsonl", same) == ()
    assert check_recorded(published, digest, "ledger.jsonl", earlier) == ()  # recorded by an earlier version
    (found,) = check_recorded(published, digest, "ledger.jsonl", other)
    assert (found.code, str(found.source)) == ("E-LEDGER-010", "ledger.jsonl 1")


def test_a_version_sealed_twice_and_a_time_that_runs_back_are_found_at_their_entries() -> None:
    published = sealed()
    again = Event("seal", "MINIMAL version 1.0", "b" * 64, published.sha256, "b" * 64)
    twice = ledger(("2026-09-01", of_seal(published)), ("2026-09-02", again), ("2026-09-03", of_seal(published)))
    assert codes(check_recorded(published, "", "l", twice)) == ["E-LEDGER-011"]
    back = ledger(
        ("2026-09-02T10:00", Event("issue", "a")),
        ("2026-09-02", Event("issue", "b")),
        ("2026-09-01", Event("run", "c")),
    )
    (found,) = check_recorded(published, "", "l", back)
    assert (found.code, found.source.row) == ("E-LEDGER-012", 3)
    arrived = ledger(("2026-09-02", Event("issue", "a")), ("2026-09-01T11:00", Event("receipt", "b")))
    assert check_recorded(published, "", "l", arrived) == ()


def test_a_seal_dated_before_another_was_recorded_is_dated_back() -> None:
    published = sealed()  # of 1 September
    other = Event("seal", "MINIMAL version 0.9", "b" * 64, "", "b" * 64)
    before, after = (ledger((day, other), ("2026-09-03", of_seal(published))) for day in ("2026-09-01", "2026-09-02"))
    assert check_recorded(published, "", "l", before) == ()
    (found,) = check_recorded(published, "", "l", after)
    assert (found.code, found.source.row) == ("E-SEAL-015", 1)


def test_entries_after_the_run_seals_after_marks_and_moved_or_early_entries_are_found() -> None:
    published, file = sealed(), "f" * 64
    marks = [Event("mark", f"E1 B{number} Q1", file, after="3") for number in (1, 2)]
    other = Event("seal", "MINIMAL version 1.1", "b" * 64, published.sha256, "b" * 64)
    whole = ledger(("2026-09-01", of_seal(published)), *(("2026-11-10", one) for one in marks))
    assert check_recorded(published, "", "l", whole, "2026-11-10") == ()
    (found,) = check_recorded(published, "", "l", whole, "2026-11-09")
    assert (found.code, found.source.row) == ("E-LEDGER-013", 2)
    late = ledger(("2026-11-10", marks[0]), ("2026-11-11", other))
    (found,) = check_recorded(None, "", "l", late)
    assert (found.code, found.source.row) == ("E-LEDGER-014", 2)
    moved = ledger(*(("2026-11-10", one) for one in reversed(marks)))
    (found,) = check_recorded(published, "", "l", moved)
    assert (found.code, found.source.row) == ("E-LEDGER-015", 2)
    by_turns = ledger(("2026-11-10", marks[1]), ("2026-11-11", marks[0]))  # of one file, recorded on two days
    assert check_recorded(published, "", "l", by_turns) == ()
    early = Event("decision", "B1 late", file, after="decision: admit; date: 2026-11-12")
    (found,) = check_recorded(published, "", "l", ledger(("2026-11-11", early)))
    assert (found.code, found.source.row) == ("E-LEDGER-016", 1)


def test_a_decision_dated_after_the_run_blocks_the_award(tmp_path: Path) -> None:
    bids = copytree(ROOT / "sample_bids" / "minimal_with_price", tmp_path / "bids")
    (bids / "decisions.csv").write_text(
        "bid,matter,subject,decision,reason,ground,person,date,heard\n"
        "B1,other,the form,admit,It came complete.,,A. Head,2026-12-02,\n"
    )
    for day, code in (("2026-12-01", ["E-SEAL-014"]), ("2026-12-02", []), ("", [])):
        run = Run("run-test", "0", day)
        outcome = decide(Published(criteria(), sealed()), read_bids(bids, criteria()), run, "scoring", lambda _: None)
        assert [one.code for one in outcome.findings if one.code.startswith("E-SEAL")] == code


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in words], catch_exceptions=False)


def test_publishing_refuses_a_version_that_the_ledger_knows_and_the_same_content_is_no_second_seal(
    tmp_path: Path,
) -> None:
    folder = copytree(SAMPLE, tmp_path / "criteria")
    (folder / "seal.json").unlink()
    kept = ("--ledger", tmp_path / "ledger.jsonl", "--by", "O. Officer")
    assert call("publish", folder, "--date", "2026-09-01", *kept).exit_code == 0
    written = (folder / "seal.json").read_bytes()
    (entry,) = map(json.loads, (tmp_path / "ledger.jsonl").read_text().splitlines())
    assert entry["file"] == hashlib.sha256(written).hexdigest()
    assert call("publish", folder, "--date", "2026-09-09", *kept).exit_code == 0  # it keeps its seal
    assert (folder / "seal.json").read_bytes() == written
    assert len((tmp_path / "ledger.jsonl").read_text().splitlines()) == 1
    (folder / "seal.json").unlink()
    same = call("publish", folder, "--date", "2026-09-09", *kept)
    assert (same.exit_code, "Put back the seal.json that was published then" in same.output) == (2, True)
    programme = folder / "programme.toml"
    programme.write_text(programme.read_text("utf-8").replace("title = ", "title = 'x' # ", 1), "utf-8")
    other = call("publish", folder, "--date", "2026-09-09", *kept)
    assert (other.exit_code, "give them a new version" in other.output) == (2, True)


def test_evaluating_refuses_a_seal_that_is_not_the_one_in_the_ledger(tmp_path: Path) -> None:
    folder = copytree(SAMPLE, tmp_path / "criteria")
    bids = ROOT / "sample_bids" / "minimal_with_price"
    kept = (
        "--ledger",
        tmp_path / "ledger.jsonl",
        "--by",
        "O. Officer",
        "--date",
        "2026-12-01",
        "--until",
        "allocation",
    )
    assert call("evaluate", folder, bids, "--out", tmp_path / "one", *kept).exit_code == 0
    seal_file = folder / "seal.json"
    seal_file.write_text(seal_file.read_text().replace("2026-09-01", "2026-08-31"))
    said = call("evaluate", folder, bids, "--out", tmp_path / "two", *kept)
    assert (said.exit_code, "E-LEDGER-010" in said.output) == (1, True)
