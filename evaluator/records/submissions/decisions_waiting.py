"""Matters that wait for a person to decide, as they are put before that person."""

from dataclasses import dataclass

from evaluator.records.submissions.evaluation import Decision

MATTERS = ("failed_gate", "low_price", "late", "late_recusal", "other")
DECISIONS = ("admit", "disregard")


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter of one bid about which nobody has decided; ``about`` says in words what there is to decide."""

    bid: str
    matter: str
    subject: str
    about: str


@dataclass(frozen=True)
class ToDecide:
    """The matters that wait for a person, and the decisions that were recorded already, in the order of their rows."""

    waiting: tuple[Matter, ...]
    recorded: tuple[Decision, ...]
