"""Findings about the criteria workbook, in words."""

from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

ENTRIES = (
    Entry(
        "E-BOOK-001",
        BLOCKS,
        "A text in this row would have {length} characters, and a cell of a workbook holds 32,767.",
        "Keep these criteria as TOML files, or shorten the text before making a workbook.",
        example={"length": "40,000"},
    ),
    Entry(
        "E-BOOK-002",
        NOTE,
        "The sheet {sheet} is no part of the criteria workbook, and nothing reads it: {what}.",
        "If it is a theme, let its name begin with Theme; otherwise keep your notes in a file of their own.",
        example={"sheet": "Notes", "what": "“ask Legal”"},
    ),
    Entry(
        "E-BOOK-003",
        BLOCKS,
        "There are two entries for {what}, and nobody could say which one counts.",
        "Remove one of them, or give it an id of its own.",
        example={"what": "the theme advice"},
    ),
    Entry(
        "E-BOOK-004",
        BLOCKS,
        "A rule is said to stand in the theme {theme}, and no sheet holds a theme of that id.",
        "Correct the id under Stands in, or leave it empty for a rule of the programme.",
        example={"theme": "advise"},
    ),
    Entry(
        "E-BOOK-005",
        BLOCKS,
        "The part “{title}” is not on this sheet: no cell of column A holds that title.",
        "Put the title back as it was, or start again from: evaluator criteria new FILE.xlsx.",
        example={"title": "Marks of the scale"},
    ),
    Entry(
        "E-BOOK-006",
        BLOCKS,
        "There is an entry beside the key {key}, which this form does not have.",
        "Remove the entry, or put back the key that stood in column A.",
        example={"key": "methd"},
    ),
    Entry(
        "E-BOOK-007",
        BLOCKS,
        "This row has a value and no id in column A.",
        "Write the id that the value belongs to, or clear the row.",
    ),
)
