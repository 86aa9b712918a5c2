"""A theme's sheet: one row a bid, with points, totals and ranks as live formulas over the marks and prices."""

from evaluator.records.documents import Cell, Highlight, Sheet
from evaluator.records.results.scores import LEFT
from evaluator.reporting.results import computed, given, measured
from evaluator.reporting.results.grid import headings
from evaluator.reporting.results.layout import FIGURES, HEADINGS, MINIMUMS, STATES, WEIGHTS, Column, ThemePlan

PARTS = (
    *(given.who, given.marks, given.prices, given.between_equals),
    *(measured.figures, computed.parts, computed.results, computed.compared),
)


def theme_sheet(plan: ThemePlan, note: str) -> Sheet:
    """Write a theme's sheet: its title, a note, what was published above each column, and one row a bid."""
    made = {column.key: column for part in PARTS for column in part(plan)}
    columns = [made[key] for key in plan.grid.keys]
    rows = [tuple(column.cell(at, row) for column in columns) for at, row in enumerate(plan.view.rows)]
    return Sheet(
        plan.grid.sheet,
        (
            (Cell(plan.view.theme.title, style="title"),),
            (Cell(note, style="note_line"),),
            *(_above(columns, row) for row in (WEIGHTS, MINIMUMS, FIGURES)),
            headings(*(column.heading for column in columns)),
            *rows,
        ),
        widths=tuple(column.width for column in columns),
        freeze=(HEADINGS, 2),
        table=(HEADINGS, HEADINGS + len(rows)) if rows else None,
        protected=True,
        highlights=_highlights(plan),
    )


def _highlights(plan: ThemePlan) -> tuple[Highlight, ...]:
    left = [STATES[word] for word in LEFT if any(row.status == word for row in plan.view.rows)]
    words = ("disqualified", "disregarded", "excluded", "not_shortlisted", *left)
    return (
        *(Highlight(plan.grid.span("state"), word, "bad") for word in words),
        Highlight(plan.grid.span("state"), "below minimum", "bad"),
        Highlight(plan.grid.span("tied"), "tied", "care"),
    )


def _above(columns: list[Column], row: int) -> tuple[Cell, ...]:
    return tuple(column.above.get(row, Cell()) for column in columns)
