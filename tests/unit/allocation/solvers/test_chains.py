"""Fewer rows on who waits for whom: the same sets keep them, and divisible awards come to as much."""

from itertools import product

import pytest

from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model, keeps, objective_terms
from evaluator.allocation.solvers.chains import chained, with_steps
from evaluator.allocation.solvers.solve import relaxed
from tests.unit.allocation.small_problems import budget, candidate, problem

MERIT = {"id": "M", "kind": "merit_order", "theme": "*", "passes_over": ["O"]}


def a_model(*owners: str) -> Model:
    """Bids of one theme, the better-ranked first, at £10 each of £35, of which one organisation may have one."""
    some = [candidate(f"B{at}", 90 - 7 * at, 10, organisations=(name,)) for at, name in enumerate(owners)]
    awards = {"id": "O", "kind": "organisation_awards", "limit": 1}
    return build(refuse_below_minimum(problem(some, budget(35), awards, MERIT)))


MODELS = [a_model(*owners) for owners in ("aaaaab", "aabbab", "abbaac", "aaaa", "aabbaab")]


@pytest.mark.parametrize("model", MODELS)
def test_the_same_sets_keep_the_rows(model: Model) -> None:
    rows, variables = chained(model.rows, model.variables)
    assert variables > model.variables
    for values in product((0, 1), repeat=model.variables):
        taken = {at for at, value in enumerate(values) if value}
        assert keeps(rows, with_steps(rows, taken)) == keeps(model.rows, taken)


@pytest.mark.parametrize("model", MODELS)
def test_divisible_awards_come_to_as_much(model: Model) -> None:
    terms = objective_terms(model, "total_score")
    rows, variables = chained(model.rows, model.variables)
    shares = relaxed(model, terms, model.rows).taken, relaxed(model, terms, rows, {}, variables).taken
    one, other = (sum(weight * taken[at] for at, weight in terms) for taken in shares)
    assert one == pytest.approx(other)


def test_rows_are_as_many_as_bids_and_not_as_pairs_of_them() -> None:
    model = a_model(*"a" * 40, "b")
    rows, _ = chained(model.rows, model.variables)
    waits = [row for row in model.rows if row.kind == "merit_order"]
    assert len(waits) > 800
    assert len(rows) - len(model.rows) + len(waits) < 6 * 41
