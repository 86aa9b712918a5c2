"""Whether what is shown leaves every small count open: at the threshold, just under it and just over it."""

from collections.abc import Mapping, Sequence

import pytest

from evaluator.equality.data.stage_reached import NOT_RECOMMENDED, RECOMMENDED, StagesReached
from evaluator.equality.suppression.suppression import BY_THEME
from evaluator.equality.suppression.suppression_audit import Proposed, leaves_open, withheld_until_open
from evaluator.records.results.equality import NOT_KNOWN
from tests.unit.equality.small_programmes import bid

EVERY, NOTHING = frozenset(range(5)), frozenset[int]()
Bids = list[tuple[int, str]]  # of one organisation, each with how far it came and its theme
WON: Bids = [(RECOMMENDED, "T")]
LOST: Bids = [(NOT_RECOMMENDED, "T")]


def proposed(
    lines: Mapping[str, Sequence[Bids]], hidden: Sequence[str] = (), shown: frozenset[int] = EVERY
) -> Proposed:
    """What is shown, at a threshold of ten, of lines with these organisations."""
    by_reply, came = {}, {}
    for line, organisations in lines.items():
        found = []
        for at, bids in enumerate(organisations):
            for n, (outcome, theme) in enumerate(bids):
                found.append(bid(f"{line}{at}-{n}", f"{line}{at}", theme=theme))
                came[found[-1].id] = outcome
        by_reply[line] = tuple(found)
    every = tuple(one for bids in by_reply.values() for one in bids)
    reached = StagesReached(every, came, {name: 100 for name, outcome in came.items() if outcome == RECOMMENDED})
    return Proposed(by_reply, {line: NOTHING if line in hidden else shown for line in lines}, reached, threshold=10)


@pytest.mark.parametrize(("own", "is_open"), [(9, False), (10, True), (11, True)])
def test_a_number_about_as_many_organisations_as_the_threshold_may_be_told(own: int, *, is_open: bool) -> None:
    assert leaves_open(proposed({"A": [WON] * own, "B": [WON] * 20})) is is_open


@pytest.mark.parametrize(("other", "is_open"), [(8, False), (9, True), (10, True)])
def test_a_hidden_count_is_open_over_a_range_as_wide_as_the_threshold(other: int, *, is_open: bool) -> None:
    # A and B are hidden: of their organisations A has at least one and leaves B one, so 3 and 9 can be 1 to 11.
    found = proposed({"A": [WON] * 3, "B": [WON] * other, "C": [WON] * 20}, hidden=("A", "B"))
    assert leaves_open(found) is is_open


@pytest.mark.parametrize(("other", "is_open"), [("B", True), (NOT_KNOWN, False)])
def test_the_line_of_those_without_a_row_hides_nothing_because_the_notes_name_them(
    other: str, *, is_open: bool
) -> None:
    found = proposed({"A": [WON] * 3, other: [WON] * 20, "C": [WON] * 20}, hidden=("A", other))
    assert leaves_open(found) is is_open


@pytest.mark.parametrize(("lost", "is_open"), [(9, False), (10, True), (11, True)])
def test_how_many_got_no_further_is_a_count_too_though_only_the_stages_are_shown(lost: int, *, is_open: bool) -> None:
    found = proposed(
        {"A": [WON] * 20 + [LOST] * lost, "B": [WON] * 20 + [LOST] * 20}, shown=frozenset({0, RECOMMENDED})
    )
    assert leaves_open(found) is is_open


@pytest.mark.parametrize(("won", "is_open"), [(9, False), (10, True), (11, True)])
def test_the_awards_of_a_theme_are_a_count_where_themes_are_shown(won: int, *, is_open: bool) -> None:
    elsewhere = [[(RECOMMENDED, "U")]] * 20 + [[(NOT_RECOMMENDED, "U")]] * 20
    lines = {"A": [WON] * won + [LOST] * 20 + elsewhere, "B": [WON] * 20 + [LOST] * 20 + elsewhere}
    assert leaves_open(proposed(lines, shown=EVERY | {BY_THEME})) is is_open


@pytest.mark.parametrize(("organisations", "is_open"), [(9, False), (10, True), (11, True)])
def test_organisations_are_counted_and_not_their_bids(organisations: int, *, is_open: bool) -> None:
    assert leaves_open(proposed({"A": [WON * 10] * organisations, "B": [WON * 10] * 20})) is is_open


@pytest.mark.parametrize(("others", "is_open"), [([WON * 2] * 20, False), ([WON * 2] * 20 + [WON * 3], True)])
def test_an_odd_number_of_bids_tells_the_only_organisation_with_an_odd_number(
    others: list[Bids], *, is_open: bool
) -> None:
    # 43 bids of A, when all organisations but one made two: the one that made three is of A.
    assert leaves_open(proposed({"A": [WON * 2] * 20 + [WON * 3], "B": others})) is is_open


@pytest.mark.parametrize(("of_b", "kept"), [(20, EVERY), (10, EVERY), (9, NOTHING)])
def test_less_is_shown_until_nothing_is_told(of_b: int, kept: frozenset[int]) -> None:
    assert withheld_until_open(proposed({"A": [WON] * 20, "B": [WON] * of_b})) == {"A": kept, "B": kept}


def test_a_stage_that_tells_is_withheld_and_those_before_it_stay() -> None:
    # All of A are recommended and none of B: received they are 20 and 20, recommended 20 and 0.
    found = withheld_until_open(proposed({"A": [WON] * 20, "B": [LOST] * 20}))
    assert found == {"A": EVERY - {RECOMMENDED}, "B": EVERY - {RECOMMENDED}}


def test_nothing_shown_tells_nothing() -> None:
    assert leaves_open(proposed({"A": [WON], "B": [WON]}, hidden=("A", "B")))


def test_a_line_without_bids_is_not_shown_alone() -> None:
    # Only who is recommended would be shown, all of A and none of B: nothing is left to show beside the nought of C.
    lines = {"A": [WON] * 20, "B": [LOST] * 9, "C": []}
    found = withheld_until_open(proposed(lines, shown=frozenset({RECOMMENDED})))
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
