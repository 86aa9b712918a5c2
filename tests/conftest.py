"""Settings for all tests, and the run of the sample that many of them look at and one process makes."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import settings

from tests import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from evaluator.jobs.finished import from_bundle as reopening

settings.register_profile("house", derandomize=True, deadline=None)  # the same examples on every machine, however slow
settings.load_profile("house")


LONGEST_WAIT = 600  # seconds
collect_ignore = ["reference"]  # data, and a program that runs with packages of its own


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="make the run of the sample the golden copy")


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the tests an account's own folder that is theirs: what is kept there belongs to whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        home = str(tmp_path_factory.mktemp("state"))
        patch.setenv("XDG_STATE_HOME", home)
        patch.setenv("LOCALAPPDATA", home)
        yield


class SampleRun(NamedTuple):
    """A finished run of the sample: its folder, and what the command said."""

    folder: Path
    said: str


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> SampleRun:
    """Run the demo without what would have changed each decision of 130 bids, which takes half a minute."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sample"
    folder, said, failed = home / "run", home / "said.txt", home / "failed"
    try:
        home.mkdir()  # the first process to come makes it; the others wait for what it lands
    except FileExistsError:
        until = time.monotonic() + LONGEST_WAIT
        while not said.exists():
            assert not failed.exists(), "the sample's run failed in the process that makes it"
            assert time.monotonic() < until, "the process that makes the sample's run has not ended"
            time.sleep(0.2)
    else:
        try:
            text = run_demo(folder)
        except BaseException:
            failed.touch()
            raise
        (home / "saying.txt").write_text(text, "utf-8")
        (home / "saying.txt").rename(said)
    return SampleRun(folder, said.read_text("utf-8"))


def run_demo(folder: Path) -> str:
    """Run the demo into a folder and give what it says."""
    from evaluator.cli import main

    found = CliRunner().invoke(main, ["demo", "--out", str(folder), "--no-margins"], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.stdout


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Debian's Chromium, driven by Playwright, of which a process can have but one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=axe.browser(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def bundle(sample_run: SampleRun) -> Path:
    """The bundle of the sample's run."""
    return sample_run.folder / "bundle.zip"


@pytest.fixture(scope="session")
def reopened(bundle: Path) -> "reopening.Reopened":
    """Work the sample's bundle out again, as far as the awards."""
    from evaluator.jobs.finished import from_bundle as reopening

    return reopening.reopen(bundle.read_bytes(), lambda _: None)
