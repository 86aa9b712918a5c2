"""Decisions and events in the desk: only the outcomes there are, errors at their fields, and nobody overwritten."""

import re

import pytest

from evaluator.files.audit.ledger_file import read_ledger
from tests.desk.award import MARKUP

ONE = "/p/Rooms/decisions/one"
MATTER = {"bid": "B3", "matter": "failed_gate", "subject": "insurance"}
ASKED = f"{ONE}?bid=B3&matter=failed_gate&subject=insurance"
SAID = MATTER | {
    "decision": "not_met",
    "reason": "It let its cover lapse.",
    "ground": "ITT 5",
    "person": "A. Head",
    "date": "20/10/2026",
    "heard": "Asked on 3 October; it had none.",
}
VERSION = re.compile(r'name="version" value="([^"]*)"')


@pytest.mark.parametrize("script", [True, False])
def test_a_matter_is_decided_from_the_list_to_what_the_disk_says(serve, opened, breaks, undecided, script):
    page = opened(serve(undecided), script=script)
    page.goto(page.url.rstrip("/") + "/decisions")
    assert page.get_by_text("1 matter waits for a named person.").count() == 1
    assert breaks(page) == []
    page.get_by_role("link", name=re.compile("Condition: Insurance")).click()
    assert [one.get_attribute("value") for one in page.get_by_role("radio").all()] == [
        "met",
        "not_met",
        "register_wrong",
    ]
    assert breaks(page) == []
    page.get_by_role("radio", name="The condition is not met").check()
    page.get_by_role("button", name="Record the decision").click()
    page.locator(".govuk-error-summary").wait_for()
    assert page.title().startswith("Error: ")
    assert breaks(page) == []
    if script:
        assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name=re.compile("has no reason")).click()
    assert page.evaluate("document.activeElement.id") == "reason" if script else page.url.endswith("#reason")
    assert page.get_by_role("radio", name="The condition is not met").is_checked(), "what was chosen stays"
    for field, text in (
        ("Reason", SAID["reason"]),
        ("Ground", "ITT 5"),
        ("Decided by", "A. Head"),
        ("Date", "20/10/2026"),
    ):
        page.get_by_label(field, exact=True).fill(text)
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_text("of the ledger, and in bids/").wait_for()
    entry = read_ledger(undecided / "ledger.jsonl").entries[-1]
    assert page.get_by_text(f"Recorded as entry {entry.number} of the ledger").count() == 1
    assert page.locator("dd", has_text="It let its cover lapse.").count() == 1
    assert breaks(page) == []
    page.get_by_role("link", name="All decisions").click()
    page.get_by_text("Nothing waits.").wait_for()
    assert breaks(page) == []


