"""An attacker on a published equality document: bounds every hidden count from all that is shown.

It reads the document as published (the JSON of the run, in which every number of the pages and workbooks stands). It
knows the public facts: how far every bid of every theme came. It knows how the engine withholds: a line without bids is
shown as nought, so a line that is withheld beside others that are shown has at least one bid. A line's bids by outcome
and theme are the unknowns; every count, rate, ratio, shortfall, step and benchmark that is shown is an equation. The
counts alone are a network flow, so that the bounds of the linear program are whole numbers.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import highspy
import numpy as np

STAGES = 5
Document = Mapping[str, Any]
Cell = tuple[str, int, str]  # a line, an outcome, a theme


class Attacker:
    def __init__(
        self, public: Mapping[tuple[int, str], int], lines: Iterable[Document], known: Mapping[Cell, int] | None = None
    ) -> None:
        """``public``: bids by outcome and theme; ``known``: cells of a line that the attacker has from elsewhere."""
        self.public, self.lines = public, list(lines)
        self.themes = sorted({theme for _, theme in public})
        self.cells: list[Cell] = [
            (line["group"], outcome, theme) for line in self.lines for outcome in range(STAGES) for theme in self.themes
        ]
        self.at = {cell: number for number, cell in enumerate(self.cells)}
        self.all = sum(public.values())
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        for _ in self.cells:
            self.solver.addVar(0, self.all)
        names = [line["group"] for line in self.lines]
        for (outcome, theme), number in public.items():
            self._row(number, number, [(name, outcome, theme) for name in names])
        told = known or {}
        for cell, number in told.items():
            self._row(number, number, [cell])
        partly = any(line["stages"][0]["bids"] is not None for line in self.lines if line["group"] != "Not known")
        for line in self.lines:
            self._read(line, partly)

    def _read(self, line: Document, partly: bool) -> None:
        name = line["group"]
        counts = [stage["bids"] for stage in line["stages"]]
        if partly and counts[0] is None:
            self._row(1, self.all, self.reaching(name, 0))
        for stage, count in enumerate(counts):
            if count is not None:
                self._row(count, count, self.reaching(name, stage))
        for one in line["themes"]:
            if one["bids"] is not None:
                self._row(one["bids"], one["bids"], self.of_theme(name, 0, one["theme"]))
                self._row(one["awards"], one["awards"], self.of_theme(name, STAGES - 1, one["theme"]))
        self._derived(line, counts)

    def _derived(self, line: Document, counts: list[int | None]) -> None:
        """Use what is derived as well: each is an equation even where the counts it rests on were withheld."""
        name, totals = line["group"], [self._total(stage) for stage in range(STAGES)]
        first, last = self.reaching(name, 0), self.reaching(name, STAGES - 1)
        if line["rate"] is not None:
            self._equation(last, Fraction(1), first, -Fraction(line["rate"]), Fraction(0))
        if line["ratio"] is not None:
            over = Fraction(line["ratio"]) * Fraction(totals[-1], totals[0])
            self._equation(last, Fraction(1), first, -over, Fraction(0))
        if line["shortfall"] is not None and totals[0]:
            self._equation(first, Fraction(totals[-1], totals[0]), last, Fraction(-1), Fraction(line["shortfall"]))
        for step in line["steps"]:
            if step["rate"] is not None:
                start, end = step["from_stage"], step["to_stage"]
                ends = (self.reaching(name, end), self.reaching(name, start))
                self._equation(ends[0], Fraction(1), ends[1], -Fraction(step["rate"]), Fraction(0))
        for one in line["against"]:
            if one["shortfall"] is not None:
                constant = Fraction(one["share"]) * totals[-1] - Fraction(one["shortfall"])
                self._equation(last, Fraction(1), [], Fraction(0), constant)

    def _total(self, stage: int) -> int:
        return sum(number for (outcome, _), number in self.public.items() if outcome >= stage)

    def reaching(self, name: str, stage: int) -> list[Cell]:
        return [(name, outcome, theme) for outcome in range(stage, STAGES) for theme in self.themes]

    def ending(self, name: str, outcome: int) -> list[Cell]:
        return [(name, outcome, theme) for theme in self.themes]

    def of_theme(self, name: str, stage: int, theme: str) -> list[Cell]:
        return [(name, outcome, theme) for outcome in range(stage, STAGES)]

    def _row(self, least: int, most: int, cells: list[Cell]) -> None:
        where = np.array([self.at[cell] for cell in cells], dtype=np.int32)
        self.solver.addRow(least, most, len(cells), where, np.ones(len(cells)))

    def _equation(self, some: list[Cell], a: Fraction, others: list[Cell], b: Fraction, constant: Fraction) -> None:
        """``a`` times the sum of some cells and ``b`` times that of others is a constant."""
        weights: dict[int, Fraction] = {}
        for cells, factor in ((some, a), (others, b)):
            for cell in cells:
                weights[self.at[cell]] = weights.get(self.at[cell], Fraction(0)) + factor
        scale = max([abs(value) for value in weights.values()], default=Fraction(1)) or Fraction(1)
        where = np.array(sorted(weights), dtype=np.int32)
        values = np.array([float(weights[at] / scale) for at in sorted(weights)])
        limit = float(constant / scale)
        self.solver.addRow(limit - 1e-7, limit + 1e-7, len(where), where, values)

    def bounds(self, cells: list[Cell]) -> tuple[float, float]:
        """The least and most bids that these cells can have together."""
        return self._best(cells, 1), self._best(cells, -1)

    def _best(self, cells: list[Cell], sign: int) -> float:
        cost = np.zeros(len(self.cells))
        cost[[self.at[cell] for cell in cells]] = sign
        self.solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        self.solver.run()
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return sign * float(self.solver.getObjectiveValue())
