"""Spreadsheets of other makers into a programme: read, proposed, and once certain written as our own tables."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from evaluator.files.audit.run_folder import write_page
from evaluator.files.read.bids.folder import read_before_marking
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.imports.known import known_of
from evaluator.files.read.imports.mapping_files import fitting, read_answers
from evaluator.files.read.imports.read import read_import
from evaluator.files.read.inputs import UnreadableError, read_once
from evaluator.files.read.notation import json_of
from evaluator.files.read.tables import layouts
from evaluator.files.write.csv_tables import csv_bytes
from evaluator.files.write.toml import toml_text
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.ledger_events import LedgerEvents
from evaluator.records.documents import Cell, Sheet, Workbook
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Severity, Source, in_order
from evaluator.records.ledger import Event
from evaluator.records.numbers import plain_decimal
from evaluator.records.office.folder import IMPORTS, RECEIVED
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.imports import Answers, Imported, What
from evaluator.records.submissions.table_layouts import ORIGIN, Column
from evaluator.reporting.office.import_papers import import_page, mapping_document, mapping_workbook

MARKS, REGISTER = "marks.csv", "register.xlsx"
OTHERS: Mapping[str, tuple[str, ...]] = {MARKS: ("returns",), REGISTER: ("register.csv", "bids")}
# What is wrong with single cells: they are left out, and all else is written.
OF_CELLS = frozenset(
    [f"E-IMPORT-0{number}" for number in ("07", "08", "09", "10", "12", "14", "22", "23")]
    + [f"E-CELL-0{number}" for number in ("01", "02", "03", "04", "05", "09", "10", "12", "13")]
)
MARKS_KEYS = (*(column.key for column in layouts.MARKS.columns), ORIGIN)
KEPT = {MARKS: ("bid", "question", "evaluator"), REGISTER: ("bid",)}
HOW = "How a file was read, for import. “becomes” is what each label means; an empty one waits for an answer."


@dataclass(frozen=True)
class Where:
    """Where an import finds what is known and puts what it makes: the bids, and the folder of everything else."""

    criteria: Path
    bids: Path
    tables: Path
    root: Path


@dataclass(frozen=True)
class ImportMade:
    """What an import came to: files to write by their paths, or the findings that stand against it."""

    imported: Imported | None
    files: Mapping[Path, bytes]
    sha256: str = ""
    applied: str = ""
    status: str = "refused"  # or: imported, in_part, to_confirm
    findings: tuple[Finding, ...] = ()
    table: Path | None = None
    mapping: Path | None = None
    page: Path | None = None


def import_file(file: Path, where: Where, mapping: Path | None, what: What | None, called: str = "") -> ImportMade:
    """Read a file of another maker; nothing is written.

    Parameters
    ----------
    called : what the file was called, where it lies under a name of our own; no file is named by it.
    mapping : what a person confirmed; without it one that is kept for such a file is applied.
    what : a register or marks; None where the file, or the mapping, is to say it.
    """
    published = read_criteria(where.criteria)
    if published.criteria is None:
        return ImportMade(None, {}, findings=in_order(published.findings))
    try:
        content = read_once(file)
    except UnreadableError as error:
        return ImportMade(None, {}, findings=(finding("E-READ-001", Source(file.name), why=error.strerror),))
    imported, applied = _read(content, called or file.name, published.criteria, where, mapping, what)
    stem = f"{'import' if called else _safe(file.name)}-{hashlib.sha256(content).hexdigest()[:8]}"
    return _made(imported, content, published.criteria, where, applied, stem, confirmed=mapping is not None)


def _read(
    content: bytes, name: str, criteria: Criteria, where: Where, mapping: Path | None, what: What | None
) -> tuple[Imported, str]:
    there = read_before_marking(where.bids, criteria)
    known = known_of(criteria, there.register, there.panel)
    answers = read_answers(mapping) if mapping else Answers()
    if answers.findings:
        return Imported(what or "marks", name, findings=answers.findings), ""
    said: What | None = what or (answers.what or None)  # type: ignore[assignment]
    imported = read_import(content, name, known, answers, said)
    kept = None if mapping else fitting(where.root / IMPORTS, imported.headings, imported.what)
    if kept is None:
        return imported, mapping.name if mapping else ""
    return read_import(content, name, known, kept[1], imported.what), kept[0]


def _made(
    imported: Imported, content: bytes, criteria: Criteria, where: Where, applied: str, stem: str, *, confirmed: bool
) -> ImportMade:
    digest = hashlib.sha256(content).hexdigest()
    name = MARKS if imported.what == "marks" else REGISTER
    blocking = [one for one in imported.findings if one.severity is not Severity.NOTE]
    whole = [one for one in blocking if one.code not in OF_CELLS]
    folder = where.root / IMPORTS
    page = folder / f"{stem}.html"
    proposal, text = folder / f"{stem}.mapping.xlsx", folder / f"{stem}.mapping.toml"
    files = {page: import_page(criteria, imported).encode()} if imported.sheets else {}
    if whole or not imported.rows:
        if imported.decided:
            files |= {proposal: workbook_bytes(mapping_workbook(imported)), text: _toml(imported)}
        status = "to_confirm" if imported.asked else "refused"
        shown = proposal if imported.decided else None
        return ImportMade(
            imported, files, digest, applied, status, imported.findings, mapping=shown, page=page if files else None
        )
    rows, found = _table_rows(imported, where, name)
    imported = replace(imported, findings=in_order((*imported.findings, *found)))
    if rows is None:
        return ImportMade(imported, files, digest, applied, "refused", imported.findings, page=page)
    table = csv_bytes(MARKS_KEYS, rows) if name == MARKS else _register(rows, criteria)
    files |= {where.tables / name: table, where.root / RECEIVED / f"{digest}{_suffix(imported.file)}": content}
    files[folder / f"{stem}.json"] = _record(imported, digest, name, table, rows, applied)
    if confirmed:
        files[folder / f"{imported.what}-{_layout(imported)}.toml"] = _toml(imported, kept=True)
    status = "in_part" if blocking else "imported"
    return ImportMade(imported, files, digest, applied, status, imported.findings, where.tables / name, page=page)


def _toml(imported: Imported, *, kept: bool = False) -> bytes:
    return toml_text(mapping_document(imported, kept=kept), {"": HOW}).encode()


def _layout(imported: Imported) -> str:
    """Give a short name for the headings of a file."""
    return hashlib.sha256("\n".join(imported.headings).encode()).hexdigest()[:8]


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", name.rpartition(".")[0] or name).strip("-")[:40] or "file"


def _suffix(name: str) -> str:
    found = re.search(r"\.[A-Za-z0-9]{1,5}$", name)
    return found[0].lower() if found else ""


# The tables.


def _table_rows(imported: Imported, where: Where, name: str) -> tuple[list[dict[str, str]] | None, list[Finding]]:
    """Give the rows of our own table, with what earlier imports gave; None where another stands in its place."""
    path = where.tables / name
    for other in OTHERS[name]:
        beside = where.tables / other
        if beside.is_file() or (beside.is_dir() and any(beside.glob("*.xlsx"))):
            return None, [finding("E-IMPORT-017", Source(other), file=other)]
    before: list[dict[str, str]] = []
    if path.exists():
        content = read_once(path)
        record = _record_of(where.root / IMPORTS, hashlib.sha256(content).hexdigest())
        if record is None:
            return None, [finding("E-IMPORT-017", Source(name), file=name)]
        before = record
    rows = [{**row, ORIGIN: _origin(places)} for row, places in zip(imported.rows, imported.origins, strict=True)]
    found = list(_changes(before, rows, name))
    if name == MARKS:
        keys = {tuple(row[key] for key in KEPT[name]) for row in rows}
        rows += [row for row in before if tuple(row.get(key, "") for key in KEPT[name]) not in keys]
        rows.sort(key=lambda row: tuple(row[key] for key in KEPT[name]))
    return rows, found


def _origin(places: Mapping[str, Source]) -> str:
    """Say where a row stood in the file as received: its first cell, and the last where there are several."""
    cells = sorted(set(places.values()))
    if not cells:
        return ""
    alone = cells[0] == cells[-1] or not cells[0].cell
    return str(cells[0]) if alone else f"{cells[0]}, {cells[-1].cell}"


def _changes(before: Iterable[Mapping[str, str]], rows: Iterable[Mapping[str, str]], name: str) -> Iterable[Finding]:
    """Tell which marks or prices differ from those of the earlier imports, and what is no longer there."""
    now = {tuple(row.get(key, "") for key in KEPT[name]): row for row in rows}
    gone = []
    for row in before:
        key = tuple(row.get(one, "") for one in KEPT[name])
        if key not in now:
            gone.append(" ".join(key))
            continue
        for column in [one for one in row if one != ORIGIN and row[one] != now[key].get(one, "")]:
            facts = {"before": row[column] or "empty", "after": now[key].get(column, "") or "empty"}
            yield finding("E-IMPORT-019", Source(name), what=f"{column} of {' '.join(key)}", **facts)
    if gone and name == MARKS:
        shown = ", ".join(gone[:5]) + (f" and {len(gone) - 5} more" if len(gone) > 5 else "")
        yield finding("E-IMPORT-018", Source(name), count=len(gone), what=shown)


def _register(rows: list[dict[str, str]], criteria: Criteria) -> bytes:
    columns = [
        column
        for column in layouts.register(criteria, received=True).columns
        if column.required or any(row.get(column.key) for row in rows)
    ]
    columns.append(Column(ORIGIN, "Origin", width=30))
    head = tuple(Cell(column.heading, style="heading") for column in columns)
    body = tuple(tuple(_cell(row.get(column.key, ""), column) for column in columns) for row in rows)
    widths = tuple(column.width for column in columns)
    sheet = Sheet("Bids", (head, *body), widths, (1, 1), (1, len(rows) + 1))
    return workbook_bytes(Workbook(f"Register: {criteria.title}", (sheet,)))


def _cell(text: str, column: Column) -> Cell:
    number: Decimal | None = plain_decimal(text) if column.kind in ("money", "whole", "decimal") else None
    return Cell(number) if number is not None else Cell(text or None)


# The record of an import, by which the next one knows its own tables.


def _record(
    imported: Imported, digest: str, name: str, table: bytes, rows: list[dict[str, str]], applied: str
) -> bytes:
    """Write what was read from where: every value with its cell, and the sums of the file and of our table."""
    facts = {
        "schema": "import-record/1",
        "file": imported.file,
        "sha256": digest,
        "what": imported.what,
        "mapping": applied,
        "table": name,
        "table_sha256": hashlib.sha256(table).hexdigest(),
        "values": [
            {
                **{key: row[key] for key in KEPT[name] if key in row},
                "cells": {key: f"{place.sheet}!{place.cell}".lstrip("!") for key, place in sorted(places.items())},
            }
            for row, places in zip(imported.rows, imported.origins, strict=True)
        ],
        "table_rows": rows,
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def _record_of(folder: Path, digest: str) -> list[dict[str, str]] | None:
    """Give the rows that the imports up to one gave, where one of them made the table with this sum."""
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            facts = json_of(read_once(path))
        except (OSError, ValueError):
            continue
        if isinstance(facts, dict) and facts.get("table_sha256") == digest:
            return [dict(row) for row in facts.get("table_rows", [])]
    return None


def write_import(made: ImportMade) -> None:
    """Write what was made; a mapping that somebody has begun to fill in stays as it is."""
    for path, content in made.files.items():
        if path.name.endswith((".mapping.xlsx", ".mapping.toml")) and path.exists():
            continue
        try:
            write_page(path, content)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from None


def import_event(made: ImportMade) -> LedgerEvents:
    """Give what the ledger is told of an import: the file by its sum, and the sum of the table that it gave."""
    table = made.files[made.table] if made.table else b""
    name = made.imported.file if made.imported else ""
    return lambda _: [Event("import", name, made.sha256, after=hashlib.sha256(table).hexdigest())]
