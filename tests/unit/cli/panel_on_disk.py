"""A small programme with its folder of bids on disk, for tests of what goes out to a panel and comes back."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.publication import fingerprint
from evaluator.reporting.papers.bid_form import bid_form
from tests.findings.faultless_folder import Change, Folder, all_of

REASON = "Names the people in need in two wards, with figures; says nothing of what they think themselves."
PROGRAMME = """schema = 1
reference = "SMALL"
title = "Small programme"
authority = "Small council"
regime = "pa2023"
version = "1"
source = "ITT 1"

[scale]
source = "ITT 2"
{scale}
[rounding]
places = 2
mode = "half_up"
point = "parts"
source = "ITT 3"

[moderation]
method = "consensus"
least_evaluators = 2
spread_trigger = "2"
source = "ITT 4"

[tie_break]
order = ["quality"]
source = "ITT 5"
"""
QUESTION = """
[[question]]
id = "{id}"
title = "{title}"
text = "{text}"
good_answer = "The answer names (1) the people and (2) the place."
scope = "{scope}"
source = "ITT 6"
"""
SCALE = (
    ("0", "Nothing", "There is no answer."),
    ("1", "Weak", "One part is there."),
    ("2", "Half", "Half is there."),
    ("3", "Sound", "Most parts are there with specific detail."),
    ("4", "Full", "All parts are there."),
)


def question(name: str, title: str, text: str, scope: str = "bid") -> str:
    return QUESTION.format(id=name, title=title, text=text, scope=scope)


def criteria_folder(folder: Path) -> Path:
    """Write the criteria of two themes, and seal them."""
    (folder / "themes").mkdir(parents=True)
    scale = "".join(f'[[scale.mark]]\nmark = "{m}"\nlabel = "{w}"\ndescriptor = "{d}"\n' for m, w, d in SCALE)
    (folder / "programme.toml").write_text(PROGRAMME.format(scale=scale), "utf-8")
    common = question("C1", "Need", "Who needs the service, and where do they live?")
    common += question("C2", "Lessons", "What has the organisation learned from work like this?", "organisation")
    (folder / "template.toml").write_text(common, "utf-8")
    for theme, own in (("north", "N1"), ("south", "S1")):
        text = (
            f'id = "{theme}"\ntitle = "The {theme}"\nsource = "ITT 7"\n[weights]\nC1 = "50"\nC2 = "20"\n{own} = "30"\n'
        )
        text += question(own, "Plan", f"How will you work in the {theme}?")
        (folder / "themes" / f"{theme}.toml").write_text(text, "utf-8")
    seal(folder)
    return folder


def seal(folder: Path) -> None:
    """Seal the criteria of a folder as they stand."""
    criteria = read_criteria(folder).criteria
    assert criteria is not None, read_criteria(folder).findings
    facts = {"schema": 1, "reference": "SMALL", "version": "1", "date": "2026-09-01", "sha256": fingerprint(criteria)}
    (folder / "seal.json").write_text(json.dumps(facts), "utf-8")


def bids_folder(folder: Path, *changes: Change) -> Path:
    """Write the register, panel, declarations and decisions of the faultless folder, with some changes, as CSV."""
    made = Folder()
    for row in made.rows("register"):
        for key in [key for key in row if key.startswith(("price", "gate"))]:
            del row[key]
        row["name"] = f"Name of {row['organisation']}"
        row["price"] = "123456.78"
    all_of(*changes)(made)
    folder.mkdir(parents=True, exist_ok=True)
    for table, file in (("register", "register.csv"), ("panel", "panel.csv"), ("interests", "declarations.csv"),
                        ("decisions", "decisions.csv")):  # fmt: skip
        rows = made.tables[table]
        if rows:
            with (folder / file).open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
    return folder


def forms_folder(folder: Path, answers: dict[tuple[str, str], str] | None = None) -> Path:
    """Turn a folder of bids with a register into one with the forms of the same bids, filled in."""
    bids_folder(folder)
    (folder / "bids").mkdir()
    criteria = read_criteria(folder.parent / "criteria").criteria
    assert criteria is not None
    themes = {theme.id: theme for theme in criteria.themes}
    with (folder / "register.csv").open(encoding="utf-8", newline="") as stream:
        register = list(csv.DictReader(stream))
    (folder / "register.csv").unlink()
    for bid in register:
        path = folder / "bids" / f"{bid['bid']}.xlsx"
        path.write_bytes(workbook_bytes(bid_form(criteria, themes[bid["theme"]], fingerprint(criteria))))
        book = openpyxl.load_workbook(path)
        for row in range(5, book["Bid"].max_row + 1):
            key = book["Bid"][f"A{row}"].value
            if key in ("bid", "organisation", "name", "members"):
                book["Bid"][f"C{row}"] = bid[key]
        book["Prices"]["C5"] = 123456.78
        for row in range(5, book["Answers"].max_row + 1):
            question = book["Answers"][f"A{row}"].value
            usual = f"{bid['bid']} answers {question}: we know the people of the ward and work with them."
            cell = book["Answers"][f"G{row}"]
            cell.value = (answers or {}).get((bid["bid"], question), usual)
            cell.data_type = "s"  # also where it begins as a formula does
        book.save(path)
    return folder


def fill(path: Path, target: Path, change: Callable[[Workbook], None] | None = None, mark: Any = 3) -> Path:
    """Fill an issued workbook in as an evaluator would, then change it, and save it under another name."""
    book = openpyxl.load_workbook(path)
    sheet, who = book["Marks"], book["Evaluator"]["B3"].value
    for row in range(6, sheet.max_row + 1):
        about = f"{who} on {sheet[f'A{row}'].value} {sheet[f'C{row}'].value}"
        sheet[f"F{row}"], sheet[f"H{row}"] = mark, f"{about}: {REASON}"
    if change:
        change(book)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target
