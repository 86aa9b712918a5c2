"""Valid returns, spoilt at random from a seed: nothing crashes, and no mark is taken that a person would not see.

The default run makes a few hundred mutations; with ``-m slow`` there are 5,000, in about three minutes.
"""

import contextlib
import io
import random
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.papers import issue
from evaluator.records.findings.finding import block_award
from evaluator.records.programme.criteria import Criteria
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill

VALUES = (
    "4", "4 ", "4\u00a0", "\uff14", "\u0664", "3,5", "1e3", "4/5", "", " ", "'4", "=2+2", '=HYPERLINK("x","4")', "#N/A",
    "3.0", "A1", "C1", "x" * 40_000, "\u202e4", True, False, 0, 1, 3, 4, 3.5, -1, 1e300, 2.9999999999999996, 1e-9,
    None, date(2026, 5, 4), datetime(2026, 5, 4, 12),  # noqa: DTZ001 - as a spreadsheet holds it
    time(4, 0),
)  # fmt: skip
FORMATS = (
    "General", "@", "0", "0.00", "0%", '"4"', ";;;", "0.0E+00", "yyyy-mm-dd", "[h]:mm", '0;-0;"-"', '"4"@',
    "#,##0_);(#,##0)", "[<9]4", "# ?/?", "0,",
)  # fmt: skip
Change = Callable[[Worksheet, random.Random], None]


def value(sheet: Worksheet, dice: random.Random) -> None:
    sheet.cell(dice.randint(1, 14), dice.randint(1, 9)).value = dice.choice(VALUES)


def mark(sheet: Worksheet, dice: random.Random) -> None:
    sheet.cell(dice.randint(6, 13), 6).value = dice.choice(VALUES)


def number_format(sheet: Worksheet, dice: random.Random) -> None:
    cell = sheet.cell(dice.randint(6, 13), 6)
    cell.value, cell.number_format = dice.choice(VALUES), dice.choice(FORMATS)


def looks(sheet: Worksheet, dice: random.Random) -> None:
    """Make marks hard to see: in the colour of what is behind them, struck out, in signs, as noughts not shown."""
    cell = sheet.cell(dice.randint(6, 13), 6)
    cell.value = dice.choice((0, 3, 4, "3"))
    what = dice.randint(0, 5)
    if what == 0:
        cell.fill, cell.font = (
            PatternFill("solid", fgColor="FFABCDEF"),
            Font(color=dice.choice(("FFABCDEF", "FF000000"))),
        )
    elif what == 1:
        cell.font = Font(strike=dice.choice((True, False)))
    elif what == 2:
        cell.font = Font(name=dice.choice(("Wingdings", "Arial")), sz=dice.choice((1, 10)))
    elif what == 3:
        cell.alignment = Alignment(horizontal=dice.choice(("fill", "right")))
    elif what == 4:
        sheet.sheet_view.showZeros = False
    else:
        style = DifferentialStyle(numFmt=NumberFormat(190, dice.choice(('"4"', "0"))))
        sheet.conditional_formatting.add(cell.coordinate, Rule(type="expression", dxf=style, formula=["TRUE"]))


def rows(sheet: Worksheet, dice: random.Random) -> None:
    place = dice.randint(1, 14)
    dice.choice((sheet.delete_rows, sheet.insert_rows))(place, dice.randint(1, 3))


def columns(sheet: Worksheet, dice: random.Random) -> None:
    dice.choice((sheet.delete_cols, sheet.insert_cols))(dice.randint(1, 9))


def moved(sheet: Worksheet, dice: random.Random) -> None:
    sheet.move_range(f"A{dice.randint(5, 9)}:I{dice.randint(9, 13)}", rows=dice.randint(-3, 8), cols=dice.randint(0, 2))


def hidden(sheet: Worksheet, dice: random.Random) -> None:
    row, letter = dice.randint(1, 14), dice.choice("ACFH")
    what = dice.randint(0, 4)
    if what == 0:
        sheet.row_dimensions[row].hidden = True
    elif what == 1:
        sheet.row_dimensions[row].height = 0
    elif what == 2:
        sheet.column_dimensions[letter].hidden = True
    elif what == 3:
        sheet.column_dimensions[letter].width = 0
    else:
        sheet.sheet_state = dice.choice(("hidden", "veryHidden"))


