"""The words of headings: which say what stands below them, and which say that it is worked out from the rest."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from evaluator.files.read.imports.names import BESIDE, CONNECTED, WORDS, Dimension
from evaluator.files.read.tables.guard import quoted

Role = Literal["mark", "reason", "aside", "bid", "question", "evaluator", "theme"]
OUT_OF = re.compile(r"(?:out of|max(?:imum)?(?: of)?|/|0 ?[-–] ?) ?[0-9]+", re.I)
WHO = (
    r"(?:(?:raw|individual|initial|quality|question|bid|your|evaluator|reviewer|assessor|marker|judge|review)"
    r"(?:['’]?s)? )?"
)
MARKED = r"scor(?:e|es|ing)|marks?|ratings?|grade|vote"
SAID = (
    r"comments?|reasons?|rationales?|justifications?|narratives?|feedback|explanations?|evidence|notes?|remarks?|"
    r"strengths? (?:and|&|/) weaknesses"
)
NUMBERS_ROWS = re.compile(r"(?:no|nr|#|s/?no?|ser(?:ial)?(?: no)?|item(?: no)?|row(?: no)?|line(?: no)?)\.?", re.I)
# What people say of themselves is shown to nobody, whatever the file holds it for.
OF_PEOPLE = re.compile(r"ethnic|\brac(?:e|ial)|disab|religi|belief|\bsex|gender|pregnan|marital|\bage\b|health", re.I)
# Worked out from the marks, agreed afterwards, or about the question: no evaluator's own mark.
ASIDE = re.compile(
    r"\b(?:sub-?totals?|totals?|tot|sum|averages?|avg|mean|median|weight(?:ed|ing|age|s)?|rank(?:ing)?|position|"
    r"max(?:imum)?|min(?:imum)?|available|percentage|percent|overall|moderated|moderation|consensus|agreed|final|"
    r"variance|range|spread|difference|st ?dev|count|pass mark|threshold|result|quality score|word (?:limit|count)|"
    r"points available|out of)\b|%",
    re.I,
)
ADDED = r"(?:grand |sub-?)?(?:totals?|averages?|avg|mean|sum)(?: scores?| marks?| points)?"
TOTAL_OF = re.compile(rf"{ADDED}(?: of| for|:| [-–—])? (.+)|(.+?)(?:'s|’s)?(?: [-–—])? {ADDED}", re.I)
REASON = re.compile(
    rf"(?:{WHO}(?:{SAID})(?:(?: for| on|/|,| and| &)? ?(?:the |this )?(?:{MARKED}|{SAID}))?|(?:{MARKED}) (?:{SAID}))",
    re.I,
)
MARK = re.compile(rf"{WHO}(?:{MARKED}|points?)(?: (?:given|awarded))?", re.I)
DIMENSIONS: Mapping[Dimension, re.Pattern[str]] = {
    "evaluator": re.compile(
        rf"(?:{WORDS['evaluator']})s?{CONNECTED}|(?:scored|marked|reviewed|assessed|evaluated) by", re.I
    ),
    "question": re.compile(rf"(?:quality |evaluation |award |scored )?(?:{WORDS['question']})s?{CONNECTED}", re.I),
    "theme": re.compile(rf"(?:{WORDS['theme']})s?{CONNECTED}", re.I),
    "bid": re.compile(
        rf"(?:name of )?(?:the )?(?:{WORDS['bid']}|company)s?{CONNECTED}|bid ?/ ?(?:bidder|organi[sz]ation)", re.I
    ),
}
AT_END = re.compile(rf"(.+?)(?:[\s\-–—:|/(]+)((?:{WHO})(?:{SAID}|{MARKED}))\)?", re.I)
AT_START = re.compile(rf"((?:{SAID}|{MARKED}))(?: (?:for|of|on|by))?[\s\-–—:|/(]+(.+?)\)?", re.I)


def role_of(text: str) -> Role | None:
    """Say what a heading says of itself.

    >>> [role_of(text) for text in ("Score (out of 5)", "Reason for score", "Weighted score", "Supplier name", "Q1")]
    ['mark', 'reason', 'aside', 'bid', None]
    """
    if text.startswith("="):
        return None  # a formula
    said = " ".join(OUT_OF.sub(" ", text).split()).strip(" :*?")
    bare = " ".join(BESIDE.sub(" ", said).replace("(", " ").replace(")", " ").split()).strip(" :*?-–")
    if not bare:
        return "aside" if ASIDE.search(said) else None
    if REASON.fullmatch(bare):
        return "reason"
    if ASIDE.search(bare):
        return "aside"
    if MARK.fullmatch(bare):
        return "mark"
    return next((role for role, words in DIMENSIONS.items() if words.fullmatch(bare)), None)


def says_total(text: str) -> bool:
    """Whether the label of a row says that it adds the others up, or says something of the columns.

    >>> [says_total(text) for text in ("Total", "Grand total:", "Weighting", "Maximum Impact Trust")]
    [True, True, True, False]
    """
    bare = re.sub(
        rf"\b(?:{MARKED}|points?|of|for|all|the|grand|bid(?:der)?s?|lots?|questions?)\b|[^\w%]|[0-9]",
        " ",
        ASIDE.sub(" ", text),
        flags=re.I,
    )
    return bool(ASIDE.search(text)) and not bare.strip(" %_")


def total_of(text: str) -> str:
    """Give what a total is of, as its label says; empty where it is none of anything.

    >>> total_of("Average Lot 1 – Advice"), total_of("B1 Total"), total_of("Total for Advice"), total_of("Advice")
    ('Lot 1 – Advice', 'B1', 'Advice', '')
    """
    found = TOTAL_OF.fullmatch(text.strip(" :"))
    return (found[1] or found[2]).strip(" :-–—") if found else ""


def cells_under(heading: str, texts: Iterable[str]) -> str:
    """Quote the cells of a column that is left out; what people say of themselves is not quoted.

    >>> cells_under("Rank", ["1", "2"]), cells_under("Gender of the lead", ["x"])
    ('“1”, “2”', 'what is not shown here')
    """
    return "what is not shown here" if OF_PEOPLE.search(heading) else quoted(texts)


def with_role(text: str) -> tuple[str, Role | None]:
    """Part a heading such as ``Q1 score`` into what it names and what stands below it.

    >>> with_role("Q1 - Comments"), with_role("Score: Anna Khan"), with_role("Q1")
    (('Q1', 'reason'), ('Anna Khan', 'mark'), ('Q1', None))
    """
    bare = " ".join(OUT_OF.sub(" ", text).split())
    for form, name, role in ((AT_END, 1, 2), (AT_START, 2, 1)):
        found = form.fullmatch(bare)
        if found and role_of(found[role]) in ("mark", "reason"):
            return found[name].strip(" :-–—|/("), role_of(found[role])
    return text, None
