"""Jobs on the equality data alone: the decision makers' edition, their consideration, and the deletion of replies."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from evaluator import __version__
from evaluator.equality import after_deletion
from evaluator.files.audit.bundle import sums
from evaluator.files.audit.equality_archive import gathered, keyed
from evaluator.files.audit.monitoring_deletions import delete_replies, has_salt, write_salt
from evaluator.files.audit.run_folder import rendered, write_page
from evaluator.files.read.bids.folder import CONSIDERATION, bids_in, read_bids, read_external_data, read_monitoring
from evaluator.files.read.criteria.folder import criteria_in, read_criteria
from evaluator.files.read.inputs import Inputs
from evaluator.files.write.toml import toml_text
from evaluator.jobs.evaluate import Finished, inputs_of, published_of, run_name
from evaluator.pipeline import conclude, decide, evidence_on
from evaluator.records.documents import Json
from evaluator.records.findings.finding import in_order
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.equality_evidence import EqualityEvidence
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.results.studies.gap_options import GapBids, GapOptions
from evaluator.records.work import ReportProgress
from evaluator.reporting.equality import evidence_document, figures_sha256
from evaluator.reporting.equality.restricted import restricted_documents
from evaluator.studies.gap_options import gap_options

MOST_TRIED = 5  # groups for which other terms are tried


@dataclass(frozen=True)
class Restricted:
    """The decision makers' edition: what the run came to, its documents, its figures for machines, a keyed commitment.

    ``figures`` is empty where there are no awards, and ``commitment`` where the monitoring has no salt.
    """

    finished: Finished
    figures: Json
    commitment: str = ""


def restricted_edition(
    criteria: Path, bids: Path, date: str, recipients: tuple[str, ...], report_progress: ReportProgress
) -> Restricted:
    """Make the decision makers' edition, which no run folder holds, for those who are named."""
    finished, came_in = _decided(criteria, bids, date, report_progress)
    outcome = finished.outcome
    if outcome is None:
        return Restricted(finished, {})
    report_progress("Looking at equality")
    monitoring, found = read_monitoring(came_in, outcome.criteria)
    external, more = read_external_data(came_in)
    evidence, notes = evidence_on(outcome, monitoring, external)
    if evidence is None:
        return Restricted(finished, {})
    told = replace(outcome, findings=in_order(outcome.findings + found + more + notes, outcome.criteria.regime))
    figures = evidence_document(evidence, told, recipients)
    report_progress("Trying what else could have been published, and its price")
    options = _options(told, evidence)
    report_progress("Writing the documents")
    made = restricted_documents(told, evidence, recipients, options)
    done = Finished(told, told.findings, rendered(made))
    return Restricted(done, figures, keyed(gathered(came_in).files or {}, json.dumps(figures, sort_keys=True).encode()))


def _options(outcome: Outcome, evidence: EqualityEvidence) -> tuple[GapOptions, ...]:
    """Try what else could have been published for the groups of the largest gaps.

    Nothing where no award is proven, or where people chose: what they would have chosen nobody can solve for.
    """
    evaluation, scores, allocation = outcome.evaluation, outcome.scores, outcome.allocation
    if evaluation is None or scores is None or allocation is None or allocation.status != "proven":
        return ()
    if allocation.choice is not None:
        return ()
    largest = [gap for gap in evidence.largest(len(evidence.gaps)) if gap.bid_ids and gap.shortfall > 0]
    groups = {(gap.characteristic, gap.group): frozenset(gap.bid_ids) for gap in largest}
    asked = [GapBids(*names, bids) for names, bids in list(groups.items())[:MOST_TRIED]]
    return gap_options(outcome.criteria, evaluation, scores, allocation, asked)


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
    finished, came_in = _decided(criteria, bids, "", report_progress)
    if finished.outcome is None:
        return finished, b""
    report_progress("Looking at equality")
    monitoring, found = read_monitoring(came_in, finished.outcome.criteria)
    external, more = read_external_data(came_in)
    outcome = conclude(finished.outcome, monitoring, found + more, external)
    finished, impact = Finished(outcome, outcome.findings, {}), outcome.equality
    if impact is None:
        return finished, b""
    person, date, text = said
    told = {"person": person, "date": date, "sha256": figures_sha256(impact), "text": text}
    return finished, toml_text(told, {"": "Written by those who decide, about the figures with this sum."}).encode()


def land_restricted(made: Restricted, out: Path) -> None:
    """Write the decision makers' edition into a folder that nobody but this account opens."""
    for name, content in made.finished.files.items():
        write_page(out / name, content, private=True)


def land_consideration(bids: Path, written: bytes, salt: str) -> None:
    """Put what those who decide wrote beside the monitoring.

    Parameters
    ----------
    salt : binds bundle and ledger to it, where there is none yet.
    """
    if not has_salt(bids):
        write_salt(bids, salt)
    write_page(bids / CONSIDERATION, written)


def _decided(criteria: Path, bids: Path, date: str, report_progress: ReportProgress) -> tuple[Finished, Inputs]:
    """Evaluate as far as the awards, and give the bids' folder as it was taken; nothing is written."""
    report_progress("Reading the criteria")
    taken, came_in = criteria_in(criteria), bids_in(bids)
    published = read_criteria(taken)
    if published.criteria is None:
        return Finished(None, in_order(published.findings), {}), came_in
    report_progress("Reading the bids and the evaluators' marks")
    inputs, apart = inputs_of(taken, came_in)
    named = run_name({**sums(inputs), **came_in.unreadable()}, apart, "equality", date, margins=False)
    run = Run(named, __version__, date)
    received = read_bids(came_in, published.criteria)
    outcome = decide(published_of(published), received, run, "equality", report_progress)
    changed = taken.changed() + came_in.changed()
    done = Finished(None, changed, {}, changed=True) if changed else Finished(outcome, outcome.findings, {})
    return done, came_in


def forget(bids: Path, criteria: Criteria, organisation: str, what: str, by: str, date: str) -> int:
    """Delete an organisation's replies from the monitoring of a folder of bids, and record it.

    Raises
    ------
    NothingToDeleteError
        When there is no such reply.
    """
    record = {"organisation": organisation, "what": what, "by": by, "date": date}
    return delete_replies(bids, criteria, lambda rows: after_deletion(rows, organisation, what), record)
