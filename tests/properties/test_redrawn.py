"""Many draws of one problem, divided again theme by theme with what is known shared: the same sets as the plain way."""

import random
from dataclasses import replace

import pytest

from evaluator.allocation import Redrawn, allocate
from evaluator.records.results.allocation import Candidate, Problem
from tests.unit.allocation.small_problems import best_allocations, random_problem


def redrawn(made: Problem, dice: random.Random) -> Problem:
    """The same with other scores, and now and then without a bid."""

    def scored(one: Candidate) -> Candidate:
        more = dice.randint(0, 3)
        levels = tuple(replace(level, score=level.score + more) for level in one.levels)
        return replace(one, levels=levels, full_score=None)

    return replace(made, candidates=tuple(scored(one) for one in made.candidates if dice.random() < 0.95))


def check(seed: int, bids: int, draws: int) -> None:
    made, dice = random_problem(seed, bids=bids), random.Random(seed)
    shared = Redrawn(made)
    for _ in range(draws):
        changed = redrawn(made, dice)
        best = {tuple(sorted(one.bid for one, _ in taken)) for taken in best_allocations(changed)}
        found = shared.best_of(changed)
        assert (found in best) if best else found is None


@pytest.mark.parametrize("seed", range(25))
def test_the_set_of_every_draw_is_one_that_brute_force_finds_best(seed: int) -> None:
    check(seed, bids=5, draws=4)


@pytest.mark.slow
def test_the_set_of_every_draw_of_many_larger_problems_is_one_of_the_best() -> None:
    for seed in range(1000, 1300):
        check(seed, bids=6, draws=5)


@pytest.mark.slow
def test_the_sets_of_draws_of_the_sample_are_those_of_the_plain_way() -> None:
    from evaluator.allocation import allocation_problem
    from evaluator.scoring import score
    from evaluator.studies.robustness.draws import drawn
    from tests.unit.studies.robustness.test_robustness import ground

    base = ground()
    shared = Redrawn(allocation_problem(base.criteria, base.evaluation, score(base.criteria, base.evaluation)))
    for kind in ("weights", "one_mark", "evaluators", "resampled"):
        for number in range(4):
            drawing = drawn(base, kind, 20, 3, number)  # type: ignore[arg-type]
            problem = allocation_problem(*drawing, score(*drawing))
            plain = allocate(problem)
            assert plain.status == "proven"
            assert shared.best_of(problem) in {tuple(sorted(bids)) for bids in plain.tied}
