"""The price methods that criteria can publish: the names and parameters that they take, and what each of them gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Given = Mapping[str, Fraction]  # the value of each parameter


@dataclass(frozen=True)
class ParameterTerms:
    """A published parameter: its default (None where it must be published), which values it may have, its unit."""

    default: Decimal | None
    allowed: str
    above: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    one_of: tuple[Decimal, ...] = ()
    below: Decimal | None = None
    pounds: bool = False

    def allows(self, value: Decimal) -> bool:
        """Whether the parameter may have this value.

        >>> CLIP.allows(Decimal(1)), CLIP.allows(Decimal("0.5"))
        (True, False)
        """
        return (
            (self.above is None or value > self.above)
            and (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
            and (self.below is None or value < self.below)
            and (not self.one_of or value in self.one_of)
        )


def _all(_: Given) -> Fraction:
    return Fraction(1)


def _share_of_limits(given: Given) -> Fraction:
    lowest, highest = given["lowest"], given["highest"]
    return Fraction(1) if given["clip"] == 1 or lowest >= highest else highest / (highest - lowest)


def _share_below_mean(given: Given) -> Fraction:
    reached = (given["at_mean"] + 100 * given["per_percent"]) / 100
    return min(reached, Fraction(1)) if given["clip"] == 1 else reached


@dataclass(frozen=True)
class MethodTerms:
    """What a price method gives, whether another bid enters, the parameters that it takes, and what it needs.

    ``points``: the most is best, and they are added to the quality score. ``adjusted_price`` and ``index``: price
    carries no points, the result is the total, and the lowest is best unless ``highest_first``. ``needs_quality``: a
    bid whose quality is not above 0 has no result. ``computed``: no fraction can hold the result; it is worked out to
    50 figures. ``income``: the price is an income, of which the highest is best. ``limits``: the parameters between
    which points fall, the first below the second. ``zeros``: digits behind the point that are nought in a usual index,
    and that a factor or decimal places must make up for. ``greatest_share``: the most of the points (their least upper
    bound) that any price above 0 can earn, from all parameters, published or default.
    """

    gives: Literal["points", "adjusted_price", "index"]
    depends_on_other_bids: bool
    parameters: Mapping[str, ParameterTerms] = field(default_factory=dict)
    highest_first: bool = False
    needs_quality: bool = False
    computed: bool = False
    income: bool = False
    limits: tuple[str, str] | None = None
    zeros: int = 0
    greatest_share: Callable[[Given], Fraction] = _all

    def given(self, published: Mapping[str, Decimal]) -> dict[str, Fraction]:
        """Give every parameter's value, published or default; 0 for one that has neither."""
        defaults = {key: parameter.default for key, parameter in self.parameters.items()}
        return {key: Fraction(published.get(key, default or 0)) for key, default in defaults.items()}

    @property
    def best_is_highest(self) -> bool:
        """Whether the highest result ranks first."""
        return self.gives == "points" or self.highest_first


