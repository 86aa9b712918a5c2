"""Long work in the background: one process for each piece, watched, and ended by ending that process."""

from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex
from threading import Lock, Thread
from typing import Any, Literal

from evaluator.desk.processes import Child, Say
from evaluator.files.audit.ledger_file import LedgerBrokenError
from evaluator.files.audit.lock import LockedError

State = Literal["running", "done", "failed", "stopped"]
MOST_KEPT = 200  # pieces of work that are still told of when they have ended


@dataclass(frozen=True)
class Ended:
    """What a piece of work tells a person when it has ended: sentences, and where to go on: words with an address.

    ``good`` is whether all is as it should be; ``facts`` are for the page that began it.
    """

    says: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()
    good: bool = True
    facts: Any = None


@dataclass
class Piece:
    """A piece of work: what it is called, where it belongs, how far it is, and what it came to."""

    number: str
    title: str
    key: str
    back: str
    state: State = "running"
    said: list[str] = field(default_factory=list)
    ended: Ended | None = None


def _done(report: Say, work: Callable[..., Ended], arguments: tuple[Any, ...]) -> Ended:
    """Do a piece of work, and say what keeps it from the ledger."""
    try:
        return work(report, *arguments)
    except LockedError as busy:
        return Ended((str(busy),), good=False)
    except LedgerBrokenError as broken:
        says = "Nothing more was recorded: the ledger is not what was written. See the page Ledger."
        return Ended((says, *map(str, broken.findings)), good=False)


class Work:
    """All work of one desk."""

    def __init__(self) -> None:
        self._pieces: dict[str, Piece] = {}
        self._children: dict[str, Child] = {}
        self._lock = Lock()

    def begin(self, title: str, key: str, back: str, work: Callable[..., Ended], *arguments: Any) -> Piece:
        """Begin a piece of work, unless one with the same ``key`` runs: then that one is given.

        Parameters
        ----------
        title : what a person reads, such as “Evaluate”.
        key : what must not run twice at a time, such as the folder of the programme.
        back : the address of the page that began it.
        work : a function at the top of a module; it is called with a function that tells how far it is, and the
            ``arguments``, which must pickle. Where the ledger is held or damaged it need not say so itself.
        """
        with self._lock:
            running = next((one for one in self._pieces.values() if one.key == key and one.state == "running"), None)
            if running is not None:
                return running
            piece = Piece(token_hex(8), title, key, back)
            self._forget()
            self._pieces[piece.number] = piece
            child = self._children[piece.number] = Child(_done, (work, arguments), None)
        Thread(target=self._follow, args=(piece, child), daemon=True).start()
        return piece

    def find(self, number: str) -> Piece | None:
        """Give a piece of work by its number."""
        return self._pieces.get(number)

    def running(self, key: str) -> Piece | None:
        """Give the work with this key that runs, if any does."""
        return next((one for one in list(self._pieces.values()) if one.key == key and one.state == "running"), None)

    def last(self, key: str) -> Piece | None:
        """Give the work with this key that began last, whether it runs or has ended."""
        return next((one for one in reversed(list(self._pieces.values())) if one.key == key), None)

    def stop(self, number: str) -> None:
        """End a piece of work; what it had not landed is not there."""
        with self._lock:
            piece, child = self._pieces.get(number), self._children.get(number)
            if piece is None or child is None or piece.state != "running":
                return
            piece.state = "stopped"
        child.kill()

    def end(self) -> None:
        """End all that runs."""
        for number in list(self._children):
            self.stop(number)

    def _forget(self) -> None:
        """Forget the oldest work that has ended, where there is much."""
        ended = [number for number, one in self._pieces.items() if one.state != "running"]
        for number in ended[: max(0, len(self._pieces) - MOST_KEPT)]:
            del self._pieces[number]

    def _follow(self, piece: Piece, child: Child) -> None:
        """Take in what a process says, to its end."""
        try:
            while heard := child.hear():
                if heard.kind == "said":
                    piece.said.append(heard.what)
                else:
                    self._close(piece, heard.kind, heard.what)
        except EOFError:
            self._close(piece, "failed", "Its process ended without a word: it was killed, or ran out of memory.")
        child.kill()
        self._children.pop(piece.number, None)

    def _close(self, piece: Piece, kind: str, what: Any) -> None:
        with self._lock:
            if piece.state == "running":
                piece.ended = what if kind == "done" else Ended((str(what),), good=False)
                piece.state = "done" if kind == "done" else "failed"
