"""What sentences say of weights beside one another: equal, the greater, the greatest, so many times, or alone."""

import re
from collections.abc import Iterator
from fractions import Fraction

from evaluator.publication.checks.prose.claims import Claim, exact, of_itself
from evaluator.publication.checks.prose.readers.scored import EXAMPLE, NO_WEIGHTS, PRICE_LEAF, QUALITY, what_is_weighed
from evaluator.publication.checks.prose.told import Told
from evaluator.records.english import VALUES


def proportions(told: Told) -> Iterator[Claim]:
    """Read what a sentence says of weights beside one another."""
    if told.sentence.says(EXAMPLE) or (told.room == "TieBreak" and not told.sentence.any("weight")):
        return
    names = what_is_weighed(told)
    yield from _alone(told)
    yield from _split(told)
    if told.sentence.says(EQUALLY) and not told.sentence.figures:
        yield from _equally(told, {name for _, name in names})
        return
    yield from _ratio(told, names)
    yield from _beside_another(told)


TIMES_ANOTHER = re.compile(
    r" (half|twice|double|three times|four times) "
    r"(?:as (?:much|many|important|heavily)(?: \w+){0,2}? as|(?:the )?(?:weight|points|marks) (?:of|for)) "
    r"(?:the )?([^.,;]+)"
)
HOW_OFTEN = {"half": Fraction(1, 2), "twice": Fraction(2), "double": Fraction(2), "three times": Fraction(3)}


def _beside_another(told: Told) -> Iterator[Claim]:
    """Read how many times a question weighs what another does, which stands there by its title or id."""
    said = TIMES_ANOTHER.search(told.sentence.spoken) if told.question is not None else None
    if said is None or told.question is None:
        return
    times, words = HOW_OFTEN.get(said.group(1), Fraction(4)), said.group(2).split()
    for theme in told.themes:
        for name, (own, title) in told.setting.names[theme.id].items():
            if name != told.question.id and (tuple(words[: len(title)]) == title or words[:1] == [own[0]]):
                weight = times * Fraction(theme.weights.get(name, 0))
                yield Claim(told, "weight", weight, f"{said.group(1)} of {name}", told.question.id)
                return


ALONE = tuple(
    (
        " | ".join(
            f"{word} {name}" for word in ("wholly on", "solely on", "only on", "only at", "entirely on", "purely on")
        ),
        other,
    )
    for name, other in (("quality", PRICE_LEAF), ("price", QUALITY))
)


UNCOUNTED = re.compile(r" price (?:is|does|will) not (?:be )?(?:count|counted|matter|considered|scored|looked) ")


SPLIT = re.compile(r" ([0-9]{1,2}) (?:/|:|-) ([0-9]{1,2}) (?:\w+ ){0,3}(quality|price)")


def _alone(told: Told) -> Iterator[Claim]:
    """Read that only quality, or only price, counts."""
    if told.asks or told.room in NO_WEIGHTS:
        return
    found = [other for phrases, other in ALONE if told.sentence.says(phrases)]
    found += [PRICE_LEAF] if UNCOUNTED.search(told.sentence.spoken) else []
    for name in found[:1]:
        yield Claim(told, "weight", Fraction(0), "nothing", name)


def _split(told: Told) -> Iterator[Claim]:
    """Read a split such as "75/25 quality and price"."""
    said = None if told.asks else SPLIT.search(told.sentence.spoken)
    if said and int(said.group(1)) + int(said.group(2)) in told.criteria.wholes:
        name = QUALITY if said.group(3) == "quality" else PRICE_LEAF
        yield Claim(told, "weight", Fraction(said.group(1)), said.group(1), name)


EQUALLY = (
    "matter equally | matter the same | matters the same | matters as much as | matter as much as | "
    "in equal measure | equal footing | equal regard | half and half | "
    "counts as much as | weighs as much as | is worth as much as | as important as | equal weight | equally "
    "weighted | weighted equally | the same weight | equal weighting | equal weightings | "
    "counts the same | count the same | counts equally | count equally | worth the same | equal importance | "
    "equally important | carries the same | carry the same | as much as any other | equal marks | equal points"
)


def _equally(told: Told, names: set[str]) -> Iterator[Claim]:
    """Read that quality and price, or all questions, or those that are named, weigh the same."""
    asked_about = names - {QUALITY, PRICE_LEAF}
    if told.question is not None and of_itself(told):
        asked_about |= {told.question.id}
    for theme in told.themes if len(asked_about) > 1 else ():
        carried = sorted((Fraction(theme.weights[name]), name) for name in asked_about if name in theme.weights)
        if carried and carried[0][0] != carried[-1][0]:
            yield Claim(told, "weight", carried[-1][0], "the same as another", carried[0][1])
            return
    if told.sentence.says("question | questions | answer | answers | criterion | criteria | section | sections"):
        for theme in told.themes:
            asked = [one.id for one in told.criteria.questions(theme.id) if theme.weights.get(one.id)]
            share = (told.criteria.whole_of(theme.id) - theme.price_weight) / max(1, len(asked))
            for name in [one for one in asked if Fraction(theme.weights[one]) != share][:1]:
                yield Claim(told, "weight", share, f"the same for each, {exact(share)}", name)
        return
    halves = {told.criteria.whole_of(theme.id) / 2 for theme in told.themes}
    for name, half in ((name, half) for name in sorted(names & {QUALITY, PRICE_LEAF}) for half in sorted(halves)):
        yield Claim(told, "weight", half, exact(half), name)


