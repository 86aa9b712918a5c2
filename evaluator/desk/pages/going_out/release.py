"""The disclosure pack and the release: all that goes out after a decision, and who may have what of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlencode

from evaluator.desk.confined import ConfinedError, confined
from evaluator.desk.fields import Field
from evaluator.desk.page import Page, Problem
from evaluator.desk.pages.going_out import work
from evaluator.desk.pages.going_out.letters import KEYS, fields, newest, said_in, why_not, zipped
from evaluator.desk.visit import Answer, Attachment, Go, Refused, Visit, get, post
from evaluator.jobs.keeping import today
from evaluator.records.dates import HOW, read_day
from evaluator.records.results.notice_facts import NoticeFacts
from evaluator.reporting.run.who_may_have import NOBODY_SAID, access

PLACE = None
DISCLOSURE, RELEASE = "Write the disclosure pack", "Release"
OWN = {
    "date": ("Day of the release", "The day that stands in open data and on the site, such as 2026-12-01."),
    "address": ("Address of the site", "Where the public site will be on the web, such as https://example.org/awards."),
    "ocid": (
        "Identifier of the contracting process",
        "For open data, with its prefix; empty if there is none.",
    ),
    "prefix": ("360Giving prefix", "Of grants: your registered prefix."),
}
MADE_BY = {"letters": "letters", "disclosure": "disclose", "open-data": "open-data", "notice": "notice"}
TITLES = {
    "letters": "letters",
    "disclosure": "disclosure pack",
    "open-data": "open data",
    "notice": "contract award notice",
}
PREFIX = "360G-publisher"


@dataclass(frozen=True)
class Paper:
    """A file that goes out: its name, where it is downloaded, who may have it, and what it holds."""

    name: str
    address: str
    who: str
    holds: str
    consider: str


@dataclass(frozen=True)
class Part:
    """A folder of what goes out with its files; ``place`` is where it lies in the programme's folder."""

    title: str
    place: str
    zip: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True, kw_only=True)
class Release(Page):
    """The forms of the pack and of the release, and what lies there with who may have it."""

    template: ClassVar[str] = "going_out/release.html"
    here: str
    back: str
    pack: str
    why_not: str
    running: str
    fields: tuple[Field, ...]
    site: bool
    pyodide: str
    parts_there: tuple[Part, ...]


def show(visit: Visit) -> Answer:
    """Show the forms as the settings fill them in, and what lies there."""
    settings = visit.programme.settings
    texts = {key: getattr(settings, key) for key in KEYS} | {"date": today(), "prefix": PREFIX}
    return _page(visit, texts)


def _page(visit: Visit, texts: Mapping[str, str], problems: tuple[Problem, ...] = (), *, site: bool = True) -> Release:
    from evaluator.files.read.pyodide import ADDRESS

    running = visit.running(RELEASE) or visit.running(DISCLOSURE)
    grants = _is_of_grants(visit)
    own = {key: words for key, words in OWN.items() if grants or key != "prefix"}
    return Release(
        title="Disclosure and release",
        here=visit.at("letters/release"),
        back=visit.at("letters"),
        pack=visit.at("letters/disclosure"),
        why_not=why_not(newest(visit)),
        running=visit.at(f"work/{running.number}") if running else "",
        fields=(
            *fields(texts),
            *(
                Field(key, label, "date" if key == "date" else "text", texts.get(key, ""), hint)
                for key, (label, hint) in own.items()
            ),
        ),
        site=site,
        pyodide=ADDRESS,
        parts_there=tuple(_parts(visit)),
        problems=problems,
    )


def _is_of_grants(visit: Visit) -> bool:
    from evaluator.files.read.criteria.folder import read_criteria

    read = visit.look(read_criteria, visit.programme.criteria)
    return read.criteria is not None and read.criteria.regime == "grant"


def pack(visit: Visit) -> Answer:
    """Begin to write the disclosure pack."""
    run = newest(visit)
    if why := why_not(run):
        raise Refused(why)
    assert run is not None  # else there was a reason
    back = visit.at("letters/release")
    return visit.begin(DISCLOSURE, work.disclosure, run.bundle, visit.programme.papers / "disclosure", back, back=back)


