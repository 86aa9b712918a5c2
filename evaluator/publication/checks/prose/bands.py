"""Scales told in words: bands of marks with gaps or overlaps, and marks that are left to "and so on"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise

from evaluator.publication.checks.prose.claims import exact
from evaluator.publication.checks.prose.told import Told
from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding

NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,2})?"
BAND = re.compile(
    rf"(?<![\w£.,/])(?P<low>{NUMBER})\s?(?P<per>%?)\s?(?:[-–—]|to|and)\s?(?P<high>{NUMBER})\s?"
    r"(?P<cent>%|per cent)?(?![\w/])"
)
SINGLE = re.compile(
    rf"(?:^|[;:,.(]\s?|\bor\s|\band\s|marks? of\s|scores? of\s)(?P<one>{NUMBER})\s?%?(?=\s?(?:[:=–-]|[a-z]))"
)
OTHER_UNIT = re.compile(
    r"(?i)^\W{0,2}(?:years?|months?|weeks?|days?|hours?|minutes?|people|pages?|words?|am|pm|o'clock|miles?|sessions?|"
    r"of (?:the )?(?:act|regulations|paper)|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)\b"
)
NAMED = re.compile(
    r"(?i)(?:\b(?:sections?|ss?|regs?|regulations?|paragraphs?|paras?|pages?|questions?|aged?|ages|"
    r"clauses?|items?|act)\s"
    r"|£)$"
)
GRADES = re.compile(
    r"(?i)\b(?:poor|weak|fair|good|excellent|strong|satisfactory|unsatisfactory|limited|partial|adequate|outstanding|"
    r"unacceptable|acceptable|inadequate|low|medium|high|very good|basic|thin|full|none|no answer|concerns?)\b"
)
AND_SO_ON = re.compile(
    r"(?i)\band so (?:on|forth)\b|\betc\b|\bet cetera\b|\bpro[- ]rata\b|\blikewise (?:for|with)\b|"
    r"\bby the same token\b|\bin the same way (?:for|up)\b|\bsimilarly (?:for|with)\b|\band accordingly\b"
)


@dataclass(frozen=True)
class Band:
    """Marks from one to another, both included, as a text has them; ``share`` where they are percentages."""

    low: Fraction
    high: Fraction
    share: bool
    words: str


def scales_in_words(everything: Sequence[Told]) -> Iterator[Finding]:
    """Find bands of marks that leave a mark out or share one, and marks of which nothing is said but "and so on"."""
    for _, told in groupby(everything, key=lambda one: (one.place, one.declared)):
        sentences = list(told)
        yield from _open(sentences)
        yield from _torn(sentences)


def _open(sentences: Sequence[Told]) -> Iterator[Finding]:
    for told in sentences:
        found = AND_SO_ON.search(told.sentence.text)
        if found and not told.declared and (_of_the_scale(told) or _bands(told.sentence.text)):
            yield finding(
                "E-CRIT-975", told.place, what=told.what, sentence=told.quoted, word=" ".join(found.group().split())
            )


def _of_the_scale(told: Told) -> bool:
    return told.room == "ScaleMark" or (
        told.room == "Scale" and bool(told.sentence.figures or told.sentence.has("mark"))
    )


def _torn(sentences: Sequence[Told]) -> Iterator[Finding]:
    first = sentences[0]
    text = " ".join(one.sentence.text for one in sentences)
    bands = _bands(text)
    if len(bands) < 2 or not (first.room == "Scale" or len(GRADES.findall(text)) > 1):
        return
    marks = _marks(first, bands)
    singles = {Fraction(one["one"]) for one in SINGLE.finditer(text)}
    left = [mark for mark in marks if mark not in singles and not any(one.low <= mark <= one.high for one in bands)]
    facts = {"what": first.what, "bands": short_listing([one.words for one in bands])}
    if left:
        words = short_listing([exact(mark) for mark in left])
        yield finding("E-CRIT-976", first.place, **facts, problem=f"belongs to none of them: {words}")
    for lower, higher in pairwise(bands):
        if higher.low <= lower.high:
            problem = f"belongs to two of them: {exact(higher.low)}"
            yield finding("E-CRIT-976", first.place, **facts, problem=problem)
            return


def _marks(told: Told, bands: Sequence[Band]) -> list[Fraction]:
    """Give the marks between the lowest band and the highest: those of the scale, or whole percentages."""
    if bands[0].share:
        return [Fraction(n) for n in range(int(bands[0].low), int(bands[-1].high) + 1)]
    listed = {Fraction(mark) for mark in told.criteria.scale.marks if Fraction(mark) >= bands[0].low}
    if bands[-1].high > max(told.criteria.scale.marks):  # the bands are of another scale, of whole marks
        listed |= {Fraction(n) for n in range(int(bands[0].low), int(bands[-1].high) + 1)}
    return sorted(listed)


def _bands(text: str) -> list[Band]:
    """Give the bands of a text in rising order, where they follow each other up or down; none where they do not.

    >>> [one.words for one in _bands("0-3 poor, 5-7 good, 8 to 10 excellent")]
    ['0-3', '5-7', '8 to 10']
    >>> _bands("Open 9-5 for people aged 16-25 in 2026-27, sections 12-14.")
    []
    """
    found = [
        Band(low, high, bool(one["per"] or one["cent"]), " ".join(one.group().split()))
        for one in BAND.finditer(text)
        if (low := Fraction(Decimal(one["low"]))) < (high := Fraction(Decimal(one["high"]))) <= 100
        and not OTHER_UNIT.match(text[one.end() :])
        and not NAMED.search(text[: one.start()])
    ]
    found = list({(one.low, one.high): one for one in found}.values())  # a band that is told again is one
    rising = sorted(found, key=lambda one: (one.low, one.high))
    in_order = found in (rising, rising[::-1]) and len({one.share for one in found}) == 1
    return rising if len(found) > 1 and in_order else []
