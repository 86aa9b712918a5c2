"""Commands that open finished runs: explain, letters, notice, disclose, open-data, compare."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.programme import of_programme, programme_given
from evaluator.cli.terminal import BLOCKED, DAY, FOLDER, JSON, fail, json_text, land_at, progress, stop_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from evaluator.jobs.finished.from_bundle import Reopened
    from evaluator.jobs.finished.sending import Said
    from evaluator.records.results.notice_facts import NoticeFacts

SHOWN = 20
OF_THE_DECISION = (
    click.option("--decided-by", default="", help="Who decided; until that is said the letters are drafts."),
    click.option("--role", default="", help="In what role, for example “Director of Communities”."),
    click.option("--decided", type=DAY, default="", help="On what day, such as 2026-12-01."),
    click.option("--sent", type=DAY, default="", help="The day on which all letters go out, such as 2026-12-01."),
    click.option(
        "--notice", type=DAY, default="", help="The day on which the platform confirmed that the notice is published."
    ),
)


@click.command()
@of_programme("bundle")
@click.argument("words", nargs=-1, metavar="[BID [QUESTION] | REFERENCE | NAME]")
@click.option("--number", default="", help="Every figure that is printed as this number, such as “£1,234,500”.")
@click.option("--all", "every", is_flag=True, help="Write the pages of all bids, themes, rules and figures into --out.")
@click.option("--out", type=FOLDER, help="The folder for --all.")
@click.option("--equality", type=FOLDER, help="equality.zip, for whoever may open it: the addresses of the replies.")
@click.option("--html", type=FOLDER, help="Write the explanation as a page into this file as well.")
@JSON
def explain(
    bundle: Path,
    words: tuple[str, ...],
    number: str,
    out: Path | None,
    equality: Path | None,
    html: Path | None,
    *,
    every: bool,
    as_json: bool,
) -> None:
    """Say why a bid got what it got, or how any figure came about, back to the cell that each number came from.

    Ask with a bid, and a question of it; with a reference that stands beside a figure, such as T1-money; with the id or
    the name of a rule, a theme, a ward or a group; or with --number. Where words fit several things, put bid:, rule:,
    theme: or figure: before them.
    """
    from evaluator.cli.explaining import explain_one, write_all

    if bool(words) + bool(number) + every != 1:
        raise click.UsageError("Ask for one thing: words, or --number, or --all.")
    if every != (out is not None):
        raise click.UsageError("--all and --out DIR belong together.")
    again = reopened_bundle(bundle, as_json=as_json)
    if out is not None:
        write_all(again, out, equality)
    else:
        explain_one(again, words, number, equality, html, as_json=as_json)


def reopened_bundle(bundle: Path, *, as_json: bool) -> "Reopened":
    """Work a bundle out again from its inputs; end with a sentence where that cannot be done or comes out otherwise."""
    from evaluator.files.audit.bundle import UnreadableBundleError, bundle_bytes
    from evaluator.jobs.finished.from_bundle import reopen
    from evaluator.records.results.outcome import status

    try:
        with progress(4) as report_progress:
            again = reopen(bundle_bytes(bundle), report_progress)
    except (OSError, UnreadableBundleError) as error:
        fail(f"{bundle} cannot be read as an audit bundle: {error}")
    if again.problems:
        fail("\n".join([f"{bundle} is not as it was closed, so nothing is said from it:", *again.problems]))
    if again.outcome.scores is None and status(again.outcome) != "stage_decided":
        stop_on(again.outcome.findings, as_json=as_json)
        click.echo("Nothing was scored in this run.", err=True)
        sys.exit(BLOCKED)
    return again


def decision_options(command: "Callable[..., None]") -> "Callable[..., None]":
    """Ask who decided, and on what days letters and notice go out."""
    for option in reversed(OF_THE_DECISION):
        command = option(command)
    return command


@click.command()
@of_programme("bundle", out="papers/letters", numbered=False)
@click.option(
    "--out",
    type=FOLDER,
    help="The folder of the letters and their index.  [default: papers/letters; of a stage papers/letters-ID]",
)
@decision_options
@click.option("--asked", multiple=True, metavar="BID=DATE", help="A bidder asked for written reasons on this day.")
@click.option("--methodology", default="", help="Where the full published methodology can be read.")
@click.option("--contact", default="", help="Whom bidders write to.")
@click.option("--pages-only", is_flag=True, help="Write HTML pages without Word and PDF files, which is quicker.")
@JSON
def letters(bundle: Path, out: Path, asked: tuple[str, ...], *, pages_only: bool, as_json: bool, **post: str) -> None:
    """Write every bidder's letter at once: outcome, reasons, what would have turned it, and the winners as allowed."""
    from evaluator.jobs.finished.sending import CAN_BE_TOLD, write_letters
    from evaluator.records.findings.finding import block_award
    from evaluator.records.office.folder import letters_of
    from evaluator.records.results.outcome import status
    from evaluator.reporting.letters import MARK

    said = said_of(post, asked)
    again = reopened_bundle(bundle, as_json=as_json)
    programme = programme_given()
    if programme is not None and out == programme.papers / letters_of(""):
        out = programme.papers / letters_of(again.outcome.stage)
    if out.exists() and not (out / MARK).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise click.UsageError(f"{out} is not empty and holds no letters. Give another --out.")
    if status(again.outcome) not in CAN_BE_TOLD:
        click.echo("No award is recommended in this run, so there is nothing to tell bidders yet.", err=True)
        sys.exit(BLOCKED)
    with progress(12) as report_progress:
        made = write_letters(again, said, report_progress, pages_only=pages_only)
    stop_on([one for one in made.findings if block_award([one])], as_json=as_json)
    files = made.files
    land_at(files, out, private=True)
    if as_json:
        click.echo(files[MARK].decode().rstrip("\n"))
    else:
        for one in made.findings[:SHOWN]:
            click.echo(str(one))
        if len(made.findings) > SHOWN:
            click.echo(f"... and {len(made.findings) - SHOWN:,} more; all are in index.html.")
        if because := json.loads(files[MARK])["draft_because"]:
            click.echo(f"The letters are drafts. {' '.join(f'{one}.' for one in because)}")
        click.echo(f"Open {out / 'index.html'}: it lists the letters, and what to look at before they go out.")


