"""Who goes on from a stage: worked by hand, and held to a referee of a few lines written from the document alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.records.submissions.stages import StageLine
from evaluator.scoring import score, stage_result
from tests.unit.scoring.small_theme import checked, programme

WEIGHTS = {"A": "30", "B": "20", "C": "50"}
Marks = Mapping[str, Sequence[str | None]]
FIELD: Marks = {"P": ("5", "5"), "Q": ("4", "4"), "R": ("3", "5"), "S": ("4", "3"), "T": ("2", "6"), "U": ("2", "2")}
MARKS = ("0", "1", "2", "3", "4", "5", "6")


def staged(stage: Mapping[str, Any], weights: Mapping[str, str] = WEIGHTS, **theme: Any) -> Criteria:
    made = programme(weights, MARKS, theme=theme)
    record = {"id": "S", "questions": ["A", "B"], **stage}
    return Criteria.model_validate({**made.model_dump(by_alias=True, mode="json"), "stage": [record]})


def of(criteria: Criteria, marks: Marks = FIELD, out: Sequence[str] = (), entered: Sequence[str] = ()) -> Any:
    width = len(criteria.questions("T"))
    bids = {bid: ((*own, *(None,) * (width - len(own))), 100) for bid, own in marks.items()}
    evaluation = checked(criteria, bids, out)
    return stage_result(criteria, criteria.stage[0], evaluation, entered).by_bid


def on(lines: Mapping[str, StageLine]) -> str:
    return "".join(sorted(bid for bid, line in lines.items() if line.passed))


# With marks 0 to 6, A earns 5 points a mark and B 10/3: P 125/3, Q 100/3, R 95/3, S 30, T 30, U 50/3.
def test_points_are_weight_times_mark_over_the_highest_mark() -> None:
    lines = of(staged({"passes": "best", "number": 2}))
    assert {bid: str(line.points) for bid, line in lines.items()} == {
        "P": "125/3", "Q": "100/3", "R": "95/3", "S": "30", "T": "30", "U": "50/3",
    }  # fmt: skip
    assert {line.available for line in lines.values()} == {Fraction(50)}


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ({"passes": "best", "number": 2}, "PQ"),
        ({"passes": "best", "number": 3}, "PQR"),
        ({"passes": "best", "number": 4}, "PQRST"),  # S and T have 30 each, and all with as many go on
        ({"passes": "best", "number": 4, "ties": "tie_break", "tie_break": ["question:A"]}, "PQRS"),
        ({"passes": "best", "number": 4, "ties": "tie_break", "tie_break": ["question:B"]}, "PQRT"),
        ({"passes": "best", "number": 5}, "PQRST"),
        ({"passes": "best", "number": 9}, "PQRSTU"),
        ({"passes": "best", "number": 9, "score": "30"}, "PQRST"),
        ({"passes": "best", "number": 1, "score": "49"}, ""),
        ({"passes": "at_least", "score": "30"}, "PQRST"),
        ({"passes": "at_least", "score": "30.01"}, "PQR"),
        ({"passes": "at_least", "share": "60%"}, "PQRST"),
        ({"passes": "at_least", "share": "61%"}, "PQR"),
    ],
)
def test_who_goes_on(stage: Mapping[str, Any], expected: str) -> None:
    assert on(of(staged(stage))) == expected


def test_the_published_draw_decides_at_the_last_place_and_anyone_can_repeat_it() -> None:
    for seed in ("Cabinet 4711", "Cabinet 4712", "Cabinet 4713", "Cabinet 4714"):
        lowest = min("ST", key=lambda bid: sha256(f"{seed}\n{bid}".encode()).hexdigest())
        lines = of(staged({"passes": "best", "number": 4, "ties": "draw", "draw_seed": seed}))
        assert on(lines) == "PQR" + lowest
        assert "the published draw decided" in lines[lowest].reason


def test_a_bid_below_a_minimum_mark_of_the_stage_takes_no_place() -> None:
    criteria = staged({"passes": "best", "number": 2}, minimum_marks={"B": "5", "C": "6"})
    lines = of(criteria)
    assert on(lines) == "PR"  # Q has 4 for B; the minimum of C is not for this stage
    assert lines["Q"].reason == "The mark for B is 4; the published minimum is 5."


def test_a_bid_that_was_taken_out_takes_no_place_but_one_that_left_after_the_seal_keeps_it() -> None:
    criteria = staged({"passes": "best", "number": 2})
    assert on(of(criteria, out=["P"])) == "QR"
    kept = of(criteria, out=["P"], entered="PQRSTU")
    assert on(kept) == "PQ"


def test_reasons_say_the_points_and_the_rule() -> None:
    lines = of(staged({"passes": "best", "number": 3}))
    assert lines["R"].reason == "31.67 (exactly 95/3) of 50 points; the best 3 go on: it is the last of them."
    assert lines["U"].reason.startswith("16.67 (exactly 50/3) of 50 points; the best 3 go on, and the last of them")
    tied = of(staged({"passes": "best", "number": 4}))
    assert (
        tied["T"].reason == "30 of 50 points; the best 4 go on, with all that have as many points as the last of them."
    )
    least = of(staged({"passes": "at_least", "score": "33"}))
    assert least["R"].reason == "31.67 (exactly 95/3) of 50 points; at least 33 are needed."


def test_what_only_admits_is_no_part_of_the_total() -> None:
    weights = {"A": "30", "B": "20", "C": "100"}
    criteria = staged({"passes": "at_least", "score": "30", "counts": False}, weights)
    evaluation = checked(criteria, {"X": (("6", "6", "3"), 100), "Y": (("3", "6", "6"), 100)})
    scores = score(criteria, evaluation)
    assert [scores.themes[0].totals[row] for row in (0, 1)] == [50, 100]
    effective = {weight.question: weight.effective for weight in scores.weights}
    assert effective == {"A": 0, "B": 0, "C": 100}


def test_bids_of_all_themes_together_or_of_each() -> None:
    base = staged({"passes": "best", "number": 2, "by_theme": False})
    other = base.themes[0].model_copy(update={"id": "V", "title": "Other"})
    both = base.model_copy(update={"themes": (base.themes[0], other)})
    one = checked(base, {bid: ((*marks, None), 100) for bid, marks in FIELD.items()}).themes[0]
    lower = checked(base, dict.fromkeys(("X", "Y", "Z"), (("1", "1", None), 100))).themes[0]
    evaluation = Evaluation((one, replace(lower, theme="V")), (), (), checked(base, {}).marks, None)
    together = stage_result(both, both.stage[0], evaluation)
    assert on(together.by_bid) == "PQ"
    each = both.stage[0].model_copy(update={"by_theme": True})
    assert on(stage_result(both, each, evaluation).by_bid) == "PQXYZ"  # three equal ones of the other theme


def referee(stage: Mapping[str, Any], field: Mapping[str, tuple[int, int]]) -> set[str]:
    """From the document alone: points, the least that is needed, the best so many, and what decides between equals."""
    points = {bid: Fraction(30 * a + 20 * b, 6) for bid, (a, b) in field.items()}
    least = Fraction(str(stage.get("score", "0")))
    able = {bid for bid in field if points[bid] >= least}
    if stage["passes"] == "at_least":
        return able

    def key(bid: str) -> tuple[Any, ...]:
        by = [-field[bid][0]] if stage.get("tie_break") else []
        drawn = [sha256(f"{stage['draw_seed']}\n{bid}".encode()).hexdigest()] if stage.get("ties") == "draw" else []
        return (-points[bid], *by, *drawn)

    return {bid for bid in able if sum(key(other) < key(bid) for other in able) < stage["number"]}


RULES = st.one_of(
    st.builds(lambda score: {"passes": "at_least", "score": str(score)}, st.integers(0, 50)),
    st.builds(
        lambda number, score, ties: {"passes": "best", "number": number, "score": str(score), **ties},
        st.integers(1, 8),
        st.integers(0, 40),
        st.sampled_from(
            [
                {},
                {"ties": "tie_break", "tie_break": ["question:A"]},
                {"ties": "draw", "draw_seed": "Minutes of 3 May"},
                {"ties": "draw", "draw_seed": "Minutes of 3 May", "tie_break": ["question:A"]},
            ]
        ),
    ),
)


@given(RULES, st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=9))
def test_random_stages_are_as_the_referee_has_them(rule: Mapping[str, Any], marks: Sequence[tuple[int, int]]) -> None:
    field = {f"B{number}": pair for number, pair in enumerate(marks, 1)}
    lines = of(staged(rule), {bid: tuple(map(str, pair)) for bid, pair in field.items()})
    assert {bid for bid, line in lines.items() if line.passed} == referee(rule, field)
    assert all(line.reason for line in lines.values())
