"""Every template is given one frozen dataclass, whose fields are just the names that the template uses."""

import pkgutil
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest
from jinja2 import meta, nodes

import evaluator
from evaluator import reporting
from evaluator.records.submissions.progress import Progress
from evaluator.reporting.papers.progress import progress_page
from evaluator.reporting.shared.pages import HeadedPage, Page, environment, render
from evaluator.reporting.site.pages import SitePage
from tests.unit.reporting.small_outcome import outcome

for module in pkgutil.walk_packages(reporting.__path__, f"{reporting.__name__}."):
    import_module(module.name)


def pages_below(kind: type[Page]) -> Iterator[type[Page]]:
    for one in kind.__subclasses__():
        if "template" in vars(one):
            yield one
        yield from pages_below(one)


PAGES = sorted(set(pages_below(Page)), key=lambda page: page.template)


def parsed(template: str) -> Iterator[nodes.Template]:
    """Give a template's tree, and those of the templates that it extends or includes: they share their variables."""
    tree = environment().parse(environment().loader.get_source(environment(), template)[0])
    yield tree
    for other in tree.find_all((nodes.Extends, nodes.Include)):
        yield from parsed(other.template.value)


def names_in(template: str) -> set[str]:
    """Give the variables that a template needs: all that it names, but for macros and what it sets or loops over."""
    trees = list(parsed(template))
    named = set().union(*map(meta.find_undeclared_variables, trees))
    imported = {name for tree in trees for one in tree.find_all(nodes.FromImport) for name in one.names}
    imported |= {one.target for tree in trees for one in tree.find_all(nodes.Import)}
    macros = {one.name for tree in trees for one in tree.find_all(nodes.Macro)}
    return named - imported - macros - set(environment().globals)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.template)
def test_a_page_has_just_the_fields_that_its_template_names(page: type[Page]) -> None:
    assert {field.name for field in fields(page)} == names_in(page.template)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.template)
def test_a_page_is_frozen(page: type[Page]) -> None:
    assert page.__dataclass_params__.frozen


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.template)
def test_a_page_with_the_common_head_says_what_it_is_about(page: type[Page]) -> None:
    extended = [one.template.value for tree in parsed(page.template) for one in tree.find_all(nodes.Extends)]
    head = "site/base.html" if issubclass(page, SitePage) else "base.html"  # a site has its styles in a file
    assert extended == ([head] if issubclass(page, HeadedPage) else [])


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
