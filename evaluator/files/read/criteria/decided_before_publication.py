"""What people decided before publication in: accepted findings and versions, in files or in the workbook."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from evaluator.files.read.criteria.folder import cell_of, criteria_in, dotted, home_of, in_words, workbooks_of
from evaluator.files.read.inputs import read_once
from evaluator.files.read.notation import toml_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.accepted import Accepted, Version
from evaluator.records.programme.published import Published
from evaluator.records.programme.written.files import ACCEPTED_FILE, VERSIONS_FILE, Plain

if TYPE_CHECKING:
    from evaluator.files.read.criteria.sheet import Places

Kind = TypeVar("Kind", bound=BaseModel)


class AcceptedFile(Published):
    """What accepted.toml holds, or the sheet Accepted."""

    accepted: tuple[Accepted, ...] = ()


class VersionsFile(Published):
    """What versions.toml holds, or the sheet Versions."""

    version: tuple[Version, ...] = ()


def read_accepted(criteria: Path) -> tuple[tuple[Accepted, ...], tuple[Finding, ...]]:
    """Read the findings that people accepted; none where nothing says so.

    The place in a workbook may be written without the workbook's name.
    """
    read, found = _read(criteria, ACCEPTED_FILE, "accepted", AcceptedFile)
    book = _workbook(criteria)
    return (tuple(_named(one, book) for one in read.accepted) if book else read.accepted), found


def _named(one: Accepted, book: str) -> Accepted:
    """Let the place of an acceptance begin with the workbook's name, as a finding's does."""
    return one.model_copy(update={"place": f"{book} {one.place.removeprefix(book).strip()}"})


def read_versions(criteria: Path) -> tuple[tuple[Version, ...], tuple[Finding, ...]]:
    """Read what is said of each version; nothing where nothing says so."""
    read, found = _read(criteria, VERSIONS_FILE, "version", VersionsFile)
    return read.version, found


def _workbook(criteria: Path) -> str:
    """Name the workbook that holds the criteria; an empty text where files do."""
    return next(iter(workbooks_of(criteria_in(criteria).names)), "")


def _read(criteria: Path, name: str, key: str, kind: type[Kind]) -> tuple[Kind, tuple[Finding, ...]]:
    file = home_of(criteria) / name
    if not (book := _workbook(criteria)):
        return _of_file(file, name, kind)
    from evaluator.files.read.criteria.workbook import read_book

    content, _ = criteria_in(criteria).opened(book)
    read = read_book(content or b"", book)
    made, found = _made({key: read.decided.get(name, [])}, name, kind, read.places)
    beside = (finding("E-PROG-010", Source(book), other=name),) if os.path.lexists(file) else ()
    return made, (*found, *beside)


def _of_file(file: Path, name: str, kind: type[Kind]) -> tuple[Kind, tuple[Finding, ...]]:
    try:
        raw = toml_of(read_once(file)) if os.path.lexists(file) else {}
    except (ValueError, OSError) as error:
        problem = str(getattr(error, "strerror", None) or error).rstrip(".")
        return kind(), (finding("E-PUBLISH-001", Source(name), file=name, problem=problem),)
    raw.pop("schema", None)
    return _made(raw, name, kind, {})


def _made(raw: Plain, name: str, kind: type[Kind], places: "Places") -> tuple[Kind, tuple[Finding, ...]]:
    """Make the record, or the finding of the first thing that it does not take, at its cell where it has one."""
    try:
        return kind.model_validate(raw), ()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        key = dotted(first["loc"])
        place = cell_of(Source(name, key=key), places)
        return kind(), (finding("E-PUBLISH-001", place, file=name, problem=f"{key} {in_words(first)}"),)
