"""The main job, from folders to a run with its bundle: gather, decide, write."""

import hashlib
import json
import platform
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Literal

from evaluator import __version__
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit import equality_archive as keeping
from evaluator.files.audit.equality_archive import Apart
from evaluator.files.audit.run_folder import rendered
from evaluator.files.cache import Cache
from evaluator.files.read.bids.folder import (
    CONSIDERATION,
    bids_in,
    bids_of,
    read_bids,
    read_consideration,
    read_external_data,
    read_monitoring,
)
from evaluator.files.read.criteria.folder import CriteriaRead, criteria_in, criteria_of, read_criteria
from evaluator.files.read.inputs import Inputs
from evaluator.files.read.parallel import shared, usual_processes
from evaluator.files.read.remembered import shelved
from evaluator.jobs.ledger_events import entries_held, seal_otherwise
from evaluator.pipeline import UNTOLD, Published, Told, Until, conclude, decide, explained
from evaluator.publication import canonical, check_as_published
from evaluator.records.documents import Document
from evaluator.records.findings.finding import Finding, in_order
from evaluator.records.ledger import agreed_when
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.counterfactuals import Change
from evaluator.records.results.outcome import Outcome, Run, status
from evaluator.records.submissions.received import Received
from evaluator.records.work import Once, ReportProgress, made_now
from evaluator.reporting import bids_json, documents, first_documents
from evaluator.reporting.equality import consider
from evaluator.reporting.run.proof_files import proof_files
from evaluator.reporting.studies.counterfactuals import amounts_told, case_document
from evaluator.studies import firmness_study

BUNDLE = "bundle.zip"
Equality = Literal["recomputed", "not_recomputed", "none"]
Files = Mapping[str, bytes]
NONE: Files = {}
STAGE = "stage"  # what the manifest says of a run for one stage
FEW_BIDS, FEW_BOOKS = 30, 40  # up to these, opening processes takes longer than the work
MADE_WITH = (
    *("highspy", "jinja2", "numpy", "openpyxl", "pandas", "pulp", "pydantic", "python-docx", "typst", "xlsxwriter"),
)
Amounts = dict[Change, dict[str, Fraction]]  # that would have turned each decision, by bid
AMOUNTS = "amounts"
First = Callable[[str, Files], None]  # is given the name of a run and its first files
ONE_FOLDER = "one-folder build (PyInstaller)"  # the one thing in which its runs differ from those of the commands


@dataclass(frozen=True)
class Finished:
    """What an evaluation came to: its outcome and its documents' bytes, or why there is none.

    There is none where the criteria were not understood, or where an input ``changed`` while the run was at work.
    """

    outcome: Outcome | None
    findings: tuple[Finding, ...]
    files: Mapping[str, bytes]
    changed: bool = False


