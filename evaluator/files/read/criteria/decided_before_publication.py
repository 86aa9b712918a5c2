"""What people decided before publication in: accepted findings and versions, each a TOML file beside the criteria."""

import os
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from evaluator.files.read.criteria.folder import dotted, in_words
from evaluator.files.read.inputs import read_once
from evaluator.files.read.notation import toml_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.accepted import Accepted, Version
from evaluator.records.programme.published import Published

ACCEPTED, VERSIONS = "accepted.toml", "versions.toml"
Kind = TypeVar("Kind", bound=BaseModel)


class AcceptedFile(Published):
    """What accepted.toml holds."""

    accepted: tuple[Accepted, ...] = ()


class VersionsFile(Published):
    """What versions.toml holds."""

    version: tuple[Version, ...] = ()


def read_accepted(folder: Path) -> tuple[tuple[Accepted, ...], tuple[Finding, ...]]:
    """Read the findings that people accepted; none where there is no such file."""
    read, found = _read(folder, ACCEPTED, AcceptedFile)
    return read.accepted, found


def read_versions(folder: Path) -> tuple[tuple[Version, ...], tuple[Finding, ...]]:
    """Read what is said of each version; nothing where there is no such file."""
    read, found = _read(folder, VERSIONS, VersionsFile)
    return read.version, found


def _read(folder: Path, name: str, kind: type[Kind]) -> tuple[Kind, tuple[Finding, ...]]:
    try:
        raw = toml_of(read_once(folder / name)) if os.path.lexists(folder / name) else {}
        raw.pop("schema", None)
        return kind.model_validate(raw), ()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        key = dotted(first["loc"])
        problem = f"{key} {in_words(first)}"
        return kind(), (finding("E-PUBLISH-001", Source(name, key=key), file=name, problem=problem),)
    except (ValueError, OSError) as error:
        problem = str(getattr(error, "strerror", None) or error).rstrip(".")
        return kind(), (finding("E-PUBLISH-001", Source(name), file=name, problem=problem),)
