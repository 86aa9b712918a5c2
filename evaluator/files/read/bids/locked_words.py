"""A sheet of a bid form that came back, held to what was issued: its rows by their keys, and every locked word."""

from collections.abc import Iterator

from evaluator.files.read.tables.guard import Guard, filled, places
from evaluator.files.read.xlsx.cell import Sheet, column_number, letters
from evaluator.records.findings.finding import Finding
from evaluator.records.look_alikes import skeleton
from evaluator.records.submissions.bid_form import ANSWER_LETTER, HEADING_ROW, MAY_LACK, FormSheet
from evaluator.records.texts import visible

FEW = 2  # changes of one sheet that are told one by one; more are told in one finding
LONGEST = 100  # characters of a text that a finding quotes
ABOVE = ((3, "title"), (2, "note"))  # so many rows above the headings stand the title and the note
Changed = tuple[int, int, str, str]  # row, column, the text that stands there, the text that was issued


class FormPage:
    """One sheet of a form, and the rows of its keys, wherever they stand.

    ``moved`` says that the answers stand under another heading, as when a column was put in: no row can be relied on.
    """

    def __init__(self, sheet: Sheet, file: str, issued: FormSheet, findings: list[Finding], *, from_1904: bool) -> None:
        self.sheet, self.issued = sheet, issued
        self.guard = Guard(sheet, file, findings, from_1904=from_1904)
        texts = {row: skeleton(cells[1].text) for row, cells in sheet.rows.items() if 1 in cells}
        head = skeleton(issued.headings[0])
        self.heading_row = next((row for row, text in texts.items() if text == head), HEADING_ROW)
        self.rows: dict[str, list[int]] = {}
        for row, text in texts.items():
            if row > self.heading_row:
                self.rows.setdefault(text, []).append(row)
        answers = column_number(ANSWER_LETTER[issued.name])
        held = sheet.cell(self.heading_row, answers)
        self.moved = skeleton(held.text if held else "") != skeleton(issued.headings[answers - 1])

    def row_of(self, key: str) -> int:
        """Give the row of a key; 0 where it does not stand there once."""
        rows = self.rows.get(skeleton(key), [])
        return rows[0] if len(rows) == 1 else 0

    def check(self) -> None:
        """Find keys that do not stand there once, words that were changed, and what cannot be seen or is not read."""
        keys = [str(texts[0]) for texts in self.issued.rows]
        for key in () if self.moved else keys:
            count = len(self.rows.get(skeleton(key), ()))
            if count > 1 or (count == 0 and key not in MAY_LACK):
                self.guard.note("E-FORM-005", key=key, count=count)
        columns = {at: f"column {letters(at)}" for at in range(1, len(self.issued.headings) + 1)}
        rows = [self.heading_row, *filter(None, map(self.row_of, keys))]
        self.guard.check(columns, min(self.heading_row, *rows), sorted(rows))
        self._tell(list(self._changes()))
        if not self.moved:
            self._tell_unread([row for key in keys for row in self.rows.get(skeleton(key), ())])

    def _tell(self, changes: list[Changed]) -> None:
        if not changes:
            return
        if len(changes) > (1 if self.moved else FEW):
            row, column, found, wanted = changes[0]
            others = "is 1 other" if len(changes) == 2 else f"are {len(changes) - 1:,} others"
            more = f" So {others}: {places([(one[0], one[1]) for one in changes[1:]])}."
            self.guard.note("E-FORM-008", row, column, shown=_cut(found), wanted=_cut(wanted), more=more)
            return
        for row, column, found, wanted in changes:
            self.guard.note("E-FORM-008", row, column, shown=_cut(found), wanted=_cut(wanted), more="")

    def _changes(self) -> Iterator[Changed]:
        """Give the locked texts that are not as they were issued, whatever space was put between their words."""
        for above, name in ABOVE:
            if self.heading_row > above:
                yield from self._change(self.heading_row - above, 1, getattr(self.issued, name))
        for column, text in enumerate(self.issued.headings, 1):
            yield from self._change(self.heading_row, column, text)
        for texts in self.issued.rows if not self.moved else ():
            row = self.row_of(str(texts[0]))
            for column, wanted in enumerate(texts, 1):
                if row and wanted is not None and column != column_number(ANSWER_LETTER[self.issued.name]):
                    yield from self._change(row, column, wanted)

    def _change(self, row: int, column: int, wanted: str) -> Iterator[Changed]:
        found, fault = self.guard.text(row, column)
        if not fault and _plain(found) != _plain(wanted):
            yield row, column, found, wanted

    def _tell_unread(self, rows: list[int]) -> None:
        """Tell of what stands beside the form, where it asks for nothing."""
        width, ours = len(self.issued.headings), {self.heading_row, *rows}
        self.guard.unread("E-FILE-044", [cell for cell in filled(self.sheet) if self._is_beside(*cell, width, ours)])

    def _is_beside(self, row: int, column: int, width: int, ours: set[int]) -> bool:
        above = row < self.heading_row
        return column > (1 if above else width) or (not above and row not in ours)


def _plain(text: str) -> str:
    return " ".join(visible(text).split())


def _cut(text: str) -> str:
    plain = _plain(text)
    return f"{plain[:LONGEST]}…" if len(plain) > LONGEST else plain or "nothing"
