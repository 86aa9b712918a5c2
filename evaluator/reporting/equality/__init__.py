"""The equality impact document: for machines, as a page that those who decide read and complete, and as a workbook."""

from evaluator.reporting.equality.consideration import consider, figures_sha256
from evaluator.reporting.equality.document import equality_document
from evaluator.reporting.equality.evidence_document import evidence_document
from evaluator.reporting.equality.page import equality_html
from evaluator.reporting.equality.wording import in_short
from evaluator.reporting.equality.workbook import equality_workbook

__all__ = [
    "consider",
    "equality_document",
    "equality_html",
    "equality_workbook",
    "evidence_document",
    "figures_sha256",
    "in_short",
]
