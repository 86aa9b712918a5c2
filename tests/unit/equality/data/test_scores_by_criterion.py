"""A gap in scores taken apart by criterion: exactly, within themes, and rounded so as to tell of no bid."""

from fractions import Fraction

from evaluator.equality.data.scores_by_criterion import gap_within_themes

F = Fraction


def test_within_themes_a_theme_counts_by_the_groups_bids_and_one_without_others_not_at_all() -> None:
    points = {
        "T1": {"A": F(2)},
        "T2": {"A": F(6)},
        "U1": {"A": F(1)},
        "U2": {"A": F(1)},
        "U3": {"A": F(4)},
        "V1": {"A": F(9)},
    }
    themes = {bid: bid[0] for bid in points}
    # By hand: T one bid, 2 - 6 = -4; U two bids, 1 - 4 = -3; V has no others. (-4 + 2 x -3) / 3.
    assert gap_within_themes(points, themes, frozenset({"T1", "U1", "U2", "V1"})) == {"A": F(-10, 3)}


def test_criteria_of_one_theme_add_up_with_those_of_another() -> None:
    points = {"T1": {"A": F(2)}, "T2": {"A": F(6)}, "U1": {"B": F(1)}, "U2": {"B": F(4)}}
    found = gap_within_themes(points, {bid: bid[0] for bid in points}, frozenset({"T1", "U1"}))
    assert found == {"A": F(-2), "B": F(-3, 2)}
    assert gap_within_themes(points, {bid: bid[0] for bid in points}, frozenset()) == {}
