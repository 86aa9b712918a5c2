"""Findings about the panel and the declarations of interest, in words."""

from evaluator.records.findings.entry import BLOCKS, Entry

CONFLICTS = "PCR 2015 reg.84(1): conflicts of interest and the measures taken are reported (read in the regulations)"
PUBLISHED = "Procurement Act 2023 s.23(3): assess as the published methodology says (read in the statute)"

ENTRIES = (
    Entry(
        "E-PANEL-001",
        BLOCKS,
        "There is no panel: nothing says who was to mark which theme.",
        "List every evaluator and theme in declarations.xlsx, sheet Panel, or in panel.csv or panel.toml.",
        CONFLICTS,
    ),
    Entry(
        "E-PANEL-002",
        BLOCKS,
        "The theme of this row of the panel is {shown}, and the criteria have no such theme.{hint}",
        "Type one of {themes} into this cell; the last stands for what organisations answer once.",
        example={"shown": '"advise"', "hint": " Did you mean advice?", "themes": "advice, digital and organisation"},
    ),
    Entry(
        "E-PANEL-003",
        BLOCKS,
        "This row of the panel names no evaluator.",
        "Type the evaluator's id into this cell, or delete the row.",
    ),
    Entry(
        "E-PANEL-004",
        BLOCKS,
        "The members of the panel of {theme} number {members}, fewer than the {least} evaluators that were published.",
        "Add the missing evaluators to the panel, with their declarations and marks; or correct the panel's themes.",
        PUBLISHED,
        {"theme": "advice", "members": 1, "least": 2},
    ),
    Entry(
        "E-PANEL-005",
        BLOCKS,
        "Recusals leave {left} of the panel to mark {bids}, fewer than the {least} evaluators that were published.",
        "Appoint another evaluator for the theme: add them to the panel, with their declaration and marks.",
        PUBLISHED,
        {"left": 1, "bids": "B012 and B017", "least": 2},
    ),
    Entry(
        "E-PANEL-006",
        BLOCKS,
        "Too few evaluators are given the answers {answers}: fewer than the {least} that were published.",
        "Give these answers to another member of the panel: add the questions or bids to their row, or a row.",
        PUBLISHED,
        {"answers": "B012 on C1 and C2", "least": 2},
    ),
    Entry(
        "E-PANEL-007",
        BLOCKS,
        "This seat is for the question {shown}, which bidders for {theme} are not asked there.",
        "Type ids of questions of {theme} into this cell, separated by semicolons; leave it blank for all of them.",
        example={"shown": '"C12"', "theme": "advice"},
    ),
    Entry(
        "E-PANEL-008",
        BLOCKS,
        "This seat is for {shown}, which is no bid for {theme}.",
        "Type ids of bids for {theme} into this cell, separated by semicolons; leave it blank for all of them.",
        example={"shown": '"B112"', "theme": "advice"},
    ),
    Entry(
        "E-INT-001",
        BLOCKS,
        "There are no declarations of interest, and the published criteria require them.",
        "Put every evaluator's declarations into declarations.xlsx, sheet Interests, or into declarations.csv.",
        CONFLICTS,
    ),
    Entry(
        "E-INT-002",
        BLOCKS,
        "This declaration is by {shown}, who is not on the panel and marked nothing.{hint}",
        "Correct the evaluator's id in this cell, or delete the row.",
        example={"shown": '"E 3"', "hint": " Did you mean E3?"},
    ),
    Entry(
        "E-INT-003",
        BLOCKS,
        "This declaration is about {shown}, which no bid names; a recusal from it would have no effect.{hint}",
        "Correct the organisation's id, write * for all organisations not named, or delete the row if it made no bid.",
        example={"shown": '"O 31"', "hint": " Did you mean O31?"},
    ),
    Entry(
        "E-INT-004",
        BLOCKS,
        "The action on this declaration is {shown}, which is neither none nor recused.{hint}",
        "Decide whether the evaluator may mark these bids, and type none or recused into this cell.",
        CONFLICTS,
        {"shown": '"recussed"', "hint": " Did you mean recused?"},
    ),
    Entry(
        "E-INT-005",
        BLOCKS,
        "{evaluator} has two declarations about {organisation} with different actions; the other is in {other}.",
        "Keep the row that stands and delete the other.",
        example={"evaluator": "E03", "organisation": "O31", "other": "D5"},
    ),
)
