"""Findings about people's decisions, and about the matters that wait for one, in words."""

from evaluator.records.findings.authorities import READ
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

GATES = "EnergySolutions v NDA [2016] EWHC 1988 (TCC): thresholds of gates were fudged (read)"
LOW = (
    "Procurement Act 2023 s.19: an abnormally low tender may be disregarded only after the supplier was told and heard "
    "(from a secondary summary); PCR 2015 reg.69 (from memory, to be confirmed)"
)
DISREGARD = "Procurement Act 2023 s.19 (from a secondary summary); PCR 2015 reg.84(1): reasons are reported (read)"

ACT = "Procurement Act 2023"
MUST = f"{ACT} s.19(3)(a): whoever does not satisfy the conditions of participation must be disregarded {READ}"
CLARIFIED = f"{ACT} s.22(7)-(9): conditions may be met through an associated supplier {READ}"
HEARD = f"{ACT} s.58: representations and evidence before a supplier is excluded {READ}"
RECURS = f"{ACT} s.57: a ground excludes where its circumstances continue or are likely to recur {READ}"
REPLACED = f"{ACT} ss.26 and 28: an associated person or sub-contractor may be replaced first {READ}"
NOTIFIED = f"{ACT} s.59: the Minister is notified within 30 days, beginning with the day {READ}"
SUITABILITY = f"{ACT} s.85: below the threshold no tender is kept out by assessing suitability {READ}"
DEBARRED = f"{ACT} s.57(1)(b): whoever is on the debarment list on a mandatory ground is excluded {READ}"

