"""Every price method in words for bidders: what it does, its formula, and what it gives for one bid or equal prices.

``W`` is the points available for price, ``P`` the bid's scored price, ``Q`` its quality points as they count. Names
in braces are published parameters. A test holds this list to the methods; docs/criteria.md has the same formulas.
"""

from dataclasses import dataclass

ALL = "If there is one ranked bid, or all scored prices are equal, each has all W points."
BY_FORMULA = "One bid, or equal prices, are scored by the same formula."
NO_DISCOUNT = "If nobody's price is below {budget}, nobody has price points."
DISCOUNT = "D is the discount on the published budget: ({budget} − P) ÷ {budget}, and 0 for a price above it."


@dataclass(frozen=True)
class PriceWords:
    """What a method does, in a sentence; its formula; and what it gives for one bid or equal prices."""

    words: str
    formula: str
    alone: str


WORDS: dict[str, PriceWords] = {
    "lowest_price_ratio": PriceWords(
        "The lowest price has all the points; every other price has the share that the lowest price is of it.",
        "W × lowest P ÷ P",
        ALL,
    ),
    "linear_above_lowest": PriceWords(
        "The lowest price has all the points. From there they fall evenly, to none at {zero_at} "
        "times the lowest price.",
        "W × ({zero_at} × lowest P − P) ÷ (({zero_at} − 1) × lowest P)",
        ALL,
    ),
    "range": PriceWords(
        "The lowest price has all the points, the highest none, and the others their share of the way between.",
        "W × (highest P − P) ÷ (highest P − lowest P)",
        ALL,
    ),
    "fixed_limits": PriceWords(
        "A price of {lowest} has all the points, one of {highest} none, and those between their "
        "share of the way. Other "
        "bids' prices play no part.",
        "W × ({highest} − P) ÷ ({highest} − {lowest})",
        BY_FORMULA,
    ),
    "mean_deviation": PriceWords(
        "The mean price has {at_mean} % of the points. Each 1 % above or below the mean takes away or adds "
        "{per_percent} % of them.",
        "W × ({at_mean} − {per_percent} × 100 × (P − mean P) ÷ mean P) ÷ 100",
        "If there is one ranked bid, or all scored prices are equal, each has {at_mean} % of the points.",
    ),
    "linear_whole_points": PriceWords(
        "The lowest price has all the points. They fall evenly to none at twice the lowest price, "
        "and become whole points "
        "by the published direction {direction}: 0 to the nearest with halves up, 1 up, -1 down.",
        "W × (2 − P ÷ lowest P), 0 above twice the lowest P, then made whole",
        ALL,
    ),
    "highest_income_ratio": PriceWords(
        "The price is an income. The highest has all the points; every other has the share that it is of the highest.",
        "W × P ÷ highest P",
        ALL,
    ),
    "graduated_to_inflection": PriceWords(
        "Each 1 % above the lowest price takes away 0.1 % of the points up to 1.025 times the median "
        "price. Above that, "
        "each further 1 % of the lowest price takes away {per_percent_above} % of them. Points stay within 0 and W.",
        "W × (1 − 0.001 × percent above the lowest up to 1.025 × median P − {per_percent_above} ÷ "
        "100 × percent beyond)",
        ALL,
    ),
    "damped_discount": PriceWords(
        f"{DISCOUNT} The greatest discount has all the points if it is at least {{least_best}} %.",
        "W × D ÷ the greater of the greatest D and {least_best} %",
        BY_FORMULA,
    ),
    "discount_ratio": PriceWords(
        f"{DISCOUNT} Each discount has its share of the greatest.", "W × D ÷ greatest D", f"{NO_DISCOUNT} Else: {ALL}"
    ),
    "square_root_discount": PriceWords(
        f"{DISCOUNT} Each discount's share of the greatest is raised to the power {{alpha}}; 0.5 is the square "
        "root. The result is worked out to 50 figures.",
        "W × (D ÷ greatest D) to the power {alpha}",
        f"{NO_DISCOUNT} Else: {ALL}",
    ),
    "bilinear_discount": PriceWords(
        f"{DISCOUNT} M is the discount of the mean price. Up to M the points rise to {{at_mean}} of "
        f"W; above it the rest is "
        "shared by how far a discount goes towards the greatest.",
        "W × {at_mean} × D ÷ M up to M; above it W × ({at_mean} + (1 − {at_mean}) × (D − M) ÷ (greatest D − M))",
        f"One bid, or equal prices: {{at_mean}} × W. {NO_DISCOUNT}",
    ),
    "narbona": PriceWords(
        "A price of {lowest} has all the points, one of {budget} none, and the points fall ever more "
        "slowly between them. "
        "Points stay within 0 and W. Other bids' prices play no part.",
        "W × {lowest} ÷ ({budget} − {lowest}) × ({budget} − P) ÷ P",
        BY_FORMULA,
    ),
    "logarithm": PriceWords(
        "The lowest price has all the points. They fall with the logarithm of the price, to none at "
        "{zero_at} times it. The "
        "result is worked out to 50 figures.",
        "W × (1 − ln(P ÷ lowest P) ÷ ln {zero_at})",
        ALL,
    ),
    "ranking_points": PriceWords(
        "The lowest price has all the points. Each lower price takes {step} % of them away, and none "
        "goes below 0. Equal "
        "prices share the better place.",
        "W × (1 − {step} ÷ 100 × number of lower prices), not below 0",
        ALL,
    ),
    "price_per_quality_point": PriceWords(
        "The price is divided by the quality points: what a quality point costs. A bid without quality points has no "
        "result and comes last.",
        "P ÷ Q",
        BY_FORMULA,
    ),
    "value_for_money": PriceWords("The quality points are divided by the price.", "{factor} × Q ÷ P", BY_FORMULA),
    "weighted_value_for_money": PriceWords(
        "The quality points, raised to {quality_weight} ÷ {cost_weight}, are divided by the price. "
        "The result is worked "
        "out to 50 figures where the power is not whole.",
        "{factor} × Q to the power ({quality_weight} ÷ {cost_weight}) ÷ P",
        BY_FORMULA,
    ),
    "utility_index": PriceWords(
        "What a bid's quality lacks of the best is taken off, and the rest is multiplied by the "
        "lowest price over its own.",
        "(1 − {n} × (best Q − Q) ÷ {full_quality}) × lowest P ÷ P",
        BY_FORMULA,
    ),
    "normalised_both_sides": PriceWords(
        "The best quality has {quality_points} points and the lowest price {price_points}; the "
        "others have their shares of "
        "them. Where nobody has quality, nobody has quality points.",
        "{quality_points} × Q ÷ best Q + {price_points} × lowest P ÷ P",
        BY_FORMULA,
    ),
    "award_on_value": PriceWords(
        "Each quality point takes {per_point} off the price.", "P − Q × {per_point}", BY_FORMULA
    ),
    "quality_adjusted_price": PriceWords(
        "The price goes up by 1 % for each quality point that the bid lacks of the best.",
        "P × (1 + (best Q − Q) ÷ 100)",
        BY_FORMULA,
    ),
    "quality_coefficient": PriceWords(
        "The price is divided by a coefficient that grows with quality, so that {full_quality} "
        "quality points take the "
        "share {most} off it.",
        "P ÷ (1 + {most} × Q ÷ {full_quality} ÷ (1 − {most}))",
        BY_FORMULA,
    ),
    "quality_coefficient_income": PriceWords(
        "The price is an income or a saving; it is multiplied by a coefficient that grows with quality.",
        "P × (1 + {most} × Q ÷ {full_quality} ÷ (1 − {most}))",
        BY_FORMULA,
    ),
    "relative_value_for_cost": PriceWords(
        "The price is divided by an index of quality, which is 1 for the lowest quality.",
        "P × (lowest Q + {highest_score}) ÷ (Q + {highest_score})",
        BY_FORMULA,
    ),
    "price_quality_simple": PriceWords(
        "Each quality point above the lowest quality takes {estimate} ÷ {price_weight} off the price: the premium "
        "for quality.",
        "P − {estimate} × (Q − lowest Q) ÷ {price_weight}",
        "One bid, or bids of equal quality, have their own price.",
    ),
    "price_quality_weighted": PriceWords(
        "Quality above the lowest is brought from {full_quality} points to the weight of quality, 100 less "
        "{price_weight}; each such point takes {estimate} ÷ {price_weight} off the price: the premium for quality.",
        "P − {estimate} × (100 − {price_weight}) × (Q − lowest Q) ÷ {full_quality} ÷ {price_weight}",
        "One bid, or bids of equal quality, have their own price.",
    ),
}
