"""What swaps say that a count could come to, some other replies do come to; by going through all of them."""

import random
from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from evaluator.equality.suppression.swaps import Swaps


def other_replies(truth: np.ndarray, told: np.ndarray, shown: dict[int, tuple[int, ...]]) -> Iterator[np.ndarray]:
    """Every other dealing out of the organisations that gives the same numbers and leaves no line without one."""
    ways = [
        [row for row in product(range(number + 1), repeat=len(truth)) if sum(row) == number]
        for number in truth.sum(axis=0)
    ]
    for columns in product(*ways):
        made = np.array(columns).T
        same = all((made[at] @ told == truth[at] @ told)[list(which)].all() for at, which in shown.items())
        if same and made.sum(axis=1).all():
            yield made


@pytest.mark.parametrize("seed", range(25))
def test_what_swaps_say_is_open_is_open(seed: int) -> None:
    dice = random.Random(seed)
    lines, kinds, sums = dice.choice((2, 3)), dice.choice((2, 3, 4)), dice.choice((1, 2))
    truth = np.array([[dice.randint(0, 2) for _ in range(kinds)] for _ in range(lines)])
    truth[:, 0] = np.maximum(truth[:, 0], 1)
    told = np.array([[dice.randint(at == 0, 3) for at in range(sums)] for _ in range(kinds)])
    weights = np.array([[dice.randint(0, 2) for _ in range(kinds)] for _ in range(3)])
    hidden = tuple(at for at in range(lines) if dice.random() < 0.5)
    shown = {at: tuple(range(sums)) for at in range(lines) if at not in hidden}
    every = list(other_replies(truth, told, shown))
    swaps = Swaps(truth, told, hidden, weights)
    for place in range(lines):
        counts = np.array([weights @ made[place] for made in every])
        least, most = swaps.ranges(place)
        own = weights @ truth[place]
        assert (counts.min(axis=0) <= least).all()
        assert (most <= counts.max(axis=0)).all()
        assert len(hidden) > 1 or ((least <= own).all() and (own <= most).all())


def test_a_few_that_add_up_to_the_same_change_places_too() -> None:
    # One organisation with two bids against two with one each, of which only the bids are shown.
    swaps = Swaps(np.array([[1, 0], [0, 2]]), np.array([[2], [1]]), (), np.array([[1, 0], [0, 1]]))
    assert [ends.tolist() for ends in swaps.ranges(0)] == [[0.0, 0.0], [1.0, 2.0]]


@pytest.mark.parametrize(("hidden", "most"), [(2, 0), (3, 2), (4, 2)])
def test_a_hidden_line_keeps_one_of_its_commonest_organisations(hidden: int, most: int) -> None:
    # A line shown has one organisation with two bids; a hidden one has so many with one, and can give all but one.
    swaps = Swaps(np.array([[1, 0], [0, hidden]]), np.array([[2], [1]]), (1,), np.array([[0, 1]]))
    assert [ends.tolist() for ends in swaps.ranges(0)] == [[0.0], [float(most)]]


A_FOR_TWO = np.array([[2], [1]])  # an organisation with two bids, and two with one each, add the same


@pytest.mark.parametrize(("pool", "most"), [((1, 1), 0), ((2, 1), 0), ((2, 2), 2), ((3, 2), 2)])
def test_each_hidden_line_keeps_an_organisation_when_others_change_places(pool: tuple[int, int], most: int) -> None:
    # The shown line has one with two bids; two hidden lines have so many with one, of which each must keep one.
    truth = np.array([[1, 0], [0, pool[0]], [0, pool[1]]])
    swaps = Swaps(truth, A_FOR_TWO, (1, 2), np.array([[0, 1]]))
    assert [ends.tolist() for ends in swaps.ranges(0)] == [[0.0], [float(most)]]


def test_hidden_lines_with_one_organisation_each_have_none_to_give() -> None:
    # The shown line has two with one bid; the hidden lines have one with two bids each, and keep it.
    swaps = Swaps(np.array([[0, 2], [1, 0], [1, 0]]), A_FOR_TWO, (1, 2), np.array([[1, 0]]))
    assert [ends.tolist() for ends in swaps.ranges(0)] == [[0.0], [0.0]]


def test_only_the_commonest_organisations_are_kept_by_hidden_lines() -> None:
    # Two with one bid and three with two are hidden: those with two are kept, so two with one can be given for one.
    swaps = Swaps(np.array([[1, 0], [2, 1], [1, 1]]), A_FOR_TWO, (1, 2), np.array([[0, 1]]))
    assert [ends.tolist() for ends in swaps.ranges(0)] == [[0.0], [2.0]]


def test_a_hidden_line_may_be_left_with_the_organisation_that_adds_least() -> None:
    # Four are alike but for what is asked: a line can have one that counts nothing, or three, two of which count.
    swaps = Swaps(np.array([[1, 1], [1, 1]]), np.array([[1], [1]]), (0, 1), np.array([[0, 1]]))
    assert [ends.tolist() for ends in swaps.ranges(0)] == [[0.0], [2.0]]


@pytest.mark.parametrize(
    ("told", "most"),
    [([[2], [1]], 2.0), ([[2, 2], [1, 1]], 2.0), ([[2, 2], [1, 2]], 0.0), ([[2, 2, 1], [1, 1, 1]], 0.0)],
)
def test_places_are_changed_only_where_every_number_shown_stays(told: list[list[int]], most: float) -> None:
    swaps = Swaps(np.array([[1, 0], [0, 2]]), np.array(told), (), np.array([[0, 1]]))
    assert [ends.tolist() for ends in swaps.ranges(0)] == [[0.0], [most]]


def test_any_number_of_counts_can_be_asked_about() -> None:
    weights = np.array([[0, at] for at in range(20)])
    least, most = Swaps(np.array([[1, 0], [0, 2]]), A_FOR_TWO, (), weights).ranges(0)
    assert (least.tolist(), most.tolist()) == ([0.0] * 20, [2.0 * at for at in range(20)])
