"""The desk: the whole job in a browser, on the officer's own machine, over the same files as the commands."""

import os
import socket
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from evaluator.desk import running
from evaluator.desk.session import Session

if TYPE_CHECKING:
    from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"
MOST_CONNECTIONS = 500
MOST_FILES = 300  # of those that were read, so that a page after a change reads that file alone


class PortTakenError(Exception):
    """Another program listens at the port that was asked for."""


def serve(folder: Path, port: int, say: Callable[[str], None], *, opens: bool) -> None:
    """Run the desk of a folder until it is told to end; where one runs already, say where.

    Parameters
    ----------
    folder : one programme, a folder of them, or an audit bundle.
    port : nought for any that is free.
    say : told the one line with the address, once it answers.
    opens : whether a browser is opened as well.

    Raises
    ------
    PortTakenError
        Where the port is not free.
    """
    there = running.found(folder)
    if there is not None:
        say(there.address)
        _open(folder, there.address, opens=opens)
        return
    listening = _listening(port)
    session = Session(listening.getsockname()[1])

    def ready() -> None:
        with suppress(OSError):  # then a second start begins another desk
            running.note(folder, session.address, os.getpid())
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
    except (OSError, OverflowError):
        listening.close()
        raise PortTakenError from None
    return listening


def _open(folder: Path, address: str, *, opens: bool) -> None:
    if opens:
        with suppress(OSError, webbrowser.Error):
            page = running.opening_page(folder, address)
            Thread(target=webbrowser.open, args=(page.as_uri(),), daemon=True).start()


def _serve(folder: Path, listening: socket.socket, session: Session, ready: Callable[[], None]) -> None:
    """Answer at a socket until a signal comes; work in the background ends with it."""
    from evaluator.desk.ahead import look_ahead
    from evaluator.desk.app import application
    from evaluator.desk.kept import Later
    from evaluator.desk.pages import ROUTES
    from evaluator.desk.uploads import staging
    from evaluator.desk.visit import Desk
    from evaluator.files.read.remembered import remember

    remember(MOST_FILES)
    with staging(os.getpid()) as private:
        desk = Desk(folder, session, private)
        looking = Later(lambda: look_ahead(desk))
        looking.soon(0)
        try:
            _run(application(desk, ROUTES, looking.soon), listening, ready)
        finally:
            desk.work.end()


def _run(app: "ASGIApp", listening: socket.socket, ready: Callable[[], None]) -> None:
    """Run the server: it says nothing to anybody, trusts no header of a proxy, and ends in order at a signal."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

        def handle_exit(self, sig: int, frame: object) -> None:
            """End in order; a second signal does not wait for what is still at work."""
            del sig, frame
            self.force_exit, self.should_exit = self.should_exit, True

    config = uvicorn.Config(
        app,
        **{"loop": "asyncio", "http": "h11", "ws": "none", "lifespan": "off"},  # type: ignore[arg-type]
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=1,
    )
    Server(config).run([listening])
