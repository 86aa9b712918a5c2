"""``run.py test`` runs everything, or the tests of a path alone."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

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
    monkeypatch.setattr(script, "install", lambda lock: None)
    monkeypatch.setattr(script.subprocess, "run", lambda command, cwd: type("Done", (), {"returncode": next(codes)}))
    assert script.main(["test"]) == 1
    assert list(codes) == []
