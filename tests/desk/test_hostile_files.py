"""Forty hostile files for each reader of the desk: every one is answered with a page, and nothing of it is kept."""

import shutil
from pathlib import Path

import pytest

from tests.desk.asked import Asked
from tests.desk.hostile import forty

AT = "/p/Rooms"
INBOX = f"{AT}/inbox"
FORTY = forty()
FEW = (0, 8, 38, 39)
EACH = [at if at in FEW else pytest.param(at, marks=pytest.mark.slow) for at in range(len(FORTY))]
PAGES = (
    *("", "/panel", "/inbox", "/returns", "/moderation", "/decisions", "/evaluate"),
    *("/results", "/letters", "/equality", "/ledger", "/settings"),
)
OF_BUNDLES = ("/bundle", "/bundle/results", "/bundle/bid?bid=B1", "/bundle/rules", "/bundle/compare")
PLACES = (
    *("settings.xlsx", "criteria/criteria.xlsx", "criteria/programme.toml", "criteria/criteria.lock"),
    *("bids/register.csv", "bids/consensus.csv", "bids/consensus.xlsx", "bids/declarations.csv", "bids/decisions.xlsx"),
    *("bids/returns/E1.xlsx", "bids/moderation.xlsx", "bids/equality/monitoring.csv", "ledger.jsonl"),
)


def named(files: tuple[bytes, ...]) -> list[tuple[str, str, bytes]]:
    kinds = ("xlsx", "csv", "toml", "zip", "jsonl")
    return [("files", f"../zz-evil {at}.{kinds[at % len(kinds)]}", one) for at, one in enumerate(files)]


def test_the_inbox_answers_each_of_forty_and_files_none_of_them(serve, undecided: Path) -> None:
    client = serve(undecided).client()
    before = sorted(undecided.rglob("*"))
    assert client.upload(INBOX, INBOX, named(FORTY)).status == 303
    shown = client.get(INBOX).text
    assert all(f"zz-evil {at}." in shown for at in range(len(FORTY)))
    number = shown.split("inbox/file/")[1].split("?")[0]
    ticked = [(f"take-{at}", "yes") for at in range(len(FORTY))]
    assert client.post(INBOX, f"{INBOX}/file/{number}", ticked).status == 303
    assert "Nothing was filed." in client.get(INBOX).text or "still wait" in client.get(INBOX).text
    assert client.post(INBOX, f"{INBOX}/away/{number}", {}).status == 303
    assert sorted(undecided.rglob("*")) == before
    assert not list(undecided.parent.rglob("*zz-evil*"))


@pytest.mark.slow
def test_the_reader_of_other_layouts_answers_each_of_forty(serve, undecided: Path) -> None:
    client = serve(undecided).client()
    assert client.upload(INBOX, INBOX, named(FORTY)).status == 303
    number = client.get(INBOX).text.split("inbox/file/")[1].split("?")[0]
    for at in range(len(FORTY)):
        for what in ("register", "marks"):
            said = client.get(f"{AT}/imports/{number}/{at}?what={what}")
            assert said.status in (200, 409), (at, said.text)
            assert "<h1" in said.text


@pytest.mark.parametrize("many", [1, pytest.param(len(FORTY), marks=pytest.mark.slow)])
def test_a_desk_of_auditors_answers_each_second_bundle(serve, awarded, tmp_path: Path, many: int) -> None:
    bundle = tmp_path / "one" / "bundle.zip"
    bundle.parent.mkdir()
    shutil.copy(awarded[0] / "reports" / awarded[1] / "bundle.zip", bundle)
    client = serve(bundle).client()
    for one in FORTY[:: len(FORTY) // many][:many]:
        said = client.upload("/bundle/compare", "/bundle/compare", [("bundle", "../zz-evil.zip", one)])
        assert said.status == 422
        assert "cannot be compared" in said.text or "could not be read" in said.text
    assert [path.name for path in bundle.parent.iterdir()] == ["bundle.zip"]


@pytest.mark.slow
@pytest.mark.parametrize("at", range(len(FORTY)))
def test_a_desk_that_is_opened_on_one_of_them_says_what_is_wrong_with_it(at: int, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(FORTY[at])
    desk = Asked.on(bundle, tmp_path / "staging")
    for page in OF_BUNDLES:
        assert desk.get(page).status_code in (200, 404, 409), page


@pytest.mark.parametrize("at", EACH)
@pytest.mark.parametrize("place", PLACES)
def test_every_page_is_answered_while_one_of_them_lies_in_the_programme(
    place: str, at: int, awarded, tmp_path: Path
) -> None:
    root, _ = awarded
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).write_bytes(FORTY[at])
    desk = Asked.on(root, tmp_path / "staging")
    for page in PAGES:
        assert desk.get(f"{AT}{page}").status_code in (200, 404, 409), (place, page)
