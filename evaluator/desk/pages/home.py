"""Home: the programmes of the folder, and for each how far it is, who is waited for, and the one next step."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from evaluator.desk.page import Page, Problem, part
from evaluator.desk.visit import BUNDLE_AT, Answer, Go, Visit, get, post
from evaluator.files.read.programme import open_programme
from evaluator.jobs.programme import Standing, standing
from evaluator.records.dates import spoken_moment
from evaluator.records.texts import visible

PLACE = ("Overview", "")
WHERE = (  # the page of each step, in the order of the steps
    *("criteria", "criteria/publish", "panel", "inbox", "returns", "moderation", "decisions", "evaluate", "letters"),
)


@dataclass(frozen=True)
class Begun:
    """What is filled in to begin a programme."""

    named: str = ""
    authority: str = ""
    officer: str = ""
    role: str = ""
    areas: tuple[str, ...] = ()


NOTHING_SAID = Begun()


@dataclass(frozen=True, kw_only=True)
class Home(Page):
    """The programmes of a folder, and the form that begins another."""

    template: ClassVar[str] = "home.html"
    folder: str
    rows: tuple[tuple[str, str, str, str], ...]  # address, title, what is next, dates
    begun: Begun
    library: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Overview(Page):
    """How far one programme is."""

    template: ClassVar[str] = "overview.html"
    steps: tuple[tuple[str, str, Standing], ...]  # address, its state in a word, and the step
    following: tuple[str, Standing] | None
    dates: tuple[tuple[str, str], ...]
    timetable: str
    waiting: tuple[str, ...]
    folder: str


def how_far(root: Path) -> tuple[Standing, ...]:
    """Say how far a programme is."""
    return standing(open_programme(root))


@dataclass(frozen=True)
class Told:
    """What the criteria tell of a programme: its title, and what happens at which moment, in order."""

    title: str = ""
    dates: tuple[tuple[str, str], ...] = ()

    @property
    def spoken(self) -> tuple[tuple[str, str], ...]:
        """The dates as people say them."""
        return tuple((spoken_moment(moment), what) for moment, what in self.dates)

    def coming(self, day: str) -> str:
        """Give the first date that is not past on a day, with what happens then; empty where there is none."""
        return next((f"{spoken_moment(at)}: {what}" for at, what in self.dates if at[:10] >= day), "")


def told_by_criteria(folder: Path) -> Told:
    """Read what the criteria of a programme tell of it."""
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.publication import timetable

    criteria = read_criteria(folder).criteria
    if criteria is None:
        return Told()
    return Told(criteria.title, tuple((one.moment, one.what) for one in timetable(criteria).milestones))


def unsaid(folder: Path) -> str:
    """Say what of criteria in which nothing is wrong is still empty."""
    from evaluator.desk.pages.criteria.found import found
    from evaluator.desk.pages.criteria.hub import still_empty
    from evaluator.records.english import listing

    return listing([words for words, _ in still_empty(found(folder))])


def waited_for(root: Path) -> tuple[str, ...]:
    """Name who is waited for: the evaluators whose return is not whole."""
    from evaluator.jobs.papers import MANIFEST, progress

    programme = open_programme(root)
    if not any(programme.papers.rglob(MANIFEST)):  # nothing was issued
        return ()
    _, made, _ = progress(programme.criteria, programme.bids)
    return (
        tuple(f"{one.name or one.evaluator}: {one.state}" for one in made.returned if one.state != "complete")
        if made
        else ()
    )


def home(visit: Visit) -> Answer:
    """Show the programmes of the folder; where it is one programme, its own first page."""
    if visit.desk.bundle is not None:
        return Go(BUNDLE_AT)
    if visit.desk.alone:
        return Go(f"/p/{part(next(iter(visit.desk.programmes())))}")
    return _home(visit)


def _home(visit: Visit, begun: Begun = NOTHING_SAID, problems: tuple[Problem, ...] = ()) -> Home:
    from evaluator.files.read.engine_data import read_library
    from evaluator.jobs.keeping import today

    rows = []
    for name, root in visit.desk.programmes().items():
        title = open_programme(root).settings.title or visible(name)
        try:
            told = visit.desk.kept.look(root, told_by_criteria, open_programme(root).criteria)
            title, following, date = told.title or title, _next_of(visit, root), told.coming(today())
        except OSError as error:
            following, date = f"It cannot be read: {error.strerror}", ""
        rows.append((f"/p/{part(name)}", title, following, date))
    folder = visible(str(visit.desk.folder.resolve()))
    library = tuple((one.id, one.title, "") for one in read_library().areas)
    return Home(title="Programmes", folder=folder, rows=tuple(rows), begun=begun, library=library, problems=problems)


def _next_of(visit: Visit, root: Path) -> str:
    """Say what is next in a programme."""
    steps = visit.desk.kept.look(root, how_far, root)
    return next((f"{one.step.name}: {one.says}" for one in steps if not one.done), "Every step is done")


def begin(visit: Visit) -> Answer:
    """Make a new programme, in a folder that is named after it."""
    from evaluator.jobs import programme as job
    from evaluator.jobs.keeping import keeping, today
    from evaluator.records.office.settings import Person, Settings

    form = visit.form
    named, authority, officer, role = map(form.text, ("named", "authority", "officer", "role"))
    begun = Begun(named, authority, officer, role, form.every("areas"))
    name = job.folder_name(begun.named)
    if visit.desk.alone or not name:
        return _home(visit, begun, (Problem("Give the programme a name, with letters or digits in it", "named"),))
    root = visit.desk.folder / name
    people = (Person(begun.officer, begun.role, records=True),) if begun.officer else ()
    settings = Settings(title=begun.named, authority=begun.authority, opened=today(), people=people)
    known = {one for one, _, _ in _home(visit).library}
    try:
        if job.in_the_way(root):
            return _home(visit, begun, (Problem(f"There is a folder {name} with something in it already", "named"),))
        made = job.begin(root, settings, [one for one in begun.areas if one in known])
        keeping(made).append(lambda _: [job.opened(made.settings.title)])
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        return _home(visit, begun, (Problem(f"The folder {name} could not be made: {why}", "named"),))
    return Go(f"/p/{part(name)}", f"{made.settings.title} is begun.")


def steps_of(visit: Visit) -> tuple[tuple[Standing, ...], int | None]:
    """Say how far a programme's steps are, and which of them is next; none where every one is done."""
    programme = visit.programme
    steps = visit.look(how_far, programme.root)
    if steps[0].done and not steps[1].done and (empty := visit.look(unsaid, programme.criteria)):
        steps = (replace(steps[0], done=False, says=f"nothing is said yet of {empty}"), *steps[1:])
    return steps, next((at for at, one in enumerate(steps) if not one.done), None)


def next_step(visit: Visit) -> tuple[str, Standing] | None:
    """Give the one next step of a programme, with the address of its page; None where every one is done."""
    steps, first = steps_of(visit)
    return None if first is None else (visit.at(WHERE[first]), steps[first])


def overview(visit: Visit) -> Answer:
    """Show how far one programme is, and the one next step."""
    programme = visit.programme
    steps, first = steps_of(visit)
    shown = tuple(
        (visit.at(where), "Done" if one.done else "Next" if at == first else "Later", one)
        for at, (where, one) in enumerate(zip(WHERE, steps, strict=True))
    )
    told = visit.look(told_by_criteria, programme.criteria)
    return Overview(
        title=told.title or programme.settings.title or visible(visit.name),
        steps=shown,
        following=next_step(visit),
        dates=told.spoken,
        timetable=visit.at("criteria/timetable"),
        waiting=visit.look(waited_for, programme.root),
        folder=visible(str(programme.root.resolve())),
    )


ROUTES = (get("/", home), post("/programmes", begin), get("/p/{programme}", overview))
