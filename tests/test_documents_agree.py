"""What people read is what was computed: every number of every document of the sample, in each of its forms."""

import io
import json
import re
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest

from evaluator.files.audit.run_folder import rendered
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.write.forms.blocks import Block, Heading, Listing, Paragraph, Runs, Table, TermList
from evaluator.files.write.forms.page_reader import read_page
from evaluator.jobs.finished import from_bundle as reopening
from evaluator.law import standstill
from evaluator.pipeline import Published, decide
from evaluator.records.documents import Document
from evaluator.records.results.outcome import Run
from evaluator.reporting import documents, outcome_json
from evaluator.reporting.disclosure import disclosure
from evaluator.reporting.equality import equality_workbook
from evaluator.reporting.letters import Decided, Sending
from evaluator.reporting.open_data import outcome_ocds
from evaluator.reporting.studies.explain import explanation_html
from tests.office import office
from tests.unit.reporting import small_outcome

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "evaluator" / "reporting" / "templates"
NAME = "community_commissioning"
SENDING = Sending(
    sent="2026-12-14",
    notice="2026-12-15",
    standstill=standstill("pa2023", "2026-12-15"),
    methodology="https://example.org/criteria",
    contact="bids@example.org",
    decided=Decided("R. Example", "Director of Communities", "2026-12-11"),
)


@cache
def again() -> reopening.Reopened:
    """The sample, worked out as far as the awards."""
    published = read_criteria(ROOT / "criteria" / NAME)
    assert published.criteria is not None
    received = read_bids(ROOT / "sample_bids" / NAME, published.criteria)
    run = Run("run-of-a-test", "9.9.9", "2026-12-01")
    outcome = decide(Published(published.criteria, published.seal), received, run, "equality", lambda _: None)
    return reopening.Reopened(outcome, received, (), {"stands": True, "date": "2026-12-10"})


@cache
def told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(outcome_json(again().outcome))
    return found


@cache
def bids() -> dict[str, dict[str, Any]]:
    return {bid["bid"]: bid | {"theme": theme["id"]} for theme in told()["themes"] for bid in theme["bids"]}


@cache
def made() -> tuple[Document, ...]:
    return tuple(documents(again().outcome))


@cache
def of_the_run() -> dict[str, Document]:
    return {one.name: one for one in made() if one.name.endswith(".html")}


@cache
def letters() -> dict[str, Document]:
    return {one.name: one for one in sent() if one.name.endswith(".html")}


@cache
def sent() -> tuple[Document, ...]:
    return reopening.letters(again(), SENDING).documents


def words(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, TermList):
            for _, said in block.pairs:
                yield from tables(said)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from tables(item)


def rows(document: Document) -> Iterator[tuple[str, dict[str, str]]]:
    """Give each row that is about one bid: the bid, and its cells by the heading of their column."""
    assert isinstance(document.content, str)
    for table in tables(read_page(document.content).blocks):
        headings = [words(cell.runs) for cell in table.head[-1]] if table.head else []
        for row in table.body:
            heads = [words(cell.runs).split("\n")[0] for cell in row if cell.header]
            cells = dict(zip(headings, (words(cell.runs) for cell in row), strict=False))
            named = [part for part in heads[0].split() if part in bids()] if heads else []
            if named:  # alone, or small after the organisation
                yield named[-1], cells


def pence(text: str) -> int:
    return int(Decimal(text.replace("£", "").replace(",", "")) * 100)


SHOWN = {"Quality": "quality", "Price points": "price_points", "Total": "total", "Rank": "rank"}


@cache
def public() -> dict[str, Document]:
    return {one.name: one for one in disclosure(again().outcome)}