def evaluate(
    criteria: Path | Inputs,
    bids: Path | Inputs,
    until: Until,
    date: str,
    report_progress: ReportProgress,
    *,
    margins: bool = False,
    apart: Apart | None = None,
    ledger: Files = NONE,
    stage: str = "",
    told: Told = UNTOLD,
    cache: Cache | None = None,
    first: First | None = None,
) -> Finished:
    """Do the main job: from a criteria folder and a folder of bids to every document of a run; none is written.

    With ``margins`` it also works out what would have changed each decision: amounts that are ``told`` are checked, and
    searched for only where they do not hold. The monitoring is opened only after the awards are decided; where it is
    not at hand, ``apart`` is what a bundle says of it, and no equality document is made. ``ledger`` is that with its
    head as it stood before, by file, for bundle and seal. ``stage`` is the one to stop after. What earlier runs came to
    is taken from ``cache``; ``first`` is given the report as soon as the awards are there.
    """
    report_progress("Reading the criteria")
    criteria, bids = criteria_in(criteria), bids_in(bids)
    published = read_criteria(criteria)
    if published.criteria is None:
        return Finished(None, in_order(published.findings), {})
    report_progress("Reading the bids and the evaluators' marks")
    inputs, apart = inputs_of(criteria, bids, apart)
    sums, unread = bundles.sums(inputs), bids.unreadable()
    run = Run(run_name(sums | unread, apart, _as_far_as(until, stage), date, margins=margins), __version__, date)
    received = _received(bids, published, criteria, ledger, date, cache)
    outcome = decide(published_of(published), received, run, until, report_progress, stage, _once(cache))
    if margins:
        _give_first(_as_told(outcome, published, ledger), first)
        outcome = with_explanations(outcome, report_progress, told, cache)
    if until == "equality" and not stage:
        outcome, apart = _with_equality(outcome, bids, apart, report_progress)
    report_progress("Writing the documents")
    facts = {**_facts(outcome, until, margins=margins), **apart.manifest_facts, **_unread(bids)}
    files = _written(outcome := _as_told(outcome, published, ledger), inputs, sums, apart, facts, ledger)
    changed = criteria.changed() + bids.changed()
    return Finished(None, changed, {}, changed=True) if changed else Finished(outcome, outcome.findings, files)


def _once(cache: Cache | None) -> Once:
    return cache.once if cache else made_now


def _as_told(outcome: Outcome, published: CriteriaRead, ledger: Files) -> Outcome:
    """Put findings in order, each where it stands, and say of agreed marks when the ledger says that they came."""
    placed = in_order(published.placed(outcome.findings))
    return replace(outcome, findings=placed, agreed_when=agreed_when(entries_held(ledger)))


def _written(
    outcome: Outcome,
    inputs: Mapping[str, bytes],
    sums: Mapping[str, str],
    apart: Apart,
    facts: Mapping[str, object],
    ledger: Files,
) -> dict[str, bytes]:
    """Make every document, the manifest, and for a run that was not cut short the bundle and what is kept apart.

    ``sums`` are those of the inputs.
    """
    made = documents(outcome)
    made = made if apart.files is not None else filter(_rests_on_no_monitoring, made)
    files = _with_bundle(rendered(made), outcome, inputs, sums, facts, ledger)
    if apart.files and BUNDLE in files:
        files[keeping.ARCHIVE] = keeping.archive(apart, outcome.run.name, files[bundles.MANIFEST])
    return files


def _rests_on_no_monitoring(one: Document) -> bool:
    """Whether a document can be made where the monitoring is not at hand."""
    return not f"{bundles.OUTPUTS}{one.name}".startswith(keeping.RESTS_ON_IT)


def _received(
    bids: Inputs, published: CriteriaRead, criteria: Inputs, ledger: Files, date: str, cache: Cache | None
) -> Received:
    """Read the bids, and find a seal that publishing would not have written, or of which the ledger tells otherwise."""
    own = published_of(published).criteria
    with shelved(cache):
        received = read_bids(bids, own)
    found = check_as_published(own, published.seal, __version__, published.placed)
    found += seal_otherwise(ledger, criteria, published.seal, date)
    return replace(received, findings=received.findings + found)


def _as_far_as(until: str, stage: str) -> str:
    return f"{until} {STAGE} {stage}" if stage else until


def sealed_stage(outcome: Outcome) -> bytes:
    """Give what is sealed of the stage that a run was for, as it lies beside the bids afterwards."""
    result = next(one for one in outcome.stages if one.stage == outcome.stage)
    criteria = outcome.criteria
    said = result.document(criteria.reference, criteria.version, outcome.fingerprint, outcome.run.date)
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _unread(bids: Inputs) -> dict[str, object]:
    """Name what could not be read among the bids, where there is any."""
    return {bundles.UNREADABLE: files} if (files := bids.unreadable()) else {}


def published_of(read: CriteriaRead) -> Published:
    """Give what was published, of criteria that could be read."""
    if read.criteria is None:
        raise ValueError("the criteria cannot be read")
    return Published(read.criteria, read.seal, read.boundaries)


