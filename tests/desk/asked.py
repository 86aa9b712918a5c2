"""A desk without a socket: any address is asked for in this process, so that whatever goes wrong shows where."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from starlette.responses import Response

from evaluator.desk.app import _answered, _refusal
from evaluator.desk.pages.order import ROUTES
from evaluator.desk.serving.session import Session
from evaluator.desk.serving.uploads import Form
from evaluator.desk.visit import Desk, Refused, Route, Visit
from evaluator.desk.work import Ended, Piece, Work

PART = re.compile(r"\\\{(\w+)\\\}")


class NoWork(Work):
    """Work that is taken on and never begun."""

    def begin(self, title, key, back, work, *arguments):
        piece = self._pieces["0"] = Piece("0", title, key, back, "done", ended=Ended((title,)))
        return piece


@dataclass
class Asked:
    """A desk on a folder."""

    desk: Desk

    @classmethod
    def on(cls, folder: Path, staging: Path) -> "Asked":
        staging.mkdir(exist_ok=True)
        return cls(Desk(folder, Session(1), staging, work=NoWork()))

    def get(self, address: str) -> Response:
        """Ask for a page, a document, or the sentence why there is none."""
        at = urlsplit(address)
        for route in ROUTES:
            found = re.fullmatch(PART.sub(r"(?P<\1>[^/]+)", re.escape(route.path)), at.path)
            if route.method == "GET" and found:
                values = {name: unquote(text) for name, text in found.groupdict().items()}
                return self.answer(route, values, dict(parse_qsl(at.query, keep_blank_values=True)))
        raise AssertionError(f"nothing answers at {address}")

    def answer(self, route: Route, values: dict[str, str], query: dict[str, str], form: Form | None = None) -> Response:
        """Let a route answer; a page that would tell of a mistake of ours is raised instead."""
        path = route.path.format(**values)
        try:
            return _answered(self.desk, route, Visit(self.desk, path, values, query, form or Form()))
        except Refused as why:
            return _refusal(self.desk, why.status, why.says, why.more)


def text_of(said: Response) -> str:
    return bytes(said.body).decode("utf-8", "replace")
