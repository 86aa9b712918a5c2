"""What is left at a bid's turn, offered to it as a part award: found by going down the list until nothing is new."""

from dataclasses import replace

from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model
from evaluator.allocation.priority.priority import walk_the_list
from evaluator.allocation.proof.awards import named
from evaluator.records.results.allocation import Candidate, Problem
from evaluator.records.results.levels import as_sum

ROUNDS = 200  # each offers at least one part award more


def with_rest(problem: Problem) -> Problem:
    """Give bids the part awards that the list offers them, in any order of equal bids, as levels of theirs.

    Every way down the list ends with the same awards when it is gone down again with these levels. Where no part
    awards are published, or another method than a list is asked, there are none.
    """
    bare = replace(problem, candidates=tuple(map(_without, problem.candidates)))
    if problem.amounts is None or problem.amounts.rest != "offered" or problem.policy.method != "priority":
        return bare if bare != problem else problem
    found = bare
    for _ in range(ROUNDS):
        offers = walk_the_list(build(refuse_below_minimum(found))).offers
        if not offers:
            break
        found = replace(
            found, candidates=tuple(_with(one, offers.get(one.bid, frozenset())) for one in found.candidates)
        )
    return _only_taken(found)


def _without(one: Candidate) -> Candidate:
    levels = tuple(level for level in one.levels if not level.rest)
    return one if len(levels) == len(one.levels) else replace(one, levels=levels)


def _with(one: Candidate, sums: frozenset[int]) -> Candidate:
    for sum_ in sorted(sums, reverse=True):
        level = as_sum(sum_, (one.ask,), one.score, {level.name for level in one.levels})
        one = replace(one, levels=(*one.levels, replace(level, rest=True)))
    return one


def _only_taken(problem: Problem) -> Problem:
    """Leave out offers that no way down the list takes in the end."""
    model = build(refuse_below_minimum(problem))
    sets = walk_the_list(model).sets
    taken = {(model.choices[at].candidate.bid, model.choices[at].level.name) for one in sets for at in one}
    candidates = tuple(
        replace(one, levels=tuple(level for level in one.levels if not level.rest or (one.bid, level.name) in taken))
        for one in problem.candidates
    )
    fewer = replace(problem, candidates=candidates)
    return fewer if _names(build(refuse_below_minimum(fewer))) == {named(model, one) for one in sets} else problem


def _names(model: Model) -> set[tuple[str, ...]]:
    return {named(model, one) for one in walk_the_list(model).sets}
