"""How far a programme is: what counts as agreed where a panel agrees marks, and where nobody does."""

from pathlib import Path

import pytest

from evaluator.files.read.programme import open_programme
from evaluator.jobs.programme import standing
from tests.small_grant import write_grant

DISCUSSED = 'method = "mean"\nleast_evaluators = 3\nspread_trigger = 3\non_spread = "discussed"'


@pytest.mark.parametrize(
    ("moderation", "done", "says"),
    [
        ('method = "mean"\nleast_evaluators = 3', True, "the mean of the marks counts: nothing has to be agreed"),
        ('method = "sum"\nleast_evaluators = 3', True, "the sum of the marks counts: nothing has to be agreed"),
        ('method = "one_evaluator"', True, "the mark of one evaluator counts: nothing has to be agreed"),
        (DISCUSSED, False, "no agreed marks"),
        ('method = "consensus"\nleast_evaluators = 3', False, "no agreed marks"),
    ],
)
def test_nothing_waits_to_be_agreed_where_nobody_agrees_a_mark(
    tmp_path: Path, moderation: str, done: bool, says: str
) -> None:
    write_grant(tmp_path, moderation)
    agreed = next(one for one in standing(open_programme(tmp_path)) if one.step.name == "Agree the marks")
    assert (agreed.done, agreed.says) == (done, says)


def test_why_marks_lie_far_apart_may_be_written_in_the_file_of_agreed_marks(tmp_path: Path) -> None:
    _, bids = write_grant(tmp_path, DISCUSSED)
    (bids / "consensus.csv").write_text("bid,question,mark,reason\nB1,Q2,,They read the plan in two ways.\n", "utf-8")
    assert {one.step.name: one.done for one in standing(open_programme(tmp_path))}["Agree the marks"]
