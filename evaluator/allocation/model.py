"""The model: choices that are taken or not, and rows of whole numbers that hold the published rules. No solver here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluator.records.allocation import Candidate, Level, Problem
from evaluator.records.rules import Objective

Terms = tuple[tuple[int, int], ...]  # (position of a variable, whole number)


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate at one of its levels: one yes-or-no variable of the model."""

    candidate: Candidate
    level: Level


@dataclass(frozen=True, slots=True)
class Row:
    """A sum over variables that must be at least ``least`` and at most ``most``.

    Parameters
    ----------
    rule : id of the published rule that the row belongs to; empty for what goes without saying (one level a bid).
    kind : the rule's kind, or ``levels``, ``coverage``, ``excludes``.
    subject : theme, year, organisation or bids that the row is about; empty for all awards together.
    unit : what is added up: ``money`` in pence, ``hours`` in 1/``scale`` hours, or ``count``.
    """

    rule: str
    kind: str
    subject: str
    terms: Terms
    least: int | None = None
    most: int | None = None
    unit: str = "count"
    scale: int = 1
    year: str = ""


@dataclass(frozen=True)
class Model:
    """A problem in whole numbers.

    Variables are numbered: the choices in the order of ``choices`` (by bid, then level as published), then one
    variable for each ward and each group that an award may cover, where a rule or objective needs them.
    """

    problem: Problem
    choices: tuple[Choice, ...]
    rows: tuple[Row, ...]
    wards: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()

    @property
    def variables(self) -> int:
        """Count the variables."""
        return len(self.choices) + len(self.wards) + len(self.groups)


def choices_of(problem: Problem) -> tuple[Choice, ...]:
    """List the choices in an order that does not depend on the order of the candidates."""
    candidates = sorted(problem.candidates, key=lambda candidate: candidate.bid)
    return tuple(Choice(candidate, level) for candidate in candidates for level in candidate.levels)


def objective_terms(model: Model, objective: Objective) -> Terms:
    """Give the sum that an objective makes as large as possible."""
    if objective == "wards_covered":
        return tuple((variable, 1) for variable in model.wards)
    if objective == "groups_covered":
        return tuple((variable, 1) for variable in model.groups)
    weights = ((at, _weight(objective, choice)) for at, choice in enumerate(model.choices))
    return tuple((at, weight) for at, weight in weights if weight)


def _weight(objective: Objective, choice: Choice) -> int:
    if objective == "total_score":
        return choice.level.score
    return -choice.level.cost if objective == "lower_cost" else -1


def measure(objective: Objective, awards: Iterable[Choice]) -> int:
    """Give the value of an objective for a set of awards, in whole numbers, so that more is better.

    Costs and numbers of awards therefore come out negative. Coverage is counted from the awards themselves.
    """
    taken = tuple(awards)
    if objective == "wards_covered":
        return len({ward for choice in taken for ward in choice.candidate.wards})
    if objective == "groups_covered":
        return len({group for choice in taken for group in choice.candidate.groups})
    return sum(_weight(objective, choice) for choice in taken)


def objectives_of(problem: Problem) -> tuple[Objective, ...]:
    """List the objectives, then the tie-breaks, each once: every one is a stage of its own."""
    return tuple(dict.fromkeys(problem.policy.objective + problem.policy.tie_break))


def taken_choices(model: Model, chosen: Sequence[int]) -> tuple[Choice, ...]:
    """Give the choices at these positions."""
    return tuple(model.choices[at] for at in chosen)
