"""What somebody typed is not lost: a form that is refused, or of a desk that has ended, is shown again to be sent."""

from pathlib import Path
from shutil import copytree
from urllib.parse import urlencode

import pytest

from evaluator.files.audit.lock import locked
from evaluator.files.read.programme import open_programme
from tests.desk.served import Client, served
from tests.desk.test_safety import SETTINGS, raw

TITLE = "Warmer <b>Spaces</b>, “2027”"
BROWSERS_SAY = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_what_was_typed_outlives_the_desk_and_is_saved_by_the_next(minimal, tmp_path, opened, breaks):
    folder = tmp_path / "Programmes"
    programmes = {script: Path(copytree(minimal, folder / name)) for script, name in ((True, "One"), (False, "Two"))}
    with served(folder, tmp_path / "state") as first:
        pages = {script: opened(first, script=script) for script in programmes}
        for script, page in pages.items():
            page.goto(f"{first.origin}/p/{programmes[script].name}/settings")
            page.get_by_label("Programme", exact=True).fill(TITLE)
    with served(folder, tmp_path / "state") as second:
        assert second.port == first.port  # a page that is open finds the next desk where it knew the first
        for script, page in pages.items():
            page.get_by_role("button", name="Save the settings").click()
            assert page.get_by_role("heading", level=1).inner_text() == "This was not saved yet"
            assert TITLE in page.locator("main").inner_text()
            assert "Open the desk in another tab first" in page.locator("main").inner_text()
            assert breaks(page) == []
            page.context.new_page().goto(second.opened)
            page.get_by_role("button", name="Send it again").click()
            assert "Open the desk in another tab" not in page.locator("main").inner_text()
            assert open_programme(programmes[script]).settings.title != TITLE
            page.get_by_role("button", name="Send it again").click()
            assert "There is a problem" not in page.locator("main").inner_text()
            assert page.get_by_label("Programme", exact=True).input_value() == TITLE
            assert open_programme(programmes[script]).settings.title == TITLE


def sent(desk, client, *, path=SETTINGS, **headers):
    """Send a form with a token of another desk, as a browser that says where it comes from."""
    said = (
        FORM | BROWSERS_SAY | {"Origin": desk.origin} | {name.replace("_", "-"): text for name, text in headers.items()}
    )
    return client.send(
        "POST",
        f"{path}?form=other",
        urlencode({"title": TITLE, "version": "7", "passphrase": "secret 4711"}).encode(),
        said,
    )


def test_a_strangers_form_gets_its_own_words_back_and_no_token(serve, minimal):
    desk = serve(minimal)
    answer = sent(desk, Client(desk.port))
    assert answer.status == 403
    assert "Warmer &lt;b&gt;Spaces" in answer.text
    assert f'action="{SETTINGS}?form="' in answer.text
    assert ">7<" not in answer.text  # what nobody typed is not shown
    assert "secret" not in answer.text
    assert minimal.name not in answer.text.replace(SETTINGS, "")
    known = sent(desk, desk.client())
    assert known.status == 403
    assert f'action="{SETTINGS}?form={desk.client().address(SETTINGS, SETTINGS).partition("form=")[2]}"' in known.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Mode": "cors"},
        {"Sec_Fetch_Dest": "iframe"},
        {"Content_Type": "text/plain"},
        {"path": "//evil.example/p"},
    ],
)
def test_nothing_is_given_back_to_what_no_page_of_a_desk_sends(serve, minimal, headers):
    desk = serve(minimal)
    for client in (desk.client(), Client(desk.port)):
        answer = sent(desk, client, **headers)
        assert answer.status == 403
        assert "Warmer" not in answer.text


def test_a_large_form_of_a_stranger_is_not_read(serve, minimal):
    desk = serve(minimal)
    said = FORM | BROWSERS_SAY | {"Origin": desk.origin, "Host": f"127.0.0.1:{desk.port}", "Content-Length": "1000001"}
    head = f"POST {SETTINGS} HTTP/1.1\r\n" + "".join(f"{name}: {text}\r\n" for name, text in said.items()) + "\r\n"
    assert raw(desk, head.encode()).split()[1] == b"403"  # though not a byte of the body was sent


def test_what_a_held_ledger_refuses_is_kept_and_can_be_sent_again(serve, minimal):
    client, fields = serve(minimal).client(), {"theme-id": "warm", "theme-title": TITLE}
    hub, to = "/p/Warm%20Spaces/criteria", "/p/Warm%20Spaces/criteria/theme"
    with locked(open_programme(minimal).ledger, "Ann Bell"):
        answer = client.post(hub, to, fields)
    assert answer.status == 409
    assert "Ann Bell" in answer.text
    assert "Warmer &lt;b&gt;Spaces" in answer.text
    token = answer.text.partition(f'action="{to}?form=')[2].partition('"')[0]
    kind = FORM | {"Origin": f"http://127.0.0.1:{client.port}"}
    assert client.send("POST", f"{to}?form={token}", urlencode(fields).encode(), kind).status == 303
    assert "Warmer &lt;b&gt;Spaces" in client.get(hub).text
