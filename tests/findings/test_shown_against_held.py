"""A value that decides is taken only where its cell shows it: formats, fonts, colours, rules, sizes and shapes."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule, IconSetRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.cli import main
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from tests.unit.files.read.xlsx.spoilt_workbooks import with_member, with_replaced

ROOT = Path(__file__).resolve().parents[2]
CRITERIA, BIDS = ROOT / "criteria" / "minimal_with_price", ROOT / "sample_bids" / "minimal_with_price"
SHEET = "xl/worksheets/sheet1.xml"
ROWS = (
    ("bid", "theme", "organisation", "price", "identifier"),
    ("B1", "main", "Lanternkeel Neighbours", 21500, "01234567"),
    ("B2", "main", "Ottermast Youth Club", 18000, "01234568"),
    ("B3", "main", "Fennelreach Carers", 24000, "01234569"),
    ("B4", "main", "Copperlock Kitchen", 19250.5, "01234570"),
)
VML = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape style=
'position:absolute;width:90pt;%s'><v:textbox><div>a<br>b</div></v:textbox><x:ClientData ObjectType="%s"><x:Anchor>
3, 5, 1, 2, 4, 9, 2, 7</x:Anchor>%s</x:ClientData></v:shape></xml>"""
LINK = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing" Target="../drawings/v1.vml"/>
</Relationships>"""
LEGACY = (
    b'</sheetData><legacyDrawing r:id="rId1" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
)
NEWER = b"""</sheetData><extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
 xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>
<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule
 type="expression" id="{0}"><xm:f>TRUE</xm:f>%s</x14:cfRule><xm:sqref>D2:D9</xm:sqref></x14:conditionalFormatting>
</x14:conditionalFormattings></ext></extLst>"""
Change = Callable[[Worksheet], None]
Edit = tuple[bytes, bytes]


def register(folder: Path, change: Change | None = None, edits: tuple[Edit, ...] = ()) -> Path:
    """Write a register that reads without a finding, then change its sheet, and then the bytes of its part."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Bids"
    for row in ROWS:
        sheet.append(row)
    if change:
        change(sheet)
    folder.mkdir(exist_ok=True)
    book.save(folder / "register.xlsx")
    for old, new in edits:
        with_replaced(folder / "register.xlsx", SHEET, old, new)
    return folder / "register.xlsx"


def found(folder: Path) -> list[tuple[str, str]]:
    criteria = read_criteria(CRITERIA).criteria
    assert criteria is not None
    return [(one.code, one.source.cell) for one in read_bids(folder, criteria).findings]


def price(**looks: object) -> Change:
    def change(sheet: Worksheet) -> None:
        for name, look in looks.items():
            setattr(sheet["D2"], name, look)

    return change


def test_an_ordinary_register_reads_without_a_finding(tmp_path: Path) -> None:
    register(tmp_path)
    assert found(tmp_path) == []


POUNDS = '_-"£"* #,##0.00_-;\\-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    "code",
    [
        *(
            "General",
            "0",
            "0.00",
            "#,##0",
            "#,##0.00",
            "@",
            "£#,##0",
            '"£"#,##0.00',
            "[$£-809]#,##0.00",
            POUNDS,
            "0.0#",
        ),
        *(
            '"£"#,##0;[Red]\\-"£"#,##0',
            '"£"#,##0.00_);\\("£"#,##0.00\\)',
            "[$£-en-GB]#,##0",
            "#,##0 ;(#,##0)",
            "[Red]0",
        ),
    ],
)
def test_formats_that_show_a_price_in_full_are_taken(tmp_path: Path, code: str) -> None:
    register(tmp_path, price(number_format=code))
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (21.5, '£0.0"k"', "“£21.5k”"),
        (21500, "£#,##0,", "“£22”"),
        (21500, "[$€-2] #,##0", "“€ 21,500”"),
        (21500, "[$$-409]#,##0", "“$21,500”"),
        (21500, '[>20000]"19,000";0', "“19,000”"),
        (21500, '"see note"', "“see note”"),
        (21500, '"5"', "“5”"),
        (21500, '0" each"', "“21500 each”"),
        (21500.5, "0", "“21501”"),
        (21500, ";;;", "nothing"),
        (21500, "0.0E+00", "something else"),
        (21500, "# ?/?", "something else"),
        (21500, "[DBNum1]0", "nothing, or something else"),
        (21500, "[$-2000000]0", "nothing, or something else"),
        (0, POUNDS, "“£-”"),
        (-21500, "0;0", "“21500”"),
        (123456789012345, "General", "“1.23457E+14”"),
    ],
)
def test_a_price_whose_format_shows_another_amount_is_told_with_both(
    tmp_path: Path, value: float, code: str, shown: str
) -> None:
    register(tmp_path, price(value=value, number_format=code))
    criteria = read_criteria(CRITERIA).criteria
    assert criteria is not None
    (one,) = read_bids(tmp_path, criteria).findings
    assert (one.code, one.source.cell) == ("E-CELL-009", "D2")
    assert shown in one.message
    assert code in one.message
    assert f"{value:.15g}" in one.message


