"""Which desk runs on a folder: a private file of this account, so that a second start opens the first."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from evaluator.desk.serving.session import Session
from evaluator.files.account import home, is_ours
from evaluator.files.audit.lock import LockedError, locked, runs

ROUNDS = 12  # times the few seconds that a lock is waited for: a minute for a desk that starts on a busy machine
PATIENCE = 2  # seconds for a desk that runs to answer
FIRST_PORT, PORTS = 20_000, 10_000
OPENING = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>The desk</title>
<meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url={address}"></head>
<body><p><a href="{address}">Open the desk</a></p></body></html>
"""


@dataclass(frozen=True)
class Running:
    """A desk that runs, as its file says."""

    address: str
    process: int


def note_of(folder: Path) -> Path:
    """Name the file about the desk of a folder."""
    return home() / f"desk-{_mark_of(folder)[:16]}.json"


def port_of(folder: Path) -> int:
    """Give the port that the desk of a folder takes if it is free: the same each time, and none that systems give out.

    >>> 20_000 <= port_of(Path("Warm Spaces")) < 30_000
    True
    """
    return FIRST_PORT + int(_mark_of(folder), 16) % PORTS


def _mark_of(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()


def found(folder: Path) -> Running | None:
    """Find the desk that runs on a folder: its process is there, and it knows its own token."""
    try:
        if not is_ours(note_of(folder)):  # another's note would lead to another's desk
            return None
        facts = json.loads(note_of(folder).read_bytes())
        said = Running(str(facts["address"]), int(facts["process"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return said if runs(said.process) and _answers(said.address) else None


def _answers(address: str) -> bool:
    """Whether a desk at an address takes the token that stands in it."""
    host, _, asked = address.removeprefix("http://").partition("/")
    if not host.startswith("127.0.0.1:"):
        return False
    connection = HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.request("GET", f"/{asked}")
        answer = connection.getresponse()
        known = Session(int(host.partition(":")[2])).cookie_name
        return answer.status == 303 and (answer.getheader("Set-Cookie") or "").startswith(f"{known}=")
    except (OSError, HTTPException, ValueError):
        return False
    finally:
        connection.close()


@contextmanager
def starting(folder: Path) -> Iterator[Callable[[], None]]:
    """Let one desk of a folder start at a time, as far as that can be had; what is given says that it has started."""
    with ExitStack() as held:
        with suppress(OSError):
            home().mkdir(parents=True, exist_ok=True)
            _hold(held, note_of(folder))
        yield held.close


def _hold(held: ExitStack, about: Path) -> None:
    """Hold the lock of a note; a desk of this machine that is still starting, as a slow one may, is waited for."""
    for _ in range(ROUNDS):
        try:
            held.enter_context(locked(about, "evaluator desk"))
        except LockedError as busy:
            if not busy.runs_here:  # nobody knows whether another machine's ever ends
                return
        else:
            return


def note(folder: Path, address: str, process: int) -> None:
    """Say where the desk of a folder runs; only this account can read it."""
    _write(note_of(folder), json.dumps({"address": address, "process": process, "folder": str(folder.resolve())}))


def take_away(folder: Path, process: int) -> None:
    """Forget a desk that has ended, unless another has taken its place."""
    said = note_of(folder)
    try:
        if json.loads(said.read_bytes()).get("process") == process:
            said.unlink(missing_ok=True)
            said.with_suffix(".html").unlink(missing_ok=True)
    except (OSError, ValueError):
        return


def opening_page(folder: Path, address: str) -> Path:
    """Write a private page that leads to an address: as an argument of the browser, everyone here could read it."""
    page = note_of(folder).with_suffix(".html")
    _write(page, OPENING.format(address=address))
    return page


def _write(path: Path, text: str) -> None:
    from evaluator.files.audit.run_folder import write_page  # a process that reads one file does not load this

    write_page(path, text, private=True)
