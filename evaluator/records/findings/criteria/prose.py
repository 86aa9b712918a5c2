"""Findings about what prose says beside the published values: other figures, and who may do what with the outcome."""

from evaluator.records.findings.authorities import (
    ASSESSED,
    BROMCOM,
    CLEAR,
    DISQUALIFY,
    ENERGY_SOLUTIONS,
    GATE,
    IMPORTANCE,
    LOTS,
    MEARS,
    NEWHAM,
    PUBLISHED,
    TREATMENT,
)
from evaluator.records.findings.entry import BLOCKS, DECIDE, NOTE, Entry
from evaluator.records.findings.finding import Severity

READINGS = "{what} says “{sentence}” Read there: {subject}, {said}. Published under {key}, and applied: {published}."
NOTHING = (
    "{what} says “{sentence}” Read there: {subject}, {said}. {key} does not publish it, so that nothing applies it."
)
CORRECT = "Take the figure out of the words or by its name in braces, or correct one of the two."
PUBLISH = "Publish it under {key}, take the words out, or declare them under facts if they state no rule."


def _entry(code: str, severity: Severity, words: str, remedy: str, authority: str, **facts: object) -> Entry:
    example = {
        "what": "The question Q1",
        "sentence": "This answer carries 30 points.",
        "subject": "a weight",
        "said": "30",
    }
    example |= {"published": "40", "key": "weights"}
    said = {name: fact for name, fact in (example | facts).items() if f"{{{name}}}" in words + remedy}
    return Entry(code, severity, words, remedy, authority, example=said)


FIGURES = (
    _entry("E-CRIT-118", BLOCKS, READINGS, CORRECT, IMPORTANCE),
    _entry("E-CRIT-515", BLOCKS, READINGS, CORRECT, ASSESSED, subject="decimal places", key="rounding.places"),
    _entry(
        "E-CRIT-519", BLOCKS, READINGS, CORRECT, DISQUALIFY, subject="the least share of quality", key="minimum_quality"
    ),
    _entry("E-CRIT-520", DECIDE, NOTHING, PUBLISH, MEARS, subject="a minimum mark", key="minimum_marks"),
    _entry(
        "E-CRIT-618",
        DECIDE,
        NOTHING,
        PUBLISH,
        LOTS,
        subject="awards of one organisation",
        key="a rule organisation_awards",
    ),
    _entry("E-CRIT-902", BLOCKS, READINGS, CORRECT, DISQUALIFY, subject="a minimum mark"),
    _entry("E-CRIT-903", DECIDE, NOTHING, PUBLISH, DISQUALIFY, subject="a minimum mark", key="minimum_marks"),
    _entry("E-CRIT-904", BLOCKS, READINGS, CORRECT, CLEAR, subject="the highest mark"),
    _entry("E-CRIT-905", BLOCKS, READINGS, CORRECT, ASSESSED, subject="which price is scored", key="price.basis"),
    _entry("E-CRIT-907", BLOCKS, READINGS, CORRECT, ASSESSED, subject="which way is rounded", key="rounding.mode"),
    _entry("E-CRIT-908", BLOCKS, READINGS, CORRECT, ASSESSED, subject="what decides between equals"),
    _entry("E-CRIT-910", BLOCKS, READINGS, CORRECT, ASSESSED, subject="words for an answer", key="word_limit"),
    _entry("E-CRIT-911", DECIDE, NOTHING, PUBLISH, ASSESSED, subject="the money", key="limit of the budget"),
)
WORDS = (
    _entry(
        "E-CRIT-901",
        DECIDE,
        "{what} says “{sentence}”, which gives parts of an answer shares of its mark ({said}); an answer has "
        "one mark, and no share is applied.",
        "Make each part a question with its own weight, or take the shares out.",
        MEARS,
        said="50 + 30 + 10",
    ),
    _entry(
        "E-CRIT-906",
        DECIDE,
        "{what} says “{sentence}”: prices {said} cannot be compared with one another.",
        "Say in one place whether prices are with VAT or without it.",
        CLEAR,
        said="with VAT or without",
    ),
    _entry(
        "E-CRIT-909",
        DECIDE,
        "{what} says “{sentence}”: between equals it would be decided by {said}; published is {published}, "
        "and after it they are a tie.",
        "Publish what is meant in tie_break.order (or draw_seed for a draw among sets of awards), or take "
        "the words out.",
        ASSESSED,
        said="the higher quality; then lots or a casting vote",
        published="quality, then lower price",
    ),
    _entry(
        "E-CRIT-915",
        BLOCKS,
        "{what} says “{sentence}”, that is {said}; {key} says {published}.",
        "Say the same in both places.",
        CLEAR,
        said="with VAT",
        published="without VAT",
        key="programme.toml price.source",
    ),
)


def _statement(code: str, words: str, remedy: str, authority: str, sentence: str) -> Entry:
    return Entry(
        code,
        DECIDE,
        "{what} says “{sentence}”: " + words,
        remedy,
        authority,
        example={"what": "What is said of moderation", "sentence": sentence},
    )


