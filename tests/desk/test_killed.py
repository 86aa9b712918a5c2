"""A desk that is killed at any moment: what was acknowledged is there, and nothing half written is shown."""

import http.client
import json
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.audit.run_folder import MARK
from evaluator.files.read.programme import read_settings
from evaluator.jobs.ledger_events import NAME
from tests.desk.served import Client, Served, served

PLACE = "/p/Warm%20Spaces"
MOMENTS = random.Random(19)


def killed_after(one: Served, seconds: float) -> None:
    time.sleep(seconds)
    one.process.kill()
    one.process.wait()


def acknowledged(client: Client, seconds: float) -> list[str]:
    """Make runs one after another until the desk is gone; give what was said to have finished."""
    finished, until = [], time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            at = client.post(
                f"{PLACE}/evaluate", f"{PLACE}/evaluate", {"date": f"2026-12-{len(finished) + 1:02}"}
            ).onward
            while "data-desk-work" in (page := client.get(at).text):
                time.sleep(0.05)
            assert "Finished" in page, page
            finished.append(page.partition("/runs/")[2].partition('"')[0])
    except (OSError, StopIteration):
        pass
    return finished


def whole_runs(root: Path) -> Iterator[str]:
    """Name each run that can be seen; its folder holds every document that its manifest names."""
    for mark in sorted((root / "reports").glob(f"*/{MARK}")):
        if mark.parent.name.startswith("."):
            continue
        listed = json.loads(mark.read_text("utf-8"))["files"]
        there = {path.relative_to(mark.parent).as_posix() for path in mark.parent.rglob("*")}
        assert {name.removeprefix("outputs/") for name in listed if name.startswith("outputs/")} <= there
        yield mark.parent.name


def is_whole(root: Path) -> bool:
    return not (root / NAME).exists() or read_ledger(root / NAME).findings == ()


@pytest.mark.slow
def test_runs_that_were_acknowledged_survive_a_desk_that_is_killed_and_no_half_of_one_is_shown(
    minimal: Path, tmp_path: Path
) -> None:
    for _ in range(15):
        with served(minimal, tmp_path / "state") as one:
            known = set(whole_runs(minimal))
            killer = Thread(target=killed_after, args=(one, MOMENTS.uniform(0.3, 9)))
            killer.start()
            finished = acknowledged(one.client(), 30)
            killer.join()
        assert known | set(finished) <= set(whole_runs(minimal))
    with served(minimal, tmp_path / "state") as one:
        told = one.client().get(f"{PLACE}/evaluate").text
        assert all(name in told for name in whole_runs(minimal))
        assert one.client().post(f"{PLACE}/settings", f"{PLACE}/settings", {"title": "After all"}).status in (303, 409)
    assert is_whole(minimal)


@pytest.mark.slow
def test_settings_that_were_acknowledged_survive_a_desk_that_is_killed(minimal: Path, tmp_path: Path) -> None:
    said = ""
    for turn in range(15):
        with served(minimal, tmp_path / "state") as one:
            client, number = one.client(), 0
            killer = Thread(target=killed_after, args=(one, MOMENTS.uniform(0.3, 2)))
            killer.start()
            try:
                while True:
                    number += 1
                    wanted = f"Officer {turn}.{number}"
                    page = client.get(f"{PLACE}/settings").text
                    version = page.partition('name="version" value="')[2].partition('"')[0]
                    fields = {"decided_by": wanted, "version": version}
                    if client.post(f"{PLACE}/settings", f"{PLACE}/settings", fields).status == 303:
                        said = wanted
            except (OSError, StopIteration):
                killer.join()
        settings, found = read_settings(minimal / "settings.xlsx")
        assert found == ()
        assert settings.decided_by in (said, wanted)
    assert said
    assert is_whole(minimal)


@pytest.mark.slow
def test_files_that_were_acknowledged_survive_a_desk_that_is_killed_and_no_half_of_one_is_filed(
    minimal: Path, tmp_path: Path
) -> None:
    filed: dict[str, bytes] = {}
    sent: set[bytes] = set()
    for turn in range(30):
        with served(minimal, tmp_path / "state") as one:
            killer = Thread(target=killed_after, args=(one, MOMENTS.uniform(0.5, 6)))
            killer.start()
            with suppress(OSError, http.client.HTTPException, StopIteration, IndexError):
                client = one.client()
                for number in range(50):
                    content = f"Note {turn}.{number}: {'x' * 100_000}".encode()
                    sent.add(content)
                    client.upload(f"{PLACE}/inbox", f"{PLACE}/inbox", [("files", "note.txt", content)])
                    drop = client.get(f"{PLACE}/inbox").text.split("inbox/file/")[1].split("?")[0]
                    chosen = {"take-0": "yes", "kind-0": "paper"}
                    said = client.post(f"{PLACE}/inbox", f"{PLACE}/inbox/file/{drop}", chosen)
                    if "Filed:" in client.get(said.onward).text:
                        filed[f"{turn}.{number}"] = content
            killer.join()
    assert filed
    with served(minimal, tmp_path / "state") as one:
        told = one.client().get(f"{PLACE}/inbox")
        assert told.status == 200
        assert "Not yet filed" not in told.text
    assert is_whole(minimal)
    held = (path.read_bytes() for path in (minimal / "received").rglob("*") if path.is_file())
    kept = {content for content in held if content.startswith(b"Note ")}
    assert set(filed.values()) <= kept <= sent
    receipts = [entry for entry in read_ledger(minimal / NAME).entries if entry.event.kind == "receipt"]
    assert len(receipts) >= len(filed)
