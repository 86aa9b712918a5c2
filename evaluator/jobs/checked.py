"""Criteria read as a lawyer would, before they are published: what is found, and what people accepted of it."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evaluator.files.read.criteria.decided_before_publication import read_accepted
from evaluator.files.read.criteria.folder import CriteriaRead, criteria_in, home_of, read_criteria
from evaluator.files.read.engine_data import OWN_WORDS, read_check_words
from evaluator.files.read.inputs import Inputs
from evaluator.files.read.remembered import once
from evaluator.publication import check, check_seal, weigh
from evaluator.records.english import count_of
from evaluator.records.findings.finding import Finding, Severity, in_order
from evaluator.records.programme.accepted import Accepted
from evaluator.records.programme.written.files import ACCEPTED_FILE

COUNTED = {
    Severity.BLOCKS_AWARD: ("finding to be mended or accepted", "findings to be mended or accepted"),
    Severity.NEEDS_DECISION: ("finding that needs a decision", "findings that need a decision"),
    Severity.NOTE: ("note", "notes"),
}


@dataclass(frozen=True)
class Checked:
    """Criteria as they were read, every finding about them that nobody accepted, and those that somebody did.

    ``of_seal`` are the findings, among all, that say that the criteria are not those that were sealed.
    """

    read: CriteriaRead
    findings: tuple[Finding, ...]
    accepted: tuple[Accepted, ...] = ()
    of_seal: tuple[Finding, ...] = ()

    def counted(self, *kinds: Severity) -> str:
        """Count what was found, by what it means; of some kinds alone, or of all. An empty text where there is none."""
        numbers = {kind: sum(one.severity is kind for one in self.findings) for kind in kinds or COUNTED}
        return ", ".join(count_of(number, *COUNTED[kind]) for kind, number in numbers.items() if number)


def checked(criteria: Path) -> Checked:
    """Check criteria; where they cannot be understood, the findings are those of reading them."""
    return once("checked", "", partial(_files, criteria), partial(_checked, criteria))


def _files(criteria: Path) -> bytes:
    """Give what is another as soon as the criteria, or what is decided or listed beside them, are."""
    beside = Inputs({name: home_of(criteria) / name for name in (OWN_WORDS, ACCEPTED_FILE)})
    return criteria_in(criteria).told() + beside.told()


def _checked(criteria: Path) -> Checked:
    read = read_criteria(criteria)
    if read.criteria is None:
        return Checked(read, read.findings)
    sealed = check_seal(read.criteria, read.seal) if read.seal else ()
    words, changed = read_check_words(criteria)
    accepted, wrong = read_accepted(criteria)
    weighed = weigh(read.criteria, check(read.criteria, words=words), accepted, read.placed)
    found = (*read.findings, *weighed.left, *weighed.problems, *changed, *wrong)
    in_place, of_seal = (in_order(read.placed(some), read.criteria.regime) for some in ((*found, *sealed), sealed))
    return Checked(read, in_place, weighed.accepted, of_seal)
