"""An attacker on a published equality table: bounds every hidden count from all that is shown.

It knows the public totals, every number that is shown, and how the engine withholds: a line without bids is shown as
nought, so a line that is withheld beside others that are shown has at least one bid. Bids of a line by outcome are the
unknowns. The system is a network flow, so that the bounds of the linear program are whole numbers.
"""

from collections.abc import Iterable

import highspy
import numpy as np

STAGES = 4
Table = dict[str, list[int | None]]  # a line's bids at each stage, None where withheld


class Attacker:
    def __init__(self, totals: Iterable[int], table: Table, not_known: list[int] | None = None) -> None:
        """``not_known``: bids at each stage of organisations without a known reply, where the attacker has them."""
        partly = any(row[0] is not None for name, row in table.items() if name != "Not known")
        if not_known is not None:
            table = table | {"Not known": list(not_known)}
        self.names = list(table)
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        reached = [*totals, 0]
        for _ in range(STAGES * len(table)):
            self.solver.addVar(0, reached[0])
        for outcome in range(STAGES):
            here = reached[outcome] - reached[outcome + 1]
            self._row(here, here, [self._at(name, outcome) for name in table])
        for name, row in table.items():
            if partly and row[0] is None:
                self._row(1, reached[0], self._cell(name, 0))
            for stage, count in enumerate(row):
                if count is not None:
                    self._row(count, count, self._cell(name, stage))

    def _at(self, name: str, outcome: int) -> int:
        return self.names.index(name) * STAGES + outcome

    def _cell(self, name: str, stage: int) -> list[int]:
        return [self._at(name, outcome) for outcome in range(stage, STAGES)]

    def _row(self, least: int, most: int, unknowns: list[int]) -> None:
        where = np.array(unknowns, dtype=np.int32)
        self.solver.addRow(least, most, len(unknowns), where, np.ones(len(unknowns)))

    def _best(self, unknowns: list[int], sign: int) -> int:
        number = STAGES * len(self.names)
        cost = np.zeros(number)
        cost[unknowns] = sign
        self.solver.changeColsCost(number, np.arange(number, dtype=np.int32), cost)
        self.solver.run()
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return sign * round(self.solver.getObjectiveValue())

    def reaching(self, name: str, stage: int) -> tuple[int, int]:
        """The least and most bids of a line that can have reached a stage."""
        unknowns = self._cell(name, stage)
        return self._best(unknowns, 1), self._best(unknowns, -1)

    def ending(self, name: str, outcome: int) -> tuple[int, int]:
        """The least and most bids of a line that can have had an outcome."""
        unknowns = [self._at(name, outcome)]
        return self._best(unknowns, 1), self._best(unknowns, -1)
