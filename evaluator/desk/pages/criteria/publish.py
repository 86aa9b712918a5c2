"""Publish the criteria: what holds it up, what a named person accepts, what changed since, the answers, the seal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from evaluator.desk.page import Conflict, Page, Problem
from evaluator.desk.pages.criteria import entry
from evaluator.desk.pages.criteria.changing import change
from evaluator.desk.pages.criteria.found import Found, Placed, asked, found
from evaluator.desk.pages.criteria.hub import at_its_place, files_of, state_of, still_empty
from evaluator.desk.processes import Say
from evaluator.desk.visit import Answer, Go, Refused, StaleError, Visit, get, post, version_of
from evaluator.desk.work import Ended
from evaluator.files.read.programme import open_programme
from evaluator.jobs.criteria.drafts import CannotBeKeptError, Draft, read_draft
from evaluator.jobs.criteria.publishing import not_a_new_version, publish_programme
from evaluator.jobs.keeping import Keeping, today
from evaluator.jobs.publication import Papers
from evaluator.publication import ARITHMETIC
from evaluator.publication import check as check_criteria
from evaluator.records.dates import HOW, read_day, spoken_date
from evaluator.records.findings.finding import Finding, Severity
from evaluator.records.programme.criteria import Seal
from evaluator.records.programme.written.files import ACCEPTED_FILE, VERSIONS_FILE, Plain
from evaluator.records.texts import visible

PLACE = None
TITLE = "Publish the criteria"
VERSION_FIELDS = (
    ("what", "What changed", "In words that bidders understand."),
    ("why", "Why it changed", ""),
    (
        "legal_footing",
        "By what right",
        "Such as section 31 of the Procurement Act 2023.",
    ),
    ("told", "How bidders were told", "Where and when: a modified tender notice, a message to everybody who asked."),
)


@dataclass(frozen=True)
class Step:
    """Something that stands in the way: the finding, where it is mended, and where it can be accepted."""

    finding: Finding
    mend: str
    accept: str


@dataclass(frozen=True, kw_only=True)
class Publish(Page):
    """What stands in the way of publication, and what was accepted."""

    template: ClassVar[str] = "criteria/publish.html"
    crumb: str
    state: tuple[str, str]
    seal: tuple[tuple[str, str], ...]
    ways: tuple[Step, ...]
    accepted: tuple[tuple[str, str, str], ...]  # what, by whom and why, and where it is taken back
    same_version: str
    programme: str
    versions: str
    answers: str
    ready: bool
    empty: tuple[tuple[str, str], ...]  # what is still empty, and where it is filled in


@dataclass(frozen=True, kw_only=True)
class Accept(Page):
    """A finding that a named person accepts."""

    template: ClassVar[str] = "criteria/accept.html"
    action: str
    back: str
    finding: Finding
    version: str
    person: str
    role: str
    reason: str
    date: str


@dataclass(frozen=True, kw_only=True)
class Versions(Page):
    """What is said of a new version."""

    template: ClassVar[str] = "criteria/version.html"
    action: str
    back: str
    version: str
    number: str
    before: str
    date: str
    fields: tuple[tuple[str, str, str, str], ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, kw_only=True)
class Answers(Page):
    """What will be published, to be looked at once more."""

    template: ClassVar[str] = "criteria/answers.html"
    action: str
    back: str
    version: str
    date: str
    rows: tuple[tuple[str, str], ...]


def show(visit: Visit) -> Answer:
    """Show what stands in the way, and what comes next."""
    programme = visit.programme
    now = visit.look(found, programme.criteria)
    tried = visit.look(tried_out, programme.criteria, today())
    held = [now.place(one) for one in tried.findings if one.severity is not Severity.NOTE]
    needed = needed_by_all(now)
    seal, read = now.checked.read.seal, now.checked.read
    sealed_now = state_of(now)[1] == "good"
    same = "" if sealed_now else visit.look(not_a_new_version, programme.criteria, programme.ledger)
    return Publish(
        title=TITLE,
        crumb=visit.at("criteria"),
        state=state_of(now),
        seal=_seal_rows(seal) if seal else (),
        ways=tuple(_step(visit, one, needed) for one in held) if not sealed_now else (),
        accepted=tuple(
            (
                f"{one.code} at {one.place}: {one.message}",
                f"{one.person}, {spoken_date(one.date)}: {one.reason}",
                _back(visit, one.code, one.place),
            )
            for one in now.checked.accepted
        ),
        same_version=same,
        programme=f"{visit.at('criteria/part')}?file=programme.toml&path=#in-version",
        versions=visit.at("criteria/version") if seal and not sealed_now and not same and read.criteria else "",
        answers=visit.at("criteria/answers"),
        ready=tried.seal is not None and not same and not sealed_now,
        empty=()
        if seal
        else tuple((words, f"{visit.at('criteria/part')}?{asked(spot)}") for words, spot in still_empty(now)),
    )


def _seal_rows(seal: Seal) -> tuple[tuple[str, str], ...]:
    words = ("Reference", "Version", "Day", "Fingerprint")
    return tuple(zip(words, (seal.reference, seal.version, spoken_date(seal.date), seal.sha256), strict=True))


def tried_out(criteria: Path, day: str) -> Papers:
    """Say what publishing would come to on a day; nothing is written."""
    from evaluator.jobs.publication import publish as try_out

    return try_out(criteria, day, papers=False)


def needed_by_all(now: Found) -> frozenset[tuple[str, str]]:
    """Name the findings that nobody can accept, since the arithmetic cannot do without."""
    if now.checked.read.criteria is None:
        return frozenset((one.code, str(one.source)) for one in now.checked.findings)
    wrong = now.checked.read.placed(check_criteria(now.checked.read.criteria, ARITHMETIC))
    return frozenset((one.code, str(one.source)) for one in wrong)


def _step(visit: Visit, one: Placed, needed: frozenset[tuple[str, str]]) -> Step:
    what, mend = at_its_place(visit, one)
    can = (what.code, str(what.source)) not in needed and not one.decided and not what.code.startswith("E-SEAL")
    accept = visit.at("criteria/accept", code=what.code, place=str(what.source)) if can else ""
    return Step(what, mend if not one.decided else "", accept)


def _back(visit: Visit, code: str, place: str) -> str:
    return visit.at("criteria/accepted/remove", code=code, place=place)


# Acceptances.


def _asked(visit: Visit) -> Finding:
    code, place = visit.query.get("code", ""), visit.query.get("place", "")
    now = visit.look(found, visit.programme.criteria)
    one = next((one for one in now.checked.findings if (one.code, str(one.source)) == (code, place)), None)
    if one is None or (code, place) in needed_by_all(now):
        raise Refused("There is no such finding any more, or nobody can accept it. Look at the list again.", 404)
    return one


def accept(visit: Visit) -> Answer:
    """Ask who accepts a finding, and why."""
    person = visit.programme.settings.recorder
    return _accept(visit, _asked(visit), (person.name if person else "", person.role if person else "", "", today()))


def _accept(visit: Visit, one: Finding, said: tuple[str, str, str, str], problems: tuple[Problem, ...] = ()) -> Accept:
    now = visit.look(found, visit.programme.criteria)
    return Accept(
        title="Accept what was found",
        action=visit.at("criteria/accept", code=one.code, place=str(one.source)),
        back=visit.at("criteria/publish"),
        finding=one,
        version=entry.version_of_entry(now.draft.decided.get(ACCEPTED_FILE, [])),
        person=said[0],
        role=said[1],
        reason=said[2],
        date=said[3],
        problems=problems,
    )


def take_acceptance(visit: Visit) -> Answer:
    """Write down that a named person accepts a finding."""
    one = _asked(visit)
    person, role, reason, date = (visit.form.text(key) for key in ("person", "role", "reason", "date"))
    day = read_day(date) if date else None
    wrong = [
        *([] if person else [Problem("Say who accepts it", "person")]),
        *([] if reason else [Problem("Give the reason, as it would be read in a challenge", "reason")]),
        *([] if day else [Problem(f"Give the day on which it was accepted. {HOW}", "date")]),
    ]
    if wrong:
        return _accept(visit, one, (person, role, reason, date), tuple(wrong))
    row = {
        "code": one.code,
        "place": str(one.source),
        "person": f"{person}, {role}" if role else person,
        "reason": reason,
        "date": day or "",
    }

    def added(rows: Sequence[Plain]) -> list[Plain]:
        others = [held for held in rows if (held.get("code"), held.get("place")) != (row["code"], row["place"])]
        return [*others, row]

    try:
        _decide(visit, ACCEPTED_FILE, visit.form.text("version"), added)
    except StaleError:
        says = "Somebody else has changed the acceptances since; look at the list, and accept it again if it is open"
        return _accept(visit, one, (person, role, reason, date), (Problem(says, "person"),))
    return Go(visit.at("criteria/publish"), f"{one.code} is accepted by {person}.")


def take_back(visit: Visit) -> Answer:
    """Take an acceptance back, so that its finding stands in the way again."""
    code, place = visit.query.get("code", ""), visit.query.get("place", "")

    def without(rows: Sequence[Plain]) -> list[Plain]:
        book = read_draft(visit.programme.criteria).book
        places = {place, place.removeprefix(book).strip()}
        return [held for held in rows if not (held.get("code") == code and held.get("place") in places)]

    _decide(visit, ACCEPTED_FILE, None, without)
    return Go(visit.at("criteria/publish"), f"{visible(code)[:20]} is no longer accepted.")


def _decide(visit: Visit, file: str, version: str | None, decided: Callable[[Sequence[Plain]], list[Plain]]) -> None:
    """Change what people decided before publication, unless it is no longer what the form was based on."""

    def changed(draft: Draft) -> Draft:
        rows = draft.decided.get(file, [])
        if version is not None and entry.version_of_entry(rows) != version:
            raise StaleError
        return replace(draft, decided={**draft.decided, file: decided(rows)})

    try:
        change(visit, changed)
    except CannotBeKeptError as error:
        raise Refused(str(error)) from None


# Versions.


def version_said(visit: Visit) -> Answer:
    """Show what is said of the new version."""
    now = visit.look(found, visit.programme.criteria)
    row = _row_of(now.draft, _new(now)[0])
    said = {key: str(row.get(key, "")) for key in ("date", *(key for key, _, _ in VERSION_FIELDS))}
    said["date"] = said["date"] or today()
    return _versions(visit, now, said, entry.version_of_entry(row))


def _new(now: Found) -> tuple[str, str]:
    """Give the new version and the one that was sealed before.

    Raises
    ------
    Refused
        Where none was.
    """
    read = now.checked.read
    if read.criteria is None or read.seal is None:
        raise Refused("Nothing was sealed before, so there is no new version to speak of.", 404)
    return read.criteria.version, read.seal.version


def _row_of(draft: Draft, number: str) -> Plain:
    rows = draft.decided.get(VERSIONS_FILE, [])
    return next((one for one in rows if str(one.get("version", "")) == number), {})


def _versions(
    visit: Visit,
    now: Found,
    said: Mapping[str, str],
    version: str,
    problems: tuple[Problem, ...] = (),
    conflicts: tuple[Conflict, ...] = (),
) -> Versions:
    number, before = _new(now)
    return Versions(
        title=f"What changed with version {number}",
        action=visit.at("criteria/version"),
        back=visit.at("criteria/publish"),
        version=version,
        number=number,
        before=before,
        date=said["date"],
        fields=tuple((key, label, hint, said[key]) for key, label, hint in VERSION_FIELDS),
        problems=problems,
        conflicts=conflicts,
    )


def take_version(visit: Visit) -> Answer:
    """Write down what is said of the new version."""
    now = visit.look(found, visit.programme.criteria)
    number, before = _new(now)
    said = {key: visit.form.text(key) for key in ("date", *(key for key, _, _ in VERSION_FIELDS))}
    wrong = [Problem(f"{label}: say it", key) for key, label, _ in VERSION_FIELDS if not said[key]]
    if not read_day(said["date"]):
        wrong.append(Problem(f"Give the day of the change. {HOW}", "date"))
    version = visit.form.text("version")
    if wrong:
        return _versions(visit, now, said, version, tuple(wrong))
    row = {"version": number, "replaces": before, **said, "date": read_day(said["date"]) or ""}
    rows_before: list[Plain] = []

    def changed(rows: Sequence[Plain]) -> list[Plain]:
        rows_before[:] = [one for one in rows if str(one.get("version", "")) == number]
        if entry.version_of_entry(rows_before[0] if rows_before else {}) != version:
            raise StaleError
        return [*(one for one in rows if str(one.get("version", "")) != number), row]

    try:
        _decide(visit, VERSIONS_FILE, None, changed)
    except StaleError:
        there = rows_before[0] if rows_before else {}
        conflicts = tuple(
            Conflict(label, str(there.get(key, "")), said[key])
            for key, label, _ in VERSION_FIELDS
            if str(there.get(key, "")) != said[key]
        )
        now = found(visit.programme.criteria)
        return _versions(visit, now, said, entry.version_of_entry(there), conflicts=conflicts)
    return Go(visit.at("criteria/publish"), f"What changed with version {number} is written down.")


# The seal.


def answers(visit: Visit) -> Answer:
    """Show what will be published, to be looked at once more."""
    return _answers(visit, today())


def _answers(visit: Visit, date: str, problems: tuple[Problem, ...] = ()) -> Answers:
    programme = visit.programme
    now = visit.look(found, programme.criteria)
    criteria = now.checked.read.criteria
    if criteria is None or visit.look(tried_out, programme.criteria, today()).seal is None:
        raise Refused("Something still stands in the way of publication.", more=["Go back to Criteria, Publish."])
    themes = "; ".join(f"{one.title} ({one.id})" for one in criteria.themes)
    accepted = "; ".join(f"{one.code} by {one.person}" for one in now.checked.accepted)
    rows = (
        ("Programme", criteria.title),
        ("Reference and version", f"{criteria.reference}, version {criteria.version}"),
        ("Authority", criteria.authority),
        ("Themes", themes),
        ("Closing time", criteria.procurement.tenders_close.replace("T", " ") or "not said"),
        ("Accepted findings", accepted or "none"),
        ("Recorded by", visit.keeping().who),
    )
    return Answers(
        title="Check before you publish",
        action=visit.at("criteria/answers"),
        back=visit.at("criteria/publish"),
        version=version_of(*files_of(programme.criteria)),
        date=date,
        rows=tuple((key, value or "not said") for key, value in rows),
        problems=problems,
    )


def publish(visit: Visit) -> Answer:
    """Publish what was looked at, unless it has changed since."""
    said = visit.form.text("date")
    date = read_day(said) if said else None
    if not date:
        return _answers(visit, said, (Problem(f"Give the day of publication. {HOW}", "date"),))
    programme, version = visit.programme, visit.form.text("version")
    if version != version_of(*files_of(programme.criteria)):
        says = Problem("The criteria have changed since you looked at this page; look again. Nothing was published")
        return _answers(visit, said, (says,))
    keeping = replace(visit.keeping(), when=date)
    links = (visit.at("criteria/publish"), visit.at("panel"))
    return visit.begin(
        TITLE, published, str(programme.root), keeping, date, version, links, back=visit.at("criteria/publish")
    )


def published(report: Say, root: str, keeping: Keeping, date: str, version: str, links: tuple[str, str]) -> Ended:
    """Publish a programme as the command ``publish`` does, and say what to do with the seal."""
    programme = open_programme(Path(root))
    see = (("Back to publishing", links[0]),)
    if version != version_of(*files_of(programme.criteria)):
        return Ended(("The criteria have changed since you looked at them. Nothing was published.",), see, good=False)
    if says := not_a_new_version(programme.criteria, programme.ledger):
        return Ended((says,), see, good=False)
    done = publish_programme(programme, date, keeping, report)
    seal = done.made.seal
    if seal is None or done.tender is None:
        held = [str(one) for one in done.made.findings if one.severity is not Severity.NOTE]
        return Ended(("Nothing was published.", *held), see, good=False)
    first = [f"Made {programme.papers.name}/{name}: {text}" for name, text in (done.first.made if done.first else ())]
    notes = [str(one) for one in done.made.findings if one.code.startswith("E-PUBLISH-")]
    before, day = done.made.sealed_before, spoken_date(seal.date)
    says_first = "was sealed before, and is unchanged" if before else f"is sealed on {day}"
    papers = f"{programme.papers.name}/{done.tender.name}: {', '.join(sorted(done.made.files))}"
    return Ended(
        (
            f"{seal.reference} version {seal.version} {says_first}.",
            f"Its fingerprint: {seal.sha256}",
            "Print it in the tender documents and the notice: whoever has it can show that nothing changed.",
            f"The papers of the tender are in {papers}.",
            *first,
            *notes,
        ),
        (("Go on to the panel", links[1]), ("See the seal", links[0])),
    )


ROUTES = (
    get("/p/{programme}/criteria/publish", show),
    get("/p/{programme}/criteria/accept", accept),
    post("/p/{programme}/criteria/accept", take_acceptance),
    post("/p/{programme}/criteria/accepted/remove", take_back),
    get("/p/{programme}/criteria/version", version_said),
    post("/p/{programme}/criteria/version", take_version),
    get("/p/{programme}/criteria/answers", answers),
    post("/p/{programme}/criteria/answers", publish),
)
