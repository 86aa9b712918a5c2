"""Criteria from nothing to the folder that is sealed: new, library, to-workbook, to-toml, check and map."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from evaluator.cli import main
from evaluator.files.read.criteria.decided_before_publication import read_accepted
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.engine_data import read_library
from evaluator.jobs.publication import criteria_workbook
from evaluator.publication import canonical, check
from evaluator.publication.new_criteria import compose
from evaluator.records.findings.finding import block_award

SAMPLE = Path(__file__).resolve().parents[3] / "criteria" / "community_commissioning"
LIBRARY = read_library()
AREAS = [area.id for area in LIBRARY.areas]
OF_THE_PAPER = {  # the Cabinet paper, 3.24
    *("inclusion", "health_wellbeing", "accessibility", "digital", "employment_skills", "waste"),
    *("safety", "place", "social_value", "innovation", "empowerment", "capacity"),
}


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_library_has_the_twelve_outcome_areas_of_the_paper():
    assert len(AREAS) == 12
    assert {area.outcome for area in LIBRARY.areas} == OF_THE_PAPER


@pytest.mark.parametrize("area", AREAS)
def test_a_theme_composed_from_the_library_can_be_published_as_far_as_the_checks_go(area):
    made = compose(LIBRARY, [LIBRARY.area(area)])
    assert [str(finding) for finding in check(made) if block_award([finding])] == []
    assert sum(made.themes[0].weights.values()) == 100


def test_all_areas_together_make_one_programme_without_a_blocking_finding():
    made = compose(LIBRARY, LIBRARY.areas)
    assert [str(finding) for finding in check(made) if block_award([finding])] == []
    assert set(made.outcomes) == OF_THE_PAPER | {"reducing_poverty", "empowerment_cohesion"}


def test_every_question_of_the_library_says_why_it_is_asked_and_counts_four_parts():
    questions = [*LIBRARY.common, *(question for area in LIBRARY.areas for question in area.question)]
    assert all(question.purpose and question.outcomes and question.word_limit for question in questions)
    assert all(question.source.startswith("Starter library.") for question in questions)
    assert all([f"({n})" in q.good_answer for n in range(1, 6)] == [True] * 4 + [False] for q in questions)
    assert len({question.id for question in questions}) == len(questions)
    assert len({question.text for question in questions}) == len(questions)


def test_the_gates_about_exclusions_have_the_three_grounds_and_ask_nothing_that_the_platform_holds():
    gates = LIBRARY.exclusions.gate
    assert [gate.ground for gate in gates if gate.kind == "exclusion"] == ["mandatory", "discretionary", "debarment"]
    # Procurement Regulations 2024, regulations 9 to 12: what is shared there is not asked for a second time.
    asked = " ".join(gate.question for gate in gates).casefold()
    assert not [word for word in ("turnover", "accounts", "address", "director", "convicted") if word in asked]
    assert "debarment" in run("criteria", "library", "exclusions").output
    assert [gate.id for gate in compose(LIBRARY, []).gate][-6:] == [gate.id for gate in gates]


def test_the_library_lists_its_areas_and_shows_one_in_full():
    assert all(area in run("criteria", "library").output for area in AREAS)
    assert "A good answer:" in run("criteria", "library", "waste").output
    assert "C9" in run("criteria", "library", "common").output
    assert len(json.loads(run("criteria", "library", "--json").output)["areas"]) == 12
    wrong = run("criteria", "library", "wast")
    assert wrong.exit_code == 2
    assert "waste" in wrong.output


def test_new_criteria_are_the_same_as_files_and_as_a_workbook(tmp_path):
    for path in (tmp_path / "mine", tmp_path / "mine.xlsx"):
        made = run("criteria", "new", path, "--area", "digital", "--area", "waste")
        assert made.exit_code == 0, made.output
    files, book = (read_criteria(tmp_path / name) for name in ("mine", "mine.xlsx"))
    assert files.findings == book.findings == ()
    assert canonical(files.criteria) == canonical(book.criteria)
    for name in ("mine", "mine.xlsx"):
        found = json.loads(run("check", tmp_path / name, "--json").output)["findings"]
        held = sorted(one["message"] for one in found if one["severity"] != "note")
        assert ["Name of the council" in held[0], "Name of the programme" in held[1]] == [True, True]
        assert len(held) == 2


@pytest.mark.parametrize("name", ["empty", "empty.xlsx"])
def test_an_empty_start_can_be_read_and_its_findings_are_what_is_to_be_filled_in(tmp_path, name):
    assert run("criteria", "new", tmp_path / name).exit_code == 0
    checked = run("check", tmp_path / name)
    assert checked.exit_code == 1
    assert "The question Q1 has an empty text." in checked.output
    text = (tmp_path / name / "programme.toml").read_text("utf-8") if name == "empty" else ""
    assert name != "empty" or "# The reference under which everything is published.\nreference" in text


def test_nothing_that_is_there_is_overwritten_unless_one_says_so(tmp_path):
    book, folder = tmp_path / "c.xlsx", tmp_path / "c"
    assert run("criteria", "to-workbook", SAMPLE, "--out", book).exit_code == 0
    assert run("criteria", "to-toml", book, "--out", folder).exit_code == 0
    (folder / "README.md").write_text("ours")
    (folder / "seal.json").write_bytes((SAMPLE / "seal.json").read_bytes())
    assert run("criteria", "to-toml", book, "--out", folder).exit_code == 2
    assert run("criteria", "new", folder).exit_code == run("criteria", "new", book).exit_code == 2
    assert run("criteria", "to-toml", book, "--out", folder, "--replace").exit_code == 0
    assert (folder / "README.md").read_text() == "ours"
    assert "these are what was sealed" in run("check", folder).output


def test_a_folder_of_other_things_is_never_replaced(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("dear")
    assert run("criteria", "to-toml", SAMPLE, "--out", tmp_path / "letters", "--replace").exit_code == 2
    assert (tmp_path / "letters" / "a.txt").read_text() == "dear"


def test_a_theme_whose_id_is_no_file_name_is_not_written(tmp_path):
    made = compose(LIBRARY, [LIBRARY.area("waste")])
    themes = tuple(theme.model_copy(update={"id": "../waste"}) for theme in made.themes)
    content, _ = criteria_workbook(made.model_copy(update={"themes": themes}), "c.xlsx")
    (tmp_path / "c.xlsx").write_bytes(content)
    stopped = run("criteria", "to-toml", tmp_path / "c.xlsx", "--out", tmp_path / "out")
    assert stopped.exit_code == 1
    assert "E-CRIT-112" in stopped.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.xlsx"]


def test_a_workbook_that_is_not_filled_in_is_not_sealed_and_its_findings_name_cells(tmp_path):
    run("criteria", "new", tmp_path / "c.xlsx")
    stopped = run("publish", tmp_path / "c.xlsx", "--date", "2026-12-01")
    assert stopped.exit_code == 1
    assert "c.xlsx Theme theme1!C9: E-TIER-001 (blocks award)" in stopped.output
    assert ".toml" not in stopped.output
    assert not (tmp_path / "seal.json").exists()


def test_the_map_gives_exact_shares(tmp_path):
    made = run("criteria", "map", SAMPLE, "--json", "--out", tmp_path / "map.html")
    assert made.exit_code == 0
    document = json.loads(made.output)
    assert document["schema"] == "criteria-map/1"
    advice = {one["id"]: one["themes"][0] for one in document["outcomes"]}
    # Capacity is tested in advice by C8 (2) and AD4 (8) alone.
    assert advice["capacity"]["share"] == {"percent": "10", "exact": "10/1"}
    page = (tmp_path / "map.html").read_text("utf-8")
    assert "Every published outcome and approach is tested" in page
    assert run("criteria", "map", SAMPLE, "--out", tmp_path / "map.html").exit_code == 2


def test_divided_shares_and_price_add_up_to_the_whole_score():
    from fractions import Fraction

    from evaluator.publication.checks.theory_of_change import criteria_map

    drawn = criteria_map(read_criteria(SAMPLE).criteria)
    for number, left in enumerate(drawn.left):
        outcomes = [aim.shares[number].divided for aim in drawn.aims if aim.kind == "outcome"]
        assert sum(outcomes, Fraction(0)) + left.share + left.price == 100


OLDER = '"Invented. The quality score is rounded once, to 2 decimal places, a half away from nought."'


def older(tmp_path: Path) -> Path:
    """Give the minimal criteria with a sentence that restates a rule, as they were written before."""
    folder = tmp_path / "older"
    copytree(SAMPLE.with_name("minimal"), folder)
    (folder / "seal.json").unlink()
    file = folder / "programme.toml"
    text = file.read_text("utf-8")
    head, _, rest = text.partition("[rounding]")
    before, _, after = rest.partition('source = "Invented."')
    file.write_text(f"{head}[rounding]{before}source = {OLDER}{after}", "utf-8")
    return folder


def test_older_criteria_are_brought_to_one_source_for_every_rule(tmp_path):
    old = older(tmp_path)
    told = run("criteria", "migrate", old, "--out", tmp_path / "new")
    assert told.exit_code == 0
    assert "1 text taken out, because the values alone say so." in told.output
    new = read_criteria(tmp_path / "new").criteria
    assert new.rounding.source == "Invented."
    assert new.rounding.places == read_criteria(old).criteria.rounding.places
    document = json.loads(run("criteria", "migrate", old, "--out", tmp_path / "n2", "--json").stdout)
    assert [(one["what"], one["key"], one["clause"]) for one in document["steps"]] == [
        ("taken_out", "rounding.source", "13")
    ]
    assert run("criteria", "migrate", old, "--out", tmp_path / "new.xlsx").exit_code == 0
    assert canonical(read_criteria(tmp_path / "new.xlsx").criteria) == canonical(new)
    assert "Name another folder" in run("criteria", "migrate", old, "--out", tmp_path / "new").output


def test_what_people_accepted_goes_along_when_older_criteria_are_brought_over(tmp_path):
    old = older(tmp_path)
    write_accepted(old)
    for new in (tmp_path / "new", tmp_path / "new.xlsx"):
        assert run("criteria", "migrate", old, "--out", new).exit_code == 0
        assert [(one.code, one.person) for one in read_accepted(new)[0]] == [("E-CRIT-801", "Ann Hale")]


def write_accepted(folder: Path) -> None:
    (folder / "accepted.toml").write_text(
        """[[accepted]]
code = "E-CRIT-801"
place = "programme.toml equality"
person = "Ann Hale"
reason = "No summary is shown."
date = "2026-05-04"
""",
        "utf-8",
    )


def test_names_and_facts_go_through_a_workbook_and_back(tmp_path):
    made = read_criteria(SAMPLE).criteria
    book, found = criteria_workbook(made, "c.xlsx")
    assert found == ()
    (tmp_path / "c.xlsx").write_bytes(book)
    read = read_criteria(tmp_path / "c.xlsx")
    assert read.findings == ()
    assert read.criteria.as_written == made.as_written
    assert read.criteria.tier[0].title == "Up to £40,000 a year"
    sheet = load_workbook(tmp_path / "c.xlsx")["Names"]
    offered = {row[0].value: row[2].value for row in sheet.iter_rows(min_row=5)}
    assert offered["{up_to:small}"] == "£40,000"
    assert offered["{weight:advice/AD1}"] == "14"
