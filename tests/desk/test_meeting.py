"""The moderation meeting at the desk: saved at once, never over somebody else's words, followed by a second screen."""

import contextlib
import csv
import http.client
import random
import threading

import pytest

from evaluator.files.audit.ledger_file import append, read_ledger
from evaluator.files.read.programme import open_programme
from evaluator.jobs.panel.moderation import agreed_now
from tests.desk.served import served
from tests.desk.test_coming_in import encoded, see
from tests.small_grant import write_grant
from tests.unit.jobs.panel_at_a_meeting import REASON, TOLD, meeting_of, panel_at

AT = "/p/Small%20programme/moderation"


@pytest.fixture
def root(tmp_path):
    return panel_at(tmp_path / "Small programme", {"E2": 1})


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_a_panel_agrees_an_answer_and_sees_it_again_from_the_disk(serve, opened, breaks, root, script):
    desk = serve(root)
    page = opened(desk, script=script)
    page.goto(desk.origin + AT)
    assert breaks(page) == []
    page.get_by_role("link", name="Go to the next answer").click()
    assert breaks(page) == []
    page.get_by_role("button", name="Save and next").click()
    see(page, "There is a problem")
    assert page.title().startswith("Error: ")
    page.get_by_role("link", name="Choose the mark that the panel agreed").click()
    assert breaks(page) == []
    page.get_by_label("2 – Half").check()
    page.get_by_label("Reason for the file").fill(REASON)
    page.get_by_label("Reason for the bidder").fill(TOLD)
    page.get_by_role("button", name="Save and stay here").click()
    see(page, "Saved: entry 2 of the ledger")
    assert breaks(page) == []
    page.get_by_role("link", name="Every mark that was agreed").click()
    assert page.get_by_role("cell", name=REASON).count() == 1
    assert breaks(page) == []


def test_two_browsers_in_front_of_one_answer_see_both_marks_and_lose_no_word(serve, opened, breaks, root):
    desk = serve(root)
    one, other = opened(desk), opened(desk)
    for page, mark in ((one, "2 – Half"), (other, "3 – Sound")):
        page.goto(f"{desk.origin}{AT}/answer?bid=A1&question=C1")
        page.get_by_label(mark).check()
        page.get_by_label("Reason for the file").fill(f"{mark}: {REASON}")
        page.get_by_label("Reason for the bidder").fill(TOLD)
    one.get_by_role("button", name="Save and stay here").click()
    see(one, "Saved: entry 2 of the ledger")
    other.get_by_role("button", name="Save and stay here").click()
    see(other, "Somebody else has changed this since you opened it")
    assert breaks(other) == []
    assert other.get_by_role("cell", name=f"2 – Half: {REASON}").count() == 1
    assert other.get_by_label("Reason for the file").input_value() == f"3 – Sound: {REASON}"
    other.get_by_role("button", name="Save and stay here").click()
    see(other, "Saved: entry 3 of the ledger")
    other.get_by_role("link", name="Every mark that was agreed").click()
    see(other, f"2 – Half: {REASON}")


def test_where_marks_are_worked_out_the_meeting_writes_reasons_alone(serve, opened, breaks, tmp_path):
    moderation = 'method = "mean"\nleast_evaluators = 3\nspread_trigger = 3\non_spread = "discussed"'
    write_grant(tmp_path / "Small programme", moderation)
    desk = serve(tmp_path / "Small programme")
    page = opened(desk)
    page.goto(desk.origin + AT)
    see(page, "The mean of the evaluators’ marks counts: nobody agrees a mark.")
    see(page, "Where marks lie 3 or more apart, why they do has to be written for the file.")
    assert breaks(page) == []
    page.get_by_role("link", name="Go to the next answer").click()  # B1 on Q2, with marks 2, 5 and 3
    see(page, "mean of 2, 3 and 5: 3.33 (exactly 10/3)")
    assert page.get_by_label("Full").count() == 0
    assert breaks(page) == []
    page.get_by_role("button", name="Save and stay here").click()
    see(page, "There is a problem")
    page.get_by_label("Reason for the file").fill(REASON)
    page.get_by_label("Reason for the bidder").fill(TOLD)
    page.get_by_role("button", name="Save and stay here").click()
    see(page, "Saved: entry")
    assert breaks(page) == []
    page.goto(desk.origin + AT)
    see(page, "3.33 (exactly 10/3), with its reason")


