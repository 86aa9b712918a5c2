"""The decision makers' evidence: every gap as it is, where it arises and how sure it is; organisations as the units."""

from evaluator.equality.evidence.evidence import evidence_of

__all__ = ["evidence_of"]
