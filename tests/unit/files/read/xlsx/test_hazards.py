"""One bad workbook for each thing that a workbook must not be or hold, and what the officer is told of it."""

import gc
import io
import weakref
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.formatting.rule import CellIsRule, DataBarRule, Rule
from openpyxl.styles import Alignment, Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.files.read.tables import layouts
from evaluator.files.read.tables.sheets import read_sheet
from evaluator.files.read.xlsx import open_workbook
from evaluator.records.findings.finding import Finding
from tests.unit.files.read.xlsx.spoilt_workbooks import return_workbook, with_member, with_replaced

SHEET, BOOK = "xl/worksheets/sheet2.xml", "xl/workbook.xml"
RELS = "xl/_rels/workbook.xml.rels"
STRICT = b"http://purl.oclc.org/ooxml/"
Change = Callable[[Worksheet], None]


def read(path: Path) -> tuple[dict[str, list[str]], list[Finding]]:
    """Read the marks of a workbook: their columns, and everything that is found."""
    book, found = open_workbook(path.read_bytes(), path.name)
    if book is None:
        return {}, list(found)
    table, more = read_sheet(book, path.name, layouts.RETURN, strict=False)
    return {key: list(texts) for key, texts in table.columns.items()} if table else {}, [*found, *more]


def made(tmp_path: Path, change: Change | None = None) -> Path:
    return return_workbook(tmp_path / "E01.xlsx", change=change)


# What its cells look like is not what they hold.


def styled(**looks: object) -> Change:
    def change(sheet: Worksheet) -> None:
        for name, look in looks.items():
            setattr(sheet["C2"], name, look)

    return change


def conditional(sheet: Worksheet) -> None:
    fifth = DifferentialStyle(numFmt=NumberFormat(170, '"5"'))
    sheet.conditional_formatting.add("C2:C9", Rule(type="expression", dxf=fifth, formula=["TRUE"]))


def bars(sheet: Worksheet) -> None:
    sheet.conditional_formatting.add("C2:C9", DataBarRule("num", 0, "num", 5, "FF0000", showValue=False))


def harmless_conditional(sheet: Worksheet) -> None:
    red = PatternFill(bgColor="FFC7CE", fill_type="solid")
    sheet.conditional_formatting.add("C2:C9", CellIsRule("equal", ["0"], font=Font(color="9C0006"), fill=red))


def white_conditional(sheet: Worksheet) -> None:
    sheet.conditional_formatting.add("C2:C9", CellIsRule("equal", ["4"], font=Font(color="FFFFFF")))


def no_noughts(sheet: Worksheet) -> None:
    sheet["C2"] = 0
    sheet.sheet_view.showZeros = False


def picture(sheet: Worksheet) -> None:
    sheet.add_chart(BarChart(), "C2")


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (styled(font=Font(color="FFFFFFFF")), "E-CELL-010", "colour of its background"),
        (
            styled(font=Font(color="FF112233"), fill=PatternFill("solid", fgColor="FF112233")),
            "E-CELL-010",
            "colour of its background",
        ),
        (styled(font=Font(color=Color(indexed=9))), "E-CELL-010", "colour of its background"),
        (
            styled(font=Font(color=Color(theme=0)), fill=PatternFill("solid", fgColor="FFFFF9DB")),
            "E-CELL-010",
            "colour",
        ),
        (styled(font=Font(color=Color(theme=0, tint=-0.05))), "E-CELL-010", "colour of its background"),
        (styled(font=Font(), fill=PatternFill("solid", fgColor=Color(theme=1))), "E-CELL-010", "colour"),
        (styled(font=Font(strike=True)), "E-CELL-010", "struck through"),
        (styled(font=Font(name="Wingdings")), "E-CELL-010", "Wingdings shows other signs"),
        (styled(font=Font(sz=1)), "E-CELL-010", "too small"),
        (styled(alignment=Alignment(horizontal="fill")), "E-CELL-010", "repeated"),
        (styled(alignment=Alignment(indent=30)), "E-CELL-010", "indented"),
        (styled(number_format="0*1"), "E-CELL-009", "0*1"),
        (styled(number_format="-0"), "E-CELL-009", "-0"),
        (styled(number_format='"5"'), "E-CELL-009", '"5"'),
        (styled(number_format=";;;"), "E-CELL-009", ";;;"),
        (styled(value=3.6, number_format="0"), "E-CELL-009", "3.6"),
        (conditional, "E-CELL-010", "conditional format"),
        (bars, "E-CELL-010", "conditional format"),
        (white_conditional, "E-CELL-010", "conditional format"),
        (no_noughts, "E-CELL-010", "no noughts"),
        (picture, "E-CELL-011", "picture or a shape"),
    ],
)
def test_a_mark_that_cannot_be_seen_as_it_is_held_is_not_taken(
    tmp_path: Path, change: Change, code: str, words: str
) -> None:
    _, found = read(made(tmp_path, change))
    assert {one.code for one in found} == {code}
    assert words in found[0].message
    assert found[0].source.row == 2


