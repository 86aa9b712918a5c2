"""What is still equal after the last objective and tie-break."""

from collections.abc import Sequence

from evaluator.allocation.awards import checked, named
from evaluator.allocation.model import Model
from evaluator.allocation.search import Search, equal, without

TIED_CAP = 100


def tied_sets(found: Search) -> tuple[tuple[tuple[int, ...], ...], bool]:
    """Find the sets that every stage leaves equal, and say whether these are all: sorted by name, up to a cap."""
    model = found.model
    cap = model.problem.policy.tied_cap or TIED_CAP
    if found.listed:
        return _by_name(model, found.listed)[:cap], len(found.listed) <= cap
    known, cuts = [tuple(found.chosen or ())], []
    while len(known) < cap and found.seconds > 0:
        cuts.append(without(model, known[-1]))
        answer = found.ask((), cuts)
        if answer.outcome == "infeasible":
            return _by_name(model, known), True
        if answer.outcome == "unknown":
            break
        known.append(equal(found, checked(model, answer.chosen)))
    return _by_name(model, known), False


def _by_name(model: Model, known: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted(known, key=lambda chosen: named(model, chosen)))
