"""Several evaluators' marks made one by a published method: mean, median, trimmed mean or sum, exactly.

Nothing is rounded but where a rounding of the mark itself is published. How many marks an answer has is never a silent
denominator: each result says which marks it was worked out from, and which were left out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluator.records.english import listing
from evaluator.records.numbers import exact_text, rounded, up_to_places
from evaluator.records.programme.criteria import Moderation

SHOWN = 2  # decimal places of a mark that no decimal can hold, as people are shown it
Marks = Sequence[Fraction]  # in order of size


@dataclass(frozen=True, slots=True)
class OneMark:
    """The mark that counts, how it was worked out, and the marks that it rests on.

    Parameters
    ----------
    value : as it counts, rounded where a rounding of it is published.
    exact : before that rounding.
    counted, left_out : the marks that it was worked out from, and the others; each in order of size.
    usual : how many marks an answer has; a sum of fewer is scaled up to so many.
    """

    value: Fraction
    exact: Fraction
    counted: tuple[Fraction, ...]
    left_out: tuple[Fraction, ...]
    usual: int


def one_mark(moderation: Moderation, marks: Sequence[Decimal | Fraction], usual: int = 0) -> OneMark:
    """Make one mark of several, as published.

    Parameters
    ----------
    marks : of one answer, at least one, in any order.
    usual : how many marks its answers have that lack none; the number of these where it is not said.

    Raises
    ------
    ValueError
        Where nothing is left to work a mark out from, or nothing works it out.

    >>> rule = Moderation(method="median", least_evaluators=2, source="Guidance, 4.2")
    >>> one_mark(rule, [Decimal(2), Decimal(5), Decimal(3), Decimal(3)]).value
    Fraction(3, 1)
    """
    if not moderation.combines:
        raise ValueError(f"{moderation.method} works no mark out")
    own = tuple(sorted(Fraction(mark) for mark in marks))
    usual = usual or len(own)
    counted = _counted(moderation, own)
    if not counted:
        raise ValueError("no mark is left to work one out from")
    exact = HOW[moderation.method](counted)
    if moderation.method == "sum" and moderation.missing_marks == "scaled":
        exact = exact * usual / len(own)
    left_out = list(own)
    for mark in counted:
        left_out.remove(mark)
    return OneMark(_rounded(moderation, exact), exact, counted, tuple(left_out), usual)


def as_if(moderation: Moderation, marks: Sequence[Decimal | Fraction], usual: int) -> Fraction:
    """Give the mark that some of an answer's marks would come to, for a study: a sum is scaled up to the usual number.

    Where too few are left to leave some out at each end, all of them count.
    """
    cut = moderation.method == "trimmed_mean" and 2 * left_out_each_end(moderation, len(marks)) >= len(marks)
    wanted: dict[str, object] = {"method": "mean"} if cut else {}
    if moderation.method == "sum":
        wanted["missing_marks"] = "scaled"
    return one_mark(moderation.model_copy(update=wanted), marks, usual).value


def _mean(marks: Marks) -> Fraction:
    return sum(marks, Fraction(0)) / len(marks)


def _median(marks: Marks) -> Fraction:
    return (marks[(len(marks) - 1) // 2] + marks[len(marks) // 2]) / 2


def _sum(marks: Marks) -> Fraction:
    return sum(marks, Fraction(0))


HOW: Mapping[str, Callable[[Marks], Fraction]] = {"mean": _mean, "median": _median, "trimmed_mean": _mean, "sum": _sum}


def _counted(moderation: Moderation, marks: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """Give the marks that count: without those cut off at each end, or without the one far from the others."""
    if moderation.method == "trimmed_mean":
        cut = left_out_each_end(moderation, len(marks))
        return marks[cut : len(marks) - cut]
    if moderation.third_counts == "closest" and len(marks) > moderation.least_evaluators:
        return _closest(marks)
    return marks


def _closest(marks: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """Give all marks but the one that lies furthest out; all of them where both ends lie as far."""
    lower, upper = marks[:-1], marks[1:]
    spans = lower[-1] - lower[0], upper[-1] - upper[0]
    return marks if spans[0] == spans[1] else lower if spans[0] < spans[1] else upper


def left_out_each_end(moderation: Moderation, number: int) -> int:
    """Say how many of a number of marks are left out at each end: as many as published, or a share rounded down.

    >>> rule = Moderation(method="trimmed_mean", least_evaluators=5, trim="20%", source="Guidance, 4.2")
    >>> [left_out_each_end(rule, number) for number in (4, 5, 9, 10)]
    [0, 1, 1, 2]
    """
    trim = moderation.trim or "0"
    return int(Fraction(trim[:-1]) * number / 100) if trim.endswith("%") else int(trim)


def _rounded(moderation: Moderation, value: Fraction) -> Fraction:
    if moderation.places is None:
        return value
    return Fraction(rounded(value, moderation.places, moderation.mode or "half_up"), 10**moderation.places)


def mark_text(mark: Decimal | Fraction) -> str:
    """Write a mark for people: exactly where a decimal can, else to two places with the fraction that it is.

    >>> mark_text(Decimal("4.0")), mark_text(Fraction(7, 2)), mark_text(Fraction(11, 3))
    ('4', '3.5', '3.67 (exactly 11/3)')
    """
    text = exact_text(mark)
    return f"{up_to_places(Fraction(mark), SHOWN)} (exactly {text})" if "/" in text else text


def made_words(moderation: Moderation, made: OneMark) -> str:
    """Say what a mark was made of, and how.

    >>> rule = Moderation(method="trimmed_mean", least_evaluators=4, trim=1, places=1, mode="half_up", source="4.2")
    >>> made_words(rule, one_mark(rule, [Decimal(1), Decimal(3), Decimal(3), Decimal(4), Decimal(5)]))
    'trimmed mean of 3, 3 and 4, without 1 and 5: 3.33 (exactly 10/3), rounded to 3.3'
    >>> rule = Moderation(method="sum", least_evaluators=2, missing_marks="scaled", source="4.2")
    >>> made_words(rule, one_mark(rule, [Decimal(2), Decimal(5)], usual=3))
    'sum of 2 and 5, times 3 and divided by 2 for missing marks: 10.5'
    """
    counted, missing = len(made.counted), made.usual - len(made.counted) - len(made.left_out)
    text = f"{said_of(moderation)} of {listing(map(mark_text, made.counted))}"
    if made.left_out:
        text += f", without {listing(map(mark_text, made.left_out))}"
    if missing > 0 and moderation.missing_marks == "scaled":
        text += f", times {made.usual} and divided by {counted} for missing marks"
    elif missing > 0:
        text += f", of {made.usual} that others have"
    rounding = f", rounded to {mark_text(made.value)}" if made.value != made.exact else ""
    return f"{text}: {mark_text(made.exact)}{rounding}"


def said_of(moderation: Moderation) -> str:
    """Give the method in words.

    >>> said_of(Moderation(method="trimmed_mean", least_evaluators=3, trim=1, source="Guidance, 4.2"))
    'trimmed mean'
    """
    return moderation.method.replace("_", " ")
