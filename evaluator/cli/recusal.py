"""The command that says what a late recusal can change: study recusal."""

from pathlib import Path

import click

from evaluator.cli.terminal import FOLDER, JSON, fail, json_text, need_folder, progress, stop_on, unreadable


@click.command()
@click.argument("criteria", type=FOLDER)
@click.argument("bids", type=FOLDER)
@click.argument("evaluator")
@click.argument("organisation")
@JSON
def recusal(criteria: Path, bids: Path, evaluator: str, organisation: str, *, as_json: bool) -> None:
    """Say what an evaluator's late recusal from an organisation can change."""
    from evaluator import __version__
    from evaluator.files.read.bids.folder import read_bids
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.pipeline import Published, decide
    from evaluator.records.results.outcome import Run
    from evaluator.reporting.studies.recusal import recusal_document, recusal_text
    from evaluator.studies import Ground, before_recusal, late_recusal
    from evaluator.validation import answers

    need_folder(criteria)
    need_folder(bids)
    with progress(6) as report_progress:
        report_progress("Reading the criteria, the bids and the evaluators' marks")
        read = read_criteria(criteria)
        if read.criteria is None:
            unreadable(read.findings, as_json=as_json)
        received = before_recusal(read_bids(bids, read.criteria), evaluator, organisation)
        outcome = decide(
            Published(read.criteria, read.seal), received, Run("study", __version__), "scoring", report_progress
        )
        if outcome.evaluation is None:
            stop_on(outcome.findings, as_json=as_json)
            fail("Nothing could be scored, so there is nothing to study.")
        named = {one for bid in outcome.evaluation.bids for one in (bid.organisation, *bid.members)}
        if organisation not in named:
            raise click.UsageError(f"No bid is by {organisation}. Give the id of an organisation as in the register.")
        ground = Ground(read.criteria, outcome.evaluation, answers(read.criteria, outcome.evaluation))
        if evaluator not in {who for one in ground.answers for who, _, _ in one.marks}:
            raise click.UsageError(f"{evaluator} gave no marks. Give the id of an evaluator as on the panel.")
        found = late_recusal(ground, evaluator, organisation, report_progress)
    click.echo(json_text(recusal_document(found)) if as_json else recusal_text(read.criteria, found))
