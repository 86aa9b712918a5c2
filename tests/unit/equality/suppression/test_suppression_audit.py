"""Whether what is shown leaves every small count open: at the threshold, just under it and just over it."""

from collections.abc import Mapping, Sequence

import pytest

from evaluator.equality.data.stage_reached import NOT_RECOMMENDED, RECOMMENDED, StagesReached
from evaluator.equality.suppression.suppression import BY_THEME
from evaluator.equality.suppression.suppression_audit import Proposed, leaves_open, withheld_until_open
from tests.unit.equality.small_programmes import bid

EVERY = frozenset(range(5))
NOTHING = frozenset[int]()


def proposed(
    lines: Mapping[str, Sequence[int]],
    hidden: Sequence[str] = (),
    shown: frozenset[int] = EVERY,
    outcomes: Mapping[str, int] | None = None,
) -> Proposed:
    """Each line by the bids of each of its organisations; all are recommended unless the line comes otherwise."""
    by_reply = {
        name: tuple(bid(f"{name}{at}-{n}", f"{name}{at}") for at, number in enumerate(bids) for n in range(number))
        for name, bids in lines.items()
    }
    came = {one.id: (outcomes or {}).get(name, RECOMMENDED) for name, bids in by_reply.items() for one in bids}
    every = tuple(one for bids in by_reply.values() for one in bids)
    reached = StagesReached(every, came, {name: 100 for name, outcome in came.items() if outcome == RECOMMENDED})
    return Proposed(by_reply, {name: NOTHING if name in hidden else shown for name in lines}, reached, threshold=10)


@pytest.mark.parametrize(("own", "is_open"), [(9, False), (10, True), (11, True)])
def test_a_number_about_as_many_organisations_as_the_threshold_may_be_told(own: int, *, is_open: bool) -> None:
    assert leaves_open(proposed({"A": [1] * own, "B": [1] * 20})) is is_open


@pytest.mark.parametrize(("other", "is_open"), [(8, False), (9, True), (10, True)])
def test_a_hidden_count_is_open_over_a_range_as_wide_as_the_threshold(other: int, *, is_open: bool) -> None:
    # A and B are hidden: of their organisations A has at least one and leaves B one, so 3 and 9 can be 1 to 11.
    found = proposed({"A": [1] * 3, "B": [1] * other, "C": [1] * 20}, hidden=("A", "B"))
    assert leaves_open(found) is is_open


@pytest.mark.parametrize(("others", "is_open"), [([2] * 20, False), ([2] * 20 + [3], True)])
def test_an_odd_number_of_bids_tells_the_only_organisation_with_an_odd_number(
    others: list[int], *, is_open: bool
) -> None:
    # 43 bids of A, when all organisations but one made two: the one that made three is of A.
    assert leaves_open(proposed({"A": [2] * 20 + [3], "B": others})) is is_open


@pytest.mark.parametrize(("of_a", "of_b", "kept"), [(20, 20, EVERY), (20, 9, NOTHING)])
def test_less_is_shown_until_nothing_is_told(of_a: int, of_b: int, kept: frozenset[int]) -> None:
    assert withheld_until_open(proposed({"A": [1] * of_a, "B": [1] * of_b})) == {"A": kept, "B": kept}


def test_a_stage_that_tells_is_withheld_and_the_number_received_stays() -> None:
    # All of A are recommended and none of B: received they are 20 and 20, recommended 20 and 0.
    found = withheld_until_open(proposed({"A": [1] * 20, "B": [1] * 20}, outcomes={"B": NOT_RECOMMENDED}))
    assert found == {"A": EVERY - {RECOMMENDED}, "B": EVERY - {RECOMMENDED}}


def test_nothing_shown_tells_nothing() -> None:
    assert leaves_open(proposed({"A": [1], "B": [1]}, hidden=("A", "B")))


def test_a_line_without_bids_is_not_shown_alone() -> None:
    # Only who is recommended would be shown, all of A and none of B: nothing is left to show beside the nought of C.
    lines = {"A": [1] * 20, "B": [1] * 9, "C": []}
    found = withheld_until_open(proposed(lines, shown=frozenset({RECOMMENDED}), outcomes={"B": NOT_RECOMMENDED}))
    assert found == {"A": NOTHING, "B": NOTHING, "C": NOTHING}


@pytest.mark.parametrize(("own", "is_open"), [(3, False), (9, False), (10, True)])
def test_a_number_by_theme_is_about_as_many_as_the_threshold(own: int, *, is_open: bool) -> None:
    # Of A, own are in the theme U and 20 in T; of B 20 and 20. As a whole both are large.
    by_reply = {
        name: tuple(
            bid(f"{name}{theme}{n}", f"{name}{theme}{n}", theme=theme) for theme, size in sizes for n in range(size)
        )
        for name, sizes in (("A", (("T", 20), ("U", own))), ("B", (("T", 20), ("U", 20))))
    }
    every = tuple(one for bids in by_reply.values() for one in bids)
    reached = StagesReached(every, {one.id: RECOMMENDED for one in every}, {one.id: 100 for one in every})
    whole, by_theme = (
        Proposed(by_reply, dict.fromkeys(by_reply, some), reached, 10) for some in (EVERY, EVERY | {BY_THEME})
    )
    assert leaves_open(whole)
    assert leaves_open(by_theme) is is_open
