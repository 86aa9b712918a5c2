"""A visit: what a page's function is given of a request, and what it can answer with."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode

from evaluator.desk.kept import Kept
from evaluator.desk.page import Notice, Page, part
from evaluator.desk.serving.session import Session
from evaluator.desk.serving.uploads import Form, Held
from evaluator.desk.work import Ended, Piece, Work
from evaluator.files.audit.ledger_file import Ledger, LedgerBrokenError, read_ledger
from evaluator.files.audit.lock import LockedError
from evaluator.files.read.inputs import UnreadableError, is_programme, read_once
from evaluator.files.read.programme import Programme, open_programme
from evaluator.jobs.keeping import Keeping, keeping
from evaluator.records.ledger import Entry, Event, Head
from evaluator.records.texts import visible

Made = TypeVar("Made")
BUNDLE_AT = "/bundle"  # where the pages of a desk begin that was opened on a bundle alone
MOST_NOTICES = 500


class Refused(Exception):
    """What was asked for cannot be done: a sentence for the person who asked, and the status of the answer."""

    def __init__(self, says: str, status: int = 409, more: Sequence[str] = ()) -> None:
        super().__init__(says)
        self.says, self.status, self.more = says, status, tuple(more)


class StaleError(Exception):
    """What a form was based on has changed since; raised inside ``Visit.record`` to let nothing be written."""


@dataclass(frozen=True)
class Go:
    """The answer after something was done: go to an address of this desk, with a sentence at the head of the page."""

    address: str
    says: str = ""
    good: bool = True


@dataclass(frozen=True)
class Attachment:
    """A document to be saved or opened by another program: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Facts:
    """What a script of ours asks for."""

    facts: Mapping[str, Any]


Answer = Page | Go | Attachment | Facts
Handler = Callable[["Visit"], Answer]


@dataclass(frozen=True)
class Route:
    """What answers to a method at a path, whose parts in braces come as ``Visit.values``."""

    method: Literal["GET", "POST"]
    path: str
    handler: Handler
    changes: bool = True


def get(path: str, handler: Handler) -> Route:
    """Say what shows a page."""
    return Route("GET", path, handler, changes=False)


def post(path: str, handler: Handler, *, changes: bool = True) -> Route:
    """Say what takes a form; one that ``changes`` nothing is open to auditors as well."""
    return Route("POST", path, handler, changes)


@dataclass
class Desk:
    """What runs: the folder that the desk was opened on, its secrets, its work, and what it keeps at hand."""

    folder: Path
    session: Session
    staging: Path
    work: Work = field(default_factory=Work)
    kept: Kept = field(default_factory=Kept)
    notices: dict[str, Notice] = field(default_factory=dict)
    chaired: dict[str, tuple[str, str]] = field(default_factory=dict)  # what each meeting’s chair has opened last
    held: Held = field(init=False)

    def __post_init__(self) -> None:
        self.held = Held(self.staging)

    @cached_property
    def bundle(self) -> Path | None:
        """The audit bundle that the desk was opened on: a file, or the only one in a folder that holds no programme."""
        if self.folder.is_file():
            return self.folder
        if self.programmes():
            return None
        try:
            found = sorted(path for path in self.folder.iterdir() if path.is_file() and path.suffix.lower() == ".zip")
        except OSError:
            return None
        own = [path for path in found if path.name == "bundle.zip"]
        return next(iter(own or (found if len(found) == 1 else ())), None)

    @property
    def alone(self) -> bool:
        """Whether the folder is one programme, and not a folder of them."""
        return is_programme(self.folder)

    def programmes(self) -> dict[str, Path]:
        """Give the folder of each programme by its name, in order."""
        if self.alone:
            return {_as_text(self.folder.resolve().name): self.folder}
        try:
            found = sorted(path for path in self.folder.iterdir() if is_programme(path))
        except OSError:
            return {}
        return {_as_text(path.name): path for path in found}

    def note(self, says: str, *, good: bool) -> str:
        """Keep a sentence for the next page, and give the number that asks for it."""
        number = token_hex(6)
        while len(self.notices) >= MOST_NOTICES:
            self.notices.pop(next(iter(self.notices)), None)
        self.notices[number] = Notice(says, good)
        return number


