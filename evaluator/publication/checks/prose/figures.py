"""Figures in prose: in digits and words, as fractions, percentages, sums of money and ranges, with their comparison."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from evaluator.records import dates
from evaluator.records.english import VALUES

Kind = Literal["number", "percent", "money", "part"]
Side = Literal["exactly", "least", "most", "over", "under"]

PARTS = {
    "half": Fraction(1, 2),
    "halves": Fraction(1, 2),
    "third": Fraction(1, 3),
    "thirds": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "quarters": Fraction(1, 4),
    "fifth": Fraction(1, 5),
    "fifths": Fraction(1, 5),
    "sixth": Fraction(1, 6),
    "sixths": Fraction(1, 6),
    "eighth": Fraction(1, 8),
    "eighths": Fraction(1, 8),
    "tenth": Fraction(1, 10),
    "tenths": Fraction(1, 10),
}
SIZES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "grand": 1_000,
    "k": 1_000,
    "m": 1_000_000,
    "bn": 10**9,
    "billion": 10**9,
}
SINGLE = (("contract",), ("award",), ("lot",), ("grant",), ("provider",))
NOUGHT = frozenset({"nought", "zero", "nil"})
ARTICLES = frozenset({"a", "an", "one"})
BEGINNINGS = frozenset({"£", "single", "hundred", "thousand", "million", *VALUES, *NOUGHT, *ARTICLES, *PARTS})
PERCENT = ("%",), ("per", "cent"), ("percent",), ("percentage", "points")
BEFORE: tuple[tuple[str, Side], ...] = (
    ("at least", "least"),
    ("no less than", "least"),
    ("not less than", "least"),
    ("no fewer than", "least"),
    ("not fewer than", "least"),
    ("no lower than", "least"),
    ("not below", "least"),
    ("minimum of", "least"),
    ("minimum is", "least"),
    ("a minimum", "least"),
    ("not under", "least"),
    ("reach", "least"),
    ("reaches", "least"),
    ("at the least", "least"),
    ("no more than", "most"),
    ("not more than", "most"),
    ("more than", "over"),
    ("greater than", "over"),
    ("higher than", "over"),
    ("above", "over"),
    ("over", "over"),
    ("exceeding", "over"),
    ("exceeds", "over"),
    ("exceed", "over"),
    ("beyond", "over"),
    ("longer than", "over"),
    ("in excess of", "over"),
    ("past", "over"),
    ("up to", "most"),
    ("at most", "most"),
    ("maximum of", "most"),
    ("maximum is", "most"),
    ("limited to", "most"),
    ("limit of", "most"),
    ("limit is", "most"),
    ("no longer than", "most"),
    ("only", "most"),
    ("just", "most"),
    ("within", "most"),
    ("less than", "under"),
    ("fewer than", "under"),
    ("lower than", "under"),
    ("smaller than", "under"),
    ("below a score", "under"),
    ("below a total", "under"),
    ("under a score", "under"),
    ("under a total", "under"),
    ("below", "under"),
    ("under", "under"),
    ("short of", "under"),
)
AFTER: tuple[tuple[str, Side], ...] = (
    ("or more", "least"),
    ("or above", "least"),
    ("or over", "least"),
    ("or better", "least"),
    ("or higher", "least"),
    ("or greater", "least"),
    ("and above", "least"),
    ("and over", "least"),
    ("or fewer", "most"),
    ("or less", "most"),
    ("or below", "most"),
    ("or under", "most"),
    ("or lower", "most"),
    ("or worse", "most"),
    ("and below", "most"),
    ("at most", "most"),
    ("maximum", "most"),
    ("at the most", "most"),
    ("at least", "least"),
    ("at the least", "least"),
    ("only", "most"),
)
ENDINGS = tuple(
    (tuple(f" {phrase}{small}" for small in ("", " a", " an", " the", " of", " than", " about")), side)
    for phrase, side in BEFORE
)
DENIED: dict[Side, Side] = {"over": "most", "under": "least", "most": "over", "least": "under", "exactly": "exactly"}
# What is cited by numbers too, but is also an ordinary word.
PAPERS = frozenset(["orders", "rules", "brief", "line", "policy", "plan", "strategy", "constitution"])
REFERS = frozenset(
    [
        "section",
        "sections",
        "s",
        "ss",
        "clause",
        "paragraph",
        "para",
        "paragraphs",
        "appendix",
        "annex",
        "schedule",
        "part",
        "page",
        "pages",
        "p",
        "pp",
        "item",
        "rule",
        "regulation",
        "regulations",
        "reg",
        "article",
        "chapter",
        "question",
        "questions",
        "step",
        "stage",
        "phase",
        "lot",
        "theme",
        "tier",
        "itt",
        "guidance",
        "paper",
        "invitation",
        "version",
        "v",
        "volume",
        "prospectus",
        "guide",
        "brochure",
        "document",
        "booklet",
        "handbook",
        "leaflet",
        "pack",
        "specification",
        "report",
        "minute",
        "minutes",
        "resolution",
        "circular",
        "notice",
        "itq",
        "rfp",
        "rfq",
        "table",
        "figure",
        "note",
        "act",
        "order",
        "si",
        "ewhc",
        "ewca",
        "uksc",
        "scheme",
        "discussion",
        "zone",
        "band",
        "grade",
        "level",
        "round",
        "option",
    ]
)  # a number after one of these names something
MAY = "may."  # the month, so that it is not the verb
MONTHS = frozenset({MAY, "sept", *(form.lower() for name in dates.MONTHS for form in (name, name[:3]))}) - {"may"}
CLOCK = frozenset({"am", "pm", "noon", "o'clock"})
REACH = 3  # words between a figure and what compares it


@dataclass(frozen=True)
class Figure:
    """A figure: its value (of a percentage, in percent; of a fraction, a part of one), where it stands, its comparison.

    ``unit`` is the words that follow it, up to three; ``of`` the whole that it is given out of, as in "40 of 80".
    """

    value: Fraction
    kind: Kind
    first: int
    last: int
    side: Side = "exactly"
    unit: tuple[str, ...] = ()
    of: Fraction | None = None

    def moved(self, by: int) -> "Figure":
        """Give it as it stands in a passage that begins elsewhere."""
        return replace(self, first=self.first + by, last=self.last + by)

    def of_unit(self, *nouns: str) -> bool:
        """Whether one of these nouns is among the words that follow it."""
        return any(word.rstrip("s") in nouns or word in nouns for word in self.unit)

    @property
    def percent(self) -> Fraction:
        """The percentage that it says, where it is one or a fraction."""
        return self.value * 100 if self.kind == "part" else self.value

    @property
    def share(self) -> Fraction:
        """The percentage that it is of the whole that it is given out of: "10 of the 20 points", "half of them"."""
        return 100 * self.value / self.of if self.of else self.percent


def figures_of(words: tuple[str, ...]) -> tuple[Figure, ...]:
    """Find every figure among the words of a sentence.

    >>> [(str(one.value), one.kind, one.side) for one in figures_of(tuple("at least three fifths of £ 2.5 m".split()))]
    [('1500000', 'money', 'least')]
    """
    found: list[Figure] = []
    at = 0
    while at < len(words):
        figure = _at(words, at) if words[at] in BEGINNINGS or words[at][0].isdigit() else None
        if figure is None:
            at += 1
            continue
        if not _names_something(words, figure):
            found.append(_compared(words, figure))
        at = figure.last + 1
    return tuple(_parted(words, found))


def _names_something(words: tuple[str, ...], figure: Figure) -> bool:
    """Whether a number stands for no amount: a section, a date, a year, a time, the number of a list's entry."""
    before, after = words[max(0, figure.first - 1) : figure.first], words[figure.last + 1 : figure.last + 2]
    if figure.kind != "number":
        return False
    return (
        _is_pronoun(words, figure)
        or _is_reference(words, figure)
        or _ends_a_year(words, figure)
        or _is_numbered(before, after)
        or _is_cited(words, figure)
        or _is_paragraph(words, figure)
        or (before in (("(",), ("/",), ("[",)) and after == (")",) and figure.value < 20)
        or (bool(after) and (after[0] in MONTHS or after[0] in CLOCK))
        or (bool(before) and before[0] in MONTHS)
        or (1900 <= figure.value <= 2100 and figure.first == figure.last and "," not in words[figure.first])
    )


