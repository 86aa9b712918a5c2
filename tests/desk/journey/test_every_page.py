"""Links lead to pages that are whole, none is broken, and each form that is sent empty is answered by a page."""

from shutil import copy

import pytest

from evaluator.desk.pages.order import ROUTES
from tests.desk.journey.pages_found import Walk


@pytest.mark.parametrize("sends", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["read", "sent"])
def test_no_link_is_broken_and_every_page_is_whole(serve, awarded, sends):
    root, _ = awarded
    for folder in (root, root.parent):
        walk = Walk(serve(folder).client(), ROUTES, sends=sends)
        walk.over("/")
        assert walk.wrong == []
        assert len(walk.reached) > 40
        assert ("GET", "/p/{programme}/results/runs/{run}/exceptions") in walk.reached


@pytest.mark.parametrize("sends", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["read", "sent"])
def test_an_auditor_finds_no_broken_link_either(serve, awarded, tmp_path, sends):
    root, run = awarded
    (tmp_path / "to audit").mkdir()
    bundle = copy(root / "reports" / run / "bundle.zip", tmp_path / "to audit" / "bundle.zip")
    walk = Walk(serve(bundle).client(), ROUTES, sends=sends)
    walk.over("/")
    assert walk.wrong == []
    assert len(walk.reached) > 8
    assert ("GET", "/bundle/exceptions") in walk.reached
