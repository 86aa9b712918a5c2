"""Matters that wait for a person to decide, as they are put before that person."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from evaluator.records.programme.conditions.gates import ON_EXCLUSIONS, ON_GATES, ON_MATTERS, ON_QUESTIONS
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.money.amounts import PANEL_SUM, SET
from evaluator.records.programme.money.final_choice import FINAL_CHOICE, ON_CHOICES
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.tie_breaks import DRAW, DRAWN

CORRECTION = "correction"  # of a figure that decides, made after bids came in
OFFERED = ("failed_gate", "low_price", "late", "late_recusal", "breach", "other")  # for a word near one of them
APART = "question"  # whether one applies to a bid, where a published rule lets a person decide it
SPREAD = "spread"  # of marks that lie far apart, where what is published asks for a decision that they stand
# "correction" is not offered: "clarification" is near it, and was never meant for it.
MATTERS = (*OFFERED, CORRECTION, SPREAD)
CHOSEN: Mapping[str, tuple[str, ...]] = {  # the words of matters that are decided only where the criteria say so
    APART: ON_QUESTIONS,
    FINAL_CHOICE: ON_CHOICES,
    PANEL_SUM: (SET,),
    DRAW: (DRAWN,),
}
DECISIONS = tuple(dict.fromkeys((*ON_MATTERS, *ON_GATES, *ON_EXCLUSIONS, *chain(*CHOSEN.values()))))


def matters_of(criteria: Criteria) -> tuple[str, ...]:
    """Give the matters that people decide under some criteria; those of ``CHOSEN`` only where published, and last."""
    published = {
        APART: criteria.not_applicable is not None,
        FINAL_CHOICE: criteria.final_choice is not None,
        PANEL_SUM: criteria.amounts is not None and criteria.amounts.panel,
        DRAW: bool(criteria.tie_break.draw_source),
    }
    of_spread = criteria.moderation.on_spread == "decision"
    always = (matter for matter in MATTERS if matter != SPREAD or of_spread)
    return (*always, *(matter for matter, said in published.items() if said))


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter of one bid about which nobody has decided; ``about`` says what there is to decide, ``choices`` how."""

    bid: str
    matter: str
    subject: str
    about: str
    choices: tuple[str, ...] = ON_MATTERS


@dataclass(frozen=True)
class ToDecide:
    """The matters that wait for a person, and the decisions that were recorded already, in the order of their rows."""

    waiting: tuple[Matter, ...]
    recorded: tuple[Decision, ...]
