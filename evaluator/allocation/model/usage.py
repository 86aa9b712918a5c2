"""What a set of awards uses of every row, kept up to date award by award, and what one more award would break."""

from collections.abc import Iterable

from evaluator.allocation.model.model import Model, Row
from evaluator.records.programme.rules import TRAITS


class Usage:
    """The sums of a model's rows over the choices taken so far, in whole numbers.

    Rows on covered wards are left out: one more award never breaks them. So are rows that follow from others.
    """

    def __init__(self, model: Model, chosen: Iterable[int] = ()) -> None:
        self.model, self.rows = model, model.rows
        self.of_choice: list[list[tuple[int, int]]] = [[] for _ in model.choices]
        for number, row in enumerate(model.rows):
            covers = bool(row.terms) and row.terms[0][0] >= len(model.choices) and row.kind != "ground"
            if covers or row.needs or row.kind == "implied":
                continue
            for at, weight in row.terms:
                if at < len(model.choices):
                    self.of_choice[at].append((number, weight))
        self.grounds = {row.terms[0][0]: number for number, row in enumerate(model.rows) if row.kind == "ground"}
        self.used = [0] * len(model.rows)
        self.chosen: set[int] = set()
        for at in chosen:
            self.add(at)

    def copy(self) -> "Usage":
        """Give a second usage that goes its own way from here."""
        twin = object.__new__(Usage)
        twin.model, twin.rows, twin.of_choice = self.model, self.rows, self.of_choice
        twin.grounds = self.grounds
        twin.used, twin.chosen = self.used.copy(), self.chosen.copy()
        return twin

    def add(self, at: int) -> None:
        """Take one more choice."""
        self.chosen.add(at)
        for number, weight in self.of_choice[at]:
            self.used[number] += weight

    def over_limit(self, at: int, *, in_leftovers: bool = False) -> list[tuple[Row, int]]:
        """List the limits that this choice would exceed, each with its sum afterwards: what a walk down a list minds.

        Linked bids, orders of merit and shares of what is awarded are left out, because awards that follow may still
        mend them; so are the themes' budgets where leftovers are handed out.
        """
        over = [(row, after) for row, after in self._above(at) if row.least is None or not _is_equal(row)]
        over = [(row, after) for row, after in over if row.unit != "share" and row.kind != "merit_order"]
        return beyond_themes(over) if in_leftovers else over

    def breaks(self, at: int) -> list[tuple[Row, int]]:
        """List every row that holds now and would not hold with this choice, each with its sum afterwards."""
        return self._above(at) + self._below(at)

    def _above(self, at: int) -> list[tuple[Row, int]]:
        found = []
        for number, weight in self.of_choice[at]:
            row, after = self.rows[number], self.used[number] + weight
            if weight > 0 and row.most is not None and after > row.most and not self._may_pass_over(row):
                found.append((row, after))
        return found

    def _may_pass_over(self, row: Row) -> bool:
        """Whether a row of an order of merit holds because there is a ground to pass a better-ranked bid over."""
        numbers = (self.grounds[at] for at, _ in row.terms if at in self.grounds)
        return any(self.used[number] >= -self.rows[number].terms[0][1] for number in numbers)

    def _below(self, at: int) -> list[tuple[Row, int]]:
        found = []
        for number, weight in self.of_choice[at]:
            row, after = self.rows[number], self.used[number] + weight
            if weight < 0 and row.least is not None and after < row.least <= self.used[number]:
                found.append((row, after))
        return found


def _is_equal(row: Row) -> bool:
    """Whether a row asks for all of some bids or none."""
    return row.kind in TRAITS and TRAITS[row.kind].side == "equal"


def ends_before_leftovers(row: Row) -> bool:
    """Whether a row is a theme's own budget, beyond which leftovers are spent."""
    return row.kind in TRAITS and TRAITS[row.kind].ends_before_leftovers


def beyond_themes(rows: Iterable[tuple[Row, int]]) -> list[tuple[Row, int]]:
    """Leave out the themes' own budgets, which no longer bind where leftovers are handed out."""
    return [(row, after) for row, after in rows if not ends_before_leftovers(row)]
