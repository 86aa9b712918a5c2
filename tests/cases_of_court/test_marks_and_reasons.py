"""Awards that were lost over how marks were given: each situation is built, and the officer is told before the award.

The facts of the cases are taken from the project's notes on the law (secondary sources, to be confirmed by a lawyer).
"""

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from evaluator.files.audit.ledger_file import append, read_ledger
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.ledger_events import arrivals
from evaluator.jobs.papers import issue, moderate
from evaluator.pipeline import Published, decide
from evaluator.records.results.outcome import Outcome, Run
from tests.unit.cli.panel_on_disk import SCALE, bids_folder, criteria_folder, fill, seal

ANSWERS = tuple(answer.split() for answer in ("A1 C1", "A1 N1", "A2 C1", "A2 N1", "B1 C1", "B1 S1", "O1 C2", "O2 C2"))
BOTH = "Both parts are there; the places are named."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a folder of criteria and bids with both evaluators' returns: E1 gave 2, E2 gave 3."""
    criteria, bids = criteria_folder(tmp_path / "criteria"), bids_folder(tmp_path / "bids")
    for name, content in issue(criteria, bids, 5).files.items():
        (tmp_path / name).write_bytes(content)
    fill(tmp_path / "E1.xlsx", bids / "returns" / "E1.xlsx", mark=2)
    fill(tmp_path / "E2.xlsx", bids / "returns" / "E2.xlsx", mark=3)
    return tmp_path


def agreed(home: Path, mark: str = "3", reason: str = BOTH, **others: str) -> None:
    """Write the agreed marks; ``others`` replace the row of one answer, named like A1_C1."""
    lines = [others.get(f"{bid}_{question}", f"{bid},{question},{mark},{reason}") for bid, question in ANSWERS]
    (home / "bids" / "consensus.csv").write_text("\n".join(["bid,question,mark,reason", *lines, ""]))


def evaluated(home: Path) -> Outcome:
    read = read_criteria(home / "criteria")
    assert read.criteria is not None
    received = read_bids(home / "bids", read.criteria)
    return decide(Published(read.criteria, read.seal), received, Run("r", "0"), "scoring", lambda _: None)


def told(outcome: Outcome) -> list[str]:
    return sorted({one.code for one in outcome.findings})


def reasoned(home: Path, reason: str, mark: object = 3) -> list[str]:
    """Give the notes on one reason of E2 for A1 on C1."""

    def change(book: Workbook) -> None:
        sheet = book["Marks"]
        row = next(r for r in range(6, 14) if (sheet[f"A{r}"].value, sheet[f"C{r}"].value) == ("A1", "C1"))
        sheet[f"F{row}"], sheet[f"H{row}"] = mark, reason

    fill(home / "E2.xlsx", home / "bids" / "returns" / "E2.xlsx", change)
    made = moderate(home / "criteria", home / "bids")
    return [note.code for answer in made.answers for note in answer.notes]


def test_energysolutions_individual_comments_stay_beside_the_consensus_and_changes_are_explained(home: Path) -> None:
    """EnergySolutions v NDA [2016] EWHC 1988 (TCC): consensus replaced comments; later changes had no reasons."""
    ledger = home / "ledger.jsonl"
    agreed(home)
    outcome = evaluated(home)
    assert told(outcome) == []
    append(ledger, arrivals(home / "criteria", home / "bids"), "O. Officer", "2026-10-01")
    agreed(home, A1_C1="A1,C1,4,")
    assert told(evaluated(home)) == ["E-CONS-002", "E-CONS-014"]
    agreed(home, A1_C1="A1,C1,4,Above all marks because annex 2 was overlooked.")
    assert told(evaluated(home)) == []
    append(ledger, arrivals(home / "criteria", home / "bids"), "A. Chair", "2026-10-05")
    entries = [entry.event for entry in read_ledger(ledger).entries]
    comments = [event for event in entries if event.kind == "mark" and event.subject.endswith("A1 C1")]
    assert [(event.subject, event.after) for event in comments] == [("E1 A1 C1", "2"), ("E2 A1 C1", "3")]
    assert all("Names the people in need" in event.reason for event in comments)
    (correction,) = (event for event in entries if event.kind == "correction")
    assert (correction.before, correction.after) == ("3", "4")
    assert correction.reason == "Above all marks because annex 2 was overlooked."


def test_energysolutions_an_agreed_mark_changed_within_the_range_leaves_its_trace(home: Path) -> None:
    """EnergySolutions v NDA [2016] EWHC 1988 (TCC): a mark that nobody sees moving decides, though each is possible."""
    ledger = home / "ledger.jsonl"
    agreed(home)
    append(ledger, arrivals(home / "criteria", home / "bids"), "O. Officer", "2026-10-01")
    agreed(home, A1_C1=f"A1,C1,2,{BOTH}")  # E1 gave 2 and E2 gave 3: nothing in the folder itself looks odd
    assert told(evaluated(home)) == []
    append(ledger, arrivals(home / "criteria", home / "bids"), "A. Chair", "2026-10-05")
    moved = [entry for entry in read_ledger(ledger).entries if entry.event.kind == "correction"]
    assert [(one.event.subject, one.event.before, one.event.after, one.who) for one in moved] == [
        ("A1 C1", "3", "2", "A. Chair")
    ]


