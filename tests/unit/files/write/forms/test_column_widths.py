"""Columns are wide enough for their longest words, and what belongs to a turned table turns with it."""

import pytest

from evaluator.files.write.forms.blocks import Cell, Heading, Paragraph, Run, Table
from evaluator.files.write.forms.column_widths import PORTRAIT, TYPST, WORD, fit, sections

MARGINS = 8  # points at both sides of a cell in Word


def table(*columns: tuple[str, str]) -> Table:
    head = tuple(Cell((Run(words),), header=True) for words, _ in columns)
    return Table((), (head,), (tuple(Cell((Run(words),)) for _, words in columns),), ())


# Widths of Arial, by the size of type, added up by hand from its published table: bold in headings, upright below.
WORDS = [
    ("Recommended", "", 7.17),
    ("", "B005", 2.34),
    ("", "£10,172,439", 5.56),
    ("", "AD-Y1", 2.89),
    ("C9", "", 1.28),
]


@pytest.mark.parametrize(("heading", "cell", "width"), WORDS)
def test_a_column_holds_its_longest_word_in_arial(heading: str, cell: str, width: float) -> None:
    fitted = fit(
        table((heading, cell), *[("Organisation", "Made-up Advice Centre, with many words to fold")] * 4), WORD
    )
    assert fitted.widths[0] >= width * fitted.size + MARGINS


def test_a_heading_and_the_one_paragraph_under_it_turn_with_the_table_below() -> None:
    wide = table(*[("Wholesomeness", "Wholesomeness")] * 9)
    before, heading = Paragraph((Run("before"),)), Heading(2, (Run("Every bid"),))
    blocks = [before, heading, Paragraph((Run("The marks are those that count."),)), Heading(3, (Run("A"),)), wide]
    for font in (WORD, TYPST):
        assert [(turned, len(group)) for turned, group in sections(blocks, font)] == [(False, 1), (True, 4)]


def test_the_room_that_is_left_goes_to_the_column_in_which_most_is_said() -> None:
    """Twenty organisations have names of one length, and one row alone says as much in another column."""
    long = "Aldermoor Street Community Garden Trust"
    head = tuple(
        Cell((Run(words),), header=True) for words in ("Organisation", "What stood in its way", "Would displace")
    )
    rows = [
        tuple(Cell((Run(words),)) for words in (long, "Order of merit", long if at == 7 else "–")) for at in range(20)
    ]
    fitted = fit(Table((), ((head[0], *head),), tuple((row[0], *row) for row in rows), ()), WORD)
    assert fitted.widths[0] > 1.3 * fitted.widths[3]
    assert sum(fitted.widths) <= PORTRAIT
