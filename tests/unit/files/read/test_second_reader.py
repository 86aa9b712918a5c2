"""A second reader sees what the first one saw, or says where it does not."""

from pathlib import Path

import openpyxl
import pytest

from evaluator.files.read import second_reader
from evaluator.files.read.second_reader import seen_otherwise

SAMPLE = Path(__file__).resolve().parents[4] / "sample_bids" / "community_commissioning"


def written(folder: Path, name: str, value: object) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B2"], sheet["C3"] = "Mark", value, "=1+1"
    book.save(folder / name)


def seen(folder: Path, name: str) -> tuple[str, ...]:
    return seen_otherwise((name, (folder / name).read_bytes()))


def test_the_sample_is_seen_alike_by_both_readers() -> None:
    names = ["register.xlsx", "returns/E01.xlsx", "moderation.xlsx", "decisions.xlsx"]
    assert [seen(SAMPLE, name) for name in names] == [()] * 4


@pytest.mark.parametrize(("ours", "theirs"), [(4, 5), ("four", "five"), (4, "4")])
def test_a_cell_that_the_two_see_otherwise_is_named(
    ours: object, theirs: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "one.xlsx", ours)
    written(tmp_path, "other.xlsx", theirs)
    other = openpyxl.load_workbook(tmp_path / "other.xlsx")
    monkeypatch.setattr(second_reader.openpyxl, "load_workbook", lambda _: other)
    (line,) = seen(tmp_path, "one.xlsx")
    assert line == "openpyxl, a second reader, sees something else in one.xlsx Sheet!B2"


def test_a_file_that_one_of_them_cannot_open_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "one.xlsx").write_bytes(b"not a workbook")
    assert seen(tmp_path, "one.xlsx") == ()
