"""Word files, opened again: real headings, heading rows, words for pictures, language, and no clock."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.files.audit.run_folder import rendered
from evaluator.files.write.forms import further_forms
from evaluator.files.write.forms.blocks import Cell, Page, Paragraph, Run, Table
from evaluator.files.write.forms.page_reader import read_page
from evaluator.files.write.forms.word import docx_bytes
from evaluator.records.documents import Document as OurDocument
from tests.unit.files.write.forms.example_page import HOSTILE, page, pdf_bytes


@pytest.fixture(scope="module")
def content() -> bytes:
    return docx_bytes(read_page(page(HOSTILE)))


@pytest.fixture(scope="module")
def word(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def test_headings_are_headings(word: Document) -> None:
    found = [(one.style.name, one.text) for one in word.paragraphs if one.style and one.style.name.startswith("Head")]
    assert found == [
        ("Heading 1", "A page"),
        ("Heading 2", "Lists"),
        ("Heading 3", "Too deep"),
        ("Heading 2", "About this document"),
    ]


def test_heading_rows_repeat_and_the_table_has_a_name(word: Document) -> None:
    (table,) = word.tables
    rows = table._tbl.tr_lst
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, True, *[False] * 4]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Numbers"
    assert [cell.text for cell in table.rows[4].cells] == ["B2", "a", "b"]  # B2 reaches down


def test_pictures_have_words(word: Document) -> None:
    (drawn,) = word.element.body.iter(qn("wp:docPr"))
    assert drawn.get("descr") == "Money. One bar & a word."


def test_the_language_is_british_english_and_the_title_is_a_property(word: Document) -> None:
    languages = [one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))]
    assert languages
    assert set(languages) == {"en-GB"}
    assert (word.core_properties.title, word.core_properties.language) == ("A page – of all", "en-GB")


def test_each_numbered_list_counts_from_one(word: Document) -> None:
    numbers = [one._p.pPr.numPr.numId.val for one in word.paragraphs if one.style and one.style.name == "List Number"]
    assert len(set(numbers)) == 2


def test_no_word_is_lost_and_none_is_a_command(word: Document) -> None:
    text = "\n".join(one.text for one in word.paragraphs)
    for words in (HOSTILE, "First bold and slanted, and a link.", "inner", "Seal: abc, 1 May", "tail", "■ awarded"):
        assert words in text
    assert "Skip to" not in text


def test_it_has_no_clock_and_the_same_page_gives_the_same_bytes(content: bytes) -> None:
    assert content == docx_bytes(read_page(page(HOSTILE)))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert docx.Document(io.BytesIO(content)).core_properties.modified.year == 2000


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_written(text: str) -> None:
    cell = Cell((Run(text),))
    made = Page(text, (Paragraph((Run(text),)), Table((Run(text),), ((cell,),), ((cell,),), ())))
    assert docx.Document(io.BytesIO(docx_bytes(made))).tables


def test_it_carries_no_part_or_style_that_no_page_uses(content: bytes, word: Document) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "Effects" in name or "thumbnail" in name or "custom" in name]
    assert {one.name for one in word.styles if one.type == WD_STYLE_TYPE.TABLE} == {"Normal Table", "Table Grid"}
    used = {
        one.get(qn("w:val")) for kind in ("pStyle", "rStyle", "tblStyle") for one in word.element.iter(qn(f"w:{kind}"))
    }
    assert used <= {one.style_id for one in word.styles}


def test_what_is_set_on_other_threads_is_what_one_thread_sets() -> None:
    pages = [OurDocument(f"{number}.html", page(f"{HOSTILE} {number}"), also=("docx", "pdf")) for number in range(4)]
    made = rendered(iter(pages))
    for one in pages:
        read, stem = read_page(str(one.content)), one.name.removesuffix(".html")
        assert made[f"{stem}.docx"] == docx_bytes(read)
        assert made[f"{stem}.pdf"] == pdf_bytes(read)


def test_a_page_gets_its_further_forms_beside_it_and_nothing_else_does() -> None:
    made = rendered((OurDocument("report.html", page(), also=("docx", "pdf")), OurDocument("other.html", page())))
    assert list(made) == ["report.html", "report.docx", "report.pdf", "other.html"]
    assert made["report.pdf"].startswith(b"%PDF")
    with ThreadPoolExecutor(1) as helpers:
        assert further_forms(OurDocument("other.html", page()), helpers) == {}


def test_a_table_too_wide_for_the_page_turns_it() -> None:
    wide = Table((), (tuple(Cell((Run("Seventeen letters"),), header=True) for _ in range(14)),), (), ())
    turned = docx.Document(io.BytesIO(docx_bytes(Page("T", (Paragraph((Run("x"),)), wide)))))
    sizes = [(section.page_width or 0) > (section.page_height or 0) for section in turned.sections]
    assert sizes == [False, True, False]
    assert all(section.footer.paragraphs[0].text for section in turned.sections)
