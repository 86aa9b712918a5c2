"""The words of the equality impact document, and how its numbers are written for the eye. It concludes nothing."""

from collections.abc import Iterable
from fractions import Fraction

from evaluator.records.english import count_of
from evaluator.records.numbers import percent, pounds, rounded, to_places
from evaluator.records.programme.axes import AxisImpact
from evaluator.records.results.coverage import Concentration, Coverage
from evaluator.records.results.equality import (
    CharacteristicImpact,
    CriterionGap,
    EqualityImpact,
    GroupLine,
    ScoreGap,
    Wording,
)

STAGE_TITLES = {
    "received": "Bids received",
    "passed_gates": "Passed the gates",
    "above_minimum": "Above the minimum marks",
    "fundable": "Ranked and fundable",
    "recommended": "Recommended",
}
STEP_TITLES = {
    "passed_gates": "passing the gates",
    "above_minimum": "coming above the minimum marks",
    "fundable": "reaching the minimum score",
    "recommended": "being recommended",
}
ABOUT = {
    "led_by": "Asked about the people who lead the organisation.",
    "exists_for": "Asked about the people for whom the organisation exists.",
    "serves": "Asked about the people whom the project would serve.",
    "organisation": "Asked about the organisation itself.",
}


def in_short(impact: EqualityImpact) -> tuple[str, ...]:
    """Give the summary in five sentences."""
    bids = {figures.stage: figures.bids or 0 for figures in impact.totals}
    return (
        f"{count_of(bids.get('received', 0), 'bid')} came from {count_of(impact.organisations, 'organisation')};"
        f" {bids.get('passed_gates', 0):,} passed the gates, {bids.get('above_minimum', 0):,} came above the minimum"
        f" marks, and {bids.get('recommended', 0):,} are recommended for an award.",
        _groups_in_short(impact),
        _withheld_in_short(impact),
        f"What is not known matters as much: there is a list of {count_of(len(impact.gaps), 'gap')} below.",
        "This summary does not say that any legal duty is met; that needs the people who decide to consider it, and to"
        " write down what they made of it, before they decide.",
    )


def _groups_in_short(impact: EqualityImpact) -> str:
    groups = [line for one in impact.characteristics for line in one.lines if line.kind == "group"]
    if not groups:
        return (
            "Nothing is known about which groups bid or would be funded, because there is no monitoring data to count."
        )
    counts = {wording: sum(line.wording == wording for line in groups) for wording in Wording}
    return (
        f"Of {count_of(len(groups), 'group')}, {counts[Wording.UNLIKELY_CHANCE]} had a difference that chance is"
        f" unlikely to explain, {counts[Wording.COULD_BE_CHANCE]} a difference that chance could explain,"
        f" {counts[Wording.TOO_FEW]} had too few bids or too small a difference to tell, and for"
        f" {counts[Wording.NOT_SHOWN]} the numbers cannot be shown."
    )


def _withheld_in_short(impact: EqualityImpact) -> str:
    if impact.threshold <= 1:
        return "No small numbers are withheld here, so this copy is not for publication."
    return (
        f"Numbers about fewer than {impact.threshold} organisations are withheld, and so are others from which they"
        " could be worked out, because bids and awards are public by name."
    )


def screened(impact: EqualityImpact) -> tuple[str, ...]:
    """Name the groups that fall under the four-fifths screen."""
    return tuple(
        f"{one.title}: {line.group}" for one in impact.characteristics for line in one.lines if line.below_four_fifths
    )


def decimal_of(value: Fraction, places: int = 2) -> str:
    """Write an exact fraction rounded for the eye.

    >>> decimal_of(Fraction(2, 3))
    '0.67'
    """
    return to_places(value, places)


def shortfall_words(shortfall: Fraction) -> str:
    """Say in words how many awards more or fewer a group has than its share of the bids received.

    >>> shortfall_words(Fraction(5, 2)), shortfall_words(Fraction(-1, 3)), shortfall_words(Fraction(0))
    ('2.5 fewer', '0.3 more', 'as many')
    """
    return f"{decimal_of(abs(shortfall), 1)} {'fewer' if shortfall > 0 else 'more'}" if shortfall else "as many"


def money_words(shortfall: int, unit: int) -> str:
    """Say in words how much more or less money a group has than its share of the money asked.

    >>> money_words(-200_00, 1), money_words(0, 1), money_words(500_00, 500_00)
    ('£200 more', 'as much', 'within the rounding')
    """
    if unit > 1 and abs(shortfall) <= unit:
        return "within the rounding"
    return f"{pounds(abs(shortfall))} {'less' if shortfall > 0 else 'more'}" if shortfall else "as much"


