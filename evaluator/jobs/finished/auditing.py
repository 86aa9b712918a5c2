"""Jobs of an audit: the evidence store of a bundle, and samples of it with their working papers."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evaluator import __version__
from evaluator.evidence.sampling import Drawn, Item, Way, sample
from evaluator.evidence.schema import SCHEMA, TABLES
from evaluator.evidence.tables import Held, Row, Tables, tables_of
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.ledger_file import ledger_of
from evaluator.files.audit.run_folder import rendered
from evaluator.files.write.data_sets import NUMBER, Columns, parquet_bytes, sqlite
from evaluator.jobs.finished.from_bundle import Reopened, reopen
from evaluator.jobs.ledger_events import NAME
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import Step
from evaluator.records.work import ReportProgress
from evaluator.reporting.audit.working_paper import Paper, working_paper
from evaluator.scoring import steps

STORE, MARK, GUIDE = "evidence.sqlite", "evidence.json", "README.md"
Population = Literal["marks", "agreed_marks", "register", "decisions", "awards"]
OF: Mapping[str, tuple[str, ...]] = {  # the columns by which an item of each population is called
    "marks": ("bid_or_organisation", "question", "evaluator"),
    "agreed_marks": ("bid_or_organisation", "question"),
    "register": ("bid", "column_name"),
    "decisions": ("bid", "matter", "subject"),
    "awards": ("bid",),
}


class NotAsClosedError(Exception):
    """The bundle is not as it was closed, or its figures are not what its inputs give."""


@dataclass(frozen=True)
class Evidence:
    """The tables of a bundle, and what a paper says of it: its run, seal and sums."""

    tables: Tables
    facts: tuple[tuple[str, str], ...]
    themes: Mapping[str, str]  # the theme of each bid


def evidence_of(content: bytes, report_progress: ReportProgress) -> Evidence:
    """Gather every value of a bundle with its place.

    Raises
    ------
    UnreadableBundleError
        When the bytes are not a bundle.
    NotAsClosedError
        When the bundle does not hold: nobody should work with its figures.
    """
    again = reopen(content, report_progress)
    if again.problems:
        raise NotAsClosedError("; ".join(again.problems))
    report_progress("Gathering every value with its cell")
    opened = bundles.unpack(content)
    tables = tables_of(_held(again, opened))
    facts = _facts(again.outcome, opened, content)
    return Evidence(tables, facts, {row["bid"]: row["theme"] for row in tables["scores"]})


def _held(again: Reopened, opened: bundles.Bundle) -> Held:
    outcome = again.outcome
    files = {**bundles.under(bundles.BIDS, opened), **bundles.under(bundles.CRITERIA, opened)}
    ledger = bundles.under(bundles.LEDGER, opened).get(NAME, b"")

    def steps_of(theme: str, bid: str) -> Sequence[Step]:
        if outcome.evaluation is None or outcome.scores is None:
            return ()
        return steps(outcome.criteria, outcome.evaluation, outcome.scores, theme, bid)

    return Held(
        outcome=outcome,
        received=again.received,
        told=json.loads(opened.members[f"{bundles.OUTPUTS}outcome.json"]),
        manifest=opened.manifest,
        sums=bundles.sums(files),
        sizes={name: len(each) for name, each in files.items()},
        ledger=ledger_of(NAME, ledger, None).entries if ledger else (),
        steps=steps_of,
    )


def _facts(outcome: Outcome, opened: bundles.Bundle, content: bytes) -> tuple[tuple[str, str], ...]:
    """Give what a paper says of the bundle that it rests on."""
    return (
        ("Programme", f"{outcome.criteria.title}, {outcome.criteria.reference} version {outcome.criteria.version}"),
        ("Run", str(opened.manifest.get("run"))),
        ("Seal", outcome.seal.sha256 if outcome.seal else "not sealed"),
        ("Manifest (SHA-256)", hashlib.sha256(opened.members[bundles.MANIFEST]).hexdigest()),
        ("Bundle (SHA-256)", hashlib.sha256(content).hexdigest()),
        ("Evaluator", __version__),
    )


def store_files(evidence: Evidence) -> dict[str, bytes]:
    """Give the evidence store: one SQLite file, a Parquet file a table, and a guide to the columns."""
    columns: dict[str, Columns] = {name: of.columns for name, of in TABLES.items()}  # type: ignore[misc]
    tables = {name: (columns[name], evidence.tables[name]) for name in TABLES}
    rows = {name: len(evidence.tables[name]) for name in TABLES}
    document = {"schema": SCHEMA, "facts": dict(evidence.facts), "rows": rows}
    return {
        STORE: sqlite(tables),
        **{f"{name}.parquet": parquet_bytes(*table, SCHEMA) for name, table in tables.items()},
        GUIDE: _guide(evidence).encode(),
        MARK: (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode(),
    }


def _guide(evidence: Evidence) -> str:
    lines = ["# Evidence of one run", ""]
    lines += [f"- {name}: {value}" for name, value in evidence.facts]
    lines += [
        "",
        f"`{STORE}` holds every table; the Parquet files hold the same, a file a table. `file`, `sheet`, `cell` and",
        "`sha256` say where a value stood and in which file; `received` is what stood there, `used` what it was taken",
        "as, `lands_in` the figure that it goes into. Figures are text as printed, each with a number beside it, whose",
        f"name ends in `{NUMBER}`.",
        "It holds names and reasons of evaluators: it is for the audit alone. Nothing of equality monitoring is in it.",
        "",
    ]
    for name, table in TABLES.items():
        listed = ", ".join(f"`{column}`" for column in table.columns)
        lines += [f"## {name}", "", f"A row is {table.title}. {listed}", ""]
    return "\n".join(lines)


def sampled(evidence: Evidence, of: Population, size: int, seed: str, way: Way) -> tuple[Drawn, ...]:
    """Draw a sample of one population; strata are themes, money is that of the awards."""
    return sample([_item(evidence, of, row) for row in evidence.tables[of]], size, seed, way)


def _item(evidence: Evidence, of: Population, row: Row) -> Item:
    name = " ".join(str(row[key]) for key in OF[of] if row[key])
    bid = str(row.get("bid") or row.get("bid_or_organisation"))
    pounds, _, pence = str(row.get("amount") or "0").partition(".")
    return Item(name, evidence.themes.get(bid, "no theme"), int(pounds) * 100 + int((pence + "00")[:2]), row)


def sample_files(
    evidence: Evidence, of: Population, size: int, seed: str, way: Way, by: str, on: str
) -> dict[str, bytes]:
    """Write the working paper of a sample: page, Word, PDF, a workbook to tick in, and the sample as JSON."""
    drawn, population = sampled(evidence, of, size, seed, way), evidence.tables[of]
    words = of.replace("_", " ")
    paper = Paper(
        title=f"Sample of {words}",
        objective=f"To see whether {words} in the bundle are those that stand in the files as they were received.",
        facts=evidence.facts,
        test=(
            f"{len(drawn)} of {len(population):,} {words}, drawn by the way “{way}” with the seed “{seed}”: the "
            "order is that of the SHA-256 of the seed, a bar, and the item’s name, so that anyone can draw it again.",
            "Open each file, compare the cell, and tick.",
        ),
        results=(),
        by=by,
        on=on,
    )
    document = {
        "schema": "audit-sample/1",
        "of": of,
        "way": way,
        "seed": seed,
        "population": len(population),
        "facts": dict(evidence.facts),
        "items": [{"number": one.number, "why": one.why, "name": one.item.name, **one.item.row} for one in drawn],
    }
    made = rendered(working_paper(paper, drawn))
    return {**made, "sample.json": (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()}
