"""The ledger and the bundle in the desk, and a desk for auditors that was opened on a bundle alone."""

import json
import re
import shutil
import zipfile

import pytest

from evaluator.desk.pages.audit.ledger import show
from evaluator.desk.serving.session import Session
from evaluator.desk.visit import Desk, Visit
from evaluator.files.audit.ledger_file import append, read_ledger
from evaluator.files.audit.signatures import new_key
from evaluator.records.ledger import Event
from tests.desk import award

LEDGER, BUNDLE = "/p/Rooms/ledger", "/p/Rooms/ledger/bundle"
SECRET = "a passphrase that nobody knows"


def shown(text: str) -> list[int]:
    return [int(one) for one in re.findall(r'<th scope="row" class="govuk-table__header">(\d+)</th>', text)]


def test_the_ledger_is_told_whole_and_filtered_by_kind_person_words_and_time(serve, opened, breaks, awarded):
    root, _ = awarded
    append(
        root / "ledger.jsonl",
        lambda _: [Event("event", "withdrawal W1 B4", reason="It lost its hall.")],
        "Ann",
        "2026-12-05",
    )
    count = len(read_ledger(root / "ledger.jsonl").entries)
    page = opened(serve(root), narrow=True)
    page.goto(page.url.rstrip("/") + "/ledger")
    assert page.get_by_text(f"{count} entries; none was changed, inserted, taken out or cut off.").count() == 1
    assert breaks(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_label("What").select_option("event")
    page.get_by_label("Recorded by").select_option("Ann")
    page.get_by_label("Words in it").fill("hall")
    page.get_by_label("From").fill("05/12/2026")
    page.get_by_role("button", name="Show these").click()
    page.get_by_text("1 entry, the newest first.").wait_for()
    assert shown(page.content()) == [count]
    page.get_by_label("To").fill("32")
    page.get_by_role("button", name="Show these").click()
    page.locator(".govuk-error-summary").wait_for()
    assert [one.get_attribute("href") for one in page.locator(".govuk-error-summary a").all()] == ["#to"]
    assert breaks(page) == []


@pytest.mark.parametrize("number", [0, 1, 50, 51, 120])
def test_every_entry_is_on_one_page_and_on_one_only(tmp_path, number):
    root = tmp_path / "Rooms"
    (root / "criteria").mkdir(parents=True)
    append(root / "ledger.jsonl", lambda _: [Event("event", f"E{at}") for at in range(number)], "Sam", "2026-12-01")
    desk = Desk(tmp_path, Session(1), tmp_path)
    leaves = range(1, -(-number // 50) + 1)
    pages = [show(Visit(desk, LEDGER, {"programme": "Rooms"}, {"leaf": str(leaf)})) for leaf in leaves]
    assert [one.number for page in pages for one in page.lines] == list(range(number, 0, -1))
    assert all(page.matching == number for page in pages)


def test_a_ledger_that_was_edited_is_told_and_nothing_is_exported(serve, opened, breaks, awarded):
    root, _ = awarded
    text = (root / "ledger.jsonl").read_text("utf-8")
    (root / "ledger.jsonl").write_text(text.replace("Sam Lee", "Sam Lea", 1), "utf-8")
    desk = serve(root)
    page = opened(desk)
    page.goto(page.url.rstrip("/") + "/ledger")
    assert page.get_by_text("Nothing can be recorded until this is looked into.").count() == 1
    assert breaks(page) == []
    assert desk.client().get(f"{LEDGER}/ledger.xlsx").status == 409


def test_a_key_is_made_at_the_desk_for_this_account_alone_and_signs(
    serve, opened, breaks, awarded, monkeypatch, tmp_path
):
    root, _ = awarded
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    page = opened(serve(root))
    page.goto(page.url.rstrip("/") + "/ledger/bundle")
    assert page.get_by_label("The key", exact=True).count() == 0
    page.get_by_role("link", name="Make a key").click()
    page.get_by_label("Passphrase", exact=True).fill(SECRET)
    page.get_by_label("The passphrase once more").fill("another one")
    page.get_by_role("button", name="Make the key").click()
    assert page.locator(".govuk-error-summary a").get_attribute("href") == "#again"
    assert page.get_by_label("Passphrase", exact=True).input_value() == ""
    assert breaks(page) == []
    for label in ("Passphrase", "The passphrase once more"):
        page.get_by_label(label, exact=True).fill(SECRET)
    page.get_by_role("button", name="Make the key").click()
    key = tmp_path / "state" / "bid-evaluator" / "keys" / "signing-key.pem"
    assert key.stat().st_mode & 0o077 == 0
    public = key.with_name("signing-key.public.txt").read_text("utf-8").strip()
    assert public in page.locator("main").inner_text()
    assert str(key.parent) in page.locator("main").inner_text()
    page.get_by_role("link", name="Bundle", exact=True).click()
    page.get_by_label("The council, that it is its own").check()
    page.get_by_label("Who signs").fill("Rosa Hill, Head of Service")
    page.get_by_label("Passphrase of the key").fill(SECRET)
    page.get_by_role("button", name="Sign the bundle").click()
    assert "Signed as council by Rosa Hill" in page.locator("main").inner_text()
    award.run("bundle", "check-signatures", root, "--public-key", public)
    assert not [path for path in root.rglob("*") if path.name.endswith(".pem")]


@pytest.mark.slow
def test_a_bundle_is_replayed_verified_signed_and_told_of(serve, opened, breaks, awarded):
    root, run = awarded
    desk = serve(root)
    client = desk.client()
    fields = {"run": run}
    assert "Identical: " in client.ended(client.post(BUNDLE, f"{BUNDLE}/replay", fields).onward)
    assert "All that was checked agrees." in client.ended(client.post(BUNDLE, f"{BUNDLE}/verify", fields).onward)
    private, public = new_key(SECRET)
    said = fields | {"role": "auditor", "name": "Ann Other, auditor", "date": "2026-12-10", "passphrase": SECRET}
    wrong = client.upload(BUNDLE, f"{BUNDLE}/sign", [("key", "key", private)], said | {"passphrase": "no"})
    assert wrong.status == 422
    assert 'href="#key"' in wrong.text
    assert not (root / "reports" / run / "bundle.zip.signatures.json").exists()
    before = (root / "reports" / run / "bundle.zip").read_bytes()
    assert client.upload(BUNDLE, f"{BUNDLE}/sign", [("key", "key", private)], said).status == 303
    assert (root / "reports" / run / "bundle.zip").read_bytes() == before
    award.run("bundle", "check-signatures", root, "--public-key", public)
    page = opened(desk)
    page.goto(page.url.rstrip("/") + "/ledger/bundle")
    assert page.get_by_text("The programme’s ledger recorded this bundle.").count() == 1
    assert page.get_by_text("with a key that you have not named").count() == 1
    assert breaks(page) == []
    page.get_by_label("Public keys that you trust").fill(public)
    page.get_by_role("button", name="Compare with these keys").click()
    assert page.get_by_text("with a key that you trust").count() == 1
    for path in root.rglob("*"):
        assert not path.is_file() or (SECRET.encode() not in path.read_bytes()), path


@pytest.fixture
def bundle(awarded, tmp_path):
    """Give a bundle that lies alone in a folder."""
    root, run = awarded
    (tmp_path / "audit").mkdir()
    return shutil.copy(root / "reports" / run / "bundle.zip", tmp_path / "audit" / "bundle.zip")


def test_a_folder_that_holds_only_a_bundle_is_opened_like_the_bundle(serve, bundle):
    client = serve(bundle.parent).client()
    assert client.get("/").onward == "/bundle"
    assert "to look at only" in client.get("/bundle").text


@pytest.mark.slow
def test_auditors_open_a_bundle_and_follow_a_number_to_its_cell(serve, opened, breaks, bundle):
    page = opened(serve(bundle))
    assert page.url.endswith("/bundle")
    assert page.get_by_text("to look at only").count() == 1
    assert page.get_by_text("holds", exact=True).count() >= 3
    assert breaks(page) == []
    page.get_by_role("link", name="Results").click()
    assert page.get_by_text("An award can be recommended.").count() == 1
    assert breaks(page) == []
    page.locator("tbody th a").first.click()
    page.get_by_role("button", name="Trace its numbers").click()
    page.get_by_text("Every number is traced to its cell.").wait_for()
    page.get_by_role("link", name=re.compile("See the numbers of")).click()
    assert page.get_by_role("cell", name=re.compile(r"consensus.csv C\d")).count() >= 2
    assert breaks(page) == []
    assert not any(mark in page.content() for mark in ("<script>alert", "<svg onload"))


@pytest.mark.slow
def test_auditors_replay_verify_and_look_for_exceptions_in_a_browser(serve, opened, breaks, bundle):
    page = opened(serve(bundle))
    for words, said in (("Replay", re.compile("^Identical: ")), ("Verify", "All that was checked agrees.")):
        page.get_by_role("link", name="The bundle", exact=True).click()
        page.get_by_role("button", name=words, exact=True).click()
        page.get_by_text(said).first.wait_for()
        assert breaks(page) == []
    page.get_by_role("link", name="The bundle", exact=True).click()
    assert page.get_by_role("button", name="Replay again").count() == 1, "and what it said stands on the page"
    assert page.get_by_text(re.compile("^Identical: ")).count() >= 1
    page.get_by_role("link", name="Exceptions", exact=True).click()
    page.get_by_role("button", name="Look", exact=True).click()
    page.get_by_role("button", name="Stop it").wait_for(state="detached")
    page.get_by_role("link", name="Exceptions", exact=True).click()
    assert page.get_by_role("heading", level=2).count() > 3
    assert breaks(page) == []


@pytest.mark.slow
def test_auditors_replay_and_verify_and_change_nothing(serve, bundle):
    client = serve(bundle).client()
    before = sorted(path.name for path in bundle.parent.iterdir())
    told = client.ended(client.post("/bundle", "/bundle/replay", {}).onward)
    assert "Identical: " in told
    assert "Not recomputed: the equality impact documents" in told, "the monitoring is not with the bundle"
    assert "All that was checked agrees." in client.ended(client.post("/bundle", "/bundle/verify", {}).onward)
    shown = client.get("/bundle").text
    assert "Sign the bundle" not in shown
    token = re.search(r'action="/bundle/replay\?form=(\w+)"', shown)
    assert token
    for path in ("/programmes", "/p/x/decisions/one", "/p/x/letters", "/p/x/ledger/bundle/sign"):
        said = client.send("POST", path, b"", {"Origin": f"http://127.0.0.1:{client.port}"})
        assert said.status in (403, 404), path
    assert sorted(path.name for path in bundle.parent.iterdir()) == before


@pytest.mark.slow
def test_auditors_compare_with_a_second_bundle_that_is_kept_nowhere(serve, opened, breaks, awarded, bundle):
    root, _ = awarded
    text = (root / "bids" / "register.csv").read_text("utf-8")
    (root / "bids" / "register.csv").write_text(text.replace("18000", "17000"), "utf-8")
    second = root / "reports" / award.evaluated(root) / "bundle.zip"
    page = opened(serve(bundle))
    page.get_by_role("link", name="Compare").click()
    assert breaks(page) == []
    page.get_by_role("button", name="Compare", exact=True).click()
    assert page.locator(".govuk-error-summary a").get_attribute("href") == "#bundle"
    assert breaks(page) == []
    page.set_input_files("#bundle", second)
    page.get_by_role("button", name="Compare", exact=True).click()
    page.get_by_text("What changed of each bid").wait_for(state="attached")
    rows = [row.inner_text().split("\t") for row in page.get_by_role("row").all()]
    assert ["B2", "main", "price", "17000.00", "18000.00"] in [row[:5] for row in rows], "from the second to this one"
    assert breaks(page) == []


@pytest.mark.slow
def test_what_is_no_bundle_or_was_changed_is_told_in_a_sentence(serve, bundle):
    with zipfile.ZipFile(bundle) as held:
        members = {name: held.read(name) for name in held.namelist()}
    members["data/bids.json"] = members["data/bids.json"].replace(b"18000.00", b"17000.00")
    with zipfile.ZipFile(bundle, "w") as held:
        for name, content in members.items():
            held.writestr(name, content)
    client = serve(bundle).client()
    assert "Not as it was closed" in client.get("/bundle").text
    said = client.ended(client.post("/bundle", "/bundle/replay", {}).onward)
    assert "Identical" not in said
    other = client.upload("/bundle/compare", "/bundle/compare", [("bundle", "../../x.zip", b"PK no zip")])
    assert other.status == 422
    assert "They cannot be compared" in other.text
    bundle.write_bytes(b"no bundle at all")
    assert "cannot be read as an audit bundle" in client.get("/bundle").text
    assert client.get("/bundle/results").status == 409


@pytest.mark.slow
def test_a_script_of_ours_is_told_how_far_the_work_on_a_bundle_is(serve, bundle):
    client = serve(bundle).client()
    begun = client.post("/bundle", "/bundle/verify", {})
    client.ended(begun.onward)
    assert json.loads(client.get(f"{begun.onward}/facts").text)["state"] == "done"