@dataclass(frozen=True)
class Visit:
    """One request, as a page's function sees it."""

    desk: Desk
    path: str
    values: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Form = field(default_factory=Form)

    @property
    def name(self) -> str:
        """The name of the programme's folder, by which its pages are addressed; empty outside a programme."""
        return self.values.get("programme", "")

    @property
    def programme(self) -> Programme:
        """The programme that the address names, opened.

        Raises
        ------
        Refused
            Where there is none of this name in the desk's folder.
        """
        path = self.desk.programmes().get(self.name)
        if path is None:
            raise Refused(f"There is no programme {visible(self.name)[:80]} in the folder of this desk.", 404)
        return open_programme(path)

    def at(self, page: str = "", **query: str) -> str:
        """Give the address of a page of this programme, such as ``at("inbox", show="open")``."""
        base = f"/p/{part(self.name)}" if self.name else BUNDLE_AT if self.desk.bundle else ""
        path = f"{base}{f'/{page}' if page else ''}" or "/"
        return f"{path}?{urlencode(query)}" if query else path

    def look(self, make: Callable[..., Made], *arguments: Any) -> Made:
        """Give what a function makes of the programme's folder; it is asked again only when something there changed.

        It is called with the ``arguments`` alone, which must be hashable and name the folder, such as its ``Path``. Of
        what is made of the criteria alone, only a change of these counts.
        """
        programme = self.programme
        of_criteria = [one for one in arguments if isinstance(one, Path)] == [programme.criteria]
        return self.desk.kept.look(programme.criteria if of_criteria else programme.root, make, *arguments)

    @property
    def ledger(self) -> Ledger | None:
        """The programme's ledger, read and verified; None where nothing was recorded yet, or it cannot be read."""
        return self.look(_ledger, self.programme.ledger)

    def attached(self, path: Path) -> Attachment:
        """Give a document that lies in the programme's folder; a link that leads out of it is not followed.

        Raises
        ------
        Refused
            Where it lies elsewhere, or cannot be read; with a sentence.
        """
        name = visible(path.name)
        try:
            if path.resolve().is_relative_to(self.programme.root.resolve()):
                return Attachment(path.name, read_once(path))
        except UnreadableError as error:
            raise Refused(f"{name} cannot be read: {error.strerror}.") from None
        except (OSError, RuntimeError):  # a link that leads back to itself
            raise Refused(f"{name} cannot be read.") from None
        raise Refused(f"{name} is, or lies behind, a link out of the programme’s folder. Open it where it lies.")

    def keeping(self) -> Keeping:
        """Say which ledger is kept, by whom (as the settings say), and today."""
        return keeping(self.programme)

    def record(
        self,
        told: Callable[[Sequence[Entry]], Iterable[Event]],
        then: Callable[[Sequence[Entry]], None] | None = None,
        when: str = "",
    ) -> Head:
        """Add events to the programme's ledger under its lock; ``then`` runs before anybody else can write.

        Parameters
        ----------
        when : the day, or the day and time, that stands in the ledger; today's, where nothing is given.

        Raises
        ------
        Refused
            Where the ledger is held by somebody else, is damaged, or cannot be written; with a sentence.
        """
        with recording(self.programme.ledger):
            return keeping(self.programme, when=when).append(told, then).head

    def begin(self, title: str, work: Callable[..., Ended], *arguments: Any, back: str = "") -> Go:
        """Begin long work on this programme in a process of its own, and go to the page that shows how far it is.

        One kind of work runs once at a time on a programme; asked for again, the one that runs is shown.
        """
        key = f"{title} {self.programme.root}"
        piece = self.desk.work.begin(title, key, back or self.at(), work, *arguments)
        return Go(self.at(f"work/{piece.number}"))

    def running(self, title: str) -> Piece | None:
        """Give the work of this title that runs on this programme, if any does."""
        return self.desk.work.running(f"{title} {self.programme.root}")


def _as_text(name: str) -> str:
    """Give a folder's name as an address can have it: some systems allow bytes that are no letters."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _ledger(path: Path) -> Ledger | None:
    try:
        return read_ledger(path)
    except OSError:
        return None


@contextmanager
def recording(path: Path) -> Iterator[None]:
    """Record something in a file, and in the ledger.

    Raises
    ------
    Refused
        Where either is held by somebody else, the ledger is damaged, or one cannot be written; with a sentence.
    """
    try:
        yield
    except LockedError as busy:
        raise Refused(str(busy)) from None
    except LedgerBrokenError as broken:
        more = [str(one) for one in broken.findings]
        raise Refused("Nothing was recorded: the ledger is not what was written.", more=more) from None
    except OSError as error:
        raise Refused(_could_not_write(error, path)) from None


def _could_not_write(error: OSError, path: Path) -> str:
    """Say that a file could not be written, and what helps."""
    where = Path(error.filename).name if error.filename else path.name
    why = error.strerror or "no reason given"
    return (
        f"{where} could not be written ({why}). If it is open in Excel or another program, close it there; try again."
    )


def version_of(*paths: Path) -> str:
    """Give the version of files that a form is based on: it changes when one of them does, comes or goes."""
    told = hashlib.sha256()
    for path in paths:
        try:
            content = read_once(path)
        except OSError:
            content = b"-"
        told.update(hashlib.sha256(content).digest())
    return told.hexdigest()[:32]
