"""Every finding that the engine can make, each worded in one place with an example."""

from collections.abc import Iterable

from evaluator.records.findings import (
    allocation,
    bid_forms,
    criteria,
    equality,
    files,
    letters,
    office,
    outcome,
    price_list,
    publishing,
    reasons,
    stages,
    validation,
    words,
)
from evaluator.records.findings.criteria import gates as criteria_gates
from evaluator.records.findings.criteria import law as criteria_law
from evaluator.records.findings.criteria import proportion as criteria_proportion
from evaluator.records.findings.criteria import workbook as criteria_book
from evaluator.records.findings.criteria.methods import scales as criteria_scales
from evaluator.records.findings.entry import Entry
from evaluator.records.findings.finding import Finding, Severity, Source


def _by_code(entries: Iterable[Entry]) -> dict[str, Entry]:
    listed = tuple(entries)
    found = {entry.code: entry for entry in listed}
    if len(found) < len(listed):
        raise ValueError("two findings share a code")
    return found


AREAS = (
    files,
    criteria,
    criteria_book,
    criteria_gates,
    criteria_law,
    criteria_proportion,
    criteria_scales,
    validation,
    stages,
    words,
    office,
    reasons,
    allocation,
    equality,
    outcome,
    price_list,
    letters,
    publishing,
    bid_forms,
)
CATALOGUE = _by_code(entry for area in AREAS for entry in area.ENTRIES)


def finding(code: str, source: Source, **facts: object) -> Finding:
    """Make the finding of that code from its catalogue entry and the facts of the case.

    Facts are written into the entry's words as they are; KeyError when a fact that the words need is missing.

    >>> str(finding("E-FILE-001", Source("register.xlsx"), what="the register"))
    'register.xlsx: E-FILE-001 (blocks award): There is no file for the register. Put it into the folder and run again.'
    """
    entry = CATALOGUE[code]
    return Finding(
        code, entry.severity, source, entry.message.format(**facts), entry.remedy.format(**facts), entry.authority
    )


__all__ = ["CATALOGUE", "Entry", "Severity", "finding"]
