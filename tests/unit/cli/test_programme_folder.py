"""A programme's folder stands for its criteria, bids, runs and ledger: what comes out is what the old form gives."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from evaluator.cli import main
from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.read.programme import read_settings
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs import keeping
from evaluator.jobs.finished.sending import Said
from evaluator.jobs.publication import criteria_workbook
from evaluator.publication import fingerprint
from evaluator.records.office.settings import Person, Settings
from evaluator.reporting.office.settings_workbook import settings_workbook
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill

ROOT = Path(__file__).parents[3]
OFFICER = Settings(people=(Person("Sam Lee", "Officer", records=True),))
TODAY = "2027-01-15"


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def entries(root):
    return [
        (one.event.kind, one.event.subject, one.who, one.when) for one in read_ledger(root / "ledger.jsonl").entries
    ]


@pytest.fixture(autouse=True)
def _one_day(monkeypatch):
    monkeypatch.setattr(keeping, "this_minute", lambda: f"{TODAY}T09:30")


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Give a programme whose evaluators have returned their marks."""
    root = tmp_path_factory.mktemp("office") / "Warm Spaces"
    criteria_folder(root / "criteria")
    bids_folder(root / "bids")
    (root / "settings.xlsx").write_bytes(workbook_bytes(settings_workbook(OFFICER)))
    made = root.parent / "issued"
    assert run("issue", root / "criteria", root / "bids", "--out", made).exit_code == 0
    for book in made.glob("*.xlsx"):
        fill(book, root / "bids" / "returns" / book.name)
    return root


@pytest.fixture
def root(marked, tmp_path):
    return copytree(marked, tmp_path / "Warm Spaces")


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--json"),
        ("timetable", "--json"),
        ("progress", "--json"),
        ("study", "margins", "--json"),
        ("study", "rules"),
        ("criteria", "map", "--json"),
    ],
)
def test_what_is_told_of_a_programme_is_what_is_told_of_its_parts(root, words):
    takes_bids = words[0] in ("progress", "study", "check")
    parts = [root / "criteria", *([root / "bids"] if takes_bids else [])]
    command, options = [one for one in words if one[0] != "-"], [one for one in words if one[0] == "-"]
    by_parts, by_programme = run(*command, *parts, *options), run(*command, root, *options)
    assert by_programme.stdout == by_parts.stdout
    assert by_programme.exit_code == by_parts.exit_code


@pytest.mark.parametrize(
    ("command", "out"),
    [("issue", "papers/evaluators"), ("moderate", "papers/moderation.xlsx"), ("decisions", "papers/decisions.xlsx")],
)
def test_what_goes_out_of_a_programme_lies_among_its_papers_and_is_the_same_to_the_byte(root, tmp_path, command, out):
    assert run(command, root).exit_code == 0
    given = tmp_path / Path(out).name
    assert run(command, root / "criteria", root / "bids", "--out", given).exit_code == 0
    made = root / out
    assert (files_of(made) == files_of(given)) if made.is_dir() else (made.read_bytes() == given.read_bytes())
    assert run(command, root).exit_code == 0  # what is there stays, and the next has a number
    assert (made.with_name(f"{made.stem}-2{made.suffix}")).exists()


def test_the_old_form_still_wants_what_it_wanted(root, tmp_path):
    for words in (
        ("issue", root / "criteria", root / "bids"),
        ("issue", root / "criteria"),
        ("publish", root / "criteria"),
        ("evaluate", root / "criteria"),
        ("study", "bid", root / "criteria", root / "bids"),
        ("moderate", root / "criteria", root / "bids", "--out", tmp_path / "m.xlsx", "--ledger", tmp_path / "l.jsonl"),
    ):
        assert run(*words).exit_code == 2, words


def test_a_programme_and_bids_together_are_refused_with_what_to_give(root):
    refused = run("progress", root, root / "bids")
    assert refused.exit_code == 2
    assert "Give: PROGRAMME" in refused.output
    assert "Give: PROGRAMME EVALUATOR ORGANISATION" in run("study", "recusal", root, "E1").output


def test_a_programme_evaluates_into_its_reports_and_keeps_its_ledger_unasked(root, tmp_path):
    assert run("evaluate", root, "--until", "scoring").exit_code == 1  # no agreed marks yet
    (name,) = (path.name for path in (root / "reports").iterdir())
    run("evaluate", root / "criteria", root / "bids", "--until", "scoring", "--out", tmp_path / "run")
    assert files_of(root / "reports" / name).keys() == files_of(tmp_path / "run").keys()
    outcome = Path("outcome.json")
    assert (root / "reports" / name / outcome).read_bytes() == (tmp_path / "run" / outcome).read_bytes()
    told = entries(root)
    assert ("run", name, "Sam Lee, Officer", TODAY) in told
    assert {kind for kind, *_ in told} >= {"seal", "return", "mark", "run"}
    assert run("ledger", "verify", root).exit_code == 0
    assert run("ledger", "show", root).stdout == run("ledger", "show", root / "ledger.jsonl").stdout
    assert run("ledger", "export", root).exit_code == 0
    assert (root / "papers" / "ledger.xlsx").is_file()


