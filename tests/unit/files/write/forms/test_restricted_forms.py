"""What stands over every page, small drawings beside each other, and what is folded on a page, in its printed forms."""

import io

import docx
import pikepdf
from docx.oxml.ns import qn

from evaluator.files.write.forms.blocks import Cell, Gallery, Page, Paragraph, Picture, Run, Table, every
from evaluator.files.write.forms.column_widths import PORTRAIT, TYPST, WORD, fit
from evaluator.files.write.forms.page_reader import read_page
from evaluator.files.write.forms.typst_source import typst_source
from evaluator.files.write.forms.word import docx_bytes
from tests.unit.files.write.forms.example_page import pdf_bytes

DRAWING = (
    '<figure><figcaption>{0}</figcaption><svg viewBox="0 0 340 100" width="340" height="100"><title>{0}</title>'
    '<rect width="9" height="9" fill="#1d3557"/></svg></figure>'
)
PAGE = f"""<html lang="en"><head><title>P</title></head><body><p class="running">Restricted: "A" &amp; B</p>
<h1>P</h1><div class="multiples">{"".join(map(DRAWING.format, "XYZ"))}</div>
<details class="in-annex"><summary>Folded</summary><table><caption>Figures</caption><tbody><tr><th scope="row">a</th>
<td>1</td></tr></tbody></table></details>
<h2>Annex</h2><div class="annex-here"></div><p>End</p></body></html>"""


def test_what_stands_over_every_page_is_no_block_among_the_others() -> None:
    page = read_page(PAGE)
    assert page.running == 'Restricted: "A" & B'
    assert not any(isinstance(one, Paragraph) and "Restricted" in one.runs[0].text for one in page.blocks)
    assert read_page(PAGE.replace('class="running"', "")).running == ""


def test_it_is_the_head_of_every_section_of_a_word_file_turned_or_not() -> None:
    cells = tuple(Cell((Run("W" * 24),)) for _ in range(12))  # needs a turned page
    made = Page("P", (Table((), (cells,), (cells,), ()), Paragraph((Run("after"),))), "Restricted: A")
    word = docx.Document(io.BytesIO(docx_bytes(made)))
    assert len(word.sections) > 1
    assert {section.header.paragraphs[0].text for section in word.sections} == {"Restricted: A"}
    plain = docx.Document(io.BytesIO(docx_bytes(Page("P", made.blocks))))
    assert all(not section.header.paragraphs[0].text for section in plain.sections)


def test_it_is_the_head_of_every_page_of_a_pdf_and_no_command_there() -> None:
    source = typst_source(read_page(PAGE))
    assert 'header: text(8.5pt, weight: "bold", fill: rgb("#8a1409"), "Restricted: \\"A\\" & B")' in source
    assert "header: none" in typst_source(read_page(PAGE.replace('class="running"', "")))


def test_small_drawings_stand_two_in_a_row_in_their_order() -> None:
    page = read_page(PAGE)
    (gallery,) = (one for one in page.blocks if isinstance(one, Gallery))
    assert [one.caption[0].text for one in gallery.pictures] == ["X", "Y", "Z"]
    assert {(one.width, round(one.height)) for one in gallery.pictures} == {(245.0, 72)}
    assert len([one for one in every(page.blocks) if isinstance(one, Picture)]) == 3
    word = docx.Document(io.BytesIO(docx_bytes(page)))
    drawn = [one.get("descr") for one in word.element.body.iter(qn("wp:docPr"))]
    assert drawn == ["X.", "Y.", "Z."]
    assert [len(row.cells) for row in word.tables[0].rows] == [2, 2]
    with pikepdf.open(io.BytesIO(pdf_bytes(page))) as pdf:
        assert len(pdf.pages) == 1


def test_what_is_folded_on_a_page_stands_in_the_annex_of_its_printed_forms() -> None:
    kinds = [type(one).__name__ for one in read_page(PAGE).blocks]
    assert kinds == ["Heading", "Gallery", "Heading", "Table", "Paragraph"]


def test_a_table_that_people_write_in_takes_the_whole_width() -> None:
    room = Table((), ((Cell((Run("Name"),)), Cell((Run("Date"),))),), ((Cell((), blank=True), Cell(())),), ())
    for font in (WORD, TYPST):
        fitted = fit(room, font)
        assert not fitted.natural
        assert round(sum(fitted.widths)) == round(PORTRAIT)