def _is_pronoun(words: tuple[str, ...], figure: Figure) -> bool:
    """Whether a number in words stands for things named before: "the line between the two", "either of the three"."""
    before, after = words[max(0, figure.first - 1) : figure.first], words[figure.last + 1 : figure.last + 2]
    spelt = not words[figure.first][0].isdigit() and figure.first == figure.last
    ends = set(after) <= {".", ",", ";", ")", "?", "and", "talk", "discuss", "meet", "agree", "score", "mark", "read"}
    return spelt and before in (("the",), ("these",), ("those",)) and ends


CITED = re.compile(
    r" (?:(?:pp?|ss?|paras?|nos?|art|reg) \.|/ [0-9]+ /|"
    r"(?:dealt with|set out|described|explained|stated|said|told|named|laid down|listed) (?:under|in|at|by|below)|see)$"
)
LETTERS = re.compile(r" [a-z]{1,3} [/-]$")


def _is_reference(words: tuple[str, ...], figure: Figure) -> bool:
    """Whether a number belongs to a reference, "SK/031" or "s.6", or to a phrase: "every one of", "one to one"."""
    digits, around = words[figure.first], words[max(0, figure.first - 2) : figure.first + 3]
    before = f" {' '.join(words[max(0, figure.first - 4) : figure.first])}"
    if digits == "one":
        every = before.endswith((" every", " each", " any")) and figure.unit[:1] == ("of",)
        return every or ("to" in around and around.count("one") > 1)
    padded = digits.isdigit() and digits[0] == "0" and len(digits) > 1
    return padded or bool(CITED.search(before)) or (len(digits) > 1 and bool(LETTERS.search(before)))


