"""What is kept counts as this account wrote it, under what it follows from; whatever else lies there is nothing."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from evaluator.files import account, cache
from evaluator.files.cache import Cache
from evaluator.records.office.folder import CACHE

WITH = {"bid-evaluator": "1", "python": "3"}


@dataclass(frozen=True)
class Sum:
    """Something that is worked out."""

    total: Fraction
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marks:
    """Something that a sum follows from."""

    each: tuple[Fraction, ...]
    cells: bytes = b"\xff\x00"


THIRDS, SIXTH = Marks((Fraction(1, 3),)), Sum(Fraction(1, 6), ("a sixth",))


def worked_out(kept: Cache, of: object = THIRDS, what: str = "sum", made: Sum = SIXTH) -> int:
    """Say how often the work had to be done to get what is right."""
    done: list[int] = []

    def make() -> Sum:
        done.append(1)
        return made

    assert kept.once(what, of, Sum, make) == made
    return len(done)


def only_file(reports: Path) -> Path:
    (found,) = (reports / CACHE).glob("*.kept")
    return found


def test_what_was_worked_out_is_given_again_to_a_later_process(tmp_path: Path) -> None:
    assert [worked_out(Cache(tmp_path, WITH)) for _ in range(3)] == [1, 0, 0]


@pytest.mark.parametrize(
    "other",
    [
        lambda at: worked_out(Cache(at, WITH), Marks((Fraction(2, 6) + 1,))),
        lambda at: worked_out(Cache(at, WITH), Marks((Fraction(1, 3),), b"\xff\x01")),
        lambda at: worked_out(Cache(at, WITH), what="mean"),
        lambda at: worked_out(Cache(at, {**WITH, "bid-evaluator": "2"})),
        lambda at: worked_out(Cache(at, {**WITH, "python": "4"})),
    ],
)
def test_whatever_it_follows_from_is_part_of_its_name(other: Callable[[Path], int], tmp_path: Path) -> None:
    worked_out(Cache(tmp_path, WITH))
    assert other(tmp_path) == 1
    assert worked_out(Cache(tmp_path, WITH)) == 0


def test_a_changed_file_of_the_engine_makes_all_that_is_kept_that_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out(Cache(tmp_path, WITH))
    monkeypatch.setattr(cache, "_own_files", lambda: "another")
    assert worked_out(Cache(tmp_path, WITH)) == 1


def flipped(path: Path) -> None:
    """Turn one bit in the middle of what is kept."""
    held = bytearray(path.read_bytes())
    held[len(held) * 2 // 3] ^= 1
    path.write_bytes(held)


def as_if_sealed(path: Path) -> None:
    """Write a result of one's own, as somebody would who knows the form and not the secret."""
    path.write_bytes(bytes(32) + TypeAdapter(Sum).dump_json(Sum(Fraction(9))))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "damage",
    [
        flipped,
        as_if_sealed,
        a_folder,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes() + b"\0"),
        lambda path: path.write_bytes(path.read_bytes()[:32]),
        lambda path: (path.unlink(), path.symlink_to("/dev/zero")),
        Path.unlink,
    ],
)
def test_what_is_damaged_is_as_if_it_were_not_there(damage: Callable[[Path], object], tmp_path: Path) -> None:
    worked_out(Cache(tmp_path, WITH))
    damage(only_file(tmp_path))
    assert worked_out(Cache(tmp_path, WITH)) == 1


def test_one_thing_in_the_place_of_another_is_not_taken_for_it(tmp_path: Path) -> None:
    worked_out(Cache(tmp_path, WITH))
    mine = only_file(tmp_path)
    other = Sum(Fraction(7), ("seven",))
    worked_out(Cache(tmp_path, WITH), Marks(()), made=other)
    (second,) = set((tmp_path / CACHE).glob("*.kept")) - {mine}
    second.write_bytes(mine.read_bytes())
    assert worked_out(Cache(tmp_path, WITH), Marks(()), made=other) == 1


def test_what_another_account_kept_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out(Cache(tmp_path / "reports", WITH))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "other"))
    assert worked_out(Cache(tmp_path / "reports", WITH)) == 1