@pytest.mark.parametrize(
    "change",
    [
        harmless_conditional,
        styled(font=Font(color="FFFF0000", b=True), fill=PatternFill("solid", fgColor="FFFFFF00")),
        styled(number_format="0.0"),
        styled(font=Font(color="FFFFFFFF"), fill=PatternFill("solid", fgColor="FF000000")),
    ],
)
def test_looks_that_show_what_is_there_do_no_harm(tmp_path: Path, change: Change) -> None:
    columns, found = read(made(tmp_path, change))
    assert found == []
    assert columns["mark"] == ["4", "3"]


# Its XML says two things at once.


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'<c r="C2" t="n"><v>4</v></c>', b'<c r="C2" t="n"><v>4</v></c><c r="C2" t="n"><v>5</v></c>', "E-FILE-017"),
        (b'<c r="C2" t="n"><v>4</v></c>', b'<c r="C2" t="n"><v>4</v><v>5</v></c>', "E-FILE-017"),
        (b'<c r="C2" t="n"><v>4</v></c>', b'<x><c r="C2" t="n"><v>4</v></c></x>', "E-FILE-017"),
        (b'<c r="C2" t="n"><v>4</v></c>', b'<c r="C9" t="n"><v>4</v></c>', "E-FILE-017"),
        (b'<c r="C2" t="n"><v>4</v></c>', b'<c r="c2" t="n"><v>4</v></c>', "E-FILE-016"),
        (b'<c r="C2" t="n"><v>4</v></c>', b'<c r="ZZZ2" t="n"><v>4</v></c>', "E-FILE-016"),
        (b'<c r="C2" t="n"><v>4</v></c>', b'<c r="C2" t="n"><v>1_0</v></c>', "E-FILE-011"),
        (b'<c r="C2" t="n"><v>4</v></c>', b'<c r="C2" t="n"><v>nan</v></c>', "E-FILE-011"),
        (b'<c r="C2" t="n"><v>4</v></c>', b'<c r="C2" t="n"><v>1e400</v></c>', "E-FILE-011"),
        (b'<c r="C2" t="n"><v>4</v></c>', b'<c r="C2" t="s"><v>-1</v></c>', "E-FILE-011"),
        (b'<c r="C2" t="n"><v>4</v></c>', b'<c r="C2" t="s"><v>99</v></c>', "E-FILE-011"),
        (b'<c r="C2" t="n"><v>4</v></c>', b'<c r="C2" t="q"><v>4</v></c>', "E-FILE-011"),
        (b'<c r="C2" t="n"><v>4</v></c>', b'<c r="C2" s="99"><v>4</v></c>', "E-FILE-011"),
        (b"</sheetData>", b"</sheetData><sheetData><row/></sheetData>", "E-FILE-017"),
        (b'<row r="3">', b'<row r="2">', "E-FILE-017"),
        (b"<worksheet ", b'<!DOCTYPE x [<!ENTITY a "4">]><worksheet ', "E-FILE-015"),
    ],
)  # fmt: skip
def test_a_sheet_that_programs_would_not_all_show_alike_is_refused(
    tmp_path: Path, old: bytes, new: bytes, code: str
) -> None:
    path = made(tmp_path)
    with zipfile.ZipFile(path) as archive:
        text = archive.read(SHEET)
    assert old in text, text[:900]
    columns, found = read(with_replaced(path, SHEET, old, new))
    assert columns == {}
    assert [one.code for one in found] == [code]


