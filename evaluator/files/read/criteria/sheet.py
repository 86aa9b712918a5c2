"""One sheet of a criteria workbook: its blocks, and the values of their cells with their places."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from evaluator.files.read.tables.guard import Guard, filled
from evaluator.files.read.tables.layouts import Column
from evaluator.files.read.xlsx.cell import Cells, Held, Sheet, letters
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.price.names import chosen
from evaluator.records.programme.written.cells import TAKEN_APART, text_of
from evaluator.records.programme.written.files import Plain
from evaluator.records.programme.written.layout import KEY, NOTE, VALUE, Block, Item
from evaluator.records.reviewed import NOTE_HEAD

Places = dict[tuple[str, str], Source]
NUMBERS = ("number", "money", "whole", "percent")
COLUMNS = {kind: Column("", "", "decimal") for kind in NUMBERS} | {"moment": Column("", "", "moment")}
TEXT = Column("", "", "long_text")
SWITCH = {"yes": True, "true": True, "no": False, "false": False}
MOST_ROWS = 2_000  # of one sheet; criteria have a few dozen


class SheetRow(NamedTuple):
    """A row that holds something: its number, and its cells by column from 1."""

    number: int
    cells: Cells

    def at(self, place: int) -> Held | None:
        """Give the cell at a place from 0."""
        return self.cells.get(place + 1)

    def text(self, place: int) -> str:
        """Give the text of the cell at a place from 0."""
        held = self.at(place)
        return held.text if held else ""


def moved(places: Places, file: str, path: str) -> Places:
    """Put places under a table of a file."""
    return {(file, f"{path}.{key}" if key else path): place for (_, key), place in places.items()}


class CriteriaSheet:
    """One sheet: its blocks, and the values of their cells with their places."""

    def __init__(self, sheet: Sheet, file: str, findings: list[Finding]) -> None:
        sheet.comments = {at: text for at, text in sheet.comments.items() if not text.startswith(NOTE_HEAD)}
        self.sheet, self.file, self.findings = sheet, file, findings
        self.guard = Guard(sheet, file, findings)
        self.read: set[tuple[int, int]] = set()
        self.strange: set[tuple[int, int]] = set()

    def note(self, code: str, place: Source, **facts: object) -> None:
        """Keep a finding."""
        self.findings.append(finding(code, place, **facts))

    def place(self, row: int = 0, column: int = 0) -> Source:
        """Give the place of a cell, both counted from 1; of the sheet without them."""
        return Source(self.file, self.sheet.title, row, letters(column) if column else "")

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[tuple[Block, list[SheetRow]]]:
        """Give each block with its rows: those from its title to the next block's."""
        titles = {_words(block.title): block for block in blocks}
        rows: dict[str, list[SheetRow]] = {}
        now = ""
        for row in (SheetRow(number, cells) for number, cells in self.sheet.rows.items() if number <= MOST_ROWS):
            text = _words(row.text(0))
            if text in rows:
                self.note("E-BOOK-003", self.place(row.number, 1), what=f"the part {titles[text].title}")
            elif text in titles:
                self.locked(row, 0)
                now = text
                rows[now] = []
            elif not now:
                self.beside(row, (0,))  # above the first part stand a title and what to do, in the first column
            elif any(held.text or held.formula for held in row.cells.values()):
                rows[now].append(row)
        for title, block in titles.items():
            if title in rows:
                yield block, rows[title]
            else:
                self.note("E-BOOK-005", self.place(), title=block.title)
        self.finish([row.number for found in rows.values() for row in found])

    def finish(self, rows: list[int]) -> None:
        """Find what of the sheet cannot be seen once all was read, and tell of what was not read."""
        rows.sort()
        used = {column for row, column in self.read if row in set(rows)}
        headings = {column: f"column {letters(column)}" for column in sorted(used)}
        self.guard.check(headings, 1, rows)
        beyond = [cell for cell in filled(self.sheet) if cell[0] > MOST_ROWS]
        self.guard.unread("E-FILE-044", sorted(self.strange) + beyond)

    def beside(self, row: SheetRow, columns: Collection[int], notes: int = 0) -> None:
        """Remember what stands in a row beside its columns and notes, for nothing reads it; formulas show what is."""
        for column, held in row.cells.items():
            if column - 1 not in columns and column > notes and held.formula is None and held.text.strip():
                self.strange.add((row.number, column))

    def locked(self, row: SheetRow, place: int) -> str:
        """Take a text that was issued with the workbook, such as a heading, at a place from 0."""
        self.read.add((row.number, place + 1))
        return self.guard.text(row.number, place + 1)[0]

    def fill(self, plain: Plain, block: Block, rows: list[SheetRow], file: str) -> Places:
        """Put what a block holds into the plain values of its file, and give the place of each key."""
        if block.shape == "table":
            entries, places = self.table(block, rows, file, block.path)
            if entries:
                _at(plain, block.path.rpartition(".")[0])[block.path.rpartition(".")[2]] = entries
        elif block.shape == "pairs":
            places = self.pairs(plain, block, rows, file)
        else:
            values, places = self.form(block, rows, file)
            if values:
                _at(plain, block.path).update(values)
        places.setdefault((file, block.path), self.place(rows[0].number if rows else 0))
        return places

    def form(self, block: Block, rows: list[SheetRow], file: str) -> tuple[Plain, Places]:
        """Read a form: the key in the first column, its value in the third."""
        items = {item.key: item for item in block.items}
        values: Plain = {}
        places: Places = {}
        for row in rows:
            key = self.locked(row, KEY).strip()
            if key.casefold() == "key":
                continue
            self.beside(row, (), NOTE + 1)
            value, place = self.value(row, VALUE, items.get(key)), self.place(row.number, VALUE + 1)
            if key not in items:
                if value is not None:
                    self.note("E-BOOK-006", place, key=key or "(none)")
                continue
            if key in values:
                self.note("E-BOOK-003", place, what=f"the key {key}")
            places[file, f"{block.path}.{key}".lstrip(".")] = place
            if value is not None:
                values[key] = value
        return _with_blanks(values, block, items), places

    def table(self, block: Block, rows: list[SheetRow], file: str, path: str) -> tuple[list[Plain], Places]:
        """Read a table: an entry to a row, each with the places of its keys."""
        entries: list[Plain] = []
        places: Places = {}
        for entry, found in self.entries(block, rows):
            entries.append(entry)
            at = {("", key): place for key, place in found.items()}
            places |= moved(at, file, f"{path}[{len(entries)}]")
        return entries, places

    def pairs(self, plain: Plain, block: Block, rows: list[SheetRow], file: str) -> Places:
        """Read names with their values: one column of values for each table of the file that they fill."""
        places: Places = {}
        tables = [item.key for item in block.items[1:]]
        for entry, found in self.entries(block, rows):
            name = entry.get("id")
            if name is None:
                self.note("E-BOOK-007", found[""])
                continue
            for table in tables:
                held = _at(plain, table) if table in entry or len(tables) == 1 else {}
                if name in held:
                    self.note("E-BOOK-003", found["id"], what=f"the id {name}")
                if table in entry or len(tables) == 1:
                    held[str(name)] = entry.get(table, "")
                places[file, f"{table}.{name}"] = found.get(table, found[""])
        return places

    def entries(self, block: Block, rows: list[SheetRow]) -> Iterator[tuple[Plain, dict[str, Source]]]:
        """Give the entries under a table's headings, each with the places of its keys; ``""`` is its row."""
        start, columns = self.headings(block, rows)
        for row in rows[start:]:
            entry: Plain = {}
            places = {"": self.place(row.number, 1)}
            self.beside(row, set(columns.values()))
            for item in (item for item in block.items if item.key in columns):
                at = columns[item.key]
                value = self.value(row, at, item)
                places[item.key] = self.place(row.number, at + 1)
                if value is not None:
                    entry[item.key] = value
            if entry:
                yield _with_blanks(entry, block, columns), places

    def headings(self, block: Block, rows: list[SheetRow]) -> tuple[int, dict[str, int]]:
        """Find the row of headings and the column of each key; say which headings are not there."""
        names = {_words(item.label): item.key for item in block.items}
        for number, row in enumerate(rows[:6]):
            words = {column - 1: _words(held.text) for column, held in row.cells.items()}
            found = {names[text]: at for at, text in words.items() if text in names}
            if 2 * len(found) > len(names):
                for at in sorted(found.values()):
                    self.locked(row, at)
                self.check_twins(row, [names[text] for text in words.values() if text in names])
                missing = [item.label for item in block.items if item.key not in found and item.kind != "facts"]
                if missing:
                    self.note("E-FILE-021", self.place(row.number), missing=", ".join(missing))
                return number + 1, found
        if rows:
            missing = [item.label for item in block.items]
            self.note("E-FILE-021", self.place(rows[0].number), missing=", ".join(missing))
        return len(rows), {}

    def check_twins(self, row: SheetRow, keys: list[str]) -> None:
        """Find headings that stand over two columns."""
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            self.note("E-BOOK-003", self.place(row.number), what=f"the heading {key}")

    def value(self, row: SheetRow, at: int, item: Item | None) -> Any:
        """Take a cell's value as its key wants it; None for an empty cell."""
        kind, held = item.kind if item else "text", row.at(at)
        self.read.add((row.number, at + 1))
        if held is None:
            return None
        if held.kind == "yes_no" and held.formula is None and kind == "yes_no":
            held = held._replace(kind="text", text="yes" if held.text in ("1", "true") else "no")
        wanted = COLUMNS.get(kind, TEXT)
        text, _ = self.guard.text(row.number, at + 1, wanted, instead=held, percent=kind in NUMBERS)
        if item and item.key == "method":
            text = chosen(text)
        return TAKEN_AS.get(kind, text_of)(text) if text.strip() else None


def _with_blanks(entry: Plain, block: Block, shown: Collection[str]) -> Plain:
    """Take the empty cells of texts that must be there as empty texts, where other cells are filled."""
    blank = {item.key: "" for item in block.items if item.blank and item.key in shown}
    return blank | entry if entry else entry


def _switch(text: str) -> Any:
    return SWITCH.get(text.strip().casefold(), text)


TAKEN_AS: Mapping[str, Callable[[str], Any]] = {**TAKEN_APART, "yes_no": _switch}


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()


def _at(plain: Plain, path: str) -> Plain:
    """Give the table at a dotted path, made where it is not there yet."""
    for part in path.split(".") if path else ():
        plain = plain.setdefault(part, {})
    return plain
