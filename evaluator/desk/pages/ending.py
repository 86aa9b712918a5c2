"""The end of a desk: for whoever has no window of it to close, as where it was opened by a double click."""

import signal
from dataclasses import dataclass
from threading import Timer
from typing import ClassVar

from evaluator.desk.page import Page
from evaluator.desk.visit import Answer, Visit, get, post

PLACE = None
LAST = 1.0  # seconds in which the last page is fetched with all that belongs to it


@dataclass(frozen=True, kw_only=True)
class EndingPage(Page):
    """Before the end, with its button; and afterwards."""

    template: ClassVar[str] = "ending.html"
    ended: bool


def ask(_: Visit) -> Answer:
    """Say what it means to end the desk, and let a person do so."""
    return EndingPage(title="End the desk", ended=False)


def end(_: Visit) -> Answer:
    """End the desk as a signal does, in order, once this answer has gone out."""
    last = Timer(LAST, signal.raise_signal, (signal.SIGTERM,))
    last.daemon = True
    last.start()
    return EndingPage(title="The desk has ended", ended=True)


ROUTES = (get("/end", ask), post("/end", end, changes=False))
