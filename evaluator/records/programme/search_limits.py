"""What bounds the search for the best set of awards: work that is counted, never time.

So a search ends at the same place on every machine, however slow or busy it is.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchLimits:
    """The work that one search may take.

    Parameters
    ----------
    bids : the most candidates that these limits are for; None: any number.
    nodes : of HiGHS' search tree; every solve counts as one at the least.
    iterations : of the simplex method, which HiGHS needs for them.
    second_nodes : nodes of the second opinion's search tree.
    """

    bids: int | None
    nodes: int
    iterations: int
    second_nodes: int

    @property
    def words(self) -> str:
        """Say how much work a search may take."""
        return f"{self.nodes:,} nodes and {self.iterations:,} iterations"


SEARCH_LIMITS = (
    SearchLimits(100, 200_000, 1_000_000, 100_000),
    SearchLimits(300, 100_000, 800_000, 50_000),
    SearchLimits(1_000, 40_000, 500_000, 20_000),
    SearchLimits(5_000, 15_000, 250_000, 2_000),
    SearchLimits(None, 2_000, 100_000, 400),
)


def search_limits(bids: int) -> SearchLimits:
    """Give the limits of a search among so many candidates.

    >>> search_limits(300).nodes, search_limits(301).nodes, search_limits(20_000).bids
    (100000, 40000, None)
    """
    return next(limits for limits in SEARCH_LIMITS if limits.bids is None or bids <= limits.bids)
