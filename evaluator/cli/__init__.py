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
from collections.abc import Iterator
from typing import Any

import click

from evaluator import __version__
from evaluator.cli import (
    allocate_and_price,
    bundles,
    criteria,
    equality,
    evaluate,
    events,
    imports,
    office,
    papers,
    publication,
    receive,
    release,
    studies,
)
from evaluator.cli.audit import evidence, ledger, portfolio, signing
from evaluator.cli.terminal import OUR_MISTAKE, STOPPED, Grouped

MANY = (
    50_000  # things made before it is looked which nobody needs; the usual 700 take a short command a tenth of its time
)


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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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


for command in (
    office.desk,
    office.new,
    office.status,
    office.hand_over,
    publication.check,
    publication.publish,
    publication.simulate,
    publication.timetable,
    criteria.criteria,
    papers.papers,
    imports.import_,
    papers.issue,
    papers.progress,
    papers.moderate,
    papers.decisions,
    receive.receive,
    receive.retention,
    receive.backup,
    receive.restore,
    events.event,
    ledger.ledger,
    evaluate.evaluate,
    evaluate.demo,
    evaluate.replay,
    bundles.explain,
    bundles.letters,
    bundles.notice,
    bundles.disclose,
    bundles.open_data,
    release.release,
    bundles.compare,
    signing.bundle,
    equality.equality,
    allocate_and_price.allocate,
    allocate_and_price.gather,
    allocate_and_price.price,
    evidence.audit,
    portfolio.portfolio,
    studies.study,
):
    main.add_command(command)