def check(criteria: Path, bids: Path, report_progress: ReportProgress) -> tuple[Criteria | None, tuple[Finding, ...]]:
    """Check what was received, and nothing more; no criteria are given where they are not understood."""
    published = read_criteria(criteria)
    if published.criteria is None:
        return None, in_order(published.findings)
    report_progress("Reading the bids and the evaluators' marks")
    received = read_bids(bids, published.criteria)
    outcome = decide(published_of(published), received, Run("check", __version__), "validation", report_progress)
    return published.criteria, in_order(published.placed((*published.findings, *outcome.findings)))


def _with_equality(
    outcome: Outcome, bids: Inputs, apart: Apart, report_progress: ReportProgress
) -> tuple[Outcome, Apart]:
    """Add the equality summary, and whether those who decide have considered its figures as they are."""
    report_progress("Looking at equality")
    monitoring, found = read_monitoring(bids, outcome.criteria)
    external, more = read_external_data(bids)
    noted = tuple(one for one in apart.notes if one not in found + more)
    outcome = conclude(outcome, monitoring, found + more + noted, external)
    if apart.files is None:  # then the manifest says what was found of the consideration
        return outcome, apart
    said, found = read_consideration(bids)
    considered, notes = consider(outcome.criteria, outcome.equality, said, CONSIDERATION)
    found += () if found else notes
    told = replace(outcome, findings=in_order(outcome.findings + found, outcome.criteria.regime))
    return told, apart.with_consideration(considered)


def _give_first(outcome: Outcome, first: First | None) -> None:
    """Give the report as far as it can be written once the awards are there, where explanations are still to come."""
    if first is not None and outcome.allocation is not None and outcome.allocation.status == "proven":
        first(outcome.run.name, rendered(first_documents(outcome)))


def with_explanations(
    outcome: Outcome, report_progress: ReportProgress, told: Told, cache: Cache | None = None
) -> Outcome:
    """Add what would have changed each decision and how firm the awards are, shared among the machine's processors.

    The amounts of the last run of the same criteria are tried first.
    """
    bids = outcome.evaluation.number_of_bids if outcome.evaluation else 0
    once, of = _once(cache), (outcome.criteria.reference,)
    likely = cache.get(AMOUNTS, of, Amounts) if cache else None
    with shared(usual_processes() if bids > FEW_BIDS else 1) as share:
        outcome = explained(outcome, share, report_progress, told, likely or UNTOLD, once)
        if not outcome.allocation or not outcome.allocation.cases:
            return outcome
        outcome = replace(outcome, firmness=firmness_study(outcome, share, report_progress, once))
    if cache and outcome.allocation:
        cache.put(AMOUNTS, of, Amounts, amounts_told(list(map(case_document, outcome.allocation.cases))))
    return outcome


def inputs_of(criteria: Inputs, bids: Inputs, apart: Apart | None = None) -> tuple[dict[str, bytes], Apart]:
    """Give every input by the name that it has in a bundle, and what is kept apart from bundles."""
    inputs = {f"{bundles.CRITERIA}{name}": content for name, content in criteria.contents().items()} | {
        f"{bundles.BIDS}{name}": content for name, content in bids.contents().items() if not keeping.is_apart(name)
    }
    return inputs, apart or keeping.gathered(bids)


def inputs_of_bundle(opened: bundles.Bundle, apart: Apart) -> tuple[Inputs, Inputs]:
    """Give the criteria and the folder of bids that a bundle holds, with what was kept apart from it."""
    files = keeping.with_apart(bundles.under(bundles.BIDS, opened), apart)
    return criteria_of(bundles.under(bundles.CRITERIA, opened)), bids_of(files, bundles.unreadable(opened))


