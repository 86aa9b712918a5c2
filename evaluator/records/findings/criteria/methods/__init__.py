"""Findings on how marks, figures, stages and sums are worked out, where criteria publish more than the usual way."""
