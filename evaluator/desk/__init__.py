"""The desk: the whole job in a browser, on the officer's own machine, over the same files as the commands."""

import os
import socket
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from evaluator.desk.serving import running
from evaluator.desk.serving.session import Session

if TYPE_CHECKING:
    from evaluator.desk.visit import Desk

LOOPBACK = "127.0.0.1"
BACKLOG = 2048  # connections that wait to be taken, as many as the server below has
FIRST_LOOK = 0.7  # seconds that the address waits for what the first pages need; what is not ready then comes later
MOST_FILES = 600  # and tables of them, that were read, so that a page after a change reads that file alone


class PortTakenError(Exception):
    """Another program listens at the port that was asked for."""


def serve(folder: Path, port: int, say: Callable[[str], None], *, opens: bool) -> None:
    """Run the desk of a folder until it is told to end; where one runs already, say where.

    Parameters
    ----------
    folder : one programme, a folder of them, or an audit bundle.
    port : nought for the one that this folder has, so that a page that is open outlives the desk; or any free one.
    say : told the one line with the address, once it answers.
    opens : whether a browser is opened as well.

    Raises
    ------
    PortTakenError
        Where the port is not free.
    """
    with running.starting(folder) as started:
        there = running.found(folder)
        if there is not None:
            say(there.address)
            _open(folder, there.address, opens=opens)
            return
        listening = _listening(port) if port else _at_its_own_port(folder)
        session = Session(listening.getsockname()[1])

        def ready() -> None:
            with suppress(OSError):  # then a second start begins another desk
                running.note(folder, session.address, os.getpid())
            started()
            say(session.address)
            _open(folder, session.address, opens=opens)

        try:
            _serve(folder, listening, session, ready)
        finally:
            running.take_away(folder, os.getpid())


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let two programs share one port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
        listening.listen(BACKLOG)  # until one of them listens, two can be bound to the same port
    except (OSError, OverflowError):
        listening.close()
        raise PortTakenError from None
    return listening


def _at_its_own_port(folder: Path) -> socket.socket:
    try:
        return _listening(running.port_of(folder))
    except PortTakenError:
        return _listening(0)


def _open(folder: Path, address: str, *, opens: bool) -> None:
    if opens:
        with suppress(OSError, webbrowser.Error):
            page = running.opening_page(folder, address)
            Thread(target=webbrowser.open, args=(page.as_uri(),), daemon=True).start()


def _serve(folder: Path, listening: socket.socket, session: Session, ready: Callable[[], None]) -> None:
    """Answer at a socket until a signal comes; work in the background ends with it."""
    from evaluator.desk.app import application
    from evaluator.desk.kept import Later
    from evaluator.desk.pages.order import ROUTES
    from evaluator.desk.serving.server import server_of
    from evaluator.desk.serving.uploads import staging
    from evaluator.desk.visit import Desk
    from evaluator.files.read.remembered import remember

    remember(MOST_FILES)
    with staging(os.getpid()) as private:
        desk = Desk(folder, session, private)
        first = Thread(target=look_ahead, args=(desk,), daemon=True)
        first.start()
        first.join(FIRST_LOOK)
        later = Later(partial(look_ahead, desk))
        try:
            server_of(application(desk, ROUTES, later.soon), ready).run([listening])
        finally:
            desk.work.end()


def look_ahead(desk: "Desk") -> None:
    """Look at each programme's pages before somebody asks, so that what they read is at hand; equality's waits."""
    from evaluator.desk.pages.order import PAGES, ROUTES
    from evaluator.desk.visit import Visit

    places = {f"/p/{{programme}}{f'/{page.PLACE[1]}' if page.PLACE[1] else ''}" for page in PAGES if page.PLACE}
    shown = [one for one in ROUTES if one.method == "GET" and one.path in places and not one.path.endswith("/equality")]
    for name in desk.programmes():
        for route in shown:
            with suppress(Exception):  # whoever asks for the page is told
                route.handler(Visit(desk, route.path, {"programme": name}))
