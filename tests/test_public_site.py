"""The public site in a real browser: search, filters, without script, from a folder, under a path, and the check."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from playwright.sync_api import Browser, Page

from evaluator.files.audit.run_folder import land
from evaluator.files.read.pyodide import pyodide_from_npm
from evaluator.jobs.finished import from_bundle as reopening
from evaluator.jobs.finished.release import public_site
from evaluator.reporting.site import SiteFacts
from tests.axe import rules

FACTS = SiteFacts("2027-06-10")
PAGES = ("index.html", "money.html", "rules.html", "ask.html", "check.html")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A council's web server: files and nothing else."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def folder(reopened: reopening.Reopened, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("web")
    land(public_site(reopened, FACTS, {}), home / "council" / "awards")
    return home


def served(home: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(home))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/council/awards/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    yield from served(folder)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    made = chromium.new_page(viewport={"width": 1280, "height": 900})
    troubles: list[str] = []
    made.on("pageerror", lambda error: troubles.append(str(error)))
    made.on("requestfailed", lambda request: troubles.append(request.url))
    yield made
    made.close()
    assert troubles == []


def test_search_and_filters_narrow_the_list_and_can_be_linked_to(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}index.html")
    assert page.inner_text("#shown").startswith("58 of 58 awards")
    page.select_option("#theme", label="Advice and Information")
    kept = page.locator(".awards > li:visible").count()
    assert page.inner_text("#shown").startswith(f"{kept} of 58 awards")
    assert 0 < kept < 58
    page.fill("#words", "BLUESLIP")
    assert page.locator(".awards > li:visible").count() == 1
    linked = page.url
    page.goto("about:blank")
    page.goto(linked)
    assert page.locator(".awards > li:visible").count() == 1
    page.click("button[type=reset]")
    page.wait_for_function("document.querySelectorAll('.awards > li:not([hidden])').length === 58")
    assert all(one.startswith((address, "data:")) for one in asked)


def test_without_script_the_whole_list_stands_there_and_no_filter(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}index.html")
    assert page.locator(".awards > li:visible").count() == 58
    assert not page.is_visible("#filters")
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_runs_off_the_side_or_asks_elsewhere(chromium: Browser, folder: Path, name: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "council" / "awards" / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(one.startswith(("file:", "data:")) for one in asked)
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(chromium: Browser, address: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    for name in (*PAGES, "awards/award-B031.html"):
        page.goto(f"{address}{name}")
        page.evaluate(rules())
        found = page.evaluate("async () => await axe.run(document, {resultTypes: ['violations']})")
        assert len(found["passes"]) > 3
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == [], name
    page.close()


@pytest.mark.slow
def test_the_check_page_agrees_with_what_is_right_and_not_with_what_was_changed(
    page: Page, reopened: reopening.Reopened, bundle: Path, tmp_path: Path
) -> None:
    home = tmp_path / "web" / "council" / "awards"
    land(public_site(reopened, FACTS, pyodide_from_npm()), home)
    spoilt(bundle, tmp_path / "spoilt.zip")
    for address in served(tmp_path / "web"):
        page.goto(f"{address}check.html")
        page.click("#run-own")
        assert told(page).startswith("Checked: it agrees.")
        page.set_input_files("#file", bundle)
        assert told(page).startswith("Checked: it agrees.")
        assert "130 bids" in page.inner_text("#result")
        page.set_input_files("#file", tmp_path / "spoilt.zip")
        assert "does not agree" in told(page) or "could not be checked" in page.inner_text("#result")
        data = home / "data" / "awards.json"
        data.write_text(data.read_text("utf-8").replace('"pence": 34940000', '"pence": 34940001'), encoding="utf-8")
        page.click("#run-own")
        assert "does not agree" in told(page)
        assert "do not add up" in page.inner_text("#result")


def spoilt(bundle: Path, copy: Path) -> None:
    """Write a bundle again with another word for what the run came to."""
    with ZipFile(bundle) as held, ZipFile(copy, "w", ZIP_DEFLATED) as written:
        for member in held.infolist():
            content = held.read(member)
            changed = content.replace(b'"status":"award_recommended"', b'"status":"Award_recommended"')
            assert (changed != content) == (member.filename == "outputs/outcome.json")
            written.writestr(member, changed)


def told(page: Page) -> str:
    """Wait until the check under way has ended, and give what it came to."""
    page.wait_for_function("document.getElementById('run-own').disabled", timeout=5_000)
    page.wait_for_function("!document.getElementById('run-own').disabled", timeout=180_000)
    return page.inner_text("#progress")
