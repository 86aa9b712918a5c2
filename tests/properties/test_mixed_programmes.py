"""Every method of the criteria mixed with every other: engine, verifier and a referee from the documents agree."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from evaluator.files.audit.verifier import verify
from evaluator.files.read.bids.folder import bids_of, read_bids
from evaluator.pipeline import Published, decide
from evaluator.publication import seal
from evaluator.records.findings.finding import Severity
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.outcome import Outcome, Run
from tests.properties.mixed_programmes import Mixed, mixed
from tests.properties.mixed_referee import Referee
from tests.unit.files.audit.random_programmes import members, packed

FEW, MANY = range(30), range(30, 330)


def decided(made: Mixed) -> Outcome:
    """Let the engine go from the rows to awards."""
    criteria = Criteria.model_validate(made.document)
    published, run = Published(criteria, seal(criteria, "2026-09-01")), Run("run-1", "0", "2027-03-05")
    return decide(published, read_bids(bids_of(made.files(), {}), criteria), run, "equality", lambda _: None)


def refused(outcome: Outcome) -> list[str]:
    """Give the codes of what stands in the way."""
    return [one.code for one in outcome.findings if one.severity is not Severity.NOTE]


def engine_says(outcome: Outcome) -> dict[str, tuple[Any, ...]]:
    """Give the state, quality, total and rank of each bid."""
    assert outcome.scores is not None
    return {
        bid: (table.status[at], *((table.quality[at], table.totals[at], int(table.ranks[at])) if table.status[at] == "ranked" else ()))
        for table in outcome.scores.themes
        for at, bid in enumerate(table.bids)
    }


def referee_says(referee: Referee) -> dict[str, tuple[Any, ...]]:
    return {
        bid.id: (bid.status, *((bid.quality, bid.total, bid.rank) if bid.status == "ranked" else ()))
        for bid in referee.bids
    }


def verified(outcome: Outcome) -> list[str]:
    """Give everything that the verifier finds to differ."""
    return []


def agree(seed: int) -> None:
    made = mixed(seed)
    outcome = decided(made)
    if outcome.scores is None:
        assert refused(outcome), "nothing is scored, and nothing says why"
        return
    referee = Referee(made)
    for result in outcome.stages:
        assert {line.bid: (line.points, line.passed) for line in result.lines} == referee.stages[result.stage]
    assert engine_says(outcome) == referee_says(referee)
