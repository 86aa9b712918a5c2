"""A late recusal: what rests on the marks, and how far scores, ranks and awards can move without them."""

from decimal import Decimal
from fractions import Fraction

from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.records.programme.conditions.stages import Stage
from evaluator.records.results.studies.recusal import LateRecusal
from evaluator.reporting.papers.habits import LIMITS, limits_of
from evaluator.reporting.studies.recusal import STAGES_STAND, recusal_document, recusal_text
from evaluator.studies.recusal import before_recusal, late_recusal
from evaluator.studies.robustness.draws import Ground
from evaluator.validation import answers, validate
from tests.findings.faultless_folder import Change, Folder, add, drop, edit, publish, spoilt

C1 = {"bid": "A1", "question": "C1"}


def asked(*changes: Change, evaluator: str = "E1", organisation: str = "O1") -> tuple[Folder, LateRecusal]:
    folder = spoilt(*changes)
    received = before_recusal(folder.received(), evaluator, organisation)
    evaluation, found = validate(folder.published(), received)
    assert evaluation is not None, found
    ground = Ground(folder.published(), evaluation, answers(folder.published(), evaluation))
    return folder, late_recusal(ground, evaluator, organisation)


def test_every_answer_that_rests_on_the_marks_is_listed() -> None:
    _, found = asked()
    assert [(one.subject, one.question) for one in found.answers] == [
        ("A1", "C1"), ("A1", "N1"), ("B1", "C1"), ("B1", "S1"), ("O1", "C2"),
    ]  # fmt: skip
    assert {one.others for one in found.answers} == {(("E2", Decimal(4)),)}
    assert not any(one.outside or one.enough for one in found.answers)


def test_where_the_others_agree_with_what_was_agreed_nothing_moves() -> None:
    folder, found = asked()
    assert found.moved == ()
    assert "every total, rank and award stays" in recusal_text(folder.published(), found)


def test_totals_and_ranks_move_as_far_as_the_others_marks_reach() -> None:
    # Of A1's 60 quality points, C1 carries 30: 4 of 5 gives 24; the other evaluator's 2 of 5 would give 12.
    folder, found = asked(edit("marks", {"evaluator": "E2"} | C1, mark="2"))
    (moved,) = found.moved
    assert moved.bid == "A1"
    assert moved.as_agreed.total - moved.lowest.total == Fraction(12)
    assert moved.lowest == moved.highest
    assert moved.as_agreed.rank == 1
    assert moved.lowest.rank == 2
    one = next(one for one in found.answers if (one.subject, one.question) == ("A1", "C1"))
    assert one.outside
    text = recusal_text(folder.published(), found)
    assert (
        "A1 C1: 4 counts; withdrawn 4, left E2 2; the mark that counts lies outside the others'; too few others" in text
    )
    told = recusal_document(folder.published(), found)
    assert told["moved"][0]["bid"] == "A1"


def test_a_member_of_a_consortium_is_concerned_by_its_bid_but_not_by_others_own_answers() -> None:
    _, found = asked(organisation="O9")
    assert {one.subject for one in found.answers} == {"A2"}


def test_an_answer_that_nobody_else_marked_may_move_over_the_whole_scale() -> None:
    single = (
        publish("moderation.method", "one_evaluator"),
        publish("moderation.least_evaluators", 1),
        lambda folder: folder.tables.update({"consensus": None}),
        drop("marks", evaluator="E2"),
    )
    _, found = asked(*single)
    assert all(one.outside and not one.enough for one in found.answers)
    moved = next(one for one in found.moved if one.bid == "A1")
    assert (moved.lowest.total < moved.as_agreed.total) is True
    assert moved.highest.total > moved.as_agreed.total


def test_a_recusal_that_stands_in_the_declarations_already_is_looked_at_from_before() -> None:
    late = add("interests", {"evaluator": "E1"}, organisation="O1", action="recused")
    assert [one.code for one in validate(spoilt(late).published(), spoilt(late).received())[1]][:1] != []
    _, found = asked(late)
    assert len(found.answers) == 5


def test_an_evaluator_without_marks_changes_nothing() -> None:
    folder, found = asked(organisation="O2", evaluator="E9")
    assert (found.answers, found.moved) == ((), ())
    assert "nothing changes" in recusal_text(folder.published(), found)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["study", "recusal", *words])


def test_the_command_says_which_name_it_does_not_know() -> None:
    folders = ("criteria/minimal", "sample_bids/minimal")
    assert "No bid is by NOBODY" in run(*folders, "E01", "NOBODY").output
    assert run(*folders, "E01", "NOBODY").exit_code == 2


def test_a_recusal_after_a_shortlist_says_that_the_shortlist_stands() -> None:
    folder, found = asked(edit("marks", {"evaluator": "E2"} | C1, mark="2"))
    stage = Stage(id="S1", questions=("C1",), passes="best", number=2)
    staged = folder.published().model_copy(update={"stage": (stage,)})
    assert STAGES_STAND in recusal_text(staged, found)
    assert recusal_document(staged, found)["stages"] == STAGES_STAND
    assert "stages" not in recusal_document(folder.published(), found)


def test_what_is_marked_on_another_scale_is_said_to_be_left_out_of_the_evaluators_habits() -> None:
    marks = [{"mark": str(mark), "label": f"L{mark}", "descriptor": f"Level {mark}."} for mark in (0, 4, 8)]
    other = spoilt(publish("scale_of", [{"id": "eight", "questions": ["N1"], "source": "3", "mark": marks}]))
    assert limits_of(spoilt().published()) == LIMITS
    assert limits_of(other.published()) == f"{LIMITS} Left out, because they are marked on another scale: N1."
