"""Replies to the equality monitoring deleted at someone's wish: out of the file, with a record that has no replies."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl

from evaluator.files.bids import DELETIONS, MONITORING_FILES
from evaluator.files.guard import guard
from evaluator.files.layouts import DELETIONS as LAYOUT
from evaluator.files.runs import write_file

Rows = list[dict[str, str]]
Delete = Callable[[Sequence[Mapping[str, str]]], tuple[Rows, int]]
ORGANISATION = "organisation"


class NothingToDeleteError(Exception):
    """There is no such reply, in words for the officer."""


def delete_replies(bids: Path, delete: Delete, titles: Mapping[str, str], record: Mapping[str, str]) -> int:
    """Delete replies from the monitoring of a folder of bids, and write down that it was done.

    Parameters
    ----------
    bids : the folder.
    delete : takes the rows and gives those that stay, with the number of replies that went.
    titles : the question's id by the heading that people see.
    record : organisation, what, by and date, for the record of deletions.

    Returns
    -------
    the number of replies deleted.

    Raises
    ------
    NothingToDeleteError
        When there is no monitoring, or no such reply in it.
    """
    file = next((bids / name for name in MONITORING_FILES if (bids / name).is_file()), None)
    if file is None:
        raise NothingToDeleteError(f"There is no equality monitoring in {bids}.")
    content, gone = (_from_csv if file.suffix == ".csv" else _from_workbook)(file, delete, titles)
    if not gone:
        raise NothingToDeleteError(f"There is no such reply of {record[ORGANISATION]} in {file.name}.")
    write_file(bids / DELETIONS, _recorded(bids / DELETIONS, record))
    write_file(file, content)
    return gone


def _from_csv(file: Path, delete: Delete, titles: Mapping[str, str]) -> tuple[bytes, int]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        head, *lines = list(csv.reader(stream)) or [[]]
    keys = [titles.get(text.strip(), text.strip()) for text in head]
    rows = [dict(zip(keys, (*line, *[""] * (len(keys) - len(line))), strict=False)) for line in lines]
    kept, gone = delete(rows)
    return _written([head, *([row[key] for key in keys] for row in kept)]), gone


def _from_workbook(file: Path, delete: Delete, titles: Mapping[str, str]) -> tuple[bytes, int]:
    """Empty the cells of a workbook; rows that go are deleted whole, so that nothing of them stays in the file."""
    if found := guard(file, file.name):
        raise NothingToDeleteError(f"{file.name} cannot be opened: {found[0].message}")
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    keys = [titles.get(str(cell.value or "").strip(), str(cell.value or "").strip()) for cell in sheet[1]]
    gone = 0
    for number in range(sheet.max_row, 1, -1):
        row = {key: str(cell.value or "") for key, cell in zip(keys, sheet[number], strict=False)}
        kept, some = delete([row])
        gone += some
        if some and not kept:
            sheet.delete_rows(number)
        elif some:
            for key, cell in zip(keys, sheet[number], strict=False):
                cell.value = kept[0][key] or None
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue(), gone


def _recorded(file: Path, record: Mapping[str, str]) -> bytes:
    keys = [column.key for column in LAYOUT.columns]
    lines: list[list[str]] = [keys]
    if file.is_file():
        with file.open(encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.reader(stream))
    return _written([*lines, [record[key] for key in keys]])


def _written(lines: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue().encode()


def bundles_with_replies(folder: Path) -> tuple[Path, ...]:
    """List the bundles under a folder that hold equality monitoring as it was received."""
    found = []
    for path in sorted(folder.rglob("bundle.zip")):
        try:
            with zipfile.ZipFile(path) as bundle:
                names = set(bundle.namelist())
        except (OSError, zipfile.BadZipFile):
            continue
        if any(f"inputs/bids/{name}" in names for name in MONITORING_FILES):
            found.append(path)
    return tuple(found)
