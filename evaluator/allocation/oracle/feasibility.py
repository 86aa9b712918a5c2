"""The oracle's simplest question: whether any set of awards keeps some rules at all."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from evaluator.allocation.model.model import Model
from evaluator.allocation.solvers.solve import Answer, maximise
from evaluator.allocation.solvers.work import Work


@dataclass
class Feasibility:
    """Answers about any rules; all that is asked shares one account, which runs down."""

    work: Work

    def any_set(self, model: Model) -> Answer:
        """Look for a set that keeps every row."""
        return maximise(model, (), (), self.work)


def only(model: Model, rules: Collection[str]) -> Model:
    """Give the model with these rules alone."""
    return replace(model, rows=tuple(row for row in model.rows if {*row.needs, row.rule} - {""} <= set(rules)))
