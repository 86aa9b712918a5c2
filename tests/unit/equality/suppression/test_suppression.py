"""What may be shown of a table: cells large enough, and no other cell given away by subtraction."""

from collections.abc import Mapping

import pytest

from evaluator.equality.suppression.suppression import BY_THEME, Line, shown_stages

ALL = [0, 1, 2, 3]


def lines(table: Mapping[str, tuple[int, ...]]) -> tuple[Line, ...]:
    """Each bid by an organisation of its own."""
    made = []
    for name, bids in table.items():
        ids = [frozenset(f"{name}{outcome}-{n}" for n in range(number)) for outcome, number in enumerate(bids)]
        made.append(Line(name, bids, tuple(ids)))
    return tuple(made)


def shown(table: Mapping[str, tuple[int, int, int, int]], threshold: int = 10) -> dict[str, list[int]]:
    return {name: sorted(stages - {BY_THEME}) for name, stages in shown_stages(lines(table), threshold).items()}


def test_large_cells_are_shown_at_every_stage() -> None:
    assert shown({"Yes": (10, 10, 10, 10), "No": (12, 11, 15, 20)}) == {"Yes": ALL, "No": ALL}


def test_one_bid_that_fails_the_gates_closes_the_stage_for_every_group() -> None:
    # Above the minimum too: 39 of 40 would tell as much.
    assert shown({"Yes": (0, 0, 20, 20), "No": (1, 0, 20, 20)}) == {"Yes": [0, 3], "No": [0, 3]}


def test_a_stage_that_all_bids_pass_is_shown_because_it_tells_nothing() -> None:
    assert shown({"Yes": (0, 0, 20, 20), "No": (0, 0, 20, 20)}) == {"Yes": ALL, "No": ALL}


def test_a_small_group_is_hidden_and_the_smallest_other_hides_it() -> None:
    found = shown({"A": (0, 0, 3, 2), "B": (0, 0, 20, 20), "C": (0, 0, 30, 30)})
    assert found == {"A": [], "B": [], "C": ALL}


def test_two_groups_of_which_one_is_small_are_both_hidden() -> None:
    assert shown({"A": (0, 0, 3, 2), "B": (0, 0, 60, 40)}) == {"A": [], "B": []}


def test_that_a_group_has_no_award_is_hidden_and_another_hides_it() -> None:
    found = shown({"A": (0, 0, 30, 0), "B": (0, 0, 30, 15), "C": (0, 0, 30, 20)})
    # The smaller of the others hides that A has none.
    assert found == {"A": [0, 1, 2], "B": [0, 1, 2], "C": ALL}


def test_a_group_that_nobody_belongs_to_is_shown_as_nought() -> None:
    assert shown({"A": (0, 0, 0, 0), "B": (0, 0, 20, 20), "C": (0, 0, 20, 20)})["A"] == ALL


def test_one_group_of_everyone_is_hidden_because_it_tells_of_each() -> None:
    assert shown({"A": (0, 0, 40, 40), "B": (0, 0, 0, 0)}) == {"A": [], "B": []}


def test_many_bids_of_few_organisations_are_hidden() -> None:
    few = frozenset({"x", "y", "z"})
    busy = Line("Busy", (0, 0, 30, 30), (frozenset(), frozenset(), few, few))
    found = shown_stages((busy, *lines({"B": (0, 0, 20, 20), "C": (0, 0, 20, 20)})), 10)
    assert not found["Busy"]


def test_no_bids_at_all_are_shown_as_nought() -> None:
    assert shown({"A": (0, 0, 0, 0)}) == {"A": ALL}


def test_threshold_one_withholds_nothing() -> None:
    assert shown({"A": (1, 0, 0, 0), "B": (0, 0, 1, 0)}, threshold=1) == {"A": ALL, "B": ALL}


@pytest.mark.parametrize(("failed", "open_stages"), [(9, [0, 2, 3]), (10, ALL), (11, ALL)])
def test_a_stage_opens_when_as_many_organisations_as_the_threshold_dropped_out_there(
    failed: int, open_stages: list[int]
) -> None:
    found = shown({"Yes": (failed, 20, 20, 20), "No": (20, 20, 20, 20)})
    assert found == {"Yes": open_stages, "No": open_stages}


@pytest.mark.parametrize(("own", "open_stages"), [(10, [0]), (11, [0, 3]), (12, [0, 3])])
def test_a_count_that_the_public_totals_nearly_tell_must_be_large_without_the_rest(
    own: int, open_stages: list[int]
) -> None:
    # One bid failed a gate: of the bids not recommended all but one are known to have come above the minimum.
    found = shown({"Yes": (0, 0, own, 20), "No": (1, 0, 20, 20)})
    assert found == {"Yes": open_stages, "No": open_stages}


@pytest.mark.parametrize(("second", "third"), [(6, []), (7, ALL), (8, ALL)])
def test_hidden_lines_need_the_threshold_and_one_for_each_to_hide_one_another(second: int, third: list[int]) -> None:
    # A has 5: 12 together hide each other, 11 need another line with them.
    found = shown({"A": (0, 0, 0, 5), "B": (0, 0, 0, second), "C": (0, 0, 0, 20), "D": (0, 0, 0, 30)})
    assert found == {"A": [], "B": [], "C": third, "D": ALL}


