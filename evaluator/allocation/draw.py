"""The published draw between equal sets, which anyone can repeat."""

from collections.abc import Sequence

from evaluator.records.results.allocation import Draw
from evaluator.records.submissions.tie_breaks import ticket


def draw(seed: str, sets: Sequence[tuple[str, ...]]) -> Draw:
    """Give every set its ticket, the lowest first: that set is drawn.

    Parameters
    ----------
    sets : the awards of each set by name, in order of bid.

    >>> draw("Cabinet 4711", [("B1", "B2"), ("B1", "B3")]).tickets[0][1]
    ('B1', 'B3')
    """
    return Draw(seed, tuple(sorted((ticket(seed, names), names) for names in sets)))
