"""The published minimums of points: of the quality score and of sections, in points or in percent of what is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluator.records.programme.criteria import QUALITY, Theme


@dataclass(frozen=True)
class PointMinimum:
    """So many points of some questions a bid needs to be ranked; ``beyond`` where it needs more than just so many.

    ``name`` is ``quality`` or a section's id. One of ``points`` and ``percent`` is published.
    """

    name: str
    title: str
    questions: tuple[str, ...]
    points: Decimal | None
    percent: Decimal | None
    beyond: bool

    def least(self, available: Fraction) -> Fraction:
        """Give the points that are wanted of those that a bid could have for these questions."""
        return available * Fraction(self.percent or 0) / 100 if self.points is None else Fraction(self.points)

    def met(self, own: Fraction, available: Fraction) -> bool:
        """Whether so many points are enough."""
        return own > self.least(available) if self.beyond else own >= self.least(available)


def point_minimums(theme: Theme, questions: Sequence[str]) -> tuple[PointMinimum, ...]:
    """Give every published minimum of points of a theme with these questions: of quality, then of sections."""
    return tuple(_of_quality(theme, tuple(questions))) + tuple(_of_sections(theme, questions))


def _of_quality(theme: Theme, every: tuple[str, ...]) -> Iterator[PointMinimum]:
    beyond = QUALITY in theme.more_than
    if theme.minimum_quality is not None:
        yield PointMinimum(QUALITY, "quality", every, None, theme.minimum_quality, beyond)
    if theme.minimum_quality_points is not None:
        yield PointMinimum(QUALITY, "quality", every, theme.minimum_quality_points, None, beyond)


def _of_sections(theme: Theme, questions: Sequence[str]) -> Iterator[PointMinimum]:
    for section in theme.section:
        own = tuple(leaf for leaf in section.questions if leaf in questions)
        for points, percent in ((section.minimum_points, None), (None, section.minimum_percent)):
            if points is not None or percent is not None:
                yield PointMinimum(section.id, section.title, own, points, percent, section.id in theme.more_than)


def enough(theme: Theme, question: str, mark: Decimal | Fraction) -> bool:
    """Whether a mark reaches the published minimum for its question, or is above it where more than it is wanted."""
    least = theme.minimum_marks.get(question)
    return least is None or (mark > least if question in theme.more_than else mark >= least)