TITLES = (
    Entry(
        "E-CRIT-932",
        BLOCKS,
        "It is called “{title}”, and {table} has a column of that name: nobody could tell the two apart.",
        "Give it a title of its own, such as “Governing document”.",
        CLEAR,
        example={"title": "Organisation", "table": "the register"},
    ),
)
UNEXPLAINED = (
    Entry(
        "E-CRIT-935",
        DECIDE,
        "{what} says “{sentence}”: no value that is applied says so ({words}). Applied is: {applied}.",
        "Publish it under the key that it belongs to, say in source only where the rule was decided, or "
        "declare the words under facts.",
        ASSESSED,
        example={
            "what": "What is said of rounding",
            "sentence": "Scores go to 3 places.",
            "words": "3",
            "applied": "places 2, mode half up, point parts",
        },
    ),
    Entry(
        "E-CRIT-982",
        BLOCKS,
        "{what} says “{sentence}” Read there: {said}. Applied is: {applied}.",
        "Correct the sentence or the value; say in source only where the rule was decided.",
        ASSESSED,
        example={
            "what": "What is said of rounding",
            "sentence": "We round the totals before ranking.",
            "said": "the total is rounded",
            "applied": "places 2, mode half up, point parts",
        },
    ),
    Entry(
        "E-CRIT-936",
        NOTE,
        "{what} says “{sentence}”: whether that is what is applied, a person has to see ({words}). Applied is: "
        "{applied}.",
        "Leave out what the engine says itself, from the values: say in source only where the rule was decided. "
        "Declare what is no rule under facts, with the reason.",
        ASSESSED,
        example={
            "what": "What is said of moderation",
            "sentence": "The panel meets in the town hall.",
            "words": "town, hall",
            "applied": "method consensus, least evaluators 2",
        },
    ),
)
OF_THE_CONTEST = (
    Entry(
        "E-CRIT-980",
        DECIDE,
        "{what} says “{sentence}”: it tells {about}, and no published value says so.",
        "Publish it under the key that it belongs to, leave it out, or declare the words under facts if they "
        "are no rule.",
        ASSESSED,
        example={
            "what": "The theme advice",
            "sentence": "Groups from the north will be looked on kindly.",
            "about": "who or what is preferred",
        },
    ),
    Entry(
        "E-CRIT-981",
        NOTE,
        "{what} says “{sentence}”: it speaks of bids or of those who judge them, and no published value says so.",
        "Read whether it states a rule: then publish it under its key; if it is no rule, declare it under "
        "facts or leave it.",
        ASSESSED,
        example={"what": "The theme advice", "sentence": "We go by the feel of a bid."},
    ),
)
STATEMENTS = (
    _statement(
        "E-CRIT-920",
        "marks would rest on a document that bidders do not see.",
        "Publish it with the criteria and say where it stands, or do not use it.",
        MEARS,
        "Assessors hold a checklist.",
    ),
    _statement(
        "E-CRIT-921",
        "no published question holds what is seen there, and its part in the outcome has no weight.",
        "Make it a question with its weight and scale, say that it changes no mark, or leave it out.",
        MEARS,
        "The top three are interviewed.",
    ),
    _statement(
        "E-CRIT-922",
        "a mark that the panel agreed could become another, by nobody's published rule.",
        "Let the agreed mark stand; whoever doubts one sends it back to the panel, which gives its reason.",
        ENERGY_SOLUTIONS,
        "The head of service may change any mark.",
    ),
    _statement(
        "E-CRIT-923",
        "what bids are judged by could change once they are known.",
        "Take it out: until bids are invited a new version says what changes; after that nothing does.",
        PUBLISHED,
        "Weights can be adjusted.",
    ),
    _statement(
        "E-CRIT-924",
        "the outcome could be another than the published rules work out.",
        "Say which rule of award does it, or that the award is what the rules give, or none at all.",
        TREATMENT,
        "Cabinet may make other awards.",
    ),
    _statement(
        "E-CRIT-925",
        "it rests on what somebody thinks or wishes, and nothing says when.",
        "Say exactly when it is so, so that any two people who look at the same papers agree.",
        CLEAR,
        "What counts is for the council to say.",
    ),
    _statement(
        "E-CRIT-926",
        "something that no scored question asks for would count.",
        "Ask for it in a question with its weight, or say that it is not used.",
        NEWHAM,
        "References are reflected in the marks.",
    ),
    _statement(
        "E-CRIT-927",
        "nothing there says what becomes of a bid that fails.",
        "Say it in on_failure itself: who hears the bidder, who decides, and what follows.",
        GATE,
        "See section 4.",
    ),
    _statement(
        "E-CRIT-928",
        "no rule says how such a bid is scored, or which of two is awarded.",
        "Publish a rule of the kind variants, or say that only one bid for the whole is taken.",
        TREATMENT,
        "Variant bids are welcome.",
    ),
    _statement(
        "E-CRIT-929",
        "what bids were scored on could change after they were opened.",
        "Score the bids as they came; what has to be made clear is asked in writing and changes no price.",
        TREATMENT,
        "Prices are negotiated.",
    ),
    _statement(
        "E-CRIT-930",
        "a condition is met or it is not; what is only wished for keeps nobody out.",
        "Make it a condition that can be checked, or a question with its weight, or take it out.",
        CLEAR,
        "Ideally the bidder has two years of accounts.",
    ),
    _statement(
        "E-CRIT-933",
        "a mark would come about otherwise than by the published moderation.",
        "Say that the panel agrees one mark of the scale, with its reason; a panel that cannot meets again.",
        BROMCOM,
        "If they disagree, the chair decides.",
    ),
)
ENTRIES = (*FIGURES, *WORDS, *TITLES, *UNEXPLAINED, *OF_THE_CONTEST, *STATEMENTS)
