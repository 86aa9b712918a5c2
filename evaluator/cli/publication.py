"""Commands before anything is received: check, timetable, simulate, publish."""

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from evaluator.cli.programme import Keeping, of_programme, programme_given, say_next
from evaluator.cli.terminal import (
    BLOCKED,
    DAY,
    FOLDER,
    JSON,
    fail,
    json_text,
    land_new,
    need_criteria,
    need_folder,
    print_findings,
    progress,
    stop_on,
    tell_findings,
    unreadable,
)

if TYPE_CHECKING:
    from evaluator.files.read.programme import Programme
    from evaluator.records.findings.finding import Finding
    from evaluator.records.programme.criteria import Seal
    from evaluator.records.results.studies.simulation import Offer
    from evaluator.records.reviewed import Answer

NOT_READ = {"E-CRIT-001", "E-CRIT-002", "E-CRIT-003", "E-FILE-001", "E-SEAL-003"}


@click.command()
@of_programme("criteria", "bids?")
@click.option(
    "--out",
    type=FOLDER,
    help="A new folder for the review, as a page, for Word and as a workbook; of a criteria workbook also a copy with "
    "each finding as a note at its cell.",
)
@click.option(
    "--earlier",
    type=FOLDER,
    multiple=True,
    help="An answered review, review.docx or review.xlsx, whose answers the new one keeps; once for each.",
)
@JSON
def check(criteria: Path, bids: Path | None, out: Path | None, earlier: tuple[Path, ...], as_json: bool) -> None:
    """Read criteria as a lawyer would, before they are published; with BIDS, check what was received, and no more.

    Of a programme the criteria are checked until they are published and bids are there.
    """
    need_criteria(criteria)
    if earlier and out is None:
        raise click.UsageError("Name with --out the new folder for the review that keeps these answers.")
    if bids is not None and (programme_given() is None or _has_begun(criteria, bids)):
        _check_received(criteria, bids, as_json)
    _check_criteria(criteria, out, earlier, as_json)


def _has_begun(criteria: Path, bids: Path) -> bool:
    """Whether criteria are published and something came in for them."""
    from evaluator.files.read.criteria.folder import read_criteria

    return bids.is_dir() and any(bids.iterdir()) and read_criteria(criteria).seal is not None


def _check_received(criteria: Path, bids: Path, as_json: bool) -> NoReturn:
    from evaluator.jobs.evaluate import check as check_received
    from evaluator.records.findings.finding import block_award
    from evaluator.reporting.before_publication.checks import received_document, received_text

    need_folder(bids)
    with progress(2) as report_progress:
        read, findings = check_received(criteria, bids, report_progress)
    if read is None:
        not_understood(findings, as_json)
    click.echo(json_text(received_document(read, findings)) if as_json else received_text(read, findings))
    sys.exit(BLOCKED if block_award(findings) else 0)


def _check_criteria(criteria: Path, out: Path | None, earlier: Sequence[Path], as_json: bool) -> NoReturn:
    from evaluator.jobs.checked import checked
    from evaluator.publication import effective_weights, fingerprint
    from evaluator.records.findings.finding import block_award, in_order
    from evaluator.reporting.before_publication.checks import check_document, check_text

    made = checked(criteria)
    read, findings = made.read, made.findings
    if read.criteria is None:
        not_understood(findings, as_json)
    answers, unread = _answers(earlier, as_json)
    findings = in_order((*findings, *unread), read.criteria.regime)
    weights = effective_weights(read.criteria)
    facts = (read.criteria, findings, fingerprint(read.criteria), read.seal, weights, made.accepted)
    click.echo(json_text(check_document(*facts)) if as_json else check_text(*facts))
    if out is not None:
        from evaluator.jobs.criteria.review import review_files

        files = review_files(read, read.criteria, findings, made.accepted, answers, criteria)
        land_new(files, out)
        click.echo(f"{', '.join(files)} are in {out}", err=True)
    sys.exit(BLOCKED if block_award(findings) else 0)


def _answers(earlier: Sequence[Path], as_json: bool) -> tuple[tuple["Answer", ...], tuple["Finding", ...]]:
    """Read the answers of earlier reviews; one that cannot be read ends the command, so that no answer is lost."""
    if not earlier:
        return (), ()
    from evaluator.files.read.criteria.review import read_review

    reads = [read_review(path) for path in earlier]
    found = tuple(one for _, findings in reads for one in findings)
    stop_on(found, as_json=as_json)
    return tuple(answer for answers, _ in reads for answer in answers), found


def not_understood(findings: Sequence["Finding"], as_json: bool) -> NoReturn:
    """End with findings about criteria that make no record: 1 where what is missing is all named, else 3."""
    if any(one.code in NOT_READ for one in findings):
        unreadable(findings, as_json=as_json)
    tell_findings(findings, as_json=as_json)
    sys.exit(BLOCKED)


