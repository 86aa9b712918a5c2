"""An attacker who also knows what every bid asks: bid by bid, bounds hidden counts from counts and rounded money.

The unknowns are under which line each bid stands, relaxed to parts between nought and one. Every count and every sum
that is shown is an equation or a pair of bounds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

STAGES = 5


@dataclass(frozen=True)
class Known:
    """What is public of a bid: how far it came, its theme, its pence asked and awarded."""

    outcome: int
    theme: str
    asked: int
    awarded: int


class MoneyAttacker:
    def __init__(self, bids: Sequence[Known], lines: Sequence[Any], unit: int) -> None:
        self.bids, self.names = bids, [line["group"] for line in lines]
        self.width = len(bids)
        self.equal: list[tuple[np.ndarray, float]] = []
        self.under: list[tuple[np.ndarray, float]] = []
        for at in range(self.width):
            row = np.zeros(self.width * len(lines))
            row[[line * self.width + at for line in range(len(lines))]] = 1
            self.equal.append((row, 1))
        for place, line in enumerate(lines):
            for stage, shown in enumerate(line["stages"]):
                if shown["bids"] is not None:
                    self.equal.append((self.row(place, lambda bid, s=stage: bid.outcome >= s), shown["bids"]))
                if shown["money"] is not None and shown["bids"]:
                    self._money(place, stage, round(float(shown["money"]) * 100), unit)
            for one in line["themes"]:
                if one["bids"] is not None:
                    self.equal.append((self.row(place, lambda bid, t=one["theme"]: bid.theme == t), one["bids"]))

    def row(self, place: int, counts: Callable[[Known], bool]) -> np.ndarray:
        """A line's bids of some kind."""
        row = np.zeros(self.width * len(self.names))
        row[place * self.width : (place + 1) * self.width] = [counts(bid) for bid in self.bids]
        return row

    def _money(self, place: int, stage: int, shown: int, unit: int) -> None:
        row = np.zeros(self.width * len(self.names))
        amounts = [(b.awarded if stage == STAGES - 1 else b.asked) * (b.outcome >= stage) for b in self.bids]
        row[place * self.width : (place + 1) * self.width] = [amount / unit for amount in amounts]
        self.under += [(row, shown / unit + 0.5), (-row, 0.5 - shown / unit)]

    def bounds(self, group: str, counts: Callable[[Known], bool]) -> tuple[float, float]:
        """The least and most bids of some kind that a line can have."""
        cost = self.row(self.names.index(group), counts)
        return self._best(cost), -self._best(-cost)

    def _best(self, cost: np.ndarray) -> float:
        left, right = zip(*self.equal, strict=True)
        under = {}
        if self.under:
            low, limit = zip(*self.under, strict=True)
            under = {"A_ub": csr_array(np.array(low)), "b_ub": np.array(limit) + 1e-9}
        done = linprog(cost, A_eq=csr_array(np.array(left)), b_eq=right, bounds=(0, 1), **under)
        assert done.status == 0, done.message
        return float(done.fun)
