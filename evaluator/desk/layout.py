"""What stands around every page: the programme, the way through it, and a notice."""

from collections.abc import Callable
from urllib.parse import unquote

from evaluator.desk.page import Link, Notice, Shell
from evaluator.desk.pages.order import PAGES
from evaluator.desk.visit import BUNDLE_AT, Visit
from evaluator.records.texts import visible

OF_AUDITORS = (("The bundle", ""), ("Results", "results"), ("Exceptions", "exceptions"), ("Compare", "compare"))


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
