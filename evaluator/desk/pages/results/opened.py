"""A finished run opened for the screen: its view, its names, its documents; of a bundle, what is wrong with it too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from evaluator.desk.confined import ConfinedError, confined
from evaluator.desk.pages.results.view import RunView, run_view
from evaluator.desk.visit import Refused, Visit
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.equality_archive import apart_of
from evaluator.files.audit.finished_run import BUNDLE, inputs_of_bundle, read_run
from evaluator.files.audit.run_folder import is_run
from evaluator.files.read.bids.folder import read_before_marking
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.programme import open_programme
from evaluator.jobs.finished.runs import RunFolder, runs_of
from evaluator.validation.coded_columns import names_of, present, words

Made = TypeVar("Made")


@dataclass(frozen=True)
class Opened:
    """A run as a screen shows it, with what its manifest says; ``why`` says why it cannot be shown."""

    view: RunView | None = None
    manifest: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True)
class Subject:
    """The run that a page is about: its name, where its files lie, and the address that its pages begin with."""

    name: str
    place: Path
    base: str

    @property
    def bundle(self) -> Path | None:
        """The bundle; a run that was cut short has none."""
        path = self.place / BUNDLE if self.place.is_dir() else self.place
        return path if path.is_file() else None

    def key(self, what: str) -> str:
        """Name a piece of work on this run, so that it is found again."""
        return f"{what} {self.place}"


def opened(place: Path) -> Opened:
    """Open a run's folder or a bundle."""
    try:
        manifest, outcome, _ = read_run(place)
        names = _names(place / BUNDLE if is_run(place) else place)
        return Opened(run_view(outcome, names), manifest, names)
    except bundles.UnreadableBundleError as error:
        return Opened(why=f"It cannot be shown: {error}.")
    except (KeyError, TypeError, ValueError, AttributeError):
        return Opened(why="It was not written by this evaluator, or was changed since.")


def _names(bundle: Path) -> dict[str, str]:
    """Give the organisation of each bid by its name, or else its id, as the run's own register has them, if it came."""
    try:
        held = bundles.unpack(bundles.bundle_bytes(bundle))
    except (OSError, bundles.UnreadableBundleError):
        return {}
    criteria, bids = inputs_of_bundle(held, apart_of(held.members, held.manifest))
    published = read_criteria(criteria).criteria
    table = present(read_before_marking(bids, published).register) if published else None
    if table is None:
        return {}
    return dict(zip(words(table, "bid"), names_of(table), strict=True))


def all_runs(visit: Visit) -> tuple[RunFolder, ...]:
    """List the runs of the programme that a page is of."""
    return visit.look(_runs, visit.programme.root)


def _runs(root: Path) -> tuple[RunFolder, ...]:
    return runs_of(open_programme(root))


def subject_of(visit: Visit, run: RunFolder) -> Subject:
    """Give the run that a page of a programme is about."""
    return Subject(run.name, run.path, visit.at(f"results/runs/{run.name}"))


def subject(visit: Visit) -> Subject:
    """Give the run that an address names; another name answers 404."""
    wanted = visit.values.get("run", "")
    found = next((one for one in all_runs(visit) if one.name == wanted), None)
    if found is None:
        raise Refused("There is no run of this name in the programme.", 404)
    return subject_of(visit, found)


def look(visit: Visit, subject: Subject) -> Opened:
    """Open a run, or give it as it was opened before; a bundle from outside is read in a process of its own."""
    if visit.name:
        return visit.desk.kept.look(subject.place, opened, subject.place)
    return visit.desk.kept.look(subject.place, _opened_apart, subject.place, stamp_of(subject.place))


def _opened_apart(place: Path, _: object) -> Opened:
    return apart(opened, place)


def apart(read: Callable[..., Made], *arguments: Any) -> Made:
    """Read what came from outside in a process of its own; what goes wrong there is told in a sentence."""
    try:
        return confined(read, *arguments)
    except ConfinedError as error:
        raise Refused(f"It could not be read: {error}.") from None


def stamp_of(path: Path) -> tuple[int, int]:
    """Give what changes when a file is written; of a file that is not there two noughts."""
    try:
        facts = path.stat()
    except OSError:
        return 0, 0
    return facts.st_size, facts.st_mtime_ns
