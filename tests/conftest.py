"""Settings for all tests, and the run of the sample that many of them look at and one process makes."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import settings

if TYPE_CHECKING:
    from evaluator import jobs

settings.register_profile("house", derandomize=True, deadline=None)  # the same examples on every machine, however slow
settings.load_profile("house")


ROOT = Path(__file__).resolve().parent.parent
SHARED = {"sample_run", "reopened"}  # what takes seconds to make


class SampleRun(NamedTuple):
    """A finished run of the sample: its folder, and what the command said."""

    folder: Path
    said: str


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> SampleRun:
    """Run the demo without what would have changed each decision of 130 bids, which takes half a minute."""
    from evaluator.cli import main

    folder = tmp_path_factory.mktemp("sample") / "run"
    found = CliRunner().invoke(main, ["demo", "--out", str(folder), "--no-margins"], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return SampleRun(folder, found.stdout)


@pytest.fixture(scope="session")
def reopened() -> "jobs.Reopened":
    """Work the example's bundle out again, as far as the awards."""
    from evaluator import jobs

    return jobs.reopen((ROOT / "reports" / "example" / "bundle.zip").read_bytes(), lambda _: None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that look at one of these in one process, so that it is made once."""
    for item in items:
        for shared in SHARED & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(shared))
