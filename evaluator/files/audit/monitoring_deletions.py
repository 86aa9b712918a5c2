"""Replies to the equality monitoring deleted at someone's wish: out of the file, with a record that has no replies."""

import csv
import io
import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evaluator.files.audit.bundle import BIDS
from evaluator.files.audit.equality_archive import is_apart
from evaluator.files.audit.received import every_original
from evaluator.files.audit.run_folder import write_page
from evaluator.files.read.bids.folder import (
    DELETIONS,
    MONITORING,
    MONITORING_FILES,
    SALT,
    bids_in,
    read_monitoring,
    unread_files,
)
from evaluator.files.read.inputs import read_once
from evaluator.files.read.tables import layouts
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.records.documents import Cell, Sheet, Workbook
from evaluator.records.programme.criteria import Criteria

Rows = list[dict[str, str]]
Delete = Callable[[Sequence[Mapping[str, str]]], tuple[Rows, int]]
ORGANISATION = "organisation"


class NothingToDeleteError(Exception):
    """There is no such reply, in words for the officer."""


def delete_replies(bids: Path, criteria: Criteria, delete: Delete, record: Mapping[str, str]) -> int:
    """Delete replies from the monitoring of a folder of bids, and write down that it was done.

    The file is written anew, so that nothing of what was deleted stays in it.

    Parameters
    ----------
    bids : the folder.
    criteria : with the questions of the monitoring.
    delete : takes the rows and gives those that stay, with the number of replies that went.
    record : organisation, what, by and date, for the record of deletions.

    Returns
    -------
    the number of replies deleted.

    Raises
    ------
    NothingToDeleteError
        When there is no monitoring, it cannot be read, or there is no such reply in it.
    """
    file = next((bids / name for name in MONITORING_FILES if (bids / name).is_file()), None)
    table, found = read_monitoring(bids, criteria)
    if file is None or table is None:
        raise NothingToDeleteError(f"There is no equality monitoring in {bids} that can be read.")
    if table.faults or found:
        raise NothingToDeleteError(f"{file.name} has to be mended first: {found[0].message}")
    kept, gone = delete([table.row(at) for at in range(len(table))])
    if not gone:
        raise NothingToDeleteError(f"There is no such reply of {record[ORGANISATION]} in {file.name}.")
    write_page(bids / DELETIONS, _recorded(bids / DELETIONS, record), private=True)
    write_page(file, _monitoring(criteria, kept, file.suffix), private=True)
    return gone


def _monitoring(criteria: Criteria, rows: Rows, suffix: str) -> bytes:
    layout = layouts.monitoring(criteria)
    columns = [column for column in layout.columns if not rows or column.key in rows[0]]
    lines = [[row[column.key] for column in columns] for row in rows]
    if suffix == ".csv":
        return _written([[column.key for column in columns], *lines])
    head = tuple(Cell(column.heading, style="heading") for column in columns)
    body = (tuple(Cell(text) for text in line) for line in lines)
    widths = tuple(column.width for column in columns)
    sheet = Sheet(layout.sheet, (head, *body), widths, (1, 1), (1, len(rows) + 1))
    return workbook_bytes(Workbook("Equality monitoring", (sheet,)))


def _recorded(file: Path, record: Mapping[str, str]) -> bytes:
    keys = [column.key for column in layouts.DELETIONS.columns]
    lines: list[list[str]] = [keys]
    if os.path.lexists(file):
        try:
            lines = list(csv.reader(io.StringIO(read_once(file).decode("utf-8-sig"), newline="")))
        except (OSError, ValueError, csv.Error) as error:
            raise NothingToDeleteError(f"{DELETIONS} has to be mended first: {error}.") from None
    return _written([*lines, [record[key] for key in keys]])


def _written(lines: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue().encode()


def archives_with_replies(folder: Path) -> tuple[Path, ...]:
    """List the archives under a folder, of any name, that hold equality monitoring as it was received."""
    found = []
    for path in sorted(folder.rglob("*.zip")):
        try:
            with zipfile.ZipFile(path) as archive:
                names = set(archive.namelist())
        except (OSError, zipfile.BadZipFile):
            continue
        if any(f"{BIDS}{name}" in names for name in MONITORING_FILES):
            found.append(path)
    return tuple(found)


def copies(bids: Path) -> tuple[Path, ...]:
    """List what may be copies of the monitoring: tables that nothing reads, and files as they came."""
    beside = (bids / name for name in unread_files(bids_in(bids)) if is_apart(name))
    came = (path for path in every_original(bids.parent) if path.parent.name == MONITORING)
    return (*beside, *came)


def write_salt(bids: Path, salt: str) -> None:
    """Lay a salt beside the monitoring; one that is there gives way, and nothing bound with it can be tried again."""
    write_page(bids / SALT, f"{salt}\n", private=True)


def has_salt(bids: Path) -> bool:
    """Whether there is a salt beside the monitoring."""
    return (bids / SALT).is_file()
