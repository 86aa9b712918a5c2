"""What must not go out unseen: reasons that are missing or empty of sense, and words about others."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from evaluator.records.english import SPELT
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.letters.bidder_names import Names, Parts, parts_of
from evaluator.reporting.letters.contents import Letter, Line
from evaluator.reporting.letters.other_bidders import Others, normalised

WORD = re.compile(r"[^\W_]+")
MANY = r"(?:\s?(?:k|m|thousand|million)\b)?"
COIN = r"(?:pounds?|sterling|GBP|quid|pence)\b"
MONEY = re.compile(
    rf"(?:[£€$]|\bGBP)\s?[0-9](?:[0-9,.]{{0,30}}[0-9])?{MANY}|\b[0-9](?:[0-9,.]{{0,30}}[0-9])?{MANY}\s?{COIN}"
    rf"|\b[0-9]{{1,15}}(?:\.[0-9]{{1,15}})?k\b|{SPELT.pattern}[ -]{COIN}",
    re.I,
)
PERSONAL = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,190}\w"  # e-mail
    r"|\w{1,64}\W{1,3}at\W{1,3}\w{1,64}(?:\W{1,3}dot\W{1,3}\w{1,64}){1,9}"  # e-mail, spelt out
    r"|(?<!\w)@\w{3,}"  # the name of an account
    r"|(?:\+44|\b0044|\b0)(?:[ ()./-]*[0-9]){9,10}\b"  # telephone
    r"|\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:[0-9]{2} ?){3}[A-D]\b"  # national insurance
    r"|\b[A-Z]{1,2}[0-9][A-Z0-9]?\s{0,2}[0-9][A-Z]{2}\b"  # postcode
    r"|\bsort code\W{1,3}[0-9]{2}\W?[0-9]{2}\W?[0-9]{2}\b|\baccount (?:number |no\.? )?[0-9]{8}\b"
    r"|\b(?:born|date of birth|dob)\b[^.;]{0,30}[0-9]{4}",
    re.I,
)
SAME = 85  # percent of a reason's words that stand in the scale's own words for the mark


def lint(outcome: Outcome, letters: Sequence[Letter], people: Sequence[str]) -> Iterator[Finding]:
    """Find what stands in the way of releasing letters, and what a person must look at first."""
    others, staff, parts = Others(outcome, letters), Names(people), parts_of(people)
    named_in: dict[str, list[str]] = {}
    for letter in letters:
        bid = letter.row.bid
        for line in letter.lines:
            yield from _line(letter, line, others, parts)
        for _, one in letter.decisions:
            yield from _leaks(letter, one.matter.replace("_", " "), one.reason, one.source, others, parts)
        reasons = [*(line.written for line in letter.lines), *(one.reason for _, one in letter.decisions)]
        if evaluators := staff.in_text(" ; ".join(reasons)):
            named_in[bid.id] = evaluators
        if not letter.row.award and (letter.row.refusal is None or not letter.row.refusal.explanation.strip()):
            yield finding("E-LETTER-002", bid.source, bid=bid.id)
        if named := others.named_in(letter.outcome, bid, others.of_organisation[bid.organisation]):
            about, names = "why it is not funded", ", ".join(named)
            yield finding("N-LETTER-002", bid.source, bid=bid.id, question=about, found=names)
    if named_in:
        found = sorted({name for several in named_in.values() for name in several})
        yield finding("N-LETTER-005", Source(""), bids=len(named_in), found=", ".join(found))


def _line(letter: Letter, line: Line, others: Others, parts: Parts) -> Iterator[Finding]:
    place = line.answer.counts.told_at if line.answer.counts else Source("")
    bid, question = letter.row.bid.id, line.answer.question.id
    if not line.marked:
        return  # the decision that it does not apply is looked at with the others
    if not any(map(str.isalpha, line.written)):  # a mark written once more is no reason
        yield finding("E-LETTER-001", place, bid=bid, question=question)
    elif any(repeats(line.written, f"{mark.label} {mark.descriptor}") for mark in line.scale):
        yield finding("N-LETTER-001", place, mark=line.mark, bid=bid, question=question)
    yield from _leaks(letter, question, line.written, place, others, parts)


def _leaks(letter: Letter, about: str, written: str, place: Source, others: Others, parts: Parts) -> Iterator[Finding]:
    """Note what a text says of others: a bidder or bid, money, personal data, scores."""
    bid, text = letter.row.bid, normalised(written)
    found = {
        "N-LETTER-002": others.named_in(text, bid) + others.compared_in(text),
        "N-LETTER-003": [one[0] for one in MONEY.finditer(text)] + others.prices_in(text, bid),
        "N-LETTER-004": PERSONAL.findall(text) + (parts.findall(text) if parts else []),
        "N-LETTER-006": others.scores_in(text, letter),
    }
    for code, what in found.items():
        if what:
            yield finding(code, place, found=", ".join(dict.fromkeys(what)), bid=bid.id, question=about)


def repeats(reason: str, descriptor: str) -> bool:
    """Whether a reason says little that the scale's own words do not say.

    >>> scale = "Three of the parts are there, with specific detail."
    >>> repeats("Three parts are there with specific detail.", scale), repeats("It gives no dates.", scale)
    (True, False)
    """
    words, known = WORD.findall(reason.casefold()), _vocabulary(descriptor)
    return sum(word in known for word in words) * 100 >= SAME * len(words)


@cache
def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.casefold()))
