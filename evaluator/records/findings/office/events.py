"""Findings about corrections, withdrawals and other events of a programme, in words."""

from evaluator.records.findings.authorities import CONFLICTS, PUBLISHED, TREATMENT
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

UNDO = "A wrong event is undone by another row, in the sheet Undone or by `evaluator event undo`; no row is deleted."
ENTRIES = (
    Entry(
        "E-EVENT-001",
        BLOCKS,
        "This {what} about {subject} does not say {lacks}.",
        "Fill it in: an event counts only with who recorded it, when and why.",
        example={"what": "withdrawal", "subject": "B012", "lacks": "“Recorded by” and “Date”"},
    ),
    Entry(
        "E-EVENT-002",
        BLOCKS,
        "The event's id {event} stands in another row as well ({other}), so that nobody could say which was undone.",
        "Give one of the two another id, such as the next number.",
        example={"event": '"W1"', "other": "events.xlsx Withdrawals!3"},
    ),
    Entry(
        "E-EVENT-003",
        BLOCKS,
        "The event {event} is undone here, and no event has that id.",
        "Type the id that stands in the first column of the event's row; give that row one where it has none.",
        example={"event": '"W9"'},
    ),
    Entry(
        "E-EVENT-004",
        BLOCKS,
        "This event is about {shown}, which is not {named}.{hint}",
        "Correct the id in this cell.",
        example={"shown": '"B 012"', "named": "a bid in the register", "hint": " Did you mean B012?"},
    ),
    Entry(
        "E-EVENT-005",
        BLOCKS,
        "This correction of {column} of bid {bid} says that {old} stood there; {stands} stands in {place}. Nothing was "
        "corrected.",
        "See what was received, and write here what stands there. Where it was corrected before, the last right value "
        "is what this one replaces.",
        example={
            "bid": "B012",
            "column": "price",
            "old": '"120,000"',
            "stands": '"102000"',
            "place": "register.xlsx Bids!F14",
        },
    ),
    Entry(
        "E-EVENT-006",
        BLOCKS,
        "{shown} is no column of the register that a correction of bid {bid} can change, and no question.{hint}",
        "Name the column as the register's heading does, or a question by its id. A bid's id and theme are not "
        "corrected: withdraw the bid, or have the register sent again.",
        example={"shown": '"pric"', "bid": "B012", "hint": " Did you mean price?"},
    ),
    Entry(
        "E-EVENT-007",
        BLOCKS,
        "The same happened to {subject} already ({other}).",
        UNDO,
        example={"subject": "B012", "other": "events.xlsx Withdrawals!3"},
    ),
    Entry(
        "E-EVENT-008",
        BLOCKS,
        "{successor}, who is to take over from {evaluator}, has left as well.",
        "Name an evaluator who is still there, or leave the cell empty if nobody takes over.",
        example={"evaluator": "E03", "successor": "E03"},
    ),
    Entry(
        "E-EVENT-009",
        BLOCKS,
        "{successor} is not on the panel and has no name here.{hint}",
        "Give the name of who takes over in the cell beside, and have their interests declared in declarations.xlsx.",
        CONFLICTS,
        {"successor": "E09", "hint": " Did you mean E08?"},
    ),
    Entry(
        "E-EVENT-010",
        NOTE,
        "Bid {bid} was withdrawn on {date}, after the day on which the award was to be decided, {decision}.",
        "If the award was decided already, this is a refusal of it and not a withdrawal: undo this event, and record "
        "what follows from the refusal where the award is recorded.",
        example={"bid": "B012", "date": "12 March 2027", "decision": "1 March 2027"},
    ),
    Entry(
        "E-EVENT-011",
        BLOCKS,
        "The lot {theme} was abandoned, and rule {rule} asks {asks}. The criteria do not say what becomes of it.",
        "Take advice. Publish a version of the criteria that says what holds without the lot, or undo the event.",
        PUBLISHED,
        {"theme": "advice", "rule": "T1", "asks": "at least 2 of the lot"},
    ),
    Entry(
        "E-EVENT-012",
        DECIDE,
        "{evaluator} left because of a conflict and is recused from nothing, so that their marks still count.",
        "Declare the recusal in declarations.xlsx, sheet Interests, and decide on the marks there are (matter "
        "late_recusal). If there was no conflict, undo this event and record it again without.",
        CONFLICTS,
        {"evaluator": "E03"},
    ),
    Entry(
        "E-EVENT-013",
        DECIDE,
        "{column} of bid {bid} decides an award, and was corrected from {old} to {new} on {date}, after bids came in.",
        "Decide whether that mends an evident slip and treats all bidders alike. Record it in decisions.xlsx: "
        "bid {bid}, matter correction, subject {column}, decision admit or disregard; or undo the correction.",
        TREATMENT,
        {"bid": "B012", "column": "price", "old": '"102000"', "new": '"120000"', "date": "12 March 2027"},
    ),
    Entry(
        "E-EVENT-014",
        DECIDE,
        "The question {question} (about {about}) has no answer, or no day on which it was answered.",
        "Answer it, and write down the answer, the day and whom it was sent to; or say in the last column what was "
        "decided about it.",
        TREATMENT,
        {"question": "“May partners be added later?”", "about": "all"},
    ),
    Entry(
        "E-EVENT-015",
        DECIDE,
        "The answer to {question} bears on all bidders, and {number} of them are not among those it was sent to: "
        "{missing}.",
        "Send it to them if that can still serve, and write “all” here; or say in the last column what was decided.",
        TREATMENT,
        {"question": "“May partners be added later?”", "missing": "O31 and O44", "number": 2},
    ),
    Entry(
        "E-EVENT-016",
        BLOCKS,
        "{shown} (about {subject}) is neither yes nor no.",
        "Type yes or no into this cell, or leave it empty for no.",
        example={"shown": '"perhaps"', "subject": "E03"},
    ),
    Entry(
        "E-EVENT-017",
        NOTE,
        "The question {question}, which bears on all bidders, was {what}: on {day}, where the published day is {last}.",
        "Keep on record why it was taken all the same, and see that no bidder was the worse for it.",
        TREATMENT,
        {
            "question": "“May partners be added later?”",
            "what": "answered after tenders closed",
            "day": "2 March 2027",
            "last": "26 February 2027",
        },
    ),
    Entry(
        "E-EVENT-018",
        NOTE,
        "The lot {theme} was abandoned, and nothing is awarded in it. {money}",
        "Tell its bidders.{notice}",
        example={
            "theme": "advice",
            "money": "It has no budget of its own, and the programme’s budget stays as published for the bids of the "
            "other lots.",
            "notice": " Procurement termination notice, where it is decided not to award: as soon as reasonably "
            "practicable (Procurement Act 2023 s.55).",
        },
    ),
    Entry(
        "E-EVENT-019",
        NOTE,
        "The answer of bid {bid} to {question} was corrected on {date}.",
        "Show it to whoever marked it, and to the panel. A mark that changes is sent in again, with its reason.",
        TREATMENT,
        {"bid": "B012", "question": "C1", "date": "12 March 2027"},
    ),
    Entry(
        "E-EVENT-020",
        BLOCKS,
        "This {what} about {subject} is dated {day}, before {before}.",
        "Write the day on which it happened. An event that a command recorded is undone and recorded again.",
        example={
            "what": "correction",
            "subject": "B012",
            "day": "1 March 2025",
            "before": "the bid came, 20 February 2027",
        },
    ),
    Entry(
        "E-EVENT-021",
        NOTE,
        "The event {event} was undone already ({other}).",
        "Nothing needs to be done: it counts as undone once.",
        example={"event": '"W1"', "other": "events.xlsx Undone!5"},
    ),
)
