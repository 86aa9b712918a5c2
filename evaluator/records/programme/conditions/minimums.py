"""The published minimums of points: of the quality score and of sections, in points or in percent of what is there."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


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
