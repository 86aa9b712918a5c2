"""Findings about the kinds of gates, and about figures that decide an award and must be verified, in words."""

from evaluator.records.findings.authorities import (
    CONDITIONS,
    DISQUALIFY,
    EXCLUSION,
    GATE,
    MEASURED,
    PROPORTIONATE,
    RESERVED,
)
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
        "No gate asks about grounds of exclusion, associated persons, sub-contractors or the debarment list{also}.",
        "Take those that apply from criteria/library/exclusions.toml; they do not ask what the central platform holds.",
        EXCLUSION,
        example={"also": "; nor do the criteria say the procedure"},
        workbook="Take those that apply from what “evaluator criteria library exclusions” lists; they do not ask what "
        "the central platform holds.",
    ),
    Entry(
        "E-CRIT-331",
        DECIDE,
        "What bids say of {column} decides an award ({by}), and no way is published in which it is verified.",
        "Publish [[verification]] with column, counts, evidence, checked_by and before, or let nothing rest on it.",
        MEASURED,
        example={"column": "people", "by": "the price for each person"},
        workbook="Fill in a row of the part “Verification of figures that decide” (sheet Gates), or let nothing rest "
        "on the column.",
    ),
    Entry(
        "E-CRIT-332",
        BLOCKS,
        "The verification of {column} leaves {keys} empty.",
        "Say what counts, which evidence shows it, and who checks that.",
        MEASURED,
        example={"column": "people", "keys": "counts and evidence"},
    ),
    Entry(
        "E-CRIT-333",
        BLOCKS,
        "The verification of {column} stands there twice.",
        "Keep one of the two.",
        MEASURED,
        example={"column": "people"},
    ),
    Entry(
        "E-CRIT-334",
        NOTE,
        "The verification of {column} is published, and no price, rule or objective rests on that column.",
        "Take it out, if bidders need not be asked for evidence of it.",
        PROPORTIONATE,
        example={"column": "groups"},
    ),
    Entry(
        "E-CRIT-335",
        DECIDE,
        "The rule {rule} keeps {kept}, and above the threshold the law gives no power to do so.",
        "Take it out: a smaller organisation is helped by lots, by time and by what is asked; a need, by a criterion.",
        RESERVED,
        example={"rule": "S1", "kept": "part of the money for small organisations"},
    ),
    Entry(
        "E-CRIT-336",
        NOTE,
        "The rule {rule} keeps {kept}.",
        "Be sure that it is a reservation that there is, was decided before tenders are invited, and is in the notice.",
        RESERVED,
        example={"rule": "S1", "kept": "part of the money for small organisations"},
    ),
)