@pytest.mark.parametrize("identity", [5, 8, 23, 36, 59, 62, 67, 163])
def test_a_built_in_format_whose_code_nobody_wrote_is_not_taken(tmp_path: Path, identity: int) -> None:
    path = register(tmp_path, price(number_format="0.000"))
    with_replaced(path, "xl/styles.xml", b'numFmtId="164" fontId', f'numFmtId="{identity}" fontId'.encode())
    assert found(tmp_path) == [("E-CELL-004" if identity == 36 else "E-CELL-009", "D2")]


@pytest.mark.parametrize("identity", [27, 31, 36, 50, 57, 58, 71, 81])
def test_built_in_dates_of_other_languages_are_dates(tmp_path: Path, identity: int) -> None:
    path = register(tmp_path, price(number_format="0.000"))
    with_replaced(path, "xl/styles.xml", b'numFmtId="164" fontId', f'numFmtId="{identity}" fontId'.encode())
    assert found(tmp_path) == [("E-CELL-004", "D2")]


@pytest.mark.parametrize("code", ['"refused";;;"refused"', '@"0"', "@@", ";;;", '"£"@;@'])
def test_a_text_whose_format_shows_another_is_not_taken(tmp_path: Path, code: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C2"].number_format = code

    register(tmp_path, change)
    assert found(tmp_path) == [("E-CELL-009", "C2")]


def test_a_reference_kept_as_a_number_is_taken_only_where_it_shows_each_sign_of_it(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for row, (number, code) in enumerate(((1234567, "00000000"), (1234567, "0"), (1234567, "#,##0")), 2):
            sheet[f"E{row}"], sheet[f"E{row}"].number_format = number, code

    register(tmp_path, change)
    assert found(tmp_path) == [("E-CELL-012", "E4")]


@pytest.mark.parametrize(
    "change",
    [
        price(font=Font(color="FFFEFEFE")),
        price(font=Font(vertAlign="superscript")),
        price(font=Font(name="Bookshelf Symbol 7")),
        price(font=Font(name="Anything", charset=2)),
        price(font=Font(sz=3)),
        price(fill=PatternFill("darkGray", fgColor="FF000000", bgColor="FFFFFFFF")),
        price(number_format="[White]0"),
        price(alignment=Alignment(horizontal="centerContinuous")),
        price(alignment=Alignment(textRotation=255)),
        price(alignment=Alignment(readingOrder=2)),
    ],
)
def test_a_price_that_is_hard_to_see_is_not_taken(tmp_path: Path, change: Change) -> None:
    register(tmp_path, change)
    assert found(tmp_path) == [("E-CELL-010", "D2")]


def on_dark(sheet: Worksheet) -> None:
    sheet["D2"].fill, sheet["D2"].font = PatternFill("solid", fgColor="FF002060"), Font(color="FFFFFFFF")
    sheet.conditional_formatting.add("D2", FormulaRule(["TRUE"], font=Font(color="FF002060")))


def two_rules(sheet: Worksheet) -> None:
    """One rule makes the text dark blue, the other the cell: neither hides anything alone."""
    sheet.conditional_formatting.add("D2", FormulaRule(["TRUE"], font=Font(color="FF002060")))
    sheet.conditional_formatting.add("D2", FormulaRule(["TRUE"], fill=PatternFill(bgColor="FF002060")))


def black_scale(sheet: Worksheet) -> None:
    scale = ColorScaleRule(start_type="min", start_color="FF000000", end_type="max", end_color="FFFFFFFF")
    sheet.conditional_formatting.add("D2", scale)


def icons(sheet: Worksheet) -> None:
    sheet.conditional_formatting.add("D2", IconSetRule("3Arrows", "num", [0, 1, 2], showValue=False))


def light_scale(sheet: Worksheet) -> None:
    scale = ColorScaleRule(start_type="min", start_color="FFF8696B", end_type="max", end_color="FF63BE7B")
    sheet.conditional_formatting.add("D2:D9", scale)
    sheet.conditional_formatting.add("D2:D9", IconSetRule("3Arrows", "num", [0, 1, 2]))


@pytest.mark.parametrize("change", [on_dark, two_rules, black_scale, icons])
def test_a_rule_that_can_hide_a_price_in_its_own_colours_is_found(tmp_path: Path, change: Change) -> None:
    register(tmp_path, change)
    assert found(tmp_path) == [("E-CELL-010", "D2")]


def test_scales_and_icons_beside_readable_figures_do_no_harm(tmp_path: Path) -> None:
    register(tmp_path, light_scale)
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    "rule",
    [
        b'<x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf>',
        b'<x14:dxf><numFmt numFmtId="170" formatCode="&quot;5&quot;"/></x14:dxf>',
        b'<x14:iconSet showValue="0"/>',
        b'<x14:dataBar showValue="false"/>',
    ],
)
def test_rules_of_the_newer_kind_are_found_too(tmp_path: Path, rule: bytes) -> None:
    register(tmp_path, edits=((b"</sheetData>", NEWER % rule),))
    assert found(tmp_path) == [("E-CELL-010", f"D{row}") for row in (2, 3, 4, 5)]


WIDE = b'<cols><col min="4" max="4" width="%s" customWidth="1"/></cols><sheetData>'


@pytest.mark.parametrize(("width", "odd"), [(b"4", [2, 3, 4, 5]), (b"6", [5]), (b"8", [])])
def test_a_figure_wider_than_its_column_shows_signs_instead(tmp_path: Path, width: bytes, odd: list[int]) -> None:
    register(tmp_path, edits=((b"<sheetData>", WIDE % width),))
    assert found(tmp_path) == [("E-CELL-010", f"D{row}") for row in odd]


@pytest.mark.parametrize(
    ("edit", "codes"),
    [
        ((b'<row r="2">', b'<row r="2" ht="5" customHeight="1">'), {"E-CELL-010"}),
        ((b'<row r="2">', b'<row r="2" ht="15" customHeight="1">'), set()),
        ((b'<c r="D2" t="n">', b'<c r="D2" t="n" vm="1">'), {"E-CELL-010"}),
        ((b'<c r="D2" t="n">', b'<c r="D2" t="n" ph="1">'), {"E-CELL-010"}),
        ((b'<c r="D2" t="n"><v>21500', b'<c r="D2" t="n"><is><t>19000</t></is><v>21500'), {"E-CELL-010"}),
        ((b'<c r="D2" t="n">', b'<c r="D2" t="n" s="">'), set()),
        ((b"</sheetData>", b'</sheetData><phoneticPr fontId="1" type="noConversion"/>'), set()),
        ((b"</sheetData>", b'</sheetData><picture id="rId9"/>'), {"E-CELL-011"}),
    ],
)
def test_what_the_sheet_says_of_a_cell_counts(tmp_path: Path, edit: Edit, codes: set[str]) -> None:
    register(tmp_path, edits=(edit,))
    assert {code for code, _ in found(tmp_path)} == codes


def test_a_text_and_the_same_text_beside_it_are_one_value(tmp_path: Path) -> None:
    path = register(tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert b"<is><t>B1</t></is>" in archive.read(SHEET)
    with_replaced(path, SHEET, b"<is><t>B1</t></is>", b"<v>B1</v><is><t>B1</t></is>")
    assert found(tmp_path) == []


def test_rows_above_frozen_ones_that_nobody_can_scroll_to_are_hidden(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.freeze_panes = "A5"
        sheet.sheet_view.topLeftCell = "A4"

    register(tmp_path, change)
    assert {code for code, _ in found(tmp_path)} == {"E-CELL-006"}


@pytest.mark.parametrize(
    ("style", "kind", "more", "codes"),
    [
        (b"visibility:hidden", b"Note", b"", set()),
        (b"visibility:visible", b"Note", b"<x:Visible/>", {"E-CELL-011"}),
        (b"", b"Checkbox", b"", {"E-CELL-011"}),
    ],
)
def test_notes_that_stay_open_and_controls_cover_what_is_under_them(
    tmp_path: Path, style: bytes, kind: bytes, more: bytes, codes: set[str]
) -> None:
    """The drawing has a ``<br>`` that nothing ends, as Excel writes them."""
    path = register(tmp_path, edits=((b"</sheetData>", LEGACY),))
    with_member(path, "xl/drawings/v1.vml", VML % (style, kind, more))
    with_member(path, "xl/worksheets/_rels/sheet1.xml.rels", LINK)
    assert {code for code, _ in found(tmp_path)} == codes


@pytest.mark.parametrize(
    "run", [b"<strike/>", b'<sz val="1"/>', b'<color rgb="FFFFFFFF"/>', b'<vertAlign val="subscript"/>']
)
def test_a_part_of_a_price_with_a_font_that_hides_it_is_found(tmp_path: Path, run: bytes) -> None:
    rich = b'<c r="D2" t="inlineStr"><is><r><rPr>%s</rPr><t>1</t></r><r><t>21500</t></r></is></c>' % run
    register(tmp_path, edits=((b'<c r="D2" t="n"><v>21500</v></c>', rich),))
    assert found(tmp_path) == [("E-CELL-010", "D2")]


def test_a_part_of_a_price_in_bold_does_no_harm(tmp_path: Path) -> None:
    rich = b'<c r="D2" t="inlineStr"><is><r><rPr><b/><sz val="11"/></rPr><t>21</t></r><r><t>500</t></r></is></c>'
    register(tmp_path, edits=((b'<c r="D2" t="n"><v>21500</v></c>', rich),))
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        (price(value=21.5, number_format='£0.0"k"'), "E-CELL-009", "D2"),
        (price(value=44644, number_format="d-mmm-yy"), "E-CELL-004", "D2"),
        (price(value=ArrayFormula("D2:D3", "=B9")), "E-CELL-020", "D2"),
    ],
)
def test_evaluate_ends_without_an_award_where_a_price_is_shown_otherwise(
    tmp_path: Path, change: Change, code: str, cell: str
) -> None:
    register(tmp_path / "bids", change)
    for name in ("marks.csv", "consensus.csv"):
        (tmp_path / "bids" / name).write_bytes((BIDS / name).read_bytes())
    done = CliRunner().invoke(main, ["evaluate", str(CRITERIA), str(tmp_path / "bids"), "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert f"register.xlsx Bids!{cell}: {code}" in done.output
    assert "No award can be recommended yet." in done.output


TEXT_PRICE = b'<c r="D2" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
PRICE = b'<c r="D2" t="n"><v>21500</v></c>'
DARK = b"""<dxfs count="1"><dxf><fill><patternFill patternType="solid"><bgColor rgb="FF000000"/>
</patternFill></fill></dxf></dxfs>"""
PALE = b'<dxfs count="1"><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs>'
PART = b"""<tableStyles count="1"><tableStyle name="Ghost" count="1"><tableStyleElement type="%s" dxfId="0"/>
</tableStyle></tableStyles>"""
TABLE = b"""<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T"
 displayName="T" ref="A1:E5"><tableColumns count="1">
<tableColumn id="1" name="bid"/></tableColumns><tableStyleInfo name="%s"/></table>"""
TO_TABLE = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship
 Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"
 Target="../tables/table1.xml"/>
</Relationships>"""


@pytest.mark.parametrize("around", [b" " * 9 + b"%s", b"\t\t\t%s", b"\n%s", b"%s\n\n", b" \n \n%s"])
def test_a_price_that_spaces_or_line_breaks_push_out_of_its_cell_is_not_taken(tmp_path: Path, around: bytes) -> None:
    register(tmp_path, edits=((PRICE, TEXT_PRICE % (around % b"9000")),))
    assert found(tmp_path) == [("E-CELL-013", "D2")]


@pytest.mark.parametrize("around", [b"%s", b"   %s  ", b"%s\n", b"\t%s"])
def test_a_price_with_a_little_space_about_it_is_taken(tmp_path: Path, around: bytes) -> None:
    register(tmp_path, edits=((PRICE, TEXT_PRICE % (around % b"21500")),))
    assert found(tmp_path) == []


@pytest.mark.parametrize(("width", "codes"), [(b"8", []), (b"2", ["E-CELL-010"] * 4)])
def test_columns_as_wide_as_a_few_figures_show_no_price(tmp_path: Path, width: bytes, codes: list[str]) -> None:
    register(tmp_path, edits=((b'baseColWidth="8"', b'baseColWidth="%s"' % width),))
    assert [code for code, cell in found(tmp_path) if cell.startswith("D")] == codes


def with_table(folder: Path, style: bytes, changes: bytes, part: bytes) -> Path:
    path = register(folder)
    with_replaced(path, "xl/styles.xml", b"</cellStyles>", b"</cellStyles>" + changes + PART % part)
    with_member(path, "xl/tables/table1.xml", TABLE % style)
    with_member(path, "xl/worksheets/_rels/sheet1.xml.rels", TO_TABLE)
    return path


@pytest.mark.parametrize("changes", [PALE, DARK])
def test_a_style_of_a_table_that_hides_its_cells_is_found(tmp_path: Path, changes: bytes) -> None:
    with_table(tmp_path, b"Ghost", changes, b"wholeTable")
    assert ("E-CELL-010", "D2") in found(tmp_path)


def test_a_style_of_a_table_is_for_its_own_cells_and_its_own_table(tmp_path: Path) -> None:
    with_table(tmp_path / "foot", b"Ghost", DARK, b"totalRow")
    assert {cell[1:] for _, cell in found(tmp_path / "foot")} == {"5"}
    with_table(tmp_path / "usual", b"TableStyleMedium2", DARK, b"wholeTable")
    assert found(tmp_path / "usual") == []


@pytest.mark.parametrize("code", ["[$-10809]#,##0.00", "[$-1010809]#,##0", "[$-01000409]0"])
def test_a_format_that_asks_for_western_digits_shows_the_number(tmp_path: Path, code: str) -> None:
    register(tmp_path, price(number_format=code))
    assert found(tmp_path) == []


def test_a_format_that_may_show_other_digits_is_not_said_to_show_the_number(tmp_path: Path) -> None:
    register(tmp_path, price(number_format="[$-41E]0"))
    (only,) = read_bids(tmp_path, read_criteria(CRITERIA).criteria).findings
    assert "This cell holds 21500 and shows nothing, or something else" in only.message


def test_what_another_view_of_a_sheet_shows_above_its_frozen_rows_is_of_no_account(tmp_path: Path) -> None:
    views = b"""</sheetData><customSheetViews><customSheetView guid="{00000000-0000-0000-0000-000000000001}"><pane
 ySplit="1" topLeftCell="A2" state="frozen"/></customSheetView></customSheetViews>"""
    scrolled = b'<sheetView topLeftCell="A3" workbookViewId="0"'
    register(tmp_path, edits=((b"</sheetData>", views), (b'<sheetView workbookViewId="0"', scrolled)))
    assert found(tmp_path) == []


def test_a_day_that_runs_on_over_empty_cells_is_read_and_one_that_is_cut_off_is_not(tmp_path: Path) -> None:
    def narrow(sheet: Worksheet) -> None:
        for column, text in (("C", "2026-10-01"), ("E", "2026-10-01")):
            sheet[f"{column}2"], sheet.column_dimensions[column].width = text, 8

    register(tmp_path, narrow)
    assert [cell for _, cell in found(tmp_path) if cell in ("C2", "E2")] == ["C2"]
