"""A cluster that is lost while work goes on is named, and a study's state costs each part the same."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from evaluator.jobs import cluster as clusters
from evaluator.jobs.cluster import LostClusterError, NoClusterError, clustered
from evaluator.jobs.studies import robustness_draws
from evaluator.records.results.studies.robustness import Draws, Tally

ROOT = Path(__file__).resolve().parents[4]


@dataclass
class Cluster:
    address: str
    scheduler: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]


def started(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}  # whoever works for us has the evaluator installed
    with (folder / f"{words[0]}.log").open("wb") as log:
        return subprocess.Popen([sys.executable, "-m", "dask", *words], stdout=log, stderr=log, cwd=folder, env=env)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    described = tmp_path / "scheduler.json"
    local = ("--scheduler-file", str(described), "--no-dashboard", "--host", "127.0.0.1")
    scheduler = started(tmp_path, "scheduler", *local, "--port", "0")
    worker = started(
        tmp_path, "worker", "--scheduler-file", str(described), "--no-dashboard", "--no-nanny", "--nthreads", "1"
    )
    try:
        for _ in range(600):
            if described.exists():
                break
            time.sleep(0.1)
        yield Cluster(json.loads(described.read_text("utf-8"))["address"], scheduler, worker)
    finally:
        for process in (worker, scheduler):
            process.kill()
            process.wait()


def slowly(number: int) -> int:
    time.sleep(0.2 if number else 0)
    return number


@pytest.mark.slow
@pytest.mark.parametrize(("lost", "named"), [("scheduler", "was lost"), ("worker", "its last worker was lost")])
def test_a_lost_scheduler_or_worker_is_named(
    cluster: Cluster, lost: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 1)
    with clustered(cluster.address) as share:
        results = iter(share(slowly, range(200)))
        assert next(results) == 0
        os.kill(getattr(cluster, lost).pid, signal.SIGKILL)
        with pytest.raises(LostClusterError, match=f"{cluster.address}.*{named}"):
            list(results)


@pytest.mark.slow
def test_a_cluster_that_answers_gives_results_in_order(cluster: Cluster) -> None:
    with clustered(cluster.address) as share:
        assert list(share(slowly, range(5))) == [0, 1, 2, 3, 4]


def test_where_no_scheduler_answers_it_is_said() -> None:
    with pytest.raises(NoClusterError, match="There is no Dask scheduler at nowhere"), clustered("nowhere"):
        pass


BIDS = [f"B{number:03}" for number in range(130)]


def part(number: int) -> Draws:
    tallies = tuple(Tally(bid, "advice", 10, number % 11, 1, 9) for bid in BIDS)
    return Draws("marks", 1, 10 * number, 10 * number + 10, 10, tallies)


def test_keeping_the_two_hundredth_part_costs_no_more_than_keeping_the_first(tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"
    kept, written = robustness_draws._Kept(state, "study"), []
    for number in range(200):
        before = state.stat().st_size
        kept.put(part(number))
        written.append(state.stat().st_size - before)
    assert max(written) < 1.1 * min(written)  # bytes, which no busy machine changes: one line a part
    again = robustness_draws._Kept(state, "study")
    assert again.get("marks", 1990, 2000) == part(199)
