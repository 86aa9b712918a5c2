"""Bid forms in: each workbook that a bidder sent back becomes a row of the register, each value with its cell."""

from collections.abc import Iterable, Iterator, Mapping

from evaluator.files.read.bids.locked_words import FormPage
from evaluator.files.read.bids.returns import original_name
from evaluator.files.read.inputs import netted
from evaluator.files.read.tables.guard import sheet_named
from evaluator.files.read.tables.layouts import Column, Layout
from evaluator.files.read.tables.sheets import tell_of_sheet
from evaluator.files.read.xlsx.cell import Book, Sheet, column_number
from evaluator.publication import fingerprint
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.look_alikes import skeleton
from evaluator.records.programme.criteria import Criteria, Theme
from evaluator.records.submissions.bid_form import (
    ANSWER_LETTER,
    ANSWERS,
    BID_SHEET,
    CONDITIONS,
    HEADING_ROW,
    MAY_LACK,
    META,
    TEMPLATE,
    TOTAL,
    FormSheet,
    form_sheets,
    price_fields,
)
from evaluator.records.submissions.blank_words import with_meaning
from evaluator.records.submissions.received import Block, Table
from evaluator.records.submissions.table_layouts import META_SHEET

ANSWER_KEYS = ("bid", "question", "answer")
Value = tuple[str, Source, bool]  # the text, its cell, and whether its type could not be taken


def read_bid_forms(
    books: Iterable[tuple[str, Book]], criteria: Criteria, layout: Layout
) -> tuple[Table, Table, tuple[Finding, ...]]:
    """Read every form into one register and one table of answers; ``books`` were opened after the guard, with names.

    A form whose bid reference is empty is known by the name of its file, a copy by that of the file copied. What the
    form is of is held against the criteria: another programme's, version's or theme's form is found, and a formula or
    date where a figure belongs too.
    """
    keys = tuple(column.key for column in layout.columns)
    columns: dict[str, list[str]] = {key: [] for key in keys}
    blocks: list[Block] = []
    answers: list[tuple[str, _Form]] = []
    findings: list[Finding] = []
    faults: set[tuple[int, str]] = set()
    kinds = {column.key: column for column in layout.columns}
    for number, (file, book) in enumerate(books):
        form = _Form(file, book, criteria, kinds)
        taken, stopped = netted(file, form.read)
        values = taken or {"bid": (original_name(file), Source(file), False)}
        findings += [*form.findings, *stopped]
        answers.append((values["bid"][0], form))
        for key in keys:
            columns[key].append(values[key][0] if key in values else "")
        faults |= {(number, key) for key, (_, _, fault) in values.items() if fault}
        if form.unknown:  # what a form of unknown kind lacks was told with that
            faults |= {(number, key) for key in keys if key not in values}
        cells = {key: place for key, (_, place, _) in values.items()}
        blocks.append(Block(file, BID_SHEET, [HEADING_ROW], {}, cells))
    # A price column that no form has would look like one that was left empty.
    asked = {field.key for field in price_fields(criteria)}
    shown = {key: texts for key, texts in columns.items() if not key.startswith("price") or key in asked}
    return Table(shown, tuple(blocks), frozenset(faults)), _answers_of(answers), tuple(findings)


def _answers_of(forms: Iterable[tuple[str, "_Form"]]) -> Table:
    """Put the answers of all forms one under the other: bid, question, and the answer with its cell."""
    columns: dict[str, list[str]] = {key: [] for key in ANSWER_KEYS}
    blocks: list[Block] = []
    faults: set[tuple[int, str]] = set()
    for bid, form in forms:
        rows = []
        for question, (text, place, fault) in form.answers.items():
            faults |= {(len(columns["bid"]), "answer")} if fault else set()
            for key, value in zip(ANSWER_KEYS, (bid, question, text), strict=True):
                columns[key].append(value)
            rows.append(place.row)
        blocks += [Block(form.file, ANSWERS, rows, {"answer": ANSWER_LETTER[ANSWERS]})] if rows else []
    return Table(columns, tuple(blocks), frozenset(faults))


