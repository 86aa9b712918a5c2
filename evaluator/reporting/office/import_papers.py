"""What an import shows: the file as it was read, what each label became, and the mapping to correct."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluator.records.documents import Cell, Choice, Json, Sheet, Workbook
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.imports import LEFT_OUT, OF_ONE_FILE, SCHEMA, WHAT_IT_IS, Decided, Imported, Shown
from evaluator.records.texts import visible
from evaluator.reporting.papers.columns import letter
from evaluator.reporting.shared.findings_json import findings_document
from evaluator.reporting.shared.pages import HeadedPage, about_programme, render

HEADINGS = ("About", "As it stands in the file", "Becomes", "To confirm", "Where", "Why")
WIDTHS = (12, 48, 30, 12, 26, 60)
SAYS = (
    "What each label of the file means. Rows marked “yes” under To confirm wait for you: choose under "
    "Becomes, or leave what is proposed.",
    "Then import the file again with --mapping and this workbook. Passing it back confirms every row.",
)
HEADING_ROW = len(SAYS) + 2
ROWS_SHOWN, COLUMNS_SHOWN = 60, 40
TEXT_SHOWN = 80  # characters of a cell
KINDS = {
    "taken": "taken as a value",
    "label": "read as a label",
    "asked": "waits for an answer",
    "refused": "refused",
}
ORDER = {"column": 0, "setting": 1, "theme": 2, "question": 3, "bid": 4, "evaluator": 5}


def in_order_of_asking(decided: Sequence[Decided]) -> list[Decided]:
    """Put what is asked first, then columns, settings and names."""
    return sorted(decided, key=lambda one: (one.sure, ORDER[one.about]))


def mapping_workbook(imported: Imported) -> Workbook:
    """Make the workbook in which a person confirms or corrects what labels mean."""
    decided = in_order_of_asking(imported.decided)
    lists = {choices: at for at, choices in enumerate(dict.fromkeys(one.choices for one in decided if one.choices), 1)}
    first = HEADING_ROW + 1
    choices = [
        Choice(f"C{row}", (), "Choose what it is.", _range(lists[one.choices], len(one.choices)))
        for row, one in enumerate(decided, first + 1)
        if one.choices
    ]
    what = Choice(f"C{first}", ("register", "marks"), "What the whole file is.")
    rows = (
        (Cell(f"How {imported.file} is read", style="title"),),
        *((Cell(text, style="note_line"),) for text in SAYS),
        tuple(Cell(text, style="heading") for text in HEADINGS),
        _row("setting", WHAT_IT_IS, imported.what, "", "", ""),
        *(
            _row(one.about, one.text, one.becomes, "yes" if one.is_asked else "", str(one.where), one.why)
            for one in decided
        ),
    )
    mapping = Sheet(
        "Mapping", rows, WIDTHS, (HEADING_ROW, 0), (HEADING_ROW, len(rows)), (what, *choices), protected=True
    )
    return Workbook(f"Mapping of {imported.file}", (mapping, _choices_sheet(list(lists))))


def _range(at: int, count: int) -> str:
    return f"=Choices!${letter(at)}$1:${letter(at)}${count}"


def _choices_sheet(lists: Sequence[Sequence[str]]) -> Sheet:
    most = max(map(len, lists), default=0)
    rows = tuple(tuple(Cell(one[at] if at < len(one) else None) for one in lists) for at in range(most))
    return Sheet("Choices", rows or ((Cell(),),), very_hidden=True)


def _row(about: str, text: str, becomes: str, confirm: str, where: str, why: str) -> tuple[Cell, ...]:
    asked = Cell(confirm, style="care" if confirm else "text")
    return (
        Cell(about, style="text"),
        Cell(text, style="text"),
        Cell(becomes or None, style="input"),
        asked,
        Cell(where, style="text"),
        Cell(why, style="text"),
    )


def mapping_document(imported: Imported, *, kept: bool = False) -> Json:
    """Give the mapping as plain values for a TOML file.

    Parameters
    ----------
    kept : whether it is kept for later files, without answers that hold for one file alone.
    """
    decided = in_order_of_asking(imported.decided)
    labels = [
        {"about": one.about, "text": one.text, "becomes": one.becomes}
        for one in decided
        if not (kept and (one.text.startswith(OF_ONE_FILE) or " or " in one.becomes))
    ]
    return {"schema": SCHEMA, "what": imported.what, "label": labels}


@dataclass(frozen=True)
class ShownCell:
    """A cell of the grid: its text, what became of it, and whether it heads its row."""

    text: str
    kind: str
    words: str


@dataclass(frozen=True)
class ShownSheet:
    """A sheet as a grid: letters and what became of each column, then rows with their numbers."""

    title: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[tuple[int, Sequence[ShownCell]]]
    more: int


@dataclass(frozen=True, kw_only=True)
class ImportPage(HeadedPage):
    """A file as it was read."""

    template = "import.html"
    file: str
    what: str
    count: int
    asked: Sequence[Decided]
    settled: Sequence[Decided]
    sheets: Sequence[ShownSheet]
    legend: Mapping[str, str]
    findings: Sequence[Finding]


def import_page(criteria: Criteria, imported: Imported) -> str:
    """Write the page that shows the mapping beside the cells."""
    decided = in_order_of_asking(imported.decided)
    page = ImportPage(
        about=about_programme(criteria),
        file=imported.file,
        what=imported.what,
        count=len(imported.rows),
        asked=[one for one in decided if one.is_asked],
        settled=[one for one in decided if one.sure],
        sheets=[_grid(one) for one in imported.sheets],
        legend=KINDS,
        findings=[one for one in imported.findings if one.code != "E-IMPORT-002"],
    )
    return render(page)


def _grid(shown: Shown) -> ShownSheet:
    numbers = sorted({row for row, _ in shown.texts})
    across = range(1, min(max((column for _, column in shown.texts), default=0), COLUMNS_SHOWN) + 1)
    rows = [(row, [_cell(shown, row, column) for column in across]) for row in numbers[:ROWS_SHOWN]]
    columns = [
        (letter(column) if not shown.turned else str(column), shown.columns.get(column, "")) for column in across
    ]
    return ShownSheet(shown.title or "the file", columns, rows, max(0, len(numbers) - ROWS_SHOWN))


def _cell(shown: Shown, row: int, column: int) -> ShownCell:
    text = shown.texts.get((row, column), "")
    kind = shown.cells.get((row, column), "")
    cut = visible(text[:TEXT_SHOWN]) + ("…" if len(text) > TEXT_SHOWN else "")
    return ShownCell(cut, kind, KINDS.get(kind, ""))


def import_document(imported: Imported, *, status: str, sha256: str, applied: str, written: Mapping[str, str]) -> Json:
    """Give for machines what an import came to."""
    return {
        "schema": "import/1",
        "status": status,
        "file": imported.file,
        "sha256": sha256,
        "what": imported.what,
        "rows": len(imported.rows),
        "mapping_applied": applied,
        "asked": [
            {
                "about": one.about,
                "text": one.text,
                "proposed": one.becomes,
                "choices": list(one.choices),
                "sheet": one.where.sheet,
                "cell": one.where.cell,
                "why": one.why,
            }
            for one in in_order_of_asking(imported.asked)
        ],
        "labels": [
            {"about": one.about, "text": one.text, "becomes": one.becomes or LEFT_OUT}
            for one in imported.decided
            if one.sure
        ],
        "written": dict(written),
        "findings": findings_document(imported.findings, every_cell=True),
    }
