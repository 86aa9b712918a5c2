"""How long a replay and verify.py take beside an evaluation without documents: the least of several turns.

Run by hand: ``python -m benchmarks.replay``. The last line is the ratio that the issue bounds by 2.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from evaluator import jobs

ROOT = Path(__file__).resolve().parent.parent
NAME = "community_commissioning"
TURNS = 3


def quiet(_: str) -> None:
    pass


def least(work: Callable[[], object]) -> float:
    found = []
    for _ in range(TURNS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def evaluate() -> jobs.Finished:
    return jobs.evaluate(ROOT / "criteria" / NAME, ROOT / "sample_bids" / NAME, "equality", "", quiet)


def without_documents() -> None:
    with patch.object(jobs, "documents", lambda _outcome: ()):
        evaluate()


def main() -> None:
    bundle = evaluate().files[jobs.BUNDLE]
    alone, replayed = least(without_documents), least(lambda: jobs.replay(bundle, quiet))
    verifier = ROOT / "evaluator" / "files" / "verify.py"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        path.write_bytes(bundle)
        start = time.perf_counter()
        subprocess.run([sys.executable, "-I", "-S", str(verifier), str(path)], check=True, capture_output=True)
        verified = time.perf_counter() - start
    print(f"evaluate without documents {alone:.2f} s, replay {replayed:.2f} s, verify.py {verified:.2f} s")
    print(f"replay / evaluate without documents: {replayed / alone:.2f}")


if __name__ == "__main__":
    main()
