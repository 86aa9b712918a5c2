"""What the ledger is told of a folder of bids, and whether a ledger says at its end what stands in such a folder."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from evaluator.files.audit.bundle import sums
from evaluator.files.audit.equality_archive import keyed
from evaluator.files.read.bids.folder import (
    CONSIDERATION,
    MONITORING,
    RECEIPTS,
    SALT,
    bid_files,
    bids_in,
    read_bids,
    read_consideration,
)
from evaluator.files.read.bids.stages import is_sealed_stage
from evaluator.files.read.criteria.folder import SEAL, criteria_in, read_criteria
from evaluator.files.read.inputs import Inputs
from evaluator.publication import check_recorded
from evaluator.records.findings.finding import Finding
from evaluator.records.ledger import Entry, Event, head_of, line_of, read_line, verify
from evaluator.records.office.receipts import receipts_of
from evaluator.records.programme.criteria import Seal
from evaluator.reporting.office.receipts import receipts_table
from evaluator.validation import events_of

LedgerEvents = Callable[[Sequence[Entry]], Iterable[Event]]  # what to add to a ledger with these entries
NAME = "ledger.jsonl"  # of the ledger in a bundle


def seal_event(criteria: Path | Inputs, entries: Sequence[Entry]) -> Iterator[Event]:
    """Tell of a seal that is not the last one recorded: the whole of its file by SHA-256, and the criteria's."""
    folder = criteria_in(criteria)
    seal = read_criteria(folder).seal
    recorded = [entry.event.after for entry in entries if entry.event.kind == "seal"]
    if seal is not None and seal.sha256 not in recorded[-1:]:
        before = recorded[-1] if recorded else ""
        yield Event("seal", f"{seal.reference} version {seal.version}", digest_of_seal(folder), before, seal.sha256)


def digest_of_seal(criteria: Inputs) -> str:
    """Give the SHA-256 of the seal's file as it was written; that of nothing where there is none."""
    return hashlib.sha256((criteria.content(SEAL) if SEAL in criteria else None) or b"").hexdigest()


def seal_otherwise(held: Mapping[str, bytes], criteria: Inputs, seal: Seal | None, date: str) -> tuple[Finding, ...]:
    """Find where the ledger that a run is given and its seal or its date disagree, or its entries with each other."""
    return check_recorded(seal, digest_of_seal(criteria), NAME, entries_held(held), date)


def entries_held(held: Mapping[str, bytes]) -> tuple[Entry, ...]:
    """Give the entries of a ledger by its files; lines that are none are left out, and told of by whoever checks it."""
    return _entries(held.get(NAME, b""))


@lru_cache(maxsize=1)
def _entries(content: bytes) -> tuple[Entry, ...]:
    """Read the entries of a ledger; a run asks for those of its own several times."""
    lines = content.decode("utf-8", "replace").splitlines()
    return tuple(line.entry for line in map(read_line, lines) if line.entry is not None)


def arrivals(criteria: Path | Inputs, bids: Path | Inputs) -> LedgerEvents:
    """Give what the ledger is told of folders: the seal, and what came in or changed."""

    def events(entries: Sequence[Entry]) -> Iterator[Event]:
        published = read_criteria(criteria).criteria
        if published is None:
            return
        yield from seal_event(criteria, entries)
        inputs = bids_in(bids)
        kept = (name for name in bid_files(inputs.names) if not is_sealed_stage(name))
        shown = [name for name in kept if not name.startswith(MONITORING)]
        files = {name: content for name in shown if (content := inputs.content(name)) is not None}
        yield from events_of(entries, read_bids(inputs, published), sums(files))
        yield from stage_events(inputs, entries)
        yield from consideration_event(inputs, entries)

    return events


def consideration_event(bids: Inputs, entries: Sequence[Entry]) -> Iterator[Event]:
    """Tell of a consideration of the equality figures that is not the last one recorded: by whom, when, which."""
    said, _ = read_consideration(bids)
    if said is None:
        return
    there = (name for name in (CONSIDERATION, SALT) if name in bids)
    files = {name: content for name in there if (content := bids.content(name)) is not None}
    subject = ", ".join(str(said.get(key, "")).strip() for key in ("person", "date"))
    last = next((one.event for one in reversed(entries) if one.event.kind == "consideration"), None)
    commitment = keyed(files, files[CONSIDERATION])
    if last is None or (last.subject, last.after) != (subject, commitment):
        yield Event("consideration", subject, before=last.after if last else "", after=commitment)


