"""Explanations of a finished run: of a bid, of any figure that its documents print, and the pages of all of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from evaluator.equality import counted
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit import equality_archive as keeping
from evaluator.files.audit.finished_run import inputs_of_bundle
from evaluator.files.read.bids.folder import MONITORING_FILES, read_external_data, read_monitoring
from evaluator.files.read.inputs import Inputs
from evaluator.files.read.parallel import shared, usual_processes
from evaluator.jobs.evaluate import FEW_BIDS
from evaluator.jobs.finished.from_bundle import Reopened, steps_of
from evaluator.pipeline import conclude, explained
from evaluator.publication import where_published
from evaluator.records.documents import Document
from evaluator.records.findings.finding import Source
from evaluator.records.results.outcome import Outcome
from evaluator.records.work import ReportProgress
from evaluator.reporting.audit.traces import Catalogue, Traced
from evaluator.reporting.audit.traces.pages import pages_of_all
from evaluator.reporting.audit.traces.stands import Stands
from evaluator.reporting.audit.traces.traced import Replies
from evaluator.reporting.studies.counterfactuals import amounts_told


def catalogue_of(
    again: Reopened, report_progress: ReportProgress, archive: bytes | None = None
) -> tuple[Catalogue, tuple[str, ...]]:
    """Give every figure of a run that was worked out again, and what is wrong with the equality archive, in words.

    Parameters
    ----------
    archive : the bytes of ``equality.zip``, for whoever may open it: then figures that rest on replies end at the
        addresses of the replies. What any of them is, and which is counted where, is not told even then.

    Raises
    ------
    UnreadableBundleError
        When the archive is none.
    """
    opened = again.opened
    apart, problems = keeping.apart_of(opened.members, opened.manifest), tuple[str, ...]()
    if archive is not None:
        apart, problems = keeping.opened(archive, apart, opened.members[bundles.MANIFEST])
    _, bids = inputs_of_bundle(opened, apart)
    outcome = _with_cases(again, report_progress)
    evaluation, scores, allocation = outcome.evaluation, outcome.scores, outcome.allocation
    known = counted(outcome.criteria, evaluation, scores, allocation) if evaluation and scores and allocation else None
    external, _ = read_external_data(bids)
    places = where_published(outcome.criteria)
    run = Traced(
        outcome=replace(outcome, equality=conclude(outcome, None, (), external).equality),
        received=again.received,
        steps=partial(steps_of, outcome),
        published_at=lambda kind, id: again.published.cell(places.get((kind, id), Source(""))),
        stages=known.stages if known else {},
        served=known.served if known else {},
        printed=json.loads(opened.members[f"{bundles.OUTPUTS}outcome.json"]),
        replies=tuple(_replies(outcome, apart, bids)),
    )
    return Catalogue(run), problems


def _with_cases(again: Reopened, report_progress: ReportProgress) -> Outcome:
    """Add what would have changed each decision where the run asked: its own amounts are checked on both sides."""
    if not again.opened.manifest.get("margins"):
        return again.outcome
    told = amounts_told(json.loads(again.opened.members[f"{bundles.OUTPUTS}outcome.json"]).get("cases", ()))
    bids = len(again.outcome.evaluation.bids) if again.outcome.evaluation else 0
    with shared(usual_processes() if bids > FEW_BIDS else 1) as share:
        return explained(again.outcome, share, report_progress, told)


def _replies(outcome: Outcome, apart: keeping.Apart, bids: Inputs) -> Iterator[Replies]:
    """Give where the replies to each question stand, as far as the archive is at hand."""
    plan = outcome.criteria.equality
    files = tuple(name for name in apart.names if name in MONITORING_FILES)
    table = read_monitoring(bids, outcome.criteria)[0] if apart.files is not None else None
    for one in plan.characteristic if plan else ():
        there = table is not None and one.id in table.columns
        cells = (table.source(row, one.id) for row in range(len(table))) if table is not None and there else ()
        yield Replies(one.id, tuple(cells), files)


def stands_of(again: Reopened) -> Stands:
    """Give the pages of a run, for where a figure stands in them."""
    return Stands(dict(_pages(again.opened.members)))


def _pages(members: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for name, content in sorted(members.items()):
        if name.startswith(bundles.OUTPUTS) and name.endswith(".html"):
            yield name.removeprefix(bundles.OUTPUTS), content.decode("utf-8", "replace")


def all_pages(catalogue: Catalogue) -> Sequence[Document]:
    """Write a page for each bid, each theme, each rule and each other figure, and an index of them."""
    return tuple(pages_of_all(catalogue))
