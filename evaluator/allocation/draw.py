"""The published draw between equal sets, which anyone can repeat."""

from collections.abc import Sequence
from hashlib import sha256

from evaluator.records.results.allocation import Draw


def draw(seed: str, sets: Sequence[tuple[str, ...]]) -> Draw:
    """Give every set its ticket, the lowest first: that set is drawn.

    Parameters
    ----------
    sets : the awards of each set by name, in order of bid.

    >>> draw("Cabinet 4711", [("B1", "B2"), ("B1", "B3")]).tickets[0][1]
    ('B1', 'B3')
    """
    return Draw(seed, tuple(sorted((ticket(seed, names), names) for names in sets)))


def ticket(seed: str, names: tuple[str, ...]) -> str:
    """Give the ticket of one set: SHA-256 over the seed and the names of its awards, a line each."""
    return sha256("\n".join((seed, *names)).encode("utf-8")).hexdigest()
