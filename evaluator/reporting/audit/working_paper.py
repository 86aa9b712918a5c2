"""A working paper: what was tested, on what, how, with what result, by whom; with items that people look at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from evaluator.records.documents import Cell, Choice, Document, Sheet, Workbook
from evaluator.reporting.shared.pages import Page, render

NAME, WORKBOOK = "working_paper.html", "working_paper.xlsx"
TICKS = ("yes", "no", "not found")
COLUMNS = ("No.", "Item", "Drawn because", "File", "Sheet", "Cell", "In the bundle", "Lands in")
TO_FILL = ("Seen in the source", "Agrees", "Note")
WIDTHS = (6, 26, 30, 28, 14, 8, 40, 34, 14, 10, 40)
TICKED = 2  # of the columns that are filled in, the first two are ticked


class DrawnItem(Protocol):
    """An item of a sample, as ``evidence.sampling`` draws it."""

    @property
    def number(self) -> int: ...  # noqa: D102 - named in evidence.sampling
    @property
    def why(self) -> str: ...  # noqa: D102
    @property
    def item(self) -> Any: ...  # noqa: D102


@dataclass(frozen=True)
class Paper:
    """What a working paper says before its items.

    Parameters
    ----------
    facts : what it rests on: each name with its value, fingerprints among them.
    test : paragraphs.
    results : what was found, in sentences; empty where people are to find it.
    by, on : who made it and on which day; empty: to be filled in.
    """

    title: str
    objective: str
    facts: tuple[tuple[str, str], ...]
    test: tuple[str, ...]
    results: tuple[str, ...]
    by: str = ""
    on: str = ""


@dataclass(frozen=True)
class Items:
    """Items under a heading: what is to be known of them, each name with its words, and a table; empty: no table.

    ``to_fill`` are columns that people fill in, after those of the lines; the second column names an item.
    """

    title: str
    caption: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    to_fill: tuple[str, ...] = ()
    known: tuple[tuple[str, str], ...] = ()
    more: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """Every column of the table."""
        return (*self.columns, *self.to_fill)


@dataclass(frozen=True, kw_only=True)
class WorkingPaperPage(Page):
    """The paper as a page."""

    template: ClassVar[str] = "audit/working_paper.html"
    paper: Paper
    parts: tuple[Items, ...]


def paper_page(paper: Paper, parts: tuple[Items, ...] = ()) -> Document:
    """Write the paper as a page with Word and PDF."""
    return Document(NAME, render(WorkingPaperPage(paper=paper, parts=parts)), also=("docx", "pdf"))


def working_paper(paper: Paper, drawn: Sequence[DrawnItem]) -> Iterator[Document]:
    """Write the paper of a sample, and a workbook to tick in."""
    items = sample_items(drawn)
    yield paper_page(paper, (items,))
    yield Document(WORKBOOK, items_workbook(paper, items, "Sample", WIDTHS))


def sample_items(drawn: Sequence[DrawnItem]) -> Items:
    """Give the items of a sample, to be ticked."""
    return Items("Items", "The sample, to be ticked", COLUMNS, tuple(map(_line, drawn)), TO_FILL)


def _line(one: DrawnItem) -> tuple[str, ...]:
    row: Mapping[str, Any] = one.item.row
    said = str(row.get("received") or row.get("amount") or row.get("decision") or "")
    place = tuple(str(row.get(key) or "") for key in ("file", "sheet", "cell"))
    return (str(one.number), one.item.name, one.why, *place, said, str(row.get("lands_in") or ""))


def items_workbook(paper: Paper, items: Items, sheet: str, widths: tuple[int, ...]) -> Workbook:
    """Write the items as a sheet with columns to fill in, the first two of them by ticks."""
    top = [paper.title, paper.objective, *paper.test, *(f"{name}: {value}" for name, value in paper.facts)]
    head = len(top) + 1
    last = head + len(items.lines) + 1
    ends = ("Conclusion", "Made by", "Date", "Reviewed by")
    blank = tuple(Cell(style="input") for _ in items.to_fill)
    rows = (
        *((Cell(text, style="title" if at == 0 else "note_line"),) for at, text in enumerate(top)),
        (),
        tuple(Cell(text, style="heading") for text in items.headings),
        *((*(Cell(text, style="text") for text in line), *blank) for line in items.lines),
        (),
        *((Cell(), Cell(text, style="section"), Cell(_filled(paper, text), style="input")) for text in ends),
    )
    first = len(items.columns)
    ticked = f"{chr(65 + first)}{head + 2}:{chr(64 + first + TICKED)}{last}"
    choices = (Choice(ticked, TICKS, "Tick what you saw in the file as it was received."),) if items.lines else ()
    return Workbook(
        paper.title,
        (Sheet(name=sheet, rows=rows, widths=widths, freeze=(head + 1, 2), choices=choices),),
    )


def _filled(paper: Paper, text: str) -> str:
    return {"Made by": paper.by, "Date": paper.on}.get(text, "")
