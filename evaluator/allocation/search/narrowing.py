"""What all sets that reach a value have alike, where themes go down an order of merit: tried bid by bid, by bounds.

A relaxation of an order of merit mixes places to stop at, so that its prices alone settle little. But hold one bid in,
or out, and the bound falls the faster the further that bid is from where its theme stops. So for each theme the first
bid that no set worth looking at can fund, and the last that none can leave out, are found by halving; what follows for
others is read off the rows. Only bounds that ``bounds`` adds up in whole numbers settle anything: halving says where to
look, and where it misleads, less is settled.
"""

from collections.abc import Mapping, Sequence

from evaluator.allocation.model.merit import in_order
from evaluator.allocation.model.model import Model, Row, Terms
from evaluator.allocation.search.bounds import Bound, bound_of
from evaluator.allocation.solvers.chains import chained
from evaluator.allocation.solvers.decompose import substituted, tightened
from evaluator.allocation.solvers.solve import Fixed, Relaxation
from evaluator.allocation.solvers.work import Work

WIDE = 150  # open choices; fewer are decided sooner than narrowed
ROUNDS = 12  # what one theme cannot do bounds the others more tightly
LITTLE = 100  # a round that settles no more than one in so many of the open choices is the last


def narrowed(model: Model, terms: Terms, rows: Sequence[Row], value: int, fixed: Fixed) -> Mapping[int, int]:
    """Give the choices that are alike in every set which reaches a value: 1 taken, 0 left out; no fewer than before.

    Parameters
    ----------
    terms : the objective of the stage, in whole numbers.
    rows : every row that bears on it.
    fixed : choices that are known to be alike in those sets.
    """
    choices, variables = len(model.choices), model.variables
    if not any(row.kind == "merit_order" for row in rows):
        return fixed
    orders = [[at for bid in order.at for at in model.places[bid]] for order in in_order(model)]
    known, work = dict(fixed), Work.of(model.problem)
    for _ in range(ROUNDS):
        before = len(known)
        if sum(at not in known for at in range(choices)) < WIDE or not work.left:
            break
        probe = _Probe(model, terms, rows, known, work)
        known |= probe.bound().fixed_at(value, variables)
        for order in orders:
            _halved(probe, order, value, known)
        _follow(rows, known)
        if len(known) - before <= (variables - before) // LITTLE:
            break
    return {at: taken for at, taken in known.items() if at < choices}


class _Probe:
    """Bounds of one relaxation with single choices held."""

    def __init__(self, model: Model, terms: Terms, rows: Sequence[Row], known: Fixed, work: Work) -> None:
        self.terms, self.known = terms, dict(known)
        # A row that cannot hold is left as it is: then no set reaches the value, which is for a solver to say.
        left = (row for row in tightened(substituted(rows, known)) if row)
        self.rows, self.variables = chained(left, model.variables)
        self.relaxation = Relaxation(self.variables, terms, self.rows, known, work)

    def bound(self) -> Bound:
        """Bound what sets reach."""
        return self._added_up(self.relaxation.solved().prices, {})

    def falls_short(self, held: Fixed, value: int) -> bool:
        """Whether no set that has these choices so reaches a value."""
        solved = self.relaxation.solved(held, value)
        # Where divisible awards reach it, no prices give a bound below it.
        return solved.worth < value and self._added_up(solved.prices, held).most < value

    def _added_up(self, prices: Sequence[float], held: Fixed) -> Bound:
        prices = prices or (0.0,) * len(self.rows)
        return bound_of(self.variables, self.terms, self.rows, prices, {**self.known, **held})


def _halved(probe: _Probe, order: Sequence[int], value: int, known: dict[int, int]) -> None:
    """Find from where on in an order no choice can be taken, and down to where none can be left out."""
    for taken, places in ((1, order), (0, order[::-1])):
        left = [at for at in places if at not in known]
        low, high = 0, len(left)
        while low < high:
            middle = (low + high) // 2
            if probe.falls_short({left[middle]: taken}, value):
                known[left[middle]] = 1 - taken
                high = middle
            else:
                low = middle + 1


def _follow(rows: Sequence[Row], known: dict[int, int]) -> None:
    """Settle what the rows leave no choice about, one row after another, until nothing more follows."""
    before = -1
    while before < len(known):
        before, rows = len(known), rows[::-1]  # chains of who waits for whom go one way or the other
        for row in rows:
            left = [(at, weight) for at, weight in row.terms if at not in known]
            used = sum(weight * known[at] for at, weight in row.terms if at in known)
            lowest = used + sum(weight for _, weight in left if weight < 0)
            highest = used + sum(weight for _, weight in left if weight > 0)
            for at, weight in left:
                if row.most is not None and lowest + abs(weight) > row.most:
                    known[at] = int(weight < 0)
                elif row.least is not None and highest - abs(weight) < row.least:
                    known[at] = int(weight > 0)
