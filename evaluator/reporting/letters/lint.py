"""What must not go out unseen: reasons that are missing or empty of sense, and words about others."""

import re
from collections.abc import Iterator, Sequence

from evaluator.records.catalogue import finding
from evaluator.records.numbers import decimal_text
from evaluator.records.outcome import Outcome
from evaluator.records.source import Finding, Source
from evaluator.reporting.letters.contents import Letter, Line

WORD = re.compile(r"[^\W_]+")
MONEY = re.compile(r"£\s?[0-9][0-9,.]*[0-9]|£\s?[0-9]")
PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\w|(?:\+44|\b0)(?:[ -]?[0-9]){9,10}\b")
SAME = 85  # percent of a reason's words that stand in the scale's own words for the mark
SHORTEST_NAME = 4


class Names:
    """The names in a text, found whole: each once, in the order in which they stand."""

    def __init__(self, names: Sequence[str]) -> None:
        listed = sorted({name.strip() for name in names if name.strip()}, key=lambda name: (-len(name), name))
        self.pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, listed)) + r")(?!\w)") if listed else None

    def in_text(self, text: str) -> list[str]:
        """List the names that a text holds."""
        return list(dict.fromkeys(self.pattern.findall(text))) if self.pattern else []


def lint(outcome: Outcome, letters: Sequence[Letter], people: Sequence[str]) -> Iterator[Finding]:
    """Find what stands in the way of releasing letters, and what a person must look at first."""
    bids = outcome.evaluation.bids if outcome.evaluation else ()
    names = [bid.name for bid in bids if len(bid.name) >= SHORTEST_NAME]
    others = Names([*names, *(bid.id for bid in bids), *(bid.organisation for bid in bids)])
    staff = Names(people)
    for letter in letters:
        bid = letter.row.bid
        own = {bid.id, bid.organisation, bid.name, *bid.members}
        for line in letter.lines:
            yield from _line(letter, line, [name for name in others.in_text(line.reason) if name not in own])
        evaluators = staff.in_text(" ; ".join(line.reason for line in letter.lines))
        if evaluators:
            yield finding("N-LETTER-005", bid.source, bid=bid.id, found=", ".join(evaluators))
        if not letter.row.award and (letter.row.refusal is None or not letter.row.refusal.explanation.strip()):
            yield finding("E-LETTER-002", bid.source, bid=bid.id)
        named = [name for name in others.in_text(letter.outcome) if name not in own]
        if named:
            facts = {"bid": bid.id, "question": "why it is not funded", "found": ", ".join(named)}
            yield finding("N-LETTER-002", bid.source, **facts)


def _line(letter: Letter, line: Line, others: Sequence[str]) -> Iterator[Finding]:
    place = line.answer.counts.source if line.answer.counts else Source("")
    facts = {"bid": letter.row.bid.id, "question": line.answer.question.id}
    if not WORD.search(line.reason):
        yield finding("E-LETTER-001", place, **facts)
    elif repeats(line.reason, f"{line.mark.label} {line.mark.descriptor}"):
        yield finding("N-LETTER-001", place, mark=decimal_text(line.mark.mark), **facts)
    found = {
        "N-LETTER-002": others,
        "N-LETTER-003": MONEY.findall(line.reason),
        "N-LETTER-004": PERSONAL.findall(line.reason),
    }
    for code, what in found.items():
        if what:
            yield finding(code, place, found=", ".join(dict.fromkeys(what)), **facts)


def repeats(reason: str, descriptor: str) -> bool:
    """Whether a reason says little that the scale's own words do not say.

    >>> scale = "Three of the parts are there, with specific detail."
    >>> repeats("Three parts are there with specific detail.", scale), repeats("It gives no dates.", scale)
    (True, False)
    """
    words, known = (WORD.findall(text.casefold()) for text in (reason, descriptor))
    return sum(word in known for word in words) * 100 >= SAME * len(words)
