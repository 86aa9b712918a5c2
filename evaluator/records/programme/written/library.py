"""The starter library: what nearly every programme needs, template questions, and questions of outcome areas."""

from typing import Any

from pydantic import Field

from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.criteria import Question
from evaluator.records.programme.published import Published


class Area(Published):
    """An outcome area with questions of a theme's own; ``outcome`` is its id and ``words`` what it means."""

    id: str
    title: str
    outcome: str
    words: str
    source: str
    question: tuple[Question, ...] = Field(min_length=1)


class Exclusions(Published):
    """What is asked about grounds of exclusion, as gates."""

    title: str
    source: str
    gate: tuple[Gate, ...] = Field(min_length=1)


class Library(Published):
    """All of it: the programme to start from as plain values, exclusions, the common questions, and the areas."""

    start: dict[str, Any]
    exclusions: Exclusions
    common: tuple[Question, ...]
    areas: tuple[Area, ...]

    def area(self, name: str) -> Area:
        """Give the area of that id; KeyError if there is none."""
        return {area.id: area for area in self.areas}[name]
