"""Commands that open a finished run's bundle: explain."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.terminal import BLOCKED, FOLDER, JSON, fail, json_text, progress, stop_on

if TYPE_CHECKING:
    from evaluator.jobs import Reopened


@click.command()
@click.argument("bundle", type=FOLDER)
@click.argument("bid")
@click.argument("question", default="")
@click.option("--html", type=FOLDER, help="Write the explanation as a page into this file as well.")
@JSON
def explain(bundle: Path, bid: str, question: str, html: Path | None, as_json: bool) -> None:
    """Say why a bid got what it got, back to the cell that each number came from."""
    from evaluator.files.runs import write_page
    from evaluator.jobs import explain as explain_bid
    from evaluator.reporting.explain import explanation_document, explanation_html, explanation_text

    again = _reopened(bundle, as_json)
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


def _reopened(bundle: Path, as_json: bool) -> "Reopened":
    """Work a bundle out again from its inputs; end with a sentence where that cannot be done or comes out otherwise."""
    from evaluator.files.bundle import UnreadableBundleError
    from evaluator.jobs import reopen

    try:
        with progress(4) as tell:
            again = reopen(bundle.read_bytes(), tell)
    except (OSError, UnreadableBundleError) as error:
        fail(f"{bundle} cannot be read as an audit bundle: {error}")
    if again.problems:
        fail("\n".join([f"{bundle} is not as it was closed, so nothing is said from it:", *again.problems]))
    if again.outcome.scores is None:
        stop_on(again.outcome.findings, as_json)
        click.echo("Nothing was scored in this run.", err=True)
        sys.exit(BLOCKED)
    return again
