"""The reviewer's hour: what a person judges stands first, answers are kept from one review to the next, and travel."""

import json
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.read.criteria.folder import read_criteria
from tests.unit.cli.test_publish import ACCEPTED, SAMPLE, VERSION, change

GRANTS = Path("criteria/community_grants")
ASKS = "The council may ask for a copy."
MAY = "An application may be withdrawn at any time"


def run(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)


@pytest.fixture
def grants(tmp_path):
    return Path(shutil.copytree(GRANTS, tmp_path / "grants"))


@pytest.fixture
def priced(tmp_path):
    """Give criteria with one finding that needs a decision: a question about the price that is scored."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "priced"))
    (folder / "seal.json").unlink(missing_ok=True)
    change(folder, "What need will you meet, and how do you know of it?", "What need will you meet at your price?")
    return folder


def rows_of(path, sheet="Only a person can judge"):
    """Give the rows of a review's sheet as texts by their headings."""
    rows = [*openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]
    head = next(at for at, row in enumerate(rows) if "Clause" in row and "Last answer" in row)
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]


def answer(path, stands, text, reviewer="A. Lawyer"):
    """Write an answer into the row of a workbook in which a text stands."""
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if stands in str(cell.value)]
    row = cells[0].parent[cells[0].row]
    row[-2].value, row[-1].value = reviewer, text
    book.save(path)


def answer_in_word(path, stands, text, reviewer="B. Reader"):
    document = docx.Document(path)
    rows = (row for table in document.tables for row in table.rows)
    cells = next(row.cells for row in rows if len(row.cells) > 2 and stands in row.cells[1].text)
    cells[-2].text, cells[-1].text = reviewer, text
    document.save(path)


def last(path, stands, sheet="Only a person can judge"):
    (row,) = [one for one in rows_of(path, sheet) if any(stands in str(text) for text in one.values())]
    return row["Status"], row["Last answer"] or ""


def test_what_is_to_be_judged_stands_first_in_the_order_of_the_appendix(grants, tmp_path):
    assert run("check", grants, "--out", tmp_path / "out").exit_code == 0
    assert openpyxl.load_workbook(tmp_path / "out/review.xlsx").sheetnames == ["Only a person can judge", "Review"]
    rows = rows_of(tmp_path / "out/review.xlsx")
    parts = [int(row["Clause"].split(".")[0]) for row in rows]
    assert parts == sorted(parts)
    assert {row["Status"] for row in rows} == {"open"}
    assert {row["What it is"] for row in rows} == {"Declared as a fact", "A sentence with force"}
    first = rows[0]
    assert (first["Clause"], first["What its author says of it"]) == (
        "1.1",
        "The year of the programme, which is part of its name.",
    )
    html = (tmp_path / "out/review.html").read_text("utf-8")
    assert html.index("Only a person can judge") < html.index("How many findings")


@pytest.mark.parametrize("form", ["review.xlsx", "review.docx"])
def test_an_answer_is_kept_in_the_next_review_and_the_one_after_it(grants, tmp_path, form):
    run("check", grants, "--out", tmp_path / "1")
    (answer if form.endswith("xlsx") else answer_in_word)(tmp_path / "1" / form, MAY, "Fair.", "A. Lawyer")
    for made, earlier in ((2, 1), (3, 2)):
        assert (
            run("check", grants, "--out", tmp_path / str(made), "--earlier", tmp_path / str(earlier) / form).exit_code
            == 0
        )
        assert last(tmp_path / f"{made}/review.xlsx", MAY) == ("answered", "Fair. (A. Lawyer)")
    others = [row for row in rows_of(tmp_path / "3/review.xlsx") if MAY not in row["What stands there"]]
    assert {row["Status"] for row in others} == {"open"}


