"""A run folder appears whole or not at all."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluator.files.audit import run_folder
from evaluator.files.audit.run_folder import (
    FIRST,
    first_report,
    is_first,
    is_run,
    land,
    rendered,
    run_status,
    sweep,
    write_new,
    write_page,
)
from evaluator.records.documents import Document

RUN = {"manifest.json": b'{"status": "blocked", "run": "run-1"}', "outcome.json": b"{}"}


def test_a_run_lands_whole(tmp_path: Path) -> None:
    land(RUN, tmp_path / "reports" / "run")
    assert {path.name: path.read_bytes() for path in (tmp_path / "reports" / "run").iterdir()} == RUN
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["run"]


def test_an_earlier_run_gives_way_to_the_new_one(tmp_path: Path) -> None:
    land({**RUN, "old.html": b"old"}, tmp_path / "run")
    land(RUN, tmp_path / "run")
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == sorted(RUN)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_failure_on_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        land({"outcome.json": b"{}", "outcome.json/no/folder": b""}, tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_run_is_known_by_its_manifest(tmp_path: Path) -> None:
    assert not is_run(tmp_path)
    land(RUN, tmp_path / "run")
    assert is_run(tmp_path / "run")
    assert run_status(tmp_path / "run") == run_status(RUN) == "blocked"


def test_texts_are_written_in_utf_8() -> None:
    assert rendered((Document("a.txt", "£5"),)) == {"a.txt": b"\xc2\xa35"}


def test_python_searches_for_circles_again_once_the_documents_are_made_or_have_failed() -> None:
    def failing() -> Iterator[Document]:
        assert not gc.isenabled()
        yield Document("a.txt", "a")
        raise ValueError("on the way")

    with pytest.raises(ValueError, match="on the way"):
        rendered(failing())
    assert gc.isenabled()


@pytest.fixture(params=[0o022, 0o027, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_what_is_written_is_as_open_as_the_account_wants_and_personal_data_are_its_own(
    umask: int, tmp_path: Path
) -> None:
    land({"a/b.html": b""}, tmp_path / "open")
    assert [mode(tmp_path / "open" / name) for name in ("", "a", "a/b.html")] == [
        0o777 & ~umask,
        0o777 & ~umask,
        0o666 & ~umask,
    ]
    land({"a/b.html": b"", "equality.zip": b""}, tmp_path / "run")
    land({"letter.html": b""}, tmp_path / "letters", private=True)
    private = ("run", "run/a", "letters"), ("run/equality.zip", "run/a/b.html", "letters/letter.html")
    assert [{mode(tmp_path / name) for name in names} for names in private] == [{0o700}, {0o600}]
    write_page(tmp_path / "salt.txt", "x", private=True)
    assert write_new(b"x", tmp_path / "key", private=True)
    assert write_new(b"x", tmp_path / "page.html")
    assert [mode(tmp_path / name) for name in ("salt.txt", "key", "page.html")] == [0o600, 0o600, 0o666 & ~umask]


def test_what_killed_runs_of_this_machine_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    machine = run_folder._machine()
    names = {
        "left": f".run.{machine}-{ended.pid}-abc_1.unfinished",
        "old": f".there.{machine}-{ended.pid}-abc_1.old",
        "the only one": f".gone.{machine}-{ended.pid}-abc_1.old",
        "at work": f".run.{machine}-{os.getpid()}-abc_1.unfinished",
        "of another machine": f".run.{'0' * 8}-{ended.pid}-abc_1.unfinished",
        "somebody's own": ".run.unfinished",
    }
    for name in (*names.values(), "there"):
        (tmp_path / name).mkdir()
    sweep(tmp_path)
    swept = {names["left"], names["old"]}
    assert {path.name for path in tmp_path.iterdir()} == {*names.values(), "there"} - swept
    sweep(tmp_path / "nowhere")


def test_a_killed_landing_is_swept_by_the_next(tmp_path: Path) -> None:
    code = "import os, sys; from pathlib import Path; from evaluator.files.audit import run_folder as r\n"
    code += "r._umask = lambda: os.kill(os.getpid(), 9)\nr.land({'equality.zip': b'x'}, Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "run")], check=False)
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".run.")
    assert mode(left) == 0o700
    land(RUN, tmp_path / "other")
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_a_link_is_written_where_it_leads_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "reports").symlink_to(tmp_path / "disk" / "run")
    for number in (b"1", b"2"):
        land({"page.html": number}, tmp_path / "reports")
        assert (tmp_path / "disk" / "run" / "page.html").read_bytes() == number
        assert (tmp_path / "reports").is_symlink()
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["run"]


def test_a_link_that_leads_back_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").symlink_to("run")
    with pytest.raises(OSError, match="leads back to itself"):
        land(RUN, tmp_path / "run")


EARLY = {"report.html": b"to come", "outcome.json": b"{}"}


def test_the_first_report_stands_in_the_folder_of_its_run_until_the_whole_run_does(tmp_path: Path) -> None:
    folder = tmp_path / "run-1"
    with first_report(lambda name: tmp_path / name) as first:
        first("run-1", EARLY)
        assert {path.name for path in folder.iterdir()} == {*EARLY, FIRST}
        assert is_first(folder)
        assert not is_run(folder)
        land(RUN, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == RUN


def test_without_a_whole_run_its_first_report_goes(tmp_path: Path) -> None:
    def stopped() -> None:
        with first_report(lambda name: tmp_path / name) as first:
            first("run-1", EARLY)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert list(tmp_path.iterdir()) == []


def test_no_first_report_takes_the_place_of_a_run_or_of_what_is_no_run(tmp_path: Path) -> None:
    land(RUN, tmp_path / "run-1")
    (tmp_path / "of-mine").mkdir()
    for name, held in (("run-1", set(RUN)), ("of-mine", set())):
        with first_report(lambda name: tmp_path / name) as first:
            first(name, EARLY)
            assert {path.name for path in (tmp_path / name).iterdir()} == held
        assert {path.name for path in (tmp_path / name).iterdir()} == held


def test_a_first_report_that_cannot_be_written_stops_no_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with first_report(lambda name: tmp_path / "file" / name) as first:
        first("run-1", EARLY)


BEGUN = """
import os, sys
from pathlib import Path
from evaluator.files.audit.run_folder import first_report
with first_report(lambda name: Path(sys.argv[1]) / name) as first:
    first("run-1", {"report.html": b"to come"})
    os._exit(9)
"""


def test_the_first_report_of_a_run_that_was_killed_is_swept_and_that_of_one_at_work_is_not(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", BEGUN, str(tmp_path)], check=False)
    assert is_first(tmp_path / "run-1")
    with first_report(lambda name: tmp_path / name) as first:
        first("run-2", EARLY)
        sweep(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["run-2"]
    (tmp_path / "notes").mkdir()
    for held in (b"what is still to be done", b"1234567", b"\xff", b""):
        (tmp_path / "notes" / FIRST).write_bytes(held)
        sweep(tmp_path)
        assert (tmp_path / "notes" / FIRST).read_bytes() == held
