"""An award with no equality consideration: the run is made, a note says so, and letters are drafts until one stands."""

import hashlib
import hmac
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.read.criteria.folder import SEAL, read_criteria, seal_bytes
from evaluator.publication import seal

ROOT = Path(__file__).resolve().parents[3]
NAME = "minimal_with_price"
SALT = "a salt that nobody could guess, long enough"
PLAN = """
[equality]
threshold = 1
source = "Invented."

[[equality.characteristic]]
id = "led_by_sex"
title = "Led by women or men"
about = "led_by"
values = ["Mostly women", "Mostly men"]
source = "Invented."
"""
TOLD = "Read on 2 December with the panel: the one award fewer goes to a body led by men, on its score alone."


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return monitored(tmp_path)


def monitored(tmp_path: Path) -> Path:
    """Give a folder with criteria that ask for monitoring, and bids with replies and a salt."""
    criteria = Path(shutil.copytree(ROOT / "criteria" / NAME, tmp_path / "criteria"))
    (criteria / SEAL).unlink(missing_ok=True)
    words = (criteria / "programme.toml").read_text("utf-8")
    (criteria / "programme.toml").write_text(words + PLAN, "utf-8")
    published = read_criteria(criteria).criteria
    assert published is not None
    (criteria / SEAL).write_bytes(seal_bytes(seal(published, "2026-09-01")))
    bids = Path(shutil.copytree(ROOT / "sample_bids" / NAME, tmp_path / "bids"))
    (bids / "equality").mkdir()
    replies = "organisation,led_by_sex\nLanternkeel Neighbours,Mostly women\nOttermast Youth Club,Mostly men\n"
    (bids / "equality" / "monitoring.csv").write_text(replies, "utf-8")
    (bids / "equality" / "salt.txt").write_text(SALT, "utf-8")
    return tmp_path


def evaluated(home: Path, *more: object) -> tuple[list[str], dict[str, Any]]:
    """Evaluate, and give the codes about a consideration, and what the manifest says of it."""
    shutil.rmtree(home / "run", ignore_errors=True)
    done = run("evaluate", home / "criteria", home / "bids", "--out", home / "run", "--no-margins", "--json", *more)
    assert done.exit_code == 0, done.output
    codes = [one["code"] for one in json.loads(done.stdout)["findings"] if one["file"].endswith("consideration.toml")]
    return codes, json.loads((home / "run" / "manifest.json").read_text("utf-8")).get("consideration", {})


def consider(home: Path, date: str = "2026-12-02") -> Result:
    words = ("--person", "R. Example, director", "--date", date, "--text", TOLD)
    return run("equality", "consider", home / "criteria", home / "bids", *words)


def letters(home: Path, decided: str = "2026-12-03") -> dict[str, Any]:
    shutil.rmtree(home / "letters", ignore_errors=True)
    who = ("--decided-by", "R. Example", "--role", "director", "--decided", decided)
    done = run("letters", home / "run" / "bundle.zip", "--out", home / "letters", "--pages-only", "--json", *who)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_an_award_that_nobody_considered_is_worked_out_with_a_note_and_its_letters_are_drafts(home: Path) -> None:
    codes, told = evaluated(home)
    assert codes == ["E-EQUALITY-013"]
    assert told == {"stands": False, "person": None, "date": None, "commitment": None}
    held = letters(home)
    assert held["draft"] is True
    assert held["draft_because"] == [
        "No consideration of the equality figures stands in this run (equality/consideration.toml)"
    ]
    assert "Draft, not to be sent" in (home / "letters" / "letter-B1.html").read_text("utf-8")


def test_once_the_figures_are_considered_letters_go_out_and_the_bundle_says_who_and_when(home: Path) -> None:
    assert consider(home).exit_code == 0
    codes, told = evaluated(home)
    assert codes == []
    written = (home / "bids" / "equality" / "consideration.toml").read_bytes()
    assert told == {
        "stands": True,
        "person": "R. Example, director",
        "date": "2026-12-02",
        "commitment": hmac.new(SALT.encode(), written, hashlib.sha256).hexdigest(),
    }
    assert letters(home)["draft"] is False


def test_neither_the_text_nor_a_plain_hash_of_it_or_of_the_figures_leaves_the_archive(home: Path) -> None:
    consider(home)
    evaluated(home)
    written = (home / "bids" / "equality" / "consideration.toml").read_bytes()
    figures = next(line.split('"')[1] for line in written.decode().splitlines() if line.startswith("sha256"))
    plain = {hashlib.sha256(written).hexdigest(), hashlib.sha256(TOLD.encode()).hexdigest(), figures}
    with zipfile.ZipFile(home / "run" / "bundle.zip") as bundle:
        held = b"".join(bundle.read(name) for name in bundle.namelist()).decode("utf-8", "replace")
        assert not [name for name in bundle.namelist() if "consideration" in name]
    assert not [one for one in (*plain, TOLD) if one in held]
    with zipfile.ZipFile(home / "run" / "equality.zip") as archive:
        assert "inputs/bids/equality/consideration.toml" in archive.namelist()


def test_a_consideration_of_figures_that_have_changed_since_does_not_stand(home: Path) -> None:
    consider(home)
    replies = home / "bids" / "equality" / "monitoring.csv"
    replies.write_text(replies.read_text("utf-8") + "Fennelreach Carers,Mostly women\n", "utf-8")
    codes, told = evaluated(home)
    assert codes == ["E-EQUALITY-013"]
    assert (told["stands"], told["person"]) == (False, "R. Example, director")