NOUGHT, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
CLIP = ParameterTerms(ONE, "1 (points stay within 0 and those available) or 0 (they do not)", one_of=(NOUGHT, ONE))
ZERO_AT = ParameterTerms(Decimal(2), "above 1", above=ONE)
LOWEST = ParameterTerms(None, "pounds, 0 or more: the price that earns all the points", least=NOUGHT, pounds=True)
HIGHEST = ParameterTerms(None, "pounds, above lowest: the price that earns none", above=NOUGHT, pounds=True)
FLOOR = ParameterTerms(None, "pounds, above 0: the price that earns all the points", above=NOUGHT, pounds=True)
AT_MEAN = ParameterTerms(Decimal(50), "from 0 to 100, in percent of the points", least=NOUGHT, most=HUNDRED)
PER_PERCENT = ParameterTerms(ONE, "above 0, in percent of the points", above=NOUGHT)
DIRECTION = ParameterTerms(
    None, "0 (to the nearest, halves up), 1 (up) or -1 (down): how points become whole", one_of=(NOUGHT, ONE, -ONE)
)
ABOVE_INFLECTION = ParameterTerms(
    None, "above 0: percent of the points lost for each 1 % of the lowest price above the inflection", above=NOUGHT
)
BUDGET = ParameterTerms(
    None, "pounds, above 0: the published price that discounts are measured from", above=NOUGHT, pounds=True
)
LEAST_BEST = ParameterTerms(
    None,
    "from 2 to 5: the percent of discount below which no bid has all the points",
    least=Decimal(2),
    most=Decimal(5),
)
KINK = ParameterTerms(
    None, "0.80, 0.85 or 0.90: the share of the points at the mean", one_of=tuple(map(Decimal, ("0.8", "0.85", "0.9")))
)
STEP = ParameterTerms(None, "above 0: percent of the points lost with each place", above=NOUGHT, most=HUNDRED)
FACTOR = ParameterTerms(ONE, "above 0: what quality ÷ price is multiplied by", above=NOUGHT)
WEIGHT_OF_QUALITY = ParameterTerms(None, "above 0: the weight of quality against cost_weight", above=NOUGHT)
WEIGHT_OF_COST = ParameterTerms(None, "above 0: the weight of cost against quality_weight", above=NOUGHT)
PREFERENCE = ParameterTerms(ONE, "above 0: the weight of quality ÷ the weight of price", above=NOUGHT)
FULL_QUALITY = ParameterTerms(HUNDRED, "above 0: the quality points that count as all of it", above=NOUGHT)
PER_POINT = ParameterTerms(None, "pounds, above 0: what one quality point is worth", above=NOUGHT, pounds=True)
MOST = ParameterTerms(None, "above 0 and below 1: the share that full quality can take off", above=NOUGHT, below=ONE)
QUALITY_POINTS = ParameterTerms(None, "above 0: the points of the best quality", above=NOUGHT)
PRICE_POINTS = ParameterTerms(None, "above 0: the points of the lowest price", above=NOUGHT)
ALPHA = ParameterTerms(
    Decimal("0.5"),
    "above 0, at most 1: the power that shares of the greatest discount are raised to",
    above=NOUGHT,
    most=ONE,
)
ESTIMATE = ParameterTerms(
    None,
    "pounds, above 0: the published estimate of the price that premiums are measured by",
    above=NOUGHT,
    pounds=True,
)
PRICE_SHARE = ParameterTerms(
    None, "above 0 and below 100: the weight of price, in percent", above=NOUGHT, below=HUNDRED
)
HIGHEST_SCORE = ParameterTerms(HUNDRED, "above 0: the highest quality score that there is", above=NOUGHT)

