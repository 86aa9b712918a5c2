"""What every reader reads, spoilt at random from a seed: nothing crashes, and nothing is taken that nobody sees.

What a reader says that it took from a cell is held against that cell as another program reads it: its value, format,
whether it can be seen, and the heading over it. The default run makes a few hundred; with ``-m slow`` there are 15,000
beside the 5,000 returns of the test next door, in about ten minutes.
"""

import contextlib
import csv
import io
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.files.read.bids.folder import read_bids, read_external_data, read_monitoring
from evaluator.files.read.candidates.candidates import problem_from_files
from evaluator.files.read.candidates.price_list import read_prices
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.tables.layouts import Layout
from evaluator.records.findings.finding import Source, block_award
from evaluator.records.look_alikes import skeleton
from evaluator.records.submissions.blank_words import says_nothing
from evaluator.records.submissions.received import Table
from tests.properties.test_mutated_returns import FORMATS, VALUES, spoil_bytes, spoil_parts, unseen
from tests.unit.files.read.workbooks_to_read import Home, Place, every_table, folder_of, make_home

WORKBOOKS = (
    "register", "return", "moderation", "interests", "decisions", "monitoring", "grants", "issued return",
    "form Prices", "form Prices", "form Bid", "criteria table",
)  # fmt: skip
SHOWN = {  # formats that a reader may take, with the decimals that they show
    "General": 10, "@": 10, "0": 0, "0.00": 2, "#,##0_);(#,##0)": 0, '"£"#,##0.00': 2, '0;-0;"-"': 0,
}  # fmt: skip
ODD = ("Mark", "Bid", "Price (£)", "mark ", "M\u0430rk", "21500", "n/a", "x", "Total", "price", "\u200b", '="Mark"')
RULES = """method = "optimise"
objective = ["total_score"]
tie_break = ["lower_cost"]
source = "1"

[[rule]]
id = "B1"
kind = "budget"
title = "The budget"
limit = "60000"
source = "1"
"""
CSV = {
    "register.csv": "bid,theme,organisation,price:2027-28,price:2028-29,gate:insurance\n"
    'A1,north,O1,20000,"1,500",pass\nA2,south,"O2, Ltd",18000,900,fail\n',
    "decisions.csv": "bid,matter,subject,decision,reason,ground,person,date\n"
    'A1,late,,admit,"Whole, in time",3,P,2026-10-01\n',
    "marks.csv": 'bid,question,evaluator,mark,reason\nA1,C1,E1,3,"Clear, with ""figures"""\nA2,C1,E1,2,Thin\n',
    "candidates.csv": 'bid,theme,organisation,score,cost\nA1,north,O1,71.5,20000\nA2,north,"O2, Ltd",60,18000.50\n',
    "prices.csv": 'bid,price,notes\nA1,20000,"as sent"\nA2,18000.50,\n',
}
Change = Callable[[Worksheet, random.Random], None]


def spot(sheet: Worksheet, dice: random.Random) -> Any:
    return sheet.cell(dice.randint(1, max(2, sheet.max_row)), dice.randint(1, sheet.max_column + 1))


def value(sheet: Worksheet, dice: random.Random) -> None:
    spot(sheet, dice).value = dice.choice((*VALUES, *ODD))


def number_format(sheet: Worksheet, dice: random.Random) -> None:
    spot(sheet, dice).number_format = dice.choice((*FORMATS, "[$€-2]0", '0.0,"k"'))


def looks(sheet: Worksheet, dice: random.Random) -> None:
    cell = spot(sheet, dice)
    cell.font = openpyxl.styles.Font(
        strike=dice.random() < 0.4, color=dice.choice(("FFFFFFFF", "FF000000")), sz=dice.choice((1, 10))
    )


def hidden(sheet: Worksheet, dice: random.Random) -> None:
    cell, what = spot(sheet, dice), dice.randint(0, 4)
    if what == 0:
        sheet.row_dimensions[cell.row].hidden = True
    elif what == 1:
        sheet.row_dimensions[cell.row].height = 0.5
    elif what == 2:
        sheet.column_dimensions[cell.column_letter].hidden = True
    elif what == 3:
        sheet.column_dimensions[cell.column_letter].width = 0.1
    else:
        sheet.sheet_state = dice.choice(("hidden", "veryHidden"))


def merged(sheet: Worksheet, dice: random.Random) -> None:
    row, column = dice.randint(1, 8), dice.randint(1, 5)
    sheet.merge_cells(start_row=row, end_row=row + dice.randint(0, 2), start_column=column, end_column=column + 1)


