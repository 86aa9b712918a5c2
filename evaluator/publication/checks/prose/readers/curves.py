"""What sentences say that a price earns which is so many times the lowest: held against the method, worked out."""

import re
from collections.abc import Iterator
from fractions import Fraction

from evaluator.publication.checks.prose.claims import Claim, exact
from evaluator.publication.checks.prose.figures import PARTS, Figure
from evaluator.publication.checks.prose.readers.scored import POINTS
from evaluator.publication.checks.prose.sentences import Passage
from evaluator.publication.checks.prose.told import Told
from evaluator.records.programme.criteria import PricePolicy
from evaluator.records.programme.price.methods import own_name

TWICE = re.compile(
    r" costs? double |"
    r" (?:double|twice) (?:(?:the )?(?:lowest|cheapest)|(?:that|this) (?:figure|price|sum|amount)|"
    r"as (?:much|high|dear)|it|that) "
)
AGAIN = re.compile(r" (?:a )?(half|third|quarter) as (?:much|high|dear|large)(?: \w+)? again ")
FROM_THERE = re.compile(r" (?:or more|or above|or over|and above|and over|upwards|or higher) ")
TIMES = re.compile(r"^(?:times|x|×) (?:(?:the )?(?:lowest|cheapest|that|it)|as (?:high|much|dear|large))")
ALL = re.compile(
    r" (?:all|every|the full|maximum|full)(?: \w+){0,5} (?:points?|marks?) | everything | the maximum | the lot "
)
DEARER = re.compile(
    r"^(?:(?:above|over|dearer|more|higher)(?: than)?(?: \w+)?) (?:lowest|cheapest|it)|^(?:above|over|more than) it"
)
AGAINST = re.compile(r" (?:lowest|cheapest)(?: \w+){0,2} (?:of|is|at|being) £ ")
LIMITED = ("fixed_limits", "weighted_score_limits", "damped_discount", "discount_ratio", "bilinear_discount", "narbona")
NOTHING = re.compile(r" (?:zilch|none|nothing|nought|zero|no points) ")
EARNS = frozenset(
    {
        "worth",
        "given",
        "attracts",
        "attract",
        "earns",
        "earn",
        "gets",
        "get",
        "has",
        "have",
        "receives",
        "receive",
        "scores",
        "score",
        "none",
        "keeps",
        "keep",
    }
)


def points_at(told: Told) -> Iterator[Claim]:
    """Read which part of the points, in percent, a price earns that is so many times the lowest."""
    if told.room != "PricePolicy":
        return
    for part in _parts(told.sentence):
        times, earned = _times(part), _earned(told, part)
        if len(times) == 1 and len(earned) == 1:
            yield Claim(told, "points_at", earned[0], f"{exact(earned[0])}% of the points", str(times[0]))
            if earned == [0] and FROM_THERE.search(part.spoken):
                yield Claim(told, "zero_at", times[0], f"nothing from {exact(times[0])} times the lowest on")
        elif len(sums := _sums(part)) == 1 and len(earned) == 1 and not _by_limits(told):
            yield Claim(told, "price_method", "limits", f"points by the sum of £{exact(sums[0])}")
        elif len(sums) == 1 and len(earned) == 1:
            yield Claim(told, "points_at", earned[0], f"{exact(earned[0])}% of the points", f"£{sums[0]}")
            if earned == [0] and FROM_THERE.search(part.spoken):
                yield Claim(told, "zero_at", sums[0], f"nothing from £{exact(sums[0])} on", f"£{sums[0]}")


def _parts(sentence: Passage) -> Iterator[Passage]:
    """Give the parts of a sentence between its commas and "and", each with what belongs to one price."""
    cuts = [at for at, word in enumerate(sentence.words) if word in (";", "and") or (word == "," and at)]
    first = 0
    for cut in (*cuts, len(sentence.words)):
        part = sentence.within(first, cut)
        priced = _times(part) or _sums(part)
        if not EARNS.isdisjoint(part.words) and priced:
            yield part
            first = cut
        elif cut < len(sentence.words) and not priced:
            first = cut


def _times(part: Passage) -> list[Fraction]:
    """Give how many times the lowest price a part speaks of."""
    found = [Fraction(2)] if TWICE.search(part.spoken) else []
    found += [1 + PARTS[again.group(1)] for again in AGAIN.finditer(part.spoken)]
    for figure in part.figures:
        after = " ".join(part.words[figure.last + 1 :])
        if figure.kind in ("number", "part") and TIMES.match(after):
            found.append(figure.value)
        if figure.kind == "percent" and DEARER.match(after) and not _is_step(part, figure):
            found.append(1 + figure.percent / 100)
    money = [one.value for one in part.figures if one.kind == "money"]
    if len(money) == 2 and min(money) and AGAINST.search(part.spoken):
        found.append(max(money) / min(money))
    return found


def _is_step(passage: Passage, figure: Figure) -> bool:
    """Whether a figure is a step of a slope, "each 1 % above it", and no price of its own."""
    return passage.words[max(0, figure.first - 1) : figure.first] in (("each",), ("every",), ("per",))


