"""Findings about files that are received and filed, in words."""

from evaluator.records.findings.authorities import TREATMENT
from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

ON_RECORD = "To keep it on record although nothing reads it, say --as paper."
ENTRIES = (
    Entry(
        "E-RECEIVE-001",
        BLOCKS,
        "This file is none of the papers that are known here, by its sheets and headings. Nothing was filed.",
        "If it is a register or marks in somebody else's layout, bring it in with evaluator import. If it is one of "
        "ours, say which with --as: {kinds}. " + ON_RECORD,
        example={"kinds": "register, bid, return, moderation"},
    ),
    Entry(
        "E-RECEIVE-002",
        BLOCKS,
        "This file could be {kinds}. Nothing was filed.",
        "Say which it is with --as: {names}.",
        example={"kinds": "an evaluator's marks or the agreed marks", "names": "moderation or return"},
    ),
    Entry(
        "E-RECEIVE-003",
        BLOCKS,
        "{what} came already{when}; this one {differs}. Nothing was filed.",
        "Say --replace to let this one take its place, or --keep to let the earlier one count{more}. Both files are "
        "kept either way, and the ledger says which counts.",
        example={
            "what": "An evaluator's marks (E01)",
            "when": " on 1 December 2026, called “E01.xlsx”",
            "differs": "differs in 3 marks",
            "more": "",
        },
    ),
    Entry(
        "E-RECEIVE-004",
        BLOCKS,
        "This return does not say whose it is in a way that a file can be named by: its evaluator is {shown}.",
        "Write the evaluator's id, as the panel has it, into cell B3 of the sheet Evaluator, and receive it again.",
        example={"shown": "“E/3”"},
    ),
    Entry(
        "E-RECEIVE-005",
        BLOCKS,
        "This file ends as {found} by what is in it; {what} must come as {wanted}.",
        "Ask for it again, saved as {wanted}; or say with --as what it is instead. " + ON_RECORD,
        example={"what": "a bid on the bid form", "found": ".csv", "wanted": ".xlsx"},
    ),
    Entry(
        "E-RECEIVE-006",
        BLOCKS,
        "The criteria of this programme cannot be read yet, so that {what} cannot be held against them.",
        "Mend the criteria first: evaluator check PROGRAMME. " + ON_RECORD,
        example={"what": "the register of bids"},
    ),
    Entry(
        "E-RECEIVE-007",
        BLOCKS,
        "{what} cannot be filed beside {other}: both would say the same of each bid, and nobody could tell which "
        "counts. Nothing was filed.",
        "Keep one: undo the other with evaluator receive PROGRAMME --undo FINGERPRINT --reason WHY. " + ON_RECORD,
        example={"what": "A bid on the bid form", "other": "the register of bids"},
    ),
    Entry(
        "E-RECEIVE-008",
        BLOCKS,
        "What lies in {place} is not what was received: it was changed there, and no receipt says so.",
        "If the changed file should count, receive it: evaluator receive PROGRAMME PROGRAMME/{place} --replace. To put "
        "the received one back, say --replace here; the changed one is kept too.",
        example={"place": "bids/moderation.xlsx"},
    ),
    Entry(
        "E-RECEIVE-009",
        BLOCKS,
        "The file changed while it was being received. Nothing was filed.",
        "Close it in other programs and receive it again.",
    ),
    Entry(
        "E-RECEIVE-010",
        BLOCKS,
        "This bid form is not as it was received {when}: somebody changed it afterwards.",
        "Put the received form back by receiving it once more with --replace, and record what has to be corrected as a "
        "correction, with its reason; or, if the bidder sent this form, receive it with --replace.",
        TREATMENT,
        {"when": "at 14:05 on 1 December 2026"},
    ),
    Entry(
        "E-RECEIVE-011",
        NOTE,
        "This file is not as it was received {when}: it was changed afterwards in the folder.",
        "Nothing need be done where that was meant; receive it again with --replace, so that the ledger has it.",
        example={"when": "at 14:05 on 1 December 2026"},
    ),
)
