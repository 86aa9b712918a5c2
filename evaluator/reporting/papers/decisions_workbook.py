"""The workbook of decisions: what waits for a person, in rows that the reader takes back; nothing is decided in it."""

from evaluator.records.documents import Cell, Choice, Hint, Json, Sheet, Workbook
from evaluator.records.english import count_of
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.decisions_waiting import DECISIONS, MATTERS, Matter, ToDecide
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.table_layouts import TO_DECIDE as LAYOUT
from evaluator.records.texts import visible
from evaluator.reporting.papers.moderation_workbook import letter

HEADING_ROW = 4
FIRST = HEADING_ROW + 1
BLANK = 20  # rows for what no file tells: a bid that came late, or anything else
SAYS = (
    "One row for each matter. A named person decides each, after hearing the bidder where the bidder must be "
    "heard. Nothing is rejected by anything but a row here.",
    "Yellow cells are to be filled in. Rows at the end are for bids that came late, and for any other matter.",
)
HINTS = {
    "reason": "Why, in words that someone can follow in a year.",
    "ground": "The published term or the provision. It is needed to disregard a bid.",
    "person": "Name and office of whoever decides.",
    "date": "The day of the decision, such as 2026-10-20.",
    "heard": "What the bidder said, and when. It is needed to disregard a low price.",
}
PLACES = {column.key: letter(place) for place, column in enumerate(LAYOUT.columns, 1)}


def decisions_workbook(criteria: Criteria, to_decide: ToDecide) -> Workbook:
    """Make the workbook: the decisions that are recorded as they stand, then what waits, then blank rows.

    Returns
    -------
    A workbook that is read back as ``decisions.xlsx``. Cells of what is recorded in full are locked.
    """
    rows = (
        *map(_recorded, to_decide.recorded),
        *map(_waiting, to_decide.waiting),
        *(tuple(_empty(column.key) for column in LAYOUT.columns) for _ in range(BLANK)),
    )
    last = HEADING_ROW + len(rows)
    sheet = Sheet(
        name=LAYOUT.sheet,
        rows=(
            (Cell(f"Decisions: {criteria.title}", style="title"),),
            *((Cell(text, style="note_line"),) for text in SAYS),
            tuple(Cell(column.heading, style="heading") for column in LAYOUT.columns),
            *rows,
        ),
        widths=tuple(column.width for column in LAYOUT.columns),
        freeze=(HEADING_ROW, 1),
        table=(HEADING_ROW, last),
        choices=(
            Choice(_cells("decision", FIRST, last), DECISIONS, "admit or disregard, as the person decided."),
            Choice(_cells("matter", last - BLANK + 1, last), MATTERS, "What is to be decided."),
        ),
        hints=tuple(Hint(_cells(key, FIRST, last), text) for key, text in HINTS.items()),
        protected=True,
    )
    return Workbook(f"Decisions: {criteria.title}", (sheet,))


def _cells(key: str, first: int, last: int) -> str:
    return f"{PLACES[key]}{first}:{PLACES[key]}{last}"


def _recorded(one: Decision) -> tuple[Cell, ...]:
    whole = one.decision in DECISIONS and one.reason and one.person and one.date
    texts = {column.key: getattr(one, column.key, "") for column in LAYOUT.columns}
    return tuple(Cell(text or None, style="text" if whole else "input") for text in texts.values())


def _waiting(one: Matter) -> tuple[Cell, ...]:
    known = {"bid": one.bid, "matter": one.matter, "subject": one.subject, "about": one.about}
    return tuple(
        Cell(known[column.key] or None, style="text") if column.key in known else Cell(style="input")
        for column in LAYOUT.columns
    )


def _empty(key: str) -> Cell:
    return Cell(style="text") if key == "about" else Cell(style="input")


def decisions_text(to_decide: ToDecide) -> str:
    """Say for a terminal what waits for a person."""
    lines = [visible(f"{one.bid}  {one.matter}  {one.subject or '-'}  {one.about}") for one in to_decide.waiting]
    matters = count_of(len(to_decide.waiting), "matter waits", "matters wait")
    return "\n".join([*lines, f"{matters} for a person; {len(to_decide.recorded):,} recorded already"])


def decisions_document(to_decide: ToDecide) -> Json:
    """Give for machines what waits for a person."""
    return {
        "schema": "decisions/1",
        "waiting": [
            {"bid": one.bid, "matter": one.matter, "subject": one.subject, "about": one.about}
            for one in to_decide.waiting
        ],
        "recorded": len(to_decide.recorded),
    }