@pytest.mark.parametrize(
    ("new", "mark"),
    [
        (b'<c r="C2" t="inlineStr"><is><t>4</t></is></c>', "4"),
        (b'<c r="C2" t="inlineStr"><is><t>_x0034_</t></is></c>', "4"),  # as Excel shows it
        (b'<c r="C2" t="inlineStr"><is><t>4</t><rPh sb="0" eb="1"><t>5</t></rPh></is></c>', "4"),  # how it is spoken
        (b'<c r="C2" t="str"><v>4</v></c>', "4"),
        (b'<c r="C2"><v>4.0E0</v></c>', "4"),
        (b'<c r="C2"><v>4.4000000000000004</v></c>', "4.4"),
        (b"<c><v>4</v></c>", "4"),  # some programs leave the place out: the next one in the row
        (b'<c r="C2" t="n"><v>4</v><extLst><ext uri="x"><v>5</v></ext></extLst></c>', None),
        (b'<c r="C2" t="inlineStr"><is><r><t>4</t></r></is></c>', "4"),
    ],
)
def test_a_value_is_read_as_a_spreadsheet_program_shows_it(tmp_path: Path, new: bytes, mark: str | None) -> None:
    path = with_replaced(made(tmp_path), SHEET, b'<c r="C2" t="n"><v>4</v></c>', new)
    columns, found = read(path)
    if mark is None:
        assert [one.code for one in found] == ["E-FILE-017"]
    else:
        assert (columns["mark"][0], found) == (mark, [])


def test_a_text_with_formats_inside_is_no_mark_because_part_of_it_may_be_struck_out(tmp_path: Path) -> None:
    text = b'<c r="C2" t="inlineStr"><is><r><rPr><strike/></rPr><t>3</t></r><r><t>4</t></r></is></c>'
    _, found = read(with_replaced(made(tmp_path), SHEET, b'<c r="C2" t="n"><v>4</v></c>', text))
    assert [(one.code, one.source.cell) for one in found] == [("E-CELL-010", "C2")]


def test_a_formula_is_told_of_with_or_without_its_last_value(tmp_path: Path) -> None:
    for formula in (b"<f>2+2</f><v>4</v>", b"<f>2+2</f>", b'<f t="shared" si="0"/>'):
        cell = b'<c r="C2">' + formula + b"</c>"
        _, found = read(with_replaced(made(tmp_path), SHEET, b'<c r="C2" t="n"><v>4</v></c>', cell))
        assert [(one.code, one.source.cell) for one in found] == [("E-CELL-001", "C2")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sheetData>", b'<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/><sheetData>'),
        (b'<row r="2">', b'<row r="2" ht="0.5" customHeight="1">'),
        (b'<row r="2">', b'<row r="2" hidden="true">'),
    ],
)
def test_rows_hidden_in_other_ways_are_found_too(tmp_path: Path, old: bytes, new: bytes) -> None:
    path = made(tmp_path)
    with zipfile.ZipFile(path) as archive:
        text = archive.read(SHEET)
    if b"<sheetFormatPr" in text and b"sheetFormatPr" in new:
        old, new = b"<sheetFormatPr ", b'<sheetFormatPr zeroHeight="1" '
    _, found = read(with_replaced(path, SHEET, old, new))
    assert {one.code for one in found} == {"E-CELL-006"}


# Its archive is not what it seems.


def rewritten(path: Path, **changes: bytes) -> Path:
    """Write an archive again with some members changed; names are given with __ for / and _dot_ for a full stop."""
    plain = {name.replace("__", "/").replace("_dot_", "."): content for name, content in changes.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(entry, plain.pop(entry.filename, source.read(entry)))
        for name, content in plain.items():
            target.writestr(name, content)
    path.write_bytes(buffer.getvalue())
    return path


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "E-FILE-010", "in the old .xls format"),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"),
            "E-FILE-010",
            "protected with a password",
        ),
        (b"%PDF-1.7", "E-FILE-018", "a PDF file"),
        (b"<html><table><tr><td>4", "E-FILE-018", "a web page"),
        (b"bid,question,mark\nB1,Q1,4\n", "E-FILE-018", "a text file"),
        (b'<?xml version="1.0"?><Workbook/>', "E-FILE-018", "an XML file"),
    ],
)
def test_another_kind_of_file_is_named(tmp_path: Path, content: bytes, code: str, words: str) -> None:
    path = tmp_path / "E01.xlsx"
    path.write_bytes(content)
    _, found = read(path)
    assert [one.code for one in found] == [code]
    assert words in found[0].message


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("xl/workbook.bin", "binary workbook (.xlsb)"),
        ("content.xml", "OpenDocument"),
        ("word/document.xml", "Word document"),
    ],
)
def test_another_kind_of_archive_is_named(tmp_path: Path, member: str, words: str) -> None:
    path = tmp_path / "E01.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "<x/>")
    _, found = read(path)
    assert [one.code for one in found] == ["E-FILE-018"]
    assert words in found[0].message


