"""Bounds that need no trust in a solver: from the prices that it puts on the rows, recounted in whole numbers.

For any price of nought or more on each limit, no set is worth more than what the limits allow at those prices, plus
what each choice is worth above what it uses at those prices. The solver only proposes the prices; here they are rounded
to whole 2**-44ths and everything is added up exactly, so that a bound holds whatever rounding the solver did.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluator.allocation.model.model import Model, Row, Terms

MOST_TERMS = 12  # of a row that is looked at; a long one implies little


def implied(model: Model) -> list[Row]:
    """Write the rows that short limits of a model imply: so many at most of these choices."""
    bids = [choice.candidate.bid for choice in model.choices]
    found: dict[tuple[Terms, int], Row] = {}
    for row in model.rows:
        if row.most is None or not _short(row, len(bids)):
            continue
        heaviest = tuple(sorted(row.terms, key=lambda term: (-term[1], term[0])))
        for places, most in (*_exclusive(heaviest, row.most, bids), *_counted(heaviest, row.most)):
            terms = tuple((at, 1) for at in sorted(places))
            found.setdefault((terms, most), Row(row.rule, "implied", row.subject, terms, most=most))
    return list(found.values())


def _short(row: Row, choices: int) -> bool:
    """Whether a row is a short limit over choices that can be exceeded."""
    weights = [weight for _, weight in row.terms]
    return (
        1 < len(weights) <= MOST_TERMS
        and min(weights) > 0
        and sum(weights) > (row.most or 0)
        and row.kind != "levels"
        and all(at < choices for at, _ in row.terms)
    )


def _exclusive(heaviest: Terms, most: int, bids: Sequence[str]) -> Iterator[tuple[list[int], int]]:
    """Find choices of which no two go together: two exceed the limit, or are levels of one bid.

    Begun at each choice in turn, from it to the heavier ones, then to the lighter.
    """
    for start in range(1, len(heaviest)):
        kept: list[tuple[int, int]] = []
        for at, weight in (*heaviest[start::-1], *heaviest[start + 1 :]):
            if all(weight + other > most or bids[at] == bids[place] for place, other in kept):
                kept.append((at, weight))
        if len({bids[at] for at, _ in kept}) > 1:
            yield [at for at, _ in kept], 1


def _counted(heaviest: Terms, most: int) -> Iterator[tuple[list[int], int]]:
    """Find choices of which no more than so many go together, as even the lightest of them exceed the limit."""
    for count in range(2, len(heaviest)):
        for end in range(len(heaviest), count, -1):
            if sum(weight for _, weight in heaviest[end - count - 1 : end]) > most:
                yield [at for at, _ in heaviest[:end]], count
                if end == len(heaviest):
                    return  # more of them would say less
                break


SHIFT = 44


@dataclass(frozen=True)
class Bound:
    """A value of an objective that no set exceeds, and what taking or leaving one choice takes off it.

    ``worth`` holds, in 2**-44ths, what each variable is worth above what it uses: a set without a variable of positive
    worth, or with one of negative worth, stays below ``exact`` by as much.
    """

    exact: int  # in 2**-44ths
    worth: Sequence[int]

    @property
    def most(self) -> int:
        """The greatest whole value that a set can have."""
        return self.exact >> SHIFT

    def settled(self, value: int) -> dict[int, int]:
        """Settle the variables that are the same in every set that reaches a value: 1 taken, 0 left out."""
        slack = self.exact - (value << SHIFT)
        return {at: int(worth > 0) for at, worth in enumerate(self.worth) if abs(worth) > slack}


def bound_of(
    variables: int, objective: Terms, rows: Sequence[Row], prices: Sequence[float], pins: Mapping[int, int]
) -> Bound:
    """Add up what no set exceeds.

    Parameters
    ----------
    rows : the rows that hold, each with a price: above nought on its ``most``, below nought on its ``least``.
    pins : variables that are settled already.
    """
    worth = [0] * variables
    for at, weight in objective:
        worth[at] = weight << SHIFT
    total = 0
    for row, price in zip(rows, prices, strict=True):
        whole = round(price * (1 << SHIFT)) if abs(price) < 1e15 else 0
        side = row.most if whole > 0 else row.least
        if not whole or side is None:
            continue
        total += whole * side
        for at, weight in row.terms:
            worth[at] -= whole * weight
    for at, gain in enumerate(worth):
        total += gain * pins[at] if at in pins else max(0, gain)
    return Bound(total, [0 if at in pins else gain for at, gain in enumerate(worth)])
