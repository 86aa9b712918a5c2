"""What the programs of the one-folder build do, tried without building it."""

import os
import re
import sys
from pathlib import Path

import pytest

from evaluator import __version__
from evaluator.files.audit.bundle import VERIFIERS
from evaluator.jobs import evaluate
from evaluator.jobs.evaluate import ONE_FOLDER, made_alike, made_with
from standalone import build, started

HERE = Path(build.__file__).parent


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An account of its own, with documents; what is opened in a browser is kept in ``shown``."""
    for name in ("HOME", "USERPROFILE", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    (tmp_path / "Documents").mkdir()
    return tmp_path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the evaluator was asked for."""
    found: list[list[str]] = []
    monkeypatch.setattr(started, "main", lambda words, prog_name: found.append(words))
    monkeypatch.setattr(started.webbrowser, "register", lambda *_, **__: None)
    return found


def test_a_double_click_opens_the_programmes_among_the_documents(home: Path, asked: list[list[str]]) -> None:
    started.command([])
    started.desk([])
    usual = home / "Documents" / "Bid evaluator"
    assert asked == [["desk", str(usual)], ["desk", str(usual)]]
    assert usual.is_dir()


def test_a_folder_that_was_dropped_on_the_desk_is_opened(home: Path, asked: list[list[str]]) -> None:
    started.desk(["S:/Grants"])
    started.command(["check", "S:/Grants"])
    assert asked == [["desk", "S:/Grants"], ["check", "S:/Grants"]]
    assert list((home / "Documents").iterdir()) == []


def test_without_a_console_what_went_wrong_is_told_in_the_browser(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(started.webbrowser, "register", lambda *_, **__: None)
    monkeypatch.setattr(started.webbrowser, "open", shown.append)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(SystemExit):
        started.desk([str(home / "not <there>" / "either")])
    page = home / "bid-evaluator" / "not-opened.html"
    assert shown == [page.as_uri()]
    assert "There is no folder" in page.read_text("utf-8")
    assert "not &lt;there&gt;" in page.read_text("utf-8")


def test_the_browser_finds_its_own_libraries_and_the_solver_keeps_ours(
    asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str | None] = []

    class Usual(started.webbrowser.BaseBrowser):
        def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
            seen.append(os.environ.get("LD_LIBRARY_PATH"))
            return url == "file:///page"

    kept: list[started.webbrowser.BaseBrowser] = []
    monkeypatch.setattr(started.webbrowser, "get", Usual)
    monkeypatch.setattr(started.webbrowser, "register", lambda name, kind, one, preferred: kept.append(one))
    started.command(["status"])
    monkeypatch.setenv("LD_LIBRARY_PATH", "/ours")
    assert kept[0].open("file:///page")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/theirs")
    assert kept[0].open("file:///page")
    assert seen == [None, "/theirs"]
    assert os.environ["LD_LIBRARY_PATH"] == "/ours"


def test_a_run_of_the_build_says_so_and_is_otherwise_made_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = made_with()
    assert ONE_FOLDER not in plain
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(evaluate, "version", lambda name: plain.get(name, "6.22.3"))
    assert made_with() == {**plain, ONE_FOLDER: "6.22.3"}
    assert made_alike(plain)
    assert not made_alike({**plain, "bid-evaluator": f"{__version__}.1"})
    assert not made_alike({key: value for key, value in plain.items() if key != "python"})
    assert not made_alike(None)


def test_freezing_comes_first_in_every_program() -> None:
    for name in ("command.py", "desk.py"):
        body = (HERE / name).read_text("utf-8").partition('if __name__ == "__main__":\n')[2]
        assert body.lstrip().startswith("freeze_support()"), name


def test_what_builds_is_pinned_to_its_hashes_and_nothing_is_packed_again() -> None:
    lock = (HERE / "requirements.txt").read_text("utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert {"pyinstaller", "pefile"} <= {entry.split("==")[0] for entry in entries}
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "upx=True" not in (HERE / "bid_evaluator.spec").read_text("utf-8")


def test_the_sums_are_those_that_sha256sum_checks(tmp_path: Path) -> None:
    (tmp_path / "made" / "b").mkdir(parents=True)
    (tmp_path / "made" / "b" / "one").write_bytes(b"")
    (tmp_path / "made" / "a").write_bytes(b"abc")  # FIPS 180-2, example B.1
    assert build.sums(tmp_path / "made") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  made/a\n"
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  made/b/one\n"
    )


def test_the_build_ships_the_files_that_every_bundle_takes() -> None:
    text = (HERE / "bid_evaluator.spec").read_text("utf-8")
    named = re.search(r"^VERIFIER = ROOT / (.*)$", text, re.M)
    assert named is not None
    folder = HERE.parent.joinpath(*re.findall(r'"(\w+)"', named[1]))
    assert {path.name for path in folder.glob("*.py")} > set(VERIFIERS)
    assert f'"{folder.relative_to(HERE.parent).as_posix()}") for path in sorted(VERIFIER.glob("*.py"))' in text
