"""The levels at which a bid can be funded: shares of its ask, each with its cost in pence and the score that counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluator.records.numbers import decimal_text, rounded
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.results.allocation import FULL, Level


@dataclass(frozen=True)
class Share:
    """A level before the unit of scores is known: percent of the ask, and its points."""

    percent: Decimal
    points: Fraction


def published_shares(policy: AllocationPolicy, points: Fraction, least: Decimal | None = None) -> list[Share]:
    """Give the levels that are published for a bid of so many points, the largest first; without any, the whole ask.

    Parameters
    ----------
    least : the least share of its ask, in percent, that the bid says is of use to it.
    """
    whole = Share(Decimal(100), points)
    parts = [Share(one.share, points * Fraction(one.score) / 100) for one in policy.level if one.share != 100]
    return sorted((one for one in (whole, *parts) if one.percent >= (least or 0)), key=lambda one: -one.percent)


def as_level(share: Share, ask: Sequence[int], unit: int) -> Level:
    """Make a level: each year's pence are rounded half up."""
    name = FULL if share.percent == 100 else f"{decimal_text(share.percent)}%"
    part = Fraction(share.percent) / 100
    return Level(name, int(share.points * unit), tuple(rounded(amount * part, 0) for amount in ask))
