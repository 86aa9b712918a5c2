"""Commands for the equality data: the decision makers' edition, their consideration, and deletion of replies."""

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.programme import Keeping, of_programme, programme_given
from evaluator.cli.terminal import (
    BLOCKED,
    DAY,
    FOLDER,
    JSON,
    Grouped,
    fail,
    json_text,
    need_criteria,
    need_folder,
    print_findings,
    progress,
    stop_on,
    unreadable,
)

if TYPE_CHECKING:
    from evaluator.jobs.evaluate import Finished

SALT_BYTES = 32


@click.group(cls=Grouped)
def equality() -> None:
    """Make the decision makers' edition, keep what they considered, and delete replies at someone's wish."""


@equality.command()
@of_programme("criteria", "bids", out="reports/equality-restricted", numbered=False, keeps=True)
@click.option("--out", type=FOLDER, help="A folder kept from the public.  [default: reports/equality-restricted]")
@click.option("--to", "recipients", multiple=True, required=True, help="Who decides and is given it; for each a --to.")
@click.option("--date", type=DAY, default="", help="A date to print on the document, such as 2026-12-01.")
@JSON
def restricted(
    criteria: Path,
    bids: Path,
    out: Path,
    recipients: tuple[str, ...],
    date: str,
    *,
    keeping: Keeping | None,
    as_json: bool,
) -> None:
    """Write the decision makers' edition: all the evidence, in confidence, for the people that --to names."""
    from evaluator.jobs.equality import land_restricted, restricted_edition

    need_criteria(criteria)
    need_folder(bids)
    named = tuple(dict.fromkeys(name.strip() for name in recipients))
    if not all(named):
        raise click.UsageError("Give a name with each --to: those who decide, such as --to 'Cllr R. Example'.")
    with progress(7) as report_progress:
        made = restricted_edition(criteria, bids, date, named, report_progress)
    _need_awards(made.finished, as_json=as_json)
    land_restricted(made, out)
    if keeping is not None:
        _record_restricted(keeping, named, made.commitment)
    if as_json:
        click.echo(json_text(made.figures))
        return
    print_findings([one for one in made.finished.findings if one.code.startswith("E-EQUALITY-")])
    click.echo(f"Written into {out}: {', '.join(made.finished.files)}. Restricted: for {'; '.join(named)} alone.")


equality.add_command(restricted, "panel")


def _need_awards(finished: "Finished", *, as_json: bool) -> None:
    """End where there are no awards to look at, and say why."""
    if finished.changed:
        stop_on(finished.findings, as_json=as_json)
    if finished.outcome is None:
        unreadable(finished.findings, as_json=as_json)
    if not finished.files:
        stop_on(finished.findings, as_json=as_json)
        fail("These criteria publish no allocation, so there are no awards to look at.")


def _record_restricted(keeping: Keeping, recipients: tuple[str, ...], commitment: str) -> None:
    """Record who made the edition, for whom and when, with nothing of it."""
    from evaluator.jobs.ledger_events import restricted_event

    if not commitment:
        told = (
            "The ledger holds no commitment to it: the monitoring has no salt. Make one with evaluator equality salt."
        )
        click.echo(told, err=True)
    keeping.record(restricted_event(recipients, commitment))