GREATEST = (
    "most important | most heavily | counts most | matters most | counts for most | counts for more than any | "
    "principal consideration | main consideration | chief consideration | primary consideration | decisive factor | "
    "main factor | principal factor | overriding | comes before everything | most weight | greatest weight | "
    "highest weighting | heaviest | deciding element | deciding factor | comes down to | decisive"
)


MORE = (
    "more about | matters more | more important | counts more | counts for more | outweighs | more weight | "
    "weighs more "
    "| above all | takes precedence | more heavily | ahead of quality | ahead of price | more highly"
)


TIMES = (
    ("twice as", 2),
    ("two times", 2),
    ("three times", 3),
    ("four times", 4),
    ("double the", 2),
    ("half as", Fraction(1, 2)),
    ("four times as", 4),
    ("three times as", 3),
    ("five times", 5),
)


def _ratio(told: Told, names: list[tuple[int, str]]) -> Iterator[Claim]:
    """Read how many times quality weighs what price does, or the other way round."""
    both = [name for _, name in sorted(names) if name in (QUALITY, PRICE_LEAF)]
    if len(both) == 2 and told.sentence.says(MORE) and not told.sentence.figures and not told.sentence.denied:
        wholes = [(one.price_weight, told.criteria.whole_of(one.id)) for one in told.themes]
        if any((price if both[0] == PRICE_LEAF else whole - price) <= whole / 2 for price, whole in wholes):
            yield Claim(told, "weight", "the greater", f"of {both[0]} the greater", both[0])
    yield from _first_of_two(told, names)
    yield from _greatest(told, names)
    yield from _in_order(told, names)
    yield from _to_one(told, both)
    for phrase, times in TIMES if len(both) == 2 and told.sentence.has("weight") else ():
        if told.sentence.says(phrase):
            yield from _shares(told, Fraction(times) / (1 + Fraction(times)), both[0])


TO_ONE = re.compile(r" (\w+) (?:to|:) (?:one|1) ")


def _to_one(told: Told, both: list[str]) -> Iterator[Claim]:
    """Read how many times the first of two weighs what the other does: "by three to one"."""
    said = TO_ONE.search(told.sentence.spoken) if len(both) == 2 else None
    times = (VALUES.get(said.group(1)) or (said.group(1).isdigit() and int(said.group(1)))) if said else 0
    if times:
        yield from _shares(told, Fraction(times, times + 1), both[0])


def _shares(told: Told, part: Fraction, name: str) -> Iterator[Claim]:
    """Claim that one of two carries this part of what the weights of each theme come to."""
    for whole in told.criteria.wholes:
        yield Claim(told, "weight", whole * part, f"{exact(whole * part)}%", name)


DESCENDING = (
    "descending order | order of importance | most important first | order of weight | most first | heaviest first"
)


def _in_order(told: Told, names: list[tuple[int, str]]) -> Iterator[Claim]:
    """Read an order of importance: none weighs more than the one that is named before it."""
    listed = [name for _, name in sorted(names)]
    if len(listed) < 2 or not told.sentence.says(DESCENDING):
        return
    for theme in told.themes:
        carried = {
            QUALITY: told.criteria.whole_of(theme.id) - theme.price_weight,
            PRICE_LEAF: Fraction(theme.price_weight),
        }
        own = [carried.get(name, Fraction(theme.weights.get(name, 0))) for name in listed]
        wrong = next((name for name, one, two in zip(listed, own, own[1:], strict=False) if one < two), "")
        if wrong:
            yield Claim(told, "weight", "more than what follows it", "more than what follows it", wrong)
            return


def _greatest(told: Told, names: list[tuple[int, str]]) -> Iterator[Claim]:
    """Read that one thing weighs more than every other."""
    sentence = told.sentence
    if len(names) != 1 or not sentence.says(GREATEST) or sentence.denied or told.text.key == "good_answer":
        return
    name = names[0][1]
    for theme in told.themes:
        own = {QUALITY: told.criteria.whole_of(theme.id) - theme.price_weight}.get(
            name, Fraction(theme.weights.get(name, 0))
        )
        others = [Fraction(each) for leaf, each in theme.weights.items() if leaf != name]
        others = [Fraction(theme.price_weight)] if name == QUALITY else others
        others = [told.criteria.whole_of(theme.id) - theme.price_weight] if name == PRICE_LEAF else others
        shared = sentence.says("both | and this | this and | and that | that and | carry | are")  # with another
        if others and (own < max(others) or (own == max(others) and not shared)):
            yield Claim(told, "weight", "the greatest", "the greatest", name)
            return


def _first_of_two(told: Told, names: list[tuple[int, str]]) -> Iterator[Claim]:
    """Read that of two questions the one that is named first weighs more."""
    named = [name for _, name in sorted(names)]
    if len(named) != 2 or told.sentence.figures or told.sentence.denied or not told.sentence.says(MORE):
        return
    for theme in told.themes:
        first, second = (theme.weights.get(name) for name in named)
        if first is not None and second is not None and first <= second:
            yield Claim(told, "weight", "the greater", f"of {named[0]} the greater", named[0])
