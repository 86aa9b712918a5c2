"""What sentences say of rounding: to how many places, which way, and at which point."""

import re
from collections.abc import Iterator
from fractions import Fraction

from evaluator.publication.checks.prose.claims import Claim, exact
from evaluator.publication.checks.prose.told import Told
from evaluator.records.numbers import rounded


def roundings(told: Told) -> Iterator[Claim]:
    """Read to how many places, which way and at which point numbers are rounded."""
    sentence = told.sentence
    if (
        told.asks
        or told.room == "Amounts"  # sums of awards are rounded down, to a multiple of their own
        or (told.room == "Scale" and "rounded" not in sentence.words)
        or not (told.room == "Rounding" or sentence.says(ROUNDED) or HALF.search(sentence.spoken))
    ):
        return
    yield from _places(told)
    yield from _steps_of_rounding(told)
    yield from _ways(told)
    yield from _example(told)
    for point, phrases in POINTS_SAID:
        if point == "display" and sentence.says(
            "on the way | along the way | in between | before then | until then | until the end"
        ):
            continue
        if point == "display" and BUT.search(sentence.spoken):
            continue
        if point == "display" and UNROUNDED_PARTS.search(sentence.spoken):
            continue
        if sentence.says(phrases) and not sentence.says(
            "rounded again | rounded twice | rounded up | rounded down | rounded upwards | rounded downwards"
        ):
            yield Claim(told, "point", point, POINT_WORDS[point])
            break


def _ways(told: Told) -> Iterator[Claim]:
    """Read which way is rounded."""
    sentence = told.sentence
    if FIVE_UP.search(sentence.spoken) or HALF_UP.search(sentence.spoken):
        yield Claim(told, "mode", "half_up", "a half goes up")
        return
    if HALF.search(sentence.spoken) and not sentence.denied:
        yield Claim(told, "mode", "half_down", "a half goes down")
        return
    for mode, phrases in MODES:
        if mode == "down" and told.room == "Moderation" and not sentence.says(CUT_OFF):
            continue  # it is marks that are dropped
        if any(clause.says(phrases) and not clause.denied for clause in sentence.clauses):
            yield Claim(told, "mode", mode, mode.replace("_", " "))
            break


def _places(told: Told) -> Iterator[Claim]:
    """Read a number of decimal places."""
    for figure in told.sentence.figures:
        if (
            figure.of_unit("decimal", "dp")
            or (told.room == "Rounding" and figure.of_unit("place"))
            or figure.unit[:2] == ("d", ".")
            or figure.unit[:3] == ("places", "of", "decimals")
        ):
            yield Claim(told, "places", figure.value, exact(figure.value))


def _example(told: Told) -> Iterator[Claim]:
    """Read a figure that becomes another: "71.245 is shown as 71.25", held against the rounding that is applied."""
    figures = [one.value for one in told.sentence.figures if one.kind == "number"]
    fine = [one for one in figures if one.denominator > 1]
    figures = fine if len(figures) == 3 and len(fine) == 2 else figures  # beside the number of places
    rule = told.criteria.rounding
    if told.room == "Rounding" and len(figures) == 2:
        first, second = (one * 10**rule.places for one in figures)
        if first.denominator > 1 and abs(first - second) <= 1 and second.denominator == 1:
            right = rounded(figures[0], rule.places, rule.mode) == second
            yield Claim(
                told, "mode", rule.mode if right else "otherwise", f"{exact(figures[0])} as {exact(figures[1])}"
            )


