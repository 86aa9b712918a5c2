"""Every method of the criteria mixed with every other: engine, verifier and a referee from the documents agree."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evaluator.files.audit.verifier import verify
from evaluator.files.read.bids.folder import bids_of, read_bids
from evaluator.files.read.criteria.folder import criteria_of
from evaluator.files.write.criteria_toml import toml_files
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.evaluate import evaluate
from evaluator.jobs.finished.replay import replay
from evaluator.pipeline import Published, decide
from evaluator.publication import seal
from evaluator.records.findings.finding import Severity
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.outcome import Outcome, Run
from evaluator.reporting import results_workbook
from tests.office import recalculate
from tests.properties.mixed_programmes import Mixed, mixed, scale_of
from tests.properties.mixed_referee import Referee
from tests.unit.files.audit.random_programmes import members, packed

FEW, MANY, WHOLE = range(30), range(30, 330), range(10)
STAGES_APART = (40, 43, 44, 58, 65, 79)  # with stages, and questions that do not apply
ONE_TITLE = (1, 6, 9)  # with awards in two themes


@cache
def decided(seed: int) -> tuple[Mixed, Outcome]:
    """Give a programme with what the engine makes of it."""
    made = mixed(seed)
    return made, decide_on(made)


def decide_on(made: Mixed) -> Outcome:
    """Let the engine go from the rows of a programme to awards."""
    criteria = Criteria.model_validate(made.document)
    published, run = Published(criteria, seal(criteria, "2026-09-01")), Run("run-1", "0", "2027-03-05")
    return decide(published, read_bids(bids_of(made.files(), {}), criteria), run, "equality", lambda _: None)


def refusals(outcome: Outcome) -> list[str]:
    """Give the codes of what stands in the way of an award."""
    return [one.code for one in outcome.findings if one.severity is not Severity.NOTE]


def differs(bundle: bytes) -> list[str]:
    """Everything that the verifier finds to differ in a bundle."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return [line for _, found in verify.differences(files) for line in found]


def engine_says(outcome: Outcome) -> dict[str, tuple[Any, ...]]:
    """Give the state of each bid, and the quality, total and rank of those that are ranked."""
    assert outcome.scores is not None
    found = dict[str, tuple[Any, ...]]()
    for table in outcome.scores.themes:
        for at, bid in enumerate(table.bids):
            figures = (table.quality[at], table.totals[at], int(table.ranks[at]))
            found[bid] = (table.status[at], *(figures if table.status[at] == "ranked" else ()))
    return found


def referee_says(referee: Referee) -> dict[str, tuple[Any, ...]]:
    """Give the same as the referee has it."""
    return {
        bid.id: (bid.status, *((bid.quality, bid.total, bid.rank) if bid.status == "ranked" else ()))
        for bid in referee.bids
    }


def sums(allocation: Allocation) -> dict[str, Fraction]:
    """Give the awards with their sums in pounds."""
    return {award.bid: Fraction(award.amount, 100) for award in allocation.awards}


def awards_agree(outcome: Outcome, referee: Referee) -> None:
    """Hold the awards by rank to every outcome that the published list leaves equal, and then what people chose."""
    allocation = outcome.allocation
    if allocation is None:
        return
    by_rank = allocation.choice.by_rank if allocation.choice else allocation
    expected = referee.awards()
    assert frozenset(sums(by_rank).items()) in expected
    assert len(by_rank.tied) == len(expected)
    if allocation.choice and not refusals(outcome):
        assert sums(allocation) == referee.chosen(sums(by_rank))


def same_titles(seed: int) -> Outcome:
    """Give a programme whose themes have one title between them."""
    made = mixed(seed)
    for theme in made.document["themes"]:
        theme["title"] = "Same"
    return decide_on(made)


def agree(seed: int) -> None:
    """Hold engine, referee and verifier to each other; what is refused is refused in words."""
    made, outcome = decided(seed)
    if outcome.scores is None:
        assert refusals(outcome), "nothing is scored, and nothing says why"
        return
    referee = Referee(made)
    for result in outcome.stages:
        assert {line.bid: (line.points, line.passed) for line in result.lines} == referee.stages[result.stage]
    assert engine_says(outcome) == referee_says(referee)
    awards_agree(outcome, referee)
    assert differs(packed(outcome, members(outcome))) == []


@pytest.mark.parametrize("seed", FEW)
def test_engine_referee_and_verifier_agree_on_any_mixture(seed: int) -> None:
    agree(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY)
def test_engine_referee_and_verifier_agree_on_many_mixtures(seed: int) -> None:
    agree(seed)


def test_the_mixtures_are_worth_the_name() -> None:
    """Most are decided to the end; every method of moderation and of stages comes up, also with each other."""
    every = [decided(seed) for seed in FEW]
    assert sum(outcome.scores is not None and not refusals(outcome) for _, outcome in every) >= 20
    said: list[Callable[[dict[str, Any]], object]] = [
        lambda document: document["moderation"]["method"],
        lambda document: [stage["passes"] for stage in document.get("stage", [])],
        lambda document: ("stage" in document, document["moderation"]["method"] == "consensus"),
        lambda document: ("measured" in document, "total" in document),
        lambda document: ("not_applicable" in document, "stage" in document),
    ]
    met = [Counter(map(str, (each(made.document) for made, _ in every))) for each in said]
    assert len(met[0]) == 5
    assert min(map(len, met)) >= 3


def test_one_mark_or_one_figure_more_would_be_noticed() -> None:
    """The comparison can fail: what somebody else was given, or asks, comes to something else."""
    noticed = 0
    for made, outcome in (each for each in map(decided, FEW) if each[1].scores is not None):
        register = [{**row, **({"price": "5999"} if "price" in row else {})} for row in made.tables["register"]]
        table = "consensus" if made.tables["consensus"] else "marks"
        marks = [{**row, "mark": scale_of(made.document, row["question"])[1]["mark"]} for row in made.tables[table]]
        for tables in ({"register": register}, {table: marks}):
            noticed += engine_says(outcome) != referee_says(Referee(replace(made, tables={**made.tables, **tables})))
    assert noticed >= 30


@pytest.mark.slow
def test_live_workbooks_agree_on_any_mixture(tmp_path: Path) -> None:
    """Among them what does not apply to bids in stages, and themes of one title, each with awards."""
    outcomes = {f"{seed}": decided(seed)[1] for seed in (*FEW, *STAGES_APART)}
    outcomes |= {f"same-{seed}": same_titles(seed) for seed in ONE_TITLE}
    paths = []
    for name, outcome in outcomes.items():
        if outcome.scores is not None:
            paths.append(tmp_path / f"{name}.xlsx")
            paths[-1].write_bytes(workbook_bytes(results_workbook(outcome)))
    for live in recalculate(*paths):
        book = openpyxl.load_workbook(live, data_only=True)
        differ = next(row[1].value for row in book["Summary"].iter_rows() if row[0].value == "Differences")
        assert differ == 0, live.name


@pytest.mark.slow
@pytest.mark.parametrize("seed", WHOLE)
def test_a_whole_job_on_a_mixture_replays_and_verifies(seed: int) -> None:
    made, _ = decided(seed)
    criteria = Criteria.model_validate(made.document)
    sealed = seal(criteria, "2026-09-01").model_dump_json(by_alias=True).encode()
    folder = criteria_of({**toml_files(criteria), "seal.json": sealed})
    finished = evaluate(folder, bids_of(made.files(), {}), "equality", "2027-03-05", lambda _: None)
    assert replay(finished.files["bundle.zip"], lambda _: None).differences == ()
    assert differs(finished.files["bundle.zip"]) == []
