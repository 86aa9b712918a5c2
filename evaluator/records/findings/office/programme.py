"""Findings about the folder of a programme and its settings, in words."""

from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "E-PROG-001",
        BLOCKS,
        "These settings were made by a newer evaluator: their layout is {found}, and this one knows layouts up to "
        "{known}.",
        "Install the newer evaluator, or ask whoever made the folder which version they work with.",
        example={"found": 2, "known": 1},
    ),
    Entry(
        "E-PROG-002",
        BLOCKS,
        "{label} is to be a whole number, and is {value}.",
        "Put back the number that stood there, or leave the cell empty.",
        example={"label": "Layout", "value": "“one”"},
    ),
    Entry(
        "E-PROG-003",
        NOTE,
        "There is no setting called {label}, so this entry is not read.",
        "Correct the name of the setting, or keep the note in a file of its own.",
        example={"label": "“Autority”"},
    ),
    Entry(
        "E-PROG-004",
        BLOCKS,
        "{label} is to be a day, and {value} is none.",
        "Write the day as 2026-12-01, or as 01/12/2026 with the day first.",
        example={"label": "Decided on", "value": "“31/04/2026”"},
    ),
    Entry(
        "E-PROG-005",
        BLOCKS,
        "More than one person is said to record in the ledger: {names}.",
        "Leave “yes” beside the one whose name the ledger's entries are to carry.",
        example={"names": "Sam Lee and Ana Roy"},
    ),
    Entry(
        "E-PROG-006",
        BLOCKS,
        "This row has no {label}.",
        "Fill in the cell, or clear the row.",
        example={"label": "Name"},
    ),
    Entry(
        "E-PROG-007",
        BLOCKS,
        "{label} is to be yes or no, and is {value}.",
        "Write yes or no; an empty cell is no.",
        example={"label": "Records in the ledger", "value": "“maybe”"},
    ),
    Entry(
        "E-PROG-008",
        BLOCKS,
        "The setting {label} is here twice, and nobody could say which entry counts.",
        "Remove the row that does not count.",
        example={"label": "Authority"},
    ),
    Entry(
        "E-PROG-010",
        BLOCKS,
        "This workbook lies beside {other}, and nobody could say which of the two holds the criteria.",
        "Keep the one that counts and move the other out of the folder.",
        example={"other": "programme.toml"},
    ),
    Entry(
        "E-PROG-011",
        BLOCKS,
        "There are several workbooks where the criteria are, and nobody could say which one counts: {found}.",
        "Keep the one that counts and move the others out of the folder.",
        example={"found": "criteria.xlsx, criteria old.xlsx"},
    ),
    Entry(
        "E-PROG-012",
        NOTE,
        "This workbook lies beside criteria that were sealed as files ({other}). It is not read.",
        "Nothing need be done. Move it out of the folder, so that nobody takes it for what was published.",
        example={"other": "programme.toml"},
    ),
)
