"""Questions that re-run stages on a finished evaluation: pure, and never part of the evaluation itself."""

from evaluator.studies.gap_options import gap_options
from evaluator.studies.mitigation import mitigation_study
from evaluator.studies.recusal import before_recusal, late_recusal
from evaluator.studies.robustness.crossings import crossings
from evaluator.studies.robustness.draws import Ground, drawn
from evaluator.studies.robustness.evaluators_left_out import EVERYBODY, averaged, can_be_left_out
from evaluator.studies.robustness.own_run_robustness import firmness_study
from evaluator.studies.robustness.robustness import concluded, draw_range, kinds_of, merged, place, standing
from evaluator.studies.robustness.swapped_methods import other_methods, swapped
from evaluator.studies.rule_costs import rule_study

__all__ = [
    "EVERYBODY",
    "Ground",
    "averaged",
    "before_recusal",
    "can_be_left_out",
    "concluded",
    "crossings",
    "draw_range",
    "drawn",
    "firmness_study",
    "gap_options",
    "kinds_of",
    "late_recusal",
    "merged",
    "mitigation_study",
    "other_methods",
    "place",
    "rule_study",
    "standing",
    "swapped",
]
