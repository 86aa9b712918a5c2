"""Which published rules cannot hold together: a smallest such list, found by leaving rules out."""

from collections.abc import Collection, Sequence
from itertools import combinations

from evaluator.allocation.model.model import Model
from evaluator.allocation.oracle.feasibility import Feasibility, only
from evaluator.allocation.proof.awards import awards_of
from evaluator.allocation.proof.verify import broken, verify
from evaluator.allocation.solvers import cbc
from evaluator.allocation.solvers.work import Work

MOST_TRIED = 2000  # sets of rules looked at for one that has a rule of each list
MOST_ASKED = 60  # solves spent on looking for a shorter list


def conflict(model: Model) -> tuple[tuple[str, ...], bool]:
    """Find rules that cannot all hold, such that leaving out any one of them would do.

    Rules are left out in the order published, so where several lists exist the rules published last stay in it. Then a
    list of fewer rules is looked for, which with few rules finds one of the fewest that there are.

    Returns
    -------
    The ids in the order published, and whether each was shown to be needed; all are kept where it was not.
    """
    ids = tuple(dict.fromkeys(row.rule for row in model.rows if row.rule))
    needed, complete = list(ids), True
    oracle = Feasibility(Work.of(model.problem))
    for rule in ids:
        fewer = [one for one in needed if one != rule]
        answer = oracle.any_set(only(model, fewer))
        if answer.outcome == "infeasible":
            needed = fewer
        elif answer.outcome == "unknown":
            complete = False
    if not complete:
        return tuple(needed), False
    return _fewer(model, ids, tuple(needed), oracle), True


def _fewer(model: Model, ids: Sequence[str], first: tuple[str, ...], oracle: Feasibility) -> tuple[str, ...]:
    """Look for a conflict of fewer rules; the first one where there is none, or where the search grows long.

    Whatever set keeps some rules breaks others, of which every conflict has one. So the fewest rules that have one of
    all those broken so far are tried: either they conflict, or a set that keeps them breaks yet others.
    """
    violated = list[frozenset[str]]()
    for _ in range(MOST_ASKED):
        tried = meeting(ids, violated)
        if not oracle.work.left or tried is None or len(tried) >= len(first):
            return first
        answer = oracle.any_set(only(model, tried))
        if answer.outcome == "infeasible":
            return tried
        rules = broken(verify(model.problem, awards_of(model, answer.chosen)))
        if answer.outcome == "unknown" or not rules:
            return first
        violated.append(frozenset(rules))
    return first


def meeting(ids: Sequence[str], lists: Sequence[Collection[str]]) -> tuple[str, ...] | None:
    """Give the first of the smallest sets of rules that has one of each list; None where there are too many.

    >>> meeting(("R1", "R2", "R3"), [{"R1", "R3"}, {"R2", "R3"}]), meeting(("R1",), [])
    (('R3',), ())
    """
    useful = [rule for rule in ids if any(rule in one for one in lists)]
    tried = 0
    for size in range(len(useful) + 1):
        for some in combinations(useful, size):
            tried += 1
            if all(not set(some).isdisjoint(one) for one in lists):
                return some
            if tried > MOST_TRIED:
                return None
    return None


def confirm(model: Model, rules: tuple[str, ...]) -> str:
    """Ask the second solver whether the named rules alone can hold together; give one sentence for the record."""
    answer = cbc.maximise(only(model, list(rules)), (), (), Work.of_second_opinion(model.problem))
    if answer.outcome == "infeasible":
        return "CBC, another solver, confirms that these rules cannot hold together."
    if answer.outcome == "unknown":
        return "CBC, another solver, gave no answer within its limits on whether these rules can hold together."
    return "CBC, another solver, does not confirm that these rules cannot hold together: look at them again."
