"""Findings about workbooks that go out to evaluators and come back, in words."""

from evaluator.records.catalogue.entry import BLOCKS, Entry

CONFLICTS = "PCR 2015 reg.84(1): conflicts of interest and the measures taken are reported (read in the regulations)"
PUBLISHED = "Procurement Act 2023 s.23(3): assess as the published methodology says (read in the statute)"

ENTRIES = (
    Entry(
        "E-ISSUE-001",
        BLOCKS,
        "There is no panel, so nothing says whose workbooks are to be made.",
        "List every evaluator and theme in declarations.xlsx, sheet Panel, or in panel.csv.",
    ),
    Entry(
        "E-ISSUE-002",
        BLOCKS,
        "{evaluator} is on the panel and has declared nothing about {organisations}.",
        "Ask {evaluator} to declare about each of them, or about all others in a row with * as the organisation, "
        "before any workbook goes out.",
        CONFLICTS,
        {"evaluator": "E03", "organisations": "O31 and O44"},
    ),
    Entry(
        "E-ISSUE-003",
        BLOCKS,
        "The evaluator's id {shown} cannot be the name of a file.",
        "Give the evaluator an id of letters and digits that nobody else has, in every table that names them.",
        example={"shown": '"E/3"'},
    ),
)
