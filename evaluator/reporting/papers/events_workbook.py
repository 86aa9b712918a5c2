"""The workbook of events: a sheet for each kind, with the events there are and empty rows with lists to choose from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluator.records.documents import Cell, Choice, Hint, Sheet, Workbook
from evaluator.records.submissions.table_layouts import EVENTS, Layout
from evaluator.reporting.papers.columns import letter

HEADING_ROW = 4
BLANK = 40  # empty rows of each sheet
LISTS = "Lists"  # very hidden: what the drop-down lists offer
WRONG = "An event that was wrong is undone by a row in the sheet Undone, with its id; no row is deleted or overwritten."
SAYS: Mapping[str, str] = {
    "corrections": "One row for each value of a bid that was wrong: what stands in the register, and what is right.",
    "withdrawals": "One row for each bid that its bidder took back before the award.",
    "abandoned": "One row for each lot in which nothing will be awarded.",
    "departures": "One row for each evaluator who left. What they marked stays; the rest passes to who takes over.",
    "clarifications": "One row for each question, with its answer and everybody whom the answer was sent to.",
    "undone": "One row for each event that was recorded by mistake. Both stay on record.",
}
YES_NO = ("yes", "no")
HINTS = {
    "event": "An id of its own, such as W1 or C2: by it the event can be undone.",
    "column": "A column of the register, as its heading names it; or a question, by its id.",
    "old": "What stands in the register or form now.",
    "origin": "The document, and its date, that shows the right value.",
    "person": "Name and office of whoever records it.",
    "date": "The day, such as 2026-12-01.",
    "sent_to": "“all”, or the bids or organisations with ; between them.",
    "about": "A bid, an organisation, or “all”.",
    "resolution": "Where an answer did not reach everybody, or came late: what was decided about it, by whom, and why.",
}
Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Offered:
    """What the lists of the workbook offer; a list that is empty offers nothing, and any text can be typed."""

    bids: Sequence[str] = ()
    themes: Sequence[str] = ()
    evaluators: Sequence[str] = ()
    columns: Sequence[str] = ()

    def by_key(self) -> dict[str, Sequence[str]]:
        """Give each list by the column that it is for."""
        lists = {"bid": self.bids, "theme": self.themes, "evaluator": self.evaluators, "successor": self.evaluators}
        return {key: offered for key, offered in (lists | {"column": self.columns}).items() if offered}


def events_workbook(events: Mapping[str, Rows], offered: Offered) -> Workbook:
    """Make the workbook with the events by kind, each as texts by column; it is read back as ``events.xlsx``."""
    lists = offered.by_key()
    sheets = tuple(_sheet(kind, layout, events.get(kind, ()), lists) for kind, layout in EVENTS.items())
    return Workbook("Events", (*sheets, *([_lists(lists)] if lists else [])))


def _sheet(kind: str, layout: Layout, rows: Rows, lists: Mapping[str, Sequence[str]]) -> Sheet:
    last = HEADING_ROW + len(rows) + BLANK
    cells = {key: f"{letter(at)}{HEADING_ROW + 1}:{letter(at)}{last}" for at, key in enumerate(_keys(layout), 1)}
    return Sheet(
        name=layout.sheet,
        rows=(
            (Cell(layout.sheet, style="title"),),
            (Cell(SAYS[kind], style="note_line"),),
            (Cell(WRONG, style="note_line"),),
            tuple(Cell(column.heading, style="heading") for column in layout.columns),
            *(tuple(Cell(row.get(key) or None, style="input") for key in _keys(layout)) for row in rows),
            *(tuple(Cell(style="input") for _ in layout.columns) for _ in range(BLANK)),
        ),
        widths=tuple(column.width for column in layout.columns),
        freeze=(HEADING_ROW, 2),
        table=(HEADING_ROW, last),
        choices=tuple(_choices(layout, cells, lists)),
        hints=tuple(Hint(cells[key], text) for key, text in HINTS.items() if key in cells),
    )


def _keys(layout: Layout) -> tuple[str, ...]:
    return tuple(column.key for column in layout.columns)


def _choices(layout: Layout, cells: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> Iterator[Choice]:
    for at, (key, offered) in enumerate(lists.items(), 1):
        if key in cells and not (key == "column" and layout.sheet != EVENTS["corrections"].sheet):
            source = f"={LISTS}!${letter(at)}$1:${letter(at)}${len(offered)}"
            yield Choice(cells[key], (), HINTS.get(key, ""), source)
    for column in layout.columns:
        if column.kind == "yes_no":
            yield Choice(cells[column.key], YES_NO, "yes or no")


def _lists(lists: Mapping[str, Sequence[str]]) -> Sheet:
    deepest = max(map(len, lists.values()))
    rows = tuple(
        tuple(Cell(offered[at] if at < len(offered) else None) for offered in lists.values()) for at in range(deepest)
    )
    return Sheet(LISTS, rows, very_hidden=True)
