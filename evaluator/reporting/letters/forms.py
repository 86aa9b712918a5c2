"""What a letter is called under each regime, and how much of the winners it shows."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """A kind of letter: its title, the law or terms that it is written for, and what it shows of winners."""

    title: str
    under: str
    winners_in_full: bool  # the winners' scores and reasons by question, in an annex
    winners_scores: bool  # the winners' totals


FORMS: Mapping[str, Form] = {
    "pa2023": Form(
        "Assessment summary", "Procurement Act 2023 section 50, Procurement Regulations 2024 regulation 31", True, True
    ),
    "pcr2015": Form("Outcome of your bid", "Public Contracts Regulations 2015", False, True),
    "grant": Form("Outcome of your application", "the terms of this grant programme", False, False),
    "below_threshold": Form("Outcome of your bid", "the published terms of this procurement", False, False),
}

FORMULAS: Mapping[str, str] = {
    "lowest_price_ratio": "points available × the lowest ranked price ÷ your price",
    "linear_above_lowest": "all the points at the lowest ranked price, and evenly fewer above it",
    "range": "all the points at the lowest ranked price, none at the highest, evenly in between",
    "fixed_limits": "all the points at the published lowest limit, none at the published highest, evenly in between",
    "mean_deviation": "the published share of the points at the mean of the ranked prices, fewer above it, more below",
    "price_per_quality_point": "your price ÷ your quality points; the lowest is best",
}
