"""What every command shares: options, dates, help in groups, findings and progress on the screen, JSON, exit codes."""

import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from decimal import Decimal

    from evaluator.records.findings.finding import Finding

BLOCKED, UNREADABLE, OUR_MISTAKE, STOPPED = 1, 3, 70, 130
MOST_LINES = 200
FOLDER = click.Path(path_type=Path)


GROUPS = {  # of commands, in the order in which help shows them
    "In a browser": ("desk",),
    "The officer's way, in the order of the job": (
        *("new", "status", "check", "publish", "papers", "receive", "import", "issue", "progress", "moderate"),
        *("decisions", "event", "evaluate", "letters", "notice", "release", "hand-over"),
    ),
    "Before publication": ("criteria", "timetable", "simulate"),
    "For auditors, and whoever asks why": (
        *("replay", "explain", "compare", "ledger", "audit", "bundle", "disclose", "open-data", "portfolio"),
    ),
    "Studies": ("study", "equality"),
    "Long life": ("retention", "backup", "restore"),
    "Tools": ("demo", "allocate", "candidates", "price"),
}
OTHERS = "Others"


class Grouped(click.Group):
    """Commands whose help shows each with its whole first sentence, in groups where it is the help of all."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, each below the title of its group."""
        del ctx  # the commands are those of this group, whatever was called
        wide = max((len(name) for name in self.commands), default=0)
        for title, names in self.shown_in().items():
            with formatter.section(title):
                rows = [(name.ljust(wide), first_sentence(self.commands[name])) for name in names]
                formatter.write_dl(rows)

    def shown_in(self) -> dict[str, list[str]]:
        """Give the titles of groups with the names of their commands."""
        known = [name for names in GROUPS.values() for name in names]
        groups = {title: [name for name in names if name in self.commands] for title, names in GROUPS.items()}
        if not any(groups.values()):
            return {"Commands": list(self.commands)}
        groups[OTHERS] = [name for name in self.commands if name not in known]
        return {title: names for title, names in groups.items() if names}


def first_sentence(command: click.Command) -> str:
    """Give what a command's help begins with, whole."""
    return " ".join((command.help or "").split("\n\n")[0].split())


class _Day(click.ParamType[str]):
    """A day as people write it, taken as 2026-12-01; an option that was left out stays empty."""

    name = "day"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from evaluator.records.dates import HOW, read_day

        day = read_day(value) if value else ""
        return self.fail(f"{value} is not a day that exists. {HOW}.", param, ctx) if day is None else day


DAY = _Day()
JSON = click.option("--json", "as_json", is_flag=True, help="Put one JSON document on standard output.")


def print_findings(findings: Sequence["Finding"]) -> None:
    """Print findings a line each, and say how many more there are."""
    for one in findings[:MOST_LINES]:
        click.echo(str(one))
    if len(findings) > MOST_LINES:
        click.echo(f"... and {len(findings) - MOST_LINES:,} more; all are in findings.html and findings.xlsx.")


def stop_on(findings: Sequence["Finding"], *, as_json: bool) -> None:
    """End a command whose inputs have findings that block it: 3 when nothing could be read, else 1."""
    from evaluator.records.findings.finding import block_award

    if not block_award(findings):
        return
    tell_findings(findings, as_json=as_json)
    sys.exit(UNREADABLE if any(one.code.startswith("E-READ-") for one in findings) else BLOCKED)


def unreadable(findings: Sequence["Finding"], *, as_json: bool) -> NoReturn:
    """Tell findings about inputs of which nothing could be read, and end."""
    tell_findings(findings, as_json=as_json)
    sys.exit(UNREADABLE)


def tell_findings(findings: Sequence["Finding"], *, as_json: bool) -> None:
    """Print findings for people or as one JSON document."""
    from evaluator.reporting import findings_document

    if as_json:
        click.echo(json_text({"schema": "findings/1", "findings": findings_document(findings)}))
    else:
        print_findings(findings)


def exact(option: str, text: str) -> "Decimal":
    """Read an option's number exactly: 40 or 0.5, nothing else."""
    from evaluator.records.numbers import plain_decimal

    number = plain_decimal(text)
    if number is None or number < 0:
        raise click.UsageError(f"{option} must be a plain number such as 40 or 0.5, not {text!r}.")
    return number


def need_folder(path: Path) -> None:
    """End with a sentence where a folder is not there."""
    if not path.is_dir():
        fail(f"There is no folder {path}.")


def need_criteria(path: Path) -> None:
    """End with a sentence where there is neither a criteria folder nor a criteria workbook."""
    if not path.is_dir() and not (path.is_file() and path.suffix.lower() == ".xlsx"):
        fail(f"There is no criteria folder and no criteria workbook (.xlsx) {path}.")


def land_new(files: Mapping[str, bytes], folder: Path, *, private: bool = False) -> None:
    """Write files into a new folder; a folder that holds anything else is left as it is."""
    if folder.exists() and (not folder.is_dir() or _differs(files, folder)):
        raise click.UsageError(f"{folder} holds something else already. Give another --out.")
    land_at(files, folder, private=private)


def land_at(files: Mapping[str, bytes], folder: Path, *, private: bool = False) -> None:
    """Write files as a folder; end with a sentence where that cannot be done."""
    from evaluator.files.audit.run_folder import land

    try:
        land(files, folder, private=private)
    except OSError as error:
        raise click.UsageError(f"{folder} cannot be written ({error.strerror}). Give another --out.") from None


def _differs(files: Mapping[str, bytes], folder: Path) -> bool:
    there = sorted(path.name for path in folder.iterdir())
    return bool(there) and (there != sorted(files) or any((folder / n).read_bytes() != b for n, b in files.items()))


def fail(message: str) -> NoReturn:
    """End with a sentence about input that cannot be read."""
    click.echo(message, err=True)
    sys.exit(UNREADABLE)


def json_text(document: Any) -> str:
    """Write a document as JSON for standard output."""
    return json.dumps(document, ensure_ascii=False, indent=2)


@contextlib.contextmanager
def progress(steps: int) -> Iterator[Callable[[str], None]]:
    """Tell how far a long job is, and note it where somebody stops the job."""
    reached = ["Starting"]
    with _shown(steps) as show:

        def report_progress(text: str) -> None:
            reached[0] = text
            show(text)

        try:
            yield report_progress
        except KeyboardInterrupt as stop:
            stop.add_note(f"{reached[0]}.")
            raise


@contextlib.contextmanager
def _shown(steps: int) -> Iterator[Callable[[str], None]]:
    """Show a bar on a terminal, a line a step elsewhere; always on standard error."""
    if not sys.stderr.isatty():
        yield lambda text: click.echo(f"{text} ...", err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    shown = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=steps)
        yield lambda text: bar.update(task, description=text, advance=1)
