"""One bundle looked at in a process of its own, which is ended when it takes too long or too much memory.

Called as ``python -m evaluator.portfolio.apart WORK FILE MEMORY SECONDS [--full]``: it prints one JSON document, and
ends by itself when whoever opened it is gone.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluator.files.read.limits import bound

AT_LEAST = 4  # times the processor time: how long it may take on a busy machine before it is ended all the same
ONE_PROCESS = {"EVALUATOR_PROCESSES": "1", "PYTHONDONTWRITEBYTECODE": "1"}
MOST_SAID = 64 * 2**20  # bytes that a process may say of a bundle


@dataclass(frozen=True)
class Bounds:
    """What looking at one bundle may take: bytes of memory, and seconds of processor time."""

    memory: int = 3 * 2**30
    seconds: int = 1800


class EndedError(Exception):
    """The process that looked at a bundle was ended, or ended itself, without a word; the text says which."""


def looked_at(work: str, file: Path, bounds: Bounds, *, full: bool = False) -> Any:
    """Give what the process says of a bundle.

    Parameters
    ----------
    work : ``check`` or ``read``.

    Raises
    ------
    EndedError
        When it was ended: too much time or memory, or a fault below Python.
    """
    command = [sys.executable, "-m", __spec__.name, work, str(file), str(bounds.memory), str(bounds.seconds)]
    with subprocess.Popen(
        [*command, *(["--full"] if full else [])],
        stdin=subprocess.PIPE,  # which closes with us
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **ONE_PROCESS},
    ) as child:
        timer = threading.Timer(AT_LEAST * bounds.seconds, child.kill)
        timer.start()
        try:
            said = child.stdout.read(MOST_SAID + 1) if child.stdout else b""
            if len(said) > MOST_SAID:
                raise EndedError("more is said of it than can be told")
        finally:
            child.kill()
            timer.cancel()
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        raise EndedError(f"looking at it took more than {bounds.seconds:,} seconds or too much memory") from None


def _checked(file: Path, *, full: bool) -> dict[str, Any]:
    """Replay a bundle, and say whether it holds."""
    from evaluator.files.audit.bundle import UnreadableBundleError, bundle_bytes
    from evaluator.jobs.finished.replay import replay

    try:
        found = replay(bundle_bytes(file), lambda _: None, full=full)
    except (OSError, UnreadableBundleError) as error:
        return {"verdict": "unreadable", "why": [str(error)]}
    return {
        "verdict": "holds" if found.holds else "differs",
        "why": list(found.differences),
        "run": found.run,
        "made_by": found.made_by,
        "documents": found.documents,
        "explanations": found.explanations,
    }


def _read(file: Path) -> dict[str, Any]:
    """Read what a data set says of a bundle."""
    from evaluator.files.audit.bundle import UnreadableBundleError, bundle_bytes
    from evaluator.portfolio.rows import rows_of

    try:
        return {"tables": rows_of(bundle_bytes(file))}
    except (OSError, UnreadableBundleError) as error:
        return {"why": [str(error)]}


def _when_left_alone() -> None:
    """End this process as soon as nobody waits for it any more."""
    sys.stdin.buffer.read()
    os._exit(1)


def main(words: list[str]) -> int:
    """Look at one bundle within bounds, and print what is found as JSON."""
    work, file, memory, seconds, *more = words
    threading.Thread(target=_when_left_alone, daemon=True).start()
    bound(memory=int(memory), seconds=int(seconds))
    try:
        found = _read(Path(file)) if work == "read" else _checked(Path(file), full="--full" in more)
    except MemoryError:
        found = {"verdict": "unreadable", "why": ["looking at it needs more memory than it is allowed"]}
    except Exception as error:  # whatever a hostile file makes fail is told of that file alone
        found = {"verdict": "unreadable", "why": [f"looking at it failed: {type(error).__name__}: {error}"]}
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
