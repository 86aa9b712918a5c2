"""An answer stays with what it was given to, whatever becomes of that."""

from evaluator.records.reviewed import Answer
from evaluator.reporting.before_publication.review_lines import Line, renewed


def test_an_answer_to_a_finding_stays_when_somebody_accepts_it():
    found = Line("12.main.Q1.1", "E-CRIT-715", "Q1 asks about the price.", "", "Q1")
    answer = Answer(found.clause, found.mark, found.words, "It is about need.", "A. Lawyer")
    accepted = Line(found.clause, "Accepted finding E-CRIT-715", found.words, "", "Q1", "accepted by B on 1 May: why")
    (line,), left = renewed([accepted], [answer])
    assert (line.status, line.last) == ("accepted by B on 1 May: why (answered)", "It is about need. (A. Lawyer)")
    assert left == []


def test_words_that_come_back_have_the_answer_that_was_given_to_them():
    old, new = (Line("5.T2.1", "A sentence with force", f"It may be {how}.", "", "T2") for how in ("kept", "left"))
    first = Answer(old.clause, old.mark, old.words, "Fair.")
    (changed,), _ = renewed([new], [first])
    assert changed.status == "answered for an earlier wording: “It may be kept.”"
    carried = Answer(new.clause, new.mark, old.words, "Fair.", earlier=True, carried=True)
    (back,), _ = renewed([old], [carried])
    assert (back.status, back.answer) == ("answered", "Fair.")
