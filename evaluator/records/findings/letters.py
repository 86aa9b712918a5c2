"""Findings about letters to bidders, in words."""

from evaluator.records.findings.authorities import LANCASHIRE, SUMMARY
from evaluator.records.findings.entry import BLOCKS, NOTE, Entry

ENTRIES = (
    Entry(
        "E-LETTER-001",
        BLOCKS,
        "The mark for {bid} on {question} has no reason, so its letter cannot say why it is not higher.",
        "Have the panel write the reason into this cell, evaluate again, and make the letters from the new bundle.",
        SUMMARY,
        {"bid": "B012", "question": "C1"},
    ),
    Entry(
        "E-LETTER-002",
        BLOCKS,
        "{bid} gets no award, and nothing says why.",
        "Evaluate again up to the awards, and make the letters from the new bundle.",
        SUMMARY,
        {"bid": "B012"},
    ),
    Entry(
        "N-LETTER-001",
        NOTE,
        "The reason for {bid} on {question} says little more than the scale's own words for the mark {mark}.",
        "Look at the answer again and say what in it earned the mark, and what was missing for a higher one.",
        LANCASHIRE,
        {"bid": "B012", "question": "C1", "mark": "3"},
    ),
    Entry(
        "N-LETTER-002",
        NOTE,
        "The words on {bid} ({question}) name another bidder or bid: {found}.",
        "A letter says nothing of other bids. Have these words looked at before the letter goes out.",
        LANCASHIRE,
        {"bid": "B012", "question": "C1", "found": "B017"},
    ),
    Entry(
        "N-LETTER-003",
        NOTE,
        "The reason for {bid} on {question} holds a sum of money: {found}.",
        "Make sure that it is this bidder's own and says nothing of another's price, before the letter goes out.",
        example={"bid": "B012", "question": "C1", "found": "£42,000"},
    ),
    Entry(
        "N-LETTER-004",
        NOTE,
        "The reason for {bid} on {question} seems to hold personal data: {found}.",
        "Have people's addresses and telephone numbers taken out before the letter goes out.",
        example={"bid": "B012", "question": "C1", "found": "a.person@example.org"},
    ),
    Entry(
        "N-LETTER-006",
        NOTE,
        "The words on {bid} ({question}) hold a figure that is another bid's score: {found}.",
        "A letter says nothing of other bids. Have these words looked at before the letter goes out.",
        LANCASHIRE,
        {"bid": "B012", "question": "C1", "found": "71.35"},
    ),
    Entry(
        "N-LETTER-005",
        NOTE,
        "The reasons and decisions on {bids:,} of the bids name evaluators: {found}. The letters say “an evaluator”.",
        "The agreed mark is the panel's. Read a few of these reasons as they now stand, before the letters go out.",
        example={"bids": 12, "found": "E03, E07"},
    ),
)
