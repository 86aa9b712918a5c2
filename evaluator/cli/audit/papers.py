"""The options by which a command writes a working paper of what it did."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluator.cli.terminal import DAY, FOLDER, land_new

if TYPE_CHECKING:
    from evaluator.jobs.finished.working_papers import Signed

OPTIONS = (
    click.option("--paper", type=FOLDER, help="Write a working paper (page, Word, PDF) into this new folder."),
    click.option("--by", default="", help="Who makes the paper."),
    click.option("--date", "on", type=DAY, default="", help="The paper's day, such as 2026-12-01."),
)


@dataclass(frozen=True)
class Paper:
    """Where a paper goes, and by whom and on which day it is made."""

    folder: Path
    signed: "Signed"

    def land(self, files: Mapping[str, bytes]) -> None:
        """Write the paper, for its owner alone, and say where."""
        land_new(files, self.folder, private=True)
        click.echo(f"Open {self.folder / 'working_paper.html'}", err=True)


def paper_options(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take ``--paper`` with ``--by`` and ``--date``; it is given ``paper``, or None."""

    @functools.wraps(command)
    def run(paper: Path | None, by: str, on: str, **given: Any) -> None:
        from evaluator.jobs.finished.working_papers import Signed

        if paper is None and (by or on):
            raise click.UsageError("--by and --date are for the working paper: add --paper.")
        if paper is not None and paper.exists() and (not paper.is_dir() or any(paper.iterdir())):
            raise click.UsageError(f"{paper} holds something else already. Give another --paper.")
        command(paper=Paper(paper, Signed(by, on)) if paper else None, **given)

    for option in reversed(OPTIONS):
        run = option(run)
    return run
