"""Commands about a programme's folder as a whole: desk, new, status, hand-over."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.programme import BY, PROGRAMME, WHEN, keeping, open_root, record, shown
from evaluator.cli.terminal import DAY, FOLDER, JSON, fail, json_text
from evaluator.jobs.keeping import today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluator.jobs.programme import Standing

LOOPBACK = "127.0.0.1"


@click.command()
@click.argument("folder", type=FOLDER, default=".")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where to listen.  [default: any free port]")
@click.option("--no-browser", "quiet", is_flag=True, help="Print the address and open no browser.")
@click.option("--host", default=LOOPBACK, help="Only 127.0.0.1, this computer, is taken; it is here to say so.")
def desk(folder: Path, port: int, host: str, *, quiet: bool) -> None:
    """Open the desk: the whole job in a browser on this computer, for one programme or a folder of them."""
    from evaluator.desk import PortTakenError, serve

    if host != LOOPBACK:
        raise click.UsageError(
            f"The desk listens on {LOOPBACK} alone, which only this computer reaches; {host} is refused. Others work on"
            " the same folder with a desk of their own."
        )
    _need_there(folder)
    try:
        serve(folder, port, lambda address: click.echo(f"Open {address}"), opens=not quiet)
    except PortTakenError:
        raise click.UsageError(
            f"Another program listens at port {port}. Give another --port, or none: then any free one is taken."
        ) from None


def _need_there(folder: Path) -> None:
    """Make a folder for programmes that is not there yet, and say so; none within a folder that is not there either."""
    if folder.exists():
        return
    try:
        if folder.suffix.lower() == ".zip":
            fail(f"There is no bundle {folder}.")
        folder.mkdir()
    except OSError:
        fail(f"There is no folder {folder}.")
    click.echo(f"{folder} is a new folder. Your programmes will lie in it.", err=True)


@click.command()
@click.argument("root", metavar="FOLDER", type=FOLDER)
@click.option("--title", default="", help="What the programme is called.  [default: the folder's name]")
@click.option("--authority", default="", help="The council or other body that buys or grants.")
@click.option("--officer", default="", help="Who works on it and records in the ledger.  [default: the account's name]")
@click.option("--role", default="", help="The officer's role.")
@click.option("--email", default="", help="The officer's e-mail address.")
@click.option("--area", "areas", multiple=True, help="A theme from the library; once for each. See criteria library.")
@click.option("--date", type=DAY, default="", help="The day on which it is opened.  [default: today]")
def new(root: Path, areas: tuple[str, ...], date: str, **said: str) -> None:
    """Begin a programme: a folder with criteria to fill in, settings, a ledger, and a page that says what is next."""
    from evaluator.files.read.engine_data import read_library
    from evaluator.jobs.programme import begin, opened
    from evaluator.records.office.folder import CRITERIA_WORKBOOK
    from evaluator.records.office.settings import Person, Settings

    known = [one.id for one in read_library().areas]
    strange = [area for area in areas if area not in known]
    if strange:
        raise click.UsageError(f"The library has no area {strange[0]!r}. It has: {', '.join(known)}.")
    root = Path(root)
    _need_empty(root)
    people = (Person(said["officer"], said["role"], said["email"], records=True),) if said["officer"] else ()
    settings = Settings(title=said["title"], authority=said["authority"], opened=date or today(), people=people)
    try:
        programme = begin(root, settings, areas)
    except (OSError, ValueError) as error:
        fail(f"{root} cannot be written: {getattr(error, 'strerror', None) or error}.")
    kept = keeping(programme, when=settings.opened)
    record(kept.ledger, lambda _: [opened(programme.settings.title)], kept.who, kept.when)
    first = programme.criteria / CRITERIA_WORKBOOK
    click.echo(f"The programme is begun in {root}. Fill in {first}, then: evaluator check {shown(root)}")


def _need_empty(root: Path) -> None:
    """Refuse a folder that holds anything, and what is no folder."""
    from evaluator.jobs.programme import in_the_way

    try:
        if root.exists() and not root.is_dir():
            raise click.UsageError(f"{root} is a file. Name a folder that is not there yet, or is empty.")
        held = in_the_way(root)
    except OSError as error:
        fail(f"{root} cannot be used as a folder: {error.strerror}.")
    if held:
        raise click.UsageError(
            f"{root} is not empty: it holds {held}. Name a folder that is not there yet, or is empty."
        )


@click.command()
@PROGRAMME
@JSON
def status(root: Path, *, as_json: bool) -> None:
    """Show how far a programme is on its way, step by step, and the command that comes next."""
    from evaluator.jobs.programme import standing

    made = standing(open_root(root, as_json=as_json))
    if as_json:
        steps = [{"step": one.step.name, "done": one.done, "says": one.says} for one in made]
        click.echo(json_text({"schema": "status/1", "steps": steps, "next": _next(made, root)}))
        return
    click.echo("\n".join(_lines(made, root)))


def _lines(made: "Sequence[Standing]", root: Path) -> list[str]:
    wide = max(len(one.step.name) for one in made)
    lines = [
        f"{number}. {one.step.name:<{wide}}  {'done' if one.done else 'open'}  {one.says}"
        for number, one in enumerate(made, 1)
    ]
    commands = _next(made, root)
    return [
        *lines,
        "",
        f"Next: {commands[0]}" if commands else "Every step is done.",
        *(f"      {c}" for c in commands[1:]),
    ]


def _next(made: "Sequence[Standing]", root: Path) -> list[str]:
    """Give the commands of the first step that is not done."""
    first = next((one for one in made if not one.done), None)
    return (
        [f"evaluator {command.replace('PROGRAMME', shown(root))}" for command in first.step.commands] if first else []
    )


@click.command("hand-over")
@PROGRAMME
@click.option("--to", "name", required=True, help="Who takes the programme over: a name.")
@click.option("--role", default="", help="Their role.")
@click.option("--email", default="", help="Their e-mail address.")
@click.option("--reason", default="", help="Why it changes hands, for the ledger.")
@BY
@WHEN
def hand_over(root: Path, name: str, role: str, email: str, reason: str, who: str, when: str) -> None:
    """Hand a programme over to another officer: settings, ledger, and a page of what is open."""
    from evaluator.files.audit.run_folder import write_page
    from evaluator.files.write.workbooks import workbook_bytes
    from evaluator.jobs.programme import handed_over, standing, with_recorder
    from evaluator.records.office.folder import SETTINGS
    from evaluator.records.office.settings import Person
    from evaluator.reporting.office.settings_workbook import settings_workbook

    if not name.strip():
        raise click.UsageError("Say with --to who takes the programme over.")
    programme = open_root(root)
    kept = keeping(programme, who, when)
    changed = with_recorder(programme.settings, Person(name.strip(), role, email))
    after = changed.recorder
    assert after is not None  # with_recorder has just named one
    text = "\n".join(
        [f"Handed over to {after.signature} by {kept.who}, {kept.when}", "", *_lines(standing(programme), root), ""]
    )
    out = programme.papers / f"hand-over-{kept.when[:10]}.txt"
    kept.record(lambda _: [handed_over(programme.settings.recorder, after, reason)])
    try:
        write_page(programme.root / SETTINGS, workbook_bytes(settings_workbook(changed)))
        write_page(out, text)
    except OSError as error:
        fail(f"{programme.root} cannot be written: {error.strerror}.")
    click.echo(f"{text}\nOpen {out}")
