"""Criteria read as a lawyer would, before they are published: what is found, and what people accepted of it."""

from dataclasses import dataclass
from pathlib import Path

from evaluator.files.read.criteria.decided_before_publication import read_accepted
from evaluator.files.read.criteria.folder import CriteriaRead, read_criteria
from evaluator.files.read.engine_data import read_check_words
from evaluator.publication import check, check_seal, weigh
from evaluator.records.findings.finding import Finding, in_order
from evaluator.records.programme.accepted import Accepted


@dataclass(frozen=True)
class Checked:
    """Criteria as they were read, every finding about them that nobody accepted, and those that somebody did."""

    read: CriteriaRead
    findings: tuple[Finding, ...]
    accepted: tuple[Accepted, ...] = ()


def checked(criteria: Path) -> Checked:
    """Check criteria; where they cannot be understood, the findings are those of reading them."""
    read = read_criteria(criteria)
    if read.criteria is None:
        return Checked(read, read.findings)
    sealed = check_seal(read.criteria, read.seal) if read.seal else ()
    words, changed = read_check_words(criteria)
    accepted, wrong = read_accepted(criteria)
    weighed = weigh(read.criteria, check(read.criteria, words=words), accepted, read.placed)
    placed = read.placed((*weighed.left, *weighed.problems, *sealed))
    found = in_order(read.placed((*read.findings, *placed, *changed, *wrong)), read.criteria.regime)
    return Checked(read, found, weighed.accepted)
