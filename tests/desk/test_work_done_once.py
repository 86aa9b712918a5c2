"""What a page needs is worked out once: after a change by the first page that asks, and of that change alone."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from evaluator.files.audit.ledger_file import append
from evaluator.files.read import remembered
from evaluator.files.read.bids import moderation
from evaluator.files.read.criteria import folder as criteria
from evaluator.jobs import checked
from evaluator.jobs.papers import moderate
from evaluator.records import ledger
from evaluator.records.ledger import Event
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
        told = [Event("clarification", f"Question {day}.{number}") for number in range(50)]
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
    [("evaluator.desk.confined", "pandas"), ("evaluator.jobs.criteria.brought", "evaluator.jobs.publication")],
)
def test_a_process_that_reads_one_file_loads_what_reads_it_and_no_more(module: str, not_loaded: str) -> None:
    asked = f"import sys, {module}; print({not_loaded!r} in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout == "False\n"
