"""What a stage came to: who went on to the next, with which points and why; as worked out, or as sealed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from typing import Any

from evaluator.records.findings.finding import Source

SCHEMA = "stage/1"
SEALED = "stages"  # the folder, beside the bids, of what stages came to
MATTER = "stage"  # of what is told of a bid that did not go on
NOT_SHORTLISTED = "not_shortlisted"
NOWHERE = Source("")


@dataclass(frozen=True, slots=True)
class StageLine:
    """One bid in a stage: its exact points of those that are available, whether it goes on, and why, in words.

    ``answers`` are the points of each question, and ``order`` the place among bids with equal points where something
    decides between them, the lowest first; ``able`` is whether it has enough points and every minimum. They are not
    sealed, for they follow from the marks.
    """

    bid: str
    theme: str
    points: Fraction
    available: Fraction
    passed: bool
    reason: str
    answers: tuple[tuple[str, Fraction], ...] = field(default=(), compare=False)
    order: int = field(default=0, compare=False)
    able: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class StageResult:
    """What a stage came to, a line for each bid that was in it, themes and bids by id.

    ``source`` is the file in which it was sealed, with the SHA-256 of what stands there; neither where it was not.
    """

    stage: str
    lines: tuple[StageLine, ...]
    source: Source = NOWHERE
    sha256: str = ""

    @cached_property
    def by_bid(self) -> Mapping[str, StageLine]:
        """Each bid's line."""
        return {line.bid: line for line in self.lines}

    @property
    def sealed(self) -> bool:
        """Whether it was sealed, so that what follows is held against it."""
        return bool(self.sha256)

    def document(self, reference: str, version: str, fingerprint: str, date: str) -> dict[str, Any]:
        """Give what is sealed of it: all that it came to, under which criteria, and the sum that closes it."""
        said = {
            "schema": SCHEMA,
            "reference": reference,
            "version": version,
            "fingerprint": fingerprint,
            "stage": self.stage,
            "date": date,
            "bids": [_document(line) for line in self.lines],
        }
        return {**said, "sha256": sum_of(said)}


def _document(line: StageLine) -> dict[str, Any]:
    return {
        "bid": line.bid,
        "theme": line.theme,
        "points": str(line.points),
        "available": str(line.available),
        "passed": line.passed,
        "reason": line.reason,
    }


def sum_of(said: Mapping[str, Any]) -> str:
    """Give the SHA-256 that closes what is sealed of a stage, over its plainest form.

    >>> sum_of({"stage": "S1"})[:12]
    'f749430e558a'
    """
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
