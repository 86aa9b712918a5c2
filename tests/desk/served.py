"""A desk for tests: the real command in a process of its own, and a plain client of it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from evaluator.desk import MOST_FILES
from evaluator.desk.app import application
from evaluator.desk.pages.order import ROUTES
from evaluator.desk.serving.server import server_of
from evaluator.desk.serving.session import Session
from evaluator.desk.visit import Desk
from evaluator.files.read.remembered import remember

ROOT = Path(__file__).resolve().parents[2]
FORM = re.compile(r'<form method="post" action="([^"]+)"')


def patience(seconds: float = 120) -> float:
    """Give the seconds to wait for a condition: the more of them, the more others want of this machine."""
    load = os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 1
    return seconds * max(1, load)


@dataclass
class Served:
    """A desk that runs: its address, with and without the token, and its process."""

    opened: str
    process: "subprocess.Popen[str] | None"

    @property
    def origin(self) -> str:
        return self.opened.partition("/?")[0]

    @property
    def token(self) -> str:
        return self.opened.partition("token=")[2]

    @property
    def port(self) -> int:
        return urlsplit(self.opened).port or 0

    def client(self) -> "Client":
        """Give a plain client that was let in."""
        client = Client(self.port)
        client.get(f"/?token={self.token}")
        return client


class Said:
    """An answer: its status, headers and text."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.content = answer.status, answer.headers, answer.read()

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def onward(self) -> str:
        return self.headers["Location"] or ""


class Client:
    """A browser without a screen: it keeps its cookie, and sends the forms that it finds on pages."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port, self.cookie = port, cookie

    def send(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Said:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(
                method, path, body or None, ({"Cookie": self.cookie} if self.cookie else {}) | (headers or {})
            )
            said = Said(connection.getresponse())
        finally:
            connection.close()
        if said.headers["Set-Cookie"]:
            self.cookie = said.headers["Set-Cookie"].partition(";")[0]
        return said

    def get(self, path: str, headers: dict[str, str] | None = None) -> Said:
        return self.send("GET", path, headers=headers)

    def ended(self, onward: str) -> str:
        """Ask again until work has ended, and give its page."""
        until = time.monotonic() + patience()
        while time.monotonic() < until:
            text = self.get(onward).text
            if "data-desk-work" not in text:
                return text
            time.sleep(0.25)
        raise AssertionError("the work did not end")

    def address(self, page: str, path: str) -> str:
        """Find on a page the form that is sent to a path, and give its address with its token."""
        found = [one.replace("&amp;", "&") for one in FORM.findall(self.get(page).text)]
        return next(one for one in found if one.partition("?")[0] == path)

    def post(self, page: str, path: str, fields: dict[str, str] | list[tuple[str, str]]) -> Said:
        """Fill in the form of a page that is sent to a path, and send it."""
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        return self.send("POST", self.address(page, path), urlencode(fields).encode(), kind)

    def upload(
        self, page: str, path: str, files: list[tuple[str, str, bytes]], fields: dict[str, str] | None = None
    ) -> Said:
        """Send files, each with its field, name and content, by the form of a page that is sent to a path."""
        edge = "edge-of-a-part"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode() + content
            for field, name, content in files
        ]
        parts += [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}'.encode()
            for name, text in (fields or {}).items()
        ]
        body = b"\r\n".join([*parts, f"--{edge}--\r\n".encode()])
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}", "Origin": f"http://127.0.0.1:{self.port}"}
        return self.send("POST", self.address(page, path), body, kind)


@contextmanager
def served_here(folder: Path, staging: Path) -> Iterator[Served]:
    """Run a desk in a thread of this process: it is there at once, and looks at nothing before it is asked."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    staging.mkdir(parents=True)
    desk, ready = Desk(folder, Session(listening.getsockname()[1]), staging), threading.Event()
    remember(MOST_FILES)
    server = server_of(application(desk, ROUTES, lambda: None), ready.set)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    assert ready.wait(30)
    try:
        yield Served(desk.session.address, None)
    finally:
        server.should_exit = server.force_exit = True
        thread.join(30)
        desk.work.end()
        remember(0)


@contextmanager
def served(folder: Path, home: Path, *words: str) -> Iterator[Served]:
    """Run the command ``desk`` on a folder; its private notes lie in ``home``."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(home), "LOCALAPPDATA": str(home)}
    command = [sys.executable, "-m", "evaluator", "desk", str(folder), "--no-browser", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Open "), (line, process.stderr.read() if process.stderr else "")
        yield Served(line.split()[1], process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
