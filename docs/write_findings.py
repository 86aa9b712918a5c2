"""Writes docs/findings.md: every finding that the engine can make, from the one catalogue that words them."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from evaluator.records.findings import CATALOGUE, finding
from evaluator.records.findings.entry import Entry
from evaluator.records.findings.finding import Source

AREAS = {
    "AIMS": "Outcomes and approaches",
    "ALLOC": "Rules of an allocation and the candidates that they meet",
    "AWARD": "Awards that people must look at",
    "BID": "Bids",
    "BOOK": "The criteria workbook",
    "CAND": "Candidates for an allocation on its own",
    "CELL": "Cells of workbooks and CSV files",
    "COL": "Columns",
    "CONS": "Agreed marks",
    "CRIT": "Criteria",
    "DEC": "People's decisions",
    "EQUALITY": "Equality monitoring",
    "EVENT": "Corrections, withdrawals and other events",
    "FILE": "Files",
    "FORM": "Bid forms that came back",
    "IMPORT": "Spreadsheets that are imported",
    "OPEN": "Open data that comes in",
    "PACK": "Reading packs",
    "PROG": "The folder of a programme",
    "RECEIVE": "Files that are received",
    "GATE": "Gates",
    "INT": "Declarations of interest",
    "ISSUE": "Workbooks for evaluators",
    "LATE": "Bids that came late",
    "LAW": "Which law applies, and the timetable",
    "LEDGER": "The ledger",
    "LETTER": "Letters to bidders",
    "STAGE": "Stages that are over",
    "ROW": "Rows that hold no bid or mark",
    "MARK": "Evaluators' marks",
    "MORE": "Findings that are told together",
    "PANEL": "The panel",
    "PRICE": "Prices of bids",
    "PRICES": "Prices for a trial of one method",
    "PUBLISH": "Publishing criteria",
    "READ": "Inputs of single commands",
    "REASON": "Reasons, as notes for the moderator",
    "REG": "The register",
    "RET": "Evaluators' returns",
    "WORD": "Words that say nothing, and days",
    "RULE": "Rules of an allocation on its own",
    "SEAL": "The seal",
    "TIER": "Tiers by contract size, and proportion",
    "TEMPLATE": "Workbooks that were issued, as they come back",
}
HEAD = """# Findings

This page is written by `python -X utf8 -m docs.write_findings > docs/findings.md` from the catalogue in
`evaluator/records/findings/`; do not edit it by hand.

A finding is one thing that is wrong or worth knowing, with its place, its remedy and, where there is one, its
authority. All findings are told together, in the order of their places. What they mean for the award:

| severity | means |
|---|---|
| blocks award | it must be mended before an award can be recommended |
| needs decision | a person must decide, with reasons, before an award can be recommended |
| note | worth knowing; nothing waits for it |

Authorities say how well their words were verified: read in the statute, from a secondary source, or from memory and
to be confirmed; they stand in a list at the end of the page. They are no legal advice. The words below are what the
engine says of one example.
"""


def findings_page() -> str:
    """Write docs/findings.md: every code with its severity, the words that it gives for its example, and its authority.

    >>> findings_page().splitlines()[0]
    '# Findings'
    """
    codes = sorted(CATALOGUE)
    authorities = sorted({entry.authority for entry in CATALOGUE.values() if entry.authority})
    numbers = {authority: number for number, authority in enumerate(authorities, start=1)}
    parts = [HEAD, _contents(codes)]
    for area, its in groupby(codes, key=_area):
        parts.append(f"## {_title(area)}\n")
        parts.extend("\n".join(_entry(CATALOGUE[code], numbers)) for code in its)
    listed = (f"{number}. {authority}." for authority, number in numbers.items())
    return "\n".join([*parts, "## Authorities\n", *listed, ""])


def _area(code: str) -> str:
    return code.split("-")[1]


def _title(area: str) -> str:
    return f"{AREAS[area]} (E-{area})" if area in AREAS else f"E-{area}"


def _contents(codes: list[str]) -> str:
    lines = (f"- {_title(area)}: {len(list(its))}" for area, its in groupby(codes, key=_area))
    return "\n".join([f"There are {len(codes)} findings:\n", *lines, ""])


def _entry(entry: Entry, numbers: Mapping[str, int]) -> Iterator[str]:
    """Write one entry with the words that its example gives, and the number of its authority in the list below."""
    example = finding(entry.code, Source("example"), **entry.example)
    yield f"### {entry.code} ({entry.severity.words})\n"
    yield f"> {example.message}\n"
    yield f"{example.remedy}\n"
    if entry.authority:
        yield f"Authority: [{numbers[entry.authority]}](#authorities).\n"


if __name__ == "__main__":
    print(findings_page(), end="")
