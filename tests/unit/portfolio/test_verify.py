"""Every bundle gets one verdict, the right one, whatever lies beside it and whatever is killed meanwhile."""

import json
import os
import signal
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.jobs.cluster import as_done
from evaluator.portfolio.apart import Bounds, EndedError, looked_at
from evaluator.portfolio.places import NoSuchFolderError, Place, bundles_in
from evaluator.portfolio.verify import UnusableStateError, checked, verify
from tests.unit.portfolio.conftest import HOSTILE, with_member

Parts = Iterable[Any]


def here(work: Any, parts: Parts) -> Iterator[tuple[Any, Any]]:
    yield from ((part, work(part)) for part in parts)


def quiet(_: str) -> None:
    """Say nothing."""


def only(folder: Path) -> Place:
    (place,) = bundles_in(str(folder))
    return place


def test_a_sound_bundle_holds(tmp_path: Path, priced: bytes) -> None:
    (tmp_path / "bundle.zip").write_bytes(priced)
    found = checked(only(tmp_path), Bounds(), full=False)
    assert (found.verdict, found.why, found.documents) == ("holds", "", "identical")


def test_full_searches_explanations_again_and_says_so(tmp_path: Path, explained: bytes) -> None:
    (tmp_path / "bundle.zip").write_bytes(explained)
    for full, said in ((False, "checked"), (True, "searched")):
        found = checked(only(tmp_path), Bounds(), full=full)
        assert (found.verdict, found.explanations) == ("holds", said)


def test_a_bundle_with_another_mark_differs_and_says_where(tmp_path: Path, priced: bytes) -> None:
    changed = with_member(priced, "inputs/bids/consensus.csv", b"B3,Q1,5", b"B3,Q1,4")
    (tmp_path / "bundle.zip").write_bytes(changed)
    found = checked(only(tmp_path), Bounds(), full=False)
    assert found.verdict == "differs"
    assert "consensus.csv" in found.why


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_bundle_or_a_hostile_one_cannot_be_read_and_says_why(tmp_path: Path, kind: str) -> None:
    (tmp_path / "bundle.zip").write_bytes(HOSTILE[kind]())
    found = checked(only(tmp_path), Bounds(), full=False)
    assert found.verdict == "unreadable"
    assert found.why
    assert "Error" not in found.why


def test_a_bundle_that_takes_too_long_is_ended_and_told(tmp_path: Path, priced: bytes) -> None:
    (tmp_path / "bundle.zip").write_bytes(priced)
    with pytest.raises(EndedError, match="more than 1 seconds or too much memory"):
        looked_at("check", tmp_path / "bundle.zip", Bounds(seconds=1))


def test_a_bundle_that_needs_too_much_memory_cannot_be_read(tmp_path: Path, priced: bytes) -> None:
    (tmp_path / "bundle.zip").write_bytes(priced)
    assert checked(only(tmp_path), Bounds(memory=80 * 2**20), full=False).verdict == "unreadable"


def test_archives_are_found_by_path_and_those_with_monitoring_and_links_are_left_alone(tmp_path: Path) -> None:
    for name in ("b/bundle.zip", "a/x/run.ZIP", "a/equality.zip", "a/notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "link.zip").symlink_to(tmp_path / "b" / "bundle.zip")
    assert [one.path for one in bundles_in(str(tmp_path))] == ["a/x/run.ZIP", "b/bundle.zip"]


@pytest.mark.parametrize("folder", ["/none/such", "nothing://here", "s3://bucket"])
def test_a_folder_that_cannot_be_looked_through_is_said(folder: str) -> None:
    with pytest.raises(NoSuchFolderError, match=folder):
        bundles_in(folder)


def test_work_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.zip").write_bytes(b"no archive")
    places, state, looked = bundles_in(str(tmp_path)), tmp_path / "state", []

    def stopped(work: Any, parts: Parts) -> Iterator[tuple[Any, Any]]:
        for part in list(parts)[:2]:
            looked.append(part.path)
            yield part, work(part)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify(places, state, stopped, Bounds(), quiet, full=False)
    with state.open("ab") as stream:
        stream.write(b'{"of": {"pa')  # what a killed process left of a line

    def goes_on(work: Any, parts: Parts) -> Iterator[tuple[Any, Any]]:
        for part in parts:
            looked.append(part.path)
            yield part, work(part)

    found = verify(places, state, goes_on, Bounds(), quiet, full=False)
    assert [one.path for one in found] == looked == ["a.zip", "b.zip", "c.zip"]
    assert len(state.read_bytes().splitlines()) == 4


def test_an_archive_that_changed_since_is_looked_at_again(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"no archive")
    state = tmp_path / "state"
    first = verify(bundles_in(str(tmp_path)), state, here, Bounds(), quiet, full=False)
    (tmp_path / "a.zip").write_bytes(b"another one")
    again = verify(bundles_in(str(tmp_path)), state, here, Bounds(), quiet, full=False)
    assert first[0].sha256 != again[0].sha256


def test_a_state_of_another_way_of_checking_is_refused(tmp_path: Path) -> None:
    verify((), tmp_path / "state", here, Bounds(), quiet, full=False)
    with pytest.raises(UnusableStateError, match="with or without --full"):
        verify((), tmp_path / "state", here, Bounds(), quiet, full=True)
    (tmp_path / "other").write_text("hello")
    with pytest.raises(UnusableStateError, match="is not what a check of bundles left"):
        verify((), tmp_path / "other", here, Bounds(), quiet, full=False)


def test_a_part_at_which_worker_after_worker_is_lost_is_told_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"x")

    def lost(_: Any, parts: Parts) -> Iterator[tuple[Any, Any]]:
        yield from ((part, MemoryError()) for part in parts)

    (found,) = verify(bundles_in(str(tmp_path)), tmp_path / "state", lost, Bounds(), quiet, full=False)
    assert (found.verdict, found.why) == ("unreadable", "worker after worker was lost while it was looked at")


