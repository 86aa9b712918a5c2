"""Many returns are read by several processes, with the same result in the same order as by one."""

import os
import signal
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from evaluator.files.read import parallel
from evaluator.files.read.bids.returns import read_returns
from evaluator.files.read.parallel import MOST_LOST, in_parallel, shared, usual_processes
from tests.unit.files.read.xlsx.spoilt_workbooks import return_workbook


def doubled(number: int) -> int:
    return 2 * number


def test_results_come_in_the_order_of_the_items_by_one_process_or_several(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = in_parallel(str.upper, list("edcba"))
    monkeypatch.setattr(parallel, "WORTH_IT", 2)
    monkeypatch.setattr(parallel, "usual_processes", lambda: 2)
    assert in_parallel(str.upper, list("edcba")) == alone == list("EDCBA")


def test_where_no_process_can_be_started_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(parallel, "WORTH_IT", 2)
    monkeypatch.setattr(parallel, "usual_processes", lambda: 2)
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", refuse)
    assert in_parallel(doubled, [1, 2, 3]) == [2, 4, 6]


def test_a_script_of_somebodys_own_is_never_run_a_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    main = sys.modules["__main__"]
    monkeypatch.setattr(main, "__spec__", None, raising=False)
    monkeypatch.setattr(main, "__file__", "my_script.py", raising=False)
    assert not parallel._can_start()
    monkeypatch.setattr(main, "__file__", "/usr/bin/evaluator", raising=False)
    assert parallel._can_start()


def test_returns_read_by_several_processes_are_the_same_as_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [f"returns/E{number:02}.xlsx" for number in range(6)]
    for number, file in enumerate(files):
        return_workbook(tmp_path / file, f"E{number:02}")
    (tmp_path / files[3]).write_bytes(b"no workbook")
    returned = [(file, (tmp_path / file).read_bytes()) for file in files]
    alone = read_returns(returned)
    monkeypatch.setattr(parallel, "WORTH_IT", 2)
    monkeypatch.setattr(parallel, "usual_processes", lambda: 2)
    together = read_returns(returned)
    assert together == alone
    assert [one.source.file for one in together.findings] == [files[3]]


def killed_at(marks: Path, fatal: tuple[int, ...], number: int) -> tuple[int, int]:
    """Double a number; of the fatal ones the first try ends the process that was asked."""
    mark = marks / str(number)
    if number in fatal and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return doubled(number), os.getpid()


def always_killed(parent: int, number: int) -> int:
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return doubled(number)


def out_of_memory(parent: int, number: int) -> int:
    if os.getpid() != parent and number == 3:
        raise MemoryError
    return doubled(number)


needs_kill = pytest.mark.parametrize("fatal", [(0,), (4,), (11,), (3, 9)], ids=str)


@needs_kill
def test_what_a_lost_process_had_in_hand_is_done_again_by_another(tmp_path: Path, fatal: tuple[int, ...]) -> None:
    with shared(2) as share:
        found = list(share(partial(killed_at, tmp_path, fatal), range(12)))
    assert [made for made, _ in found] == [doubled(number) for number in range(12)]
    assert os.getpid() not in {process for _, process in found}


def test_where_every_process_is_lost_this_one_does_it_all() -> None:
    with shared(2) as share:
        assert list(share(partial(always_killed, os.getpid()), range(5))) == [0, 2, 4, 6, 8]
    assert MOST_LOST == 3


def test_what_another_process_has_no_memory_for_this_one_does() -> None:
    with shared(2) as share:
        assert list(share(partial(out_of_memory, os.getpid()), range(5))) == [0, 2, 4, 6, 8]


def test_two_pieces_of_work_at_once_both_survive_a_lost_process(tmp_path: Path) -> None:
    with shared(2) as share:
        first = share(partial(killed_at, tmp_path, (1,)), range(6))
        second = share(doubled, range(6))
        assert list(second) == [made for made, _ in first] == [0, 2, 4, 6, 8, 10]


class Slow:
    """Takes its time to be written down for another process."""

    def __reduce__(self) -> tuple[type, tuple[()]]:
        time.sleep(0.3)
        return Slow, ()


def count(part: dict[str, Any]) -> int:
    return len(part)


def test_what_was_handed_out_may_change_here_and_the_other_process_has_it_as_it_was() -> None:
    """A record that keeps what it worked out grows while it is handed out."""
    part: dict[str, Any] = {"first": Slow(), "second": 2}
    with shared(2) as share:
        made = share(count, [part, part])
        time.sleep(0.1)  # whatever writes it down elsewhere has begun
        part["kept"] = 3
        assert list(made) == [2, 2]


def holds_too_much(_: int) -> str:
    import resource

    bound, _ = resource.getrlimit(resource.RLIMIT_DATA)
    try:
        return f"{len(bytearray(bound))} bytes"
    except MemoryError:
        return "refused"


def test_another_process_is_refused_memory_beyond_its_bound() -> None:
    with shared(2) as share:
        assert list(share(holds_too_much, [0])) == ["refused"]


@pytest.mark.parametrize(("cores", "processes"), [({0}, 1), ({0, 1}, 2), (set(range(64)), 2)])
def test_two_processes_at_most_are_opened_unasked_and_one_where_there_is_one_core(
    cores: set[int], processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: cores, raising=False)
    assert usual_processes() == processes