def test_every_number_about_a_bid_in_reports_and_records_of_both_editions_is_the_outcomes() -> None:
    compared = 0
    pages = {name: of_the_run()[name] for name in ("report.html", "record.html")}
    for name, document in {**pages, **public()}.items():
        for bid, cells in rows(document) if name.endswith(".html") else ():
            said = bids()[bid]
            for heading, key in SHOWN.items():
                if cells.get(heading, "–") != "–":
                    assert Decimal(cells[heading]) == Decimal(str(said[key])), (name, bid, heading)
                    compared += 1
            for question, mark in said["marks"].items():
                if question in cells:
                    assert cells[question] == ("–" if mark is None else mark), (name, bid, question)
                    compared += 1
            if (
                "Price" in cells and said["theme"] != "advice" and cells["Price"] != "–"
            ):  # there a price for each person
                assert pence(cells["Price"]) == Decimal(said["price"]) * 100, (name, bid)
                compared += 1
    assert compared > 130 * 15


def test_every_award_has_its_amounts_and_every_refusal_its_words() -> None:
    awards = {one["bid"]: one for one in told()["allocation"]["awards"]}
    refusals = {one["bid"]: one for one in told()["allocation"]["not_awarded"]}
    told_of = {bid: cells["Awarded"] for bid, cells in rows(of_the_run()["report.html"]) if "Awarded" in cells}
    assert {bid: pence(text) for bid, text in told_of.items() if text != "–"} == {
        bid: Decimal(one["amount"]) * 100 for bid, one in awards.items()
    }
    assert set(told_of) == set(bids())
    for name in ("record.html",):
        found, refused = {}, {}
        for bid, cells in rows(of_the_run()[name]):
            if "All years" in cells:
                found[bid] = cells
            if "Why it is not recommended" in cells:
                refused[bid] = cells["Why it is not recommended"]
        assert {bid: pence(cells["All years"]) for bid, cells in found.items()} == {
            bid: Decimal(one["amount"]) * 100 for bid, one in awards.items()
        }
        for bid, cells in found.items():
            by_year = [pence(text) for heading, text in cells.items() if re.match(r"20\d\d-", heading)]
            assert sum(by_year) == pence(cells["All years"]), bid
        assert {bid: " ".join(text.split()) for bid, text in refused.items()} == {
            bid: one["explanation"] for bid, one in refusals.items()
        }


def test_every_letter_has_its_bids_numbers() -> None:
    for name, document in letters().items():
        if not name.startswith("letter-"):
            continue
        said = bids()[name.removeprefix("letter-").removesuffix(".html")]
        assert isinstance(document.content, str)
        marks, parts = {}, {}
        for table in tables(read_page(document.content).blocks):
            caption = words(table.caption)
            for row in table.body:
                texts = [words(cell.runs) for cell in row]
                if caption.startswith("Scores of"):
                    marks[texts[0].split()[0]] = texts[2]
                if caption.startswith("Sub-totals"):
                    parts[texts[0]] = texts[1]
        assert marks == said["marks"], name
        wanted = {"Quality": "quality", "Price": "price_points", "Total": "total"}
        assert parts == {part: said[key] for part, key in wanted.items() if said[key] is not None}, name


def test_every_document_names_the_seal_the_run_and_the_engine() -> None:
    seal = again().outcome.seal
    assert seal is not None
    others = [
        one for one in made() if one.name not in ("outcome.json", "bids/style.css")
    ]  # there the run's name would depend on its inputs
    written = [*others, *sent(), *public().values()]
    explained = explanation_html(reopening.explain(again(), "B032"))
    told = {one.name: said(one) for one in written} | {"explain.html": explained}
    assert {"findings.xlsx", "results.xlsx", "letters.json", "disclosure.json"} <= set(told)
    for name, text in told.items():
        for wanted in (seal.sha256, "run-of-a-test", "9.9.9"):
            assert wanted in text, (name, wanted)
    equality = small_outcome.outcome()
    assert equality.seal is not None
    text = said(Document("equality_impact.xlsx", equality_workbook(equality)))
    assert equality.seal.sha256 in text
    assert equality.run.name in text


def said(document: Document) -> str:
    if isinstance(document.content, str):
        return document.content
    return "\n".join(str(cell.value) for sheet in document.content.sheets for row in sheet.rows for cell in row)


