"""Whole jobs: gather files, let the pure stages decide, and put documents together. Commands call these."""

import hashlib
import platform
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from evaluator import __version__
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit import equality_archive as keeping
from evaluator.files.audit.equality_archive import Apart
from evaluator.files.audit.run_folder import rendered
from evaluator.files.read.bids.folder import (
    bid_files,
    fingerprints,
    read_bids,
    read_external_data,
    read_monitoring,
    unread_files,
)
from evaluator.files.read.criteria.folder import criteria_files, read_criteria
from evaluator.files.read.parallel import shared, usual_processes
from evaluator.files.read.second_reader import seen_otherwise
from evaluator.jobs.ledger_events import otherwise
from evaluator.pipeline import Published, Until, conclude, decide, explained
from evaluator.publication import canonical
from evaluator.records.findings.finding import Finding, in_order
from evaluator.records.results.outcome import Outcome, Run, status
from evaluator.records.work import ReportProgress
from evaluator.reporting import bids_json, documents
from evaluator.reporting.run.proof_files import proof_files
from evaluator.studies import firmness_study

BUNDLE = "bundle.zip"
Equality = Literal["recomputed", "not_recomputed", "none"]
Files = Mapping[str, bytes]
NONE: Files = {}
FEW_BIDS, FEW_BOOKS = 30, 10  # up to these, opening processes takes longer than the work
MADE_WITH = (
    *("highspy", "jinja2", "numpy", "openpyxl", "pandas", "pulp", "pydantic", "python-docx", "typst", "xlsxwriter"),
)


@dataclass(frozen=True)
class Finished:
    """What an evaluation came to: its outcome and its documents' bytes, or why the criteria were not understood."""

    outcome: Outcome | None
    findings: tuple[Finding, ...]
    files: Mapping[str, bytes]


def evaluate(
    criteria: Path,
    bids: Path,
    until: Until,
    date: str,
    report_progress: ReportProgress,
    *,
    margins: bool = False,
    apart: Apart | None = None,
    ledger: Files = NONE,
) -> Finished:
    """Do the main job: from a criteria folder and a folder of bids to every document of a run.

    With ``margins`` it also works out what would have changed each decision, shared among the machine's processors.
    The equality monitoring is opened only after the awards are decided. Nothing is written; the caller lands the files.
    ``apart`` is what a bundle says of monitoring that is not at hand: then no equality document is made. ``ledger`` is
    the ledger with its head as it stood before the run, by file, for the bundle alone.
    """
    report_progress("Reading the criteria")
    published = read_criteria(criteria)
    if published.criteria is None:
        return Finished(None, in_order(published.findings), {})
    report_progress("Reading the bids and the evaluators' marks")
    inputs, apart = inputs_of(criteria, bids, apart)
    received = read_bids(bids, published.criteria)
    run = Run(run_name(inputs, apart, until, date, margins=margins), __version__, date)
    outcome = decide(Published(published.criteria, published.seal), received, run, until, report_progress)
    if margins:
        outcome = with_explanations(outcome, report_progress)
    if until == "equality":
        report_progress("Looking at equality")
        monitoring, found = read_monitoring(bids, published.criteria)
        external, more = read_external_data(bids)
        outcome = conclude(outcome, monitoring, found + more + apart.notes, external)
    report_progress("Writing the documents")
    made = documents(outcome)
    if apart.files is None:
        made = (one for one in made if not f"{bundles.OUTPUTS}{one.name}".startswith(keeping.RESTS_ON_IT))
    facts = {**_facts(outcome, until, margins=margins), **apart.manifest_facts}
    files = _with_bundle(rendered(made), outcome, inputs, facts, {"criteria": criteria, "bids": bids}, ledger)
    if apart.files and BUNDLE in files:
        files[keeping.ARCHIVE] = keeping.archive(apart, run.name, files[bundles.MANIFEST])
    return Finished(outcome, outcome.findings, files)


def with_explanations(outcome: Outcome, report_progress: ReportProgress) -> Outcome:
    """Add what would have changed each decision and how firm the awards are, shared among the machine's processors."""
    bids = len(outcome.evaluation.bids) if outcome.evaluation else 0
    with shared(usual_processes() if bids > FEW_BIDS else 1) as share:
        outcome = explained(outcome, share, report_progress)
        known = outcome.allocation and outcome.allocation.cases
        return replace(outcome, firmness=firmness_study(outcome, share, report_progress)) if known else outcome


