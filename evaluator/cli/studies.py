"""The commands under ``study``, which ask further of an evaluation: bid, margins, rules, robustness and others."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.programme import of_programme
from evaluator.cli.terminal import (
    BLOCKED,
    FOLDER,
    JSON,
    Grouped,
    exact,
    fail,
    json_text,
    need_criteria,
    need_folder,
    progress,
    stop_on,
    unreadable,
)
from evaluator.records.work import ReportProgress

if TYPE_CHECKING:
    from evaluator.pipeline import Published
    from evaluator.records.results.allocation import Allocation, Problem
    from evaluator.records.results.outcome import Outcome
    from evaluator.records.submissions.received import Received

PROCESSES = click.option(
    "--processes", type=click.IntRange(1, 64), default=1, help="Processes to share the work.  [default: 1]"
)


@click.group(cls=Grouped)
def study() -> None:
    """Ask what would have changed an allocation, what its rules cost, and how far it rests on single marks."""


@study.command("bid")
@of_programme("criteria", "bids", then=("bid",))
@JSON
def one_bid(criteria: Path, bids: Path, bid: str, as_json: bool) -> None:
    """Say why a bid is or is not funded, and what would have changed that."""
    from evaluator.jobs.studies import case_of, known_bids
    from evaluator.reporting.studies.counterfactuals import case_text, one_case_document

    with progress(5) as report_progress:
        outcome, problem, allocation = _decided(criteria, bids, as_json, report_progress)
        known = known_bids(problem)
        if bid not in known:
            raise click.UsageError(f"There is no bid {bid}. The bids are {', '.join(known[:20])} ...")
        report_progress(f"Solving what would change the case of {bid}")
        case = case_of(outcome.criteria, problem, allocation, bid)
    click.echo(json_text(one_case_document(case)) if as_json else case_text(case))


@study.command()
@of_programme("criteria", "bids")
@click.option("--out", type=FOLDER, help="Write a page with a chart into this file.")
@PROCESSES
@JSON
def margins(criteria: Path, bids: Path, out: Path | None, processes: int, as_json: bool) -> None:
    """Say for every bid what would have changed its decision, the closest first; for programmes of any size."""
    from evaluator.allocation import all_cases
    from evaluator.files.read.parallel import shared
    from evaluator.jobs.studies import STEPS
    from evaluator.reporting.studies.counterfactuals import cases_document, cases_html, cases_text
    from evaluator.scoring import greatest_totals

    with progress(40) as report_progress, shared(processes) as share:
        outcome, problem, allocation = _decided(criteria, bids, as_json, report_progress)
        greatest = greatest_totals(outcome.criteria, problem.score_unit)
        found = all_cases(problem, allocation, greatest, share, report_progress, STEPS)
    _write(out, cases_html(found, outcome))
    click.echo(json_text(cases_document(found)) if as_json else cases_text(found))


def _read(criteria: Path, bids: Path, as_json: bool, report_progress: ReportProgress) -> "tuple[Published, Received]":
    """Read what a study is about; criteria not understood end the command."""
    from evaluator.files.read.bids.folder import read_bids
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.pipeline import Published

    need_criteria(criteria)
    need_folder(bids)
    report_progress("Reading the criteria, the bids and the evaluators' marks")
    read = read_criteria(criteria)
    if read.criteria is None:
        unreadable(read.findings, as_json=as_json)
    return Published(read.criteria, read.seal), read_bids(bids, read.criteria)


def _decided(
    criteria: Path, bids: Path, as_json: bool, report_progress: ReportProgress
) -> "tuple[Outcome, Problem, Allocation]":
    """Evaluate as far as the allocation; what stands in the way of one ends the command."""
    from evaluator.jobs.studies import studied

    need_criteria(criteria)
    need_folder(bids)
    found = studied(criteria, bids, report_progress)
    if found.outcome is None:
        unreadable(found.findings, as_json=as_json)
    if found.why or found.problem is None or found.allocation is None:
        if not found.undecided:
            stop_on(found.findings, as_json=as_json)
            fail(found.why)
        click.echo(found.why, err=True)
        sys.exit(BLOCKED)
    return found.outcome, found.problem, found.allocation


@study.command()
@of_programme("criteria", "bids")
@click.option("--out", type=FOLDER, help="Write the page with its chart into this file.")
@JSON
def rules(criteria: Path, bids: Path, out: Path | None, as_json: bool) -> None:
    """Say what each published rule costs in total score, and how the score grows with the budget."""
    from evaluator.reporting.studies.rule_costs import rules_document, rules_html, rules_text
    from evaluator.studies.rule_costs import rule_study

    with progress(150) as report_progress:
        outcome, problem, allocation = _decided(criteria, bids, as_json, report_progress)
        found = rule_study(problem, allocation, report_progress)
    _write(out, rules_html(found, outcome))
    click.echo(json_text(rules_document(found)) if as_json else rules_text(found))


@study.command()
@of_programme("criteria", "bids")
@click.option("--out", type=FOLDER, help="Write the page with its chart into this file.")
@JSON
def mitigation(criteria: Path, bids: Path, out: Path | None, as_json: bool) -> None:
    """Say what floors on wards, groups and small organisations would have cost: for information only."""
    from evaluator.reporting.studies.mitigation import mitigation_document, mitigation_html, mitigation_text
    from evaluator.studies.mitigation import mitigation_study

    with progress(40) as report_progress:
        outcome, problem, allocation = _decided(criteria, bids, as_json, report_progress)
        assert outcome.evaluation is not None  # an allocation rests on both
        assert outcome.scores is not None
        found = mitigation_study(
            outcome.criteria, outcome.evaluation, outcome.scores, problem, allocation, report_progress
        )
    _write(out, mitigation_html(found, outcome))
    click.echo(json_text(mitigation_document(found)) if as_json else mitigation_text(found))


def _write(out: Path | None, page: str) -> None:
    from evaluator.files.audit.run_folder import write_page

    if out is not None:
        write_page(out, page)
        click.echo(f"Written: {out}", err=True)


@study.command()
@of_programme("criteria", "bids")
@click.option("--draws", type=click.IntRange(1, 100_000), default=300, help="Draws of each kind.  [default: 300]")
@click.option("--points", default="2", help="How far a weight may move, in points.  [default: 2]")
@click.option("--seed", type=click.IntRange(0), default=1, help="What the draws follow from.  [default: 1]")
@click.option("--resume", type=FOLDER, help="Keep what is done in this file, and go on from what it holds.")
@click.option("--cluster", metavar="ADDRESS", help="Share the draws among the workers of a Dask cluster: tcp://...")
@click.option("--out", type=FOLDER, help="Write a page with a chart into this file.")
@PROCESSES
@JSON
def robustness(
    criteria: Path,
    bids: Path,
    draws: int,
    points: str,
    seed: int,
    resume: Path | None,
    cluster: str | None,
    out: Path | None,
    processes: int,
    as_json: bool,
) -> None:
    """Say how far awards rest on marks, evaluators, weights and price method; stop when you like, with --resume."""
    from evaluator.files.read.parallel import shared
    from evaluator.jobs.cluster import clustered
    from evaluator.jobs.studies.robustness_draws import make_averages, make_draws, make_swaps
    from evaluator.reporting.studies.robustness import robustness_document, robustness_html, robustness_text
    from evaluator.studies.robustness.draws import Ground
    from evaluator.studies.robustness.robustness import concluded, place, standing

    tenths = exact("--points", points) * 10
    if tenths != int(tenths):
        raise click.UsageError("--points takes at most one decimal place.")
    with (
        _wrong_use(resume),
        progress(4 * draws // 10 + 27) as report_progress,
        clustered(cluster) if cluster else shared(processes) as share,
    ):
        outcome, _, allocation = _decided(criteria, bids, as_json, report_progress)
        assert outcome.evaluation is not None  # an allocation rests on one
        awarded = tuple(award.bid for award in allocation.awards)
        ground = Ground(outcome.criteria, outcome.evaluation, outcome.answers, awarded)
        made = make_draws(ground, int(tenths), seed, draws, share, resume, report_progress)
        swaps = make_swaps(ground, share, report_progress)
        averages = make_averages(ground, share, report_progress)
        found = concluded(ground, awarded, int(tenths), made, swaps, averages)
    _write(out, robustness_html(found, standing, place, outcome))
    shown = robustness_document if as_json else robustness_text
    told = shown(found, standing, place)
    click.echo(told if isinstance(told, str) else json_text(told))


@contextmanager
def _wrong_use(resume: Path | None) -> Iterator[None]:
    """Tell of a state file or a cluster that cannot be used as of an option that was given wrongly, and of a loss."""
    from evaluator.jobs.cluster import LostClusterError, NoClusterError
    from evaluator.jobs.studies.robustness_draws import UnusableStateError

    try:
        yield
    except UnusableStateError as error:
        raise click.UsageError(f"{error}. Give --resume another file.") from None
    except NoClusterError as error:
        raise click.UsageError(str(error)) from None
    except LostClusterError as lost:
        kept = f"What was done is kept in {resume}: the same command goes on from it"
        fail(
            f"{lost}. {kept if resume else 'Nothing was kept: with --resume FILE the next try can be taken up again'}."
        )


@study.command()
@of_programme("criteria", "bids", then=("evaluator", "organisation"))
@JSON
def recusal(criteria: Path, bids: Path, evaluator: str, organisation: str, as_json: bool) -> None:
    """Say what an evaluator's late recusal from an organisation can change."""
    from evaluator import __version__
    from evaluator.pipeline import decide
    from evaluator.records.results.outcome import Run
    from evaluator.reporting.studies.recusal import recusal_document, recusal_text
    from evaluator.studies.recusal import before_recusal, late_recusal
    from evaluator.studies.robustness.draws import Ground
    from evaluator.validation import answers

    with progress(6) as report_progress:
        published, received = _read(criteria, bids, as_json, report_progress)
        received = before_recusal(received, evaluator, organisation)
        outcome = decide(published, received, Run("study", __version__), "scoring", report_progress)
        if outcome.evaluation is None:
            stop_on(outcome.findings, as_json=as_json)
            fail("Nothing could be scored, so there is nothing to study.")
        named = {one for bid in outcome.evaluation.bids for one in (bid.organisation, *bid.members)}
        if organisation not in named:
            raise click.UsageError(f"No bid is by {organisation}. Give the id of an organisation as in the register.")
        ground = Ground(published.criteria, outcome.evaluation, answers(published.criteria, outcome.evaluation))
        if evaluator not in {who for one in ground.answers for who, _, _ in one.marks}:
            raise click.UsageError(f"{evaluator} gave no marks. Give the id of an evaluator as on the panel.")
        found = late_recusal(ground, evaluator, organisation, report_progress)
    click.echo(
        json_text(recusal_document(published.criteria, found)) if as_json else recusal_text(published.criteria, found)
    )