def test_a_workbook_in_strict_open_xml_reads_the_same(tmp_path: Path) -> None:
    """What Excel saves as “Strict Open XML”: other names for the same elements (part 4 of ECMA-376)."""
    path, spaces = made(tmp_path), "http://schemas.openxmlformats.org/"
    for member in (BOOK, SHEET, "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        with_replaced(path, member, f"{spaces}spreadsheetml/2006/main".encode(), STRICT + b"spreadsheetml/main")
    with_replaced(path, BOOK, f"{spaces}officeDocument/2006".encode(), STRICT + b"officeDocument")
    columns, found = read(path)
    assert found == []
    assert columns["mark"] == ["4", "3"]


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/webextensions/webextension1.xml", "a web extension"),
    ],
)
def test_what_can_act_by_itself_is_refused(tmp_path: Path, member: str, words: str) -> None:
    _, found = read(with_member(made(tmp_path), member, b"<x/>"))
    assert [one.code for one in found] == ["E-FILE-012"]
    assert words in found[0].message


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("xl/externalLinks/externalLink1.xml", "links to other workbooks"),
        ("xl/connections.xml", "a data connection"),
        ("xl/queryTables/queryTable1.xml", "a data query"),
        ("xl/model/item.data", "a data model"),
    ],
)
def test_what_would_fetch_from_elsewhere_is_told_and_the_values_are_read_as_they_stand(
    tmp_path: Path, member: str, words: str
) -> None:
    columns, found = read(with_member(made(tmp_path), member, b"<x/>"))
    assert [one.code for one in found] == ["E-FILE-045"]
    assert words in found[0].message
    assert columns["mark"] == ["4", "3"]


def test_macros_and_links_are_noticed_under_other_names_by_what_leads_to_them(tmp_path: Path) -> None:
    kinds = "http://schemas.microsoft.com/office/2006/relationships"
    for kind, words, code in (
        ("vbaProject", "macros", "E-FILE-012"),
        ("xlExternalLinkPath/externalLinkPath", "links to other workbooks", "E-FILE-045"),
    ):
        link = f'<Relationship Id="rId99" Type="{kinds}/{kind}" Target="media/image1.png"/></Relationships>'.encode()
        _, found = read(with_replaced(made(tmp_path), RELS, b"</Relationships>", link))
        assert [one.code for one in found] == [code]
        assert words in found[0].message


def test_two_sheets_of_one_part_and_ids_that_stand_twice_are_refused(tmp_path: Path) -> None:
    path = made(tmp_path)
    with zipfile.ZipFile(path) as archive:
        links = archive.read(RELS)
    assert b'Id="rId2"' in links
    _, found = read(with_replaced(made(tmp_path), RELS, b'Id="rId2"', b'Id="rId1"'))
    assert [one.code for one in found] == ["E-FILE-014"]
    _, found = read(with_replaced(made(tmp_path), RELS, b"worksheets/sheet2.xml", b"worksheets/sheet1.xml"))
    assert [one.code for one in found] == ["E-FILE-011"]


def test_the_workbook_is_the_one_that_its_relationships_name_and_not_a_decoy(tmp_path: Path) -> None:
    """A spreadsheet program opens what _rels/.rels leads to; a part called xl/workbook.xml may be a decoy."""
    path = made(tmp_path)
    with zipfile.ZipFile(path) as archive:
        book, start, links = (archive.read(name) for name in (BOOK, "_rels/.rels", RELS))
    rewritten(
        path,
        xl__real_dot_xml=book.replace(b'sheetId="2" state="visible"', b'sheetId="2" state="hidden"'),
        xl___rels__real_dot_xml_dot_rels=links,
        _rels___dot_rels=start.replace(b"xl/workbook.xml", b"xl/real.xml"),
    )
    _, found = read(path)
    assert [one.code for one in found] == ["E-FILE-023"]


def test_names_that_differ_only_in_capitals_are_refused(tmp_path: Path) -> None:
    _, found = read(with_member(made(tmp_path), "XL/Workbook.xml", b"<workbook/>"))
    assert [one.code for one in found] == ["E-FILE-014"]


