"""A programme in stages from end to end: decided, sealed, told, marked further, awarded, replayed and verified."""

import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.audit.verifier import verify
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.evaluate import evaluate
from evaluator.pipeline import Published, decide
from evaluator.publication import seal
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.submissions.bid_form import form_sheets
from evaluator.reporting import results_workbook
from tests import staged
from tests.axe import violations
from tests.office import recalculate

ADMITS = """[[stage]]
id = "EOI"
title = "Expression of interest"
questions = ["A1"]
passes = "at_least"
share = "60%"
counts = false

[[stage]]
id = "WRITTEN"
questions = ["A2"]
passes = "best"
number = 3
score = "10"
ties = "draw"
draw_seed = "Cabinet 4711"
source = "Guidance 3.2"
decided = 2026-11-02

[[stage]]
id = "INTERVIEW"
questions = ["P1"]
"""
ASIDE = {"A1": "40", "A2": "40", "P1": "30", "price": "30"}


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def told(content: bytes, change: Any = None) -> list[str]:
    """Everything that differs in a bundle, or in one in which something was changed, in words."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    if change:
        for name in ("data/bids.json", "outputs/outcome.json"):
            document = json.loads(files[name])
            change(name, document)
            files[name] = json.dumps(document).encode()
    found = list(verify.differences(files))
    return [line for what, lines in found for line in lines if "manifest" not in what]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Decide and seal the first stage, then evaluate all of it; the ledger is kept."""
    folder = tmp_path_factory.mktemp("staged")
    criteria, bids = staged.criteria_in(folder / "criteria"), staged.bids_in(folder / "bids")
    ledger = ("--ledger", folder / "ledger.jsonl", "--by", "A. Officer", "--date", "2026-10-01", "--no-margins")
    first = run("evaluate", criteria, bids, "--out", folder / "first", "--stage", "S1", "--seal", *ledger)
    assert first.exit_code == 0, first.output
    last = run("evaluate", criteria, bids, "--out", folder / "last", *ledger)
    assert last.exit_code == 0, last.output
    return folder


def outcome_of(folder: Path) -> Any:
    return json.loads((folder / "outcome.json").read_text("utf-8"))


def test_a_stage_is_decided_by_itself_and_sealed_beside_the_bids(home: Path) -> None:
    made = outcome_of(home / "first")
    assert (made["status"], made["stage"], made["allocation"]) == ("stage_decided", "S1", None)
    (stage,) = made["stages"]
    assert {one["bid"]: (one["points"], one["passed"]) for one in stage["bids"]} == {
        "B1": ("50", True), "B2": ("40", True), "B3": ("38", True), "B4": ("36", False), "B5": ("20", False),
    }  # fmt: skip
    sealed = json.loads((home / "bids" / "stages" / "S1.json").read_text("utf-8"))
    assert sealed["sha256"] == outcome_of(home / "last")["stages"][0]["sealed"]
    assert [one["bid"] for one in sealed["bids"] if one["passed"]] == ["B1", "B2", "B3"]
    page = (home / "first" / "stage.html").read_text("utf-8")
    assert "5 bids were in this stage; 3 go on, and 2 do not." in page


def test_only_bids_that_went_on_are_ranked_and_need_a_price(home: Path) -> None:
    bids = {one["bid"]: one for one in outcome_of(home / "last")["themes"][0]["bids"]}
    # B1 50 + 12 + 30 × 16/20 = 86; B2 40 + 20 + 30 = 90; B3 38 + 16 + 30 × 16/25 = 73.2
    assert {bid: (one["total"], one["rank"]) for bid, one in bids.items() if one["rank"]} == {
        "B1": ("86.00", 2), "B2": ("90.00", 1), "B3": ("73.20", 3),
    }  # fmt: skip
    assert {bids[bid]["status"] for bid in ("B4", "B5")} == {"not_shortlisted"}
    assert bids["B4"]["status_reason"].startswith("Not shortlisted at stage S1: 36 of 50 points")
    assert (bids["B4"]["total"], bids["B4"]["marks"]["P1"]) == (None, None)


