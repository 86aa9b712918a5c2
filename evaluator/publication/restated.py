"""Sentences of sources that say again what the criteria say as values: one source for every rule is enough.

``source`` says where a rule was decided. A sentence there that states the rule is held against the values beside it:
where every word of it speaks of the rule and every figure is the published one, the engine alone says the rule.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from evaluator.publication.figures import figures_in
from evaluator.records.english import VALUES
from evaluator.records.findings.finding import Source
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.programme.by_name import Names
from evaluator.records.programme.criteria import PRICE, QUESTION, Criteria, Moderation, PricePolicy, Rounding, TieBreak
from evaluator.records.programme.price.methods import METHODS, own_name
from evaluator.records.programme.published import Declaring
from evaluator.records.programme.texts import Text, texts_of

SENTENCE = re.compile(r"(?:[^.]|\.(?=[0-9]))+\.?")
HEAD = re.compile(r"^\s*[A-Z][\w ,/()-]{0,40}?[0-9][0-9.()]*:\s+")  # "ITT 4.6: " before what was decided there
ID = re.compile(r"\b[A-Za-z]+[0-9]\w*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMON = _words(  # words that say nothing of a rule by themselves
    """a all alone an and any are as at be been between beyond but by does each either equal every exactly first for
    from has have if in into is it its itself last least less more most never no none not nothing of on once one only
    or other over own same so that the their them then there these they this to up what where which while whole with
    after before decides stay stays x"""
)
WORDS: Mapping[type[Declaring], frozenset[str]] = {
    Rounding: _words(
        """rounded rounding round decimal decimals place places half halves upwards up down away nought zero even
        neighbour quality score scores price points point total totals sum exact figures ranks rank rest part parts
        shown number numbers question questions"""
    ),
    Moderation: _words(
        """evaluator evaluators assessors mark marks marking marked answer answers agree agrees agreed panel scale
        reason reasons write why averaged average taken added counts different point consensus independently apart"""
    ),
    TieBreak: _words(
        """higher lower highest lowest quality score scored price mark share shares rank bids bid tie ties tied totals
        total"""
    ),
    PricePolicy: _words(
        """lowest highest price prices earns earn points divided times others straight line fall falls evenly twice
        ranked bids bid available sum years nought"""
    ),
    AllocationPolicy: _words(
        """among sets set bids bid within budget greatest sum total totals scores score costs least cost best order
        points needed highest next awarded comes lower money fit until"""
    ),
}
STRAIGHT = ("linear_above_lowest", "linear_whole_points", "range", "fixed_limits")
LOWEST = tuple(name for name in METHODS if "income" not in name)
RATIO, HIGHEST = ("lowest_price_ratio", "highest_income_ratio"), ("range", "fixed_limits", "highest_income_ratio")
# What a sentence may say only where it was published: a pattern, the key that it is about, and the values of that key.
ONLY_WHERE: tuple[tuple[type[Declaring], str, str, tuple[str, ...]], ...] = (
    (Rounding, r"half (is )?(upwards|up|away)|halves (upwards|up|away)", "mode", ("half_up",)),
    (Rounding, r"\beven\b|neighbour", "mode", ("half_even",)),
    (Rounding, r"\b(down|towards)\b", "mode", ("down",)),
    (Rounding, r"\b(always|every rest)\b.*\b(up|away)\b", "mode", ("up",)),
    (Rounding, r"\b(each|parts?)\b", "point", ("parts",)),
    (Rounding, r"\b(only|alone)\b", "point", ("total",)),
    (Rounding, r"\bexact\b", "point", ("total", "display")),
    (Moderation, r"\b(one|a single) evaluator\b", "method", ("one_evaluator",)),
    (Moderation, r"\b(agreed?|agrees|panel|evaluators|assessors)\b", "method", ("consensus",)),
    (Moderation, r"^(?!.*\b(no|not|never|nothing)\b).*\b(averaged?|added)\b", "method", ()),
    (PricePolicy, r"\bstraight|evenly\b", "method", STRAIGHT),
    (PricePolicy, r"\b(divided|times|x)\b|/", "method", RATIO),
    (PricePolicy, r"\bhighest\b.*\bnone\b", "method", HIGHEST),
    (PricePolicy, r"\bhighest\b(?!.*\bnone\b)", "method", ("highest_income_ratio",)),
    (PricePolicy, r"\blowest\b", "method", LOWEST),
    (AllocationPolicy, r"\bsets?\b", "method", ("optimise",)),
    (AllocationPolicy, r"\border\b|\buntil\b", "method", ("priority",)),
)
Restated = Mapping[Source, tuple[str, ...]]


def restated(criteria: Criteria) -> Restated:
    """Give the sentences of each source that only say again what the values beside it say, by their places."""
    names = Names(criteria.as_written)
    sources = [text for text in texts_of(criteria) if text.key == "source" and type(text.record) in WORDS]
    found = {text.place: tuple(_sentences(text, criteria, names)) for text in sources}
    return {place: sentences for place, sentences in found.items() if sentences}


def _sentences(text: Text, criteria: Criteria, names: Names) -> Iterator[str]:
    head = HEAD.match(text.words)
    for sentence in SENTENCE.findall(text.words[head.end() :] if head else text.words):
        if _speaks_of_it(sentence, text.record) and _agrees(sentence, text, criteria, names):
            yield sentence.strip()


def _speaks_of_it(sentence: str, record: Declaring) -> bool:
    """Whether every word is one with which the rule is said, and more than one of them is."""
    plain = ID.sub(" ", re.sub(r"['’]s?\b", "", sentence)).casefold()
    words, own = set(re.findall(r"[a-z]+", plain)), WORDS[type(record)]
    return len(words & own) > 1 and words <= own | COMMON | VALUES.keys()


def _agrees(sentence: str, text: Text, criteria: Criteria, names: Names) -> bool:
    """Whether what it says is what was published: every figure, each way of doing it, the order of a tie-break."""
    figures = {one.value for one in names.own(text.theme, text.record).values()} | {Decimal(0)}
    if isinstance(text.record, PricePolicy):
        scored = [theme for theme in criteria.themes if criteria.price_policy(theme.id) == text.record]
        figures |= {theme.weights.get(PRICE, Decimal(0)) for theme in scored}
    if any(isinstance(one.value, str) or one.value not in figures for one in figures_in(sentence)):
        return False
    if isinstance(text.record, TieBreak) and _named(sentence, criteria) not in (text.record.order, ()):
        return False
    return all(
        own_name(getattr(text.record, key)) in values
        for record, words, key, values in ONLY_WHERE
        if isinstance(text.record, record) and re.search(words, sentence, re.I)
    )


def _named(sentence: str, criteria: Criteria) -> tuple[str, ...]:
    """Give what a sentence names that can break ties, in the order in which it does."""
    said = {"quality": r"\bquality\b", "lower_price": r"\bprice\b"}
    asked = {one.id for theme in criteria.themes for one in criteria.questions(theme.id)}
    said |= {f"{QUESTION}{one}": rf"\b{re.escape(one)}\b" for one in asked}
    found = {name: re.search(words, sentence, re.I) for name, words in said.items()}
    return tuple(name for _, name in sorted((match.start(), name) for name, match in found.items() if match))
