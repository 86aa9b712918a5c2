"""What stands around every page: the programme, the way through it, a notice; and the page of what went wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import unquote

from evaluator.desk.page import Link, Notice, Page, Shell
from evaluator.desk.pages import PAGES
from evaluator.desk.visit import BUNDLE_AT, Visit
from evaluator.records.texts import visible

OF_AUDITORS = (("The bundle", ""), ("Results", "results"), ("Compare", "compare"))
WORDS = {
    400: ("What was sent could not be read", "It is not a whole form or request. Go back and send it again."),
    403: (
        "This desk does not know this browser",
        "Open the desk with the address that it printed when it was started, or start it again: evaluator desk. If you "
        "sent a form, go back first and keep what you typed.",
    ),
    404: ("There is no such page", "Check the address, or begin at the first page of the desk."),
    405: ("This page does not take that", "Go back to the page that you came from, and use its own buttons."),
    408: ("The file came too slowly", "Nothing was kept. Send it again; if it lies on a network drive, copy it first."),
    409: ("That could not be done", ""),
    413: ("The file is too large", "The desk takes in files of up to 60 MB at a time. Nothing was kept. Send fewer."),
    421: ("This desk answers to another name", "Open it at {origin} in the browser of this computer."),
    503: ("The desk is busy", "Too many windows or programs ask it at once. Close some, and load this page again."),
    500: (
        "The desk made a mistake",
        "What was saved before is safe. Go back and try again; if it happens again, report what you did, with this:",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Refusal(Page):
    """The page that says why something was refused."""

    template: ClassVar[str] = "refusal.html"
    says: str
    more: tuple[str, ...]


def refusal(status: int, origin: str, says: str = "", more: tuple[str, ...] = ()) -> Refusal:
    """Give the page of a status, in words for whoever is in front of the screen."""
    title, usual = WORDS.get(status, WORDS[500])
    return Refusal(title=title, says=says or usual.format(origin=origin), more=more)


def bare_shell() -> Shell:
    """Give what stands around a page for a stranger, who learns nothing from it."""
    return Shell()


def shell_of(visit: Visit) -> Shell:
    """Give what stands around a page for whoever is let in."""
    said = visit.desk.notices.pop(visit.query.get("said", ""), None)
    token = visit.desk.session.form_token
    if visit.desk.bundle is not None:
        return _of_auditors(visit, said, token)
    if not visit.name:
        return Shell(notice=said, form_token=token)
    settings = visit.programme.settings
    ways = (page.PLACE for page in PAGES if page.PLACE is not None)
    here = visit.path.removeprefix(unquote(visit.at())).strip("/").partition("/")[0]
    navigation = tuple(Link(words, visit.at(at), here=at == here) for words, at in ways)
    return Shell(settings.title or visible(visit.name), navigation, said, token)


def _of_auditors(visit: Visit, said: Notice | None, token: Callable[[str], str]) -> Shell:
    """Give what stands around a page of a bundle that was opened alone: nothing can be changed there."""
    here = visit.path.removeprefix(BUNDLE_AT).strip("/").partition("/")[0]
    ways = (Link(words, f"{BUNDLE_AT}{f'/{at}' if at else ''}", here=at == here) for words, at in OF_AUDITORS)
    name = visible(visit.desk.bundle.name) if visit.desk.bundle else ""
    return Shell(f"{name}, to look at only", tuple(ways), said, token, read_only=True)
