"""What comes in, at the desk: dropped, shown as it was read, filed once a person says so, and undone."""

import csv
import io
import shutil
import zipfile

import openpyxl
import pytest

from evaluator.files.audit.ledger_file import read_ledger
from tests.unit.cli.panel_on_disk import fill
from tests.unit.jobs.panel_at_a_meeting import panel_at

AT = "/p/Small%20programme/"
PAGES = (
    "panel",
    "panel/of?evaluator=E1",
    "inbox",
    "returns",
    "returns/items?state=complete",
    "returns/of?evaluator=E1",
)


@pytest.fixture
def root(tmp_path):
    return panel_at(tmp_path / "Small programme", {"E2": 1})


def see(page, text):
    """Wait until a text is there: sending a form takes a while on a busy machine."""
    page.get_by_text(text).first.wait_for()


SLOWER = pytest.mark.slow


@pytest.mark.parametrize("narrow", [False, pytest.param(True, marks=SLOWER)])
def test_every_page_keeps_axes_rules_and_fits_its_screen(serve, opened, breaks, root, narrow):
    desk = serve(root)
    page = opened(desk, narrow=narrow)
    for name in PAGES:
        page.goto(desk.origin + AT + name)
        assert page.get_by_role("heading", level=1).count() == 1, name
        assert breaks(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name


@pytest.mark.parametrize("script", [pytest.param(True, marks=SLOWER), False])
def test_a_file_is_not_filed_before_somebody_says_so(serve, opened, breaks, root, tmp_path, script):
    shutil.move(root / "bids/returns/E2.xlsx", tmp_path / "marks of Eve.xlsx")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    desk = serve(root)
    page = opened(desk, script=script)
    page.goto(desk.origin + AT + "inbox")
    page.get_by_role("button", name="Look at the files").click()
    see(page, "There is a problem")
    assert page.title().startswith("Error: ")
    assert page.get_by_role("link", name="Choose one or more files").count() == 1
    assert breaks(page) == []
    page.get_by_label("Files that came in").set_input_files([tmp_path / "marks of Eve.xlsx", tmp_path / "broken.xlsx"])
    page.get_by_label("From whom").fill("Eve Evans")
    page.get_by_role("button", name="Look at the files").click()
    see(page, "will be filed as bids/returns/E2.xlsx")
    assert page.get_by_text("not yet filed", exact=True).count() == 2
    assert page.get_by_text("8 rows as read").count() == 1
    assert not (root / "received").exists()
    assert breaks(page) == []
    page.get_by_role("button", name="File what is ticked").click()
    see(page, "Filed: an evaluator's marks (E2) as bids/returns/E2.xlsx")
    assert (root / "bids/returns/E2.xlsx").read_bytes() == (tmp_path / "marks of Eve.xlsx").read_bytes()
    assert page.get_by_text("broken.xlsx").count() > 0
    assert page.get_by_text("somebody changed it").count() == 0
    page.get_by_role("button", name="Put these files away").click()
    see(page, "Next: ")
    page.get_by_role("link", name="Undo receipt").click()
    page.get_by_role("button", name="Undo the receipt").click()
    see(page, "There is a problem")
    assert page.get_by_role("link", name="Write why it is undone").count() == 1
    assert breaks(page) == []
    page.get_by_label("Why it is undone").fill("It came by mistake.")
    page.get_by_role("button", name="Undo the receipt").click()
    see(page, "Undone: an evaluator's marks (E2)")
    assert not (root / "bids/returns/E2.xlsx").exists()
    assert [one.event.kind for one in read_ledger(root / "ledger.jsonl").entries][-1] == "receipt_undone"


def test_nothing_is_stored_under_a_name_from_outside(serve, root):
    client = serve(root).client()
    inbox = AT + "inbox"
    names = [
        "../../zz-evil.xlsx",
        "..\\zz-evil.csv",
        "/etc/zz-evil",
        "<b>zz-evil</b>.xlsx",
        "zz-evil" * 90,
    ]
    said = client.upload(inbox, inbox, [("files", name, b"bid,theme\nB1,%d\n" % at) for at, name in enumerate(names)])
    assert said.status == 303
    shown = client.get(inbox).text
    assert shown.count("not yet filed") == len(names)
    assert "<b>zz-evil" not in shown
    number = shown.split("inbox/file/")[1].split("?")[0]
    fields = [(f"{key}-{at}", value) for at in range(len(names)) for key, value in (("kind", "paper"), ("take", "yes"))]
    assert client.post(inbox, f"{inbox}/file/{number}", fields).status == 303
    assert client.get(inbox).text.count("a paper that nothing reads") >= len(names)
    assert not [path for path in root.parent.rglob("*") if "zz-evil" in path.name]


def test_hostile_files_are_refused_with_a_sentence_and_the_desk_lives_on(serve, root):
    client = serve(root).client()
    inbox = AT + "inbox"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", b"<a>" + b"x" * 300_000_000)
    lies = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
    traversal = io.BytesIO()
    with zipfile.ZipFile(traversal, "w") as packed:
        packed.writestr("../../zz-evil.xlsx", "x")
    files = [bomb.getvalue(), lies, traversal.getvalue(), b"", b"\0" * 5000, b"%PDF-1.7 no", b"{" * 100_000]
    said = client.upload(inbox, inbox, [("files", f"file {at}.xlsx", one) for at, one in enumerate(files)])
    assert said.status == 303
    shown = client.get(inbox).text
    assert shown.count("cannot be filed") + shown.count("waits for your answer") == len(files)
    number = shown.split("inbox/file/")[1].split("?")[0]
    client.post(inbox, f"{inbox}/file/{number}", [(f"take-{at}", "yes") for at in range(len(files))])
    assert not (root / "received").exists()
    assert not list(root.parent.rglob("zz-evil*"))
    client.post(inbox, f"{inbox}/away/{number}", {})
    assert "not yet filed" not in client.get(inbox).text


def test_a_second_workbook_is_asked_about_and_takes_the_place_only_if_somebody_says_so(serve, root, tmp_path):
    client = serve(root).client()
    inbox = AT + "inbox"
    other = fill(root / "papers/E2.xlsx", tmp_path / "again.xlsx", mark=2).read_bytes()
    client.upload(inbox, inbox, [("files", "again.xlsx", other)])
    text = client.get(inbox).text
    assert "differs in 8 marks" in text
    assert "--replace" not in text
    number = text.split("inbox/file/")[1].split("?")[0]
    client.post(inbox, f"{inbox}/file/{number}", [("take-0", "yes")])
    assert not (root / "bids/returns/E2.v2.xlsx").exists()
    client.post(inbox, f"{inbox}/file/{number}", [("take-0", "yes"), ("answer-0", "replace")])
    assert (root / "bids/returns/E2.v2.xlsx").read_bytes() == other


def test_marks_in_another_layout_are_imported_with_their_labels_confirmed(serve, opened, breaks, root, tmp_path):
    shutil.rmtree(root / "bids/returns")
    rows = [("Proposal", "Criterion", "Assessor", "Score", "Why")]
    rows += [("A1", "C1", "E1", "3", "Names the people and the place."), ("A1", "C1", "E2", "2", "Names the place.")]
    with (tmp_path / "scores.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    desk = serve(root)
    page = opened(desk)
    page.goto(desk.origin + AT + "inbox")
    page.get_by_label("Files that came in").set_input_files([tmp_path / "scores.csv"])
    page.get_by_role("button", name="Look at the files").click()
    page.get_by_role("link", name="Import it as a register").click()
    page.get_by_label("The evaluators’ marks").check()
    page.get_by_role("button", name="Show it read so").click()
    see(page, "2 rows of marks")
    assert breaks(page) == []
    page.get_by_role("button", name="Import it").click()
    see(page, "Imported: 2 rows into bids/marks.csv")
    assert len(list((root / "imports").glob("marks-*.toml"))) == 1


def test_declarations_are_entered_for_one_evaluator_and_two_officers_never_overwrite_each_other(serve, root):
    client = serve(root).client()
    page = AT + "panel/of?evaluator=E1"
    text = client.get(page).text
    version = text.split('name="version" value="')[1].split('"')[0]
    said = {f"says-{at}": "none" for at in range(3)} | {"says-0": "recused", "interest-0": "I am a trustee of it."}
    path = AT + "panel/of"
    first = client.send("POST", client.address(page, path), *encoded(client, {**said, "version": version}))
    assert (first.status, first.onward.partition("?")[0]) == (303, AT + "panel")
    with (root / "bids/declarations.csv").open(newline="") as stream:
        mine = [row for row in csv.DictReader(stream) if row["evaluator"] == "E1"]
    assert [(row["organisation"], row["action"]) for row in mine] == [("O1", "recused"), ("O2", "none"), ("O9", "none")]
    assert "recused" in client.get(AT + "panel").text
    other = {**said, "says-1": "recused", "interest-1": "My sister works there.", "version": version}
    late = client.send("POST", client.address(page, path), *encoded(client, other))
    assert late.status == 422
    assert "Somebody else has changed this since you opened it" in late.text
    assert "My sister works there." in late.text
    again = late.text.split('name="version" value="')[1].split('"')[0]
    assert again != version


def encoded(client, fields):
    from urllib.parse import urlencode

    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{client.port}"}
    return urlencode(fields).encode(), kind


def test_each_count_leads_to_exactly_its_answers(serve, root):
    book = openpyxl.load_workbook(root / "bids/returns/E2.xlsx")
    book["Marks"]["F6"] = None
    book["Marks"]["F7"] = 0
    book["Marks"]["F8"] = "abstain"
    book.save(root / "bids/returns/E2.xlsx")
    client = serve(root).client()
    page = client.get(AT + "returns").text
    assert "14 of 16 marks are complete." in page
    for state, count in (("complete", 6), ("no+mark+yet", 1), ("abstained", 1), ("assigned", 8), ("recused", 0)):
        told = client.get(f"{AT}returns/items?evaluator=E2&state={state}").text
        assert f"{count} answer" in told
        assert told.count('<th scope="row"') == count
    assert ">0, marked, with a reason<" in client.get(AT + "returns/items?evaluator=E2&state=complete").text
    mail = client.get(AT + "returns/of?evaluator=E2").text
    assert "Dear E2" in mail
    assert "Marks!F6" in mail
    assert "E1" not in mail.split('class="desk-mail"')[1].split("</div>")[0]
