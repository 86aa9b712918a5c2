"""What changed between two versions of criteria: each change with its place, both values and what it can change."""

from dataclasses import dataclass
from typing import Literal

Effect = Literal["score", "award", "words"]
EFFECTS: dict[Effect, str] = {
    "score": "can change a score",
    "award": "can change who is ranked first or awarded",
    "words": "changes no score and no award",
}


@dataclass(frozen=True)
class Change:
    """One change: ``before`` is empty for what is new, ``after`` for what is gone."""

    file: str
    key: str
    before: str
    after: str
    effect: Effect

    @property
    def place(self) -> str:
        """The file and key."""
        return f"{self.file} {self.key}"

    def __str__(self) -> str:
        """Tell the change in one sentence.

        >>> print(Change("programme.toml", "rounding.places", "2", "3", "score"))
        programme.toml rounding.places: was 2, is now 3 (can change a score).
        """
        return self.told(self.place)

    def told(self, place: str) -> str:
        """Tell the change in one sentence, with its place in words that the reader knows."""
        if not self.before:
            told = f"is new: {self.after}"
        else:
            told = f"was {self.before}, is now {self.after}" if self.after else f"is gone; it was {self.before}"
        return f"{place}: {told} ({EFFECTS[self.effect]})."
