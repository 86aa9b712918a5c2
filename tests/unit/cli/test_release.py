"""A release: all that goes out in one go, told to the ledger; on the public site nothing but what anyone may have."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.read import pyodide
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs import keeping
from evaluator.records.office.settings import Person, Settings
from evaluator.reporting.office.settings_workbook import settings_workbook
from tests.unit.cli.test_considered import consider, evaluated, monitored, run

DECISION = ("--decided-by", "R. Example", "--role", "director", "--decided", "2026-12-04")
DAY = ("--date", "2026-12-10", "--pages-only")
TODAY = "2026-12-10"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a run whose equality figures were considered."""
    made = monitored(tmp_path_factory.mktemp("release"))
    evaluated(made)
    consider(made)
    evaluated(made)
    (made / "pyodide").mkdir()
    for name in pyodide.NEEDED:
        (made / "pyodide" / name).write_bytes(b"nothing")
    return made


@pytest.fixture(scope="module")
def released(home: Path) -> dict[str, Any]:
    """Give what a release says of itself; it lies in ``out`` and ``site``, and was told to a ledger."""
    kept = ("--ledger", home / "ledger.jsonl", "--by", "Sam Lee, officer")
    site = ("--site", home / "site", "--pyodide", home / "pyodide", "--address", "https://example.org/awards/")
    done = run("release", home / "run" / "bundle.zip", "--out", home / "out", *DAY, *DECISION, *site, *kept, "--json")
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_everything_that_goes_out_lies_in_one_folder_and_is_listed_with_its_sum(
    home: Path, released: dict[str, Any]
) -> None:
    there = sums(home / "out")
    del there["release.json"]
    assert released["files"] == there
    assert {name.partition("/")[0] for name in there} == {"letters", "disclosure", "open-data", "notice"}
    assert (released["draft"], released["decision"]["date"], released["date"]) == (False, "2026-12-04", "2026-12-10")
    assert json.loads((home / "out" / "letters" / "letters.json").read_text("utf-8"))["sent"] == "2026-12-10"


def test_the_ledger_says_who_released_when_and_the_sums_of_what_went_out(home: Path, released: dict[str, Any]) -> None:
    entries = read_ledger(home / "ledger.jsonl").entries
    site = hashlib.sha256((home / "site" / "site.json").read_bytes()).hexdigest()
    out = hashlib.sha256((home / "out" / "release.json").read_bytes()).hexdigest()
    assert [(one.event.kind, one.who, one.when, one.event.file) for one in entries] == [
        ("released", "Sam Lee, officer", "2026-12-10", out),
        ("released", "Sam Lee, officer", "2026-12-10", site),
    ]
    assert entries[0].event.subject == f"{released['run']}: release.json"


def test_the_site_offers_the_public_documents_and_nothing_else_of_the_run(home: Path, released: dict[str, Any]) -> None:
    assert released
    there = sums(home / "site")
    downloads = {name for name in there if name.startswith("downloads/")}
    public = set(json.loads((home / "out" / "disclosure" / "disclosure.json").read_text("utf-8"))["documents"])
    forms = {f"downloads/{name.rpartition('.')[0]}.{form}" for name in public for form in ("html", "pdf")}
    ours = {f"downloads/{name}" for name in ("awards.csv", "awards.xlsx", "ocds.json", "rules.html", "rules.pdf")}
    equality = {"downloads/equality_impact.html", "downloads/equality_impact.pdf"}
    assert downloads == ours | forms | equality
    assert there["downloads/equality_impact.html"] == sums(home / "run")["equality_impact.html"]
    first = (home / "site" / "index.html").read_text("utf-8")
    assert [name for name in downloads if f'href="{name}"' not in first] == []
    listed = json.loads((home / "site" / "site.json").read_text("utf-8"))["files"]
    assert {name: digest for name, digest in there.items() if name != "site.json"} == listed


def test_the_site_names_the_office_that_decided_and_nobody(home: Path, released: dict[str, Any]) -> None:
    assert released
    first = (home / "site" / "index.html").read_text("utf-8")
    assert "Decided by the director on 4 December 2026." in first
    assert "No decision" not in first
    texts = [path.read_text("utf-8") for path in (home / "site").rglob("*.html")]
    assert [text for text in texts if "R. Example" in text] == []


def test_search_engines_are_told_of_every_page_that_is_there(home: Path, released: dict[str, Any]) -> None:
    assert released
    pages = (home / "site" / "sitemap.txt").read_text("utf-8").split()
    base = "https://example.org/awards/"
    assert all(page.startswith(base) for page in pages)
    there = {name for name in sums(home / "site") if name.endswith(".html") and not name.startswith("downloads/")}
    assert {page.removeprefix(base) for page in pages} == there
    robots = (home / "site" / "robots.txt").read_text("utf-8")
    assert robots == f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.txt\n"


def test_without_a_decision_it_is_a_draft_and_the_site_says_recommended(home: Path, tmp_path: Path) -> None:
    site = ("--site", tmp_path / "site", "--pyodide", home / "pyodide")
    done = run("release", home / "run" / "bundle.zip", "--out", tmp_path / "out", *DAY, *site)
    assert done.exit_code == 0, done.output
    assert "They are drafts: no decision is recorded yet." in done.output
    assert json.loads((tmp_path / "out" / "release.json").read_text("utf-8"))["draft"] is True
    pages = [path for path in (tmp_path / "site").rglob("*.html") if path.parent.name != "downloads"]
    assert all("These awards are recommended. No decision on them" in page.read_text("utf-8") for page in pages)
    assert (tmp_path / "site" / "sitemap.txt").read_text("utf-8").startswith("index.html\n")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--decided-by", "R. Example"), "together"),
        ((*DECISION, "--sent", "2026-12-01"), "is after --sent"),
        (("--address", "example.org"), "is no address of the web"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    home: Path, tmp_path: Path, more: tuple[str, ...], words: str
) -> None:
    done = run("release", home / "run" / "bundle.zip", "--out", tmp_path / "out", *DAY, *more)
    assert (done.exit_code, words in done.output) == (2, True), done.output
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_no_release_is_left_as_it_is(home: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    done = run("release", home / "run" / "bundle.zip", "--out", tmp_path, *DAY)
    assert (done.exit_code, sorted(path.name for path in tmp_path.iterdir())) == (2, ["mine.txt"])


def test_a_programme_is_released_into_its_papers_and_told_to_its_ledger(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "this_minute", lambda: f"{TODAY}T09:30")
    root = tmp_path / "Warm Spaces"
    for part in ("criteria", "bids"):
        shutil.copytree(home / part, root / part)
    shutil.copytree(home / "run", root / "reports" / "run-1")
    settings = Settings(people=(Person("Sam Lee", "Officer", records=True),))
    (root / "settings.xlsx").write_bytes(workbook_bytes(settings_workbook(settings)))
    done = run("release", root, "--pages-only", "--pyodide", home / "pyodide")
    assert done.exit_code == 0, done.output
    assert (root / "papers" / "release" / "release.json").is_file()
    assert (root / "papers" / "site" / "index.html").is_file()
    entries = read_ledger(root / "ledger.jsonl").entries
    assert [(one.event.kind, one.who, one.when) for one in entries] == [("released", "Sam Lee, Officer", TODAY)] * 2