def test_days_from_1904_are_read_as_the_workbook_shows_them_and_told_of(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "Marks"
    for row in (("Bid or organisation", "Question", "Mark", "Reason"), ("B1", "Q1", 4, 44684)):
        sheet.append(row)
    sheet["D2"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "E01.xlsx")
    columns, found = read(tmp_path / "E01.xlsx")
    assert [one.code for one in found] == ["E-FILE-019"]
    assert columns["reason"] == ["2026-05-04"]


def test_a_text_of_more_than_a_cell_can_hold_and_a_tag_without_end_are_refused(tmp_path: Path) -> None:
    long = b'<c r="C2" t="inlineStr"><is><t>' + b"x" * 300_000 + b"</t></is></c>"
    _, found = read(with_replaced(made(tmp_path), SHEET, b'<c r="C2" t="n"><v>4</v></c>', long))
    assert [one.code for one in found] == ["E-FILE-013"]
    padding = bytes(range(32, 59)) * 120_000
    tag = b'<worksheet junk="' + padding.replace(b'"', b"").replace(b"<", b"").replace(b"&", b"") + b'" '
    _, found = read(with_replaced(made(tmp_path), SHEET, b"<worksheet ", tag))
    assert [one.code for one in found] == ["E-FILE-013"]


def test_values_under_no_heading_beside_the_table_are_told_of(tmp_path: Path) -> None:
    def beside(sheet: Worksheet) -> None:
        sheet["F2"], sheet["F3"] = "see my note", "5"

    path = made(tmp_path, beside)
    _, found = read(path)
    assert [(one.code, one.source.cell) for one in found] == [("E-FILE-029", "F2")]
    assert "“see my note”, “5”" in found[0].message


GOOGLE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<sheetPr><outlinePr summaryBelow="0"/></sheetPr><sheetViews><sheetView workbookViewId="0"/></sheetViews>
<sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/>
<cols><col customWidth="1" min="3" max="3" width="9"/></cols>
<sheetData><row r="1" ht="15.75" customHeight="1"><c r="A1" s="0" t="inlineStr"><is><t>Bid or organisation</t></is></c>
<c r="B1" t="inlineStr"><is><t>Question</t></is></c><c r="C1" t="inlineStr"><is><t>Mark</t></is></c>
<c r="D1" t="inlineStr"><is><t>Reason</t></is></c></row>
<row r="2" ht="15.75" customHeight="1"><c r="A2" t="inlineStr"><is><t>B1</t></is></c>
<c r="B2" t="inlineStr"><is><t>Q1</t></is></c><c r="C2"><v>4.0</v></c>
<c r="D2" t="inlineStr"><is><t xml:space="preserve">Names three wards and their need. </t></is></c>
<c r="E2" s="0"/></row>
<row r="3" ht="15.75" customHeight="1"/></sheetData><drawing r:id="rId1"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></worksheet>"""
EMPTY_DRAWING = b"""<?xml version="1.0" encoding="UTF-8"?><xdr:wsDr
 xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>"""
DRAWING_LINK = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" Target="../drawings/drawing1.xml"/>
</Relationships>"""


def test_a_workbook_as_google_writes_it_reads_the_same(tmp_path: Path) -> None:
    """4.0 for 4, texts within their cells, an empty drawing in every sheet, rows and cells with nothing in them."""
    path = rewritten(
        made(tmp_path),
        xl__worksheets__sheet2_dot_xml=GOOGLE.encode(),
        xl__worksheets___rels__sheet2_dot_xml_dot_rels=DRAWING_LINK,
        xl__drawings__drawing1_dot_xml=EMPTY_DRAWING,
    )
    columns, found = read(path)
    assert found == []
    assert (columns["bid"], columns["mark"]) == (["B1"], ["4"])
    assert columns["reason"] == ["Names three wards and their need. "]


@pytest.mark.parametrize("member", [SHEET, "xl/styles.xml", "xl/sharedStrings.xml"])
def test_elements_within_elements_without_end_are_refused_at_once(tmp_path: Path, member: str) -> None:
    path = tmp_path / "E01.xlsx"
    _, found = read(rewritten(made(tmp_path), **{member.replace("/", "__").replace(".", "_dot_"): b"<a>" * 600_000}))
    assert path.exists()
    assert [one.code for one in found] == ["E-FILE-011"]


def test_nothing_of_a_workbook_waits_until_python_looks_for_circles(tmp_path: Path) -> None:
    gc.collect()
    gc.disable()
    try:
        book, _ = open_workbook(made(tmp_path).read_bytes(), "E01.xlsx")
        assert book is not None
        sheets = [weakref.ref(sheet) for sheet in book.sheets]
        del book
        assert [one() for one in sheets] == [None] * len(sheets)
    finally:
        gc.enable()
