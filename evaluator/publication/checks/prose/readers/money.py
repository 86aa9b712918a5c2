"""What sentences say of the money: how much there is, how it is divided, and how many awards there are."""

import re
from collections.abc import Iterator
from fractions import Fraction

from evaluator.publication.checks.prose.claims import Claim, exact
from evaluator.publication.checks.prose.figures import DENIED, Figure
from evaluator.publication.checks.prose.sentences import Passage
from evaluator.publication.checks.prose.told import Told


def budgets(told: Told) -> Iterator[Claim]:
    """Read how much money there is."""
    sentence = told.sentence
    if told.asks or told.room in ("Term", "Tier", "ScaleMark", "Question", "Amounts", "FinalChoice", "Stage"):
        return
    if told.room == "PricePolicy" and sentence.any("mark"):
        return  # what points a price earns, or what a point is worth
    rule = told.room in ("Budget", "YearBudget", "ThemeBudget")
    speaks = sentence.says(
        (
            "there is | there are | given out | we have | is worth | hand out | handed out | share out | budget | "
            "available | pot | kitty | envelope | set aside | shared out | to be shared | to award | "
            "to spend | to give out | "
            "to be given | fund of | programme has | total value | aggregate value | value of all | funding | "
            "can spend | will spend | may spend "
            "| value of "
            "the contract | contract value | estimated value | estimated at | contract is worth | money for this"
        ),
    )
    past = sentence.says("last year | last round | had | spent | was | were | spends")
    rule = rule and told.text.key == "title"
    for figure in sentence.figures if (speaks or rule) and not past else ():
        if figure.kind == "money" and not sentence.says("each | per bid | for each | themes 2 and 3 share"):
            yield Claim(told, "budget", figure.value, f"£{exact(figure.value)}")


AWARD_METHODS = (
    (
        "cheapest",
        (
            "tender with the lowest price | bid with the lowest price | lowest priced tender | lowest priced "
            "bid | lowest price "
            "that meets | cheapest first | lowest price first | order of their price | "
            "order of price | order of prices | order of their prices | order "
            "of cost | cost "
            "least are funded first | cheapest bids first | lowest cost first | cheapest are funded first | "
            "starting with the cheapest | whoever costs us least | whoever costs least | whoever is cheapest"
        ),
    ),
    (
        "priority stop",
        (
            "nothing more is awarded | we stop | stops at the first | stop at the first | no further awards | no "
            "lower bid | awards end | ends the list | list ends | stop there | stops there | stopping at the first | "
            "closes the list | nothing further is awarded | nothing after it"
        ),
    ),
    (
        "priority skip",
        (
            "next bid that fits | next that fits | next one that fits | is skipped | are skipped | skipping | "
            "next affordable"
        ),
    ),
    (
        "priority",
        (
            "budget is exhausted | money is exhausted | funds are exhausted | until the budget | until the "
            "money | until the funds | "
            "scoring bids are funded first | scores are funded first | first past | down the ranking | down "
            "the list | list down | from the top of the list | until the money runs out | "
            "until the money is spent | until the budget is spent | strict order | strictly in order | order of "
            "their totals | order of totals | order of score | order of their scores | order of rank | rank order "
            "| highest total down | highest totals down | highest score down | from the top down | in rank order "
            "| highest scoring first | highest total first | best first | until funds run out | until the funds "
            "run out"
        ),
    ),
    (
        "optimise",
        (
            "greatest sum | highest sum | greatest total score | most points in all | most points together | "
            "that together | "
            "best combination | best set | best sum | combination with the | set "
            "with the | largest sum | highest combined | adds up to the most | add up to the most | together score "
            "most | together score the most | most points between them"
        ),
    ),
)


def award_methods(told: Told) -> Iterator[Claim]:
    """Read how the money is divided among bids."""
    sentence = told.sentence
    if (
        told.asks
        or told.room in ("TieBreak", "Moderation", "Rounding", "PricePolicy", "MeritOrder", "ReserveList", "Term")
        or not (sentence.any("onward", "bid", "outcome") or told.room == "AllocationPolicy")
    ):
        return
    said = next(
        (
            name
            for name, phrases in AWARD_METHODS
            if any(not clause.denied and clause.says(phrases) for clause in sentence.clauses)
        ),
        "",
    )
    if not said and sentence.says("cheapest | lowest priced | least expensive") and sentence.says("first"):
        said = "" if sentence.any("tie", "not") else "cheapest"
    if not said:
        said = next(
            (
                name
                for name, phrases in AWARD_METHODS[1:3]
                if sentence.says(phrases) and sentence.says("fit | afford | affordable | budget | money")
            ),
            "",
        )
    if said:
        yield Claim(told, "award_method", said, said)


