"""Agreement and severity equal the published figures."""

from dataclasses import astuple
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from evaluator.records.programme.criteria import Question
from evaluator.records.programme.scales import Scale, ScaleMark
from evaluator.records.submissions.moderation import Discussed, Given
from evaluator.validation.moderation.agreement import agreement_of, severities
from evaluator.validation.moderation.coefficients import (
    cohen_kappa,
    intraclass,
    kendall_w,
    krippendorff,
    pair_counts,
)
from tests.unit.equality.vectors import vector

SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=np.float64
).T


def matrix(rows: list[list[int | None]]) -> np.ndarray:
    return np.array([[np.nan if mark is None else mark for mark in row] for row in rows], dtype=np.float64)


def test_krippendorffs_alpha_is_the_published_one() -> None:
    one = vector("kripp_canonical")
    marks = matrix(one["inputs"]["rows"])
    assert krippendorff(marks) == pytest.approx(one["expected"]["ordinal"], abs=one["tolerance"])


def test_the_intraclass_correlations_are_those_of_shrout_and_fleiss() -> None:
    assert astuple(intraclass(SHROUT_FLEISS)) == pytest.approx((0.29, 0.71), abs=0.006)


def test_kendalls_w_is_corrected_for_ties() -> None:
    one = vector("kendall_w_anxiety")
    marks = matrix(one["inputs"]["raters"])
    raters, answers = marks.shape
    found = kendall_w(marks)
    assert found == pytest.approx(0.54, abs=0.0005)
    assert raters * (answers - 1) * (found or 0) == pytest.approx(one["expected"]["chi2"], abs=0.005)


def test_weighted_kappa_is_the_published_one() -> None:
    one = vector("wkappa_linear_rexrepos")
    assert cohen_kappa(one["inputs"]["table"], "linear") == pytest.approx(
        one["expected"]["kappa"], abs=one["tolerance"]
    )


@pytest.mark.parametrize(("weights", "kappa"), [("none", 7 / 11), ("linear", 3 / 5), ("quadratic", 13 / 23)])
def test_a_disagreement_of_two_marks_counts_once_twice_or_four_times_as_much(weights: Any, kappa: float) -> None:
    # By hand: one pair a mark apart and one two apart, of eight; chance would give 5.5, 7.5 and 11.5 by these weights.
    assert cohen_kappa([[2, 1, 1], [0, 2, 0], [0, 0, 2]], weights) == pytest.approx(kappa)


def test_a_mark_that_nobody_used_still_counts_in_the_weights() -> None:
    # Two evaluators on a scale of 0, 1, 2 and 5 marks apart once: without the unused 1 the distance would be halved.
    marks = [0, 0, 2, 2, 0], [0, 2, 2, 2, 0]
    assert cohen_kappa(pair_counts(*marks, scale=[0, 1, 2]), "quadratic") == pytest.approx(8 / 13)
    assert cohen_kappa(pair_counts([0, 1, 3], [0, 1, 1], scale=[0, 1, 2, 3]), "linear") == pytest.approx(2 / 5)


def test_severity_in_a_balanced_panel_is_the_difference_of_means() -> None:
    effects = severities(SHROUT_FLEISS)
    assert effects is not None
    assert [effect for effect, _ in effects] == pytest.approx([2.375, -2.7916667, -0.9583333, 1.375], abs=1e-6)
    # The standard error of a judge's effect: sqrt(mean square error x (k - 1) / (k x n)) = sqrt(1.0194 x 3 / 24).
    assert [error for _, error in effects] == pytest.approx([0.3570] * 4, abs=1e-3)


def test_severity_with_gaps_is_not_mistaken_for_poorer_bids() -> None:
    # A is always 1 above B, but A marked the poor answers and B the good ones; they share the third answer.
    effects = severities(matrix([[1, 1, 3, None, None], [None, None, 2, 4, 4]]))
    assert effects is not None
    assert [effect for effect, _ in effects] == pytest.approx([0.5, -0.5])


def test_evaluators_who_share_no_answer_cannot_be_compared() -> None:
    assert severities(matrix([[1, 2, None, None], [None, None, 3, 4]])) is None


def test_marks_that_are_all_the_same_tell_nothing() -> None:
    same = np.full((3, 12), 3.0)
    assert krippendorff(same) is None
    assert kendall_w(same) is None
    assert set(astuple(intraclass(same))) == {None}
    assert severities(same) == tuple([(pytest.approx(0), pytest.approx(0))] * 3)


def test_full_agreement_is_one() -> None:
    marks = np.tile(np.arange(12.0) % 5, (3, 1))
    assert krippendorff(marks) == pytest.approx(1)
    assert kendall_w(marks) == pytest.approx(1)
    assert astuple(intraclass(marks)) == (pytest.approx(1), pytest.approx(1))


SCALE = Scale(source="S", mark=tuple(ScaleMark(mark=Decimal(m), label="L", descriptor="D") for m in range(6)))


def discussed(number: int, *marks: int) -> Discussed:
    question = Question(id="C1", title="Need", text="?", good_answer="…", source="1")
    given = tuple(Given(f"E{place}", Decimal(mark), "…") for place, mark in enumerate(marks))
    return Discussed(f"B{number}", "", question, "north", given, Decimal(max(marks) - min(marks)), False)


def test_few_answers_are_said_to_be_too_few() -> None:
    (one,) = agreement_of([discussed(number, 1, 2) for number in range(4)], SCALE)
    assert (one.answers, one.alpha, one.absolute, one.concordance) == (4, None, None, None)
    (alone,) = agreement_of([discussed(number, number % 3) for number in range(20)], SCALE)
    assert (alone.alpha, alone.severities, alone.connected) == (None, (), False)


@pytest.mark.parametrize(("number", "given"), [(9, False), (10, True), (11, True)])
def test_ten_answers_are_enough_for_the_measures(number: int, *, given: bool) -> None:
    (one,) = agreement_of([discussed(place, place % 3, place % 4) for place in range(number)], SCALE)
    measures = (one.alpha, one.absolute, one.consistent, one.concordance, one.kappa)
    assert [measure is not None for measure in measures] == [given] * 5


def test_answers_that_not_everybody_marked_count_for_alpha_alone() -> None:
    whole = [discussed(place, place % 3, place % 4) for place in range(9)]
    (one,) = agreement_of([*whole, discussed(9, 2)], SCALE)
    assert (one.answers, one.complete) == (10, 9)
    assert one.alpha is not None
    assert (one.absolute, one.concordance, one.kappa) == (None, None, None)


def test_only_a_panel_of_two_has_a_weighted_kappa() -> None:
    (two,) = agreement_of([discussed(number, number % 3, number % 3) for number in range(20)], SCALE)
    assert two.kappa == pytest.approx(1)
    (three,) = agreement_of([discussed(number, 1, 2, number % 3) for number in range(20)], SCALE)
    assert three.kappa is None
