"""The server: sockets with limits of their own; it says nothing to anybody, trusts no proxy, and ends in order.

The library below waits for ever for the head of a request, and for a browser that does not read its answer. Here a
connection has so many seconds for either, and where many have sent nothing yet the oldest of them gives way.
"""

import asyncio
import socket
from collections.abc import Callable
from typing import ClassVar

import h11
import uvicorn
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from evaluator.desk.serving.safety import HEADERS, NEVER_KEPT

MOST_CONNECTIONS, MOST_WAITING = 600, 400
HEAD, STALLED = 20, 60  # seconds for the head of a request to be there; for a browser to read what it asked for
GRACE = 1  # seconds for what is at work when the desk ends


class Connection(H11Protocol):
    """A connection that neither waits for ever nor keeps others out while it waits."""

    _waiting: ClassVar[dict["Connection", asyncio.TimerHandle]] = {}  # no whole head has come yet; the oldest first
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head; where too many wait, the one that has waited longest is closed."""
        super().connection_made(transport)
        self._wait()
        if len(self._waiting) > MOST_WAITING:
            next(iter(self._waiting))._give_way()
        if len(self.connections) > MOST_CONNECTIONS:
            self.app = _refusal(503)

    def data_received(self, data: bytes) -> None:
        """Take in what came; the head of a request that is not whole goes on to be waited for."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._wait_no_more()
        elif self not in self._waiting:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._wait_no_more()
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Begin to wait for the other side to read."""
        super().pause_writing()
        self._stalled = self.loop.call_later(STALLED, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: it has read."""
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()

    def send_400_response(self, msg: str) -> None:
        """Say in a page that what came is no request; nothing more where an answer is under way."""
        del msg
        if self.conn.our_state is h11.IDLE or self.conn.our_state is h11.SEND_RESPONSE:
            page = _refusal(400)
            head = h11.Response(status_code=400, headers=page.raw_headers, reason=b"Bad Request")
            for event in (head, h11.Data(data=bytes(page.body)), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _wait(self) -> None:
        self._waiting[self] = self.loop.call_later(HEAD, self._give_way)

    def _give_way(self) -> None:
        """Close it at once; it counts no longer, though the system tells of its end only later."""
        self._wait_no_more()
        self.connections.discard(self)
        self.transport.abort()

    def _wait_no_more(self) -> None:
        timer = self._waiting.pop(self, None)
        if timer is not None:
            timer.cancel()


def _refusal(status: int) -> HTMLResponse:
    """Give the page of a status, for where the application is not asked."""
    from evaluator.desk.page import write
    from evaluator.desk.refusal import bare_shell, refusal

    headers = {**HEADERS, "Cache-Control": NEVER_KEPT, "Connection": "close"}
    return HTMLResponse(write(refusal(status, ""), bare_shell()), status, headers)


def server_of(app: ASGIApp, ready: Callable[[], None]) -> uvicorn.Server:
    """Make the server of an application, to be run on a socket; ``ready`` is called once it answers."""

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
        http=Connection,
        **{"loop": "asyncio", "ws": "none", "lifespan": "off"},  # type: ignore[arg-type]
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
    )
    return Server(config)
