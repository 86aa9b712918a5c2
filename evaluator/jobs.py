"""Whole jobs: gather files, let the pure stages decide, and put documents together. Commands call these."""

import hashlib
import json
import os
import platform
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from evaluator import __version__
from evaluator.allocation import Share
from evaluator.equality import after_deletion
from evaluator.files import bundle as bundles
from evaluator.files.bids import bid_files, fingerprints, read_beside, read_bids, read_monitoring, unread_files
from evaluator.files.criteria import criteria_files, read_criteria
from evaluator.files.deletions import delete_replies
from evaluator.files.runs import rendered
from evaluator.files.second_reader import seen_otherwise
from evaluator.pipeline import Published, Tell, Until, conclude, decide, explained, with_case
from evaluator.publication import canonical
from evaluator.recorded import otherwise
from evaluator.records.criteria import Criteria
from evaluator.records.outcome import Outcome, Run, status
from evaluator.records.received import Received
from evaluator.records.scores import Step
from evaluator.records.source import Finding, in_order
from evaluator.reporting import bids_json, documents, equality_documents, outcome_json
from evaluator.reporting.explain import Explanation, explanation
from evaluator.reporting.letters import NOT_SAID, Letters, Sending
from evaluator.reporting.letters import letters as write_letters
from evaluator.reporting.proof import proof_files
from evaluator.scoring import steps

BUNDLE = "bundle.zip"
Files = Mapping[str, bytes]
NONE: Files = {}
FEW_BIDS = 30  # up to these, opening processes takes longer than the work
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
    tell: Tell,
    margins: bool = False,
    ledger: Mapping[str, bytes] = NONE,
) -> Finished:
    """Do the main job: from a criteria folder and a folder of bids to every document of a run.

    With ``margins`` it also works out what would have changed each decision, shared among the machine's processors.
    The equality monitoring is opened only after the awards are decided. Nothing is written; the caller lands the files.
    ``ledger`` is the ledger with its head as it stood before the run, by file, for the bundle alone.
    """
    tell("Reading the criteria")
    published = read_criteria(criteria)
    if published.criteria is None:
        return Finished(None, in_order(published.findings), {})
    tell("Reading the bids and the evaluators' marks")
    inputs = _inputs(criteria, bids)
    received = read_bids(bids, published.criteria)
    run = Run(_run_name(inputs, until, date, margins), __version__, date)
    outcome = decide(Published(published.criteria, published.seal), received, run, until, tell)
    if margins:
        outcome = _explained(outcome, tell)
    if until == "equality":
        tell("Looking at equality")
        monitoring, found = read_monitoring(bids, published.criteria)
        beside, more = read_beside(bids)
        outcome = conclude(outcome, monitoring, found + more, beside)
    tell("Writing the documents")
    files = rendered(documents(outcome))
    facts = _facts(outcome, until, margins)
    return Finished(outcome, outcome.findings, _with_bundle(files, outcome, inputs, facts, criteria, bids, ledger))


def _explained(outcome: Outcome, tell: Tell) -> Outcome:
    bids = len(outcome.evaluation.bids) if outcome.evaluation else 0
    with shared((os.cpu_count() or 1) if bids > FEW_BIDS else 1) as share:
        return explained(outcome, share, tell)


@contextmanager
def shared(processes: int) -> Iterator[Share]:
    """Give a ``map`` over processes that begin from nothing; where none can be opened, the plain ``map``."""
    try:
        pool = ProcessPoolExecutor(processes, get_context("spawn")) if processes > 1 else None
    except (ImportError, NotImplementedError, OSError):  # a machine that forbids them
        pool = None
    if pool is None:
        yield map
        return
    with pool:
        yield pool.map


def panel_edition(criteria: Path, bids: Path, date: str, tell: Tell) -> Finished:
    """Make the panel's edition of the equality impact, which no run folder holds."""
    tell("Reading the criteria")
    published = read_criteria(criteria)
    if published.criteria is None:
        return Finished(None, in_order(published.findings), {})
    tell("Reading the bids and the evaluators' marks")
    run = Run(_run_name(_inputs(criteria, bids), "equality", date, margins=False), __version__, date)
    received = read_bids(bids, published.criteria)
    outcome = decide(Published(published.criteria, published.seal), received, run, "equality", tell)
    tell("Looking at equality")
    monitoring, found = read_monitoring(bids, published.criteria)
    beside, more = read_beside(bids)
    outcome = conclude(outcome, monitoring, found + more, beside, "panel")
    return Finished(outcome, outcome.findings, rendered(equality_documents(outcome)))