def restricted_event(recipients: Sequence[str], commitment: str) -> LedgerEvents:
    """Give what the ledger is told of a restricted edition: for whom it was made, and a commitment; nothing of it.

    The commitment is keyed with the monitoring's salt, because a plain sum would let guesses at replies be tested.
    """
    return lambda _: [Event("restricted", f"equality evidence for {'; '.join(recipients)}", after=commitment)]


def run_event(name: str, status: str, manifest: bytes) -> LedgerEvents:
    """Give what the ledger is told of a run once it is done: its name, what it came to, and its manifest's SHA-256.

    The manifest names the ledger in the bundle by its SHA-256, so that one stands for the other without a circle.
    """
    return lambda _: [Event("run", name, hashlib.sha256(manifest).hexdigest(), after=status)]


def stage_events(bids: Inputs, entries: Sequence[Entry]) -> Iterator[Event]:
    """Tell of stages whose sealed result is not the last one recorded: its SHA-256, and that of the one it replaces."""
    for name in filter(is_sealed_stage, bids.names):
        content, stage = bids.content(name), PurePosixPath(name).stem
        recorded = [one.event.after for one in entries if (one.event.kind, one.event.subject) == ("stage", stage)]
        now = hashlib.sha256(content or b"").hexdigest()
        if content is not None and recorded[-1:] != [now]:
            yield Event("stage", stage, now, recorded[-1] if recorded else "", now)


def as_it_stood(entries: Sequence[Entry]) -> dict[str, bytes]:
    """Write a ledger and its head as a bundle holds them, by file: up to the last entry that is not of a run.

    What a run computes never depends on how often it was made, so runs at the end are left out.
    """
    last = max((at for at, entry in enumerate(entries, 1) if entry.event.kind != "run"), default=0)
    head = {"count": last, "hash": head_of(entries[:last]).hash}
    return {NAME: _lines(entries[:last]), f"{NAME}.head": (json.dumps(head) + "\n").encode()}


def _lines(entries: Sequence[Entry]) -> bytes:
    return "".join(f"{line_of(entry)}\n" for entry in entries).encode()


def otherwise(held: Mapping[str, bytes], criteria: Path | Inputs, bids: Path | Inputs) -> list[str]:
    """Name what is wrong with a bundle's ledger: its chain, or an end that does not say what stands in the inputs."""
    if not held:
        return []
    lines, entries = held.get(NAME, b"").decode("utf-8", "replace").splitlines(), entries_held(held)
    found = [f"the ledger is not what was written: {one.message}" for one in verify(NAME, lines, head_of(entries))]
    if found or as_it_stood(entries) != held:
        return found or ["the ledger and its head are not those from before the run"]
    if problem := receipts_otherwise(entries, bids):
        return [problem]
    unsaid = [event.subject for event in arrivals(criteria, bids)(entries)]
    return [f"the ledger's end does not say what stands in the inputs: {', '.join(unsaid[:5])}"] if unsaid else []


def consideration_otherwise(held: Mapping[str, bytes], told: Mapping[str, Any]) -> list[str]:
    """Name a consideration of the equality figures that a manifest tells of, and its ledger does not."""
    events = [entry.event for entry in entries_held(held) if entry.event.kind == "consideration"]
    said = f"{told.get('person')}, {told.get('date')}", told.get("commitment") or ""
    if not held or not told.get("stands") or said in [(one.subject, one.after) for one in events[-1:]]:
        return []
    return [f"the manifest tells of a consideration by {said[0]}; the ledger does not"]


def receipts_otherwise(entries: Sequence[Entry], bids: Path | Inputs) -> str:
    """Say where the table of receipts in a folder of bids is not what the ledger says; empty where it is."""
    came, told = bids_in(bids), receipts_table(receipts_of(entries))
    same = not told or (RECEIPTS in came and came.content(RECEIPTS) == told.encode())
    return "" if same else f"{RECEIPTS} does not say what the ledger says of when each file came"


def of_another(content: bytes, manifest: bytes, entries: Sequence[Entry]) -> list[str]:
    """Name what keeps a bundle from being one that this ledger recorded.

    Parameters
    ----------
    content : the ledger in the bundle; empty where it holds none.
    manifest : the bundle's manifest.
    entries : of the ledger itself, which may have grown since.
    """
    digest = hashlib.sha256(manifest).hexdigest()
    found = []
    if not any(entry.event.kind == "run" and entry.event.file == digest for entry in entries):
        found.append("no run in the ledger has this bundle's manifest")
    if not content or not _lines(entries).startswith(content):
        found.append("the ledger in the bundle is not the beginning of this one")
    return found