def compared(impact: CharacteristicImpact) -> tuple[GroupLine, ...]:
    """Give the groups of a characteristic that are compared with the bids received: those with a bid to compare."""
    return tuple(
        line for line in impact.lines if line.wording not in (None, Wording.NOT_SHOWN) and line.figures[0].bids
    )


def not_compared(impact: CharacteristicImpact) -> str:
    """Name the groups whose numbers do not allow a comparison, or give an empty text."""
    return "; ".join(line.group for line in impact.lines if line.wording is Wording.NOT_SHOWN)


def not_known(axis: AxisImpact) -> str:
    """Say what nobody asked, named or counted of a characteristic, or give an empty text."""
    missing = {
        "not asked of anybody": axis.groups or axis.asked,
        "no bid names the people whom it concerns": axis.served,
        "no figure of residents was given": axis.residents,
    }
    sentence = "; ".join(what for what, known in missing.items() if not known).capitalize()
    return f"{sentence}." if sentence else ""


def nothing_in(covered: Iterable[Coverage]) -> str:
    """Name the wards or groups that some bid names and no award serves, or give an empty text."""
    return ", ".join(one.name for one in covered if not one.awards)


def stands_out(impact: EqualityImpact) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Name every group with a difference that chance is unlikely to explain, with what drives it."""
    found = []
    for one in impact.characteristics:
        for line in one.lines:
            differs = _what(line)
            if differs or line.drivers:
                found.append((f"{one.title}: {line.group}. {differs}".strip(), line.drivers))
    return tuple(found)


def _what(line: GroupLine) -> str:
    """Say in which of awards, money and scores a group differs, and which way."""
    unlikely = Wording.UNLIKELY_CHANCE
    parts = []
    if line.wording is unlikely:
        parts.append(f"awards ({'fewer' if (line.shortfall or 0) > 0 else 'more'} than its share of the bids received)")
    if line.money_wording is unlikely:
        parts.append("money awarded")
    if line.score and line.score.wording is unlikely:
        parts.append(f"quality scores ({'lower' if line.score.shift < 0 else 'higher'} than others of the same theme)")
    return f"{unlikely.value}: {'; '.join(parts)}." if parts else ""


def power_words(line: GroupLine) -> str:
    """Say how easily a real difference would be missed with so many bids.

    It stands beside every difference that chance could explain and wherever there are too few bids to tell.
    """
    if line.missed is None or line.interval is None:
        return ""
    low, high = line.interval
    return (
        f"The group’s success could really be anything from {_apart(low)} to {_apart(high)} the others’. With this many"
        f" bids a halving of success would be missed about {_times(line.missed)} in 10."
    )


def _times(number: int) -> str:
    return {0: "less than once", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _apart(points: int) -> str:
    return f"{abs(points)} in 100 {'below' if points < 0 else 'above'}" if points else "equal to"


def interval_words(ends: tuple[Fraction, Fraction] | None) -> str:
    """Write an interval of points, or why there is none.

    >>> interval_words((Fraction(-3, 2), Fraction(1))), interval_words(None)
    ('-1.5 to +1.0', 'too few bids')
    """
    return "too few bids" if ends is None else f"{signed(ends[0])} to {signed(ends[1])}"


def signed(value: Fraction, places: int = 1) -> str:
    """Write a number with its sign, rounded for the eye.

    >>> signed(Fraction(3, 2)), signed(Fraction(-1, 4), 2), signed(Fraction(0))
    ('+1.5', '-0.25', '0.0')
    """
    text = decimal_of(value, places)
    return f"+{text}" if value > 0 else text


def delta_words(delta: Fraction) -> str:
    """Say what Cliff's delta means, out of a hundred pairs of bids.

    >>> delta_words(Fraction(-3, 10)), delta_words(Fraction(0))
    ('lower than the other in 30 more of 100 pairs than higher', 'as often higher as lower')
    """
    if not delta:
        return "as often higher as lower"
    way, other = ("higher", "lower") if delta > 0 else ("lower", "higher")
    return f"{way} than the other in {abs(round(100 * delta))} more of 100 pairs than {other}"


def bids_without_answer(impact: EqualityImpact, one: CharacteristicImpact) -> tuple[str, ...]:
    """Give the bids of each kind without an answer to a question, with their part of all bids received."""
    whole = impact.totals[0].bids if impact.totals else 0
    counts = (line.figures[0].bids for line in one.lines if line.kind == "unknown")
    return tuple("withheld" if bids is None else f"{bids:,} ({percent(Fraction(bids, whole or 1))})" for bids in counts)


def unknown_kinds(impact: EqualityImpact) -> tuple[str, ...]:
    """Name the kinds of unknown."""
    first = impact.characteristics[0].lines if impact.characteristics else ()
    return tuple(line.group for line in first if line.kind == "unknown")


def share_of_money(one: Coverage, covered: Iterable[Coverage]) -> Fraction | None:
    """Give a ward's or group's part of the money, each award counted once; None where there is none."""
    whole = sum((each.divided for each in covered), Fraction(0))
    return one.divided / whole if whole else None


def share_of_places(one: Coverage, covered: Iterable[Coverage]) -> Fraction | None:
    """Give its part of the people whom the funded bids would serve, divided likewise; None where no bid says."""
    whole = sum((each.places for each in covered), Fraction(0))
    return one.places / whole if whole else None


CLASS_WORDS = {"A": "negligible", "B": "moderate", "C": "large"}


def matched_rows(impact: CharacteristicImpact, most: int = 3) -> tuple[tuple[str, CriterionGap], ...]:
    """Give for each scored group the criteria with a class that is not negligible, and the largest parts of its gap."""
    rows = []
    for line in compared(impact):
        parts = [part for part in (line.score.criteria if line.score else ()) if not part.price]
        rows += [(line.group, part) for at, part in enumerate(parts) if at < most or part.functioning in ("B", "C")]
    return tuple(rows)


def matched_words(part: CriterionGap) -> str:
    """Say how a group compares with bids alike in the rest of their scores, and in which class that falls.

    >>> matched_words(CriterionGap("Q1", "Need", Fraction(-1), False, None, None))
    'too few alike to compare'
    """
    if part.matched is None and part.functioning is None:
        return "too few alike to compare"
    difference = "withheld" if part.matched is None else signed(part.matched, 2)
    return f"{difference} ({CLASS_WORDS.get(part.functioning or '', 'too few bids for a class')})"


def made_up(impact: EqualityImpact, of: str, kind: str) -> str:
    """Say so where a benchmark was made up to show the document."""
    return " (synthetic)" if any(b.synthetic and (b.of, b.kind) == (of, kind) for b in impact.baselines) else ""


def concentration_words(one: Concentration, impact: EqualityImpact) -> str:
    """Explain in words how unevenly money falls."""
    what = {"population": "as the residents live", "need": "as the need lies", "equal parts": "in equal parts"}
    to = f"{what[one.benchmark]}{made_up(impact, one.of.removesuffix('s'), one.benchmark)}"
    more = f"; of the two programmes together, {percent(one.with_grants)}" if one.with_grants is not None else ""
    theil = f" Theil’s index is {decimal_of(one.entropy)}: 0 is even." if one.entropy is not None else ""
    return f"To spread the money among {one.of} {to}, {percent(one.programme)} of it would have to move{more}.{theil}"


def people(number: Fraction) -> str:
    """Write a number of people, divided among several wards or groups, as a whole number.

    >>> people(Fraction(2501, 2))
    '1,251'
    """
    return f"{int(rounded(number, 0)):,}"


def whole_pounds(pence: Fraction) -> str:
    """Write pence as whole pounds, for the eye.

    >>> whole_pounds(Fraction(1234567, 7))
    '£1,764'
    """
    return pounds(100 * rounded(pence / 100, 0))


def published_by_theme(impact: CharacteristicImpact) -> tuple[GroupLine, ...]:
    """Give the groups whose numbers may be shown theme by theme."""
    return tuple(line for line in compared(impact) if line.themes and line.themes[0].bids is not None)


def in_theme(line: GroupLine, theme: str) -> str:
    """Write a group's awards of its bids in one theme."""
    found = next(one for one in line.themes if one.theme == theme)
    return f"{found.awards} of {found.bids}"


def parts_words(score: ScoreGap, most: int = 4) -> str:
    """Write the criteria that add most to a difference in points, the largest first, and price after them."""
    parts = [one for one in score.criteria if not one.price][:most] + [one for one in score.criteria if one.price]
    return "; ".join(f"{one.title} {signed(one.points, 2)}" for one in parts)
