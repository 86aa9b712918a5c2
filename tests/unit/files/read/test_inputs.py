"""Each input's bytes are read once; what cannot be read, or changes meanwhile, is a finding that names the file."""

import io
import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from evaluator.files.read import inputs as taken
from evaluator.files.read.bids import bid_forms
from evaluator.files.read.bids.folder import bids_in, bids_of
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.inputs import Inputs, UnreadableError, netted, read_once
from evaluator.files.read.notation import json_of, toml_of
from evaluator.files.read.tables import layouts
from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Book

SMALL = Path(__file__).resolve().parents[4] / "criteria" / "minimal_with_price"
ROOT_MAY_READ_ALL = hasattr(os, "geteuid") and os.geteuid() == 0


def socket_at(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(os.path.relpath(path))


KINDS: list[tuple[Callable[[Path], object], str]] = [
    (Path.mkdir, "it is a folder"),
    (os.mkfifo, "it is a pipe, not a file"),
    (socket_at, "it is a socket, not a file"),
    (lambda path: path.symlink_to("/dev/zero"), "it is a device, not a file"),
    (lambda path: path.symlink_to("nowhere"), "it is not there, or is a link to what is not there"),
    (lambda path: path.symlink_to(path.name), "it is a link that leads back to itself"),
]


@pytest.mark.parametrize(("make", "why"), KINDS)
def test_what_is_no_file_is_never_opened_and_is_named_with_the_reason(
    make: Callable[[Path], object], why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "register.xlsx")
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("it was opened"))
    folder = bids_in(tmp_path)
    assert folder.content("register.xlsx") is None
    (found,) = folder.opened("register.xlsx")[1]
    assert (found.code, found.source.file) == ("E-FILE-060", "register.xlsx")
    assert found.message == f"This cannot be read: {why}."


@pytest.mark.skipif(ROOT_MAY_READ_ALL, reason="this account may read everything")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_bytes(b"bid\n")
    (tmp_path / "register.csv").chmod(0)
    with pytest.raises(UnreadableError, match="no permission"):
        read_once(tmp_path / "register.csv")


def test_a_folder_that_cannot_be_looked_into_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "returns").mkdir()
    scandir = os.scandir

    def refused(place: Path) -> object:
        if place.name == "returns":
            raise PermissionError(13, "Permission denied")
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refused)
    assert bids_in(tmp_path).unreadable() == {"returns": "this account has no permission to open it"}


def test_a_name_that_is_no_text_is_shown_with_its_bytes_and_asked_to_be_changed(tmp_path: Path) -> None:
    (tmp_path / "returns").mkdir()
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/returns/E\xff.xlsx")).write_bytes(b"x")
    except OSError:
        pytest.skip("this system has no such names")
    assert bids_in(tmp_path).unreadable() == {
        r"returns/E\udcff.xlsx": "its name holds bytes that are no characters; give it another name"
    }


def test_a_file_larger_than_any_is_not_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "marks.csv").write_bytes(b"x" * 11)
    with pytest.raises(UnreadableError, match="it has more than 0 megabytes"):
        read_once(tmp_path / "marks.csv", 10)


def test_a_file_is_read_once_and_everyone_is_given_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "register.csv").write_bytes(b"first")
    folder, read = bids_in(tmp_path), []
    monkeypatch.setattr(taken, "read_once", lambda path: read.append(path.name) or path.read_bytes())
    assert folder.content("register.csv") == b"first"
    (tmp_path / "register.csv").write_bytes(b"other")
    assert folder.content("register.csv") == b"first"
    assert folder.contents() == {"register.csv": b"first"}
    assert read == ["register.csv"]


