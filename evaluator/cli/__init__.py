"""The commands: what they take, what they print, and their exit codes. Everything else is imported when it is needed.

Exit codes: 0 done, an award can be recommended; 1 findings block it; 2 wrong use; 3 unreadable input; 70 our mistake;
130 stopped.
"""

import atexit
import contextlib
import gc
import os
import signal
import sys
from collections import UserDict
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import click

from evaluator import __version__
from evaluator.cli.terminal import OUR_MISTAKE, STOPPED, Grouped

# Things made before it is looked which nobody needs; with the usual 700 a short command takes a tenth longer.
MANY = 200_000


HOMES = {  # the file of each command here, or of its group
    home: names.split()
    for home, names in (
        ("office", "desk new status hand-over"),
        ("publication", "check publish simulate timetable"),
        ("criteria", "criteria"),
        ("papers", "papers issue progress moderate decisions"),
        ("imports", "import"),
        ("receive", "receive retention backup restore"),
        ("events", "event"),
        ("audit.ledger", "ledger"),
        ("evaluate", "evaluate demo replay"),
        ("bundles", "explain letters notice disclose open-data compare"),
        ("release", "release"),
        ("audit.signing", "bundle"),
        ("equality", "equality"),
        ("allocate_and_price", "allocate candidates price"),
        ("audit.evidence", "audit"),
        ("audit.portfolio", "portfolio"),
        ("studies", "study"),
    )
}


class _Loaded(UserDict[str, Any]):
    """The commands by their names: the file of one is loaded when the command is asked for."""

    def __getitem__(self, name: str) -> click.Command:
        if isinstance(self.data[name], str):
            here = vars(import_module(f"evaluator.cli.{self.data[name]}")).values()
            self.data[name] = next(one for one in here if isinstance(one, click.Command) and one.name == name)
        found: click.Command = self.data[name]
        return found


@contextlib.contextmanager
def _stopped_alike() -> Iterator[None]:
    """Let the signal that asks a program to end stop a command as Ctrl-C does, with everything put away."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread, which alone hears signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Commands(Grouped):
    """Commands that never show a traceback: a mistake of ours ends in a sentence that says how to report it."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what no command foresees is our mistake, and says so."""
        try:
            with _stopped_alike():
                return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            where = " ".join(reversed(getattr(stop, "__notes__", ())))
            click.echo(f"Stopped{f' at this stage: {where}' if where else '.'} No outcome was written.", err=True)
            sys.exit(STOPPED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:  # whoever read our output has closed it, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except Exception as error:
            if os.environ.get("EVALUATOR_TRACEBACK"):
                raise
            click.echo(
                f"The evaluator itself made a mistake: {type(error).__name__}: {error}\n"
                "Please report it, with what it prints when EVALUATOR_TRACEBACK=1 is set.",
                err=True,
            )
            sys.exit(OUR_MISTAKE)


@click.group(
    cls=_Commands,
    commands=_Loaded((name, home) for home, names in HOMES.items() for name in names),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="evaluator")
def main() -> None:
    """From published criteria and returned spreadsheets to an award that can be defended and recomputed.

    Begin with: evaluator new PROGRAMME. That makes a folder, and every command that belongs to a programme then takes
    this folder alone. Each command explains itself with --help.
    """
    gc.set_threshold(MANY)
    atexit.register(gc.freeze)  # at the end everything goes anyway
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # a stream that a caller replaced
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
