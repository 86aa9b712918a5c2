"""A small programme in stages, on disk: two written questions, then a presentation and the price of those that go on.

Five bids for one theme. A1 carries 30 points and A2 20, the presentation P1 20, the price 30; marks are 0 to 5.
"""

import csv
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.evaluate import sealed_stage
from evaluator.pipeline import Published, decide
from evaluator.publication import seal
from evaluator.records.results.outcome import Run, status
from evaluator.records.submissions.stages import SEALED

MINIMAL = Path(__file__).resolve().parent.parent / "criteria" / "minimal_with_price"
SHORTLIST = '[[stage]]\nid = "S1"\ntitle = "Written answers"\nquestions = ["A1", "A2"]\npasses = "best"\nnumber = 3\n'
THEME = """id = "main"
title = "The only theme"
source = "Invented."

[weights]
{weights}

"""
QUESTION = """[[question]]
id = "{0}"
title = "{1}"
text = "What will you do, with whom, and how often? ({1})"
good_answer = "The answer names who does it, where and when."
source = "Invented."

"""
TITLES = {"A1": "Need", "A2": "Plan", "P1": "Presentation"}
WEIGHTS = {"A1": "30", "A2": "20", "P1": "20", "price": "30"}
Marks = Mapping[str, Mapping[str, int]]
# A1 and A2 of 5: B1 30 + 20 = 50; B2 24 + 16 = 40; B3 18 + 20 = 38; B4 24 + 12 = 36; B5 12 + 8 = 20
MARKS: Marks = {
    "B1": {"A1": 5, "A2": 5, "P1": 3},
    "B2": {"A1": 4, "A2": 4, "P1": 5},
    "B3": {"A1": 3, "A2": 5, "P1": 4},
    "B4": {"A1": 4, "A2": 3},
    "B5": {"A1": 2, "A2": 2},
}
PRICES = {"B1": "20000", "B2": "16000", "B3": "25000", "B4": "", "B5": ""}


def criteria_in(
    folder: Path,
    stages: str = SHORTLIST,
    weights: Mapping[str, str] = WEIGHTS,
    regime: str = "grant",
    themes: Sequence[str] = ("main",),
    sealed: bool = True,
) -> Path:
    """Write the criteria, with these stages and weights, and seal them as they are."""
    shutil.copytree(MINIMAL, folder)
    for name in ("seal.json", "themes/main.toml"):
        (folder / name).unlink(missing_ok=True)
    programme = folder / "programme.toml"
    text = programme.read_text("utf-8").replace("below_threshold", regime).replace("MINIMAL-2", "STAGED")
    programme.write_text(f"{text}\n{stages}", "utf-8")
    own = [question for question in weights if question != "price"]
    for theme in themes:
        names = {question: question if theme == "main" else f"{theme}-{question}" for question in weights}
        listed = "\n".join(
            f'{names.get(leaf, leaf) if leaf != "price" else leaf} = "{weight}"' for leaf, weight in weights.items()
        )
        asked = "".join(QUESTION.format(names[one], TITLES.get(one, one)) for one in own)
        about = THEME.format(weights=listed).replace('"main"', f'"{theme}"').replace("only", theme)
        (folder / "themes" / f"{theme}.toml").write_text(about + asked, "utf-8")
    if sealed:
        made = read_criteria(folder)
        assert made.criteria is not None, made.findings
        (folder / "seal.json").write_text(seal(made.criteria, "2026-09-01").model_dump_json(by_alias=True), "utf-8")
    return folder


def bids_in(
    folder: Path, marks: Marks = MARKS, prices: Mapping[str, str] = PRICES, themes: Mapping[str, str] = {}
) -> Path:
    """Write a folder of bids: two evaluators give each answer the mark that the panel agrees."""
    folder.mkdir(parents=True, exist_ok=True)
    register = [(bid, themes.get(bid, "main"), f"Organisation {bid}", prices.get(bid, "")) for bid in marks]
    _write(folder / "register.csv", ("bid", "theme", "organisation", "price"), register)
    answers = [(bid, question, mark) for bid, own in marks.items() for question, mark in own.items()]
    given = [
        (bid, question, who, mark, f"{who} saw that part of {question} in the answer of {bid}.")
        for bid, question, mark in answers
        for who in ("E1", "E2")
    ]
    _write(folder / "marks.csv", ("bid", "question", "evaluator", "mark", "reason"), given)
    agreed = [(bid, question, mark, f"Agreed: {question} of {bid} is so.") for bid, question, mark in answers]
    _write(folder / "consensus.csv", ("bid", "question", "mark", "reason"), agreed)
    return folder


def _write(path: Path, heading: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *rows])


def seal_stage(criteria: Path, bids: Path, stage: str) -> Path:
    """Seal what a stage comes to beside the bids, as ``evaluate --stage ID --seal`` does."""
    read = read_criteria(criteria)
    assert read.criteria is not None
    received, run = read_bids(bids, read.criteria), Run("run-test", "0", "2026-10-01")
    outcome = decide(Published(read.criteria, read.seal), received, run, "equality", str, stage)
    assert status(outcome) == "stage_decided", outcome.findings
    place = bids / SEALED / f"{stage}.json"
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(sealed_stage(outcome))
    return place
