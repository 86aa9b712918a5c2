"""What is withheld and what is not known, in words for those who decide."""

import re

from evaluator.equality.data.stage_reached import StagesReached
from evaluator.records.english import count_of, listing
from evaluator.records.programme.axes import ASKED_ABOUT, PROTECTED
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.equality import STAGES, CharacteristicImpact, ExternalData, GroupLine

STAGE_WORDS = {
    "received": "received",
    "passed_gates": "passed the gates",
    "above_minimum": "came above the minimum marks",
    "fundable": "could be funded",
    "recommended": "are recommended",
}


def withheld_words(
    lines: tuple[GroupLine, ...], totals: tuple[int, ...], threshold: int, *, money: bool
) -> tuple[str, ...]:
    """Say what is withheld from a characteristic's lines and why, telling no more than the lines themselves do.

    Parameters
    ----------
    lines : as they will be shown.
    totals : all bids at each stage, public.
    threshold : the smallest number of organisations that a number may be about.
    money : whether money may be shown.
    """
    in_part = [line for line in lines if line.figures[0].bids is not None]
    if not in_part:
        return (
            f"Nothing is shown by group. Too many of the numbers are about fewer than {threshold} organisations, and"
            " the others would give them away by subtraction.",
        )
    said = []
    if len(in_part) < len(lines):
        names = "; ".join(line.group for line in lines if line not in in_part)
        said.append(
            f"Withheld at every stage: {names}. Either fewer than {threshold} organisations gave the reply, or its"
            " number would give a smaller one away by subtraction."
        )
    filled = [line for line in in_part if line.figures[0].bids]
    said += (_stage_words(stage, filled, totals, threshold) for stage in range(1, len(STAGES)))
    if not money:
        said.append(
            "Money is withheld: bids are so few, or some so large or small, that sums would tell whose they are."
        )
    return tuple(filter(None, said))


def _stage_words(stage: int, lines: list[GroupLine], totals: tuple[int, ...], threshold: int) -> str:
    """Say why a stage is withheld for some or all of the lines that are shown at the first."""
    closed = sum(line.figures[stage].bids is None for line in lines)
    words = STAGE_WORDS[STAGES[stage]]
    if not closed:
        return ""
    if closed < len(lines):
        return (
            f"How many {words} is withheld for {count_of(closed, 'more reply', 'more replies')}: the number, or that of"
            f" those that did not, is about fewer than {threshold} organisations, or would give such a number away by"
            " subtraction."
        )
    dropped = totals[stage - 1] - totals[stage]
    if 0 < dropped < threshold:
        return (
            f"How many {words} is withheld for every group: in all {count_of(dropped, 'bid')} dropped out there, named"
            " in the award report, and the difference would tell the reply of a named organisation."
        )
    return (
        f"How many {words} is withheld for every group: in too many groups the number, or that of those that did"
        f" not, is about fewer than {threshold} organisations."
    )


def gaps(
    criteria: Criteria,
    reached: StagesReached,
    impacts: tuple[CharacteristicImpact, ...],
    external: ExternalData,
    *,
    monitored: bool,
) -> tuple[str, ...]:
    """Say what is not known.

    Parameters
    ----------
    criteria : as published.
    reached : every bid and how far it came.
    impacts : the characteristics, as they will be shown.
    external : benchmarks and other programmes' awards.
    monitored : whether there is monitoring data.
    """
    said = [
        _monitoring_gap(criteria, monitored=monitored),
        _replies_withheld(impacts),
        *(_reply_gap(impact) for impact in impacts),
        _protected_gap(criteria) if monitored else "",
        _consortium_gap(reached),
        _price_gap(reached),
        _award_gap(reached),
        _coverage_gap(reached),
        _baseline_gap(external),
        ""
        if external.grants
        else "Nothing is known here of other programmes, such as grants, that serve the same people.",
        "A comparison within themes says nothing of how the money was divided among the themes in the first place.",
    ]
    return tuple(filter(None, said))


def _baseline_gap(external: ExternalData) -> str:
    """Say which kinds of benchmark are missing: each answers another question."""
    words = {
        "population": "the people who live in the area",
        "need": "what people in the area need",
        "providers": "the local organisations that could have bid and did not",
    }
    kinds = {one.kind for one in external.baselines}
    missing = [text for kind, text in words.items() if kind not in kinds]
    return f"Nothing here compares the bids with {listing(missing, joint=', or with ')}." if missing else ""


def _monitoring_gap(criteria: Criteria, *, monitored: bool) -> str:
    if not (criteria.equality and criteria.equality.characteristic):
        return "The published criteria ask no monitoring questions, so nothing is known about who the bidders are."
    if monitored:
        return ""
    return (
        "There is no equality monitoring data, so nothing is known about which groups bid, which passed each stage and"
        " which would be funded."
    )


def _replies_withheld(impacts: tuple[CharacteristicImpact, ...]) -> str:
    """Say in one sentence to which questions the number of bids without an answer is withheld."""
    titles = [
        one.title
        for one in impacts
        if any(line.kind == "unknown" and line.figures[0].bids is None for line in one.lines)
    ]
    if not titles:
        return ""
    return f"How many bids have no answer is withheld, in whole or in part, for {'; '.join(titles)}."


def _reply_gap(impact: CharacteristicImpact) -> str:
    """Say how many bids have no answer to a characteristic, from the numbers that are shown."""
    unknown = [line for line in impact.lines if line.kind == "unknown"]
    counts = {line.group: line.figures[0].bids for line in unknown}
    if None in counts.values():
        return ""
    known = {name: count for name, count in counts.items() if count}
    if not known:
        return ""
    parts = ", ".join(f"{name.lower()} {count}" for name, count in known.items())
    return f"{impact.title}: no answer for {count_of(sum(known.values()), 'bid')} ({parts})."


def _protected_gap(criteria: Criteria) -> str:
    """Name the protected characteristics that no question about people asks for, judged by the questions' titles."""
    asked = criteria.equality.characteristic if criteria.equality else ()
    titles = [one.title.casefold() for one in asked if one.about != "organisation"]
    missing = [name for name in PROTECTED if not any(re.search(ASKED_ABOUT[name], title) for title in titles)]
    if not asked or not missing:
        return ""
    return (
        f"No monitoring question, by its title, asks about {', '.join(missing)} (Equality Act 2010 s.4), though a reply"
        " to another question may touch on it."
    )


def _consortium_gap(reached: StagesReached) -> str:
    number = sum(bool(bid.members) for bid in reached.bids)
    return f"By a consortium: {count_of(number, 'bid')}, counted under the reply of its lead alone." if number else ""


def _price_gap(reached: StagesReached) -> str:
    number = sum(bid.price is None for bid in reached.bids)
    return f"Without a price: {count_of(number, 'bid')}, counted with no money." if number else ""


def _award_gap(reached: StagesReached) -> str:
    return "" if reached.counts[-1] else "No award is recommended, so nothing can be said about who would be funded."


def _coverage_gap(reached: StagesReached) -> str:
    number = sum(not bid.wards for bid in reached.bids)
    silent = f" {count_of(number, 'bid')} named no ward." if number else ""
    return f"Only wards and groups that a bid names are counted; a place that no bid names does not appear.{silent}"
