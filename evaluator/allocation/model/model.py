"""The model: choices that are taken or not, and rows of whole numbers that hold the published rules. No solver here."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from evaluator.records.programme.allocation_policy import OBJECTIVES, Objective
from evaluator.records.results.allocation import Candidate, Level, Problem

ONE = Decimal(1)
Terms = tuple[tuple[int, int], ...]  # (position of a variable, whole number)
Chosen = tuple[int, ...]  # a set of awards: the positions of its choices, in order


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate at one of its levels: one yes-or-no variable of the model."""

    candidate: Candidate
    level: Level
    theme_weight: int = 1  # the published weight of its theme, all weights made whole alike


@dataclass(frozen=True, slots=True)
class Row:
    """A sum over variables that must be at least ``least`` and at most ``most``.

    Parameters
    ----------
    rule : id of the published rule that the row belongs to; empty for what goes without saying (one level a bid).
    kind : the rule's kind, or ``levels``, ``coverage``, ``excludes``, ``ground``.
    subject : theme, year, organisation or bids that the row is about; empty for all awards together.
    unit : what is added up: ``money`` in pence, ``hours`` in 1/``scale`` hours, or ``count``.
    needs : ids of further rules without which the row would not follow.
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
    needs: tuple[str, ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        """The lowest and the highest that the sum can come to."""
        highest = sum(weight for _, weight in self.terms if weight > 0)
        return sum(weight for _, weight in self.terms if weight < 0), highest

    @property
    def binds(self) -> bool:
        """Whether it can be broken at all."""
        lowest, highest = self.span
        return (self.least is not None and self.least > lowest) or (self.most is not None and self.most < highest)


@dataclass(frozen=True)
class Model:
    """A problem in whole numbers.

    Variables are numbered: the choices in the order of ``choices`` (by bid, then level as published), then one
    variable for each ward, group and outcome that an award may cover, where a rule or objective needs them, then one
    for each ground on which a bid may be passed over in a merit order.
    """

    problem: Problem
    choices: tuple[Choice, ...]
    rows: tuple[Row, ...]
    wards: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    outcomes: tuple[int, ...] = ()
    grounds: tuple[int, ...] = ()

    @property
    def variables(self) -> int:
        """Count the variables."""
        return sum(map(len, (self.choices, self.wards, self.groups, self.outcomes, self.grounds)))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The positions of each bid's choices, bids in order."""
        places: dict[str, list[int]] = {}
        for at, choice in enumerate(self.choices):
            places.setdefault(choice.candidate.bid, []).append(at)
        return places

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """The objectives, then the tie-breaks: every one is a stage of its own."""
        return objectives_of(self.problem)

    @property
    def themes(self) -> list[str]:
        """The theme of every choice."""
        return [choice.candidate.theme for choice in self.choices]


def choices_of(problem: Problem) -> tuple[Choice, ...]:
    """List the choices in an order that does not depend on the order of the candidates."""
    candidates = sorted(problem.candidates, key=lambda candidate: candidate.bid)
    weights, unit = problem.policy.theme_weights, weight_unit(problem)
    return tuple(
        Choice(candidate, level, int(weights.get(candidate.theme, ONE) * unit))
        for candidate in candidates
        for level in candidate.levels
    )


def weight_unit(problem: Problem) -> int:
    """Give the power of ten that makes every published weight of a theme whole."""
    places = [weight.as_tuple().exponent for weight in problem.policy.theme_weights.values()]
    return int(10 ** max([0, *(-place for place in places if isinstance(place, int))]))


COVERED: dict[Objective, str] = {
    name: traits.asks for name, traits in OBJECTIVES.items() if traits.counts == "covered" and traits.asks
}
WEIGHTS: dict[str, Callable[[Choice], int]] = {
    "total_score": lambda choice: choice.level.score,
    "score_by_money": lambda choice: choice.level.score * choice.level.cost,
    "score_by_people": lambda choice: choice.level.score * choice.candidate.people,
    "score_by_theme": lambda choice: choice.level.score * choice.theme_weight,
    "lower_cost": lambda choice: -choice.level.cost,
    "fewer_awards": lambda _: -1,
}


