"""Questions that re-run stages on a finished evaluation: pure, and never part of the evaluation itself."""

from evaluator.studies.crossings import crossings
from evaluator.studies.draws import Ground, drawn
from evaluator.studies.robustness import concluded, draw_range, kinds_of, merged, place, standing
from evaluator.studies.rules import rule_study

__all__ = [
    "Ground",
    "concluded",
    "crossings",
    "draw_range",
    "drawn",
    "kinds_of",
    "merged",
    "place",
    "rule_study",
    "standing",
]