def merged(sheet: Worksheet, dice: random.Random) -> None:
    row = dice.randint(4, 12)
    sheet.merge_cells(dice.choice((f"F{row}:F{row + 1}", f"F{row}:H{row}", f"A{row}:C{row}")))


def renamed(sheet: Worksheet, dice: random.Random) -> None:
    sheet.title = dice.choice(("marks", "Marks ", "Sheet1", "MARKS", "Marks (2)"))


def doubled(sheet: Worksheet, dice: random.Random) -> None:
    copy = sheet.parent.copy_worksheet(sheet)
    copy.title = dice.choice(("Marks copy", "marks ", " Marks"))
    copy["F6"] = 0


def headings(sheet: Worksheet, dice: random.Random) -> None:
    a, b = dice.sample("ABCDEFGHI", 2)
    sheet[f"{a}5"].value, sheet[f"{b}5"].value = sheet[f"{b}5"].value, sheet[f"{a}5"].value


CHANGES: tuple[Change, ...] = (
    value, mark, mark, number_format, number_format, looks, looks, rows, columns, moved, hidden, merged, renamed,
    doubled, headings,
)  # fmt: skip


def spoil_cells(content: bytes, dice: random.Random) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for _ in range(dice.randint(1, 3)):
        with contextlib.suppress(AttributeError):  # a cell that an earlier change merged away cannot be written
            dice.choice(CHANGES)(next(s for s in book.worksheets if s.title not in ("Evaluator", "_meta")), dice)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def spoil_bytes(content: bytes, dice: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 20))):
        spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
    return bytes(spoilt[: dice.randrange(len(spoilt))] if dice.random() < 0.1 else spoilt)


def spoil_parts(content: bytes, dice: random.Random) -> bytes:
    """Change the inside of a part: a piece twice, a piece less, one character another; then zip it again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(out, "w") as target:
        chosen = dice.choice([name for name in book.namelist() if name.endswith((".xml", ".rels"))])
        for name in book.namelist():
            part = book.read(name)
            if name == chosen:
                pieces = re.split(rb"(?=<)", part)
                at = dice.randrange(len(pieces))
                how = dice.randint(0, 3)
                if how == 0:
                    pieces.insert(at, pieces[at])
                elif how == 1:
                    del pieces[at]
                elif how == 2:
                    pieces[at] = re.sub(rb"[0-9]", lambda _: str(dice.randint(0, 9)).encode(), pieces[at])
                else:
                    piece = bytearray(pieces[at] or b"<")
                    piece[dice.randrange(len(piece))] = dice.randrange(32, 127)
                    pieces[at] = bytes(piece)
                part = b"".join(pieces)
            if dice.random() > 0.01:
                target.writestr(name, part)
    return out.getvalue()


SPOIL = (spoil_cells, spoil_cells, spoil_cells, spoil_bytes, spoil_parts, spoil_parts)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("home")
    files = issue(criteria_folder(made / "criteria"), bids_folder(made / "bids"), 5).files
    (made / "E1.xlsx").write_bytes(files["E1.xlsx"])
    fill(made / "E1.xlsx", made / "filled.xlsx")
    # As XlsxWriter wrote it and openpyxl saved it, and as a plain return without what was issued.
    book = openpyxl.load_workbook(made / "filled.xlsx")
    del book["_meta"]
    book.custom_doc_props.props.clear()
    book.save(made / "plain.xlsx")
    return made


def seen(path: Path) -> dict[tuple[str, str], str]:
    """Read the marks as a person would: visible cells, found by eye under the heading, as their formats show them."""
    sheet = next(s for s in openpyxl.load_workbook(path).worksheets if s.title.strip().casefold() == "marks")
    table = list(sheet.iter_rows())
    heading = next(row for row in table if any(str(c.value).casefold().strip() == "mark" for c in row))
    at = {" ".join(str(cell.value).split()).casefold(): cell.column for cell in heading if cell.value is not None}
    bid, question, marked = (at[name] for name in ("bid or organisation", "question", "mark"))
    shown = {}
    for row in range(heading[0].row + 1, sheet.max_row + 1):
        cell = sheet.cell(row, marked)
        if cell.value is not None and str(cell.value).strip():
            key = (name(sheet.cell(row, bid).value), name(sheet.cell(row, question).value))
            hidden = unseen(sheet, cell)
            shown[key] = shown.get(key, "") + (hidden or as_shown(cell.value, cell.number_format))
    return shown


def unseen(sheet: Worksheet, cell: Any) -> str:
    """Say why a person does not see a cell's value, or sees something else."""
    font, fill = cell.font, cell.fill
    behind = fill.fgColor.rgb if fill.fill_type == "solid" else ""
    covered = [area for area in sheet.conditional_formatting if cell.coordinate in area]
    formats = [rule.dxf.numFmt for area in covered for rule in area.rules if rule.dxf is not None]
    if behind and font.color is not None and font.color.rgb == behind:
        return "not to be seen"
    if font.strike or font.name == "Wingdings" or (font.sz or 10) < 2 or cell.alignment.horizontal == "fill":
        return "not as it is"
    if any(one is not None for one in formats) or (cell.value == 0 and sheet.sheet_view.showZeros is False):
        return "not as it is"
    return ""