def run_name(inputs: Mapping[str, str], apart: Apart, until: str, date: str, *, margins: bool) -> str:
    """Name a run after everything that decides what comes out, so that the same inputs give the same run.

    The monitoring counts by its commitment: a name that came from its bytes could be tried against guesses at them.
    """
    told = "\n".join(
        [
            __version__,
            until,
            date,
            *(["margins"] if margins else []),
            *(f"{name} {digest}" for name, digest in sorted(inputs.items())),
            *apart.names,
            apart.commitment,
        ]
    )
    return f"run-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _with_bundle(
    files: dict[str, bytes],
    outcome: Outcome,
    inputs: Mapping[str, bytes],
    sums: Mapping[str, str],
    facts: Mapping[str, object],
    ledger: Files,
) -> dict[str, bytes]:
    """Add the manifest and, for a run that was not cut short, the bundle."""
    made = {f"{bundles.OUTPUTS}{name}": content for name, content in files.items()}
    whole = facts["until"] == "equality"
    if whole:
        made |= _to_verify(outcome)
    made |= {f"{bundles.LEDGER}{name}": content for name, content in ledger.items()}
    listed = bundles.manifest(facts, {**sums, **bundles.sums(made)})
    files[bundles.MANIFEST] = listed
    if whole:
        files[BUNDLE] = bundles.pack(listed, {**inputs, **made}, compressed=True)
    return files


def _to_verify(outcome: Outcome) -> dict[str, bytes]:
    """Give what a bundle holds so that anyone can work the scores out again without the evaluator."""
    proof = proof_files(outcome.allocation) if outcome.allocation else {}
    notes = keeping.notes_on(outcome.findings)
    return {
        **({keeping.NOTES: keeping.written(notes)} if notes else {}),
        f"{bundles.DATA}criteria.json": canonical(outcome.criteria),
        f"{bundles.DATA}bids.json": bids_json(outcome).encode(),
        **{f"{bundles.PROOF}{name}": text.encode() for name, text in proof.items()},
        **bundles.verifiers(),
    }


def _facts(outcome: Outcome, until: Until, *, margins: bool) -> dict[str, object]:
    return {
        "schema": "manifest/1",
        "run": outcome.run.name,
        "status": status(outcome),
        "until": until,
        **({STAGE: outcome.stage} if outcome.stage else {}),
        "margins": margins,
        "date": outcome.run.date,
        "criteria": {
            "reference": outcome.criteria.reference,
            "version": outcome.criteria.version,
            "fingerprint": outcome.fingerprint,
        },
        "made_with": made_with(),
    }


def made_with() -> dict[str, str]:
    """Give what a run is made with: byte identity is promised between runs that are made with the same."""
    return {
        "bid-evaluator": __version__,
        "python": platform.python_version(),
        **{name: _version(name) for name in MADE_WITH},
        **bundles.lock(),
        **({ONE_FOLDER: version("pyinstaller")} if getattr(sys, "frozen", False) else {}),
    }


def _version(package: str) -> str:
    """Give a package's version: the one line of its facts that says it, without parsing all others."""
    told = re.search(r"^Version: *(\S+)$", distribution(package).read_text("METADATA") or "", re.MULTILINE)
    return told[1] if told else version(package)


def cache_of(beside: Path) -> Cache:
    """Give what is kept in a folder, of runs that are made with what we are made with, cleared."""
    cache = Cache(beside, made_with())
    cache.clear()
    return cache


def made_alike(told: object) -> bool:
    """Whether a run was made with what we are made with, from a folder of its own or not: then its bytes are ours."""
    ours = made_with()
    return isinstance(told, dict) and {**told, ONE_FOLDER: ""} == {**ours, ONE_FOLDER: ""}


def made_of_the_same(told: object) -> bool:
    """Whether a run was made with this version and these packages, if perhaps by another Python: its pages are ours."""
    ours = made_with()
    return isinstance(told, dict) and all(told.get(name) == ours[name] for name in ("bid-evaluator", *MADE_WITH))
