"""The ground of the desk: opened by its token, it shows how far a programme is, with and without script."""

import pytest


def test_the_overview_names_the_next_step_and_keeps_axes_rules(serve, opened, breaks, minimal):
    page = opened(serve(minimal))
    assert page.url.endswith("/p/Warm%20Spaces")
    assert page.get_by_role("heading", level=1).inner_text() == "Warm Spaces"
    assert breaks(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_run_is_followed_to_its_end(serve, opened, breaks, minimal, script):
    page = opened(serve(minimal), script=script)
    page.get_by_role("link", name="Evaluate").first.click()
    page.get_by_role("button", name="Evaluate").click()
    for _ in range(30):
        if page.get_by_text("Finished").count():
            break
        page.wait_for_timeout(500)
        if not script and page.get_by_role("link", name="Check again").count():
            page.get_by_role("link", name="Check again").click()
    assert page.get_by_text("Finished").count() == 1
    assert breaks(page) == []
