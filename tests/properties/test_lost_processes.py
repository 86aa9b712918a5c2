"""A process that is killed in the middle of a run costs time and changes no byte."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ("criteria/community_commissioning", "sample_bids/community_commissioning")


def begun(out: Path) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "evaluator", "evaluate", *SAMPLE, "--out", str(out), "--date", "2026-11-30"]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def children(process: int) -> list[int]:
    """List the pool processes of a run, which are begun by spawning."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text("utf-8").rpartition(")")[2].split()[:2]
            spawned = b"spawn_main" in path.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(parent) == process and spawned and state != "Z":
            found.append(int(path.parent.name))
    return sorted(found)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, float]:
    out, before = tmp_path_factory.mktemp("run") / "out", time.monotonic()
    assert begun(out).wait() == 0
    return (out / "bundle.zip").read_bytes(), time.monotonic() - before


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the processes of a run are looked for in /proc")
@pytest.mark.parametrize("moment", range(1, 11))
def test_one_killed_pool_process_changes_no_byte(moment: int, undisturbed: tuple[bytes, float], tmp_path: Path) -> None:
    expected, seconds = undisturbed
    run, killed = begun(tmp_path / "out"), 0
    time.sleep(seconds * moment / 12)
    while not killed and run.poll() is None:
        for one in children(run.pid)[-1:]:
            os.kill(one, signal.SIGKILL)
            killed = one
        time.sleep(0.05)
    assert run.wait() == 0
    assert killed or moment > 6  # late in a run its processes have ended already
    assert (tmp_path / "out" / "bundle.zip").read_bytes() == expected