def test_energysolutions_a_mark_changed_in_a_second_return_needs_a_new_reason(home: Path) -> None:
    agreed(home)
    fill(home / "E1.xlsx", home / "bids" / "returns" / "E1.v2.xlsx", mark=4)
    assert "E-RET-012" in told(evaluated(home))
    assert evaluated(home).scores is None


def test_bromcom_an_average_of_marks_is_no_mark(home: Path) -> None:
    """Bromcom v United Learning Trust [2022] EWHC 3262 (TCC): averaging gave marks off the scale, without reasons."""
    agreed(home, mark="2.5", reason="")
    assert told(evaluated(home)) == ["E-CONS-002", "E-CONS-004"]
    assert evaluated(home).scores is None


def test_bromcom_the_moderation_workbook_offers_no_average(home: Path) -> None:
    made = moderate(home / "criteria", home / "bids")
    (home / "m.xlsx").write_bytes(made.workbook)
    book = openpyxl.load_workbook(home / "m.xlsx")
    texts = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [text for text in texts if "2.5" in text or "AVERAGE" in text or "MEDIAN" in text]


def test_lancashire_care_comparisons_between_bids_are_pointed_out(home: Path) -> None:
    """Lancashire Care v Lancashire CC [2018] EWHC 1589 (TCC): comparisons, and notes without reasons."""
    assert reasoned(home, "People in need are named better than in the other bids.") == ["E-REASON-003"]
    assert reasoned(home, "The need is shown in more places than Name of O2 shows it.") == ["E-REASON-003"]


def test_lancashire_care_a_mark_without_a_reason_blocks(home: Path) -> None:
    agreed(home, reason="")
    assert told(evaluated(home)) == ["E-CONS-002"]
    agreed(home)
    fill(home / "E1.xlsx", home / "bids" / "returns" / "E1.xlsx", lambda book: book["Marks"].__setitem__("H6", None))
    assert told(evaluated(home)) == ["E-MARK-002"]


def test_woods_a_reason_that_paraphrases_the_descriptor_is_pointed_out(home: Path) -> None:
    """Woods v Milton Keynes [2015] EWHC 2011 (TCC): notes repeated the descriptors, and could not be relied on."""
    descriptor = SCALE[3][2]
    assert "E-REASON-001" in reasoned(home, f"{descriptor} Need is shown.")


def test_letting_international_guidance_that_was_not_published_cannot_be_issued(home: Path) -> None:
    """Letting International v Newham [2008] EWHC 1583 (QB): 28 sub-criteria stood in the evaluators' guidance alone."""
    template = home / "criteria" / "template.toml"
    added = template.read_text("utf-8").replace("(2) the place.", "(2) the place; a local office earns one mark more.")
    template.write_text(added, "utf-8")
    made = issue(home / "criteria", home / "bids", 5)
    assert (made.files, [one.code for one in made.findings]) == ({}, ["E-SEAL-002"])


def test_letting_international_every_word_of_guidance_in_a_workbook_is_what_was_sealed(home: Path) -> None:
    published = "".join(path.read_text("utf-8") for path in (home / "criteria").rglob("*.toml"))
    book = openpyxl.load_workbook(home / "E1.xlsx")
    guidance = [cell for row in book["Questions"].iter_rows(min_row=4, values_only=True) for cell in row]
    guidance += [cell for row in book["Scale"].iter_rows(min_row=4, values_only=True) for cell in row]
    assert [text for text in map(str, guidance) if text not in published] == []


def test_mears_a_model_answer_put_into_a_workbook_after_issue_is_found(home: Path) -> None:
    """Mears v Leeds [2011] EWHC 1031 (TCC): model answers were used as criteria."""
    agreed(home)

    def change(book: Workbook) -> None:
        book["Marks"]["E6"] = f"{book['Marks']['E6'].value} Model answer: a van, a depot and a call centre."
        book["Scale"]["C7"] = "As the model answer."

    fill(home / "E1.xlsx", home / "bids" / "returns" / "E1.xlsx", change, mark=2)
    outcome = evaluated(home)
    assert [str(one.source) for one in outcome.findings if one.code == "E-TEMPLATE-003"] == [
        "returns/E1.xlsx Marks!A6",
        "returns/E1.xlsx Scale!A7",
    ]
    assert outcome.scores is None


def test_mears_marks_given_by_criteria_that_were_changed_later_are_refused(home: Path) -> None:
    agreed(home)
    template = home / "criteria" / "template.toml"
    template.write_text(template.read_text("utf-8").replace("(2) the place.", "(2) the place and the model."), "utf-8")
    seal(home / "criteria")
    assert "E-TEMPLATE-001" in told(evaluated(home))
    shutil.rmtree(home / "bids" / "returns")
