"""The price methods that criteria can publish: the names and parameters that they take, and what each of them gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True)
class ParameterTerms:
    """A published parameter: its default (None where it must be published), and which values it may have."""

    default: Decimal | None
    allowed: str
    above: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    one_of: tuple[Decimal, ...] = ()

    def allows(self, value: Decimal) -> bool:
        """Whether the parameter may have this value.

        >>> CLIP.allows(Decimal(1)), CLIP.allows(Decimal("0.5"))
        (True, False)
        """
        return (
            (self.above is None or value > self.above)
            and (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
            and (not self.one_of or value in self.one_of)
        )


@dataclass(frozen=True)
class MethodTerms:
    """What a price method gives, whether another bid's price enters, and the parameters that it takes.

    ``points``: the most is best. ``adjusted_price`` and ``index``: the lowest is best, and price carries no points.
    """

    gives: Literal["points", "adjusted_price", "index"]
    depends_on_other_bids: bool
    parameters: Mapping[str, ParameterTerms] = field(default_factory=dict)


NOUGHT, ONE = Decimal(0), Decimal(1)
CLIP = ParameterTerms(ONE, "1 (points stay within 0 and those available) or 0 (they do not)", one_of=(NOUGHT, ONE))
ZERO_AT = ParameterTerms(Decimal(2), "above 1", above=ONE)
LOWEST = ParameterTerms(None, "pounds, 0 or more: the price that earns all the points", least=NOUGHT)
HIGHEST = ParameterTerms(None, "pounds, above lowest: the price that earns none", above=NOUGHT)
AT_MEAN = ParameterTerms(Decimal(50), "from 0 to 100, in percent of the points", least=NOUGHT, most=Decimal(100))
PER_PERCENT = ParameterTerms(ONE, "above 0, in percent of the points", above=NOUGHT)

METHODS: Mapping[str, MethodTerms] = {
    "lowest_price_ratio": MethodTerms("points", depends_on_other_bids=True),
    "linear_above_lowest": MethodTerms("points", True, {"zero_at": ZERO_AT, "clip": CLIP}),
    "range": MethodTerms("points", depends_on_other_bids=True),
    "fixed_limits": MethodTerms("points", False, {"lowest": LOWEST, "highest": HIGHEST, "clip": CLIP}),
    "mean_deviation": MethodTerms("points", True, {"at_mean": AT_MEAN, "per_percent": PER_PERCENT, "clip": CLIP}),
    "price_per_quality_point": MethodTerms("index", depends_on_other_bids=False),
}
