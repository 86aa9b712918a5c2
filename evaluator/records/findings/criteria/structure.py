"""Findings about what stands in two places, and about scales whose marks are not each described, in words."""

from evaluator.records.findings.authorities import CLEAR, DISQUALIFY
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

TWO_PLACES = (
    "{what} says “{sentence}”, which makes {subject} {said}; {where} ({place}) says “{quoted}”, which makes it {other}"
)
TWICE = {
    "what": "the theme advice",
    "sentence": "Bids under 50 points are not funded.",
    "subject": "the least total",
    "key": "allocation.minimum_score",
    "said": "50",
    "where": "the programme",
    "place": "programme.toml source",
    "quoted": "Bids need 60 points.",
    "other": "60",
}
COVER = {
    "subject": "public liability cover",
    "sentence": "Public liability cover of £5,000,000 is needed.",
    "said": "£5,000,000",
    "where": "the gate insurance",
    "place": "programme.toml gate[1].predicate",
    "quoted": "Pass: public liability cover of £2,000,000.",
    "other": "£2,000,000",
}
ENTRIES = (
    Entry(
        "E-CRIT-973",
        BLOCKS,
        TWO_PLACES + ". Nothing that is published decides between them.",
        "Publish the one that is meant under {key}, and take it by its name in both places.",
        CLEAR,
        example=TWICE,
    ),
    Entry(
        "E-CRIT-974",
        DECIDE,
        TWO_PLACES + ".",
        "Say the same in both places, or say in one of them what the other is about.",
        CLEAR,
        example=TWICE | COVER,
    ),
)
