"""Publish the criteria of a programme: seal them, tell the ledger, and make the papers of the tender."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.audit.run_folder import land, unused
from evaluator.files.read.criteria.folder import read_criteria, write_seal
from evaluator.files.read.programme import Programme
from evaluator.jobs.blank_papers import Papers as Blank
from evaluator.jobs.blank_papers import due_papers
from evaluator.jobs.keeping import Keeping
from evaluator.jobs.ledger_events import LedgerEvents
from evaluator.jobs.publication import Papers, publish, seal_events
from evaluator.publication import fingerprint
from evaluator.records.ledger import Entry

TENDER = "tender"  # among the papers


@dataclass(frozen=True)
class Publication:
    """What publishing a programme came to: the seal and findings, where the papers are, and the first blank papers."""

    made: Papers
    tender: Path | None = None
    first: Blank | None = None


def not_a_new_version(criteria: Path, ledger: Path | None = None) -> str:
    """Say why criteria cannot be sealed under a version that is sealed already; empty where they can.

    Parameters
    ----------
    ledger : tells of versions that were sealed although no seal of them lies beside the criteria any more.
    """
    read = read_criteria(criteria)
    if read.criteria is None or (read.seal is not None and read.seal.sha256 == fingerprint(read.criteria)):
        return ""
    entries = read_ledger(ledger).entries if ledger is not None and ledger.is_file() else ()
    if known := _known_to(entries, f"{read.criteria.reference} version {read.criteria.version}"):
        same = known.event.after == fingerprint(read.criteria)
        put_back = "Put back the seal.json that was published then; the same criteria are not sealed twice."
        return f"The ledger says in entry {known.number} that {known.event.subject} was sealed on {known.when}. " + (
            put_back if same else "These criteria are other ones: give them a new version before you seal them."
        )
    if read.seal is None:
        return ""
    if criteria.is_file() and read.seal.reference != read.criteria.reference:
        return (
            f"The seal beside {criteria} is of {read.seal.reference}, not of {read.criteria.reference}. Keep the "
            "workbook of each programme in a folder of its own."
        )
    if read.seal.version == read.criteria.version:
        return (
            f"Version {read.seal.version} was sealed on {read.seal.date} and the criteria have changed since. "
            "Give the changed criteria a new version before you seal them."
        )
    return ""


def _known_to(entries: Sequence[Entry], subject: str) -> Entry | None:
    """Give the first entry that tells of a seal of this version."""
    return next((one for one in entries if (one.event.kind, one.event.subject) == ("seal", subject)), None)


def seal_criteria(
    criteria: Path, date: str, record: Callable[[LedgerEvents], object] | None, *, papers: bool
) -> Papers:
    """Seal criteria unless something stands in the way, and make the papers of the tender if they are wanted.

    Parameters
    ----------
    record : called with what a ledger is to be told, where one is kept.
    """
    made = publish(criteria, date, papers)
    if made.seal is None:
        return made
    if not made.sealed_before:
        write_seal(criteria, made.seal)
    if record is not None:
        record(seal_events(criteria))
    return made


def publish_programme(
    programme: Programme, date: str, keeping: Keeping, report: Callable[[str], None] = lambda _: None
) -> Publication:
    """Publish a programme, as the command does: seal, ledger, papers of the tender, blank register and panel.

    Raises
    ------
    LockedError, LedgerBrokenError, OSError
        Where the ledger or a file cannot be written.
    """
    report("Checking the criteria and making the papers of the tender")
    made = seal_criteria(programme.criteria, date, keeping.append, papers=True)
    if made.seal is None:
        return Publication(made)
    tender = unused(programme.papers / TENDER)
    land(made.files, tender)
    if made.sealed_before:
        return Publication(made, tender)
    report("Making the blank register and declarations")
    return Publication(made, tender, due_papers(programme, keeping))
