"""One fact, one finding: what one slip of the hand did to many cells is told in one line, with the cells under it."""

from collections.abc import Iterable
from dataclasses import replace

from evaluator.records.findings.finding import Finding, Severity, Source, in_order

FEW = 2  # cells that are told one by one
ONE_BY_ONE = frozenset(["E-RET-011", "E-RET-012", "E-FORM-007"])  # each says what only it says
# What one row or id in the register did stands in every return; any other slip is one of one workbook.
IN_EVERY_FILE = frozenset(["E-MARK-005", "E-MARK-006", "E-MARK-007", "E-MARK-008", "E-MARK-009", "E-MARK-010"])
UNSEEN, WHY = "E-CELL-010", " may not see it: "  # what hides a whole row, table or sheet hides each cell in it
WHOLE_ROW = frozenset(["E-ROW-001", "E-ROW-004"])  # the row is to go, and takes with it whatever is wrong in it
Kind = tuple[str, Severity, str, str, str]


def together(findings: Iterable[Finding], regime: str = "") -> tuple[Finding, ...]:
    """Tell findings of one kind in one column of a file, or of many files, as one; of a row that is to go, only that.

    What a person must decide is told one by one, and so is what says something of its own in each cell. They come in
    the order of their places, with the authority of the regime where it is known.
    """
    every = in_order(findings, regime)
    going = {_row(one.source) for one in every if one.code in WHOLE_ROW}
    kinds: dict[Kind, list[Finding]] = {}
    for one in every:
        if one.code in WHOLE_ROW or _row(one.source) not in going:
            kinds.setdefault(_kind(one), []).append(one)
    return in_order(one for alike in kinds.values() for one in _as_one(alike))


def _row(source: Source) -> Source:
    return replace(source, column="")


def _kind(one: Finding) -> Kind:
    place = one.source
    if not place.row:
        return one.code, one.severity, one.message, "", place.key
    if one.code == UNSEEN:
        return one.code, one.severity, f"{place.file} {place.sheet}{one.message.partition(WHY)[2]}", "", place.key
    return one.code, one.severity, "" if one.code in IN_EVERY_FILE else place.file, place.column, place.key


def _as_one(alike: list[Finding]) -> list[Finding]:
    first = alike[0]
    alone = first.severity is Severity.NEEDS_DECISION or first.code in ONE_BY_ONE or first.source.key
    if alone or len(alike) <= FEW:
        return alike
    return [replace(first, alike=tuple(one.source for one in alike[1:]))]
