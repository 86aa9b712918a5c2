"""A programme's folder in place of its parts: its criteria, bids, runs and ledger, who records, and the day."""

import functools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluator.cli.terminal import BLOCKED, DAY, FOLDER, fail, stop_on
from evaluator.jobs import keeping as kept
from evaluator.jobs.keeping import today
from evaluator.records.work import without_searches

if TYPE_CHECKING:
    from evaluator.files.read.programme import Programme
    from evaluator.jobs.keeping import Then, Told
    from evaluator.records.ledger import Head

LEDGER = click.option(
    "--ledger",
    type=FOLDER,
    help="Record what happened in this ledger; needs --by and --date. A programme's own ledger is kept unasked.",
)
BY = click.option("--by", "who", default="", help="Who records it in the ledger: name and office.")
WHEN = click.option("--date", "when", type=DAY, default="", help="The day for the ledger, such as 2026-12-01.")
PROGRAMME = click.argument("root", metavar="PROGRAMME", type=FOLDER)
OF_THE_DECISION = ("decided_by", "role", "decided", "sent", "notice", "contact", "methodology")
PARTS = {"path": "ledger", "source": "criteria"}  # what an argument of another name stands for


@dataclass(frozen=True)
class Keeping(kept.Keeping):
    """A ledger that a command keeps."""

    def record(self, told: "Told", then: "Then | None" = None) -> "Head":
        """Add events to the ledger and say so; end with a sentence where that cannot be done."""
        return record(self.ledger, told, self.who, self.when, then)


def open_root(root: Path, *, as_json: bool = False) -> "Programme":
    """Open a programme's folder; end with a sentence where it is none, or where its settings cannot be used."""
    from evaluator.files.read.inputs import is_programme
    from evaluator.files.read.programme import open_programme

    if not is_programme(root):
        fail(f"{root} is not the folder of a programme. Begin one with: evaluator new FOLDER")
    programme = open_programme(root)
    stop_on(programme.findings, as_json=as_json)
    for one in programme.findings:
        click.echo(str(one), err=True)
    return programme


def keeping(programme: "Programme", who: str = "", when: str = "") -> Keeping:
    """Keep a programme's ledger: as ``who`` and ``when`` say, or else by its settings and the clock."""
    return Keeping(programme.ledger, recorder(programme, who), when or today())


def recorder(programme: "Programme", who: str = "") -> str:
    """Say who records: the name given, or the person of the settings, or else the account, with a note."""
    if said := kept.recorder(programme, who):
        return said
    account = kept.account()
    click.echo(
        f"The ledger will say that {account} recorded this: the settings name nobody who does. Fill in the sheet "
        "People of settings.xlsx, or add --by.",
        err=True,
    )
    return account


