"""Work in the background: how far a piece of it is, what it came to, and how to end it."""

from dataclasses import dataclass
from typing import ClassVar

from evaluator.desk.page import Page
from evaluator.desk.visit import Answer, Facts, Go, Refused, Visit, get, post
from evaluator.desk.work import Ended, Piece

PLACE = None
STATES = {"running": "At work", "done": "Finished", "failed": "It did not work", "stopped": "Stopped by a person"}


@dataclass(frozen=True, kw_only=True)
class Progress(Page):
    """How far a piece of work is."""

    template: ClassVar[str] = "work.html"
    here: str
    state: str
    state_words: str
    said: tuple[str, ...]
    ended: Ended | None
    back: str


def _piece(visit: Visit) -> Piece:
    piece = visit.desk.work.find(visit.values["number"])
    if piece is None or not piece.back.startswith(visit.at()):
        raise Refused(
            "This work is not known any more: the desk was started again since. What it had finished is kept.", 404
        )
    return piece


def progress(visit: Visit) -> Answer:
    """Show how far it is: without script the page is asked for again by a link."""
    piece = _piece(visit)
    return Progress(
        title=piece.title,
        here=visit.at(f"work/{piece.number}"),
        state=piece.state,
        state_words=STATES[piece.state],
        said=tuple(piece.said),
        ended=piece.ended,
        back=piece.back,
    )


def facts(visit: Visit) -> Answer:
    """Tell a script how far it is."""
    piece = _piece(visit)
    return Facts({"state": piece.state, "stages": len(piece.said), "said": piece.said[-1] if piece.said else ""})


def stop(visit: Visit) -> Answer:
    """End it."""
    piece = _piece(visit)
    visit.desk.work.stop(piece.number)
    return Go(visit.at(f"work/{piece.number}"))


ROUTES = (
    get("/p/{programme}/work/{number}", progress),
    get("/p/{programme}/work/{number}/facts", facts),
    post("/p/{programme}/work/{number}/stop", stop),
)
