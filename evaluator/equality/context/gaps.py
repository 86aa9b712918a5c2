"""What is not known, in words for those who decide and everyone else."""

import re

from evaluator.equality.data.stage_reached import StagesReached
from evaluator.records.english import count_of, listing
from evaluator.records.programme.axes import ASKED_ABOUT, PROTECTED
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.equality import CharacteristicImpact, ExternalData


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
        _silence(impacts) if monitored else "",
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


def _silence(impacts: tuple[CharacteristicImpact, ...]) -> str:
    """Name the questions that nobody was asked; those without an answer to others are printed beside the groups."""
    silent = [one.title for one in impacts if one.public_statement == "not_asked"]
    return f"Nobody was asked: {'; '.join(silent)}." if silent else ""


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
