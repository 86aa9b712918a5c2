"""A draft holds what is written, finished or not, and a change of it leaves everything else as it was."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.criteria.drafts import CannotBeKeptError, content_of, read_draft, with_theme, write_draft
from evaluator.jobs.publication import criteria_workbook
from evaluator.records.programme.written.entries import Spot, added_at, entry_at, spot_of, with_entry

CRITERIA = Path(__file__).resolve().parents[4] / "criteria"
SETS = ("minimal", "minimal_with_price", "community_grants", "community_commissioning")


def as_book(tmp_path: Path, name: str) -> Path:
    content, _ = criteria_workbook(read_criteria(CRITERIA / name).criteria, "criteria.xlsx")
    (tmp_path / "criteria.xlsx").write_bytes(content)
    return tmp_path


@pytest.mark.parametrize("name", SETS)
def test_a_workbook_that_is_written_again_has_the_commands_bytes(tmp_path: Path, name: str) -> None:
    draft = read_draft(as_book(tmp_path, name))
    assert draft.findings == ()
    assert content_of(draft, draft) == {"criteria.xlsx": (tmp_path / "criteria.xlsx").read_bytes()}


@pytest.mark.parametrize("name", SETS)
def test_files_that_are_written_again_hold_what_they_held(tmp_path: Path, name: str) -> None:
    draft = read_draft(CRITERIA / name)
    for file, content in content_of(replace(draft, files={}), draft).items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(content)
    assert read_criteria(tmp_path).criteria == read_criteria(CRITERIA / name).criteria


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    folder = Path(copytree(CRITERIA / "community_grants", tmp_path / "criteria"))
    draft, spot = read_draft(folder), Spot("themes/food.toml", "question", 1)
    after = replace(draft, files=with_entry(draft.files, spot, (entry_at(draft.files, spot) or {}) | {"title": "X"}))
    assert list(content_of(draft, after)) == ["themes/food.toml"]
    write_draft(folder, draft, after)
    assert read_draft(folder).files == after.files


def test_a_theme_that_is_gone_takes_its_file_along(tmp_path: Path) -> None:
    folder = Path(copytree(CRITERIA / "community_grants", tmp_path / "criteria"))
    draft = read_draft(folder)
    left = {name: plain for name, plain in draft.files.items() if name != "themes/food.toml"}
    write_draft(folder, draft, replace(draft, files=left))
    assert [path.name for path in (folder / "themes").iterdir()] == ["gardens.toml"]


def test_a_new_theme_begins_with_the_weights_of_common_questions() -> None:
    draft = with_theme(read_draft(CRITERIA / "community_grants"), "advice", "Advice")
    first = draft.files["themes/food.toml"]["weights"]
    made = draft.files["themes/advice.toml"]
    common = {one["id"] for one in draft.files["template.toml"]["question"]}
    assert made["weights"] == {key: value for key, value in first.items() if key in common | {"price"}}
    assert made["title"] == "Advice"


def test_comments_of_somebodys_own_are_told_of(tmp_path: Path) -> None:
    folder = Path(copytree(CRITERIA / "minimal", tmp_path / "criteria"))
    theme = folder / "themes" / "main.toml"
    theme.write_bytes(b"# ask Sam first\n" + theme.read_bytes())
    assert "themes/main.toml" in read_draft(folder).commented


def test_a_text_that_no_cell_holds_is_refused(tmp_path: Path) -> None:
    draft = read_draft(as_book(tmp_path, "minimal"))
    spot = Spot("programme.toml", "")
    files = with_entry(draft.files, spot, {**draft.files["programme.toml"], "title": "x" * 40_000})
    with pytest.raises(CannotBeKeptError):
        content_of(draft, replace(draft, files=files))


def test_a_value_that_cannot_be_taken_is_a_problem_and_a_missing_one_is_none() -> None:
    draft, spot = read_draft(CRITERIA / "minimal"), Spot("themes/main.toml", "question", 2)
    entry = entry_at(draft.files, spot) or {}
    wrong = replace(draft, files=with_entry(draft.files, spot, entry | {"word_limit": "many"}))
    assert [key for key, _ in wrong.problems(spot)] == ["word_limit"]
    missing = {key: value for key, value in entry.items() if key != "text"}
    assert replace(draft, files=with_entry(draft.files, spot, missing)).problems(spot) == ()


def test_an_entry_is_put_in_added_and_taken_away_at_its_place() -> None:
    files, spot = (
        {"programme.toml": {"scale": {"mark": [{"mark": "0"}, {"mark": "1"}]}}},
        Spot("programme.toml", "scale.mark"),
    )
    new = added_at(files, spot)
    assert new.number == 3
    added = with_entry(files, new, {"mark": "2"})
    assert [one["mark"] for one in added["programme.toml"]["scale"]["mark"]] == ["0", "1", "2"]
    assert with_entry(with_entry(files, Spot(spot.file, spot.path, 1), None), Spot(spot.file, spot.path, 1), None) == {
        "programme.toml": {}
    }


@pytest.mark.parametrize(
    ("file", "key", "place", "field"),
    [
        ("programme.toml", "allocation.rule[3].limit", Spot("programme.toml", "allocation.rule", 3), "limit"),
        ("programme.toml", "allocation.method", Spot("programme.toml", "allocation"), "method"),
        ("programme.toml", "common[2].text", Spot("template.toml", "question", 2), "text"),
        ("themes/a.toml", "minimum_marks.Q1", Spot("themes/a.toml", "weights"), "Q1"),
        ("themes/a.toml", "rule[1].least", Spot("themes/a.toml", "rule", 1), "least"),
        ("programme.toml", "version", Spot("programme.toml", ""), "version"),
        ("programme.toml", "price.parameters.zero_at", Spot("programme.toml", "price"), "parameters.zero_at"),
    ],
)
def test_the_place_of_a_key_is_found(file: str, key: str, place: Spot, field: str) -> None:
    assert spot_of(file, key) == (place, field)


def test_other_files_are_no_places_of_criteria() -> None:
    assert spot_of("seal.json", "sha256") is None
    assert spot_of("../settings.toml", "x") is None
