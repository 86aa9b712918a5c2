"""The blank bid form of a theme: what a bidder fills in, in the layout that reads it when it comes back."""

from evaluator.records.documents import Cell, Choice, Sheet, Style, Workbook
from evaluator.records.programme.criteria import Criteria, Theme
from evaluator.records.submissions.bid_form import (
    ANSWER_LETTER,
    ANSWERS,
    BID_SHEET,
    CONDITIONS,
    HEADING_ROW,
    META,
    PRICES,
    TEMPLATE,
    TOTAL,
    FormSheet,
    bid_fields,
    form_sheets,
)
from evaluator.records.submissions.table_layouts import META_SHEET

WIDTHS = {
    BID_SHEET: (14, 44, 60, 70),
    CONDITIONS: (14, 26, 46, 80, 14),
    PRICES: (14, 44, 20, 60),
    ANSWERS: (10, 24, 44, 60, 8, 8, 90, 12),
}
WRAPPED = {BID_SHEET: (1, 3), CONDITIONS: (1, 2, 3), PRICES: (1,), ANSWERS: (1, 2, 3)}  # columns of texts, from 0


def bid_form(criteria: Criteria, theme: Theme, seal: str) -> Workbook:
    """Make the blank form for bids in one theme: the bidder, conditions, prices by year, and every question.

    Each row is found again by the id in its first, locked column. A very hidden sheet says what the form is of.
    """
    identity = (TEMPLATE, criteria.reference, criteria.version, seal, theme.id)
    meta = Sheet(
        META_SHEET,
        tuple((Cell(name), Cell(text)) for name, text in zip(META, identity, strict=True)),
        widths=(20, 70),
        protected=True,
        very_hidden=True,
    )
    sheets = (*(_sheet(issued, criteria, theme) for issued in form_sheets(criteria, theme)), meta)
    properties = tuple((f"evaluator_{name}", text) for name, text in zip(META, identity, strict=True))
    return Workbook(f"Bid form: {theme.title}, {criteria.title}", sheets, properties=properties)


def _sheet(issued: FormSheet, criteria: Criteria, theme: Theme) -> Sheet:
    top = ((Cell(issued.title, style="title"),), (Cell(issued.note, style="note_line"),), ())
    return Sheet(
        issued.name,
        (
            *top,
            tuple(Cell(text, style="heading") for text in issued.headings),
            *(_row(issued, texts, HEADING_ROW + at, criteria, theme) for at, texts in enumerate(issued.rows, start=1)),
        ),
        widths=WIDTHS[issued.name],
        freeze=(HEADING_ROW, 1),
        choices=_choices(issued, criteria, theme),
        protected=True,
    )


def _row(
    issued: FormSheet, texts: tuple[str | None, ...], row: int, criteria: Criteria, theme: Theme
) -> tuple[Cell, ...]:
    cells = [_cell(issued, column, text) for column, text in enumerate(texts)]
    if issued.name == BID_SHEET and texts[2] is None:
        kind = next(field.kind for field in bid_fields(criteria, theme) if field.key == texts[0])
        # An empty text makes the cell one for texts: a company number 01234567 keeps its nought.
        cells[2] = Cell("" if kind in ("id", "list") else None, style=_input(money=kind == "money"))
    elif issued.name == PRICES:
        span = f"C{HEADING_ROW + 1}:C{row - 1}"
        summed = Cell(0, formula=f"=SUM({span})", style="money")
        cells[1:3] = (Cell(texts[1]), summed) if texts[0] == TOTAL else (cells[1], Cell(style="input_money"))
    elif issued.name == ANSWERS:
        limit = int(str(texts[5])) if str(texts[5]).isdigit() else None
        cells[5] = Cell(limit if limit is not None else texts[5])
        cells[7] = _words(row, limit)
    return tuple(cells)


def _cell(issued: FormSheet, column: int, text: str | None) -> Cell:
    if text is None:
        return Cell(style="input")
    return Cell(text, style="text" if column in WRAPPED[issued.name] else "")


def _input(*, money: bool) -> Style:
    return "input_money" if money else "input"


def _words(row: int, limit: int | None) -> Cell:
    """Count the words of an answer beside it."""
    text = f"TRIM(G{row})"
    count = f'IF({text}="",0,LEN({text})-LEN(SUBSTITUTE({text}," ",""))+1)'
    formula = f'={count}&IF({count}>{limit}," (too many)","")' if limit else f"={count}"
    return Cell("0" if limit else 0, formula=formula, style="helper")


def _choices(issued: FormSheet, criteria: Criteria, theme: Theme) -> tuple[Choice, ...]:
    letter = ANSWER_LETTER[issued.name]
    if issued.name == CONDITIONS:
        cells = f"{letter}{HEADING_ROW + 1}:{letter}{HEADING_ROW + len(issued.rows)}"
        return (Choice(cells, ("pass", "fail"), "pass or fail"),)
    if issued.name != BID_SHEET:
        return ()
    return tuple(
        Choice(f"{letter}{HEADING_ROW + at}", field.choices, field.help)
        for at, field in enumerate(bid_fields(criteria, theme), start=1)
        if field.choices
    )
