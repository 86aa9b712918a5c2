"""How one evaluator's marks of a group's bids lie from the rest of the panel's."""

from dataclasses import replace
from fractions import Fraction

import pytest

from evaluator.equality.comparison.evaluators import Side, _word, evaluator_gaps, residuals
from evaluator.records.results.equality import Wording
from evaluator.records.submissions.received import Table
from tests.unit.equality.small_programmes import bid, evaluation

F = Fraction


def marks(*rows: tuple[str, str, str, str]) -> Table:
    keys = ("bid", "question", "evaluator", "mark")
    return Table({key: [row[at] for row in rows] for at, key in enumerate(keys)}, ())


def test_a_mark_is_held_against_the_mean_of_the_others_marks_of_the_same_answer() -> None:
    # E1: 5 less the mean of 3 and 1, and 2 less 3: 3 and -1, on average 1. An answer marked by one says nothing.
    found = residuals(
        marks(
            ("B1", "Q1", "E1", "5"),
            ("B1", "Q1", "E2", "3"),
            ("B1", "Q1", "E3", "1"),
            ("B1", "Q2", "E1", "2"),
            ("B1", "Q2", "E2", "3"),
            ("B2", "Q1", "E1", "4"),
        )
    )
    assert found == {"E1": {"B1": F(1)}, "E2": {"B1": F(1, 2)}, "E3": {"B1": F(-3)}}


def compared(own: int, others: int, lower: int = 2) -> list[tuple[str, int, Fraction, Wording]]:
    """E1 marks the group's bids so much lower than E2 does, and all others alike."""
    bids = [
        bid(f"{side}{n:02d}", f"O-{side}{n:02d}") for side, number in (("G", own), ("O", others)) for n in range(number)
    ]
    rows = [
        (one.id, "Q", who, str(5 - lower if who == "E1" and one.id.startswith("G") else 5))
        for one in bids
        for who in ("E1", "E2")
    ]
    group = Side("Women led", "Yes", tuple(bids[:own]))
    found = evaluator_gaps(replace(evaluation(bids), marks=marks(*rows)), [group])
    return [(one.evaluator, one.answers, one.difference, one.wording) for one in found]


@pytest.mark.parametrize(
    ("own", "others", "lines"), [(4, 20, 0), (5, 20, 2), (6, 20, 2), (20, 4, 0), (20, 5, 2), (20, 6, 2)]
)
def test_five_bids_on_either_side_are_needed_for_a_comparison(own: int, others: int, lines: int) -> None:
    assert len(compared(own, others)) == lines


def test_an_evaluator_who_marks_the_group_two_lower_is_named_with_two_marks() -> None:
    assert compared(10, 10) == [
        ("E1", 10, F(-2), Wording.UNLIKELY_CHANCE),
        ("E2", 10, F(2), Wording.UNLIKELY_CHANCE),
    ]


def test_marks_that_are_alike_could_be_chance() -> None:
    assert {wording for *_, wording in compared(10, 10, lower=0)} == {Wording.COULD_BE_CHANCE}


@pytest.mark.parametrize(
    ("p", "wording"),
    [(F(49, 1000), "UNLIKELY_CHANCE"), (F(1, 20), "UNLIKELY_CHANCE"), (F(51, 1000), "COULD_BE_CHANCE")],
)
def test_chance_is_unlikely_at_a_twentieth_or_less(p: Fraction, wording: str) -> None:
    assert _word(p) is Wording[wording]
