"""Findings that may only follow from others: the remedy says what to mend first; of one fact only the cause is told."""

from collections.abc import Iterable
from dataclasses import replace

from evaluator.records.english import short_listing
from evaluator.records.findings.finding import Finding, Source, block_award
from evaluator.records.submissions.received import Received
from evaluator.validation.coded_columns import present

IDS = ("bid", "theme", "organisation", "members")
ABOUT_IDS = frozenset(
    [
        "E-COL-001",
        "E-REG-003",
        "E-REG-004",
        "E-REG-005",
        "E-REG-006",
        "E-REG-008",
        "E-REG-009",
        "E-REG-010",
        "E-REG-011",
        "E-REG-012",
    ]
)
ABOUT_PEOPLE = frozenset(["E-COL-001", "E-PANEL-002", "E-PANEL-003", "E-INT-002", "E-INT-003", "E-RET-006"])
FROM_IDS = frozenset(
    [
        "E-MARK-005",
        "E-MARK-006",
        "E-MARK-007",
        "E-MARK-008",
        "E-MARK-009",
        "E-MARK-010",
        "E-MARK-016",
        "E-CONS-005",
        "E-CONS-006",
        "E-CONS-007",
        "E-CONS-008",
        "E-CONS-009",
        "E-CONS-010",
        "E-CONS-013",
        "E-RET-002",
        "E-RET-003",
        "E-RET-004",
        "E-RET-005",
        "E-PANEL-004",
        "E-PANEL-005",
        "E-INT-003",
        "E-DEC-001",
    ]
)
FROM_PEOPLE = frozenset(
    [
        "E-RET-002",
        "E-RET-003",
        "E-RET-004",
        "E-RET-005",
        "E-MARK-013",
        "E-MARK-014",
        "E-MARK-015",
        "E-MARK-016",
        "E-PANEL-004",
        "E-PANEL-005",
        "E-INT-002",
    ]
)
UNKNOWN_BID = frozenset(["E-MARK-005", "E-CONS-005", "E-DEC-001"])
NO_BID_ID = frozenset(["E-REG-003", "E-REG-004"])  # a row of the register without an id, or with that of another
WHOLE_COLUMN = "E-REG-017"  # of ids: everything in FROM_IDS is about the same fact
TABLES = (
    ("register", ABOUT_IDS, FROM_IDS),
    ("panel", ABOUT_PEOPLE, FROM_PEOPLE),
    ("interests", ABOUT_PEOPLE, FROM_PEOPLE),
)


def refused_ids(received: Received) -> tuple[Source, ...]:
    """Give the cells for ids in the register that reading refused."""
    register = present(received.register)
    faults = sorted(register.faults) if register else []
    return tuple(register.source(row, key) for row, key in faults if register and key in IDS)


def with_what_to_mend_first(
    findings: Iterable[Finding], received: Received, refused: Iterable[Source] = ()
) -> tuple[Finding, ...]:
    """Add one sentence to the remedy of each finding that may only follow from one about ids or people elsewhere.

    Parameters
    ----------
    findings : this stage's, in any order; they come back in that order.
    received : says which file holds the register, the panel and the declarations.
    refused : cells for ids in the register that reading has reported.
    """
    every = tuple(findings)
    if any(one.code == WHOLE_COLUMN for one in every):
        every = tuple(one for one in every if one.code not in FROM_IDS)
    if any(one.code in NO_BID_ID for one in every) or _lacks_a_bid(received):
        every = tuple(one for one in every if one.code not in UNKNOWN_BID)  # any of these bids may be the one
    first: list[tuple[frozenset[str], str, frozenset[Finding]]] = []
    for name, about, follow in TABLES:
        table = present(getattr(received, name))
        place = table.place if table else Source("")
        roots = frozenset(
            f for f in every if f.code in about and (f.source.file, f.source.sheet) == (place.file, place.sheet)
        )
        if roots or (name == "register" and any(refused)):
            first.append((follow, place.file, roots))
    return tuple(
        _with_files(one, [file for codes, file, roots in first if one.code in codes and one not in roots])
        for one in every
    )


def _lacks_a_bid(received: Received) -> bool:
    """Whether reading refused the id of a bid in the register, or a whole form among those that make the register."""
    register = present(received.register)
    if register is None:
        return False
    read = {block.file for block in register.blocks if "/" in block.file}
    folders = {file.rpartition("/")[0] for file in read}
    refused = {one.source.file for one in received.findings if not one.source.sheet and block_award([one])}
    unread = any(file.rpartition("/")[0] in folders for file in refused - read)
    return unread or any(key == "bid" for _, key in register.faults)


def _with_files(one: Finding, files: list[str]) -> Finding:
    if not files:
        return one
    sentence = f" First mend what is listed for {short_listing(list(dict.fromkeys(files)))}: this may follow from it."
    return replace(one, remedy=one.remedy + sentence)
