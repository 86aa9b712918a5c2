"""What a second run costs after one mark was corrected, beside a run without explanations and a fresh one.

Run by hand: ``python -m benchmarks.second_run [turns]``. The sample is evaluated; then one agreed mark, or one mark of
an evaluator, is corrected, and it is evaluated again: over what the first run kept, afresh, and afresh without
explanations. Each run is the command itself in a process of its own, imports and all; its processor time is user and
system time with that of its helpers. ``first report`` is the time until the report stands on the disk. The bytes of the
second run must be the fresh ones.
"""

import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

from benchmarks.clocks import ROOT, Times, middle, now

NAME = "community_commissioning"
CRITERIA, BIDS = ROOT / "criteria" / NAME, ROOT / "sample_bids" / NAME
CORRECTIONS = (  # of the cell of a mark, from and to: the agreed mark of B007, and E01's own
    ("an agreed mark", "moderation.xlsx", "xl/worksheets/sheet1.xml", "C62", "5", "4"),
    ("an evaluator's mark", "returns/E01.xlsx", "xl/worksheets/sheet2.xml", "E2", "3", "4"),
)


def corrected(book: Path, sheet: str, cell: str, before: str, after: str) -> None:
    """Put another number into one cell of a workbook, and leave everything else as it is."""
    with zipfile.ZipFile(book) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    at = parts[sheet].index(f'<c r="{cell}"'.encode())
    start, end = parts[sheet].index(b"<v>", at) + 3, parts[sheet].index(b"</v>", at)
    assert parts[sheet][start:end] == before.encode(), parts[sheet][start:end]
    parts[sheet] = parts[sheet][:start] + after.encode() + parts[sheet][end:]
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def run(programme: Path, out: Path, *options: str) -> tuple[Times, Times]:
    """Evaluate by the command; give its times, and those until the first report stood on the disk."""
    words = [sys.executable, "-m", "evaluator", "evaluate", str(programme), "--out", str(out), *options]
    start = now()
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    first: list[Times] = []

    def watch() -> None:
        while process.poll() is None and not (out / "report.html").exists():
            time.sleep(0.02)
        first.append(now().since(start))

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    watcher.join()
    assert (out / "manifest.json").exists(), "the run was not finished"
    return now().since(start), first[0]


def turn(folder: Path, correction: tuple[str, ...]) -> dict[str, Times]:
    """Evaluate, correct one mark, and evaluate in all three ways."""
    _, book, *cell = correction
    programme = folder / "programme"
    shutil.copytree(CRITERIA, programme / "criteria")
    shutil.copytree(BIDS, programme / "bids")
    run(programme, folder / "first")
    corrected(programme / "bids" / book, *cell)
    run(programme, folder / "recorded", "--fresh", "--no-margins")  # so that the ledger is the same for all that follow
    bare, _ = run(programme, folder / "bare", "--fresh", "--no-margins")
    fresh, _ = run(programme, folder / "fresh", "--fresh")
    second, report = run(programme, folder / "second")
    for path in filter(Path.is_file, (folder / "fresh").rglob("*")):
        same = folder / "second" / path.relative_to(folder / "fresh")
        assert path.read_bytes() == same.read_bytes(), path
    return {"without explanations": bare, "fresh": fresh, "second": second, "first report": report}


def main(turns: int) -> None:
    for correction in CORRECTIONS:
        found = []
        for _ in range(turns):
            with tempfile.TemporaryDirectory() as folder:
                found.append(turn(Path(folder), correction))
        seen = {side: middle([one[side] for one in found]) for side in found[0]}
        print(f"{correction[0]}, medians of {turns}: first report after {seen.pop('first report').passed:.1f} s")
        for side, its in seen.items():
            ratio = seen["second"].worked / its.worked
            print(f"  {side}: {its.worked:.2f} s of processor time, {its.passed:.2f} s passed; second / it {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
