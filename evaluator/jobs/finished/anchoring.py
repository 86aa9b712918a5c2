"""Anchors: the fingerprints of a programme or a bundle to be noted outside, and what was noted held against them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluator.files.audit import bundle as bundles
from evaluator.files.audit import signatures
from evaluator.files.audit.ledger_file import ledger_of, read_ledger
from evaluator.files.audit.run_folder import rendered
from evaluator.files.audit.timestamps import question
from evaluator.files.read.bids.folder import bid_files, bids_in
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.inputs import Inputs
from evaluator.files.read.programme import Programme
from evaluator.jobs.ledger_events import NAME
from evaluator.publication import canonical
from evaluator.records.anchors import Known
from evaluator.records.ledger import Entry, head_of, sealed_text
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.reporting.audit.anchor import Anchored, anchor_document, anchor_sheet

MARK, QUESTION = "anchor.json", "anchor.tsq"
RETURNS = "returns/"
SEAL = f"{bundles.CRITERIA}seal.json"


class NothingToAnchorError(Exception):
    """There is no fingerprint yet; the text says what makes one."""


@dataclass(frozen=True)
class Anchor:
    """An anchor sheet, and the content of its last fingerprint, over which a time-stamp is asked for."""

    anchored: Anchored
    stamped: bytes


def of_programme(programme: Programme, moment: str, date: str) -> Anchor:
    """Give the anchor of a programme as its folder stands: its seal, its ledger's head, and what evaluators returned.

    Raises
    ------
    NothingToAnchorError
        Where it has neither a seal nor a ledger, or criteria that cannot be read.
    """
    read = read_criteria(programme.criteria)
    if read.criteria is None:
        raise NothingToAnchorError("its criteria cannot be read; `check` says why")
    entries = read_ledger(programme.ledger).entries if programme.ledger.is_file() else ()
    if read.seal is None and not entries:
        raise NothingToAnchorError("nothing is sealed and nothing is recorded yet; publish first")
    bids = bids_in(programme.bids) if programme.bids.is_dir() else None
    anchored = _anchored(read.criteria, read.seal, entries, moment, date, _returns(bids) if moment == "marking" else ())
    return Anchor(anchored, sealed_text(entries[-1]).encode() if entries else canonical(read.criteria))


def of_bundle(path: Path, moment: str, date: str) -> Anchor:
    """Give the anchor of a bundle: its manifest, its seal, the head of the ledger in it, and the keys that signed it.

    Raises
    ------
    OSError, UnreadableBundleError
        When it cannot be read.
    NothingToAnchorError
        When it fails its own sums: nobody should note its numbers.
    """
    content = bundles.bundle_bytes(path)
    opened = bundles.unpack(content)
    if opened.problems:
        raise NothingToAnchorError(f"it is not as it was closed: {'; '.join(opened.problems[:3])}")
    criteria = read_criteria(_criteria(opened))
    if criteria.criteria is None:
        raise NothingToAnchorError("its criteria cannot be read")
    beside = signatures.beside(path)
    keys = signatures.read(beside.read_bytes()) if beside.is_file() else ()
    ledger = opened.members.get(f"{bundles.LEDGER}{NAME}", b"")
    anchored = _anchored(
        criteria.criteria,
        criteria.seal,
        ledger_of(NAME, ledger, None).entries if ledger else (),
        moment,
        date,
        (),
        manifest=_digest(opened.members[bundles.MANIFEST]),
        keys=tuple((f"{one.name}, {one.role}", one.public_key) for one in keys),
    )
    return Anchor(anchored, opened.members[bundles.MANIFEST])


def _criteria(opened: bundles.Bundle) -> Inputs:
    from evaluator.files.read.criteria.folder import criteria_of

    return criteria_of(bundles.under(bundles.CRITERIA, opened))


def _anchored(
    criteria: Criteria,
    seal: Seal | None,
    entries: Sequence[Entry],
    moment: str,
    date: str,
    returns: tuple[tuple[str, str], ...],
    manifest: str = "",
    keys: tuple[tuple[str, str], ...] = (),
) -> Anchored:
    head = head_of(entries)
    return Anchored(
        title=criteria.title,
        reference=criteria.reference,
        authority=criteria.authority,
        moment=moment,
        date=date,
        seal=seal.sha256 if seal else "",
        head=f"{head.count}:{head.hash}" if entries else "",
        manifest=manifest,
        keys=keys,
        returns=returns,
    )


def _returns(bids: Inputs | None) -> tuple[tuple[str, str], ...]:
    names = bid_files(bids.names) if bids else ()
    held = ((name, bids.content(name)) for name in names if name.startswith(RETURNS)) if bids else ()
    return tuple((name.removeprefix(RETURNS), _digest(content)) for name, content in held if content is not None)


def anchor_files(anchor: Anchor) -> dict[str, bytes]:
    """Give the sheet as page and PDF, as JSON, and the question for a time-stamping authority."""
    told = json.dumps(anchor_document(anchor.anchored), indent=2, ensure_ascii=False) + "\n"
    return {**rendered([anchor_sheet(anchor.anchored)]), MARK: told.encode(), QUESTION: question(anchor.stamped)}


def known_of_bundle(content: bytes) -> Known:
    """Give the fingerprints of a bundle; UnreadableBundleError where it is none."""
    opened = bundles.unpack(content)
    ledger = opened.members.get(f"{bundles.LEDGER}{NAME}", b"")
    known = known_of_ledger(ledger_of(NAME, ledger, None).entries if ledger else ())
    own = _own_seal(opened.members.get(SEAL, b""))
    seals = tuple(dict.fromkeys([*(one for one in known.seals if one != own), *([own] if own else [])]))
    files = {_digest(content): name for name, content in bundles.under(bundles.BIDS, opened).items()}
    return Known(seals, known.heads, (_digest(opened.members[bundles.MANIFEST]),), files)


def _own_seal(content: bytes) -> str:
    try:
        told: Mapping[str, Any] = json.loads(content)
        return str(told["sha256"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def known_of_ledger(entries: Sequence[Entry]) -> Known:
    """Give the fingerprints that a ledger holds: of every seal, entry, file that came in, and manifest of a run."""
    seals = tuple(entry.event.after for entry in entries if entry.event.kind == "seal")
    runs = tuple(entry.event.file for entry in entries if entry.event.kind == "run")
    came = {one.event.file: one.event.subject for one in entries if one.event.kind in ("return", "receipt")}
    return Known(seals, {entry.number: entry.hash for entry in entries}, runs, came)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
