"""Time the whole ``evaluate --until scoring`` of 100,000 bids × 20 questions from CSV against reading the same files.

Run by hand: ``python -m benchmarks.whole_evaluation [bids] [one_evaluator|consensus]``. Both sides run in turn in one
process, after their imports; medians of their processor time count. The ratio is printed last.
"""

import random
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

import pandas as pd

from benchmarks.clocks import ROOT, Turns, in_turn, say, timed
from evaluator.files.audit.run_folder import land
from evaluator.files.read.criteria.folder import read_criteria, write_seal
from evaluator.jobs import evaluate as jobs
from evaluator.publication import seal

QUESTIONS, RUNS, SEED = 20, 3, 2026


def write_criteria(folder: Path, moderation: str) -> None:
    """Take the minimal criteria, with twenty questions, price, and the moderation asked for."""
    shutil.copytree(ROOT / "criteria" / "minimal", folder)
    programme = (folder / "programme.toml").read_text("utf-8")
    price = '[price]\nmethod = "lowest_price_ratio"\nsource = "Invented."\n\n[rounding]'
    programme = programme.replace("[rounding]", price).replace('method = "one_evaluator"', f'method = "{moderation}"')
    (folder / "programme.toml").write_text(programme, "utf-8")
    names = [f"Q{number:02}" for number in range(1, QUESTIONS + 1)]
    weights = "\n".join(f'{name} = "4"' for name in names)
    asked = "\n".join(
        f'[[question]]\nid = "{q}"\ntitle = "{q}"\ntext = "{q}?"\ngood_answer = "It says so."\nsource = "Invented."'
        for q in names
    )
    theme = f'id = "main"\ntitle = "Main"\nsource = "Invented."\n\n[weights]\n{weights}\nprice = "20"\n\n{asked}\n'
    (folder / "themes" / "main.toml").write_text(theme, "utf-8")
    (folder / "seal.json").unlink()
    criteria = read_criteria(folder).criteria
    assert criteria is not None
    write_seal(folder, seal(criteria, "2026-09-01"))


def write_bids(folder: Path, count: int, moderation: str) -> None:
    """Write the register, the marks and, for consensus, the agreed marks."""
    folder.mkdir()
    dice = random.Random(SEED)
    bids = [f"B{number:06}" for number in range(count)]
    answers = [(bid, f"Q{q:02}", dice.randrange(6)) for bid in bids for q in range(1, QUESTIONS + 1)]
    lines = {
        "register.csv": ["bid,theme,organisation,price"]
        + [f"{bid},main,O{bid},{dice.randrange(50_000, 150_000)}" for bid in bids],
        "marks.csv": ["bid,question,evaluator,mark,reason"]
        + [f"{bid},{q},E1,{mark},The answer to {q} of {bid} was read" for bid, q, mark in answers],
    }
    if moderation == "consensus":
        lines["consensus.csv"] = ["bid,question,mark,reason"]
        lines["consensus.csv"] += [f"{bid},{q},{mark},Agreed on {q} of {bid}" for bid, q, mark in answers]
    for name, rows in lines.items():
        (folder / name).write_text("\n".join(rows) + "\n", "utf-8")


def compared(count: int, moderation: str) -> tuple[Turns, Turns]:
    """Give the times of an evaluation up to scoring, with its files written, and of reading the same files."""
    with tempfile.TemporaryDirectory() as scratch:
        criteria, bids, out = Path(scratch) / "criteria", Path(scratch) / "bids", Path(scratch) / "out"
        write_criteria(criteria, moderation)
        write_bids(bids, count, moderation)

        def read() -> None:
            for path in sorted(bids.iterdir()):
                pd.read_csv(path)

        def whole() -> None:
            finished = jobs.evaluate(criteria, bids, "scoring", "", lambda _: None)
            assert finished.findings == (), finished.findings[:3]
            land(finished.files, out)

        read()  # what pandas imports when it is first asked counts for neither
        evaluating, reading = in_turn(partial(timed, whole), partial(timed, read), runs=RUNS)
    return evaluating, reading


def main(count: int, moderation: str) -> None:
    evaluating, reading = compared(count, moderation)
    say("evaluate --until scoring", evaluating, "pandas.read_csv of the same files", reading)


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["100000"])[0]), (sys.argv[2:] or ["one_evaluator"])[0])
