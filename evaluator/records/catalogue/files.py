"""Findings about files that were read, in words."""

from evaluator.records.catalogue.entry import BLOCKS, Entry

ENTRIES = (
    Entry(
        "E-FILE-001",
        BLOCKS,
        "There is no file for {what}.",
        "Put it into the folder and run again.",
        example={"what": "the register"},
    ),
)
