"""What is still equal after the last objective and tie-break."""

from collections.abc import Sequence

from evaluator.allocation.awards import checked, named
from evaluator.allocation.model import Model, Row
from evaluator.allocation.search import Search, equal

TIED_CAP = 100

Sets = list[tuple[int, ...]]


def tied_sets(found: Search) -> tuple[tuple[tuple[int, ...], ...], bool]:
    """Find the sets that every stage leaves equal, and say whether these are all: sorted by name, up to a cap."""
    model = found.model
    cap = cap_of(model)
    if found.listed:
        return _by_name(model, found.listed)[:cap], len(found.listed) <= cap
    sets: Sets = [()]
    complete = True
    for its in found.parts:
        known, done = _of_part(found, frozenset(its), cap)
        complete = complete and done and len(sets) * len(known) <= cap
        sets = [(*one, *other) for one in sets for other in known][:cap]
    return _by_name(model, [tuple(sorted(one)) for one in sets]), complete


def cap_of(model: Model) -> int:
    """Say how many equal sets are listed at most."""
    return model.problem.policy.tied_cap or TIED_CAP


def _of_part(found: Search, part: frozenset[int], cap: int) -> tuple[Sets, bool]:
    """Find what is equal in one part, the others staying as they are, and say whether that is all."""
    model, chosen = found.model, found.chosen or ()
    mine = [at for at in sorted(part) if at < len(model.choices)]
    others = tuple(at for at in chosen if at not in part)
    known = [tuple(at for at in chosen if at in part)]
    if all(at in found.pins for at in mine):
        return known, True
    cuts = []
    while len(known) < cap and found.left > 0:
        taken = set(known[-1])
        terms = tuple((at, -1 if at in taken else 1) for at in mine)
        cuts.append(Row("", "known", "", terms, least=1 - len(taken)))
        answer = found.ask((), cuts)
        if answer.outcome == "infeasible":
            return known, True
        if answer.outcome == "unknown":
            break
        own = tuple(at for at in answer.chosen if at in part)
        equal(found, checked(model, tuple(sorted((*others, *own)))))
        known.append(own)
    return known, False


def _by_name(model: Model, known: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted(known, key=lambda chosen: named(model, chosen)))