def release(visit: Visit) -> Answer:
    """Begin the release."""
    from evaluator.jobs.finished.release import Asked

    if at_work := visit.running(RELEASE) or visit.running(DISCLOSURE):
        return Go(visit.at(f"work/{at_work.number}"))
    run = newest(visit)
    if why := why_not(run):
        raise Refused(why)
    assert run is not None  # else there was a reason
    own = {key: visit.form.text(key) for key in OWN}
    date = read_day(own["date"]) if own["date"] else None
    said, typed, wrong = said_in(visit, date or "")
    wrong += tuple(_wrong(own, date))
    site = visit.form.text("site") == "yes"
    brought = _brought(visit)
    wrong += brought.wrong
    if wrong:
        return _page(visit, {**typed, **own}, wrong, site=site)
    pages_only = visit.form.text("forms") == "pages"
    prefix = own["prefix"] or PREFIX
    asked = Asked(said, date or "", own["address"], own["ocid"], prefix, brought.facts, pages_only)
    back = visit.at("letters/release")
    return visit.begin(
        *(RELEASE, work.release, run.bundle, visit.programme, asked),
        *(brought.pyodide if site else None, visit.keeping(), back),
        back=back,
    )


@dataclass(frozen=True)
class Brought:
    """What came along in files: what the notice adds, and Python for browsers; and what is wrong with either."""

    facts: NoticeFacts = field(default_factory=NoticeFacts)
    pyodide: Mapping[str, bytes] = field(default_factory=dict)
    wrong: tuple[Problem, ...] = ()


def _brought(visit: Visit) -> Brought:
    """Read the files that came along, in a process of its own."""
    sent = {name: one for name in work.READERS for one in visit.form.files(name)[:1]}
    try:
        read = confined(work.brought, {name: one.path for name, one in sent.items()}) if sent else {}
    except ConfinedError as error:
        read = dict.fromkeys(sent, str(error))
    wrong = [
        Problem(f"{sent[name].name} cannot be used: {why}.", name) for name, why in read.items() if isinstance(why, str)
    ]
    return Brought(**{name: one for name, one in read.items() if not isinstance(one, str)}, wrong=tuple(wrong))


def _wrong(own: Mapping[str, str], date: str | None) -> Iterator[Problem]:
    if date is None:
        yield Problem(f"{OWN['date'][0]}: give a day that exists. {HOW}.", "date")
    if own["address"] and not own["address"].startswith(("https://", "http://")):
        yield Problem(f"{OWN['address'][0]}: write it as https://example.org/awards.", "address")


def _parts(visit: Visit) -> Iterator[Part]:
    """Give what lies there, folder by folder."""
    papers = visit.programme.papers
    if (papers / "disclosure" / "disclosure.json").is_file():
        yield _part(visit, papers / "disclosure", "The disclosure pack", "disclose", "disclosure")
    for name, command in MADE_BY.items():
        folder = papers / "release" / name
        if folder.is_dir() and (papers / "release" / "release.json").is_file():
            yield _part(visit, folder, f"Release: {TITLES[name]}", command, f"release/{name}")
    if (papers / "site" / "site.json").is_file():
        zip_at = f"{visit.at('letters/release/zip')}?{urlencode({'of': 'site'})}"
        yield Part("Release: the public site", "papers/site", zip_at, ())


def _part(visit: Visit, folder: Path, title: str, command: str, of: str) -> Part:
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    papers = []
    for name in names:
        kind = access(name, command)
        where = f"{visit.at('letters/release/file')}?{urlencode({'of': of, 'name': name})}"
        papers.append(
            Paper(
                name,
                where,
                kind.who if kind else NOBODY_SAID,
                kind.holds if kind else "",
                kind.consider if kind else "",
            )
        )
    return Part(title, f"papers/{of}", f"{visit.at('letters/release/zip')}?{urlencode({'of': of})}", tuple(papers))


def _folder(visit: Visit) -> tuple[str, Path]:
    """Give the folder that an address names; only those that this page lists."""
    of = visit.query.get("of", "")
    known = ("disclosure", "site", *(f"release/{name}" for name in MADE_BY))
    folder = visit.programme.papers / of
    if of not in known or not folder.is_dir():
        raise Refused("There is no such folder here.", 404)
    return of, folder


def one_file(visit: Visit) -> Answer:
    """Give one file that goes out."""
    _, folder = _folder(visit)
    name = visit.query.get("name", "")
    if name not in {path.name for path in folder.iterdir() if path.is_file()}:
        raise Refused("There is no such file here.", 404)
    return visit.attached(folder / name)


def all_files(visit: Visit) -> Answer:
    """Give a folder of what goes out in one file."""
    of, folder = _folder(visit)
    return Attachment(f"{of.replace('/', '-')}.zip", zipped(visit, folder))


ROUTES = (
    get("/p/{programme}/letters/release", show),
    post("/p/{programme}/letters/release", release),
    post("/p/{programme}/letters/disclosure", pack),
    get("/p/{programme}/letters/release/file", one_file),
    get("/p/{programme}/letters/release/zip", all_files),
)
