"""The review of a check: first what only a person can judge, then every finding, with room for answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluator.records.documents import Cell, Document, Sheet, Style, Workbook
from evaluator.records.findings.finding import Finding, Severity, block_award
from evaluator.records.programme.accepted import Accepted
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.results.outcome import Run
from evaluator.records.reviewed import (
    ANSWER,
    CLAUSE,
    FOUND,
    LAST,
    MARK,
    REVIEWER,
    STATUS,
    TO_JUDGE,
    WORDS,
    Answer,
    Point,
)
from evaluator.reporting.before_publication.review_lines import (
    Clauses,
    Keyed,
    Line,
    Placed,
    found_line,
    judged_lines,
    renewed,
)
from evaluator.reporting.shared.findings_list import counts
from evaluator.reporting.shared.pages import HeadedPage, about_criteria, render

PAGE, WORKBOOK = "review.html", "review.xlsx"
MEANINGS = {
    Severity.BLOCKS_AWARD: "must be mended, or accepted by a named person, before publication",
    Severity.NEEDS_DECISION: "a person must decide: mend it, or accept it with a reason, before publication",
    Severity.NOTE: "worth knowing; nothing has to be done",
}
ANSWERS = (STATUS, LAST, REVIEWER, ANSWER)
JUDGED_HEADINGS = (CLAUSE, "What it is", WORDS, "What its author says of it", "Place", MARK, *ANSWERS)
FOUND_HEADINGS = ("Code", "Severity", CLAUSE, "File", "Key", FOUND, "What to do", "By what authority", MARK, *ANSWERS)
LEFT_HEADINGS = (CLAUSE, "What stood there", LAST)
HOW = (
    "Write your answer and your name into the yellow cells, here or in review.docx. Keep the answers when the criteria "
    "change: evaluator check CRITERIA --out NEW --earlier review.xlsx"
)


@dataclass(frozen=True)
class Reviewed:
    """What was checked: the criteria, their fingerprint and seal, what was found, accepted, and is to be judged.

    ``earlier`` are the answers of earlier reviews; ``cell`` gives the place by which people know a file's key, and
    ``key`` the file's key of a place.
    """

    criteria: Criteria
    fingerprint: str
    seal: Seal | None
    findings: Sequence[Finding]
    accepted: Sequence[Accepted]
    points: Sequence[Point]
    earlier: Sequence[Answer]
    cell: Placed
    key: Keyed


@dataclass(frozen=True)
class _Lines:
    """The lines of a review: what is to be judged, what was found, and answers to what no longer stands."""

    judged: Sequence[Line]
    found: Sequence[tuple[Finding, Line]]
    left: Sequence[Line]


def review(reviewed: Reviewed, engine: str) -> tuple[Document, ...]:
    """Make the review as a page, for Word, and as a workbook."""
    lines = _lines(reviewed)
    return (
        Document(PAGE, _page(reviewed, lines, engine), also=("docx",)),
        Document(WORKBOOK, _workbook(reviewed, lines)),
    )


def _lines(reviewed: Reviewed) -> _Lines:
    """Make every line, and give each the last answer to it."""
    clauses, findings = Clauses(reviewed.criteria), reviewed.findings
    judged = judged_lines(clauses, reviewed.points, reviewed.accepted, reviewed.cell, reviewed.key)
    found = [found_line(clauses, one, reviewed.key) for one in findings]
    made, left = renewed([*judged, *found], reviewed.earlier)
    gone = [Line(one.clause, "", one.words, "", "", "", one.answer, one.reviewer) for one in left]
    return _Lines(made[: len(judged)], list(zip(findings, made[len(judged) :], strict=True)), gone)


@dataclass(frozen=True, kw_only=True)
class ReviewPage(HeadedPage):
    """What only a person can judge, the findings of a check by severity, and answers to what no longer stands."""

    template = "review.html"
    judged: Sequence[Line]
    waiting: int
    found: Sequence[tuple[Finding, Line]]
    left: Sequence[Line]
    counts: Sequence[tuple[Severity, int, str]]
    blocked: bool
    judged_title: str
    judged_headings: Sequence[str]
    found_headings: Sequence[str]
    left_headings: Sequence[str]


def _page(reviewed: Reviewed, lines: _Lines, engine: str) -> str:
    run = Run("check before publication", engine)
    page = ReviewPage(
        about=about_criteria(reviewed.criteria, reviewed.fingerprint, run, reviewed.seal),
        judged=lines.judged,
        waiting=sum(one.waits for one in lines.judged),
        found=lines.found,
        left=lines.left,
        counts=[(severity, number, MEANINGS[severity]) for severity, number, _ in counts(reviewed.findings)],
        blocked=block_award(reviewed.findings),
        judged_title=TO_JUDGE,
        judged_headings=(CLAUSE, WORDS, *ANSWERS),
        found_headings=(CLAUSE, FOUND, "What to do, and by what authority", *ANSWERS),
        left_headings=LEFT_HEADINGS,
    )
    return render(page)


def _workbook(reviewed: Reviewed, lines: _Lines) -> Workbook:
    criteria = reviewed.criteria
    sheets = (_judged(reviewed, lines.judged), _found(reviewed, lines.found), *_left(lines.left))
    return Workbook(f"Review of {criteria.title}", sheets)


def _top(reviewed: Reviewed) -> Iterator[tuple[Cell, ...]]:
    """Say what was reviewed, and how answers are kept."""
    criteria = reviewed.criteria
    yield (Cell(f"Review of {criteria.reference}, version {criteria.version}", style="title"),)
    yield (Cell(f"{criteria.title}. Fingerprint {reviewed.fingerprint}.", style="note_line"),)
    yield (Cell(HOW, style="note_line"),)


def _headings(words: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(Cell(word, style="heading") for word in words)


def _judged(reviewed: Reviewed, lines: Sequence[Line]) -> Sheet:
    top = (*_top(reviewed), (), _headings(JUDGED_HEADINGS))
    rows = (*top, *((*_texts(one.clause, one.what, one.words, one.why, one.place), *_answers(one)) for one in lines))
    return _sheet(TO_JUDGE, rows, len(top), (18, 18, 60, 34, 30, 10, 30, 36, 22, 50))


def _found(reviewed: Reviewed, found: Sequence[tuple[Finding, Line]]) -> Sheet:
    many = (
        (Cell(number, style="whole"), Cell(severity.words.capitalize()), Cell(MEANINGS[severity], style="note_line"))
        for severity, number, _ in counts(reviewed.findings)
    )
    top = (*_top(reviewed), *many, (), _headings(FOUND_HEADINGS))
    rows = (*top, *(_finding(one, line) for one, line in found))
    return _sheet("Review", rows, len(top), (14, 16, 18, 24, 30, 60, 60, 48, 10, 30, 36, 22, 50))


def _sheet(name: str, rows: tuple[tuple[Cell, ...], ...], head: int, widths: tuple[int, ...]) -> Sheet:
    table = (head, len(rows)) if len(rows) > head else None
    return Sheet(name, rows, widths=widths, freeze=(head, 1), table=table)


def _finding(found: Finding, line: Line) -> tuple[Cell, ...]:
    style: Style = {Severity.BLOCKS_AWARD: "bad", Severity.NEEDS_DECISION: "care"}.get(found.severity, "")  # type: ignore[assignment]
    source = found.source
    texts = (line.clause, source.file, source.key or source.cell, found.message, found.remedy, found.authority)
    return (Cell(found.code), Cell(found.severity.words, style=style), *_texts(*texts), *_answers(line))


def _texts(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, style="text") for text in texts)


def _answers(line: Line) -> tuple[Cell, ...]:
    """Give the cells of an answer: by what it is known, its status, the last one, and room for the next."""
    return (*_texts(line.mark, line.status, line.last), Cell(style="input"), Cell(style="input"))


def _left(lines: Sequence[Line]) -> Iterator[Sheet]:
    """Keep the answers to what no longer stands."""
    if lines:
        rows = (_headings(LEFT_HEADINGS), *(_texts(one.clause, one.words, one.last) for one in lines))
        yield Sheet("No longer there", rows, widths=(18, 60, 60), freeze=(1, 1))
