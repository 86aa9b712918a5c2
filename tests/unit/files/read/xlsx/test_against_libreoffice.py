"""An independent oracle: what LibreOffice shows of a cell as text is what was taken, wherever a cell is taken at all.

Cells of every kind of value and number format are made from a seed, read through the reader of tables, and written out
by LibreOffice as they are shown. The oracle knows no format codes; it reads what it is shown as a person would.
"""

import csv
import random
import re
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evaluator.files.read.tables.layouts import Column, Kind, Layout
from evaluator.files.read.tables.sheets import read_sheet
from tests.office import office
from tests.unit.files.read.xlsx.books import opened

AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true"
KINDS: tuple[Kind, ...] = ("mark", "money", "whole", "decimal", "id", "text", "list", "pass_fail", "date")
NUMERIC = ("mark", "money", "whole", "decimal")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BEFORE = (
    *("", "", "", "£", '"£"', "[$£-809]", "[$£-809] ", "[$€-2] ", "$", '"5"', "\\-", "-", "_-", "_-* ", "* ", "[Red]"),
    *("*1", "[>20000]", "[<3]", "[$-809]", "[$-2000000]", '"about "', "(", "\\£", "[$GBP-809] ", '"£"* '),
)
CORES = (
    *("0", "0.0", "0.00", "#,##0", "#,##0.00", "#", "#,###", "0.0#", "0.##", "00000000", "000", "0,", "0,,", "#,##0,"),
    *("# ?/?", "0.00E+00", "0.000", "General", "0;0", "0;-0", "0;(0)", '0;-0;"-"', "0.00;[Red]-0.00", "?0.0?", "0 0"),
    *("# ##0", "@", "0,0", "#,##,##0", "0.0000000000", "0000.0"),
)
AFTER = (
    "",
    "",
    "",
    "",
    "k",
    '"k"',
    "_)",
    "%",
    "%%",
    '"0"',
    "\\0",
    ";;;",
    ";@",
    ';"x"',
    ';-0;0;"refused"',
    " ",
    "m",
    "!",
)
POUNDS = '_-"£"* #,##0.00_-;\\-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-'
WHOLE = (
    *("General", "@", "0", "#,##0.00", POUNDS, '"refused";;;"refused"', '"£"#,##0_);("£"#,##0)', "#,##0_);(#,##0)"),
    *('"£"#,##0.00;[Red]\\-"£"#,##0.00', "dd/mm/yyyy", "d mmmm yyyy", "yyyy-mm-dd", "mmm-yy", "[$-809]dd mmmm yyyy;@"),
    *("d/m", "dd/mm/yyyy hh:mm", 'd/m/"2031"', "[h]:mm", "0%", "0.00%", '@"5"', "@@", "", ";;;@", '"4"@'),
    *('General;General;General;"other"', '#,##0.00 "hours"', '[=1]"yes";[=0]"no";0'),
)
TEXTS = (
    "4",
    "21500",
    "admit",
    "refused",
    "B1",
    "01234567",
    "£24,000",
    " 3 ",
    "Ward-2",
    "n/a",
    "1e3",
    "a" * 30,
    "-5",
    "5%",
)


def value(dice: random.Random) -> float | int | str:
    kind = dice.randrange(8)
    if kind == 0:
        return dice.choice(TEXTS)
    if kind in (1, 2):
        return dice.choice((0, 1, 3, 4, 5, 10, -3, 999, 1000, 21500, 21501, 250000, 1234567, 10**9, 10**12, -21500))
    if kind == 3:
        return round(dice.uniform(-10, 5_000_000), dice.randint(0, 4))
    if kind == 4:
        return dice.choice(
            (4.6, 3.5, 0.5, 2.9999999999999996, 0.1 + 0.2, 1e-7, 1 / 3, 21500.5, 21500.499, 123456.789, 1e15)
        )
    return dice.randint(0, 10 ** dice.randint(1, 8)) if kind < 7 else dice.randint(30_000, 60_000)


