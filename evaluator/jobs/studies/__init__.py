"""What studies begin with: a folder evaluated as far as its awards, or why there is nothing to study."""

from dataclasses import dataclass, replace
from pathlib import Path

from evaluator import __version__
from evaluator.allocation import allocation_problem, explain_bid
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.inputs import Inputs
from evaluator.pipeline import Published, decide
from evaluator.records.findings.finding import Finding, in_order
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.allocation import Allocation, Problem
from evaluator.records.results.counterfactuals import BidCase
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.work import ReportProgress
from evaluator.scoring import greatest_totals

STEPS = 2000  # how often the best set may change, in each part of the sums looked at, before more money is given up


@dataclass(frozen=True)
class Studied:
    """A run as far as its awards with what they were decided from; ``why`` says why there is nothing to study.

    ``undecided`` is whether the rules, and not the inputs, stand in the way. Without criteria there is no outcome.
    """

    outcome: Outcome | None
    findings: tuple[Finding, ...]
    problem: Problem | None = None
    allocation: Allocation | None = None
    why: str = ""
    undecided: bool = False


def studied(criteria: Path | Inputs, bids: Path | Inputs, report_progress: ReportProgress) -> Studied:
    """Evaluate as far as the allocation."""
    report_progress("Reading the criteria, the bids and the evaluators' marks")
    read = read_criteria(criteria)
    if read.criteria is None:
        return Studied(None, in_order(read.findings), why="The criteria cannot be read.")
    received = read_bids(bids, read.criteria)
    run = Run("study", __version__)
    outcome = decide(Published(read.criteria, read.seal), received, run, "allocation", report_progress)
    found = in_order(read.placed(outcome.findings))
    outcome = replace(outcome, findings=read.placed(outcome.findings))
    if outcome.allocation is None or outcome.evaluation is None or outcome.scores is None:
        why = "These criteria publish no allocation, so there is nothing to study."
        return Studied(outcome, found, why=why)
    if outcome.allocation.status != "proven":
        why = f"There is nothing to study: {_undecided(outcome.allocation)}."
        return Studied(outcome, found, why=why, undecided=True)
    problem = allocation_problem(outcome.criteria, outcome.evaluation, outcome.scores)
    choice = outcome.allocation.choice
    if choice is not None:  # of people's choice nothing can be worked out again
        report_progress("People chose after the ranks; this study is of the awards by rank alone, before that choice")
        outcome = replace(outcome, allocation=choice.by_rank)
    if outcome.criteria.amounts is not None and outcome.criteria.amounts.pro_rata:
        report_progress("Sums are cut to fit the money: a study of rules or of one bid leaves each as it was cut")
    return Studied(outcome, found, problem, outcome.allocation)


def _undecided(allocation: Allocation) -> str:
    rules = " and ".join(allocation.conflict)
    if rules:
        return f"{rules} cannot be met"
    return "no set of awards was proven to be best within the work that is allowed"


def known_bids(problem: Problem) -> list[str]:
    """Give the bids of which a case can be told, in order."""
    return sorted({one.bid for one in problem.candidates} | {one.bid for one in problem.refused})


def case_of(criteria: Criteria, problem: Problem, allocation: Allocation, bid: str) -> BidCase:
    """Say why a bid is or is not funded, and what would have changed that."""
    return explain_bid(problem, allocation, bid, greatest_totals(criteria, problem.score_unit), STEPS)
