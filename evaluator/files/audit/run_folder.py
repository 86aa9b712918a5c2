"""Runs out: a folder of documents that appears whole or not at all."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from evaluator.files.audit.equality_archive import ARCHIVE
from evaluator.files.write.forms import Later, further_forms
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.records.documents import Document, Workbook

WAITING = ("docx", "pdf")
MARK = "manifest.json"  # every run folder has one


def rendered(documents: Iterable[Document]) -> dict[str, bytes]:
    """Give each document's bytes by its name: texts in UTF-8, workbooks as XLSX, and the further forms of a page.

    Where documents are made one by one as they are asked for, the first are set while the next are written.
    """
    with ThreadPoolExecutor(os.cpu_count() or 1) as helpers:
        begun: dict[str, Later] = {}
        for document in documents:
            begun[document.name] = partial(_bytes, document.content)
            begun |= further_forms(document, helpers)
        # Word files wait for their pictures and PDFs for the whole of their pages, so they are asked for last.
        made = {name: begun[name]() for name in sorted(begun, key=_patience)}
    return {name: made[name] for name in begun}


def _patience(name: str) -> int:
    return WAITING.index(name.rsplit(".", 1)[-1]) if name.endswith(WAITING) else -1


def _bytes(content: str | Workbook) -> bytes:
    return content.encode() if isinstance(content, str) else workbook_bytes(content)


def is_run(folder: Path) -> bool:
    """Whether a folder is one that a run has written."""
    return (folder / MARK).is_file()


def land(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files beside the folder and move them into place in one step; an earlier run there gives way.

    A reader, or a power cut, finds the old run, no run, or the new one: never a part of one.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".unfinished", dir=folder.parent))
    try:
        for name, content in files.items():
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).write_bytes(content)
        beside.chmod(0o755)
        if folder.exists():
            old = beside.with_suffix(".old")
            folder.rename(old)
            beside.replace(folder)
            shutil.rmtree(old)
        else:
            beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write_page(path: Path, content: str | bytes) -> None:
    """Write one page or other file of its own, whole or not at all; what is there gives way."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.unfinished")
    beside.write_bytes(content.encode() if isinstance(content, str) else content)
    beside.replace(path)


def run_status(run: Path | Mapping[str, bytes]) -> str:
    """Give what a run came to, with its fingerprint when it was finished: two runs of the same are the same text.

    What was kept apart counts by its bytes, because the fingerprint may say nothing of them.
    """
    names = (MARK, ARCHIVE)
    held = {n: (run / n).read_bytes() for n in names if (run / n).is_file()} if isinstance(run, Path) else run
    facts = json.loads(held[MARK])
    apart = hashlib.sha256(held.get(ARCHIVE, b"")).hexdigest()
    return "blocked" if facts["status"] == "blocked" else f"{facts['status']} {facts['run']} {apart}"


def write_new(content: bytes, path: Path) -> bool:
    """Write a file whole; a file that is there already is left as it is, and False is given unless it is the same."""
    if path.exists():
        return path.is_file() and path.read_bytes() == content
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    beside = Path(name)
    try:
        with open(handle, "wb") as stream:  # noqa: PTH123 - mkstemp gives a descriptor
            stream.write(content)
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return True