def number_format(dice: random.Random) -> str:
    if dice.random() < 0.4:
        return dice.choice(WHOLE)
    return dice.choice(BEFORE) + dice.choice(CORES) + dice.choice(AFTER)


def made(path: Path, rows: int, seed: int) -> Any:
    """Write a workbook of a value and a format in every cell; give its sheet."""
    dice = random.Random(seed)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Oracle"
    sheet.append([f"Kind {kind}" for kind in KINDS])
    for number in range(2, rows + 2):
        for column in range(1, len(KINDS) + 1):
            cell = sheet.cell(number, column, value(dice))
            cell.number_format = number_format(dice)
    for column in range(1, len(KINDS) + 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].width = 70
    book.save(path)
    return sheet


def shown(path: Path) -> list[list[str]]:
    profile = (path.parent / "office-profile").as_uri()
    command = [office(), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", AS_SHOWN]
    subprocess.run([*command, "--outdir", str(path.parent), str(path)], capture_output=True, timeout=300, check=True)
    return list(csv.reader(path.with_suffix(".csv").read_text("utf-8").splitlines()[1:]))


def number_seen(text: str) -> Decimal | None:
    """Read a number as a person reads it off the page: pounds, commas between thousands, brackets below nought."""
    plain = text.strip().replace("£", "").replace("GBP", "").replace(" ", "").replace("\xa0", "")
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?", plain):
        plain = plain.replace(",", "")
    return Decimal(plain) if re.fullmatch(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)(E[+-]?[0-9]+)?", plain) else None


def day_seen(text: str) -> str:
    """Read a date as a person here does, day first; empty for anything that is not a whole date."""
    words = re.findall(r"[0-9]+|[A-Za-z]+", text.split(":")[0].removesuffix(" 00"))[:3]
    if len(words) < 3:
        return ""
    first, second, third = words
    if len(first) == 4:
        return f"{first}-{int(second):02}-{int(third):02}"
    month = MONTHS.index(second[:3].lower()) + 1 if second.isalpha() else int(second)
    return f"{third}-{month:02}-{int(first):02}"


def agrees(kind: str, taken: str, seen: str) -> bool:
    if kind in NUMERIC and re.fullmatch(r"-?[0-9.]+", taken):
        return number_seen(seen) == Decimal(taken)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", taken):
        return day_seen(seen) == taken
    plain = seen.replace(" ", "") if number_seen(taken) is not None else seen.strip()  # * fills a cell with spaces
    return plain == taken.strip()


def compared(folder: Path, rows: int, seed: int) -> Counter[str]:
    """Hold every cell that was taken against what LibreOffice shows of it; give how many were taken and refused."""
    path = folder / f"oracle{seed}.xlsx"
    cells_made = made(path, rows, seed)
    layout = Layout("the oracle", "Oracle", "", tuple(Column(kind, f"Kind {kind}", kind) for kind in KINDS))
    table, _ = read_sheet(opened(path), path.name, layout, strict=False)
    assert table is not None
    cells, counts, odd = shown(path), Counter[str](), []
    for place, row in enumerate(table.blocks[0].rows):
        for at, kind in enumerate(KINDS):
            if (place, kind) in table.faults:
                counts["refused"] += 1
                continue
            taken, seen = table.columns[kind][place], cells[row - 2][at]
            counts["taken"] += 1
            if taken and not agrees(kind, taken, seen):
                odd.append((row, kind, taken, seen, cells_made.cell(row, at + 1).number_format))
    assert odd == []
    return counts


def test_what_libreoffice_shows_of_a_few_hundred_cells_is_what_was_taken(tmp_path: Path) -> None:
    counts = compared(tmp_path, 40, 1)
    assert counts["taken"] > 60
    assert counts["refused"] > 60


@pytest.mark.slow
def test_what_libreoffice_shows_of_five_thousand_cells_is_what_was_taken(tmp_path: Path) -> None:
    counts = compared(tmp_path, 560, 2)
    assert counts["taken"] + counts["refused"] >= 5_000
