"""Checks at the boundary: on which side of a published figure does exactly that figure fall, wherever it is told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from evaluator.publication.checks.prose.phrases import SMALL_WORDS, sentences, stems
from evaluator.publication.checks.wording.figures_in_words import texts
from evaluator.publication.locations import (
    PROGRAMME,
    in_theme,
    numbered,
    price_policies,
    programme,
)
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.criteria import Criteria

# With "at least 50" and "less than 50" exactly 50 belongs to those above; with "more than" and "at most" to those
# below. A "not" before any of these turns round who passes, and leaves 50 on its side.
ABOVE = (
    "at least|at minimum|minimum of|minimum|less than|lower than|fewer than|smaller than|below|under|from|reach(?:es)?|"
    "(?:greater|more|higher) than or equal to|equal to or (?:greater|more|higher) than|≥|>=|<"
)
BELOW = (
    "at most|maximum of|maximum|more than|greater than|higher than|over|above|exceed(?:s|ing)?|in excess of|"
    "up to(?: and including)?|(?:less|lower|fewer) than or equal to|equal to or (?:less|lower|fewer) than|≤|<=|>"
)
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
NUMBER = rf"((?<![0-9])(?<![0-9],)[0-9]++(?:,[0-9]{{3}})*(?:\.[0-9]++)?|\b(?:{'|'.join(NUMBERS)}))(?![^\W0-9]*+[0-9])"
SPACE = r"\s{0,9}"  # two runs without an end beside each other would take the square of their length
FIGURE = rf"(?:a |an )?(£?){SPACE}{NUMBER}(?:{SPACE}(%|per ?cent|million\b|m\b|k\b|thousand\b))?"
AFTER = (
    r"(?:\s+\w+)?\s+(?:or|and(?!\s+\w+\s+(?:is|are|does|do|will)\b))\s+"  # "60 is enough and less is not" ends before
)
MORE, LESS = "more|above|over|higher|greater|better|upwards", "less|below|under|lower|fewer"
BEFORE_IT = re.compile(rf"(?i)(?<![\w])(?:({ABOVE})|({BELOW})){SPACE}{FIGURE}(\s+[a-z]+)?")
AFTER_IT = re.compile(rf"(?i){FIGURE}(\s+[a-z]+)??{AFTER}(?:({MORE})|({LESS}))\b(?!\s+than)")
PART = rf"{NUMBER}(?:\s+(?:points?|marks?))?{SPACE}(?:\bout of\b|\bof\b|/){SPACE}(?:the\s+|all\s+)?{NUMBER}"
PART_BEFORE_IT = re.compile(rf"(?i)(?<![\w])(?:({ABOVE})|({BELOW})){SPACE}{PART}")
PART_AFTER_IT = re.compile(rf"(?i){PART}{AFTER}(?:({MORE})|({LESS}))\b(?!\s+than)")
FIGURED = re.compile(rf"(?i)[0-9]|\b(?:{'|'.join(NUMBERS)})")  # without any there is no boundary
TIMES = {"m": 10**6, "million": 10**6, "k": 1000, "thousand": 1000}
NO_UNIT = SMALL_WORDS | {"", "point", "points", "mark", "marks", "out", "pass", "passes", "fail", "fails", "score"}
GENERIC = stems(
    "pass fail failed passes bidder bidders organisation council authority must will score scores more less least most "
    "than under over above below minimum maximum per cent otherwise any every each year years bid bids points"
)


@dataclass(frozen=True)
class Claim:
    """A figure with its unit, whether exactly this much belongs to those above it, and what the sentence is about."""

    figure: Decimal
    unit: str
    above: bool
    about: frozenset[str]

    def contradicts(self, other: "Claim") -> bool:
        """Whether two claims put exactly the same figure on different sides."""
        return (self.figure, self.unit) == (other.figure, other.unit) and self.above != other.above

    @property
    def text(self) -> str:
        """The figure as people write it."""
        number = f"{self.figure:,}".rstrip("0").rstrip(".") if self.figure % 1 else f"{int(self.figure):,}"
        return f"£{number}" if self.unit == "£" else f"{number}{self.unit}" if self.unit == "%" else number


@lru_cache(4096)
def claims(text: str) -> tuple[Claim, ...]:
    """Find every figure that a text makes a boundary.

    >>> [(one.text, one.above) for one in claims("At least 50%; more than £2m; three or more members; up to 40.")]
    [('50%', True), ('£2,000,000', False), ('3', True), ('40', False)]
    """
    return tuple(claim for sentence in sentences(text) for claim in _in(sentence))


def _in(sentence: str) -> Iterator[Claim]:
    if not FIGURED.search(sentence):
        return
    about = stems(sentence) - GENERIC
    for above, _, currency, number, scale, noun in BEFORE_IT.findall(sentence):
        yield _claim(currency, number, scale, noun, about, above=bool(above))
    for currency, number, scale, noun, more, _ in AFTER_IT.findall(sentence):
        yield _claim(currency, number, scale, noun, about, above=bool(more))
    for above, _, part, whole in PART_BEFORE_IT.findall(sentence):
        yield from _part(part, whole, about, above=bool(above))
    for part, whole, more, _ in PART_AFTER_IT.findall(sentence):
        yield from _part(part, whole, about, above=bool(more))


def _part(part: str, whole: str, about: frozenset[str], *, above: bool) -> Iterator[Claim]:
    """Give the percentage that "40 of 80" comes to."""
    of, all_ = _number(part), _number(whole)
    if 0 < of <= all_:
        yield Claim((100 * of / all_).normalize() + 0, "%", above, about)


def _claim(currency: str, number: str, scale: str, noun: str, about: frozenset[str], *, above: bool) -> Claim:
    figure = _number(number) * TIMES.get(scale.lower(), 1)
    percent = scale == "%" or scale.lower().startswith("per")
    unit = "£" if currency else "%" if percent else noun.strip().lower()
    return Claim(figure.normalize() + 0, "" if unit in NO_UNIT else unit, above, about)


def _number(text: str) -> Decimal:
    digits = text.lower().replace(",", "")
    return Decimal(NUMBERS.get(digits, digits))


def gates_agree_with_themselves(criteria: Criteria) -> Iterator[Finding]:
    """Find gates of which one part lets a figure pass and another does not."""
    for place, gate in numbered(PROGRAMME, "gate", criteria.gate):
        torn = _torn(claims(_words(gate)))
        if torn:
            yield finding("E-CRIT-305", place.key("predicate"), gate=gate.id, figure=torn)


def _words(gate: Gate) -> str:
    return f"{gate.title}. {gate.question} {gate.predicate} {gate.on_failure}"


def _torn(found: tuple[Claim, ...]) -> str:
    return min((one.text for one, other in combinations(found, 2) if one.contradicts(other)), default="")


def places_agree_at_the_boundary(criteria: Criteria) -> Iterator[Finding]:
    """Find two places that tell of one figure, and fall apart on whether exactly that figure is enough."""
    told = [(place, what, claim) for place, what, text in texts(criteria) for claim in claims(text)]
    seen: set[Source] = set()
    for number, (place, what, claim) in enumerate(told):
        for earlier, other, first in told[:number]:
            if (
                what != other
                and place not in seen
                and claim.contradicts(first)
                and _same_matter(what, other, claim, first)
            ):
                seen.add(place)
                yield finding("E-CRIT-306", place, what=what, other=other, figure=claim.text, where=earlier)


def _same_matter(what: str, other: str, one: Claim, two: Claim) -> bool:
    """Whether two sentences are about one thing: gates by one word that carries meaning, all else by two."""
    gates = what.startswith("the gate") and other.startswith("the gate")
    if "what is said of the price" in (what, other) and one.unit == "£":
        return False  # from where on a price earns nothing, and what can be paid, are two matters
    return len(one.about & two.about) >= (1 if gates else 2)


def words_agree_with_the_rules(criteria: Criteria) -> Iterator[Finding]:
    """Find words that put a published minimum on the other side than the rule does that is applied."""
    for place, what, text in texts(criteria):
        for claim in claims(text):
            for rule, where, about in _rules(criteria):
                if claim.contradicts(rule) and claim.about & about:
                    yield finding("E-CRIT-306", place, what=what, other=str(where), figure=claim.text, where=where)


def _rules(criteria: Criteria) -> Iterator[tuple[Claim, Source, frozenset[str]]]:
    """Give the boundaries that the engine applies, and the words that tell that a sentence is about them."""
    for theme in criteria.themes:
        if theme.minimum_quality is not None:
            claim = Claim(theme.minimum_quality.normalize() + 0, "%", above=True, about=frozenset())
            yield claim, in_theme(theme, "minimum_quality"), stems("quality")
    if criteria.allocation and criteria.allocation.minimum_score is not None:
        claim = Claim(criteria.allocation.minimum_score.normalize() + 0, "", above=True, about=frozenset())
        yield claim, programme("allocation.minimum_score"), stems("total totals funded")
    for place, policy, _ in price_policies(criteria):
        for key, words in (("below_mean", "mean average"), ("below_next", "next")):
            share = getattr(policy, key)
            if share is not None:
                yield Claim(share.normalize() + 0, "%", above=False, about=frozenset()), place.key(key), stems(words)
