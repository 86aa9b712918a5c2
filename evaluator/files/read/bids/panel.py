"""The panel from panel.toml: who marks which theme, perhaps for some questions or some bids only."""

import re
from typing import Any

from evaluator.files.read.notation import toml_of
from evaluator.files.read.tables import layouts
from evaluator.files.read.tables.csv_dialect import text_or_why
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.submissions.received import Block, Table

FILE, SEAT = "panel.toml", "seat"
KEYS = tuple(column.key for column in layouts.PANEL.columns)
REQUIRED = tuple(column.key for column in layouts.PANEL.columns if column.required and column.key != "name")
BEGINNING = re.compile(r"^\s*\[\[\s*seat\s*\]\]")


def read_panel(content: bytes, file: str = FILE) -> tuple[Table | None, tuple[Finding, ...]]:
    """Read the panel: one table ``[[seat]]`` for each evaluator and theme, with the columns of the sheet Panel.

    ``questions`` and ``bids`` are lists; left out, the seat is for all of them. Places are the lines of the file.
    """
    text, why = text_or_why(content)
    try:
        facts = toml_of(b"" if text is None else content)
    except ValueError as error:
        why = str(error)
    if why:
        return None, (finding("E-FILE-036", Source(file), why=why),)
    seats = facts.pop(SEAT, [])
    wrong = [f"the key {key}" for key in sorted(facts)]
    if wrong or not isinstance(seats, list) or not all(isinstance(seat, dict) for seat in seats):
        what = ", ".join(wrong) or "a seat that is no table"
        return None, (finding("E-FILE-036", Source(file), why=f"it holds {what}, and only [[seat]] is known"),)
    lines = [number for number, line in enumerate((text or "").splitlines(), 1) if BEGINNING.match(line)]
    lines += [0] * (len(seats) - len(lines))  # seats may be written in another way
    found = [one for seat, line in zip(seats, lines, strict=False) for one in _mistakes(seat, Source(file, row=line))]
    columns = {key: [_text(seat.get(key, "")) for seat in seats] for key in KEYS}
    return Table(columns, (Block(file, "", lines[: len(seats)], {}),)), tuple(found)


def _mistakes(seat: dict[str, Any], place: Source) -> list[Finding]:
    strange = [f"the key {key} is not known" for key in sorted(set(seat) - set(KEYS))]
    lacking = [f"{key} is missing" for key in REQUIRED if not seat.get(key)]
    odd = [f"{key} is neither a text nor a list of texts" for key in KEYS if not _is_text_or_texts(seat.get(key, ""))]
    return [finding("E-FILE-036", place, why=why) for why in (*strange, *lacking, *odd)]


def _is_text_or_texts(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
