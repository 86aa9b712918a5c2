"""What is still equal after the last objective and tie-break."""

from collections.abc import Sequence
from hashlib import sha256

from evaluator.allocation.model.model import Model, Row
from evaluator.allocation.proof.awards import checked, named
from evaluator.allocation.proof.enumeration import equal_ways
from evaluator.allocation.search.state import Search, equal
from evaluator.records.results.allocation import Draw


def draw(seed: str, sets: Sequence[tuple[str, ...]]) -> Draw:
    """Give every set its ticket, the lowest first: that set is drawn.

    Parameters
    ----------
    sets : the awards of each set by name, in order of bid.

    >>> draw("Cabinet 4711", [("B1", "B2"), ("B1", "B3")]).tickets[0][1]
    ('B1', 'B3')
    """
    return Draw(seed, tuple(sorted((ticket(seed, names), names) for names in sets)))


def ticket(seed: str, names: tuple[str, ...]) -> str:
    """Give the ticket of one set: SHA-256 over the seed and the names of its awards, a line each."""
    return sha256("\n".join((seed, *names)).encode("utf-8")).hexdigest()


ASKED = 20  # equal sets that a solver is asked for, one at a time, before all that are left open are counted

Sets = list[tuple[int, ...]]


def tied_sets(found: Search) -> tuple[tuple[tuple[int, ...], ...], bool]:
    """Find the sets that every stage leaves equal, and say whether these are all: sorted by name, up to a cap."""
    model = found.model
    cap = model.problem.policy.most_tied
    if found.listed:
        return _by_name(model, found.listed)[:cap], len(found.listed) <= cap
    sets: Sets = [()]
    complete = True
    for its in found.parts:
        known, done = _of_part(found, frozenset(its), cap)
        complete = complete and done and len(sets) * len(known) <= cap
        sets = [(*one, *other) for one in sets for other in known][:cap]
    return _by_name(model, [tuple(sorted(one)) for one in sets]), complete


def _of_part(found: Search, part: frozenset[int], cap: int) -> tuple[Sets, bool]:
    """Find what is equal in one part, the others staying as they are, and say whether that is all."""
    model, chosen = found.model, found.chosen or ()
    mine = [at for at in sorted(part) if at < len(model.choices)]
    others = tuple(at for at in chosen if at not in part)
    known = [tuple(at for at in chosen if at in part)]
    if all(at in found.pins for at in mine):
        return known, True
    cuts = []
    while len(known) <= cap and found.left > 0:  # one more than the cap shows that there are more
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
        if len(known) == ASKED and (every := _counted(found, mine)) is not None:
            return every[:cap], len(every) <= cap
    return known[:cap], False


def _counted(found: Search, mine: Sequence[int]) -> Sets | None:
    """Count every equal set of a part, where few of its choices are open; None where there are too many."""
    every = equal_ways(found.model, found.chosen or (), [at for at in mine if at not in found.pins])
    if every is None:
        return None
    part = frozenset(mine)
    return [tuple(at for at in equal(found, checked(found.model, one)) if at in part) for one in every]


def _by_name(model: Model, known: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted(known, key=lambda chosen: named(model, chosen)))
