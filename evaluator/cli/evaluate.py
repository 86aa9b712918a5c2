"""Commands for the main job and those who check it: evaluate, demo, replay."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from evaluator.cli.audit.anchors import anchor_options, held_to_noted, tell_held
from evaluator.cli.audit.papers import paper_options
from evaluator.cli.programme import Keeping, of_programme, programme_given, say_next
from evaluator.cli.terminal import (
    BLOCKED,
    DAY,
    FOLDER,
    JSON,
    fail,
    json_text,
    land_at,
    need_criteria,
    need_folder,
    print_findings,
    progress,
    stop_on,
    unreadable,
)
from evaluator.records.work import without_searches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaluator.cli.audit.papers import Paper
    from evaluator.files.read.inputs import Inputs
    from evaluator.jobs.evaluate import Finished
    from evaluator.jobs.finished.replay import Replayed
    from evaluator.pipeline import Until
    from evaluator.records.results.outcome import Outcome

STAGES = ("validation", "scoring", "allocation", "equality")
MARGINS = click.option(
    "--margins/--no-margins", default=True, help="Work out what would have changed each decision.  [default: do]"
)


@click.command()
@of_programme("criteria", "bids", keeps=True)
@click.option("--out", type=FOLDER, help="The run's folder.  [default: reports/CRITERIA'S NAME/RUN; reports/RUN]")
@click.option("--until", type=click.Choice(STAGES), default="equality", help="Stop after this stage.")
@click.option("--stage", default="", help="Decide who goes on from the published stage of this id, and stop there.")
@click.option("--seal", is_flag=True, help="Keep what the stage came to beside the bids: later runs are held to it.")
@click.option("--date", type=DAY, default="", help="A date to print on the documents, such as 2026-12-01.")
@click.option(
    "--earlier",
    type=FOLDER,
    multiple=True,
    help="A run's folder, bundle or outcome.json whose equality figures were published before (may be repeated).",
)
@MARGINS
@click.option("--fresh", is_flag=True, help="Work everything out: take nothing from earlier runs, and keep nothing.")
@click.option("--replace", is_flag=True, help="Let a different finished run in the folder give way.")
@JSON
def evaluate(
    criteria: Path,
    bids: Path,
    out: Path | None,
    until: "Until",
    date: str,
    earlier: tuple[Path, ...],
    stage: str,
    *,
    seal: bool,
    margins: bool,
    replace: bool,
    fresh: bool,
    keeping: Keeping | None,
    as_json: bool,
) -> None:
    """Do the main job: findings, scores, awards, equality, reports and the audit bundle."""
    _evaluate(
        criteria,
        bids,
        out,
        until,
        date,
        margins=margins,
        replace=replace,
        as_json=as_json,
        keeping=keeping,
        earlier=earlier,
        stage=stage,
        seal=seal,
        fresh=fresh,
    )


@click.command()
@click.option("--out", type=FOLDER, help="The run's folder.  [default: reports/community_commissioning/demo]")
@MARGINS
def demo(out: Path | None, *, margins: bool) -> None:
    """Evaluate the sample programme, and say which file to open."""
    home = Path(__file__).resolve().parents[1]
    data = next(place for place in (home / "_shipped", home.parent) if (place / "criteria").is_dir())
    name = "community_commissioning"
    folder = out or Path("reports") / name / "demo"
    _evaluate(
        data / "criteria" / name,
        data / "sample_bids" / name,
        folder,
        "equality",
        "",
        margins=margins,
        replace=True,
        as_json=False,
    )


@click.command()
@of_programme("bundle")
@click.option(
    "--equality",
    "archive",
    type=FOLDER,
    help="The archive with the equality monitoring.  [default: equality.zip beside the bundle, if it is there]",
)
@click.option(
    "--full", is_flag=True, help="Search again for what would have changed each decision, instead of checking it."
)
@anchor_options
@paper_options
@JSON
@without_searches()
def replay(
    bundle: Path, archive: Path | None, paper: "Paper | None", *, full: bool, as_json: bool, **noted: Any
) -> None:
    """Recompute everything from a bundle and compare it: byte for byte, if this version made it."""
    from evaluator.files.audit.bundle import UnreadableBundleError, bundle_bytes
    from evaluator.files.audit.equality_archive import ARCHIVE
    from evaluator.jobs.finished.anchoring import known_of_bundle
    from evaluator.jobs.finished.replay import replay as replay_bundle
    from evaluator.jobs.finished.working_papers import replay_paper

    beside = bundle.with_name(ARCHIVE)
    archive = archive or (beside if beside.is_file() else None)
    try:
        with progress(8) as report_progress:
            content, kept_apart = bundle_bytes(bundle), bundle_bytes(archive) if archive else None
            found = replay_bundle(content, report_progress, kept_apart, full=full)
        held = held_to_noted(known_of_bundle(content), **noted)
    except OSError as error:
        fail(f"There is no file {error.filename} that can be read: {error.strerror}.")
    except UnreadableBundleError as error:
        fail(f"{bundle}{f' with {archive}' if archive else ''} cannot be read as an audit bundle: {error}.")
    if as_json:
        anchors = {"held_to": held.lines, "otherwise": held.problems}
        click.echo(json_text({"schema": "replay/1", **_document(found), **anchors}))
    else:
        click.echo("\n".join(found.told("--equality equality.zip")))
    tell_held(held, as_json=as_json)
    if paper:
        paper.land(replay_paper(found, content, kept_apart, held, paper.signed))
    sys.exit(BLOCKED if found.differences or held.problems else 0)


def _document(found: "Replayed") -> dict[str, object]:
    return {
        "run": found.run,
        "holds": found.holds,
        "documents": found.documents,
        "identical": found.documents == "identical",
        "made_by": found.made_by,
        "equality": found.equality,
        "bound": found.bound,
        "explanations": found.explanations,
        "ledger": found.ledger,
        "otherwise": found.otherwise,
        "differences": found.differences,
    }


@without_searches()
def _evaluate(
    criteria: Path,
    bids: Path,
    out: Path | None,
    until: "Until",
    date: str,
    *,
    margins: bool,
    replace: bool,
    as_json: bool,
    keeping: Keeping | None = None,
    earlier: tuple[Path, ...] = (),
    stage: str = "",
    seal: bool = False,
    fresh: bool = False,
) -> NoReturn:
    from evaluator.files.audit.run_folder import first_report, sweep
    from evaluator.files.read.bids.folder import bids_in
    from evaluator.files.read.criteria.folder import criteria_in
    from evaluator.files.read.remembered import shelved
    from evaluator.jobs.evaluate import cache_of
    from evaluator.jobs.evaluate import evaluate as run_evaluation
    from evaluator.records.findings.finding import block_award

    _need(criteria, bids, stage, seal=seal)
    reports = _reports(criteria)
    sweep((out or reports / "run").parent)
    taken = criteria_in(criteria), _with_earlier(bids_in(bids), earlier)
    keeps = None if fresh else _keeps(out, reports)
    cache = cache_of(keeps) if keeps else None
    with shelved(cache):
        held = _arrived(taken, keeping)
    with first_report(lambda name: out or reports / name) as first:
        with progress(24 if margins else 7) as report_progress:
            given = (*taken, until, date, report_progress)
            finished = run_evaluation(*given, margins=margins, ledger=held, stage=stage, cache=cache, first=first)
        outcome = _whole(finished, as_json=as_json)
        folder = out or reports / outcome.run.name
        _land(finished, folder, replace=replace)
    _record(finished, keeping)
    _seal_stage(finished, bids, keeping, seal=seal)
    _say(finished, outcome, folder, as_json=as_json)
    sys.exit(BLOCKED if block_award(finished.findings) else 0)


def _say(finished: "Finished", outcome: "Outcome", folder: Path, *, as_json: bool) -> None:
    """Say what a run came to, for people or for machines."""
    from evaluator.reporting import summary_text

    if as_json:
        click.echo(finished.files["outcome.json"].decode().rstrip("\n"))
        return
    print_findings(finished.findings)
    click.echo(summary_text(outcome))
    _say_what_to_open(folder, finished)


def _keeps(out: Path | None, reports: Path) -> Path | None:
    """Give the folder in which runs keep what they worked out; none where somebody chose a place for the run alone."""
    programme = programme_given()
    if programme is not None:
        return programme.root
    return None if out else reports


def _whole(finished: "Finished", *, as_json: bool) -> "Outcome":
    """Give what a run came to, or stop with what stands in its way."""
    if finished.changed:
        stop_on(finished.findings, as_json=as_json)
    if finished.outcome is None:
        unreadable(finished.findings, as_json=as_json)
    return finished.outcome


def _need(criteria: Path, bids: Path, stage: str, *, seal: bool) -> None:
    """Refuse folders that are not there, a stage that nobody published, and one that is to be sealed without a name."""
    from evaluator.files.read.criteria.folder import read_criteria

    need_criteria(criteria)
    need_folder(bids)
    if seal and not stage:
        raise click.UsageError("Say with --stage which stage is to be sealed.")
    published = read_criteria(criteria).criteria if stage else None
    if published is None:
        return
    known = [one.id for one in published.deciding_stages]
    if stage not in known:
        there = f"Those that decide who goes on: {', '.join(known)}." if known else "No stage decides who goes on."
        raise click.UsageError(f"No stage {stage} is published that decides who goes on. {there}")


def _seal_stage(finished: "Finished", bids: Path, keeping: Keeping | None, *, seal: bool) -> None:
    """Put what the stage came to beside the bids, and tell the ledger; nothing where that is not wanted or decided."""
    from evaluator.files.read.bids.folder import bids_in
    from evaluator.jobs.ledger_events import stage_events
    from evaluator.jobs.run import seal_stage

    outcome = finished.outcome
    if outcome is None or not seal:
        return
    place = seal_stage(outcome, bids)
    if place is None:
        click.echo("Nothing was sealed: the stage is not decided.", err=True)
        return
    if keeping is not None:
        keeping.record(lambda entries: stage_events(bids_in(bids), entries))
    click.echo(f"Sealed: {place}. Later runs are held to it.", err=True)


def _with_earlier(bids: "Inputs", given: tuple[Path, ...]) -> "Inputs":
    from evaluator.files.read.bids.earlier import with_earlier
    from evaluator.files.read.inputs import UnreadableError

    try:
        return with_earlier(bids, given)
    except UnreadableError as error:
        fail(f"{error.filename} cannot be read as an earlier edition: {error}.")


def _reports(criteria: Path) -> Path:
    """Give the folder for runs: the programme's, or one named after the criteria."""
    programme = programme_given()
    name = criteria.stem if criteria.is_file() else criteria.resolve().name
    return programme.reports if programme else Path("reports") / name


