"""Exact weights at which two bids change places."""

from fractions import Fraction
from itertools import combinations

from evaluator.scoring import score
from evaluator.studies.robustness.crossings import _crossing, _shares, _total, crossings
from tests.unit.equality.vectors import vector
from tests.unit.studies.robustness.test_robustness import ground


def _level_at(
    one: tuple[Fraction, ...], other: tuple[Fraction, ...], weights: tuple[Fraction, ...], whole: Fraction
) -> Fraction | None:
    """Where two bids are level when the first weight moves."""
    lead = _total(one, weights) - _total(other, weights)
    return _crossing(lead, one[0] - other[0], weights[0], whole)


def test_a_crossing_is_worked_out_by_hand() -> None:
    """One bid has all of the first weight and none of the second, the other half of each.

    Total of the first: t. Of the other: 50 whatever t is. So they are level at t = 50.
    """
    first, other = (Fraction(1), Fraction(0)), (Fraction(1, 2), Fraction(1, 2))
    assert _level_at(other, first, (Fraction(40), Fraction(60)), Fraction(100)) == 50


def test_two_bids_of_the_closed_form_change_places_at_three_quarters() -> None:
    one = vector("weight_stability_two_bids")
    a, b, published = (tuple(Fraction(str(n)) for n in one["inputs"][key]) for key in ("A", "B", "w_base"))
    assert _level_at(b, a, published, Fraction(1)) == Fraction(str(one["expected"]["crossover_w1"]))


def test_at_every_crossing_the_two_bids_are_exactly_level() -> None:
    base = ground("minimal_with_price")
    scores = score(base.criteria, base.evaluation)
    found = crossings(base, scores, Fraction(40))
    assert found
    for one in found:
        bids = next(theme for theme in base.evaluation.themes if theme.theme == one.theme)
        shares = _shares(base, scores, bids)
        assert shares is not None
        at, whole = shares.leaves.index(one.leaf), Fraction(100)
        weights = [Fraction(shares.theme.weights[leaf]) for leaf in shares.leaves]
        part = (whole - one.weight) / (whole - weights[at])
        moved = tuple(one.weight if place == at else weight * part for place, weight in enumerate(weights))
        assert sum(moved) == whole
        assert _total(shares.of_bid[one.ahead], moved) == _total(shares.of_bid[one.behind], moved)


def test_no_crossing_lies_further_away_than_was_asked() -> None:
    base = ground("minimal_with_price")
    found = crossings(base, score(base.criteria, base.evaluation), Fraction(2))
    assert all(0 < abs(one.weight - one.published) <= 2 for one in found)


def test_every_crossing_within_what_was_asked_is_found() -> None:
    base = ground("minimal_with_price")
    scores, points = score(base.criteria, base.evaluation), Fraction(30)
    found = {(one.leaf, one.ahead, one.behind, one.weight) for one in crossings(base, scores, points)}
    every = set()
    for bids in base.evaluation.themes:
        shares = _shares(base, scores, bids)
        assert shares is not None
        weights = tuple(Fraction(shares.theme.weights[leaf]) for leaf in shares.leaves)
        totals = {bid: _total(own, weights) for bid, own in shares.of_bid.items()}
        ordered = sorted(totals, key=lambda bid: (-totals[bid], bid))
        for ahead, behind in combinations(ordered, 2):
            for at, (leaf, weight) in enumerate(zip(shares.leaves, weights, strict=True)):
                difference = shares.of_bid[ahead][at] - shares.of_bid[behind][at]
                crossing = _crossing(totals[ahead] - totals[behind], difference, weight, sum(weights))
                if crossing is not None and 0 < abs(crossing - weight) <= points and 0 <= crossing <= sum(weights):
                    every.add((leaf, ahead, behind, crossing))
    assert len(every) > 1
    assert found == every
