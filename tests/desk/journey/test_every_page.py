"""Links lead to every page of the desk, each page is whole, and each form that is sent empty is answered by a page."""

from shutil import copy

import pytest

from evaluator.desk.pages import ROUTES
from tests.desk.journey.pages_found import Walk

WITHOUT_A_LINK = {  # by script alone, while work runs, or with a file that waits
    ("GET", "/p/{programme}/moderation/second/facts"),
    ("GET", "/p/{programme}/work/{number}"),
    ("GET", "/p/{programme}/work/{number}/facts"),
    ("POST", "/p/{programme}/work/{number}/stop"),
    ("GET", "/bundle/work/{number}"),
    ("GET", "/bundle/work/{number}/facts"),
    ("POST", "/bundle/work/{number}/stop"),
    ("POST", "/p/{programme}/inbox/file/{number}"),
    ("POST", "/p/{programme}/inbox/away/{number}"),
    ("POST", "/p/{programme}/imports/{number}/{at}"),
}


@pytest.mark.parametrize("sends", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["read", "sent"])
def test_links_lead_to_every_page_and_none_is_broken(serve, awarded, tmp_path, sends):
    root, run = awarded
    walk = Walk(serve(root).client(), ROUTES, sends=sends)
    walk.over("/")
    bundle = tmp_path / "to audit" / "bundle.zip"
    bundle.parent.mkdir()
    copy(root / "reports" / run / "bundle.zip", bundle)
    audit = Walk(serve(bundle).client(), ROUTES, sends=sends)
    audit.over("/")
    folder = Walk(serve(tmp_path).client(), ROUTES, sends=sends)
    folder.over("/")
    assert walk.wrong + audit.wrong + folder.wrong == []
    every = {(one.method, one.path) for one in ROUTES}
    missing = every - {*walk.reached, *audit.reached, *folder.reached} - WITHOUT_A_LINK
    assert sorted(missing) == []