def forget(bids: Path, criteria: Criteria, organisation: str, what: str, by: str, date: str) -> int:
    """Delete an organisation's replies from the monitoring of a folder of bids, and record it.

    Raises
    ------
    NothingToDeleteError
        When there is no such reply.
    """
    record = {"organisation": organisation, "what": what, "by": by, "date": date}
    return delete_replies(bids, criteria, lambda rows: after_deletion(rows, organisation, what), record)


def _inputs(criteria: Path, bids: Path) -> dict[str, str]:
    """Give the SHA-256 of every input by the name that it has in a bundle."""
    of_criteria = fingerprints(criteria, criteria_files(criteria))
    of_bids = fingerprints(bids, (*bid_files(bids), *unread_files(bids)))
    return {f"{bundles.INPUTS}criteria/{file.path}": file.sha256 for file in of_criteria} | {
        f"{bundles.INPUTS}bids/{file.path}": file.sha256 for file in of_bids
    }


def _run_name(inputs: Mapping[str, str], until: str, date: str, margins: bool) -> str:
    """Name a run after everything that decides what comes out, so that the same inputs give the same run."""
    told = "\n".join(
        [
            __version__,
            until,
            date,
            *(["margins"] if margins else []),
            *(f"{name} {digest}" for name, digest in sorted(inputs.items())),
        ]
    )
    return f"run-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _with_bundle(
    files: dict[str, bytes],
    outcome: Outcome,
    inputs: Mapping[str, str],
    facts: Mapping[str, object],
    criteria: Path,
    bids: Path,
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
        folders = {"criteria": criteria, "bids": bids}
        members = {name: bundles.input_bytes(name, folders) for name in inputs}
        files[BUNDLE] = bundles.pack(listed, {**members, **made})
    return files


def _to_verify(outcome: Outcome) -> dict[str, bytes]:
    """Give what a bundle holds so that anyone can work the scores out again without the evaluator."""
    proof = proof_files(outcome.allocation) if outcome.allocation else {}
    return {
        f"{bundles.DATA}criteria.json": canonical(outcome.criteria),
        f"{bundles.DATA}bids.json": bids_json(outcome).encode(),
        **{f"{bundles.PROOF}{name}": text.encode() for name, text in proof.items()},
        **bundles.verifiers(),
    }


def _facts(outcome: Outcome, until: Until, margins: bool) -> dict[str, object]:
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
    """What a replay found: nothing when every byte is the same, else each difference in words."""

    run: str
    files: int
    differences: tuple[str, ...]


def replay(content: bytes, tell: Tell) -> Replayed:
    """Recompute everything from a bundle's inputs and compare it, byte for byte, with the bundle's outputs.

    Another reader, openpyxl, must see the numbers and texts in the workbooks that our own saw.

    Raises
    ------
    UnreadableBundleError
        When the bytes are not a bundle, or so damaged that nothing can be compared.
    """
    tell("Checking the bundle's own sums")
    opened = bundles.unpack(content)
    facts = opened.manifest
    differences = list(opened.problems)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        bundles.write_inputs(opened, folder)
        try:
            ledger, margins = bundles.under(bundles.LEDGER, opened), bool(facts.get("margins"))
            again = evaluate(folder / "criteria", folder / "bids", facts["until"], facts["date"], tell, margins, ledger)
        except KeyError as missing:
            raise bundles.UnreadableBundleError(f"the manifest says nothing of {missing}") from None
        tell("Reading every workbook with another reader")
        bids = folder / "bids"
        differences += otherwise(ledger, folder / "criteria", bids)
        differences += seen_otherwise(bids, [name for name in bid_files(bids) if name.endswith(".xlsx")])
    differences += _compared(opened, again) + bundles.other_facts(facts, again.files.get(bundles.MANIFEST, b"{}"))
    made_by = facts.get("made_with", {}).get("bid-evaluator")
    if differences and made_by != __version__:
        differences.append(f"the bundle was made by version {made_by} of the evaluator and replayed by {__version__}")
    return Replayed(str(facts.get("run")), len(opened.members), tuple(differences))


