"""Commands about versions of criteria: criteria diff."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.terminal import FOLDER, JSON, json_text, need_criteria, unreadable

if TYPE_CHECKING:
    from evaluator.records.programme.criteria import Criteria


@click.group()
def criteria() -> None:
    """Write criteria, as files or as a workbook, and compare their versions."""


@criteria.command()
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@JSON
def diff(old: Path, new: Path, *, as_json: bool) -> None:
    """Tell in words what changed from one version to another, and mark what can change a score."""
    from evaluator.publication import fingerprint
    from evaluator.publication.differences import differences
    from evaluator.reporting.before_publication.differences import differences_document, differences_text

    sides = [(one, fingerprint(one)) for one in (_read(folder, as_json=as_json) for folder in (old, new))]
    changes = differences(sides[0][0], sides[1][0])
    click.echo(json_text(differences_document(sides, changes)) if as_json else differences_text(sides, changes))


def _read(folder: Path, *, as_json: bool) -> "Criteria":
    from evaluator.files.read.criteria.folder import read_criteria

    need_criteria(folder)
    read = read_criteria(folder)
    if read.criteria is None:
        unreadable(read.findings, as_json=as_json)
    return read.criteria
