"""Criteria before and after publication: checks as a lawyer would make them, and the seal. Pure."""

from evaluator.publication.seal import canonical, check_seal, fingerprint, seal

__all__ = ["canonical", "check_seal", "fingerprint", "seal"]
