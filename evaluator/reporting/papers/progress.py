"""How far the marking has come: for the screen, as a page, as a workbook and for machines."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.records.documents import Cell, Json, Sheet, Style, Workbook
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import ORGANISATION_PANEL
from evaluator.records.submissions.progress import PanelProgress, Progress, Returned, State
from evaluator.records.texts import visible
from evaluator.reporting.shared.pages import HeadedPage, about_programme, render, theme_titles

STYLES: dict[State, Style] = {
    "complete": "good",
    "part returned": "care",
    "to be mended": "care",
    "nothing returned": "bad",
}
HEADINGS = ("Evaluator", "Name", "State", "Marked", "Of", "To be mended", "Still missing", "File")
WIDTHS = (12, 28, 18, 10, 10, 14, 80, 30)
FEW = 3  # bids that are named on the screen


def missing_words(one: Returned, most: int = 10**6) -> str:
    """Name the answers that are missing, bid by bid.

    >>> missing_words(Returned("E1", "", "f", 9, 5, (("B1", ("C1", "C2")), ("B2", ("C1",))), 0), most=1)
    'B1: C1, C2; and 1 more'
    """
    named = [f"{subject}: {', '.join(questions)}" for subject, questions in one.missing[:most]]
    more = len(one.missing) - most
    return visible("; ".join([*named, *([f"and {more:,} more"] if more > 0 else [])]))


def panel_title(criteria: Criteria, panel: str) -> str:
    """Name a panel as people do."""
    return "What organisations answer once" if panel == ORGANISATION_PANEL else theme_titles(criteria)[panel]


def progress_text(criteria: Criteria, progress: Progress) -> str:
    """Write the table for a terminal, and a line for each panel."""
    rows = [HEADINGS[:5], *(_text_row(one) for one in progress.returned)]
    widths = [max(len(row[place]) for row in rows) for place in range(5)]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    named = [
        f"{one.evaluator} lacks {missing_words(one, FEW)}" for one in progress.returned if 0 < one.marked < one.asked
    ]
    panels = [
        f"{panel_title(criteria, one.panel)}: {one.enough:,} of {one.answers:,} answers have enough marks"
        for one in progress.panels
    ]
    return "\n".join([*lines, *(["", *named] if named else []), "", *panels])


def _text_row(one: Returned) -> tuple[str, ...]:
    return visible(one.evaluator), visible(one.name), one.state, f"{one.marked:,}", f"{one.asked:,}"


@dataclass(frozen=True, kw_only=True)
class ProgressPage(HeadedPage):
    """Who has returned what, each with the style of the state and what is missing, and each panel with its title."""

    template = "progress.html"
    returned: Sequence[tuple[Returned, Style, str]]
    complete: int
    panels: Sequence[tuple[str, PanelProgress]]
    findings: Sequence[Finding]


def progress_page(criteria: Criteria, progress: Progress, findings: tuple[Finding, ...]) -> str:
    """Write the page."""
    page = ProgressPage(
        about=about_programme(criteria),
        returned=[(one, STYLES[one.state], missing_words(one)) for one in progress.returned],
        complete=sum(one.state == "complete" for one in progress.returned),
        panels=[(panel_title(criteria, one.panel), one) for one in progress.panels],
        findings=findings,
    )
    return render(page)


def progress_workbook(criteria: Criteria, progress: Progress) -> Workbook:
    """Make the workbook: one row for each evaluator, and a sheet for the panels."""
    rows = tuple(_row(one) for one in progress.returned)
    panels = tuple(
        (Cell(panel_title(criteria, one.panel), style="text"), Cell(one.answers), Cell(one.enough))
        for one in progress.panels
    )
    heads = ("Panel", "Answers", "With enough marks")
    return Workbook(
        f"Progress of marking: {criteria.title}",
        (
            Sheet("Evaluators", _table("Who has returned what", HEADINGS, rows), WIDTHS, (3, 1), (3, 3 + len(rows))),
            Sheet("Panels", _table("Which answers have enough marks", heads, panels), (40, 12, 20), (3, 1)),
        ),
    )


def _table(title: str, headings: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    head = tuple(Cell(text, style="heading") for text in headings)
    return ((Cell(title, style="title"),), (), head, *rows)


def _row(one: Returned) -> tuple[Cell, ...]:
    return (
        Cell(one.evaluator, style="text"),
        Cell(one.name, style="text"),
        Cell(one.state, style=STYLES[one.state]),
        Cell(one.marked),
        Cell(one.asked),
        Cell(one.problems),
        Cell(missing_words(one), style="text"),
        Cell(one.file, style="text"),
    )


def progress_document(progress: Progress) -> Json:
    """Give the progress for machines."""
    return {
        "schema": "progress/1",
        "evaluators": [
            {
                "evaluator": one.evaluator,
                "name": one.name,
                "state": one.state,
                "file": one.file,
                "answers": one.asked,
                "marked": one.marked,
                "to_be_mended": one.problems,
                "missing": [{"bid": subject, "questions": list(asked)} for subject, asked in one.missing],
            }
            for one in progress.returned
        ],
        "panels": [{"panel": one.panel, "answers": one.answers, "enough": one.enough} for one in progress.panels],
    }