def limits_on_awards(told: Told) -> Iterator[Claim]:
    """Read how many awards one organisation, or a theme, may have."""
    sentence = told.sentence
    if NO_LIMIT.search(sentence.spoken) and sentence.any("bidder") and not told.asks:
        yield Claim(told, "organisation_awards", "no limit", "no limit")
        return
    if not told.asks and "with" in sentence.words and WITH_ONE.search(sentence.spoken):
        yield Claim(told, "organisation_awards", Fraction(1), "one")
        return
    if told.room in ("Gate", "ScaleMark", "Measured") or not sentence.says(
        (
            "contract | contracts | lot | lots | award | awards | grant | grants | themes | theme | areas | "
            "successful "
            "| once | both of them | the pair of them | one of them | one of these | one of the two | one of the three "
            "| preferred one"
        ),
    ):
        return
    for figure in _caps(told):
        side = DENIED[figure.side] if _denied_before(sentence, figure) else figure.side
        per_bidder = sentence.any("bidder") or sentence.says("nobody | no one | anyone | each | win | you | apply")
        in_theme = bool(IN_EACH.search(sentence.spoken)) or sentence.says("per theme | let in | the lot has")
        if (in_theme or not per_bidder) and told.room != "OrganisationAwards":
            yield from _of_theme(told, figure, side)
        elif side in ("most", "under", "exactly", "over"):
            yield Claim(told, "organisation_awards", figure.value, exact(figure.value))
            return
    yield from _of_both(told)
    if (
        not sentence.figures
        and sentence.any("bidder", "if")
        and sentence.says(
            (
                "once only | only once | only your preferred | preferred one | one of them | only win one | "
                "just one | win once "
                "| only one"
            ),
        )
    ) and not any(clause.denied for clause in sentence.clauses):
        yield Claim(told, "organisation_awards", Fraction(1), "1")


def _of_both(told: Told) -> Iterator[Claim]:
    """Read that one bidder may have both lots, or that nobody has; "where it leads in both lots" says neither."""
    for clause in told.sentence.clauses:
        said = BOTH.search(clause.spoken)
        if not said or IN_CASE.search(clause.spoken[: said.start() + 1]) or told.asks:
            continue
        nobody = clause.denied or clause.words[0] in ("nobody", "neither")
        yield Claim(told, "organisation_awards", Fraction(1 if nobody else 2), "one" if nobody else "two")
        return


WITH_ONE = re.compile(
    r" (?:walks?|comes?|goes?|ends?) (?:off |away |home |up )with (?:only |just )?(?:one|a single one) "
)
NO_LIMIT = re.compile(r" no (?:limit|restriction|cap|maximum) (?:on|upon|to|as to) (?:how many|the number) ")
IN_EACH = re.compile(
    r" (?:(?:each|every) (?:lot|theme|area|fund|place|district) (?:has|gets|is|will|can|may)|this (?:theme|lot)|"
    r"(?:in|for) (?:a|any|each|every) (?:lot|theme|area|place|district)|in this) "
)
BOTH = re.compile(
    r" (?:win|wins|awarded|get|gets|have|hold|holds|given|take|takes|receive|receives) (?:up )?"
    r"(?:both(?: of)?|one or both|more than one|all(?: of)?|every)(?: the)? (?:lots?|areas?|themes?) |"
    r" (?:win|get|have|hold|be given|be awarded) (?:both|the pair|all) of (?:them|these|the lots) |"
    r" (?:walks?|comes?|goes?) (?:off|away|home) with (?:both|the pair|the lot|all of them) "
)
IN_CASE = re.compile(r" (?:if|where|when|whether|unless|should|who|which|that) ")


def money_of_one(told: Told) -> Iterator[Claim]:
    """Read how much money one organisation may have in all."""
    sentence = told.sentence
    if told.asks or not sentence.any("bidder") or not sentence.any("outcome", "onward", "win"):
        return
    for figure in sentence.figures if sentence.says(TOGETHER) else ():
        if figure.kind == "money" and figure.side in ("most", "over"):
            yield Claim(told, "organisation_money", figure.value, f"£{exact(figure.value)}")


TOGETHER = "across the lots | across all | across lots | across both | in all | altogether | in total | across themes"


def _caps(told: Told) -> Iterator[Figure]:
    sentence = told.sentence
    nouns = ("contract", "lot", "award", "grant", "theme", "area", "time")
    for figure in sentence.figures:
        near = figure.of_unit(*nouns) or (
            sentence.says("maximum number | number of awards | number of contracts | number of lots")
            or figure.unit[:2] in (("of", "them"), ("of", "these"), ("of", "the"))
        )
        if (
            figure.kind == "number"
            and not _bid_for(told, figure)
            and (near or (told.room == "OrganisationAwards" and figure.unit[:1] in ((), (".",), (",",))))
            and not sentence.says("last year | years ago | in 2019 | experience | held | apply for up to")
        ):
            yield figure


def _bid_for(told: Told, figure: Figure) -> bool:
    """Whether a figure counts the lots that one may bid for, of which some may be won: "bid for all three lots"."""
    words = told.sentence.words
    bids = [at for at in range(figure.first - 1) if words[at] in BIDS and words[at + 1] == "for"]
    wins = [at for at, word in enumerate(words) if word in WINS]
    bid_for = bool(bids) and not any(bids[-1] < at < figure.first for at in wins)
    return bid_for and (any(at > figure.first for at in wins) or figure.value == len(told.criteria.themes))


BIDS = frozenset({"bid", "bids", "apply", "applies", "tender", "tenders", "made"})
WINS = frozenset({"win", "wins", "won", "awarded", "get", "gets", "given", "have", "has", "take", "takes", "receive"})


def _of_theme(told: Told, figure: Figure, side: str) -> Iterator[Claim]:
    lets = told.sentence.says(
        ("let | expect to make | will be | are made | awards are | make | award | fund | has | have | has between"),
    )
    if figure.of_unit("contract", "award", "grant") and lets and side in ("most", "least", "exactly") and not told.asks:
        yield Claim(told, "theme_awards", figure.value, exact(figure.value))


def _denied_before(sentence: Passage, figure: Figure) -> bool:
    return any(at < figure.first for at in sentence.meanings.get("not", ())) and figure.side in ("over", "under")
