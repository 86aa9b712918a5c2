"""Criteria before and after publication: checks as a lawyer would make them, and the seal. Pure."""

from evaluator.publication.acceptance import Weighed, check_version, record_of, weigh
from evaluator.publication.checks import ARITHMETIC, CHECKS, check, check_as_sealed
from evaluator.publication.checks.law.timetable import timetable
from evaluator.publication.checks.weights import effective_weights
from evaluator.publication.ledger_order import check_entries
from evaluator.publication.locations import where_published
from evaluator.publication.recorded import check_as_published, check_recorded
from evaluator.publication.seal import canonical, check_seal, check_seal_date, fingerprint, seal

__all__ = [
    "ARITHMETIC",
    "CHECKS",
    "Weighed",
    "canonical",
    "check",
    "check_as_published",
    "check_as_sealed",
    "check_entries",
    "check_recorded",
    "check_seal",
    "check_seal_date",
    "check_version",
    "effective_weights",
    "fingerprint",
    "record_of",
    "seal",
    "timetable",
    "weigh",
    "where_published",
]