@pytest.mark.parametrize("form", ["review.xlsx", "review.docx"])
def test_a_text_that_changed_shows_the_answer_as_one_for_an_earlier_wording(grants, tmp_path, form):
    run("check", grants, "--out", tmp_path / "1")
    answer(tmp_path / "1/review.xlsx", MAY, "Fair.")
    change(grants, MAY, "An application may be withdrawn before the award", "programme.toml")
    earlier = tmp_path / "1/review.xlsx"
    for made in (2, 3):
        run("check", grants, "--out", tmp_path / str(made), "--earlier", earlier)
        status, said = last(tmp_path / f"{made}/review.xlsx", "before the award")
        assert status.startswith(f"answered for an earlier wording: “{MAY}")
        assert said == "Fair. (A. Lawyer)"
        earlier = tmp_path / str(made) / form
    answer(tmp_path / "3/review.xlsx", "before the award", "Fair too.", "C. Third")
    run("check", grants, "--out", tmp_path / "4", "--earlier", tmp_path / "3/review.xlsx")
    assert last(tmp_path / "4/review.xlsx", "before the award") == ("answered", "Fair too. (C. Third)")


def test_an_answer_goes_with_its_words_to_another_clause(grants, tmp_path):
    run("check", grants, "--out", tmp_path / "1")
    answer(tmp_path / "1/review.xlsx", MAY, "Fair.")
    change(grants, 'id = "T2"', 'id = "Later"', "programme.toml")
    earlier = tmp_path / "1/review.xlsx"
    for made, status in ((2, "answered as clause 5.T2.1"), (3, "answered")):
        run("check", grants, "--out", tmp_path / str(made), "--earlier", earlier)
        earlier = tmp_path / f"{made}/review.docx"
        assert last(tmp_path / f"{made}/review.xlsx", MAY) == (status, "Fair. (A. Lawyer)")


def test_an_answer_to_words_that_stand_twice_is_never_put_to_another_clause(grants, tmp_path):
    run("check", grants, "--out", tmp_path / "1")
    answer(tmp_path / "1/review.xlsx", MAY, "Fair.")
    change(grants, 'id = "T2"', 'id = "Later"', "programme.toml")
    again = f"{MAY}; awards are then worked out again by the same rules."
    change(grants, "If the rules cannot", f"{again} If the rules cannot", "programme.toml")
    run("check", grants, "--out", tmp_path / "2", "--earlier", tmp_path / "1/review.xlsx")
    stands = [row for row in rows_of(tmp_path / "2/review.xlsx") if row["What stands there"] == again]
    assert [(row["Clause"], row["Status"]) for row in stands] == [("5.Later.1", "open"), ("5.T4.1", "open")]
    (kept,) = rows_of(tmp_path / "2/review.xlsx", "No longer there")
    assert kept["Last answer"] == "Fair. (A. Lawyer)"


def test_the_same_sentence_twice_has_two_answers(grants, tmp_path):
    change(grants, "An application may be", f"{ASKS} {ASKS} An application may be", "programme.toml")
    run("check", grants, "--out", tmp_path / "1")
    earlier = tmp_path / "1/review.xlsx"
    book = openpyxl.load_workbook(earlier)
    rows = [row for row in book.worksheets[0].iter_rows() if str(row[2].value) == ASKS]
    for row, said in zip(rows, ("Once.", "Twice."), strict=True):
        row[-1].value = said
    book.save(earlier)
    for made, form in ((2, "xlsx"), (3, "docx"), (4, "xlsx")):
        run("check", grants, "--out", tmp_path / str(made), "--earlier", earlier)
        earlier = tmp_path / f"{made}/review.{form}"
        told = [
            row["Last answer"] for row in rows_of(tmp_path / f"{made}/review.xlsx") if row["What stands there"] == ASKS
        ]
        assert told == ["Once.", "Twice."]


def test_an_answer_to_what_is_gone_is_kept_apart_for_good(grants, tmp_path):
    run("check", grants, "--out", tmp_path / "1")
    answer(tmp_path / "1/review.xlsx", MAY, "Fair.")
    text = (grants / "programme.toml").read_text("utf-8")
    start = text.index(MAY)
    gone = text[start : text.index(".", start) + 1]
    change(grants, gone, "", "programme.toml")
    run("check", grants, "--out", tmp_path / "2", "--earlier", tmp_path / "1/review.xlsx")
    for form in ("review.xlsx", "review.docx"):
        run("check", grants, "--out", tmp_path / form, "--earlier", tmp_path / "2" / form)
        (row,) = rows_of(tmp_path / form / "review.xlsx", "No longer there")
        assert (row["What stood there"].startswith(MAY), row["Last answer"]) == (True, "Fair. (A. Lawyer)")


