"""Whatever is wrong with a programme's settings, or lies where its criteria are, is a finding at its place."""

from datetime import datetime
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.inputs import is_programme
from evaluator.files.read.programme import open_programme, read_settings
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.publication import criteria_workbook
from evaluator.records.office.settings import Person, Retention, Settings
from evaluator.reporting.office.settings_workbook import settings_workbook
from tests.unit.publication.small_criteria import small

MINIMAL = Path(__file__).parents[2] / "criteria" / "minimal"
SAID = Settings(
    title="Warm Spaces – 2027",
    authority="Ottermast Council",
    opened="2026-12-01",
    decided_by="A. Director",
    decided="2027-03-01",
    people=(Person("Sam Lee", "Officer", "sam@example.org", records=True), Person("Ana Roy")),
    retention=(Retention("Letters", "2033-03-31", "The council's schedule, line 4"),),
)


@pytest.fixture
def spoilt(tmp_path):
    """Give a function that changes the settings' workbook and reads it: what they say, and what was found where."""

    def spoil(change=lambda book: None, said=SAID):
        path = tmp_path / "settings.xlsx"
        path.write_bytes(workbook_bytes(settings_workbook(said)))
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        settings, found = read_settings(path)
        return settings, [(one.code, str(one.source)) for one in found]

    return spoil


def test_what_was_written_is_what_is_read(spoilt):
    assert spoilt() == (SAID, [])


def test_settings_that_say_nothing_are_as_by_default(spoilt):
    assert spoilt(said=Settings()) == (Settings(), [])


def test_a_folder_without_settings_is_as_by_default(tmp_path):
    assert open_programme(tmp_path).settings == Settings()
    assert open_programme(tmp_path).findings == ()


def test_a_newer_layout_is_refused_and_nothing_else_is_read(spoilt):
    settings, found = spoilt(lambda book: book["Settings"].__setitem__("B5", "2"))
    assert found == [("E-PROG-001", "settings.xlsx")]
    assert settings == Settings(layout=2)


def test_an_older_layout_is_read(spoilt):
    settings, found = spoilt(lambda book: book["Settings"].__setitem__("B5", "0"))
    assert (settings.title, found) == ("Warm Spaces – 2027", [])


def test_a_layout_that_is_no_number_is_found(spoilt):
    assert spoilt(lambda book: book["Settings"].__setitem__("B5", "one"))[1] == [
        ("E-PROG-002", "settings.xlsx Settings!B5")
    ]


def test_a_setting_of_another_name_is_told_of_where_it_says_something(spoilt):
    settings, found = spoilt(lambda book: book["Settings"].__setitem__("A7", "Autority"))
    assert found == [("E-PROG-003", "settings.xlsx Settings!A7")]
    assert settings.authority == ""


@pytest.mark.parametrize("day", ["31/04/2026", "01/12/26", "12/31/2026", "soon"])
def test_what_is_no_day_is_found_at_its_cell(spoilt, day):
    assert spoilt(lambda book: book["Settings"].__setitem__("B11", day))[1] == [
        ("E-PROG-004", "settings.xlsx Settings!B11")
    ]
    assert spoilt(lambda book: book["Retention"].__setitem__("B5", day))[1] == [
        ("E-PROG-004", "settings.xlsx Retention!B5")
    ]


@pytest.mark.parametrize("day", ["01/03/2027", "1 March 2027", "2027-03-01", datetime(2027, 3, 1)])  # noqa: DTZ001
def test_a_day_is_read_as_people_write_it(spoilt, day):
    def change(book):
        book["Settings"]["B11"].number_format = "yyyy-mm-dd"
        book["Settings"]["B11"] = day

    settings, found = spoilt(change)
    assert (settings.decided, found) == ("2027-03-01", [])


def test_two_people_who_record_are_found_and_neither_is_chosen_in_silence(spoilt):
    settings, found = spoilt(lambda book: book["People"].__setitem__("D6", "yes"))
    assert found == [("E-PROG-005", "settings.xlsx People!D6")]
    assert settings.recorder == Person("Sam Lee", "Officer", "sam@example.org", records=True)