def test_what_came_went_or_changed_since_it_was_read_is_found_each_by_name(tmp_path: Path) -> None:
    for name in ("register.csv", "marks.csv", "panel.csv"):
        (tmp_path / name).write_bytes(b"first")
    folder = bids_in(tmp_path)
    assert len(folder.contents()) == 3
    assert folder.changed() == ()
    stamp = (tmp_path / "register.csv").stat()
    (tmp_path / "register.csv").write_bytes(b"other")  # as long, and as old, as the first
    os.utime(tmp_path / "register.csv", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    (tmp_path / "marks.csv").unlink()
    (tmp_path / "decisions.csv").write_bytes(b"new")
    (tmp_path / "notes.txt").write_bytes(b"which nobody reads")
    told = {one.source.file: one.message.partition(" while ")[0] for one in folder.changed()}
    assert told == {
        "decisions.csv": "This file was added",
        "marks.csv": "This file was taken away",
        "register.csv": "This file was changed",
    }
    assert {one.code for one in folder.changed()} == {"E-FILE-062"}


@pytest.mark.parametrize("later", [lambda was: was[:-1] + b"y", lambda was: was + b"x", lambda was: was[:-1]])
@pytest.mark.parametrize("size", [0, 1, 1024 * 1024, 2 * 1024 * 1024 + 7])
def test_a_file_is_compared_to_its_last_byte(tmp_path: Path, size: int, later: Callable[[bytes], bytes]) -> None:
    was = b"x" * size
    (tmp_path / "marks.csv").write_bytes(was)
    folder = bids_in(tmp_path)
    folder.contents()
    assert folder.changed() == ()
    (tmp_path / "marks.csv").write_bytes(later(was))
    assert len(folder.changed()) == (later(was) != was)


def test_a_bundles_files_do_not_change_and_keep_what_could_not_be_read() -> None:
    folder = bids_of({"register.csv": b"x", "readme.txt": b"x"}, {"marks.csv": "it is a pipe, not a file"})
    assert folder.names == ("register.csv", "marks.csv") or folder.names == ("marks.csv", "register.csv")
    assert (folder.changed(), folder.why("marks.csv")) == ((), "it is a pipe, not a file")


def test_whatever_a_reader_raises_is_a_finding_without_what_it_said() -> None:
    def read() -> tuple[None, tuple[()]]:
        raise ZeroDivisionError("a reply that nobody may see")

    made, (found,) = netted("equality/monitoring.csv", read)
    assert (made, found.code, found.source.file) == (None, "E-FILE-061", "equality/monitoring.csv")
    assert "ZeroDivisionError" in found.message
    assert "nobody" not in str(found)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a = " + b"[" * 50_000 + b"]" * 50_000, "nested too deeply"),
        (b"a = " + b"9" * 5_000, "thousands of digits"),
        (b"a = " + b"9" * 400, "no figure that can be worked with"),
        (b"a = \xff", "not text in UTF-8"),
    ],
)
def test_toml_that_no_reader_expects_is_refused_in_words(content: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        toml_of(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "thousands of digits"),
        (b'{"a": ' + b"9" * 400 + b"}", "no figure that can be worked with"),
        (b'{"a": NaN}', "NaN is no figure"),
        ("{}".encode("utf-16"), "not text in UTF-8"),
    ],
)
def test_json_that_no_reader_expects_is_refused_in_words(content: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        json_of(content)


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999", "0." + "3" * 300])
def test_a_number_beyond_any_figure_stays_a_text_that_its_key_refuses(number: str) -> None:
    assert toml_of(f"a = {number}".encode()) == {"a": number}
    assert json_of(f'{{"a": {number}}}'.encode()) == {"a": number}


@pytest.mark.parametrize("encoding", ["x-odd", "utf-7", "rot13", "ebcdic-cp-be"])
def test_a_workbook_in_an_encoding_that_nobody_knows_is_a_finding(encoding: str) -> None:
    book, packed = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(book)
    with zipfile.ZipFile(book) as archive, zipfile.ZipFile(packed, "w") as changed:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + content
            changed.writestr(name, content)
    found = open_workbook(packed.getvalue(), "register.xlsx")
    assert found[0] is None
    assert [(one.code, one.source.file) for one in found[1]] == [("E-FILE-011", "register.xlsx")]


def test_a_form_that_no_reader_expects_is_named_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    criteria = read_criteria(SMALL).criteria
    assert criteria is not None
    monkeypatch.setattr(bid_forms._Form, "values", lambda self: {}[self.file])
    layout = layouts.register(criteria, received=True)
    table, _, found = bid_forms.read_bid_forms([("bids/B9.xlsx", Book((), {}, from_1904=False))], criteria, layout)
    assert [(one.code, one.source.file) for one in found] == [("E-FILE-061", "bids/B9.xlsx")]
    assert list(table.columns["bid"]) == ["B9"]


def test_inputs_know_their_names_whether_they_can_be_read_or_not() -> None:
    folder = Inputs({"b": b"x", "a": "it is a folder"})
    assert (folder.names, "a" in folder, "c" in folder) == (("a", "b"), True, False)
    assert (folder.contents(), folder.unreadable()) == ({"b": b"x"}, {"a": "it is a folder"})


@pytest.mark.parametrize("text", ["a." * 20_000 + "b = 1", "x = {" + "a." * 20_000 + "b = 1}", f"[{'a.' * 20_000}b]"])
def test_a_key_of_thousands_of_parts_is_refused_before_the_time_of_reading_it_grows_with_their_square(
    text: str,
) -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        toml_of(text.encode())


def test_dots_in_a_text_are_no_parts_of_a_key() -> None:
    assert toml_of(f"a = 1\nb = '{'.' * 900}'".encode())["b"] == "." * 900