def test_findings_keep_their_answers_too_and_stand_with_their_clause(priced, tmp_path):
    run("check", priced, "--out", tmp_path / "1")
    answer_in_word(tmp_path / "1/review.docx", 'Q1 asks about "your price"', "It is about need.")
    run("check", priced, "--out", tmp_path / "2", "--earlier", tmp_path / "1/review.docx")
    assert last(tmp_path / "2/review.xlsx", 'Q1 asks about "your price"', "Review") == (
        "answered",
        "It is about need. (B. Reader)",
    )
    rows = rows_of(tmp_path / "2/review.xlsx", "Review")
    row = next(row for row in rows if "Q1 asks" in row["What was found"])
    assert row["Clause"] == "12.main.Q1.1"


def test_an_acceptance_stands_in_its_clause_with_who_and_why(priced, tmp_path):
    (priced / "accepted.toml").write_text(ACCEPTED, "utf-8")
    assert run("check", priced, "--out", tmp_path / "out").exit_code == 0
    (row,) = [
        row for row in rows_of(tmp_path / "out/review.xlsx") if row["What it is"] == "Accepted finding E-CRIT-715"
    ]
    assert row["Clause"] == "12.main.Q1.1"
    assert row["Status"] == (
        "accepted by A. Lawyer, head of legal services on 2026-08-20: "
        "Asked of the service, not of the price that is scored."
    )


def test_two_reviewers_are_both_heard_and_the_later_counts(grants, tmp_path):
    run("check", grants, "--out", tmp_path / "1")
    answer(tmp_path / "1/review.xlsx", MAY, "First.")
    answer_in_word(tmp_path / "1/review.docx", MAY, "Second.")
    both = ("--earlier", tmp_path / "1/review.xlsx", "--earlier", tmp_path / "1/review.docx")
    run("check", grants, "--out", tmp_path / "2", *both)
    assert last(tmp_path / "2/review.xlsx", MAY) == ("answered", "Second. (B. Reader)")


def test_an_answer_given_anew_counts_against_one_that_was_only_carried_on(grants, tmp_path):
    run("check", grants, "--out", tmp_path / "1")
    answer(tmp_path / "1/review.xlsx", MAY, "Old.")
    run("check", grants, "--out", tmp_path / "2", "--earlier", tmp_path / "1/review.xlsx")
    answer_in_word(tmp_path / "2/review.docx", MAY, "New.")
    both = ("--earlier", tmp_path / "2/review.docx", "--earlier", tmp_path / "2/review.xlsx")
    run("check", grants, "--out", tmp_path / "3", *both)
    assert last(tmp_path / "3/review.xlsx", MAY) == ("answered", "New. (B. Reader)")


@pytest.mark.parametrize("name", ["notes.docx", "notes.xlsx", "gone.docx", "review.txt"])
def test_a_file_that_is_no_review_ends_the_check_before_anything_is_written(grants, tmp_path, name):
    if name == "notes.xlsx":
        openpyxl.Workbook().save(tmp_path / name)
    elif name == "notes.docx":
        docx.Document().save(tmp_path / name)
    elif name != "gone.docx":
        (tmp_path / name).write_bytes(b"PK no archive")
    done = run("check", grants, "--out", tmp_path / "out", "--earlier", tmp_path / name)
    assert done.exit_code == 1
    assert f"{name}: E-CRIT-870 (blocks award)" in done.output
    assert not (tmp_path / "out").exists()


def test_comments_in_the_margin_of_a_word_file_are_told_and_not_kept(grants, tmp_path):
    run("check", grants, "--out", tmp_path / "1")
    document = docx.Document(tmp_path / "1/review.docx")
    for words in ("Is this lawful?", "And this?"):
        document.add_comment(document.paragraphs[0].runs, text=words, author="Counsel")
    document.save(tmp_path / "1/review.docx")
    done = run("check", grants, "--out", tmp_path / "2", "--earlier", tmp_path / "1/review.docx")
    assert "E-CRIT-985" in done.output
    assert "2 comments in the margin" in done.output


