"""A workbook of criteria that was brought: whether it is one, what is found in it, and what it would change."""

from pathlib import Path
from typing import TYPE_CHECKING

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.criteria.workbook import read_book
from evaluator.files.read.inputs import Inputs
from evaluator.publication.differences import differences
from evaluator.records.findings.finding import Finding
from evaluator.records.office.folder import CRITERIA_WORKBOOK
from evaluator.records.programme.written.files import PROGRAMME, THEMES

if TYPE_CHECKING:
    from evaluator.jobs.criteria.drafts import Draft

MOST_CHANGES = 40


def compared(path: str, folder: str) -> tuple[bool, tuple[Finding, ...], tuple[str, ...]]:
    """Read a workbook: whether it is one of criteria, what is found in it, and what it would change."""
    content = Path(path).read_bytes()
    book = read_book(content, CRITERIA_WORKBOOK)
    if not any(name.startswith(THEMES) for name in book.files) or len(book.files[PROGRAMME]) < 2:
        return False, (), ()
    read = read_criteria(Inputs({CRITERIA_WORKBOOK: content}))
    before = read_criteria(Path(folder)).criteria
    if before is None or read.criteria is None:
        return True, read.findings, ("It replaces what is there as a whole; the two cannot be compared yet.",)
    changes = [str(one) for one in differences(before, read.criteria)]
    more = [f"and {len(changes) - MOST_CHANGES:,} more"] if len(changes) > MOST_CHANGES else []
    return True, read.findings, (*changes[:MOST_CHANGES], *more)


def brought_draft(path: str) -> "Draft":
    """Read a workbook as a draft, for criteria that are kept as files; with what people decided before publication."""
    from evaluator.jobs.criteria.drafts import draft_of

    return draft_of(Path(path).read_bytes(), CRITERIA_WORKBOOK)
