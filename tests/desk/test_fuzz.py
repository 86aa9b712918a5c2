"""Every address with whatever somebody may send: a page, a document or a sentence, and never a mistake of ours."""

import random
import re
from pathlib import Path

import pytest

from evaluator.desk import confined
from evaluator.desk.confined import ConfinedError
from evaluator.desk.pages.coming_in import drops, imports, inbox
from evaluator.desk.pages.order import ROUTES
from evaluator.desk.pages.results import opened
from evaluator.desk.serving.uploads import Form, Upload
from evaluator.desk.visit import Visit
from tests.desk import award
from tests.desk.asked import Asked, text_of
from tests.desk.served import ROOT

FIELD = re.compile(r'(?:form\.text|form\.every|query\.get)\(f?"([\w-]+)"|forms\.\w+\("(\w+)"')
MORE = "bid matter subject evaluator theme state number leaf of name run with show later chair change version then what"
SPARE = "says-0 interest-0 date-0 take-0 kind-0 answer-0 name_1 email_1 records label-0 about-0 text-0 in_part keys"
TEXTS = (
    *(
        "",
        " ",
        "\t",
        "\n",
        "\x00",
        "a\x00b",
        "0",
        "-1",
        "1.5",
        "1e999",
        "9" * 30,
        "nan",
        "inf",
        "0x10",
        "1_000",
        "٣",
        "²",
    ),
    *(
        "½",
        "１２",
        "B1",
        "B2",
        "B3",
        "Q1",
        "E01",
        "4",
        "yes",
        "no",
        "none",
        "recused",
        "admit",
        "not_met",
        "failed_gate",
    ),
    *("insurance", "2026-12-01", "31/02/2026", "0001-01-01", "9999-12-31", "2026-12-01 14:05", "B1 2026-12-14\nB2 x"),
    *(
        "\U0001f600",
        award.SCRIPT,
        '"><svg onload=alert(1)>',
        "=1+1",
        "@x",
        "../../etc/passwd",
        "..\\..\\x",
        "CON",
        "NUL.txt",
    ),
    *(
        "%",
        "%00",
        "%2e%2e",
        "{{ 7*7 }}",
        "\r\nSet-Cookie: a=b",
        "\u202e",
        "http://169.254.169.254/",
        "javascript:alert(1)",
    ),
    *(
        "//evil.example",
        "/\\evil.example",
        "all",
        "open",
        "later",
        "assigned",
        "marks",
        "register",
        "site",
        "disclosure",
    ),
    *(
        "release/letters",
        "public",
        "restricted",
        "replace",
        "another",
        "council",
        "stay",
        "import",
        "pages",
        "a" * 40_000,
    ),
)
ANSWERED = [one for one in ROUTES if one.path != "/end"]  # which would end this process
FILES = (b"", b"PK\x03\x04", b"a,b\n1,2\n", b"\0" * 100, b"%PDF-1.4", b"\xff\xfe\x00", b"{" * 1000, b"<xml/>")


def names() -> list[str]:
    """Name every field that the desk's pages ask for."""
    here = ROOT / "evaluator" / "desk"
    texts = (path.read_text("utf-8") for kind in ("*.py", "*.html") for path in sorted(here.rglob(kind)))
    found = {one for text in texts for pair in FIELD.findall(text) for one in pair if one}
    return sorted(found | set(MORE.split()) | set(SPARE.split()))


class Somebody:
    """Sends anything anywhere, by one seed."""

    def __init__(self, seed: int, desk: Asked, run: str) -> None:
        self.dice, self.desk, self.run = random.Random(seed), desk, run
        self.names, self.versions = names(), [""]

    def text(self) -> str:
        if self.dice.random() < 0.8:
            return self.dice.choice(TEXTS)
        return "".join(self.dice.choice(TEXTS)[:50] for _ in range(self.dice.randrange(4)))

    def fields(self, most: int) -> list[tuple[str, str]]:
        return [(self.dice.choice(self.names), self.text()) for _ in range(self.dice.randrange(most))]

    def values(self, path: str) -> dict[str, str]:
        found = {name: self.text() or "x" for name in re.findall(r"\{(\w+)\}", path)}
        likely = {"programme": "Rooms", "run": self.run, "number": "0"}
        waiting = inbox.drops_of(Visit(self.desk.desk, "/")).of(self.desk.desk.folder / "Rooms")
        if waiting and ("imports" in path or "inbox" in path):
            drop = self.dice.choice(waiting)
            likely |= {"number": drop.number, "at": str(self.dice.choice(list(drop.files)))}
        return {name: likely[name] if name in likely and self.dice.random() < 0.85 else found[name] for name in found}

    def files(self, at: int) -> list[tuple[str, Upload]]:
        made = []
        for one in range(self.dice.randrange(3)):
            path, content = self.desk.desk.staging / f"{at}-{one}", self.dice.choice(FILES)
            path.write_bytes(content)
            field = self.dice.choice(("files", "bundle", "key", "title", "file"))
            made.append((field, Upload(self.dice.choice(("a.xlsx", "CON", "<b>.csv", "x" * 120)), path, len(content))))
        return made

    def sends(self, at: int) -> None:
        route = self.dice.choice(ANSWERED)
        query, form = dict(self.fields(6)), Form()
        if route.method == "POST":
            form = Form((*self.fields(14), ("version", self.dice.choice(self.versions))), tuple(self.files(at)))
        said = self.desk.answer(route, self.values(route.path), query, form)
        assert said.status_code in (200, 303, 403, 404, 409, 422), (route.path, said.status_code)
        if said.media_type == "text/html":
            told = text_of(said)
            self.versions = [*self.versions[-20:], *re.findall(r'name="version" value="(\w+)"', told)]
            assert not any(one in told for one in award.MARKUP), route.path
        onward = said.headers.get("location", "/")
        assert re.match(r"/(?![/\\])", onward), (route.path, onward)
        assert not {"\r", "\n"} & set(onward)


def directly(work, *arguments, **_):
    """Read a file in this process: another one for each would take too long here."""
    try:
        return work(*arguments)
    except Exception as error:
        raise ConfinedError(type(error).__name__) from None


@pytest.mark.parametrize(
    ("seed", "times"), [(19, 400), *(pytest.param(at, 6_000, marks=pytest.mark.slow) for at in range(4))]
)
def test_whatever_is_sent_to_any_address_is_answered(seed, times, awarded, tmp_path: Path, monkeypatch) -> None:
    for module in (drops, imports, opened):
        monkeypatch.setattr(module, confined.confined.__name__, directly)
    root, run = awarded
    somebody = Somebody(seed, Asked.on(root.parent, tmp_path / "staging"), run)
    for at in range(times):
        somebody.sends(at)
