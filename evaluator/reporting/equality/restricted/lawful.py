"""What the law has to say of each option under each regime: what may be done next time, and what in no round."""

from dataclasses import dataclass
from typing import Literal

from evaluator.law import provision, regime
from evaluator.records.results.equality import About
from evaluator.records.results.studies.gap_options import Change, ChangeKind

When = Literal["next time", "next time, with legal advice", "in no round"]
FLOORS: tuple[ChangeKind, ...] = ("one_more", "own_share")
RANKED = ("pa2023", "pa2023_light_touch", "pcr2015")  # awards go to the best tender, in the order of their rank
WITH_ADVICE = ("psr2023", "grant")
OF_LEADERS: tuple[About, ...] = ("led_by", "organisation")


TITLES: dict[ChangeKind, str] = {
    "one_more": "A floor on awards to a group",
    "own_share": "A floor on awards to a group",
    "small": "A floor for small organisations",
    "basis": "Another basis of prices",
    "lots": "Smaller lots",
    "minimums": "Minimums, and help to reach them",
    "gates": "Gates, and help to pass them",
}


def titled(change: Change) -> str:
    """Name what a change is of; whatever leaves the order of rank is named for that."""
    return "Whatever leaves the order of rank" if change.off_ranking else TITLES[change.kind]


@dataclass(frozen=True, slots=True)
class Lawful:
    """When a thing may be done, and why."""

    when: When
    why: str


def lawful(change: Change, about: About, regime_of: str) -> Lawful:
    """Say when a change may be made, if at all; none may be made to a competition whose bids are in.

    Parameters
    ----------
    about : what the group is asked about; it matters only to a floor on the group's own awards.
    regime_of : the law under which the awards are made, by any of its names.
    """
    law = regime(regime_of).id
    if change.off_ranking and law in RANKED:
        return Lawful("in no round", f"awards follow the ranking of each lot ({provision('rank', law)})")
    if change.kind in FLOORS:
        return _floor(about, law)
    if change.kind == "small":
        return _small(law)
    return Lawful("next time", WHY[change.kind].format(**_cited(law)))


WHY = {
    "basis": "if published before bids come in ({assessed})",
    "lots": "lots are planned before bids are invited ({divided})",
    "minimums": "what is required is in proportion, and help before bidding is open to all alike ({conditions})",
    "gates": "what a gate asks is in proportion, and help before bidding is open to all alike ({conditions})",
}


def _cited(law: str) -> dict[str, str]:
    return {topic: provision(topic, law) for topic in ("assessed", "divided", "conditions")}


def _floor(about: About, law: str) -> Lawful:
    if about not in OF_LEADERS:
        return Lawful("next time, with legal advice", f"as a criterion on whom the service reaches ({_reach(law)})")
    if law == "grant":
        why = f"positive action has to be in proportion ({provision('positive_action')})"
        return Lawful("next time, with legal advice", why)
    against = f"{provision('less_favourable')}; {provision('positive_action')}"
    return Lawful("in no round", f"it would prefer bids for who runs the organisation ({against}): a yardstick only")


def _reach(law: str) -> str:
    return provision("user_views", law) if law == "pa2023_light_touch" else provision("clear", law)


def _small(law: str) -> Lawful:
    if law in RANKED:
        return Lawful("in no round", f"nothing is reserved for them by size ({provision('reserved', law)})")
    if law in WITH_ADVICE:
        return Lawful("next time, with legal advice", f"if published beforehand ({provision('reserved', law)})")
    return Lawful("next time", f"as a reservation said in the notice ({provision('reserved', law)})")
