"""The guard lets clean workbooks pass and names what is wrong with the others."""

import zipfile
from pathlib import Path

import pytest

from evaluator.files.read.xlsx import open_workbook
from tests.unit.files.read.xlsx.spoilt_workbooks import return_workbook, with_member, with_replaced


def code_of(path: Path) -> str:
    book, found = open_workbook(path.read_bytes(), path.name)
    assert (book is None) == bool(found)
    assert [str(one.source) for one in found] == [path.name] * len(found)
    return " ".join(one.code for one in found)


def test_a_clean_workbook_passes(tmp_path: Path) -> None:
    assert code_of(return_workbook(tmp_path / "E01.xlsx")) == ""


@pytest.mark.parametrize(
    ("member", "code"),
    [
        ("xl/vbaProject.bin", "E-FILE-012"),
        ("xl/embeddings/oleObject1.bin", "E-FILE-012"),
        ("xl/activeX/activeX1.xml", "E-FILE-012"),
        ("../escape.xml", "E-FILE-014"),
    ],
)
def test_active_content_and_path_tricks_are_refused(tmp_path: Path, member: str, code: str) -> None:
    assert code_of(with_member(return_workbook(tmp_path / "E01.xlsx"), member, b"<x/>")) == code


def test_macros_are_noticed_by_content_type_even_when_the_file_was_renamed(tmp_path: Path) -> None:
    path = return_workbook(tmp_path / "E01.xlsx")
    with_replaced(path, "[Content_Types].xml", b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
    assert code_of(path) == "E-FILE-012"


def test_a_repeated_name_in_the_archive_is_refused(tmp_path: Path) -> None:
    path = return_workbook(tmp_path / "E01.xlsx")
    with pytest.warns(UserWarning, match="Duplicate name"):
        with_member(path, "xl/workbook.xml", b"<workbook/>")
    assert code_of(path) == "E-FILE-014"


def test_a_zip_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = return_workbook(tmp_path / "E01.xlsx")
    assert code_of(with_member(path, "xl/media/a.bin", b"\0" * 90_000_000)) == "E-FILE-013"


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = return_workbook(tmp_path / "E01.xlsx")
    lol = b'<!DOCTYPE lolz [<!ENTITY lol "lol">]><worksheet '
    assert code_of(with_replaced(path, "xl/worksheets/sheet2.xml", b"<worksheet ", lol)) == "E-FILE-015"


def test_a_cell_far_outside_any_table_is_refused(tmp_path: Path) -> None:
    path = return_workbook(tmp_path / "E01.xlsx")
    assert code_of(with_replaced(path, "xl/worksheets/sheet2.xml", b'r="A2"', b'r="XFD1048576"')) == "E-FILE-016"


def test_a_password_protected_or_old_workbook_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "E01.xlsx"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)
    assert code_of(path) == "E-FILE-010"


@pytest.mark.parametrize("content", [b"", b"PK", b"not a workbook", b"PK\x03\x04" + b"\0" * 60])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "E01.xlsx"
    path.write_bytes(content)
    assert code_of(path) == "E-FILE-011"


def test_another_kind_of_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "E01.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert code_of(path) == "E-FILE-011"


def test_no_truncation_of_a_workbook_gets_past_the_guard_or_breaks_it(tmp_path: Path) -> None:
    whole = return_workbook(tmp_path / "whole.xlsx").read_bytes()
    path = tmp_path / "cut.xlsx"
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        assert code_of(path) == "E-FILE-011"
