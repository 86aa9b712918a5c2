"""Findings about what criteria say in words: what earns a mark, who passes, which weight, which side of a figure."""

from evaluator.records.findings.authorities import (
    ASSESSED,
    BROMCOM,
    CLEAR,
    GATE,
    IMPORTANCE,
    MEARS,
    NEWHAM,
    OPTIMA,
)
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry

WEIGHTS = (
    Entry(
        "E-CRIT-117",
        DECIDE,
        'The question {question} speaks of "{word}": a preference or deduction that no published weight holds.',
        "Take it out, or publish it: as a question of its own with its weight, or as a minimum mark.",
        MEARS,
        example={"question": "Q2", "word": "particular weight"},
    ),
)
SCALE = (
    Entry(
        "E-CRIT-209",
        DECIDE,
        "Only words of degree tell the mark {mark} from the mark {other}: two people would not give the same.",
        "Say in each what is there and what is missing, so that an answer fits one of them.",
        CLEAR,
        example={"mark": "4", "other": "3"},
    ),
    Entry(
        "E-CRIT-210",
        NOTE,
        'The descriptor of the mark {mark} rests on the word "{word}", with nothing that one could count or look '
        "for{also}.",
        "Name how many of which parts are there, or what is missing.",
        CLEAR,
        example={"mark": "3", "word": "adequate", "also": ""},
    ),
    Entry(
        "E-CRIT-211",
        DECIDE,
        'The mark {mark} is for an answer that "{word}", and {highest} is the highest: full compliance earns less.',
        "Give the highest mark to what meets everything that was asked, or say what more must be there.",
        NEWHAM,
        example={"mark": "3", "word": "fully meets", "highest": "5"},
    ),
    Entry(
        "E-CRIT-713",
        DECIDE,
        'A good answer to {question} must be "{word}", and nothing says by how much or in what.',
        "Say what must be there to earn the highest mark, so that a bidder can give it.",
        NEWHAM,
        example={"question": "Q2", "word": "exceeds"},
    ),
)
GATES = (
    Entry(
        "E-CRIT-306",
        BLOCKS,
        "At exactly {figure} {what} and {other} fall apart: one takes it as enough, the other does not.",
        "Say the same in both places; the other is in {where}.",
        GATE,
        example={
            "figure": "50%",
            "what": "the gate quality",
            "other": "the gate standard",
            "where": "programme.toml gate[1].predicate",
        },
    ),
    Entry(
        "E-CRIT-307",
        DECIDE,
        'Failing the gate {gate} ends with "{word}", and nobody hears the bidder or decides.',
        "Say in on_failure who hears the bidder, and who decides with reasons; a trivial breach is then asked about.",
        OPTIMA,
        example={"gate": "insurance", "word": "automatically"},
    ),
    Entry(
        "E-CRIT-308",
        DECIDE,
        'The gate {gate} rests on what somebody thinks: "{word}".',
        "Say what passes, so that any two people who look at the same papers agree.",
        CLEAR,
        example={"gate": "insurance", "word": "to the satisfaction of"},
    ),
)
PROCEDURE = (
    Entry(
        "E-CRIT-514",
        NOTE,
        "The tie-break has one step, {entry}: bids that are equal in it too are left to people.",
        "Publish a second step, or say who decides and how.",
        ASSESSED,
        example={"entry": "quality"},
    ),
    Entry(
        "E-CRIT-516",
        BLOCKS,
        'The words about moderation speak of "{word}": averages give marks that nobody gave and no reason explains.',
        "Say that the panel agrees one mark on the scale, with its reason; averages are not offered.",
        BROMCOM,
        example={"word": "average"},
    ),
    Entry(
        "E-CRIT-517",
        NOTE,
        "One person's mark decides each answer, and nobody moderates it.",
        "Publish moderation by consensus of two or more, or record why one evaluator is enough for this programme.",
        BROMCOM,
    ),
    Entry(
        "E-CRIT-518",
        DECIDE,
        "Every step of the tie-break is passed over in {theme}, which scores none of those questions.",
        "Add a step that holds in every theme, such as quality or lower_price.",
        ASSESSED,
        example={"theme": "digital"},
    ),
)
WORDING = (
    Entry(
        "E-CRIT-714",
        BLOCKS,
        'The words of {what} are not finished: "{word}".',
        "Write what is meant before this is published.",
        CLEAR,
        example={"what": "the gate insurance", "word": "to be confirmed"},
    ),
    Entry(
        "E-CRIT-715",
        DECIDE,
        'The question {question} asks about "{word}", and price is scored by its method as well: one thing, twice.',
        "Take the price out of the question, or do not score it by a method.",
        IMPORTANCE,
        example={"question": "Q2", "word": "value for money"},
    ),
)
ENTRIES = WEIGHTS + SCALE + GATES + PROCEDURE + WORDING
