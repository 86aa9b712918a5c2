"""Checks of descriptors that count parts: whether neighbouring marks overlap, leave a gap, or change places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from evaluator.publication.checks.prose.phrases import stems
from evaluator.publication.locations import PROGRAMME, all_questions, numbered
from evaluator.records.english import SMALL, VALUES
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria

NUMBER = rf"(?:[0-9]{{1,3}}|{'|'.join(SMALL[:13])})"  # an answer has no more parts than twelve
SHARES = {"half": 2, "a third": 3, "a quarter": 4, "a fifth": 5, "a tenth": 10}
AMOUNT = rf"(?:{NUMBER}(?:\s?(?:%|per ?cent))?|{'|'.join(SHARES)})"
NOUN = (
    r"(?:parts?|elements?|points?|items?|things?|prompts?|facts?|steps?|reasons?|details|strands?|outcomes?|conditions?|statements?|requirements?|aspects?|criteri(?:a|on)|components?|features?|questions?|"
    r"topics?|bullets?|matters?|areas?|headings?|what (?:was|is|were|we) asked(?: for)?|what was required|"
    r"the answer|the question)"
)
MISSING = (
    r"missing|absent|left out|omitted|not there|not covered|not met|not addressed|not given|unanswered|lacking|ignored|"
    r"overlooked|deficient|inadequate|insufficient|unsatisfactory|incomplete|unmet|neglected|weak|poor|failed"
)
THIN = r"lacks? (?:evidence|detail)|without (?:evidence|detail)|thin|unsupported|not evidenced"
THERE = (
    r"there|present|given|covered|met|addressed|answered|provided|shown|evidenced|dealt with|described|included|"
    r"set out|found|satisfied|fulfilled|achieved|explained|named|pictured|backed|clear"
)
STATE = rf"(?:(?P<missing>{MISSING})|(?P<thin>{THIN})|(?P<there>{THERE}))"
COUNT = re.compile(
    rf"(?i)(?:"
    rf"(?P<between>between (?P<a>{AMOUNT}) and (?P<b>{AMOUNT})|(?P<c>{AMOUNT})\s?(?:to|or|-|–)\s?(?P<d>{AMOUNT}))|"
    rf"(?P<least>(?:at least|no fewer than|not fewer than|no less than) (?P<e>{AMOUNT})|(?P<f>{AMOUNT}) or more)|"
    rf"(?P<over>(?:more than|over) (?P<g>{AMOUNT}))|(?P<under>(?:fewer than|less than|under|below) (?P<h>{AMOUNT}))|"
    rf"(?P<most>(?:up to|at most|no more than|not more than) (?P<i>{AMOUNT})|(?P<j>{AMOUNT}) or (?:fewer|less))|"
    rf"(?P<several>several)|(?P<all>all|every(?: one)?|each|both)|(?P<none>none|no)|"
    rf"(?:(?:only|just|exactly) )?(?P<k>{AMOUNT}))"
    rf"(?: of(?: the| these| those)?(?: (?P<whole>{NUMBER}))?)?(?: (?P<also>{NUMBER}))?(?: \w+)?? {NOUN}\b"
    rf"(?:\s+(?!no\b|not\b|one\b)[\w'’]+){{0,8}}?\s+{STATE}\b"
)
THE_WHOLE = re.compile(rf"(?i)\bthe (?P<whole>{NUMBER}) {NOUN}\b(?:\s+[\w'’]+){{0,6}}?\s+{STATE}\b")
AT_LEAST_AND_UNDER = re.compile(
    rf"(?i)at least (?P<a>{AMOUNT}) (?:and|but) (?:less|fewer) than (?P<b>{AMOUNT}) of (?:the )?{NOUN}"
)
ENDLESS = Fraction(10**6)
POINT = Fraction(1, 100)  # of a share: bands from 26% to 50% and from 51% to 75% meet


@dataclass(frozen=True)
class Counted:
    """How many parts an answer may have that a descriptor fits, from the worst to the best, and what else it says.

    ``best`` and ``worst`` are numbers that rise with the answer: parts that are there, or those missing or thin with
    a minus. ``of`` says which of these; ``open_worst`` and ``open_best`` that the end itself is not included.
    """

    of: str
    worst: Fraction
    best: Fraction
    words: str
    rest: frozenset[str]
    open_worst: bool = False
    open_best: bool = False

    @property
    def step(self) -> Fraction:
        """By how much neighbouring answers differ."""
        return POINT if self.of == "share" else Fraction(1)


def marks_count_parts_once(criteria: Criteria) -> Iterator[Finding]:
    """Find neighbouring marks whose descriptors count parts and overlap, leave a gap between, or are out of order."""
    read = [
        (place, point, counted(point.descriptor))
        for place, point in numbered(PROGRAMME, "scale.mark", criteria.scale.mark)
    ]
    for (_, below, lower), (place, above, higher) in pairwise(read):
        pair = _alike(lower, higher) if lower and higher else None
        code = _problem(*pair) if pair else ""
        if pair and code:
            facts = {"mark": decimal_text(above.mark), "other": decimal_text(below.mark)}
            yield finding(code, place.key("descriptor"), here=pair[1].words, there=pair[0].words, **facts)


OF_GOOD_ANSWERS = re.compile(
    rf"(?i)\b(?P<whole>{NUMBER}) (?:numbered )?(?:parts?|elements?|points?|items?|things)\b"
    r"(?: \w+){0,3}? (?:of|in) (?:a|the|each|every) good answers?\b"
)
LISTED = re.compile(r"(?<!\w)\(([0-9]{1,2})\)")


def good_answers_have_the_parts(criteria: Criteria) -> Iterator[Finding]:
    """Find good answers with another number of numbered parts than the marks count, where these count those."""
    counted_parts = {
        _whole(found["whole"]): decimal_text(one.mark)
        for one in criteria.scale.mark
        for found in OF_GOOD_ANSWERS.finditer(one.descriptor)
    }
    if len(counted_parts) != 1:
        return
    parts, mark = next(iter(counted_parts.items()))
    own = {name for scale in criteria.scale_of for name in scale.questions}
    for place, question in all_questions(criteria):
        numbers = [int(one) for one in LISTED.findall(question.good_answer)]
        listed = bool(numbers) and numbers == list(range(1, len(numbers) + 1))
        if listed and len(numbers) != parts and question.id not in own and not question.descriptors:
            facts = {"question": question.id, "there": len(numbers), "mark": mark, "counted": parts}
            yield finding("E-CRIT-983", place.key("good_answer"), **facts)


def _problem(lower: Counted, higher: Counted) -> str:
    opened = lower.open_worst, lower.open_best, higher.open_worst, higher.open_best
    if (lower.worst, lower.best) == (higher.worst, higher.best) and not any(opened):
        return ""  # then what else they say tells them apart
    if lower.worst > higher.best:
        return "E-CRIT-960"
    if _apart(lower, higher):
        return "E-CRIT-959"
    meets = higher.worst < lower.best or (higher.worst == lower.best and not (higher.open_worst or lower.open_best))
    rising = (
        lower.best == higher.best in (0, 1, ENDLESS) and lower.worst < higher.worst
    )  # "at least two", "at least three"
    told_apart = bool(lower.rest and higher.rest) and lower.rest != higher.rest
    single = lower.worst == lower.best or higher.worst == higher.best
    return "E-CRIT-958" if meets and not rising and (single or not told_apart) else ""


def _apart(lower: Counted, higher: Counted) -> bool:
    between = higher.worst - lower.best
    if lower.of == "share":
        return between > POINT or (between == 0 and higher.open_worst and lower.open_best)
    return between > lower.step


def _alike(lower: Counted, higher: Counted) -> tuple[Counted, Counted] | None:
    """Give both where they count the same: all there is none missing."""
    return (lower, higher) if lower.of == higher.of else None


VERB_FIRST = re.compile(
    r"(?i)^(?:the (?:answer|response|bid) |it )?(?P<good>addresses|meets|covers|answers|satisfies|gives|shows|"
    r"includes|contains|"
    r"provides|fulfils|has)?(?P<bad>lacks|misses|omits|leaves out|fails to meet|fails)? (?P<what>.+)$"
)


FAULTS = re.compile(r"(?i)\b(?:weakness(?:es)?|gaps?|omissions?|flaws?|faults?|shortcomings?)$")


WITHOUT = re.compile(
    r"(?i)\b(?:silent|neither|not one|nothing (?:of|on|about)|without|lacks|leaves|omits|misses|passes over)\b"
)
OF_THE = re.compile(rf"(?i)\b(of the {NUMBER})(?=\.?$| (?:are|is)\b|,)")
OR_MORE = re.compile(rf"(?i)\b({NUMBER}) ({NOUN}) (or (?:more|fewer|less))\b")


def _verb_last(found: re.Match[str]) -> str:
    """Put the verb of "Meets four of five parts" behind what it counts; what has no such verb stays as it is."""
    if not (found["good"] or found["bad"]):
        return found.group()
    return f"{found['what']} are {'there' if found['good'] else 'missing'}"


def counted(text: str) -> Counted | None:
    """Read what a descriptor counts; None where it counts nothing.

    >>> texts = "At least one part is missing.", "Two of four parts are met."
    >>> [(one.of, str(one.best)) for one in map(counted, texts)]
    [('missing', '-1'), ('missing', '-2')]
    >>> counted("A main part is missing.")
    """
    text = VERB_FIRST.sub(_verb_last, text.strip().rstrip("."))
    text = FAULTS.sub("parts are missing", text)
    text = OR_MORE.sub(r"\1 \3 \2", text)
    text = OF_THE.sub(r"\1 parts", text)
    band = AT_LEAST_AND_UNDER.search(text)
    if band:
        low, high = _value(band["a"]), _value(band["b"])
        return Counted("share" if high <= 1 else "there", low, high, band.group(), _rest(text, band), open_best=True)
    found = COUNT.search(text) or COUNT.search(f"{text} are {'missing' if WITHOUT.search(text) else 'there'}")
    whole = THE_WHOLE.search(text)
    if whole and WITHOUT.search(text[: whole.start()]):
        return None
    if whole and (found is None or whole.start() <= found.start()):
        return (
            Counted("missing", Fraction(0), Fraction(0), whole.group(), _rest(text, whole)) if whole["there"] else None
        )
    return _read(text, found) if found else None


def _read(text: str, found: re.Match[str]) -> Counted | None:
    said = found["whole"] or found["also"]
    of = "thin" if found["thin"] else "missing" if found["missing"] else "there"
    low, high, open_low, open_high = _bounds(found)
    share = "%" in found.group() or "cent" in found.group() or any(one in found.group().lower() for one in SHARES)
    rest = _rest(text, found)
    if share:
        if of == "there":
            return Counted("share", low, min(high, Fraction(1)), found.group(), rest, open_low, open_high)
        return None
    if found["all"] and of == "there":
        return Counted("missing", Fraction(0), Fraction(0), found.group(), rest)
    if of == "there" and said:
        whole = Fraction(_whole(said))
        return Counted("missing", low - whole, min(high, whole) - whole, found.group(), rest)
    if found["all"]:
        return None
    if of == "there":
        return Counted("there", low, high, found.group(), rest)
    return Counted(of, -high, -low, found.group(), rest)


def _bounds(found: re.Match[str]) -> tuple[Fraction, Fraction, bool, bool]:
    """Give the least and the most of what is counted, and whether each of them is itself left out."""
    given = [_value(part) for name in "abcdefghijk" if (part := found[name])]
    one = Fraction(1) if not given or given[0] >= 1 else Fraction(0)
    share = bool(given) and given[-1] <= 1 and not one
    if found["between"]:
        return given[0], given[1], False, False
    if found["least"]:
        return given[0], Fraction(1) if share else ENDLESS, False, False
    if found["over"]:
        return given[0] + one, Fraction(1) if share else ENDLESS, share, False
    if found["under"]:
        return Fraction(0), given[0] - one, False, share
    if found["most"]:
        return one, given[0], False, False
    if found["several"]:
        return Fraction(2), ENDLESS, False, False
    if found["none"] or found["all"]:
        return Fraction(0), Fraction(0), False, False
    return given[0], given[0], False, False


def _value(text: str) -> Fraction:
    """Give a number; of a percentage or "half", the share."""
    plain = text.lower().replace("per cent", "%").replace("percent", "%").strip()
    if plain in SHARES:
        return Fraction(1, SHARES[plain])
    return Fraction(_whole(plain.rstrip("% ")), 100 if plain.endswith("%") else 1)


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else VALUES[text.lower()]


def _rest(text: str, found: re.Match[str]) -> frozenset[str]:
    return stems(text[: found.start()] + " " + text[found.end() :])