def objective_terms(model: Model, objective: Objective) -> Terms:
    """Give the sum that an objective makes as large as possible."""
    if objective in COVERED:
        variables: tuple[int, ...] = getattr(model, COVERED[objective])
        return tuple((variable, 1) for variable in variables)
    weight = WEIGHTS[objective]
    return tuple((at, value) for at, choice in enumerate(model.choices) if (value := weight(choice)))


def measure(objective: Objective, awards: Iterable[Choice]) -> int:
    """Give the value of an objective for a set of awards, in whole numbers, so that more is better.

    Costs and numbers of awards therefore come out negative. Coverage is counted from the awards themselves.
    """
    if objective in COVERED:
        return len({name for choice in awards for name in getattr(choice.candidate, COVERED[objective])})
    return sum(map(WEIGHTS[objective], awards))


def objectives_of(problem: Problem) -> tuple[Objective, ...]:
    """List the objectives, then the tie-breaks, each once: every one is a stage of its own."""
    return tuple(dict.fromkeys(problem.policy.objective + problem.policy.tie_break))


def taken_choices(model: Model, chosen: Iterable[int]) -> tuple[Choice, ...]:
    """Give the choices at these positions."""
    return tuple(model.choices[at] for at in chosen)


def bids_of(model: Model, chosen: Iterable[int]) -> frozenset[str]:
    """Name the bids of a set."""
    return frozenset(choice.candidate.bid for choice in taken_choices(model, chosen))


def value_of(model: Model, objective: Objective, chosen: Iterable[int]) -> int:
    """Give what a set reaches in one objective, more being better."""
    return measure(objective, taken_choices(model, chosen))


def values_of(model: Model, chosen: Sequence[int]) -> tuple[int, ...]:
    """Give what a set reaches in every objective and tie-break, more being better."""
    return tuple(value_of(model, objective, chosen) for objective in model.objectives)


def covering(model: Model, chosen: Sequence[int]) -> frozenset[int]:
    """Give the variables that are one for a set: its choices, what they cover, and the grounds that hold."""
    taken = set(chosen)
    covered = (row for row in model.rows if row.kind == "coverage")
    covering = {row.terms[0][0] for row in covered if any(at in taken for at, _ in row.terms[1:])}
    grounds = (row for row in model.rows if row.kind == "ground")
    return frozenset(
        taken | covering | {row.terms[0][0] for row in grounds if keeps((row,), taken | {row.terms[0][0]})}
    )


def no_good_cut(model: Model, chosen: Sequence[int]) -> Row:
    """Write the row that only this set breaks; it is over the choices alone, so a bid at another level is another."""
    taken = set(chosen)
    terms = tuple((at, -1 if at in taken else 1) for at in range(len(model.choices)))
    return Row("", "no_good", "", terms, least=1 - len(taken))


def forced(model: Model, into: Collection[str] = (), out: Collection[str] = ()) -> Model:
    """Write a model of the sets that fund some bids, at whatever level, and leave others out."""
    rows = [Row("", "forced", bid, _ones(model, bid), least=1) for bid in into]
    rows += [Row("", "forced", bid, _ones(model, bid), most=0) for bid in out]
    return replace(model, rows=(*model.rows, *rows))


def _ones(model: Model, bid: str) -> Terms:
    return tuple((at, 1) for at in model.places.get(bid, ()))


def keeps(rows: Iterable[Row], taken: Collection[int]) -> bool:
    """Whether the variables that are one keep every row, added up in whole numbers."""
    sums = ((row, sum(weight for at, weight in row.terms if at in taken)) for row in rows)
    return all(
        (row.least is None or used >= row.least) and (row.most is None or used <= row.most) for row, used in sums
    )
