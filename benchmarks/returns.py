"""Time 300 returned workbooks of 60 answers, read, guarded and validated, against openpyxl opening the same files.

Run by hand: ``python -m benchmarks.returns [workbooks]``. Both sides run in turn in one process, after their imports;
medians by both clocks count. With ``-m`` the reader may use every core, and its time on one core is told beside it.
"""

import csv
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from unittest import mock

import openpyxl
import pandas  # noqa: F401 - both sides are timed after their imports

from benchmarks.clocks import ROOT, in_turn, say, timed
from evaluator.files.read import parallel
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria, write_seal
from evaluator.jobs.papers import issue
from evaluator.publication import seal
from evaluator.records.programme.criteria import Criteria
from evaluator.validation import validate

QUESTIONS, BIDS, RUNS = 20, 3, 3
REASON = "names the people in need in two wards, with figures, and how often; says little of what they think"


def write_criteria(folder: Path) -> Criteria:
    """Take the minimal criteria, with twenty questions marked by several evaluators."""
    shutil.copytree(ROOT / "criteria" / "minimal", folder)
    programme = (folder / "programme.toml").read_text("utf-8")
    programme = programme.replace('method = "one_evaluator"', 'method = "consensus"\nleast_evaluators = 2')
    (folder / "programme.toml").write_text(programme, "utf-8")
    names = [f"Q{number:02}" for number in range(1, QUESTIONS + 1)]
    weights = "\n".join(f'{name} = "5"' for name in names)
    asked = "\n".join(
        f'[[question]]\nid = "{q}"\ntitle = "Question {q}"\ntext = "What does {q} ask, and of whom does it ask it?"\n'
        f'good_answer = "It names people and places."\nsource = "Invented."'
        for q in names
    )
    for old in (folder / "themes").glob("*.toml"):
        old.unlink()
    (folder / "themes" / "main.toml").write_text(
        f'id = "main"\ntitle = "Main"\nsource = "Invented."\n\n[weights]\n{weights}\n\n{asked}\n', "utf-8"
    )
    (folder / "seal.json").unlink()
    criteria = read_criteria(folder).criteria
    assert criteria is not None, read_criteria(folder).findings
    write_seal(folder, seal(criteria, "2026-09-01"))
    return criteria


def write_bids(folder: Path, criteria: Path, workbooks: int) -> None:
    """Write the register, the panel and the declarations; issue the workbooks, and fill them in as returns."""
    (folder / "returns").mkdir(parents=True)
    people = [f"E{number:03}" for number in range(workbooks)]
    table(folder / "register.csv", "bid,theme,organisation", [(f"B{n}", "main", f"O{n}") for n in range(BIDS)])
    table(folder / "panel.csv", "evaluator,name,theme", [(one, f"Name of {one}", "main") for one in people])
    table(
        folder / "declarations.csv",
        "evaluator,organisation,interest,action,date",
        [(one, "*", "None", "none", "2026-09-01") for one in people],
    )
    issued = issue(criteria, folder, 1)
    assert issued.files, issued.findings[:3]
    for one in people:
        (folder / "returns" / f"{one}.xlsx").write_bytes(issued.files[f"{one}.xlsx"])
        book = openpyxl.load_workbook(folder / "returns" / f"{one}.xlsx")
        sheet = book["Marks"]
        for row in range(6, sheet.max_row + 1):
            sheet[f"F{row}"], sheet[f"H{row}"] = row % 4, f"Answer {row} as {one} read it {REASON}."
        book.save(folder / "returns" / f"{one}.xlsx")


def table(path: Path, headings: str, rows: list[tuple[str, ...]]) -> None:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([headings.split(","), *rows])


def main() -> None:
    """Make the files, time both sides, print the ratio."""
    workbooks = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        criteria = write_criteria(home / "criteria")
        write_bids(home / "bids", home / "criteria", workbooks)
        files = sorted((home / "bids" / "returns").glob("*.xlsx"))

        def ours() -> None:
            received = read_bids(home / "bids", criteria)
            _, found = validate(criteria, received)
            assert received.marks is not None
            assert len(received.marks) == workbooks * QUESTIONS * BIDS
            assert {one.code for one in (*received.findings, *found)} == {"E-CONS-012"}, found[:3]

        def theirs() -> None:
            for path in files:
                openpyxl.load_workbook(path)

        as_run, bare = in_turn(partial(timed, ours), partial(timed, theirs), runs=RUNS)
        with mock.patch.object(parallel, "WORTH_IT", workbooks + 1):
            alone = [timed(ours) for _ in range(RUNS)]
    print(f"{workbooks} workbooks of {QUESTIONS * BIDS} answers")
    say("read, guarded and validated in one process", alone, "openpyxl.load_workbook alone", bare)
    print("as it is run:")
    say("read, guarded and validated", as_run, "openpyxl.load_workbook alone", bare)


if __name__ == "__main__":
    main()
