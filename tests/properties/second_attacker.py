"""A second attacker, who thinks organisation by organisation and in whole numbers, from the published files alone.

He shares nothing with the code that withholds. He reads the equality part of ``outcome.json``, and the tables, charts
and sheets of the documents. From the register, the award list and the record he knows of every bid who made it, its
theme, how far it came, what it asked and was awarded, and its marks. Findings tell him which organisations have no row.
He knows that an organisation gives one reply. The unknowns are who gave which, each nought or one: an integer program.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import highspy
import numpy as np

STAGES, LAST = 5, 4
FOR_A_CLASS = 20  # marked bids on either side
SHORT = 2.0  # seconds that a question may take; one that is not answered by then tells the attacker nothing
Document = Mapping[str, Any]
Row = dict[int, float]


@dataclass(frozen=True)
class Offer:
    """What is public of a bid. ``points`` are its quality points by criterion, None where it was not marked."""

    organisation: str
    theme: str
    outcome: int
    asked: int
    awarded: int
    points: Mapping[str, Fraction] | None = None

    def money(self, stage: int) -> int:
        return self.awarded if stage == LAST else self.asked


@dataclass
class Attack:
    """One characteristic's table under attack."""

    offers: Sequence[Offer]
    lines: Sequence[Document]
    unit: int  # pence
    without_a_row: frozenset[str] = frozenset()
    threshold: int = 1
    linked: Mapping[str, frozenset[str]] = field(default_factory=dict)  # lines that he takes from another table

    def __post_init__(self) -> None:
        self.organisations = sorted({one.organisation for one in self.offers})
        self.names = [line["group"] for line in self.lines]
        self.width = len(self.organisations)
        self.themes = sorted({one.theme for one in self.offers})
        self.at = {
            (name, who): place * self.width + number
            for place, name in enumerate(self.names)
            for number, who in enumerate(self.organisations)
        }
        self.pool: list[np.ndarray] = []  # answers that fit all that is published
        self.unanswered = 0
        self.model = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("time_limit", SHORT), ("random_seed", 1)):
            self.model.setOptionValue(option, value)
        for _ in self.at:
            self.model.addVar(0, 1)
        every = np.arange(len(self.at), dtype=np.int32)
        self.model.changeColsIntegrality(len(every), every, np.array([highspy.HighsVarType.kInteger] * len(every)))
        for row, least, most in self.constraints():
            where = np.array(sorted(row), dtype=np.int32)
            self.model.addRow(least, most, len(where), where, np.array([row[place] for place in sorted(row)]))

    # What is published, as rows.

    def constraints(self) -> Iterator[tuple[Row, float, float]]:
        for who in self.organisations:
            yield {self.at[name, who]: 1.0 for name in self.names}, 1, 1
            if "Not known" in self.names and who in self.without_a_row:
                yield {self.at["Not known", who]: 1.0}, 1, 1
        for name, whose in self.linked.items():
            for who in self.organisations:
                yield {self.at[name, who]: 1.0}, float(who in whose), float(who in whose)
        some = any(line["stages"][0]["bids"] is not None for line in self.lines)
        for line in self.lines:
            if some and line["stages"][0]["bids"] is None and line["group"] != "Not known":
                yield self.row(line["group"], lambda _: 1), 1, len(self.offers)  # a line of nought would be shown
            yield from self.counts(line)
            yield from self.asked(line)
            yield from self.scores(line)
            yield from self.matched(line)

    def counts(self, line: Document) -> Iterator[tuple[Row, float, float]]:
        name = line["group"]
        for stage, shown in enumerate(line["stages"]):
            if shown["bids"] is not None:
                number = shown["bids"]
                yield self.row(name, lambda one, s=stage: one.outcome >= s), number, number
            if shown["money"] is not None and shown["bids"]:
                pence, scale = round(Fraction(shown["money"]) * 100), 1 / self.unit
                row = self.row(name, lambda one, s=stage: one.money(s) * (one.outcome >= s) / self.unit)
                yield row, pence * scale - 0.5 - 1e-6, pence * scale + 0.5 + 1e-6
        if line["organisations"] is not None:
            number = line["organisations"]
            yield {self.at[name, who]: 1.0 for who in self.organisations}, number, number
        for one in line["themes"]:
            for key, least in (("bids", 0), ("awards", LAST)):
                if one[key] is not None:
                    here = self.row(name, lambda o, t=one["theme"], stage=least: o.theme == t and o.outcome >= stage)
                    yield here, one[key], one[key]

    def asked(self, line: Document) -> Iterator[tuple[Row, float, float]]:
        """Use what the recommended bids ask for, and what part of it they would be awarded."""
        if line["asked_by_recommended"] is not None and line["stages"][LAST]["bids"]:
            shown = float(Fraction(line["asked_by_recommended"]) * 100 / self.unit)
            row = self.row(line["group"], lambda one: one.asked * (one.outcome == LAST) / self.unit)
            yield row, shown - 0.5 - 1e-6, shown + 0.5 + 1e-6

    def matched(self, line: Document) -> Iterator[tuple[Row, float, float]]:
        """Use that a matched difference is of as many organisations as the threshold, and a class of 20 bids a side."""
        for part in (line["score"] or {"criteria": ()})["criteria"]:
            key = part["criterion"]
            marked = [one for one in self.offers if one.points and key in one.points]
            if part["matched"] is not None:
                whose = {one.organisation for one in marked}
                yield {self.at[line["group"], who]: 1.0 for who in whose}, self.threshold, len(whose)
            if part["class"] is not None:
                row = self.row(line["group"], lambda one, key=key: bool(one.points and key in one.points))
                yield row, FOR_A_CLASS, len(marked) - FOR_A_CLASS

    def scores(self, line: Document) -> Iterator[tuple[Row, float, float]]:
        """Use the parts of the gap in points where it is known how many of the group were marked in each theme."""
        marked = [one for one in self.offers if one.points is not None]
        number = self.marked(line)
        if not line["score"] or number is None or not sum(number.values()):
            return
        own, total = number, {t: sum(one.theme == t for one in marked) for t in self.themes}
        both = [t for t in self.themes if 0 < own[t] < total[t]]
        for part in line["score"]["criteria"]:
            key = part["criterion"]
            values = [one.points[key] for one in marked if one.points and key in one.points]
            if part["price"] or not values or not both:
                continue
            unit = _unit(sum(values, Fraction(0)) / len(values), sum(own.values()))
            row: Row = {}
            constant = Fraction(0)
            for t in both:
                share = Fraction(own[t], sum(own[x] for x in both))
                here = [one for one in marked if one.theme == t]
                rest = Fraction(1, total[t] - own[t])
                constant -= share * rest * sum((one.points[key] for one in here if one.points), Fraction(0))
                for one in here:
                    place = self.at[line["group"], one.organisation]
                    weight = share * (Fraction(1, own[t]) + rest) * (one.points or {})[key]
                    row[place] = row.get(place, 0.0) + float(weight)
            middle = float(Fraction(part["points"]) - constant)
            yield row, middle - float(unit) / 2 - 1e-6, middle + float(unit) / 2 + 1e-6

    def marked(self, line: Document) -> dict[str, int] | None:
        """How many of a line's bids were marked in each theme, where what is shown tells it."""
        unmarked = {t for t in self.themes if any(o.theme == t and o.points is None for o in self.offers)}
        if len(self.themes) == 1:
            passed = line["stages"][1]["bids"] if unmarked else line["stages"][0]["bids"]
            return None if passed is None else {self.themes[0]: passed}
        if unmarked or any(one["bids"] is None for one in line["themes"]):
            return None
        return {one["theme"]: one["bids"] for one in line["themes"]}

    def row(self, name: str, weight: Any) -> Row:
        row: Row = {}
        for one in self.offers:
            if value := float(weight(one)):
                place = self.at[name, one.organisation]
                row[place] = row.get(place, 0.0) + value
        return row

    # What he asks.

    def range_of(self, weights: Mapping[int, int], wide: int) -> tuple[int, int]:
        """Give the least and most that these weights can add up to; no more exactly than that they are ``wide`` apart.

        Where a question is not answered in time, the answers found so far bound what he can know, and it is counted.
        """
        cost = np.zeros(len(self.at))
        cost[list(weights)] = list(weights.values())
        for sign in (0, 1, -1):
            if sign and self.solve(sign * cost) is None:
                self.unanswered += 1
                return 0, sum(weights.values())
            seen = [round(float(cost @ found)) for found in self.pool]
            if seen and max(seen) - min(seen) >= wide:
                break
        return min(seen), max(seen)

    def bids_of(self, name: str, counts: Any) -> dict[int, int]:
        """Count a line's bids of some kind, organisation by organisation."""
        return {place: int(value) for place, value in self.row(name, counts).items()}

    def those(self, name: str, whose: Iterable[str]) -> dict[int, int]:
        """Count a line's organisations among these."""
        return {self.at[name, who]: 1 for who in whose}

    def solve(self, cost: np.ndarray) -> np.ndarray | None:
        self.model.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        self.model.run()
        status = self.model.getModelStatus()
        assert status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kTimeLimit), status
        if self.model.getInfo().primal_solution_status == 2:  # feasible, be it the best or not
            self.pool.append(np.array(self.model.getSolution().col_value).round())
        return self.pool[-1] if status == highspy.HighsModelStatus.kOptimal else None

    def mix(self, times: int, dice: random.Random) -> None:
        """Find some answers that fit all that is published, as different as chance makes them."""
        for _ in range(times):
            self.solve(np.array([dice.random() for _ in self.at]))

    def certain(self, name: str) -> list[str]:
        """Name the organisations whose reply he can prove to be this one."""
        places = [(who, self.at[name, who]) for who in self.organisations]
        always = [(who, at) for who, at in places if self.pool and all(found[at] for found in self.pool)]
        return [who for who, at in always if self.range_of({at: 1}, 1)[0] == 1]


def _unit(typical: Fraction, number: int) -> Fraction:
    """The published rule: the first of 0.01, 0.02, 0.05, 0.1 … that times the number is half a typical value."""
    steps = [Fraction(a * 10**b, 100) for b in range(4) for a in (1, 2, 5)]
    return next(step for step in steps if 2 * step * number >= typical or step == 50)
