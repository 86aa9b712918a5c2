"""Events by command: what each writes, tells and refuses; and a whole job with one of each."""

import json
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.audit.verifier.verify import differences

ROOT = Path(__file__).resolve().parents[3]
OFFICER = ("--by", "A. Officer", "--date", "2026-11-02")
WHY = ("--reason", "So the bidder wrote.")
WITHDRAW = ("withdraw", "N03", "--told-by", "The chair")


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def recorded(programme: Path, command: str, *words: str) -> Result:
    """Record an event in a programme."""
    return call("event", command, programme, *words, *OFFICER)


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """Give the folder of a programme that holds the sample of community grants."""
    shutil.copytree(ROOT / "criteria" / "community_grants", tmp_path / "criteria")
    shutil.copytree(ROOT / "sample_bids" / "community_grants", tmp_path / "bids")
    return tmp_path


def listed(programme: Path) -> list[tuple[str, str, bool]]:
    told = json.loads(call("event", "list", programme, "--json").stdout)
    return [(one["event"], one["kind"], one["undone"] is not None) for one in told["events"]]


def test_each_event_has_its_row_and_its_entry_in_the_ledger(programme: Path) -> None:
    told = [
        recorded(programme, *WITHDRAW, *WHY),
        recorded(programme, "correct", "N01", "Price (£)", "3250", "--source", "A letter of 30 October", *WHY),
        recorded(programme, "abandon", "gardens", *WHY),
        recorded(programme, "leave", "P1", "--successor", "P9", "--successor-name", "C. Ninth", *WHY),
        recorded(programme, "clarify", "all", "--question", "May partners be added?", "--asked", "1/9/2026"),
    ]
    assert [one.exit_code for one in told] == [0, 0, 0, 0, 0]
    held = [
        *[("C1", "corrections", False), ("W1", "withdrawals", False), ("L1", "abandoned", False)],
        *[("E1", "departures", False), ("Q1", "clarifications", False)],
    ]
    assert listed(programme) == held
    entries = read_ledger(programme / "ledger.jsonl").entries
    assert [(one.event.kind, one.event.subject) for one in entries] == [
        ("event", "withdrawal W1 N03"),
        ("event", "correction C1 N01"),
        ("event", "lot abandoned L1 gardens"),
        ("event", "evaluator who left E1 P1"),
        ("event", "clarification Q1 all"),
    ]
    assert "old: 3150; new: 3250; origin: A letter of 30 October; person: A. Officer" in entries[1].event.after
    assert {one.who for one in entries} == {"A. Officer"}


