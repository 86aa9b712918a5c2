"""The equality summary as a document for machines and as a page for those who decide. It concludes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from evaluator.records.equality import (
    CharacteristicImpact,
    Coverage,
    EqualityImpact,
    GroupLine,
    StageFigures,
    Wording,
)
from evaluator.records.numbers import fixed, pounds, ratio_text, rounded
from evaluator.records.outcome import Outcome
from evaluator.reporting.figures import pounds_text
from evaluator.reporting.pages import counted, render

STAGE_TITLES = {
    "received": "Bids received",
    "passed_gates": "Passed the gates",
    "above_minimum": "Above the minimum",
    "recommended": "Recommended",
}
ABOUT = {
    "led_by": "Asked about the people who lead the organisation.",
    "exists_for": "Asked about the people for whom the organisation exists.",
    "serves": "Asked about the people whom the project would serve.",
    "organisation": "Asked about the organisation itself.",
}
CHART = 470  # width of the longest bar, in units of the picture


def equality_document(impact: EqualityImpact) -> dict[str, Any]:
    """Give the summary for machines: whole numbers, pounds as texts, shares as exact ``p/q``; None where withheld.

    Parameters
    ----------
    impact : what the equality stage gave.

    Returns
    -------
    a document whose objects say ``"withheld": true`` wherever a number of theirs is withheld.
    """
    return {
        "threshold": impact.threshold,
        "stages": list(impact.stages),
        "organisations": impact.organisations,
        "money_rounded_to": pounds_text(impact.money_unit),
        "totals": [_stage(figures) for figures in impact.totals],
        "characteristics": [_characteristic(one) for one in impact.characteristics],
        "wards": [_coverage(one) for one in impact.wards],
        "groups": [_coverage(one) for one in impact.groups],
        "not_known": list(impact.gaps),
    }


def _characteristic(impact: CharacteristicImpact) -> dict[str, Any]:
    return {
        "id": impact.id,
        "title": impact.title,
        "about": impact.about,
        "lines": [_line(line) for line in impact.lines],
        "together": [_stage(figures) for figures in impact.together],
        "withheld": list(impact.withheld),
    }


def _stage(figures: StageFigures) -> dict[str, Any]:
    withheld = figures.bids is None or figures.money is None
    return {
        "stage": figures.stage,
        "bids": figures.bids,
        "money": pounds_text(figures.money),
        "withheld": withheld,
    }


def _line(line: GroupLine) -> dict[str, Any]:
    return {
        "group": line.group,
        "kind": line.kind,
        "organisations": line.organisations,
        "stages": [_stage(figures) for figures in line.figures],
        "rate": _exact(line.rate),
        "ratio": _exact(line.ratio),
        "shortfall": _exact(line.shortfall),
        "money_shortfall": pounds_text(line.money_shortfall),
        "below_four_fifths": line.below_four_fifths,
        "wording": line.wording.value if line.wording else None,
        "withheld": any(figures.bids is None for figures in line.figures),
    }


def _coverage(one: Coverage) -> dict[str, Any]:
    return {
        "name": one.name,
        "bids": one.bids,
        "bids_only": one.bids_only,
        "awards": one.awards,
        "awards_only": one.awards_only,
        "money": pounds_text(one.money),
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else ratio_text(value)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its label, its length in units of the picture, the words at its end, and its colour class."""

    label: str
    length: int
    words: str
    second: bool = False


def equality_html(outcome: Outcome) -> str:
    """Write the summary as an accessible page, to be read and completed by those who decide.

    Parameters
    ----------
    outcome : with its equality impact; a run that stopped earlier gives a page that says so.

    Returns
    -------
    A whole HTML document.
    """
    impact = outcome.equality
    if impact is None:
        return render("equality_none.html", outcome)
    return render(
        "equality.html",
        outcome,
        impact=impact,
        short=in_short(impact),
        stage_titles=STAGE_TITLES,
        about_words=ABOUT,
        stage_bars=stage_bars(impact.totals),
        share_bars={one.id: share_bars(one, impact.totals) for one in impact.characteristics},
        screened=screened(impact),
        wordings=tuple(Wording),
        decimal_of=decimal_of,
        percent=percent,
        shortfall_words=shortfall_words,
        money_words=money_words,
        compared=compared,
        not_compared=not_compared,
        nothing_in=nothing_in,
        plan_source=outcome.criteria.equality.source if outcome.criteria.equality else "",
    )


