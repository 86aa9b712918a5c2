"""Every kind of page that the engine writes keeps axe's rules, laid out by a real browser."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from evaluator.allocation import allocate
from evaluator.cli import main
from evaluator.evidence.sampling import Drawn, Item
from evaluator.jobs.finished import from_bundle as reopening
from evaluator.portfolio.compare import FIGURES, compare
from evaluator.records.results.notice_facts import NoticeFacts
from evaluator.records.results.outcome import Outcome, Run
from evaluator.reporting.audit.anchor import Anchored, anchor_sheet
from evaluator.reporting.audit.comparison import comparison_html
from evaluator.reporting.audit.verdicts import verdicts_document, verdicts_html
from evaluator.reporting.audit.working_paper import Items, Paper, paper_page, sample_items
from evaluator.reporting.award.bid_pages import bid_pages
from evaluator.reporting.disclosure import disclosure
from evaluator.reporting.equality import equality_html
from evaluator.reporting.letters import Sending
from evaluator.reporting.notice import notice
from evaluator.reporting.record import record_html
from evaluator.reporting.shared.findings_list import findings_html
from evaluator.reporting.studies.counterfactuals import cases_html
from evaluator.reporting.studies.explain import explanation_html
from evaluator.reporting.studies.rule_costs import rules_html
from evaluator.studies.rule_costs import rule_study
from tests.axe import violations
from tests.test_documents_agree import again
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder
from tests.unit.cli.test_import import register
from tests.unit.cli.test_import import run as import_file
from tests.unit.files.read.imports.truth import programme_in
from tests.unit.portfolio.test_compare import TABLES
from tests.unit.reporting import small_outcome
from tests.unit.reporting.equality.test_restricted import edition
from tests.unit.reporting.letters.test_letters import made as made_letters
from tests.unit.reporting.letters.test_letters import pages
from tests.unit.studies.test_rule_costs import MADE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "reports" / "example"
SAMPLE = (ROOT / "criteria" / "community_commissioning", ROOT / "sample_bids" / "community_commissioning")
TEMPLATES = ROOT / "evaluator" / "reporting" / "templates"

Write = Callable[[Path], str]


def run(*words: object) -> None:
    found = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert found.exit_code == 0, found.output


@cache
def letters() -> dict[str, str]:
    return pages(made_letters())


def public(name: str) -> str:
    return next(str(one.content) for one in disclosure(small_outcome.outcome()) if one.name == name)


def bid_page(folder: Path) -> str:
    """Write the page of the first bid, beside the style that all of them share."""
    made = {Path(one.name).name: str(one.content) for one in bid_pages(small_outcome.outcome())}
    (folder / "style.css").write_text(made["style.css"], "utf-8")
    return made["bid-A01.html"]


def left(_: Path) -> str:
    """Write the letter of a bid that was withdrawn."""
    scored = small_outcome.SCORES.themes[0]
    status = ["withdrawn" if bid == "A05" else was for bid, was in zip(scored.bids, scored.status, strict=True)]
    themes = (replace(scored, status=tuple(status)), *small_outcome.SCORES.themes[1:])
    return pages(made_letters(scores=replace(small_outcome.SCORES, themes=themes)))["withdrawn-A05.html"]


def imported(folder: Path) -> str:
    programme = programme_in(folder / "programme")
    import_file(register(folder / "export.xlsx"), "--programme", programme)
    return next((programme / "imports").glob("*.html")).read_text("utf-8")


def example(name: str) -> Write:
    return lambda _: (EXAMPLE / name).read_text("utf-8")


def explained(_: Path) -> str:
    return explanation_html(reopening.explain(again(), "B032"))


def traced(folder: Path, name: str) -> str:
    """Write a page of figures, with the style that all of them share."""
    bids = ROOT / "sample_bids" / "minimal_with_price"
    run("evaluate", ROOT / "criteria" / "minimal_with_price", bids, "--out", folder / "run", "--no-margins")
    run("explain", folder / "run" / "bundle.zip", "--all", "--out", folder / "all")
    (folder / "style.css").write_bytes((folder / "all" / "style.css").read_bytes())
    return (folder / "all" / name).read_text("utf-8")


def note(folder: Path) -> str:
    run("issue", criteria_folder(folder / "criteria"), bids_folder(folder / "bids"), "--out", folder / "out")
    return next((folder / "out").glob("*.html")).read_text("utf-8")


def simulated(folder: Path) -> str:
    run("simulate", ROOT / "criteria" / "minimal_with_price", "--out", folder / "out")
    return (folder / "out" / "simulation.html").read_text("utf-8")


def appendix(folder: Path) -> str:
    published = copytree(ROOT / "criteria" / "community_commissioning", folder / "criteria")
    (published / "seal.json").unlink()
    run("publish", published, "--date", "2026-09-01", "--out", folder / "out")
    return next((folder / "out").glob("*.html")).read_text("utf-8")


def criteria_map(folder: Path) -> str:
    run("criteria", "map", ROOT / "criteria" / "minimal_with_price", "--out", folder / "map.html")
    return (folder / "map.html").read_text("utf-8")


def progress(folder: Path) -> str:
    criteria, bids = criteria_folder(folder / "criteria"), bids_folder(folder / "bids")
    CliRunner().invoke(main, ["progress", str(criteria), str(bids), "--out", str(folder / "progress.html")])
    return (folder / "progress.html").read_text("utf-8")


def reviewed(folder: Path) -> str:
    CliRunner().invoke(main, ["check", str(criteria_folder(folder / "criteria")), "--out", str(folder / "out")])
    return (folder / "out" / "review.html").read_text("utf-8")


def diagnostics(folder: Path) -> str:
    run("moderate", *SAMPLE, "--out", folder / "moderation.xlsx", "--page", folder / "page.html")
    return (folder / "page.html").read_text("utf-8")


def mitigated(folder: Path) -> str:
    run("study", "mitigation", *SAMPLE, "--out", folder / "page.html")
    return (folder / "page.html").read_text("utf-8")


def rules(_: Path) -> str:
    about = Outcome(Run("r", "0"), small_outcome.criteria(), "f", None, ())
    return rules_html(rule_study(MADE, allocate(MADE)), about)


def compared(folder: Path) -> str:
    """Compare the sample with a run of other criteria, so that everything differs."""
    run("evaluate", *SAMPLE, "--out", folder / "sample", "--no-margins")
    run("evaluate", ROOT / "criteria" / "minimal", ROOT / "sample_bids" / "minimal", "--out", folder / "run")
    run("compare", folder / "sample", folder / "run", "--html", folder / "page.html")
    return (folder / "page.html").read_text("utf-8")


def robust(folder: Path) -> str:
    small = (ROOT / "criteria" / "minimal_with_price", ROOT / "sample_bids" / "minimal_with_price")
    run("study", "robustness", *small, "--draws", 20, "--out", folder / "page.html")
    return (folder / "page.html").read_text("utf-8")


VERDICT = {"path": "a.zip", "verdict": "differs", "why": "an output differs", "run": "run-1", "seconds": 2.5}
PAPER = Paper("Sample of marks", "To see them.", (("Run", "run-1"),), ("Two of nine, drawn.",), ())
DRAWN = (Drawn(1, "turn 1", Item("B1 Q1", "t", 0, {"received": "4", "file": "returns/E1.xlsx", "cell": "D4"})),)
ANCHORED = Anchored(
    "Advice", "ADV-1", "A council", "marking", "2026-12-01", "ab" * 32, returns=(("E1.xlsx", "cd" * 32),)
)


def verdicts(_: Path) -> str:
    held = VERDICT | {"path": "b.zip", "verdict": "holds", "why": ""}
    return verdicts_html(verdicts_document("all", [VERDICT, held]), "0", full=False)


def side_by_side(_: Path) -> str:
    return comparison_html(compare(TABLES, 1), dict(FIGURES), "3 programmes", 1, 1, "0")


def working(_: Path) -> str:
    table = ("No.", "Test", "#Here"), (("1", "Round prices", "3"),)
    known = Items("Round prices", "What was seen", *table, ("Note",), (("May be innocent", "A round sum."),), "1 more.")
    return str(paper_page(PAPER, (sample_items(DRAWN), known)).content)


PAGES: dict[str, Write] = {
    "audit/anchor.html": lambda _: str(anchor_sheet(ANCHORED).content),
    "audit/comparison.html": side_by_side,
    "audit/verdicts.html": verdicts,
    "audit/working_paper.html": working,
    "findings.html": lambda _: findings_html(small_outcome.outcome()),
    "equality_restricted.html": lambda _: edition().html,
    "report.html": lambda _: small_outcome.report_html(small_outcome.outcome()),
    "award/bid.html": bid_page,
    "record.html": lambda _: record_html(small_outcome.outcome()),
    "appendix.html": appendix,
    "criteria_map.html": criteria_map,
    "progress.html": progress,
    "equality_impact.html": lambda _: equality_html(small_outcome.outcome()),
    "equality_none.html": lambda _: equality_html(small_outcome.outcome(equality=None)),
    "letters/letter.html": lambda _: letters()["letter-A03.html"],
    "letters/winners.html": lambda _: letters()["winners-advice.html"],
    "letters/index.html": lambda _: letters()["index.html"],
    "letters/left.html": left,
    "letters/refused.html": lambda _: letters()["not-assessed-A05.html"],
    "notice.html": lambda _: str(notice(small_outcome.outcome(), None, NoticeFacts(), Sending())[1].content),
    "disclosure/public.html": lambda _: public("public.html"),
    "disclosure/schedule.html": lambda _: public("index.html"),
    "review.html": reviewed,
    "diagnostics.html": diagnostics,
    "study_margins.html": lambda _: cases_html((), small_outcome.outcome()),
    "explain.html": explained,
    "explain_figures.html": lambda folder: traced(folder, "figure-all-money.html"),
    "explain_index.html": lambda folder: traced(folder, "index.html"),
    "comparison.html": compared,
    "study_robustness.html": robust,
    "note.html": note,
    "import.html": imported,
    "simulation.html": simulated,
    "study_mitigation.html": mitigated,
    "study_rules.html": rules,
}


ELSEWHERE = {"base.html", "reading_pack.html", "site/base.html"}
"""Laid out by others; of a reading pack only Word and PDF leave; the site is looked at in test_public_site.py."""
OF_STAGES = {"award/stage.html", "letters/stage.html", "letters/stage_index.html"}  # in test_stages.py

FIRST = ("findings.html", "report.html", "record.html", "letters/letter.html", "disclosure/public.html")


@pytest.mark.parametrize("template", FIRST)
def test_a_page_that_most_people_see_breaks_no_rule_of_axe(template: str, tmp_path: Path) -> None:
    assert violations(PAGES[template](tmp_path), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("template", [template for template in PAGES if template not in FIRST])
def test_every_other_page_breaks_no_rule_of_axe(template: str, tmp_path: Path) -> None:
    assert violations(PAGES[template](tmp_path), tmp_path) == []


WIDEST = ("report.html", "record.html", "equality_impact.html", "note.html", "audit/working_paper.html")


@pytest.mark.parametrize(
    "template", [*WIDEST, *(pytest.param(one, marks=pytest.mark.slow) for one in PAGES if one not in WIDEST)]
)
def test_nothing_is_wider_than_a_telephone(template: str, chromium: "Browser", tmp_path: Path) -> None:
    copy = tmp_path / "page.html"
    copy.write_text(PAGES[template](tmp_path), "utf-8")
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(copy.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["report.html", "findings.html"])
def test_a_whole_page_of_the_sample_breaks_no_rule_of_axe(name: str, tmp_path: Path) -> None:
    assert violations(example(name)(tmp_path), tmp_path) == []


def test_every_kind_of_page_is_looked_at() -> None:
    written = {path for path in TEMPLATES.rglob("*.html") if "<h1" in path.read_text("utf-8") or extends(path)}
    assert {path.relative_to(TEMPLATES).as_posix() for path in written} - ELSEWHERE - OF_STAGES == set(PAGES)


def extends(path: Path) -> bool:
    return '{% extends "base.html" %}' in path.read_text("utf-8")


def test_a_page_that_breaks_a_rule_is_found_out(tmp_path: Path) -> None:
    page = '<!doctype html><html><head><title>T</title></head><body><img src="x.png"></body></html>'
    found = " ".join(violations(page, tmp_path))
    assert "image-alt" in found
    assert "html-has-lang" in found
