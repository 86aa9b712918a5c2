"""Columns are looked at as a whole; what comes out is what a look at each cell by itself gives."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.records.findings.finding import Source
from evaluator.records.submissions.blank_words import NOTHING, all_say_something, says_nothing
from evaluator.records.submissions.received import Block, Received, Table
from evaluator.validation.as_meant import as_meant, plain_mark
from evaluator.validation.coded_columns import (
    Texts,
    coded,
    distinct,
    first_of_each,
    numbered,
    read,
    replaced,
    without_words,
    words,
)
from evaluator.validation.total_rows import without_totals
from tests.worked_examples.test_scales import marks, programme

TEN = [{"id": "ten", "questions": ["B"], "mark": marks(*range(11)), "source": "1"}]
WORDED = [{"id": "words", "questions": ["C"], "mark": [*marks(0, 1)[:1], *marks(1)], "source": "1"}]
CRITERIA = programme({"A": 40, "B": 30, "C": 30}, 100, marks(*range(6)), programme={"scale_of": [*TEN, *WORDED]})
GIVEN = ("3", " 3", "3 ", "3 - Mark 3", "Mark 1", "mark 1 ", "9", "9: Mark 9", "3 - Mark 4", "", " ", "good")


def table(**columns: list[str]) -> Table:
    rows = len(next(iter(columns.values())))
    return Table(columns, (Block("marks.csv", "", range(2, rows + 2), dict(zip(columns, "ABCDEF", strict=False))),))


def received(**tables: Table) -> Received:
    return Received(
        **{**dict.fromkeys(("register", "marks", "consensus", "panel", "interests", "decisions")), **tables}
    )


@given(st.lists(st.tuples(st.sampled_from(["A", "B", " C", "unknown"]), st.sampled_from(GIVEN)), min_size=1))
def test_each_mark_is_read_on_the_scale_of_its_own_question(rows: list[tuple[str, str]]) -> None:
    questions, given_marks = map(list, zip(*rows, strict=True))
    found = as_meant(received(marks=table(question=questions, mark=given_marks)), CRITERIA).marks
    assert found is not None
    scales = [CRITERIA.scale_for(question.strip()) for question in questions]
    alone = [
        plain_mark(mark, scale, by_word=scale is not CRITERIA.scale)
        for mark, scale in zip(given_marks, scales, strict=True)
    ]
    assert list(found.columns["mark"]) == alone


def test_a_word_says_a_mark_only_where_the_question_has_a_scale_of_its_own() -> None:
    found = as_meant(received(marks=table(question=["A", "C", "B"], mark=["Mark 1", "Mark 1", "9 "])), CRITERIA).marks
    assert found is not None
    assert list(found.columns["mark"]) == ["Mark 1", "1", "9"]


@given(st.one_of(st.sampled_from(sorted(NOTHING)), st.text(st.characters(max_codepoint=0x17F), max_size=8)))
def test_space_around_a_word_does_not_change_whether_it_says_something(text: str) -> None:
    for word in (text, text.upper()):
        assert says_nothing(word) == says_nothing(f" {word}\n")


@given(st.sets(st.one_of(st.sampled_from(["N/A", "NA", "tbc", "none", "B1", "org2", ""]), st.text(max_size=4))))
def test_where_all_say_something_none_says_nothing(texts: set[str]) -> None:
    if all_say_something(texts):
        assert not any(map(says_nothing, texts))


@pytest.mark.parametrize("word", ["total", "TOTAL", "Grand total:", "ſum", "Average", "MEDIAN"])
def test_a_row_of_totals_is_found_in_whatever_capitals(word: str) -> None:
    register = table(bid=["B1", "B2", word], theme=["T", "T", ""], organisation=["Summit", "O2", ""])
    kept, found = without_totals(received(register=register))
    assert kept.register is not None
    assert (list(kept.register.columns["bid"]), [one.code for one in found]) == (["B1", "B2"], ["E-ROW-001"])


def test_rows_of_several_sheets_keep_their_places() -> None:
    blocks = (Block("E1.xlsx", "Marks", [5, 9], {"bid": "A"}), Block("E2.xlsx", "Marks", [3], {"bid": "B"}))
    rows = Table({"bid": ["B1", "B2", "B3"]}, blocks)
    assert [*rows.sources()] == [rows.source(row) for row in range(3)]
    assert rows.sources()[2] == Source("E2.xlsx", "Marks", 3)


def test_each_distinct_text_is_read_once() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert (read(["a", "bb", "a", "bb"], length), sorted(asked)) == ([1, 2, 1, 2], ["a", "bb"])


CELLS = st.lists(st.sampled_from(["B1", "B1 ", "\tB2", "", " ", "Bow", "é", "-", "=1", "none"]), min_size=1)


@given(CELLS, st.integers(0, 3))
def test_a_column_of_a_file_is_what_its_texts_are_one_by_one(cells: list[str], row: int) -> None:
    listed, column = table(bid=cells), Texts(np.array(cells, dtype=object))
    read_in = Table({"bid": column}, listed.blocks)
    others = {"B1": "other", "": "other"}
    assert [*column] == cells
    assert set(distinct(column)) == set(cells)
    assert [*words(read_in, "bid")] == [*words(listed, "bid")] == [cell.strip(" \t") for cell in cells]
    assert [*replaced(column, others)] == [others.get(cell, cell) for cell in cells]
    assert read(column, len) == list(map(len, cells))
    assert without_words(column).tolist() == [not any(map(str.isalnum, cell)) for cell in cells]
    assert column[row % len(cells)] == cells[row % len(cells)]
    known = coded(read_in, "bid")
    bare = [cell.strip(" \t") for cell in cells]
    assert [known.values[code] for code in known.codes] == bare
    assert known.firsts == [bare.index(text) for text in known.values]
    assert known.blank.tolist() == [not text for text in bare]


@given(st.lists(st.integers(-1, 6), min_size=1))
def test_the_first_row_of_each_key_is_found_whether_keys_stand_once_or_not(keys: list[int]) -> None:
    assert first_of_each(np.array(keys)).tolist() == [keys.index(key) for key in keys]


@given(st.lists(st.sampled_from(["", "A", "B", " B", "é"])), st.booleans())
def test_few_items_are_numbered_without_pandas_as_pandas_numbers_many(items: list[str], as_numbers: bool) -> None:
    column = np.array([len(item) for item in items], dtype=np.uint64) if as_numbers else np.array(items, dtype=object)
    (codes, different), (wanted, others) = numbered(column), pd.factorize(column)
    assert (codes.tolist(), list(different)) == (wanted.tolist(), list(others))
    assert (codes.dtype, different.dtype) == (np.int64, column.dtype)


def test_a_question_that_is_changed_in_a_copy_of_criteria_is_marked_on_another_scale() -> None:
    before = CRITERIA.scale_for("B")
    changed = CRITERIA.model_copy(update={"scale_of": ()})
    assert (before.highest, changed.scale_for("B").highest) == (10, 5)
    assert CRITERIA.scale_for("B") is before
