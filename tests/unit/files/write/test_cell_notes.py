"""Findings as notes at the cells of a workbook: nothing else in it changes, and it is read as before."""

import io
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.write.cell_notes import with_notes
from evaluator.jobs.publication import criteria_workbook
from evaluator.publication import canonical
from evaluator.records.findings.finding import Finding, Severity, Source
from tests.unit.publication.small_criteria import small

BOOK = "small.xlsx"


def found(sheet, row, column, message="The text says another thing."):
    return Finding("E-CRIT-901", Severity.NEEDS_DECISION, Source(BOOK, sheet, row, column), message, "Mend it.")


def notes_of(content):
    book = load_workbook(io.BytesIO(content))
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment)
    return {f"{cell.parent.title}!{cell.coordinate}": cell.comment.text for cell in cells}


@pytest.fixture(scope="module")
def book():
    return criteria_workbook(small(), BOOK)[0]


def read(content, tmp_path):
    (tmp_path / BOOK).write_bytes(content)
    return read_criteria(tmp_path / BOOK)


def test_each_finding_stands_at_its_cell_and_one_of_a_sheet_at_its_first(book):
    two = [found("Gates", 6, "C"), found("Gates", 6, "C", "And one more."), found("Price", 0, ""), found("", 0, "")]
    notes = notes_of(with_notes(book, two))
    assert notes["Gates!C6"] == (
        "Check of criteria: E-CRIT-901 (needs decision): The text says another thing.\nMend it.\n\n"
        "Check of criteria: E-CRIT-901 (needs decision): And one more.\nMend it."
    )
    assert set(notes) == {"Gates!C6", "Price!A1", "Guide!A1"}


def test_every_other_part_stays_byte_for_byte_and_the_copy_is_the_same_each_time(book):
    made = with_notes(book, [found("Gates", 6, "C")])
    assert made == with_notes(book, [found("Gates", 6, "C")])
    old, new = (zipfile.ZipFile(io.BytesIO(content)) for content in (book, made))
    other = [name for name in old.namelist() if old.read(name) != new.read(name)]
    gates = next(name for name in other if name.startswith("xl/worksheets/sheet"))
    assert set(other) <= {"[Content_Types].xml", gates, f"xl/worksheets/_rels/{gates.rsplit('/', 1)[1]}.rels"}
    assert set(new.namelist()) >= set(old.namelist())


def test_the_copy_is_read_without_complaint_and_as_what_it_was(book, tmp_path):
    before, after = read(book, tmp_path), read(with_notes(book, [found("Gates", 6, "C")]), tmp_path)
    assert after.findings == before.findings == ()
    assert canonical(after.criteria) == canonical(before.criteria)


def test_what_somebody_wrote_beside_a_cell_stays_and_is_still_told(book, tmp_path):
    opened = load_workbook(io.BytesIO(book))
    opened["Gates"]["C6"].comment = Comment("My own doubt", "A. Lawyer")
    opened["Gates"]["C7"].comment = Comment("And another", "A. Lawyer")
    kept = io.BytesIO()
    opened.save(kept)
    made = with_notes(kept.getvalue(), [found("Gates", 6, "C"), found("Gates", 8, "C")])
    notes = notes_of(made)
    assert notes["Gates!C6"].startswith("My own doubt\n\nCheck of criteria: E-CRIT-901")
    assert notes["Gates!C7"] == "And another"
    assert notes["Gates!C8"].startswith("Check of criteria: E-CRIT-901")
    assert [one.code for one in read(made, tmp_path).findings] == ["E-CELL-021"]


def test_notes_of_an_earlier_check_give_way(book):
    first = with_notes(book, [found("Gates", 6, "C", "An old one."), found("Gates", 8, "D")])
    notes = notes_of(with_notes(first, [found("Gates", 6, "C", "A new one.")]))
    assert notes["Gates!C6"] == "Check of criteria: E-CRIT-901 (needs decision): A new one.\nMend it."
    assert notes["Gates!D8"] == "Check of criteria: what was found here is mended or accepted."


def test_each_note_is_drawn_once_and_ids_do_not_meet(book):
    made = zipfile.ZipFile(io.BytesIO(with_notes(book, [found("Gates", row, "C") for row in range(5, 9)])))
    (drawn,) = [made.read(name).decode() for name in made.namelist() if name.endswith(".vml")]
    assert drawn.count("<x:Row>") == 4
    assert [f"<x:Row>{row}</x:Row><x:Column>2</x:Column>" in drawn for row in (4, 5, 6, 7)] == [True] * 4
    assert len({part.split('"')[0] for part in drawn.split('id="_x0000_s')[1:]}) == 4
