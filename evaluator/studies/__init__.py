"""Questions that re-run stages on a finished evaluation: pure, and never part of the evaluation itself."""

from evaluator.studies.greatest import greatest_totals
from evaluator.studies.rules import rule_study

__all__ = ["greatest_totals", "rule_study"]
