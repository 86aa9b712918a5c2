"""The ledger only grows, and whatever is done to it by hand is seen."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from evaluator.cli import main
from evaluator.files.audit import ledger_file as ledgers
from evaluator.files.audit import lock as lock_file
from evaluator.files.audit.ledger_file import append, head_file, read_ledger
from evaluator.files.audit.lock import LockedError
from evaluator.jobs.papers import issue
from evaluator.records.ledger import START, Event, Head, chained, entry_of, head_of, line_of, verify
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill

ROOT = Path(__file__).resolve().parents[4]
EVENTS = tuple(Event("mark", f"E1 B{n} C1", after=str(n % 5), reason=f"Reason {n}.") for n in range(5))
BY = ("--by", "O. Officer, procurement", "--date", "2026-11-02")


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.jsonl"
    append(path, lambda _: EVENTS[:2], "O. Officer", "2026-10-01")
    append(path, lambda _: EVENTS[2:], "A. Chair", "2026-10-02")
    return path


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def codes(path: Path) -> list[str]:
    return [one.code for one in read_ledger(path).findings]


def test_a_ledger_that_nobody_touched_is_whole(book: Path) -> None:
    read = read_ledger(book)
    assert read.findings == ()
    assert [entry.event for entry in read.entries] == list(EVENTS)
    assert [entry.who for entry in read.entries] == ["O. Officer"] * 2 + ["A. Chair"] * 3
    assert read.head == Head(5, read.entries[-1].hash)
    assert [entry.previous for entry in read.entries] == [START, *(entry.hash for entry in read.entries[:-1])]


def edited(text: list[str]) -> list[str]:
    return [text[0], text[1].replace('"after":"1"', '"after":"4"'), *text[2:]]


def edited_and_summed_anew(text: list[str]) -> list[str]:
    facts = entry_of(text[1])
    assert facts is not None
    first = entry_of(text[0])
    assert first is not None
    forged = chained(
        Head(1, first.hash), [Event("mark", "E1 B1 C1", after="4", reason="Reason 1.")], facts.who, facts.when
    )
    return [text[0], line_of(forged[0]), *text[2:]]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (edited, "E-LEDGER-001"),
        (lambda text: [*text[:2], "not an entry", *text[3:]], "E-LEDGER-001"),
        (lambda text: [text[1], text[0], *text[2:]], "E-LEDGER-002"),
        (lambda text: [text[0], *text[2:]], "E-LEDGER-002"),
        (lambda text: [*text[:2], text[1], *text[2:]], "E-LEDGER-002"),
        (edited_and_summed_anew, "E-LEDGER-002"),
        (lambda text: text[:3], "E-LEDGER-003"),
        (lambda _: [], "E-LEDGER-003"),
    ],
)
def test_what_was_done_by_hand_is_found(book: Path, change: Callable[[list[str]], list[str]], code: str) -> None:
    changed = change(lines(book))
    book.write_text("".join(f"{line}\n" for line in changed), "utf-8")
    assert code in codes(book)
    found = run("ledger", "verify", book)
    assert found.exit_code == 1
    assert code in found.output


def test_a_cut_end_with_a_forged_head_is_found_by_the_head_that_was_noted(book: Path) -> None:
    noted = run("ledger", "verify", book).stdout.split("Head ")[1].strip()
    kept = lines(book)[:3]
    last = entry_of(kept[-1])
    assert last is not None
    book.write_text("".join(f"{line}\n" for line in kept), "utf-8")
    head_file(book).write_text(json.dumps({"count": 3, "hash": last.hash}))
    assert run("ledger", "verify", book).exit_code == 0
    assert "E-LEDGER-003" in run("ledger", "verify", book, "--head", noted).output


def test_entries_written_anew_from_the_start_are_found(book: Path) -> None:
    forged = chained(Head(0, START), EVENTS[::-1], "O. Officer", "2026-10-01")
    book.write_text("".join(f"{line_of(entry)}\n" for entry in forged), "utf-8")
    assert codes(book) == ["E-LEDGER-005"]


def test_a_ledger_may_have_grown_since_its_head_was_noted(book: Path) -> None:
    noted = read_ledger(book).head
    append(book, lambda _: EVENTS[:1], "O. Officer", "2026-10-03")
    assert read_ledger(book, noted).findings == ()


def test_a_missing_head_is_found_and_a_noted_one_stands_in_for_it(book: Path) -> None:
    noted = read_ledger(book).head
    head_file(book).unlink()
    assert codes(book) == ["E-LEDGER-004"]
    assert read_ledger(book, noted).findings == ()


def test_lines_after_the_head_are_found(book: Path) -> None:
    entries = read_ledger(book).entries
    more = chained(head_of(entries), EVENTS[:1], "Somebody", "2026-10-09")
    book.write_text(book.read_text("utf-8") + line_of(more[0]) + "\n", "utf-8")
    assert codes(book) == ["E-LEDGER-006"]


def test_a_last_line_that_was_cut_short_is_found(book: Path) -> None:
    book.write_bytes(book.read_bytes().rstrip(b"\n"))
    assert "E-LEDGER-001" in codes(book)


def test_nothing_is_added_to_a_ledger_that_does_not_verify(book: Path) -> None:
    book.write_text("".join(f"{line}\n" for line in edited(lines(book))), "utf-8")
    before = book.read_bytes()
    with pytest.raises(ledgers.LedgerBrokenError):
        append(book, lambda _: EVENTS, "O. Officer", "2026-10-03")
    assert book.read_bytes() == before


def test_a_ledger_that_was_deleted_is_not_begun_again_in_silence(book: Path) -> None:
    book.unlink()
    with pytest.raises(ledgers.LedgerBrokenError):
        append(book, lambda _: EVENTS, "O. Officer", "2026-10-03")


def test_while_one_writes_another_is_told_who(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_file, "TRIES", 2)
    lock = book.with_name(f"{book.name}.lock")
    lock.write_text("A. Chair")
    before = book.read_bytes()
    with pytest.raises(LockedError, match=r"A\. Chair is writing to the ledger\. Try again"):
        append(book, lambda _: EVENTS, "O. Officer", "2026-10-03")
    assert book.read_bytes() == before
    assert lock.exists()


def left_behind(book: Path, machine: str = "") -> int:
    """Leave the lock of a process that has ended, and give its number."""
    words = "import os; print(os.getpid())"
    process = int(subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout)
    owner = {"who": "A. Chair", "machine": machine or socket.gethostname(), "process": process}
    book.with_name(f"{book.name}.lock").write_text(json.dumps(owner))
    return process


def test_one_who_is_stopped_while_taking_the_lock_leaves_none_of_nobody(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(lock_file.json, "dumps", stopped)
    with pytest.raises(KeyboardInterrupt), lock_file.locked(book, "Sam Lee"):
        pass
    assert not book.with_name(f"{book.name}.lock").exists()


@pytest.mark.parametrize("links", [True, False])
def test_two_cannot_hold_the_lock_at_once_even_where_files_have_one_name(
    book: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def unknown(*_: object) -> None:
        raise OSError(1, "not here")

    monkeypatch.setattr(lock_file, "TRIES", 2)
    if not links:
        monkeypatch.setattr(lock_file.os, "link", unknown)
    with lock_file.locked(book, "Sam Lee"):
        with pytest.raises(LockedError, match="Sam Lee"), lock_file.locked(book, "Ann Bell"):
            pass
        assert book.with_name(f"{book.name}.lock").exists()
    assert not [path for path in book.parent.iterdir() if "lock" in path.name]


def test_a_lock_whose_owner_has_ended_is_taken_over_and_said(book: Path) -> None:
    process = left_behind(book)
    added = append(book, lambda _: EVENTS, "O. Officer", "2026-10-03")
    assert added.taken_over is not None
    assert (added.taken_over.who, added.taken_over.process) == ("A. Chair", process)
    assert read_ledger(book).findings == ()
    assert sorted(path.name for path in book.parent.iterdir() if "lock" in path.name) == []


def test_the_command_says_whose_lock_it_took_over(home: Path, tmp_path: Path) -> None:
    book = tmp_path / "ledger.jsonl"
    process = left_behind(book)
    done = run("issue", home / "criteria", home / "bids", "--out", tmp_path / "out", "--ledger", book, *BY)
    assert done.exit_code == 0
    assert f"was left by A. Chair, whose process {process} has ended. It was taken over." in done.stderr


def test_a_lock_of_another_machine_or_of_a_process_that_runs_is_not_taken_over(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_file, "TRIES", 2)
    left_behind(book, machine="another-machine")
    with pytest.raises(LockedError, match=r"A\. Chair \(process [0-9]+ on another-machine\) is writing"):
        append(book, lambda _: EVENTS, "O. Officer", "2026-10-03")
    owner = {"who": "A. Chair", "machine": socket.gethostname(), "process": os.getpid()}
    book.with_name(f"{book.name}.lock").write_text(json.dumps(owner))
    with pytest.raises(LockedError, match=f"process {os.getpid()} on"):
        append(book, lambda _: EVENTS, "O. Officer", "2026-10-03")


def test_of_many_who_find_a_left_lock_each_writes_whole_entries(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    left_behind(path)
    words = (
        "import sys, pathlib; from evaluator.files.audit.ledger_file import append\n"
        "from evaluator.records.ledger import Event\n"
        "append(pathlib.Path(sys.argv[1]), lambda _: [Event('mark', '1', after='1')], sys.argv[2], '')"
    )
    officers = [subprocess.Popen([sys.executable, "-c", words, path, str(who)], cwd=ROOT) for who in range(6)]
    assert [officer.wait(120) for officer in officers] == [0] * 6
    assert read_ledger(path).findings == ()
    assert sorted(entry.who for entry in read_ledger(path).entries) == list("012345")


def test_two_officers_at_once_never_spoil_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    words = (
        "import sys, pathlib; from evaluator.files.audit.ledger_file import append\n"
        "from evaluator.records.ledger import Event\n"
        "path, who = pathlib.Path(sys.argv[1]), sys.argv[2]\n"
        "for n in range(15): append(path, lambda _: [Event('mark', str(n), after='1')], who, '')"
    )
    officers = [subprocess.Popen([sys.executable, "-c", words, path, who], cwd=ROOT) for who in ("One", "Two")]
    assert [officer.wait(60) for officer in officers] == [0, 0]
    read = read_ledger(path)
    assert read.findings == ()
    assert sorted(entry.who for entry in read.entries) == ["One"] * 15 + ["Two"] * 15
    assert not path.with_name(f"{path.name}.lock").exists()


@given(st.lists(st.text(), min_size=1, max_size=6), st.data())
def test_no_single_changed_character_goes_unseen(texts: list[str], data: st.DataObject) -> None:
    entries = chained(Head(0, START), [Event("mark", text, reason=text) for text in texts], "Ö", "2026-10-01")
    whole = [line_of(entry) for entry in entries]
    assert verify("l", whole, head_of(entries)) == ()
    row = data.draw(st.integers(0, len(whole) - 1))
    at = data.draw(st.integers(0, len(whole[row]) - 1))
    new = data.draw(st.characters(min_codepoint=32, max_codepoint=126).filter(lambda one: one != whole[row][at]))
    changed = [*whole]
    changed[row] = whole[row][:at] + new + whole[row][at + 1 :]
    assert verify("l", changed, head_of(entries)) != ()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("home")
    criteria_folder(made / "criteria")
    bids_folder(made / "bids")
    return made


def test_issue_returns_agreed_marks_corrections_and_runs_are_recorded(home: Path, tmp_path: Path) -> None:
    book, bids = tmp_path / "ledger.jsonl", tmp_path / "bids"
    shutil.copytree(home / "bids", bids)
    assert run("issue", home / "criteria", bids, "--out", tmp_path / "out", "--ledger", book, *BY).exit_code == 0
    kinds = [entry.event.kind for entry in read_ledger(book).entries]
    assert kinds == ["seal", "issue", "issue"]
    for evaluator in ("E1", "E2"):
        fill(tmp_path / "out" / f"{evaluator}.xlsx", bids / "returns" / f"{evaluator}.xlsx")
    agreed = "bid,question,mark,reason\n" + "".join(
        f"{bid},{question},3,Names the people and the place.\n"
        for bid, question in (("A1", "C1"), ("A1", "N1"), ("A2", "C1"), ("A2", "N1"), ("B1", "C1"), ("B1", "S1"),
                              ("O1", "C2"), ("O2", "C2"))
    )  # fmt: skip
    (bids / "consensus.csv").write_text(agreed)
    words = ("evaluate", home / "criteria", bids, "--out", tmp_path / "run", "--ledger", book, *BY)
    assert run(*words).exit_code == 0, run(*words).output
    new = [entry.event for entry in read_ledger(book).entries][3:]
    assert [event.kind for event in new].count("mark") == 16
    assert [event.kind for event in new].count("consensus") == 8
    assert new[-1].kind == "run"
    (bids / "consensus.csv").write_text(agreed.replace("A1,C1,3,Names", "A1,C1,4,Above all marks: names"))
    assert run(*words, "--replace").exit_code == 0
    newest = [entry.event for entry in read_ledger(book).entries][3 + len(new) :]
    assert [(event.kind, event.subject, event.before, event.after) for event in newest if event.kind != "run"] == [
        ("return", "consensus.csv", newest[0].before, newest[0].after),
        ("correction", "A1 C1", "3", "4"),
    ]
    assert "A1 C1  3 -> 4  Above all marks" in run("ledger", "show", book).stdout
    of_a1 = json.loads(run("ledger", "show", book, "--kind", "correction", "--about", "a1", "--json").stdout)
    assert [entry["event"]["subject"] for entry in of_a1["entries"]] == ["A1 C1"]
    assert (of_a1["asked"], of_a1["of"]) == ({"kind": "correction", "about": "a1"}, len(read_ledger(book).entries))
    assert run("ledger", "show", book, "--person", "nobody").stdout == ""
    assert (
        run("ledger", "show", book, "--person", "o.", "--from", "01/01/2000").stdout.count(" O. Officer, procurement ")
        > 8
    )
    assert run("ledger", "show", book, "--to", "2000-01-01").stdout == ""
    assert run("ledger", "show", book, "--kind", "gossip").exit_code == 2
    assert run("ledger", "export", book, "--out", tmp_path / "ledger.xlsx").exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "ledger.xlsx")["Changed marks"]
    assert [cell.value for cell in sheet[4]][3:7] == ["correction", "A1 C1", "3", "4"]


def test_what_a_run_computes_does_not_depend_on_the_ledger(home: Path, tmp_path: Path) -> None:
    words = ("evaluate", home / "criteria", home / "bids", "--date", "2026-11-02", "--json")
    without = run(*words, "--out", tmp_path / "a").stdout
    with_it = run(*words, "--out", tmp_path / "b", "--ledger", tmp_path / "l.jsonl", "--by", "O. Officer").stdout
    assert without == with_it


def test_a_ledger_needs_a_name_and_a_day(home: Path, tmp_path: Path) -> None:
    words = ("issue", home / "criteria", home / "bids", "--out", tmp_path / "out", "--ledger", tmp_path / "l.jsonl")
    assert run(*words).exit_code == 2
    assert run(*words, "--by", "X", "--date", "2 November").exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_no_ledger_ends_in_a_sentence(tmp_path: Path) -> None:
    assert run("ledger", "verify", tmp_path / "none.jsonl").exit_code == 3
    (tmp_path / "x").write_bytes(b"\xff\x00PK")
    assert run("ledger", "verify", tmp_path / "x").exit_code == 1
    assert run("ledger", "verify", tmp_path / "x", "--head", "5").exit_code == 2


def test_the_ledger_is_what_issuing_again_adds_to(home: Path, tmp_path: Path) -> None:
    book = tmp_path / "ledger.jsonl"
    made = issue(home / "criteria", home / "bids", 1)
    assert len(made.files) == 7
    for _ in range(2):
        run("issue", home / "criteria", home / "bids", "--out", tmp_path / "out", "--ledger", book, *BY)
    assert [entry.event.kind for entry in read_ledger(book).entries] == ["seal", *["issue"] * 4]


def test_the_day_of_publication_begins_the_ledger(tmp_path: Path) -> None:
    criteria, book = tmp_path / "criteria", tmp_path / "ledger.jsonl"
    shutil.copytree(ROOT / "criteria" / "minimal", criteria)
    (criteria / "seal.json").unlink()
    words = ("publish", criteria, "--date", "2026-09-01", "--ledger", book)
    assert run(*words).exit_code == 2
    assert not (criteria / "seal.json").exists()
    assert run(*words, "--by", "O. Officer, procurement").exit_code == 0
    assert run(*words, "--by", "O. Officer, procurement").exit_code == 0
    (entry,) = read_ledger(book).entries
    assert (entry.event.kind, entry.when) == ("seal", "2026-09-01")
    assert entry.event.after == json.loads((criteria / "seal.json").read_text("utf-8"))["sha256"]


def stopped_at(book: Path, step: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Add two entries, and stop before the step-th change of the disk; whether it came so far."""
    left = [step]
    write, replace = ledgers._to_disk, Path.replace

    def counted(change: Callable[..., object]) -> Callable[..., object]:
        def one(*given: object, **more: object) -> object:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            return change(*given, **more)

        return one

    with monkeypatch.context() as patched:
        patched.setattr(ledgers, "_to_disk", counted(write))
        patched.setattr(Path, "replace", counted(replace))
        try:
            ledgers.append(book, lambda _: EVENTS[:2], "B. Clerk", "2026-10-04")
        except KeyboardInterrupt:
            return True
    return False


