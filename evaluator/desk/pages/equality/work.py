"""Long work on the equality data, each in a process of its own; what it says to the page of all work has no figures."""

from typing import TYPE_CHECKING

from evaluator.desk.processes import Say
from evaluator.desk.work import Ended
from evaluator.files.audit.ledger_file import LedgerBrokenError
from evaluator.files.audit.lock import LockedError
from evaluator.files.read.programme import Programme
from evaluator.jobs.keeping import Keeping

if TYPE_CHECKING:
    from evaluator.jobs.evaluate import Finished

NO_AWARDS = "There are no awards to look at yet. Evaluate first, and mend what stands in the way."
NO_SALT = "The ledger holds no commitment to it, because the monitoring has no salt."


def restricted(
    report: Say, programme: Programme, recipients: tuple[str, ...], date: str, kept: Keeping, back: str
) -> Ended:
    """Make the decision makers' edition for those who are named, and tell the ledger for whom, as the command does."""
    from evaluator.jobs.equality import land_restricted, restricted_edition
    from evaluator.jobs.ledger_events import restricted_event

    made = restricted_edition(programme.criteria, programme.bids, date, recipients, report)
    if made.finished.outcome is None or not made.finished.files:
        return _nothing(made.finished, back)
    out = programme.reports / "equality-restricted"
    land_restricted(made, out)
    kept.append(restricted_event(recipients, made.commitment))
    says = ["The edition is made, for those who were named and nobody else, and the ledger says for whom."]
    says += [] if made.commitment else [NO_SALT]
    return Ended(tuple(says), (("Go to the page of equality", back),), facts=_notes(made.finished))


def consider(
    report: Say, programme: Programme, said: tuple[str, str, str], salt: str, kept: Keeping, back: str
) -> Ended:
    """Write down what those who decide made of the figures as they are now, as the command does."""
    from evaluator.files.read.bids.folder import bids_in
    from evaluator.jobs.equality import consideration, land_consideration
    from evaluator.jobs.ledger_events import consideration_event

    finished, written = consideration(programme.criteria, programme.bids, said, report)
    if not written:
        return _nothing(finished, back)
    land_consideration(programme.bids, written, salt)
    try:
        kept.append(lambda entries: consideration_event(bids_in(programme.bids), entries))
    except (LockedError, LedgerBrokenError):
        return Ended(("It is written down; the ledger is told of it by the next run.",), (("Go on", back),))
    says = ("It is written down beside the monitoring. Evaluate again, so that the bundle tells of it.",)
    return Ended(says, (("Go to the page of equality", back),), facts=_notes(finished))


def _nothing(finished: "Finished", back: str) -> Ended:
    """Say that there is nothing to look at; why is told on the page of equality."""
    says = "An input changed while it was at work. Try again." if finished.changed else NO_AWARDS
    return Ended((says,), (("Go to the page of equality", back),), good=False, facts=_notes(finished))


def _notes(finished: "Finished") -> tuple[str, ...]:
    return tuple(str(one) for one in finished.findings if one.code.startswith("E-EQUALITY-"))