def test_who_records_is_who_the_settings_say_unless_somebody_else_is_named(root):
    assert run("moderate", root, "--by", "A. Chair", "--date", "02/02/2027").exit_code == 0
    assert {(who, when) for *_, who, when in entries(root)} == {("A. Chair", "2027-02-02")}


def test_without_settings_the_account_records_and_that_is_said(root, monkeypatch):
    (root / "settings.xlsx").unlink()
    monkeypatch.setattr(keeping.getpass, "getuser", lambda: "slee")
    done = run("moderate", root)
    assert done.exit_code == 0
    assert "slee recorded this: the settings name nobody" in done.stderr
    assert {who for *_, who, _ in entries(root)} == {"slee"}


def test_settings_that_cannot_be_used_stop_a_command_with_the_cell(root):
    (root / "settings.xlsx").write_bytes(workbook_bytes(settings_workbook(Settings(layout=7))))
    stopped = run("progress", root)
    assert stopped.exit_code == 1
    assert "E-PROG-001" in stopped.output


def test_a_command_that_opens_a_run_takes_the_newest_that_the_ledger_names(tmp_path):
    root = tmp_path / "p"
    copytree(ROOT / "criteria" / "minimal", root / "criteria")
    copytree(ROOT / "sample_bids" / "minimal", root / "bids")
    assert "There is no run with a bundle" in run("replay", root).output
    assert run("evaluate", root, "--no-margins", "--by", "S").exit_code == 0
    (first,) = (path.name for path in (root / "reports").iterdir())
    assert run("evaluate", root, "--no-margins", "--date", "2027-01-20", "--by", "S").exit_code == 0
    (second,) = (path.name for path in (root / "reports").iterdir() if path.name != first)
    told = run("explain", root, "B1", "Q1", "--json")
    bundle = root / "reports" / second / "bundle.zip"
    assert f"Of the newest run, {bundle.parent}" in told.stderr
    assert told.stdout == run("explain", bundle, "B1", "Q1", "--json").stdout
    assert run("replay", root, "--json").exit_code == 0
    assert run("ledger", "verify", root, "--bundle", bundle).exit_code == 0


def test_the_decision_that_the_settings_tell_is_that_of_the_letters(root, monkeypatch):
    seen = {}
    monkeypatch.setattr("evaluator.cli.programme.newest_bundle", lambda _: root / "none.zip")
    monkeypatch.setattr("evaluator.cli.bundles.said_of", lambda post, _: seen.update(post) or Said())
    decided = Settings(decided_by="A. Director", role="Director", decided="2027-02-01", contact="Write to us.")
    (root / "settings.xlsx").write_bytes(workbook_bytes(settings_workbook(decided)))
    run("letters", root, "--role", "Deputy")
    assert seen["decided_by"], seen["decided"] == ("A. Director", "2027-02-01")
    assert (seen["role"], seen["contact"]) == ("Deputy", "Write to us.")


def book_of(folder, target):
    from evaluator.files.read.criteria.folder import read_criteria

    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(criteria_workbook(read_criteria(folder).criteria, target.name)[0])
    return target


@pytest.mark.parametrize("name", ["minimal", "minimal_with_price", "community_commissioning", "community_grants"])
def test_a_workbook_is_sealed_as_the_files_of_the_same_criteria_are(tmp_path, name):
    sealed = json.loads((ROOT / "criteria" / name / "seal.json").read_bytes())
    book = book_of(ROOT / "criteria" / name, tmp_path / "c" / "criteria.xlsx")
    read = read_criteria_of(book)
    assert fingerprint(read) == sealed["sha256"]


def read_criteria_of(path):
    from evaluator.files.read.criteria.folder import read_criteria

    read = read_criteria(path)
    assert read.findings == ()
    return read.criteria


