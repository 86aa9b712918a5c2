"""What must not go out unseen: reasons that are missing or empty of sense, and words about others."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from evaluator.records.catalogue import finding
from evaluator.records.evaluation import Bid
from evaluator.records.numbers import decimal_text
from evaluator.records.outcome import Outcome
from evaluator.records.source import Finding, Source
from evaluator.reporting.letters.contents import Letter, Line
from evaluator.reporting.letters.names import Names

WORD = re.compile(r"[^\W_]+")
MANY = r"(?:\s?(?:k|m|thousand|million)\b)?"
MONEY = re.compile(
    rf"(?:£|\bGBP)\s?[0-9](?:[0-9,.]*[0-9])?{MANY}|\b[0-9](?:[0-9,.]*[0-9])?{MANY}\s?(?:pounds\b|GBP\b)", re.I
)
FIGURE = re.compile(r"(?<![\w.,£])[0-9]{1,3}(?:,[0-9]{3})+(?![\w,])|(?<![\w.,£])[0-9]{4,}(?![\w,])")
PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+\w"  # e-mail
    r"|(?:\+44|\b0)(?:[ ()-]*[0-9]){9,10}\b"  # telephone
    r"|\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:[0-9]{2} ?){3}[A-D]\b"  # national insurance
    r"|\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b"  # postcode
    r"|\b(?:born|date of birth|dob)\b[^.;]{0,30}[0-9]{4}",
    re.I,
)
SAME = 85  # percent of a reason's words that stand in the scale's own words for the mark
SHORTEST_NAME = 4
OWN_WORD = 5  # letters of a word that tells one bidder's name from all others


class Others:
    """What tells other bidders from one's own: names, the words that stand in one name only, ids, and prices."""

    def __init__(self, outcome: Outcome) -> None:
        bids = outcome.evaluation.bids if outcome.evaluation else ()
        named = {bid.organisation: bid.name for bid in bids}
        times = Counter(word for name in named.values() for word in set(WORD.findall(name)))
        published = {word.casefold() for word in WORD.findall(outcome.criteria.model_dump_json())}
        self.own_words = {
            word
            for word, count in times.items()
            if count == 1 and len(word) >= OWN_WORD and word[0].isupper() and word.casefold() not in published
        }
        names = [bid.name for bid in bids if len(bid.name) >= SHORTEST_NAME]
        self.names = Names([*names, *(bid.id for bid in bids), *(bid.organisation for bid in bids)])
        self.words = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(self.own_words))})(?!\w)") if self.own_words else None
        self.prices = {amount // 100: bid.id for bid in bids for amount in (bid.price or 0, *bid.by_year) if amount}

    def named_in(self, text: str, bid: Bid) -> list[str]:
        """List the other bidders and bids that a text names, by name, id, or a word of theirs alone."""
        own = {name.casefold() for name in (bid.id, bid.organisation, bid.name, *bid.members)}
        whole = [name for name in self.names.in_text(text) if " ".join(name.split()).casefold() not in own]
        theirs = self.words.findall(text) if self.words else []
        mine = set(WORD.findall(" ".join((bid.name, *bid.members))))
        return whole + [word for word in dict.fromkeys(theirs) if word not in mine and word not in " ".join(whole)]

    def prices_in(self, text: str, bid: Bid) -> list[str]:
        """List the figures of a text that are another bid's price, whatever they are called."""
        own = {amount // 100 for amount in (bid.price or 0, *bid.by_year)}
        figures = ((text, int(text.replace(",", ""))) for text in FIGURE.findall(text))
        return [text for text, amount in figures if amount in self.prices and amount not in own]


def lint(outcome: Outcome, letters: Sequence[Letter], people: Sequence[str]) -> Iterator[Finding]:
    """Find what stands in the way of releasing letters, and what a person must look at first."""
    others, staff = Others(outcome), Names(people)
    named_in: dict[str, list[str]] = {}
    for letter in letters:
        bid = letter.row.bid
        for line in letter.lines:
            yield from _line(letter, line, others)
        for one in letter.decisions:
            yield from _leaks(bid, one.matter.replace("_", " "), one.reason, one.source, others)
        said = " ; ".join([*(line.written for line in letter.lines), *(one.reason for one in letter.decisions)])
        if evaluators := staff.in_text(said):
            named_in[bid.id] = evaluators
        if not letter.row.award and (letter.row.refusal is None or not letter.row.refusal.explanation.strip()):
            yield finding("E-LETTER-002", bid.source, bid=bid.id)
        if named := others.named_in(letter.outcome, bid):
            facts = {"bid": bid.id, "question": "why it is not funded", "found": ", ".join(named)}
            yield finding("N-LETTER-002", bid.source, **facts)
    if named_in:
        found = sorted({name for several in named_in.values() for name in several})
        yield finding("N-LETTER-005", Source(""), bids=len(named_in), found=", ".join(found))


def _line(letter: Letter, line: Line, others: Others) -> Iterator[Finding]:
    place = line.answer.counts.source if line.answer.counts else Source("")
    facts = {"bid": letter.row.bid.id, "question": line.answer.question.id}
    if not WORD.search(line.written):
        yield finding("E-LETTER-001", place, **facts)
    elif repeats(line.written, f"{line.mark.label} {line.mark.descriptor}"):
        yield finding("N-LETTER-001", place, mark=decimal_text(line.mark.mark), **facts)
    yield from _leaks(letter.row.bid, line.answer.question.id, line.written, place, others)


def _leaks(bid: Bid, about: str, text: str, place: Source, others: Others) -> Iterator[Finding]:
    """Note what a text says of others: a bidder or bid, money, personal data."""
    found = {
        "N-LETTER-002": others.named_in(text, bid),
        "N-LETTER-003": MONEY.findall(text) + others.prices_in(text, bid),
        "N-LETTER-004": PERSONAL.findall(text),
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
    words, known = (WORD.findall(text.casefold()) for text in (reason, descriptor))
    return sum(word in known for word in words) * 100 >= SAME * len(words)
