"""What scores and bids become before the money is divided: which score counts, and what is left out."""

from fractions import Fraction

from evaluator.allocation import allocation_problem
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.results.allocation import Problem
from evaluator.scoring import score
from tests.unit.scoring.small_theme import checked, programme

POLICY = AllocationPolicy.model_validate({"method": "optimise", "rule": [{"id": "R", "kind": "budget", "limit": "9"}]})


def made(prices: tuple[int | None, int | None], **terms: object) -> Problem:
    """A has 3 of 5 marks and B 4; C is disregarded."""
    criteria = programme(**terms).model_copy(update={"allocation": POLICY})  # type: ignore[arg-type]
    bids = {"A": (("3",), prices[0]), "B": (("4",), prices[1]), "C": (("5",), 1)}
    evaluation = checked(criteria, bids, disregarded=["C"])
    return allocation_problem(criteria, evaluation, score(criteria, evaluation))


def scores(problem: Problem) -> dict[str, Fraction]:
    return {one.bid: Fraction(one.score, problem.score_unit) for one in problem.candidates}


def test_the_total_counts_where_price_earns_points() -> None:
    found = made((80_00, 100_00), weights={"Q1": "60", "price": "40"}, method="lowest_price_ratio")
    assert scores(found) == {"A": 36 + 40, "B": 48 + 32}


def test_the_quality_counts_where_price_makes_an_index() -> None:
    found = made((80_00, 100_00), weights={"Q1": "100"}, method="price_per_quality_point")
    assert scores(found) == {"A": 60, "B": 80}


def test_a_bid_without_price_or_people_asks_for_nothing_and_serves_nobody() -> None:
    found = made((None, 100_00), weights={"Q1": "100"})
    assert [(one.bid, one.levels[0].cost, one.people) for one in found.candidates] == [("A", 0, 0), ("B", 100_00, 0)]


def test_a_bid_that_is_not_ranked_is_refused_with_its_reason() -> None:
    (refused,) = made((1, 1), weights={"Q1": "100"}).refused
    assert (refused.bid, refused.theme, refused.reason) == ("C", "T", "disregarded")
    assert refused.explanation.startswith("Disregarded by decision of J. Doe")
