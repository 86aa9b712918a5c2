"""The division of the money: the awards that the published rules lead to, with the proof that none are better."""

from evaluator.allocation.cases import explain_bid
from evaluator.allocation.check import check_problem
from evaluator.allocation.compare import compare, passed_over, with_comparison
from evaluator.allocation.from_scores import allocation_problem
from evaluator.allocation.margins import Share, all_cases
from evaluator.allocation.optimise import allocate
from evaluator.allocation.redrawn import Redrawn
from evaluator.allocation.totals import best_set, best_total
from evaluator.allocation.verify import broken, verify

__all__ = [
    "Redrawn",
    "Share",
    "all_cases",
    "allocate",
    "allocation_problem",
    "best_set",
    "best_total",
    "broken",
    "check_problem",
    "compare",
    "explain_bid",
    "passed_over",
    "verify",
    "with_comparison",
]