@pytest.mark.parametrize("held", [b"", b"short", bytes(33)])
def test_without_a_secret_of_its_own_nothing_is_kept(
    held: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    account.home().mkdir()
    (account.home() / account.SECRET).write_bytes(held)
    assert [worked_out(Cache(tmp_path, WITH)) for _ in range(2)] == [1, 1]
    assert not (tmp_path / CACHE).exists()


def test_where_nothing_can_be_written_all_is_worked_out(tmp_path: Path) -> None:
    (tmp_path / CACHE).write_text("a file in the place of the folder", "utf-8")
    assert [worked_out(Cache(tmp_path, WITH)) for _ in range(2)] == [1, 1]


def test_a_full_disk_is_met_once_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, tried = Cache(tmp_path, WITH), []

    def full(self: Path, target: Path) -> None:
        tried.append(target)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert [worked_out(kept, Marks(()), what) for what in ("one", "two")] == [1, 1]
    assert len(tried) == 1
    assert [path.name for path in (tmp_path / CACHE).iterdir()] == [cache.TAG]


def test_a_folder_that_leads_elsewhere_is_neither_read_nor_written_nor_cleared(tmp_path: Path) -> None:
    worked_out(Cache(tmp_path / "there", WITH))
    (tmp_path / CACHE).symlink_to(tmp_path / "there" / CACHE)
    before = sorted((tmp_path / CACHE).iterdir())
    assert [worked_out(Cache(tmp_path, WITH)) for _ in range(2)] == [1, 1]
    Cache(tmp_path, WITH).clear()
    assert sorted((tmp_path / CACHE).iterdir()) == before


def test_texts_that_cannot_be_written_are_worked_out_each_time(tmp_path: Path) -> None:
    broken = Sum(Fraction(1), ("half a character: \ud800",))
    assert [worked_out(Cache(tmp_path, WITH), made=broken) for _ in range(2)] == [1, 1]
    assert [worked_out(Cache(tmp_path, WITH), ("\ud800",)) for _ in range(2)] == [1, 1]


def test_what_has_no_exact_words_is_not_taken_for_the_same(tmp_path: Path) -> None:
    assert [worked_out(Cache(tmp_path, WITH), (object(),)) for _ in range(2)] == [1, 1]


def test_what_was_used_longest_ago_is_cleared_first_and_nothing_but_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Cache(tmp_path, WITH)
    for number in range(4):
        worked_out(kept, (number,))
        newest = max((tmp_path / CACHE).glob("*.kept"), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, ns=(number, number))
    (tmp_path / CACHE / "of-somebody.txt").write_text("mine", "utf-8")
    assert worked_out(kept, (0,)) == 0  # which makes it the one that was used last
    monkeypatch.setattr(cache, "MOST", 2 * newest.stat().st_size)
    kept.clear()
    assert [worked_out(Cache(tmp_path, WITH), (number,)) for number in (0, 3, 1, 2)] == [0, 0, 1, 1]
    assert (tmp_path / CACHE / "of-somebody.txt").exists()


def test_what_is_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "LARGEST", 8)
    assert [worked_out(Cache(tmp_path, WITH)) for _ in range(2)] == [1, 1]


@pytest.mark.skipif(sys.platform == "win32", reason="its files have other permissions")
def test_nobody_but_the_account_opens_what_is_kept(tmp_path: Path) -> None:
    worked_out(Cache(tmp_path, WITH))
    assert [oct(path.stat().st_mode & 0o777) for path in (only_file(tmp_path).parent, only_file(tmp_path))] == [
        "0o700",
        "0o600",
    ]
    assert oct((account.home() / account.SECRET).stat().st_mode & 0o777) == "0o600"


def test_its_name_tells_nothing_of_what_it_follows_from(tmp_path: Path) -> None:
    """Whoever guesses at what somebody wrote cannot try the guess against the names of files: they are keyed."""
    worked_out(Cache(tmp_path, WITH), ("B1 is a poor bid",))
    first = only_file(tmp_path).name
    (account.home() / account.SECRET).unlink()
    only_file(tmp_path).unlink()
    worked_out(Cache(tmp_path, WITH), ("B1 is a poor bid",))
    assert only_file(tmp_path).name != first


TWO = """
import sys
from pathlib import Path
from evaluator.files.cache import Cache
kept = Cache(Path(sys.argv[1]), {})
for number in range(60):
    made = kept.once("work", (number,), dict[str, int], lambda: {"number": number})
    assert made == {"number": number}, made
    if number % 7 == 0:
        kept.clear()
"""


def test_two_processes_at_once_have_one_secret_and_never_half_a_thing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    words = [sys.executable, "-c", TWO, str(tmp_path)]
    both = [subprocess.Popen(words, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(one.communicate()[1], one.returncode) for one in both] == [(b"", 0), (b"", 0)]
    assert len(list((tmp_path / CACHE).glob("*.kept"))) == 60
    assert {path.name for path in account.home().iterdir()} == {account.SECRET}
