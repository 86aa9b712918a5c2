"""Measured criteria: what earns points by a figure that each bid offers, and by no one's mark.

Days, months of warranty, tonnes of carbon, hours: the figure stands in the register, and a published method turns it
into points among the ranked bids. Methods of its own stand here; every price method that gives points is one too.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from evaluator.records.numbers import exact_text
from evaluator.records.programme.price.methods import (
    HUNDRED,
    METHODS,
    NOUGHT,
    STEP,
    Given,
    MethodTerms,
    ParameterTerms,
    own_name,
)
from evaluator.records.programme.published import Amount, Declaring, Exact, Prose, unsaid

Better = Literal["higher", "lower"]
YES, NO = Decimal(1), Decimal(0)  # how the answers of a criterion of yes or no are kept
MEASURED = "measured:"  # before the id of a measured criterion: in the register's column, and in a tie-break
_SHARE = "from 0 to 100, in percent of the points"


def _quarter(share: int) -> ParameterTerms:
    return ParameterTerms(Decimal(share), _SHARE, least=NOUGHT, most=HUNDRED)


OWN: Mapping[str, MethodTerms] = {
    "direct": MethodTerms("points", depends_on_other_bids=True),
    "inverse": MethodTerms("points", depends_on_other_bids=True),
    "banded": MethodTerms("points", depends_on_other_bids=False),
    "yes_no": MethodTerms("points", depends_on_other_bids=False, parameters={"no": _quarter(0)}),
    "by_rank": MethodTerms(
        "points",
        depends_on_other_bids=True,
        parameters={"step": STEP},
    ),
    "by_quarter": MethodTerms(
        "points",
        depends_on_other_bids=True,
        parameters={"second": _quarter(75), "third": _quarter(50), "fourth": _quarter(25)},
    ),
}
MEASURED_METHODS: Mapping[str, MethodTerms] = {
    **OWN,
    **{name: terms for name, terms in METHODS.items() if terms.gives == "points"},
}
PLAIN: Mapping[str, str] = {
    "direct": "the figure divided by the highest: more is better",
    "inverse": "the lowest figure divided by the figure: less is better",
    "banded": "the points of the published band that the figure is in",
    "yes_no": "all the points for yes",
    "by_rank": "the place in the order of the figures",
    "by_quarter": "the quarter of the bids that the figure is in",
}
HIGHER = frozenset({"direct", "yes_no", "highest_income_ratio"})  # by these more is better, whatever is measured
EITHER = frozenset({"range", "fixed_limits", "ranking_points", "by_rank", "by_quarter"})  # by these it must be said
IN_BANDS = frozenset({"banded", "by_rank"})  # these take a table


class Band(Declaring):
    """A line of a published table: the figures that it is about, and the points that they have."""

    at_least: Exact | None = None
    at_most: Exact | None = None
    points: Amount


class Measured(Declaring):
    """A criterion whose points follow from a figure by a published method; each theme's weights say how many.

    Parameters
    ----------
    unit : what the figure counts, such as months.
    text : what is counted, and how.
    method, parameters : one of ``MEASURED_METHODS``, as a price policy has them; limits are in the criterion's unit.
    better : which figures are the better ones, where the method leaves it open.
    band : the table of ``banded``, each line with ``at_least`` or with ``at_most``; of ``by_rank`` by the place.
    least, most : a bid with a lower, or a higher, figure is not ranked.
    cap : a better figure than this counts as this one.
    """

    id: str
    title: Prose
    unit: Prose = Field(default="", exclude_if=unsaid)
    text: Prose = Field(default="", exclude_if=unsaid)
    method: str
    parameters: dict[str, Exact] = Field(default_factory=dict, exclude_if=unsaid)
    better: Better | None = Field(default=None, exclude_if=unsaid)
    least: Exact | None = Field(default=None, exclude_if=lambda value: value is None)
    most: Exact | None = Field(default=None, exclude_if=lambda value: value is None)
    cap: Exact | None = Field(default=None, exclude_if=lambda value: value is None)
    band: tuple[Band, ...] = Field(default=(), exclude_if=unsaid)
    source: Prose = Field(default="", exclude_if=unsaid)

    @property
    def column(self) -> str:
        """The register's column in which each bid's figure stands."""
        return f"{MEASURED}{self.id}"

    @property
    def own_method(self) -> str:
        """The formula behind the published name of the method."""
        return own_name(self.method)

    @property
    def is_yes_or_no(self) -> bool:
        """Whether it is answered by yes or no."""
        return self.method == "yes_no"

    @property
    def by_method(self) -> Better | None:
        """Which figures are the better ones by the method itself; None where it leaves that open."""
        if self.own_method in EITHER:
            return None
        if self.method == "banded":
            return "lower" if any(one.at_most is not None for one in self.band) else "higher"
        return "higher" if self.own_method in HIGHER else "lower"

    @property
    def more_is_better(self) -> bool:
        """Whether the higher figure is the better one; where nothing says so, the lower is, as of prices."""
        return (self.better or self.by_method) == "higher"

    @property
    def lowest_allowed(self) -> str:
        """What a figure must be for the method: ``above 0``, ``0 or more``; empty where any number will do."""
        if self.own_method in EITHER or self.method in ("banded", "yes_no"):
            return ""
        return "0 or more" if self.method in OWN else "above 0"

    def allows(self, figure: Decimal) -> bool:
        """Whether the method can be applied to a figure."""
        return figure >= 0 if self.lowest_allowed == "0 or more" else figure > 0 if self.lowest_allowed else True

    def counted(self, figure: Decimal) -> Fraction:
        """Give what a figure counts as: itself, or the cap where it is better than that.

        >>> Measured(id="M", title="Warranty", method="direct", cap="24").counted(Decimal(36))
        Fraction(24, 1)
        """
        if self.cap is None:
            return Fraction(figure)
        return Fraction(min(figure, self.cap) if self.more_is_better else max(figure, self.cap))

    def said(self, figure: Fraction) -> str:
        """Say a figure with its unit, or yes or no.

        >>> Measured(id="M1", title="Warranty", unit="months", method="direct").said(Fraction(24))
        '24 months'
        """
        if self.is_yes_or_no:
            return "yes" if figure else "no"
        return f"{exact_text(figure)} {self.unit}".strip()

    def given(self) -> dict[str, Fraction]:
        """Give every parameter's value, published or default."""
        return MEASURED_METHODS[self.method].given(self.parameters)

    def band_points(self, figure: Fraction) -> Fraction:
        """Give the points of the table's line that a figure is in: of those that it reaches, the furthest; else 0.

        >>> lines = ({"at_most": "5", "points": "10"}, {"at_most": "10", "points": "7"})
        >>> days = Measured(id="M", title="Days", method="banded", band=lines)
        >>> [int(days.band_points(Fraction(figure))) for figure in (3, 5, 6, 11)]
        [10, 10, 7, 0]
        """
        low = [one for one in self.band if one.at_least is not None and figure >= one.at_least]
        high = [one for one in self.band if one.at_most is not None and figure <= one.at_most]
        if low:
            return Fraction(max(low, key=lambda one: one.at_least or NOUGHT).points)
        return Fraction(min(high, key=lambda one: one.at_most or NOUGHT).points) if high else Fraction(0)

    @property
    def most_points(self) -> Fraction:
        """The most points of any line of the table, which earn all of the weight."""
        return Fraction(max((one.points for one in self.band), default=NOUGHT))

    @property
    def greatest_share(self) -> Fraction:
        """The most of its weight (the least upper bound) that a figure can earn."""
        terms = MEASURED_METHODS.get(self.method)
        return terms.greatest_share(self.given()) if terms else Fraction(1)


def limits_turned(one: Measured, given: Given) -> dict[str, Fraction]:
    """Give parameters as a method of prices takes them where more is better, so that its lowest is the best one."""
    if not one.more_is_better or not {"lowest", "highest"} <= given.keys():
        return dict(given)
    return {**given, "lowest": -given["highest"], "highest": -given["lowest"]}
