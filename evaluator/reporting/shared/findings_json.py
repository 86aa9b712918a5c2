"""Findings as JSON values, in the order of their places: of a run, of a check of criteria, of a timetable."""

import json
from collections.abc import Iterable

from evaluator.records.findings.finding import Finding, block_award, in_order

FORMS = "bids/"  # the folder of bid forms

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def findings_document(findings: Iterable[Finding], *, every_cell: bool = False) -> list[dict[str, str]]:
    """Give the findings in the order of their places.

    Where nothing stands in the way of an award, what is left are notes on what the tables say, not on the row in which
    a table happens to say it; they name the file and the sheet only, so that a register sorted otherwise gives the same
    outcome. In a bid form each cell has its one place, and is named. With ``every_cell`` all are, as of criteria.
    """
    ordered = in_order(findings)
    if every_cell or block_award(ordered):
        return [_finding(found, found.source.cell, found.told) for found in ordered]
    bare = [
        _finding(found, found.source.cell * found.source.file.startswith(FORMS), found.message) for found in ordered
    ]
    notes = {encode(note): note for note in bare}
    return [notes[key] for key in sorted(notes)]


def _finding(found: Finding, cell: str, message: str) -> dict[str, str]:
    return {
        "file": found.source.file,
        "sheet": found.source.sheet,
        "cell": cell,
        "key": found.source.key,
        "code": found.code,
        "severity": found.severity.value,
        "message": message,
        "remedy": found.remedy,
        "authority": found.authority,
    }