def test_every_page_of_a_run_ends_with_what_it_rests_on() -> None:
    pages = [path for path in TEMPLATES.rglob("*.html") if "{% block content %}" in path.read_text("utf-8")]
    without = {path.name for path in pages if "base.html" not in path.read_text("utf-8")} - {"base.html"}
    assert len(pages) > 12
    assert without == set()


def test_open_data_has_the_awards_amounts_and_nobody_elses() -> None:
    (release,) = json.loads(outcome_ocds(again().outcome, "2026-12-15"))["releases"]
    amounts = {bid: one["value"]["amount"] for one in release["awards"] for bid in [one["relatedBid"]]}
    awards = {one["bid"]: float(one["amount"]) for one in told()["allocation"]["awards"]}
    assert amounts == awards
    assert {one["id"] for one in release["bids"]["details"]} == set(awards)


@pytest.mark.parametrize("name", ["report.html", "record.html"])
def test_word_and_pdf_have_every_cell_of_the_page(name: str) -> None:
    document = of_the_run()[name]
    assert isinstance(document.content, str)
    page, files = read_page(document.content), rendered((document,))
    wanted = [[[words(cell.runs) for cell in row] for row in table.rows] for table in tables(page.blocks)]
    word = docx.Document(io.BytesIO(files[name.replace("html", "docx")]))
    written = [one for one in word.tables if not one._tbl.xpath(".//w:drawing")]
    for one, cells in zip(written, wanted, strict=True):  # pictures that stand beside each other are a table of none
        found = [["\n".join(p.text for p in cell.paragraphs) for cell in row.cells] for row in one.rows]
        assert [len(row) for row in found] == [len(found[0])] * len(cells)
        assert {text for row in found for text in row} - {""} == {text for row in cells for text in row} - {""}
    with pikepdf.open(io.BytesIO(files[name.replace("html", "pdf")])) as pdf:
        kinds = [
            str(one.S) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one
        ]
    assert kinds.count("/TD") + kinds.count("/TH") == sum(len(row) for table in wanted for row in table)


def test_two_makings_give_the_same_bytes() -> None:
    some = tuple(letters()[name] for name in ("index.html", "letter-B001.html", "winners-digital.html"))
    assert rendered(some) == rendered(some)


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Give every text of a page, cell by cell and paragraph by paragraph."""
    for block in blocks:
        if isinstance(block, Listing):
            for item in block.items:
                yield from texts(item)
        elif isinstance(block, TermList):
            for _, said_of_it in block.pairs:
                yield from texts(said_of_it)
        elif isinstance(block, Table):
            yield from (words(cell.runs) for row in block.rows for cell in row)
        elif isinstance(block, Paragraph):
            yield words(block.runs)


@pytest.mark.slow
def test_the_report_in_word_has_eight_pages_at_the_most_in_libreoffice_too(tmp_path: Path) -> None:
    report = of_the_run()["report.html"]
    (tmp_path / "report.docx").write_bytes(rendered((report,))["report.docx"])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    line = [office(), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*line, str(tmp_path / "report.docx")], check=True, capture_output=True, timeout=300)
    with pikepdf.open(tmp_path / "report.pdf") as pdf:
        assert len(pdf.pages) <= 8


def test_the_report_of_the_sample_has_eight_pages_at_the_most_and_says_nothing_twice() -> None:
    report = of_the_run()["report.html"]
    assert isinstance(report.content, str)
    with pikepdf.open(io.BytesIO(rendered((report,))["report.pdf"])) as pdf:
        assert len(pdf.pages) <= 8
    blocks = read_page(report.content).blocks
    annex = next(at for at, one in enumerate(blocks) if isinstance(one, Heading) and "Annex" in words(one.runs))
    assert len(" ".join(texts(blocks[:annex])).split()) <= 4_500
    sentences = [one.strip() for text in texts(blocks) for one in re.split(r"(?<=[.!?])\s+|\n", text)]
    told_of = [one for one in sentences if len(one.split()) > 8]
    assert len(told_of) > 15
    assert [one for one in told_of if told_of.count(one) > 1] == []
