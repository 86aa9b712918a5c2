"""Outcome to text and tables; nothing here computes a score or touches a file.

What is named here is imported when it is asked for: a check of criteria needs none of a run's documents.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluator.reporting.award.summary import summary_text
    from evaluator.reporting.results import results_workbook
    from evaluator.reporting.run.bids_json import bids_json
    from evaluator.reporting.run.documents import documents, equality_documents, first_documents
    from evaluator.reporting.run.outcome_json import outcome_json
    from evaluator.reporting.shared.findings_json import findings_document

HOMES = {
    "bids_json": "run.bids_json",
    "documents": "run.documents",
    "equality_documents": "run.documents",
    "findings_document": "shared.findings_json",
    "first_documents": "run.documents",
    "outcome_json": "run.outcome_json",
    "results_workbook": "results",
    "summary_text": "award.summary",
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
    "first_documents",
    "outcome_json",
    "results_workbook",
    "summary_text",
]
