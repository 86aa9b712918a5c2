"""The best sets of awards with one bid in or out, exactly, and quickly where themes hardly bear on each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluator.allocation.counterfactuals.theme_bounds import Blocks, Known, Prices, prices_of
from evaluator.allocation.model.model import (
    Model,
    Row,
    Terms,
    measure,
    objective_terms,
    objectives_of,
    taken_choices,
    without,
)
from evaluator.allocation.proof.awards import holds
from evaluator.allocation.search.exact_sums import is_fine
from evaluator.allocation.search.state import Search, signed
from evaluator.allocation.search.turning_point import Value, forced_model, value_at
from evaluator.allocation.solvers.highs_warm import maximise
from evaluator.allocation.solvers.solve import Answer
from evaluator.records.results.allocation import Stage

Vector = tuple[int, ...]


@dataclass
class Narrowed(Search):
    """A search in which some choices are settled, because no set that matters has them otherwise."""

    settled: Callable[[int], dict[int, int] | None] | None = None  # gives the pins for sets that reach a value

    def ask(self, objective: Terms, extra: Sequence[Row] = ()) -> Answer:
        """Ask the solver, under what earlier stages fixed, and count the time."""
        answer = maximise(self.model, objective, (*self.fixed, *extra), self.seconds, self.pins)
        self.seconds -= answer.seconds
        return answer

    def narrow(self, terms: Terms, value: int) -> None:
        """Settle nothing more: what is left open here is solved again sooner than narrowed."""

    def value(self, number: int) -> Value:
        """Give what a stage reaches; where one set alone is best in the first, nothing more is solved."""
        first = value_at(self, 0)
        if number and isinstance(first, int) and len(self.stages) == 1 and not self.listed:
            self._settle(first)
        return value_at(self, number)

    def _settle(self, first: int) -> None:
        """See whether another set equals the best in the first objective; where none does, the stages are counted."""
        assert self.chosen is not None
        if self.settled is not None:
            self.pins = self.settled(first) or self.pins
        if not self._next_is_worse(first):
            return
        for objective in objectives_of(self.model.problem)[1:]:
            value = signed(objective, measure(objective, taken_choices(self.model, self.chosen)))
            self.stages.append(Stage(objective, value, value, proven=True))
        self.listed = (self.chosen,)

    def _next_is_worse(self, first: int) -> bool:
        """Whether the next best set is worse in the first objective: quicker to say than that none is as good."""
        terms = objective_terms(self.model, objectives_of(self.model.problem)[0])
        cut = without(self.model, self.chosen or ())
        answer = maximise(self.model, terms, (cut,), self.seconds, self.pins)
        self.seconds -= answer.seconds
        return answer.outcome == "infeasible" or (answer.bound is not None and answer.bound < first)


class Nearby:
    """Answers for one problem and each of its bids.

    Parameters
    ----------
    near : a set of awards to start from: what other themes have is tried as it is there.
    known : what was found out about themes, shared with problems in which little was changed.
    prices : of rows that span themes; worked out where None.
    """

    def __init__(self, model: Model, near: frozenset[str], known: Known, prices: Prices | None = None) -> None:
        self.model = model
        self.seconds = float(model.problem.policy.time_limit)
        self.near = near
        self.first = objectives_of(model.problem)[0]
        self.terms = objective_terms(model, self.first)
        self.blocks: Blocks | None = None
        themes = {choice.candidate.theme for choice in model.choices}
        if len(themes) > 1 and not is_fine(self.terms) and all(at < len(model.choices) for at, _ in self.terms):
            prices = prices_of(model, self.terms, known, self.seconds) if prices is None else prices
            self.prices = prices
            self.blocks = Blocks(model, self.terms, prices, known, self.seconds)

    def search(self, bid: str, funded: bool, target: int | None = None) -> Narrowed:
        """Begin a search among the sets that fund a bid, or that do not.

        Parameters
        ----------
        target : look only for sets that reach this value of the first objective; where none does, what the search
            finds is below it, or nothing.
        """
        forced = forced_model(self.model, bid, funded)
        found = Narrowed(forced, self.seconds)
        if self.blocks is None:
            return found
        if self.blocks.most(bid, funded) is None:
            found.infeasible = True
            return found
        target = self._floor(forced, bid, funded) if target is None else target
        blocks = self.blocks
        pins = {} if target is None else blocks.pins(bid, funded, target)
        found.settled = lambda value: blocks.pins(bid, funded, value)
        found.pins, found.infeasible = pins or {}, pins is None
        return found

    def best(self, theme: str) -> Narrowed:
        """Begin a search among all sets, where what may have changed is about one theme."""
        found = Narrowed(self.model, self.seconds)
        if self.blocks is None or theme not in self.blocks.themes:
            return found
        blocks = self.blocks
        answer = maximise(self.model, self.terms, (), self.seconds, self.others(theme))
        found.settled = lambda value: blocks.pins_beside(theme, blocks.most(), value)
        if answer.outcome == "optimal":
            reach = measure(self.first, taken_choices(self.model, answer.chosen))
            found.pins = found.settled(reach) or {}
        return found

    def _floor(self, forced: Model, bid: str, funded: bool) -> int | None:
        """Give a value that some set reaches which funds the bid, or does not; None where none comes to hand."""
        assert self.blocks is not None
        own = self.blocks.theme_of(bid)
        others = self.others(own)
        tried = sorted({at for at, taken in others.items() if taken} | self.blocks.top(own, bid, funded).chosen)
        if holds(self.model, tried):
            return measure(self.first, taken_choices(self.model, tried))
        answer = maximise(forced, self.terms, (), self.seconds, others)
        return measure(self.first, taken_choices(self.model, answer.chosen)) if answer.outcome == "optimal" else None

    def others(self, theme: str) -> dict[int, int]:
        """Settle every other theme as it is in the set to start from."""
        return {
            at: int(named in self.near)
            for at, choice in enumerate(self.model.choices)
            if choice.candidate.theme != theme
            for named in (f"{choice.candidate.bid} {choice.level.name}",)
        }


def near(model: Model, chosen: Sequence[int]) -> frozenset[str]:
    """Name the choices at these positions, so that they are found in a problem in which something was changed."""
    return frozenset(f"{one.candidate.bid} {one.level.name}" for one in taken_choices(model, chosen))


def vector_of(model: Model, chosen: Sequence[int]) -> Vector:
    """Give what a set reaches in every objective and tie-break, more being better."""
    taken = taken_choices(model, chosen)
    return tuple(measure(objective, taken) for objective in objectives_of(model.problem))


def reached(found: Narrowed) -> Vector | None:
    """Give what the best set of a search reaches in every objective; None where there is none or none is proven."""
    values = [found.value(number) for number in range(len(objectives_of(found.model.problem)))]
    whole = tuple(value for value in values if isinstance(value, int))
    return whole if len(whole) == len(values) else None


def beats(found: Narrowed, vector: Vector) -> bool | None:
    """Whether the best set of a search is better than a set of these values; equal is not better, None: not known."""
    for number, theirs in enumerate(vector):
        mine = found.value(number)
        if mine == "infeasible":
            return False
        if mine == "unknown":
            return None
        if mine != theirs:
            return mine > theirs
    return False


def only_set(found: Narrowed) -> frozenset[str] | None:
    """Name the bids of the best set of a search, where it is the only one; None where others equal it."""
    if reached(found) is None or found.chosen is None:
        return None
    if not found.listed:
        another = found.ask((), [without(found.model, found.chosen)])
        if another.outcome != "infeasible":
            return None
    elif len(found.listed) > 1:
        return None
    return frozenset(choice.candidate.bid for choice in taken_choices(found.model, found.chosen))
