"""The pages in the order of the job, with every route; a process that needs one page loads that one alone."""

from types import ModuleType

from evaluator.desk.pages import (
    ending,
    equality,
    evaluate,
    home,
    panel,
    returns,
    runs,
    settings,
    work,
)
from evaluator.desk.pages.agree import answer, meetings, moderation, second_screen
from evaluator.desk.pages.audit import auditor, bundle, ledger, signing
from evaluator.desk.pages.coming_in import imports, inbox
from evaluator.desk.pages.criteria import hub, part, publish, study
from evaluator.desk.pages.decide import decisions, events
from evaluator.desk.pages.going_out import letters, release
from evaluator.desk.pages.results import exceptions, figures, show
from evaluator.desk.visit import Route

PAGES: tuple[ModuleType, ...] = (
    home,
    *(hub, part, study, publish),
    *(panel, inbox, imports, returns, moderation, answer, second_screen, meetings),
    *(decisions, events),
    *(evaluate, show, figures, exceptions),
    *(letters, release),
    equality,
    *(ledger, bundle, signing, auditor),
    *(settings, runs, work, ending),
)
ROUTES: tuple[Route, ...] = tuple(route for page in PAGES for route in page.ROUTES)
