"""Findings about people's decisions, and about the matters that wait for one, in words."""

from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

GATES = "EnergySolutions v NDA [2016] EWHC 1988 (TCC): thresholds of gates were fudged (read)"
LOW = (
    "Procurement Act 2023 s.19: an abnormally low tender may be disregarded only after the supplier was told and heard "
    "(from a secondary summary); PCR 2015 reg.69 (from memory, to be confirmed)"
)
DISREGARD = "Procurement Act 2023 s.19 (from a secondary summary); PCR 2015 reg.84(1): reasons are reported (read)"

ENTRIES = (
    Entry(
        "E-GATE-003",
        DECIDE,
        "The bid {bid} failed the gate {gate}, and no person has decided what follows from it.",
        "Ask the bidder for clarification where the criteria say so, then record the decision in decisions.xlsx: bid "
        "{bid}, matter failed_gate, subject {id}, decision admit or disregard, with reason, ground, person and date.",
        GATES,
        {"bid": "B012", "gate": "Safeguarding", "id": "safeguarding"},
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
        "The decision on bid {bid} is {shown}, which is neither admit nor disregard.{hint}",
        "Type admit or disregard into this cell, as the person decided.",
        example={"bid": "B012", "shown": '"disregrad"', "hint": " Did you mean disregard?"},
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
        "Type failed_gate, low_price, late or other into this cell.",
        example={"decision": "admit", "bid": "B012"},
    ),
    Entry(
        "E-DEC-013",
        BLOCKS,
        "The decision on bid {bid} is on the matter {shown}, which is none of those that a person decides.{hint}",
        "Type one of {matters} into this cell.",
        example={
            "bid": "B012",
            "shown": '"low_prise"',
            "hint": " Did you mean low_price?",
            "matters": "failed_gate, low_price, late, late_recusal and other",
        },
    ),
    Entry(
        "E-DEC-011",
        BLOCKS,
        "This decision on bid {bid} is about the gate {shown}, which the criteria do not have.{hint}",
        "Type the id of the gate that was failed into this cell; the gates are {gates}.",
        example={
            "bid": "B012",
            "shown": '"safegarding"',
            "hint": " Did you mean safeguarding?",
            "gates": "finance and safeguarding",
        },
    ),
    Entry(
        "E-DEC-012",
        BLOCKS,
        "Bid {bid} was disregarded for its low price, and nothing says that the bidder was heard.",
        "Write when the bidder was told and what it answered into this cell; if it was not, tell it and decide again.",
        LOW,
        {"bid": "B012"},
    ),
)
