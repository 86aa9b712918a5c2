"""The blank bid form of a theme: what a bidder fills in, in the layout that reads it when it comes back."""

from evaluator.records.documents import Cell, Choice, Sheet, Style, Workbook
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria, Question, Theme
from evaluator.records.submissions.bid_form import (
    ANSWERS,
    BID_SHEET,
    CONDITIONS,
    HEADING_ROW,
    META,
    PRICES,
    TEMPLATE,
    Field,
    bid_fields,
    price_fields,
)
from evaluator.records.submissions.table_layouts import META_SHEET

SAVE = "Fill in the yellow cells only. Save the workbook as it is (.xlsx) and send it back; keep a copy."


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
    sheets = (_bid(criteria, theme), *_conditions(criteria), _prices(criteria), _answers(criteria, theme), meta)
    properties = tuple((f"evaluator_{name}", text) for name, text in zip(META, identity, strict=True))
    return Workbook(f"Bid form: {theme.title}, {criteria.title}", sheets, properties=properties)


def _bid(criteria: Criteria, theme: Theme) -> Sheet:
    fields = bid_fields(criteria, theme)
    rows = tuple(_field(field, theme) for field in fields)
    choices = tuple(
        Choice(f"C{HEADING_ROW + at}", field.choices, field.help)
        for at, field in enumerate(fields, start=1)
        if field.choices
    )
    return _sheet(
        BID_SHEET,
        f"Bid: {theme.title}",
        f"{criteria.title}. {SAVE}",
        ("Key", "What", "Your answer", "Note"),
        rows,
        (14, 44, 60, 70),
        choices,
    )


def _field(field: Field, theme: Theme) -> tuple[Cell, ...]:
    style: Style = "input_money" if field.kind == "money" else "input"
    # An empty text makes the cell one for texts: a company number 01234567 keeps its nought.
    empty = "" if field.kind in ("id", "list") else None
    answer = Cell(theme.id) if field.key == "theme" else Cell(empty, style=style)
    return (Cell(field.key), Cell(field.label, style="text"), answer, Cell(field.help, style="text"))


def _prices(criteria: Criteria) -> Sheet:
    fields = price_fields(criteria)
    rows = [
        (Cell(field.key), Cell(field.label, style="text"), Cell(style="input_money"), Cell(field.help))
        for field in fields
    ]
    first, last = HEADING_ROW + 1, HEADING_ROW + len(fields)
    total = (Cell("total"), Cell("All together"), Cell(0, formula=f"=SUM(C{first}:C{last})", style="money"), Cell(""))
    note = "In pounds, with at most two decimal places, and without VAT unless the tender documents say otherwise."
    rows_all = (*rows, *([total] if len(fields) > 1 else []))
    return _sheet(PRICES, "Your prices", note, ("Key", "For", "Price (£)", "Note"), rows_all, (14, 44, 20, 60))


def _conditions(criteria: Criteria) -> tuple[Sheet, ...]:
    if not criteria.gate:
        return ()
    rows = tuple(
        (
            Cell(gate.id),
            Cell(gate.title, style="text"),
            Cell(gate.question, style="text"),
            Cell(gate.predicate, style="text"),
            Cell(style="input"),
        )
        for gate in criteria.gate
    )
    cells = f"E{HEADING_ROW + 1}:E{HEADING_ROW + len(rows)}"
    note = "Say pass or fail for each. A fail does not end your bid: a person hears you and decides. " + SAVE
    headings = ("Key", "Condition", "What is asked", "What passes", "Pass or fail")
    choices = (Choice(cells, ("pass", "fail"), "pass or fail"),)
    return (_sheet(CONDITIONS, "Conditions", note, headings, rows, (14, 26, 46, 80, 14), choices),)


def _answers(criteria: Criteria, theme: Theme) -> Sheet:
    asked = criteria.questions(theme.id)
    rows = tuple(
        _question(theme, question, criteria.word_limit(question, theme.id), HEADING_ROW + at)
        for at, question in enumerate(asked, start=1)
    )
    note = (
        "A question answered once by the organisation counts in each of its bids. Words are counted beside each answer."
    )
    headings = (
        "Key",
        "Question",
        "What is asked",
        "What a good answer holds",
        "Points",
        "Most words",
        "Your answer",
        "Words",
    )
    return _sheet(ANSWERS, "Your answers", f"{note} {SAVE}", headings, rows, (10, 24, 44, 60, 8, 8, 90, 12))


def _question(theme: Theme, question: Question, limit: int | None, row: int) -> tuple[Cell, ...]:
    text = f"TRIM(G{row})"
    count = f'IF({text}="",0,LEN({text})-LEN(SUBSTITUTE({text}," ",""))+1)'
    formula = f'={count}&IF({count}>{limit}," (too many)","")' if limit else f"={count}"
    once = " (answered once by the organisation)" if question.scope == "organisation" else ""
    return (
        Cell(question.id),
        Cell(f"{question.title}{once}", style="text"),
        Cell(question.text, style="text"),
        Cell(question.good_answer, style="text"),
        Cell(decimal_text(theme.weights[question.id]) if question.id in theme.weights else ""),
        Cell(limit if limit is not None else "no limit"),
        Cell(style="input"),
        Cell("0" if limit else 0, formula=formula, style="helper"),
    )


def _sheet(
    name: str,
    title: str,
    note: str,
    headings: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    widths: tuple[int, ...],
    choices: tuple[Choice, ...] = (),
) -> Sheet:
    top = ((Cell(title, style="title"),), (Cell(note, style="note_line"),), ())
    return Sheet(
        name,
        (*top, tuple(Cell(text, style="heading") for text in headings), *rows),
        widths=widths,
        freeze=(HEADING_ROW, 1),
        choices=choices,
        protected=True,
    )
