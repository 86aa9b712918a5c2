"""Equality in the desk: a page of its own that says who may open it, and nothing of the data anywhere else."""

import re
from collections import Counter

import pytest

from evaluator.files.audit.ledger_file import read_ledger
from tests.desk import award

PAGE = "/p/Rooms/equality"
EACH = 3  # questions that are asked of one page


def test_the_page_says_who_may_open_it_and_offers_the_public_edition(serve, opened, breaks, awarded):
    page = opened(serve(awarded[0]), narrow=True)
    page.goto(page.url.rstrip("/") + "/equality")
    assert (
        page.get_by_text("This page is for whoever keeps the equality monitoring and for those who decide.").count()
        == 1
    )
    assert page.get_by_role("link", name="equality_impact.html").count() == 1
    assert breaks(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Make the restricted edition").click()
    page.locator(".govuk-error-summary").wait_for()
    assert [one.get_attribute("href") for one in page.locator(".govuk-error-summary a").all()] == ["#recipients"]
    assert breaks(page) == []
    page.get_by_role("button", name="Write it down").click()
    page.locator(".govuk-error-summary").wait_for()
    told = [one.get_attribute("href") for one in page.locator(".govuk-error-summary a").all()]
    assert told[:2] == ["#person", "#text"]
    assert breaks(page) == []


@pytest.mark.slow
def test_the_restricted_edition_is_that_of_the_command_and_the_ledger_says_for_whom(serve, awarded, tmp_path):
    root, _ = awarded
    client = serve(root).client()
    begun = client.post(PAGE, f"{PAGE}/restricted", {"recipients": "Cllr R. Example\nA. Head", "date": "2026-12-01"})
    said = client.ended(begun.onward)
    assert award.SECRET not in said
    made = root / "reports" / "equality-restricted"
    names = ("--to", "Cllr R. Example", "--to", "A. Head", "--date", "2026-12-01", "--out", tmp_path / "out")
    award.run("equality", "restricted", root, *names)
    assert {path.name: path.read_bytes() for path in made.iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()
    }
    told = [one.event for one in read_ledger(root / "ledger.jsonl").entries if one.event.kind == "restricted"]
    assert told[0] == told[1], "the command tells the ledger the same"
    assert told[0].subject == "equality evidence for Cllr R. Example; A. Head"
    shown = client.get(PAGE).text
    assert "equality evidence for Cllr R. Example; A. Head" in shown
    link = re.search(r'href="([^"]*of=restricted[^"]*)"', shown)
    assert link
    one = client.get(link[1].replace("&amp;", "&"))
    assert one.headers["Content-Disposition"].startswith("attachment")
    assert one.headers["Cache-Control"] == "no-store"
    assert client.get(f"{PAGE}/file?of=public&name=equality.zip").status == 404
    assert client.get(f"{PAGE}/file?of=restricted&name=../../ledger.jsonl").status == 404


@pytest.mark.slow
def test_what_was_considered_is_written_down_as_the_command_does(serve, awarded):
    root, _ = awarded
    client = serve(root).client()
    assert "Nobody has written down yet" in client.get(PAGE).text
    said = {"person": "R. Example, director", "considered_on": "02/12/2026", "text": "Read by the panel."}
    client.ended(client.post(PAGE, f"{PAGE}/consider", said).onward)
    written = (root / "bids" / "equality" / "consideration.toml").read_bytes()
    assert "Considered by R. Example, director, on 2 December 2026. No run tells of it yet" in client.get(PAGE).text
    (root / "bids" / "equality" / "consideration.toml").unlink()
    words = ("--person", "R. Example, director", "--date", "2026-12-02", "--text", "Read by the panel.")
    award.run("equality", "consider", root, *words)
    assert (root / "bids" / "equality" / "consideration.toml").read_bytes() == written
    award.evaluated(root)
    assert "It stands for the newest run." in client.get(PAGE).text
    kinds = [one.event.kind for one in read_ledger(root / "ledger.jsonl").entries]
    assert kinds.count("consideration") == 1


def test_nothing_of_the_monitoring_is_on_any_other_page(serve, awarded):
    """Every page that links lead to, but that of equality: no reply, no question of the monitoring, no figure of it."""
    client = serve(awarded[0]).client()
    seen: dict[str, str] = {}
    waiting, times = ["/p/Rooms"], Counter[str]()
    while waiting:
        at = waiting.pop()
        path = at.partition("?")[0]
        if at in seen or at.startswith(PAGE) or times[path] == EACH:
            continue
        times[path] += 1
        said = client.get(at)
        page = said.status == 200 and "attachment" not in (said.headers["Content-Disposition"] or "")
        seen[at] = said.text if page else ""
        waiting += [one.replace("&amp;", "&") for one in re.findall(r'href="(/p/Rooms[^"#]*)', seen[at])]
    assert len(seen) > 25
    for at, text in seen.items():
        if "/criteria/part?file=programme.toml&path=equality" in at:
            continue  # what was published: the questions, and what could be replied
        assert award.SECRET not in text, at
        assert "equality_impact" not in text, at
        assert "Led by" not in text, at
        assert not any(mark in text for mark in award.MARKUP), at
        if text:
            assert text.count("<h1") == 1, at
            assert re.search(r"<title>.+ – Rooms – Bid evaluator</title>", text), at