@pytest.mark.parametrize("by_file", [True, False])
def test_a_workbook_is_published_issued_and_evaluated_as_it_is(marked, tmp_path, by_file):
    book = book_of(marked / "criteria", tmp_path / "criteria" / "criteria.xlsx")
    given = book if by_file else book.parent
    (tmp_path / "criteria" / "seal.json").write_bytes((marked / "criteria" / "seal.json").read_bytes())
    assert run("publish", given, "--date", "2026-09-02").output.startswith("These criteria were sealed on 2026-09-01")
    bids = marked / "bids"
    assert run("progress", given, bids, "--json").stdout == run("progress", marked / "criteria", bids, "--json").stdout
    for command, name in (("issue", "out"), ("moderate", "m.xlsx")):
        assert run(command, given, bids, "--out", tmp_path / name).exit_code == 0
        assert run(command, marked / "criteria", bids, "--out", tmp_path / f"old-{name}").exit_code == 0
    assert files_of(tmp_path / "out") == files_of(tmp_path / "old-out")
    assert (tmp_path / "m.xlsx").read_bytes() == (tmp_path / "old-m.xlsx").read_bytes()


def test_the_bundle_holds_the_workbook_as_received_and_is_replayed_from_it(tmp_path):
    import zipfile

    book = book_of(ROOT / "criteria" / "minimal", tmp_path / "criteria" / "Our criteria.xlsx")
    assert run("publish", book, "--date", "2026-09-01").exit_code == 0
    bids = ROOT / "sample_bids" / "minimal"
    assert run("evaluate", book, bids, "--no-margins", "--out", tmp_path / "run").exit_code == 0
    with zipfile.ZipFile(tmp_path / "run" / "bundle.zip") as held:
        assert held.read("inputs/criteria/Our criteria.xlsx") == book.read_bytes()
        assert held.read("inputs/criteria/seal.json") == (tmp_path / "criteria" / "seal.json").read_bytes()
    assert json.loads(run("replay", tmp_path / "run" / "bundle.zip", "--json").stdout)["identical"]


def test_a_changed_workbook_is_no_longer_what_was_sealed(tmp_path):
    import openpyxl

    book = book_of(ROOT / "criteria" / "minimal", tmp_path / "criteria.xlsx")
    assert run("publish", book, "--date", "2026-09-01").exit_code == 0
    opened = openpyxl.load_workbook(book)
    sheet = opened["Theme main"]
    row = next(row for row in range(1, 60) if sheet[f"A{row}"].value == "title")
    sheet[f"C{row}"] = "Another title"
    opened.save(book)
    assert "E-SEAL-002" in run("evaluate", book, ROOT / "sample_bids" / "minimal", "--out", tmp_path / "o").output
    refused = run("publish", book, "--date", "2026-09-02")
    assert refused.exit_code == 2
    assert "Give the changed criteria a new version" in refused.output


@pytest.mark.parametrize("name", ["plain", "Warm Spaces – 2027", "Ümläute 中文", "it's (a) folder; & more"])
def test_a_programme_is_begun_without_a_question(tmp_path, name):
    root = tmp_path / name
    done = run("new", root, "--officer", "Sam Lee")
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in root.iterdir()) == [
        *("START HERE.txt", "bids", "criteria", "imports", "ledger.jsonl", "ledger.jsonl.head", "papers", "received"),
        *("reports", "settings.xlsx"),
    ]
    settings, found = read_settings(root / "settings.xlsx")
    assert found == ()
    assert (settings.title, settings.opened, settings.recorder) == (name, TODAY, Person("Sam Lee", records=True))
    assert entries(root) == [("opened", name, "Sam Lee", TODAY)]
    assert read_criteria_of(root / "criteria").title == name
    assert str(tmp_path) not in (root / "START HERE.txt").read_text("utf-8")
    assert run("check", root).exit_code == 1  # it is still to be filled in


def test_two_programmes_begun_on_one_day_are_the_same_to_the_byte(tmp_path):
    for home in ("a", "b"):
        assert run("new", tmp_path / home / "p", "--officer", "Sam Lee", "--area", "health").exit_code == 0
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")


def test_a_folder_that_is_empty_but_for_what_systems_leave_is_taken(tmp_path):
    (tmp_path / ".DS_Store").write_bytes(b"")
    assert run("new", tmp_path, "--officer", "S").exit_code == 0


def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    refused = run("new", tmp_path)
    assert refused.exit_code == 2
    assert "is not empty: it holds notes.txt" in refused.output
    assert files_of(tmp_path) == {"notes.txt": b"mine"}
    assert run("new", tmp_path / "notes.txt").exit_code == 2


def test_a_folder_that_cannot_be_written_ends_with_a_sentence(tmp_path):
    (tmp_path / "file").write_text("a file where a folder is wanted")
    for path in (tmp_path / "file" / "p", tmp_path / ("n" * 300)):
        done = run("new", path)
        assert done.exit_code in (2, 3), path
        assert "Traceback" not in done.output
        assert done.output.count("\n") <= 4


def test_a_theme_of_the_library_that_there_is_not_is_refused_before_anything_is_written(tmp_path):
    assert run("new", tmp_path / "p", "--area", "made_up").exit_code == 2
    assert not (tmp_path / "p").exists()


