"""Stages at the desk: each is chosen by its name, decided by itself, and sealed where that is wanted."""

import json
from pathlib import Path

from evaluator.desk.pages.evaluate import evaluate, stages_of
from evaluator.files.read.programme import open_programme
from evaluator.jobs.keeping import Keeping
from tests import staged
from tests.desk.asked import Asked, text_of


def programme(folder: Path) -> Path:
    staged.criteria_in(folder / "criteria")
    staged.bids_in(folder / "bids")
    return folder


def test_the_page_offers_each_stage_and_the_whole_evaluation(tmp_path: Path) -> None:
    programme(tmp_path / "Rooms")
    said = text_of(Asked.on(tmp_path, tmp_path / "staging").get("/p/Rooms/evaluate"))
    assert "Written answers (S1)" in said
    assert "The whole evaluation" in said
    assert "Seal what it comes to" in said


def test_a_programme_without_stages_offers_none(minimal: Path, tmp_path: Path) -> None:
    said = text_of(Asked.on(tmp_path, tmp_path / "staging").get("/p/Warm%20Spaces/evaluate"))
    assert "How far it goes" not in said


def test_a_stage_is_decided_and_sealed_and_the_page_says_so(tmp_path: Path) -> None:
    root = programme(tmp_path / "Rooms")
    keeping = Keeping(open_programme(root).ledger, "Sam Lee, officer", "2026-10-01")
    made = evaluate(lambda _: None, str(root), keeping, "", False, ("S1", True), "", "/runs", "/results")
    assert "It is worked out who goes on from the stage. People decide, and tell the bidders." in made.says
    assert stages_of(root) == (
        ("S1", "Written answers (S1)", "It is sealed"),
        ("", "The whole evaluation", "To the awards"),
    )
    kinds = [json.loads(line)["kind"] for line in (root / "ledger.jsonl").read_text("utf-8").splitlines()]
    assert kinds[-2:] == ["run", "stage"]
