"""Open data: what was published and what was awarded, as an OCDS 1.1.5 release package, and grants for 360Giving.

What leaves here is for the public unless ``full`` is asked for: losing bidders, scores and evaluators are not in it.
"""

from evaluator.reporting.open_data.grants import grants_360
from evaluator.reporting.open_data.release import criteria_ocds, outcome_ocds

__all__ = ["criteria_ocds", "grants_360", "outcome_ocds"]
