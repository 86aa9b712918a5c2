"""Outcome to text and tables; nothing here computes a score or touches a file.

What is named here is imported when it is asked for: a check of criteria needs none of a run's documents.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluator.reporting.award import report_html
    from evaluator.reporting.machine import findings_document, outcome_json
    from evaluator.reporting.normalised import bids_json
    from evaluator.reporting.results import results_workbook
    from evaluator.reporting.run import documents, equality_documents
    from evaluator.reporting.summary import summary_text

HOMES = {
    "bids_json": "normalised",
    "documents": "run",
    "equality_documents": "run",
    "findings_document": "machine",
    "outcome_json": "machine",
    "report_html": "award",
    "results_workbook": "results",
    "summary_text": "summary",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for from where it stands."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)


__all__ = [
    "bids_json",
    "documents",
    "equality_documents",
    "findings_document",
    "outcome_json",
    "report_html",
    "results_workbook",
    "summary_text",
]