@pytest.mark.parametrize("written", [{"sort_keys": True}, {"separators": (",", ":")}, {"ensure_ascii": False}])
def test_a_sum_that_a_person_made_from_the_run_s_own_json_stands(home: Path, written: dict[str, Any]) -> None:
    evaluated(home)
    figures = json.loads((home / "run" / "outcome.json").read_text("utf-8"))["equality"]
    plain = json.dumps({key: value for key, value in figures.items() if key != "version"}, **written)
    told = {"person": "R. Example", "date": "2026-12-02", "sha256": hashlib.sha256(plain.encode()).hexdigest()}
    lines = "".join(f'{key} = "{value}"\n' for key, value in {**told, "text": "Read."}.items())
    (home / "bids" / "equality" / "consideration.toml").write_text(lines, "utf-8")
    assert evaluated(home)[0] == []


def test_a_consideration_after_the_decision_holds_the_letters_back(home: Path) -> None:
    consider(home, "2026-12-04")
    evaluated(home)
    assert letters(home, "2026-12-03")["draft_because"] == [
        "The equality figures were considered only after the decision"
    ]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ('person = "R. Example"\ndate = "2026-12-02"\n', ["E-EQUALITY-013"]),
        ("person =", ["E-EQUALITY-015"]),
        ('person = "R"\ndate = "soon"\nsha256 = "ab"\ntext = "Read."\n', ["E-EQUALITY-013"]),
    ],
)
def test_a_consideration_that_is_not_whole_does_not_stand(home: Path, written: str, codes: list[str]) -> None:
    (home / "bids" / "equality" / "consideration.toml").write_text(written, "utf-8")
    found, told = evaluated(home)
    assert found == codes
    assert told["stands"] is False


def test_where_nothing_was_monitored_a_note_says_so_and_nothing_is_held_back(home: Path) -> None:
    shutil.rmtree(home / "bids" / "equality")
    shutil.rmtree(home / "criteria")
    shutil.copytree(ROOT / "criteria" / NAME, home / "criteria")
    codes, told = evaluated(home)
    assert (codes, told) == (["E-EQUALITY-014"], {})
    assert letters(home)["draft"] is False


def test_a_bundle_with_a_consideration_replays_with_and_without_the_archive(home: Path) -> None:
    consider(home)
    evaluated(home)
    assert json.loads(run("replay", home / "run" / "bundle.zip", "--json").stdout)["identical"] is True
    (home / "run" / "equality.zip").unlink()
    alone = json.loads(run("replay", home / "run" / "bundle.zip", "--json").stdout)
    assert (alone["differences"], alone["equality"]) == ([], "not_recomputed")


def test_the_ledger_is_told_who_considered_the_figures_and_when_and_once(home: Path) -> None:
    consider(home)
    ledger = home / "ledger.jsonl"
    for day in ("2026-12-03", "2026-12-04"):
        evaluated(home, "--ledger", ledger, "--by", "An officer", "--date", day)
    entries = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    told = [one for one in entries if one["kind"] == "consideration"]
    assert [one["subject"] for one in told] == ["R. Example, director, 2026-12-02"]
    assert len(told[0]["after"]) == 64


def test_a_notice_is_a_draft_like_the_letters_and_takes_what_people_add(home: Path) -> None:
    evaluated(home)
    facts = home / "notice.toml"
    facts.write_text('procurement_id = "ocds-h6vhtk-1"\n[[contract]]\nbid = "B1"\nsigned = "2027-01-08"\n', "utf-8")
    words = ("notice", home / "run" / "bundle.zip", "--out", home / "notice", "--facts", facts, "--json")
    told = json.loads(run(*words).stdout)
    assert told["draft"] is True
    assert len(told["draft_because"]) == 2  # no decision, and no consideration
    assert (told["procurement_id"], [one["lot"] for one in told["lots"]]) == ("ocds-h6vhtk-1", ["main"])
    facts.write_text('procurment_id = "mistyped"\n', "utf-8")
    refused = run(*words)
    assert (refused.exit_code, "procurment_id" in refused.output) == (3, True)


def test_days_out_of_order_are_refused(home: Path) -> None:
    evaluated(home)
    for days in (("--sent", "2026-12-10", "--notice", "2026-12-09"), ("--decided", "2026-12-10")):
        refused = run("letters", home / "run" / "bundle.zip", "--out", home / "letters", *days)
        assert refused.exit_code == 2, refused.output


def test_figures_can_be_considered_where_no_reply_ever_came_and_so_no_salt_was_made(home: Path) -> None:
    for name in ("monitoring.csv", "salt.txt"):
        (home / "bids" / "equality" / name).unlink()
    assert consider(home).exit_code == 0
    words = ("--out", home / "run", "--ledger", home / "ledger.jsonl", "--by", "S. Lee", "--date", "2026-12-02")
    assert run("evaluate", home / "criteria", home / "bids", "--no-margins", *words).exit_code == 0
    (told,) = (line for line in (home / "ledger.jsonl").read_text("utf-8").splitlines() if '"consideration"' in line)
    assert json.loads(told)["after"]  # a commitment, and so there is a salt
    (home / "bids" / "equality" / "salt.txt").unlink()
    again = run("evaluate", home / "criteria", home / "bids", "--no-margins", "--replace", *words)
    assert again.exit_code == 0, again.output
