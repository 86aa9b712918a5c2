"""Questions that re-run stages on a finished evaluation: pure, and never part of the evaluation itself."""

from evaluator.studies.greatest import greatest_totals

__all__ = ["greatest_totals"]
