"""The workbook of decisions: what waits for a person, in rows that the reader takes back; nothing is decided in it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from evaluator.records.documents import Cell, Choice, Hint, Json, Sheet, Workbook
from evaluator.records.english import count_of, listing
from evaluator.records.programme.conditions.gates import ON_MATTERS
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.decisions_waiting import CHOSEN, DECISIONS, Matter, ToDecide, matters_of
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.table_layouts import ON_GATES_WITH_KINDS, ON_SUMS, Column
from evaluator.records.submissions.table_layouts import TO_DECIDE as LAYOUT
from evaluator.records.submissions.tie_breaks import DRAW
from evaluator.records.texts import visible
from evaluator.reporting.papers.columns import letter

HEADING_ROW = 4
FIRST = HEADING_ROW + 1
BLANK = 20  # rows for what no file tells: a bid that came late, or anything else
SAYS = (
    "One row for each matter. A named person decides each, after hearing the bidder where the bidder must be "
    "heard. Nothing is rejected by anything but a row here.",
    "Yellow cells are to be filled in. Rows at the end are for bids that came late, and for any other matter.",
)
HINTS = {
    "subject": "Of a gate, or of a question that does not apply, its id; of a draw what was drawn; else nothing.",
    "reason": "Why, in words that someone can follow in a year.",
    "ground": "The published term or the provision. It is needed where the bid is out.",
    "person": "Name and office of whoever decides.",
    "date": "The day of the decision, such as 2026-10-20.",
    "heard": "When the bidder was asked or could speak, and what it said. It is needed to disregard a low price, "
    "where a gate is met on clarification, and to exclude.",
    "evidence": "The document or fact that shows that a gate is met.",
    "associate": "Through whom a gate is met, or whom a ground of exclusion concerns, and who replaced it.",
    "recurs": "Of a ground of exclusion: yes or no, as found after hearing the bidder.",
    "sum": "Pounds, no more than the bid asks: of the matter panel_sum.",
    "notified": "The day on which the Minister was told of an exclusion.",
}


def decisions_workbook(criteria: Criteria, to_decide: ToDecide) -> Workbook:
    """Make the workbook: the decisions that are recorded as they stand, then what waits, then blank rows.

    Returns
    -------
    A workbook that is read back as ``decisions.xlsx``. Cells of what is recorded in full are locked.
    """
    columns = _columns(criteria)
    rows = (
        *(_recorded(columns, one) for one in to_decide.recorded),
        *(_waiting(columns, one) for one in to_decide.waiting),
        *(tuple(_empty(column.key) for column in columns) for _ in range(BLANK)),
    )
    last = HEADING_ROW + len(rows)
    cells = {column.key: partial(_cells, letter(place)) for place, column in enumerate(columns, 1)}
    sheet = Sheet(
        name=LAYOUT.sheet,
        rows=(
            (Cell(f"Decisions: {criteria.title}", style="title"),),
            *((Cell(text, style="note_line"),) for text in SAYS),
            tuple(Cell(column.heading, style="heading") for column in columns),
            *rows,
        ),
        widths=tuple(column.width for column in columns),
        freeze=(HEADING_ROW, 1),
        table=(HEADING_ROW, last),
        choices=(
            *_choices(criteria, to_decide, cells["decision"]),
            Choice(cells["matter"](last - BLANK + 1, last), matters_of(criteria), "What is to be decided."),
        ),
        hints=tuple(Hint(cells[key](FIRST, last), text) for key, text in HINTS.items() if key in cells),
        protected=True,
    )
    return Workbook(f"Decisions: {criteria.title}", (sheet,))


def _columns(criteria: Criteria) -> tuple[Column, ...]:
    """Give the columns: those for gates of a kind only where such gates were published."""
    kinds = any(gate.kind for gate in criteria.gate)
    left_out: tuple[Column, ...] = () if kinds else ON_GATES_WITH_KINDS
    if criteria.amounts is None or not criteria.amounts.panel:
        left_out += ON_SUMS
    return tuple(column for column in LAYOUT.columns if column not in left_out)


def _choices(criteria: Criteria, to_decide: ToDecide, cells: Callable[[int, int], str]) -> Iterator[Choice]:
    """Offer at each row the words that its matter can be decided with; rows without a matter of ours take any."""
    every = every_word(criteria)
    words = [every] * len(to_decide.recorded) + [one.choices for one in to_decide.waiting] + [every] * BLANK
    first = FIRST
    for choices, rows in groupby(words):
        end = first + len(list(rows)) - 1
        yield Choice(cells(first, end), choices, f"{listing(choices, ' or ')}, as the person decided.")
        first = end + 1


def every_word(criteria: Criteria) -> tuple[str, ...]:
    """Give every word that a decision can be under some criteria."""
    on_gates = (word for gate in criteria.gate for word in gate.decisions)
    chosen = (word for matter in matters_of(criteria) for word in CHOSEN.get(matter, ()))
    return tuple(dict.fromkeys((*ON_MATTERS, *on_gates, *chosen)))


def _cells(column: str, first: int, last: int) -> str:
    return f"{column}{first}:{column}{last}"


def _recorded(columns: Sequence[Column], one: Decision) -> tuple[Cell, ...]:
    whole = one.decision in DECISIONS and one.reason and one.person and one.date
    texts = {column.key: getattr(one, column.key, "") for column in columns}
    return tuple(Cell(text or None, style="text" if whole else "input") for text in texts.values())


def _waiting(columns: Sequence[Column], one: Matter) -> tuple[Cell, ...]:
    known = {"bid": one.bid, "matter": one.matter, "subject": one.subject, "about": one.about}
    if one.matter == DRAW:
        del known["subject"]  # it is what was drawn, which is still to be written down
    return tuple(
        Cell(known[column.key] or None, style="text") if column.key in known else Cell(style="input")
        for column in columns
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
