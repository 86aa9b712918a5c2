"""The desk's pages, in the order of the job: a module each, with its routes and its place in the navigation."""

from types import ModuleType

from evaluator.desk.pages import evaluate, home, imports, inbox, moderation, panel, returns, runs, settings, work
from evaluator.desk.visit import Route

PAGES: tuple[ModuleType, ...] = (
    *(home, panel, inbox, imports, returns, moderation),
    *(evaluate, settings, runs, work),
)
ROUTES: tuple[Route, ...] = tuple(route for page in PAGES for route in page.ROUTES)
