"""What this account keeps for itself, outside every programme: notes on its desks, and a secret."""

import os
import secrets
import stat
import sys
from pathlib import Path

SECRET, LENGTH = "cache.key", 32  # bytes


def home() -> Path:
    """Give the folder of this account's own notes; it lies outside every programme."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData/Local")
    else:
        base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local/state")
    return Path(base) / "bid-evaluator"


def is_ours(path: Path) -> bool:
    """Whether a file is this account's own, and no link: another's could say what that other wants."""
    facts = path.lstat()
    return stat.S_ISREG(facts.st_mode) and (sys.platform == "win32" or facts.st_uid == os.getuid())


def own_secret() -> bytes | None:
    """Give the secret of this account, made when it is first asked for; None where none can be kept.

    Of two processes that make it at once one comes first, and both have that one.
    """
    place = home() / SECRET
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not place.exists():
            _make(place)
        held = place.read_bytes() if is_ours(place) else b""
    except (OSError, RuntimeError):
        return None
    return held if len(held) == LENGTH else None


def _make(place: Path) -> None:
    """Write a new secret, whole or not at all, unless another process did so meanwhile."""
    beside = place.with_name(f".{SECRET}.{os.getpid()}.unfinished")
    beside.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
            stream.write(secrets.token_bytes(LENGTH))
        _put(beside, place)
    finally:
        beside.unlink(missing_ok=True)


def _put(beside: Path, place: Path) -> None:
    try:
        os.link(beside, place)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not place.exists():
            beside.replace(place)
