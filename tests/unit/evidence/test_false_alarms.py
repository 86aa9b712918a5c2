"""The rates of false alarms that ship: measured again with another seed, they are the same but for chance."""

from math import sqrt

import pytest

from benchmarks.false_alarms import PLANTS, measured, one, written
from evaluator.evidence.exceptions.catalogue import TESTS
from evaluator.files.read.engine_data import read_false_alarms

AGAIN, STANDARD_ERRORS = 160, 4


def test_a_programme_is_drawn_scored_and_looked_through_the_same_every_time() -> None:
    first = one("any 1", planted=False)
    assert first == one("any 1", planted=False)
    assert first != one("any 2", planted=False)
    assert set(first.items) == {test.id for test in TESTS}


def test_what_ships_is_what_the_script_writes() -> None:
    import tomllib

    rates = read_false_alarms()
    assert tomllib.loads(written(rates)) == rates


@pytest.mark.slow
def test_measured_again_with_another_seed_the_rates_are_the_same_but_for_chance() -> None:
    rates, again = read_false_alarms(), measured(AGAIN, 7, 20)
    for test in TESTS:
        before, now = rates["tests"][test.id], again["tests"][test.id]
        share = before["programmes"] / rates["programmes"]
        slack = STANDARD_ERRORS * sqrt(share * (1 - share) * (1 / AGAIN + 1 / rates["programmes"])) + 0.01
        assert abs(now["programmes"] / AGAIN - share) <= slack, test.id
        per_bid = before["items"] / rates["bids"]
        wide = STANDARD_ERRORS * 2 * sqrt(per_bid * (1 / again["bids"] + 1 / rates["bids"])) + 0.001
        assert abs(now["items"] / again["bids"] - per_bid) <= wide, test.id
        if test.id in PLANTS:
            assert now["found"] >= 0.6 * now["planted"] > 0, test.id