def test_leaving_with_something_typed_asks_first(serve, opened, root):
    desk = serve(root)
    page = opened(desk)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{desk.origin}{AT}/answer?bid=A1&question=C1")
    page.get_by_label("Reason for the file").type("Something")
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**question=N1*")
    assert asked == ["beforeunload"]


def test_the_meeting_fits_a_narrow_screen(serve, opened, breaks, root):
    desk = serve(root)
    page = opened(desk, narrow=True)
    for address in (AT, f"{AT}/answer?bid=A1&question=C1", f"{AT}/second"):
        page.goto(desk.origin + address)
        assert breaks(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


def test_an_answer_is_agreed_by_keyboard_alone(serve, opened, root):
    desk = serve(root)
    page = opened(desk)
    page.goto(f"{desk.origin}{AT}/answer?bid=A1&question=C1")
    page.locator("#mark").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type(REASON)
    page.keyboard.press("Tab")
    page.keyboard.type(TOLD)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-notification-banner--success")
    assert "2 is agreed" in page.inner_text("main")


def test_a_second_screen_follows_the_chair_and_can_change_nothing(serve, opened, root):
    desk = serve(root)
    chair, second = opened(desk), opened(desk)
    second.goto(f"{desk.origin}{AT}/second")
    assert second.locator("form").count() == 0
    chair.goto(f"{desk.origin}{AT}/answer?bid=A1&question=N1&chair=1")
    second.wait_for_selector("text=A1 N1")
    assert second.locator("form").count() == 0


def test_skipped_answers_are_come_back_to_and_the_filter_stays_in_the_address(serve, opened, root):
    desk = serve(root)
    page = opened(desk)
    page.goto(f"{desk.origin}{AT}/answer?bid=A1&question=C1&show=open&theme=north")
    page.get_by_role("link", name="Skip, and come back to it").click()
    assert "bid=A1" in page.url
    assert "question=N1" in page.url
    assert "show=open&theme=north&later=A1+C1" in page.url
    page.get_by_role("link", name="List").click()
    page.get_by_role("link", name="1 to come back to").click()
    assert page.locator("tbody tr").count() == 1
    assert page.get_by_role("link", name="A1 C1").count() == 1


def test_who_is_recused_is_shown_before_the_answer_and_nought_is_a_mark(serve, tmp_path):
    root = panel_at(tmp_path / "Small programme", {"E1": 0, "E2": 0})
    client = serve(root).client()
    text = client.get(f"{AT}/answer?bid=A1&question=C1").text
    assert '<span class="desk-said__figure">0</span> <span class="desk-said__words">Nothing</span>' in text
    from evaluator.desk.pages.agree.answer import LOOKS

    assert len(set(LOOKS.values())) == len(LOOKS) == 5


class Moderator:
    """A browser without a screen that agrees answers in a fixed order, and looks again where it was too late."""

    def __init__(self, desk, mark, abouts):
        self.client, self.mark, self.abouts = desk.client(), mark, abouts
        self.conflicts, self.saved, self.wrong = [], [], []

    def run(self):
        for bid, question in self.abouts:
            page = f"{AT}/answer?bid={bid}&question={question}"
            address = self.client.address(page, f"{AT}/answer")
            text = self.client.get(page).text
            self.agree(bid, question, address, text)

    def agree(self, bid, question, address, text):
        version = text.split('name="version" value="')[1].split('"')[0]
        reason = f"{bid} on {question}, as {self.mark} was agreed: {REASON}"
        fields = {"mark": self.mark, "reason": reason, "for_bidder": TOLD, "version": version, "then": "stay"}
        said = self.client.send("POST", address, *encoded(self.client, fields))
        if said.status == 303:
            self.saved.append((bid, question))
        elif said.status == 422 and "Somebody else has changed this since you opened it" in said.text:
            assert reason in said.text  # what was typed is kept
            self.conflicts.append((bid, question))
        else:
            self.wrong.append((bid, question, said.status, said.text[:300]))


def together(root, serve, abouts):
    desk = serve(root)
    two = [Moderator(desk, mark, abouts) for mark in ("2", "3")]
    threads = [threading.Thread(target=one.run) for one in two]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [one.wrong for one in two] == [[], []]
    found = read_ledger(root / "ledger.jsonl")
    assert not found.findings
    saved = [one.event for one in found.entries if one.event.kind in ("consensus", "correction")]
    assert len(saved) == len(two[0].saved) + len(two[1].saved)
    assert {event.subject for event in saved} == {" ".join(about) for about in abouts}
    for one in two:
        assert len(one.saved) + len(one.conflicts) == len(abouts)
    with (root / "bids/consensus.csv").open(newline="") as stream:
        rows = {(row["bid"], row["question"]): row["mark"] for row in csv.DictReader(stream)}
    last = {event.subject: event.after for event in saved}
    assert {" ".join(about): mark for about, mark in rows.items()} == last
    return two


@pytest.mark.slow
def test_two_browsers_moderate_two_hundred_answers_and_lose_nothing(serve, tmp_path):
    def more(made):
        usual = made.tables["register"][0]
        for at in range(98):
            made.tables["register"].append({**usual, "bid": f"N{at:02}", "organisation": "O1"})

    root = panel_at(tmp_path / "Small programme", {"E2": 1}, more)
    abouts = [(f"N{at:02}", question) for at in range(98) for question in ("C1", "N1")]
    abouts += [("A1", "C1"), ("A1", "N1"), ("A2", "C1"), ("A2", "N1")]
    assert len(abouts) == 200
    two = together(root, serve, abouts)
    assert all(one.saved for one in two)


@pytest.mark.slow
def test_a_desk_that_is_killed_at_any_moment_loses_nothing_that_it_had_confirmed(root, tmp_path):
    chance = random.Random(19)
    abouts = [("A1", "C1"), ("A1", "N1"), ("A2", "C1"), ("A2", "N1"), ("B1", "C1"), ("B1", "S1")]
    confirmed = {}
    for time in range(30):
        with served(root, tmp_path / "state") as desk:
            timer = threading.Timer(chance.uniform(0.02, 0.6), desk.process.kill)
            client = desk.client()
            timer.start()
            with contextlib.suppress(OSError, http.client.HTTPException, StopIteration, IndexError):
                for bid, question in abouts * 20:
                    mark, reason = chance.choice("23"), f"{REASON} This is time {time}, and {chance.random()}."
                    page = f"{AT}/answer?bid={bid}&question={question}"
                    address, text = client.address(page, f"{AT}/answer"), client.get(page).text
                    version = text.split('name="version" value="')[1].split('"')[0]
                    fields = {"mark": mark, "reason": reason, "for_bidder": TOLD, "version": version, "then": "stay"}
                    if client.send("POST", address, *encoded(client, fields)).status == 303:
                        confirmed[bid, question] = reason
            timer.join()
            desk.process.wait()
        whole(root, confirmed)
    assert confirmed


def whole(root, confirmed):
    """Whether file and ledger can be read, and hold all that was confirmed; what was not may be there as well."""
    programme = open_programme(root)
    append(programme.ledger, lambda _: (), "A. Chair", "2026-10-20")  # ends what was begun, as whoever comes next does
    found = read_ledger(programme.ledger)
    assert not found.findings
    now = agreed_now(programme, meeting_of(root), found.entries)
    assert not now.findings
    said = {entry.event.reason for entry in found.entries}
    for about, reason in confirmed.items():
        told = [entry.event.reason for entry in now.history[about]]
        held = now.carried[about].agreed.reason
        assert reason in told
        assert held == told[-1] or held not in said  # a later one was on its way into the ledger


def test_two_browsers_that_agree_the_same_answers_lose_nothing_and_are_shown_every_conflict(serve, root):
    abouts = [(one, two) for one in ("A1", "A2") for two in ("C1", "N1")] + [("B1", "C1"), ("B1", "S1")]
    two = together(root, serve, abouts)
    assert sum(len(one.conflicts) + len(one.saved) for one in two) == 2 * len(abouts)
