"""How far a group's scores lie from the others', as it is printed."""

from fractions import Fraction

import pytest

from evaluator.equality.comparison import group_comparison
from evaluator.equality.comparison.comparisons import Group
from evaluator.equality.comparison.group_comparison import compare_groups, rate_interval
from evaluator.equality.data.scores_by_criterion import Points
from evaluator.equality.data.stage_reached import NOT_RECOMMENDED, StagesReached
from evaluator.records.results.equality import ScoreGap
from tests.unit.equality.small_programmes import bid

F = Fraction


Scores = dict[str, tuple[list[int], list[int]]]  # of a group and of the others, by theme


def gap(scores: Scores) -> ScoreGap:
    """What is said of the scores where they are compared."""
    found = compared(scores)
    assert found is not None
    return found


def compared(scores: Scores) -> ScoreGap | None:
    bids, quality, themes = [], {}, {}
    for theme, sides in scores.items():
        for side, values in zip(("G", "O"), sides, strict=True):
            for n, value in enumerate(values):
                name = f"{side}{theme}{n}"
                bids.append(bid(name, name, theme=theme))
                quality[name], themes[name] = {"Q": F(value)}, theme
    reached = StagesReached(tuple(bids), dict.fromkeys(quality, NOT_RECOMMENDED), {})
    points = Points(quality, {}, {"Q": "Q"}, themes)
    group = Group(0, "Yes", tuple(one for one in bids if one.id.startswith("G")))
    ((found,), _) = compare_groups(reached, points, [group], {})
    return found.score


def test_the_printed_shift_and_delta_are_by_hand() -> None:
    # 10 and 20 against 20, 30, 40 and 41: seven of eight pairs lower, one equal; in the middle are -20 and -20.
    found = gap({"T": ([10, 20], [20, 30, 40, 41])})
    assert (found.shift, found.delta, found.magnitude) == (-20, F(-9, 10), "large")


@pytest.mark.parametrize(("lower", "delta"), [(1, F(-1, 10)), (2, F(-2, 10)), (9, F(-9, 10)), (10, F(-1))])
def test_the_printed_delta_is_the_part_of_pairs_that_are_lower(lower: int, delta: Fraction) -> None:
    # One bid of 50 against ten others: so many of them at 60, and the rest equal to it.
    assert gap({"T": ([50], [60] * lower + [50] * (10 - lower))}).delta == delta


def test_the_shift_is_given_in_half_points() -> None:
    assert gap({"T": ([0], [1, 2])}).shift == F(-3, 2)


def test_themes_in_which_everybody_scores_higher_make_no_interval_of_a_difference() -> None:
    # 8 of 16 bids of the group are in the theme where all score 70, and 8 of 32 of the others.
    assert gap({"T": ([50] * 8, [50] * 24), "U": ([70] * 8, [70] * 8)}).interval == (0, 0)


@pytest.mark.parametrize(("own", "given"), [(14, False), (15, True), (16, True)])
def test_an_interval_needs_fifteen_marked_bids_on_either_side(own: int, *, given: bool) -> None:
    scores = [10 * (n % 5) for n in range(own)]
    assert (gap({"T": (scores, [10 * (n % 5) for n in range(20)])}).interval is not None) is given
    assert (gap({"T": ([10 * (n % 5) for n in range(20)], scores)}).interval is not None) is given


def test_the_interval_of_success_is_newcombes_against_the_others_in_whole_hundredths() -> None:
    # 56 of 70 against 48 of 80 (Newcombe 1998): 0.0524 to 0.3339.
    assert rate_interval(56, 70, 104, 150) == (5, 33)


@pytest.mark.parametrize(("most", "given"), [(7, False), (8, True), (9, True)])
def test_scores_are_compared_while_their_pairs_are_not_too_many(
    most: int, monkeypatch: pytest.MonkeyPatch, *, given: bool
) -> None:
    monkeypatch.setattr(group_comparison, "MOST_PAIRS", most)
    assert (compared({"T": ([10, 20], [20, 30, 40, 41])}) is not None) is given
