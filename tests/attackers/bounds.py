"""Works out what all editions together tell of each kind of organisation: by intervals, and in whole numbers by HiGHS.

Organisations are of one kind where every edition says the same of them. Nothing here is shared with the rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import highspy
import numpy as np

from tests.attackers.readers import NO_ANSWER, Interval, Rows

Limit = tuple[list[int], int, int]


@dataclass(frozen=True)
class Seen:
    """One edition of one question: who bid and has an award, and its rows; none where it stands as it was."""

    funded: Mapping[str, bool]
    rows: Rows


@dataclass
class Reader:
    """One who has all editions; ``groups`` puts replies together, ``known`` is an organisation with its reply."""

    editions: Sequence[Seen]
    replies: Sequence[str]
    groups: Mapping[str, Sequence[str]]
    known: tuple[str, str] | None = None
    kinds: dict[tuple[object, ...], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in sorted({name for one in self.editions for name in one.funded}):
            own = self.known is not None and name == self.known[0]
            self.kinds.setdefault((own, *(one.funded.get(name) for one in self.editions)), []).append(name)
        self.columns = list(product(self.kinds, (*self.replies, NO_ANSWER)))

    def limits(self) -> list[Limit]:
        found: list[Limit] = []
        for kind, names in self.kinds.items():
            found.append(([at for at, (k, _) in enumerate(self.columns) if k == kind], len(names), len(names)))
            if kind[0] and self.known:
                found.append((self._where({kind}, {self.known[1]}), 1, 1))
        for number, one in enumerate(self.editions, start=1):
            bid = {kind for kind in self.kinds if kind[number] is not None}
            won = {kind for kind in self.kinds if kind[number]}
            for group, (size, funded) in one.rows.items():
                replies = set(self.groups.get(group, (group,)))
                found.append((self._where(bid, replies), *size))
                if funded:
                    found.append((self._where(won, replies), *funded))
        return found

    def _where(self, kinds: set[tuple[object, ...]], replies: set[str]) -> list[int]:
        return [at for at, (kind, reply) in enumerate(self.columns) if kind in kinds and reply in replies]

    def by_intervals(self) -> list[Interval]:
        """Give the ends that passing bounds from limit to limit comes to."""
        ends = [(0, len(self.kinds[kind])) for kind, _ in self.columns]
        while True:
            before = list(ends)
            for columns, least, most in self.limits():
                low, high = sum(ends[at][0] for at in columns), sum(ends[at][1] for at in columns)
                for at in columns:
                    own = ends[at]
                    ends[at] = max(own[0], least - (high - own[1])), min(own[1], most - (low - own[0]))
            if ends == before:
                return ends

    def _solver(self) -> Any:
        solver: Any = highspy.Highs()
        solver.silent()
        for kind, _ in self.columns:
            solver.addVar(0, len(self.kinds[kind]))
        count = len(self.columns)
        solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), [highspy.HighsVarType.kInteger] * count)
        for columns, least, most in self.limits():
            solver.addRow(least, most, len(columns), np.array(columns, dtype=np.int32), np.ones(len(columns)))
        return solver

    def betrayed(self, margin: int) -> list[str]:
        """Name the kinds, other than the reader's own, of whom a reply is proven or bounded beyond the margin."""
        solver, found, count = self._solver(), [], len(self.columns)
        first = self._numbers(solver)
        low, high = (
            list(first),
            list(first),
        )  # what some set of replies comes to; a program only where these leave doubt
        for at, (kind, reply) in enumerate(self.columns):
            number = len(self.kinds[kind])
            enough = min(margin, number)
            if kind[0] or reply == NO_ANSWER:
                continue
            for sign, far in ((-1, lambda: high[at] >= enough), (1, lambda: low[at] <= number - enough)):  # noqa: B023
                if far():
                    continue
                solver.changeColsCost(count, np.arange(count, dtype=np.int32), np.zeros(count))
                solver.changeColCost(at, sign)
                numbers = self._numbers(solver)
                low, high = list(map(min, low, numbers)), list(map(max, high, numbers))
                if not far():
                    found.append(f"{kind} {reply}: {low[at]} to {high[at]} of {number}")
        return found

    def _numbers(self, solver: Any) -> list[int]:
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, "what is printed contradicts itself"
        return [round(value) for value in solver.getSolution().col_value]
