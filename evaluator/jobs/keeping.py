"""A ledger that is kept: its file, who records, and when.

The clock is asked here and nowhere else, and only for what is recorded or dated in a programme's folder.
"""

import getpass
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluator.files.audit.ledger_file import Appended
    from evaluator.files.read.programme import Programme
    from evaluator.records.ledger import Entry, Event

    Told = Callable[[Sequence[Entry]], Iterable[Event]]  # what to tell a ledger with these entries
    Then = Callable[[Sequence[Entry]], None]  # what follows once it was told, before anybody else can write


@dataclass(frozen=True)
class Keeping:
    """A ledger that is kept: its file, who records, and when."""

    ledger: Path
    who: str
    when: str

    def append(self, told: "Told", then: "Then | None" = None) -> "Appended":
        """Add events to the ledger under its lock.

        Raises
        ------
        LockedError, LedgerBrokenError, OSError
            Where somebody else holds it, it is not what was written, or it cannot be written.
        """
        from evaluator.files.audit.ledger_file import append

        return append(self.ledger, told, self.who.strip(), self.when, then)


def keeping(programme: "Programme", who: str = "", when: str = "") -> Keeping:
    """Keep a programme's ledger: as ``who`` and ``when`` say, or else by its settings and the clock."""
    return Keeping(programme.ledger, recorder(programme, who) or account(), when or today())


def recorder(programme: "Programme", who: str = "") -> str:
    """Say who records: the name given, or the person of the settings; empty where these name nobody who does."""
    person = programme.settings.recorder
    return who.strip() or (person.signature if person else "")


def account() -> str:
    """Give the name of the account that this runs under, for want of a person's."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "an account without a name"


def today() -> str:
    """Give today's day where this computer stands, as 2026-12-01."""
    return this_minute()[:10]


def this_minute() -> str:
    """Give the time of day where this computer stands, as 2026-12-01T14:05."""
    return datetime.now(UTC).astimezone().strftime("%Y-%m-%dT%H:%M")
