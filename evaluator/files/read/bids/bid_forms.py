"""Bid forms in: each workbook that a bidder sent back becomes a row of the register, each value with its cell."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from evaluator.files.read.inputs import netted
from evaluator.files.read.tables.cells import cell_text
from evaluator.files.read.xlsx.cell import Book, Sheet, column_number
from evaluator.publication import fingerprint
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.bid_form import (
    ANSWER_LETTER,
    ANSWERS,
    BID_SHEET,
    CONDITIONS,
    HEADING_ROW,
    META,
    PRICES,
    TEMPLATE,
    bid_fields,
    price_fields,
)
from evaluator.records.submissions.received import Block, Table
from evaluator.records.submissions.table_layouts import META_SHEET, Column, Layout

Value = tuple[str, Source, bool]  # the text, its cell, and whether its type could not be taken


def read_bid_forms(
    books: Iterable[tuple[str, Book]], criteria: Criteria, layout: Layout
) -> tuple[Table, tuple[Finding, ...]]:
    """Read every form into one register; ``books`` were opened after the guard, with their names.

    A form whose bid reference is empty is known by the name of its file. What the form is of is held against the
    criteria: another programme's, version's or theme's form is found, and a formula or date where a figure belongs too.
    """
    keys = tuple(column.key for column in layout.columns)
    columns: dict[str, list[str]] = {key: [] for key in keys}
    blocks: list[Block] = []
    findings: list[Finding] = []
    faults: set[tuple[int, str]] = set()
    kinds = {column.key: column for column in layout.columns}
    for number, (file, book) in enumerate(books):
        form = _Form(file, book, criteria, kinds)
        taken, stopped = netted(file, form.read)
        values = taken or {"bid": (PurePosixPath(file).stem, Source(file), False)}
        findings += [*form.findings, *stopped]
        for key in keys:
            columns[key].append(values[key][0] if key in values else "")
        faults |= {(number, key) for key, (_, _, fault) in values.items() if fault}
        cells = {key: place for key, (_, place, _) in values.items()}
        blocks.append(Block(file, BID_SHEET, [HEADING_ROW], {}, cells))
    # A price column that no form has would look like one that was left empty.
    asked = {field.key for field in price_fields(criteria)}
    shown = {key: texts for key, texts in columns.items() if not key.startswith("price") or key in asked}
    return Table(shown, tuple(blocks), frozenset(faults)), tuple(findings)


class _Form:
    """One form that came back."""

    def __init__(self, file: str, book: Book, criteria: Criteria, kinds: Mapping[str, Column]) -> None:
        self.file, self.book, self.criteria, self.kinds = file, book, criteria, kinds
        self.findings: list[Finding] = []

    def read(self) -> tuple[dict[str, Value], tuple[Finding, ...]]:
        """Give what the form says; what was found stands in ``findings``, however far the reading came."""
        return self.values(), ()

    def values(self) -> dict[str, Value]:
        """Give what the form says by the register's keys."""
        facts = self._identity()
        theme = next((one for one in self.criteria.themes if one.id == facts.get("theme")), None)
        if theme is None:
            return {"bid": self._by_file()}
        wanted = {BID_SHEET: [field.key for field in bid_fields(self.criteria, theme)]}
        wanted[PRICES] = [field.key for field in price_fields(self.criteria)]
        wanted[CONDITIONS] = [f"gate:{gate.id}" for gate in self.criteria.gate]
        found: dict[str, Value] = {}
        for sheet, keys in wanted.items():
            found |= dict(self._of_sheet(sheet, keys)) if keys else {}
        if not found.get("bid", ("",))[0].strip():
            found["bid"] = self._by_file()
        if found["theme"][0] != theme.id:
            self._note("E-FORM-003", found["theme"][1], shown=found["theme"][0] or "nothing", theme=theme.id)
        self._long_answers(theme.id)
        return found

    def _by_file(self) -> Value:
        return PurePosixPath(self.file).stem, Source(self.file), False

    def _note(self, code: str, place: Source, **facts: object) -> None:
        self.findings.append(finding(code, place, **facts))

    def _identity(self) -> dict[str, str]:
        """Read what the form says that it is, and find what it should not be."""
        sheet = self.book.sheet(META_SHEET)
        facts = {_text(sheet, row, 1): _text(sheet, row, 2) for row in sheet.rows} if sheet else {}
        wanted = dict(
            zip(
                META,
                (TEMPLATE, self.criteria.reference, self.criteria.version, fingerprint(self.criteria)),
                strict=False,
            )
        )
        if facts.get("template") != TEMPLATE or not facts.get("theme"):
            self._note("E-FORM-001", Source(self.file))
            return {}
        for name, value in wanted.items():
            if facts.get(name) != value:
                told = {"what": name, "found": str(facts.get(name))[:40], "wanted": value[:40]}
                self._note("E-FORM-002", Source(self.file), **told)
                break
        if facts["theme"] not in {theme.id for theme in self.criteria.themes}:
            self._note("E-FORM-001", Source(self.file))
        return facts

    def _of_sheet(self, name: str, keys: list[str]) -> Iterator[tuple[str, Value]]:
        sheet = self.book.sheet(name)
        if sheet is None:
            self._note("E-FORM-004", Source(self.file), sheet=name)
            return
        rows = self._rows(sheet)
        for key in keys:
            label = key.removeprefix("gate:") if name == CONDITIONS else key
            if len(rows.get(label, ())) != 1:
                self._note("E-FORM-005", Source(self.file, name), key=label, count=len(rows.get(label, ())))
                continue
            yield key, self._value(sheet, name, key, rows[label][0])

    def _rows(self, sheet: Sheet) -> dict[str, list[int]]:
        """Find each row by the key in its first column, wherever it stands."""
        rows: dict[str, list[int]] = {}
        for row in (row for row in sheet.rows if row >= HEADING_ROW):
            if key := _text(sheet, row, 1):
                rows.setdefault(key, []).append(row)
        return rows

    def _value(self, sheet: Sheet, name: str, key: str, row: int) -> Value:
        letter = ANSWER_LETTER[name]
        place = Source(self.file, sheet.title, row, letter)
        held = sheet.cell(row, column_number(letter))
        text, fault = cell_text(held, self.kinds[key], from_1904=self.book.from_1904, noughts_shown=sheet.noughts_shown)
        if fault:
            self._note(fault[0], place, **fault[1])
        return text, place, fault is not None

    def _long_answers(self, theme: str) -> None:
        """Find answers with more words than are allowed: a person decides what becomes of the rest."""
        sheet = self.book.sheet(ANSWERS)
        if sheet is None:
            self._note("E-FORM-004", Source(self.file), sheet=ANSWERS)
            return
        rows = self._rows(sheet)
        for question in self.criteria.questions(theme):
            for row in rows.get(question.id, ())[:1]:
                letter = ANSWER_LETTER[ANSWERS]
                words = len(_text(sheet, row, column_number(letter)).split())
                place = Source(self.file, ANSWERS, row, letter)
                if not words:
                    self._note("E-FORM-006", place, question=question.id)
                limit = self.criteria.word_limit(question, theme)
                if limit is not None and words > limit:
                    self._note("E-FORM-007", place, question=question.id, words=words, limit=limit)


def _text(sheet: Sheet, row: int, column: int) -> str:
    held = sheet.cell(row, column)
    return held.text.strip() if held else ""
