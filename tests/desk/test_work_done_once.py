"""What a page needs is worked out once: after a change by the first page that asks, and of that change alone."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree
from socket import socket
from threading import Event
from types import SimpleNamespace

import pytest

from evaluator import desk
from evaluator.desk.serving.session import Session
from evaluator.files.audit.ledger_file import append
from evaluator.files.read import remembered
from evaluator.files.read.bids import moderation
from evaluator.files.read.criteria import folder as criteria
from evaluator.jobs import checked
from evaluator.jobs.papers import moderate
from evaluator.records import ledger
from tests.desk.served import ROOT, Served

AT = "/p/Rooms"
PAGES = ("", "/criteria", "/criteria/check", "/criteria/publish", "/criteria/part?file=programme.toml&path=scale")
Counting = Callable[..., Counter[str]]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """Count how often a function of a module is called, by what names the call."""
    remembered._held.clear()

    def count(module: object, name: str, named: Callable[..., str]) -> Counter[str]:
        calls, real = Counter[str](), getattr(module, name)

        def noted(*words: object, **more: object) -> object:
            calls[named(*words)] += 1
            return real(*words, **more)

        monkeypatch.setattr(module, name, noted)
        return calls

    return count


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    """A programme of several files, not yet sealed, whose bids have come in."""
    root = tmp_path / "Rooms"
    copytree(ROOT / "criteria" / "minimal", root / "criteria")
    (root / "criteria" / "seal.json").unlink()
    copytree(ROOT / "sample_bids" / "minimal", root / "bids")
    return root


def change(path: Path) -> None:
    """Change a file, and nothing that it says."""
    path.write_text(path.read_text("utf-8") + "\n# Looked at again.\n", "utf-8")


def test_criteria_are_checked_once_after_a_change_whatever_pages_tell_of_it(
    serve: Callable[[Path], Served], counted: Counting, rooms: Path
) -> None:
    checks = counted(checked, "check", lambda *_: "check")
    files = counted(criteria, "toml_of", lambda content: content.decode().split()[0])
    client = serve(rooms).client()
    for page in PAGES:
        assert client.get(f"{AT}{page}").status == 200
    assert checks["check"] == 1
    before = files.total()
    change(rooms / "criteria" / "programme.toml")
    for page in PAGES:
        assert client.get(f"{AT}{page}").status == 200
    assert checks["check"] == 2
    assert files.total() == before + 1, "of the files only the one that has changed is parsed"


def test_who_asks_while_criteria_are_being_checked_waits_for_that_check(
    monkeypatch: pytest.MonkeyPatch, counted: Counting, rooms: Path
) -> None:
    monkeypatch.setattr(remembered, "_most", 9)
    checks = counted(checked, "_checked", lambda *_: "check")
    begun, others, real = Event(), Event(), checked._checked

    def slowly(folder: Path) -> checked.Checked:
        begun.set()
        assert others.wait(60)
        return real(folder)

    monkeypatch.setattr(checked, "_checked", slowly)
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(checked.checked, rooms / "criteria")]
        assert begun.wait(60)
        asked += [pool.submit(checked.checked, rooms / "criteria") for _ in range(2)]
        others.set()
        made = [one.result(60) for one in asked]
    assert checks["check"] == 1
    assert made[0] is made[1] is made[2]


@pytest.mark.parametrize("quick", [True, False], ids=["a quick look", "a look that takes longer"])
def test_the_address_waits_for_the_first_look_at_the_pages_and_not_for_a_long_one(
    monkeypatch: pytest.MonkeyPatch, rooms: Path, quick: bool
) -> None:
    told, go_on = list[str](), Event()

    def look(_: object) -> None:
        go_on.wait(0.3 if quick else 60)
        told.append("looked")

    monkeypatch.setattr(desk, "look_ahead", look)
    monkeypatch.setattr(desk, "FIRST_LOOK", 60 if quick else 0.01)
    answering = SimpleNamespace(run=lambda _: told.append("answers"))
    monkeypatch.setattr("evaluator.desk.serving.server.server_of", lambda *_: answering)
    try:
        with socket() as listening:
            desk._serve(rooms, listening, Session(1), lambda: None)
    finally:
        remembered.remember(0)
    assert told == (["looked", "answers"] if quick else ["answers"])
    go_on.set()


def test_home_and_criteria_count_the_same_findings(serve: Callable[[Path], Served], rooms: Path) -> None:
    theme = next((rooms / "criteria" / "themes").glob("*.toml"))
    text = theme.read_text("utf-8")
    theme.write_text(text.replace('text = "', 'text = "To be confirmed. ', 1), "utf-8")
    client = serve(rooms).client()
    told = [client.get(f"{AT}{page}").text for page in ("", "/criteria", "/criteria/check")]
    assert all("1 finding to be mended or accepted" in text for text in told)


def test_a_line_of_the_ledger_is_worked_out_once_however_long_the_ledger_grows(
    counted: Counting, tmp_path: Path
) -> None:
    sums = counted(ledger, "_sum", lambda number, *_: str(number))
    path = tmp_path / "ledger.jsonl"
    for day in range(1, 4):
        told = [ledger.Event("clarification", f"Question {day}.{number}") for number in range(50)]
        append(path, lambda _, told=told: told, "Sam Lee", f"2026-12-0{day}")
    assert max(sums[str(number)] for number in range(1, 101)) <= 2, "once written, once read"


def test_a_moderation_workbook_is_read_once_while_marks_come_in(
    serve: Callable[[Path], Served], counted: Counting, minimal: Path
) -> None:
    (minimal / "bids" / "moderation.xlsx").write_bytes(moderate(minimal / "criteria", minimal / "bids").workbook)
    read = counted(moderation, "read_sheet", lambda _, file, *__: file)
    client = serve(minimal).client()
    for _ in range(3):
        assert client.get("/p/Warm%20Spaces/moderation").status == 200
        assert client.get("/p/Warm%20Spaces/moderation/meetings").status == 200
        marks = minimal / "bids" / "marks.csv"
        marks.write_text(marks.read_text("utf-8").replace(",2,", ",3,", 1), "utf-8")
    assert read["moderation.xlsx"] > 0
    once = read["moderation.xlsx"]
    client.get("/p/Warm%20Spaces/moderation")
    assert read["moderation.xlsx"] == once


@pytest.mark.parametrize(
    ("module", "not_loaded"),
    [
        ("evaluator.desk.confined", "pandas"),
        ("evaluator.jobs.criteria.brought", "evaluator.jobs.publication"),
        *(("evaluator.desk.pages.order", one) for one in ("evaluator.pipeline", "evaluator.allocation", "highspy")),
        ("evaluator.jobs.checked", "evaluator.files.read.tables"),
    ],
)
def test_a_process_loads_what_its_work_needs_and_no_more(module: str, not_loaded: str) -> None:
    asked = f"import sys, {module}; print({not_loaded!r} in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout == "False\n"
