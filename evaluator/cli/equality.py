"""Commands for the equality data: the panel's edition of the document, and deletion of replies."""

import sys
from pathlib import Path

import click

from evaluator.cli.terminal import (
    BLOCKED,
    FOLDER,
    fail,
    need_date,
    need_folder,
    print_findings,
    progress,
    stop_on,
    unreadable,
)


@click.group()
def equality() -> None:
    """Make the panel's edition of the equality impact, and delete replies at someone's wish."""


@equality.command()
@click.argument("criteria", type=FOLDER)
@click.argument("bids", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="A folder that is kept from the public.")
@click.option("--date", default="", help="A date to print on the document, YYYY-MM-DD.")
def panel(criteria: Path, bids: Path, out: Path, date: str) -> None:
    """Write the panel's edition: a lower threshold, and evaluators by group. It is not for publication."""
    from evaluator.files.runs import write_page
    from evaluator.jobs import panel_edition

    need_folder(criteria)
    need_folder(bids)
    if date:
        need_date(date)
    with progress(6) as tell:
        finished = panel_edition(criteria, bids, date, tell)
    if finished.outcome is None:
        unreadable(finished.findings, False)
    if not finished.files:
        stop_on(finished.findings, False)
        fail("These criteria publish no allocation, so there are no awards to look at.")
    print_findings([one for one in finished.findings if one.code.startswith("E-EQUALITY-")])
    for name, content in finished.files.items():
        write_page(out / name, content)
    click.echo(f"Written into {out}: {', '.join(finished.files)}. Not for publication.")


@equality.command()
@click.argument("criteria", type=FOLDER)
@click.argument("bids", type=FOLDER)
@click.option("--organisation", required=True, help="Whose replies are to be deleted, by id.")
@click.option("--question", default="all", help="One question's id  [default: all, and the row with them]")
@click.option("--by", "who", required=True, help="Who deletes.")
@click.option("--date", required=True, help="When, YYYY-MM-DD.")
@click.option("--reports", type=FOLDER, default=Path("reports"), help="Where bundles of earlier runs are looked for.")
def forget(criteria: Path, bids: Path, organisation: str, question: str, who: str, date: str, reports: Path) -> None:
    """Delete replies from the equality monitoring, record it, and name the bundles that may still hold them."""
    from evaluator.files.criteria import read_criteria
    from evaluator.files.deletions import NothingToDeleteError, bundles_with_replies
    from evaluator.jobs import forget as delete

    need_folder(criteria)
    need_folder(bids)
    need_date(date)
    read = read_criteria(criteria)
    if read.criteria is None:
        unreadable(read.findings, False)
    asked = read.criteria.equality.characteristic if read.criteria.equality else ()
    if question != "all" and question not in {one.id for one in asked}:
        raise click.UsageError(f"There is no question {question}. They are {', '.join(one.id for one in asked)}.")
    try:
        number = delete(bids, read.criteria, organisation, question, who, date)
    except NothingToDeleteError as error:
        click.echo(str(error), err=True)
        sys.exit(BLOCKED)
    click.echo(f"Deleted: {number} repl{'y' if number == 1 else 'ies'} of {organisation}, recorded in deletions.csv.")
    for path in bundles_with_replies(reports) if reports.is_dir() else ():
        click.echo(f"{path} may still hold what was received before: delete it, and run evaluate again.")
