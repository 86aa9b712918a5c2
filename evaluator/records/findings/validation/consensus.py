"""Findings about the agreed marks, in words."""

from evaluator.records.findings.authorities import BROMCOM, ENERGY_SOLUTIONS, LANCASHIRE, SUMMARY, TREATMENT
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

ENTRIES = (
    Entry(
        "E-CONS-001",
        BLOCKS,
        "The agreed mark for {bid} on {question} is missing.",
        "Have the panel agree it, and fill in the mark and its reason in this row.",
        example={"bid": "B012", "question": "C1"},
    ),
    Entry(
        "E-CONS-002",
        BLOCKS,
        "The agreed mark {mark} for {bid} on {question} has no reason.",
        "Have the panel write in this cell what in the answer earns the mark, and why not a higher one.",
        LANCASHIRE,
        {"mark": "4", "bid": "B012", "question": "C1"},
    ),
    Entry(
        "E-CONS-003",
        BLOCKS,
        "The agreed mark for {bid} on {question} is {shown}, which is not a plain number.{hint}",
        "Type the mark that the panel agreed, one of {scale}, digits only.",
        example={
            "bid": "B012",
            "question": "C1",
            "shown": '"four"',
            "hint": " Did you mean 4?",
            "scale": "0, 1, 2, 3, 4 and 5",
        },
    ),
    Entry(
        "E-CONS-004",
        BLOCKS,
        "The agreed mark for {bid} on {question} is {shown}, which is not on the published scale.",
        "Have the panel agree one of the marks {scale}; an average is not a mark.",
        BROMCOM,
        {"bid": "B012", "question": "C1", "shown": '"3.5"', "scale": "0, 1, 2, 3, 4 and 5"},
    ),
    Entry(
        "E-CONS-005",
        BLOCKS,
        "This agreed mark{on} is for {shown}, which is not a bid in the register.{hint}",
        "Correct the id in this cell; or add a bid that the register lacks; or delete the row, if it is a note.",
        example={"shown": '"B 012"', "on": " on C1", "hint": " Did you mean B012?"},
    ),
    Entry(
        "E-CONS-006",
        BLOCKS,
        "This agreed mark{on} is for {shown}, which is not an organisation that leads a bid.{hint}",
        "Correct the id in this cell; {question} is answered once by each organisation that leads a bid.",
        example={"shown": '"O 31"', "question": "C7", "on": " on C7", "hint": " Did you mean O31?"},
    ),
    Entry(
        "E-CONS-007",
        BLOCKS,
        "This agreed mark is for the question {shown}, which the criteria do not have.{hint}",
        "Correct the question's id in this cell, or delete the row if it is not a mark.",
        example={"shown": '"C-1"', "hint": " Did you mean C1?"},
    ),
    Entry(
        "E-CONS-008",
        BLOCKS,
        "{bid} has an agreed mark on {question}, which is not asked in {theme}.",
        "Correct the question's id in this cell or the bid's id beside it, or delete the row.",
        example={"bid": "B012", "question": "AD1", "theme": "the theme digital"},
    ),
    Entry(
        "E-CONS-009",
        BLOCKS,
        "The mark on {question} is agreed under the bid {bid}, but each organisation answers it once for all its bids.",
        "Type {organisation} into this cell, or delete the row if the mark on {question} is already agreed there.",
        example={"bid": "B012", "question": "C7", "organisation": "O31"},
    ),
    Entry(
        "E-CONS-010",
        BLOCKS,
        "The mark on {question} is agreed under the organisation {bid}, but it is answered in each bid.",
        "Type the id of the bid that was marked into this cell.",
        example={"bid": "O31", "question": "C1"},
    ),
    Entry(
        "E-CONS-011",
        BLOCKS,
        "{bid} has two agreed marks on {question}; the other is in {other}.",
        "Keep the mark that the panel agreed last and that stands in its record, and delete the other row.",
        ENERGY_SOLUTIONS,
        {"bid": "B012", "question": "C1", "other": "moderation.xlsx Consensus!C14"},
    ),
    Entry(
        "E-CONS-012",
        BLOCKS,
        "There are no agreed marks: the criteria say that a panel agrees each of {answers:,} marks.",
        "Put moderation.xlsx, or consensus.csv, with the agreed marks and their reasons into the folder.",
        example={"answers": 1560},
    ),
    Entry(
        "E-CONS-013",
        BLOCKS,
        "There is no agreed mark for {answers}.",
        "Have the panel agree them, and add a row for each with its mark and reason.",
        example={"answers": "B012 on C1 and C4"},
    ),
    Entry(
        "E-CONS-014",
        BLOCKS,
        "The agreed mark {agreed} for {bid} on {question} is {side} every evaluator's mark ({marks}), and the reason "
        'does not say so: "{side}" or "outside" must stand before "the marks", "all marks" or "every mark".',
        'Have the panel confirm the mark and write why in this cell, such as "{side} all marks because …"; '
        "or correct the mark.",
        ENERGY_SOLUTIONS,
        {"agreed": "5", "bid": "B012", "question": "C1", "side": "above", "marks": "2 to 4"},
    ),
    Entry(
        "E-CONS-015",
        NOTE,
        "The evaluators' marks are {trigger} or more apart, and the reason for the agreed mark has fewer than {few} "
        "words, for {answers}.",
        "Have the panel say how it settled the difference, in each of these reasons.",
        LANCASHIRE,
        {"few": 5, "trigger": "2", "answers": "B012 C1 and B044 AD2"},
    ),
    Entry(
        "E-CONS-016",
        NOTE,
        "The agreed marks were not used: the criteria take the mark of one evaluator for each answer.",
        "Take the file out of the folder, so that nobody thinks that it counted.",
    ),
    Entry(
        "E-CONS-020",
        NOTE,
        "The agreed marks have a column for what the bidder is told, and it is empty for {answers}. What the panel "
        "wrote for the file goes to nobody, so no letter can be made.",
        "Have the panel write these reasons for the bidder: what in the answer earned the mark, and what a higher mark "
        "needed.",
        SUMMARY,
        {"answers": "B012 C1 and B044 AD2"},
    ),
    Entry(
        "E-CONS-030",
        NOTE,
        "Agreed marks were not used for {answers}: the mark that counts is the {method} of the evaluators' marks, and "
        "comes to another.",
        "Clear these cells, so that nobody thinks that they counted. Who would mark otherwise changes their own mark.",
        example={"answers": "B012 C1", "method": "mean"},
    ),
    Entry(
        "E-CONS-031",
        BLOCKS,
        "The evaluators' marks lie {trigger} or more apart, and nothing says what was discussed, for {answers}.",
        "Have the evaluators talk, and mark again if they wish; then write under Reason, in moderation.xlsx or "
        "consensus.csv, how they came to differ.",
        LANCASHIRE,
        {"trigger": "2", "answers": "B012 on C1"},
    ),
    Entry(
        "E-CONS-032",
        DECIDE,
        "The evaluators' marks lie {trigger} or more apart, and nobody decided that they stand, for {answers}.",
        "Have the person named for it decide, with a reason: matter spread, the question as subject, admit.",
        LANCASHIRE,
        {"trigger": "2", "answers": "B012 on C1"},
    ),
    Entry(
        "E-CONS-033",
        BLOCKS,
        "The evaluators' marks lie {trigger} or more apart, and no further evaluator has marked {answers}.",
        "Appoint one for these answers, who marks without seeing the others' marks; give them a seat on the panel for "
        "these bids and questions.",
        TREATMENT,
        {"trigger": "2", "answers": "B012 on C1"},
    ),
)
