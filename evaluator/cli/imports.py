"""The import of other people's spreadsheets: propose, ask, and write once it is certain."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.programme import BY, WHEN, keeping, open_root
from evaluator.cli.terminal import (
    BLOCKED,
    FOLDER,
    JSON,
    UNREADABLE,
    json_text,
    need_criteria,
    print_findings,
    tell_findings,
)

if TYPE_CHECKING:
    from evaluator.jobs.coming_in.imports import ImportMade, Where
    from evaluator.records.submissions.imports import What

STATUSES = {
    "imported": "{rows} rows were imported into {table}.",
    "in_part": "{rows} rows were imported into {table}; what was refused above is not among them.",
    "to_confirm": "Nothing was imported yet. Open {page}, answer in {mapping}, and then:\n  {again}",
    "refused": "Nothing was imported.",
}


@click.command("import")
@click.argument("file", type=FOLDER)
@click.option("--programme", type=FOLDER, help="The programme's folder.")
@click.option("--criteria", type=FOLDER, help="Without a programme's folder: the criteria.")
@click.option("--bids", type=FOLDER, help="Without a programme's folder: the bids so far.  [default: --out]")
@click.option("--out", type=FOLDER, help="Without a programme's folder: where the tables are written.")
@click.option("--mapping", type=FOLDER, help="What each label means, as you confirmed it: the workbook or TOML file.")
@click.option(
    "--as", "what", type=click.Choice(["register", "marks"]), help="What the file is.  [default: what it says itself]"
)
@BY
@WHEN
@JSON
def import_(
    file: Path,
    programme: Path | None,
    criteria: Path | None,
    bids: Path | None,
    out: Path | None,
    mapping: Path | None,
    what: "What | None",
    who: str,
    when: str,
    *,
    as_json: bool,
) -> None:
    """Take a register or marks from a spreadsheet of any layout; what is not certain is asked first."""
    from evaluator.jobs.coming_in.imports import import_event, import_file

    opened = open_root(programme, as_json=as_json) if programme else None
    made = import_file(file, _where(programme, criteria, bids, out), mapping, what)
    if made.imported is None:
        tell_findings(made.findings, as_json=as_json)
        sys.exit(UNREADABLE)
    _write(made)
    if opened and made.table:
        kept = keeping(opened, who, when)
        kept.record(import_event(made))
    _tell(made, file, programme, criteria, out, as_json=as_json)
    if made.status != "imported":
        sys.exit(BLOCKED if made.imported.sheets or made.imported.decided else UNREADABLE)


def _where(programme: Path | None, criteria: Path | None, bids: Path | None, out: Path | None) -> "Where":
    """Say where things are: in a programme's folder, or where the options say."""
    from evaluator.jobs.coming_in.imports import Where

    if programme is not None:
        if criteria or bids or out:
            raise click.UsageError("--programme holds criteria and bids already; leave --criteria, --bids and --out.")
        from evaluator.records.office.folder import BIDS, CRITERIA

        return Where(programme / CRITERIA, programme / BIDS, programme / BIDS, programme)
    if criteria is None or out is None:
        raise click.UsageError("Give --programme, or --criteria and --out.")
    need_criteria(criteria)
    return Where(criteria, bids or out, out, out)


def _write(made: "ImportMade") -> None:
    """Write what was made; a mapping that somebody has begun to fill in stays as it is."""
    from evaluator.jobs.coming_in.imports import write_import

    try:
        write_import(made)
    except OSError as error:
        raise click.UsageError(f"{error.filename} cannot be written ({error.strerror}).") from None


def _tell(
    made: "ImportMade", file: Path, programme: Path | None, criteria: Path | None, out: Path | None, *, as_json: bool
) -> None:
    from evaluator.reporting.office.import_papers import import_document

    assert made.imported is not None
    paths = {"table": made.table, "mapping": made.mapping, "page": made.page}
    written = {key: path.as_posix() for key, path in paths.items() if path is not None}
    if as_json:
        facts = {"status": made.status, "sha256": made.sha256, "applied": made.applied}
        click.echo(json_text(import_document(made.imported, written=written, **facts)))
        return
    print_findings(made.findings)
    if made.applied:
        click.echo(f"Read by the mapping {made.applied}.")
    place = f"--programme {programme}" if programme else f"--criteria {criteria} --out {out}"
    again = f"evaluator import {file} {place} --mapping {made.mapping}"
    words = STATUSES[made.status].format(
        rows=f"{len(made.imported.rows):,}", again=again, **{"table": "", "mapping": "", "page": ""} | written
    )
    click.echo(f"\n{words}")
