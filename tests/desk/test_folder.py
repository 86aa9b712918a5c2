"""What may lie in a programme's folder, or befall it: links, pipes, names, a full disk; each is answered in words."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from evaluator.desk.pages import home
from evaluator.files.audit import lock
from evaluator.jobs import programme as job
from tests.desk.asked import Asked, text_of
from tests.desk.served import ROOT

AT = "/p/Rooms"
SECRET = "what nobody of the programme may read"
DOCUMENTS = {  # where it lies: the address that gives it
    "reports/{run}/leak.html": "runs/{run}/document?name=leak.html",
    "reports/{run}/equality_impact.leak": "equality/file?of=public&name=equality_impact.leak",
    "reports/equality-restricted/leak.html": "equality/file?of=restricted&name=leak.html",
    "papers/register-leak.xlsx": "panel/paper?name=register-leak.xlsx",
    "papers/letters/leak.html": "letters/file?name=leak.html",
    "papers/disclosure/leak.html": "letters/release/file?of=disclosure&name=leak.html",
}
ZIPS = {"papers/letters": "letters/letters.zip", "papers/disclosure": "letters/release/zip?of=disclosure"}
PIPES = ("settings.xlsx", "reports/{run}/manifest.json", "reports/{run}/outcome.json", "papers/register-leak.xlsx")


@pytest.fixture
def there(awarded: tuple[Path, str], tmp_path: Path) -> tuple[Path, str, Asked]:
    root, run = awarded
    for name, mark in (("letters", "letters.json"), ("disclosure", "disclosure.json")):
        (root / "papers" / name).mkdir(parents=True)
        (root / "papers" / name / mark).write_text("{}")
    (root / "reports" / "equality-restricted").mkdir()
    return root, run, Asked.on(root, tmp_path / "staging")


@pytest.mark.parametrize(("place", "address"), DOCUMENTS.items())
def test_a_document_is_sent_but_not_from_behind_a_link_out_of_the_programme(there, tmp_path, place, address) -> None:
    root, run, desk = there
    path, at = root / place.format(run=run), f"{AT}/{address.format(run=run)}"
    path.write_text(SECRET)
    assert text_of(desk.get(at)) == SECRET
    outside = tmp_path / "outside.html"
    path.rename(outside)
    path.symlink_to(outside)
    said = desk.get(at)
    assert SECRET not in text_of(said)
    assert (said.status_code, "a link out of the programme’s folder" in text_of(said)) == (409, True)


@pytest.mark.parametrize(("place", "address"), ZIPS.items())
def test_nor_is_a_folder_in_one_file(there, tmp_path, place, address) -> None:
    root, _, desk = there
    (tmp_path / "secret.txt").write_text(SECRET)
    (root / place / "leak.html").symlink_to(tmp_path / "secret.txt")
    assert "a link out of the programme’s folder" in text_of(desk.get(f"{AT}/{address}"))
    shutil.move(root / place, tmp_path / "elsewhere")
    (root / place).symlink_to(tmp_path / "elsewhere")
    assert "a link out of the programme’s folder" in text_of(desk.get(f"{AT}/{address}"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
@pytest.mark.parametrize("place", PIPES)
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(there, place: str) -> None:
    root, run, desk = there
    path = root / place.format(run=run)
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    for page in ("", "/settings", "/evaluate", "/results", f"/runs/{run}", "/panel/paper?name=register-leak.xlsx"):
        assert desk.get(f"{AT}{page}").status_code in (200, 404, 409), page


NAMES = (
    'O\'Brien & "Sons" <b>',
    "100% 50%41",
    "Emoji 😀 café",
    "..dots",
    "semi;colon?x#y",
    "{{ 7*7 }}",
    "new\nline",
    "‮rtl",
)


@pytest.mark.skipif(os.name == "nt", reason="these are names of folders that Windows does not take")
@pytest.mark.parametrize("name", [*NAMES, "back\\slash", os.fsdecode(b"bytes \xff")])
def test_a_programme_may_be_called_anything_that_a_folder_can_be(tmp_path: Path, name: str) -> None:
    root = tmp_path / "programmes" / name
    shutil.copytree(ROOT / "criteria" / "minimal", root / "criteria")
    (root / "bids").mkdir()
    for folder in (root, root.parent):
        desk = Asked.on(folder, tmp_path / "staging")
        first = next(iter(desk.desk.programmes()))
        for page in ("", "/settings", "/evaluate", "/inbox", "/ledger"):
            said = desk.get(f"/p/{home.part(first)}{page}")
            assert said.status_code in (200, 404)
            assert "<b>" not in text_of(said)
        assert desk.get("/").status_code in (200, 303)


def test_one_programme_that_cannot_be_read_does_not_hide_the_others(there, tmp_path: Path, monkeypatch) -> None:
    root, _, _ = there
    shutil.copytree(root, tmp_path / "both" / "Rooms")
    shutil.copytree(root, tmp_path / "both" / "Shut")

    def shut(path: Path) -> tuple[()]:
        if path.name == "Shut":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return ()

    monkeypatch.setattr(home, "how_far", shut)
    told = text_of(Asked.on(tmp_path / "both", tmp_path / "staging").get("/"))
    assert "It cannot be read: Permission denied" in told
    assert "Every step is done" in told


def test_of_a_programme_that_could_not_be_begun_nothing_is_left(tmp_path: Path, monkeypatch) -> None:
    written = []

    def full(path: Path, content: object, **_: object) -> None:
        if written:
            raise OSError(errno.ENOSPC, "No space left on device")
        path.write_bytes(b"")
        written.append(path)

    monkeypatch.setattr(job, "write_page", full)
    with pytest.raises(OSError, match="No space"):
        job.begin(tmp_path / "New", job.Settings(title="New"))
    assert written
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_leaves_no_lock_without_an_owner(tmp_path: Path, monkeypatch) -> None:
    def full(_: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(lock.json, "dumps", full)
        with pytest.raises(OSError, match="No space"), lock.locked(tmp_path / "ledger.jsonl", "Ann"):
            raise AssertionError("it is held by nobody")
    assert list(tmp_path.iterdir()) == []
    with lock.locked(tmp_path / "ledger.jsonl", "Ann") as before:
        assert before is None


def test_a_folder_that_may_not_be_written_to_is_not_said_to_be_busy(tmp_path: Path, monkeypatch) -> None:
    def closed(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(lock, "PAUSE", 0)
    monkeypatch.setattr(lock.os, "open", closed)
    with pytest.raises(lock.LockedError, match="may not write into"), lock.locked(tmp_path / "ledger.jsonl", "Ann"):
        raise AssertionError("it is held by nobody")