class _Form:
    """One form that came back."""

    def __init__(self, file: str, book: Book, criteria: Criteria, kinds: Mapping[str, Column]) -> None:
        self.file, self.book, self.criteria, self.kinds = file, book, criteria, kinds
        self.findings: list[Finding] = []
        self.answers: dict[str, Value] = {}
        self.unknown = True

    def read(self) -> tuple[dict[str, Value], tuple[Finding, ...]]:
        """Give what the form says; what was found stands in ``findings``, however far the reading came."""
        return self.values(), ()

    def values(self) -> dict[str, Value]:
        """Give what the form says by the register's keys."""
        facts = self._identity()
        theme = next((one for one in self.criteria.themes if one.id == facts.get("theme")), None)
        if theme is None:
            return {"bid": self._by_file()}
        issued = form_sheets(self.criteria, theme)
        self.unknown = False
        found: dict[str, Value] = {}
        for sheet in issued:
            found |= dict(self._of_sheet(sheet, theme))
        if not with_meaning(found.get("bid", ("",))[0]).strip():
            found["bid"] = self._by_file()
        if found["theme"][0] != theme.id and not found["theme"][2]:
            self._note("E-FORM-003", found["theme"][1], shown=found["theme"][0] or "nothing", theme=theme.id)
        known = {skeleton(name) for name in (META_SHEET, *(sheet.name for sheet in issued))}
        for other in (other for other in self.book.sheets if skeleton(other.title) not in known):
            tell_of_sheet(other, self.file, self.findings)
        return found

    def _by_file(self) -> Value:
        return original_name(self.file), Source(self.file), False

    def _note(self, code: str, place: Source, **facts: object) -> None:
        self.findings.append(finding(code, place, **facts))

    def _identity(self) -> dict[str, str]:
        """Read what the form says that it is, and find what it should not be."""
        sheet, found = sheet_named(self.book, self.file, META_SHEET)
        self.findings += found
        rows = sheet.rows.values() if sheet else ()
        facts = {cells[1].text.strip(): cells[2].text.strip() for cells in rows if 1 in cells and 2 in cells}
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

    def _of_sheet(self, issued: FormSheet, theme: Theme) -> Iterator[tuple[str, Value]]:
        sheet, found = sheet_named(self.book, self.file, issued.name)
        self.findings += found
        if sheet is None and not found:
            self._note("E-FORM-004", Source(self.file), sheet=issued.name)
        page = self._page(sheet, issued) if sheet else None
        if page and issued.name == ANSWERS and not page.moved:
            self._take_answers(page, theme)
        if issued.name != ANSWERS:
            for label in (str(texts[0]) for texts in issued.rows if texts[0] != TOTAL):
                key = f"gate:{label}" if issued.name == CONDITIONS else label
                yield key, self._value(page, key, page.row_of(label) if page else 0)

    def _page(self, sheet: Sheet, issued: FormSheet) -> FormPage:
        page = FormPage(sheet, self.file, issued, self.findings, from_1904=self.book.from_1904)
        page.check()
        return page

    def _value(self, page: FormPage | None, key: str, row: int) -> Value:
        """Take the answer in a row; where there is no such row, that was told already."""
        if page is None or not row or page.moved:
            return "", Source(self.file), key not in MAY_LACK
        letter = ANSWER_LETTER[page.issued.name]
        text, fault = page.guard.text(row, column_number(letter), self.kinds[key])
        return text, Source(self.file, page.sheet.title, row, letter), fault

    def _take_answers(self, page: FormPage, theme: Theme) -> None:
        """Take the answers; find those with more words than are allowed: a person decides what becomes of the rest."""
        letter = ANSWER_LETTER[ANSWERS]
        for question in self.criteria.asked(theme.id):
            row = page.row_of(question.id)
            if not row:
                continue
            text, fault = page.guard.text(row, column_number(letter))
            words, place = len(text.split()), Source(self.file, page.sheet.title, row, letter)
            self.answers[question.id] = text, place, fault
            if not words and not fault:
                self._note("E-FORM-006", place, question=question.id)
            limit = self.criteria.word_limit(question, theme.id)
            if limit is not None and words > limit:
                self._note("E-FORM-007", place, question=question.id, words=words, limit=limit)