def test_an_answer_without_its_mark_is_told_and_not_kept(grants, tmp_path):
    run("check", grants, "--out", tmp_path / "1")
    answer(tmp_path / "1/review.xlsx", MAY, "Fair.")
    book = openpyxl.load_workbook(tmp_path / "1/review.xlsx")
    sheet = book["Only a person can judge"]
    row = next(row for row in sheet.iter_rows() if MAY in str(row[2].value))
    row[5].value = None
    book.save(tmp_path / "1/review.xlsx")
    done = run("check", grants, "--out", tmp_path / "2", "--earlier", tmp_path / "1/review.xlsx")
    assert "E-CRIT-871" in done.output
    assert last(tmp_path / "2/review.xlsx", MAY) == ("open", "")


def test_answers_without_a_new_review_are_refused(grants, tmp_path):
    done = run("check", grants, "--earlier", tmp_path / "review.xlsx")
    assert done.exit_code == 2
    assert "--out" in done.output


def test_of_a_workbook_a_copy_with_notes_comes_too_and_the_original_stays(priced, tmp_path):
    book = tmp_path / "book" / "criteria.xlsx"
    book.parent.mkdir()
    run("criteria", "to-workbook", priced, "--out", book)
    before = book.read_bytes()
    run("check", book, "--out", tmp_path / "out")
    assert book.read_bytes() == before
    opened = openpyxl.load_workbook(tmp_path / "out/criteria-with-notes.xlsx")
    notes = [cell.comment.text for row in opened["Theme main"].iter_rows() for cell in row if cell.comment]
    assert any("E-CRIT-715" in note for note in notes)
    assert read_criteria(tmp_path / "out/criteria-with-notes.xlsx").findings == ()


def test_findings_in_json_have_the_agreed_keys_and_the_text_at_fault(priced):
    found = json.loads(run("check", priced, "--json").output)["findings"]
    keys = ["authority", "cell", "code", "file", "key", "message", "remedy", "severity", "sheet"]
    assert all(sorted(one) == keys for one in found)
    places = [(one["file"], one["key"]) for one in found if one["code"] == "E-CRIT-715"]
    assert ("themes/main.toml", "question[1].text") in places


def test_what_was_decided_goes_with_the_criteria_into_the_other_form_and_back(priced, tmp_path):
    (priced / "accepted.toml").write_text(ACCEPTED, "utf-8")
    (priced / "versions.toml").write_text(VERSION, "utf-8")
    book = tmp_path / "book" / "criteria.xlsx"
    book.parent.mkdir()
    assert run("criteria", "to-workbook", priced, "--out", book).exit_code == 0
    checked = json.loads(run("check", book, "--json").output)
    (accepted,) = checked["accepted"]
    assert (accepted["code"], accepted["person"]) == ("E-CRIT-715", "A. Lawyer, head of legal services")
    assert accepted["place"].startswith("criteria.xlsx Theme main!C")
    assert run("criteria", "to-toml", book, "--out", tmp_path / "back").exit_code == 0
    (again,) = json.loads(run("check", tmp_path / "back", "--json").output)["accepted"]
    assert again["place"] == "themes/main.toml question[1].text"
    assert 'version = "1.1"' in (tmp_path / "back/versions.toml").read_text("utf-8")


def test_a_redline_is_written_beside_the_words_of_a_diff(grants, tmp_path):
    new = Path(shutil.copytree(grants, tmp_path / "new"))
    change(new, MAY, "An application can be withdrawn at any time", "programme.toml")
    red = tmp_path / "red.docx"
    done = run("criteria", "diff", grants, new, "--redline", red, "--by", "A. Officer", "--date", "2026-12-01")
    assert done.exit_code == 0, done.output
    xml = docx.Document(red).element.xml
    assert 'w:author="A. Officer"' in xml
    assert ">may</w:delText>" in xml
    assert run("criteria", "diff", grants, new, "--redline", red).exit_code == 2
    assert run("criteria", "diff", grants, new, "--redline", red, "--replace").exit_code == 0
    assert run("criteria", "diff", grants, new, "--redline", tmp_path / "red.pdf").exit_code == 2
