"""Notes for the moderator about reasons, in words. They never change a mark."""

from evaluator.records.findings.authorities import LANCASHIRE, NEWHAM, WOODS
from evaluator.records.findings.entry import NOTE, Entry

DISCUSS = "Ask {evaluator} what in the answer of {bid} to {question} earns {mark}, and agree a reason that says it."
EXAMPLE = {"evaluator": "E03", "bid": "B012", "question": "C1", "mark": "3"}

ENTRIES = (
    Entry(
        "E-REASON-001",
        NOTE,
        "The reason of {evaluator} for {mark} mostly repeats the scale's descriptors: {phrase}.",
        DISCUSS,
        WOODS,
        EXAMPLE | {"phrase": "7 of its 9 runs of 3 words"},
    ),
    Entry(
        "E-REASON-002",
        NOTE,
        "The reason of {evaluator} stands word for word also at {phrase}.",
        DISCUSS,
        example=EXAMPLE | {"phrase": "B044 C1 (E03)"},
    ),
    Entry(
        "E-REASON-003",
        NOTE,
        "The reason of {evaluator} compares with, or names, another bid or bidder: “{phrase}”.",
        "Have {bid} marked against the published criteria alone. " + DISCUSS,
        LANCASHIRE,
        EXAMPLE | {"phrase": "stronger than the other bids"},
    ),
    Entry(
        "E-REASON-004",
        NOTE,
        "The reason of {evaluator}, on a question of quality, mentions price: “{phrase}”.",
        "Price is scored by its own published method. " + DISCUSS,
        example=EXAMPLE | {"phrase": "expensive"},
    ),
    Entry(
        "E-REASON-005",
        NOTE,
        "The reason of {evaluator} seems to rest on what is not in the bid: “{phrase}”.",
        "Only what is in {bid} counts. " + DISCUSS,
        example=EXAMPLE | {"phrase": "we know them"},
    ),
    Entry(
        "E-REASON-006",
        NOTE,
        "The reason of {evaluator} does not go with the mark {mark}: “{phrase}”.",
        DISCUSS,
        example=EXAMPLE | {"phrase": "no evidence", "mark": "5"},
    ),
    Entry(
        "E-REASON-007",
        NOTE,
        "The reason of {evaluator} has no word of meaning in common with the question: “{phrase}”.",
        "See whether it speaks of a matter that no published question asks. " + DISCUSS,
        NEWHAM,
        EXAMPLE | {"phrase": "A nice team with a logo"},
    ),
)
