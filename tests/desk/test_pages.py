"""The desk's pages are built alike: one frozen dataclass for each template, no script or style in it, a route each."""

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest
from jinja2 import meta

from evaluator.desk.page import Page, environment
from evaluator.desk.pages.order import PAGES, ROUTES
from evaluator.desk.refusal import Refusal
from evaluator.desk.remedies import HERE
from evaluator.records.findings import CATALOGUE, finding
from evaluator.records.findings.finding import Source
from tests.desk.served import ROOT
from tests.templates import extended, names_in, pages_below

TEMPLATES = ROOT / "evaluator" / "desk" / "templates"
STATIC = ROOT / "evaluator" / "desk" / "static"
STYLE = ROOT / "docs" / "desk_style"
COMMON = {"shell"}
PARTS = {"layout.html", "forms.html", "parts.html"}
PARAMETER = re.compile(r"\{(\w+)\}")


EVERY = pages_below(Page)


@pytest.mark.parametrize("page", EVERY, ids=lambda page: page.template)
def test_a_page_has_just_the_fields_that_its_template_names(page: type[Page]) -> None:
    assert {field.name for field in fields(page)} == names_in(environment(), page.template) - COMMON


@pytest.mark.parametrize("page", EVERY, ids=lambda page: page.template)
def test_a_page_is_frozen_and_stands_in_the_layout(page: type[Page]) -> None:
    assert page.__dataclass_params__.frozen
    assert extended(environment(), page.template) == ["layout.html"]


def test_every_template_is_a_page_or_a_part_of_one() -> None:
    here = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    used = {name for one in here for name in referenced(one)}
    assert here - used == {page.template for page in EVERY}
    assert Refusal in EVERY


def referenced(template: str) -> set[str]:
    source = environment().loader.get_source(environment(), template)[0]
    return {name for name in meta.find_referenced_templates(environment().parse(source)) if name}


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_holds_what_the_policy_would_block(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)", text)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text)
    if path.name not in PARTS:
        assert "<form" not in text, "forms.open puts the token into the address"
        assert "<h1" not in text, "the layout writes the title as the heading"
        assert "|safe" not in text


def test_every_address_is_answered_once_and_names_its_parts() -> None:
    told = [(one.method, one.path) for one in ROUTES]
    assert len(told) == len(set(told))
    for route in ROUTES:
        assert len(PARAMETER.findall(route.path)) == len(set(PARAMETER.findall(route.path)))
        assert route.method == "GET" or route.handler.__doc__


def test_every_place_in_the_navigation_is_an_address() -> None:
    places = [page.PLACE for page in PAGES if page.PLACE is not None]
    shown = {one.path for one in ROUTES if one.method == "GET"}
    for words, at in places:
        assert f"/p/{{programme}}{f'/{at}' if at else ''}" in shown, words
    assert len({words for words, _ in places}) == len(places)


def test_what_is_done_at_the_desk_is_told_of_findings_that_there_are_and_without_commands() -> None:
    assert set(HERE) <= set(CATALOGUE)
    for code, words in HERE.items():
        assert not re.search(r"--|evaluator [a-z]|docs/|command", words), code


def test_what_to_do_about_findings_that_are_mended_alike_is_said_once_with_the_place_of_each() -> None:
    facts = {"question": "C1", "figure": "£12,000", "what": "for 2027-28"}
    found = [finding("E-PACK-001", Source("answers.csv", row=row), bid=f"B{row:03}", **facts) for row in range(1, 41)]
    one = finding("E-CRIT-301", Source("programme.toml"), gate="G1")
    html = environment().get_template("parts.html").module.findings([*found[:9], one, *found[9:]])
    assert html.count(HERE["E-PACK-001"].partition(".")[0]) == 1
    assert all(f"The answer of B{row:03} to C1" in html and str(found[row - 1].source) in html for row in range(1, 41))
    assert html.count("<li ") == 2
    assert html.index(found[0].code) < html.index(one.message)


def test_what_is_served_is_small_and_asks_for_nothing_from_elsewhere() -> None:
    files = [path for path in STATIC.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 250_000
    for path in files:
        elsewhere = {".css": r"url\(|@import|@font-face", ".js": r"https?:|import\b|eval\(|innerHTML"}.get(path.suffix)
        assert not elsewhere or not re.search(elsewhere, path.read_text("utf-8")), path.name


def test_the_style_is_made_of_pinned_packages_and_says_whose() -> None:
    wanted = json.loads((STYLE / "package.json").read_text("utf-8"))["devDependencies"]
    locked = json.loads((STYLE / "package-lock.json").read_text("utf-8"))["packages"]
    assert all(one.get("integrity", "").startswith("sha512-") for name, one in locked.items() if name)
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    licence = (STATIC / "LICENSE-govuk-frontend.txt").read_text("utf-8")
    assert f"GOV.UK Frontend {wanted['govuk-frontend']}" in licence
