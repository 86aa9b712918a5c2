"""What is still equal after the last objective and tie-break: counted where few choices are open, else asked for."""

from collections.abc import Sequence

from evaluator.allocation.model.model import Chosen, Model, Row
from evaluator.allocation.proof.awards import by_name, checked
from evaluator.allocation.proof.enumeration import equal_ways
from evaluator.allocation.search.state import Search

Sets = tuple[Chosen, ...]


def tied_sets(search: Search) -> tuple[Sets, bool]:
    """Find the sets that every stage leaves equal, and say whether these are all: sorted by name, up to a cap."""
    if search.optimal_sets:
        return capped(search.model, search.optimal_sets)
    cap = search.model.problem.policy.most_tied
    sets: list[Chosen] = [()]
    complete = True
    for part in search.parts:
        equal, all_listed = _of_part(search, frozenset(part), cap)
        complete = complete and all_listed and len(sets) * len(equal) <= cap
        sets = [(*one, *other) for one in sets for other in equal][:cap]
    return by_name(search.model, [tuple(sorted(one)) for one in sets]), complete


def capped(model: Model, sets: Sequence[Chosen]) -> tuple[Sets, bool]:
    """Give sets in order of their names, as many as are published, and say whether these are all."""
    cap = model.problem.policy.most_tied
    return by_name(model, sets)[:cap], len(sets) <= cap


def _of_part(search: Search, part: frozenset[int], cap: int) -> tuple[Sets, bool]:
    """Find what is equal in one part, the others staying as they are, and say whether that is all."""
    model, chosen = search.model, search.incumbent or ()
    choices = [at for at in sorted(part) if at < len(model.choices)]
    others = tuple(at for at in chosen if at not in part)
    equal = [tuple(at for at in chosen if at in part)]
    if (every := _counted(search, choices)) is not None:
        return every[:cap], len(every) <= cap
    cuts = []
    while len(equal) <= cap and search.work.left:  # one more than the cap shows that there are more
        taken = set(equal[-1])
        terms = tuple((at, -1 if at in taken else 1) for at in choices)
        cuts.append(Row("", "no_good", "", terms, least=1 - len(taken)))
        answer = search.solve((), cuts)
        if answer.outcome == "infeasible":
            return tuple(equal), True
        if answer.outcome == "unknown":
            break
        another = tuple(at for at in answer.chosen if at in part)
        search.equal(checked(model, tuple(sorted((*others, *another)))))
        equal.append(another)
    return tuple(equal[:cap]), False


def _counted(search: Search, choices: Sequence[int]) -> Sets | None:
    """Count every equal set of a part, to the penny; None where too many of its choices are open."""
    places = [at for at in choices if at not in search.fixed]
    every = equal_ways(search.model, search.incumbent or (), places)
    if every is None:
        return None
    part = frozenset(choices)
    return tuple(tuple(at for at in search.equal(checked(search.model, one)) if at in part) for one in every)
