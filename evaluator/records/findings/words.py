"""Findings about words and days in cells that say nothing, or nothing that exists, in words."""

from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

ENTRIES = (
    Entry(
        "E-WORD-001",
        NOTE,
        "{shown} stands where {wanted} is wanted; it says nothing and was read as an empty cell.",
        "Nothing has to be done if nothing belongs here. Otherwise type what does.",
        example={"shown": '"N/A"', "wanted": "a list of organisations"},
    ),
    Entry(
        "E-WORD-002",
        BLOCKS,
        "{shown} is not a day that exists, or not one that is written so that it can be read in one way only.",
        "{how}.",
        example={"shown": '"31/02/26"', "how": "Write the day as 2026-12-01, or as 01/12/2026 with the day first"},
    ),
)
