"""Jobs on the equality data alone: the panel's edition of the impact document, and the deletion of replies."""

from dataclasses import replace
from pathlib import Path

from evaluator import __version__
from evaluator.equality import after_deletion
from evaluator.files.audit.bundle import sums
from evaluator.files.audit.monitoring_deletions import delete_replies
from evaluator.files.audit.run_folder import rendered
from evaluator.files.read.bids.folder import bids_in, read_bids, read_external_data, read_monitoring
from evaluator.files.read.criteria.folder import criteria_in, read_criteria
from evaluator.files.write.toml import toml_text
from evaluator.jobs.evaluate import Finished, inputs_of, run_name
from evaluator.pipeline import Published, conclude, decide
from evaluator.records.findings.finding import in_order
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.outcome import Run
from evaluator.records.work import ReportProgress
from evaluator.reporting import equality_documents
from evaluator.reporting.equality import figures_sha256


def panel_edition(criteria: Path, bids: Path, date: str, report_progress: ReportProgress) -> Finished:
    """Make the panel's edition of the equality impact, which no run folder holds."""
    finished = _edition(criteria, bids, date, report_progress)
    files = rendered(equality_documents(finished.outcome)) if finished.outcome else {}
    return replace(finished, files=files)


def consideration(
    criteria: Path, bids: Path, said: tuple[str, str, str], report_progress: ReportProgress
) -> tuple[Finished, bytes]:
    """Write what those who decide made of the public edition's figures, with the sum that says which figures.

    Parameters
    ----------
    said : who, when and the text.

    Returns
    -------
    What the run came to, and the file; no bytes where there are no figures.
    """
    finished = _edition(criteria, bids, "", report_progress)
    impact = finished.outcome.equality if finished.outcome else None
    if impact is None:
        return finished, b""
    person, date, text = said
    told = {"person": person, "date": date, "sha256": figures_sha256(impact), "text": text}
    return finished, toml_text(told, {"": "Written by those who decide, about the figures with this sum."}).encode()


def _edition(criteria: Path, bids: Path, date: str, report_progress: ReportProgress) -> Finished:
    """Evaluate as far as the equality figures of an edition; nothing is written."""
    report_progress("Reading the criteria")
    taken, came_in = criteria_in(criteria), bids_in(bids)
    published = read_criteria(taken)
    if published.criteria is None:
        return Finished(None, in_order(published.findings), {})
    report_progress("Reading the bids and the evaluators' marks")
    inputs, apart = inputs_of(taken, came_in)
    named = run_name({**sums(inputs), **came_in.unreadable()}, apart, "equality", date, margins=False)
    run = Run(named, __version__, date)
    received = read_bids(came_in, published.criteria)
    outcome = decide(Published(published.criteria, published.seal), received, run, "equality", report_progress)
    report_progress("Looking at equality")
    monitoring, found = read_monitoring(came_in, published.criteria)
    external, more = read_external_data(came_in)
    outcome = conclude(outcome, monitoring, found + more, external)
    changed = taken.changed() + came_in.changed()
    return Finished(None, changed, {}, changed=True) if changed else Finished(outcome, outcome.findings, {})


def forget(bids: Path, criteria: Criteria, organisation: str, what: str, by: str, date: str) -> int:
    """Delete an organisation's replies from the monitoring of a folder of bids, and record it.

    Raises
    ------
    NothingToDeleteError
        When there is no such reply.
    """
    record = {"organisation": organisation, "what": what, "by": by, "date": date}
    return delete_replies(bids, criteria, lambda rows: after_deletion(rows, organisation, what), record)