def in_short(impact: EqualityImpact) -> tuple[str, ...]:
    """Give the summary in five sentences."""
    bids = {figures.stage: figures.bids or 0 for figures in impact.totals}
    return (
        f"{counted(bids.get('received', 0), 'bid')} came from {counted(impact.organisations, 'organisation')};"
        f" {bids.get('passed_gates', 0):,} passed the gates, {bids.get('above_minimum', 0):,} came above the minimum"
        f" marks, and {bids.get('recommended', 0):,} are recommended for an award.",
        _groups_in_short(impact),
        _withheld_in_short(impact),
        f"What is not known matters as much: there is a list of {counted(len(impact.gaps), 'gap')} below.",
        "This summary does not say that any legal duty is met; that needs the people who decide to consider it, and to"
        " write down what they made of it, before they decide.",
    )


def _groups_in_short(impact: EqualityImpact) -> str:
    groups = [line for one in impact.characteristics for line in one.lines if line.kind == "group"]
    if not groups:
        return (
            "Nothing is known about which groups bid or would be funded, because there is no monitoring data to count."
        )
    said = {wording: sum(line.wording == wording for line in groups) for wording in Wording}
    return (
        f"Of {counted(len(groups), 'group')}, {said[Wording.UNLIKELY_CHANCE]} had a difference that chance is unlikely"
        f" to explain, {said[Wording.COULD_BE_CHANCE]} a difference that chance could explain,"
        f" {said[Wording.TOO_FEW]} had too few bids or too small a difference to tell, and for"
        f" {said[Wording.NOT_SHOWN]} the numbers cannot be shown."
    )


def _withheld_in_short(impact: EqualityImpact) -> str:
    if impact.threshold <= 1:
        return "No small numbers are withheld here, so this copy is not for publication."
    return (
        f"Numbers about fewer than {impact.threshold} organisations are withheld, and so are others from which they"
        " could be worked out, because bids and awards are public by name."
    )


def stage_bars(totals: tuple[StageFigures, ...]) -> tuple[Bar, ...]:
    """Give a bar for all bids at each stage."""
    most = max((figures.bids or 0 for figures in totals), default=0) or 1
    return tuple(Bar(STAGE_TITLES[f.stage], CHART * (f.bids or 0) // most, counted(f.bids or 0, "bid")) for f in totals)


def share_bars(impact: CharacteristicImpact, totals: tuple[StageFigures, ...]) -> tuple[Bar, ...]:
    """Give two bars for each group that can be compared: its share of the bids received, and of the awards."""
    all_bids, all_awards = (totals[at].bids or 0 for at in (0, -1))
    if not all_awards:
        return ()
    return tuple(bar for line in impact.lines if line.ratio is not None for bar in _pair(line, all_bids, all_awards))


def _pair(line: GroupLine, all_bids: int, all_awards: int) -> tuple[Bar, Bar]:
    bids = Fraction(line.figures[0].bids or 0, all_bids)
    awards = Fraction(line.figures[-1].bids or 0, all_awards)
    return (
        Bar(line.group, int(CHART * bids), f"{percent(bids)} of bids received"),
        Bar("", int(CHART * awards), f"{percent(awards)} of awards", second=True),
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
    return fixed(rounded(value, places), places)


def percent(share: Fraction) -> str:
    """Write a share in whole per cent, for the eye.

    >>> percent(Fraction(1, 3))
    '33%'
    """
    return f"{rounded(100 * share, 0)}%"


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
    """Give the groups of a characteristic that are compared with the bids received."""
    return tuple(line for line in impact.lines if line.wording not in (None, Wording.NOT_SHOWN))


def not_compared(impact: CharacteristicImpact) -> str:
    """Name the groups whose numbers do not allow a comparison, or give an empty text."""
    return "; ".join(line.group for line in impact.lines if line.wording is Wording.NOT_SHOWN)


def nothing_in(covered: Iterable[Coverage]) -> str:
    """Name the wards or groups that some bid names and no award serves, or give an empty text."""
    return ", ".join(one.name for one in covered if not one.awards)
