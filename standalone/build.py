"""Make the one-folder build: the evaluator with a Python of its own, for machines that have none.

python3 standalone/build.py              into dist/bid-evaluator, with the sums of all its files beside it
python3 standalone/build.py --wheelhouse DIR    with packages from a folder alone

It runs on the kind of machine that it builds for; standalone/README.md tells more.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (ROOT / "requirements.txt", ROOT / "standalone" / "requirements.txt")
SPEC = ROOT / "standalone" / "bid_evaluator.spec"
DIST, WORK = ROOT / "dist", ROOT / "dist" / "work"
NAME, SUMS = "bid-evaluator", "bid-evaluator.sha256"
OLD = "315532800"  # 1980: PyInstaller writes this time instead of today's
TESTS = ("pytest", "hypothesis", "conftest.py", "test_")


def build(dist: Path, python: Path) -> Path:
    """Make the folder with a Python that has the locked packages, and the file of its sums; give the folder."""
    fixed = {**os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": OLD, "PYTHONPATH": str(ROOT)}
    where = ["--distpath", dist, "--workpath", WORK]
    subprocess.run(
        [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *where, SPEC], env=fixed, check=True
    )
    folder = dist / NAME
    if strange := [path for path in _files(folder) if path.name.startswith(TESTS)]:
        sys.exit(f"Tests do not belong into the build: {', '.join(map(str, strange))}")
    (dist / SUMS).write_text(sums(folder), "utf-8", newline="\n")
    return folder


def sums(folder: Path) -> str:
    """Give the SHA-256 of every file of a folder, as ``sha256sum --check`` reads them beside it."""
    digests = ((hashlib.sha256(path.read_bytes()).hexdigest(), path) for path in _files(folder))
    return "".join(f"{digest}  {path.relative_to(folder.parent).as_posix()}\n" for digest, path in digests)


def _files(folder: Path) -> list[Path]:
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def python_of_build(wheelhouse: str) -> Path:
    """Make, once, an environment with exactly the packages of both locks."""
    home = WORK / "venv"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = hashlib.sha256(b"".join(lock.read_bytes() for lock in LOCKS)).hexdigest()
    stamp = home / "locks.sha256"
    if stamp.is_file() and stamp.read_text() == wanted:
        return python
    venv.create(home, clear=True, with_pip=True)
    source = ["--no-index", "--find-links", wheelhouse] if wheelhouse else []
    wheels = ["--only-binary", ":all:", "--require-hashes", *source]
    lists = [word for lock in LOCKS for word in ("-r", lock)]
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-q", *wheels, *lists]
    subprocess.run(pip, check=True)
    stamp.write_text(wanted)
    return python


def main() -> int:
    """Build, and say where it is."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument(
        "--wheelhouse", default="", help="take the packages from this folder, and nothing from elsewhere"
    )
    given.add_argument("--dist", type=Path, default=DIST, help="where the folder goes; left out, dist/")
    said = given.parse_args()
    folder = build(said.dist, python_of_build(said.wheelhouse))
    print(f"Made {folder}, and beside it {SUMS}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
