"""How long a replay takes beside an evaluation that makes no documents, and verify.py by itself.

Run by hand: ``python -m benchmarks.replay [turns]``. A replay does the whole evaluation again with every
document, and has openpyxl read every workbook too; the other side is ``evaluate`` of the same inputs, bundle and all,
but for the documents. Two ratios are to be held against 2: bare, where neither side works out what would have changed
each decision, and that of a normal run, where both do (one turn). The bare one is the harder. Each side runs in a
process of its own, the two in turn; libraries are imported before the clock starts. ``processor`` counts helpers too.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from benchmarks.documents import KINDS, ROOT, clocks

NAME = "community_commissioning"


def alone(margins: bool) -> None:
    from evaluator.jobs import evaluate as jobs

    with patch.object(jobs, "documents", lambda _outcome: ()):
        evaluate(margins)


def evaluate(margins: bool) -> bytes:
    from evaluator.jobs import evaluate as jobs

    folders = ROOT / "criteria" / NAME, ROOT / "sample_bids" / NAME
    return jobs.evaluate(*folders, "equality", "", lambda _: None, margins=margins).files[jobs.BUNDLE]


def replay(bundle: Path) -> None:
    from evaluator.jobs.finished import replay as jobs

    assert jobs.replay(bundle.read_bytes(), lambda _: None).differences == ()


def timed(side: str, margins: bool, bundle: Path) -> str:
    """Do one side and give both of its times."""
    import docx  # noqa: F401
    import highspy  # noqa: F401
    import openpyxl  # noqa: F401
    import pikepdf  # noqa: F401
    import pulp  # noqa: F401
    import typst  # noqa: F401

    from evaluator.jobs import evaluate as jobs  # noqa: F401
    from evaluator.jobs.finished import replay as again  # noqa: F401

    start = clocks()
    if side == "replay":
        replay(bundle)
    else:
        alone(margins)
    return " ".join(str(end - begun) for begun, end in zip(start, clocks(), strict=True))


def turn(side: str, margins: bool, bundle: Path) -> list[float]:
    words = [sys.executable, "-m", "benchmarks.replay", side, str(bundle), *(["margins"] if margins else [])]
    return [float(one) for one in subprocess.check_output(words, cwd=ROOT, text=True).split()]


def verify(bundle: Path) -> float:
    start = time.perf_counter()
    verifier = ROOT / "evaluator" / "files" / "audit" / "verifier" / "verify.py"
    subprocess.run([sys.executable, "-I", "-S", str(verifier), str(bundle)], check=True, capture_output=True)
    return time.perf_counter() - start


def main(turns: int) -> None:
    compared(turns, margins=False)
    compared(1, margins=True)


def compared(turns: int, margins: bool) -> None:
    said = "of a normal run, with explanations" if margins else "bare, without explanations"
    ratios: dict[str, list[float]] = {kind: [] for kind in KINDS}
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "bundle.zip"
        bundle.write_bytes(evaluate(margins))
        for number in range(turns):
            for kind, without, again in zip(
                KINDS, turn("alone", margins, bundle), turn("replay", margins, bundle), strict=True
            ):
                ratios[kind].append(again / without)
                print(f"{number + 1}, {kind}: evaluate without documents {without:.2f} s, replay {again:.2f} s")
        print(f"verify.py: {min(verify(bundle) for _ in range(turns)):.2f} s")
    if hasattr(os, "getloadavg"):
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for kind in reversed(KINDS):
        least, middle, most = min(ratios[kind]), statistics.median(ratios[kind]), max(ratios[kind])
        print(f"replay / evaluate without documents, {said}, {kind}: {middle:.2f} ({least:.2f} to {most:.2f})")


if __name__ == "__main__":
    said = sys.argv[1:]
    if said[:1] in (["alone"], ["replay"]):
        print(timed(said[0], "margins" in said, Path(said[1])))
    else:
        main(int(said[0]) if said[:1] and said[0].isdigit() else 3)
