"""Questions that re-run stages on a finished evaluation: pure, and never part of the evaluation itself."""
