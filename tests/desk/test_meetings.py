"""Who met to agree marks, and when: asked for at its fields, kept by the ledger, and never written over."""

from evaluator.files.audit.ledger_file import read_ledger

AT = "/p/Rooms/moderation/meetings"


def meetings(root):
    entries = read_ledger(root / "ledger.jsonl").entries
    return [(one.event.subject, one.event.after, one.event.reason) for one in entries if one.event.kind == "meeting"]


def test_a_meeting_is_written_into_the_ledger_and_shown_from_it(serve, opened, breaks, undecided):
    page = opened(serve(undecided))
    page.goto(page.url.rstrip("/") + "/moderation")
    page.get_by_role("link", name="Write down who met, and when").click()
    assert breaks(page) == []
    page.get_by_role("button", name="Write it into the ledger").click()
    assert page.title().startswith("Error: ")
    assert breaks(page) == []
    page.get_by_role("link", name="Name everybody who was there").click()
    assert page.evaluate("document.activeElement.id") == "people"
    page.keyboard.type("A. Head, chair\nE01")
    page.get_by_label("Day of the meeting").fill("12/10/2026")
    page.get_by_role("button", name="Write it into the ledger").click()
    page.get_by_role("row", name="12 October 2026 A. Head, chair, E01").wait_for()
    assert breaks(page) == []
    assert [one[1:] for one in meetings(undecided)] == [("2026-10-12", "A. Head, chair, E01")]


def test_a_later_meeting_stands_beside_the_earlier_one(serve, undecided):
    client = serve(undecided).client()
    for day in ("2026-10-12", "2026-10-14"):
        assert client.post(AT, AT, {"people": "A. Head", "date": day, "panel": ""}).status == 303
    assert client.post(AT, AT, {"people": "A. Head", "date": "2026-10-15", "panel": "no such theme"}).status == 422
    assert [one[1] for one in meetings(undecided)] == ["2026-10-12", "2026-10-14"]
