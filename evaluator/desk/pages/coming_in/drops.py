"""Files that were dropped on the desk and are not yet filed: what each was read as, in a process of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

from evaluator.desk.confined import ConfinedError, confined
from evaluator.desk.serving.uploads import Held, Upload
from evaluator.files.read.bids.recognise import Recognised, recognise
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.inputs import UnreadableError, read_once
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Source

Named = tuple[Path, str, str]  # where a file lies, what it was called, and what somebody says that it is
DROPS = "drops"  # as what holds the files
MOST_DROPS = 50  # of one desk; the oldest go first


@dataclass(frozen=True)
class Waiting:
    """One file that waits: what it was called, where it lies, what it was read as, and what a person said of it."""

    called: str
    path: Path
    found: Recognised
    kind: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Drop:
    """Files that came together: from whom and when, as somebody said; those that were dealt with are gone from it."""

    number: str
    programme: Path
    sender: str
    when: str
    files: dict[int, Waiting] = field(default_factory=dict)


class Drops:
    """All that waits at one desk."""

    def __init__(self, held: Held) -> None:
        self._held, self._drops, self._lock = held, dict[str, Drop](), Lock()

    def add(self, programme: Path, criteria: Path, uploads: Sequence[Upload], sender: str, when: str) -> Drop:
        """Hold files, look at them, and give the drop."""
        number = self._held.hold(uploads, DROPS)
        held = self._held.files(number, DROPS)
        read = looked([(one.path, one.name, "") for one in held], criteria)
        files = {at: Waiting(one.name, one.path, found) for at, (one, found) in enumerate(zip(held, read, strict=True))}
        drop = Drop(number, programme, sender, when, files)
        with self._lock:
            self._drops[number] = drop
            for old in list(self._drops)[: max(0, len(self._drops) - MOST_DROPS)]:
                del self._drops[old]
                self._held.let_go(old, DROPS)
        return drop

    def of(self, programme: Path) -> tuple[Drop, ...]:
        """Give what waits for a programme, in the order in which it came."""
        with self._lock:
            return tuple(one for one in self._drops.values() if one.programme == programme and one.files)

    def find(self, programme: Path, number: str) -> Drop | None:
        """Give a drop by its number; None where it is another programme's, or is gone."""
        return next((one for one in self.of(programme) if one.number == number), None)

    def keep(self, drop: Drop) -> None:
        """Keep a drop as it is now; one without files is let go."""
        with self._lock:
            if drop.files:
                self._drops[drop.number] = drop
                return
            self._drops.pop(drop.number, None)
        self._held.let_go(drop.number, DROPS)


def again(files: Mapping[int, Waiting], kinds: Mapping[int, str], criteria: Path) -> dict[int, Waiting]:
    """Look at files again of which somebody says now what they are; all others stay as they were."""
    new = [at for at, one in files.items() if kinds.get(at, one.kind) != one.kind]
    read = looked([(files[at].path, files[at].called, kinds[at]) for at in new], criteria) if new else []
    told = {at: replace(files[at], kind=kinds[at], found=found) for at, found in zip(new, read, strict=True)}
    return {at: told.get(at, one) for at, one in files.items()}


def looked(every: Sequence[Named], criteria: Path) -> list[Recognised]:
    """Look at files in one process; where that is ended, in one for each, so that it is known of which file."""
    try:
        return confined(recognised, criteria, every)
    except ConfinedError:
        return [_alone(criteria, one) for one in every]


def _alone(criteria: Path, one: Named) -> Recognised:
    try:
        return confined(recognised, criteria, [one])[0]
    except ConfinedError as error:
        return Recognised(findings=(finding("E-FILE-060", Source(one[1]), why=str(error)),))


def recognised(criteria: Path, every: Sequence[Named]) -> list[Recognised]:
    """Say of each file what it is."""
    published = read_criteria(criteria).criteria
    found = []
    for path, called, kind in every:
        try:
            found.append(recognise(read_once(path), called, published, kind))
        except UnreadableError as error:
            found.append(Recognised(findings=(finding("E-FILE-060", Source(called), why=error.strerror),)))
    return found
