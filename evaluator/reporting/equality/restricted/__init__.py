"""The restricted edition of the equality evidence: for named people who decide, as a page and as a workbook."""

from collections.abc import Sequence

from evaluator.records.documents import Document
from evaluator.records.results.equality_evidence import EqualityEvidence
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.studies.gap_options import GapOptions
from evaluator.reporting.equality.restricted.page import restricted_page
from evaluator.reporting.equality.restricted.workbook import restricted_workbook
from evaluator.reporting.shared.pages import render

NAME = "equality_restricted"


def restricted_documents(
    outcome: Outcome, evidence: EqualityEvidence, recipients: Sequence[str], options: Sequence[GapOptions]
) -> tuple[Document, ...]:
    """Make the edition's documents; none of them may lie where a public document does.

    Parameters
    ----------
    recipients : for whom alone it is, by name; they stand on every page.
    options : what was tried for the groups of its largest gaps.
    """
    page = restricted_page(outcome, evidence, recipients, options)
    return (
        Document(f"{NAME}.html", render(page), ("docx", "pdf")),
        Document(f"{NAME}.xlsx", restricted_workbook(page, outcome)),
    )


__all__ = ["restricted_documents"]
