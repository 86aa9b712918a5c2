"""Fixtures of the desk's tests: a browser, and pages in it that are let in, with and without script."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from tests import axe
from tests.desk import award
from tests.desk.served import ROOT, Served, patience, served, served_here

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

Opening = Callable[..., "Page"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


LOOK = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  const told = found.violations.map(one => `${one.id} (${one.nodes.length}): ${one.nodes[0].html.slice(0, 200)}`);
  return [found.passes.length, told];
}"""


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Run desks on folders in this process, each of which ends with the test."""
    numbers = count()
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(served_here(folder, tmp_path / f"staging-{next(numbers)}"))


@pytest.fixture
def serve_apart(tmp_path: Path) -> Iterator[Callable[[Path], Served]]:
    """Run desks on folders by the command, in processes of their own."""
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(served(folder, tmp_path / "state"))


@pytest.fixture
def opened(chromium: "Browser") -> Iterator[Opening]:
    """Open a desk in a browser of its own: ``opened(desk)``, with ``script=False`` or ``narrow=True``."""
    contexts = []

    def page(desk: Served, *, script: bool = True, narrow: bool = False) -> "Page":
        context = chromium.new_context(
            java_script_enabled=script, viewport=NARROW if narrow else WIDE, bypass_csp=False, accept_downloads=True
        )
        context.set_default_timeout(1_000 * patience())
        contexts.append(context)
        made = context.new_page()
        made.goto(desk.opened)
        return made

    yield page
    for context in contexts:
        context.close()


@pytest.fixture
def breaks(chromium: "Browser") -> Iterator[Callable[["Page"], list[str]]]:
    """List which of axe's rules a page breaks as it is now: ``assert breaks(page) == []``."""
    copies: dict[Page, tuple[Page, dict[str, str]]] = {}

    def copy_of(page: "Page") -> "tuple[Page, dict[str, str]]":
        """Open a second page that may be looked into, and is answered with the first as it is now."""
        context = chromium.new_context(
            bypass_csp=True, storage_state=page.context.storage_state(), viewport=page.viewport_size
        )
        context.set_default_timeout(1_000 * patience())
        copy, now = context.new_page(), dict[str, str]()

        def answer(route: "Route") -> None:
            content = now.get(route.request.url)
            if content is None:  # what belongs to it comes from the desk
                route.continue_()
            else:
                route.fulfill(body=content, content_type="text/html")

        copy.route("**/*", answer)
        return copy, now

    def found(page: "Page") -> list[str]:
        copy, now = copies[page] = copies.get(page) or copy_of(page)
        now.clear()
        now[page.url] = page.content()
        copy.goto("about:blank")
        copy.goto(page.url)
        copy.add_script_tag(content=axe.rules())
        told = copy.evaluate(LOOK)
        assert told[0] > 3, "axe looked at nothing"
        return list(told[1])

    yield found
    for copy, _ in copies.values():
        copy.context.close()


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """A small programme's folder: sealed criteria, bids, panel and marks."""
    root = tmp_path / "Warm Spaces"
    copytree(ROOT / "criteria" / "minimal", root / "criteria")
    copytree(ROOT / "sample_bids" / "minimal", root / "bids")
    return root


@pytest.fixture(scope="session")
def undecided_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme with hostile words on which one matter waits for a decision; not to be changed."""
    return award.programme(tmp_path_factory.mktemp("undecided") / "Rooms")


@pytest.fixture(scope="session")
def awarded_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The same once it is decided and evaluated, with the name of its run; not to be changed."""
    root = award.programme(tmp_path_factory.mktemp("awarded") / "Rooms")
    award.decided(root)
    return root, award.evaluated(root)


@pytest.fixture
def undecided(undecided_once: Path, tmp_path: Path) -> Path:
    """A programme with hostile words on which one matter waits for a decision."""
    return Path(copytree(undecided_once, tmp_path / "Rooms"))


@pytest.fixture
def awarded(awarded_once: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """The same once it is decided and evaluated, with the name of its run."""
    return Path(copytree(awarded_once[0], tmp_path / "Rooms")), awarded_once[1]
