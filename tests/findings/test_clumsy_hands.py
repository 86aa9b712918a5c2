"""What hands do to a workbook by mistake: it is told in three lines at most, and what each line says to do is enough.

Eight bids, two questions and two evaluators; every workbook was issued, filled in, and is spoilt in one way.
"""

import datetime
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.papers import issue
from evaluator.pipeline import Published, decide
from evaluator.records.results.outcome import Outcome, Run

CRITERIA = Path(__file__).resolve().parents[2] / "criteria" / "minimal_with_price"
BIDS = tuple(f"B{number}" for number in range(1, 9))
FIRST, LAST = 6, 21  # rows of the sheet Marks with answers
ROWS = range(FIRST, LAST + 1)
NAME, ASKED, MARK, REASON = 2, 5, 6, 8  # columns of the sheet Marks
MOST_LINES = 3
OnFolder = Callable[[Path], None]
OnSheet = Callable[[Worksheet], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder in which nothing is wrong."""
    folder = tmp_path_factory.mktemp("clumsy") / "bids"
    (folder / "returns").mkdir(parents=True)
    prices = "".join(f"{bid},main,Trust {bid},{10_000 + 500 * place},\n" for place, bid in enumerate(BIDS))
    (folder / "register.csv").write_text(f"bid,theme,organisation,price,members\n{prices}", "utf-8")
    (folder / "panel.csv").write_text("evaluator,name,theme\nE1,Ann,main\nE2,Bob,main\n", "utf-8")
    made = issue(CRITERIA, folder, 1)
    for evaluator in ("E1", "E2"):
        (folder / "returns" / f"{evaluator}.xlsx").write_bytes(made.files[f"{evaluator}.xlsx"])
        in_return(filled_in, evaluator)(folder)
    agreed = "".join(f"{bid},{asked},4,Both gave 4: every part is there.\n" for bid in BIDS for asked in ("Q1", "Q2"))
    (folder / "consensus.csv").write_text(f"bid,question,mark,reason\n{agreed}", "utf-8")
    return folder


def filled_in(sheet: Worksheet) -> None:
    for row in ROWS:
        sheet.cell(row, MARK).value = 4
        sheet.cell(row, REASON).value = f"On {sheet.cell(row, 1).value}: the need is named and counted, with evidence."


def outcome_of(folder: Path) -> Outcome:
    read = read_criteria(CRITERIA)
    assert read.criteria is not None
    published = Published(read.criteria, read.seal)
    return decide(published, read_bids(folder, read.criteria), Run("run", "0", ""), "scoring", lambda _: None)


def in_return(change: OnSheet, evaluator: str = "E1") -> OnFolder:
    def on_folder(folder: Path) -> None:
        path = folder / "returns" / f"{evaluator}.xlsx"
        book = openpyxl.load_workbook(path)
        change(book["Marks"])
        book.save(path)

    return on_folder


def in_file(name: str, before: str, after: str) -> OnFolder:
    def on_folder(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert before in text
        (folder / name).write_text(text.replace(before, after), "utf-8")

    return on_folder


def to_all(column: int, value: object) -> OnFolder:
    def change(sheet: Worksheet) -> None:
        for row in ROWS:
            sheet.cell(row, column).value = value

    return in_return(change)


def filtered(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = f"A5:I{LAST}"
    for row in range(9, 20):
        sheet.row_dimensions[row].hidden = True


def unfiltered(sheet: Worksheet) -> None:
    for row in range(9, 20):
        sheet.row_dimensions[row].hidden = False


def sort_rows(sheet: Worksheet, columns: range) -> None:
    cells = [[sheet.cell(row, column).value for column in columns] for row in ROWS]
    for row, values in zip(ROWS, sorted(cells, key=lambda one: (str(one[0]), str(one[-1]))), strict=True):
        for column, value in zip(columns, values, strict=True):
            sheet.cell(row, column).value = value


def insert_notes(sheet: Worksheet) -> None:
    sheet.insert_cols(MARK)
    for row in ROWS:
        sheet.cell(row, MARK).value = "look again"


def add_column(sheet: Worksheet) -> None:
    sheet["J5"] = "My notes"
    for row in ROWS:
        sheet.cell(row, 10).value = "look again"


def half_done(sheet: Worksheet) -> None:
    for row in range(14, LAST + 1):
        sheet.cell(row, MARK).value = sheet.cell(row, REASON).value = None


def add_row(*, cell: str, value: str, mark: object) -> OnFolder:
    def change(sheet: Worksheet) -> None:
        sheet[f"{cell}{LAST + 1}"], sheet[f"F{LAST + 1}"] = value, mark

    return in_return(change)


def swap(sheet: Worksheet) -> None:
    for row in ROWS:
        mark, reason = sheet.cell(row, MARK), sheet.cell(row, REASON)
        mark.value, reason.value = reason.value, mark.value


def in_percent(sheet: Worksheet) -> None:
    for row in ROWS:
        sheet.cell(row, MARK).number_format = "0%"


def general_again(sheet: Worksheet) -> None:
    for row in ROWS:
        sheet.cell(row, MARK).number_format = "General"
    filled_in(sheet)


def other_ids(sheet: Worksheet) -> None:
    for row in ROWS:
        sheet.cell(row, 1).value = str(sheet.cell(row, 1).value).replace("B", "B-")


def right_ids(sheet: Worksheet) -> None:
    for row in ROWS:
        sheet.cell(row, 1).value = str(sheet.cell(row, 1).value).replace("B-", "B")


def unmerged(sheet: Worksheet) -> None:
    sheet.unmerge_cells("F6:F9")
    filled_in(sheet)


def issued_again(folder: Path) -> None:
    """Have the marks sent in the workbook as it was issued."""
    (folder / "returns" / "E1.xlsx").write_bytes(issue(CRITERIA, folder, 1).files["E1.xlsx"])
    in_return(filled_in)(folder)


def second_copy(folder: Path) -> None:
    shutil.copy(folder / "returns" / "E1.xlsx", folder / "returns" / "E1 (1).xlsx")


def one_copy(folder: Path) -> None:
    (folder / "returns" / "E1 (1).xlsx").unlink()


def column_hidden(sheet: Worksheet, *, hidden: bool) -> None:
    sheet.column_dimensions["F"].hidden = hidden


def nothing(_: Path) -> None:
    """Do what a note asks: nothing."""


@dataclass(frozen=True)
class Slip:
    """What a hand did, the codes of all lines about it, and what the remedy says to do."""

    name: str
    done: OnFolder
    codes: frozenset[str]
    remedied: OnFolder = field(default=nothing)


def slip(name: str, done: OnFolder, codes: str = "", remedied: OnFolder = nothing) -> Slip:
    return Slip(name, done, frozenset(codes.split()), remedied)


DAY = datetime.date(2026, 5, 4)
SLIPS = (
    slip("a filter left on", in_return(filtered), "E-CELL-006", in_return(unfiltered)),
    slip("sorted as a whole", in_return(lambda sheet: sort_rows(sheet, range(1, 10)))),
    slip("one column sorted", in_return(lambda sheet: sort_rows(sheet, range(1, 2))), "E-TEMPLATE-003", issued_again),
    slip("an empty column inserted", in_return(lambda sheet: sheet.insert_cols(MARK))),
    slip("half a return", in_return(half_done), "E-MARK-001", in_return(filled_in)),
    slip("rows deleted", in_return(lambda sheet: sheet.delete_rows(14, 8)), "E-RET-003", issued_again),
    slip("marks with a space", to_all(MARK, "4 ")),
    slip("marks with their word", to_all(MARK, "4 – good")),
    slip("marks with another word", to_all(MARK, "4 - Weak"), "E-MARK-003", to_all(MARK, 4)),
    slip("words for numbers", to_all(MARK, "four"), "E-MARK-003", to_all(MARK, 4)),
    slip("marks off the scale", to_all(MARK, 7), "E-MARK-004", to_all(MARK, 4)),
    slip("no reasons", to_all(REASON, None), "E-MARK-002", in_return(filled_in)),
    slip("mark and reason swapped", in_return(swap), "E-MARK-003 E-RET-013", in_return(filled_in)),
    slip(
        "a total row",
        add_row(cell="A", value="Total", mark=64),
        "E-ROW-001",
        in_return(lambda sheet: sheet.delete_rows(LAST + 1)),
    ),
    slip(
        "a total row with a formula",
        add_row(cell="A", value="Total", mark=f"=SUM(F{FIRST}:F{LAST})"),
        "E-ROW-001",
        in_return(lambda sheet: sheet.delete_rows(LAST + 1)),
    ),
    slip(
        "an average under the table",
        add_row(cell="E", value="Average", mark=4),
        "E-ROW-004",
        in_return(lambda sheet: sheet.delete_rows(LAST + 1)),
    ),
    slip("marks in percent", in_return(in_percent), "E-CELL-005", in_return(general_again)),
    slip("marks that became dates", to_all(MARK, DAY), "E-CELL-004", in_return(general_again)),
    slip("marks as formulas", to_all(MARK, "=2+2"), "E-CELL-001", in_return(filled_in)),
    slip(
        "merged cells",
        in_return(lambda sheet: sheet.merge_cells("F6:F9")),
        "E-CELL-007 E-MARK-001",
        in_return(unmerged),
    ),
    slip(
        "a column hidden",
        in_return(lambda sheet: column_hidden(sheet, hidden=True)),
        "E-CELL-008",
        in_return(lambda sheet: column_hidden(sheet, hidden=False)),
    ),
    slip("other ids in one return", in_return(other_ids), "E-MARK-005 E-RET-003 E-TEMPLATE-005", in_return(right_ids)),
    slip("a total row in the register", in_file("register.csv", "\nB8", "\nTotal,,,94000,\nB8"), "E-ROW-001",
         in_file("register.csv", "Total,,,94000,\n", "")),
    slip("a sum alone in the register", in_file("register.csv", "\nB8", "\n,,,94000,\nB8"), "E-ROW-004",
         in_file("register.csv", ",,,94000,\n", "")),
    slip("other ids in the register", in_file("register.csv", "\nB", "\nBID-"), "E-REG-017",
         in_file("register.csv", "\nBID-", "\nB")),
    slip("another theme in the register", in_file("register.csv", ",main,", ",mian,"), "E-REG-005",
         in_file("register.csv", ",mian,", ",main,")),
    slip("a word before each price", in_file("register.csv", ",1", ",about 1"), "E-PRICE-002",
         in_file("register.csv", ",about 1", ",1")),
    slip("a space after each price", in_file("register.csv", "00,", "00 ,")),
    slip("no partners, in words", in_file("register.csv", "00,\n", "00,N/A\n"), "E-WORD-001"),
)  # fmt: skip


def test_nothing_is_told_of_the_folder_that_is_spoilt(whole: Path) -> None:
    outcome = outcome_of(whole)
    assert outcome.findings == ()
    assert outcome.scores is not None


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_told_in_three_lines_at_most_and_its_remedy_works(whole: Path, slip: Slip, tmp_path: Path) -> None:
    folder = tmp_path / "bids"
    shutil.copytree(whole, folder)
    slip.done(folder)
    told = outcome_of(folder).findings
    assert {one.code for one in told} == slip.codes
    assert len(told) <= MOST_LINES
    slip.remedied(folder)
    assert outcome_of(folder).scores == outcome_of(whole).scores is not None


@pytest.mark.parametrize(
    ("done", "remedied"),
    [(in_return(insert_notes), nothing), (in_return(add_column), nothing), (second_copy, one_copy)],
    ids=["a column of notes inserted", "a column added", "a second copy"],
)
def test_what_stands_beside_the_answers_is_told_in_three_lines_at_most(
    whole: Path, done: OnFolder, remedied: OnFolder, tmp_path: Path
) -> None:
    folder = tmp_path / "bids"
    shutil.copytree(whole, folder)
    done(folder)
    assert len(outcome_of(folder).findings) <= MOST_LINES
    remedied(folder)
    assert outcome_of(folder).scores == outcome_of(whole).scores is not None


def test_a_line_counts_and_names_the_cells_under_it(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bids"
    shutil.copytree(whole, folder)
    in_return(half_done)(folder)
    (one,) = outcome_of(folder).findings
    assert one.source.cell == "F14"
    assert one.told.endswith("is missing. The same is so of 7 more cells: F15 to F21.")