def test_whoever_comes_after_a_stopped_process_ends_what_it_was_writing(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = 0
    before = len(lines(book))
    while stopped_at(book, step, monkeypatch):
        append(book, lambda _: EVENTS[2:3], "A. Chair", "2026-10-05")
        read = read_ledger(book)
        assert read.findings == ()
        written = len(read.entries) - before - 1
        assert written in (0, 2)  # both entries or none
        assert not book.with_name(f"{book.name}.writing").exists()
        before = len(read.entries)
        step += 1
    assert step == 4


@pytest.mark.parametrize("cut", [1, 40, 200, -1])
def test_a_line_that_was_written_in_part_is_written_to_its_end(book: Path, cut: int) -> None:
    entries = chained(head_of(read_ledger(book).entries), EVENTS[:2], "B. Clerk", "2026-10-04")
    told = "".join(f"{line_of(entry)}\n" for entry in entries)
    head = {"count": 7, "hash": entries[-1].hash}
    book.with_name(f"{book.name}.writing").write_text(json.dumps({**head, "lines": told}), "utf-8")
    book.write_text(book.read_text("utf-8") + told[:cut], "utf-8")
    append(book, lambda _: (), "A. Chair", "2026-10-05")
    assert read_ledger(book).findings == ()
    assert lines(book)[-2:] == told.splitlines()


def test_a_note_of_what_was_to_be_written_mends_nothing_that_was_done_by_hand(book: Path) -> None:
    entries = chained(Head(0, START), EVENTS, "Somebody", "2026-10-04")
    told = "".join(f"{line_of(entry)}\n" for entry in entries)
    note = {"count": 5, "hash": entries[-1].hash, "lines": told}
    book.with_name(f"{book.name}.writing").write_text(json.dumps(note), "utf-8")
    before = book.read_bytes()
    append(book, lambda _: (), "A. Chair", "2026-10-05")
    assert book.read_bytes() == before
    book.write_text("".join(f"{line}\n" for line in edited(lines(book))), "utf-8")
    with pytest.raises(ledgers.LedgerBrokenError):
        append(book, lambda _: (), "A. Chair", "2026-10-05")


def test_what_follows_is_given_the_new_entries_while_nobody_else_can_write(book: Path) -> None:
    seen: list[tuple[int, bool]] = []

    def then(added: object) -> None:
        seen.append((len(added), book.with_name(f"{book.name}.lock").exists()))  # type: ignore[arg-type]

    append(book, lambda _: EVENTS[:2], "A. Chair", "2026-10-05", then)
    assert seen == [(2, True)]
