"""Every template is given one frozen dataclass, whose fields are just the names that the template uses."""

import pkgutil
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest
from jinja2 import meta

import evaluator
from evaluator import reporting
from evaluator.records.submissions.progress import Progress
from evaluator.reporting.papers.progress import progress_page
from evaluator.reporting.shared.pages import HeadedPage, Page, environment, render
from evaluator.reporting.site.pages import SitePage
from tests.templates import extended, names_in, pages_below
from tests.unit.reporting.small_outcome import outcome

for module in pkgutil.walk_packages(reporting.__path__, f"{reporting.__name__}."):
    import_module(module.name)


PAGES = pages_below(Page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.template)
def test_a_page_has_just_the_fields_that_its_template_names(page: type[Page]) -> None:
    assert {field.name for field in fields(page)} == names_in(environment(), page.template)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.template)
def test_a_page_is_frozen(page: type[Page]) -> None:
    assert page.__dataclass_params__.frozen


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.template)
def test_a_page_with_the_common_head_says_what_it_is_about(page: type[Page]) -> None:
    head = "site/base.html" if issubclass(page, SitePage) else "base.html"  # a site has its styles in a file
    assert extended(environment(), page.template) == ([head] if issubclass(page, HeadedPage) else [])


def test_every_template_is_a_page_or_a_part_of_one() -> None:
    templates = [name for name in environment().list_templates() if name.endswith(".html")]
    trees = [environment().parse(environment().loader.get_source(environment(), name)[0]) for name in templates]
    parts = {name for tree in trees for name in meta.find_referenced_templates(tree)}
    assert sorted(set(templates) - parts) == [page.template for page in PAGES]


def test_no_template_is_written_but_from_a_page() -> None:
    """One file alone, and one of the desk, asks for a template by name, and what it takes is a page."""
    sources = Path(evaluator.__file__).parent.rglob("*.py")
    asking = sorted(path.name for path in sources if "get_template(" in path.read_text(encoding="utf-8"))
    assert asking == ["page.py", "pages.py"]
    assert get_type_hints(render) == {"page": Page, "return": str}


def test_a_page_of_no_run_names_the_criteria_and_no_run_at_its_foot() -> None:
    criteria = outcome().criteria
    foot = progress_page(criteria, Progress((), ()), ()).split("<footer>")[1]
    assert f"<p>Criteria {criteria.reference}, version {criteria.version}.</p>" in foot
    assert "About this document" not in foot
    assert "evaluator" not in foot
