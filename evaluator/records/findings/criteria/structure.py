"""Findings about what stands in two places, and about scales whose marks are not each described, in words."""

from evaluator.records.findings.authorities import CLEAR, DISQUALIFY
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

TWO_PLACES = (
    "{what} says “{sentence}” Read there: {subject}, {said}. {where} ({place}) says “{quoted}” Read there: {other}."
)
TWICE = {
    "what": "The theme advice",
    "sentence": "Bids under 50 points are not funded.",
    "subject": "the least total",
    "key": "allocation.minimum_score",
    "said": "50",
    "where": "The programme",
    "place": "programme.toml source",
    "quoted": "Bids need 60 points.",
    "other": "60",
}
COVER = {
    "subject": "public liability cover",
    "sentence": "Public liability cover of £5,000,000 is needed.",
    "said": "£5,000,000",
    "where": "The gate insurance",
    "place": "programme.toml gate[1].predicate",
    "quoted": "Pass: public liability cover of £2,000,000.",
    "other": "£2,000,000",
}
ENTRIES = (
    Entry(
        "E-CRIT-973",
        BLOCKS,
        TWO_PLACES + " Nothing that is published decides between them.",
        "Publish the one that is meant under {key}, and take it by its name in both places.",
        CLEAR,
        example=TWICE,
    ),
    Entry(
        "E-CRIT-974",
        DECIDE,
        TWO_PLACES,
        "Say the same in both places, or say in one of them what the other is about.",
        CLEAR,
        example={name: fact for name, fact in (TWICE | COVER).items() if name != "key"},
    ),
    Entry(
        "E-CRIT-975",
        DECIDE,
        "{what} says “{sentence}”: nobody can read what earns the marks that “{word}” stands for.",
        "Give each mark its own words in scale.mark, or give only the marks that have words.",
        CLEAR,
        example={
            "what": "What is said of the scale",
            "sentence": "One part is worth 1, two are worth 2, and so on.",
            "word": "and so on",
        },
    ),
    Entry(
        "E-CRIT-976",
        DECIDE,
        "{what} tells bands of marks ({bands}), and a mark {problem}.",
        "Let each band begin where the one below it ends, with every mark in one of them.",
        CLEAR,
        example={
            "what": "What is said of the scale",
            "bands": "0-3 and 5-7",
            "problem": "belongs to none of them: 4",
        },
    ),
    Entry(
        "E-CRIT-977",
        DECIDE,
        "The descriptor of the mark {mark} holds an answer against another mark (“{word}”) instead of what is in it.",
        "Say what an answer with this mark has and what it lacks, so that it can be given without the others.",
        CLEAR,
        example={"mark": "4", "word": "better than a 3"},
    ),
    Entry(
        "E-CRIT-978",
        NOTE,
        "The {key} of {value} keeps nobody out: {there}. These are two minimums for one thing.",
        "Take one of the two out, or raise this one.",
        DISQUALIFY,
        example={
            "key": "minimum_quality",
            "value": "50 %",
            "there": "the minimum marks alone come to 60.0 %",
        },
    ),
)
