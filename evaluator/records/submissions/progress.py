"""How far a panel has come with its marking: who has returned what, and what is missing."""

from dataclasses import dataclass
from typing import Literal

State = Literal["nothing returned", "part returned", "to be mended", "complete"]


@dataclass(frozen=True, slots=True)
class Returned:
    """One evaluator's share: the answers given to them, those with a sound mark and a reason, and what is missing.

    ``file`` is where their marks stand, empty where nothing came; ``problems`` counts what stands in the way there.
    """

    evaluator: str
    name: str
    file: str
    asked: int
    marked: int
    missing: tuple[tuple[str, tuple[str, ...]], ...]  # bid or organisation, questions
    problems: int

    @property
    def state(self) -> State:
        """The state in two or three words."""
        if not self.file:
            return "nothing returned"
        if self.problems and not self.marked:
            return "to be mended"
        if self.marked < self.asked:
            return "part returned"
        return "to be mended" if self.problems else "complete"


@dataclass(frozen=True, slots=True)
class PanelProgress:
    """One panel's answers: how many there are, and how many have as many sound marks as were published."""

    panel: str
    answers: int
    enough: int


@dataclass(frozen=True)
class Progress:
    """Everyone's share, by evaluator, and every panel's answers, in the published order."""

    returned: tuple[Returned, ...]
    panels: tuple[PanelProgress, ...]
