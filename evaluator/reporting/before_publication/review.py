"""The review sheet of a check: every finding with its authority, and room for what the reviewer answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.records.documents import Cell, Document, Sheet, Style, Workbook
from evaluator.records.findings.finding import Finding, Severity, block_award
from evaluator.records.programme.accepted import Accepted
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.results.outcome import Run
from evaluator.reporting.shared.findings_list import counts
from evaluator.reporting.shared.pages import HeadedPage, about_criteria, render

PAGE, WORKBOOK = "review.html", "review.xlsx"
MEANINGS = {
    Severity.BLOCKS_AWARD: "must be mended, or accepted by a named person, before publication",
    Severity.NEEDS_DECISION: "a person must decide: mend it, or accept it with a reason, before publication",
    Severity.NOTE: "worth knowing; nothing has to be done",
}
HEADINGS = ("Code", "Severity", "File", "Key", "What was found", "What to do", "By what authority", "Reviewer’s answer")


@dataclass(frozen=True)
class Reviewed:
    """What was checked: the criteria, their fingerprint and seal, what was found and what was accepted."""

    criteria: Criteria
    fingerprint: str
    seal: Seal | None
    findings: Sequence[Finding]
    accepted: Sequence[Accepted] = ()


def review(reviewed: Reviewed, engine: str) -> tuple[Document, ...]:
    """Make the review sheet as a page, for Word, and as a workbook."""
    return (Document(PAGE, _page(reviewed, engine), also=("docx",)), Document(WORKBOOK, _workbook(reviewed)))


@dataclass(frozen=True, kw_only=True)
class ReviewPage(HeadedPage):
    """The findings of a check with room for answers, their numbers by severity, and what was accepted."""

    template = "review.html"
    findings: Sequence[Finding]
    counts: Sequence[tuple[Severity, int, str]]
    accepted: Sequence[Accepted]
    blocked: bool


def _page(reviewed: Reviewed, engine: str) -> str:
    run = Run("check before publication", engine)
    page = ReviewPage(
        about=about_criteria(reviewed.criteria, reviewed.fingerprint, run, reviewed.seal),
        findings=reviewed.findings,
        counts=[(severity, number, MEANINGS[severity]) for severity, number, _ in counts(reviewed.findings)],
        accepted=reviewed.accepted,
        blocked=block_award(reviewed.findings),
    )
    return render(page)


def _workbook(reviewed: Reviewed) -> Workbook:
    criteria = reviewed.criteria
    top: list[tuple[Cell, ...]] = [
        (Cell(f"Review of {criteria.reference}, version {criteria.version}", style="title"),),
        (Cell(f"{criteria.title}. Fingerprint {reviewed.fingerprint}.", style="note_line"),),
        *(
            (
                Cell(number, style="whole"),
                Cell(severity.words.capitalize()),
                Cell(MEANINGS[severity], style="note_line"),
            )
            for severity, number, _ in counts(reviewed.findings)
        ),
        (),
        tuple(Cell(word, style="heading") for word in HEADINGS),
    ]
    rows = (*top, *map(_line, reviewed.findings))
    table = (len(top), len(rows)) if reviewed.findings else None
    sheet = Sheet("Review", rows, widths=(14, 16, 24, 30, 60, 60, 48, 50), freeze=(len(top), 1), table=table)
    sheets = (sheet, *_accepted(reviewed.accepted))
    return Workbook(f"Review of {criteria.title}", sheets)


def _line(found: Finding) -> tuple[Cell, ...]:
    style: Style = {Severity.BLOCKS_AWARD: "bad", Severity.NEEDS_DECISION: "care"}.get(found.severity, "")  # type: ignore[assignment]
    texts = (found.source.file, found.source.key or found.source.cell, found.message, found.remedy, found.authority)
    return (
        Cell(found.code),
        Cell(found.severity.words, style=style),
        *(Cell(text, style="text") for text in texts),
        Cell(style="input"),
    )


def _accepted(accepted: Sequence[Accepted]) -> tuple[Sheet, ...]:
    if not accepted:
        return ()
    headings = ("Code", "Place", "What was found", "Accepted by", "Reason", "Date")
    rows = (
        tuple(Cell(word, style="heading") for word in headings),
        *(
            tuple(
                Cell(text, style="text")
                for text in (one.code, one.place, one.message, one.person, one.reason, one.date)
            )
            for one in accepted
        ),
    )
    return (Sheet("Accepted", rows, widths=(14, 36, 60, 30, 60, 12), freeze=(1, 1)),)
