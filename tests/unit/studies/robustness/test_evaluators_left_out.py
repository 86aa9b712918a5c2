"""Each evaluator left out in turn, on plain averages: worked by hand, exact, and told as what it is."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from evaluator.records.results.studies.robustness import Averaged, Robustness
from evaluator.records.submissions.evaluation import Answer
from evaluator.reporting.studies.evaluators_left_out import averages_document, averages_texts, turned, without_lines
from evaluator.studies.robustness.draws import Ground, drawn
from evaluator.studies.robustness.evaluators_left_out import averaged, can_be_left_out
from evaluator.validation import answers, validate
from tests.findings.faultless_folder import Change, edit, spoilt

C1 = {"bid": "A1", "question": "C1"}


def ground(*changes: Change) -> Ground:
    folder = spoilt(*changes)
    evaluation, found = validate(folder.published(), folder.received())
    assert evaluation is not None, found
    return Ground(folder.published(), evaluation, answers(folder.published(), evaluation))


def with_marks(made: Ground, bid: str, question: str, *marks: str) -> Ground:
    """The same, with other individual marks for one answer, by E1, E2 and so on."""

    def changed(one: Answer) -> Answer:
        its = tuple((f"E{number}", Decimal(mark), "") for number, mark in enumerate(marks, 1))
        return replace(one, marks=its) if (one.bid, one.question) == (bid, question) else one

    return replace(made, answers=tuple(map(changed, made.answers)))


def quality(found: Averaged, bid: str) -> Fraction:
    return next(points for _, name, points, _ in found.places if name == bid)


def test_an_average_counts_as_exactly_what_it_is() -> None:
    """C1 carries 30 points of 5 marks: 4 and 2 make 3, which is 18; without E1 2, which is 12; without E2 24."""
    made = ground(edit("marks", {"evaluator": "E2"} | C1, mark="2"))
    everybody, first, second = (quality(averaged(made, who), "A1") for who in ("", "E1", "E2"))
    assert (everybody - first, second - everybody) == (6, 6)
    assert can_be_left_out(made) == ("E1", "E2")


def test_thirds_stay_thirds() -> None:
    """4, 4 and 3 make 11/3 of 5 marks, which is 22 of 30 points; without E3 4, which is 24."""
    made = with_marks(ground(), "A1", "C1", "4", "4", "3")
    assert quality(averaged(made, "E3"), "A1") - quality(averaged(made), "A1") == 2
    thirds = with_marks(ground(), "A1", "C1", "4", "3", "3")
    assert quality(averaged(made), "A1") - quality(averaged(thirds), "A1") == Fraction(1, 3) * 30 / 5


def test_an_organisations_own_answer_counts_in_all_of_its_bids() -> None:
    low = with_marks(ground(), "O1", "C2", "0", "0")
    before, after = averaged(ground()), averaged(low)
    assert {bid for _, bid, points, _ in after.places if points < quality(before, bid)} == {"A1", "B1"}


def test_an_answer_that_nobody_else_marked_keeps_its_mark_and_is_counted() -> None:
    alone = with_marks(ground(), "A1", "C1", "4")
    found = averaged(alone, "E1")
    assert found.alone == 1
    assert quality(found, "A1") == quality(averaged(alone), "A1")


def test_where_all_agree_leaving_anybody_out_changes_nothing() -> None:
    made = ground()
    everybody = averaged(made)
    for who in can_be_left_out(made):
        assert replace(averaged(made, who), without="", marked=0, alone=0) == everybody


def test_what_turns_is_told_beside_what_stands() -> None:
    everybody = Averaged("", 0, 0, True, (("t", "A", Fraction(9), 1), ("t", "B", Fraction(8), 2)), ("A",))
    without = Averaged("E1", 2, 0, True, (("t", "A", Fraction(7), 2), ("t", "B", Fraction(8), 1)), ("B",))
    below = Averaged("E2", 2, 1, True, (("t", "A", Fraction(9), 1), ("t", "B", Fraction(1), 0)), ("A",))
    study = Robustness(20, ("A",), (), (), averages=(everybody, without, below))
    one, other = without_lines(study)
    assert (one.ranks, one.furthest, one.gained, one.lost) == ("2", "A (1 to 2), B (2 to 1)", ("B",), ("A",))
    assert (other.ranks, other.furthest, other.gained) == ("0", "", ())
    assert other.note == "B would be below a minimum; 1 answer marked by nobody else kept as marked"
    assert turned(study) == [("A", ("E1",)), ("B", ("E1",))]
    text = "\n".join(averages_texts(study))
    assert "What the panel agreed stands" in text
    assert "without E2: 2 answers marked; 0 ranks move; the same awards" in text
    assert averages_document(study)[1]["without"] == "E1"


def test_marks_resampled_within_evaluators_move_by_their_own_distances() -> None:
    """Where nobody differs from what counts nothing moves; where all are always one mark above, all move one up."""
    made = ground()
    assert drawn(made, "resampled", 0, 1, 0)[1] == made.evaluation
    above = replace(made, answers=tuple(_moved(one, 1, 1) for one in made.answers))
    marks = [theme.marks for theme in drawn(above, "resampled", 0, 1, 0)[1].themes]
    highest = len(made.criteria.scale.marks) - 1
    expected = [bytes(min(at + 1, highest) for at in theme.marks) for theme in made.evaluation.themes]
    assert marks == expected


def _moved(one: Answer, *by: int) -> Answer:
    return replace(one, marks=tuple((f"E{at}", one.mark + each, "") for at, each in enumerate(by, 1)))


def test_an_organisations_own_answer_is_drawn_once_for_all_of_its_bids() -> None:
    made = with_marks(ground(), "O1", "C2", "0", "1")
    for number in range(4):
        _, evaluation = drawn(made, "evaluators", 0, 1, number)
        found = {
            theme.marks[row * len(theme.questions) + theme.questions.index("C2")]
            for theme in evaluation.themes
            for row, bid in enumerate(theme.bids)
            if bid.organisation == "O1"
        }
        assert len(found) == 1
        assert found <= {0, 1}
