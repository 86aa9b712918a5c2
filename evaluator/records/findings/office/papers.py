"""Findings about workbooks that go out to evaluators and come back, in words."""

from evaluator.records.findings.authorities import CONFLICTS, ENERGY_SOLUTIONS, PUBLISHED
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

ENTRIES = (
    Entry(
        "E-ISSUE-001",
        BLOCKS,
        "There is no panel, so nothing says whose workbooks are to be made.",
        "List every evaluator and theme in declarations.xlsx, sheet Panel, or in panel.csv or panel.toml.",
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
    Entry(
        "E-ISSUE-004",
        BLOCKS,
        "There is nothing to mark: no bid that counts is asked any question by a panel.",
        "See that the register has bids that were not disregarded, and that the panel names their themes.",
    ),
    Entry(
        "E-TEMPLATE-001",
        BLOCKS,
        "This workbook was issued for {found}; this evaluation is of {wanted}.",
        "Issue the workbook again from the criteria that were published, and ask {evaluator} to mark by it.",
        PUBLISHED,
        {
            "found": "THCC-2027 version 0.9, seal 1f0c55a2b3d4",
            "wanted": "THCC-2027 version 1.0, seal db44e59990bd",
            "evaluator": "E03",
        },
    ),
    Entry(
        "E-TEMPLATE-002",
        BLOCKS,
        "This cell says that the return is from {found}, but the workbook was issued to {given}.",
        "Ask both whose marks these are. Have them sent back in the workbook that was issued to that person.",
        example={"found": "E04", "given": "E03"},
    ),
    Entry(
        "E-TEMPLATE-003",
        BLOCKS,
        "{what} is not what was issued to {evaluator}: the mark may rest on words that were never published.",
        "Ask {evaluator} what was changed and why (of many rows at once: some columns were sorted without the others), "
        "and for the marks and reasons in the workbook as it was issued.",
        PUBLISHED,
        {"what": "The locked text about B012 C1", "evaluator": "E03"},
    ),
    Entry(
        "E-TEMPLATE-004",
        NOTE,
        "The protection of the sheet {sheet} was taken off. Its locked texts were compared with what was issued.",
        "Nothing need be done where no changed text is listed; ask why it was taken off if one is.",
        example={"sheet": "Marks"},
    ),
    Entry(
        "E-TEMPLATE-005",
        NOTE,
        "This row, about {row}, was not in the workbook that was issued.",
        "Find out who added it; take it out if the answer was not given to this evaluator.",
        example={"row": "B012 C1"},
    ),
    Entry(
        "E-TEMPLATE-006",
        NOTE,
        "The workbook was issued by the evaluator, but the hidden sheet that says so was taken out.",
        "Compare its questions with what was issued, or ask for the marks in the workbook as it was issued.",
    ),
    Entry(
        "E-TEMPLATE-007",
        BLOCKS,
        "This workbook of agreed marks was made for {found}; this evaluation is of {wanted}.",
        "Make the moderation workbook again from the criteria that were published, and have the panel agree in it.",
        PUBLISHED,
        {
            "found": "THCC-2027 version 0.9, seal 1f0c55a2b3d4",
            "wanted": "THCC-2027 version 1.0, seal db44e59990bd",
        },
    ),
    Entry(
        "E-RET-010",
        NOTE,
        "This return of {evaluator} counts. The earlier one, {other} (SHA-256 {sha}), is kept; marks that differ: "
        "{changes:,}.",
        "Keep both files. Ask {evaluator} about differences that are not explained.",
        example={
            "evaluator": "E03",
            "other": "returns/E03.xlsx",
            "sha": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "changes": 2,
        },
    ),
    Entry(
        "E-RET-011",
        NOTE,
        "{evaluator} changed the mark for {bid} on {question} from {before} to {after} in a later return.",
        "See that the reason says why. Both returns stay in the folder.",
        example={"evaluator": "E03", "bid": "B012", "question": "C1", "before": "3", "after": "4"},
    ),
    Entry(
        "E-RET-012",
        BLOCKS,
        "{evaluator} changed the mark for {bid} on {question} from {before} to {after}, and left the reason as it was.",
        "Ask {evaluator} to say in the reason why the mark changed, and to return the workbook once more.",
        ENERGY_SOLUTIONS,
        {"evaluator": "E03", "bid": "B012", "question": "C1", "before": "3", "after": "4"},
    ),
    Entry(
        "E-RET-013",
        NOTE,
        "Reasons of {who} are shorter than {least} characters or longer than {most:,}: {answers}.",
        "Read them: a reason must say what in the answer earns the mark. Ask {who} for a fuller one where it does not.",
        example={"who": "E03", "least": 40, "most": 2000, "answers": "B012 C1"},
    ),
    Entry(
        "E-PACK-001",
        DECIDE,
        "The answer of {bid} to {question} names {figure}, which is its price {what}: whoever reads it learns a price. "
        "It is kept back from those who mark.",
        "Read the answer. If the figure is no price, or the evaluators may see it, make the papers again with "
        "--as-written; if not, ask the bidder for an answer without it, for every bid alike. Nothing rewrites an "
        "answer.",
        example={"bid": "B012", "question": "C1", "figure": "£12,000", "what": "for 2027-28"},
    ),
    Entry(
        "E-PACK-002",
        NOTE,
        "The answer of {bid} to {question} names {figure}, which is its price {what}. It goes out as it was written, "
        "as was asked for.",
        "Keep with the file who decided so and why.",
        example={"bid": "B012", "question": "C1", "figure": "£12,000", "what": "for 2027-28"},
    ),
    Entry(
        "E-CONS-018",
        NOTE,
        "The marks or reasons for {answers} are not those that the panel saw when it agreed.",
        "Make the moderation workbook again (evaluator moderate): it carries over what was agreed and marks these "
        "rows. Let the panel look at them again and say yes there, or correct the agreed mark, with its reason.",
        ENERGY_SOLUTIONS,
        {"answers": "B012 on C1"},
    ),
    Entry(
        "E-CONS-019",
        NOTE,
        "Reasons of {who} are shorter than {least} characters or longer than {most:,}: {answers}.",
        "Read them: a reason must say what in the answer earns the agreed mark. Ask the panel for a fuller one if not.",
        example={"who": "the panel", "least": 40, "most": 2000, "answers": "B012 C1"},
    ),
    Entry(
        "E-CONS-017",
        NOTE,
        "{what} is not filled in on the sheet {sheet}.",
        "Write it into this cell, so that the record says who agreed these marks and when.",
        example={"what": "Date", "sheet": "Consensus advice"},
    ),
)
