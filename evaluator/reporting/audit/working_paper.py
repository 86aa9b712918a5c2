"""A working paper: what was tested, on what, how, with what result, by whom; and for a sample a line for each item."""

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
    results : what was found, in sentences; empty where people are to find it.
    by, on : who made it and on which day; empty: to be filled in.
    """

    title: str
    objective: str
    facts: tuple[tuple[str, str], ...]
    test: str
    results: tuple[str, ...]
    by: str = ""
    on: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkingPaperPage(Page):
    """The paper as a page; ``lines`` are the items, and ``conclusion`` is asked for where people are to find it."""

    template: ClassVar[str] = "audit/working_paper.html"
    paper: Paper
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def working_paper(paper: Paper, drawn: Sequence[DrawnItem] = ()) -> Iterator[Document]:
    """Write the paper as a page with Word and PDF, and with a sample as a workbook to tick in."""
    lines = tuple(map(_line, drawn))
    page = WorkingPaperPage(paper=paper, columns=(*COLUMNS, *TO_FILL), lines=lines)
    yield Document(NAME, render(page), also=("docx", "pdf"))
    if lines:
        yield Document(WORKBOOK, _workbook(paper, lines))


def _line(one: DrawnItem) -> tuple[str, ...]:
    row: Mapping[str, Any] = one.item.row
    said = str(row.get("received") or row.get("amount") or row.get("decision") or "")
    place = tuple(str(row.get(key) or "") for key in ("file", "sheet", "cell"))
    return (str(one.number), one.item.name, one.why, *place, said, str(row.get("lands_in") or ""))


def _workbook(paper: Paper, lines: Sequence[tuple[str, ...]]) -> Workbook:
    top = [paper.title, paper.objective, paper.test, *(f"{name}: {value}" for name, value in paper.facts)]
    head = len(top) + 1
    last = head + len(lines) + 1
    ends = ("Conclusion", "Made by", "Date", "Reviewed by")
    rows = (
        *((Cell(text, style="title" if at == 0 else "note_line"),) for at, text in enumerate(top)),
        (),
        tuple(Cell(text, style="heading") for text in (*COLUMNS, *TO_FILL)),
        *((*(Cell(text, style="text") for text in line), *(Cell(style="input") for _ in TO_FILL)) for line in lines),
        (),
        *((Cell(), Cell(text, style="section"), Cell(_filled(paper, text), style="input")) for text in ends),
    )
    choices = (Choice(f"I{head + 2}:J{last}", TICKS, "Tick what you saw in the file as it was received."),)
    return Workbook(
        paper.title,
        (Sheet(name="Sample", rows=rows, widths=WIDTHS, freeze=(head + 1, 2), choices=choices),),
    )


def _filled(paper: Paper, text: str) -> str:
    return {"Made by": paper.by, "Date": paper.on}.get(text, "")
