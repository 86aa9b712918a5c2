"""Every page that links lead to, and every form that stands on one, as a plain client finds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from evaluator.desk.visit import Route
from tests.desk.served import Client

HEADING = re.compile("h[1-6]")
VOID = {"input", "meta", "link", "br", "img", "hr", "path", "circle", "rect", "line", "polyline", "use"}


@dataclass
class Seen(HTMLParser):
    """A page as it came: its links, forms, headings, ids and what its fields are called."""

    text: str
    title: str = ""
    levels: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    forms: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the page."""
        super().__init__()
        self.title = next(iter(re.findall("<title>(.*?)</title>", self.text, re.DOTALL)), "")
        self.in_summary = self.in_form = False
        self.labelled: set[str] = set(re.findall(r'<label[^>]* for="([^"]+)"', self.text))
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins here."""
        said = {key: value or "" for key, value in attrs}
        self.ids += [said["id"]] if "id" in said else []
        if HEADING.fullmatch(tag):
            self.levels.append(int(tag[1]))
        elif tag == "a" and "href" in said:
            (self.problems if said["href"].startswith("#") and self.in_summary else self.links).append(said["href"])
        elif tag == "form":
            self.in_form = said.get("method") == "post"
            if self.in_form:
                self.forms.append((said["action"], {}))
        elif (
            tag in ("input", "select", "textarea") and said.get("type") != "hidden" and said["id"] not in self.labelled
        ):
            self.unnamed.append(said.get("name", ""))
        if tag == "input" and self.in_form and said.get("type") == "hidden":
            self.forms[-1][1][said["name"]] = said.get("value", "")
        self.in_summary |= "govuk-error-summary" in said.get("class", "")

    def handle_endtag(self, tag: str) -> None:
        """Note what ends here."""
        if tag == "form":
            self.in_form = False
        if tag == "h1":
            self.in_summary = False

    def faults(self) -> Iterator[str]:
        """Say what a page lacks that everybody needs who reads it without seeing it."""
        if self.levels.count(1) != 1:
            yield f"{self.levels.count(1)} headings of the first level"
        if any(later > before + 1 for before, later in zip(self.levels, self.levels[1:], strict=False) if before):
            yield f"headings jump: {self.levels}"
        if len(self.ids) != len(set(self.ids)):
            yield f"ids that stand twice: {sorted({one for one in self.ids if self.ids.count(one) > 1})}"
        if not self.title.endswith("Bid evaluator") or len(self.title) < 15:
            yield f"a title that says nothing: {self.title!r}"
        if self.unnamed:
            yield f"fields without a label: {self.unnamed}"
        if dead := [one for one in self.problems if one[1:] not in self.ids]:
            yield f"problems that lead to no field: {dead}"
        if ("govuk-error-summary" in self.text) != self.title.startswith("Error: "):
            yield "a problem that the title does not tell of"


@dataclass
class Walk:
    """A walk over a desk from its first page: where it came, by route, and what was wrong there."""

    client: Client
    routes: tuple[Route, ...]
    reached: dict[tuple[str, str], str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    sends: bool = False  # each form, as it stands
    most: int = 2  # addresses of one route that are asked for

    def __post_init__(self) -> None:
        """Make the patterns of the routes."""
        self.patterns = [
            (one.method, one.path, re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(one.path))))
            for one in self.routes
        ]
        self.asked: dict[tuple[str, str], int] = {}
        self.told: set[tuple[str, str]] = set()

    def route(self, method: str, address: str) -> tuple[str, str] | None:
        """Give the route that an address has."""
        path = urlsplit(address).path
        return next(((how, name) for how, name, one in self.patterns if how == method and one.fullmatch(path)), None)

    def over(self, start: str) -> None:
        """Go wherever links lead, and send each form as it stands, with nothing filled in."""
        waiting = [start]
        while waiting:
            address = waiting.pop(0)
            answer = self.client.get(address.partition("#")[0])
            page = self._looked_at("GET", address, answer)
            waiting += [answer.onward] if answer.status == 303 else []
            if page is None:
                continue
            self._sent(page)
            waiting += self._onward(address, page)

    def _onward(self, address: str, page: Seen) -> Iterator[str]:
        """Give the addresses on a page that lead on within the desk, each route's only a few times."""
        for link in page.links:
            there = link.partition("#")[0]
            if there == "/" or there.startswith(("/p/", "/bundle", "/end")):
                if self._is_new("GET", there):
                    yield there
            elif not link.startswith(("#", "/static/", "http")):
                self.wrong.append(f"{address} has a link to {link}")

    def _is_new(self, method: str, address: str) -> bool:
        """Whether an address has a route that was not asked for often."""
        if (method, address) in self.told:
            return False
        self.told.add((method, address))
        route = self.route(method, address)
        if route is None:
            self.wrong.append(f"{method} {address} is no address of the desk")
            return False
        self.asked[route] = self.asked.get(route, 0) + 1
        return self.asked[route] <= self.most

    def _sent(self, page: Seen) -> None:
        """Send each form of a page as it stands."""
        for action, hidden in page.forms:
            if route := self.route("POST", action):
                self.reached.setdefault(route, action)
            if self._is_new("POST", action) and self.sends and not action.startswith("/end"):
                self._sent_one(action, hidden)

    def _sent_one(self, action: str, hidden: dict[str, str]) -> None:
        kind = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.client.port}",
        }
        answer = self.client.send("POST", action, urlencode(hidden).encode(), kind)
        page = self._looked_at("POST", action, answer)
        if page is None and answer.status == 303 and "/work/" not in answer.onward:
            self._looked_at("GET", answer.onward, self.client.get(answer.onward.partition("#")[0]))

    def _looked_at(self, method: str, address: str, answer: "object") -> Seen | None:
        route = self.route(method, address)
        status, headers = answer.status, answer.headers  # type: ignore[attr-defined]
        if route:
            self.reached.setdefault(route, address)
        gone = (404, 409) if self.sends else ()  # what a form has taken away meanwhile
        if status not in ((200, 303, *gone) if method == "GET" else (303, 409, 422)):
            self.wrong.append(f"{method} {address}: {status}")
        if "text/html" not in (headers["Content-Type"] or "") or "attachment" in (headers["Content-Disposition"] or ""):
            return None
        page = Seen(answer.text)  # type: ignore[attr-defined]
        self.wrong += [f"{method} {address}: {fault}" for fault in page.faults()]
        return page
