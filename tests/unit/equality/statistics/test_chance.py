"""What chance gives a group, counted exactly, and p-values adjusted for being many."""

from fractions import Fraction

import pytest

from evaluator.equality.statistics.chance import Chance, chance_of, false_discovery
from tests.unit.equality.vectors import vector


def test_the_ways_of_the_lady_tasting_tea_by_hand() -> None:
    tea = Chance(bids=4, all_bids=8, awards=4)
    assert tuple(tea.ways()) == (1, 16, 36, 16, 1)
    assert tea.all_ways == 70


@pytest.mark.parametrize(
    ("table", "ends"),
    [([[2, 1], [3, 4]], (0, 3)), ([[2, 1], [7, 0]], (2, 3)), ([[1, 5], [1, 0]], (1, 2)), ([[0, 4], [0, 3]], (0, 0))],
)
def test_a_group_can_get_from_what_the_others_must_leave_to_all_of_its_bids(
    table: list[list[int]], ends: tuple[int, int]
) -> None:
    chance = chance_of(table)
    assert (chance.least, chance.most) == ends
    assert sum(chance.ways()) == chance.all_ways


def test_fifteen_p_values_are_adjusted_as_published() -> None:
    given = vector("bh_1995")
    adjusted = false_discovery([Fraction(str(p)) for p in given["inputs"]["p"]])
    assert sum(p <= Fraction(1, 20) for p in adjusted) == given["expected"]["n_bh"]
    assert [float(p) for p in adjusted[:4]] == pytest.approx(given["expected"]["adjusted_first4"])


def test_no_p_values_need_no_adjustment() -> None:
    assert false_discovery([]) == ()


@pytest.mark.parametrize("awards", [0, 8])
def test_no_awards_or_awards_for_all_leave_nothing_to_chance(awards: int) -> None:
    assert len(tuple(Chance(3, 8, awards).ways())) == 1


def test_thirteen_thousand_bids_are_still_exact() -> None:
    chance = Chance(1000, 13_000, 3_500)
    assert sum(chance.ways()) == chance.all_ways
