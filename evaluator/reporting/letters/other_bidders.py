"""What tells other bidders from one's own: names and what is made of them, ids, prices and scores."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import chain

from evaluator.records.english import spelt_out
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Bid
from evaluator.reporting.letters.bidder_names import Names
from evaluator.reporting.letters.contents import Letter
from evaluator.reporting.shared.bid_rows import score_text

WORD = re.compile(r"[^\W_]+")
FIGURE = re.compile(r"(?<![\w.,£])[0-9]{1,3}(?:[, ][0-9]{3})+(?![\w,])|(?<![\w.,£])[0-9]{4,}(?![\w,])")
SCORE = re.compile(r"(?<![\w.,£])[0-9]{1,3}\.[0-9]{1,4}(?![\w%])")
ID = re.compile(r"(?<!\w)([A-Za-z]+)[-_ ]?0*([0-9]+)(?!\w)(?!\s?[0-9][A-Z]{2}\b)")
COMPARED = re.compile(
    r"\b(?:other|another|rival|competing|losing|winning|unsuccessful|successful|better|weaker|stronger|cheaper"
    r"|top|best|leading|highest|lowest|strongest|weakest|cheapest|preferred|(?:scor|rank|plac)(?:ing|ed))[\s-]+"
    r"(?:bid|bidder|tender|tenderer|applicant|applicant's|application|proposal|supplier|competitor)s?\b"
    r"|\b(?:competitors?|rivals?|the (?:winners?|competition))\b"
    r"|\b(?:second|third|fourth|fifth|last)[\s-](?:best|placed|ranked)\b"
    r"|\b(?:ranks|ranked|came|placed|comes) (?:first|second|third|fourth|fifth|last|[0-9]+(?:st|nd|rd|th))\b"
    r"|\bthan (?:any|all|most|some) (?:of the )?others\b",
    re.I,
)
SHORTEST_NAME, SHORTEST_ACRONYM = 4, 3
OWN_WORD = 5  # letters of a word that tells one bidder's name from all others
HIDDEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
QUOTES = str.maketrans("‘’ʼ‐‑‒–", "'''----")


def normalised(text: str) -> str:
    """Write a text as it reads: without characters that nobody sees, and with one kind of apostrophe and hyphen.

    >>> normalised("Ott\u00adermast\u00a0Women’s")
    "Ottermast Women's"
    """
    return unicodedata.normalize("NFKC", text.translate(HIDDEN)).translate(QUOTES)


class Others:
    """What tells other bidders from one's own."""

    def __init__(self, outcome: Outcome, letters: Sequence[Letter]) -> None:
        bids = outcome.evaluation.bids if outcome.evaluation else ()
        self.bids = bids
        named = {bid.organisation: normalised(bid.name) for bid in bids}
        published = {word.casefold() for word in WORD.findall(outcome.criteria.model_dump_json())}
        usual = _usual(letters)
        times = Counter(word for name in named.values() for word in set(WORD.findall(name)))
        self.distinctive_words = {
            word.casefold()
            for word, count in times.items()
            if count == 1 and len(word) >= OWN_WORD and word[0].isupper() and word.casefold() not in published | usual
        }
        self.of_organisation: dict[str, set[str]] = {}
        for bid in bids:
            self.of_organisation.setdefault(bid.organisation, set()).add(bid.id)
        names = [normalised(bid.name) for bid in bids if len(bid.name) >= SHORTEST_NAME]
        known = [text for letter in letters for text in (letter.bidder.identifier, letter.bidder.email) if text]
        self.names = Names([*names, *(bid.id for bid in bids), *(bid.organisation for bid in bids), *known])
        acronyms = {bid.organisation: _acronym(bid.name) for bid in bids}
        self.acronyms = {
            short for short in acronyms.values() if len(short) >= SHORTEST_ACRONYM and short.casefold() not in published
        }
        self.ids = {found.groups() for bid in bids for id in (bid.id, bid.organisation) if (found := _parts(id))}
        self.prices = {amount // 100: bid.id for bid in bids for amount in (bid.price or 0, *bid.by_year) if amount}
        self.scores = dict(chain.from_iterable(_scores(outcome, letter) for letter in letters))

    def named_in(self, text: str, bid: Bid, known: Collection[str] = ()) -> list[str]:
        """List the other bidders and bids that a text names: by name, id, acronym, or a word of theirs alone.

        Parameters
        ----------
        known : other names that the text may hold, such as the ids of its bidder's own bids.
        """
        own = {normalised(name).casefold() for name in (bid.id, bid.organisation, bid.name, *bid.members, *known)}
        whole = [name for name in self.names.in_text(text) if " ".join(name.split()).casefold() not in own]
        alone = [
            word for word in WORD.findall(text) if word.casefold() in self.distinctive_words or word in self.acronyms
        ]
        theirs = [*alone, *self._ids_in(text, bid)]
        mine = {word.casefold() for word in WORD.findall(normalised(" ".join((bid.name, *bid.members))))}
        mine |= own | {_acronym(bid.name).casefold()}
        names = " ".join(whole)
        return whole + [word for word in dict.fromkeys(theirs) if word.casefold() not in mine and word not in names]

    def _ids_in(self, text: str, bid: Bid) -> Iterator[str]:
        """List other ids that are written in another way, such as ``b 17`` or ``bid 17`` for ``B017``."""
        own = {found.groups() for id in (bid.id, bid.organisation) if (found := _parts(id))}
        theirs = self.ids - own
        numbers = {("BID", number) for _, number in theirs} - {("BID", number) for _, number in own}
        for found in ID.finditer(text):
            if (found[1].upper(), found[2]) in theirs | numbers:
                yield found[0]

    def compared_in(self, text: str) -> list[str]:
        """List the words of a text that set the bid beside others."""
        return [found[0] for found in COMPARED.finditer(text)]

    def prices_in(self, text: str, bid: Bid) -> list[str]:
        """List the figures of a text, in digits or words, that are another bid's price, whatever they are called."""
        own = {amount // 100 for amount in (bid.price or 0, *bid.by_year)}
        figures = [(text, int(re.sub("[, ]", "", text))) for text in FIGURE.findall(text)]
        return [text for text, amount in (*figures, *spelt_out(text)) if amount in self.prices and amount not in own]

    def scores_in(self, text: str, letter: Letter) -> list[str]:
        """List the figures of a text that are another bid's score and none of this one."""
        own = {Decimal(part.points) for part in letter.parts} | {Decimal(line.points) for line in letter.lines}
        found = [(text, Decimal(text)) for text in SCORE.findall(text)]
        return [text for text, score in found if score in self.scores and score not in own]


def _usual(letters: Sequence[Letter]) -> set[str]:
    """Give the words, in small letters, that stand in the reasons of several bids: those name nobody."""
    times = Counter(
        word
        for letter in letters
        for word in {word for line in letter.lines for word in WORD.findall(line.written) if word.islower()}
    )
    return {word for word, count in times.items() if count > 2}


def _acronym(name: str) -> str:
    """Give the first letters of the words of a name that have a capital.

    >>> _acronym("Bow and Poplar Advice Centre")
    'BPAC'
    """
    return "".join(word[0] for word in WORD.findall(normalised(name)) if word[0].isupper())


def _parts(id: str) -> re.Match[str] | None:
    return ID.fullmatch(id.upper())


def _scores(outcome: Outcome, letter: Letter) -> Iterator[tuple[Decimal, str]]:
    """Give the total and parts of a bid's score as they are written, where they are not whole numbers."""
    for part in letter.parts:
        if "." in part.points:
            yield Decimal(part.points), letter.row.bid.id
    total = score_text(letter.row.total, outcome.criteria.rounding)
    if "." in total:
        yield Decimal(total), letter.row.bid.id
