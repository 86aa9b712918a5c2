"""PDF files: what a reader's software finds in them, and that no text in them is ever a command or left out."""

import io
import os
import re
import unicodedata
from collections.abc import Iterator

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.files.write.forms.blocks import Block, Cell, Heading, Page, Paragraph, Picture, Run, Table
from evaluator.files.write.forms.glyphs import SHOWN, shown
from evaluator.files.write.forms.page_reader import read_page
from evaluator.files.write.forms.pdf_row_headers import RowsDifferError, with_row_headings
from tests.unit.files.write.forms.example_page import HOSTILE, page, pdf_bytes


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf_bytes(read_page(page(HOSTILE))))) as opened:
        yield opened


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Give every element of the structure, in reading order."""
    found: list[pikepdf.Dictionary] = []

    def visit(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                visit(one)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            if "/K" in node:
                visit(node.K)

    visit(pdf.Root.StructTreeRoot.K)
    return found


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    return [str(one.S) for one in elements(pdf)]


def test_it_is_tagged_and_says_its_language_and_title(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "en-GB"
    assert str(pdf.docinfo["/Title"]) == "A page – of all"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_it_declares_the_standards_that_it_was_made_to(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as facts:
        assert facts["pdfuaid:part"] == "1"
        assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("2", "A")


def test_headings_never_skip_a_level(pdf: pikepdf.Pdf) -> None:
    assert [kind for kind in kinds(pdf) if re.fullmatch("/H[1-6]", kind)] == ["/H1", "/H2", "/H3", "/H2"]


def of_tables(element: pikepdf.Dictionary, key: str) -> str:
    """Give an attribute that a cell has as part of a table."""
    several = list(element.A) if isinstance(element.A, pikepdf.Array) else [element.A]
    return next((str(one[key]) for one in several if str(one.O) == "/Table" and key in one), "")


def test_tables_have_heading_cells_with_their_scope_and_a_caption(pdf: pikepdf.Pdf) -> None:
    heads = [one for one in elements(pdf) if str(one.S) == "/TH"]
    assert [of_tables(one, "/Scope") for one in heads] == ["/Column"] * 4 + ["/Row"] * 3
    assert "/Caption" in kinds(pdf)


def test_every_cell_refers_to_the_headings_of_its_row_and_column_by_their_names(pdf: pikepdf.Pdf) -> None:
    names = [str(one) for one in list(pdf.Root.StructTreeRoot.IDTree.Names)[::2]]
    assert names == sorted(names)
    by_name = {str(one.ID): one for one in elements(pdf) if "/ID" in one}
    assert sorted(by_name) == names
    for cell in (one for one in elements(pdf) if str(one.S) == "/TD"):
        several = next(list(one.Headers) for one in cell.A if "/Headers" in one)
        scopes = [of_tables(by_name[str(name)], "/Scope") for name in several]
        assert set(scopes) == {"/Row", "/Column"}


def test_the_file_is_whole_after_its_tags_were_written_anew(pdf: pikepdf.Pdf) -> None:
    assert pdf.check_pdf_syntax() == []


def table_of(*counts: int) -> Table:
    """Give a table with a heading row of two cells, and below it rows of so many cells, each with a row heading."""
    head = (Cell((Run("Bid"),), header=True), Cell((Run("Total"),), header=True))
    row = (Cell((Run("B001"),), header=True), *[Cell((Run("60"),))] * 3)
    return Table((), (head,), tuple(row[:count] for count in counts), ())


def test_a_row_that_is_too_short_for_its_table_fails_loudly_as_typst_fills_it_from_the_next() -> None:
    with pytest.raises(RowsDifferError, match="'Ragged' have 3 rows, and 3 in the tags of its PDF, where row 2 "):
        pdf_bytes(Page("Ragged", (table_of(1, 3),)))


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ((Paragraph((Run("no table"),)),), "have 0 rows, and 2 in the tags of its PDF, where row 1 "),
        ((table_of(2, 2),), "have 3 rows, and 2 in the tags of its PDF, where row 3 "),
        ((table_of(1),), "have 2 rows, and 2 in the tags of its PDF, where row 2 "),
        ((table_of(3),), "have 2 rows, and 2 in the tags of its PDF, where row 2 "),
    ],
)
def test_a_pdf_with_other_rows_than_its_page_fails_loudly(blocks: tuple[Block, ...], words: str) -> None:
    with pytest.raises(RowsDifferError, match=words):
        with_row_headings(pdf_bytes(Page("T", (table_of(2),))), Page("T", blocks))


def test_a_pdf_without_row_headings_stays_as_typst_wrote_it() -> None:
    plain = Page("T", (Table((), (), ((Cell((Run("60"),)),),), ()),))
    made = pdf_bytes(plain)
    assert with_row_headings(made, plain) == made


def test_the_file_names_typst_as_its_maker_and_a_fixed_day_although_its_tags_were_written_after_it() -> None:
    with pikepdf.open(io.BytesIO(pdf_bytes(Page("T", (table_of(2),))))) as made:
        facts = made.Root.Metadata.read_raw_bytes().decode()
        assert str(made.docinfo["/Creator"]).startswith("Typst ")
        assert (str(made.docinfo["/ModDate"]), "/Producer" in made.docinfo) == ("D:20000101000000Z", False)
    assert "<xmp:CreatorTool>Typst " in facts
    assert "pikepdf" not in facts


def small_table() -> Table:
    head, row = (Cell((Run(word),), header=True) for word in ("Bid", "B001"))
    return Table((), ((head,),), ((row,),), ())


AS_TAGS = (
    "/K[8 0 R]",
    "/K[99999 0 R]",
    "/Type/StructTreeRoot/K[3 0 R]",
    "<</Type/StructElem/S/TR/P 1 0 R/K[1 0 R]>>",
    "endobj",
)


@pytest.mark.parametrize("words", [*AS_TAGS, *(f"/K[{number} 0 R]" for number in range(9, 30))])
def test_a_name_that_looks_like_tags_loses_no_row_heading_and_keeps_nobody_waiting(words: str) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    picture = Picture(svg, 9, 9, (Run(words),), f"({words}")
    page = Page(words, (Heading(1, (Run(words),)), picture, small_table()))
    with pikepdf.open(io.BytesIO(pdf_bytes(page))) as made:
        assert [of_tables(one, "/Scope") for one in elements(made) if str(one.S) == "/TH"] == ["/Column", "/Row"]
        assert made.check_pdf_syntax() == []
        assert words in [str(one.T) for one in elements(made) if "/T" in one]


def test_where_no_file_can_be_in_memory_only_the_bytes_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = pdf_bytes(Page("T", (small_table(),)))
    monkeypatch.delattr(os, "memfd_create", raising=False)
    assert pdf_bytes(Page("T", (small_table(),))) == usual


def test_pictures_have_words_for_those_who_do_not_see_them(pdf: pikepdf.Pdf) -> None:
    pictures = [one for one in elements(pdf) if str(one.S) == "/Figure"]
    assert [str(one.Alt) for one in pictures] == ["Money. One bar & a word."]


def test_every_font_is_inside_the_file(pdf: pikepdf.Pdf) -> None:
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    described = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one]
    assert described
    assert all(any(name in one for name in files) for one in described)


def test_it_has_no_clock_and_the_same_page_gives_the_same_bytes() -> None:
    read = read_page(page("same"))
    assert pdf_bytes(read) == pdf_bytes(read)


def test_words_of_a_bidder_are_never_commands() -> None:
    assert pdf_bytes(Page("T", (Paragraph((Run(HOSTILE), Run(HOSTILE, code=True), Run(HOSTILE, strong=True))),)))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_set(text: str) -> None:
    runs = (Run(text or "x"), Run(text or "x", code=True))
    assert pdf_bytes(Page(f"T {text}", (Paragraph(runs),)))


def test_every_character_that_is_said_to_be_shown_is_shown() -> None:
    listed = [chr(code) for low, high in SHOWN for code in range(low, high + 1)]
    listed = [one for one in listed if unicodedata.category(one) != "Cn"]
    assert pdf_bytes(Page("T", (Paragraph((Run(" ".join(listed)),)),)))


def test_what_the_fonts_lack_is_described_and_not_dropped() -> None:
    assert shown("বাংলা") == "[Bengali text, 5 characters: see the web page]"
    assert shown("\x00\x0b") == ""


def test_a_legends_dots_differ_without_their_colours_too() -> None:
    """Recommended is a full dot, not recommended a ring, and passed over a sign of its own."""
    sign = '<svg viewBox="0 0 14 12" aria-hidden="true"><circle cx="7" cy="6" r="4" {}/></svg>'
    kinds = ('fill="#1d3557"', 'fill="#fff" stroke="#1d3557"', 'stroke="#8a1409" stroke-width="3" fill="#fff"')
    words = "".join(f"{sign.format(kind)} word " for kind in kinds)
    (paragraph,) = read_page(f"<html><body><main><p>{words}</p></main></body></html>").blocks
    assert isinstance(paragraph, Paragraph)
    signs = [run for run in paragraph.runs if "word" not in run.text]
    assert [run.text.strip() for run in signs] == ["●", "○", "◎"]
    assert [run.colour for run in signs] == ["#1d3557", "#1d3557", "#8a1409"]