@equality.command()
@of_programme("criteria", "bids", dated=True)
@click.option("--organisation", required=True, help="Whose replies are to be deleted, by id.")
@click.option("--question", default="all", help="One question's id.  [default: all, and the row with them]")
@click.option("--by", "who", required=True, help="Who deletes.")
@click.option("--date", type=DAY, default="", help="When, such as 2026-12-01.")
@click.option("--reports", type=FOLDER, help="Where archives of earlier runs are looked for.  [default: reports]")
@click.option("--delete-archives", is_flag=True, help="Delete the archives of earlier runs that hold them, too.")
def forget(
    criteria: Path,
    bids: Path,
    organisation: str,
    question: str,
    who: str,
    date: str,
    reports: Path | None,
    *,
    delete_archives: bool,
) -> None:
    """Delete replies from the equality monitoring, record it, and name what may still hold them."""
    from evaluator.files.audit.monitoring_deletions import NothingToDeleteError, has_salt, write_salt
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.jobs.equality import forget as delete
    from evaluator.records.english import count_of

    need_criteria(criteria)
    need_folder(bids)
    read = read_criteria(criteria)
    if read.criteria is None:
        unreadable(read.findings, as_json=False)
    asked = read.criteria.equality.characteristic if read.criteria.equality else ()
    if question != "all" and question not in {one.id for one in asked}:
        raise click.UsageError(f"There is no question {question}. They are {', '.join(one.id for one in asked)}.")
    try:
        number = delete(bids, read.criteria, organisation, question, who, date)
    except NothingToDeleteError as error:
        click.echo(str(error), err=True)
        sys.exit(BLOCKED)
    replies = count_of(number, "reply", "replies")
    click.echo(f"Deleted: {replies} of {organisation}, recorded in deletions.csv.")
    if has_salt(bids):
        write_salt(bids, secrets.token_hex(SALT_BYTES))
        click.echo("The salt was made anew, so that nothing of earlier runs can be tried against guesses at a reply.")
    programme = programme_given()
    reports = reports or (programme.reports if programme else Path("reports"))
    _what_still_holds_them(bids, reports, delete_archives=delete_archives)


def _what_still_holds_them(bids: Path, reports: Path, *, delete_archives: bool) -> None:
    """Delete or name the archives of earlier runs that hold replies, and name copies of the monitoring."""
    from evaluator.files.audit.equality_archive import ARCHIVE
    from evaluator.files.audit.monitoring_deletions import archives_with_replies, copies

    for path in archives_with_replies(reports) if reports.is_dir() else ():
        if delete_archives and path.name == ARCHIVE:
            path.unlink()
            click.echo(f"{path} was deleted: it held what was received before. Run evaluate again.")
        else:
            click.echo(f"{path} may still hold what was received before: delete it, and run evaluate again.")
    for path in copies(bids):
        click.echo(f"{path} may be a copy of the monitoring: delete it if it is.")


@equality.command()
@of_programme("bids")
def salt(bids: Path) -> None:
    """Make the salt that binds bundles to the monitoring; it lies with the monitoring and in equality.zip only."""
    from evaluator.files.audit.monitoring_deletions import has_salt, write_salt
    from evaluator.files.read.bids.folder import SALT

    need_folder(bids)
    if has_salt(bids):
        raise click.UsageError(f"{bids / SALT} is there already. Earlier bundles could not be bound with another.")
    write_salt(bids, secrets.token_hex(SALT_BYTES))
    click.echo(f"Written: {bids / SALT}. Keep it with the monitoring, and secret like it.")


@equality.command()
@of_programme("criteria", "bids", dated=True)
@click.option("--person", required=True, help="Who considered the figures: name and office.")
@click.option("--date", type=DAY, default="", help="When, such as 2026-12-01: before the decision.")
@click.option("--text", default="", help="What was considered, and what was made of it.")
@click.option("--text-file", type=FOLDER, help="The same, in a text file.")
def consider(criteria: Path, bids: Path, person: str, date: str, text: str, text_file: Path | None) -> None:
    """Write down that those who decide have considered the equality figures as they are now, beside the monitoring."""
    from evaluator.files.read.bids.folder import CONSIDERATION
    from evaluator.jobs.equality import consideration, land_consideration

    need_criteria(criteria)
    need_folder(bids)
    words = (text_file.read_text("utf-8") if text_file else text).strip()
    if not words or not person.strip():
        raise click.UsageError("Give who considered the figures, and what was made of them: --person and --text.")
    with progress(5) as report_progress:
        finished, written = consideration(criteria, bids, (person.strip(), date, words), report_progress)
    if finished.outcome is None:
        unreadable(finished.findings, as_json=False)
    if not written:
        stop_on(finished.findings, as_json=False)
        fail("There are no awards, and so no figures to consider.")
    land_consideration(bids, written, secrets.token_hex(SALT_BYTES))
    where = (bids / CONSIDERATION).parent
    click.echo(f"What was considered is written down in {where}. Evaluate again, so that the bundle tells of it.")
