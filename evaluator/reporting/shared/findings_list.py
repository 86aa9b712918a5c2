"""The findings as a page and as a workbook in which an officer can note what was done about each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.records.documents import Cell, Sheet, Style, Workbook
from evaluator.records.english import count_of
from evaluator.records.findings.finding import Finding, Severity, in_order
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.shared.pages import HeadedPage, about, provenance, render

MOST = 20_000  # lines that a person can be asked to open; all findings stand in outcome.json
NOTHING = "Nothing was found. Everything that came in is complete and consistent."
MEANINGS = {
    Severity.BLOCKS_AWARD: "must be mended before an award can be recommended",
    Severity.NEEDS_DECISION: "a person must decide, with a reason",
    Severity.NOTE: "worth knowing; nothing has to be done",
}
HEADINGS = (
    "Code",
    "Severity",
    "File",
    "Sheet",
    "Cell",
    "What was found",
    "What to do",
    "By what authority",
    "Officer's note",
)


@dataclass(frozen=True, kw_only=True)
class FindingsPage(HeadedPage):
    """The findings in the order of their places, their numbers by severity, and how many were left off."""

    template = "findings.html"
    findings: tuple[Finding, ...]
    counts: tuple[tuple[Severity, int, str], ...]
    more: str


def findings_html(outcome: Outcome) -> str:
    """Write the findings as a page, in the order of their places."""
    ordered = in_order(outcome.findings)
    page = FindingsPage(about=about(outcome), findings=ordered[:MOST], counts=counts(ordered), more=_more(ordered))
    return render(page)


def counts(findings: Sequence[Finding]) -> tuple[tuple[Severity, int, str], ...]:
    """Count the findings of each severity, the gravest first, with what it means."""
    found = Counter(finding.severity for finding in findings)
    return tuple((severity, found[severity], MEANINGS[severity]) for severity in Severity)


def _more(ordered: Sequence[Finding]) -> str:
    left = len(ordered) - MOST
    return f"{count_of(left, 'more finding')} in outcome.json; mend these first and run again." if left > 0 else ""


def findings_workbook(outcome: Outcome) -> Workbook:
    """Write the findings as a workbook with a column for the officer's note."""
    ordered = in_order(outcome.findings)
    top: list[tuple[Cell, ...]] = [
        (Cell(f"Findings: {outcome.criteria.title}", style="title"),),
        (Cell("; ".join(f"{name} {text}" for name, text in provenance(outcome).items()), style="note_line"),),
        *(
            (Cell(number, style="whole"), Cell(severity.words.capitalize()), Cell(meaning, style="note_line"))
            for severity, number, meaning in counts(ordered)
        ),
        (Cell(_more(ordered) if ordered else NOTHING, style="note_line"),),
        tuple(Cell(word, style="heading") for word in HEADINGS),
    ]
    rows = (*top, *map(_line, ordered[:MOST]))
    sheet = Sheet(
        "Findings",
        rows,
        widths=(14, 16, 26, 14, 9, 60, 60, 48, 40),
        freeze=(len(top), 1),
        table=(len(top), len(rows)) if ordered else None,
    )
    return Workbook(f"Findings: {outcome.criteria.title}", (sheet,))


def _line(found: Finding) -> tuple[Cell, ...]:
    source = found.source
    style: Style = "bad" if found.severity is Severity.BLOCKS_AWARD else ""
    texts = (source.file, source.sheet, source.cell or source.key, found.told, found.remedy, found.authority)
    return (
        Cell(found.code),
        Cell(found.severity.words, style=style),
        *(Cell(text, style="text") for text in texts),
        Cell(style="input"),
    )
