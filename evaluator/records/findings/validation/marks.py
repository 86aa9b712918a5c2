"""Findings about rows of marks and about marks that are missing, in words."""

from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

REASONS = (
    "Lancashire Care v Lancashire CC [2018] EWHC 1589 (TCC): an award was set aside for want of reasons "
    "(from a secondary summary)"
)
ON_THE_SCALE = (
    "Bromcom v United Learning Trust [2022] EWHC 3262 (TCC) para 181: marks that were not whole and had no reasons "
    "(from a secondary summary)"
)
PUBLISHED = "Procurement Act 2023 s.23(3): assess as the published methodology says (read in the statute)"

ENTRIES = (
    Entry(
        "E-MARK-001",
        BLOCKS,
        "The mark of {evaluator} for {bid} on {question} is missing.",
        "Ask {evaluator} to fill in the mark and its reason, and put the return into the folder again.",
        example={"evaluator": "E03", "bid": "B012", "question": "C1"},
    ),
    Entry(
        "E-MARK-002",
        BLOCKS,
        "{mark} for {bid} on {question} has no reason.",
        "Ask {evaluator} to write in this cell what in the answer earns the mark, and return the sheet again.",
        REASONS,
        {"mark": "4", "bid": "B012", "question": "C1", "evaluator": "E03"},
    ),
    Entry(
        "E-MARK-003",
        BLOCKS,
        "The mark for {bid} on {question} is {shown}, which is not a plain number.{hint}",
        "Ask {evaluator} which mark is meant, and have one of {scale} typed into this cell, digits only.",
        example={
            "bid": "B012",
            "question": "C1",
            "shown": '"4 - Fair"',
            "hint": " On the published scale 4 is “Good”.",
            "evaluator": "E03",
            "scale": "0, 1, 2, 3, 4 and 5",
        },
    ),
    Entry(
        "E-MARK-004",
        BLOCKS,
        "The mark for {bid} on {question} is {shown}, which is not on the published scale.",
        "Ask {evaluator} to give one of the marks {scale}, and return the sheet again.",
        ON_THE_SCALE,
        {"bid": "B012", "question": "C1", "shown": '"3.5"', "evaluator": "E03", "scale": "0, 1, 2, 3, 4 and 5"},
    ),
    Entry(
        "E-MARK-005",
        BLOCKS,
        "This mark{on} is for {shown}, which is not a bid in the register.{hint}",
        "Correct the id in this cell; or add a bid that the register lacks; or delete the row, if it is a note.",
        example={"shown": '"B 012"', "on": " on C1", "hint": " Did you mean B012?"},
    ),
    Entry(
        "E-MARK-006",
        BLOCKS,
        "This mark{on} is for {shown}, which is not an organisation that leads a bid.{hint}",
        "Correct the id in this cell; {question} is answered once by each organisation that leads a bid.",
        example={"shown": '"O 31"', "question": "C7", "on": " on C7", "hint": " Did you mean O31?"},
    ),
    Entry(
        "E-MARK-007",
        BLOCKS,
        "This mark is for the question {shown}, which the criteria do not have.{hint}",
        "Correct the question's id in this cell, or delete the row if it is not a mark.",
        example={"shown": '"C-1"', "hint": " Did you mean C1?"},
    ),
    Entry(
        "E-MARK-008",
        BLOCKS,
        "{bid} is marked on {question}, which is not asked in {theme}.",
        "Correct the question's id in this cell or the bid's id beside it, or delete the row.",
        PUBLISHED,
        {"bid": "B012", "question": "AD1", "theme": "the theme digital"},
    ),
    Entry(
        "E-MARK-009",
        BLOCKS,
        "{question} is marked under the bid {bid}, but each organisation answers it once for all its bids.",
        "Type {organisation} into this cell, or delete the row if {question} is already marked there.",
        example={"bid": "B012", "question": "C7", "organisation": "O31"},
    ),
    Entry(
        "E-MARK-010",
        BLOCKS,
        "{question} is marked under the organisation {bid}, but it is answered in each bid.",
        "Type the id of the bid that was marked into this cell.",
        example={"bid": "O31", "question": "C1"},
    ),
    Entry(
        "E-MARK-011",
        BLOCKS,
        "{evaluator} marked {bid} on {question} twice; the other mark is in {other}.",
        "Ask {evaluator} which mark stands, and delete the other row.",
        example={"evaluator": "E03", "bid": "B012", "question": "C1", "other": "returns/E03.xlsx Marks!C14"},
    ),
    Entry(
        "E-MARK-012",
        BLOCKS,
        "The mark for {bid} on {question} does not say which evaluator gave it.",
        "Type the evaluator's id into this cell.",
        example={"bid": "B012", "question": "C1"},
    ),
    Entry(
        "E-MARK-013",
        BLOCKS,
        "{evaluator} is not on the panel of {theme} but gave marks there, from this cell on: {marks:,} in all.",
        "Take these rows out of the marks; or, if {evaluator} was appointed, add a row for {theme} to the panel.",
        example={"evaluator": "E03", "theme": "advice", "marks": 12},
    ),
    Entry(
        "E-MARK-018",
        BLOCKS,
        "{evaluator} marked {bid} on {question}, which their seat on the panel does not give them.",
        "Take this row out of the marks; or, if the answer was given to {evaluator}, correct their row of the panel.",
        example={"evaluator": "E03", "bid": "B012", "question": "C1"},
    ),
    Entry(
        "E-MARK-014",
        BLOCKS,
        "{evaluator} is recused from {bid} but gave it a mark.",
        "Ask who let it happen. If the interest became known late, record a decision on the bid, matter late_recusal, "
        "subject {evaluator}, admit: the mark then stays where it is and does not count. Else take the row out.",
        "PCR 2015 reg.84(1): conflicts of interest and the measures taken are reported (read in the regulations)",
        {"evaluator": "E03", "bid": "B012"},
    ),
    Entry(
        "E-MARK-019",
        NOTE,
        "The marks of {evaluator} for {bid} stay in the file and do not count ({marks}): {person} decided on a late "
        "recusal ({date}).",
        "See that the panel has looked at these answers again, and that its reasons rest on the other marks.",
        "PCR 2015 reg.84(1): conflicts of interest and the measures taken are reported (read in the regulations)",
        {
            "evaluator": "E03",
            "bid": "B012",
            "marks": "C1: 4 and C2: 3",
            "person": "Head of procurement",
            "date": "2026-11-02",
        },
    ),
    Entry(
        "E-MARK-015",
        BLOCKS,
        "{evaluator} gave {marks:,} marks, the first in {first}, and made no declaration of interest.",
        "Ask {evaluator} for the declaration and add it here; if there is an interest, take the marks concerned out.",
        "PCR 2015 reg.84(1): conflicts of interest and the measures taken are reported (read in the regulations)",
        {"evaluator": "E03", "marks": 48, "first": "returns/E03.xlsx Marks!C5"},
    ),
    Entry(
        "E-MARK-016",
        BLOCKS,
        "{evaluator} marked bids of {organisations} and declared nothing about them.",
        "Ask {evaluator} to declare about each of them, or about all others in a row with * as the organisation.",
        "PCR 2015 reg.84(1): conflicts of interest and the measures taken are reported (read in the regulations)",
        {"evaluator": "E03", "organisations": "O31 and O44"},
    ),
    Entry(
        "E-MARK-017",
        BLOCKS,
        "{evaluator} marked {bid} on {question}, and so did {other}; the criteria take one evaluator's mark.",
        "Keep the mark of the evaluator to whom the answer was given, and take the other row out.",
        PUBLISHED,
        {"evaluator": "E04", "bid": "B012", "question": "C1", "other": "E03"},
    ),
    Entry(
        "E-ROW-001",
        BLOCKS,
        "This row is for no bid and says {shown}: it adds up or averages the table.",
        "Delete the row; the engine adds up by itself, and looks at nothing else in it.",
        example={"shown": '"Average"'},
    ),
    Entry(
        "E-ROW-002",
        BLOCKS,
        "This row{on} does not say which bid or organisation it is for.",
        "Type the id of the bid (or of the organisation, for what organisations answer once) into this cell, or delete "
        "the row.",
        example={"on": " on C1"},
    ),
    Entry(
        "E-ROW-003",
        BLOCKS,
        "This row{bid} does not say which question it is about.",
        "Type the question's id into this cell, or delete the row.",
        example={"bid": " for B012"},
    ),
    Entry(
        "E-ROW-004",
        BLOCKS,
        "Something stands in this row, and no cell says what it is about.",
        "Delete the row if it is a total, an average or a note; otherwise fill in its ids.",
    ),
    Entry(
        "E-RET-001",
        BLOCKS,
        "No marks came in: {answers:,} answers have none.",
        "Put every evaluator's return into the folder returns, or all marks into marks.csv.",
        example={"answers": 1560},
    ),
    Entry(
        "E-RET-002",
        BLOCKS,
        "There is no return from {evaluator}, who has {answers:,} answers to mark.",
        "Ask {evaluator} for the return and put it into the folder; if another was appointed, correct the panel.",
        example={"evaluator": "E07", "answers": 312},
    ),
    Entry(
        "E-RET-003",
        BLOCKS,
        "{evaluator} has not marked {answers}.",
        "Ask {evaluator} to add a row for each of these answers, with mark and reason, and return the sheet again.",
        example={"evaluator": "E03", "answers": "B012 on C1 and C4; B017 on C1"},
    ),
    Entry(
        "E-RET-004",
        BLOCKS,
        "Nobody has marked {answers}.",
        "Have each of these answers marked, with reasons; each needs at least {least} different evaluators.",
        PUBLISHED,
        {"answers": "B012 on C1 and C4; B017 on C1", "least": 2},
    ),
    Entry(
        "E-RET-005",
        BLOCKS,
        "Fewer than {least} different evaluators have marked {answers}.",
        "Have these answers marked by as many evaluators as were published, {least}.",
        PUBLISHED,
        {"answers": "B012 on C1 and C4; B017 on C1", "least": 2},
    ),
    Entry(
        "E-RET-006",
        BLOCKS,
        "These marks are from {shown}, and the panel has {evaluator}: only capitals, spaces or signs differ.",
        "Write {evaluator} in this cell, or correct the panel if it is the panel that is wrong.",
        example={"shown": '"e03"', "evaluator": "E03"},
    ),
    Entry(
        "E-MORE-001",
        BLOCKS,
        "There are {number:,} more findings of the kind {kind} in this table.",
        "Mend those that are listed and run again: so many of one kind usually have one cause.",
        example={"number": 52000, "kind": "E-MARK-002"},
    ),
)
