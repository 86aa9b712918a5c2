"""What a file came to is given again to a process that asked for it; what has changed is read."""

from collections.abc import Iterator

import pytest

from evaluator.files.read import remembered
from evaluator.files.read.remembered import each_once, remember, shelved

READ: list[str] = []


def shout(file: tuple[str, bytes]) -> str:
    READ.append(file[0])
    return f"{file[0]} {file[1].decode()}!"


def whisper(file: tuple[str, bytes]) -> str:
    return file[1].decode().lower()


def one_by_one(work, files):
    return [work(file) for file in files]


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    READ.clear()
    yield
    remember(0)
    remembered._held.clear()


def test_nothing_is_kept_unasked() -> None:
    for _ in range(2):
        assert each_once(shout, [("a", b"X")], one_by_one, str) == ["a X!"]
    assert READ == ["a", "a"]


def test_a_file_is_read_again_only_where_its_name_its_content_or_the_work_differs() -> None:
    remember(10)
    files = [("a", b"X"), ("b", b"Y"), ("a", b"X")]
    assert each_once(shout, files, one_by_one, str) == ["a X!", "b Y!", "a X!"]
    assert each_once(shout, [("b", b"Z"), ("a", b"X"), ("c", b"X")], one_by_one, str) == ["b Z!", "a X!", "c X!"]
    assert each_once(whisper, files, one_by_one, str) == ["x", "y", "x"]
    assert sorted(READ) == ["a", "a", "b", "b", "c"]


def test_the_oldest_are_forgotten_first() -> None:
    remember(2)
    for name in ("a", "b", "a", "c", "a", "b"):
        each_once(shout, [(name, b"")], one_by_one, str)
    assert READ == ["a", "b", "c", "b"]


def test_a_file_that_changes_all_day_pushes_out_no_other() -> None:
    remember(20)
    each_once(shout, [("b", b"")], one_by_one, str)
    for number in range(40):
        each_once(shout, [("a", str(number).encode())], one_by_one, str)
    each_once(shout, [("b", b""), ("a", b"39"), ("a", b"33")], one_by_one, str)
    assert (READ.count("b"), READ.count("a")) == (1, 40)
    assert len(remembered._held) == 1 + remembered.MOST_OF_ONE
    each_once(shout, [("a", b"31")], one_by_one, str)
    assert READ.count("a") == 41


class Shelf(dict):
    """What a later process is given of an earlier one."""

    def get(self, what, of, kind):
        return super().get((what, of, kind))

    def put(self, what, of, kind, made):
        self[what, of, kind] = made


@pytest.mark.parametrize("files_remembered", [0, 10])
def test_what_an_earlier_process_read_is_taken_from_the_shelf(files_remembered: int) -> None:
    remember(files_remembered)
    shelf = Shelf()
    with shelved(shelf):
        assert each_once(shout, [("a", b"X"), ("b", b"Y")], one_by_one, str) == ["a X!", "b Y!"]
    remembered._held.clear()
    READ.clear()
    with shelved(shelf):
        assert each_once(shout, [("b", b"Y"), ("c", b"Z"), ("a", b"X")], one_by_one, str) == ["b Y!", "c Z!", "a X!"]
    assert READ == ["c"]
    remembered._held.clear()
    each_once(shout, [("a", b"X")], one_by_one, str)
    assert READ == ["c", "a"], "a shelf serves no longer than it is asked to"