@pytest.mark.parametrize("name", ["first", "last"])
def test_a_run_of_a_stage_and_the_last_one_replay_and_verify(home: Path, name: str) -> None:
    assert run("replay", home / name / "bundle.zip").exit_code == 0
    assert told((home / name / "bundle.zip").read_bytes()) == []


def test_the_ledger_says_that_the_stage_was_sealed(home: Path) -> None:
    events = [json.loads(line) for line in (home / "ledger.jsonl").read_text("utf-8").splitlines()]
    (sealed,) = [one for one in events if one["kind"] == "stage"]
    assert sealed["subject"] == "S1"
    assert run("ledger", "verify", home / "ledger.jsonl").exit_code == 0


def test_the_verifier_finds_a_stage_that_was_told_otherwise(home: Path) -> None:
    bundle = (home / "last" / "bundle.zip").read_bytes()

    def another_result(name: str, document: Any) -> None:
        if name.endswith("outcome.json"):
            document["stages"][0]["bids"][3]["passed"] = True

    def another_mark(name: str, document: Any) -> None:
        if name.endswith("bids.json"):
            document["themes"][0]["bids"][3]["marks"]["A2"] = "5"

    def left_out(name: str, document: Any) -> None:
        if name.endswith("bids.json"):
            document["stages"]["S1"].remove("B5")

    assert told(bundle, another_result) == [
        "inputs/bids/stages/S1.json gives B4 36 points; outcome.json says 36 points and going on.",
        "B4: stage S1 gives it 36; it comes to 36 and does not go on.",
    ]
    found = told(bundle, another_mark)
    assert any(line.startswith("B4: stage S1 gives it 36; it comes to 44 and goes on") for line in found)
    assert "B5 is missing from stage S1." in told(bundle, left_out)


def test_bidders_are_told_of_the_stage_with_points_and_reasons(home: Path, tmp_path: Path) -> None:
    words = ("--decided-by", "A. Person", "--role", "Head", "--decided", "2026-10-02", "--pages-only")
    assert run("letters", home / "first" / "bundle.zip", "--out", tmp_path / "letters", *words).exit_code == 0
    listed = json.loads((tmp_path / "letters" / "letters.json").read_text("utf-8"))
    assert listed["outcomes"] == {
        "B1": "goes on", "B2": "goes on", "B3": "goes on", "B4": "does not go on", "B5": "does not go on",
    }  # fmt: skip
    assert listed["draft"] is False
    letter = (tmp_path / "letters" / "stage-S1-B4.html").read_text("utf-8")
    assert "36 of 50 points; the best 3 go on, and the last of them has 38: it is not among them." in letter
    assert "Organisation B1" not in letter
    last = run("letters", home / "last" / "bundle.zip", "--out", tmp_path / "last", "--pages-only")
    assert last.exit_code == 0
    assert "It did not go on from the stage Written answers (S1)." in (tmp_path / "last" / "letter-B4.html").read_text()


def test_report_and_record_show_who_fell_where(home: Path) -> None:
    for name in ("report", "record"):
        page = (home / "last" / f"{name}.html").read_text("utf-8")
        assert "Who went on from each stage" in page
        assert "not among them" in page


@pytest.mark.parametrize("words", [("--seal",), ("--stage", "S9"), ("--stage", "last")])
def test_a_stage_that_does_not_decide_is_refused_in_a_sentence(home: Path, words: tuple[str, ...]) -> None:
    made = run("evaluate", home / "criteria", home / "bids", "--out", home / "none", *words)
    assert made.exit_code == 2
    assert "stage" in made.output


def test_the_bid_form_says_in_which_stage_each_question_is_asked_and_that_prices_come_last(tmp_path: Path) -> None:
    criteria = read_criteria(staged.criteria_in(tmp_path / "criteria")).criteria
    assert criteria is not None
    sheets = {sheet.name: sheet for sheet in form_sheets(criteria, criteria.themes[0])}
    assert [row[1] for row in sheets["Answers"].rows] == [
        "Need (stage 1 of 2: Written answers (S1))",
        "Plan (stage 1 of 2: Written answers (S1))",
        "Presentation (stage 2 of 2: the last)",
    ]
    assert "leave them empty until you are told" in sheets["Answers"].note
    assert "asked for in the last stage" in sheets["Prices"].note