def inputs_of(criteria: Path, bids: Path, apart: Apart | None = None) -> tuple[dict[str, str], Apart]:
    """Give the SHA-256 of every input by the name that it has in a bundle, and what is kept apart from bundles."""
    names = (*bid_files(bids), *unread_files(bids))
    of_criteria = fingerprints(criteria, criteria_files(criteria))
    of_bids = fingerprints(bids, tuple(name for name in names if not keeping.is_apart(name)))
    inputs = {f"{bundles.INPUTS}criteria/{file.path}": file.sha256 for file in of_criteria} | {
        f"{bundles.INPUTS}bids/{file.path}": file.sha256 for file in of_bids
    }
    return inputs, apart or keeping.gathered(bids, names)


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
    inputs: Mapping[str, str],
    facts: Mapping[str, object],
    folders: Mapping[str, Path],
    ledger: Files,
) -> dict[str, bytes]:
    """Add the manifest and, for a run that was not cut short, the bundle."""
    made = {f"{bundles.OUTPUTS}{name}": content for name, content in files.items()}
    whole = facts["until"] == "equality"
    if whole:
        made |= _to_verify(outcome)
    made |= {f"{bundles.LEDGER}{name}": content for name, content in ledger.items()}
    listed = bundles.manifest(facts, {**inputs, **bundles.sums(made)})
    files[bundles.MANIFEST] = listed
    if whole:
        members = {name: bundles.input_bytes(name, folders) for name in inputs}
        files[BUNDLE] = bundles.pack(listed, {**members, **made})
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
        "margins": margins,
        "date": outcome.run.date,
        "criteria": {
            "reference": outcome.criteria.reference,
            "version": outcome.criteria.version,
            "fingerprint": outcome.fingerprint,
        },
        "made_with": {
            "bid-evaluator": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in MADE_WITH},
            **bundles.lock(),
        },
    }


@dataclass(frozen=True)
class Replayed:
    """What a replay found: nothing when every byte is the same, else each difference in words.

    ``equality`` says whether the equality documents were recomputed too: they are not where the archive with the
    monitoring is not at hand; ``none`` is of a bundle from which nothing was kept apart. ``bound`` is whether the
    bundle's commitment showed that the archive is the one that it was closed with.
    """

    run: str
    files: int
    differences: tuple[str, ...]
    equality: Equality = "none"
    bound: bool = False


def replay(content: bytes, report_progress: ReportProgress, archive: bytes | None = None) -> Replayed:
    """Recompute everything from a bundle's inputs and compare it, byte for byte, with the bundle's outputs.

    Another reader, openpyxl, must see the numbers and texts in the workbooks that our own saw. Without ``archive``,
    the bytes of ``equality.zip``, what rests on the monitoring is only held against the manifest.

    Raises
    ------
    UnreadableBundleError
        When the bytes are not a bundle or an archive, or so damaged that nothing can be compared.
    """
    report_progress("Checking the bundle's own sums")
    opened = bundles.unpack(content)
    facts, apart = opened.manifest, keeping.apart_of(opened.members, opened.manifest)
    differences = list(opened.problems)
    if apart.names and archive is not None:
        apart, strange = keeping.opened(archive, apart, opened.members[bundles.MANIFEST])
        differences += strange
    missing = bool(apart.names) and apart.files is None
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        bundles.write_inputs(opened, folder)
        keeping.lay_out(apart, folder / "bids")
        bids = folder / "bids"
        books = [name for name in bid_files(bids) if name.endswith(".xlsx")]
        ledger = bundles.under(bundles.LEDGER, opened)
        with shared(usual_processes() if len(books) > FEW_BOOKS else 1) as share:
            seen = share(partial(seen_otherwise, bids), books)  # another process begins at once
            again = _again(folder, facts, apart if missing else None, ledger, report_progress)
            differences += otherwise(ledger, folder / "criteria", bids)
            report_progress("Reading every workbook with another reader")
            differences += chain.from_iterable(seen)
    differences += _compared(opened, again, missing=missing)
    differences += bundles.other_facts(facts, again.files.get(bundles.MANIFEST, b"{}"))
    made_by = facts.get("made_with", {}).get("bid-evaluator")
    if differences and made_by != __version__:
        differences.append(f"the bundle was made by version {made_by} of the evaluator and replayed by {__version__}")
    equality: Equality = "none" if not apart.names else "not_recomputed" if missing else "recomputed"
    bound = bool(apart.commitment) and not missing
    return Replayed(str(facts.get("run")), len(opened.members), tuple(differences), equality, bound)


def _again(
    folder: Path, facts: Mapping[str, Any], apart: Apart | None, ledger: Files, report_progress: ReportProgress
) -> Finished:
    """Evaluate a bundle's inputs again, as its manifest says that they were."""
    try:
        until, date = facts["until"], facts["date"]
    except KeyError as missing:
        raise bundles.UnreadableBundleError(f"the manifest says nothing of {missing}") from None
    margins = bool(facts.get("margins"))
    return evaluate(
        folder / "criteria", folder / "bids", until, date, report_progress, margins=margins, apart=apart, ledger=ledger
    )


def _compared(opened: bundles.Bundle, again: Finished, *, missing: bool) -> list[str]:
    """Name what comes out differently: documents, normalised data, and the file that verifies them.

    Where the monitoring is ``missing``, what rests on it is left out.
    """
    packed = again.files.get(BUNDLE)
    then, now = opened.members, bundles.unpack(packed).members if packed else _outputs(again)
    if missing:
        then, now = keeping.without_equality(then), keeping.without_equality(now)
    return bundles.otherwise(then, now)


def _outputs(finished: Finished) -> dict[str, bytes]:
    return {f"{bundles.OUTPUTS}{name}": each for name, each in finished.files.items() if name != bundles.MANIFEST}
