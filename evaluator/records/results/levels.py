"""The levels at which a bid can be funded: shares of its ask, each with its cost in pence and the score that counts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import count

from evaluator.records.numbers import decimal_text, rounded
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.programme.money.amounts import by_year
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


def as_sum(sum_: int, ask: Sequence[int], score: int, taken: Collection[str] = ()) -> Level:
    """Make a level of a sum: it counts with the whole score, and its name is its share of the ask, rounded down.

    Parameters
    ----------
    sum_ : pence, up to the ask of all years together.
    score : of the whole ask, in units.
    taken : names that other levels of the bid have: then more places tell them apart.
    """
    return Level(share_name(sum_, sum(ask), taken), score, by_year(sum_, ask))


def share_name(sum_: int, ask: int, taken: Collection[str] = ()) -> str:
    """Name a sum by its share of the ask, rounded down to two places, or to as many as tell it from others.

    >>> share_name(50, 150), share_name(75, 150), share_name(150, 150), share_name(50, 150, ["33.33%"])
    ('33.33%', '50%', '100%', '33.333%')
    """
    names = (f"{decimal_text(Decimal(sum_ * 10 ** (places + 2) // ask).scaleb(-places))}%" for places in count(2))
    return next(name for name in names if name not in taken)
