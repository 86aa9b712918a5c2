"""The page of equality: the public edition, the decision makers' edition for those who are named, the consideration."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evaluator.desk.fields import Field
from evaluator.desk.page import Link, Page, Problem
from evaluator.desk.pages.equality import work
from evaluator.desk.pages.results.opened import all_runs
from evaluator.desk.visit import Answer, Refused, Visit, get, post
from evaluator.files.read.bids.folder import bids_in, read_consideration
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.finished.runs import manifest_of
from evaluator.jobs.keeping import today
from evaluator.records.dates import HOW, read_day, spoken_date
from evaluator.records.ledger import Entry
from evaluator.records.submissions.blank_words import says_nothing

PLACE = ("Equality", "equality")
RESTRICTED, CONSIDER = "Equality: the decision makers’ edition", "Equality: the consideration"
SALT_BYTES = 32
PUBLIC, FOLDER = "equality_impact.", "equality-restricted"
TO = "One in a line: who decides and is given it, such as Cllr R. Example."


@dataclass(frozen=True, kw_only=True)
class Equality(Page):
    """What everyone may have, what only those who decide may have, and what they made of it."""

    template: ClassVar[str] = "equality.html"
    asked: bool
    public: tuple[Link, ...]
    considered: str
    restricted: tuple[Link, ...]
    place: str
    given: tuple[Entry, ...]
    to_make: tuple[Field, ...]
    to_consider: tuple[Field, ...]
    make: str
    consider: str
    running: str
    notes: tuple[str, ...]


def show(visit: Visit) -> Answer:
    """Show the page."""
    return _page(visit, {"date": today(), "considered_on": today()})


def _page(visit: Visit, texts: Mapping[str, str], problems: tuple[Problem, ...] = ()) -> Equality:
    running = visit.running(RESTRICTED) or visit.running(CONSIDER)
    folder = visit.programme.reports / FOLDER
    return Equality(
        title="Equality",
        asked=visit.look(_asked, visit.programme.criteria),
        public=tuple(_public(visit)),
        considered=_considered(visit),
        restricted=tuple(_links(visit, "restricted", folder)),
        place=f"reports/{FOLDER}",
        given=tuple(_given(visit)),
        to_make=(
            Field("recipients", "Who is given it", "long", texts.get("recipients", ""), TO),
            Field("date", "Date to print on it", "date", texts.get("date", "")),
        ),
        to_consider=(
            Field("person", "Who considered the figures", "text", texts.get("person", ""), "Name and office."),
            Field("considered_on", "When", "date", texts.get("considered_on", ""), "The day, before the decision."),
            Field("text", "What was considered, and what was made of it", "long", texts.get("text", "")),
        ),
        make=visit.at("equality/restricted"),
        consider=visit.at("equality/consider"),
        running=visit.at(f"work/{running.number}") if running else "",
        notes=_notes(visit),
        problems=problems,
    )


def _asked(criteria: Path) -> bool:
    """Whether these criteria ask for monitoring at all."""
    published = read_criteria(criteria).criteria
    return published is not None and published.equality is not None


def _notes(visit: Visit) -> tuple[str, ...]:
    """Give the notes on the monitoring that the last work made; they are told here alone."""
    root = visit.programme.root
    ended = [piece.ended for what in (RESTRICTED, CONSIDER) if (piece := visit.desk.work.last(f"{what} {root}"))]
    return tuple(dict.fromkeys(note for one in ended if one and one.facts for note in one.facts))


def _public(visit: Visit) -> Iterator[Link]:
    run = next((one for one in all_runs(visit) if one.bundle is not None), None)
    yield from _links(visit, "public", run.path) if run else ()


def _links(visit: Visit, of: str, folder: Path) -> Iterator[Link]:
    for name in _names(of, folder):
        yield Link(name, visit.at("equality/file", of=of, name=name))


def _names(of: str, folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    names = sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return [name for name in names if of == "restricted" or name.startswith(PUBLIC)]


def _considered(visit: Visit) -> str:
    """Say who considered the figures and when, and whether that stands for the newest run."""
    said, _ = visit.look(_read, visit.programme.bids)
    if said is None:
        return "Nobody has written down yet that the figures were considered. Letters stay drafts until somebody has."
    who = f"{said.get('person', '')}, on {spoken_date(str(said.get('date', '')))}"
    run = next((one for one in all_runs(visit) if one.bundle is not None), None)
    told = (manifest_of(run.path) or {}).get("consideration") if run else None
    if not told or not told.get("person"):
        return f"Considered by {who}. No run tells of it yet: evaluate again."
    stands = (
        "It stands for the newest run." if told.get("stands") else "The figures have changed since: consider again."
    )
    return f"Considered by {who}. {stands}"


def _read(bids: Path) -> tuple[Mapping[str, object] | None, object]:
    return read_consideration(bids_in(bids))


def _given(visit: Visit) -> Iterator[Entry]:
    entries = visit.ledger.entries if visit.ledger else ()
    yield from (one for one in reversed(entries) if one.event.kind == "restricted")


def make(visit: Visit) -> Answer:
    """Begin to make the decision makers' edition; without names nothing is made."""
    texts = {key: visit.form.text(key) for key in ("recipients", "date")}
    named = tuple(dict.fromkeys(filter(None, (line.strip() for line in texts["recipients"].splitlines()))))
    date = read_day(texts["date"]) if texts["date"] else ""
    wrong = []
    if not named or any(says_nothing(name) for name in named):
        wrong.append(Problem("Name those who decide and are given it, one in a line.", "recipients"))
    if date is None:
        wrong.append(Problem(f"“{texts['date']}” is not a day that exists. {HOW}.", "date"))
    if wrong:
        return _page(visit, {"considered_on": today(), **texts}, tuple(wrong))
    back = visit.at("equality")
    return visit.begin(
        RESTRICTED, work.restricted, visit.programme, named, date or "", visit.keeping(), back, back=back
    )


def consider(visit: Visit) -> Answer:
    """Begin to write down that the figures as they are now were considered."""
    texts = {key: visit.form.text(key) for key in ("person", "considered_on", "text")}
    date = read_day(texts["considered_on"]) if texts["considered_on"] else None
    wrong = [
        Problem(words, key)
        for key, words in (
            ("person", "Give who considered the figures: name and office."),
            ("text", "Give what was considered, and what was made of it."),
        )
        if not texts[key] or says_nothing(texts[key])
    ]
    if date is None:
        wrong.append(Problem(f"Give the day on which they were considered. {HOW}.", "considered_on"))
    if wrong:
        return _page(visit, {"date": today(), **texts}, tuple(wrong))
    said = (texts["person"], date or "", texts["text"])
    back, salt = visit.at("equality"), secrets.token_hex(SALT_BYTES)
    return visit.begin(CONSIDER, work.consider, visit.programme, said, salt, visit.keeping(), back, back=back)


def one_file(visit: Visit) -> Answer:
    """Give one document on equality."""
    of, name = visit.query.get("of", ""), visit.query.get("name", "")
    run = next((one for one in all_runs(visit) if one.bundle is not None), None)
    folders = {"restricted": visit.programme.reports / FOLDER} | ({"public": run.path} if run else {})
    if of not in folders or name not in _names(of, folders[of]):
        raise Refused("There is no such document.", 404)
    return visit.attached(folders[of] / name)


ROUTES = (
    get("/p/{programme}/equality", show),
    get("/p/{programme}/equality/file", one_file),
    post("/p/{programme}/equality/restricted", make),
    post("/p/{programme}/equality/consider", consider),
)
