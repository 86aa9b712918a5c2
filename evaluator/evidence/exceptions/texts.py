"""The same twice: contacts, texts and prices of bids that nothing else connects, and reasons of two evaluators."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from evaluator.evidence.exceptions.look import Look, Place, Seen, place_of
from evaluator.evidence.tables import Row
from evaluator.records.english import count_of, listing
from evaluator.records.numbers import pence, pounds
from evaluator.records.submissions.spellings import folded

CONTACTS = {"identifier": "identifier", "address": "postal address", "email": "e-mail address"}
WORD, END = re.compile(r"\w+(?:['’-]\w+)*"), re.compile(r"[.!?;:]\s|\n")
FEWEST_WORDS = {"title": 6, "answer": 12, "reason": 8}  # of a title, of a sentence of an answer, and of a reason
ROUND = 1_000_00  # pence
SHOWN, QUOTED = 12, 160
Told = tuple[str, Row, str]  # whose it is, where it stands, and the text


def equal_contacts(look: Look) -> Iterator[Seen]:
    """Find an identifier, an address or an e-mail that bids of organisations share which nothing else connects."""
    for column, what in CONTACTS.items():
        told: dict[str, list[Told]] = {}
        for bid, cells in look.register.items():
            if column in cells:
                told.setdefault(folded(cells[column]["received"]), []).append(
                    (bid, cells[column], cells[column]["received"])
                )
        for its in _strangers(look, told):
            yield _seen(look, its, f"They give the same {what}: {its[0][2].strip()}.")


def equal_texts(look: Look) -> Iterator[Seen]:
    """Find titles, and sentences of answers in bid forms, that stand word for word in another organisation's bid."""
    told: dict[str, list[Told]] = {}
    for bid, cells in look.register.items():
        if "title" in cells:
            _add(told, bid, [cells["title"]["received"]], "title", cells["title"])
    for row in look.tables["answers"]:
        _add(told, row["bid"], END.split(row["words"]), "answer", row)
    for bids, passages in _by_whom(_strangers(look, told)):
        yield Seen(listing(map(look.name, bids)), _same(passages), _places(its for one in passages for its in one))


def equal_reasons(look: Look) -> Iterator[Seen]:
    """Find reasons that two evaluators or more gave word for word, but for the scale's own words."""
    told: dict[str, list[Told]] = {}
    published = {_plain(row["descriptor"]) for row in look.tables["scales"]}
    for row in look.tables["marks"]:
        _add(told, row["evaluator"], [row["reason"]], "reason", row)
    shared = (told[key] for key in sorted(told) if len({who for who, *_ in told[key]}) > 1 and key not in published)
    for people, reasons in _by_whom(shared):
        yield Seen(listing(people), _same(reasons), _places(its for one in reasons for its in one))


def _add(told: dict[str, list[Told]], whose: str, texts: Iterable[str], kind: str, row: Row) -> None:
    for text in texts:
        plain = _plain(text)
        if plain.count(" ") + 1 >= FEWEST_WORDS[kind]:
            told.setdefault(plain, []).append((whose, row, text))


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


def _by_whom(shared: Iterable[Sequence[Told]]) -> Iterable[tuple[tuple[str, ...], list[Sequence[Told]]]]:
    """Put passages that the same people or bids share together."""
    found: dict[tuple[str, ...], list[Sequence[Told]]] = {}
    for its in shared:
        found.setdefault(tuple(sorted({who for who, *_ in its})), []).append(its)
    return sorted(found.items())


def _same(passages: Sequence[Sequence[Told]]) -> str:
    text = " ".join(passages[0][0][2].split())
    quoted = text if len(text) <= QUOTED else f"{text[:QUOTED]}…"
    return f"{count_of(len(passages), 'passage is', 'passages are')} the same word for word, the first in: “{quoted}”"


def _strangers(look: Look, told: Mapping[str, Sequence[Told]]) -> Iterator[Sequence[Told]]:
    """Give what bids share that nothing connects; a bid that connects with every other is no stranger."""
    for key in sorted(told):
        its = told[key]
        if any(not look.connected(one, other) for at, (one, *_) in enumerate(its) for other, *_ in its[:at]):
            yield its


def _seen(look: Look, its: Sequence[Told], words: str) -> Seen:
    return Seen(listing(look.name(bid) for bid in sorted({bid for bid, *_ in its})), words, _places(its))


def _places(its: Iterable[Told]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(place_of(row) for _, row, _ in its))[:SHOWN]


def identical_prices(look: Look) -> Iterator[Seen]:
    """Find bids of one theme that ask for the same money; a theme in which all do has a price that was set for them."""
    for theme, bids in _priced(look).items():
        told: dict[int, list[Told]] = {}
        for bid, asked in bids.items():
            told.setdefault(asked, []).append((bid, look.scores[bid], ""))
        if len(told) == 1 and len(bids) > 1:
            continue
        for asked, its in sorted(told.items()):
            strange = list(_strangers(look, {theme: its}))
            if strange:
                places = [place for bid, *_ in its for place in look.in_register(bid)]
                names = listing(look.name(bid) for bid, *_ in its)
                yield Seen(names, f"Each asks for {pounds(asked)} in {theme}.", tuple(places[:SHOWN]))


def round_prices(look: Look) -> Iterator[Seen]:
    """Find bids whose price is in whole thousands of pounds, and in every year where it is given by years."""
    for bids in _priced(look).values():
        for bid, asked in bids.items():
            cells = [cell for key, cell in look.register[bid].items() if key.partition(":")[0] == "price"]
            parts = [pence(cell["used"]) for cell in cells]
            if asked and all(part is not None and part % ROUND == 0 for part in (asked, *parts)):
                yield Seen(look.name(bid), f"It asks for {pounds(asked)}.", tuple(map(place_of, cells[:SHOWN])))


def _priced(look: Look) -> Mapping[str, Mapping[str, int]]:
    """Give the price of every bid that has one, in pence, by theme and bid."""
    found: dict[str, dict[str, int]] = {}
    for bid, row in sorted(look.scores.items()):
        if row["price"] and bid in look.register:
            asked = Fraction(row["price"]) * 100
            found.setdefault(row["theme"], {})[bid] = int(asked)
    return dict(sorted(found.items()))
