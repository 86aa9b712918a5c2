"""Attacks on a desk that runs, over sockets: each is refused, the desk lives, and nothing of it is kept."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from shutil import copytree

import pytest

from evaluator import desk as desk_of
from evaluator.desk.serving import running, uploads
from evaluator.files.audit import lock
from tests.desk.served import ROOT, Client, Served, served

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
END = 2 if os.getloadavg()[0] < (os.cpu_count() or 1) else 10  # seconds, where others keep the machine busy
SETTINGS = "/p/Warm%20Spaces/settings"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("folder") / "Warm Spaces"
    copytree(ROOT / "criteria" / "minimal", made / "criteria")
    copytree(ROOT / "sample_bids" / "minimal", made / "bids")
    return made


@pytest.fixture(scope="module")
def desk(root: Path, home: Path) -> Iterator[Served]:
    with served(root, home) as one:
        yield one
        assert one.process.poll() is None, "it ended in the middle"


@pytest.fixture
def client(desk: Served) -> Client:
    return desk.client()


def raw(desk: Served, request: bytes, seconds: float = 10) -> bytes:
    with socket.create_connection(("127.0.0.1", desk.port), timeout=seconds) as link:
        link.sendall(request)
        told = b""
        try:
            while part := link.recv(65536):
                told += part
        except (TimeoutError, ConnectionResetError):
            pass
        return told


@pytest.mark.parametrize(
    "path", ["/", SETTINGS, "/p/Warm%20Spaces", "/none", "/?token=wrong", "/?token=", "/../", "/static/none"]
)
def test_a_stranger_sees_nothing_but_static_files(desk: Served, path: str) -> None:
    stranger = Client(desk.port)
    said = stranger.get(path)
    assert said.status == 403
    assert "Warm Spaces" not in said.text
    assert stranger.get("/static/desk.css").status == 200


def test_the_token_is_exchanged_for_a_strict_cookie_and_a_clean_address(desk: Served) -> None:
    said = Client(desk.port).get(f"/?token={desk.token}")
    cookie = said.headers["Set-Cookie"]
    assert (said.status, said.onward) == (303, "/")
    assert cookie.startswith(f"desk_{desk.port}=")
    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {"httponly", "path=/", "samesite=strict"}
    assert desk.token not in cookie


@pytest.mark.parametrize("host", ["evil.example", "localhost:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}", ""])
def test_another_host_is_refused_and_does_not_use_up_the_token(desk: Served, host: str) -> None:
    other = host.format(port=desk.port)
    told = raw(desk, f"GET /?token={desk.token} HTTP/1.1\r\nHost: {other}\r\nConnection: close\r\n\r\n".encode())
    assert told.split()[1] in (b"400", b"421")
    assert b"set-cookie" not in told.lower()
    assert Client(desk.port).get(f"/?token={desk.token}").status == 303


def test_two_host_headers_or_none_are_refused(desk: Served) -> None:
    twice = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    assert raw(desk, twice.encode()).split()[1] in (b"400", b"421")
    assert raw(desk, b"GET / HTTP/1.0\r\n\r\n").split()[1] in (b"400", b"421")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost:{port}"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_origin_is_refused_even_with_cookie_and_token_of_the_form(
    desk: Served, client: Client, headers: dict[str, str], method: str
) -> None:
    told = {name: text.format(port=desk.port) for name, text in headers.items()}
    address = client.address(SETTINGS, SETTINGS)
    said = client.send(method, address, b"title=stolen" if method == "POST" else b"", FORM | told)
    assert said.status == 403
    assert "stolen" not in client.get(SETTINGS).text


@pytest.mark.parametrize(
    "line",
    [
        "desk_{port}=stolen; {own}",
        "{own}; desk_{port}=stolen",
        'a="x y"; _b[0]=1; {{"j":1}}; {own}; c=\xe9',
        "; ; =; {own}",
    ],
)
def test_cookies_of_other_servers_of_this_computer_keep_nobody_out(desk: Served, client: Client, line: str) -> None:
    told = line.format(port=desk.port, own=client.cookie).encode("latin-1")
    head = b"GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\nConnection: close\r\n\r\n"
    assert raw(desk, head % (SETTINGS.encode(), desk.port, told)).split()[1] == b"200"
    other = told.replace(client.cookie.encode(), b"x=1")
    assert raw(desk, head % (SETTINGS.encode(), desk.port, other)).split()[1] == b"403"


def test_a_page_of_elsewhere_that_says_twice_whence_it_comes_is_refused(desk: Served, client: Client) -> None:
    head = f"GET {SETTINGS} HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nCookie: {client.cookie}\r\nConnection: close\r\n"
    for two in (("same-origin", "cross-site"), ("same-site", "none")):
        told = raw(desk, f"{head}{''.join(f'Sec-Fetch-Site: {one}' + chr(13) + chr(10) for one in two)}\r\n".encode())
        assert told.split()[1] == b"403"


def test_a_query_of_thousands_of_parts_is_answered_with_a_page(desk: Served, client: Client) -> None:
    many = "&".join(f"a{at}=1" for at in range(5000))
    for said, status in (
        (Client(desk.port).get(f"/?token={desk.token}&{many}"), 403),
        (client.get(f"{SETTINGS}?{many}"), 200),
        (client.send("POST", f"{SETTINGS}?{many}", b"title=x", FORM), 403),
    ):
        assert said.status == status
        assert "<h1" in said.text


@pytest.mark.parametrize(
    "request_line",
    [
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
        b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\n\r\n",
        b"GET /\xc3\xa9 HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x00" + b"\0" * 200,
    ],
)
def test_what_is_no_request_gets_a_page_that_says_so(desk: Served, request_line: bytes) -> None:
    told = raw(desk, request_line)
    assert told.startswith(b"HTTP/1.1 400 ")
    assert b"What was sent could not be read" in told
    assert b"default-src 'none'" in told


def test_a_request_within_another_is_not_answered(desk: Served, client: Client) -> None:
    own = f"Host: 127.0.0.1:{desk.port}\r\nCookie: {client.cookie}\r\n"
    inner = f"GET {SETTINGS} HTTP/1.1\r\n{own}\r\n"
    outer = f"POST / HTTP/1.1\r\n{own}Content-Length: {len(inner)}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    told = raw(desk, f"{outer}{inner}".encode())
    assert told.count(b"HTTP/1.1 ") == 1
    assert b"Settings" not in told


def test_six_hundred_connections_that_say_nothing_keep_nobody_out(desk: Served, client: Client) -> None:
    links = []
    try:
        for _ in range(600):
            link = socket.create_connection(("127.0.0.1", desk.port), timeout=10)
            link.sendall(b"GET / HTTP/1.1\r\n")
            links.append(link)
        assert client.get(SETTINGS).status == 200
    finally:
        for link in links:
            link.close()


@pytest.mark.parametrize("query", ["", "?form=", "?form=0000", "?form={other}", "?form={own}&form={own}"])
def test_a_form_without_its_own_token_is_refused_before_its_body_is_read(
    desk: Served, client: Client, query: str
) -> None:
    own = client.address(SETTINGS, SETTINGS).partition("form=")[2]
    other = client.address("/p/Warm%20Spaces/evaluate", "/p/Warm%20Spaces/evaluate").partition("form=")[2]
    target = f"{SETTINGS}{query.format(own=own, other=other)}"
    head = (
        f"POST {target} HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nCookie: {client.cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000000\r\n\r\n"
    )
    begun = time.monotonic()
    assert raw(desk, head.encode()).split()[1] == b"403"  # though not a byte of the body was sent
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_other_methods_are_refused(desk: Served, client: Client, method: str) -> None:
    assert client.send(method, SETTINGS).status == 405
    assert Client(desk.port).send(method, SETTINGS).status == 403


def upload_of(size: int) -> bytes:
    head = b'--e\r\nContent-Disposition: form-data; name="title"; filename="a.xlsx"\r\n\r\n'
    return head + bytes(size) + b"\r\n--e--\r\n"


@pytest.mark.parametrize("chunked", [False, True])
def test_61_megabytes_are_refused_with_a_page_and_nothing_of_them_is_kept(
    desk: Served, client: Client, chunked: bool
) -> None:
    target, body = client.address(SETTINGS, SETTINGS), upload_of(61_000_000)
    kind = {"Content-Type": "multipart/form-data; boundary=e"}
    if chunked:
        parts = [body[at : at + 1_000_000] for at in range(0, len(body), 1_000_000)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in parts) + b"0\r\n\r\n"
        kind["Transfer-Encoding"] = "chunked"
    said = client.send("POST", target, body, kind)
    assert said.status == 413
    assert "too large" in said.text
    assert client.get(SETTINGS).status == 200


def test_what_is_just_allowed_is_taken(client: Client) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=e"}
    said = client.send("POST", client.address(SETTINGS, SETTINGS), upload_of(60_000_000), kind)
    assert said.status == 303


def test_a_form_that_is_no_form_gets_a_page(client: Client) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=e"}
    said = client.send("POST", client.address(SETTINGS, SETTINGS), b"nothing of the kind", kind)
    assert said.status in (400, 422)
    assert "<h1" in said.text


def test_two_hundred_connections_at_once_leave_the_desk_alive(desk: Served, client: Client) -> None:
    links = [socket.create_connection(("127.0.0.1", desk.port), timeout=10) for _ in range(200)]
    try:
        for link in links:
            link.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\n".encode())  # without an end
        assert client.get("/p/Warm%20Spaces").status == 200
        for link in links:
            link.sendall(b"\r\n")
        assert {link.recv(12) for link in links} == {b"HTTP/1.1 403"}
    finally:
        for link in links:
            link.close()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2Fapp.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/static/LICENSE",
        "/static/desk.css/..",
        "/p/..%2F..%2Fetc",
        "/p/%2Fetc",
        "/p/Warm%20Spaces/runs/..%2F..%2Fbids/document?name=register.csv",
        "/p/Warm%20Spaces/runs/none/document?name=../../settings.xlsx",
        "/p/Warm%20Spaces/work/..%2F..",
        "//evil.example/",
        "/p/" + "a" * 5000,
    ],
)
def test_tricks_with_paths_end_in_a_plain_page(client: Client, path: str) -> None:
    said = client.get(path)
    assert said.status == 404
    assert "<h1" in said.text
    assert "root:" not in said.text


def test_a_range_of_a_file_is_not_cut_out(client: Client) -> None:
    said = client.get("/static/desk.css", {"Range": "bytes=" + ",".join(f"{at}-" for at in range(500))})
    assert (said.status, said.content) == (200, (ROOT / "evaluator/desk/static/desk.css").read_bytes())


def test_every_answer_says_that_it_stays_here(client: Client) -> None:
    for path in ("/p/Warm%20Spaces", "/none", "/static/desk.js"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == ("max-age=3600" if "static" in path else "no-store")
        assert "Server" not in headers


def test_a_slow_body_is_no_longer_waited_for(desk: Served, client: Client, monkeypatch) -> None:
    import asyncio

    async def never() -> dict[str, object]:
        await asyncio.sleep(3600)
        return {}

    async def read() -> None:
        await uploads.Body(never, 10)()

    monkeypatch.setattr(uploads, "EACH_READ", 0.05)
    with ThreadPoolExecutor(1) as apart, pytest.raises(uploads.TooSlowError):  # in this thread a loop may run
        apart.submit(lambda: asyncio.run(read())).result()


def test_a_body_that_drips_is_ended_as_a_whole(monkeypatch) -> None:
    import asyncio

    async def drip() -> dict[str, object]:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def read() -> None:
        body = uploads.Body(drip, 0)
        while True:
            await body()

    monkeypatch.setattr(uploads, "WHOLE_BODY", 0.2)
    with ThreadPoolExecutor(1) as apart, pytest.raises(uploads.TooSlowError):  # in this thread a loop may run
        apart.submit(lambda: asyncio.run(read())).result()


def test_it_says_privately_where_it_runs_and_ends_within_two_seconds_of_sigterm_with_links_open(
    desk: Served, root: Path, tmp_path: Path
) -> None:
    with served(root, tmp_path) as one:
        notes = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert [path.suffix for path in notes] == [".json"]
        assert notes[0].stat().st_mode & 0o777 == 0o600
        cookie = one.client().cookie.partition("=")[2]
        links = [socket.create_connection(("127.0.0.1", one.port)) for _ in range(5)]
        for link in links[1:]:
            link.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{one.port}\r\n".encode())
        begun = time.monotonic()
        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(timeout=10) == 0
        assert time.monotonic() - begun < END
        for link in links:
            link.close()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert Client(desk.port).get(f"/?token={one.token}").status == 403, "another desk of the folder knows no old token"
    assert Client(desk.port, f"desk_{desk.port}={cookie}").get("/").status == 403


def test_a_second_start_opens_the_desk_that_runs(desk: Served, root: Path, home: Path) -> None:
    with served(root, home) as second:
        assert second.opened == desk.opened
        assert second.process.wait(timeout=10) == 0
    assert desk.client().get("/p/Warm%20Spaces").status == 200


def test_two_starts_at_the_same_moment_open_one_desk(root: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "evaluator", "desk", str(root), "--no-browser"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    two = [subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) for _ in range(2)]
    try:
        lines = [one.stdout.readline() for one in two if one.stdout is not None]
    finally:
        for one in two:
            one.terminate()
        wrong = [one.communicate(timeout=20)[1] for one in two]
    assert lines[0].startswith("Open http://"), wrong
    assert lines[0] == lines[1]


def test_a_desk_that_takes_long_to_start_is_waited_for(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(running, "home", lambda: tmp_path)
    monkeypatch.setattr(lock, "TRIES", 2)  # so that waiting once is over long before the first has started
    ended: list[str] = []

    def second() -> None:
        with running.starting(tmp_path):
            ended.append("second")

    with running.starting(tmp_path) as started:
        waits = threading.Thread(target=second)
        waits.start()
        waits.join(0.5)
        ended.append("first")
        started()
    waits.join(20)
    assert ended == ["first", "second"]


def test_two_desks_never_share_a_port() -> None:
    with desk_of._listening(0) as first, pytest.raises(desk_of.PortTakenError):
        desk_of._listening(first.getsockname()[1])


@pytest.mark.parametrize("lives", [True, False])
@pytest.mark.parametrize("answers", [False, True])
def test_a_note_on_a_desk_that_is_gone_leads_nobody_to_what_answers_there_now(
    tmp_path: Path, monkeypatch, lives: bool, answers: bool
) -> None:
    process = os.getpid() if lives else 999_999_999
    monkeypatch.setattr(running, "home", lambda: tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        running.note(tmp_path, f"http://127.0.0.1:{port}/?token=old", process)
        told = b"HTTP/1.1 303 See Other\r\nLocation: http://evil.example/\r\nSet-Cookie: desk_1=x\r\n\r\n"

        def answer() -> None:
            with suppress(OSError):
                link, _ = other.accept()
                with link:
                    link.recv(1000)
                    link.sendall(told)

        if answers:
            threading.Thread(target=answer, daemon=True).start()
        else:
            other.close()
        assert running.found(tmp_path) is None


def said_by(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "evaluator", "desk", *words, "--no-browser"]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, cwd=ROOT, check=False)


def test_any_other_address_is_refused_with_a_sentence(root: Path) -> None:
    said = said_by(str(root), "--host", "0.0.0.0")
    assert said.returncode == 2
    assert "0.0.0.0 is refused" in " ".join(said.stderr.split())


def test_a_port_that_is_taken_and_a_folder_that_is_not_there_are_said(desk: Served, root: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    taken = said_by(str(tmp_path / "other"), "--port", str(desk.port))
    assert (taken.returncode, "Another program listens" in taken.stderr) == (2, True)
    gone = said_by(str(tmp_path / "gone" / "further"))
    assert (gone.returncode, "There is no folder" in gone.stderr) == (3, True)
    assert said_by(str(tmp_path / "bundle.zip")).returncode == 3
    assert not (tmp_path / "bundle.zip").exists()


def test_the_folder_that_somebody_names_for_programmes_is_made(tmp_path: Path) -> None:
    with served(tmp_path / "Programmes", tmp_path / "state") as desk:
        assert "Begin the programme" in desk.client().get("/").text
    assert list((tmp_path / "Programmes").iterdir()) == []


SLOW = """
import sys, time
from pathlib import Path
from evaluator.desk import serve
from evaluator.desk.pages import order
from evaluator.desk.visit import get

