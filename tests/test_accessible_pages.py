"""Every kind of page that the engine writes keeps axe's rules, laid out by a real browser."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluator.allocation import allocate
from evaluator.cli import main
from evaluator.records.outcome import Outcome, Run
from evaluator.reporting.award import report_html
from evaluator.reporting.disclosure import disclosure
from evaluator.reporting.equality import equality_html
from evaluator.reporting.problems import findings_html
from evaluator.reporting.record import record_html
from evaluator.reporting.rule_costs import rules_html
from evaluator.studies import rule_study
from tests.axe import violations
from tests.unit.equality.simulated import Simulated
from tests.unit.panel import bids_folder, criteria_folder
from tests.unit.reporting import made_up
from tests.unit.reporting.test_letters import made as made_letters
from tests.unit.reporting.test_letters import pages
from tests.unit.studies.test_rules import MADE

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "reports" / "example"
TEMPLATES = ROOT / "evaluator" / "reporting" / "templates"

Write = Callable[[Path], str]


def run(*words: object) -> None:
    found = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert found.exit_code == 0, found.output


@cache
def letters() -> dict[str, str]:
    return pages(made_letters())


def public(name: str) -> str:
    return next(str(one.content) for one in disclosure(made_up.outcome()) if one.name == name)


def example(name: str) -> Write:
    return lambda _: (EXAMPLE / name).read_text("utf-8")


def explained(folder: Path) -> str:
    run("explain", EXAMPLE / "bundle.zip", "B032", "--html", folder / "explain.html")
    return (folder / "explain.html").read_text("utf-8")


def note(folder: Path) -> str:
    run("issue", criteria_folder(folder / "criteria"), bids_folder(folder / "bids"), "--out", folder / "out")
    return next((folder / "out").glob("*.html")).read_text("utf-8")


def simulated(folder: Path) -> str:
    run("simulate", ROOT / "criteria" / "minimal_with_price", "--out", folder / "out")
    return (folder / "out" / "simulation.html").read_text("utf-8")


def rules(_: Path) -> str:
    about = Outcome(Run("r", "0"), made_up.criteria(), "f", None, ())
    return rules_html(rule_study(MADE, allocate(MADE)), about)


def mitigation(folder: Path) -> str:
    bids = ROOT / "sample_bids" / "community_commissioning"
    run("study", "mitigation", ROOT / "criteria" / "community_commissioning", bids, "--out", folder / "page.html")
    return (folder / "page.html").read_text("utf-8")


def equality(_: Path) -> str:
    return equality_html(made_up.outcome(equality=Simulated(1, 90, "criterion").assess("panel")))


PAGES: dict[str, Write] = {
    "findings.html": lambda _: findings_html(made_up.outcome()),
    "report.html": lambda _: report_html(made_up.outcome()),
    "record.html": lambda _: record_html(made_up.outcome()),
    "equality_impact.html": equality,
    "equality_none.html": lambda _: equality_html(made_up.outcome(equality=None)),
    "letters/letter.html": lambda _: letters()["letter-A03.html"],
    "letters/winners.html": lambda _: letters()["winners-advice.html"],
    "letters/index.html": lambda _: letters()["index.html"],
    "disclosure/public.html": lambda _: public("record-public.html"),
    "disclosure/schedule.html": lambda _: public("index.html"),
    "explain.html": explained,
    "note.html": note,
    "simulation.html": simulated,
    "study_rules.html": rules,
    "study_mitigation.html": mitigation,
}


SLOW = ("explain.html", "simulation.html", "study_mitigation.html")  # what they show takes seconds to work out


@pytest.mark.parametrize("template", [pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW)) for name in PAGES])
def test_a_page_breaks_no_rule_of_axe(template: str, tmp_path: Path) -> None:
    assert violations(PAGES[template](tmp_path), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["report.html", "findings.html"])
def test_a_whole_page_of_the_sample_breaks_no_rule_of_axe(name: str, tmp_path: Path) -> None:
    assert violations(example(name)(tmp_path), tmp_path) == []


def test_every_kind_of_page_is_looked_at() -> None:
    written = {path for path in TEMPLATES.rglob("*.html") if "<h1" in path.read_text("utf-8") or extends(path)}
    assert {path.relative_to(TEMPLATES).as_posix() for path in written} - {"base.html"} == set(PAGES)


def extends(path: Path) -> bool:
    return '{% extends "base.html" %}' in path.read_text("utf-8")


def test_a_page_that_breaks_a_rule_is_found_out(tmp_path: Path) -> None:
    page = '<!doctype html><html><head><title>T</title></head><body><img src="x.png"></body></html>'
    found = " ".join(violations(page, tmp_path))
    assert "image-alt" in found
    assert "html-has-lang" in found
