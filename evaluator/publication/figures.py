"""Figures in an author's prose: numbers, money, percentages and dates, but for those of references and of lists.

A reference to a law, a document, a page or a paragraph is no figure about anything that criteria decide, and neither is
the number of a point in a list or an id such as C8.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from evaluator.records.dates import MONTHS, read_day
from evaluator.records.english import spelt_out
from evaluator.records.programme.by_name import IN_BRACES
from evaluator.records.programme.texts import Text

Kind = Literal["money", "percent", "date", "time", "year", "number"]
MONTH = "|".join(MONTHS)
POINT = r"(?:\([0-9a-zA-Z]{1,4}\))+"
NUMBERS = rf"[0-9]+(?:[.:][0-9]+)*(?:{POINT})?(?![-–/0-9])"
NAMED = (
    r"sections?|ss?\.|regulations?|regs?\.|schedules?|paragraphs?|paras?\.?|articles?|chapters?|items?|parts?|clauses?|"
    r"appendix|appendices|annex|paper|report|discussion|schemes?|themes?|tables?|figures?|pages?|lines?|guidance|itt|"
    r"invitation to tender|volume|notes?|policy|minute|rules?|lots?"
)
REFERENCES = re.compile(
    rf"(?i:\b(?:{NAMED})),?\s*{NUMBERS}(?:(?:,| and| to| or|;){{1,2}}\s+(?:{NUMBERS}|{POINT}))*"  # section 22(1)
    r"|\b(?:Acts?|Regulations|Order|Rules|Census|Code|Charter|Almanac|Plan|Strategy)\s+(?:of\s+)?[12][0-9]{3}\b"
    r"|\[[12][0-9]{3}\]\s+[A-Z]\w*(?:\s+[A-Z]\w*)*\s+[0-9]+(?:\s+\([A-Z][\w ]*\))?"  # [2008] EWHC 1583 (QB)
    r"|\b[A-Z]{2,}(?:[ /-][A-Z]+)*[ -]?[0-9]+(?:[-:.][0-9]+)*\b"  # E-CRIT-704, BS 5839, THCC-2027
    r"|(?<=\()[0-9]{1,2}(?=\))|(?m:^)\s*[0-9]{1,2}[.)](?=\s)"  # points of a list
    r"|\b[A-Za-z]+[0-9][\w-]*"  # ids
)
FIGURES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "date",
        re.compile(
            rf"\b[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:{MONTH})(?:\s+[12][0-9]{{3}})?\b|\b[12][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}\b"
        ),
    ),
    ("year", re.compile(r"\b[12][0-9]{3}[-/–][0-9]{2}(?:[0-9]{2})?\b")),
    ("time", re.compile(r"\b[0-2]?[0-9]:[0-5][0-9]\b|\b[0-9]{1,2}(?:[.:][0-5][0-9])?\s?[ap]m\b")),
    ("money", re.compile(r"£\s?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?:\s?(?:million|thousand|m|k)\b)?")),
    ("percent", re.compile(r"\b[0-9]+(?:\.[0-9]+)?\s?(?:%|per ?cent\b)")),
    ("number", re.compile(r"\b[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?\b")),
)
SIZES = {"million": 1_000_000, "m": 1_000_000, "thousand": 1_000, "k": 1_000}
UNTOLD = {"zero", "one", "a"}  # words for numbers that are mostly no figures


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: from where to where it stands, of which kind it is, and its value, a day as 2026-12-01."""

    start: int
    end: int
    kind: Kind
    value: Decimal | str


def figures_in(text: str) -> Iterator[Figure]:
    """Give the figures of a text in order.

    >>> [one.value for one in figures_in("3 members, £2.6 million by 2 October 2026, as section 22(1) says")]
    [Decimal('3'), Decimal('2600000.0'), '2026-10-02']
    >>> [(one.kind, str(one.value)) for one in figures_in("(1) half of the four parts of C8, or 40 %")]
    [('number', '4'), ('percent', '40')]
    """
    yield from sorted(_figures(text), key=lambda one: one.start)


def figures_of(text: Text, words: str) -> list[Figure]:
    """Give the figures of what a text says in its own words, without those of when and where its rule was decided.

    Parameters
    ----------
    words : the text as it is written, or as it is to be; what stands in braces is taken by its name.
    """
    if text.key == "source" and re.fullmatch(r"[0-9.()]*", words.strip()):
        return []  # the number of a paragraph alone
    named = [found.span() for found in IN_BRACES.finditer(words)]
    own = [one for one in figures_in(words) if not any(start <= one.start < end for start, end in named)]
    return [one for one in own if text.key != "source" or not _is_when(one)]


def unaccounted(text: Text, words: str) -> list[Figure]:
    """Give the figures of a text that it neither takes by their names nor declares to be facts."""
    declared = [(found.start(), found.end()) for fact in text.facts for found in _found(fact.text, words)]
    return [
        one
        for one in figures_of(text, words)
        if not any(start <= one.start and one.end <= end for start, end in declared)
    ]


def _found(fact: str, words: str) -> Iterator[re.Match[str]]:
    """Find a fact's words in a text, whatever the space between them."""
    return re.finditer(r"\s+".join(map(re.escape, fact.split())), words)


def _is_when(figure: Figure) -> bool:
    """Whether it is a day, a year or a paragraph: of a document, where it stands in a source."""
    if figure.kind != "number" or isinstance(figure.value, str):
        return figure.kind in ("date", "year")
    return 1900 <= figure.value <= 2100 or figure.value != figure.value.to_integral_value()


def _figures(text: str) -> Iterator[Figure]:
    taken = [found.span() for found in REFERENCES.finditer(text)]
    for kind, pattern in FIGURES:
        for found in pattern.finditer(text):
            if all(found.end() <= start or end <= found.start() for start, end in taken):
                taken.append(found.span())
                yield Figure(*found.span(), kind, _value(kind, found[0]))
    at, plain = 0, text.casefold()
    for words, value in spelt_out(text):
        at = plain.index(words.casefold(), at)
        if words.casefold() not in UNTOLD and all(at + len(words) <= start or end <= at for start, end in taken):
            yield Figure(at, at + len(words), "number", Decimal(value))
        at += len(words)


def _value(kind: Kind, words: str) -> Decimal | str:
    if kind in ("year", "time"):
        return words
    if kind == "date":
        return read_day(re.sub(r"(?<=[0-9])(?:st|nd|rd|th)\b", "", words)) or words
    number = Decimal(re.sub(r"[^0-9.]", "", words).rstrip("."))
    size = re.search(r"(million|thousand|[mk])$", words)
    return number * SIZES[size[1]] if kind == "money" and size else number
