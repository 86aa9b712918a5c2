"""Letters, disclosure and release in the desk: what people say is checked at its field; bytes are the commands'."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from evaluator.files.audit.ledger_file import read_ledger
from tests.desk import award

LETTERS, RELEASE = "/p/Rooms/letters", "/p/Rooms/letters/release"
WHO = {"decided_by": "R. Example", "role": "Director", "decided": "2026-12-03", "forms": "pages"}


FACTS = b'procurement_id = "ocds-h6vhtk-4711"\n'


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def considered(root: Path) -> None:
    award.run(
        "equality", "consider", root, "--person", "R. Example", "--date", "2026-12-01", "--text", "Read by the panel."
    )
    award.evaluated(root)


def test_what_cannot_be_printed_is_refused_at_its_field_and_what_was_typed_stays(serve, opened, breaks, awarded):
    page = opened(serve(awarded[0]))
    page.goto(page.url.rstrip("/") + "/letters")
    assert breaks(page) == []
    page.get_by_label("Decided by").fill("[name]")
    page.get_by_label("Decided on").fill("03/12/2026")
    page.get_by_label("Letters sent on").fill("2026-12-01")
    page.get_by_label("Bidders write to").fill("tbc")
    page.get_by_label("Written reasons asked for").fill("B1 2026-12-10\nB9 2026-12-10\nB2 soon")
    page.get_by_role("button", name="Write the letters").click()
    page.locator(".govuk-error-summary").wait_for()
    told = [one.get_attribute("href") for one in page.locator(".govuk-error-summary a").all()]
    assert sorted(told) == ["#asked", "#asked", "#contact", "#decided", "#decided_by", "#role"]
    assert page.get_by_label("Decided by").input_value() == "[name]"
    assert breaks(page) == []
    assert not (awarded[0] / "papers").exists()


@pytest.mark.slow
def test_letters_are_drafts_until_the_figures_are_considered_and_somebody_decided(serve, awarded):
    root, _ = awarded
    client = serve(root).client()
    client.ended(client.post(LETTERS, LETTERS, {"forms": "pages"}).onward)
    shown = client.get(LETTERS).text
    assert ">Drafts<" in shown
    assert "No consideration of the equality figures stands in this run" in shown
    considered(root)
    client.ended(client.post(LETTERS, LETTERS, WHO).onward)
    shown = client.get(LETTERS).text
    assert ">Final<" in shown
    assert "R. Example, Director, on 3 December 2026" in shown
    assert not any(mark in shown for mark in award.MARKUP)


@pytest.mark.slow
def test_letters_are_those_of_the_command_and_come_in_one_file_too(serve, awarded, tmp_path):
    root, run = awarded
    client = serve(root).client()
    said = WHO | {"sent": "2026-12-04", "contact": "bids@example.org", "asked": "B2 2026-12-10"}
    client.ended(client.post(LETTERS, LETTERS, said).onward)
    options = ("--decided-by", "R. Example", "--role", "Director", "--decided", "2026-12-03", "--sent", "2026-12-04")
    options += ("--contact", "bids@example.org", "--asked", "B2=2026-12-10", "--pages-only")
    award.run("letters", root / "reports" / run / "bundle.zip", "--out", tmp_path / "out", *options)
    assert files(root / "papers" / "letters") == files(tmp_path / "out")
    with zipfile.ZipFile(io.BytesIO(client.get(f"{LETTERS}/letters.zip").content)) as held:
        assert {name: held.read(name) for name in held.namelist()} == files(tmp_path / "out")
    one = client.get(f"{LETTERS}/file?name=letter-B1.html")
    assert one.headers["Content-Disposition"].startswith("attachment")
    for name in ("../letters.json", "..%2F..%2Fledger.jsonl", "none.html", ""):
        assert client.get(f"{LETTERS}/file?name={name}").status == 404


@pytest.mark.slow
def test_notes_stand_at_the_letter_that_they_are_about(serve, opened, breaks, awarded):
    root, _ = awarded
    desk = serve(root)
    client = desk.client()
    client.ended(client.post(LETTERS, LETTERS, {"forms": "pages"}).onward)
    page = opened(desk, narrow=True)
    page.goto(page.url.rstrip("/") + "/letters")
    assert page.get_by_role("row").count() >= 4
    assert breaks(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.slow
def test_a_release_is_that_of_the_command_and_stands_in_the_ledger(serve, awarded, tmp_path):
    root, _ = awarded
    client = serve(root).client()
    held = client.ended(client.post(RELEASE, RELEASE, WHO | {"date": "2026-12-10", "site": "yes"}).onward)
    assert "Nothing was released." in held, "nobody has considered the equality figures"
    assert not (root / "papers" / "release").exists()
    considered(root)
    (tmp_path / "facts.toml").write_bytes(FACTS)
    brought = [("facts", "ours.toml", FACTS)]
    client.ended(client.upload(RELEASE, RELEASE, brought, WHO | {"date": "2026-12-10", "site": "yes"}).onward)
    run = next(
        one.event.subject for one in reversed(read_ledger(root / "ledger.jsonl").entries) if one.event.kind == "run"
    )
    options = ("--decided-by", "R. Example", "--role", "Director", "--decided", "2026-12-03", "--pages-only")
    options = (*options, "--facts", tmp_path / "facts.toml")
    award.run(
        "release", root / "reports" / run / "bundle.zip", "--out", tmp_path / "out", "--date", "2026-12-10", *options
    )
    assert files(root / "papers" / "release") == files(tmp_path / "out")
    assert (root / "papers" / "site" / "index.html").is_file()
    told = [one.event.subject for one in read_ledger(root / "ledger.jsonl").entries if one.event.kind == "released"]
    assert told == [f"{run}: release.json", f"{run}: site.json"]
    shown = client.get(RELEASE).text
    assert "the bidder that it is about, all at the same time" in shown
    assert not any(mark in shown for mark in award.MARKUP)
    link = re.search(r'href="([^"]*release/file[^"]*)"', shown)
    assert link
    assert client.get(link[1].replace("&amp;", "&")).status == 200
    for of in ("..", "release/../../bids", "/etc", "letters"):
        assert client.get(f"{RELEASE}/file?of={of}&name=release.json").status == 404


def test_the_day_of_a_release_and_the_address_of_its_site_are_checked_at_their_fields(serve, opened, breaks, awarded):
    page = opened(serve(awarded[0]))
    page.goto(page.url.rstrip("/") + "/letters/release")
    assert breaks(page) == []
    page.get_by_label("Day of the release").fill("31/02/2026")
    page.get_by_label("Address of the site").fill("javascript:alert(1)")
    for label in ("What the notice adds", "Python for browsers"):
        given = {"name": "<b>mine.toml", "mimeType": "text/plain", "buffer": b"procurement_id = 4711"}
        page.get_by_label(label).set_input_files(given)
    page.get_by_role("button", name="Release", exact=True).click()
    page.locator(".govuk-error-summary").wait_for()
    told = page.locator(".govuk-error-summary a")
    assert [one.get_attribute("href") for one in told.all()] == ["#date", "#address", "#facts", "#pyodide"]
    assert "<b>mine.toml cannot be used: procurement_id: Input should be a valid string." in told.all_inner_texts()
    assert breaks(page) == []


@pytest.mark.slow
def test_the_disclosure_pack_is_that_of_the_command(serve, awarded, tmp_path):
    root, run = awarded
    client = serve(root).client()
    client.ended(client.post(RELEASE, f"{LETTERS}/disclosure", {}).onward)
    award.run("disclose", root / "reports" / run / "bundle.zip", "--out", tmp_path / "out")
    assert files(root / "papers" / "disclosure") == files(tmp_path / "out")


@pytest.mark.slow
def test_a_folder_that_holds_something_else_is_left_as_it_is(serve, awarded):
    root, _ = awarded
    (root / "papers" / "letters").mkdir(parents=True)
    (root / "papers" / "letters" / "mine.txt").write_text("mine", "utf-8")
    client = serve(root).client()
    said = client.ended(client.post(LETTERS, LETTERS, {"forms": "pages"}).onward)
    assert "holds something else already" in said
    assert files(root / "papers" / "letters") == {"mine.txt": b"mine"}


@pytest.mark.slow
def test_without_a_run_there_is_nothing_to_send(serve, opened, breaks, undecided):
    page = opened(serve(undecided))
    page.goto(page.url.rstrip("/") + "/letters")
    assert page.get_by_text("There is no run with a bundle yet.").count() == 1
    assert breaks(page) == []