def rows_and_columns(sheet: Worksheet, dice: random.Random) -> None:
    how = dice.choice((sheet.insert_rows, sheet.delete_rows, sheet.insert_cols, sheet.delete_cols))
    how(dice.randint(1, 8))


def swapped(sheet: Worksheet, dice: random.Random) -> None:
    a, b = spot(sheet, dice), spot(sheet, dice)
    a.value, b.value = b.value, a.value


def copied_cell(sheet: Worksheet, dice: random.Random) -> None:
    spot(sheet, dice).value = spot(sheet, dice).value


def spilled(sheet: Worksheet, dice: random.Random) -> None:
    cell = spot(sheet, dice)
    cell.value = ArrayFormula(f"{cell.coordinate}:{cell.column_letter}{cell.row + dice.randint(0, 3)}", "=1+2")


def said(sheet: Worksheet, dice: random.Random) -> None:
    spot(sheet, dice).comment = Comment("should be 5", "somebody")


def doubled(sheet: Worksheet, dice: random.Random) -> None:
    twin = sheet.parent.copy_worksheet(sheet)
    twin._WorkbookChild__title = dice.choice((f"{sheet.title} ", sheet.title.upper(), f"\u200b{sheet.title}", "Copy"))
    twin.sheet_state = dice.choice(("visible", "hidden"))
    if dice.random() < 0.5:
        sheet.parent.move_sheet(twin, -9)


CHANGES: tuple[Change, ...] = (
    value, value, value, number_format, looks, hidden, merged, rows_and_columns, swapped, copied_cell, spilled, said,
    doubled,
)  # fmt: skip


def spoil_cells(content: bytes, dice: random.Random) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for _ in range(dice.randint(1, 3)):
        sheet = dice.choice([one for one in book.worksheets if one.title != "_meta"])
        with contextlib.suppress(AttributeError, ValueError, KeyError):  # a cell that was merged away, a name taken
            dice.choice(CHANGES)(sheet, dice)
    out = io.BytesIO()
    try:
        book.save(out)
    except (ValueError, AttributeError, KeyError, IndexError):  # what this program does not save, nobody sends
        return content
    return out.getvalue()


SPOIL = (spoil_cells, spoil_cells, spoil_cells, spoil_cells, spoil_bytes, spoil_parts)


def tables_of(folder: Path, place: Place, home: Home) -> Iterator[tuple[Table, Layout | None]]:
    """Read a folder in which only a place's workbook lies; give each table, unless anything blocks."""
    layouts = {layout.sheet: layout for _, sheets in every_table(home.criteria).values() for layout in sheets}
    if place.reader in ("monitoring", "grants"):
        table, found = read_monitoring(folder, home.criteria)
        other, more = read_external_data(folder)
        read: tuple[Table | None, ...] = (table, other.grants)
        findings = (*found, *more)
    else:
        received = read_bids(folder, home.criteria)
        read = (
            received.register,
            received.marks,
            received.consensus,
            received.panel,
            received.interests,
            received.decisions,
        )
        findings = received.findings
    if not block_award(findings):
        for table in filter(None, read):
            sheet = table.place.sheet
            yield table, None if place.reader.startswith("form") else layouts.get(sheet)


def check_workbook(home: Home, folder: Path, reader: str, seed: int) -> bool:
    """Spoil a workbook by a seed and read it; give whether it was accepted."""
    dice, place = random.Random(seed), home.place(reader)
    content = (home.path / folder_of(place) / place.file).read_bytes()
    path = folder / place.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(dice.choice(SPOIL)(content, dice))
    if reader.startswith("criteria"):
        return check_criteria(path, seed)
    tables = list(tables_of(folder, place, home))
    try:
        book = openpyxl.load_workbook(path)
    except Exception:  # the other reader wants parts whole that hold no cell, such as the names of authors
        return bool(tables)
    for table, layout in tables:
        headings = (
            {key: (column.key, column.heading) for column in layout.columns for key in (column.key,)} if layout else {}
        )
        for row in range(len(table)):
            for key, text in table.row(row).items():
                source = table.source(row, key)
                if text.strip() and source.cell and source.column:
                    held(book, source, text, seed)
                    if key in headings:
                        assert any(over(book, source, one) for one in headings[key]), (seed, str(source), key)
    return bool(tables)


def held(book: Workbook, source: Source, text: str, seed: int) -> None:
    """Hold what was read from a cell against the cell as it is seen."""
    sheet = book[source.sheet]
    cell = sheet[source.cell]
    told = (seed, str(source), text, cell.value, cell.number_format)
    row, column = sheet.row_dimensions[cell.row], sheet.column_dimensions[cell.column_letter]
    assert sheet.sheet_state == "visible", told
    assert not row.hidden, told
    assert not column.hidden, told
    with contextlib.suppress(IndexError):  # a look that is not in the file: the other program has none either
        assert not unseen(sheet, cell), told
    assert text.strip() in shown(cell.value, cell.number_format), told


