"""A run of a programme's folder to its end: what came in is recorded, a snapshot evaluated, the run landed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.audit.run_folder import first_report, is_run, land, run_status, sweep, write_page
from evaluator.files.read.bids.folder import bids_in, bids_of
from evaluator.files.read.criteria.folder import criteria_in, criteria_of
from evaluator.files.read.inputs import Inputs
from evaluator.files.read.programme import Programme
from evaluator.files.read.remembered import shelved
from evaluator.jobs.evaluate import Finished, cache_of, evaluate, sealed_stage
from evaluator.jobs.keeping import Keeping
from evaluator.jobs.ledger_events import arrivals, as_it_stood, receipts_otherwise, run_event, stage_events
from evaluator.pipeline import Until
from evaluator.records.ledger import Entry, Event, Head
from evaluator.records.results.outcome import Outcome, status
from evaluator.records.submissions.stages import SEALED
from evaluator.records.work import ReportProgress

WHOLE: Until = "equality"  # the last stage


class NoRunError(Exception):
    """Nothing was evaluated, or its result could not be put into its place; the text says why."""


@dataclass(frozen=True)
class Ran:
    """A run that was made: what it came to, and its folder; none where the criteria were not understood."""

    finished: Finished
    folder: Path | None


def run(
    programme: Programme,
    keeping: Keeping,
    date: str,
    report: ReportProgress,
    *,
    margins: bool,
    stage: str = "",
    seal: bool = False,
) -> Ran:
    """Evaluate a programme as it stands at one moment, and land the run among its reports.

    What came in is recorded first, and is read under the ledger's lock: whatever is filed later belongs to the next
    run. It ends with the bytes that the command ``evaluate`` gives for the same files. What a ``stage`` comes to is
    kept beside the bids where it is to be sealed.

    Raises
    ------
    NoRunError
        Where the receipts were changed, or another finished run stands in the way.
    LockedError, LedgerBrokenError, OSError
        Where the ledger cannot be added to, or a file cannot be written.
    """
    sweep(programme.reports)
    cache = cache_of(programme.root)
    with shelved(cache):
        criteria, bids, head = _arrived(programme, keeping)
    held = ledger_before(keeping.ledger, head, bids)
    with first_report(lambda name: programme.reports / name) as first:
        given = (criteria, bids, WHOLE, date, report)
        finished = evaluate(*given, margins=margins, ledger=held, stage=stage, cache=cache, first=first)
        if finished.outcome is None:
            return Ran(finished, None)
        report("Putting the run into its place")
        folder = programme.reports / finished.outcome.run.name
        _land(finished, folder)
    keeping.append(run_event(finished.outcome.run.name, status(finished.outcome), finished.files["manifest.json"]))
    if seal and seal_stage(finished.outcome, programme.bids):
        keeping.append(lambda entries: stage_events(bids_in(programme.bids), entries))
    return Ran(finished, folder)


def _arrived(programme: Programme, keeping: Keeping) -> tuple[Inputs, Inputs, Head]:
    """Record what came in under the ledger's lock; give the criteria and the bids as they were then, and its head."""
    taken = [criteria_in(programme.criteria), bids_in(programme.bids)]

    def told(entries: Sequence[Entry]) -> Iterable[Event]:
        taken[:] = snapshot(*taken)
        return arrivals(*taken)(entries)

    head = keeping.append(told).head
    return taken[0], taken[1], head


def _land(finished: Finished, folder: Path) -> None:
    """Put a run into its folder, unless another finished run stands there."""
    if is_run(folder) and run_status(folder) not in ("blocked", run_status(finished.files)):
        raise NoRunError(f"{folder.name} is there already and is a finished run of other inputs; it was left as it is")
    land(finished.files, folder)


def seal_stage(outcome: Outcome, bids: Path) -> Path | None:
    """Keep beside the bids what the stage came to that a run was for; nothing where it is not decided."""
    if status(outcome) != "stage_decided":
        return None
    place = bids / SEALED / f"{outcome.stage}.json"
    write_page(place, sealed_stage(outcome))
    return place


def snapshot(criteria: Inputs, bids: Inputs) -> tuple[Inputs, Inputs]:
    """Read everything now, so that what is written to the folders afterwards changes nothing."""
    if not criteria.unreadable():
        criteria = criteria_of(criteria.contents())
    return criteria, bids_of(bids.contents(), bids.unreadable())


def ledger_before(ledger: Path, head: Head, bids: Inputs) -> Mapping[str, bytes]:
    """Give the ledger up to a head as the run's bundle will hold it.

    Raises
    ------
    NoRunError
        Where the table of receipts is not what the ledger says.
    """
    entries = read_ledger(ledger).entries[: head.count]
    if problem := receipts_otherwise(entries, bids):
        raise NoRunError(f"{problem}. Receive any file again, and it is written anew")
    return as_it_stood(entries)
