"""The ground of the desk: opened by its token, it shows how far a programme is, with and without script."""

import getpass
from shutil import copytree
from time import monotonic

import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.desk.serving.running import opening_page
from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.read.programme import read_settings
from evaluator.records.office.settings import Person, Retention
from tests.desk.served import patience


def test_the_overview_names_the_next_step_and_keeps_axes_rules(serve, opened, breaks, minimal):
    page = opened(serve(minimal))
    assert page.url.endswith("/p/Warm%20Spaces")
    assert page.get_by_role("heading", level=1).inner_text() == "The smallest programme"
    assert breaks(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_run_is_followed_to_its_end_and_has_the_bytes_of_the_command(
    serve, opened, breaks, minimal, tmp_path, script
):
    same = copytree(minimal, tmp_path / "same" / minimal.name)
    page = opened(serve(minimal), script=script)
    page.get_by_role("link", name="Evaluate").first.click()
    page.get_by_role("button", name="Evaluate").click()
    until = monotonic() + patience()
    while not page.get_by_text("Finished").count() and monotonic() < until:
        page.wait_for_timeout(500)
        if not script and page.get_by_role("link", name="Check again").count():
            page.get_by_role("link", name="Check again").click()
    assert page.get_by_text("Finished").count() == 1
    assert breaks(page) == []
    page.get_by_role("link", name="Its documents").click()
    assert breaks(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="HTML of report").click()
    asked = CliRunner().invoke(main, ["evaluate", str(same), "--by", getpass.getuser()])
    assert asked.exit_code == 0, asked.output
    made, wanted = bytes_in(minimal / "reports"), bytes_in(same / "reports")
    assert made == wanted
    assert len(made) > 10
    assert download.value.path().read_bytes() == next(made[name] for name in made if name.endswith("/report.html"))


def test_a_programme_is_begun_and_its_folder_is_that_of_the_command(serve, opened, breaks, tmp_path):
    (tmp_path / "programmes").mkdir()
    page = opened(serve(tmp_path / "programmes"))
    assert breaks(page) == []
    page.get_by_role("button", name="Begin the programme").click()
    assert page.title().startswith("Error: Programmes")
    assert page.get_by_role("alert").get_by_role("link").get_attribute("href") == "#named"
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert breaks(page) == []
    page.get_by_label("What the programme is called").fill("Warm Spaces: 2026/27 <b>")
    page.get_by_label("Your name").fill("Sam Lee")
    page.get_by_text("Begin with themes from the library").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Begin the programme").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Warm Spaces: 2026/27 <b>"
    assert page.get_by_role("alert").inner_text().endswith("is begun.")
    assert breaks(page) == []
    root = tmp_path / "programmes" / "Warm Spaces 2026 27 b"
    asked = CliRunner().invoke(
        main, ["new", str(tmp_path / "other"), "--title", "Warm Spaces: 2026/27 <b>", "--officer", "Sam Lee"]
    )
    assert asked.exit_code == 0, asked.output
    assert names_in(root) == names_in(tmp_path / "other")
    assert (root / "settings.xlsx").read_bytes() == (tmp_path / "other" / "settings.xlsx").read_bytes()
    assert read_ledger(root / "ledger.jsonl").entries[0].who == "Sam Lee"


def bytes_in(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def names_in(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def test_settings_are_kept_in_the_workbook_that_commands_read(serve, opened, breaks, minimal):
    page = opened(serve(minimal))
    page.get_by_role("link", name="Settings").click()
    page.get_by_label("Decided on").fill("31/02/2027")
    page.get_by_label("Decided by").fill("A. Director")
    page.get_by_label("Keep until (row 1)").fill("31/12/20")
    page.get_by_role("button", name="Save the settings").click()
    assert "is not a day that exists" in page.get_by_role("alert").inner_text()
    told = [one.get_attribute("href") for one in page.locator(".govuk-error-summary a").all()]
    assert told == ["#decided", "#until_1", "#what_1"]
    assert page.get_by_label("Decided by").input_value() == "A. Director"
    assert breaks(page) == []
    page.get_by_label("Decided on").fill("1/2/2027")
    page.get_by_label("What is kept (row 1)").fill("Bids that were not funded")
    page.get_by_label("Keep until (row 1)").fill("31/12/2033")
    page.get_by_label("Name of person 1").fill("Sam Lee")
    page.get_by_label("Records in the ledger (person 1)").check()
    page.get_by_role("button", name="Save the settings").click()
    assert page.get_by_role("alert").inner_text().endswith("The settings are saved.")
    assert page.get_by_label("Decided on").input_value() == "2027-02-01"
    settings, found = read_settings(minimal / "settings.xlsx")
    assert (settings.decided_by, settings.decided, found) == ("A. Director", "2027-02-01", ())
    assert settings.recorder == Person("Sam Lee", records=True)
    assert settings.retention == (Retention("Bids that were not funded", "2033-12-31"),)


def test_two_officers_who_save_the_same_page_are_both_heard(serve, opened, breaks, minimal):
    desk = serve(minimal)
    first, second = opened(desk), opened(desk, script=False)
    for page, name in ((first, "A. Director"), (second, "B. Director")):
        page.get_by_role("link", name="Settings").click()
        page.get_by_label("Decided by").fill(name)
    first.get_by_role("button", name="Save the settings").click()
    second.get_by_role("button", name="Save the settings").click()
    assert "Somebody else has changed this" in second.content()
    assert [cell.inner_text() for cell in second.get_by_role("cell").all()][:2] == ["A. Director", "B. Director"]
    assert second.get_by_label("Decided by").input_value() == "B. Director"
    assert read_settings(minimal / "settings.xlsx")[0].decided_by == "A. Director"
    assert breaks(second) == []
    second.get_by_role("button", name="Save the settings").click()
    assert read_settings(minimal / "settings.xlsx")[0].decided_by == "B. Director"


def test_the_whole_of_the_ground_is_reached_by_keyboard_alone(serve, opened, minimal):
    page = opened(serve(minimal))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to main content"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Evaluate":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/evaluate")
    page.get_by_label("Date to print on the documents, if any").focus()
    page.keyboard.type("2026-12-01")
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/*")


def test_nothing_is_wider_than_a_phone(serve, opened, breaks, minimal):
    page = opened(serve(minimal), narrow=True)
    first = page.url
    for at in ("", "/settings", "/evaluate", "/none"):
        page.goto(f"{first}{at}")
        assert page.evaluate("document.documentElement.scrollWidth") == 390, at
        assert breaks(page) == [], at


def test_the_private_file_that_opens_the_browser_leads_in(serve, chromium, minimal, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "private"))
    desk = serve(minimal)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(opening_page(minimal, desk.opened).as_uri())
    page.wait_for_url("**/p/Warm%20Spaces")
    assert "token" not in page.url
    assert page.get_by_role("heading", level=1).inner_text() == "The smallest programme"
    context.close()