@click.command()
@of_programme("criteria")
@click.option("--notice", type=DAY, default="", help="The day on which the award notice was seen published.")
@JSON
def timetable(criteria: Path, notice: str, as_json: bool) -> None:
    """Put every date of a programme in order, with what is owed by law, and find what cannot be kept."""
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.publication import timetable as put_in_order
    from evaluator.records.findings.finding import block_award
    from evaluator.reporting.before_publication.timetable import timetable_document, timetable_text

    need_criteria(criteria)
    read = read_criteria(criteria)
    if read.criteria is None:
        not_understood(read.findings, as_json)
    made = put_in_order(read.criteria, notice)
    made = dataclasses.replace(made, findings=read.placed(made.findings))
    document = timetable_document(read.criteria, made)
    click.echo(json_text(document) if as_json else timetable_text(read.criteria, made))
    sys.exit(BLOCKED if block_award(made.findings) else 0)


@click.command()
@of_programme("criteria", out="reports/simulation")
@click.option(
    "--out", type=FOLDER, help="The folder for simulation.html, .json and .txt.  [default: reports/simulation]"
)
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=1, help="The seed of the made-up bids.  [default: 1]"
)
@click.option("--prices", type=FOLDER, help="Your own plausible bids: a CSV file with bid, price and quality.")
@click.option("--replace", is_flag=True, help="Let what is in the folder give way.")
@JSON
def simulate(criteria: Path, out: Path, seed: int, prices: Path | None, replace: bool, as_json: bool) -> None:
    """Try the price and quality model on plausible bids, before it is published."""
    from evaluator.files.audit.run_folder import land
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.jobs.criteria.simulation import simulated
    from evaluator.publication import ARITHMETIC, check

    need_criteria(criteria)
    if out.exists() and not (replace and out.is_dir()):
        raise click.UsageError(f"{out} is there already. Name another folder, or add --replace.")
    read = read_criteria(criteria)
    if read.criteria is None:
        unreadable(read.findings, as_json=as_json)
    stop_on(read.placed(check(read.criteria, ARITHMETIC)), as_json=as_json)
    offers = _own(prices, as_json) if prices else ()
    with progress(1) as report_progress:
        report_progress("Trying the model on sets of bids")
        made = simulated(read.criteria, seed, offers)
    try:
        land(made.files, out)
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror}.")
    click.echo(made.document if as_json else f"{made.text}\n\nOpen {out / 'simulation.html'}")


def _own(prices: Path, as_json: bool) -> tuple["Offer", ...]:
    from evaluator.files.read.candidates.price_list import read_prices
    from evaluator.records.results.studies.simulation import Offer

    read = read_prices(prices, with_quality=True)
    stop_on(read.findings, as_json=as_json)
    if len(read.bids) < 2:
        raise click.UsageError(f"{prices} holds one bid; a simulation needs at least two.")
    return tuple(Offer(one.bid, one.price, one.quality) for one in read.bids if one.quality is not None)


@click.command()
@of_programme("criteria", out="papers/tender?", dated=True, keeps=True)
@click.option("--date", type=DAY, default="", help="The day of publication, such as 2026-12-01.")
@click.option("--out", type=FOLDER, help="A new folder for the seal, the evaluation appendix and the blank bid forms.")
def publish(criteria: Path, date: str, out: Path | None, keeping: Keeping | None) -> None:
    """Seal criteria: fix what is published, so that every later number can be held to it."""
    from evaluator.files.read.criteria.folder import is_workbook
    from evaluator.jobs.criteria.publishing import seal_criteria
    from evaluator.records.findings.finding import block_award

    need_criteria(criteria)
    _need_new_version(criteria, keeping.ledger if keeping else None)
    made = seal_criteria(criteria, date, keeping.record if keeping else None, papers=out is not None)
    if not made.understood:
        not_understood(made.findings, as_json=False)
    if made.seal is None:
        print_findings([one for one in made.findings if block_award([one])])
        click.echo(
            "The criteria were not sealed. Mend what is listed above first, or let a named person accept it in "
            f"{'the sheet Accepted' if is_workbook(criteria) else 'accepted.toml'}."
        )
        sys.exit(BLOCKED)
    _say(made.seal, made.sealed_before)
    print_findings([one for one in made.findings if one.code.startswith("E-PUBLISH-")])
    if out is not None:
        land_new(made.files, out)
        click.echo(f"{', '.join(made.files)} are in {out}")
    if (programme := programme_given()) and not made.sealed_before:
        _first_papers(programme, keeping)


def _first_papers(programme: "Programme", keeping: Keeping | None) -> None:
    """Make the papers that are due once a programme is published, as ``papers`` does: a blank register and panel."""
    from evaluator.cli.papers import land_papers
    from evaluator.jobs.blank_papers import papers

    made = papers(programme.criteria, programme.bids, programme.papers)
    land_papers(made, programme.criteria, programme.papers, keeping)
    for name, text in made.made:
        click.echo(f"Made {programme.papers / name}: {text}")
    say_next("Once bids and panel are in: evaluator receive PROGRAMME FILES…")


def _say(seal: "Seal", before: bool) -> None:
    if before:
        click.echo(f"These criteria were sealed on {seal.date} already, and are unchanged.")
        return
    for one in seal.accepted:
        click.echo(f"Accepted by {one.person}: {one.code} at {one.place}. {one.reason}")
    click.echo(f"Sealed {seal.reference} version {seal.version} on {seal.date}: {seal.sha256}")


def _need_new_version(criteria: Path, ledger: Path | None) -> None:
    """Refuse changed criteria under a version that is sealed already."""
    from evaluator.jobs.criteria.publishing import not_a_new_version

    if says := not_a_new_version(criteria, ledger):
        raise click.UsageError(says)