def _compared(opened: bundles.Bundle, again: Finished) -> list[str]:
    """Name what comes out differently: documents, normalised data, and the file that verifies them."""
    kept = (bundles.INPUTS, bundles.MANIFEST, bundles.CLOSING)
    then = {name: content for name, content in opened.members.items() if not name.startswith(kept)}
    packed = again.files.get(BUNDLE)
    here = bundles.unpack(packed).members if packed else _outputs(again)
    now = {name: content for name, content in here.items() if not name.startswith(kept)}
    return [
        f"{name.removeprefix(bundles.OUTPUTS)} comes out differently when recomputed"
        for name in sorted(set(then) | set(now))
        if name not in then or name not in now or bundles.plain(name, then[name]) != bundles.plain(name, now[name])
    ]


def _outputs(finished: Finished) -> dict[str, bytes]:
    return {f"{bundles.OUTPUTS}{name}": each for name, each in finished.files.items() if name != bundles.MANIFEST}


@dataclass(frozen=True)
class Reopened:
    """A bundle worked out again as far as the awards: its outcome, what came in, and what is wrong with the bundle."""

    outcome: Outcome
    received: Received
    problems: tuple[str, ...]


def reopen(content: bytes, tell: Tell) -> Reopened:
    """Work a bundle out again from its inputs, up to the awards, and compare scores and awards with what it says.

    Raises
    ------
    UnreadableBundleError
        When the bytes are not a bundle, or its criteria cannot be read.
    """
    tell("Checking the bundle's own sums")
    opened = bundles.unpack(content)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        bundles.write_inputs(opened, folder)
        published = read_criteria(folder / "criteria")
        if published.criteria is None:
            raise bundles.UnreadableBundleError("its criteria cannot be read")
        received = read_bids(folder / "bids", published.criteria)
    run = Run(str(opened.manifest.get("run")), __version__, str(opened.manifest.get("date") or ""))
    outcome = decide(Published(published.criteria, published.seal), received, run, "equality", tell)
    return Reopened(outcome, received, opened.problems or _otherwise(opened, outcome))


def _otherwise(opened: bundles.Bundle, outcome: Outcome) -> tuple[str, ...]:
    """Say where a bundle's own outcome is not what its inputs give: nobody should explain numbers that do not hold."""
    try:
        said = json.loads(opened.members[f"{bundles.OUTPUTS}outcome.json"])
        here = json.loads(outcome_json(outcome))
        parts = [part for part in ("criteria", "themes", "allocation") if said[part] != here[part]]
    except (KeyError, TypeError, ValueError):
        parts = ["outcome.json as a whole"]
    return tuple(f"{part} in its outcome.json is not what its inputs give; run replay" for part in parts)


def explain(again: Reopened, bid: str, question: str = "") -> Explanation:
    """Explain a bid, or one question of it; KeyError when there is none of that id."""
    again = replace(again, outcome=with_case(again.outcome, bid))
    return explanation(again.outcome, again.received.register, _steps(again.outcome, bid), bid, question)


def _steps(outcome: Outcome, bid: str) -> tuple[Step, ...]:
    evaluation, scores = outcome.evaluation, outcome.scores
    theme = next((one.theme for one in (evaluation.bids if evaluation else ()) if one.id == bid), "")
    if evaluation is None or scores is None or not theme:
        return ()
    return steps(outcome.criteria, evaluation, scores, theme, bid)


def letters(again: Reopened, sending: Sending = NOT_SAID) -> Letters:
    """Write the letters to all assessed bidders of a run that has awards."""
    outcome, panel = again.outcome, again.received.panel
    bids = outcome.evaluation.bids if outcome.evaluation else ()
    people = [text for key in ("evaluator", "name") for text in (panel.columns.get(key, ()) if panel else ())]
    steps_of = {bid.id: _steps(outcome, bid.id) for bid in bids}
    return write_letters(outcome, steps_of, people, again.received.register, sending)
