"""What sentences say of things that criteria have no key for: cover, replies, terms, grants, papers and people."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evaluator.publication.checks.prose.claims import Claim, exact
from evaluator.publication.checks.prose.figures import Figure, Kind, Side
from evaluator.publication.checks.prose.sentences import Passage
from evaluator.publication.checks.prose.told import Told

REACH = 12  # words between what a thing is called and its figure
JOINTS = {"of": 0, "and": 5, "or": 5, ",": 5, ";": 5}
MONTHLY = {"year": 12, "month": 1}
DAILY = {"week": 7, "day": 1}
OTHER_TIMES = (
    "for example | example | e . g | last year | last round | in the past | so far | at present | usually | on average"
)


@dataclass(frozen=True)
class Thing:
    """A thing that criteria say a figure of.

    Parameters
    ----------
    words : what it is called in a finding.
    named : the phrases by which a sentence speaks of it.
    units : the words that follow its figure, each with how many of the smallest it is; none for money.
    side : what a plain figure means: the least or the most that is allowed, or exactly so.
    beside : phrases that make it another thing.
    told : whether only what the council tells counts, and not what questions and gates ask of bidders.
    """

    words: str
    named: str
    units: dict[str, int]
    side: Side = "exactly"
    beside: str = ""
    told: bool = False

    @property
    def kind(self) -> Kind:
        """What its figure is: money where it has no units."""
        return "number" if self.units else "money"


THINGS = (
    Thing("public liability cover", "public liability", {}, "least"),
    Thing("professional indemnity cover", "professional indemnity", {}, "least"),
    Thing(
        "employers' liability cover", "employers ' liability | employer's liability | employers liability", {}, "least"
    ),
    Thing(
        "the time in which bidders' questions are answered",
        "questions are answered | answers questions | answer questions | answers to questions | replies to questions "
        "| clarification questions | requests for clarification",
        DAILY,
        "most",
        beside="before the closing | before bids | before tenders | before the deadline | until",
        told=True,
    ),
    Thing(
        "how long bids stay open",
        "open for acceptance | remain open | stay open | stays open | remains open | remain valid | stay valid | "
        "valid for | bids are valid | tenders are valid | tender validity",
        DAILY | MONTHLY,
        told=True,
    ),
    Thing(
        "the notice by which a contract ends",
        "notice",
        DAILY | MONTHLY,
        beside="tender notice | award notice | contract notice | planning notice | short notice | public notice | "
        "notice board | transparency notice | notice is published",
        told=True,
    ),
    Thing(
        "how long the council takes to pay",
        "paid within | pays within | pay within | pay you within | pay invoices | each invoice | "
        "every invoice | payment within | payment is made within | invoices",
        DAILY,
        "most",
        told=True,
    ),
    Thing(
        "by how much contracts may be extended",
        "extended by | extended for | extend by | extend for | extension of | extend the contract | extend contracts",
        MONTHLY,
        "most",
        told=True,
    ),
    Thing(
        "the largest grant",
        "grants of up to | grant of up to | grants up to | maximum grant | largest grant | grants are limited to | "
        "grant "
        "may not be more than | no grant is more than | apply for up to | ask for up to",
        {},
        "most",
    ),
    Thing("the smallest grant", "minimum grant | smallest grant | grants of at least | grant of at least", {}, "least"),
    Thing(
        "the income that an organisation may have",
        "annual income | yearly income | turnover | income of the organisation | with an income",
        {},
        "most",
    ),
    Thing("years of accounts", "accounts", {"year": 1}, "least", beside="accounts for each | management accounts"),
    Thing("references", "references", {"reference": 1, "referee": 1}, "least"),
    Thing(
        "people on the governing body",
        "governing body | management committee | board of trustees | unrelated",
        {"member": 1, "people": 1, "person": 1, "trustee": 1, "director": 1},
        "least",
        beside="quorum | living | live",
    ),
    Thing("how long records are kept", "kept for | keep for | retained for", MONTHLY, told=True, beside="open"),
)  # fmt: skip
SPOKEN = tuple((thing, tuple(tuple(one.split()) for one in thing.named.split(" | "))) for thing in THINGS)
FIRST_WORDS = frozenset(phrase[0] for _, phrases in SPOKEN for phrase in phrases)


def things(told: Told) -> Iterator[Claim]:
    """Read what a sentence says of things that criteria have no key for."""
    sentence = told.sentence
    if not sentence.figures or FIRST_WORDS.isdisjoint(sentence.words) or sentence.says(OTHER_TIMES):
        return
    for thing, phrases in SPOKEN:
        if (thing.told and told.asks) or (thing.beside and sentence.says(thing.beside)):
            continue
        figure = _nearest(told, thing, phrases)
        if figure is not None and not _denied(sentence, figure):
            value = figure.value * _size(thing, figure)
            if _in_days(thing, figure):
                value = _months(value)
            yield Claim(told, thing.words, value, _as_said(figure, thing), _aspect(sentence, figure, thing))


def _in_days(thing: Thing, figure: Figure) -> bool:
    """Whether a figure of something that is told in months too is one of calendar days or weeks."""
    days = any(word.rstrip("s") in DAILY for word in figure.unit)
    return days and "working" not in figure.unit and MONTHLY.keys() <= thing.units.keys()


def _months(days: Fraction) -> Fraction:
    """Give days as months: whole ones where so many days can be so many months.

    >>> [str(_months(Fraction(days))) for days in (30, 28, 90, 14)]
    ['1', '1', '3', '168/365']
    """
    months = round(days * 12 / 365)
    return Fraction(months) if 28 * months <= days <= 31 * months and months else days * 12 / 365


def _nearest(told: Told, thing: Thing, phrases: tuple[tuple[str, ...], ...]) -> Figure | None:
    """Give the figure next to what the thing is called; none where two are as near."""
    words = told.sentence.words
    at = next(
        (
            (n, n + len(phrase))
            for phrase in phrases
            if phrase[0] in words
            for n in range(len(words) - len(phrase) + 1)
            if words[n : n + len(phrase)] == phrase
        ),
        None,
    )
    if at is None:
        return None
    found = sorted(
        (_between(words, at, one), one.first, one)
        for one in told.sentence.figures
        if one.kind == thing.kind and (not thing.units or _size(thing, one))
    )
    if not found or found[0][0] > REACH or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return found[0][2]


def _between(words: tuple[str, ...], at: tuple[int, int], figure: Figure) -> int:
    """Say how far a figure stands from a name: each word between them counts, a joint as five, and "of" for nothing."""
    between = words[figure.last + 1 : at[0]] if figure.last < at[0] else words[at[1] : figure.first]
    return sum(JOINTS.get(word, 1) for word in between)


def _size(thing: Thing, figure: Figure) -> int:
    """Give how many of the smallest unit a figure counts; 0 where it counts something else."""
    sizes = (size for word in figure.unit for name, size in thing.units.items() if word.rstrip("s") == name)
    return next(sizes, 0) if thing.units else 1


def _aspect(sentence: Passage, figure: Figure, thing: Thing) -> str:
    """Say on which side it bounds, and which of several sums of one thing it is."""
    side = {"over": "least", "under": "most", "exactly": thing.side}.get(figure.side, figure.side)
    after = " ".join(sentence.words[figure.last + 1 : figure.last + 7])
    whole = any(phrase in after for phrase in ("in aggregate", "in the aggregate", "in all", "in total", "altogether"))
    days = any(word.rstrip("s") in DAILY for word in figure.unit) and not _in_days(thing, figure)
    smallest = ("working " if "working" in figure.unit else "") + ("days" if days else "")
    return f"{side} {'whole ' if whole else ''}{smallest}".strip()


def _as_said(figure: Figure, thing: Thing) -> str:
    if not thing.units:
        return f"£{exact(figure.value)}"
    unit = [word for word in figure.unit if word == "working" or word.rstrip("s") in thing.units]
    return " ".join((exact(figure.value), *unit[:2]))


def _denied(sentence: Passage, figure: Figure) -> bool:
    before = sentence.within(0, figure.first)
    limits = range(figure.first - 3, figure.first)
    return any(at not in limits for at in before.meanings.get("not", ()))
