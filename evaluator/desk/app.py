"""The application: every page's routes, behind the guard, with a plain page for whatever goes wrong."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route as Mounted
from starlette.types import ASGIApp, Receive, Scope

from evaluator.desk.processes import mistake
from evaluator.desk.refusal import Typed, bare_shell, given_back, refusal
from evaluator.desk.serving import uploads
from evaluator.desk.serving.safety import GivingBack, Guard
from evaluator.desk.serving.threads import aside
from evaluator.desk.serving.uploads import Form, TooLargeError, TooSlowError
from evaluator.desk.visit import Answer, Attachment, Desk, Facts, Go, Refused, Route, Visit

Failing = Callable[[Request, Exception], Awaitable[Response]]
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
}
OTHER_KIND = "application/octet-stream"


def application(desk: Desk, routes: tuple[Route, ...], changed: Callable[[], None]) -> ASGIApp:
    """Put the application together; ``changed`` is called after whatever may have changed something."""
    static = _static_files(Path(__file__).with_name("static"))
    mounted = [Mounted("/static/{name}", _one_of(static), methods=["GET"])]
    mounted += [Mounted(one.path, _endpoint(desk, one, changed), methods=[one.method]) for one in routes]

    async def refusing(status: int) -> Response:
        return await aside(_refusal, desk, status)

    failing: dict[int | type[Exception], Failing] = {
        Refused: _refused(desk),
        HTTPException: _by_status(desk),
        MultiPartException: _as(desk, 400),
        TooLargeError: _as(desk, 413),
        TooSlowError: _as(desk, 408),
        OSError: _by_system(desk),
        Exception: _as(desk, 500),
    }
    app = Starlette(routes=mounted, exception_handlers=failing)
    app.router.redirect_slashes = False
    return Guard(app, desk.session, refusing, _giving_back(desk), static)


def _endpoint(desk: Desk, route: Route, changed: Callable[[], None]) -> Callable[[Request], Awaitable[Response]]:
    """Give what answers at one path: the form is read, the page's function runs in a thread of its own."""

    async def answer(request: Request) -> Response:
        if route.method != "POST":
            return await aside(_answered, desk, route, _visit(desk, request, Form()))
        folder = Path(await aside(partial(mkdtemp, dir=desk.staging)))
        try:
            request.scope["desk.form"] = form = await _form(request, folder)
            return await aside(_answered, desk, route, _visit(desk, request, form))
        finally:
            changed()
            await aside(uploads.forget, folder)

    return answer


async def _form(request: Request, folder: Path) -> Form:
    """Take a form in; its files come to lie in a folder."""
    limits = {"max_files": uploads.MOST_FILES, "max_fields": uploads.MOST_FIELDS, "max_part_size": uploads.MOST_TEXT}
    sent = await request.form(**limits)
    try:
        return await uploads.form_of(sent, folder)
    finally:
        await sent.close()


def _visit(desk: Desk, request: Request, form: Form) -> Visit:
    query = {name: value for name, value in request.query_params.items() if name not in ("form", "token")}
    return Visit(desk, request.url.path, dict(request.path_params), query, form)


def _answered(desk: Desk, route: Route, visit: Visit) -> Response:
    if route.changes and desk.bundle is not None:
        raise Refused("This desk was opened on a bundle, to look at only. Nothing is changed here.", 403)
    answer = route.handler(visit)
    return _response(desk, visit, answer)


def _response(desk: Desk, visit: Visit, answer: Answer) -> Response:
    if isinstance(answer, Go):
        return RedirectResponse(_onward(desk, answer), 303)
    if isinstance(answer, Facts):
        return JSONResponse(dict(answer.facts))
    if isinstance(answer, Attachment):
        kind = KINDS.get(Path(answer.name).suffix.lower(), OTHER_KIND)
        shown = f"attachment; filename*=UTF-8''{quote(answer.name, safe='')}"
        return Response(answer.content, media_type=kind, headers={"Content-Disposition": shown})
    from evaluator.desk.layout import shell_of
    from evaluator.desk.page import write

    stale = bool(getattr(answer, "conflicts", ()))
    status = 422 if answer.problems else 409 if stale else answer.status
    return HTMLResponse(write(answer, shell_of(visit)), status)


