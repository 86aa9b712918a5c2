"""The settings of a programme as a workbook to fill in: whose it is, who works on it, and how long what is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from evaluator.records.documents import Cell, Choice, Sheet, Workbook
from evaluator.records.office.settings import PEOPLE, RETENTION, SETTINGS, WORDS, Settings
from evaluator.records.submissions.table_layouts import Layout

WHAT_FOR = "What it is for"
SPARE = 12  # rows to fill in
SAYS = "Fill in the yellow cells; every one of them may stay empty."
SAYS_OF = {
    PEOPLE.sheet: "One row for each person. Beside one of them, “yes” says whose name the ledger’s entries carry.",
    RETENTION.sheet: "What is kept until when, and on what that rests. Nothing is ever deleted by itself.",
}
KEPT = (  # what an office has to decide about; the periods are its own
    "The award: report, record, audit bundle, ledger and letters",
    "Bids that were not funded",
    "Evaluators’ workbooks and agreed marks",
    "The equality monitoring (bids/equality, equality.zip)",
    "Every file as it came (received)",
)


def settings_workbook(settings: Settings, *, blank: bool = False) -> Workbook:
    """Write settings as a workbook.

    Parameters
    ----------
    blank : whether the sheet of retention names what an office has to decide about.
    """
    kept = (
        [(what, "", "") for what in KEPT] if blank else [(one.what, one.until, one.why) for one in settings.retention]
    )
    people = [(one.name, one.role, one.email, "yes" if one.records else "") for one in settings.people]
    return Workbook(f"Settings: {settings.title}", (_single(settings), _table(PEOPLE, people), _table(RETENTION, kept)))


def _single(settings: Settings) -> Sheet:
    said: dict[str, Any] = asdict(settings)
    headings = (*(column.heading for column in SETTINGS.columns), WHAT_FOR)
    rows = [
        (
            Cell(label, style="text"),
            Cell(str(said[key]), style="text" if key == "layout" else "input"),
            Cell(note, style="note"),
        )
        for key, (label, note) in WORDS.items()
    ]
    widths = (*(column.width for column in SETTINGS.columns), 80)
    return _sheet(SETTINGS.sheet, SAYS, headings, rows, widths)


def _table(layout: Layout, entries: Sequence[tuple[str, ...]]) -> Sheet:
    blank = ("",) * len(layout.columns)
    rows = [tuple(Cell(text, style="input") for text in entry) for entry in (*entries, *((blank,) * SPARE))]
    headings = tuple(column.heading for column in layout.columns)
    widths = tuple(column.width for column in layout.columns)
    choices = tuple(
        Choice(f"{'ABCDEFGH'[at]}5:{'ABCDEFGH'[at]}{4 + len(rows)}", ("yes", "no"))
        for at, column in enumerate(layout.columns)
        if column.kind == "yes_no"
    )
    return _sheet(layout.sheet, SAYS_OF[layout.sheet], headings, rows, widths, choices)


def _sheet(
    name: str,
    says: str,
    headings: Iterable[str],
    rows: Iterable[tuple[Cell, ...]],
    widths: tuple[int, ...],
    choices: tuple[Choice, ...] = (),
) -> Sheet:
    return Sheet(
        name,
        (
            (Cell(name, style="title"),),
            (Cell(says, style="note_line"),),
            (),
            tuple(Cell(text, style="heading") for text in headings),
            *rows,
        ),
        widths=widths,
        freeze=(4, 1),
        choices=choices,
        protected=True,
        growing=True,
    )