def _ends_a_year(words: tuple[str, ...], figure: Figure) -> bool:
    """Whether a number stands behind a year and a stroke: "2026/27", "2026/41"."""
    year, stroke = ("", "", *words[: figure.first])[-2:]
    return stroke in ("/", "-") and len(year) == 4 and year.isdigit() and 1900 <= int(year) <= 2100


def _is_numbered(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether a number is that of what stands before it; of a paper's name not where it counts: "plan 10 points"."""
    counts = set(after) & {"point", "points", "mark", "marks"}
    return bool(before) and (before[0] in REFERS or (before[0] in PAPERS and not counts))


def _is_cited(words: tuple[str, ...], figure: Figure) -> bool:
    """Whether a number stands by itself behind what is cited and a comma: "Standing orders, 44:"."""
    before, after = words[max(0, figure.first - 2) : figure.first], words[figure.last + 1 : figure.last + 2]
    return before[1:] == (",",) and before[0] in REFERS | PAPERS and set(after) <= {":", ".", ";", ")", ","}


def _is_paragraph(words: tuple[str, ...], figure: Figure) -> bool:
    """Whether a number with a point is that of a paragraph: it stands by itself between marks of a listing."""
    before, after = words[max(0, figure.first - 1) : figure.first], words[figure.last + 1 : figure.last + 2]
    joints = {",", "(", ")", "and", "to", ";", ":", ".", "-"}
    return "." in words[figure.first] and figure.first == figure.last and set(before) <= joints and set(after) <= joints


def _at(words: tuple[str, ...], at: int) -> Figure | None:
    pounds = words[at] == "£"
    start = at + pounds
    value, end = _number(words, start)
    if value is None:
        single = words[at] == "single" and words[at + 1 : at + 2] in SINGLE
        return Figure(Fraction(1), "number", at, at, unit=_unit(words, at + 1)) if single else _fraction(words, at)
    if words[end : end + 1] and words[end] in PARTS and end > start and value < 20 and _is_fraction(words, start, end):
        return Figure(value * PARTS[words[end]], "part", at, end, unit=_unit(words, end + 1))
    for sign in PERCENT:
        if words[end : end + len(sign)] == sign:
            return Figure(value, "percent", at, end + len(sign) - 1, unit=_unit(words, end + len(sign)))
    named = not pounds and words[end : end + 1] in (("pounds",), ("pound",))
    if pounds or named or words[end - 1] == "grand":
        return Figure(value, "money", at, end - 1 + named, unit=_unit(words, end + named))
    return Figure(value, "number", at, end - 1, unit=_unit(words, end))


def _is_fraction(words: tuple[str, ...], start: int, end: int) -> bool:
    """Whether "one third" is a fraction: "two thirds" always, "one third" before "of" or at an end."""
    return words[end].endswith(("s", "es")) or words[end] == "half" or words[start] == "one"


BEHIND_A_PART = tuple((word,) for word in ("of", ",", ".", "for", "is", "below", "under", "off", "less", "to"))


def _fraction(words: tuple[str, ...], at: int) -> Figure | None:
    """Read "half", "a quarter of" and the like; "the third" and "a third moderates" are in an order."""
    article = words[at] in ARTICLES
    noun = at + article
    if noun >= len(words) or words[noun] not in PARTS:
        return None
    plain = words[noun] in ("half", "quarter")
    if not article and at and words[at - 1] in ("first", "second", "other", "latter"):
        return None  # a half of a list
    if words[at - 1 : at] in (("for",), ("as",), ("after",)) and noun + 2 >= len(words) and words[noun] == "third":
        return None  # a third one
    if not plain and not (article and words[noun + 1 : noun + 2] in BEHIND_A_PART):
        return None
    return Figure(PARTS[words[noun]], "part", at, noun, unit=_unit(words, noun + 1))


def _number(words: tuple[str, ...], at: int) -> tuple[Fraction | None, int]:
    """Read a number in digits or words that begins here, and say where it ends."""
    if at < len(words) and words[at][0].isdigit():
        value, end = _digits(words[at]), at + 1
    else:
        value, end = _spelt(words, at)
    if value is not None and words[end : end + 3] == ("and", "a", "half"):
        return value + Fraction(1, 2), end + 3
    while value is not None and end < len(words) and words[end] in SIZES and not (words[end] == "m" and value > 999):
        value, end = value * SIZES[words[end]], end + 1
    return value, end


def _digits(word: str) -> Fraction | None:
    plain = word.replace(",", "")
    return Fraction(plain) if plain.replace(".", "", 1).isascii() and len(plain) < 16 and _is_number(plain) else None


def _is_number(plain: str) -> bool:
    return plain.replace(".", "", 1).isdigit()


def _spelt(words: tuple[str, ...], at: int) -> tuple[Fraction | None, int]:
    total = part = 0
    end, said = at, False
    while end < len(words):
        word = words[end]
        if word in VALUES:
            part += VALUES[word]
        elif word in NOUGHT and not said:
            return Fraction(0), end + 1
        elif word in ("hundred", "thousand", "million") and (said or _article_before(words, at)):
            size = SIZES[word]
            total, part = (total, max(part, 1) * size) if size == 100 else (total + max(part, 1) * size, 0)
        elif not (
            word == "and" and said and words[end - 1] in SIZES and words[end + 1 : end + 2] and words[end + 1] in VALUES
        ):
            break
        said = said or word in VALUES or word in SIZES
        end += 1
        if said and word in VALUES and VALUES[word] < 20 and words[end : end + 1] and words[end] in VALUES:
            break
    return (Fraction(total + part), end) if said else (None, at)


def _article_before(words: tuple[str, ...], at: int) -> bool:
    return words[max(0, at - 1) : at] in (("a",), ("the",), ("one",))


def _unit(words: tuple[str, ...], at: int) -> tuple[str, ...]:
    return words[at : at + 3]


def _compared(words: tuple[str, ...], figure: Figure) -> Figure:
    """Find the comparison that stands before the figure, or after it and at most one word."""
    before = " ".join(words[max(0, figure.first - 5) : figure.first])
    for ends, side in ENDINGS:
        if f" {before}".endswith(ends):
            return replace(figure, side=side)
    after = " ".join(words[figure.last + 1 : figure.last + 6])
    for phrase, side in AFTER:
        if any(f" {' '.join(after.split()[skip:])} ".startswith(f" {phrase} ") for skip in range(REACH)):
            return replace(figure, side=side)
    return figure


OUT_OF = re.compile(r"(?:points? |marks? )?(?:or (?:more|above) )?(?:out )?of(?: the| all)?|/")
OF_ALL = re.compile(r"of(?: the| all| all the| a)?")


def _parted(words: tuple[str, ...], found: list[Figure]) -> Iterator[Figure]:
    """Join "40 of 80", "40 out of 80" and "3/5" into one figure with its whole."""
    at = 0
    while at < len(found):
        one = found[at]
        other = found[at + 1] if at + 1 < len(found) else None
        between = words[one.last + 1 : other.first] if other else ()
        of_all = other is not None and (other.kind == "money" or other.unit[:1] in (("points",), ("marks",)))
        if other and of_all and one.kind in ("part", "percent") and OF_ALL.fullmatch(" ".join(between)):
            part = one.percent / 100 * other.value
            yield replace(one, value=part, kind=other.kind, last=other.last, of=other.value, unit=other.unit)
            at += 2
            continue
        if (
            other
            and OUT_OF.fullmatch(" ".join(between))
            and one.kind == other.kind == "number"
            and one.value <= other.value
        ):
            yield replace(one, last=other.last, of=other.value, unit=other.unit)
            at += 2
            continue
        yield one
        at += 1
