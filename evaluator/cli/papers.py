"""Commands for those who run a panel: issue."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluator.cli.terminal import (
    BLOCKED,
    FOLDER,
    JSON,
    UNREADABLE,
    json_text,
    need_folder,
    print_findings,
    tell_findings,
)

if TYPE_CHECKING:
    from evaluator.records.assignment import Assignment


@click.command()
@click.argument("criteria", type=FOLDER)
@click.argument("bids", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="A new folder for the workbooks and notes.")
@click.option("--seed", type=int, default=1, show_default=True, help="The published seed that mixes the order of bids.")
@JSON
def issue(criteria: Path, bids: Path, out: Path, seed: int, as_json: bool) -> None:
    """Make one protected workbook, with a covering note, for every evaluator of the panel."""
    from evaluator.paperwork import issue as issue_papers

    need_folder(criteria)
    need_folder(bids)
    made = issue_papers(criteria, bids, seed)
    if not made.files:
        tell_findings(made.findings, as_json)
        sys.exit(BLOCKED if made.understood else UNREADABLE)
    _land_new(made.files, out)
    if as_json:
        click.echo(json_text({"schema": "issued/1", "seed": seed, "evaluators": [_line(a) for a in made.assignments]}))
        return
    print_findings(made.findings)
    for one in made.assignments:
        click.echo(f"{one.evaluator}: {len(one.tasks):,} answers{_kept_out(one)}")
    click.echo(f"\n{len(made.assignments)} workbooks, each with a note to send it with, are in {out}")


def _land_new(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a new folder; a folder that holds anything else is left as it is."""
    from evaluator.files.runs import land

    if folder.exists() and (not folder.is_dir() or _differs(files, folder)):
        raise click.UsageError(f"{folder} holds something else already. Give another --out.")
    land(files, folder)


def _differs(files: Mapping[str, bytes], folder: Path) -> bool:
    there = sorted(path.name for path in folder.iterdir())
    return bool(there) and (there != sorted(files) or any((folder / n).read_bytes() != b for n, b in files.items()))


def _kept_out(assignment: "Assignment") -> str:
    return f"; recused from {', '.join(assignment.recused)}" if assignment.recused else ""


def _line(assignment: "Assignment") -> dict[str, Any]:
    return {
        "evaluator": assignment.evaluator,
        "workbook": f"{assignment.evaluator}.xlsx",
        "answers": len(assignment.tasks),
        "panels": assignment.panels,
        "recused": assignment.recused,
    }
