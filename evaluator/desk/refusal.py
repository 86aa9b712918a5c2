"""The page of what went wrong: why something was refused, and what to do now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from evaluator.desk.page import Page, Shell

WORDS = {
    400: ("What was sent could not be read", "It is not a whole form or request. Go back and send it again."),
    403: (
        "This desk does not know this browser",
        "Open the desk with the address that it printed when it was started, or start it again: evaluator desk. If you "
        "sent a form with files, go back first and keep what you typed.",
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


FORGOTTEN = (
    "The desk was started again since this page was opened, so it did not take what you sent. What you typed is below, "
    "and is not lost."
)
FIRST = (
    "Open the desk in another tab first, with the address that it printed when it was started, or start it again: "
    "evaluator desk. Then come back to this page."
)
SECRET = ("passphrase", "again")  # never sent back to the screen; they are typed anew
NOT_SHOWN = ("version", "number", "then", "act")  # of a form's fields: what no person typed


@dataclass(frozen=True)
class Typed:
    """What a form was filled in with that was refused: where it was sent to, and its fields, to be sent once more."""

    address: str
    sent: tuple[tuple[str, str], ...]
    had_files: bool = False

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The fields as they were sent, but for secrets."""
        return tuple((name, text) for name, text in self.sent if name not in SECRET)

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """What a person typed or chose, each with what its field is called."""
        said = ((name, text.strip()) for name, text in self.texts if name not in NOT_SHOWN)
        return tuple((_in_words(name), text) for name, text in said if text)


def _in_words(name: str) -> str:
    """Give a field's name as words.

    >>> _in_words("in-for_bidder")
    'For bidder'
    """
    return name.removeprefix("in-").replace("_", " ").replace("-", " ").strip().capitalize()


@dataclass(frozen=True, kw_only=True)
class Refusal(Page):
    """The page that says why something was refused, with what was typed, so that it can be sent once more."""

    template: ClassVar[str] = "refusal.html"
    says: str
    more: tuple[str, ...]
    typed: Typed | None


def refusal(
    status: int, origin: str, says: str = "", more: tuple[str, ...] = (), typed: Typed | None = None
) -> Refusal:
    """Give the page of a status, in words for whoever is in front of the screen."""
    title, usual = WORDS.get(status, WORDS[500])
    kept = typed if typed and (typed.shown or typed.had_files) else None
    return Refusal(title=title, says=says or usual.format(origin=origin), more=more, typed=kept)


def given_back(typed: Typed, *, known: bool) -> Refusal:
    """Give the page for whoever sends a form of a desk that has ended; to be let in comes first."""
    says = FORGOTTEN if known else f"{FORGOTTEN} {FIRST}"
    return Refusal(title="This was not saved yet", says=says, more=(), typed=typed)


def bare_shell(form_token: Callable[[str], str] | None = None) -> Shell:
    """Give what stands around a page without a programme; a stranger learns nothing from it."""
    return Shell(form_token=form_token)