@pytest.mark.parametrize(("own", "open_stages"), [(7, []), (8, [0]), (9, [0])])
def test_one_line_alone_cannot_be_hidden_because_it_is_all_that_is_left(own: int, open_stages: list[int]) -> None:
    # Five of No failed a gate, so that 14 bids of Yes are known to hold 9 that passed: too few to be shown.
    found = shown({"Yes": (0, 0, own, 7), "No": (5, 0, 20, 20)})
    assert found == {"Yes": open_stages, "No": open_stages}


@pytest.mark.parametrize(("hiding", "third"), [(6, [0, 1, 2]), (7, ALL), (8, ALL)])
def test_a_line_hides_anothers_awards_only_if_its_own_bids_leave_them_room(hiding: int, third: list[int]) -> None:
    # A has 8 awards, B 5: 13 together. But B's awards cannot be more than its bids, which are shown: 12 are enough.
    found = shown({"A": (0, 0, 30, 8), "B": (0, 0, hiding, 5), "C": (0, 0, 30, 30)})
    assert found == {"A": [0, 1, 2], "B": [0, 1, 2], "C": third}


@pytest.mark.parametrize(("awards", "by_theme"), [(4, False), (5, False), (10, True), (11, True)])
def test_nothing_is_shown_theme_by_theme_where_the_awards_as_a_whole_are_not(awards: int, *, by_theme: bool) -> None:
    # Two themes, 20 bids of each line not recommended in each; A has so many awards in each.
    def line(name: str, won: int) -> Line:
        cells = (0, 0, 0, 0, 20, 20, won, won)
        ids = [frozenset(f"{name}{cell}-{n}" for n in range(number)) for cell, number in enumerate(cells)]
        return Line(name, cells, tuple(ids))

    found = shown_stages((line("A", awards), line("B", 20)), 10, themes=2)
    assert all((BY_THEME in stages) is by_theme for stages in found.values())


@pytest.mark.parametrize(("failed", "own", "open_stages"), [(9, 18, [0]), (9, 19, [0, 3]), (10, 10, [0, 3])])
def test_public_totals_tell_a_part_only_where_fewer_than_the_threshold_are_outside_it(
    failed: int, own: int, open_stages: list[int]
) -> None:
    # So many of No failed a gate: as many as nine leave at least own − 9 of Yes that passed, ten leave it open.
    found = shown({"Yes": (0, 0, own, 20), "No": (failed, 0, 20, 20)})
    assert found == {"Yes": open_stages, "No": open_stages}


@pytest.mark.parametrize(("own", "third"), [(11, [0, 1, 2]), (12, ALL), (13, ALL)])
def test_a_line_shown_before_must_be_large_enough_to_hide_another_at_the_next_stage(own: int, third: list[int]) -> None:
    # A has no award: B hides it only if A and B could each be anything, given what was received, which is shown.
    found = shown({"A": (0, 0, own, 0), "B": (0, 0, 15, 15), "C": (0, 0, 15, 20)})
    assert found == {"A": [0, 1, 2], "B": [0, 1, 2], "C": third}


@pytest.mark.parametrize(("own", "stages"), [(9, ALL), (10, [BY_THEME, *ALL]), (11, [BY_THEME, *ALL])])
def test_themes_are_told_apart_where_each_cell_of_a_theme_is_large(own: int, stages: list[int]) -> None:
    # Cells by outcome, then by theme: of A, own are recommended in the second theme and 20 in the first.
    made = lines({"A": (0, 0, 0, 0, 20, 20, 20, own), "B": (0, 0, 0, 0, 20, 20, 20, 20)})
    found = shown_stages(made, 10, themes=2)
    assert [sorted(found["A"]), sorted(found["B"])] == [stages, stages]


def test_themes_are_not_told_apart_where_awards_are_withheld() -> None:
    made = lines({"A": (0, 0, 0, 0, 30, 30, 2, 2), "B": (0, 0, 0, 0, 30, 30, 20, 20)})
    found = shown_stages(made, 10, themes=2)
    assert [sorted(found["A"]), sorted(found["B"])] == [[0, 1, 2], [0, 1, 2]]


def test_what_is_not_withheld_is_shown_by_theme_too() -> None:
    few = lines({"A": (1, 0, 0, 0), "B": (0, 0, 1, 0)})
    assert [sorted(stages) for stages in shown_stages(few, 1).values()] == [[BY_THEME, *ALL]] * 2
    assert [sorted(stages) for stages in shown_stages(few, 2).values()] == [[], []]
    empty = shown_stages(lines({"A": (0, 0, 0, 0), "B": (0, 0, 20, 20), "C": (0, 0, 20, 20)}), 10)
    assert sorted(empty["A"]) == [BY_THEME, *ALL]


def test_each_of_three_hidden_lines_is_hidden_by_the_two_others_together() -> None:
    # Each has 11 of the 13 that are wanted, any two of them 22.
    found = shown({"A": (0, 0, 11, 0), "B": (0, 0, 4, 7), "C": (0, 0, 4, 7), "D": (0, 0, 20, 30)})
    assert found == {"A": [0, 1, 2], "B": [0, 1, 2], "C": [0, 1, 2], "D": ALL}