def said_of(post: "Mapping[str, str]", asked: tuple[str, ...] = ()) -> "Said":
    """Gather what people say of what goes out; days out of order, half a decision and placeholders end the command."""
    from evaluator.jobs.finished.sending import Said
    from evaluator.records.dates import read_day

    requests = {bid: read_day(day) or "" for bid, _, day in (one.partition("=") for one in asked)}
    if not all(requests.values()):
        raise click.UsageError("Write --asked with a bid and a day that exists, for example --asked B012=2026-12-14.")
    keys = ("decided_by", "role", "decided", "sent", "notice", "methodology", "contact")
    said = Said(**{key: post.get(key, "") for key in keys}, asked=requests)
    for _, words in said.problems(lambda key: f"--{key.replace('_', '-')}"):
        raise click.UsageError(words)
    return said


@click.command()
@of_programme("bundle", out="papers/notice", numbered=False)
@click.option("--out", type=FOLDER, help="The folder for notice.json and its page.  [default: papers/notice]")
@click.option("--facts", type=FOLDER, help="A TOML file with what no evaluation knows: identifiers, SMEs, contracts.")
@decision_options
@JSON
def notice(bundle: Path, out: Path, facts: Path | None, *, as_json: bool, **post: str) -> None:
    """Write the contract award notice lot by lot, as data to send and a page to paste from, with contract details."""
    from evaluator.files.audit.run_folder import land, rendered
    from evaluator.jobs.finished.from_bundle import notice as write_notice
    from evaluator.records.results.outcome import status
    from evaluator.reporting.notice import MARK, told_of

    said = said_of(post)
    if out.exists() and not (out / MARK).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise click.UsageError(f"{out} is not empty and holds no notice. Give another --out.")
    added = notice_facts(facts)
    again = reopened_bundle(bundle, as_json=as_json)
    if not told_of(again.outcome.criteria):
        raise click.UsageError("The law of these criteria asks for no such notice.")
    if status(again.outcome) != "award_recommended":
        click.echo("No award is recommended in this run, so there is nothing to publish yet.", err=True)
        sys.exit(BLOCKED)
    files = rendered(write_notice(again, added, said.sending(again.outcome.criteria)))
    land(files, out)
    click.echo(files[MARK].decode().rstrip("\n") if as_json else f"Open {out / 'notice.html'}: it says what it lacks.")


