"""The shape of a price method: its published terms, its formula, and the words that show how it came to a figure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import update_wrapper
from typing import Literal

import numpy as np

from evaluator.records.programme.price.methods import METHODS, Given, MethodTerms
from evaluator.scoring.exact_columns import Column, Scalar
from evaluator.scoring.exact_integers import Array

Statistic = Literal["lowest", "highest", "mean", "median", "best_quality", "lowest_quality", "place"]


@dataclass(frozen=True)
class Offers:
    """What a formula looks at: scored prices in pence, each above 0, and quality points; ranked bids only."""

    prices: Column
    quality: Column

    def statistic(self, name: Statistic, row: int) -> Fraction:
        """Give a figure of all the offers (prices in pence), or the place of one offer's price among them."""
        if name == "best_quality":
            return self.quality.highest()
        if name == "lowest_quality":
            return self.quality.lowest()
        if name == "place":
            own = self.prices.at(row)
            return Fraction(1 + sum(price < own for price in self.prices.fractions()))
        found: Fraction = getattr(self.prices, name)()
        return found

    def each(self, formula: Callable[[Fraction, Fraction], Fraction]) -> Column:
        """Apply a formula to each offer's price in pounds and quality points."""
        pairs = zip(self.prices.fractions(), self.quality.fractions(), strict=True)
        return Column.each(formula(price / 100, quality) for price, quality in pairs)


def _nothing(_given: Given) -> str:
    return ""


@dataclass(eq=False)
class PriceMethod:
    """A published price method.

    Calling it with a mapping of bid to price in pence gives a mapping of bid to exact, unrounded points (or index).

    Parameters
    ----------
    name : the name it is published under, a key of ``records.programme.price.methods.METHODS``.
    formula : the bare formula over ``Offers``, the points available and the parameters.
    statistics : the figures of all ranked bids that enter it.
    words : the formula with ``{price}``, ``{available}``, the statistics and the parameters to be filled in.
    together : what is wrong with the parameters taken together, in words, or an empty text.
    """

    name: str
    formula: Callable[..., Column]
    statistics: tuple[Statistic, ...]
    words: str
    together: Callable[[Given], str]

    @property
    def terms(self) -> MethodTerms:
        """What was published of the method: what it gives, whether other bids enter, its parameters."""
        return METHODS[self.name]

    def greatest(self, available: Fraction, given: Given) -> Fraction:
        """Give the most points (their least upper bound) that any price above 0 can earn."""
        return available * self.terms.greatest_share(given)

    @property
    def gives_points(self) -> bool:
        """Whether it gives points, which are added to the quality score; an index or adjusted price is the total."""
        return self.terms.gives == "points"

    @property
    def result_words(self) -> str:
        """Name what it gives: points, an index, or an adjusted price."""
        return self.terms.gives.replace("_", " ")

    @property
    def best_words(self) -> str:
        """Name the best result."""
        return f"{'highest' if self.terms.best_is_highest else 'lowest'} {self.result_words}"

    def without(self, quality: Column) -> Array:
        """Say for each offer whether the method has no result for it, since it divides by a quality of nought."""
        return quality.top <= 0 if self.terms.needs_quality else np.zeros(len(quality), dtype=bool)

    def order(self, results: Column) -> list[Array]:
        """Give keys that put the best result first."""
        return (-results if self.terms.best_is_highest else results).sort_keys()

    def problems(self, published: Mapping[str, Decimal]) -> tuple[str, ...]:
        """Say in words what is wrong with published parameters; nothing when they can be used."""
        parameters = self.terms.parameters
        unknown = [f"{self.name} takes no parameter {key}." for key in sorted(set(published) - set(parameters))]
        missing = [
            f"{self.name} needs the parameter {key}: {parameter.allowed}."
            for key, parameter in parameters.items()
            if parameter.default is None and key not in published
        ]
        wrong = [
            f"The parameter {key} of {self.name} must be {parameter.allowed}."
            for key, parameter in parameters.items()
            if key in published and not parameter.allows(published[key])
        ]
        found = [*unknown, *missing, *wrong]
        return tuple(found or filter(None, [self.together(self.terms.given(published))]))

    def given(self, published: Mapping[str, Decimal]) -> dict[str, Fraction]:
        """Give every parameter's value, published or default; ValueError for what cannot be used."""
        problems = self.problems(published)
        if problems:
            raise ValueError(" ".join(problems))
        return self.terms.given(published)

    def apply(self, offers: Offers, available: Fraction, published: Mapping[str, Decimal]) -> Column:
        """Apply the formula to all offers; ValueError for a price that is not above 0."""
        if offers.prices.below(0).any() or (offers.prices.top == 0).any():
            raise ValueError("a price to be scored must be above 0")
        given = self.given(published)
        return self.formula(offers, available, **given) if len(offers.prices) else Column.same(0, 0)

    def __call__(
        self,
        prices: Mapping[str, Scalar],
        available: Fraction = Fraction(0),
        quality: Mapping[str, Scalar] | None = None,
        **published: int | Decimal,
    ) -> dict[str, Fraction]:
        """Give each bid its exact points or index, from prices in pence (and quality points where they count)."""
        bids = list(prices)
        points = [(quality or {}).get(bid, 0) for bid in bids]
        offers = Offers(Column.of([prices[bid] for bid in bids]), Column.of(points))
        terms = {key: Decimal(value) for key, value in published.items()}
        return dict(zip(bids, self.apply(offers, available, terms).fractions(), strict=True))


def published(
    *statistics: Statistic,
    words: str,
    name: str = "",
    together: Callable[[Given], str] = _nothing,
) -> Callable[[Callable[..., Column]], PriceMethod]:
    """Declare a formula as the price method that is published under its name, or under the name given."""

    def declare(formula: Callable[..., Column]) -> PriceMethod:
        method = PriceMethod(name or formula.__name__, formula, statistics, words, together)
        update_wrapper(method, formula)  # its docstring is the formula's, and its example is found and run
        return method

    return declare
