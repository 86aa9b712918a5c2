"""``run.py test`` runs everything, or the tests of a path alone."""

import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.write_test_lock import FOR_TESTS, USUAL, entries, without

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script as a module; ``run`` itself is no package that could be imported."""
    found = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "words",
    [
        ["tests/test_run_script.py"],
        ["tests/test_run_script.py::test_of_this_name", "-x"],
        ["-k", "ties", "tests/unit"],
        [str(ROOT / "tests" / "unit")],
    ],
)
def test_a_path_is_tested_alone_without_the_guards(words: list[str], script: ModuleType) -> None:
    assert script.checks(words) == [["-m", "pytest", *words]]


@pytest.mark.parametrize("words", [[], ["-m", "slow"], ["-k", "x" * 5_000], ["tests/nowhere.py"]])
def test_without_a_path_every_guard_runs_before_the_tests(words: list[str], script: ModuleType) -> None:
    tools = [" ".join(command) for command in script.checks(words)]
    assert [next(tool for tool in ("ruff", "mypy", "importlinter", "pytest") if tool in line) for line in tools] == [
        "ruff",
        "ruff",
        "mypy",
        "importlinter",
        "pytest",
    ]
    assert script.checks(words)[-1][len(script.checks([])[-1]) :] == words


def test_the_tests_of_a_run_fail_when_any_command_fails(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter([0, 0, 1, 0, 0])
    monkeypatch.setenv("PYTHONPATH", "")  # which the script sets, and which is put back
    monkeypatch.setattr(script, "install", lambda lock, wheelhouse: None)
    monkeypatch.setattr(script.subprocess, "run", lambda command, cwd: type("Done", (), {"returncode": next(codes)}))
    assert script.main(["test"]) == 1
    assert list(codes) == []


class Pip:
    """In place of other programs: keeps each command, and fails at those that hold a word."""

    def __init__(self, failing: str = "", said: str = "") -> None:
        self.failing, self.said = failing, said
        self.commands: list[list[str]] = []

    def __call__(self, command: list[object], **_: object) -> object:
        self.commands.append([str(word) for word in command])
        failed = bool(self.failing) and self.failing in self.commands[-1]
        return type("Done", (), {"returncode": int(failed), "stdout": self.said if failed else ""})


@pytest.fixture
def set_up(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script in a folder of its own, with a .venv that has a Python."""
    (tmp_path / "requirements.txt").write_text("one==1 --hash=sha256:00", "utf-8")
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(script, "PYTHON", tmp_path / ".venv" / "python")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "python").touch()
    # to become another program would end the tests; what comes after it is what Windows does
    monkeypatch.setattr(script.os, "execv", lambda program, command: None)
    return script


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot do it")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_whoever_stops_the_script_stops_the_command(ending: signal.Signals, tmp_path: Path) -> None:
    """The script finds no list of packages but its own, and a Python that is there: a shell that tells its number."""
    (tmp_path / "run.py").write_bytes((ROOT / "run.py").read_bytes())
    (tmp_path / "requirements.txt").touch()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "requirements.txt.sha256").write_text(hashlib.sha256(b"").hexdigest())
    python = tmp_path / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\necho "$@" $$\nexec sleep 60\n')
    python.chmod(0o755)
    with subprocess.Popen([sys.executable, tmp_path / "run.py", "desk"], stdout=subprocess.PIPE, text=True) as script:
        assert script.stdout is not None
        assert script.stdout.readline().split() == ["-m", "evaluator", "desk", str(script.pid)]
        script.send_signal(ending)
        assert script.wait(10) == -ending


def test_only_wheels_with_known_sums_are_installed(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pip = Pip()
    monkeypatch.setattr(set_up.subprocess, "run", pip)
    assert set_up.main(["check"]) == 0
    line = " ".join(pip.commands[1])
    assert "install -q --only-binary :all: --require-hashes --retries 1 -r" in line
    assert set_up.main(["check"]) == 0
    assert [command[-1] for command in pip.commands] == ["--version", line.split()[-1], "check", "check"]


def test_from_a_wheelhouse_nothing_is_asked_of_the_internet(
    set_up: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip = Pip()
    monkeypatch.setattr(set_up.subprocess, "run", pip)
    (tmp_path / "wheels").mkdir()
    assert set_up.main(["--wheelhouse", str(tmp_path / "wheels"), "demo"]) == 0
    line = " ".join(pip.commands[1])
    assert f"--only-binary :all: --require-hashes --no-index --find-links {tmp_path / 'wheels'} -r" in line


@pytest.mark.parametrize("words", [["--wheelhouse"], ["--wheelhouse", "nowhere"]])
def test_a_wheelhouse_that_is_not_there_is_told(words: list[str], set_up: ModuleType) -> None:
    with pytest.raises(SystemExit, match="There is no folder"):
        set_up.main(words)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "WARNING: Retrying after connection broken by 'ProxyError'\nERROR: No matching",
            "Behind a proxy set HTTPS_PROXY",
        ),
        ("ERROR: Temporary failure in name resolution", "The packages' index cannot be reached"),
        ("ERROR: No matching distribution found for one==1", "cannot be installed on this machine's Python as wheels"),
    ],
)
def test_what_keeps_pip_from_installing_is_said_in_a_sentence(
    said: str, told: str, set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_up.subprocess, "run", Pip("install", said))
    with pytest.raises(SystemExit) as ended:
        set_up.main([])
    assert told in str(ended.value)
    assert "--wheelhouse DIR" in str(ended.value)
    assert str(ended.value).endswith(f"pip said: {said.splitlines()[-1]}")


def test_a_wheelhouse_that_lacks_a_package_is_told(set_up: ModuleType) -> None:
    told = set_up.why_not("ERROR: No matching distribution found for one==1", "requirements.txt", "wheels")
    assert told.startswith("The folder wheels does not hold every package of requirements.txt as a wheel")


def test_a_broken_environment_is_to_be_deleted(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_up.subprocess, "run", Pip("--version"))
    with pytest.raises(SystemExit, match="Delete that folder, and run this again"):
        set_up.main([])


def test_an_environment_whose_python_is_gone_is_made_anew_though_it_was_complete(
    set_up: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_up.subprocess, "run", Pip())
    assert set_up.main([]) == 0
    (tmp_path / ".venv" / "python").unlink()
    made: list[Path] = []
    monkeypatch.setattr(set_up.venv, "create", lambda folder, **how: made.append(folder))
    assert set_up.main([]) == 0
    assert made == [tmp_path / ".venv"]


def test_the_list_for_tests_holds_what_the_usual_one_does_not_and_includes_it():
    usual, for_tests = (path.read_text("utf-8") for path in (USUAL, FOR_TESTS))
    pinned, added = ({entry.split()[0] for entry in entries(text)[1]} for text in (usual, for_tests))
    assert "pandas" in {name.partition("==")[0] for name in pinned}
    assert "pytest" in {name.partition("==")[0] for name in added}
    assert not pinned & added
    assert for_tests == without(for_tests, usual)