def notice_facts(path: Path | None) -> "NoticeFacts":
    """Read what people add to the notice; end with a sentence where that cannot be done."""
    from evaluator.files.read.notice_facts import UnreadableFactsError, read_notice_facts
    from evaluator.records.results.notice_facts import NoticeFacts

    try:
        return read_notice_facts(path) if path else NoticeFacts()
    except UnreadableFactsError as error:
        fail(f"{path} cannot be used: {error}.")


@click.command()
@of_programme("bundle", out="papers/disclosure", numbered=False)
@click.option("--out", type=FOLDER, help="The folder for the pack.  [default: papers/disclosure]")
@JSON
def disclose(bundle: Path, out: Path, *, as_json: bool) -> None:
    """Write what may go out to anyone: report and record without losing bids and names, and who may have what else."""
    from evaluator.files.audit.run_folder import rendered
    from evaluator.reporting.disclosure import MARK, disclosure

    if out.exists() and not (out / MARK).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise click.UsageError(f"{out} is not empty and holds no disclosure pack. Give another --out.")
    again = reopened_bundle(bundle, as_json=as_json)
    if again.outcome.allocation is None:
        click.echo("No award is recommended in this run, so there is nothing to disclose yet.", err=True)
        sys.exit(BLOCKED)
    files = rendered(disclosure(again.outcome, again.held))
    land_at(files, out)
    click.echo(
        files[MARK].decode().rstrip("\n") if as_json else f"Open {out / 'index.html'}: it says what may go to whom."
    )


@click.command("open-data")
@of_programme("bundle", out="papers/open-data", dated=True)
@click.option("--out", type=FOLDER, help="The folder for ocds.json and 360giving.json.  [default: papers/open-data]")
@click.option("--date", type=DAY, default="", help="The date of the release and of the awards, such as 2026-12-01.")
@click.option("--ocid", default="", help="The contracting process's identifier, with its registered prefix.")
@click.option("--grant-prefix", default="360G-publisher", help="Your registered 360Giving prefix.")
@click.option("--full", is_flag=True, help="Name every bid with its scores. Not for publication.")
def open_data(bundle: Path, out: Path, date: str, ocid: str, grant_prefix: str, *, full: bool) -> None:
    """Write the recommended awards as open data: OCDS 1.1.5, and 360Giving where they are grants."""
    from evaluator.records.results.outcome import status
    from evaluator.reporting.open_data import grants_360, outcome_ocds

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise click.UsageError(f"{out} is not empty. Give another --out.")
    outcome = reopened_bundle(bundle, as_json=False).outcome
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
@click.argument("runs", type=FOLDER, metavar="RUN1 RUN2 [MORE RUNS]", nargs=-1, required=True)
@click.option("--html", type=FOLDER, help="Write the comparison as a page into this file as well.")
@JSON
def compare(runs: tuple[Path, ...], html: Path | None, *, as_json: bool) -> None:
    """Say what changed from each run to the next, run folders or bundles: inputs, scores, ranks, awards, and why.

    Ends with 1 where two runs of the same inputs, made alike, say two things: that cannot be.
    """
    from evaluator.files.audit.bundle import UnreadableBundleError
    from evaluator.files.audit.finished_run import read_run
    from evaluator.files.audit.run_folder import write_page
    from evaluator.reporting.studies import several_runs as comparing
    from evaluator.reporting.studies.run_comparison import FinishedRun

    if len(runs) == 1:
        raise click.UsageError("Give two runs or more.")
    told = []
    for path in runs:
        try:
            told.append(FinishedRun(*read_run(path)))
        except UnreadableBundleError as error:
            fail(f"{path} cannot be compared: {error}.")
    try:
        found = comparing.compare_several(told, [str(path) for path in runs])
    except (KeyError, TypeError):
        fail("One of them was not written by this evaluator, or was changed since.")
    if html:
        write_page(html, comparing.comparisons_html(found))
    text = comparing.comparisons_text(found)
    click.echo(json_text(comparing.comparisons_document(found)) if as_json else text)
    sys.exit(BLOCKED if found.contradictions else 0)