def test_a_wrong_event_is_undone_by_another_and_both_stay(programme: Path) -> None:
    recorded(programme, *WITHDRAW, *WHY)
    assert recorded(programme, "undo", "W1", "--reason", "It was N04.").exit_code == 0
    twice = recorded(programme, "undo", "W1", "--reason", "It was N04.")
    assert (twice.exit_code, "E-EVENT-021" in twice.output) == (1, True)
    again = recorded(programme, *WITHDRAW, *WHY)
    assert "W2" in again.stdout
    assert sorted(listed(programme)) == [("W1", "withdrawals", True), ("W2", "withdrawals", False)]
    subjects = [one.event.subject for one in read_ledger(programme / "ledger.jsonl").entries]
    assert subjects == ["withdrawal W1 N03", "event undone W1", "withdrawal W2 N03"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("withdraw", "N77", "--told-by", "The chair", *WHY), "E-EVENT-004"),
        (("withdraw", "N03", "--told-by", "", *WHY), "E-EVENT-001"),
        (("correct", "N01", "Prize", "3250", "--source", "A letter", *WHY), "E-EVENT-006"),
        (("correct", "N01", "price", "3250", "--old", "3000", "--source", "A letter", *WHY), "E-EVENT-005"),
        (("correct", "N01", "price", "a lot", "--source", "A letter", *WHY), "E-PRICE-002"),
        (("abandon", "parks", *WHY), "E-EVENT-004"),
        (("leave", "P1", "--successor", "P9", *WHY), "E-EVENT-009"),
        (("undo", "W7", *WHY), "E-EVENT-003"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(programme: Path, words: tuple[str, ...], code: str) -> None:
    made = recorded(programme, *words)
    assert (made.exit_code, code in made.output, "Nothing was recorded" in made.stderr) == (1, True, True)
    assert not (programme / "bids" / "events.xlsx").exists()
    assert not (programme / "ledger.jsonl").exists()


def test_a_bid_is_withdrawn_only_where_there_are_bids(programme: Path) -> None:
    (programme / "bids" / "register.csv").unlink()
    made = recorded(programme, *WITHDRAW, *WHY)
    assert (made.exit_code, "E-REG-001" in made.output) == (1, True)
    asked = ("--question", "May\n we \x07 ask?", "--asked", "2026-09-01")
    assert recorded(programme, "clarify", "all", *asked).exit_code == 0
    (entry,) = read_ledger(programme / "ledger.jsonl").entries
    assert "question: May we [U+0007] ask?" in entry.event.after


def test_a_folder_of_bids_needs_no_programme(programme: Path) -> None:
    bids, ledger = programme / "bids", programme / "kept.jsonl"
    made = call("event", *WITHDRAW, *WHY, "--bids", bids, "--ledger", ledger, *OFFICER, "--json")
    assert json.loads(made.stdout)["subject"] == "withdrawal W1 N03"
    assert len(read_ledger(ledger).entries) == 1
    assert call("event", *WITHDRAW, *WHY, "--bids", bids).exit_code == 2  # nobody and no day
    assert call("event", "withdraw", *WHY, "--told-by", "The chair").exit_code == 2  # nothing at all


def test_events_in_a_csv_file_stay_in_it(programme: Path) -> None:
    file = programme / "bids" / "withdrawals.csv"
    file.write_text("event,bid,told_by,person,date,reason\nW5,N03,The chair,A. Officer,2026-11-01,So it is.\n", "utf-8")
    assert recorded(programme, "withdraw", "N04", "--told-by", "=1+1", *WHY).exit_code == 0
    assert file.read_text("utf-8").splitlines()[1:] == [
        "W5,N03,The chair,A. Officer,2026-11-01,So it is.",
        "W6,N04,=1+1,A. Officer,2026-11-02,So the bidder wrote.",
    ]


def test_a_row_that_a_person_typed_is_kept_and_one_that_would_be_lost_is_told(programme: Path) -> None:
    file = programme / "bids" / "events.xlsx"
    assert call("event", "blank", programme, "--out", file).exit_code == 0
    book = openpyxl.load_workbook(file)
    sheet = book["Withdrawals"]
    for at, text in enumerate(("W1", "N03", "The chair", "A. Officer", "01/11/2026", "So it is."), 1):
        sheet.cell(5, at, text)
    book.save(file)
    assert recorded(programme, "abandon", "gardens", *WHY).exit_code == 0
    assert listed(programme) == [("W1", "withdrawals", False), ("L1", "abandoned", False)]
    book = openpyxl.load_workbook(file)
    book["Withdrawals"]["H5"] = "Somebody's own note"
    book.save(file)
    before = file.read_bytes()
    refused = recorded(programme, "abandon", "food", *WHY)
    assert (refused.exit_code, "E-FILE-029" in refused.output, file.read_bytes() == before) == (1, True, True)


def test_the_same_event_gives_the_same_bytes(programme: Path) -> None:
    file = programme / "bids" / "events.xlsx"
    recorded(programme, *WITHDRAW, *WHY)
    first = file.read_bytes()
    file.unlink()
    recorded(programme, *WITHDRAW, *WHY)
    assert file.read_bytes() == first


def without_floors(programme: Path) -> None:
    """Take the rules out that only both lots together can keep, and the seal with them."""
    file = programme / "criteria" / "programme.toml"
    parts = file.read_text("utf-8").split("[[allocation.rule]]")
    kept = [part for part in parts if 'kind = "ward_floor"' not in part and 'kind = "group_floor"' not in part]
    file.write_text("[[allocation.rule]]".join(kept), "utf-8")
    (programme / "criteria" / "seal.json").unlink()
    assert call("publish", programme / "criteria", "--date", "2026-08-03").exit_code == 0


def with_one_of_each(programme: Path) -> None:
    without_floors(programme)
    recorded(programme, *WITHDRAW, *WHY)
    recorded(programme, "withdraw", "N04", "--told-by", "The chair", *WHY)
    recorded(programme, "undo", "W2", "--reason", "It was N03.")
    recorded(programme, "correct", "N01", "Price (£)", "3250", "--source", "A letter of 30 October", *WHY)
    recorded(programme, "abandon", "gardens", "--reason", "The land was sold.")
    recorded(programme, "leave", "P1", *WHY)
    clarify = ("--question", "May partners be added?", "--asked", "2026-09-01", "--answer", "Yes.")
    recorded(programme, "clarify", "all", *clarify, "--answered", "2026-09-03", "--sent-to", "all", "--concerns-all")
    (programme / "bids" / "decisions.csv").write_text(
        "bid,matter,subject,decision,reason,ground,person,date\n"
        "N01,correction,price,admit,The form's own total shows it.,,A. Officer,2026-11-04\n",
        "utf-8",
    )


def test_a_whole_job_with_one_of_each_event_holds_in_every_document(programme: Path) -> None:
    with_one_of_each(programme)
    run = programme / "run"
    keeping = ("--ledger", programme / "ledger.jsonl", "--by", "A. Officer", "--date", "2026-11-05")
    done = call("evaluate", programme / "criteria", programme / "bids", "--out", run, *keeping)
    assert done.exit_code == 0, done.output
    outcome = json.loads((run / "outcome.json").read_text("utf-8"))
    states = {bid["bid"]: bid["status"] for theme in outcome["themes"] for bid in theme["bids"]}
    assert (states["N03"], states["N04"]) == ("withdrawn", "ranked")
    assert {states[f"N{number:02}"] for number in range(9, 17)} == {"lot_abandoned"}
    assert [(one["event"], one["undone"] is None) for one in outcome["events"]] == [
        *[("C1", True), ("W1", True), ("L1", True), ("E1", True), ("Q1", True), ("W2", False)],
    ]
    awards = {one["bid"]: one["amount"] for one in outcome["allocation"]["awards"]}
    assert (awards["N01"], "N03" in awards) == ("3250.00", False)
    for name in ("report.html", "record.html"):
        page = (run / name).read_text("utf-8")
        assert "“3150” was corrected to “3250”" in page
        assert "Withdrawn by The chair" in page
        assert "May partners be added?" in page
    with zipfile.ZipFile(run / "bundle.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert [line for _, found in differences(files) for line in found] == []
    assert call("replay", run / "bundle.zip").exit_code == 0
    subjects = [one.event.subject for one in read_ledger(programme / "ledger.jsonl").entries]
    assert len(subjects) == len(set(subjects))  # what a command recorded is not recorded again


def test_bidders_are_told_and_the_notice_and_open_data_count(programme: Path) -> None:
    with_one_of_each(programme)
    bundle = programme / "run" / "bundle.zip"
    call("evaluate", programme / "criteria", programme / "bids", "--out", bundle.parent)
    assert call("letters", bundle, "--out", programme / "letters").exit_code == 0
    told = json.loads((programme / "letters" / "letters.json").read_text("utf-8"))
    assert told["left"]["N03"] == "withdrawn-N03.html"
    assert told["left"]["N12"] == "lot-abandoned-N12.html"
    assert (told["outcomes"]["N03"], told["outcomes"]["N12"]) == ("withdrawn", "lot abandoned")
    withdrawn, lot, corrected = (
        (programme / "letters" / name).read_text("utf-8")
        for name in ("withdrawn-N03.html", "lot-abandoned-N12.html", "letter-N01.html")
    )
    assert "was withdrawn on 2 November 2026. We were told so by: The chair." in withdrawn
    assert "The land was sold." in lot
    assert "“3150” was corrected to “3250”" in corrected
    assert "May partners be added?" not in withdrawn + lot + corrected
    opened = programme / "open"
    assert call("open-data", bundle, "--out", opened, "--date", "2026-12-01", "--full").exit_code == 0
    (release,) = json.loads((opened / "ocds.json").read_text("utf-8"))["releases"]
    bids = {one["id"]: one["status"] for one in release["bids"]["details"]}
    assert (bids["N03"], bids["N12"], bids["N04"]) == ("withdrawn", "valid", "valid")
    assert {one["id"]: one["status"] for one in release["tender"]["lots"]}["gardens"] == "cancelled"
    explained = call("explain", bundle, "N03").stdout
    assert "Withdrawn on 2 November 2026 by The chair" in explained


def test_what_an_evaluator_who_left_had_not_marked_is_issued_to_the_successor(programme: Path) -> None:
    (programme / "bids" / "consensus.csv").unlink()
    marks = programme / "bids" / "marks.csv"
    lines = marks.read_text("utf-8").splitlines(keepends=True)
    marks.write_text("".join(line for line in lines if not line.startswith("N16,") or ",P1," not in line), "utf-8")
    recorded(programme, "leave", "P1", "--successor", "P9", "--successor-name", "C. Ninth", *WHY)
    file = programme / "bids" / "declarations.csv"
    file.write_text(file.read_text("utf-8") + "P9,*,None.,none,2026-11-03\n", "utf-8")
    out = programme / "issued"
    issued = call("issue", programme / "criteria", programme / "bids", "--out", out, "--json")
    assert issued.exit_code == 0, issued.stderr
    names = {path.name for path in out.glob("*.xlsx")}
    assert "P9.xlsx" in names
    assert "P1.xlsx" not in names
    sheet = openpyxl.load_workbook(out / "P9.xlsx")["Marks"]
    assert {row[0] for row in sheet.iter_rows(values_only=True)} >= {"N16"}
    assert not {f"N{number:02}" for number in range(1, 16)} & {row[0] for row in sheet.iter_rows(values_only=True)}
    progress = json.loads(call("progress", programme / "criteria", programme / "bids", "--json").stdout)
    assert {one["evaluator"]: one["state"] for one in progress["evaluators"]}["P9"] != "complete"
