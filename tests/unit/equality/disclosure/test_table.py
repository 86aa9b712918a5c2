"""What a reader can work out from one printed table, against every table that there is."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.equality.disclosure.table import Cell, Printed, Public, band_of, cell
from evaluator.records.results.equality import Band

SMALL = st.tuples(st.integers(0, 4), st.integers(0, 4))


def tables(counts: list[tuple[int, int]], few: int, width: int) -> Printed:
    """Print groups of so many without and with an award."""
    whole = sum(a + b for a, b in counts)
    funded = sum(b for _, b in counts)
    cells = []
    for at, (others, won) in enumerate(counts):
        size = band_of(others + won, whole, few, width)
        most = min(size.most, funded)
        cells.append(cell(size, band_of(won, most, few, width) if at < len(counts) - 1 else Band(0, most)))
    return Printed(Public(whole, funded, few, 1, outside_tells=True), tuple(cells))


def every_table(table: Printed) -> list[tuple[tuple[int, int], ...]]:
    """List every size and number of funded organisations of each group that fits: the oracle."""

    def fits(one: Cell) -> list[tuple[int, int]]:
        sizes = range(one.size.least, one.size.most + 1)
        return [(s, w) for s in sizes for w in range(one.funded.least, min(one.funded.most, s) + 1)]

    found = product(*map(fits, table.cells))
    public = table.public
    return [
        each
        for each in found
        if sum(s for s, _ in each) == public.organisations and sum(w for _, w in each) == public.funded
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(SMALL, min_size=2, max_size=4), st.sampled_from([2, 3]), st.sampled_from([1, 2, 5]))
def test_the_bounds_of_every_group_are_those_of_all_tables_that_fit(
    counts: list[tuple[int, int]], few: int, width: int
) -> None:
    table = tables(counts, few, width)
    every = every_table(table)
    for at in range(len(counts)):
        sizes, won = [each[at][0] for each in every], [each[at][1] for each in every]
        lost = [each[at][0] - each[at][1] for each in every]
        assert table.size(at) == Band(min(sizes), max(sizes))
        assert table.funded(at) == Band(min(won), max(won))
        assert table.others(at) == Band(min(lost), max(lost))


def test_a_group_of_which_nobody_won_is_printed_as_few_and_no_named_winner_is_shown_to_be_outside_it() -> None:
    """The case of the issue: 25 women-led organisations among 35, and no award to any of them."""
    table = tables([(25, 0), (0, 10), (0, 0)], 3, 1)
    assert table.cells[0].size == Band(25, 25)
    assert table.cells[0].funded == Band(0, 2)


@pytest.mark.parametrize(
    ("counts", "kept"),
    [
        ([(30, 15), (20, 20), (3, 2)], True),
        ([(30, 15), (20, 20), (0, 0)], True),  # that everyone gave an answer is nobody's reply
        ([(20, 12), (20, 20), (2, 1), (1, 0)], False),  # the third group's one award follows from the others
        ([(30, 15), (20, 20), (2, 2), (1, 1), (0, 0)], True),
        ([(45, 40), (0, 0), (0, 0)], True),  # printed as all but two or fewer, and two or fewer
        ([(45, 40), (0, 0)], False),  # a group alone: nobody could be outside it
    ],
)
def test_a_table_keeps_the_rule_where_two_more_could_always_be_in_a_group_or_out_of_it(
    counts: list[tuple[int, int]], kept: bool
) -> None:
    assert tables(counts, 3, 1).keeps_the_rule(awards=True) is kept
