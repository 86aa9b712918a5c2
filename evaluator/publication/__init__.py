"""Criteria before and after publication: checks as a lawyer would make them, and the seal. Pure."""

from evaluator.publication.checks import ARITHMETIC, CHECKS, check
from evaluator.publication.seal import canonical, check_seal, check_seal_date, fingerprint, seal
from evaluator.publication.weights import effective_weights

__all__ = [
    "ARITHMETIC",
    "CHECKS",
    "canonical",
    "check",
    "check_seal",
    "check_seal_date",
    "effective_weights",
    "fingerprint",
    "seal",
]
