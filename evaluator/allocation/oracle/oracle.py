"""What is best of one problem with some bids in and others out: every counterfactual is a question to it.

A problem in which little was changed is asked through ``changed``, so that what was found out about themes serves it
too. How an answer is found is the oracle's own affair: by bounds theme by theme, which fix what no set that matters has
otherwise, and small solves of what is left open.
"""

from collections.abc import Collection, Sequence

from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model, forced, objective_terms, objectives_of, value_of
from evaluator.allocation.oracle.best import Best
from evaluator.allocation.oracle.theme_bounds import Prices, ThemeBounds, ThemeMemory, prices_of
from evaluator.allocation.proof.awards import holds
from evaluator.allocation.search.exact_sums import is_fine
from evaluator.allocation.solvers.highs_warm import maximise
from evaluator.allocation.solvers.work import Work
from evaluator.records.results.allocation import Problem

Bids = Collection[str]


class Oracle:
    """Answers about one problem, exactly, and quickly where themes hardly bear on each other.

    Parameters
    ----------
    awards : bids with the names of their levels: a set to start from. What other themes have is tried as it is there.
    memory : what was found out about themes, shared with problems in which little was changed.
    prices : of rows that span themes; worked out where None.
    work : what the question under way may spend; that of one question where None.
    """

    def __init__(
        self,
        problem: Problem,
        awards: Collection[tuple[str, str]],
        memory: ThemeMemory,
        prices: Prices | None = None,
        work: Work | None = None,
    ) -> None:
        self.problem, self.awards, self.memory = problem, awards, memory
        self.work = Work.of_question(problem) if work is None else work
        self.model = model = build(refuse_below_minimum(problem))
        self.awarded = [at for at, one in enumerate(model.choices) if (one.candidate.bid, one.level.name) in awards]
        self.first = objectives_of(problem)[0]
        self.terms = objective_terms(model, self.first)
        self.bounds: ThemeBounds | None = None
        of_choices = all(at < len(model.choices) for at, _ in self.terms)
        if len(set(model.themes)) > 1 and of_choices and not is_fine(self.terms):
            prices = prices_of(model, self.terms, memory) if prices is None else prices
            self.bounds = ThemeBounds(model, self.terms, prices, memory)

    def begin(self, questions: int = 1) -> None:
        """Begin an account for the next question, or for several together.

        Each has its own, so that no answer depends on what was asked before; what is changed for it shares it.
        """
        fresh = Work.of_question(self.problem, questions)
        self.work.nodes, self.work.iterations = fresh.nodes, fresh.iterations

    def changed(self, problem: Problem) -> "Oracle":
        """Give the oracle of a problem in which little was changed: what was found out about themes serves it too."""
        return Oracle(problem, self.awards, self.memory, self.bounds.prices if self.bounds else None, self.work)

    def best(self, forced_in: Bids = (), forced_out: Bids = (), reach: int | None = None) -> Best:
        """Begin a search among the sets that fund some bids, at whatever level, and leave others out.

        Parameters
        ----------
        reach : look only for sets that reach this value of the first objective; where none does, what the search
            finds is below it, or nothing.
        """
        best = Best(forced(self.model, forced_in, forced_out), self.work)
        if self.bounds is None or len(forced_in) + len(forced_out) != 1:
            return best
        bounds, (bid,), funded = self.bounds, (*forced_in, *forced_out), bool(forced_in)
        if bounds.most(bid, funded) is None:
            best.infeasible = True
            return best
        reach = self._reached(best.model, bid, funded) if reach is None else reach
        fixed = {} if reach is None else bounds.fixed(bid, reach, funded=funded)
        best.fixed_by_value = lambda value: bounds.fixed(bid, value, funded=funded)
        best.fixed, best.infeasible = fixed or {}, fixed is None
        return best

    def best_beside(self, theme: str) -> Best:
        """Begin a search among all sets, where what may have changed is about one theme."""
        best = Best(self.model, self.work)
        if self.bounds is None or theme not in self.bounds.themes:
            return best
        bounds = self.bounds
        answer = maximise(self.model, self.terms, (), self.work, self.others(theme))
        best.fixed_by_value = lambda value: bounds.fixed_beside(theme, bounds.most(), value)
        if answer.outcome == "optimal":
            best.fixed = best.fixed_by_value(self._measured(answer.chosen)) or {}
        return best

    def _reached(self, model: Model, bid: str, funded: bool) -> int | None:
        """Give a value that some set reaches which funds the bid, or does not; None where none comes to hand."""
        assert self.bounds is not None
        own = self.bounds.owner[bid]
        others = self.others(own)
        tried = sorted({at for at, taken in others.items() if taken} | self.bounds.top(own, bid, funded).chosen)
        if holds(self.model, tried):
            return self._measured(tried)
        answer = maximise(model, self.terms, (), self.work, others)
        return self._measured(answer.chosen) if answer.outcome == "optimal" else None

    def _measured(self, chosen: Sequence[int]) -> int:
        return value_of(self.model, self.first, chosen)

    def others(self, theme: str) -> dict[int, int]:
        """Fix every other theme as it is in the set to start from."""
        awarded = frozenset(self.awarded)
        return {at: int(at in awarded) for at, one in enumerate(self.model.themes) if one != theme}