def test_the_way_is_told_from_what_lies_in_the_folder(root):
    told = json.loads(run("status", root, "--json").stdout)
    done = {one["step"]: one["done"] for one in told["steps"]}
    assert done["Publish"]
    assert done["Let the evaluators mark"]
    assert not done["Agree the marks"]
    text = run("status", root).output
    assert "Let the evaluators mark             done" in text
    assert f'"{root}"' in text  # a path with a space can be typed as it stands


def test_a_new_programme_has_everything_before_it(tmp_path):
    run("new", tmp_path / "p", "--officer", "S")
    told = json.loads(run("status", tmp_path / "p", "--json").stdout)
    assert not any(one["done"] for one in told["steps"])
    assert told["next"] == [f"evaluator check {tmp_path / 'p'}"]


def test_publishing_makes_the_first_papers_to_fill_in_too(tmp_path):
    assert run("new", tmp_path / "p", "--officer", "S", "--area", "health").exit_code == 0
    held = run("publish", tmp_path / "p")
    assert (held.exit_code, "Name of the council" in held.output) == (1, True)
    book = load_workbook(tmp_path / "p" / "criteria" / "criteria.xlsx")
    for cell in (cell for row in book["Programme"].iter_rows() for cell in row):
        if cell.value in ("Name of the council", "Name of the programme"):
            cell.value = "Anytown"
    book.save(tmp_path / "p" / "criteria" / "criteria.xlsx")
    assert run("publish", tmp_path / "p").exit_code == 0
    assert (tmp_path / "p" / "papers" / "tender" / "evaluation-appendix.html").is_file()
    assert (tmp_path / "p" / "papers" / "register.xlsx").is_file()
    told = json.loads(run("status", tmp_path / "p", "--json").stdout)
    assert [one["done"] for one in told["steps"]][:4] == [True, True, True, False]
    assert told["next"] == [f"evaluator receive {tmp_path / 'p'} FILES…"]


def test_a_programme_changes_hands_and_the_ledger_says_so(root):
    done = run("hand-over", root, "--to", "Ana Roy", "--role", "Manager", "--reason", "Sam leaves")
    assert done.exit_code == 0, done.output
    settings, found = read_settings(root / "settings.xlsx")
    assert found == ()
    assert settings.recorder == Person("Ana Roy", "Manager", records=True)
    assert [one.name for one in settings.people] == ["Sam Lee", "Ana Roy"]
    (entry,) = read_ledger(root / "ledger.jsonl").entries
    assert (entry.who, entry.event.before, entry.event.after) == (
        "Sam Lee, Officer",
        "Sam Lee, Officer",
        "Ana Roy, Manager",
    )
    assert "Agree the marks" in (root / "papers" / f"hand-over-{TODAY}.txt").read_text("utf-8")
    run("moderate", root)
    assert entries(root)[-1][2] == "Ana Roy, Manager"


def test_what_is_no_programme_is_said(tmp_path):
    done = run("status", tmp_path)
    assert done.exit_code == 3
    assert "is not the folder of a programme" in done.output


def test_bids_alone_are_checked_with_what_blocks_and_json(root):
    done = run("check", root / "criteria", root / "bids", "--json")
    document = json.loads(done.stdout)
    assert (done.exit_code, document["can_be_evaluated"]) == (1, False)
    first = next(one for one in document["findings"] if one["severity"] == "blocks_award")
    assert set(first) == {"code", "severity", "file", "sheet", "cell", "key", "message", "remedy", "authority"}
    minimal = ROOT / "criteria" / "minimal", ROOT / "sample_bids" / "minimal"
    assert run("check", *minimal).exit_code == 0
    (root / "criteria" / "seal.json").unlink()
    assert json.loads(run("check", root, "--json").stdout)["schema"] == "check/1"  # the criteria, until they are sealed


def test_a_run_that_does_not_rest_on_what_came_in_since_is_said_to_be_old(tmp_path):
    root = tmp_path / "p"
    copytree(ROOT / "criteria" / "minimal", root / "criteria")
    copytree(ROOT / "sample_bids" / "minimal", root / "bids")
    assert run("evaluate", root, "--no-margins", "--by", "S").exit_code == 0

    def evaluated():
        return next(
            one for one in json.loads(run("status", root, "--json").stdout)["steps"] if one["step"] == "Evaluate"
        )

    assert evaluated()["done"]
    assert "evaluate again first" not in run("explain", root, "B1").stderr
    assert (
        run("event", "withdraw", root, "B1", "--reason", "They said so.", "--told-by", "O", "--by", "S").exit_code == 0
    )
    assert (evaluated()["done"], evaluated()["says"]) == (
        False,
        "what came in has changed since the last run with a result",
    )
    assert "evaluate again first" in run("explain", root, "B1").stderr
