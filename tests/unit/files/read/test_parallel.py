"""Many returns are read by several processes, with the same result in the same order as by one."""

from pathlib import Path

import pytest

from evaluator.files.read import parallel
from evaluator.files.read.bids.returns import read_returns
from evaluator.files.read.parallel import in_parallel
from tests.unit.files.read.xlsx.spoilt_workbooks import return_workbook


def doubled(number: int) -> int:
    return 2 * number


def test_results_come_in_the_order_of_the_items_by_one_process_or_several(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = in_parallel(str.upper, list("edcba"))
    monkeypatch.setattr(parallel, "WORTH_IT", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert in_parallel(str.upper, list("edcba")) == alone == list("EDCBA")


def test_where_no_process_can_be_started_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(parallel, "WORTH_IT", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
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
    alone = read_returns(tmp_path, files)
    monkeypatch.setattr(parallel, "WORTH_IT", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    together = read_returns(tmp_path, files)
    assert together == alone
    assert [one.source.file for one in together.findings] == [files[3]]
