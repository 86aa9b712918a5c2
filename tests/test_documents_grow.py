"""A programme of 390 bids: its documents grow in their annexes alone, and are the same bytes twice."""

import io
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from benchmarks.enlarged import NAME, enlarge
from evaluator.files.audit.run_folder import rendered
from evaluator.files.read.bids.folder import read_bids, read_external_data, read_monitoring
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.write.forms.blocks import Block, Heading, Listing, Paragraph, Runs, Table, TermList
from evaluator.files.write.forms.page_reader import read_page
from evaluator.pipeline import Published, conclude, decide
from evaluator.records.results.outcome import Outcome, Run
from evaluator.reporting import documents

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("report", "record", "equality_impact")
MORE = {"report": 100, "record": 300, "equality_impact": 100}  # words: counts have more digits, lists more commas


def outcome(criteria: Path, bids: Path) -> Outcome:
    published = read_criteria(criteria)
    assert published.criteria is not None
    received = read_bids(bids, published.criteria)
    stages = Published(published.criteria, published.seal)
    decided = decide(stages, received, Run("run-of-a-test", "9.9.9"), "equality", lambda _: None)
    return conclude(decided, *read_monitoring(bids, published.criteria), read_external_data(bids)[0])


@cache
def of_the_sample() -> Outcome:
    return outcome(ROOT / "criteria" / NAME, ROOT / "sample_bids" / NAME)


@pytest.fixture(scope="module")
def thrice(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The sample three times, with budgets three times as large."""
    return outcome(*enlarge(3, tmp_path_factory.mktemp("enlarged")))


def said(runs: Runs) -> str:
    return " ".join("".join(run.text for run in runs).split())


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield said(block.runs)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from texts(item)
        elif isinstance(block, TermList):
            for _, told in block.pairs:
                yield from texts(told)
        elif isinstance(block, Table):
            yield from (said(cell.runs) for row in block.rows for cell in row)


def before_the_annex(html: str) -> tuple[int, str]:
    """Count the words that stand before the annex, and give its heading."""
    blocks = read_page(html).blocks
    at = next(at for at, one in enumerate(blocks) if isinstance(one, Heading) and said(one.runs).startswith("Annex"))
    return len(" ".join(texts(blocks[:at])).split()), next(texts(blocks[at : at + 1]))


def pages_before(pdf: bytes, heading: str) -> int:
    """Count the pages up to the one on which the annex begins, as the PDF's own list of headings has it."""
    with pikepdf.open(io.BytesIO(pdf)) as made, made.open_outline() as outline:
        found = [entry for entry in every(outline.root) if entry.title == heading]
        numbers = {page.obj.objgen: number for number, page in enumerate(made.pages, 1)}
        return numbers[found[0].destination[0].objgen]


def every(entries: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for one in entries:
        yield one
        yield from every(one.children)


def pages(of: Outcome) -> Mapping[str, str]:
    return {one.name: one.content for one in documents(of) if isinstance(one.content, str)}


@pytest.mark.slow
def test_documents_of_a_programme_of_390_bids_grow_in_the_annex_only(thrice: Outcome) -> None:
    assert thrice.evaluation is not None
    assert len(thrice.evaluation.bids) == 390
    few, many = pages(of_the_sample()), pages(thrice)
    small, large = rendered(documents(of_the_sample())), rendered(documents(thrice))
    for name in NAMES:
        (words, heading), (more_words, same) = (before_the_annex(one[f"{name}.html"]) for one in (few, many))
        assert heading == same
        assert words > 500
        assert more_words <= words + MORE[name], name
        length, longer = (pages_before(one[f"{name}.pdf"], heading) for one in (small, large))
        assert longer <= length + 1, name
    assert "annex.xlsx" in large
    assert len(large["record.pdf"]) < len(small["record.pdf"])  # its annex is not printed


@pytest.mark.slow
def test_two_makings_of_all_documents_of_the_sample_give_the_same_bytes() -> None:
    first, second = (rendered(documents(of_the_sample())) for _ in range(2))
    assert list(first) == list(second)
    assert [name for name in first if first[name] != second[name]] == []
