"""Findings about a list of prices that a price method is tried on, in words."""

from evaluator.records.findings.entry import BLOCKS, Entry

WRITE_POUNDS = (
    "Write the price in pounds with digits and at most one full stop (no spaces or commas), for example 12500.50."
)

ENTRIES = (
    Entry(
        "E-PRICES-001",
        BLOCKS,
        "There is no column {column}; the columns are: {found}.",
        "Give the first row the headings bid and price (and quality where the method needs it), and run again.",
        example={"column": "price", "found": "bid, cost"},
    ),
    Entry(
        "E-PRICES-002",
        BLOCKS,
        "The column {column} is there more than once.",
        "Keep one column of that name and run again.",
        example={"column": "price"},
    ),
    Entry("E-PRICES-003", BLOCKS, "There are no bids under the headings.", "Add a row for each bid and run again."),
    Entry("E-PRICES-004", BLOCKS, "The bid's reference is missing.", "Write it in the first column and run again."),
    Entry(
        "E-PRICES-005",
        BLOCKS,
        "{bid} is here already, in row {row}.",
        "Keep the row that counts, remove the other, and run again.",
        example={"bid": "B2", "row": 3},
    ),
    Entry("E-PRICES-006", BLOCKS, "{bid} has no price.", WRITE_POUNDS, example={"bid": "B2"}),
    Entry(
        "E-PRICES-007",
        BLOCKS,
        "“{text}” is not a plain price.",
        WRITE_POUNDS,
        example={"text": "12.500,00"},
    ),
    Entry(
        "E-PRICES-008",
        BLOCKS,
        "The price of {bid} is {text}; no method can score a price that is not above 0.",
        "Correct it, or leave the bid out and say why in the record.",
        example={"bid": "B2", "text": "0"},
    ),
    Entry(
        "E-PRICES-009",
        BLOCKS,
        "“{text}” is not a plain number of quality points of 0 or more.",
        "Write {bid}'s quality points with digits and at most one full stop, for example 61.5.",
        example={"text": "61,5", "bid": "B2"},
    ),
    Entry(
        "E-PRICES-010",
        BLOCKS,
        "The row has {cells} cells under {headings} headings; perhaps a number was written with a comma.",
        "Write numbers without commas, remove what stands outside the table, and run again.",
        example={"cells": 3, "headings": 2},
    ),
)