ENTRIES = (
    Entry(
        "E-GATE-003",
        DECIDE,
        "The bid {bid} failed the gate {gate}, and no person has decided what follows from it.",
        "Ask the bidder for clarification where the criteria say so, then record the decision in decisions.xlsx: bid "
        "{bid}, matter failed_gate, subject {id}, decision {words}, with reason, ground, person and date.",
        GATES,
        {"bid": "B012", "gate": "Safeguarding", "id": "safeguarding", "words": "admit or disregard"},
    ),
    Entry(
        "E-PRICE-006",
        DECIDE,
        "The price of bid {bid}, {price}{unit}, is {why}: the criteria call that abnormally low.",
        "Ask the bidder to explain it and consider the reply, then record the decision in decisions.xlsx: bid {bid}, "
        "matter low_price, decision admit or disregard, with reason, ground, person, date, bidder heard.",
        LOW,
        {
            "bid": "B012",
            "price": "£40,000",
            "unit": "",
            "why": "more than 40% below the mean of 12 bids, £98,400",
        },
    ),
    Entry(
        "E-DEC-001",
        BLOCKS,
        "This decision is about {shown}, which is not a bid in the register.{hint}",
        "Correct the bid's id in this cell.",
        example={"shown": '"B 012"', "hint": " Did you mean B012?"},
    ),
    Entry(
        "E-DEC-002",
        BLOCKS,
        "The decision on bid {bid} is {shown}, which is none of the words for its matter.",
        "Type {words} into this cell, as the person decided.",
        example={"bid": "B012", "shown": '"accept"', "words": "admit or disregard"},
    ),
    Entry(
        "E-DEC-003",
        BLOCKS,
        "The decision to {decision} bid {bid} ({matter}) has no reason.",
        "Ask the person who decided for the reason, and write it into this cell.",
        DISREGARD,
        {"decision": "admit", "bid": "B012", "matter": "failed gate"},
    ),
    Entry(
        "E-DEC-004",
        BLOCKS,
        "The decision to {decision} bid {bid} ({matter}) does not say who made it.",
        "Type the name and office of the person who decided into this cell.",
        example={"decision": "admit", "bid": "B012", "matter": "failed gate"},
    ),
    Entry(
        "E-DEC-005",
        BLOCKS,
        "The decision to {decision} bid {bid} ({matter}) has no date.",
        "Type the day of the decision into this cell.",
        example={"decision": "admit", "bid": "B012", "matter": "failed gate"},
    ),
    Entry(
        "E-DEC-006",
        BLOCKS,
        "The decision to {decision} bid {bid} ({matter}) names no ground.",
        "Write the published term or the provision on which the bid is disregarded into this cell.",
        DISREGARD,
        {"decision": "disregard", "bid": "B012", "matter": "failed gate"},
    ),
    Entry(
        "E-DEC-007",
        BLOCKS,
        "There are two decisions on bid {bid} ({matter}) that say different things; the other is in row {other}.",
        "Keep the decision that stands and delete the other; the council's own file keeps both.",
        example={"bid": "B012", "matter": "failed gate", "other": 4},
    ),
    Entry(
        "E-DEC-008",
        NOTE,
        "Bid {bid} was admitted in spite of the gate {gate}, but the register does not show that it failed it.",
        "Compare the register with the bid; delete the decision if there was nothing to decide.",
        example={"bid": "B012", "gate": "Safeguarding"},
    ),
    Entry(
        "E-DEC-009",
        BLOCKS,
        "Bid {bid} was disregarded for the gate {gate}, but the register does not show that it failed it.",
        "Compare the register with the bid, and correct the answer to the gate or delete this decision.",
        GATES,
        {"bid": "B012", "gate": "Safeguarding"},
    ),
    Entry(
        "E-DEC-010",
        BLOCKS,
        "The decision to {decision} bid {bid} does not say on which matter.",
        "Type failed_gate, low_price, late, breach or other into this cell.",
        example={"decision": "admit", "bid": "B012"},
    ),
    Entry(
        "E-DEC-011",
        BLOCKS,
        "This decision on bid {bid} is about the gate {shown}, which the criteria do not have.",
        "Type the id of the gate that was failed into this cell; the gates are {gates}.",
        example={"bid": "B012", "shown": '"safegarding"', "gates": "finance and safeguarding"},
    ),
    Entry(
        "E-DEC-012",
        BLOCKS,
        "Bid {bid} was disregarded for its low price, and nothing says that the bidder was heard.",
        "Write when the bidder was told and what it answered into this cell; if it was not, tell it and decide again.",
        LOW,
        {"bid": "B012"},
    ),
    Entry(
        "E-DEC-013",
        BLOCKS,
        "Bid {bid} was admitted though the register shows that it failed {gate}: {why}, and nobody can admit it.",
        "Type {words} into this cell, as the person decided.",
        f"{MUST}; {GATES}",
        {
            "bid": "B012",
            "gate": "Safeguarding",
            "why": "whoever does not satisfy a condition of participation must be disregarded",
            "words": "met, not_met or register_wrong",
        },
    ),
    Entry(
        "E-DEC-014",
        BLOCKS,
        "Bid {bid} is said to have met {gate} on clarification, and nothing says what it was asked and answered.",
        "Write when the bidder was asked and what it answered into this cell; if it was not asked, ask it first.",
        CLARIFIED,
        {"bid": "B012", "gate": "Safeguarding"},
    ),
    Entry(
        "E-DEC-015",
        NOTE,
        "Bid {bid} met {gate} on clarification, and the column for evidence says nothing of what was seen.",
        "Name the document or fact there, and the supplier through whom it is met, if that is not the bidder.",
        CLARIFIED,
        {"bid": "B012", "gate": "Safeguarding"},
    ),
    Entry(
        "E-DEC-016",
        BLOCKS,
        "The bidder of {bid} was excluded on the ground {gate}, and nothing says that it was heard.",
        "Write when it could make representations, and what it said, into this cell; if it could not, hear it first.",
        HEARD,
        {"bid": "B012", "gate": "Insolvency"},
    ),
    Entry(
        "E-DEC-017",
        BLOCKS,
        "The decision {decision} on bid {bid} ({gate}) rests on whether circumstances continue or are likely to recur, "
        "and {said}.",
        "Write yes or no into this column, as the person found after hearing the bidder, or correct the decision.",
        RECURS,
        {"bid": "B012", "gate": "Insolvency", "decision": "excluded", "said": "nothing says so"},
    ),
    Entry(
        "E-DEC-018",
        NOTE,
        "The bidder of {bid} was excluded for {associate}, whom it could have replaced.",
        "Be sure that it was told and given a reasonable opportunity to name another, and say so in what was heard.",
        REPLACED,
        {"bid": "B012", "associate": "Bow Builders Ltd"},
    ),
    Entry(
        "E-DEC-019",
        NOTE,
        "The exclusion of the bidder of {bid} on {date} is to be notified by {last}, and nothing says that it was.",
        "Notify it where the ground is one that must be (all but Schedule 6, paragraph 43), and write down the day.",
        NOTIFIED,
        {"bid": "B012", "date": "12 November 2026", "last": "11 December 2026"},
    ),
    Entry(
        "E-DEC-020",
        NOTE,
        "Bid {bid} was disregarded for the condition {gate}, below the threshold.",
        "Have it looked at: below the threshold no tender may be kept out by who the supplier is, save for works.",
        SUITABILITY,
        {"bid": "B012", "gate": "Safeguarding"},
    ),
    Entry(
        "E-DEC-021",
        DECIDE,
        "Bid {bid} is not excluded though its supplier stands on the debarment list: {gate}.",
        "Look whether the entry is on a mandatory ground: then it is excluded; else say in ground that it is not.",
        DEBARRED,
        {"bid": "B012", "gate": "Debarment list"},
    ),
)