def test_criteria_without_stages_have_no_trace_of_them() -> None:
    read = read_criteria(staged.MINIMAL)
    assert read.criteria is not None
    assert "stage" not in read.criteria.model_dump(by_alias=True, mode="json")


def evaluated(
    folder: Path, stages: str, weights: dict[str, str], seed: int, themes: tuple[str, ...] = ("main",)
) -> tuple[Outcome, bytes]:
    """Evaluate bids with random marks, some of which would not be asked for, and give the outcome and the bundle."""
    dice = random.Random(seed)
    criteria = staged.criteria_in(folder / "criteria", stages, weights, themes=themes)
    homes = {f"B{number}": themes[number % len(themes)] for number in range(1, 9)}
    marks = {
        bid: {one if theme == "main" else f"{theme}-{one}": dice.randint(0, 5) for one in ("A1", "A2", "P1")}
        for bid, theme in homes.items()
    }
    prices = {bid: str(dice.randint(100, 300) * 100) for bid in marks}
    bids = staged.bids_in(folder / "bids", marks, prices, homes)
    finished = evaluate(criteria, bids, "equality", "2026-12-01", lambda _: None)
    assert finished.outcome is not None
    return finished.outcome, finished.files["bundle.zip"]


BOTH = ("main", "more")
OVER_ALL = staged.SHORTLIST.replace('"A2"]', '"A2", "more-A1", "more-A2"]')
KINDS: dict[str, tuple[Any, ...]] = {
    "best": (staged.SHORTLIST, staged.WEIGHTS),
    "tie-break": (
        staged.SHORTLIST + 'ties = "tie_break"\ntie_break = ["question:A2", "question:A1"]\n',
        staged.WEIGHTS,
    ),
    "draw": (staged.SHORTLIST + 'ties = "draw"\ndraw_seed = "Minutes 12"\n', staged.WEIGHTS),
    "three stages, one that only admits": (ADMITS, ASIDE),
}
SEVERAL = {"the best of all themes": "false", "the best of each theme": "true"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_engine_and_verifier_agree_on_random_marks(tmp_path: Path, kind: str, seed: int) -> None:
    outcome, bundle = evaluated(tmp_path, *KINDS[kind], seed)
    assert outcome.scores is not None, outcome.findings
    assert told(bundle) == []


@pytest.mark.parametrize("over", SEVERAL)
def test_engine_and_verifier_agree_on_several_themes(tmp_path: Path, over: str) -> None:
    outcome, bundle = evaluated(tmp_path, f"{OVER_ALL}by_theme = {SEVERAL[over]}\n", staged.WEIGHTS, 5, BOTH)
    assert outcome.scores is not None, outcome.findings
    passed = [line for line in outcome.stages[0].lines if line.passed]
    assert len(passed) >= (3 if SEVERAL[over] == "false" else 6)
    assert told(bundle) == []


@pytest.mark.slow
def test_the_live_workbook_works_every_stage_out_as_the_engine_does(tmp_path: Path) -> None:
    paths = []
    several = [(f"{OVER_ALL}by_theme = {said}\n", staged.WEIGHTS, BOTH) for said in SEVERAL.values()]
    for number, (stages, weights, *themes) in enumerate((*KINDS.values(), *several)):
        for seed in range(2):
            outcome, _ = evaluated(tmp_path / f"{number}-{seed}", stages, weights, seed, *themes)
            paths.append(tmp_path / f"{number}-{seed}.xlsx")
            paths[-1].write_bytes(workbook_bytes(results_workbook(outcome)))
    for path in recalculate(*paths):
        book = openpyxl.load_workbook(path, data_only=True)
        differ = next(row[1].value for row in book["Summary"].iter_rows() if row[0].value == "Differences")
        assert differ == 0, path
        typed = openpyxl.load_workbook(paths[0].with_name(path.name))
        assert typed["Stages"].max_row == book["Stages"].max_row


def test_a_sealed_stage_that_is_sealed_again_is_as_its_marks_are_now(tmp_path: Path) -> None:
    criteria, bids = staged.criteria_in(tmp_path / "criteria"), staged.bids_in(tmp_path / "bids")
    before = staged.seal_stage(criteria, bids, "S1").read_bytes()
    text = (bids / "consensus.csv").read_text("utf-8")
    (bids / "consensus.csv").write_text(text.replace("B4,A2,3,Agreed:", "B4,A2,5,Agreed above all marks:"), "utf-8")
    after = staged.seal_stage(criteria, bids, "S1").read_bytes()
    passed = [[one["bid"] for one in json.loads(each)["bids"] if one["passed"]] for each in (before, after)]
    assert passed == [["B1", "B2", "B3"], ["B1", "B2", "B4"]]


def test_while_a_stage_is_open_no_later_mark_or_price_is_wanted(tmp_path: Path) -> None:
    criteria = staged.criteria_in(tmp_path / "criteria")
    early = {bid: {one: mark for one, mark in own.items() if one != "P1"} for bid, own in staged.MARKS.items()}
    bids = staged.bids_in(tmp_path / "bids", early, {})
    read = read_criteria(criteria)
    assert read.criteria is not None
    published, run_ = Published(read.criteria, read.seal), Run("run-test", "0")
    first = decide(published, read_bids(bids, read.criteria), run_, "equality", str, "S1")
    assert first.findings == ()
    last = decide(published, read_bids(bids, read.criteria), run_, "equality", str)
    assert {one.code for one in last.findings} == {"E-STAGE-005", "E-RET-004", "E-CONS-013", "E-PRICE-001"}
    wanted = " ".join(one.message for one in last.findings if one.code != "E-STAGE-005")
    assert "B3" in wanted
    assert "B4" not in wanted


SECTIONS = """
[[section]]
id = "written"
title = "Written answers"
weight = "50"
questions = ["A1", "A2"]
minimum_points = "40"
source = "Invented."

[[section]]
id = "later"
title = "What comes later"
weight = "50"
questions = ["P1", "price"]
source = "Invented."
"""
BY_MINIMUMS = '[[stage]]\nid = "S1"\nquestions = ["A1", "A2"]\npasses = "at_least"\n'


@pytest.mark.parametrize(("beyond", "on"), [("", ["B1", "B2"]), ('more_than = ["written"]\n', ["B1"])])
def test_a_stage_can_admit_by_its_published_minimums_alone(tmp_path: Path, beyond: str, on: list[str]) -> None:
    criteria = staged.criteria_in(tmp_path / "criteria", BY_MINIMUMS, sealed=False)
    theme = criteria / "themes" / "main.toml"
    theme.write_text(f"{beyond}{theme.read_text('utf-8')}{SECTIONS}", "utf-8")  # B2 has exactly 40 of 50, B3 has 38
    assert run("check", criteria).exit_code == 0
    read = read_criteria(criteria)
    assert read.criteria is not None
    (criteria / "seal.json").write_text(seal(read.criteria, "2026-09-01").model_dump_json(by_alias=True), "utf-8")
    bids = staged.bids_in(tmp_path / "bids", prices=dict.fromkeys(staged.MARKS, "20000"))
    finished = evaluate(criteria, bids, "equality", "2026-12-01", lambda _: None)
    assert finished.outcome is not None
    assert [line.bid for line in finished.outcome.stages[0].lines if line.passed] == on
    assert told(finished.files["bundle.zip"]) == []


@pytest.mark.slow
def test_axe_finds_nothing_on_pages_of_a_stage(home: Path, tmp_path: Path) -> None:
    assert run("letters", home / "first" / "bundle.zip", "--out", tmp_path / "letters", "--pages-only").exit_code == 0
    pages = [home / "first" / "stage.html", *(tmp_path / "letters").glob("*.html")]
    assert len(pages) > 3
    assert {page.name: violations(page.read_text("utf-8"), tmp_path) for page in pages} == {
        page.name: [] for page in pages
    }
