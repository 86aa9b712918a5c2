"""The published rule by which a question may be found not to apply to a bid: who decides, and where its weight goes."""

from typing import Literal

from evaluator.records.programme.published import Declaring, Prose

WeightGoes = Literal["section", "all", "full_marks"]


class NotApplicable(Declaring):
    """Who may decide, with a reason, that a question does not apply to a bid, and what becomes of its weight.

    ``section``: the other questions of its section carry it in proportion to their weights, or all others where none of
    those apply either; ``all``: all other questions of the theme do; ``full_marks``: the bid has its points in full.
    """

    decided_by: Prose
    weight: WeightGoes
    questions: tuple[str, ...] = ()  # that may be found so; every question where none is named
    source: Prose
