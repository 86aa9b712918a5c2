"""Agreement and severity equal the published figures."""

import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from evaluator.records.criteria import Question
from evaluator.records.moderation import Discussed, Given
from evaluator.validation.agreement import agreement_of, intraclass, kendall_w, krippendorff_ordinal, severities

VECTORS = Path(__file__).resolve().parents[4] / "shared" / "reference" / "stat_vectors.json"
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=np.float64
).T


@pytest.fixture(scope="module")
def vectors() -> dict:
    if not VECTORS.is_file():
        pytest.skip("the reference vectors are not beside this repository")
    return {one["id"]: one for one in json.loads(VECTORS.read_text("utf-8"))}


def matrix(rows: list[list[int | None]]) -> np.ndarray:
    return np.array([[np.nan if mark is None else mark for mark in row] for row in rows], dtype=np.float64)


def test_krippendorffs_alpha_is_the_published_one(vectors: dict) -> None:
    one = vectors["kripp_canonical"]
    assert krippendorff_ordinal(matrix(one["inputs"]["rows"])) == pytest.approx(0.815, abs=one["tolerance"])


def test_the_intraclass_correlations_are_those_of_shrout_and_fleiss() -> None:
    absolute, consistent = intraclass(SHROUT_FLEISS)
    assert (absolute, consistent) == (pytest.approx(0.29, abs=0.006), pytest.approx(0.71, abs=0.006))


def test_kendalls_w_is_corrected_for_ties(vectors: dict) -> None:
    one = vectors["kendall_w_anxiety"]
    found = kendall_w(matrix(one["inputs"]["raters"]))
    assert found == pytest.approx(0.54, abs=0.0005)
    assert found is not None
    assert 3 * 19 * found == pytest.approx(one["expected"]["chi2"], abs=0.005)


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
    assert krippendorff_ordinal(same) is None
    assert kendall_w(same) is None
    assert intraclass(same) == (None, None)
    assert severities(same) == tuple([(pytest.approx(0), pytest.approx(0))] * 3)


def test_full_agreement_is_one() -> None:
    marks = np.tile(np.arange(12.0) % 5, (3, 1))
    assert krippendorff_ordinal(marks) == pytest.approx(1)
    assert kendall_w(marks) == pytest.approx(1)
    assert intraclass(marks) == (pytest.approx(1), pytest.approx(1))


def discussed(number: int, *marks: int) -> Discussed:
    question = Question(id="C1", title="Need", text="?", good_answer="…", source="1")
    given = tuple(Given(f"E{place}", Decimal(mark), "…") for place, mark in enumerate(marks))
    return Discussed(f"B{number}", "", question, "north", given, Decimal(max(marks) - min(marks)), False)


def test_few_answers_are_said_to_be_too_few() -> None:
    (one,) = agreement_of([discussed(number, 1, 2) for number in range(4)])
    assert (one.answers, one.alpha, one.absolute, one.concordance) == (4, None, None, None)
    (alone,) = agreement_of([discussed(number, number % 3) for number in range(20)])
    assert (alone.alpha, alone.severities, alone.connected) == (None, (), False)
