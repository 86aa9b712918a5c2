"""Habits of evaluators: hand-worked cases, and a rest that says nothing where there is too little to tell."""

from decimal import Decimal

import pytest

from evaluator.records.findings.finding import Source
from evaluator.records.programme.criteria import Question
from evaluator.records.programme.scales import Scale
from evaluator.records.submissions.moderation import Discussed, Given, Habits
from evaluator.reporting.papers.habits import words_for
from evaluator.validation import habits_of
from evaluator.validation.moderation.marking_patterns import correlation

POINT = {"label": "…", "descriptor": "…"}
SCALE = Scale.model_validate({"source": "1", "mark": [{"mark": str(mark), **POINT} for mark in range(6)]})
ASKED = {"title": "?", "text": "?", "good_answer": "…", "source": "1"}
QUESTIONS = tuple(Question.model_validate({"id": name, **ASKED}) for name in ("C1", "C2", "C3"))


def panel(**marks: list[list[int]]) -> tuple[Discussed, ...]:
    """Give answers of bids to C1, C2 and C3; an evaluator's marks are rows of bids, in the order of the return."""
    found = []
    for bid in range(len(next(iter(marks.values())))):
        for place, question in enumerate(QUESTIONS):
            given = tuple(
                Given(
                    who,
                    Decimal(rows[bid][place]),
                    "…",
                    Source(f"returns/{who}.xlsx", "Marks", 6 + 3 * bid + place, "H"),
                )
                for who, rows in marks.items()
            )
            spread = max(one.mark for one in given) - min(one.mark for one in given)
            found.append(Discussed(f"B{bid:02}", "…", question, "north", given, spread, wide=False))
    return tuple(found)


def of(who: str, answers: tuple[Discussed, ...], **seeds: int) -> Habits:
    return next(one for one in habits_of(SCALE, answers, seeds) if one.evaluator == who)


VARIED = [[n % 5, (n * 2 + 1) % 5, (3 * n) % 5] for n in range(10)]
ALL_ALIKE = [[n % 5] * 3 for n in range(10)]


def test_marks_are_counted_by_the_scale_and_unused_ones_are_named() -> None:
    one = of("E1", panel(E1=VARIED, E2=VARIED))
    assert one.counts == (6, 6, 6, 6, 6, 0)
    assert one.marks == 30
    assert words_for(one, SCALE) == ("never gave 5",)


def test_the_longest_run_of_one_mark_follows_the_order_of_the_return() -> None:
    one = of("E1", panel(E1=[[3, 3, 3], [3, 3, 3], [3, 3, 4], *VARIED], E2=[[1, 2, 3]] * 13))
    assert (one.run, one.run_mark) == (8, Decimal(3))
    assert "gave 3 to 8 answers in a row" in words_for(one, SCALE)


def test_one_impression_for_all_questions_shows_as_halo_against_the_others() -> None:
    one = of("E1", panel(E1=ALL_ALIKE, E2=VARIED))
    assert one.halo == pytest.approx(1)
    assert one.others is not None
    assert one.others == pytest.approx(0.5)
    assert any("go together across questions" in words for words in words_for(one, SCALE))
    other = of("E2", panel(E1=ALL_ALIKE, E2=VARIED))
    assert not any("go together" in words for words in words_for(other, SCALE))


def test_bids_that_were_really_good_at_everything_are_nobodys_halo() -> None:
    one = of("E1", panel(E1=ALL_ALIKE, E2=ALL_ALIKE))
    assert one.halo == pytest.approx(1)
    assert words_for(one, SCALE) == ("never gave 5",)


def test_marks_that_rise_with_the_place_in_the_order_show_as_an_order_effect() -> None:
    rising = [[n // 3] * 3 for n in range(10)]
    one = of("E1", panel(E1=rising, E2=[[2, 2, 2]] * 10))
    assert one.order is not None
    assert one.order > 0.9
    assert any("came later higher" in words and "10 bids" in words for words in words_for(one, SCALE))


def test_the_order_is_the_one_that_was_issued_where_its_seed_is_known() -> None:
    rising = [[n // 3] * 3 for n in range(10)]
    answers = panel(E1=rising, E2=[[2, 2, 2]] * 10)
    by_row, by_seed = of("E1", answers).order, of("E1", answers, E1=7).order
    assert by_row is not None
    assert by_seed is not None
    assert by_seed < by_row


def test_too_few_marks_and_bids_tell_nothing() -> None:
    one = of("E1", panel(E1=VARIED[:5], E2=ALL_ALIKE[:5]))
    assert (one.halo, one.order) == (None, None)
    assert words_for(one, SCALE) == ("too few to tell (15 marks)",)


def test_correlation_is_pearsons() -> None:
    pairs = [(1, 2), (2, 1), (3, 4), (4, 3), (5, 6), (6, 5), (7, 8), (8, 7)]
    assert correlation([(float(a), float(b)) for a, b in pairs]) == pytest.approx(
        38 / 42
    )  # sums of products and squares


@pytest.mark.parametrize(("bids", "given"), [(7, False), (8, True), (9, True)])
def test_a_correlation_needs_eight_bids(bids: int, *, given: bool) -> None:
    assert (correlation([(float(n), float(n)) for n in range(bids)]) is not None) is given
