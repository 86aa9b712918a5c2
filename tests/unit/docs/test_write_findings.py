"""docs/findings.md is what the catalogue says."""

from pathlib import Path

from docs.write_findings import AREAS, findings_page
from evaluator.records.findings import CATALOGUE

COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "findings.md"
WRITE_AGAIN = (
    "docs/findings.md is not what the catalogue says. "
    "Write it again with: python -X utf8 -m docs.write_findings > docs/findings.md"
)


def test_the_committed_page_is_what_the_catalogue_says() -> None:
    assert COMMITTED.read_text("utf-8") == findings_page(), WRITE_AGAIN


def test_every_finding_stands_in_the_page_once() -> None:
    headings = [line.split()[1] for line in findings_page().splitlines() if line.startswith("### ")]
    assert headings == sorted(CATALOGUE)


def test_no_fact_is_left_open() -> None:
    assert "{" not in findings_page()


def test_every_area_has_a_title() -> None:
    assert {code.split("-")[1] for code in CATALOGUE} <= set(AREAS)
