"""The answers of an earlier review, from the Word file or the workbook into which a reviewer wrote them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from evaluator.files.read.inputs import read_once
from evaluator.files.read.tables.guard import Guard
from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Sheet
from evaluator.files.read.xlsx.package import BROKEN, WORD, Package, RefusedError
from evaluator.records.english import count_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.reviewed import (
    ANSWER,
    CLAUSE,
    EARLIER,
    FOUND,
    LAST,
    MARK,
    REVIEWER,
    STATUS,
    WORDS,
    Answer,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMMENTS = "word/comments.xml"
STOOD, NONE = "What stood there", "–"
DAMAGED = "it is damaged, or neither a Word file (.docx) nor a workbook (.xlsx)"
NOT_OURS = "it has no table with a clause, the last answer and room for another"
SHOWN = 60  # characters of an answer that a finding quotes
Row = Mapping[str, str]  # texts by the headings above them


def read_review(path: Path) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """Read the answers of a review, and what is wrong with it."""
    try:
        content = read_once(path)
    except OSError as error:
        return (), (finding("E-CRIT-870", Source(path.name), why=f"it cannot be opened ({error})".rstrip(".")),)
    found: list[Finding] = []
    rows = list(_workbook_rows(content, path.name, found) if path.suffix.lower() == ".xlsx" else _word_rows(content))
    if not rows and not found:
        found.append(finding("E-CRIT-870", Source(path.name), why=NOT_OURS if _is_word(content) else DAMAGED))
    found += _in_the_margin(content, path.name)
    read = [(row, _answer(row)) for row in rows]
    for row, answer in read:
        if row.get(ANSWER) and answer is None:
            found.append(finding("E-CRIT-871", Source(path.name), answer=row[ANSWER][:SHOWN]))
    return tuple(one for _, one in read if one), tuple(found)


def _in_the_margin(content: bytes, name: str) -> Iterator[Finding]:
    """Find comments of a Word file: they are not read, and whoever wrote them should know."""
    try:
        comments = Package(content, wanted=WORD).tree(COMMENTS) if _is_word(content) else None
    except (RefusedError, *BROKEN):
        return
    number = len(comments.findall(f"{W}comment")) if comments is not None else 0
    if number:
        yield finding("E-CRIT-985", Source(name), number=count_of(number, "comment"))


def _answer(row: Row) -> Answer | None:
    """Take what was answered in a row, or else the last answer, which stays; None where nobody answered."""
    clause, _, below = row[CLAUSE].partition("\n")  # in Word the mark stands under the clause
    mark, status = (row.get(MARK) or below).strip(), row.get(STATUS, "")
    words = next((row[name] for name in (WORDS, FOUND, STOOD) if name in row), "").split("\n")[0].strip()
    clause = clause.strip().removeprefix(NONE)
    if row.get(ANSWER) and mark:
        return Answer(clause, mark, words, row[ANSWER], row.get(REVIEWER, ""))
    if not row.get(LAST) or not (mark or STOOD in row):
        return None
    before = EARLIER in status
    if before:
        words = status.partition("“")[2].rpartition("”")[0]
    return Answer(clause, mark, words, row[LAST], earlier=before or not mark, carried=True)


def _is_ours(headings: Mapping[int, str]) -> bool:
    return {CLAUSE, LAST} <= set(headings.values())


def _workbook_rows(content: bytes, name: str, found: list[Finding]) -> Iterator[Row]:
    book, unread = open_workbook(content, name)
    found += unread
    for sheet in book.sheets if book else ():
        head = next((number for number in sheet.rows if _is_ours(_texts(sheet, number))), 0)
        if head:
            guard, headings = Guard(sheet, name, found), _texts(sheet, head)
            for number in (number for number in sheet.rows if number > head):
                yield {text: guard.text(number, column)[0].strip() for column, text in headings.items()}


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    return {column: held.text.strip() for column, held in sheet.rows[row].items() if held.text.strip()}


def _is_word(content: bytes) -> bool:
    return _document(content) is not None


def _document(content: bytes) -> ElementTree.Element | None:
    """Open a Word file within the limits of a workbook; None where it is none, or must not be read."""
    try:
        return Package(content, wanted=WORD).tree(WORD)
    except (RefusedError, *BROKEN):
        return None


def _word_rows(content: bytes) -> Iterator[Row]:
    document = _document(content)
    for table in document.iter(f"{W}tbl") if document is not None else ():
        lines = [[_said(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        headings = dict(enumerate(lines[0])) if lines else {}
        if _is_ours(headings):
            yield from ({headings[at]: text for at, text in enumerate(line) if at in headings} for line in lines[1:])


def _said(cell: ElementTree.Element) -> str:
    """Give a cell's text line by line; what tracked changes took out is not in it, and what they put in is."""
    parts = []
    for one in cell.iter():
        if one.tag == f"{W}t":
            parts.append(one.text or "")
        elif one.tag in (f"{W}br", f"{W}cr", f"{W}p"):
            parts.append("\n")
        elif one.tag == f"{W}tab":
            parts.append(" ")
    return "".join(parts).strip()
