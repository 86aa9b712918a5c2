"""Pyodide, the Python that runs in browsers: its files from a folder, or from npm, pinned by their hash."""

import base64
import hashlib
import io
import tarfile
import urllib.request
from http.client import HTTPException
from pathlib import Path

VERSION = "314.0.7"
ADDRESS = f"https://registry.npmjs.org/pyodide/-/pyodide-{VERSION}.tgz"
INTEGRITY = "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="  # SHA-512
NEEDED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
MOST = 32 * 1024 * 1024  # bytes of the archive
PATIENCE = 5  # seconds without an answer: nobody waits for a network that is not there


class NoPyodideError(Exception):
    """Pyodide cannot be had; the text says why."""


def pyodide_in(folder: Path) -> dict[str, bytes]:
    """Read the files that a browser needs from a folder, such as an unpacked npm package ``pyodide``.

    Raises
    ------
    NoPyodideError
        Where one is not there.
    """
    home = folder / "package" if (folder / "package").is_dir() else folder
    missing = [name for name in NEEDED if not (home / name).is_file()]
    if missing:
        raise NoPyodideError(f"{folder} has no {missing[0]}")
    return {name: (home / name).read_bytes() for name in NEEDED}


def pyodide_from_npm(address: str = ADDRESS) -> dict[str, bytes]:
    """Download the one version that is known, and take what a browser needs of it; any other bytes are refused.

    Raises
    ------
    NoPyodideError
        Where it cannot be downloaded, or is not what it was.
    """
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            content = answer.read(MOST)
    except (OSError, ValueError, HTTPException) as error:
        raise NoPyodideError(f"it cannot be downloaded from {address} ({error})") from None
    return unpacked(content)


def unpacked(content: bytes) -> dict[str, bytes]:
    """Take what a browser needs from the archive of npm, if it is the one that is pinned.

    Raises
    ------
    NoPyodideError
        Where it is not.
    """
    if base64.b64encode(hashlib.sha512(content).digest()).decode() != INTEGRITY:
        raise NoPyodideError(f"what came is not version {VERSION} as it was published")
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        held = {name: archive.extractfile(f"package/{name}") for name in NEEDED}
        return {name: stream.read() for name, stream in held.items() if stream}