def slow(visit):
    print("begun", flush=True)
    time.sleep(60)

def broken(visit):
    raise KeyError("E01 is of ethnic group 4")

if __name__ == "__main__":
    order.ROUTES = (*order.ROUTES, get("/slow", slow), get("/broken", broken))
    serve(Path(sys.argv[1]), 0, lambda address: print("Open", address, flush=True), opens=False)
"""


IMPATIENT = """
import sys
from pathlib import Path
from evaluator.desk import serve
from evaluator.desk.serving import server, uploads
server.HEAD = server.STALLED = uploads.EACH_READ = 0.5
if __name__ == "__main__":
    serve(Path(sys.argv[1]), 0, lambda address: print("Open", address, flush=True), opens=False)
"""


@pytest.fixture(scope="module")
def impatient(root: Path, tmp_path_factory) -> Iterator[tuple[Served, Path]]:
    """A desk that waits for half a second where others wait longer, with the folder of what it takes in."""
    home = tmp_path_factory.mktemp("impatient")
    environment = {**os.environ, "XDG_STATE_HOME": str(home), "TMPDIR": str(home)}
    command = [sys.executable, "-c", IMPATIENT, str(root)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield Served(process.stdout.readline().split()[1], process), home
    process.terminate()
    process.communicate(timeout=20)


@pytest.mark.parametrize("begun", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"])
def test_the_head_of_a_request_is_not_waited_for_for_ever(impatient: tuple[Served, Path], begun: bytes) -> None:
    assert raw(impatient[0], begun, seconds=20) == b""  # closed, and not by us


def test_a_head_that_drips_is_not_waited_for_either(impatient: tuple[Served, Path]) -> None:
    sent = 0
    with socket.create_connection(("127.0.0.1", impatient[0].port), timeout=20) as link, suppress(OSError):
        while sent < 100:
            link.sendall(b"G")
            sent += 1
            time.sleep(0.1)
    assert sent < 100


def test_whoever_does_not_read_an_answer_is_let_go(impatient: tuple[Served, Path]) -> None:
    one = impatient[0]
    with socket.socket() as link:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        link.settimeout(20)
        link.connect(("127.0.0.1", one.port))
        ask = f"GET /static/desk.css HTTP/1.1\r\nHost: 127.0.0.1:{one.port}\r\n\r\n".encode()
        link.sendall(ask * 200)
        time.sleep(3)
        got = 0
        try:
            while part := link.recv(1_000_000):
                got += len(part)
        except ConnectionResetError:
            pass
    assert got < 100 * 100_000


def test_a_form_that_does_not_come_to_its_end_leaves_nothing_behind(impatient: tuple[Served, Path]) -> None:
    one, home = impatient
    client = one.client()
    target = client.address(SETTINGS, SETTINGS)
    head = (
        f"POST {target} HTTP/1.1\r\nHost: 127.0.0.1:{one.port}\r\nCookie: {client.cookie}\r\n"
        "Content-Type: multipart/form-data; boundary=e\r\nContent-Length: 1000\r\n\r\n--e\r\n"
    )
    told = raw(one, head.encode(), seconds=20)
    assert told.split()[1] == b"408"
    assert b"came too slowly" in told
    with socket.create_connection(("127.0.0.1", one.port)) as link:
        link.sendall(head.encode())  # and goes away
    client.send("POST", target, b"nothing of the kind", {"Content-Type": "multipart/form-data; boundary=e"})
    until = time.monotonic() + 10
    while (left := list(home.glob("evaluator-desk-*/*"))) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == []


def test_it_ends_within_two_seconds_while_a_page_is_at_work_and_a_mistake_is_told_without_its_words(
    root: Path, tmp_path: Path
) -> None:
    command, environment = [sys.executable, "-c", SLOW, str(root)], {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)
    assert process.stdout is not None
    one = Served(process.stdout.readline().split()[1], process)
    said = one.client().get("/broken")
    assert said.status == 500
    assert "KeyError in" in said.text
    assert "ethnic" not in said.text
    client = one.client()
    link = socket.create_connection(("127.0.0.1", one.port))
    link.sendall(f"GET /slow HTTP/1.1\r\nHost: 127.0.0.1:{one.port}\r\nCookie: {client.cookie}\r\n\r\n".encode())
    assert process.stdout.readline() == "begun\n"
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert time.monotonic() - begun < END
    assert process.communicate()[1] == ""
    link.close()
