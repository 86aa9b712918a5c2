"""Which open data a file holds, and its candidates: Pabulib, OCDS or 360Giving."""

from pathlib import Path
from typing import Any

from evaluator.files.read.notation import json_of
from evaluator.files.read.open_data.gathered import Gathered
from evaluator.files.read.open_data.grants_360 import grants_candidates
from evaluator.files.read.open_data.ocds import ocds_candidates
from evaluator.files.read.open_data.pabulib import pabulib_candidates
from evaluator.files.read.tables.csv_dialect import bytes_of, text_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source

PABULIB, JSON = ".pb", ".json"


def is_open_data(path: Path) -> bool:
    """Whether a file's name says that it holds open data, rather than a table of candidates."""
    return path.suffix.lower() in (PABULIB, JSON)


def gathered_candidates(path: Path, ocid: str = "") -> Gathered:
    """Read the candidates of a file of open data; what cannot be read is a finding.

    Parameters
    ----------
    ocid : of an OCDS file that tells of several processes, the one that is meant.
    """
    if path.suffix.lower() == PABULIB:
        content, found = bytes_of(path)
        text, found = (None, found) if content is None else text_of(content, path.name)
        return Gathered(findings=found) if text is None else pabulib_candidates(path.name, text)
    read, found = json_at(path)
    if found:
        return Gathered(findings=found)
    if isinstance(read, dict) and isinstance(read.get("grants"), list):
        return grants_candidates(path.name, read)
    return ocds_candidates(path.name, read, ocid)


def json_at(path: Path) -> tuple[Any, tuple[Finding, ...]]:
    """Read a file of JSON; what cannot be read is a finding."""
    content, found = bytes_of(path)
    if content is None:
        return None, found
    try:
        return json_of(content), ()
    except ValueError as error:
        return None, (finding("E-READ-003", Source(path.name), what="JSON", why=str(error)),)