def test_a_row_without_what_it_is_about_is_found(spoilt):
    assert spoilt(lambda book: book["People"].__setitem__("A6", None))[1] == []  # the row of a name alone is then empty
    assert spoilt(lambda book: book["People"].__setitem__("A5", None))[1] == [("E-PROG-006", "settings.xlsx People!A5")]
    assert spoilt(lambda book: book["Retention"].__setitem__("A5", None))[1] == [
        ("E-PROG-006", "settings.xlsx Retention!A5")
    ]


def test_neither_yes_nor_no_is_found(spoilt):
    assert spoilt(lambda book: book["People"].__setitem__("D5", "maybe"))[1] == [
        ("E-PROG-007", "settings.xlsx People!D5")
    ]


def test_a_setting_that_is_there_twice_is_found(spoilt):
    assert spoilt(lambda book: book["Settings"].__setitem__("A8", "Authority"))[1] == [
        ("E-PROG-008", "settings.xlsx Settings!A8")
    ]


def test_a_formula_is_never_taken(spoilt):
    settings, found = spoilt(lambda book: book["Settings"].__setitem__("B6", '=HYPERLINK("http://x","y")'))
    assert found == [("E-CELL-001", "settings.xlsx Settings!B6")]
    assert settings.title == ""


def test_a_hidden_sheet_is_told_of(spoilt):
    assert spoilt(lambda book: setattr(book["People"], "sheet_state", "hidden"))[1] == [
        ("E-FILE-023", "settings.xlsx People")
    ]


def test_a_sheet_that_is_not_there_says_nothing(spoilt):
    settings, found = spoilt(lambda book: book.remove(book["Retention"]))
    assert (settings.retention, found) == ((), [])


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04" + b"\x00" * 64, b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_a_finding_and_the_settings_are_as_by_default(tmp_path, content):
    (tmp_path / "settings.xlsx").write_bytes(content)
    settings, found = read_settings(tmp_path / "settings.xlsx")
    assert settings == Settings()
    assert [one.code[:6] for one in found] == ["E-FILE"]


def test_settings_that_are_a_folder_are_a_finding(tmp_path):
    (tmp_path / "settings.xlsx").mkdir()
    assert [one.code for one in open_programme(tmp_path).findings] == ["E-FILE-060"]


def test_a_folder_is_a_programme_where_criteria_lie_beside_settings_a_ledger_or_bids(tmp_path):
    assert not is_programme(tmp_path)
    (tmp_path / "criteria").mkdir()
    assert not is_programme(tmp_path)
    (tmp_path / "bids").mkdir()
    assert is_programme(tmp_path)


def codes(folder):
    read = read_criteria(folder)
    return read.criteria is not None, [(one.code, str(one.source)) for one in read.findings]


def write_book(path):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(criteria_workbook(small(), path.name)[0])


def test_a_folder_that_holds_one_workbook_is_read_from_it(tmp_path):
    write_book(tmp_path / "Our criteria.xlsx")
    (tmp_path / "~$Our criteria.xlsx").write_bytes(b"what a program keeps beside an open workbook")
    (tmp_path / ".~lock.Our criteria.xlsx").write_bytes(b"likewise")
    assert codes(tmp_path) == (True, [])


def test_two_workbooks_are_found_and_neither_is_chosen(tmp_path):
    write_book(tmp_path / "criteria.xlsx")
    write_book(tmp_path / "criteria old.xlsx")
    assert codes(tmp_path) == (False, [("E-PROG-011", "criteria.xlsx")])


def test_a_workbook_beside_files_is_found_and_neither_is_chosen(tmp_path):
    copytree(MINIMAL, tmp_path / "c")
    (tmp_path / "c" / "seal.json").unlink()
    write_book(tmp_path / "c" / "mine.xlsx")
    assert codes(tmp_path / "c") == (False, [("E-PROG-010", "mine.xlsx")])


def test_beside_files_that_were_sealed_a_workbook_is_only_told_of(tmp_path):
    copytree(MINIMAL, tmp_path / "c")
    write_book(tmp_path / "c" / "mine.xlsx")
    assert codes(tmp_path / "c") == (True, [("E-PROG-012", "mine.xlsx")])
