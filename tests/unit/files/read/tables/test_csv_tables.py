"""CSV files in, as texts: the same ones with PyArrow and without it, whatever stands in the cells."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evaluator.files.read.tables import csv_tables, layouts, quotes
from evaluator.files.read.tables.csv_tables import read_csv
from evaluator.files.read.tables.plain_csv import BYTES, plain_columns
from evaluator.files.read.tables.quotes import open_quote, quotes_are_closed
from evaluator.validation.coded_columns import without_words

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


PLAIN = st.text(st.sampled_from("abB01.=£é\u00a0\u202e \t-"), max_size=12)
LINES = st.lists(
    st.one_of(st.lists(PLAIN, min_size=5, max_size=5), st.lists(PLAIN, max_size=6)), min_size=1, max_size=8
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\n", "\r\n", "\r"]), st.booleans())
@example([["B1", "Q1", "E1", "3", "£4 a head"], ["B1", "", "E1", "4.0", "A reason"]], "\r\n", "", True)
@example([["B1", "Q1", "E1", "3", "Good"], ["", "", "", "", ""]], "\n", "\n", False)
def test_a_file_without_quotes_holds_the_same_texts_by_its_bytes_and_by_pandas(
    rows: list[list[str]], line_end: str, last: str, marked: bool
) -> None:
    content = (line_end.join(map(",".join, [list(KEYS), *rows])) + last).encode("utf-8-sig" if marked else "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        told = texts_of(content)
        patch.setattr(csv_tables, "plain_columns", lambda *_: None)
        assert texts_of(content) == told


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_rows_of_a_long_file_without_quotes_are_told_apart_across_all_its_blocks(line_end: str) -> None:
    rows = [(f"B{at % 1000:03}", f"Q{at}", "E1", str(at % 6), "" if at % 7 else "-") for at in range(60_000)]
    rows[-1] = ("B1", "a question of many bytes", "E1", "3", "£4")
    content = line_end.join(map(",".join, [KEYS, *rows])).encode()
    assert len(content) > 2 * BYTES
    found = plain_columns(content, 0)
    assert found is not None
    assert found[0] == list(KEYS)
    assert [*zip(*found[1], strict=True)] == rows
    silent = [not any(map(str.isalnum, reason)) for *_, reason in rows]
    assert without_words(found[1][-1]).tolist() == silent


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
