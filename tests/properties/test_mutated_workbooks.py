"""Workbooks of every reader, spoilt at random from a seed: nothing crashes, and nothing is taken that nobody sees.

The default run makes a few dozen mutations; with ``-m slow`` there are 10,000, beside those of returns.
"""

import contextlib
import io
import random
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule, IconSetRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.files.read.bids.folder import read_bids
from evaluator.records.findings.finding import block_award
from evaluator.records.submissions.received import Received
from tests.properties.test_mutated_returns import FORMATS, VALUES, as_shown, spoil_bytes, spoil_parts, unseen
from tests.unit.files.read.workbooks_to_read import Home, Place, folder_of, make_home, read_again

MORE_FORMATS = (
    *FORMATS,
    *(
        '£#,##0.0,"k"',
        "[$€-2] #,##0",
        '[>3]"5";0',
        '"refused";;;"refused"',
        "[White]0",
        "00000000",
        "£#,##0",
        "0.0#",
        "@@",
    ),
)
POUNDS = {"£#,##0": "0", '"£"#,##0.00': "0.00", "[White]0": "not to be seen", "0.0#": "0.00"}
MONEY = (21500, 21500.5, 9000, 0, -5, "21500", "£24,000", "N/A")
Change = Callable[[Worksheet, Any, random.Random], None]


def value(_: Worksheet, cell: Any, dice: random.Random) -> None:
    cell.value = dice.choice((*VALUES, *MONEY))


def shown(_: Worksheet, cell: Any, dice: random.Random) -> None:
    cell.value, cell.number_format = dice.choice((*VALUES, *MONEY, cell.value)), dice.choice(MORE_FORMATS)


def looks(_: Worksheet, cell: Any, dice: random.Random) -> None:
    dark = "FF" + dice.choice(("000000", "1F497D", "FFFFFF"))
    cell.font = dice.choice((Font(color=dark), Font(strike=True), Font(sz=2), Font(name="Wingdings"), Font(sz=10)))
    if dice.random() < 0.4:
        cell.fill = PatternFill("solid", fgColor=dark)
    if dice.random() < 0.2:
        cell.alignment = Alignment(horizontal=dice.choice(("fill", "centerContinuous", "left")))


def rules(sheet: Worksheet, cell: Any, dice: random.Random) -> None:
    rule = dice.choice(
        (FormulaRule(["TRUE"], font=Font(color="FFFFFFFF")), IconSetRule("3Arrows", "num", [0, 1, 2], False))
    )
    sheet.conditional_formatting.add(cell.coordinate, rule)


def hidden(sheet: Worksheet, cell: Any, dice: random.Random) -> None:
    what = dice.randrange(4 if len(sheet.parent.worksheets) > 1 else 3)  # a workbook shows one sheet at least
    if what == 0:
        sheet.row_dimensions[cell.row].hidden = True
    elif what == 1:
        sheet.row_dimensions[cell.row].height = dice.choice((0, 1, 4))
    elif what == 2:
        sheet.column_dimensions[cell.column_letter].width = dice.choice((0, 0.5))
    else:
        sheet.sheet_state = dice.choice(("hidden", "veryHidden"))


def spilled(sheet: Worksheet, cell: Any, dice: random.Random) -> None:
    where = sheet.cell(dice.randint(1, cell.row), cell.column)
    where.value = ArrayFormula(f"{where.coordinate}:{cell.coordinate}", "=Z1:Z9")


def merged(sheet: Worksheet, cell: Any, dice: random.Random) -> None:
    sheet.merge_cells(f"{cell.coordinate}:{sheet.cell(cell.row + dice.randint(0, 2), cell.column + 1).coordinate}")


CHANGES: tuple[Change, ...] = (value, value, shown, shown, shown, looks, looks, rules, hidden, spilled, merged)


def spoil_cells(content: bytes, place: Place, dice: random.Random) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[place.sheet]
    for _ in range(dice.randint(1, 2)):
        with contextlib.suppress(AttributeError):  # a cell that an earlier change merged away cannot be written
            dice.choice(CHANGES)(sheet, sheet.cell(place.row, place.column), dice)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken(received: Received, place: Place) -> str:
    """Give what was taken from a place of a table; empty where nothing was, or where it is of no table."""
    tables = (received.register, received.marks, received.consensus, received.interests, received.decisions)
    for table in (*tables, received.panel):
        for row in range(len(table)) if table is not None else ():
            for key, text in table.row(row).items() if table is not None else ():
                source = table.source(row, key)
                if (source.file, source.sheet, source.row) == (
                    place.file,
                    place.sheet,
                    place.row,
                ) and source.column == (openpyxl.utils.get_column_letter(place.column)):
                    return text
    return ""


def check(home: Home, folder: Path, seed: int) -> bool:
    """Spoil a workbook of some reader by a seed and read it; give whether it was accepted."""
    dice = random.Random(seed)
    place = dice.choice(home.places)
    path = folder / folder_of(place) / place.file
    before = path.read_bytes()
    at_cell = dice.random() < 0.6
    spoilt = spoil_cells(before, place, dice) if at_cell else dice.choice((spoil_bytes, spoil_parts))(before, dice)
    path.write_bytes(spoilt)
    try:
        found = [one for one in read_again(folder, place, home.criteria) if one.source.file == place.file]
        if block_award(found):
            return False
        if at_cell and folder_of(place) and place.reader not in ("monitoring", "grants"):
            text = taken(read_bids(folder / folder_of(place), home.criteria), place)
            if text.strip():
                assert_seen(path, place, text, seed)
        return True
    finally:
        path.write_bytes(before)


def assert_seen(path: Path, place: Place, text: str, seed: int) -> None:
    """Hold what was taken against what a person would see of the cell."""
    sheet = openpyxl.load_workbook(path)[place.sheet]
    cell = sheet.cell(place.row, place.column)
    row, column = sheet.row_dimensions[cell.row], sheet.column_dimensions[cell.column_letter]
    assert sheet.sheet_state == "visible", seed
    assert [row.hidden, column.hidden] == [False, False], seed
    assert row.height is None or row.height >= 5, seed
    eye = (unseen(sheet, cell) or as_seen(cell)).removeprefix("too large for any mark: ")  # other columns take it
    assert eye in (text.strip(), text) or numbers(eye) == numbers(text) is not None, (seed, place.reader, text, eye)


def as_seen(cell: Any) -> str:
    if cell.number_format == "0%" and type(cell.value) in (int, float):
        return f"{Decimal(repr(cell.value)) * 100:.0f}%"
    if cell.number_format == "00000000" and type(cell.value) is int:
        return f"{cell.value:08}"
    plain = POUNDS.get(cell.number_format, cell.number_format)
    return as_shown(cell.value, plain) if not hasattr(cell.value, "isoformat") else cell.value.isoformat()[:10]


def numbers(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


def run(home: Home, folder: Path, seeds: range) -> int:
    shutil.copytree(home.path, folder)
    return sum(check(home, folder, seed) for seed in seeds)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return make_home(tmp_path_factory.mktemp("home"))


@pytest.mark.filterwarnings("ignore")
def test_a_few_spoilt_workbooks_of_every_reader_never_crash_and_are_taken_as_they_are_seen(
    home: Home, tmp_path: Path
) -> None:
    accepted = run(home, tmp_path / "home", range(120))
    assert 0 < accepted < 100


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_thousands_of_spoilt_workbooks_of_every_reader_never_crash_and_are_taken_as_they_are_seen(
    home: Home, tmp_path: Path
) -> None:
    assert run(home, tmp_path / "home", range(1_000, 11_000)) > 0
