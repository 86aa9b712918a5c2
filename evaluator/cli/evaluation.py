"""Commands for the main job and those who check it: evaluate, demo, replay."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from evaluator.cli.ledger import BY, LEDGER, need_ledger, record
from evaluator.cli.terminal import (
    BLOCKED,
    FOLDER,
    JSON,
    fail,
    json_text,
    need_date,
    need_folder,
    print_findings,
    progress,
    unreadable,
)

if TYPE_CHECKING:
    from evaluator.jobs import Finished
    from evaluator.pipeline import Until

STAGES = ("validation", "scoring", "allocation", "equality")
MARGINS = click.option(
    "--margins/--no-margins", default=True, help="Work out what would have changed each decision  [default: do]"
)


@click.command()
@click.argument("criteria", type=FOLDER)
@click.argument("bids", type=FOLDER)
@click.option("--out", type=FOLDER, help="The run's folder  [default: reports/CRITERIA'S NAME/RUN]")
@click.option("--until", type=click.Choice(STAGES), default="equality", help="Stop after this stage.")
@click.option("--date", default="", help="A date to print on the documents, YYYY-MM-DD.")
@MARGINS
@click.option("--replace", is_flag=True, help="Let a different finished run in the folder give way.")
@LEDGER
@BY
@JSON
def evaluate(
    criteria: Path,
    bids: Path,
    out: Path | None,
    until: "Until",
    date: str,
    margins: bool,
    replace: bool,
    ledger: Path | None,
    who: str,
    as_json: bool,
) -> None:
    """Do the main job: findings, scores, awards, equality, reports and the audit bundle."""
    if date:
        need_date(date)
    need_ledger(ledger, who, date)
    _evaluate(criteria, bids, out, until, date, margins, replace, as_json, (ledger, who) if ledger else None)


@click.command()
@click.option("--out", type=FOLDER, help="The run's folder  [default: reports/community_commissioning/demo]")
@MARGINS
def demo(out: Path | None, margins: bool) -> None:
    """Evaluate the sample programme, and say which file to open."""
    home = Path(__file__).resolve().parents[1]
    data = next(place for place in (home / "_shipped", home.parent) if (place / "criteria").is_dir())
    name = "community_commissioning"
    folder = out or Path("reports") / name / "demo"
    _evaluate(data / "criteria" / name, data / "sample_bids" / name, folder, "equality", "", margins, True, False)


@click.command()
@click.argument("bundle", type=FOLDER)
@JSON
def replay(bundle: Path, as_json: bool) -> None:
    """Recompute everything from a bundle and compare it, byte for byte."""
    from evaluator.files.bundle import UnreadableBundleError
    from evaluator.jobs import replay as replay_bundle

    try:
        with progress(8) as tell:
            found = replay_bundle(bundle.read_bytes(), tell)
    except OSError:
        fail(f"There is no file {bundle} that can be read.")
    except UnreadableBundleError as error:
        fail(f"{bundle} cannot be read as an audit bundle: {error}.")
    identical = not found.differences
    if as_json:
        facts = {"schema": "replay/1", "run": found.run, "identical": identical, "differences": found.differences}
        click.echo(json_text(facts))
    elif identical:
        click.echo(f"Identical: all {found.files} files of {found.run} are what their inputs give, to the last byte.")
    else:
        click.echo(f"Not identical: {found.run} differs.")
        click.echo("\n".join(f"  {line}" for line in found.differences))
    sys.exit(0 if identical else BLOCKED)


def _evaluate(
    criteria: Path,
    bids: Path,
    out: Path | None,
    until: "Until",
    date: str,
    margins: bool,
    replace: bool,
    as_json: bool,
    ledger: tuple[Path, str] | None = None,
) -> NoReturn:
    from evaluator.jobs import evaluate as run_evaluation
    from evaluator.records.source import block_award
    from evaluator.reporting import summary_text

    need_folder(criteria)
    need_folder(bids)
    held = _arrived(criteria, bids, ledger, date) if ledger else {}
    with progress(24 if margins else 7) as tell:
        finished = run_evaluation(criteria, bids, until, date, tell, margins, held)
    outcome = finished.outcome
    if outcome is None:
        unreadable(finished.findings, as_json)
    folder = out or Path("reports") / criteria.resolve().name / outcome.run.name
    _land(finished, folder, replace)
    if ledger is not None:
        _record(finished, ledger, date)
    if as_json:
        click.echo(finished.files["outcome.json"].decode().rstrip("\n"))
    else:
        print_findings(finished.findings)
        click.echo(summary_text(outcome))
        _say_what_to_open(folder, finished)
    sys.exit(BLOCKED if block_award(finished.findings) else 0)


def _arrived(criteria: Path, bids: Path, ledger: tuple[Path, str], date: str) -> dict[str, bytes]:
    """Record what came in, and give the ledger as the run's bundle will hold it."""
    from evaluator.files.ledger import read_ledger
    from evaluator.recorded import arrivals, as_it_stood

    head = record(ledger[0], arrivals(criteria, bids), ledger[1], date)
    return as_it_stood(read_ledger(ledger[0]).entries[: head.count])


def _record(finished: "Finished", ledger: tuple[Path, str], date: str) -> None:
    from evaluator.recorded import run_event
    from evaluator.records.outcome import status

    outcome = finished.outcome
    assert outcome is not None  # without one the command has ended
    told = run_event(outcome.run.name, status(outcome), finished.files["manifest.json"])
    record(ledger[0], told, ledger[1], date)


def _land(finished: "Finished", folder: Path, replace: bool) -> None:
    """Write the run; a finished run of other inputs is never overwritten unasked."""
    from evaluator.files.runs import is_run, land, run_status

    if folder.exists() and not is_run(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is not empty and holds no run. Give another --out.")
    if is_run(folder) and not replace and run_status(folder) not in ("blocked", run_status(finished.files)):
        raise click.UsageError(
            f"{folder} holds a finished run of other inputs. Give another --out, or --replace if it may go."
        )
    try:
        land(finished.files, folder)
    except OSError as error:
        raise click.UsageError(f"{folder} cannot be written ({error.strerror}). Give another --out.") from None


def _say_what_to_open(folder: Path, finished: "Finished") -> None:
    first = "report.html" if "report.html" in finished.files else "findings.html"
    click.echo(f"\nOpen {folder / first}")
    others = ", ".join(name for name in finished.files if name != first)
    click.echo(f"Beside it in {folder}: {others}")
