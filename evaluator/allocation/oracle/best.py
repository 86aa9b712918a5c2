"""The best of some sets of awards, solved stage by stage as far as it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evaluator.allocation.model.model import Chosen, Row, Terms, bids_of, no_good_cut
from evaluator.allocation.search.lexicographic import Value, value_at
from evaluator.allocation.search.state import Search
from evaluator.allocation.solvers.highs_warm import maximise
from evaluator.allocation.solvers.solve import Answer

Vector = tuple[int, ...]  # the value of every objective and tie-break, more being better


@dataclass
class Best(Search):
    """The best of the sets of a model, by small solves that keep no log.

    ``infeasible``: there is no set, or none that reaches what was asked for.
    """

    fixed_by_value: Callable[[int], Mapping[int, int] | None] | None = None  # for sets that reach it in the first stage

    def solve(self, objective: Terms, cuts: Sequence[Row] = (), guesses: bool = True) -> Answer:  # noqa: ARG002 - none
        """Solve under the proven stages and further rows."""
        return self._solve(objective, (*self.stage_rows, *cuts))

    def _solve(self, objective: Terms, rows: Sequence[Row]) -> Answer:
        return maximise(self.model, objective, rows, self.work, self.fixed)

    def narrow(self, terms: Terms, value: int) -> None:
        """Fix what all sets that reach a value in the first stage have alike, by what is known of other themes."""
        if self.fixed_by_value is None:
            super().narrow(terms, value)
        else:
            self.fixed = self.fixed_by_value(value) or self.fixed

    def value_at(self, number: int) -> Value:
        """Give what a stage reaches, solving as far as that needs."""
        return value_at(self, number)

    def values(self) -> Vector | None:
        """Give what the best set reaches in every objective; None where there is none or none is proven."""
        values = [self.value_at(number) for number in range(len(self.model.objectives))]
        whole = tuple(value for value in values if isinstance(value, int))
        return whole if len(whole) == len(values) else None

    def beats(self, values: Vector) -> bool | None:
        """Whether the best set is better than a set of these values; equal is not better, None: not known."""
        for number, theirs in enumerate(values):
            mine = self.value_at(number)
            if mine == "infeasible":
                return False
            if mine == "unknown":
                return None
            if mine != theirs:
                return mine > theirs
        return False

    def chosen(self) -> Chosen | None:
        """Give the best set, the same one whenever it is asked for; None where none is proven."""
        return None if self.values() is None else self.incumbent

    def only_bids(self) -> frozenset[str] | None:
        """Name the bids of the best set, where it is the only one; None where others equal it or none is proven."""
        if self.values() is None or self.incumbent is None:
            return None
        if not self.optimal_sets:
            another = self.solve((), [no_good_cut(self.model, self.incumbent)])
            if another.outcome != "infeasible":
                return None
        elif len(self.optimal_sets) > 1:
            return None
        return bids_of(self.model, self.incumbent)
