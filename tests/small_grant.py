"""A small grant whose marks are worked out: criteria and bids as files, for a whole job by one method.

One theme, two questions of 60 and 40 points on a scale from 0 to 5, three evaluators and three bids. Who gave what is
told as marks by bid, question and evaluator in order: E1, E2, E3.
"""

import contextlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.audit.verifier import verify

MARKS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "B1": {"Q1": ("3", "4", "4"), "Q2": ("2", "5", "3")},
    "B2": {"Q1": ("5", "4", "3"), "Q2": ("4", "4", "4")},
    "B3": {"Q1": ("1", "2", "2"), "Q2": ("3", "3", "2")},
}
PROGRAMME = """schema = 1
reference = "SMALL-GRANT"
title = "A small grant"
authority = "A council"
regime = "grant"
version = "1.0"
source = "Guidance, 1"

[scale]
source = "Guidance, 2"
{scale}
[rounding]
places = 2
mode = "half_up"
point = "total"
source = "Guidance, 3"

[moderation]
{moderation}
declarations_required = false
source = "Guidance, 4"

[tie_break]
order = ["question:Q1"]
source = "Guidance, 5"
"""
AWARD = """
[allocation]
method = "priority"
source = "Guidance, 7"

[[allocation.rule]]
id = "R1"
kind = "budget"
limit = "20000"
source = "Guidance, 7"
"""
THEME = """id = "main"
title = "Main"
source = "Guidance, 6"
{minimums}
[weights]
Q1 = "60"
Q2 = "40"

[[question]]
id = "Q1"
title = "Need"
text = "Which need do you meet?"
good_answer = "Names who has the need and how that is known."
source = "Guidance, 6"

[[question]]
id = "Q2"
title = "Work"
text = "What will you do?"
good_answer = "Names each step, by whom and by when."
source = "Guidance, 6"
"""
LABELS = ("None", "Poor", "Weak", "Sound", "Good", "Full")


def write_grant(
    folder: Path,
    moderation: str,
    marks: Mapping[str, Mapping[str, Sequence[str]]] = MARKS,
    minimums: str = "",
    award: str = "",
) -> tuple[Path, Path]:
    """Write criteria, and bids for £10,000 each; give their folders. An empty mark was not given, and has no row."""
    criteria, bids = folder / "criteria", folder / "bids"
    (criteria / "themes").mkdir(parents=True, exist_ok=True)
    bids.mkdir(exist_ok=True)
    points = "".join(
        f'\n[[scale.mark]]\nmark = "{mark}"\nlabel = "{label}"\ndescriptor = "{mark} of the 5 parts are there."\n'
        for mark, label in enumerate(LABELS)
    )
    (criteria / "programme.toml").write_text(PROGRAMME.format(scale=points, moderation=moderation) + award, "utf-8")
    (criteria / "themes" / "main.toml").write_text(THEME.format(minimums=minimums), "utf-8")
    register = "".join(f"{bid},main,Group {bid},10000\n" for bid in marks)
    (bids / "register.csv").write_text(f"bid,theme,organisation,price\n{register}", "utf-8")
    rows = [
        f"{bid},{question},E{number},{mark},What {bid} says of {question} is clear to E{number}.\n"
        for bid, questions in marks.items()
        for question, given in questions.items()
        for number, mark in enumerate(given, 1)
        if mark
    ]
    (bids / "marks.csv").write_text(f"bid,question,evaluator,mark,reason\n{''.join(rows)}", "utf-8")
    return criteria, bids


@dataclass(frozen=True)
class Evaluated:
    """A run of the real command: its folder, and what its bundle's verifier says last but one."""

    path: Path
    verified: str

    @property
    def outcome(self) -> Any:
        """What the run came to."""
        return json.loads((self.path / "outcome.json").read_text("utf-8"))

    @property
    def bids(self) -> list[Any]:
        """Every bid, by id."""
        return [bid for theme in self.outcome["themes"] for bid in theme["bids"]]

    def file(self, name: str) -> str:
        """Give a text of the bundle."""
        with zipfile.ZipFile(self.path / "bundle.zip") as bundle:
            return bundle.read(name).decode()


def ran(*words: object) -> str:
    """Run the real command, and give what it says; it must go well."""
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def evaluated(criteria: Path, bids: Path) -> Evaluated:
    """Seal and evaluate with the real commands, and verify the bundle."""
    out = criteria.parent / "run"
    ran("publish", criteria, "--date", "2026-09-01")
    ran("evaluate", criteria, bids, "--out", out)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        verify.main([str(out / "bundle.zip")])
    last = [line for line in said.getvalue().splitlines() if not line.startswith("Not checked: ")][-1]
    return Evaluated(out, last)
