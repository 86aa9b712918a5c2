"""Set up and run the bid evaluator. Needs only Python 3.11 or later, on Linux, macOS or Windows.

python3 run.py            evaluate the sample programme and say which report to open
python3 run.py test       install the test tools, then run every guard and test
python3 run.py test PATH  run the tests of that file or folder alone, or of PATH::TEST
python3 run.py COMMAND    any command of the evaluator, for example: python3 run.py --help
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
GUARDS = (
    ["-m", "ruff", "check", "."],
    ["-m", "ruff", "format", "--check", "."],
    ["-m", "mypy"],
    ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
)


def install(lock: str) -> None:
    """Install the packages of a hash-locked list into .venv, once for each content of the list."""
    wanted = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    stamp = VENV / f"{lock}.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing the packages of {lock} into .venv (the first time only) ...", file=sys.stderr, flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", ROOT / lock], check=True)
    stamp.write_text(wanted)


def checks(words: list[str]) -> list[list[str]]:
    """Give the commands of a test run: pytest alone where a word is a path, or else every guard and all tests."""
    if any(os.path.exists(ROOT / word.partition("::")[0]) for word in words):  # noqa: PTH110 - Path.exists fails on long words
        return [["-m", "pytest", *words]]
    return [*GUARDS, ["-m", "pytest", "-n", "auto", "--dist", "worksteal", *words]]


def main(words: list[str]) -> int:
    """Install what is missing and run the words as a command of the evaluator; return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the one file that an older Python may meet
        sys.exit(f"The bid evaluator needs Python 3.11 or later; this is Python {sys.version.split()[0]}.")
    os.environ["PYTHONPATH"] = str(ROOT)
    if words[:1] == ["test"]:
        install("requirements-test.txt")
        return max(subprocess.run([PYTHON, *command], cwd=ROOT).returncode for command in checks(words[1:]))
    install("requirements.txt")
    return subprocess.run([PYTHON, "-m", "evaluator", *(words or ["demo"])]).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