def test_the_command_gives_the_contract_and_pages(tmp_path: Path, unpriced: bytes) -> None:
    folder = tmp_path / "bundles"
    folder.mkdir()
    (folder / "sound.zip").write_bytes(unpriced)
    (folder / "words.zip").write_bytes(b"no archive <script>")
    said = CliRunner().invoke(
        main, ["portfolio", "verify", str(folder), "--out", str(tmp_path / "out"), "--workers", "2", "--json"]
    )
    assert said.exit_code == 1, said.output
    told = json.loads(said.stdout)
    assert [(one["path"], one["verdict"]) for one in told["bundles"]] == [
        ("sound.zip", "holds"),
        ("words.zip", "unreadable"),
    ]
    assert set(told["bundles"][0]) >= {"path", "verdict", "why", "seconds"}
    assert json.loads((tmp_path / "out" / "verdicts.json").read_text()) == told
    import pandas

    assert list(pandas.read_parquet(tmp_path / "out" / "verdicts.parquet")["verdict"]) == ["holds", "unreadable"]
    page = (tmp_path / "out" / "index.html").read_text()
    assert "1 of 2 bundles is what the inputs give; 1 could not be read." in page


def test_the_command_leaves_a_folder_of_something_else_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    said = CliRunner().invoke(main, ["portfolio", "verify", str(tmp_path), "--out", str(tmp_path)])
    assert said.exit_code == 2
    assert "is not empty" in said.output


@pytest.mark.slow
def test_three_hundred_bundles_get_the_right_verdict_once_although_a_worker_is_killed(
    tmp_path: Path, unpriced: bytes
) -> None:
    kinds = [*HOSTILE, "cut", "changed"]
    expected = {}
    for number in range(300):
        kind = kinds[number // 10 % len(kinds)] if number % 10 == 3 else "sound"
        content = {
            "sound": lambda: unpriced,
            "cut": lambda: unpriced[: len(unpriced) // 2],
            "changed": lambda: with_member(unpriced, "inputs/bids/marks.csv", b",4,", b",3,"),
            **HOSTILE,
        }[kind]()
        (tmp_path / f"{number:03}.zip").write_bytes(content)
        expected[f"{number:03}.zip"] = {"sound": "holds", "changed": "differs"}.get(kind, "unreadable")
    told: list[str] = []
    with as_done("", 2) as share:

        def noted(work: Any, parts: Parts) -> Iterator[tuple[Any, Any]]:
            for at, (part, found) in enumerate(share(work, parts)):
                if at == 20:
                    kill_a_worker()
                told.append(part.path)
                yield part, found

        found = verify(bundles_in(str(tmp_path)), tmp_path / "state", noted, Bounds(), quiet, full=False)
    assert {one.path: one.verdict for one in found} == expected
    assert Counter(told) == dict.fromkeys(expected, 1)


def kill_a_worker() -> None:
    from multiprocessing import active_children

    workers = [child for child in active_children() if child.pid]
    assert workers
    Timer(0.1, os.kill, (workers[0].pid, signal.SIGKILL)).start()
