"""The criteria in a browser: every change stands in the file that the commands read, and nothing else in it changes."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.programme import open_programme
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.criteria.drafts import content_of, draft_of, read_draft
from evaluator.jobs.criteria.publishing import publish_programme
from evaluator.jobs.criteria.simulation import simulated
from evaluator.jobs.keeping import Keeping
from evaluator.jobs.publication import criteria_workbook
from evaluator.records.office.settings import Person, Settings
from evaluator.records.programme.price.methods import METHODS
from evaluator.reporting.office.settings_workbook import settings_workbook
from tests.desk.conftest import Opening
from tests.desk.served import ROOT, Client, Said, Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

AT = "/p/Rooms/criteria"
PART = f"{AT}/part"
QUESTION = f"{PART}?file=themes%2Fmain.toml&path=question&number=1"
COMMON = f"{PART}?file=template.toml&path=question&number=1"
PRICE = f"{PART}?file=programme.toml&path=price"
RULES = f"{PART}?file=programme.toml&path=allocation.rule"
WEIGHTS = f"{PART}?file=themes%2Fmain.toml&path=weights"
FIELD = re.compile(r'<(input|textarea|select)[^>]*\bname="(in-[^"]+|version|id-\d+)"([^>]*)>(?:\n?([^<]*))?')
CHOSEN = re.compile(r'<option value="([^"]*)" selected>')


def root_of(tmp_path: Path) -> Path:
    """Give the folder of a programme whose criteria are whole, and not yet sealed."""
    root = tmp_path / "Rooms"
    copytree(ROOT / "criteria" / "minimal", root / "criteria")
    (root / "criteria" / "seal.json").unlink()
    (root / "bids").mkdir()
    people = (Person("Ann Other", "Commissioning manager", records=True),)
    (root / "settings.xlsx").write_bytes(workbook_bytes(settings_workbook(Settings(title="Rooms", people=people))))
    return root


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A programme whose criteria are TOML files."""
    return root_of(tmp_path)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A programme whose criteria are a workbook."""
    root = root_of(tmp_path)
    content, _ = criteria_workbook(read_criteria(root / "criteria").criteria, "criteria.xlsx")
    for path in sorted((root / "criteria").rglob("*.toml")):
        path.unlink()
    (root / "criteria" / "criteria.xlsx").write_bytes(content)
    return root


def filled(client: Client, page: str) -> dict[str, str]:
    """Give what stands in the fields of a page's form."""
    text, found = client.get(page).text, {}
    for kind, name, rest, inner in FIELD.findall(text):
        value = re.search(r'value="([^"]*)"', rest)
        if kind == "input" and 'type="radio"' in rest:
            if "checked" in rest and value:
                found[name] = value[1]
        elif kind == "select":
            chosen = CHOSEN.search(text, text.index(f'name="{name}"'))
            found[name] = chosen[1] if chosen else ""
        else:
            found[name] = unescape(value[1] if value and kind == "input" else inner)
    return found


def save(client: Client, page: str, **changed: str) -> Said:
    """Fill in some fields of a page's form, leave the others as they stand, and send it."""
    fields = filled(client, page) | {name.replace("__", "-"): text for name, text in changed.items()}
    return client.post(page, page.partition("?")[0], fields)


def criteria_in(root: Path) -> object:
    return read_criteria(root / "criteria").criteria


