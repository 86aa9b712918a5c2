"""CSV files in, as texts: the same ones with PyArrow and without it, whatever stands in the cells."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.files.read.tables import csv_tables, layouts, quotes
from evaluator.files.read.tables.csv_tables import read_csv
from evaluator.files.read.tables.quotes import open_quote, quotes_are_closed

KEYS = ("bid", "question", "evaluator", "mark", "reason")
CELL = st.text(st.sampled_from("abB012.,;\"' =£é\u00a0\u202e\n\r\t-"), max_size=6)
ROWS = st.lists(st.tuples(*[CELL] * len(KEYS)), min_size=1, max_size=8)


def written(rows: list[tuple[str, ...]], mark: bytes) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([KEYS, *rows])
    return mark + out.getvalue().encode()


def texts_of(content: bytes) -> object:
    table, found = read_csv(content, "marks.csv", layouts.MARKS)
    return found if table is None else ({key: [*column] for key, column in table.columns.items()}, table.blocks, found)


@given(ROWS, st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_a_file_holds_the_same_texts_with_pyarrow_and_without(rows: list[tuple[str, ...]], mark: bytes) -> None:
    content = written(rows, mark)
    with pytest.MonkeyPatch.context() as patch:
        told = texts_of(content)
        patch.setattr(csv_tables, "_text_type", lambda: object)
        assert texts_of(content) == told


def test_every_cell_comes_as_it_stands() -> None:
    cells = ("007", "nan", "1e3", "True", "A reason, with “signs” and £4")
    table, found = read_csv(written([cells], b""), "marks.csv", layouts.MARKS)
    assert table is not None
    assert found == ()
    assert table.row(0) == dict(zip(KEYS, cells, strict=True))
    assert str(table.source(0, "mark")) == "marks.csv D2"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"bid,question\nB1,\0", "E-FILE-030"),
        (b"bid,question\nB1,\xa34", "E-FILE-030"),
        (b"PK\x03\x04", "E-FILE-030"),
        (b"\xff\xfeb", "E-FILE-030"),
        (b"\xef\xbb\xbf , ;\r\n", "E-FILE-032"),
        (b"," * 1_000 + b"\n", "E-FILE-032"),
        (b'bid,question\nB1,"Q1\n', "E-FILE-032"),
        (b"bid;question;mark\nB1;Q1;3\n", "E-FILE-031"),
        (b"Marks of the panel\n" + ",".join(KEYS).encode() + b"\nB1,Q1,E1,3,Good\n", "E-FILE-035"),
    ],
)
def test_what_stands_in_the_way_of_a_file_is_found_before_it_is_read(content: bytes, code: str) -> None:
    table, found = read_csv(content, "marks.csv", layouts.MARKS)
    assert table is None
    assert [one.code for one in found] == [code]


@given(st.text(st.sampled_from('a",\n\r£ '), max_size=24), st.integers(1, 5))
def test_whether_quotation_marks_are_closed_is_what_a_look_at_each_of_them_says(text: str, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotes, "PIECE", piece)
        assert quotes_are_closed(text.encode()) == (open_quote(text) == "")
