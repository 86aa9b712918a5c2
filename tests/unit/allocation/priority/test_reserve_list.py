"""Who waits in a reserve list, as far as its length, and by how much each limit stands in the way."""

from decimal import Decimal
from typing import Any

import pytest

from evaluator.allocation import allocate
from evaluator.records.results.allocation import FULL, Level
from tests.unit.allocation.small_problems import bids, budget, candidate, problem

BIDS = [candidate(bid, score, 100) for bid, score in (("A", 90), ("B", 80), ("C", 70), ("D", 70), ("E", 60))]


@pytest.mark.parametrize(
    ("length", "waiting"),
    [
        (1, [("B", 1)]),
        (2, [("B", 1), ("C", 2), ("D", 2)]),
        (3, [("B", 1), ("C", 2), ("D", 2)]),
        (4, [("B", 1), ("C", 2), ("D", 2), ("E", 4)]),
    ],
)
def test_a_list_ends_at_its_length_and_equal_bids_wait_together(length: int, waiting: list[tuple[str, int]]) -> None:
    rule = {"kind": "reserve_list", "theme": "advice", "length": length}
    result = allocate(problem(BIDS, budget(100), rule, method="priority"))
    assert bids(result) == ("A",)
    assert [(one.bid, one.place) for one in result.reserve] == waiting


def needs(rule: dict[str, Any], **second: Any) -> str:
    """What must become free for a bid like the one that is funded."""
    same = {"organisations": ("o",), "hours": Decimal("1.5"), "levels": (Level(FULL, 50, (10_00, 20_00)),)}
    some = [candidate("A", 0, 0, **same), candidate("B", 0, 0, **(same | second))]
    waiting = {"kind": "reserve_list", "theme": "*", "length": 1}
    made = problem(some, rule, waiting, method="priority", tie_break=["lower_cost"], years=("y1", "y2"))
    (only,) = allocate(made).reserve
    return only.needs


DEARER = {"levels": (Level(FULL, 50, (10_00, 20_01)),)}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"kind": "budget", "limit": "60"}, "£0.01 more becomes free (rule R1)"),
        ({"kind": "year_budget", "year": "y2", "limit": "40"}, "£0.01 more becomes free in y2 (rule R1)"),
        ({"kind": "theme_budget", "theme": "*", "limit": "60"}, "£0.01 more becomes free in advice (rule R1)"),
        ({"kind": "organisation_money", "limit": "60"}, "£0.01 more becomes free in o (rule R1)"),
        ({"kind": "capacity", "limit": "2.99"}, "0.01 hours become free (rule R1)"),
        ({"kind": "theme_awards", "theme": "*", "most": 1}, "1 award fewer is made among advice"),
        ({"kind": "exclusive", "bids": ["A", "B"]}, "1 award fewer is made among A, B"),
    ],
)
def test_what_stands_in_the_way_is_said_to_the_penny(rule: dict[str, Any], words: str) -> None:
    assert needs(rule, **DEARER) == f"It is funded when {words}."
