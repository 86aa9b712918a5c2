"""Draws scored in arrays: the same scores and ranks as the engine's, draw by draw."""

from dataclasses import replace

import pytest

from evaluator.allocation import allocation_problem
from evaluator.scoring import score
from evaluator.studies.robustness.draws import KINDS, drawn
from evaluator.studies.robustness.scored_draws import _by_engine, scored
from tests.unit.studies.robustness.test_robustness import ground


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["community_commissioning", "minimal_with_price"])
def test_scores_and_ranks_of_draws_are_those_of_the_engine(kind: str, name: str) -> None:
    base = ground(name)
    drawings = [drawn(base, kind, 20, 5, number) for number in range(12)]  # type: ignore[arg-type]
    for drawing, (scores, ranks) in zip(drawings, scored(base, drawings), strict=True):
        exact, exact_ranks = _by_engine(drawing)
        assert ranks == exact_ranks
        assert scores.bids == exact.bids
        assert [unit * exact.unit for unit in scores.units] == [unit * scores.unit for unit in exact.units]


def test_most_draws_need_no_engine() -> None:
    from evaluator.studies.robustness.scored_draws import _theme

    base = ground()
    drawings = [drawn(base, "weights", 20, 5, number) for number in range(20)]
    for at, bids in enumerate(base.evaluation.themes):
        found = _theme(base, bids, drawings, at)
        assert found is not None
        assert found[1].odd.sum() < 10


def test_a_draw_that_ranks_other_bids_divides_the_money_among_those_that_the_engine_ranks() -> None:
    base = ground()
    drawings = [drawn(base, "one_mark", 20, 5, number) for number in range(6)]
    tables = 0
    for drawing, (scores, _) in zip(drawings, scored(base, drawings), strict=True):
        if scores.table is not None:
            tables += 1
            whole = allocation_problem(*drawing, score(*drawing))
            made = allocation_problem(*drawing, scores.table)
            assert [one.bid for one in made.refused] == [one.bid for one in whole.refused]
            assert replace(made, refused=whole.refused) == whole  # why a bid is refused is told in other numbers
    assert tables > 1
