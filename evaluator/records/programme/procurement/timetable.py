"""A timetable: every date of a programme in order, those that were said and those that follow from them by law."""

from dataclasses import dataclass
from typing import Literal

from evaluator.law import Standstill
from evaluator.records.findings.finding import Finding


@dataclass(frozen=True)
class Milestone:
    """One date: its key, what it is, the day, with its time where it has one, and whether it was said or follows."""

    key: str
    what: str
    moment: str
    basis: Literal["said", "confirmed", "follows"]
    because: str = ""

    @property
    def day(self) -> str:
        """The day alone."""
        return self.moment[:10]


@dataclass(frozen=True)
class Timetable:
    """Every date in order, the standstill from a confirmed notice, the days left out of it, and what is wrong."""

    milestones: tuple[Milestone, ...]
    standstill: Standstill
    left_out: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
