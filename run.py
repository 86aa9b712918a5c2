"""Set up and run the bid evaluator. Needs only Python 3.11 or later, on Linux, macOS or Windows.

python3 run.py            evaluate the sample programme and say which report to open
python3 run.py test       install the test tools, then run every guard and test
python3 run.py test PATH  run the tests of that file or folder alone, or of PATH::TEST
python3 run.py desk       the whole job in a browser, on this computer
python3 run.py COMMAND    any other command of the evaluator, for example: python3 run.py --help

With --wheelhouse DIR before all that, packages come from that folder alone, and nothing is asked of the internet.
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


BROKEN = f"The folder {VENV} is broken: its Python or its pip does not run. Delete that folder, and run this again."
UNREACHED = (
    *("proxy", "tunnel connection", "connection", "timed out", "timeout", "name resolution", "nodename", "ssl"),
    *("network is unreachable", "max retries"),
)


def install(lock: str, wheelhouse: str = "") -> None:
    """Install the packages of a hash-locked list into .venv, once for each content of the list; wheels only."""
    locks = dict.fromkeys(("requirements.txt", lock))  # the list for tests includes the usual one
    wanted = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in locks)).hexdigest()
    stamp = VENV / f"{lock}.sha256"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing the packages of {lock} into .venv (the first time only) ...", file=sys.stderr, flush=True)
    if not PYTHON.exists():
        _make()
    pip: list[Path | str] = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    if _done([*pip, "--version"])[0]:
        sys.exit(BROKEN)
    source = ["--no-index", "--find-links", os.path.abspath(wheelhouse)] if wheelhouse else ["--retries", "1"]  # noqa: PTH100 - for pip
    wheels = ["install", "-q", "--only-binary", ":all:", "--require-hashes", *source, "-r", ROOT / lock]
    code, said = _done([*pip, *wheels])
    if code:
        sys.exit(why_not(said, lock, wheelhouse))
    stamp.write_text(wanted)


def _make() -> None:
    """Make .venv anew; one whose Python is gone, as after an update of the system's, gives way."""
    try:
        venv.create(VENV, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(
            f"The folder {VENV} cannot be made ({error}). On Debian and Ubuntu the package python3-venv has to be"
            " installed; elsewhere see that this folder may be written to."
        )


def _done(command: list[Path | str]) -> tuple[int, str]:
    """Run a command; give its exit code and what it printed."""
    try:
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    except OSError as error:
        return 1, str(error)
    return run.returncode, run.stdout


def why_not(said: str, lock: str, wheelhouse: str) -> str:
    """Say in a sentence why pip could not install the packages, and what to do."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    last = next(
        (line for line in reversed(lines) if line.startswith("ERROR")), lines[-1] if lines else "no word of why"
    )
    offline = (
        f"install offline: on a machine of the same kind that reaches it, `python3 -m pip download --require-hashes"
        f" --only-binary :all: -r {lock} -d DIR`; bring DIR here; `python3 run.py --wheelhouse DIR`"
    )
    if wheelhouse:
        what = f"The folder {wheelhouse} does not hold every package of {lock} as a wheel for this machine's Python."
    elif any(word in said.lower() for word in UNREACHED):
        what = f"The packages' index cannot be reached. Behind a proxy set HTTPS_PROXY to its address, or {offline}."
    else:
        what = f"The packages of {lock} cannot be installed on this machine's Python as wheels; or {offline}."
    return f"{what}\npip said: {last}"


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
    wheelhouse = ""
    if words[:1] == ["--wheelhouse"]:
        wheelhouse, words = "".join(words[1:2]), words[2:]
        if not os.path.isdir(wheelhouse):  # noqa: PTH112 - Path("") is a folder
            sys.exit(f"There is no folder {wheelhouse or 'named'} for --wheelhouse to take packages from.")
    if words[:1] == ["test"]:
        install("requirements-test.txt", wheelhouse)
        return max(subprocess.run([PYTHON, *command], cwd=ROOT).returncode for command in checks(words[1:]))
    install("requirements.txt", wheelhouse)
    try:
        return evaluator(words or ["demo"])
    except OSError:
        sys.exit(BROKEN)


def evaluator(words: list[str]) -> int:
    """Run a command of the evaluator in our own place, where a system can, so that whoever stops us stops it."""
    command = [str(PYTHON), "-m", "evaluator", *words]
    if os.name != "nt":  # there it would go on behind the back of the console
        os.execv(command[0], command)
    return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