def slopes(told: Told) -> Iterator[tuple[Figure, bool]]:
    """Give the figures of each slope, "each 10 % above it takes 3 of the points", and whether it is the published."""
    policy, figures = told.text.record, told.sentence.figures
    if not isinstance(policy, PricePolicy):
        return
    weights = {Fraction(theme.price_weight) for theme in told.themes} - {Fraction(0)}
    for at, step in enumerate(figures):
        rate = _rate(policy, step.kind) if _is_step(told.sentence, step) else 0
        others = (one for one in (*figures[at + 1 :], *figures[:at][::-1]) if _of_points(told, one))
        one = next(others, None) if rate else None
        if one is not None:
            plain = one.kind == "number" and not one.of
            shares = {100 * one.value / each for each in weights} if plain else {one.share}
            yield from ((figure, rate * step.value in shares) for figure in (step, one))


def _of_points(told: Told, figure: Figure) -> bool:
    """Whether a figure can be of the points: a share of them, or a number of points."""
    if figure.kind == "money" or _is_step(told.sentence, figure) or figure.of_unit("hundredth"):
        return False
    return (
        figure.kind in ("percent", "part")
        or bool(figure.of)
        or figure.of_unit(*POINTS)
        or figure.unit[:2] == ("of", "them")
    )


def _rate(policy: PricePolicy, kind: str) -> Fraction:
    """Give the percent of the points that 1 % of the price, or £1, gives or takes; 0 where more decides."""
    method, terms = own_name(policy.method), policy.parameters
    if method == "fixed_limits" and kind == "money":
        return 100 / (Fraction(terms["highest"]) - Fraction(terms["lowest"]))
    if method == "linear_above_lowest" and kind == "percent":
        return 1 / (Fraction(terms.get("zero_at", 2)) - 1)
    return Fraction(terms.get("per_percent", 1) if method == "mean_deviation" and kind == "percent" else 0)


def worked_out(policy: PricePolicy, weight: Fraction) -> Iterator[Fraction]:
    """Give the points that a policy's own parameters come to: at the mean, and of each place in an order of prices."""
    method, terms = own_name(policy.method), policy.parameters
    if method in ("range", "fixed_limits", "linear_above_lowest"):
        yield weight / 2  # half way along the line
    if method == "mean_deviation":
        at_mean, rate = Fraction(terms.get("at_mean", 50)), Fraction(terms.get("per_percent", 1))
        yield weight * at_mean / 100
        yield from ((100 - at_mean) / rate, at_mean / rate)  # from where on there are all, and none
    if method == "ranking_points":
        places = -(-100 // Fraction(terms["step"]))
        yield Fraction(places)
        yield from (weight * (100 - place * Fraction(terms["step"])) / 100 for place in range(places))


def _by_limits(told: Told) -> bool:
    """Whether the price of the policy that a sentence stands with is held against sums that are published."""
    policy = told.text.record
    return not isinstance(policy, PricePolicy) or own_name(policy.method) in LIMITED


def _sums(part: Passage) -> list[Fraction]:
    """Give the prices in pounds that a part speaks of, where it speaks of none in times of the lowest."""
    return [one.value for one in part.figures if one.kind == "money"] if not _times(part) else []


def _earned(told: Told, part: Passage) -> list[Fraction]:
    """Give what a part says is earned, in percent of the points for price."""
    weights = {Fraction(theme.price_weight) for theme in told.themes}
    found = [Fraction(0)] if NOTHING.search(part.spoken) else []
    found += [Fraction(100)] if ALL.search(part.spoken) else []
    for figure in part.figures:
        after = " ".join(part.words[figure.last + 1 :])
        if figure.kind == "part" and not TIMES.match(after) and not after.startswith("as "):
            found.append(figure.percent)
        last = figure.unit[:1] in ((), (".",), (",",), (";",))
        if figure.kind == "number" and (figure.of_unit(*POINTS) or last) and len(weights) == 1 and min(weights):
            found.append(100 * figure.value / min(weights))
    return list(dict.fromkeys(found))


def part_earned_at(policy: PricePolicy, price: Fraction) -> Fraction | None:
    """Give the percent of the points that a price in pounds earns between published limits; None by other methods.

    >>> limits = {"lowest": "60000", "highest": "110000"}
    >>> part_earned_at(PricePolicy(method="fixed_limits", parameters=limits, source="ITT 4"), Fraction(85000))
    Fraction(50, 1)
    """
    if own_name(policy.method) != "fixed_limits" or not {"lowest", "highest"} <= set(policy.parameters):
        return None
    lowest, highest = (Fraction(policy.parameters[one]) for one in ("lowest", "highest"))
    return (
        max(Fraction(0), min(Fraction(100), 100 * (highest - price) / (highest - lowest))) if highest > lowest else None
    )


def part_earned(policy: PricePolicy, times: Fraction) -> Fraction | None:
    """Give the percent of the points that a price earns at so many times the lowest; None where more decides.

    >>> part_earned(PricePolicy(method="lowest_price_ratio", source="ITT 4"), Fraction(2))
    Fraction(50, 1)
    """
    if times < 1:
        return None
    match own_name(policy.method):
        case "lowest_price_ratio":
            return 100 / times
        case "linear_above_lowest":
            zero_at = Fraction(policy.parameters.get("zero_at", 2))
            return max(Fraction(0), 100 * (zero_at - times) / (zero_at - 1)) if zero_at > 1 else None
    return None
