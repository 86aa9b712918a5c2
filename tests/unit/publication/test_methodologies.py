"""Real published methodologies are written whole, pass ``check``, and are worked out as the verifier works them out."""

import random
from pathlib import Path

import pytest

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.engine_data import read_check_words
from evaluator.publication import check
from evaluator.records.findings.finding import Severity
from evaluator.reporting.appendix.stage_words import stage_statements
from tests.reference_data import REFERENCE
from tests.unit.files.audit.random_programmes import _evaluation as made_up_bids
from tests.unit.files.audit.random_programmes import decided, packed, with_figures
from tests.unit.files.audit.test_verify import told

WORDS, _ = read_check_words()
SETS = sorted(one for one in (REFERENCE / "methodologies").iterdir() if one.is_dir())
NOTES = {
    "cil": 4,
    "tender": 5,
    "psr": 4,
}  # of the others three at most; of a contract check asks what a fund need not say


def named(folder: Path) -> str:
    return folder.name


def criteria_of(folder: Path):
    read = read_criteria(folder)
    assert read.criteria is not None, read.findings
    return read.criteria


@pytest.mark.parametrize("folder", SETS, ids=named)
def test_nothing_holds_up_a_real_methodology(folder: Path) -> None:
    found = check(criteria_of(folder), words=WORDS)
    assert [one for one in found if one.severity is not Severity.NOTE] == []
    assert len(found) <= NOTES.get(folder.name, 3), [f"{one.code} {one.message}" for one in found]


@pytest.mark.parametrize("folder", SETS, ids=named)
def test_the_verifier_works_out_a_real_methodology_as_the_engine_does(folder: Path) -> None:
    criteria = criteria_of(folder)
    agreed = criteria.moderation.model_copy(update={"method": "consensus", "missing_marks": None})  # as dice can give
    criteria = criteria.model_copy(update={"moderation": agreed})
    for seed in range(3):
        dice = random.Random(seed)
        bids = made_up_bids(dice, criteria, ())
        made = decided(criteria, with_figures(dice, criteria, bids) if criteria.measured else bids)
        assert told(packed(made)) == []


def test_more_than_forty_of_eighty_is_what_the_appendix_says() -> None:
    criteria = criteria_of(REFERENCE / "methodologies" / "tower_hamlets")
    said = dict(stage_statements(criteria, criteria.stage[0]))
    assert said["passes"] == "Every bid that reaches every published minimum for the questions of this stage goes on."
    assert "section that lies whole in it" in said["after"]
    assert "organisation" in criteria.theme("inclusion").more_than