def _arrived(taken: tuple["Inputs", "Inputs"], keeping: Keeping | None) -> "Mapping[str, bytes]":
    """Record what came in, and give the ledger as the run's bundle will hold it; nothing where none is kept."""
    from evaluator.jobs.ledger_events import arrivals
    from evaluator.jobs.run import NoRunError, ledger_before

    if keeping is None:
        return {}
    head = keeping.record(arrivals(*taken))
    try:
        return ledger_before(keeping.ledger, head, taken[1])
    except NoRunError as problem:
        click.echo(f"Nothing was evaluated: {problem}.", err=True)
        sys.exit(BLOCKED)


def _record(finished: "Finished", keeping: Keeping | None) -> None:
    from evaluator.jobs.ledger_events import run_event
    from evaluator.records.results.outcome import status

    outcome = finished.outcome
    if keeping is not None and outcome is not None:
        keeping.record(run_event(outcome.run.name, status(outcome), finished.files["manifest.json"]))


def _land(finished: "Finished", folder: Path, *, replace: bool) -> None:
    """Write the run; a finished run of other inputs is never overwritten unasked."""
    from evaluator.files.audit.run_folder import is_first, is_run, run_status

    if (
        folder.exists()
        and not is_run(folder)
        and not is_first(folder)
        and (not folder.is_dir() or any(folder.iterdir()))
    ):
        raise click.UsageError(f"{folder} is not empty and holds no run. Give another --out.")
    if is_run(folder) and not replace and run_status(folder) not in ("blocked", run_status(finished.files)):
        raise click.UsageError(
            f"{folder} holds a finished run of other inputs. Give another --out, or --replace if it may go."
        )
    land_at(finished.files, folder)


def _say_what_to_open(folder: Path, finished: "Finished") -> None:
    from evaluator.files.audit.equality_archive import ARCHIVE
    from evaluator.records.results.outcome import status

    first = "report.html" if "report.html" in finished.files else "findings.html"
    click.echo(f"\nOpen {folder / first}")
    # files of a folder are told as the folder
    others = dict.fromkeys(f"{one}/" if rest else one for one, _, rest in (n.partition("/") for n in finished.files))
    click.echo(f"Beside it in {folder}: {', '.join(name for name in others if name != first)}")
    if finished.outcome is not None and status(finished.outcome) == "award_recommended":
        say_next("Next, once it is decided: evaluator letters PROGRAMME")
    if ARCHIVE in finished.files:
        click.echo(f"{ARCHIVE} holds the equality monitoring as received: keep it apart, and out of what is handed on.")