def test_what_is_typed_stands_in_the_workbook_as_the_command_would_write_it(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    before = criteria_in(book)
    assert save(client, QUESTION, in__title="Need, and who has it").status == 303
    after = criteria_in(book)
    theme = before.themes[0]
    question = theme.question[0].model_copy(update={"title": "Need, and who has it"})
    wanted = theme.model_copy(update={"question": (question, *theme.question[1:])})
    assert after == before.model_copy(update={"themes": (wanted,)})
    assert (book / "criteria" / "criteria.xlsx").read_bytes() == criteria_workbook(after, "criteria.xlsx")[0]


def test_a_common_question_is_changed_where_it_stands(serve: Callable, tmp_path: Path) -> None:
    root = root_of(tmp_path)
    copytree(ROOT / "criteria" / "community_grants", root / "criteria", dirs_exist_ok=True)
    (root / "criteria" / "themes" / "main.toml").unlink()
    (root / "criteria" / "seal.json").unlink()
    client = serve(root).client()
    assert client.get(AT).text.count(">Common questions</h3>") == 1
    assert {"in-text", "in-good_answer"} <= set(filled(client, COMMON))
    assert save(client, COMMON, in__title="Why just here").status == 303
    assert criteria_in(root).common[0].title == "Why just here"


def test_only_the_file_of_an_entry_is_written_again(serve: Callable, files: Path) -> None:
    client = serve(files).client()
    programme = (files / "criteria" / "programme.toml").read_bytes()
    assert save(client, QUESTION, in__word_limit="250").status == 303
    assert (files / "criteria" / "programme.toml").read_bytes() == programme
    assert criteria_in(files).themes[0].question[0].word_limit == 250


@pytest.mark.parametrize("kept", ["book", "files"])
def test_a_figure_with_its_bands_and_a_scale_of_some_questions_are_filled_in(
    serve: Callable, kept: str, request: pytest.FixtureRequest
) -> None:
    root = request.getfixturevalue(kept)
    client = serve(root).client()
    figure = f"{PART}?file=programme.toml&path=measured&number=1"
    text = client.get(figure).text
    assert "the points of the published band that the figure is in (banded)" in text
    assert "price_per_quality_point" not in text  # it gives no points
    said = {"in__id": "M1", "in__title": "Days to begin", "in__unit": "days", "in__method": "banded"}
    bands = "at_most: 5 | points: 10\nat_most: 10 | points: 6"
    assert save(client, figure, **said, in__band=bands).status == 303
    assert filled(client, figure)["in-band"] == bands
    assert "Days to begin" in client.get(WEIGHTS).text
    rows = filled(client, WEIGHTS)
    with_least = {rows[f"id-{name.rpartition('-')[2]}"] for name in rows if name.startswith("in-minimum_marks-")}
    assert with_least == set(criteria_in(root).themes[0].weights) - {"price"}, "a figure and the price have no mark"
    assert save(client, WEIGHTS, **{"in__weights__2": "lots"}).text.count("in-minimum_marks-") > 0
    scale = f"{PART}?file=programme.toml&path=scale_of&number=1"
    marks = "mark: 0 | label: No | descriptor: Nothing.\nmark: 4 | label: Yes | descriptor: All: each part."
    asked = criteria_in(root).themes[0].question[0].id
    assert save(client, scale, in__id="two", in__questions=asked, in__source="4", in__mark=marks).status == 303
    assert filled(client, scale)["in-mark"] == marks
    shown = client.get(scale.partition("&number")[0]).text
    assert "descriptor" not in shown
    made = criteria_in(root)
    assert [(str(band.at_most), str(band.points)) for band in made.measured[0].band] == [("5", "10"), ("10", "6")]
    assert [mark.label for mark in made.scale_for(asked).mark] == ["No", "Yes"]
    wrong = save(client, scale, in__mark="four marks")
    assert wrong.status == 422
    assert 'href="#in-mark"' in wrong.text


@pytest.mark.parametrize("kept", ["book", "files"])
def test_saving_without_a_change_changes_nothing_that_is_sealed(
    serve: Callable, kept: str, request: pytest.FixtureRequest
) -> None:
    root = request.getfixturevalue(kept)
    client, before = serve(root).client(), criteria_in(root)
    for page in (QUESTION, WEIGHTS, f"{PART}?file=programme.toml&path=", f"{PART}?file=programme.toml&path=moderation"):
        assert save(client, page).status == 303
        assert criteria_in(root) == before


@pytest.mark.parametrize("kept", ["book", "files"])
def test_what_stands_at_a_question_follows_its_id(serve: Callable, kept: str, request: pytest.FixtureRequest) -> None:
    root = request.getfixturevalue(kept)
    before = criteria_in(root).themes[0]
    old = before.question[0].id
    assert save(serve(root).client(), QUESTION, in__id="NEED").status == 303
    after = criteria_in(root).themes[0]
    assert [one.id for one in after.question] == ["NEED", *(one.id for one in before.question[1:])]
    assert dict(after.weights) == {"NEED" if name == old else name: one for name, one in before.weights.items()}
    least = {"NEED" if name == old else name: one for name, one in before.minimum_marks.items()}
    assert dict(after.minimum_marks) == least


def test_what_people_accepted_comes_along_with_a_workbook_that_files_are_made_of(serve: Callable, files: Path) -> None:
    draft = read_draft(files / "criteria")
    accepted = {
        **{"code": "E-CRIT-615", "place": "programme.toml allocation", "person": "Ann Other"},
        **{"reason": "Legal advice of 1 December.", "date": "2026-12-01", "message": "Nothing says which."},
    }
    with_them = replace(draft, book="criteria.xlsx", decided={"accepted.toml": [accepted]})
    content = content_of(draft, with_them)["criteria.xlsx"]
    wanted = draft_of(content, "criteria.xlsx").decided["accepted.toml"]
    assert [one["person"] for one in wanted] == ["Ann Other"]
    client = serve(files).client()
    assert used(client, *brought(client.upload(AT, f"{AT}/workbook", [("book", "ours.xlsx", content)]))) == 303
    assert read_draft(files / "criteria").decided["accepted.toml"] == wanted


def test_a_page_that_is_out_of_date_shows_both_and_writes_nothing(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    mine = filled(client, QUESTION)
    save(client, QUESTION, in__title="Theirs")
    said = client.post(QUESTION, PART, mine | {"in-title": "Mine & mine"})
    assert said.status == 409
    assert "Theirs" in said.text
    assert "Mine &amp; mine" in said.text
    assert criteria_in(book).themes[0].question[0].title == "Theirs"
    version = re.search(r'name="version" value="([^"]+)"', said.text)[1]
    assert client.post(QUESTION, PART, mine | {"in-title": "Mine & mine", "version": version}).status == 303
    assert criteria_in(book).themes[0].question[0].title == "Mine & mine"


def test_two_officers_who_change_two_questions_lose_nothing(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    other = QUESTION.replace("number=1", "number=2")
    mine = filled(client, other)
    save(client, QUESTION, in__title="Theirs")
    assert client.post(other, PART, mine | {"in-title": "Mine"}).status == 303
    assert [one.title for one in criteria_in(book).themes[0].question[:2]] == ["Theirs", "Mine"]


def test_a_value_that_cannot_be_taken_is_told_at_its_field(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    said = save(client, QUESTION, in__word_limit="many")
    assert said.status == 422
    assert '<a href="#in-word_limit">' in said.text
    assert 'value="many"' in said.text
    assert criteria_in(book).themes[0].question[0].word_limit is None


def test_what_is_still_missing_can_be_saved_and_is_found_at_its_place(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    assert save(client, QUESTION, in__text="").status == 303
    text = client.get(f"{AT}/check").text
    assert "question&amp;number=1#in-text" in text


def test_a_rule_asks_for_the_fields_of_its_kind_and_shows_its_sentence(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    kinds = client.get(f"{AT}/kinds?file=programme.toml&path=allocation.rule").text
    page = unescape(re.search(r'href="([^"]*kind=theme_budget[^"]*)"', kinds)[1])
    fields = filled(client, page)
    assert {"in-theme", "in-limit", "in-least"} <= fields.keys()
    assert not {"in-bids", "in-group", "in-rank", "in-kind"} & fields.keys()
    typed = {"in-id": "R1", "in-theme": "main", "in-limit": "£60,000", "in-source": "Cabinet, 3 March 2026"}
    looked = client.post(page, PART, fields | typed | {"act": "look"})
    assert "The awards of The only theme (main) cost at most £60,000." in looked.text
    assert client.post(page, PART, fields | typed).status == 303
    rule = client.get(RULES).text
    assert "cost at most £60,000" in rule


def test_an_entry_can_be_taken_away(serve: Callable, files: Path) -> None:
    client = serve(files).client()
    page = QUESTION.replace("/part?", "/remove?").replace("number=1", "number=5")
    version = re.search(r'name="version" value="([^"]+)"', client.get(page).text)[1]
    assert client.post(page, f"{AT}/remove", {"version": version}).status == 303
    theme = (files / "criteria" / "themes" / "main.toml").read_text("utf-8")
    assert 'id = "Q5"' not in theme
    assert 'id = "Q4"' in theme


def test_weights_say_what_they_come_to(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    assert "100: exactly 100" in client.get(WEIGHTS).text
    assert save(client, WEIGHTS, **{"in__weights__1": "35"}).status == 303
    assert "105, and must come to exactly 100" in client.get(WEIGHTS).text
    said = save(client, WEIGHTS, **{"in__weights__2": "lots"})
    assert said.status == 422
    assert '<a href="#in-weights-2">' in said.text


@pytest.mark.slow
def test_a_theme_is_added_and_begins_with_nothing_of_another(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    said = client.post(AT, f"{AT}/theme", {"theme-id": "advice", "theme-title": "Advice & help"})
    assert said.status == 303
    assert "advice.toml" in said.onward
    assert "Theme Advice &amp; help" in client.get(AT).text
    assert client.post(AT, f"{AT}/theme", {"theme-id": "../up", "theme-title": ""}).status == 422
    assert client.post(AT, f"{AT}/theme", {"theme-id": "Main", "theme-title": ""}).status == 422


def test_every_price_method_has_its_picture_and_its_numbers(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    text = client.get(f"{AT}/prices?file=programme.toml&path=price").text
    assert text.count("<svg") == text.count("<details") == len({id(one) for one in METHODS.values()})
    chosen = client.get(f"{PRICE}&method=fixed_limits").text
    assert 'name="in-parameter-lowest"' in chosen
    assert 'name="in-parameters"' not in chosen
    fields = filled(client, f"{PRICE}&method=fixed_limits")
    typed = {"in-parameter-lowest": "80000", "in-parameter-highest": "120000", "in-source": "Cabinet"}
    assert client.post(f"{PRICE}&method=fixed_limits", PART, fields | typed).status == 303
    price = criteria_in(book).price
    assert price.method == "fixed_limits"
    assert {key: int(one) for key, one in price.parameters.items()} == {
        "lowest": 80_000,
        "highest": 120_000,
    }


@pytest.mark.slow
def test_findings_lead_to_fields_that_are_there(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    links = {unescape(one) for one in re.findall(r'href="([^"]*/part\?[^"]*)"', client.get(f"{AT}/check").text)}
    assert links
    for link in links:
        page, _, anchor = link.partition("#")
        said = client.get(page)
        assert said.status == 200, link
        assert f'id="{anchor or "main-content"}"' in said.text, link


def brought(said: Said) -> tuple[str, str, str]:
    """Give where the form of a workbook that was brought is sent to, with its number and version."""
    action = unescape(re.search(r'action="([^"]*workbook/use[^"]*)"', said.text)[1])
    return action, *(re.search(rf'name="{key}" value="([^"]+)"', said.text)[1] for key in ("number", "version"))


def used(client: Client, action: str, number: str, version: str) -> int:
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{client.port}"}
    return client.send("POST", action, f"number={number}&version={version}".encode(), kind).status


def test_a_workbook_that_is_brought_back_is_shown_before_it_is_used(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    made = criteria_in(book)
    changed = criteria_workbook(made.model_copy(update={"title": "Warm rooms"}), "other.xlsx")[0]
    said = client.upload(AT, f"{AT}/workbook", [("book", "criteria (2).xlsx", changed)])
    assert said.status == 200
    assert "Warm rooms" in said.text
    assert criteria_in(book) == made
    assert used(client, *brought(said)) == 303
    assert (book / "criteria" / "criteria.xlsx").read_bytes() == changed


def test_only_what_was_brought_as_this_programmes_workbook_is_used_as_it(serve: Callable, book: Path) -> None:
    copytree(book, book.with_name("Halls"))
    path = book / "criteria" / "criteria.xlsx"
    client, before = serve(book.parent).client(), path.read_bytes()
    changed = criteria_workbook(criteria_in(book).model_copy(update={"title": "Warm rooms"}), "other.xlsx")[0]
    said = client.upload(AT, f"{AT}/workbook", [("book", "criteria.xlsx", changed)])
    action, _, version = brought(said)
    client.upload("/p/Rooms/inbox", "/p/Rooms/inbox", [("files", "criteria.xlsx", changed)])
    from_inbox = client.get("/p/Rooms/inbox").text.split("inbox/file/")[1].split("?")[0]
    other = client.upload("/p/Halls/criteria", "/p/Halls/criteria/workbook", [("book", "criteria.xlsx", changed)])
    for number in (from_inbox, brought(other)[1]):
        assert used(client, action, number, version) == 409
    assert path.read_bytes() == before


def test_a_file_that_is_no_criteria_workbook_changes_nothing(serve: Callable, book: Path) -> None:
    client, before = serve(book).client(), (book / "criteria" / "criteria.xlsx").read_bytes()
    for content in (b"PK not a workbook", (book / "settings.xlsx").read_bytes()):
        said = client.upload(AT, f"{AT}/workbook", [("book", "../../x.xlsx", content)])
        assert said.status == 422
        assert '<a href="#book">' in said.text
    assert (book / "criteria" / "criteria.xlsx").read_bytes() == before


def test_a_workbook_with_sheets_of_somebody_elses_is_not_written_again(serve: Callable, book: Path) -> None:
    from openpyxl import load_workbook

    path = book / "criteria" / "criteria.xlsx"
    opened = load_workbook(path)
    opened.create_sheet("My notes")["A1"] = "ask Sam"
    opened.save(path)
    client, before = serve(book).client(), path.read_bytes()
    assert "mended in the file itself" in client.get(AT).text
    assert save(client, QUESTION, in__title="Mine").status == 409
    assert path.read_bytes() == before


@pytest.mark.parametrize("kept", ["book", pytest.param("files", marks=pytest.mark.slow)])
def test_publishing_gives_what_the_command_gives(
    serve: Callable, kept: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    root = request.getfixturevalue(kept)
    other = Path(copytree(root, tmp_path / "other" / "Rooms"))
    client = serve(root).client()
    answers = client.get(f"{AT}/answers").text
    version = re.search(r'name="version" value="([^"]+)"', answers)[1]
    said = client.post(f"{AT}/answers", f"{AT}/answers", {"version": version, "date": "03/12/2026"})
    text = client.ended(said.onward)
    seal = read_criteria(root / "criteria").seal
    assert seal is not None
    assert seal.sha256 in text
    assert seal.date == "2026-12-03"
    keeping = Keeping(other / "ledger.jsonl", "Ann Other, Commissioning manager", "2026-12-03")
    publish_programme(open_programme(other), "2026-12-03", keeping)
    for folder in ("criteria", "papers"):
        mine = {path.relative_to(root): path.read_bytes() for path in sorted((root / folder).rglob("*.*"))}
        assert mine == {path.relative_to(other): path.read_bytes() for path in sorted((other / folder).rglob("*.*"))}
    assert (root / "ledger.jsonl").read_bytes() == (other / "ledger.jsonl").read_bytes()
    assert seal.sha256 in client.get(f"{AT}/publish").text


def test_publishing_is_refused_once_the_criteria_changed(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    version = re.search(r'name="version" value="([^"]+)"', client.get(f"{AT}/answers").text)[1]
    save(client, QUESTION, in__title="Changed meanwhile")
    said = client.post(f"{AT}/answers", f"{AT}/answers", {"version": version, "date": "2026-12-03"})
    assert said.status == 422
    assert "Nothing was published" in said.text
    assert read_criteria(book / "criteria").seal is None


@pytest.mark.parametrize("kept", ["book", pytest.param("files", marks=pytest.mark.slow)])
def test_a_finding_is_accepted_with_name_reason_and_day(
    serve: Callable, kept: str, request: pytest.FixtureRequest
) -> None:
    root = request.getfixturevalue(kept)
    client = serve(root).client()
    save(client, WEIGHTS)
    save(client, QUESTION, in__good_answer="To be confirmed.")
    page = unescape(re.search(rf'href="({AT}/accept\?[^"]*)"', client.get(f"{AT}/publish").text)[1])
    said = client.post(page, f"{AT}/accept", filled(client, page) | {"person": "", "reason": "", "date": "31/02/2026"})
    assert said.status == 422
    assert all(f'<a href="#{field}">' in said.text for field in ("person", "reason", "date"))
    typed = {"person": "Bo Head", "role": "Head of Legal", "reason": "It is told at the meeting.", "date": "2/12/2026"}
    assert client.post(page, f"{AT}/accept", filled(client, page) | typed).status == 303
    text = client.get(f"{AT}/publish").text
    assert "Bo Head, Head of Legal, 2 December 2026: It is told at the meeting." in text
    assert "Check before you publish" in text
    back = unescape(re.search(rf'action="({AT}/accepted/remove\?[^"]*)"', text)[1])
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{client.port}"}
    assert client.send("POST", back, b"", kind).status == 303
    assert "What holds it up" in client.get(f"{AT}/publish").text


@pytest.mark.slow
def test_a_new_version_says_what_changed(serve: Callable, book: Path) -> None:
    keeping = Keeping(book / "ledger.jsonl", "Ann Other", "2026-12-01")
    publish_programme(open_programme(book), "2026-12-01", keeping)
    client = serve(book).client()
    save(client, QUESTION, in__title="Need, in one word")
    text = client.get(f"{AT}/publish").text
    assert "It needs a new version" in text
    assert "give them a new version before you seal them" in text
    page = f"{PART}?file=programme.toml&path="
    fields = filled(client, page)
    assert client.post(page, PART, fields | {"in-version": "1.1"}).status == 303
    version = f"{AT}/version"
    assert client.post(version, version, filled(client, version) | {"what": ""}).status == 422
    said = {
        "what": "A title.",
        "why": "It was long.",
        "legal_footing": "It is below the threshold.",
        "told": "By e-mail.",
    }
    fields = filled(client, version) | {"date": "2026-12-02"} | said
    assert client.post(version, version, fields).status == 303
    answers = client.get(f"{AT}/answers").text
    number = re.search(r'name="version" value="([^"]+)"', answers)[1]
    said = {"version": number, "date": "2026-12-02"}
    text = client.ended(client.post(f"{AT}/answers", f"{AT}/answers", said).onward)
    seal = read_criteria(book / "criteria").seal
    assert seal.version == "1.1"
    assert seal.changed.what == "A title."
    assert "papers/tender-2" in text


@pytest.mark.slow
def test_a_trial_of_prices_is_the_commands(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    page = f"{AT}/simulate"
    assert client.post(page, page, {"seed": "minus"}).status == 422
    text = client.ended(client.post(page, page, {"seed": "7"}).onward)
    made = simulated(criteria_in(book), 7).files
    folder = book / "reports" / "simulation"
    if folder.is_dir():
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == made
        assert client.get(f"{AT}/simulation?name=simulation").content == made["simulation.html"]
    else:
        assert "price" in text
    assert client.get(f"{AT}/simulation?name=..").status == 404


def test_hostile_addresses_are_no_places(serve: Callable, book: Path) -> None:
    client = serve(book).client()
    for where in ("file=../settings.xlsx&path=", "file=themes/none.toml&path=", "path=scale.mark&number=99", "path=x"):
        assert client.get(f"{PART}?{where}").status == 404
    assert client.get(f"{RULES}&number=1&kind=nothing").status == 404


STATES = (
    *("", "/check", "/publish", "/simulate", "/timetable", "/answers"),
    *("/kinds?file=programme.toml&path=allocation.rule", "/prices?file=programme.toml&path=price"),
    *("/part?file=programme.toml&path=", "/part?file=programme.toml&path=procurement"),
    "/part?file=programme.toml&path=price&method=fixed_limits",
    "/part?file=programme.toml&path=allocation.rule&number=1&kind=merit_order",
    "/part?file=programme.toml&path=scale.mark",
    *("/part?file=programme.toml&path=outcomes", "/part?file=themes%2Fmain.toml&path=weights"),
    "/remove?file=themes%2Fmain.toml&path=question&number=2",
)


@pytest.mark.parametrize("narrow", [pytest.param(False, marks=pytest.mark.slow), True])
def test_axe_finds_nothing_on_any_page(
    serve: Callable, opened: Opening, breaks: Callable[["Page"], list[str]], book: Path, narrow: bool
) -> None:
    desk: Served = serve(book)
    page = opened(desk, narrow=narrow)
    for state in STATES:
        page.goto(f"{desk.origin}{AT}{state}")
        assert breaks(page) == [], state
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], state


def test_an_officer_works_without_script_and_meets_errors_that_link_to_the_field(
    serve: Callable, opened: Opening, breaks: Callable[["Page"], list[str]], book: Path
) -> None:
    desk: Served = serve(book)
    page = opened(desk, script=False, narrow=True)
    page.goto(f"{desk.origin}{QUESTION}")
    page.get_by_label("Word limit").fill("many")
    page.get_by_role("button", name="Save").click()
    assert page.title().startswith("Error: ")
    assert breaks(page) == []
    page.locator(".govuk-error-summary a").click()
    assert page.url.endswith("#in-word_limit")
    page.get_by_label("Word limit").fill("250")
    page.get_by_role("button", name="Save").click()
    assert "Saved in criteria.xlsx." in page.locator(".govuk-notification-banner").inner_text()
    assert criteria_in(book).themes[0].question[0].word_limit == 250