_OWN: Mapping[str, MethodTerms] = {
    "lowest_price_ratio": MethodTerms("points", depends_on_other_bids=True),
    "linear_above_lowest": MethodTerms(
        "points", depends_on_other_bids=True, parameters={"zero_at": ZERO_AT, "clip": CLIP}
    ),
    "range": MethodTerms("points", depends_on_other_bids=True),
    "fixed_limits": MethodTerms(
        "points",
        depends_on_other_bids=False,
        parameters={"lowest": LOWEST, "highest": HIGHEST, "clip": CLIP},
        limits=("lowest", "highest"),
        greatest_share=_share_of_limits,
    ),
    "mean_deviation": MethodTerms(
        "points",
        depends_on_other_bids=True,
        parameters={"at_mean": AT_MEAN, "per_percent": PER_PERCENT, "clip": CLIP},
        greatest_share=_share_below_mean,
    ),
    "linear_whole_points": MethodTerms("points", depends_on_other_bids=True, parameters={"direction": DIRECTION}),
    "highest_income_ratio": MethodTerms("points", depends_on_other_bids=True, income=True),
    "graduated_to_inflection": MethodTerms(
        "points", depends_on_other_bids=True, parameters={"per_percent_above": ABOVE_INFLECTION}
    ),
    "damped_discount": MethodTerms(
        "points", depends_on_other_bids=True, parameters={"budget": BUDGET, "least_best": LEAST_BEST}
    ),
    "discount_ratio": MethodTerms("points", depends_on_other_bids=True, parameters={"budget": BUDGET}),
    "square_root_discount": MethodTerms(
        "points", depends_on_other_bids=True, parameters={"budget": BUDGET, "alpha": ALPHA}, computed=True
    ),
    "bilinear_discount": MethodTerms(
        "points", depends_on_other_bids=True, parameters={"budget": BUDGET, "at_mean": KINK}
    ),
    "narbona": MethodTerms(
        "points",
        depends_on_other_bids=False,
        parameters={"lowest": FLOOR, "budget": BUDGET},
        limits=("lowest", "budget"),
    ),
    "logarithm": MethodTerms(
        "points", depends_on_other_bids=True, parameters={"zero_at": ZERO_AT, "clip": CLIP}, computed=True
    ),
    "ranking_points": MethodTerms("points", depends_on_other_bids=True, parameters={"step": STEP}),
    "price_per_quality_point": MethodTerms("index", depends_on_other_bids=False, needs_quality=True),
    "value_for_money": MethodTerms(
        "index", depends_on_other_bids=False, parameters={"factor": FACTOR}, highest_first=True, zeros=7
    ),
    "weighted_value_for_money": MethodTerms(
        "index",
        depends_on_other_bids=False,
        parameters={"quality_weight": WEIGHT_OF_QUALITY, "cost_weight": WEIGHT_OF_COST, "factor": FACTOR},
        highest_first=True,
        computed=True,
        zeros=7,
    ),
    "utility_index": MethodTerms(
        "index",
        depends_on_other_bids=True,
        parameters={"n": PREFERENCE, "full_quality": FULL_QUALITY},
        highest_first=True,
        zeros=4,
    ),
    "normalised_both_sides": MethodTerms(
        "index",
        depends_on_other_bids=True,
        parameters={"quality_points": QUALITY_POINTS, "price_points": PRICE_POINTS},
        highest_first=True,
    ),
    "award_on_value": MethodTerms("adjusted_price", depends_on_other_bids=False, parameters={"per_point": PER_POINT}),
    "quality_adjusted_price": MethodTerms("adjusted_price", depends_on_other_bids=True),
    "quality_coefficient": MethodTerms(
        "adjusted_price", depends_on_other_bids=False, parameters={"most": MOST, "full_quality": FULL_QUALITY}
    ),
    "quality_coefficient_income": MethodTerms(
        "adjusted_price",
        depends_on_other_bids=False,
        parameters={"most": MOST, "full_quality": FULL_QUALITY},
        highest_first=True,
        income=True,
    ),
    "relative_value_for_cost": MethodTerms(
        "adjusted_price", depends_on_other_bids=True, parameters={"highest_score": HIGHEST_SCORE}
    ),
    "price_quality_simple": MethodTerms(
        "adjusted_price", depends_on_other_bids=True, parameters={"estimate": ESTIMATE, "price_weight": PRICE_SHARE}
    ),
    "price_quality_weighted": MethodTerms(
        "adjusted_price",
        depends_on_other_bids=True,
        parameters={"estimate": ESTIMATE, "price_weight": PRICE_SHARE, "full_quality": FULL_QUALITY},
    ),
}
SAME_AS: Mapping[str, str] = {  # other names under which a method is published, and the method that they are
    "qcbs": "lowest_price_ratio",
    "georgia_ratio": "lowest_price_ratio",
    "french_classic": "lowest_price_ratio",
    "spain_proportional": "lowest_price_ratio",
    "pppfa": "linear_above_lowest",
    "french_linear": "linear_above_lowest",
    "consip_range": "range",
    "weighted_score_limits": "fixed_limits",
    "vfm_index": "value_for_money",
    "benefit_per_dollar": "value_for_money",
    "monetised_willingness_to_pay": "award_on_value",
    "gunnen_op_waarde": "award_on_value",
    "pppfa_income": "highest_income_ratio",
    "quebec": "quality_adjusted_price",
    "prozorro": "quality_coefficient",
    "anac_power": "square_root_discount",
    "nzta_pqm_simple": "price_quality_simple",
    "nzta_pqm_weighted": "price_quality_weighted",
}
METHODS: Mapping[str, MethodTerms] = {**_OWN, **{name: _OWN[method] for name, method in SAME_AS.items()}}


def own_name(method: str) -> str:
    """Give the name of the formula behind a published name: its own, or the one that it is the same as.

    >>> own_name("qcbs"), own_name("range")
    ('lowest_price_ratio', 'range')
    """
    return SAME_AS.get(method, method)
