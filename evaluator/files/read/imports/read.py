"""A file of another maker in: opened through the gate of every workbook, or as text, and read as a table."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from evaluator.files.read.imports.blocks import Tags, side_by_side
from evaluator.files.read.imports.grid import Grid
from evaluator.files.read.imports.marks import Gathered, SheetMarks
from evaluator.files.read.imports.names import folded
from evaluator.files.read.imports.reading import Known, Reading, Taker
from evaluator.files.read.imports.register import RegisterReading, read_tables, register_sheet, register_tables
from evaluator.files.read.imports.register_words import RegisterHeadings
from evaluator.files.read.imports.text_files import text_sheet
from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Book
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Severity, Source, in_order
from evaluator.records.submissions.imports import LEFT_OUT, Answers, Decided, Imported, Shown, What

WORKBOOK = b"PK"
OF_GUESSES = ("E-IMPORT-008", "E-IMPORT-009", "E-IMPORT-023")  # they may follow from what is only proposed
FIRST_COLUMNS = 8  # in which rows say what their marks are of
LONGEST_HEADING = 80  # characters, for what the file is
HEADING_ROWS = 30  # in which a file says what it is
OLD_WORKBOOK = bytes.fromhex("D0CF11E0A1B11AE1")


def opened(content: bytes, name: str) -> tuple[Book | None, tuple[Finding, ...]]:
    """Open a workbook, or a text file as a workbook of one sheet."""
    if content.startswith((WORKBOOK, OLD_WORKBOOK)) or name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods")):
        return open_workbook(content, name)
    sheet, found = text_sheet(content, name)
    return (Book((sheet,), {}) if sheet is not None else None), found


def read_import(content: bytes, name: str, known: Known, answers: Answers, what: What | None) -> Imported:
    """Read a file as a register or as marks.

    Parameters
    ----------
    name : what findings call the file.
    answers : a mapping that a person confirmed.
    what : which of the two it is; None where the file is to say it.

    Returns
    -------
    The rows of our own table with their cells in the file, what every label was taken for, and the findings. What is
    asked, or refused at its cell, is in no row.
    """
    book, found = opened(content, name)
    if book is None:
        return Imported(what or "register", name, findings=found)
    grids = [Grid(sheet, name) for sheet in book.sheets if sheet.rows]
    if private := tuple(_of_the_monitoring(grids, known)):
        return Imported(what or "register", name, findings=in_order(private))
    reading = Reading(known, answers, name, list(found))
    seen = [grid for grid in grids if grid.sheet.visible]
    for grid in grids:
        if not grid.sheet.visible:
            reading.note("E-IMPORT-006", grid.place(0), why="it is hidden")
    what = what or _kind_of(seen, known)
    if what is None:
        return Imported("marks", name, findings=in_order((*reading.findings, finding("E-IMPORT-001", Source(name)))))
    reader = _read_register if what == "register" else _read_marks
    return reader(seen, reading, from_1904=book.from_1904)


def _of_the_monitoring(grids: Iterable[Grid], known: Known) -> Iterator[Finding]:
    """Find headings of the equality monitoring, on hidden sheets too: its replies never lie beside bids and marks."""
    plan = known.criteria.equality
    asked = [one for one in plan.characteristic if not one.on_register] if plan else []
    words = RegisterHeadings(known.criteria)
    titles = {folded(text) for one in asked for text in (one.id, one.title)}
    for grid in grids:
        top = set(list(grid.lines)[:HEADING_ROWS])
        for row, column in grid.cells():
            text = grid.text(row, column) if row in top or column <= FIRST_COLUMNS else ""
            if len(text) > LONGEST_HEADING or folded(text) not in titles or words.target(text):
                continue
            if not any(names.exactly(text) for names in known.names.values()):
                yield finding("E-IMPORT-024", grid.place(row, column), heading=text)


def _kind_of(grids: Sequence[Grid], known: Known) -> What | None:
    """Say by its headings whether a file is a register or marks; None where nothing says it."""
    tags = Tags(known)
    register = max((best.worth for grid in grids if (best := register_sheet([grid], known))), default=0)
    marks = max((_worth_as_marks(grid, tags) for grid in grids), default=0)
    return None if register == marks else "register" if register > marks else "marks"


def _worth_as_marks(grid: Grid, tags: Tags) -> int:
    """Count what speaks for marks in the first rows of a sheet: questions by name, and words for marks and markers."""
    roles: Counter[str] = Counter()
    questions: set[tuple[str, ...]] = set()
    people: set[str] = set()
    if tags.named("question", grid.sheet.title):
        questions.add(tags.known.names["question"].find(grid.sheet.title).ids)
    for row in list(grid.lines)[:HEADING_ROWS]:
        texts = [text for column in grid.lines[row] if len(text := grid.text(row, column)) <= LONGEST_HEADING]
        if any(tags.marks.read(text) for text in texts):
            named = [text for text in texts[:FIRST_COLUMNS] if tags.named("question", text)]
        else:
            found = [tags.of(text) for text in texts]
            roles.update(one.role for one in found if one.role)
            named = [one.named["question"] for one in found if "question" in one.named]
            people |= {one.named["evaluator"] for one in found if "evaluator" in one.named}
        questions |= {tags.known.names["question"].find(text).ids for text in named}
    return sum(
        worth * min(count, most)
        for worth, count, most in (
            (3, len(questions), 4),
            (2, roles["mark"], 2),
            (2, len(people), 2),
            (1, roles["reason"], 1),
            (2, roles["evaluator"], 1),
            (1, roles["question"], 1),
        )
    )


def _read_marks(grids: Sequence[Grid], reading: Reading, *, from_1904: bool) -> Imported:
    tags = Tags(reading.known)
    parts = [part for grid in grids for part in side_by_side(grid, tags)]
    sheets = [SheetMarks(grid, reading, tags, Taker(grid, reading, from_1904=from_1904)) for grid in parts]
    gathered = Gathered(reading)
    for value in (value for sheet in sheets for value in sheet.read([one for one in sheets if one is not sheet])):
        gathered.add(value)
    rows, origins = gathered.rows()
    held_up = any(one.severity is not Severity.NOTE for one in reading.findings)
    if (
        not any(one.values for one in sheets)
        and not held_up
        and not any(one.is_asked for one in reading.decided.values())
    ):
        facts = {"what": "marks", "wanted": "bids and questions, and a column for each mark"}
        reading.note("E-IMPORT-003", Source(reading.file), **facts)
    shown = [_shown(one.grid, one.kinds, one.taker) for one in sheets if one.used or len(sheets) == 1]
    return _imported("marks", reading, rows, origins, shown)


def _read_register(grids: Sequence[Grid], reading: Reading, *, from_1904: bool) -> Imported:
    found = register_tables(grids, reading.known)
    if not found:
        facts = {"what": "bids", "wanted": "the bid, who made it, its lot or theme, and its price"}
        reading.note("E-IMPORT-003", Source(reading.file), **facts)
        return _imported("register", reading, [], [], [])
    read = list(dict.fromkeys(one.grid.sheet.title for one in found))
    for grid in grids:
        if grid.sheet.title not in read:
            why = f"the bids were read from the sheet {' and '.join(read)}"
            reading.note("E-IMPORT-006", grid.place(0), why=why)
    takers = {one.grid.sheet.title: Taker(one.grid, reading, from_1904=from_1904) for one in found}
    tables = [RegisterReading(one, reading, takers[one.grid.sheet.title]) for one in found]
    rows, origins = read_tables(tables, reading)
    kinds = {
        title: {at: kind for one in reversed(tables) if one.grid.sheet.title == title for at, kind in one.kinds.items()}
        for title in read
    }
    return _imported(
        "register", reading, rows, origins, [_shown(takers[title].grid, kinds[title], takers[title]) for title in read]
    )


def _imported(
    what: What,
    reading: Reading,
    rows: Iterable[dict[str, str]],
    origins: Iterable[dict[str, Source]],
    shown: list[Shown],
) -> Imported:
    decided = tuple(reading.decided.values())
    asked = [_asked(one) for one in decided if one.is_asked]
    headings = tuple(sorted(reading.headings))
    sound = [one for one in reading.findings if not asked or one.code not in OF_GUESSES]
    findings = in_order((*sound, *asked))
    return Imported(what, reading.file, tuple(rows), tuple(origins), decided, findings, headings, tuple(shown))


def _asked(one: Decided) -> Finding:
    proposed = f"Proposed is: {one.becomes}." if one.becomes else "Nothing is proposed."
    why = one.why[:1].upper() + one.why[1:]
    return finding("E-IMPORT-002", one.where, text=one.text, why=why, proposed=proposed)


def _shown(grid: Grid, kinds: dict[int, str], taker: Taker) -> Shown:
    texts = {(row, column): grid.text(row, column) for row, column in grid.cells()}
    cells = {(at if not grid.turned else (at[1], at[0])): what for at, what in taker.marks.items()}
    return Shown(
        grid.sheet.title, texts, {at: kind for at, kind in kinds.items() if kind != LEFT_OUT}, cells, grid.turned
    )
