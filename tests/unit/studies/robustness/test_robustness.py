"""How far awards rest on single marks and weights: what a draw may change, and that draws can be split."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.records.results.studies.robustness import Draws, Robustness, Tally
from evaluator.records.submissions.evaluation import Answer
from evaluator.reporting.studies.robustness import Staying, robustness_document, robustness_text, stay_words, staying
from evaluator.studies.robustness.draws import KINDS, Ground, drawn
from evaluator.studies.robustness.robustness import concluded, draw_range, kinds_of, merged, place, standing
from evaluator.validation import answers, validate

ROOT = Path(__file__).resolve().parents[4]


@cache
def ground(name: str = "community_commissioning") -> Ground:
    criteria = read_criteria(ROOT / "criteria" / name).criteria
    assert criteria is not None
    evaluation, _ = validate(criteria, read_bids(ROOT / "sample_bids" / name, criteria))
    assert evaluation is not None
    return Ground(criteria, evaluation, answers(criteria, evaluation))


@pytest.mark.parametrize("number", range(5))
def test_weights_move_in_pairs_so_that_their_sum_stays_and_none_moves_too_far(number: int) -> None:
    published = ground().criteria
    criteria, evaluation = drawn(ground(), "weights", 20, 7, number)
    assert evaluation is ground().evaluation
    for before, after in zip(published.themes, criteria.themes, strict=True):
        assert sum(after.weights.values()) == sum(before.weights.values()) == 100
        assert all(abs(after.weights[leaf] - weight) <= 2 for leaf, weight in before.weights.items())
        assert min(after.weights.values()) >= 0
    assert criteria != published


@pytest.mark.parametrize("number", range(3))
def test_one_answer_of_each_bid_is_one_mark_higher_or_lower_and_on_the_scale(number: int) -> None:
    _, evaluation = drawn(ground(), "one_mark", 0, 7, number)
    for before, after in zip(ground().evaluation.themes, evaluation.themes, strict=True):
        width = len(before.questions)
        for row, bid in enumerate(before.bids):
            pairs = [(before.mark(row, column), after.mark(row, column)) for column in range(width)]
            moves = [abs(one - other) for one, other in pairs if one != other]
            assert moves == [1] or (bid.id in before.disregarded and not moves)
            assert all(-1 <= other < 6 for _, other in pairs)


def test_each_answer_has_a_mark_that_one_of_its_evaluators_gave() -> None:
    given = {(one.bid, one.question): {mark for _, mark, _ in one.marks} for one in ground().answers}
    _, evaluation = drawn(ground(), "evaluators", 0, 7, 0)
    scale, changed = ground().criteria.scale.marks, 0
    for before, theme in zip(ground().evaluation.themes, evaluation.themes, strict=True):
        for row, bid in enumerate(theme.bids):
            for column, question in enumerate(theme.questions):
                at = theme.mark(row, column)
                changed += at != before.mark(row, column)
                if at >= 0 and given.get((bid.id, question)):
                    assert scale[at] in given[bid.id, question]
    assert changed


@pytest.mark.parametrize("kind", KINDS)
def test_a_draw_follows_from_the_seed_and_its_number_alone(kind: str) -> None:
    assert drawn(ground(), kind, 20, 7, 3) == drawn(ground(), kind, 20, 7, 3)  # type: ignore[arg-type]
    assert drawn(ground(), kind, 20, 7, 3) != drawn(ground(), kind, 20, 8, 3)  # type: ignore[arg-type]
    assert drawn(ground(), kind, 20, 7, 3) != drawn(ground(), kind, 20, 7, 4)  # type: ignore[arg-type]


def test_draws_that_were_split_are_the_same_put_together() -> None:
    small = ground("minimal_with_price")
    for kind in kinds_of(small):
        whole = draw_range(small, kind, 20, 3, 0, 6)
        assert merged(draw_range(small, kind, 20, 3, 0, 2), draw_range(small, kind, 20, 3, 2, 6)) == whole
        assert whole.decided == 6
        assert all(one.funded <= one.ranked <= 6 for one in whole.tallies)
    with pytest.raises(ValueError, match="do not follow"):
        merged(whole, whole)


def test_without_any_move_everything_stays_as_it_was() -> None:
    small = ground("minimal_with_price")
    draws = draw_range(small, "weights", 0, 3, 0, 4)
    assert {standing(draws, one) for one in draws.tallies} <= {"secure", "out"}
    assert all(one.best == one.worst for one in draws.tallies)


def test_secure_marginal_and_out_and_what_they_come_to_over_all_draws() -> None:
    tallies = (Tally("A", "t", 4, 4, 1, 1), Tally("B", "t", 4, 1, 2, 3), Tally("C", "t", 4, 0, 3, 4))
    draws = Draws("weights", 1, 0, 4, 4, tallies)
    assert [standing(draws, one) for one in tallies] == ["secure", "marginal", "out"]
    study = Robustness(20, ("A",), (draws,), ("No evaluator was left out.",))
    assert [place(study, one.bid) for one in tallies] == ["core", "borderline", "exterior"]
    text = robustness_text(study, standing, place)
    assert "marginal: B (t), funded in 1 of 4, rank 2 to 3" in text
    assert text.endswith("No evaluator was left out.")
    assert robustness_document(study, standing, place)["bids"] == {"A": "core", "B": "borderline", "C": "exterior"}


def test_how_many_awards_stay_is_an_average_with_the_range_that_its_draws_allow() -> None:
    """Of 57, 53, 55 and 55 the average is 55; they lie 8 in all around it, squared: two standard errors are 1.63."""
    few = Robustness(20, ("A",) * 58, (Draws("weights", 1, 0, 4, 4, (), (57, 53, 55, 55)),), ())
    assert staying(few) == Staying(draws=4, average=55, least=53, most=57)
    told = stay_words(few)
    assert told.startswith("With weights or marks a little different, 55 of 58 awards stay on average (53 to 57,")
    assert told.endswith(", as far as 4 draws can tell).")
    same = Robustness(20, ("A",) * 58, (Draws("weights", 1, 0, 2, 2, (), (58, 58)),), ())
    assert stay_words(same) == "With weights or marks a little different, 58 of 58 awards stay on average."
    assert staying(Robustness(20, ("A",), (Draws("weights", 1, 0, 2, 0, ()),), ())) is None


def test_a_hundred_times_the_draws_narrow_the_range_ten_times_and_leave_the_average() -> None:
    many = Robustness(20, ("A",) * 58, (Draws("weights", 1, 0, 400, 400, (), (57, 53, 55, 55) * 100),), ())
    assert staying(many) == Staying(draws=400, average=55, least=54, most=56)


def test_a_draw_counts_the_awards_that_stay_and_ranges_of_draws_put_theirs_together() -> None:
    small = ground("minimal_with_price")
    own = replace(small, awarded=("B1", "B2"))
    whole = draw_range(own, "weights", 0, 3, 0, 4)
    assert merged(draw_range(own, "weights", 0, 3, 0, 1), draw_range(own, "weights", 0, 3, 1, 4)) == whole
    funded = {one.bid for one in whole.tallies if one.funded}
    assert whole.kept == (len(funded & {"B1", "B2"}),) * 4


def test_an_award_that_no_draw_keeps_and_draws_without_a_proof_are_never_called_certain() -> None:
    none = Draws("weights", 1, 0, 4, 0, (Tally("A", "t", 4, 0, 1, 1),))
    assert standing(none, none.tallies[0]) == "marginal"
    lost = Draws("weights", 1, 0, 4, 4, (Tally("A", "t", 4, 0, 1, 1),))
    assert place(Robustness(20, ("A",), (lost,), ()), "A") == "borderline"


def test_where_one_evaluator_marked_each_answer_none_can_be_drawn_and_the_study_says_so() -> None:
    small = ground("minimal_with_price")
    one = tuple(Answer(a.bid, a.question, a.mark, a.reason, (("E1", Decimal(a.mark), ""),)) for a in small.answers)
    alone = Ground(small.criteria, small.evaluation, one)
    assert kinds_of(alone) == ("weights", "one_mark")
    assert "marked by one evaluator alone" in " ".join(concluded(alone, (), 20, ()).left_out)
    assert "No evaluator was left out" in " ".join(concluded(alone, (), 20, ()).left_out)
    assert "panel" in concluded(ground(), (), 20, ()).left_out[0]
