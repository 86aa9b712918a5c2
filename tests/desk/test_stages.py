"""Stages at the desk: each is chosen by its name, decided by itself, sealed where that is wanted, and told of."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.desk.pages.evaluate import evaluate, stages_of
from evaluator.desk.pages.going_out.work import letters
from evaluator.files.read.programme import open_programme
from evaluator.jobs.finished.sending import Said
from evaluator.jobs.keeping import Keeping
from evaluator.jobs.programme import standing
from tests import staged
from tests.desk.asked import Asked, text_of


def programme(folder: Path) -> Path:
    staged.criteria_in(folder / "criteria")
    staged.bids_in(folder / "bids")
    return folder


@pytest.fixture(scope="module")
def decided_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    """A programme whose first stage is decided and sealed, and what was said of that; not to be changed."""
    root = programme(tmp_path_factory.mktemp("staged") / "Rooms")
    keeping = Keeping(open_programme(root).ledger, "Sam Lee, officer", "2026-10-01")
    return root, evaluate(lambda _: None, str(root), keeping, "", False, ("S1", True), "", "/r", "/s", "/letters").says


@pytest.fixture
def decided(decided_once: tuple[Path, tuple[str, ...]], tmp_path: Path) -> Path:
    return Path(copytree(decided_once[0], tmp_path / "Rooms"))


def test_the_page_offers_each_stage_and_the_whole_evaluation(tmp_path: Path) -> None:
    programme(tmp_path / "Rooms")
    said = text_of(Asked.on(tmp_path, tmp_path / "staging").get("/p/Rooms/evaluate"))
    assert "Written answers (S1)" in said
    assert "The whole evaluation" in said
    assert "Seal what it comes to" in said


def test_a_programme_without_stages_offers_none(minimal: Path, tmp_path: Path) -> None:
    said = text_of(Asked.on(tmp_path, tmp_path / "staging").get("/p/Warm%20Spaces/evaluate"))
    assert "How far it goes" not in said


def test_a_stage_is_decided_and_sealed_and_the_page_says_so(decided_once: tuple[Path, tuple[str, ...]]) -> None:
    root, says = decided_once
    assert "It is worked out who goes on from the stage. People decide, and tell the bidders." in says
    assert stages_of(root) == (
        ("S1", "Written answers (S1)", "It is sealed"),
        ("", "The whole evaluation", "To the awards"),
    )
    kinds = [json.loads(line)["kind"] for line in (root / "ledger.jsonl").read_text("utf-8").splitlines()]
    assert kinds[-2:] == ["run", "stage"]


def test_prices_are_not_wanted_of_anybody_before_the_stage_is_over(tmp_path: Path) -> None:
    root = programme(tmp_path / "Rooms")  # B4 and B5 give no price
    assert "mended" not in text_of(Asked.on(tmp_path, tmp_path / "staging").get("/p/Rooms/decisions"))
    says = {one.step.name: one.says for one in standing(open_programme(root))}
    assert says["Decide what only people can decide"] == "0 matters wait for a person"


def test_the_results_of_a_stage_say_who_goes_on_and_that_they_still_hold(decided: Path, tmp_path: Path) -> None:
    said = text_of(Asked.on(tmp_path, tmp_path / "staging").get("/p/Rooms/results"))
    assert "Of the 5 bids in the stage S1, 3 go on." in said
    order = [said.index(f"Organisation B{at}") for at in range(1, 6)]
    assert order == sorted(order)
    assert "40 of 50" in said
    assert said.count("Goes on") == 3
    assert "Evaluate again" not in said  # its own seal, which came to lie beside the bids, is no change of them
    agreed = decided / "bids" / "consensus.csv"
    agreed.write_text(agreed.read_text("utf-8") + "B1,P1,3,Agreed so.\n", "utf-8")
    assert "Evaluate again" in text_of(Asked.on(tmp_path, tmp_path / "staging").get("/p/Rooms/results"))


def test_the_letters_of_a_stage_lie_beside_those_of_the_award(decided: Path, tmp_path: Path) -> None:
    desk = Asked.on(tmp_path, tmp_path / "staging")
    form = text_of(desk.get("/p/Rooms/letters"))
    assert "Write the letters of the stage S1" in form
    assert 'name="notice"' not in form
    run = next((decided / "reports").iterdir())
    out = decided / "papers" / "letters-S1"
    ended = letters(lambda _: None, run / "bundle.zip", out, Said(), True, "/letters")
    assert ended.says == ("5 letters in papers/letters-S1.",)
    made = {path.name: path.read_bytes() for path in out.iterdir()}
    done = CliRunner().invoke(main, ["letters", str(decided), "--pages-only"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert {path.name: path.read_bytes() for path in out.iterdir()} == made
    assert not (decided / "papers" / "letters").exists()
    said = text_of(desk.get("/p/Rooms/letters?stage=S1"))
    assert said.count("goes on</td>") == 3
    assert said.count("does not go on</td>") == 2
    assert desk.get("/p/Rooms/letters/file?name=stage-S1-B4.html&stage=S1").status_code == 200
    assert desk.get("/p/Rooms/letters/file?name=stage-S1-B4.html").status_code == 404
    assert desk.get("/p/Rooms/letters/letters.zip?stage=S1").status_code == 200
    assert not {one.step.name: one.done for one in standing(open_programme(decided))}["Tell the bidders"]


def test_the_forms_of_the_letters_stay_with_the_stage_or_the_award_that_was_chosen(
    decided: Path, tmp_path: Path
) -> None:
    run = next((decided / "reports").iterdir())
    manifest = json.loads((run / "manifest.json").read_text("utf-8"))
    older = Path(copytree(run, decided / "reports" / "run-of-awards"))
    del manifest["stage"]
    (older / "manifest.json").write_text(json.dumps(manifest | {"status": "award_recommended"}), "utf-8")
    desk = Asked.on(tmp_path, tmp_path / "staging")
    newest = text_of(desk.get("/p/Rooms/letters"))
    assert 'action="/p/Rooms/letters?stage=S1&amp;form=' in newest
    assert 'href="/p/Rooms/letters?stage="' in newest
    chosen = text_of(desk.get("/p/Rooms/letters?stage="))
    assert 'action="/p/Rooms/letters?stage=&amp;form=' in chosen
    assert 'href="/p/Rooms/letters?stage=S1"' in chosen


def test_the_next_stage_opens_the_steps_that_it_needs_again(decided: Path) -> None:
    for name in ("marks.csv", "consensus.csv"):
        path = decided / "bids" / name
        lines = path.read_text("utf-8").splitlines()
        kept = [line for line in lines if name == "marks.csv" or ",P1," not in line]
        path.write_text("\n".join(kept) + "\n", "utf-8")
    steps = {one.step.name: one for one in standing(open_programme(decided))}
    assert (steps["Agree the marks"].done, steps["Agree the marks"].says) == (False, "3 marks still to be agreed")
    assert steps["Evaluate"].says == "1 run, none with a result; decided so far: S1"
