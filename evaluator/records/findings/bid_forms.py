"""Findings about bid forms that came back, in words."""

from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

ENTRIES = (
    Entry(
        "E-FORM-001",
        BLOCKS,
        "This workbook is not a bid form of these criteria: its hidden sheet names another form or theme, or none.",
        "Ask the bidder for the form that was published, filled in; or enter the bid into register.xlsx.",
    ),
    Entry(
        "E-FORM-002",
        BLOCKS,
        "This bid form was made for another {what}: {found}, not {wanted}.",
        "Ask the bidder for the form that was published with these criteria.",
        example={"what": "version", "found": "1.0", "wanted": "1.1"},
    ),
    Entry(
        "E-FORM-003",
        BLOCKS,
        "The form says that the bid is for {shown}, and it is the form of the theme {theme}.",
        "Put the theme back as it was published, or ask the bidder for which theme the bid is.",
        example={"shown": "digital", "theme": "advice"},
    ),
    Entry(
        "E-FORM-004",
        BLOCKS,
        "The form has no sheet {sheet}.",
        "Ask the bidder for the whole form, with every sheet as it was published.",
        example={"sheet": "Prices"},
    ),
    Entry(
        "E-FORM-005",
        BLOCKS,
        "The key {key} stands {count} times in the first column of this sheet; it must stand there once.",
        "Put the first column back as it was published.",
        example={"key": "price:2027-28", "count": 0},
    ),
    Entry(
        "E-FORM-006",
        NOTE,
        "The question {question} has no answer.",
        "Nothing has to be done; evaluators mark what is there.",
        example={"question": "C1"},
    ),
    Entry(
        "E-FORM-007",
        NOTE,
        "The answer to {question} has {words} words; {limit} are allowed.",
        "Decide, for every bid alike and as was published, what becomes of the words beyond the limit.",
        example={"question": "C1", "words": 412, "limit": 400},
    ),
    Entry(
        "E-FORM-008",
        BLOCKS,
        "This cell is locked and says “{shown}”; the form that was published says “{wanted}”.{more}",
        "Ask the bidder for the form as it was published, filled in, or whether the answers hold for the published "
        "words; then put these back.",
        example={"shown": "Price (€)", "wanted": "Price (£)", "more": ""},
    ),
)
