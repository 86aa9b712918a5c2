"""The division of the money: the awards that the published rules lead to, with the proof that none are better."""

from evaluator.allocation.allocate import allocate
from evaluator.allocation.choice import choose
from evaluator.allocation.compare_methods import passed_over, with_comparison
from evaluator.allocation.counterfactuals.cases import all_cases, explain_bid
from evaluator.allocation.counterfactuals.reoptimised import Redrawn, Total, best_set, best_total
from evaluator.allocation.problem import allocation_problem
from evaluator.allocation.problem_checks import check_problem
from evaluator.allocation.proof.verify import broken, verify

__all__ = [
    "Redrawn",
    "Total",
    "all_cases",
    "allocate",
    "allocation_problem",
    "best_set",
    "best_total",
    "broken",
    "check_problem",
    "choose",
    "explain_bid",
    "passed_over",
    "verify",
    "with_comparison",
]
