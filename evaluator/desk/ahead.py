"""Pages are looked at before somebody asks for them, once nothing has changed for a moment."""

from contextlib import suppress

from evaluator.desk.pages import PAGES, ROUTES
from evaluator.desk.visit import Desk, Visit


def look_ahead(desk: Desk) -> None:
    """Look at each programme's pages before somebody asks, so that what they read is at hand; equality's waits."""
    places = {f"/p/{{programme}}{f'/{page.PLACE[1]}' if page.PLACE[1] else ''}" for page in PAGES if page.PLACE}
    shown = [one for one in ROUTES if one.method == "GET" and one.path in places and not one.path.endswith("/equality")]
    for name in desk.programmes():
        for route in shown:
            with suppress(Exception):  # whoever asks for the page is told
                route.handler(Visit(desk, route.path, {"programme": name}))