def of_programme(
    *names: str,
    then: tuple[str, ...] = (),
    out: str = "",
    numbered: bool = True,
    dated: bool = False,
    keeps: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a command take PROGRAMME in place of its first arguments, and find there whatever is not given.

    Parameters
    ----------
    names : the arguments that a programme stands for: ``criteria`` (or ``source``), ``bids``, ``path`` (its ledger),
        ``bundle`` (of its newest run). One that ends with ``?`` may be left out.
    then : the arguments that follow, whatever stands before them.
    out : where in a programme the option ``--out`` leads unless it is given; without it ``--out`` stays as it is. It is
        needed otherwise, unless this ends with ``?``.
    numbered : whether what is there already stays, and the next number is taken.
    dated : whether the option ``--date``, which is needed otherwise, is today's in a programme.
    keeps : whether the command can keep a ledger; it is then given a ``Keeping``, or None.
    """
    needed = tuple(name for name, wanted in (("out", out and not out.endswith("?")), ("date", dated)) if wanted)
    place = out.removesuffix("?")

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def run(**given: Any) -> Any:
            programme = _found(given, names, then)
            if programme is None:
                _need(given, (*names, *then, *needed))
            elif place and given["out"] is None:
                given["out"] = _unused(programme.root / place) if numbered else programme.root / place
            if keeps:
                given["keeping"] = _keeping(given, programme)
            if dated:
                given["date"] = given["date"] or today()
            return command(**given)

        if keeps:  # these come last in the help
            declared = vars(run).pop("__click_params__", [])
            vars(LEDGER(BY(run)))["__click_params__"].extend(declared)
        return _with_arguments(run, names, then)

    return decorate


def _with_arguments(command: Callable[..., Any], names: Sequence[str], then: Sequence[str]) -> Callable[..., Any]:
    """Declare the arguments; all but the first may be missing, since a programme could stand there."""
    for name in reversed((*names[1:], *then)):
        kind = FOLDER if name in names else str
        command = click.argument(name.rstrip("?"), type=kind, required=False, metavar="")(command)
    parts = {name: PARTS.get(name, name).upper() for name in names}
    shown = (f"[{part[:-1]}]" if part.endswith("?") else part for part in parts.values())
    metavar = " ".join((f"{{PROGRAMME | {' '.join(shown)}}}", *map(str.upper, then)))
    return click.argument(names[0], type=FOLDER, metavar=metavar)(command)


def criteria_at(path: Path) -> Path:
    """Give where criteria lie: in a programme's folder, or at the path itself."""
    from evaluator.files.read.inputs import is_programme
    from evaluator.files.read.programme import open_programme

    return open_programme(path).criteria if is_programme(path) else path


def programme_given() -> "Programme | None":
    """Give the programme that the running command was given, if it was given one."""
    programme: Programme | None = click.get_current_context().meta.get("programme")
    return programme


def shown(path: Path) -> str:
    """Write a path as it can be typed into a command."""
    return f'"{path}"' if " " in str(path) else str(path)


def say_next(words: str, programme: "Programme | None" = None) -> None:
    """Tell whoever works in a programme's folder what comes next; PROGRAMME stands for the folder."""
    programme = programme or programme_given()
    if programme is not None:
        click.echo(words.replace("PROGRAMME", shown(programme.root)), err=True)


@without_searches()  # opening the first loads most of what a command needs
def _found(given: dict[str, Any], names: Sequence[str], then: Sequence[str]) -> "Programme | None":
    """Open the programme that stands in the first argument's place, if one does, and put its parts there."""
    from evaluator.files.read.inputs import is_programme

    first, *others = (name.rstrip("?") for name in names)
    if not is_programme(given[first]):
        return None
    further = [str(given[name]) for name in (*others, *then) if given[name] is not None]
    if len(further) != len(then):
        wanted = " ".join(("PROGRAMME", *map(str.upper, then)))
        raise click.UsageError(f"{given[first]} is a programme's folder, which holds the rest. Give: {wanted}")
    programme = open_root(given[first], as_json=bool(given.get("as_json")))
    click.get_current_context().meta["programme"] = programme
    given |= dict(zip(then, further, strict=True))
    for name in (first, *others):
        given[name] = newest_bundle(programme) if name == "bundle" else getattr(programme, PARTS.get(name, name))
    _fill(given, programme)
    return programme


def _fill(given: dict[str, Any], programme: "Programme") -> None:
    """Take from a programme's settings what no option says otherwise."""
    for name in OF_THE_DECISION:
        if given.get(name) == "":
            given[name] = getattr(programme.settings, name)


def _need(given: dict[str, Any], names: Sequence[str]) -> None:
    """Refuse a command without what only a programme could have told it."""
    context = click.get_current_context()
    for name in names:
        if not name.endswith("?") and given[name] in (None, ""):
            param = next(one for one in context.command.params if one.name == name)
            hint = name.upper() if isinstance(param, click.Argument) else f"--{name}"
            raise click.MissingParameter(ctx=context, param=param, param_hint=f"'{hint}'")


def _keeping(given: dict[str, Any], programme: "Programme | None") -> Keeping | None:
    """Say which ledger is kept; one that is named needs a name and a day, for every entry says both."""
    path, who = given.pop("ledger"), given.pop("who")
    date = given.pop("when") if "when" in given else given["date"]
    if programme:
        return Keeping(path or programme.ledger, recorder(programme, who), date or today())
    if path is None:
        return None
    if not who.strip() or not date:
        raise click.UsageError("--ledger needs --by, who records it, and --date, the day.")
    return Keeping(path, who.strip(), date)


def _unused(path: Path) -> Path:
    from evaluator.files.audit.run_folder import unused

    return unused(path)


def newest_bundle(programme: "Programme") -> Path:
    """Find the bundle of the newest run, by the ledger or else by its file's time, and say which it is."""
    from evaluator.jobs.finished.runs import newest_with_bundle, still_holds

    found = newest_with_bundle(programme)
    if found is None or found.bundle is None:
        fail(f"There is no run with a bundle in {programme.reports} yet. Make one: evaluator evaluate {programme.root}")
    click.echo(f"Of the newest run, {found.path}", err=True)
    if not still_holds(programme, found):
        click.echo("What came in has changed since that run was made. To take it in, evaluate again first.", err=True)
    return found.bundle


def record(path: Path, told: "Told", who: str, when: str, then: "Then | None" = None) -> "Head":
    """Add events to the ledger, say so, and give its new head; end with a sentence where that cannot be done."""
    from evaluator.files.audit.ledger_file import LedgerBrokenError
    from evaluator.files.audit.lock import LockedError
    from evaluator.records.english import count_of

    try:
        added = kept.Keeping(path, who, when).append(told, then)
    except LockedError as busy:
        fail(str(busy))
    except LedgerBrokenError as broken:
        click.echo("Nothing was recorded: the ledger is not what was written.", err=True)
        for one in broken.findings:
            click.echo(str(one), err=True)
        sys.exit(BLOCKED)
    except OSError as error:
        fail(f"{error.filename or path} cannot be written: {error.strerror}.")
    if (left := added.taken_over) is not None:
        click.echo(
            f"The lock of {path} was left by {left.who}, whose process {left.process} has ended. It was taken over.",
            err=True,
        )
    head = added.head
    if added.count:
        click.echo(
            f"Recorded in {path}: {count_of(added.count, 'new entry', 'new entries')}. Head {head.count}:{head.hash}",
            err=True,
        )
    return head
