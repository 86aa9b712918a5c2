"""Every reader of workbooks passes the same guard: each kind of fault is found by each, at its place."""

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.records.findings.finding import Finding, Severity
from tests.unit.files.read.workbooks_to_read import Home, Place, folder_of, make_home, read_again, small_with_equality

READERS = (
    "register", "return", "moderation", "interests", "panel", "decisions", "monitoring", "grants", "evaluator",
    "issued return", "form Bid", "form Prices", "form Conditions", "form Answers", "criteria table", "criteria form",
)  # fmt: skip
TABLES = READERS[:8]
Fault = Callable[[Workbook, Place], None]
Found = tuple[str, str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return make_home(tmp_path_factory.mktemp("home"))


def spoilt(home: Home, tmp_path: Path, place: Place, fault: Fault) -> list[Finding]:
    """Read a home again in which one workbook was spoilt; give what is said of that workbook."""
    shutil.copytree(home.path, tmp_path / "home")
    path = tmp_path / "home" / folder_of(place) / place.file
    book = openpyxl.load_workbook(path)
    fault(book, place)
    book.save(path)
    found = read_again(tmp_path / "home", place, home.criteria)
    return [one for one in found if one.source.file == place.file]


def sheet_of(book: Workbook, place: Place) -> Worksheet:
    sheet: Worksheet = book[place.sheet]
    return sheet


def cell_name(place: Place) -> str:
    return f"{get_column_letter(place.column)}{place.row}"


def heading_name(place: Place) -> str:
    return f"{get_column_letter(place.heading[1])}{place.heading[0]}"


@pytest.mark.parametrize("reader", READERS)
def test_what_has_no_fault_is_read_without_a_finding(home: Home, reader: str) -> None:
    place = home.place(reader)
    notes = [one for one in read_again(home.path, place, home.criteria) if one.severity is not Severity.NOTE]
    assert notes == []


# What cannot be seen, or is not what was typed.


def row_hidden(book: Workbook, place: Place) -> None:
    sheet_of(book, place).row_dimensions[place.row].hidden = True


def row_without_height(book: Workbook, place: Place) -> None:
    sheet_of(book, place).row_dimensions[place.row].height = 0.5


def column_hidden(book: Workbook, place: Place) -> None:
    sheet_of(book, place).column_dimensions[get_column_letter(place.column)].hidden = True


def column_without_width(book: Workbook, place: Place) -> None:
    sheet_of(book, place).column_dimensions[get_column_letter(place.column)].width = 0.1


def sheet_hidden(book: Workbook, place: Place) -> None:
    book.create_sheet("Empty")
    sheet_of(book, place).sheet_state = "hidden"


def sheet_very_hidden(book: Workbook, place: Place) -> None:
    book.create_sheet("Empty")
    sheet_of(book, place).sheet_state = "veryHidden"


def merged(book: Workbook, place: Place) -> None:
    sheet_of(book, place).merge_cells(start_row=place.row, end_row=place.row + 1,
                                      start_column=place.column, end_column=place.column)  # fmt: skip


def formula(book: Workbook, place: Place) -> None:
    sheet_of(book, place)[cell_name(place)] = "=1+2"


def array_formula(book: Workbook, place: Place) -> None:
    sheet = sheet_of(book, place)
    far = f"{get_column_letter(place.column)}{place.row}:{get_column_letter(place.column + 3)}{place.row}"
    sheet[cell_name(place)] = ArrayFormula(far, "=1+2")


def white_on_white(book: Workbook, place: Place) -> None:
    cell = sheet_of(book, place)[cell_name(place)]
    cell.fill, cell.font = PatternFill("solid", fgColor="FFFFFFFF"), Font(color="FFFFFFFF")


def struck_out(book: Workbook, place: Place) -> None:
    sheet_of(book, place)[cell_name(place)].font = Font(strike=True)


def formatted(book: Workbook, place: Place) -> None:
    sheet_of(book, place)[cell_name(place)].number_format = '"9";"-9";"9";"fail"'


def partly_struck_out(book: Workbook, place: Place) -> None:
    cell = sheet_of(book, place)[cell_name(place)]
    cell.value = CellRichText(TextBlock(InlineFont(strike=True), "1"), str(cell.value))


def conditional(book: Workbook, place: Place) -> None:
    style = DifferentialStyle(font=Font(color="FFFFFFFF"), fill=PatternFill(bgColor="FFFFFFFF"))
    rule = Rule(type="expression", dxf=style, formula=["TRUE"])
    sheet_of(book, place).conditional_formatting.add(cell_name(place), rule)


def covered(book: Workbook, place: Place) -> None:
    sheet_of(book, place).add_chart(BarChart(), cell_name(place))


UNSEEN: dict[Fault, tuple[str, ...]] = {
    row_hidden: ("E-CELL-006",),
    row_without_height: ("E-CELL-006",),
    column_hidden: ("E-CELL-008",),
    column_without_width: ("E-CELL-008",),
    sheet_hidden: ("E-FILE-023",),
    sheet_very_hidden: ("E-FILE-023",),
    merged: ("E-CELL-007",),
    formula: ("E-CELL-001",),
    array_formula: ("E-CELL-020",),
    white_on_white: ("E-CELL-010",),
    struck_out: ("E-CELL-010",),
    formatted: ("E-CELL-009",),
    partly_struck_out: ("E-CELL-010",),
    conditional: ("E-CELL-010",),
    covered: ("E-CELL-011",),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("fault", UNSEEN, ids=lambda one: one.__name__)
def test_what_a_person_does_not_see_is_found_by_every_reader(
    home: Home, tmp_path: Path, reader: str, fault: Fault
) -> None:
    place = home.place(reader)
    found = [one for one in spoilt(home, tmp_path, place, fault) if one.code in UNSEEN[fault]]
    assert [(one.severity, one.source.sheet) for one in found] == [(Severity.BLOCKS_AWARD, place.sheet)]


# Headings and locked words.


def heading_formula(book: Workbook, place: Place) -> None:
    cell = sheet_of(book, place)[heading_name(place)]
    cell.value = f'="{cell.value}"'


def heading_unseen(book: Workbook, place: Place) -> None:
    cell = sheet_of(book, place)[heading_name(place)]
    cell.fill, cell.font = PatternFill("solid", fgColor="FFFFFFFF"), Font(color="FFFFFFFF")


def heading_merged(book: Workbook, place: Place) -> None:
    row, column = place.heading
    other = column + 1 if column == 1 else column - 1
    sheet_of(book, place).merge_cells(start_row=row, end_row=row, start_column=min(column, other),
                                      end_column=max(column, other))  # fmt: skip


def heading_spills(book: Workbook, place: Place) -> None:
    cell = sheet_of(book, place)[heading_name(place)]
    below = f"{get_column_letter(place.heading[1])}{place.heading[0] + 3}"
    cell.value = ArrayFormula(f"{cell.coordinate}:{below}", f'="{cell.value}"')


@pytest.mark.parametrize("reader", [one for one in READERS if one not in ("evaluator",)])
@pytest.mark.parametrize("fault", [heading_formula, heading_unseen, heading_merged, heading_spills])
def test_a_heading_that_is_not_what_it_shows_is_found_by_every_reader(
    home: Home, tmp_path: Path, reader: str, fault: Fault
) -> None:
    found = spoilt(home, tmp_path, home.place(reader), fault)
    assert {one.source.sheet for one in found if one.severity is Severity.BLOCKS_AWARD} == {home.place(reader).sheet}


ALIKE: dict[str, Callable[[str], str]] = {
    "trailing space": lambda text: f"{text} ",
    "capitals": lambda text: text.swapcase(),
    "space that does not break": lambda text: f"\u00a0{text}",
    "no-width space": lambda text: f"{text[:1]}\u200b{text[1:]}",
    "Cyrillic or Greek": lambda text: text.translate(str.maketrans("aecoip", "\u0430\u0435\u0441\u043e\u0456\u0440")),
    "full width": lambda text: "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("alike", ALIKE)
def test_two_sheets_that_look_alike_are_found_by_every_reader(
    home: Home, tmp_path: Path, reader: str, alike: str
) -> None:
    number = list(ALIKE).index(alike) + READERS.index(reader)
    state, first = ("visible", "hidden")[number % 2], number // 2 % 2 == 0

    def fault(book: Workbook, place: Place) -> None:
        twin = book.copy_worksheet(sheet_of(book, place))
        twin.title, twin.sheet_state = "The twin", state
        if first:
            book.move_sheet(twin, -len(book.sheetnames))
        twin._WorkbookChild__title = ALIKE[alike](place.sheet)

    if alike == "capitals" and reader.startswith("criteria"):
        pytest.skip("a sheet of criteria is known by its name in any capitals, and no program saves two")
    found = spoilt(home, tmp_path, home.place(reader), fault)
    assert "E-FILE-027" in {one.code for one in found}


@pytest.mark.parametrize("reader", TABLES)
@pytest.mark.parametrize("alike", ALIKE)
def test_two_headings_that_look_alike_are_found_by_every_reader_of_tables(
    home: Home, tmp_path: Path, reader: str, alike: str
) -> None:
    hidden = (list(ALIKE).index(alike) + TABLES.index(reader)) % 2 == 0

    def fault(book: Workbook, place: Place) -> None:
        sheet = sheet_of(book, place)
        far = sheet.max_column + 1
        sheet.cell(1, far, ALIKE[alike](str(sheet[heading_name(place)].value)))
        sheet.cell(2, far, 5)
        sheet.column_dimensions[get_column_letter(far)].hidden = hidden

    place = home.place(reader)
    found = [one for one in spoilt(home, tmp_path, place, fault) if one.severity is Severity.BLOCKS_AWARD]
    assert [(one.code, one.source.row) for one in found] == [("E-FILE-022", 1)]


@pytest.mark.parametrize("reader", [one for one in READERS if one != "evaluator"])
@pytest.mark.parametrize("alike", ["no-width space", "Cyrillic or Greek", "full width"])
def test_a_heading_that_only_looks_like_the_known_one_is_never_taken_in_silence(
    home: Home, tmp_path: Path, reader: str, alike: str
) -> None:
    def fault(book: Workbook, place: Place) -> None:
        cell = sheet_of(book, place)[heading_name(place)]
        cell.value = ALIKE[alike](str(cell.value))

    found = spoilt(home, tmp_path, home.place(reader), fault)
    assert [one.severity for one in found if one.source.sheet == home.place(reader).sheet][:1] == ["blocks_award"]


@pytest.mark.parametrize("reader", TABLES)
def test_a_hidden_row_of_headings_is_never_the_one_that_counts(home: Home, tmp_path: Path, reader: str) -> None:
    def fault(book: Workbook, place: Place) -> None:
        sheet = sheet_of(book, place)
        sheet.insert_rows(1)
        for column in range(1, sheet.max_column + 1):
            sheet.cell(1, column, sheet.cell(2, sheet.max_column + 1 - column).value)
        sheet.row_dimensions[1].hidden = True

    found = spoilt(home, tmp_path, home.place(reader), fault)
    assert {one.code for one in found} & {"E-CELL-006", "E-FILE-043"}


# What nothing reads is told of, by a note that repeats it.


def comment(book: Workbook, place: Place) -> None:
    sheet_of(book, place)[cell_name(place)].comment = Comment("should be 17, see e-mail", "E. One")


def beside(book: Workbook, place: Place) -> None:
    sheet_of(book, place).cell(place.row, 40, "should be 17, see e-mail")


def other_sheet(book: Workbook, place: Place) -> None:
    assert place.sheet in book.sheetnames
    book.create_sheet("Late changes")["B2"] = "should be 17, see e-mail"


NOTED = {
    comment: ("E-CELL-021", "E-CELL-021"),  # of tables, and of forms and criteria
    beside: ("E-FILE-029", "E-FILE-044"),
    other_sheet: ("E-FILE-041", "E-BOOK-002"),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("fault", NOTED)
def test_what_nothing_reads_is_noted_by_every_reader(home: Home, tmp_path: Path, reader: str, fault: Fault) -> None:
    place = home.place(reader)
    if reader == "evaluator" and fault is beside:
        pytest.skip("around the one cell stands whatever the council likes to say")
    found = [one for one in spoilt(home, tmp_path, place, fault) if "E-FORM-006" not in one.code]
    code = NOTED[fault][reader.startswith("criteria" if fault is other_sheet else ("criteria", "form"))]
    assert [(one.code, one.severity) for one in found] == [(code, Severity.NOTE)]
    said = "should be 17, see e-mail" in found[0].message
    assert said is not place.private
    assert place.private is ("not repeated" in found[0].message)


@pytest.mark.parametrize("reader", TABLES)
def test_a_column_that_a_table_does_not_have_is_one_note_with_its_cells(
    home: Home, tmp_path: Path, reader: str
) -> None:
    def fault(book: Workbook, place: Place) -> None:
        sheet = sheet_of(book, place)
        far = sheet.max_column + 1
        for row, text in enumerate(("Revised figure", "17", "18"), 1):
            sheet.cell(row, far, text)

    place = home.place(reader)
    (found,) = spoilt(home, tmp_path, place, fault)
    assert (found.code, found.severity, found.source.row) == ("E-FILE-040", Severity.NOTE, 2)
    assert ("revised figure" in found.message) is not place.private
    assert ("“17”, “18”" in found.message) is not place.private


def test_nothing_that_is_found_in_monitoring_repeats_what_stands_in_it(home: Home, tmp_path: Path) -> None:
    place = home.place("monitoring")
    secret = "Zebedee"

    def fault(book: Workbook, place: Place) -> None:
        sheet = sheet_of(book, place)
        sheet["A2"], sheet["B2"], sheet["D1"], sheet["D3"] = f'="{secret}"', secret, secret, secret
        sheet["B2"].font = Font(strike=True)
        sheet["B3"] = secret
        sheet["B3"].comment = Comment(secret, secret)
        sheet["F9"] = secret
        book.create_sheet("More")["A1"] = secret

    found = spoilt(home, tmp_path, place, fault)
    assert {one.code for one in found} >= {
        "E-CELL-001",
        "E-CELL-010",
        "E-CELL-021",
        "E-FILE-029",
        "E-FILE-040",
        "E-FILE-041",
    }
    assert secret.casefold() not in " ".join(map(str, found)).casefold()


def test_columns_of_no_account_may_stand_in_a_register_unsaid(home: Home, tmp_path: Path) -> None:
    def fault(book: Workbook, place: Place) -> None:
        sheet = sheet_of(book, place)
        for far, text in enumerate(("Received on", "Notes", "Contact name"), sheet.max_column + 1):
            sheet.cell(1, far, text)
            sheet.cell(2, far, "something")

    assert spoilt(home, tmp_path, home.place("register"), fault) == []


def test_every_column_of_every_table_passes_the_guard(home: Home, tmp_path: Path) -> None:
    for reader in TABLES:
        place = home.place(reader)

        def fault(book: Workbook, place: Place) -> None:
            for cell in sheet_of(book, place)[place.row]:
                cell.font = Font(strike=True)

        found = spoilt(home, tmp_path / reader, place, fault)
        wide = openpyxl.load_workbook(home.path / "bids" / place.file)[place.sheet].max_column
        assert len({one.source.column for one in found if one.code == "E-CELL-010"}) == wide, reader


def test_the_small_criteria_ask_for_everything_that_is_spoilt_here() -> None:
    criteria = small_with_equality()
    assert criteria.gate
    assert criteria.years
