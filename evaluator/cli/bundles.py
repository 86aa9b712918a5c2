"""Commands that open finished runs: explain, letters, disclose, open-data, compare."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.terminal import BLOCKED, DAY, FOLDER, JSON, fail, json_text, land_at, progress, stop_on

if TYPE_CHECKING:
    from evaluator.jobs.from_bundle import Reopened
    from evaluator.reporting.letters import Sending

SHOWN = 20


@click.command()
@click.argument("bundle", type=FOLDER)
@click.argument("bid")
@click.argument("question", default="")
@click.option("--html", type=FOLDER, help="Write the explanation as a page into this file as well.")
@JSON
def explain(bundle: Path, bid: str, question: str, html: Path | None, *, as_json: bool) -> None:
    """Say why a bid got what it got, back to the cell that each number came from."""
    from evaluator.files.audit.run_folder import write_page
    from evaluator.jobs.from_bundle import explain as explain_bid
    from evaluator.reporting.studies.explain import explanation_document, explanation_html, explanation_text

    again = _reopened(bundle, as_json=as_json)
    try:
        told = explain_bid(again, bid, question)
    except KeyError as missing:
        raise click.UsageError(f"{bundle} has no {missing.args[0]}.") from None
    if html:
        try:
            write_page(html, explanation_html(told))
        except OSError as error:
            fail(f"{html} cannot be written: {error.strerror}")
    click.echo(json_text(explanation_document(told)) if as_json else explanation_text(told))


def _reopened(bundle: Path, *, as_json: bool) -> "Reopened":
    """Work a bundle out again from its inputs; end with a sentence where that cannot be done or comes out otherwise."""
    from evaluator.files.audit.bundle import UnreadableBundleError, bundle_bytes
    from evaluator.jobs.from_bundle import reopen

    try:
        with progress(4) as report_progress:
            again = reopen(bundle_bytes(bundle), report_progress)
    except (OSError, UnreadableBundleError) as error:
        fail(f"{bundle} cannot be read as an audit bundle: {error}")
    if again.problems:
        fail("\n".join([f"{bundle} is not as it was closed, so nothing is said from it:", *again.problems]))
    if again.outcome.scores is None:
        stop_on(again.outcome.findings, as_json=as_json)
        click.echo("Nothing was scored in this run.", err=True)
        sys.exit(BLOCKED)
    return again


@click.command()
@click.argument("bundle", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="The folder for the letters and their index.")
@click.option("--sent", type=DAY, default="", help="The day on which the letters go out, such as 2026-12-01.")
@click.option(
    "--notice", type=DAY, default="", help="The day of the contract award notice, such as 2026-12-01  [default: --sent]"
)
@click.option("--methodology", default="", help="Where the full published methodology can be read.")
@click.option("--contact", default="", help="Whom bidders write to.")
@click.option("--pages-only", is_flag=True, help="Write HTML pages without Word and PDF files, which is quicker.")
@JSON
def letters(bundle: Path, out: Path, *, pages_only: bool, as_json: bool, **post: str) -> None:
    """Write a letter to every assessed bidder: its own scores, reasons and outcome, and the winners as allowed."""
    from evaluator.files.audit.run_folder import rendered
    from evaluator.jobs.from_bundle import letters as write_letters
    from evaluator.records.findings.finding import block_award
    from evaluator.records.results.outcome import status
    from evaluator.reporting.letters import MARK

    if out.exists() and not (out / MARK).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise click.UsageError(f"{out} is not empty and holds no letters. Give another --out.")
    again = _reopened(bundle, as_json=as_json)
    if status(again.outcome) != "award_recommended":
        click.echo("No award is recommended in this run, so there is nothing to tell bidders yet.", err=True)
        sys.exit(BLOCKED)
    made = write_letters(again, _sending(again.outcome.criteria.regime, **post))
    stop_on([one for one in made.findings if block_award([one])], as_json=as_json)
    files = rendered(tuple(replace(one, also=()) for one in made.documents) if pages_only else made.documents)
    land_at(files, out, private=True)
    if as_json:
        click.echo(files[MARK].decode().rstrip("\n"))
    else:
        for one in made.findings[:SHOWN]:
            click.echo(str(one))
        if len(made.findings) > SHOWN:
            click.echo(f"... and {len(made.findings) - SHOWN:,} more; all are in index.html.")
        click.echo(f"Open {out / 'index.html'}: it lists the letters, and what to look at before they go out.")


def _sending(regime: str, sent: str, notice: str, methodology: str, contact: str) -> "Sending":
    """Put into words what the letters say of their sending; a standstill starts with the notice, if there is one."""
    from evaluator.files.read.working_days import standstill_end
    from evaluator.records.dates import spoken_date
    from evaluator.reporting.letters import Sending

    starts = (notice or sent) if regime == "pa2023" else sent
    said, first, last = map(spoken_date, (sent, starts, standstill_end(regime, starts)))
    return Sending(said, first, last, methodology, contact)


@click.command()
@click.argument("bundle", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="The folder for the pack.")
@JSON
def disclose(bundle: Path, out: Path, *, as_json: bool) -> None:
    """Write what may go out to anyone: report and record without losing bids and names, and who may have what else."""
    from evaluator.files.audit.run_folder import rendered
    from evaluator.reporting.disclosure import MARK, disclosure

    if out.exists() and not (out / MARK).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise click.UsageError(f"{out} is not empty and holds no disclosure pack. Give another --out.")
    again = _reopened(bundle, as_json=as_json)
    if again.outcome.allocation is None:
        click.echo("No award is recommended in this run, so there is nothing to disclose yet.", err=True)
        sys.exit(BLOCKED)
    files = rendered(disclosure(again.outcome))
    land_at(files, out)
    click.echo(
        files[MARK].decode().rstrip("\n") if as_json else f"Open {out / 'index.html'}: it says what may go to whom."
    )


@click.command("open-data")
@click.argument("bundle", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="The folder for ocds.json, and 360giving.json for grants.")
@click.option("--date", type=DAY, required=True, help="The date of the release and of the awards, such as 2026-12-01.")
@click.option("--ocid", default="", help="The contracting process's identifier, with its registered prefix.")
@click.option("--grant-prefix", default="360G-publisher", help="Your registered 360Giving prefix.")
@click.option("--full", is_flag=True, help="Name every bid with its scores. Not for publication.")
def open_data(bundle: Path, out: Path, date: str, ocid: str, grant_prefix: str, *, full: bool) -> None:
    """Write the recommended awards as open data: OCDS 1.1.5, and 360Giving where they are grants."""
    from evaluator.records.results.outcome import status
    from evaluator.reporting.open_data import grants_360, outcome_ocds

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise click.UsageError(f"{out} is not empty. Give another --out.")
    outcome = _reopened(bundle, as_json=False).outcome
    if status(outcome) != "award_recommended":
        click.echo("No award is recommended in this run, so there is nothing to publish of it yet.", err=True)
        sys.exit(BLOCKED)
    files = {"ocds.json": outcome_ocds(outcome, date, ocid, full=full).encode()}
    if outcome.criteria.regime == "grant":
        files["360giving.json"] = grants_360(outcome, date, grant_prefix).encode()
    land_at(files, out)
    chosen = "the awards and who is to get them, and nobody else"
    who = "every bid with its scores: do not publish it" if full else chosen
    click.echo(f"In {out}: {' and '.join(files)}. It names {who}.")


@click.command()
@click.argument("one", type=FOLDER, metavar="RUN1")
@click.argument("two", type=FOLDER, metavar="RUN2")
@click.option("--html", type=FOLDER, help="Write the comparison as a page into this file as well.")
@JSON
def compare(one: Path, two: Path, html: Path | None, *, as_json: bool) -> None:
    """Say what changed from one run to another, run folders or bundles: inputs, scores, ranks, awards, and why."""
    from evaluator.files.audit.bundle import UnreadableBundleError
    from evaluator.files.audit.finished_run import read_run
    from evaluator.files.audit.run_folder import write_page
    from evaluator.reporting.studies import run_comparison as comparing

    told = []
    for path in (one, two):
        try:
            told.append(comparing.FinishedRun(*read_run(path)))
        except UnreadableBundleError as error:
            fail(f"{path} cannot be compared: {error}.")
    try:
        found = comparing.compare_runs(*told)
    except (KeyError, TypeError):
        fail("One of the two was not written by this evaluator, or was changed since.")
    if html:
        write_page(html, comparing.comparison_html(found, (str(one), str(two))))
    text = comparing.comparison_text(found)
    click.echo(json_text(comparing.comparison_document(found)) if as_json else text)