def shown(value: object, number_format: str) -> tuple[str, ...]:
    """Give what a person sees of a cell, where it is one of the kinds that may be taken; nothing otherwise."""
    if isinstance(value, datetime | date):
        timed = (value.isoformat(),) if "h" in number_format else ()  # for the moment at which a bid came
        return (value.isoformat()[:10], *timed)
    if isinstance(value, str) and not value.startswith("="):
        plain = number_format == "@" or ("@" not in number_format and number_format.count(";") < 3)
        return (value.strip(),) if plain else ()
    if isinstance(value, bool) or not isinstance(value, int | float) or number_format not in SHOWN:
        return ()
    number = Decimal(repr(value))
    return (format(number.normalize(), "f"),) if round(number, SHOWN[number_format]) == number else ()


def over(book: Workbook, source: Source, name: str) -> bool:
    """Whether a heading that can be seen stands over a cell, in plain letters."""
    sheet = book[source.sheet]
    above = (sheet[f"{source.column}{row}"] for row in range(1, source.row))
    return any(
        isinstance(cell.value, str)
        and skeleton(cell.value) == skeleton(name)
        and not sheet.row_dimensions[cell.row].hidden
        for cell in above
    )


def check_criteria(path: Path, seed: int) -> bool:
    read = read_criteria(path)
    if read.criteria is None:
        return False
    with contextlib.suppress(KeyError, OSError, ValueError, TypeError, AttributeError):
        book = openpyxl.load_workbook(path)
        for source in read.places.values():
            sheet = book[source.sheet]
            assert sheet.sheet_state == "visible", (seed, source)
            if source.row and sheet[source.cell].value is not None:
                assert not sheet.row_dimensions[source.row].hidden, (seed, source)
                assert not unseen(sheet, sheet[source.cell]), (seed, source)
    return True


def plainly(text: str) -> str:
    """Take outer space, the sign for pounds and commas between thousands out of a text."""
    return re.sub(r"£|,(?=[0-9]{3})", "", text).strip()


def check_csv(folder: Path, home: Home, name: str, seed: int) -> bool:
    """Spoil a CSV file by a seed and read it; give whether it was accepted."""
    dice = random.Random(seed)
    text = list(CSV[name])
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(text))
        text[at : at + dice.randint(0, 2)] = dice.choice(
            ('"', ",", "\n", "", "4", "\u0430", ";", "\u200b", '""', "\r\n")
        )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes("".join(text).encode())
    if name == "prices.csv":
        return not block_award(read_prices(path).findings)
    if name == "candidates.csv":
        (folder / "rules.toml").write_text(RULES, "utf-8")
        return not block_award(problem_from_files(path, folder / "rules.toml")[1])
    received = read_bids(folder, home.criteria)
    if block_award(received.findings):
        return False
    rows = list(csv.reader(io.StringIO("".join(text), newline=""), strict=True))
    for table in filter(None, (received.register, received.marks, received.decisions)):
        for row in range(len(table)):
            for key, taken in table.row(row).items():
                source = table.source(row, key)
                cells, at = rows[source.row - 1], column_index_from_string(source.column) - 1
                shown = cells[at] if at < len(cells) else ""
                blank = not taken and says_nothing(shown)  # a word or sign that says nothing is read as an empty cell
                assert blank or plainly(taken) == plainly(shown), (seed, str(source), taken, shown)
    return True


def run(home: Home, folder: Path, seeds: range) -> int:
    accepted = 0
    for seed in seeds:
        name = (*WORKBOOKS, *CSV)[seed % (len(WORKBOOKS) + len(CSV))]
        here = folder / name.replace(" ", "_")
        accepted += check_csv(here, home, name, seed) if name in CSV else check_workbook(home, here, name, seed)
    return accepted


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return make_home(tmp_path_factory.mktemp("home"))


@pytest.mark.filterwarnings("ignore")
def test_a_few_hundred_spoilt_inputs_never_crash_and_nothing_is_taken_that_nobody_sees(
    home: Home, tmp_path: Path
) -> None:
    assert 20 < run(home, tmp_path, range(200)) < 180


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_thousands_of_spoilt_inputs_never_crash_and_nothing_is_taken_that_nobody_sees(
    home: Home, tmp_path: Path
) -> None:
    assert run(home, tmp_path, range(1_000, 16_000)) > 1_000
