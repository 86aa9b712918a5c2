from pathlib import Path

from evaluator.records.findings import CATALOGUE
from evaluator.reporting.run.handbook import AREAS, handbook

COMMITTED = Path(__file__).resolve().parents[4] / "docs" / "findings.md"
WRITE_AGAIN = (
    "docs/findings.md is not what the catalogue says. "
    "Write it again with: python -X utf8 -m evaluator.reporting.handbook > docs/findings.md"
)


def test_the_committed_handbook_is_what_the_catalogue_says():
    assert COMMITTED.read_text("utf-8") == handbook(), WRITE_AGAIN


def test_every_finding_stands_in_the_handbook_once():
    headings = [line.split()[1] for line in handbook().splitlines() if line.startswith("### ")]
    assert headings == sorted(CATALOGUE)


def test_no_fact_is_left_open():
    assert "{" not in handbook()


def test_every_area_has_a_title():
    assert {code.split("-")[1] for code in CATALOGUE} <= set(AREAS)
