"""Findings about choices after the ranks, sums of awards, draws and arrivals between equal bids, in words."""

from evaluator.records.findings.authorities import ASSESSED, PUBLISHED, TREATMENT
from evaluator.records.findings.entry import BLOCKS, DECIDE, Entry

ENTRIES = (
    Entry(
        "E-DEC-040",
        BLOCKS,
        "The decision on {bid} is on {what}, and the criteria give nobody that.",
        "Take the row out. What was not published before bids came in cannot be decided by now.",
        PUBLISHED,
        {"bid": "B012", "what": "a final choice"},
    ),
    Entry(
        "E-DEC-041",
        BLOCKS,
        "The choice about {bid} rests on {shown}, which is none of the grounds that were published.{hint}",
        "Type one of {grounds} into this cell, if the choice was made on it; else take the choice back.",
        PUBLISHED,
        {"bid": "B012", "shown": '"balance"', "hint": "", "grounds": "spread, need"},
    ),
    Entry(
        "E-DEC-042",
        BLOCKS,
        "The sum that was set for {bid}, {shown}, {why}.",
        "Type the sum in pounds that the panel set, such as 4500; whoever set it decides on another.",
        PUBLISHED,
        {"bid": "B012", "shown": '"6000"', "why": "is more than the £5,000 that the bid asks"},
    ),
    Entry(
        "E-DEC-043",
        BLOCKS,
        "{what} stands here otherwise than in row {other}.",
        "Take out the row that does not hold.",
        example={"what": "The sum for B012", "other": 4},
    ),
    Entry(
        "E-DEC-044",
        BLOCKS,
        "This row on {bid} does not record what the published draw came to: {draw}.",
        "Type what was drawn as the subject, just as the source publishes it, and all as the bid: it is one draw.",
        ASSESSED,
        {"bid": "all", "draw": "the main numbers of the lottery of 3 March 2027, in rising order"},
    ),
    Entry(
        "E-DEC-045",
        DECIDE,
        "Between equal bids decides a draw, and nobody has recorded what it came to: {draw}.",
        "Record it in decisions.xlsx: bid all, matter draw, subject what was drawn, decision drawn, with reason (where "
        "it can be seen), ground, person and date.",
        ASSESSED,
        {"draw": "the main numbers of the lottery of 3 March 2027, in rising order"},
    ),
    Entry(
        "E-DEC-050",
        BLOCKS,
        "When {bid} came is given as {shown}; the day and time of every bid decides between equal bids.",
        "Type the day and time of arrival as the receipt has it, such as 2027-02-26 11:58.",
        TREATMENT,
        {"bid": "B012", "shown": "an empty cell"},
    ),
)