UNROUNDED_PARTS = re.compile(r" (?:parts|marks|questions|sections|points for \w+) (?:are|is) not rounded ")
BUT = re.compile(r" (?:nothing|none) (?:is|are) rounded (?:but|except|save|other than) ")  # and what is, is said next
CUT_OFF = "rounded down | round down | rounding down | truncated | truncate | cut off | everything down"
FIVE_UP = re.compile(r" (?:fives?|5|\. 05|0?\.0*5) (?:\w+ ){0,6}(?:up|upwards) ")
HALF_UP = re.compile(r" (?:halves|half) (?:(?!even|down|next|each|every)\w+ ){0,5}(?:up|upwards) ")
HALF = re.compile(
    r" halves? (?:\w+ ){0,4}(?:down|downward|downwards|dropped) | half we drop | residual half "
)  # what becomes of a half of the last place
CUT = re.compile(
    r" (?:lop|chop|cut|snip|slice|strike|knock)s? (?:off )?(?:\w+ ){0,3}"
    r"(?:everything|anything|all|whatever|what|digits?) "
)
ROUNDED = "rounded | decimal | decimals | decimal places | whole number | whole numbers | whole points | whole point"


def _steps_of_rounding(told: Told) -> Iterator[Claim]:
    """Read places that are said without their number: whole points, the nearest half, what is past a decimal."""
    sentence = told.sentence
    if sentence.says(
        "whole number | whole numbers | whole point | whole points | integer | fractions of a point | "
        "no decimal places | "
        "without decimals | no decimals"
    ):
        yield Claim(told, "places", Fraction(0), "0")
    if sentence.says(
        "nearest half | nearest quarter | nearest ten | nearest five | nearest 5 | nearest 10 | half point"
    ):
        yield Claim(told, "places", "to another step", "another step")
    if sentence.says("single decimal"):
        yield Claim(told, "places", Fraction(1), "1")
    for places, decimal in enumerate(("first decimal", "second decimal", "third decimal"), start=1):
        if sentence.says(f"{decimal} and all | {decimal} and everything | {decimal} and what | {decimal} on"):
            yield Claim(told, "places", Fraction(places - 1), str(places - 1))
        elif sentence.says(decimal) and sentence.says("past | after"):
            yield Claim(told, "places", Fraction(places), str(places))
            if CUT.search(sentence.spoken):
                yield Claim(told, "mode", "down", "down")


MODES = (
    (
        "down",
        (
            "cut off | chop off | truncated | rounded down | dropped | ignored | disregarded | round down | "
            "rounding down | "
            "chopped | lopped | discarded | truncate | always down | left off | left out | thrown away | not "
            "counted | taken off | struck off | everything down | all down | each down | it down | them down | "
            "totals down | scores down"
        ),
    ),
    ("half_even", "nearest even | half even | to even | bankers | banker's | even digit"),
    (
        "half_up",
        (
            "half up | half upwards | half away from nought | half away from zero | halves up | halves upwards | "
            "half rounded up | a half is rounded up | half goes up | 5 upwards | halves go up | halves are "
            "rounded up"
        ),
    ),
    ("up", "rounded up | always up | next whole | rounding up | round up | rounded upwards"),
)


POINTS_SAID = (
    (
        "total",
        (
            "only final totals | final totals are rounded | only the final total | only the total | only "
            "that total | until the total | total alone is rounded | only once at the end | "
            "only the final | until the end | only totals are rounded | final total is rounded | rounded only at "
            "the end"
        ),
    ),
    (
        "shown",
        (
            "rest on what is shown | on the rounded figures | what is shown decides | rounded figures decide | on "
            "the figures shown"
        ),
    ),
    (
        "display",
        (
            "is not rounded | are not rounded | never rounded | never round | no rounding | do not round | does not "
            "round | nothing is "
            "rounded | rest on the exact | exact figures | exact totals "
            "| unrounded"
        ),
    ),
    (
        "parts",
        (
            "each part once | each rounded once | each part is rounded | parts are rounded | each score is "
            "rounded | each question is rounded"
        ),
    ),
)


POINT_WORDS = {
    "total": "only the total is rounded",
    "display": "ranks rest on exact figures",
    "parts": "each part is rounded once",
    "shown": "ranks rest on what is shown",
}
