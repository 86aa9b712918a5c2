"""The equality impact document: for machines, as a page that those who decide read and complete, and as a workbook."""

from evaluator.reporting.equality.book import equality_workbook
from evaluator.reporting.equality.document import equality_document
from evaluator.reporting.equality.page import equality_html
from evaluator.reporting.equality.words import in_short

__all__ = ["equality_document", "equality_html", "equality_workbook", "in_short"]
