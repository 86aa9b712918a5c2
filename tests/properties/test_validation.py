"""What holds of validation whatever comes in: no crash, no silence, and no word that row order could change."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.records.findings.finding import Source, block_award
from evaluator.records.submissions.evaluation import Evaluation, ThemeBids
from evaluator.validation import answers, validate
from tests.findings.faultless_folder import Folder, decide, edit, rule, spoilt

TABLES = ("register", "marks", "consensus", "panel", "interests", "decisions")
WORDS = ("", " ", "4", "4.0", "-", "*", "A1", "O1", "C1", "E1", "north", "recused", "fail", "0", "1e9", "9" * 400)
NASTY = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))


def full() -> Folder:
    """A faultless folder in which every table has a row and every rule counts something."""
    return spoilt(
        edit("register", {"bid": "A1"}, **{"gate:cover": "fail"}),
        decide(matter="failed_gate", subject="cover"),
        rule("capacity", limit="1000"),
    )


def without_places(evaluation: Evaluation) -> list[tuple[object, ...]]:
    """What an evaluation says, leaving out in which row each thing stood."""

    def theme(bids: ThemeBids) -> tuple[object, ...]:
        offers = tuple(replace(bid, source=Source("")) for bid in bids.bids)
        return bids.theme, offers, bids.questions, bids.marks, sorted(bids.disregarded)

    decided = tuple(replace(decision, source=Source("")) for decision in evaluation.decisions)
    return [*map(theme, evaluation.themes), decided, evaluation.recused]


@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_changes_nothing_but_places(seed: int) -> None:
    usual, shuffled = full(), full()
    for table in TABLES:
        Random(seed).shuffle(shuffled.rows(table))
    shuffled.rows("marks").sort(key=lambda row: row["evaluator"])  # a return holds one evaluator's rows
    first, none = validate(usual.published(), usual.received())
    second, also_none = validate(shuffled.published(), shuffled.received())
    assert first is not None
    assert second is not None
    assert (none, also_none) == ((), ())
    assert without_places(first) == without_places(second)
    assert answers(usual.published(), first) == answers(shuffled.published(), second)


@given(data=st.data())
@settings(max_examples=200)
def test_whatever_stands_in_a_cell_there_is_an_evaluation_or_a_finding_that_says_why_not(data: st.DataObject) -> None:
    folder = full()
    for _ in range(data.draw(st.integers(1, 3), label="cells")):
        rows = folder.rows(data.draw(st.sampled_from(TABLES), label="table"))
        row = data.draw(st.sampled_from(rows), label="row")
        row[data.draw(st.sampled_from(sorted(row)), label="column")] = data.draw(NASTY, label="text")
    folder.csv = True
    evaluation, findings = validate(folder.published(), folder.received())
    assert (evaluation is None) == block_award(findings)
    assert list(findings) == sorted(set(findings), key=lambda found: (found.source, found.code, found.message))
    if evaluation is not None:
        answers(folder.published(), evaluation)


@given(data=st.data())
def test_no_row_of_marks_panel_or_agreed_marks_can_be_lost_without_a_finding(data: st.DataObject) -> None:
    folder = full()
    table = data.draw(st.sampled_from(("marks", "consensus", "interests")))
    lost = data.draw(st.integers(0, len(folder.rows(table)) - 1))
    del folder.rows(table)[lost]
    evaluation, findings = validate(folder.published(), folder.received())
    assert evaluation is None
    assert findings


@given(data=st.data())
def test_no_row_can_stand_twice_without_a_finding_where_two_would_count(data: st.DataObject) -> None:
    folder = full()
    rows = folder.rows(data.draw(st.sampled_from(("register", "marks", "consensus"))))
    place = data.draw(st.integers(0, len(rows) - 1))
    rows.insert(place, dict(rows[place]))
    assert validate(folder.published(), folder.received())[0] is None


@given(marks=st.lists(st.integers(0, 5), min_size=16, max_size=16), seed=st.integers(0, 99))
def test_an_agreed_mark_within_the_marks_passes_and_one_outside_needs_words(marks: list[int], seed: int) -> None:
    folder = full()
    for row, mark in zip(folder.rows("marks"), marks, strict=True):
        row["mark"] = str(mark)
    random, outside = Random(seed), set()
    for place, row in enumerate(folder.rows("consensus")):
        given_here = marks[place], marks[place + 8]
        agreed = random.randrange(6)
        row["mark"] = str(agreed)
        if not min(given_here) <= agreed <= max(given_here):
            outside.add((row["bid"], row["question"]))
    _, findings = validate(folder.published(), folder.received())
    assert {found.code for found in findings} <= {"E-CONS-014"}
    assert len(findings) == len(outside)
