"""The documents name every key, method, column and kind of rule that the code takes, and their links lead somewhere."""

import re
from pathlib import Path
from typing import get_args

import pytest

from evaluator.files.read.tables import layouts
from evaluator.records.programme import allocation_policy, rules
from evaluator.records.programme import criteria as nouns
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.published import Published
from tests.unit.publication.small_criteria import small

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("decisions/*.md")])
PUT_TOGETHER = {"common", "themes", "question", "characteristic", "rule", "mark"}  # shown as [[…]] or explained as such


def text(name):
    return (ROOT / "docs" / name).read_text("utf-8")


def models():
    found = {
        name: one
        for module in (nouns, rules, allocation_policy)
        for name, one in vars(module).items()
        if isinstance(one, type)
    }
    return [one for _, one in sorted(found.items()) if issubclass(one, Published)]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_key_of_the_criteria_is_described(model):
    described = text("criteria.md") + text("allocation.md")
    keys = {field.alias or name for name, field in model.model_fields.items()} - {"sha256", "date"}
    missing = {key for key in keys - PUT_TOGETHER if not re.search(rf"[`.\[]{key}[`\]=]", described)}
    assert not missing


@pytest.mark.parametrize("name", METHODS)
def test_every_price_method_is_described_with_its_parameters(name):
    (row,) = [line for line in text("criteria.md").splitlines() if line.startswith(f"| `{name}` |")]
    assert all(f"`{parameter}`" in row for parameter in METHODS[name].parameters)
    assert row.endswith("| yes |" if METHODS[name].depends_on_other_bids else "| no |")


def test_every_kind_of_rule_and_every_objective_is_described():
    described = text("allocation.md")
    kinds = {
        kind
        for model in models()
        if model.__module__ == rules.__name__ and "kind" in model.model_fields
        for kind in _kind(model)
    }
    assert all(f"| `{kind}` |" in described for kind in kinds)
    assert all(f"`{objective}`" in described for objective in get_args(allocation_policy.Objective))


def _kind(model):
    return get_args(model.model_fields["kind"].annotation)


def test_every_column_is_described_with_its_heading():
    described = text("bids.md")
    tables = (layouts.MARKS, layouts.CONSENSUS, layouts.PANEL, layouts.INTERESTS, layouts.DECISIONS)
    columns = [column for table in tables for column in table.columns]
    columns += [column for column in layouts.register(small()).columns if ":" not in column.key]
    assert [c.key for c in columns if f"| `{c.key}` | {c.heading} |" not in described] == []


def test_every_command_is_described():
    from evaluator.cli import main

    described = text("outputs.md")
    assert [name for name in sorted(main.commands) if f"`evaluator {name} " not in described] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_every_link_leads_somewhere(page):
    words = page.read_text("utf-8")
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in words.splitlines()
        if line.startswith("#")
    }
    for link in re.findall(r"\]\(([^)]+)\)", words):
        if link.startswith("#"):
            assert link[1:] in headings, link
        elif not link.startswith("http"):
            assert (page.parent / link.split("#")[0]).exists(), link
