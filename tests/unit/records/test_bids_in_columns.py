"""Bids in columns: they are the same bids as those made one by one, in whatever order they stand."""

import pickle
from dataclasses import fields

from evaluator.records.findings.finding import Source
from evaluator.records.submissions.evaluation import Bid, Bids, ThemeBids, column, ids_of, some_of
from evaluator.records.submissions.received import Block, Table

REGISTER = Table({"bid": ["B2", "B1", "B3"]}, (Block("register.csv", "", range(2, 5), {"bid": "A"}),))
MADE = tuple(
    Bid(name, "T", f"O{name}", Source("register.csv", row=row), price=100 * row)
    for name, row in (("B1", 3), ("B2", 2), ("B3", 4))
)
BY_ROW = sorted(MADE, key=lambda bid: bid.source)
COLUMNS = {field.name: [getattr(bid, field.name) for bid in BY_ROW] for field in fields(Bid)}


def in_columns() -> Bids:
    return Bids({**COLUMNS, "source": REGISTER.sources()}, [1, 0, 2])


def test_bids_in_columns_are_the_bids() -> None:
    assert tuple(in_columns()) == MADE
    assert in_columns() == MADE
    assert hash(in_columns()) == hash(MADE)
    assert repr(in_columns()) == repr(MADE)  # studies are named after it
    assert [in_columns()[at] for at in (0, 1, -1)] == [MADE[0], MADE[1], MADE[2]]
    assert in_columns()[1:] == MADE[1:]
    assert len(in_columns()) == 3


def test_a_column_of_some_bids_is_that_of_the_bids_one_by_one() -> None:
    for bids in (in_columns(), MADE):
        assert list(ids_of(some_of(bids, [2, 0]))) == ["B3", "B1"]
        assert list(column(some_of(bids, [2, 0]), "price")) == [400, 300]
        assert tuple(some_of(bids, [2, 0])) == (MADE[2], MADE[0])


def test_another_process_is_sent_the_bids_and_no_table() -> None:
    assert pickle.loads(pickle.dumps(in_columns())) == MADE


def test_whether_a_mark_stands_at_a_place_is_seen_in_narrow_and_in_wide_marks() -> None:
    theme = ThemeBids("T", MADE, ("Q",), b"", {})
    for cells in ([0, -1, 3], [0, -1, 200]):
        held = theme.with_cells(cells)
        assert [held.holds(place) for place in (-2, -1, 0, 1)] == [False, True, True, False]
