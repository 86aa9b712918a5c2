"""Matters that wait for a person to decide, as they are put before that person."""

from dataclasses import dataclass

from evaluator.records.programme.conditions.gates import ON_EXCLUSIONS, ON_GATES, ON_MATTERS
from evaluator.records.submissions.evaluation import Decision

CORRECTION = "correction"  # of a figure that decides, made after bids came in
OFFERED = ("failed_gate", "low_price", "late", "late_recusal", "breach", "other")  # for a word near one of them
APART = "question"  # whether one applies to a bid, where a published rule lets a person decide it
SPREAD = "spread"  # of marks that lie far apart, where what is published asks for a decision that they stand
# "correction" is not offered: "clarification" is near it, and was never meant for it.
MATTERS = (*OFFERED, CORRECTION, SPREAD)
DECISIONS = tuple(dict.fromkeys(ON_MATTERS + ON_GATES + ON_EXCLUSIONS))


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
