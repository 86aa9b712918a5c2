"""Intervals against published figures."""

import pytest

from evaluator.equality.statistics.intervals import relative_success, wilson, wilson_of_rate


def test_wilsons_interval_of_81_in_263_is_as_published() -> None:
    # Newcombe (1998), Statistics in Medicine 17:857, table I, method 3: 0.2553 to 0.3662.
    assert wilson(81, 263) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))


def test_nothing_has_no_interval_and_ends_stay_between_nought_and_one() -> None:
    assert wilson(0, 0) is None
    assert wilson_of_rate(0.0, 10)[0] == 0.0
    assert wilson_of_rate(1.0, 10)[1] == 1.0


def test_the_interval_of_relative_success_is_koopmans() -> None:
    # Koopman (1984), Biometrics 40:513: 36 of 40 against 16 of 80, ratio 4.5, 95 % from 2.94 to 7.15.
    low, high = relative_success((36, 40), (52, 120), (40, 80))
    share = 40 / 120
    over_others = [end * (1 - share) / (1 - end * share) for end in (low, high)]
    assert over_others == pytest.approx([2.94, 7.15], abs=0.01)


def test_bids_of_the_same_organisations_widen_it_and_no_award_has_an_end() -> None:
    narrow, wide = relative_success((20, 40), (60, 100), (40, 60)), relative_success((20, 40), (60, 100), (15, 25))
    assert wide[0] < narrow[0] < 20 / 40 / 0.6 < narrow[1] < wide[1]
    assert relative_success((0, 25), (35, 90), (25, 65))[0] == 0.0
    assert relative_success((35, 60), (35, 90), (60, 30))[1] == pytest.approx(1.5)  # all awards to 60 of 90
    assert relative_success((5, 5), (5, 5), (5, 0)) == (1.0, 1.0)
