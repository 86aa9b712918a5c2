"""Everything that a run came to: the one record that every document is written from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from evaluator.records.findings.finding import Finding, block_award
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.programme.procurement.area import Boundaries
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.equality import EqualityImpact
from evaluator.records.results.scores import ScoreTable
from evaluator.records.results.studies.robustness import Firmness
from evaluator.records.submissions.evaluation import Answer, Evaluation
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.stages import StageResult


@dataclass(frozen=True)
class Run:
    """The circumstances of a run, all given as arguments so that the same call gives the same bytes."""

    name: str
    engine: str  # version of the evaluator
    date: str = ""  # as the officer gave it; empty when not given


@dataclass(frozen=True)
class Outcome:
    """A finished or blocked run. A stage that was not reached is None."""

    run: Run
    criteria: Criteria
    fingerprint: str  # SHA-256 of the criteria as they are
    seal: Seal | None  # as published
    findings: tuple[Finding, ...]
    evaluation: Evaluation | None = None
    answers: tuple[Answer, ...] = ()
    scores: ScoreTable | None = None
    allocation: Allocation | None = None
    equality: EqualityImpact | None = None
    panel: Table | None = None  # who was on the panel, as received
    interests: Table | None = None  # what they declared, as received
    firmness: Firmness | None = None  # how far the awards rest on small things; None where that was not asked
    boundaries: Boundaries | None = None  # of the wards, where the criteria ship them
    stages: tuple[StageResult, ...] = ()  # what each stage came to that is over
    stage: str = ""  # the stage that the run was for, and went no further than; empty for all
    agreed_when: Mapping[str, str] = field(default_factory=dict)  # by answer, such as "B012 C1", where a ledger says it


Status = Literal["award_recommended", "scored", "stage_decided", "validated", "blocked", "not_proven", "infeasible"]


def status(outcome: Outcome) -> Status:
    """Say in one word what a run came to: blocked by findings, scored only, or what the allocation is."""
    if outcome.allocation is not None and outcome.allocation.status != "proven":
        return outcome.allocation.status
    if block_award(outcome.findings):
        return "blocked"
    if outcome.scores is None:
        return "stage_decided" if outcome.stage and outcome.stages else "validated"
    return "scored" if outcome.allocation is None else "award_recommended"
