"""A panel agrees its marks one at a time: in the file and the ledger at once, and never over somebody else's words."""

import csv
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.read.programme import open_programme
from evaluator.jobs.panel.moderation import agreed_now
from tests.unit.cli.panel_on_disk import fill
from tests.unit.jobs.panel_at_a_meeting import REASON, TOLD, agree, entries_of, meeting_of, panel_at


def run(*words: object) -> str:
    made = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert made.exit_code in (0, 1), made.output
    return made.output


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return panel_at(tmp_path / "programme")


def table(root: Path) -> list[dict[str, str]]:
    with (root / "bids" / "consensus.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def about_all(root: Path) -> list[tuple[str, str]]:
    return [(one.subject, one.question.id) for one in meeting_of(root).answers]


def test_an_agreed_mark_is_in_the_file_and_the_ledger_as_soon_as_it_is_saved(root: Path) -> None:
    about = about_all(root)[0]
    job = agree(root, meeting_of(root), about)
    assert not job.outdated
    (row,) = table(root)
    assert (row["bid"], row["question"], row["mark"], row["reason"], row["for_bidder"]) == (*about, "3", REASON, TOLD)
    entry = entries_of(root)[-1]
    assert (entry.event.kind, entry.event.subject, entry.event.after) == ("consensus", " ".join(about), "3")
    assert job.now.entry(about) == entry


def test_a_page_that_is_out_of_date_writes_nothing_and_sees_what_stands(root: Path) -> None:
    about, meeting = about_all(root)[0], meeting_of(root)
    answer = meeting.answer(about)
    assert answer is not None
    first = agreed_now(open_programme(root), meeting, ()).version(answer)
    agree(root, meeting, about, "3", version=first)
    before, count = (root / "bids" / "consensus.csv").read_bytes(), len(entries_of(root))
    late = agree(root, meeting, about, "2", f"Below all marks because: {REASON}", version=first)
    assert late.outdated
    assert late.now.carried[about].agreed.mark == "3"
    assert ((root / "bids" / "consensus.csv").read_bytes(), len(entries_of(root))) == (before, count)


def test_the_same_sent_twice_is_kept_once_and_is_no_conflict(root: Path) -> None:
    about, meeting = about_all(root)[0], meeting_of(root)
    answer = meeting.answer(about)
    assert answer is not None
    first = agreed_now(open_programme(root), meeting, ()).version(answer)
    agree(root, meeting, about, version=first)
    count = len(entries_of(root))
    again = agree(root, meeting, about, version=first)
    assert not again.outdated
    assert again.now.entry(about) is not None
    assert len(entries_of(root)) == count


def test_a_correction_keeps_the_earlier_mark_in_the_history(root: Path) -> None:
    about, meeting = about_all(root)[0], meeting_of(root)
    agree(root, meeting, about, "3")
    job = agree(root, meeting, about, "2", f"Below all marks because the second ward has none. {REASON}")
    kinds = [(one.event.kind, one.event.before, one.event.after) for one in job.now.history[about]]
    assert kinds == [("consensus", "", "3"), ("correction", "3", "2")]


def test_another_reason_for_the_bidder_alone_is_in_the_ledger_too(root: Path) -> None:
    from evaluator.files.audit.ledger_file import append
    from evaluator.jobs.panel.moderation import Agreeing, Entered

    about, meeting = about_all(root)[0], meeting_of(root)
    job = agree(root, meeting, about)
    answer = meeting.answer(about)
    assert answer is not None
    other = Agreeing(
        open_programme(root), about, Entered("3", REASON, TOLD.replace("dates", "days"), job.now.version(answer))
    )
    count = len(entries_of(root))
    append(root / "ledger.jsonl", other.told, "A. Chair", "2026-10-20", other.then)
    assert len(entries_of(root)) == count + 1
    assert entries_of(root)[-1].event.kind == "correction"
    assert table(root)[0]["for_bidder"] == TOLD.replace("dates", "days")


def test_the_workbook_and_the_table_come_to_the_same_evaluation(root: Path, tmp_path: Path) -> None:
    for about in about_all(root):
        agree(root, meeting_of(root), about, reason=f"{about[0]} on {about[1]}: {REASON}")
    run("evaluate", root / "criteria", root / "bids", "--out", tmp_path / "one", "--until", "scoring")
    other = tmp_path / "other"
    shutil.copytree(root / "bids", other)
    (other / "consensus.csv").unlink()
    run("moderate", root / "criteria", other, "--out", tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    for sheet in (one for one in book.worksheets if one.title.startswith("Consensus")):
        at = {cell.value: cell.column_letter for cell in sheet[9]}
        sheet["B6"], sheet["B7"] = "A. Chair, E1, E2", "2026-10-20"
        for row in range(10, sheet.max_row + 1):
            bid, asked = sheet[f"A{row}"].value, sheet[f"{at['Question']}{row}"].value
            sheet[f"{at['Mark']}{row}"], sheet[f"{at['Reason']}{row}"] = 3, f"{bid} on {asked}: {REASON}"
            sheet[f"{at['Reason for the bidder']}{row}"] = TOLD
    book.save(other / "moderation.xlsx")
    run("evaluate", root / "criteria", other, "--out", tmp_path / "two", "--until", "scoring")
    assert (tmp_path / "one" / "outcome.json").read_bytes() == (tmp_path / "two" / "outcome.json").read_bytes()


def test_a_workbook_that_was_received_goes_on_at_the_desk_and_its_original_stays(root: Path, tmp_path: Path) -> None:
    abouts = about_all(root)
    agree(root, meeting_of(root), abouts[0])
    run("moderate", root, "--out", tmp_path / "m.xlsx")
    received = run("receive", root, tmp_path / "m.xlsx", "--replace")
    assert not (root / "bids" / "consensus.csv").exists(), received
    job = agree(root, meeting_of(root), abouts[1])
    assert set(job.now.carried) == set(abouts[:2])
    assert not (root / "bids" / "moderation.xlsx").exists()
    assert len(list((root / "received").glob("*.xlsx"))) == 1
    assert any(one.event.kind == "receipt_undone" for one in entries_of(root))
    assert "E-RECEIVE" not in run("evaluate", root, "--until", "scoring")


def test_marks_that_change_after_they_were_agreed_ask_the_panel_to_look_again(root: Path) -> None:
    about = about_all(root)[0]
    agree(root, meeting_of(root), about)

    def other(book: openpyxl.Workbook) -> None:
        sheet = book["Marks"]
        for row in range(6, sheet.max_row + 1):
            if (sheet[f"A{row}"].value, sheet[f"C{row}"].value) == about:
                sheet[f"F{row}"], sheet[f"H{row}"] = 1, "On reading it again, the second ward has no figures at all."

    fill(root / "papers" / "E2.xlsx", root / "bids" / "returns" / "E2.v2.xlsx", other)
    meeting = meeting_of(root)
    now = agreed_now(open_programme(root), meeting, entries_of(root))
    assert now.carried[about].since
    job = agree(root, meeting, about)
    assert not job.now.carried[about].since
    assert entries_of(root)[-1].event.kind == "correction"


def test_whatever_a_person_types_comes_back_as_it_was_typed(root: Path) -> None:
    abouts = about_all(root)
    said = 'It says "we, all of us" do it;\nand more’s the pity: 3 < 4, Łódź – 10 % & 🌳, £1,000. ' + "x" * 40
    for about in abouts:
        agree(root, meeting_of(root), about, reason=f"{about[1]} {said}")
    now = agreed_now(open_programme(root), meeting_of(root), entries_of(root))
    assert [now.carried[about].agreed.reason for about in abouts] == [f"{about[1]} {said}" for about in abouts]
    assert len(table(root)) == len(abouts) == 8


def test_a_meeting_that_was_stopped_between_two_files_goes_on(root: Path, tmp_path: Path) -> None:
    abouts = about_all(root)
    agree(root, meeting_of(root), abouts[0])
    run("moderate", root, "--out", tmp_path / "m.xlsx")
    shutil.copy(tmp_path / "m.xlsx", root / "bids" / "moderation.xlsx")  # as if it had not been taken out yet
    job = agree(root, meeting_of(root), abouts[1])
    assert not job.in_the_way()
    assert set(job.now.carried) == set(abouts[:2])
    assert not (root / "bids" / "moderation.xlsx").exists()
    assert (root / "received").exists()


def test_a_table_made_by_hand_beside_a_workbook_is_not_chosen_for_anybody(root: Path, tmp_path: Path) -> None:
    abouts = about_all(root)
    run("moderate", root, "--out", tmp_path / "m.xlsx")
    shutil.copy(tmp_path / "m.xlsx", root / "bids" / "moderation.xlsx")
    text = f'bid,question,mark,reason\r\n{",".join(abouts[0])},3,"{REASON}"\r\n'
    (root / "bids" / "consensus.csv").write_bytes(text.encode())
    job = agree(root, meeting_of(root), abouts[1])
    assert [one.code for one in job.in_the_way()] == ["E-FILE-002"]
    assert (root / "bids" / "consensus.csv").read_bytes() == text.encode()


def test_a_meeting_is_gathered_anew_when_marks_come_in_and_not_when_marks_are_agreed(root: Path) -> None:
    first = meeting_of(root)
    agree(root, first, about_all(root)[0])
    assert meeting_of(root) is first
    fill(root / "papers" / "E1.xlsx", root / "bids" / "returns" / "E1.xlsx", mark=2)
    assert meeting_of(root) is not first