def _onward(desk: Desk, answer: Go) -> str:
    """Give an address of this desk, with the number of what is to be said there; any other leads home."""
    path, _, fragment = answer.address.partition("#")
    if not path.startswith("/") or path.startswith("//") or "\\" in path or any(one < " " for one in path):
        path = "/"
    if answer.says:
        said = urlencode({"said": desk.note(answer.says, good=answer.good)})
        path = f"{path}{'&' if '?' in path else '?'}{said}"
    return f"{path}#{fragment}" if fragment else path


def _refusal(
    desk: Desk, status: int, says: str = "", more: tuple[str, ...] = (), typed: Typed | None = None
) -> Response:
    """Write the page of a status; to a stranger it tells nothing of what the desk holds."""
    from evaluator.desk.page import write

    shell = bare_shell(desk.session.form_token if typed else None)
    return HTMLResponse(write(refusal(status, desk.session.origin, says, more, typed), shell), status)


def _typed(request: Request) -> Typed | None:
    """Give what was typed into the form that a page's function refused; None where there was none."""
    form: Form | None = request.scope.get("desk.form")
    return Typed(_without_token(request), form.texts, bool(form.uploads)) if form else None


def _without_token(request: Request) -> str:
    """Give the address that a form was sent to, which gets a token of its own again."""
    asked = urlencode([(name, text) for name, text in request.query_params.multi_items() if name != "form"])
    path = quote(request.url.path)
    return f"{path}?{asked}" if asked else path


def _giving_back(desk: Desk) -> GivingBack:
    """Give what answers a form of a desk that has ended: nothing of it is saved, and what was typed is shown."""

    async def answer(scope: Scope, receive: Receive, known: bool) -> Response:
        request = Request(scope, receive)
        try:
            sent = await request.form(max_files=uploads.MOST_FILES, max_fields=uploads.MOST_FIELDS)
        except (MultiPartException, HTTPException, TooSlowError, TooLargeError):
            return await aside(_refusal, desk, 403)
        every = sent.multi_items()
        texts = tuple((name, text.replace("\r\n", "\n")) for name, text in every if isinstance(text, str))
        typed = Typed(_without_token(request), texts, any(not isinstance(one, str) for _, one in every))
        await sent.close()
        return await aside(_gave_back, desk, typed, known)

    return answer


def _gave_back(desk: Desk, typed: Typed, known: bool) -> Response:
    from evaluator.desk.page import write

    return HTMLResponse(
        write(given_back(typed, known=known), bare_shell(desk.session.form_token if known else None)), 403
    )


def _refused(desk: Desk) -> Failing:
    async def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        typed = _typed(request) if error.status == 409 else None
        return await aside(_refusal, desk, error.status, error.says, error.more, typed)

    return answer


def _by_status(desk: Desk) -> Failing:
    async def answer(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return await aside(_refusal, desk, status)

    return answer


def _by_system(desk: Desk) -> Failing:
    """Say what the system refused: a folder that is gone or closed to this account, a disk that is full."""

    async def answer(request: Request, error: Exception) -> Response:
        await request.scope["desk.body"].drain()
        return await aside(_refusal, desk, 409, f"{mistake(error)}.", (), _typed(request))

    return answer


def _as(desk: Desk, status: int) -> Failing:
    async def answer(request: Request, error: Exception) -> Response:
        if status in (400, 413):
            await request.scope["desk.body"].drain()
        more, typed = ((mistake(error),), _typed(request)) if status == 500 else ((), None)
        made = await aside(_refusal, desk, status, "", more, typed)
        made.headers["Connection"] = "close"
        return made

    return answer


def _static_files(folder: Path) -> dict[str, bytes]:
    """Read the files of one folder, by their paths: no path is ever put together from what somebody asks for."""
    return {f"/static/{path.name}": path.read_bytes() for path in folder.iterdir() if path.suffix in KINDS}


def _one_of(held: Mapping[str, bytes]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        path = request.url.path
        if path not in held:
            raise HTTPException(404)
        return Response(held[path], media_type=KINDS[Path(path).suffix])

    return answer