@pytest.mark.slow
def test_it_can_be_decided_by_keyboard_alone(serve, opened, undecided):
    page = opened(serve(undecided))
    page.goto(page.url.rstrip("/") + ASKED.removeprefix("/p/Rooms"))
    page.locator("#decision").focus()
    page.keyboard.press("ArrowDown")
    for text in ("It let its cover lapse.", "ITT 5", "A. Head", "2026-10-20"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    while page.evaluate("document.activeElement.type") != "submit":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("dd", has_text="A. Head").wait_for()


def test_two_officers_who_decide_on_one_matter_see_both_and_neither_is_lost(serve, undecided):
    desk = serve(undecided)
    one, two = desk.client(), desk.client()
    first = VERSION.search(one.get(ASKED).text)[1]
    assert one.post(ASKED, ONE, SAID | {"version": first}).status == 303
    met = SAID | {"version": first, "decision": "met", "reason": "It showed its cover."}
    late = two.post(f"{ASKED}&change=yes", ONE, met)
    assert late.status == 409
    assert "Somebody else has changed this" in late.text
    assert "It let its cover lapse." in late.text
    assert "It showed its cover." in late.text
    assert [one.event.kind for one in read_ledger(undecided / "ledger.jsonl").entries].count("decision") == 1
    again = VERSION.search(late.text)[1]
    assert again != first
    assert two.post(f"{ASKED}&change=yes", ONE, met | {"version": again, "evidence": "Policy 7"}).status == 303
    events = [one.event for one in read_ledger(undecided / "ledger.jsonl").entries if one.event.kind == "decision"]
    assert [(event.before.split(";")[0], event.after.split(";")[0]) for event in events] == [
        ("", "decision: not_met"),
        ("decision: not_met", "decision: met"),
    ]


def test_an_outcome_that_its_matter_does_not_have_is_refused(serve, undecided):
    client = serve(undecided).client()
    version = VERSION.search(client.get(ASKED).text)[1]
    said = client.post(ASKED, ONE, SAID | {"version": version, "decision": "admit"})
    assert said.status == 422
    assert 'href="#decision"' in said.text
    assert not (undecided / "bids" / "decisions.xlsx").exists()


def test_an_event_is_recorded_and_undone_and_both_stay_in_view(serve, opened, breaks, undecided):
    page = opened(serve(undecided), narrow=True)
    page.goto(page.url.rstrip("/") + "/decisions/events")
    assert breaks(page) == []
    page.get_by_role("link", name="A bid was withdrawn").click()
    page.get_by_role("button", name="Record it").click()
    page.locator(".govuk-error-summary").wait_for()
    assert page.title().startswith("Error: ")
    assert breaks(page) == []
    page.get_by_label("Bid", exact=True).select_option("B4")
    page.get_by_label("Who withdrew it").fill("The secretary of Copperlock")
    page.get_by_label("Reason").fill("It lost its hall.")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="W1 withdrawal: B4").wait_for()
    page.get_by_role("link", name="Undo it W1").click()
    page.get_by_label("Reason").fill("It was another bid.")
    page.get_by_role("button", name="Record it").click()
    page.get_by_text("undone", exact=True).wait_for()
    assert breaks(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    kinds = [one.event.subject for one in read_ledger(undecided / "ledger.jsonl").entries if one.event.kind == "event"]
    assert kinds == ["withdrawal W1 B4", "event undone W1"]


def test_a_word_that_is_hostile_is_only_ever_shown(serve, undecided):
    client = serve(undecided).client()
    version = VERSION.search(client.get(ASKED).text)[1]
    hostile = SAID | {"version": version, "reason": MARKUP[0] + "(1)</script>", "person": '"><svg onload=alert(1)>'}
    wrong = client.post(ASKED, ONE, hostile | {"date": MARKUP[1]})
    assert wrong.status == 422
    assert client.post(ASKED, ONE, hostile).status == 303
    for text in (wrong.text, client.get(ASKED).text, client.get("/p/Rooms/decisions").text):
        assert not any(mark in text for mark in MARKUP)


def test_a_form_that_says_nothing_records_nothing(serve, undecided):
    before = (undecided / "ledger.jsonl").read_bytes()
    said = serve(undecided).client().post(ASKED, ONE, MATTER | {"version": ""})
    assert said.status == 422
    assert "has no reason" in said.text
    assert (undecided / "ledger.jsonl").read_bytes() == before
    assert not (undecided / "bids" / "decisions.xlsx").exists()


CHOICES = """
[amounts]
panel = true
round_to = "100"
source = "Invented."

[final_choice]
who = "The panel."
when = "After the ranks."
source = "Invented."

[[final_choice.ground]]
id = "spread"
text = "Every ward has something."
"""
CHOSEN = {
    "bid": "B2",
    "matter": "final_choice",
    "subject": "",
    "decision": "fund",
    "sum": "",
    "reason": "Nothing else reaches the east.",
    "ground": "spread",
    "person": "Cllr Ash",
    "date": "2026-10-21",
    "heard": "",
}
NEW = "/p/Rooms/decisions/one"


def test_a_choice_and_a_sum_are_recorded_where_they_were_published(serve, opened, breaks, undecided):
    published = undecided / "criteria" / "programme.toml"
    text = published.read_text("utf-8").replace('regime = "below_threshold"', 'regime = "grant"')
    published.write_text(text + CHOICES, "utf-8")
    desk = serve(undecided)
    page = opened(desk, narrow=True)
    page.goto(page.url.rstrip("/") + "/decisions")
    page.get_by_role("link", name="Choose a bid, or leave one out").click()
    assert {"Fund it", "Do not fund it"} <= {one.inner_text() for one in page.locator("label").all()}
    assert "spread: Every ward has something." in page.get_by_label("Ground").inner_text()
    assert breaks(page) == []
    client = desk.client()
    version = VERSION.search(client.get(NEW).text)[1]
    wrong = client.post(NEW, ONE, CHOSEN | {"version": version, "ground": "balance"})
    assert wrong.status == 422
    assert 'href="#ground"' in wrong.text
    assert client.post(NEW, ONE, CHOSEN | {"version": version}).status == 303
    trimmed = CHOSEN | {"matter": "panel_sum", "decision": "set", "sum": "1 000,5", "ground": "4.2", "version": version}
    assert 'href="#sum"' in client.post(NEW, ONE, trimmed).text
    assert client.post(NEW, ONE, trimmed | {"sum": "1000"}).status == 303
    told = client.get("/p/Rooms/decisions").text
    assert "The final choice" in told
    assert "The sum of an award" in told


def test_no_choice_is_offered_where_none_was_published(serve, undecided):
    client = serve(undecided).client()
    assert "after the ranks" not in client.get("/p/Rooms/decisions").text
    text = client.get(NEW).text
    assert "Fund it" not in text
    assert 'name="sum"' not in text


DRAWN_AND_APART = """
[not_applicable]
decided_by = "the grants manager"
weight = "all"
questions = ["Q2"]
source = "Invented."
"""


def test_a_draw_and_a_question_that_does_not_apply_are_recorded(serve, undecided):
    published = undecided / "criteria" / "programme.toml"
    text = published.read_text("utf-8").replace('regime = "below_threshold"', 'regime = "grant"')
    ties = text.index("[tie_break]")
    drawn = text[ties:].replace("order = [", 'draw_source = "The numbers of 3 March."\norder = ["draw", ', 1)
    published.write_text(text[:ties] + drawn + DRAWN_AND_APART, "utf-8")
    client = serve(undecided).client()
    told = client.get("/p/Rooms/decisions").text
    assert "What the published draw came to: every bid" in told
    shared = {"reason": "As the notary wrote it down.", "person": "A. Clerk", "date": "2026-10-21", "ground": "4"}
    draw = f"{NEW}?bid=all&matter=draw&subject="
    page = client.get(draw).text
    assert "The numbers of 3 March." in page
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert (hidden["bid"], hidden["decision"]) == ("all", "drawn")
    assert 'href="#subject"' in client.post(draw, ONE, hidden | shared | {"subject": ""}).text
    assert client.post(draw, ONE, hidden | shared | {"subject": "7 11 19"}).status == 303
    apart = f"{NEW}?matter=question"
    page = client.get(apart).text
    assert re.findall(r'<option value="(Q\d)"', page) == ["Q2"]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    sent = hidden | shared | {"bid": "B1", "subject": "Q2", "decision": "does_not_apply"}
    assert client.post(apart, ONE, sent).status == 303
    rows = (undecided / "bids" / "decisions.xlsx", undecided / "bids" / "decisions.csv")
    assert any(path.is_file() for path in rows)
    told = client.get("/p/Rooms/decisions").text
    assert "matter=draw" not in told[: told.index("Decided")]
    assert "Whether a question applies to a bid" in told
    assert "What the published draw came to" in told[told.index("Decided") :]
