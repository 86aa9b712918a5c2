"""Settings: whose programme it is, who works on it, who decided and when; kept in the workbook that commands read."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from evaluator.desk.page import Conflict, Page, Problem
from evaluator.desk.visit import Answer, Go, Refused, StaleError, Visit, get, post, version_of
from evaluator.files.read.programme import open_programme
from evaluator.records.dates import HOW, read_day
from evaluator.records.findings.finding import Finding
from evaluator.records.ledger import Event
from evaluator.records.office.folder import SETTINGS
from evaluator.records.office.settings import DAYS, RETENTION, WORDS, Person, Retention, Settings
from evaluator.records.texts import visible

PLACE = ("Settings", "settings")
SPARE, MOST_ROWS = 2, 60
SINGLE = tuple(key for key in WORDS if key not in ("layout", "opened"))


@dataclass(frozen=True)
class Field:
    """A setting as its field shows it: its key, label, what it is for, and what it says."""

    key: str
    label: str
    note: str
    says: str
    is_day: bool


@dataclass(frozen=True, kw_only=True)
class SettingsPage(Page):
    """The settings, to be filled in."""

    template: ClassVar[str] = "settings.html"
    here: str
    version: str
    single: tuple[Field, ...]
    people: tuple[Person, ...]
    kept: tuple[Retention, ...]
    keeping: tuple[str, ...]  # what each column of what is kept is called
    conflicts: tuple[Conflict, ...]
    findings: tuple[Finding, ...]
    file: str


def show(visit: Visit) -> Answer:
    """Show the settings as they stand in the folder."""
    programme = visit.programme
    return _page(visit, programme.settings, findings=programme.findings)


def _page(
    visit: Visit,
    said: Settings,
    problems: tuple[Problem, ...] = (),
    conflicts: tuple[Conflict, ...] = (),
    findings: tuple[Finding, ...] = (),
) -> SettingsPage:
    file = visit.programme.root / SETTINGS
    return SettingsPage(
        title="Settings",
        here=visit.at("settings"),
        version=version_of(file),
        single=tuple(Field(key, *WORDS[key], getattr(said, key), key in DAYS) for key in SINGLE),
        people=(*said.people, *(Person("") for _ in range(SPARE))),
        kept=(*said.retention, *(Retention("") for _ in range(SPARE))),
        keeping=tuple(column.heading for column in RETENTION.columns),
        conflicts=conflicts,
        findings=findings,
        file=visible(str(file.resolve())),
        problems=problems,
    )


def save(visit: Visit) -> Answer:
    """Save what was filled in, unless somebody else has changed the settings since."""
    from evaluator.files.audit.run_folder import write_page
    from evaluator.files.write.workbooks import workbook_bytes
    from evaluator.jobs.programme import handed_over
    from evaluator.reporting.office.settings_workbook import settings_workbook

    file, before = visit.programme.root / SETTINGS, visit.programme.settings
    said, problems = _said(visit, before)
    if problems:
        return _page(visit, said, problems)

    def told(_: object) -> list[Event]:
        if visit.form.text("version") != version_of(file):
            raise StaleError
        changed = said.recorder != before.recorder and said.recorder is not None
        return (
            [handed_over(before.recorder, said.recorder, "Said in the settings")] if changed and said.recorder else []
        )

    try:
        visit.record(told, lambda _: write_page(file, workbook_bytes(settings_workbook(said))))
    except StaleError:
        if conflicts := tuple(_differing(open_programme(visit.programme.root).settings, said)):
            return _page(visit, said, conflicts=conflicts)
        return Go(visit.at("settings"), "Somebody else has saved the same settings already.")
    except Refused as refused:
        return _page(visit, said, (Problem(refused.says),))
    return Go(visit.at("settings"), "The settings are saved.")


def _said(visit: Visit, before: Settings) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the form; what it does not show stays as it was."""
    problems: list[Problem] = []
    said: dict[str, Any] = {}
    for key in SINGLE:
        text = visit.form.text(key)
        day = read_day(text) if key in DAYS and text else text
        if day is None:
            problems.append(Problem(f"{WORDS[key][0]}: “{text}” is not a day that exists. {HOW}.", key))
        said[key] = text if day is None else day
    people = _people(visit, problems)
    return replace(before, **said, people=people, retention=_retention(visit, problems)), tuple(problems)


def _people(visit: Visit, problems: list[Problem]) -> tuple[Person, ...]:
    people = []
    for at in range(1, MOST_ROWS):
        name, role, email = (visit.form.text(f"{part}_{at}") for part in ("name", "role", "email"))
        if name:
            people.append(Person(name, role, email, records=visit.form.text("records") == str(at)))
        elif role or email:
            problems.append(Problem(f"Person {at} has no name", f"name_{at}"))
            people.append(Person("", role, email))
    return tuple(people)


def _retention(visit: Visit, problems: list[Problem]) -> tuple[Retention, ...]:
    kept = []
    for at in range(1, MOST_ROWS):
        what, until, why = (visit.form.text(f"{part}_{at}") for part in ("what", "until", "why"))
        day = read_day(until) if until else ""
        if day is None:
            problems.append(Problem(f"Keep until: “{until}” is not a day that exists. {HOW}.", f"until_{at}"))
        if (until or why) and not what:
            problems.append(Problem(f"Say what is kept in row {at}", f"what_{at}"))
        if what or until or why:
            kept.append(Retention(what, until if day is None else day, why))
    return tuple(kept)


def _differing(there: Settings, typed: Settings) -> list[Conflict]:
    """List the settings that differ between what stands there now and what was typed."""
    found = [
        Conflict(WORDS[key][0], getattr(there, key), getattr(typed, key))
        for key in SINGLE
        if getattr(there, key) != getattr(typed, key)
    ]
    for words, rows in (("People", _people_of), ("What is kept until when", _kept_of)):
        now, wanted = rows(there), rows(typed)
        found += [Conflict(words, now, wanted)] if now != wanted else []
    return found


def _people_of(settings: Settings) -> str:
    return "; ".join(one.signature for one in settings.people)


def _kept_of(settings: Settings) -> str:
    return "; ".join(", ".join(filter(None, (one.what, one.until, one.why))) for one in settings.retention)


ROUTES = (get("/p/{programme}/settings", show), post("/p/{programme}/settings", save))
