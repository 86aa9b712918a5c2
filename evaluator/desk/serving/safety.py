"""Who may talk to the desk: its own pages, in a browser that was let in by the token, and nobody else.

Everything is decided from the head of a request, before any of its body is read. Strict cookies alone do not part two
ports of one machine, so the origin is compared to the letter, port included.
"""

from collections.abc import Awaitable, Callable, Collection, Iterator
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from evaluator.desk.serving.session import Session
from evaluator.desk.serving.uploads import Body

POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind} 'self'" for kind in ("script-src", "style-src", "img-src", "connect-src", "form-action")),
        *(f"{kind} 'none'" for kind in ("base-uri", "frame-ancestors", "object-src")),
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with none at all, browsers send no Origin along with a form
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NEVER_KEPT = "no-store"
MOST_ASKED = 100  # parts of a query
ONWARD = '<!doctype html><html lang="en-GB"><title>The desk</title><meta http-equiv="refresh" content="0;url=/"></html>'

MOST_GIVEN_BACK = 1_000_000  # bytes of a form that is not taken, but shown to whoever sent it
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")

Refusing = Callable[[int], Awaitable[Response]]  # a status, as a page that says in plain words what it means
GivingBack = Callable[[Scope, Receive, bool], Awaitable[Response]]  # whether this desk knows who sent the form


class Guard:
    """Stands before the application and lets in what comes from the desk's own pages."""

    def __init__(
        self, app: ASGIApp, session: Session, refusing: Refusing, giving_back: GivingBack, static: Collection[str]
    ) -> None:
        """Put it before an application; ``static`` are the paths that are open to strangers too."""
        self._app, self._session, self._refusing, self._static = app, session, refusing, static
        self._giving_back = giving_back

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let the application answer it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        send = _with_headers(send, kept=scope["path"] in self._static)
        status = self._refusal(headers)
        if not status and self._brings_token(scope):
            await self._let_in(headers)(scope, receive, send)
        elif status := status or self._unknown(scope, headers):
            if status == 403 and self._is_from_a_desk_before(scope, headers):
                await self._given_back(scope, headers, receive, send)
            else:
                await (await self._refused(scope, status))(scope, receive, send)
        else:
            scope["desk.body"] = body = Body(receive, _length(headers))
            await self._app(scope, body, send)

    def _is_from_a_desk_before(self, scope: Scope, headers: Headers) -> bool:
        """Whether somebody sends a small form of a page that an earlier desk showed at this very address.

        Browsers say so themselves, and no page from elsewhere can make them: whoever typed is shown what was typed.
        """
        told = [headers.getlist(name) for name in ("origin", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest")]
        return bool(
            scope["method"] == "POST"
            and not scope["path"].startswith("//")
            and told == [[self._session.origin], ["same-origin"], ["navigate"], ["document"]]
            and headers.get("content-type", "").partition(";")[0] in FORMS
            and 0 < _length(headers) <= MOST_GIVEN_BACK
        )

    async def _given_back(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        body = Body(receive, _length(headers))
        known = self._knows(headers)
        answer = await self._giving_back(scope, body, known)
        answer.headers["Connection"] = "close"
        await answer(scope, body, send)

    def _knows(self, headers: Headers) -> bool:
        return any(map(self._session.knows_cookie, _cookies(headers, self._session.cookie_name)))

    async def _refused(self, scope: Scope, status: int) -> Response:
        answer = await self._refusing(status)
        if scope["method"] != "GET":  # its body is not waited for
            answer.headers["Connection"] = "close"
        return answer

    def _refusal(self, headers: Headers) -> int:
        """Give the status by which a request is refused, whoever sends it; nought where nothing stands against it."""
        if headers.getlist("host") != [self._session.host]:
            return 421
        origins = headers.getlist("origin")
        if origins and origins != [self._session.origin]:
            return 403
        return 0

    def _unknown(self, scope: Scope, headers: Headers) -> int:
        """Give the status by which a stranger's request is refused, and a form that is not from one of our pages."""
        if scope["path"] in self._static and scope["method"] in ("GET", "HEAD"):
            return 0
        if _from_elsewhere(headers) or not self._knows(headers):
            return 403
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405
        if scope["method"] == "POST" and not self._session.knows_form(scope["path"], _asked(scope, "form")):
            return 403
        return 0

    def _brings_token(self, scope: Scope) -> bool:
        return bool(scope["method"] == "GET" and scope["path"] == "/") and self._session.knows_token(
            _asked(scope, "token")
        )

    def _let_in(self, headers: Headers) -> Response:
        """Exchange the token for the cookie, and lead to an address without it.

        A browser that came from elsewhere, such as from the file that opens it, keeps a strict cookie back while it is
        led on; so a page of our own leads it.
        """
        answer = HTMLResponse(ONWARD) if _from_elsewhere(headers) else RedirectResponse("/", 303)
        answer.set_cookie(self._session.cookie_name, self._session.cookie, httponly=True, samesite="strict")
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer


def _with_headers(send: Send, *, kept: bool) -> Send:
    """Send every answer with the headers that keep it to itself."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "max-age=3600" if kept else NEVER_KEPT)
        await send(message)

    return sent


def _length(headers: Headers) -> int:
    told = headers.get("content-length", "0")
    return int(told) if told.isdigit() else 0


def _from_elsewhere(headers: Headers) -> bool:
    return any(one not in ("none", "same-origin") for one in headers.getlist("sec-fetch-site"))


def _asked(scope: Scope, name: str) -> str:
    """Give the one value of a part of the query; an empty text where there is none, or more than one."""
    try:
        found = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=MOST_ASKED).get(name, [])
    except ValueError:  # so many that it is none of our addresses
        return ""
    return found[0] if len(found) == 1 else ""


def _cookies(headers: Headers, name: str) -> Iterator[str]:
    """Give every cookie of a name: other servers of this machine may have set their own, well or badly written."""
    for line in headers.getlist("cookie"):
        for part in line.split(";"):
            called, _, value = part.strip().partition("=")
            if called == name:
                yield value
