"""Bids matched by the rest of their scores: a criterion is told apart from bids that are weaker in everything."""

from fractions import Fraction

import pytest

from evaluator.equality.data.scores_by_criterion import Points
from evaluator.equality.statistics.differential_functioning import functioning, mantel_haenszel_delta, matching
from evaluator.equality.statistics.stratified import cmh_mid_p


def made(bids: dict[str, dict[str, int]]) -> Points:
    quality = {name: {q: Fraction(mark) for q, mark in marks.items()} for name, marks in bids.items()}
    return Points(quality, {}, {"Q1": "One", "Q2": "Two"}, dict.fromkeys(bids, "T"))


# The group (G) is weaker in everything by the same two marks.
WEAKER = {f"{side}{n}": {"Q1": n % 4 + up, "Q2": n % 4 + up} for side, up in (("G", 0), ("O", 2)) for n in range(24)}
# The group is as good in Q2 and two marks lower in Q1.
BIASED = {f"{side}{n}": {"Q1": n % 4 + up, "Q2": n % 4} for side, up in (("G", 0), ("O", 2)) for n in range(24)}


def group(points: dict[str, dict[str, int]]) -> frozenset[str]:
    return frozenset(name for name in points if name.startswith("G"))


def test_a_group_that_is_weaker_in_everything_is_not_weaker_than_its_like() -> None:
    found = matching(made(WEAKER), "Q1").difference(group(WEAKER))
    assert found is not None
    assert found[0] > -1  # against all others of the theme it is -2


def test_a_criterion_that_alone_is_lower_stays_lower_among_like_bids() -> None:
    one, ours = matching(made(BIASED), "Q1"), group(BIASED)
    found = one.difference(ours)
    assert found is not None
    assert (found[0], frozenset(found[1])) == (Fraction(-2), ours)
    assert one.enough(ours)
    assert functioning(one.tables(ours), differs=cmh_mid_p(one.tables(ours)) < 0.05) == "C"


@pytest.mark.parametrize(("own", "enough"), [(19, False), (20, True), (21, True), (28, True), (29, False)])
def test_a_class_needs_twenty_bids_on_either_side(own: int, *, enough: bool) -> None:
    assert matching(made(BIASED), "Q1").enough(frozenset(sorted(BIASED)[:own])) is enough


def test_equals_in_the_rest_stand_in_one_third() -> None:
    one = matching(made({f"B{n}": {"Q1": n, "Q2": 3} for n in range(9)}), "Q1")
    assert {third for _, third in one.stratum.values()} == {0}
    assert sum(one.upper.values()) == 5  # of 0 to 8 the cut at 4 is nearest to halves, the lower of two


def test_bids_are_matched_in_thirds_of_what_they_earned_on_the_rest() -> None:
    one = matching(made({f"B{n}": {"Q1": 3, "Q2": n} for n in range(9)}), "Q1")
    assert [one.stratum[f"B{n}"] for n in range(9)] == [("T", n // 3) for n in range(9)]


def test_a_delta_is_the_logarithm_of_the_odds_times_2_35() -> None:
    # Odds 10/20 against 20/10: a quarter. ln 4 x 2.35 = 3.258; error 2.35 x sqrt(1/10 + 1/20 + 1/20 + 1/10) = 1.287.
    assert mantel_haenszel_delta([[[10, 20], [20, 10]]]) == pytest.approx((-3.2578, 1.2872), abs=1e-4)
    assert mantel_haenszel_delta([[[0, 20], [20, 10]]]) is None


@pytest.mark.parametrize(
    ("table", "differs", "expected"),
    [
        ([[10, 20], [20, 10]], False, "A"),  # chance could explain it
        ([[100, 100], [120, 80]], True, "A"),  # delta 0.95
        ([[100, 100], [130, 70]], True, "B"),  # delta 1.45
        ([[50, 150], [150, 50]], True, "C"),  # delta 5.2
        ([[9, 21], [18, 12]], True, "B"),  # delta 2.94, error 1.28: 2.94 less 1.645 x 1.28 is not over 1
    ],
)
def test_classes_follow_size_and_certainty(table: list[list[int]], differs: bool, expected: str) -> None:
    assert functioning([table], differs=differs) == expected