def name(held: object) -> str:
    """Show an id; a number without exponent or needless noughts."""
    if isinstance(held, int | float) and not isinstance(held, bool):
        return format(Decimal(repr(held)), "f").removesuffix(".0")
    return "" if held is None else str(held).strip()


def as_shown(held: object, number_format: str) -> str:
    """Show a value as the few formats do that a reader may take; anything else is not to be taken at all."""
    if isinstance(held, bool) or not isinstance(held, int | float | str):
        return f"not a mark: {held!r}"
    if isinstance(held, str):
        return held.strip() if "@" not in number_format or number_format == "@" else f"not as it is: {held}"
    if number_format in ("General", "@"):
        return format(Decimal(repr(held)).normalize(), "f")
    if abs(held) > 1_000_000:
        return f"too large for any mark: {held}"
    places = {"0": 0, "0.00": 2, "#,##0_);(#,##0)": 0, '0;-0;"-"': 0}.get(number_format)
    if places is None or (held == 0 and '"-"' in number_format):
        return f"not as it is: {held}"
    return format(Decimal(repr(held)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP).normalize(), "f")


def check(home: Path, folder: Path, criteria: Criteria, seed: int) -> bool:
    """Spoil a return by a seed and read it; give whether it was accepted."""
    dice = random.Random(seed)
    content = (home / dice.choice(("filled.xlsx", "plain.xlsx"))).read_bytes()
    path = folder / "returns" / "E1.xlsx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(dice.choice(SPOIL)(content, dice))
    received = read_bids(folder, criteria)
    if block_award(received.findings) or received.marks is None:
        return False
    try:
        by_eye = seen(path)
    except Exception:  # the other reader wants parts whole that hold no cell, such as the names of authors
        return True
    table, scale = received.marks, {Decimal(str(mark)) for mark in criteria.scale.marks}
    for row in map(table.row, range(len(table))):
        if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", row["mark"]) and Decimal(row["mark"]) in scale:
            key = (row["bid"].strip(), row["question"].strip())
            twice = [other for other in map(table.row, range(len(table))) if other["bid"].strip() == key[0]
                     and other["question"].strip() == key[1]]  # fmt: skip
            if len(twice) == 1:  # an answer that is marked twice has a finding of its own
                assert Decimal(by_eye[key]) == Decimal(row["mark"]), (seed, key)
    return True


def run(home: Path, folder: Path, seeds: range) -> int:
    criteria = read_criteria(home / "criteria").criteria
    assert criteria is not None
    shutil.copytree(home / "bids", folder)
    return sum(check(home, folder, criteria, seed) for seed in seeds)


@pytest.mark.filterwarnings("ignore")
def test_a_few_hundred_spoilt_returns_never_crash_and_never_give_a_mark_that_nobody_sees(
    home: Path, tmp_path: Path
) -> None:
    accepted = run(home, tmp_path / "bids", range(200))
    assert 0 < accepted < 170


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_thousands_of_spoilt_returns_never_crash_and_never_give_a_mark_that_nobody_sees(
    home: Path, tmp_path: Path
) -> None:
    assert run(home, tmp_path / "bids", range(1_000, 6_000)) > 0
