"""What comes in is filed by what it is, kept as it came, and told in the ledger; nothing goes by a file's name."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest

from evaluator.files.audit import ledger_file
from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.ledger_events import as_it_stood, otherwise
from evaluator.records.office.receipts import Receipts, receipts_of
from evaluator.records.programme.written.files import as_files
from evaluator.reporting.before_publication.criteria_workbook import criteria_book
from tests.unit.cli.receiving import (
    AT,
    criteria_of,
    csv_file,
    files_of,
    form,
    made_return,
    programme_at,
    receive,
    run,
    table,
)

ON_WINDOWS = sys.platform == "win32"
CONSENSUS = ("Bid or organisation", "Question", "Mark", "Reason")
AGREED = ("B001", "C1", 3, "The panel saw both parts of it.")
PANEL = ("Evaluator", "Name", "Theme")
INTERESTS = ("Evaluator", "Organisation", "Interest declared", "Action", "Date")
DECISIONS = ("Bid", "Matter", "Decision", "Reason", "Ground", "Decided by", "Date")
REGISTER = ("Bid", "Theme", "Organisation")


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    return programme_at(tmp_path / "programme")


@pytest.fixture
def post(tmp_path: Path) -> Path:
    folder = tmp_path / "post"
    folder.mkdir()
    return folder


def receipts(programme: Path) -> Receipts:
    found = read_ledger(programme / "ledger.jsonl")
    assert found.findings == ()
    return receipts_of(found.entries)


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def results(programme: Path, *words: object) -> list[dict[str, object]]:
    done = receive(programme, *words, "--json")
    found: list[dict[str, object]] = json.loads(done.stdout)["files"]
    return found


def codes(programme: Path, *words: object) -> list[str]:
    return [one["code"] for row in results(programme, *words) for one in row["findings"]]  # type: ignore[attr-defined]


def register(programme: Path, path: Path, *bids: str) -> Path:
    gates = [gate.title for gate in criteria_of(programme).gate]
    headings = (*REGISTER, *gates)
    theme = criteria_of(programme).themes[0].id
    return table(path, "Bids", headings, *((bid, theme, f"O-{bid}", *["pass"] * len(gates)) for bid in bids))


def register_csv(programme: Path, path: Path) -> Path:
    gates = criteria_of(programme).gate
    head = ("bid", "theme", "organisation", *(f"gate:{gate.id}" for gate in gates))
    return csv_file(path, head, ("B1", "food", "O1", *["pass"] * len(gates)))


def declarations(path: Path) -> Path:
    book = openpyxl.load_workbook(table(path, "Panel", PANEL, ("E01", "A", "food")))
    sheet = book.create_sheet("Interests")
    for row in (INTERESTS, ("E01", "*", "None.", "none", "2026-10-01")):
        sheet.append(row)
    book.save(path)
    return path


def monitoring(programme: Path, path: Path, *rows: tuple[str, str]) -> Path:
    plan = criteria_of(programme).equality
    assert plan is not None
    return csv_file(path, ("organisation", plan.characteristic[0].id), *rows)


BID_MARKS = ("bid", "question", "mark", "reason")
DECLARED = ("evaluator", "organisation", "interest", "action", "date")
DECIDED = ("bid", "matter", "decision", "reason", "ground", "person", "date")
WITHDRAWALS = ("Bid", "Who withdrew it", "Reason", "Recorded by", "Date")
A_DECISION = ("B001", "other", "admit", "So.", "R", "P", "2026-10-01")
MISLEADING: dict[str, tuple[Callable[[Path, Path], Path], str]] = {
    "a register": (lambda p, f: register(p, f / "E01.xlsx", "B001"), "bids/register.xlsx"),
    "a return": (lambda _, f: made_return(f / "register.xlsx", "E07"), "bids/returns/E07.xlsx"),
    "a form": (lambda p, f: form(p, f / "moderation.xlsx", "O1"), "bids/bids/B001.xlsx"),
    "agreed marks": (lambda _, f: table(f / "E01.v2.xlsx", "Consensus", CONSENSUS, AGREED), "bids/moderation.xlsx"),
    "agreed marks of a theme": (
        lambda _, f: table(f / "b.xlsx", "Consensus food", CONSENSUS, AGREED),
        "bids/moderation.xlsx",
    ),
    "panel and declarations": (lambda _, f: declarations(f / "bid.xlsx"), "bids/declarations.xlsx"),
    "decisions": (
        lambda _, f: table(f / "returns.xlsx", "Decisions", DECISIONS, A_DECISION),
        "bids/decisions.xlsx",
    ),
    "events": (
        lambda _, f: table(f / "E02.xlsx", "Withdrawals", WITHDRAWALS, ("B001", "O1", "So.", "P", "2026-10-09")),
        "bids/events.xlsx",
    ),
    "criteria": (
        lambda p, f: _written(f / "return.xlsx", workbook_bytes(criteria_book("Grants", as_files(criteria_of(p))))),
        "criteria/criteria.xlsx",
    ),
    "a register as CSV": (
        lambda p, f: register_csv(p, f / "monitoring.csv"),
        "bids/register.csv",
    ),
    "marks as CSV": (
        lambda _, f: csv_file(f / "x.csv", (*BID_MARKS, "evaluator"), ("B1", "C1", "3", "So.", "E1")),
        "bids/marks.csv",
    ),
    "agreed marks as CSV": (
        lambda _, f: csv_file(f / "x.txt", BID_MARKS, ("B1", "C1", "3", "So.")),
        "bids/consensus.csv",
    ),
    "a panel as CSV": (
        lambda _, f: csv_file(f / "b.csv", ("evaluator", "name", "theme"), ("E1", "A", "food")),
        "bids/panel.csv",
    ),
    "a panel as TOML": (
        lambda _, f: _written(f / "b.csv", b'[[seat]]\nevaluator = "E1"\ntheme = "food"\n'),
        "bids/panel.toml",
    ),
    "declarations as CSV": (
        lambda _, f: csv_file(f / "d.csv", DECLARED, ("E1", "*", "None.", "none", "2026-10-01")),
        "bids/declarations.csv",
    ),
    "decisions as CSV": (
        lambda _, f: csv_file(f / "r.csv", DECIDED, A_DECISION),
        "bids/decisions.csv",
    ),
    "monitoring": (lambda p, f: monitoring(p, f / "register.csv", ("O1", "yes")), "bids/equality/monitoring.csv"),
    "another programme's awards": (
        lambda _, f: table(f / "bids.xlsx", "Grants", ("Programme", "Organisation", "Amount (£)"), ("Old", "O1", 500)),
        "bids/equality/grants.xlsx",
    ),
    "open data": (lambda _, f: _written(f / "form.xlsx", b'{"ocid": "ocds-1", "releases": []}'), ""),
}  # fmt: skip


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", MISLEADING)
def test_every_kind_is_known_under_a_misleading_name(programme: Path, post: Path, kind: str) -> None:
    make, place = MISLEADING[kind]
    file = make(programme, post)
    if kind == "criteria":
        (programme / "criteria" / "programme.toml").unlink()
    content = file.read_bytes()
    (result,) = results(programme, file, "--from", "A sender")
    receipt = result["receipt"]
    assert isinstance(receipt, dict), result
    assert (result["state"], receipt["place"]) == ("filed" if place else "kept", place)
    if place:
        assert (programme / place).read_bytes() == content
    assert file.read_bytes() == content
    kept = [path for path in (programme / "received").rglob("*") if path.is_file()]
    assert [path.name.partition(".")[0] for path in kept] == [hashlib.sha256(content).hexdigest()]
    assert kept[0].read_bytes() == content


def test_the_ledger_says_what_came_when_from_whom_and_as_what(programme: Path, post: Path) -> None:
    file = made_return(post / "final FINAL.xlsx", "E02")
    assert receive(programme, file, "--from", "Asha Rao").exit_code == 0
    entry = read_ledger(programme / "ledger.jsonl").entries[-1]
    assert (entry.when, entry.who, entry.event.kind) == ("2026-10-08T09:30", "Sam Lee, officer", "receipt")
    assert (entry.event.subject, entry.event.file) == ("return E02", sha(file))
    assert entry.event.after == "bids/returns/E02.xlsx"
    assert entry.event.reason == 'from "Asha Rao"; called "final FINAL.xlsx"; time as stated'
    (text,) = (programme / "papers" / "receipts").iterdir()
    assert text.name == "0002-return-E02.txt"
    for said in (sha(file), "Asha Rao", "final FINAL.xlsx", "9:30 on 8 October 2026"):
        assert said in text.read_text("utf-8")


def test_the_same_call_on_the_same_folder_gives_the_same_bytes(tmp_path: Path, post: Path) -> None:
    one, two = programme_at(tmp_path / "one"), programme_at(tmp_path / "two")
    for n in range(3):
        form(one, post / f"{n}.xlsx", f"O{n}")
    made_return(post / "x.xlsx", "E01")
    assert receive(one, post).exit_code == receive(two, post).exit_code == 0
    assert files_of(one) == files_of(two)


def test_the_same_file_again_is_said_and_nothing_is_doubled(programme: Path, post: Path) -> None:
    file = made_return(post / "a.xlsx", "E01")
    receive(programme, file)
    before = files_of(programme)
    shutil.copy(file, post / "other name.xlsx")
    again = receive(programme, file, post / "other name.xlsx")
    assert again.exit_code == 0
    assert "was here already" in again.stdout
    assert files_of(programme) == before


def test_a_file_that_comes_twice_in_one_call_is_filed_once(programme: Path, post: Path) -> None:
    file = form(programme, post / "a.xlsx", "O1")
    shutil.copy(file, post / "A (1).XLSX")
    assert [one["state"] for one in results(programme, file, post / "A (1).XLSX")] == ["filed", "again"]


def test_a_second_return_is_asked_about_with_the_number_of_marks_that_differ(programme: Path, post: Path) -> None:
    rows = [(f"B{n:03}", "C1", 3, f"Reason {n}.") for n in range(1, 6)]
    first = made_return(post / "a.xlsx", "E01", *rows)
    second = made_return(post / "b.xlsx", "E01", *[(*row[:2], 4, row[3]) for row in rows[:3]], *rows[3:])
    receive(programme, first)
    before = files_of(programme)
    asked = receive(programme, second)
    assert asked.exit_code == 1
    assert "differs in 3 marks" in asked.stdout
    assert "--replace" in asked.stdout
    assert files_of(programme) == before


def test_decisions_that_say_all_that_the_earlier_ones_say_and_more_take_their_place_unasked(
    programme: Path, post: Path
) -> None:
    other = ("B002", *A_DECISION[1:])
    first = table(post / "a.xlsx", "Decisions", DECISIONS, A_DECISION)
    more = table(post / "b.xlsx", "Decisions", DECISIONS, other, A_DECISION)
    receive(programme, first)
    taken = receive(programme, more)
    assert taken.exit_code == 0, taken.output
    assert f"it holds all of the earlier one ({sha(first)[:12]}), and more" in taken.stdout
    assert (programme / "bids" / "decisions.xlsx").read_bytes() == more.read_bytes()
    assert (programme / "received" / f"{sha(first)}.xlsx").read_bytes() == first.read_bytes()
    changed = (A_DECISION[0], A_DECISION[1], "disregard", *A_DECISION[3:])
    for name, kept in (("c.xlsx", (other, changed)), ("d.xlsx", (other,)), ("e.xlsx", (other, other))):
        asked = receive(programme, table(post / name, "Decisions", DECISIONS, *kept))
        assert (asked.exit_code, "--replace" in asked.stdout) == (1, True), name


@pytest.mark.parametrize(("answer", "counts"), [("--replace", "b"), ("--keep", "a")])
def test_both_originals_remain_and_the_ledger_says_which_counts(
    programme: Path, post: Path, answer: str, counts: str
) -> None:
    a = table(post / "a.xlsx", "Consensus", CONSENSUS, AGREED)
    b = table(post / "b.xlsx", "Consensus", CONSENSUS, (*AGREED[:2], 1, AGREED[3]))
    receive(programme, a)
    assert receive(programme, b, answer).exit_code == 0
    assert (programme / "bids" / "moderation.xlsx").read_bytes() == (post / f"{counts}.xlsx").read_bytes()
    for file in (a, b):
        assert (programme / "received" / f"{sha(file)}.xlsx").read_bytes() == file.read_bytes()
    assert [one.fingerprint for one in receipts(programme).standing] == [sha(post / f"{counts}.xlsx")]
    assert len(receipts(programme).every) == 2


def test_a_return_that_takes_the_place_of_another_stands_beside_it_as_the_later_version(
    programme: Path, post: Path
) -> None:
    receive(programme, made_return(post / "a.xlsx", "E01"))
    receive(programme, made_return(post / "b.xlsx", "e01", ("B001", "C1", 4, "Now with a place.")), "--replace")
    assert [path.name for path in sorted((programme / "bids" / "returns").iterdir())] == ["E01.v2.xlsx", "E01.xlsx"]


def test_a_register_in_another_form_takes_the_place_of_the_first(programme: Path, post: Path) -> None:
    receive(programme, register(programme, post / "a.xlsx", "B001"))
    file = register_csv(programme, post / "b.csv")
    assert receive(programme, file, "--replace").exit_code == 0
    assert not (programme / "bids" / "register.xlsx").exists()
    assert (programme / "bids" / "register.csv").read_bytes() == file.read_bytes()


def test_a_receipt_undone_and_made_again_leaves_all_in_the_ledger(programme: Path, post: Path) -> None:
    file = form(programme, post / "a.xlsx", "O1")
    receive(programme, file)
    undone = receive(programme, "--undo", sha(file)[:8], "--reason", "It belongs to another round.")
    assert undone.exit_code == 0
    assert not (programme / "bids" / "bids" / "B001.xlsx").exists()
    assert (programme / "received" / f"{sha(file)}.xlsx").exists()
    receive(programme, file)
    assert (programme / "bids" / "bids" / "B001.xlsx").read_bytes() == file.read_bytes()
    kinds = [entry.event.kind for entry in read_ledger(programme / "ledger.jsonl").entries]
    assert kinds == ["opened", "receipt", "receipt_undone", "receipt"]
    found = receive(programme, "--find", file)
    assert found.exit_code == 0
    assert "undone by Sam Lee, officer: It belongs to another round." in found.stdout
    assert "counts" in found.stdout


def test_an_undone_receipt_leaves_the_earlier_return_to_count(programme: Path, post: Path) -> None:
    receive(programme, made_return(post / "a.xlsx", "E01"))
    second = made_return(post / "b.xlsx", "E01", ("B001", "C1", 4, "Other."))
    receive(programme, second, "--replace")
    done = receive(programme, "--undo", second, "--reason", "Not the evaluator's.")
    assert sha(post / "a.xlsx")[:12] in done.stdout
    assert [path.name for path in (programme / "bids" / "returns").iterdir()] == ["E01.xlsx"]


@pytest.mark.parametrize("what", ["ffffffffffff", "abc", "no such file", "../../etc/passwd"])
def test_nothing_is_undone_or_found_for_what_was_never_received(programme: Path, post: Path, what: str) -> None:
    receive(programme, made_return(post / "a.xlsx", "E01"))
    before = files_of(programme)
    assert receive(programme, "--undo", what, "--reason", "Why").exit_code == 1
    assert receive(programme, "--find", what).exit_code == 1
    assert files_of(programme) == before


def test_undoing_wants_a_reason_and_looks_and_files_do_not_mix(programme: Path, post: Path) -> None:
    assert receive(programme, "--undo", "ffffffff").exit_code == 2
    assert receive(programme).exit_code == 2
    assert receive(programme, made_return(post / "a.xlsx", "E01"), "--list").exit_code == 2


def test_every_received_file_is_found_by_its_fingerprint_and_by_itself(programme: Path, post: Path) -> None:
    files = [form(programme, post / f"{n}.xlsx", f"O{n}") for n in range(3)]
    files += [made_return(post / "r.xlsx", "E01"), monitoring(programme, post / "m.csv", ("O1", "yes"))]
    assert receive(programme, post).exit_code == 0
    for file in files:
        for what in (sha(file), sha(file)[:8], sha(file).upper(), file):
            assert receive(programme, "--find", what).exit_code == 0, (file, what)


def test_a_damaged_original_is_told(programme: Path, post: Path) -> None:
    file = made_return(post / "a.xlsx", "E01")
    receive(programme, file)
    kept = programme / "received" / f"{sha(file)}.xlsx"
    kept.chmod(0o644)
    kept.write_bytes(b"other")
    listed = receive(programme, "--list")
    assert listed.exit_code == 1
    assert "is damaged" in listed.output
    receive(programme, file)  # the file itself mends it where its copy is missing
    (programme / "bids" / "returns" / "E01.xlsx").unlink()
    assert results(programme, file)[0]["state"] == "put back"
    assert kept.read_bytes() == file.read_bytes()


def test_what_was_changed_in_its_place_is_asked_about_and_never_lost(programme: Path, post: Path) -> None:
    file = table(post / "a.xlsx", "Consensus", CONSENSUS, AGREED)
    receive(programme, file)
    place = programme / "bids" / "moderation.xlsx"
    table(place, "Consensus", CONSENSUS, (*AGREED[:2], 1, "Changed by hand in the folder."))
    changed = place.read_bytes()
    assert "changed since" in receive(programme, "--list").stdout
    assert codes(programme, file) == ["E-RECEIVE-008"]
    assert place.read_bytes() == changed
    receive(programme, file, "--replace")
    assert place.read_bytes() == file.read_bytes()
    assert (programme / "received" / f"{hashlib.sha256(changed).hexdigest()}.xlsx").read_bytes() == changed


def test_a_changed_file_in_its_place_can_be_received_from_there(programme: Path, post: Path) -> None:
    receive(programme, table(post / "a.xlsx", "Consensus", CONSENSUS, AGREED))
    place = table(programme / "bids" / "moderation.xlsx", "Consensus", CONSENSUS, (*AGREED[:2], 1, "By hand."))
    content = place.read_bytes()
    assert receive(programme, place, "--replace").exit_code == 0
    assert place.read_bytes() == content
    assert "counts" in receive(programme, "--find", place).stdout


def test_what_lay_there_without_a_receipt_is_kept_before_it_gives_way(programme: Path, post: Path) -> None:
    place = table(programme / "bids" / "moderation.xlsx", "Consensus", CONSENSUS, (*AGREED[:2], 2, "Put here by hand."))
    lay = place.read_bytes()
    file = table(post / "a.xlsx", "Consensus", CONSENSUS, AGREED)
    assert codes(programme, file) == ["E-RECEIVE-003"]
    assert receive(programme, file, "--replace").exit_code == 0
    assert (programme / "received" / f"{hashlib.sha256(lay).hexdigest()}.xlsx").read_bytes() == lay
    assert place.read_bytes() == file.read_bytes()


def test_a_second_form_of_one_organisation_for_one_theme_is_asked_about(programme: Path, post: Path) -> None:
    receive(programme, form(programme, post / "a.xlsx", "O1"))
    second = form(programme, post / "b.xlsx", "o1", Bid_C9="Another title")
    asked = receive(programme, second)
    assert asked.exit_code == 1
    assert "--another" in asked.stdout
    assert "title" in asked.stdout
    assert receive(programme, second, "--another").exit_code == 0
    assert sorted(path.name for path in (programme / "bids" / "bids").iterdir()) == ["B001.xlsx", "B002.xlsx"]


def test_a_form_that_takes_the_place_of_another_keeps_its_reference(programme: Path, post: Path) -> None:
    receive(programme, form(programme, post / "a.xlsx", "O1"), form(programme, post / "c.xlsx", "O2"))
    second = form(programme, post / "b.xlsx", "O1", Bid_C9="Another title")
    assert receive(programme, second, "--replace").exit_code == 0
    assert (programme / "bids" / "bids" / "B001.xlsx").read_bytes() == second.read_bytes()


def test_a_reference_is_never_used_again(programme: Path, post: Path) -> None:
    first = form(programme, post / "a.xlsx", "O1")
    receive(programme, first)
    receive(programme, "--undo", first, "--reason", "Sent by mistake.")
    receive(programme, form(programme, post / "b.xlsx", "O2"))
    assert [path.name for path in (programme / "bids" / "bids").iterdir()] == ["B002.xlsx"]


def test_a_form_beside_a_register_is_refused_and_says_why(programme: Path, post: Path) -> None:
    receive(programme, register(programme, post / "a.xlsx", "B001"))
    file = form(programme, post / "b.xlsx", "O1")
    assert codes(programme, file) == ["E-RECEIVE-007"]
    assert receive(programme, file, "--as", "paper").exit_code == 0
    assert not (programme / "bids" / "bids").exists()
    assert receive(programme, "--find", file).exit_code == 0


def test_what_the_guard_refuses_is_kept_out_at_its_cell(programme: Path, post: Path) -> None:
    file = made_return(post / "a.xlsx", "E01", ("B001", "C1", "=1+2", "Works it out."))
    before = files_of(programme)
    (result,) = results(programme, file)
    (found,) = result["findings"]  # type: ignore[misc]
    assert (result["state"], found["code"], found["file"], found["cell"]) == ("refused", "E-CELL-001", "a.xlsx", "C2")
    assert files_of(programme) == before


def test_each_file_stands_for_itself(programme: Path, post: Path) -> None:
    good = made_return(post / "good.xlsx", "E01")
    bad = made_return(post / "bad.xlsx", "E02", ("B001", "C1", "=1+2", "Works it out."))
    unknown = csv_file(post / "what.csv", ("colour", "shape"), ("red", "round"))
    missing = post / "not there.xlsx"
    done = receive(programme, bad, good, unknown, missing)
    assert done.exit_code == 1
    assert [one["state"] for one in results(programme, bad, good, unknown, missing)] == [
        "refused", "again", "asked", "refused",
    ]  # fmt: skip
    assert (programme / "bids" / "returns" / "E01.xlsx").exists()
    assert not (programme / "bids" / "returns" / "E02.xlsx").exists()


def test_what_could_be_two_things_is_asked_and_can_be_answered(programme: Path, post: Path) -> None:
    file = table(post / "a.xlsx", "Sheet1", CONSENSUS, AGREED)
    assert codes(programme, file) == ["E-RECEIVE-002"]
    both = openpyxl.load_workbook(made_return(post / "b.xlsx", "E01"))
    both.create_sheet("Consensus").append(CONSENSUS)
    both.save(post / "b.xlsx")
    assert codes(programme, post / "b.xlsx") == ["E-RECEIVE-002"]
    assert codes(programme, post / "b.xlsx", "--as", "return") == ["E-FILE-041"]  # a note on the other sheet
    assert (programme / "bids" / "returns" / "E01.xlsx").exists()


HOSTILE = (
    "E01\u202excod.xlsx",
    "line\nbreak.xlsx",
    "=cmd|' !A1.xlsx",
    "…" * 60 + ".xlsx",
    "con.xlsx",
    '"quoted"; from "Somebody else".xlsx',
    "[bold]x.xlsx",
)


@pytest.mark.skipif(ON_WINDOWS, reason="such names cannot be given to files there")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_told_and_is_the_name_of_nothing(programme: Path, post: Path, name: str) -> None:
    file = made_return(post / name, "E01")
    done = receive(programme, file, "--from", 'A; called "x"')
    assert done.exit_code == 0
    assert "\u202e" not in done.output
    (receipt,) = receipts(programme).every
    assert receipt.sender == 'A; called "x"'
    assert receipt.place == "bids/returns/E01.xlsx"
    assert all(part in "".join(files_of(programme)) for part in ("bids/returns/E01.xlsx",))
    assert not any(name in path for path in files_of(programme))


@pytest.mark.skipif(ON_WINDOWS, reason="such names cannot be given to files there")
def test_a_name_that_is_no_text_is_told(programme: Path, post: Path) -> None:
    made_return(post / "a.xlsx", "E01")
    (post / "a.xlsx").rename(os.fsdecode(os.fsencode(post) + b"/\xff\xfe.xlsx"))
    assert receive(programme, post).exit_code == 0
    assert receipts(programme).every[0].called == "\\udcff\\udcfe.xlsx"


@pytest.mark.parametrize("evaluator", ["../../x", "E/1", "con", "", "E\u200b01", "a" * 80, "."])
def test_an_evaluator_whose_name_cannot_be_a_files_is_asked_about(programme: Path, post: Path, evaluator: str) -> None:
    before = files_of(programme)
    found = codes(programme, made_return(post / "a.xlsx", evaluator))
    assert found
    assert set(found) <= {"E-RECEIVE-004", "E-FILE-024", "E-CELL-013"}
    assert files_of(programme) == before


@pytest.mark.parametrize("reference", ["../../x", "B/1", "con", "=1", "B001.xlsx/.."])
def test_a_reference_in_a_form_leads_nowhere(programme: Path, post: Path, reference: str) -> None:
    receive(programme, form(programme, post / "a.xlsx", "O1", Bid_C5=reference))
    assert not [path for path in programme.parent.rglob("*.xlsx") if not path.is_relative_to(programme)
                and path.parent != post]  # fmt: skip
    within = {path.parent.name for path in (programme / "bids").rglob("*.xlsx")}
    assert within <= {"bids"}


@pytest.mark.parametrize("number", range(40))
def test_a_broken_workbook_is_kept_out_with_a_sentence(programme: Path, post: Path, number: int) -> None:
    whole = form(programme, post / "a.xlsx", "O1").read_bytes()
    size = len(whole)
    spoilt = {
        0: b"",
        1: whole[: size // 2],
        2: whole[:-1],
        3: b"\0" * 500,
        4: b"PK\x03\x04" + b"\0" * 200,
        5: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        6: b"%PDF-1.7",
        7: b"{\\rtf1 hello}",
        8: b"{" * 100_000,
        9: b"<html></html>",
    }.get(number)
    if spoilt is None:
        at = (number - 9) * size // 32
        spoilt = whole[:at] + bytes(40) + whole[at + 40 :] if at + 40 < size else whole[: at - 100]
    file = _written(post / "b.xlsx", spoilt)
    before = files_of(programme)
    done = receive(programme, file)
    assert done.exit_code in (0, 1)
    assert "Traceback" not in done.output
    if done.exit_code == 1:
        assert files_of(programme) == before
        assert "E-" in done.stdout


def test_the_monitoring_is_private_and_the_ledger_says_no_more_than_that_it_came(programme: Path, post: Path) -> None:
    file = monitoring(programme, post / "replies of O1.csv", ("O1", "yes"))
    done = receive(programme, file, "--from", "A reply of O1")
    assert done.exit_code == 0
    entry = read_ledger(programme / "ledger.jsonl").entries[-1]
    assert (entry.event.subject, entry.event.file, entry.event.reason) == ("monitoring received", "", "csv")
    ledger = (programme / "ledger.jsonl").read_text("utf-8")
    assert sha(file) not in ledger
    assert "O1" not in ledger
    public = {name: text for name, text in files_of(programme).items() if "/equality/" not in name}
    assert not [name for name, text in public.items() if sha(file).encode() in text or b"replies of" in text]
    if not ON_WINDOWS:
        for path in (programme / "bids" / "equality", programme / "received" / "equality"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
            assert all(stat.S_IMODE(one.stat().st_mode) & 0o077 == 0 for one in path.iterdir())
    assert receive(programme, "--find", sha(file)).exit_code == 0
    assert receive(programme, "--undo", sha(file), "--reason", "Of another round.").exit_code == 0
    assert not (programme / "bids" / "equality" / "monitoring.csv").exists()


def test_a_commitment_to_the_monitoring_depends_on_the_salt(tmp_path: Path, post: Path) -> None:
    made = [programme_at(tmp_path / name) for name in ("one", "two")]
    file = monitoring(made[0], post / "m.csv", ("O1", "yes"))
    for programme in made:
        receive(programme, file)
    first, second = (receipts(programme).every[0].fingerprint for programme in made)
    assert first != second


def test_deleting_a_reply_names_the_file_as_it_came(programme: Path, post: Path) -> None:
    plan = criteria_of(programme).equality
    assert plan is not None
    choice = plan.characteristic[0].values[0] if hasattr(plan.characteristic[0], "values") else "yes"
    receive(programme, monitoring(programme, post / "m.csv", ("O1", str(choice))))
    done = run(
        "equality",
        "forget",
        programme / "criteria",
        programme / "bids",
        "--organisation",
        "O1",
        "--by",
        "S",
        "--date",
        "2026-12-01",
    )
    assert done.exit_code == 0, done.output
    assert str(programme / "received" / "equality") in done.output


def test_the_time_of_a_form_decides_whether_its_bid_is_late(programme: Path, post: Path) -> None:
    run("receive", programme, form(programme, post / "a.xlsx", "O1"), "--at", "2026-10-09 11:59", "--by", "S")
    run("receive", programme, form(programme, post / "b.xlsx", "O2"), "--at", "2026-10-09 12:01", "--by", "S")
    found = findings(programme)
    late = [one for one in found if one["code"] == "E-LATE-001"]
    assert [(one["file"], one["cell"]) for one in late] == [("receipts.csv", "B3")]
    assert "B002" in str(late[0]["message"])


def findings(programme: Path) -> list[dict[str, object]]:
    from evaluator.files.read.bids.folder import read_bids
    from evaluator.reporting import findings_document
    from evaluator.validation import validate

    criteria = criteria_of(programme)
    received = read_bids(programme / "bids", criteria)
    return findings_document((*received.findings, *validate(criteria, received)[1]))


def test_a_form_that_was_changed_after_it_came_stands_in_the_way_of_an_award(programme: Path, post: Path) -> None:
    receive(programme, form(programme, post / "a.xlsx", "O1"))
    place = programme / "bids" / "bids" / "B001.xlsx"
    assert "E-RECEIVE-010" not in [one["code"] for one in findings(programme)]
    book = openpyxl.load_workbook(place)
    book["Bid"]["C9"] = "A better title"
    book.save(place)
    assert "E-RECEIVE-010" in [one["code"] for one in findings(programme)]


def test_another_file_that_was_changed_after_it_came_is_a_note(programme: Path, post: Path) -> None:
    receive(programme, register(programme, post / "a.xlsx", "B001"))
    register(programme, programme / "bids" / "register.xlsx", "B002")
    noted = [one for one in findings(programme) if one["code"] == "E-RECEIVE-011"]
    assert [(one["file"], one["severity"]) for one in noted] == [("register.xlsx", "note")]


def test_criteria_that_cannot_be_read_are_said_and_nothing_is_filed(programme: Path, post: Path) -> None:
    file = made_return(post / "a.xlsx", "E01")
    (programme / "criteria" / "programme.toml").write_text("nothing", "utf-8")
    whole = register(programme_at(programme.parent / "other"), post / "b.xlsx", "B001")
    assert codes(programme, file, whole) == ["E-RECEIVE-006", "E-RECEIVE-006"]


def test_a_criteria_workbook_is_not_filed_beside_criteria_that_are_kept_as_files(programme: Path, post: Path) -> None:
    file = MISLEADING["criteria"][0](programme, post)
    assert codes(programme, file) == ["E-RECEIVE-007"]


def test_what_is_none_of_our_papers_is_said_and_can_be_kept_as_a_paper(programme: Path, post: Path) -> None:
    file = csv_file(post / "x.csv", ("colour", "shape"), ("red", "round"))
    assert codes(programme, file) == ["E-RECEIVE-001"]
    assert receive(programme, file, "--as", "paper", "--from", "A bidder").exit_code == 0
    assert "on record" in receive(programme, "--find", file).stdout


def test_a_table_of_receipts_that_was_changed_by_hand_is_told(programme: Path, post: Path) -> None:
    receive(programme, form(programme, post / "a.xlsx", "O1"))
    place = programme / "bids" / "receipts.csv"
    told = place.read_bytes()
    place.write_bytes(told.replace(b"09:30", b"08:30"))
    listed = receive(programme, "--list")
    assert (listed.exit_code, "somebody changed it" in listed.output) == (1, True)
    evaluated = run("evaluate", programme, "--date", "2026-10-10")
    assert evaluated.exit_code == 1
    assert "receipts.csv does not say what the ledger says" in evaluated.output
    entries = read_ledger(programme / "ledger.jsonl").entries
    assert otherwise(as_it_stood(entries), programme / "criteria", programme / "bids")[0].startswith(
        "receipts.csv does"
    )
    receive(programme, post / "a.xlsx")
    assert place.read_bytes() == told
    assert receive(programme, "--list").exit_code == 0


def test_a_form_must_come_as_a_workbook(programme: Path, post: Path) -> None:
    assert codes(programme, csv_file(post / "a.csv", ("a", "b")), "--as", "bid") == ["E-RECEIVE-005"]


def test_a_file_that_changes_meanwhile_is_not_filed(
    programme: Path, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evaluator.jobs.coming_in import receive as jobs

    file = made_return(post / "a.xlsx", "E01")
    seen = jobs.recognise

    def changed(*given: object) -> object:
        made = seen(*given)  # type: ignore[arg-type]
        made_return(file, "E02")
        return made

    monkeypatch.setattr(jobs, "recognise", changed)
    assert codes(programme, file) == ["E-RECEIVE-009"]


def command(programme: Path, *words: object) -> list[str]:
    return [sys.executable, "-m", "evaluator", "receive", str(programme), *map(str, words), *AT]


def test_two_processes_at_once_file_everything_once(programme: Path, post: Path) -> None:
    for name in ("one", "two"):
        (post / name).mkdir()
        for n in range(4):
            form(programme, post / name / f"{n}.xlsx", f"O-{name}-{n}")
    with ThreadPoolExecutor(2) as pool:
        run_one = lambda name: subprocess.run(command(programme, post / name), check=False).returncode  # noqa: E731
        assert list(pool.map(run_one, ("one", "two"))) == [0, 0]
    assert len({one.place for one in receipts(programme).standing}) == 8
    for one in receipts(programme).standing:
        assert hashlib.sha256((programme / one.place).read_bytes()).hexdigest() == one.fingerprint


def whole(programme: Path) -> None:
    """Hold a folder against its ledger: no original is half written, and no copy is anything but an original."""
    for path in (programme / "received").rglob("*"):
        if path.is_file() and ".unfinished" not in path.name:
            assert path.name.partition(".")[0] == sha(path)
    kept = {path.name.partition(".")[0] for path in (programme / "received").rglob("*.xlsx")}
    for path in (programme / "bids").rglob("*.xlsx"):
        assert path.name.endswith(".unfinished") or sha(path) in kept


def dies_at(step: int, programme: Path, words: tuple[object, ...]) -> bool:
    """Receive in a process that is gone before its step-th change of the disk; whether it came so far."""
    child = os.fork()
    if not child:
        left = [step]

        def counted(change: Callable[..., object]) -> Callable[..., object]:
            def one(*given: object, **more: object) -> object:
                if left[0] == 0:
                    os._exit(9)
                left[0] -= 1
                return change(*given, **more)

            return one

        for name in ("replace", "unlink", "chmod", "mkdir"):
            setattr(Path, name, counted(getattr(Path, name)))
        ledger_file._to_disk = counted(ledger_file._to_disk)  # type: ignore[assignment]
        receive(programme, *words)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.skipif(ON_WINDOWS, reason="it divides a process in two")
def test_whenever_a_call_is_killed_nothing_is_half_and_a_second_one_ends_it(tmp_path: Path, post: Path) -> None:
    calm = programme_at(tmp_path / "calm")
    old = table(tmp_path / "old.xlsx", "Consensus", CONSENSUS, AGREED)
    words = (form(calm, post / "a.xlsx", "O1"), made_return(post / "b.xlsx", "E01"))
    new = table(post / "c.xlsx", "Consensus", CONSENSUS, (*AGREED[:2], 1, AGREED[3]))
    receive(calm, old)
    begun = files_of(calm)
    receive(calm, *words, new, "--replace")
    step = 0
    while True:
        killed = tmp_path / f"killed{step}"
        shutil.copytree(calm, killed)
        for name in files_of(killed).keys() - begun.keys():
            (killed / name).unlink()
        for name, content in begun.items():
            (killed / name).chmod(0o644)
            (killed / name).write_bytes(content)
        died = dies_at(step, killed, (*words, new, "--replace"))
        whole(killed)
        receive(killed, *words, new, "--replace")
        left = {name: text for name, text in files_of(killed).items() if not name.startswith("papers")}
        assert left == {name: text for name, text in files_of(calm).items() if not name.startswith("papers")}, step
        if not died:
            break
        step += 1
    assert step > 20


@pytest.mark.slow
def test_a_call_that_is_killed_by_the_clock_leaves_nothing_half_either(tmp_path: Path, post: Path) -> None:
    calm = programme_at(tmp_path / "calm")
    for n in range(30):
        form(calm, post / f"{n:02}.xlsx", f"O{n}")
    begun = time.perf_counter()
    subprocess.run(command(calm, post), check=True)
    lasts = time.perf_counter() - begun
    for part in range(4):
        killed = programme_at(tmp_path / f"killed{part}")
        process = subprocess.Popen(command(killed, post))
        time.sleep(lasts * (0.6 + part * 0.1))
        process.kill()
        process.wait()
        whole(killed)
        subprocess.run(command(killed, post), check=True)
        whole(killed)
        assert len(receipts(killed).standing) == 30


@pytest.mark.slow
def test_two_hundred_forms_are_received_in_one_call_with_progress(programme: Path, post: Path) -> None:
    first = form(programme, post / "000.xlsx", "O000")
    for n in range(1, 200):
        book = openpyxl.load_workbook(first)
        book["Bid"]["C7"] = f"O{n:03}"
        book.save(post / f"{n:03}.xlsx")
    done = receive(programme, post)
    assert done.exit_code == 0
    assert "of 200" in done.stderr
    assert len(receipts(programme).standing) == 200


def test_a_folder_gives_its_files_and_an_empty_one_a_sentence(programme: Path, post: Path) -> None:
    done = receive(programme, post)
    assert done.exit_code == 3
    assert "no file to receive" in done.output


def test_a_place_that_cannot_be_written_is_said_and_the_next_call_ends_the_job(programme: Path, post: Path) -> None:
    (programme / "bids" / "returns").write_text("a file where a folder belongs", "utf-8")
    file = made_return(post / "a.xlsx", "E01")
    stopped = receive(programme, file)
    assert stopped.exit_code == 3
    assert "cannot be written" in stopped.output
    (programme / "bids" / "returns").unlink()
    assert "missing from its place" in receive(programme, "--list").stdout
    assert results(programme, file)[0]["state"] == "put back"
    assert len(receipts(programme).every) == 1


def test_an_undoing_that_was_stopped_is_ended_by_a_second_call(
    programme: Path, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evaluator.jobs.coming_in import receipts as jobs

    file = made_return(post / "a.xlsx", "E01")
    receive(programme, file)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "take_out", stop)
        receive(programme, "--undo", file, "--reason", "Why.")
    assert (programme / "bids" / "returns" / "E01.xlsx").exists()
    assert receive(programme, "--undo", file, "--reason", "Why.").exit_code == 0
    assert not (programme / "bids" / "returns" / "E01.xlsx").exists()
    assert len(receipts(programme).undone) == 1


def test_a_blank_paper_is_filed_with_a_word_that_it_is_blank(programme: Path, post: Path) -> None:
    done = receive(programme, register(programme, post / "a.xlsx"))
    assert "nothing is filled in in it" in done.stdout


def test_the_ledger_that_does_not_verify_is_not_added_to_and_nothing_is_filed(programme: Path, post: Path) -> None:
    ledger = programme / "ledger.jsonl"
    ledger.write_text(ledger.read_text("utf-8").replace("Sam Lee", "Tam Lee"), "utf-8")
    before = files_of(programme)
    done = receive(programme, made_return(post / "a.xlsx", "E01"))
    assert done.exit_code == 1
    assert "E-LEDGER-001" in done.output
    assert files_of(programme) == before


def test_a_bomb_is_kept_out(programme: Path, post: Path) -> None:
    with zipfile.ZipFile(post / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<x/>")
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)
    assert receive(programme, post / "a.xlsx").exit_code == 1
