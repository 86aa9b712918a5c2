"""Sums of awards: less than the ask by rank, by score or by a panel's decision, what is left offered, and tranches."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from evaluator.records.programme.published import Amount, Declaring, Percent, Pounds, Prose, Published, unsaid

PANEL_SUM = "panel_sum"  # the matter of a decision by which a panel sets the sum of a bid
SET = "set"
WHOLE = Decimal(100)


def _part_of_all(value: Decimal) -> Decimal:
    if not 0 < value <= WHOLE:
        raise ValueError('must be above "0%" and up to "100%"')
    return value


Share = Annotated[Percent, AfterValidator(_part_of_all)]


class ScoreBand(Published):
    """The share of its ask that a bid is offered which scores at least so much."""

    at_least: Amount
    share: Share


class Tranche(Declaring):
    """A part of every award, and when it is paid: a year, or words such as "after the first report"."""

    when: Prose
    share: Share


class Amounts(Declaring):
    """How much of its ask a bid is offered, and what becomes of money that is left.

    Parameters
    ----------
    by_rank : the share of the ask of rank 1, 2 and so on of a theme; the last one holds for every rank after it.
    step, least_share : in place of a list, so much less for each rank after the first, and never less than this.
    by_score : in place of both, a share for each band of the total score; a bid below the lowest is offered nothing.
    panel : whether a panel may set a sum of its own within the ask, by a decision with its reason.
    pro_rata : where what is offered comes to more than a budget, every sum is cut by one share until it fits.
    rest : what becomes of money that is too little for the next bid: ``kept``, or ``offered`` to it as a part award.
    round_to : every sum that is less than the ask is a multiple of this, downwards; pence where nothing is said.
    least_useful : no smaller sum is awarded to a bid that asks more.
    """

    by_rank: tuple[Share, ...] = Field(default=(), exclude_if=unsaid)
    step: Share | None = Field(default=None, exclude_if=unsaid)
    least_share: Share | None = Field(default=None, exclude_if=unsaid)
    by_score: tuple[ScoreBand, ...] = Field(default=(), exclude_if=unsaid)
    panel: bool = Field(default=False, exclude_if=unsaid)
    pro_rata: bool = Field(default=False, exclude_if=unsaid)
    rest: Literal["kept", "offered"] = "kept"
    round_to: Pounds | None = Field(default=None, exclude_if=unsaid)
    least_useful: Pounds | None = Field(default=None, exclude_if=unsaid)
    tranche: tuple[Tranche, ...] = Field(default=(), exclude_if=unsaid)
    source: Prose

    @property
    def multiple(self) -> int:
        """The pence of which every sum below the ask is a multiple."""
        return int((self.round_to or Decimal("0.01")) * 100) or 1

    @property
    def least(self) -> int:
        """The least sum, in pence, that is awarded."""
        return int((self.least_useful or Decimal(0)) * 100)

    def down(self, pence: Fraction | int) -> int:
        """Give the largest published sum that is not above so many pence.

        >>> Amounts(round_to="100", source="4.2").down(4_567_89)
        450000
        """
        return int(pence // self.multiple) * self.multiple

    def share(self, rank: int, score: Fraction) -> Fraction:
        """Give the share of its ask, of 1, that a bid of a rank in its theme and a total score is offered.

        >>> Amounts(step="15%", least_share="60%", source="4.2").share(3, Fraction(70))
        Fraction(7, 10)
        """
        if self.by_score:
            reached = [one.share for one in self.by_score if score >= Fraction(one.at_least)]
            return Fraction(max(reached, default=Decimal(0))) / 100
        if self.by_rank:
            return Fraction(self.by_rank[min(rank, len(self.by_rank)) - 1]) / 100
        if self.step is not None:
            left = 1 - (rank - 1) * Fraction(self.step) / 100
            return max(left, Fraction(self.least_share or 0) / 100, Fraction(0))
        return Fraction(1)

    def offered(self, ask: int, rank: int, score: Fraction) -> int:
        """Give the sum in pence that a bid is offered by its rank or score: its ask, or less, rounded as published."""
        share = self.share(rank, score)
        return ask if share == 1 else self.down(ask * share)

    def payments(self, pence: int) -> tuple[tuple[str, int], ...]:
        """Divide an award into its tranches, to the penny: each but the last is rounded down, and the last is the rest.

        >>> terms = {"tranche": [{"when": "2027-28", "share": "33.5%"}, {"when": "2028-29", "share": "66.5%"}]}
        >>> Amounts(**terms, source="4.2").payments(1_00)
        (('2027-28', 33), ('2028-29', 67))
        """
        if not self.tranche:
            return ()
        paid = [int(pence * Fraction(one.share) / 100) for one in self.tranche[:-1]]
        return tuple(zip((one.when for one in self.tranche), (*paid, pence - sum(paid)), strict=True))


def by_year(sum_: int, ask: Sequence[int]) -> tuple[int, ...]:
    """Divide a sum over the years as the ask is divided, in whole pence that add up to it.

    The years up to each have their part rounded down, so that pence fall into later years.

    >>> by_year(100, (1, 1, 1))
    (33, 33, 34)
    """
    whole = sum(ask)
    ends = [sum_ * sum(ask[: at + 1]) // whole if whole else 0 for at in range(len(ask))]
    return tuple(end - before for end, before in zip(ends, (0, *ends[:-1]), strict=True))
