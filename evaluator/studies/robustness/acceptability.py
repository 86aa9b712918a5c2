"""How bids would stand for all weights that one might have published, and the weight at which two change places.

For simulation before publication and for reference: after it only the published weights count, and ``study robustness``
moves them by a few tenths of a point.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

DRAWS, SEED = 100_000, 149
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Acceptability:
    """Of every bid: its share of each rank, and the mean weights among those that put it first (None if none do)."""

    ranks: tuple[tuple[float, ...], ...]
    central: tuple[tuple[float, ...] | None, ...]

    def within(self, best: int) -> tuple[float, ...]:
        """Give each bid's share of the best so many ranks."""
        return tuple(sum(shares[:best]) for shares in self.ranks)


def acceptability(values: Sequence[Sequence[float]], draws: int = DRAWS, seed: int = SEED) -> Acceptability:
    """Give the rank acceptabilities and central weights of SMAA-2 for weights drawn evenly over all that add up to one.

    Parameters
    ----------
    values : a row a bid, its value on each criterion, higher better.
    draws, seed : of the weights.

    Source: Lahdelma and Salminen (2001). A bid's rank is one more than the bids strictly above it, so that tied bids
    share the better rank.

    >>> found = acceptability([[1, 0], [0, 1], [0.6, 0.6]], draws=20_000)
    >>> [[round(share, 1) for share in shares] for shares in found.ranks]
    [[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0.0]]
    """
    table = np.asarray(values, dtype=np.float64)
    weights = _weights(table.shape[1], draws, seed)
    scores = weights @ table.T
    ranks = (scores[:, None, :] > scores[:, :, None] + 1e-12).sum(axis=2)
    shares = tuple(tuple(float((ranks[:, bid] == at).mean()) for at in range(len(table))) for bid in range(len(table)))
    return Acceptability(shares, tuple(_central(weights, ranks[:, bid] == 0) for bid in range(len(table))))


def _weights(number: int, draws: int, seed: int) -> Floats:
    """Spread weights evenly over all that add up to one; of two exactly, so that closed forms come out."""
    if number == 2:
        first = (np.arange(draws) + 0.5) / draws
        return np.column_stack((first, 1 - first))
    return np.random.default_rng(seed).dirichlet(np.ones(number), draws)


def _central(weights: Floats, first: npt.NDArray[np.bool_]) -> tuple[float, ...] | None:
    return tuple(float(weight) for weight in weights[first].mean(axis=0)) if first.any() else None


def crossover(one: Sequence[Fraction], other: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction | None:
    """Give the weight of the first criterion at which two bids are level, the other weights kept in proportion.

    Parameters
    ----------
    one, other : the two bids' values on each criterion.
    weights : as published; of the others at least one is over nought.

    Returns
    -------
    None where no weight makes them level.

    >>> crossover([Fraction(80), Fraction(60)], [Fraction(70), Fraction(90)], [Fraction(7, 10), Fraction(3, 10)])
    Fraction(3, 4)
    """
    apart = [Fraction(ours) - Fraction(theirs) for ours, theirs in zip(one, other, strict=True)]
    whole, others = sum(map(Fraction, weights), Fraction(0)), sum(map(Fraction, weights[1:]), Fraction(0))
    rest = (
        sum((gap * Fraction(weight) for gap, weight in zip(apart[1:], weights[1:], strict=True)), Fraction(0)) / others
    )
    return None if apart[0] == rest else -rest * whole / (apart[0] - rest)
