"""Findings about the kinds of gates, and about figures that decide an award and must be verified, in words."""

from evaluator.records.findings.authorities import CONDITIONS, DISQUALIFY, EXCLUSION, GATE
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

ENTRIES = (
    Entry(
        "E-CRIT-311",
        DECIDE,
        "The gate {gate} does not say of what kind it is, and what follows from failing it depends on that.",
        'Write kind = "participation" (may this supplier take part?), "procedural" (was it made as it had to be?), '
        '"minimum" (is what is offered enough?) or "exclusion" (does a ground of exclusion apply?).',
        GATE,
        example={"gate": "insurance"},
    ),
    Entry(
        "E-CRIT-312",
        BLOCKS,
        "The gate {gate} {problem}.",
        'Write ground = "mandatory", "discretionary" or "debarment" on each gate of kind exclusion, and on no other.',
        EXCLUSION,
        example={"gate": "insolvency", "problem": "is an exclusion and does not say on what ground"},
    ),
    Entry(
        "E-CRIT-313",
        DECIDE,
        "The gate {gate} keeps bids out by who the supplier is, in a procurement below the threshold.",
        "Ask it as a question that counts towards the award, or take it out; for works from £207,720 it may stay.",
        CONDITIONS,
        example={"gate": "insurance"},
    ),
    Entry(
        "E-CRIT-314",
        DECIDE,
        'The gate {gate} speaks of "{word}": whoever does not meet it {must}, and nobody can let the bid stay.',
        "Say how the bidder may show that it is met, by when and through whom, and what follows if it is not.",
        GATE,
        example={"gate": "insurance", "word": "admitted", "must": "must be disregarded"},
    ),
    Entry(
        "E-CRIT-315",
        DECIDE,
        "The gate {gate} is a published minimum and does not say that failing it disqualifies the bid.",
        "Say so in on_failure: the criteria must say whether failing a criterion would disqualify a tender.",
        DISQUALIFY,
        example={"gate": "opening_hours"},
    ),
    Entry(
        "E-CRIT-316",
        NOTE,
        "No gate asks about grounds of exclusion, associated persons, sub-contractors or the debarment list.",
        "Take those that apply from criteria/library/exclusions.toml; they do not ask what the central platform holds.",
        EXCLUSION,
    ),
)
