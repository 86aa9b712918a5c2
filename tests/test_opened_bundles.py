"""What is said from a finished run's bundle: why a bid got what it got."""

import json
import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.audit import bundle as bundles
from evaluator.jobs.finished import from_bundle as reopening
from evaluator.reporting.studies.explain import explanation_document, explanation_html, explanation_text
from tests.conftest import SampleRun

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "sample_bids" / "community_commissioning"
TAG = re.compile(r"<[^>]+>")
PLACE = re.compile(r"(.+\.xlsx) (.+)!([A-Z]+[0-9]+)")


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def again(reopened: reopening.Reopened) -> reopening.Reopened:
    return reopened


@pytest.fixture(scope="module")
def outcome(sample_run: SampleRun) -> dict:
    return json.loads((sample_run.folder / "outcome.json").read_text("utf-8"))


def bid_of(outcome: dict, **wanted: object) -> dict:
    bids = (bid for theme in outcome["themes"] for bid in theme["bids"])
    return next(bid for bid in bids if all(bid[key] == value for key, value in wanted.items()))


@cache
def book(name: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(SAMPLE / name)


@pytest.mark.parametrize("wanted", [{"rank": 1}, {"status": "below_minimum"}, {"status": "disregarded"}])
def test_every_mark_and_price_is_traced_to_the_cell_that_holds_it(
    again: reopening.Reopened, outcome: dict, wanted: dict
) -> None:
    bid = bid_of(outcome, **wanted)
    told = explanation_document(reopening.explain(again, bid["bid"]))
    assert {answer["question"] for answer in told["answers"]} == set(bid["marks"])
    for answer in told["answers"]:
        counts = [answer["counts"]] if answer["counts"] else []
        assert [said["mark"] for said in counts] == [bid["marks"][answer["question"]]] if counts else True
        for said in (*counts, *answer["rests_on"]):
            found = PLACE.fullmatch(said["source"])
            assert found
            assert str(book(found[1])[found[2]][found[3]].value) == said["mark"]
            if said["evaluator"]:
                assert said["evaluator"] in found[1]
    years = [one for one in told["prices"] if one["what"].startswith("price 20")]
    assert sum(Fraction(one["text"]) for one in years) == Fraction(bid["price"])


def test_the_steps_lead_to_the_numbers_of_the_outcome(again: reopening.Reopened, outcome: dict) -> None:
    bid = bid_of(outcome, rank=2)
    told = explanation_document(reopening.explain(again, bid["bid"]))
    results = {step["rule"]: Fraction(step["result"]) for step in told["steps"]}
    assert results["quality score"] == Fraction(bid["exact_quality"])
    assert results["total"] == Fraction(bid["exact_total"])
    assert results["rank"] == bid["rank"]
    assert told["figures"]["Total"] == bid["total"]


def test_every_bid_says_why_it_is_funded_or_not(again: reopening.Reopened, outcome: dict) -> None:
    said = outcome["allocation"]
    for award in said["awards"][:1]:
        assert reopening.explain(again, award["bid"]).fate.startswith("Recommended for an award of £")
    for refusal in said["not_awarded"][:10:3]:
        told = explanation_text(reopening.explain(again, refusal["bid"]))
        assert f"Not recommended for an award. {refusal['explanation']}" in told


def test_a_disregarded_bid_shows_the_decision_with_its_cell(again: reopening.Reopened, outcome: dict) -> None:
    bid = bid_of(outcome, status="disregarded")
    told = explanation_document(reopening.explain(again, bid["bid"]))
    assert any(one["decision"] == "not_met" and "decisions.xlsx" in one["source"] for one in told["decisions"])


def test_one_question_shows_its_own_marks_and_steps_only(again: reopening.Reopened) -> None:
    told = explanation_document(reopening.explain(again, "B032", "C1"))
    assert [answer["question"] for answer in told["answers"]] == ["C1"]
    assert [step["rule"] for step in told["steps"]] == ["weights: C1"]
    assert told["prices"] == []


def test_the_page_is_whole_and_escapes_what_people_wrote(again: reopening.Reopened) -> None:
    page = explanation_html(reopening.explain(again, "B032"))
    assert page.startswith("<!doctype html>")
    assert "returns/E07.xlsx<br>Marks!E95" in page
    assert "Not recommended for an award" in page
    assert "<script" not in page


def test_the_command_writes_text_json_and_a_page(bundle: Path, tmp_path: Path) -> None:
    found = run("explain", bundle, "B032", "--json", "--html", tmp_path / "b032.html")
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["bid"] == "B032"
    assert (tmp_path / "b032.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_bid_or_question_that_is_not_there_is_wrong_use(again: reopening.Reopened, bundle: Path) -> None:
    with pytest.raises(KeyError, match="bid B999"):
        reopening.explain(again, "B999")
    with pytest.raises(KeyError, match="question XX9 in the theme of B032"):
        reopening.explain(again, "B032", "XX9")
    found = run("explain", bundle, "B999")
    assert found.exit_code == 2
    assert "Nothing in this run is called B999" in found.output


def test_nothing_is_explained_from_a_bundle_that_was_changed(bundle: Path, tmp_path: Path) -> None:
    opened = bundles.unpack(bundle.read_bytes())
    members = {name: each for name, each in opened.members.items() if not name.startswith("manifest.")}
    said = members["outputs/outcome.json"]
    members["outputs/outcome.json"] = said.replace(b'"rank":1,', b'"rank":9,', 1)
    facts = {key: value for key, value in opened.manifest.items() if key != "files"}
    (tmp_path / "forged.zip").write_bytes(bundles.pack(bundles.manifest(facts, bundles.sums(members)), members))
    found = run("explain", tmp_path / "forged.zip", "B032")
    assert found.exit_code == 3
    assert "themes in its outcome.json is not what its inputs give" in found.output


@pytest.mark.parametrize("name", ["nowhere.zip", "pyproject.toml"])
def test_what_is_no_bundle_ends_with_3(name: str) -> None:
    found = run("explain", ROOT / name, "B032")
    assert found.exit_code == 3
    assert "cannot be read as an audit bundle" in found.output


def test_the_letters_of_the_sample_are_whole_and_their_totals_are_the_outcomes(
    bundle: Path, tmp_path: Path, outcome: dict
) -> None:
    out = tmp_path / "letters"
    found = run("letters", bundle, "--out", out, "--pages-only")
    assert found.exit_code == 0, found.output
    assessed = [bid for theme in outcome["themes"] for bid in theme["bids"] if bid["status"] != "disregarded"]
    for bid in assessed:
        page = (out / f"letter-{bid['bid']}.html").read_text("utf-8")
        assert (bid["total"] or bid["quality"]) in page, bid["bid"]
        first = TAG.sub(" ", page.partition("Skip to the content")[2].partition("Annex to")[0])
        assert len(first.split()) <= 350, bid["bid"]  # with all that would have turned it, and as a draft
    assert len(list(out.glob("letter-*.html"))) == len(assessed) == 129
    assert run("letters", bundle, "--out", out, "--pages-only", "--json").exit_code == 0  # letters give way to letters
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.docx").write_text("years of work")
    assert run("letters", bundle, "--out", tmp_path / "other").exit_code == 2
