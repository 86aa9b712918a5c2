"""Commands that use one part of the engine alone: allocate, price."""

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.terminal import BLOCKED, FOLDER, JSON, exact, json_text, print_findings, progress, stop_on
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.price.names import titled

if TYPE_CHECKING:
    from decimal import Decimal

    from evaluator.records.results.allocation import Allocation


@click.command()
@click.argument("candidates", type=FOLDER)
@click.argument("rules", type=FOLDER, required=False)
@click.option("--proof", "folder", type=FOLDER, help="Write the model, the record of the proof and the log here.")
@click.option(
    "--solver",
    type=click.Choice(("highs", "cbc")),
    default="highs",
    help="Which solver decides; the other one gives the second opinion.  [default: highs]",
)
@click.option("--ballots", type=FOLDER, help="What people voted, as a table, for the method equal_shares.")
@JSON
def allocate(
    candidates: Path, rules: Path | None, folder: Path | None, solver: str, ballots: Path | None, *, as_json: bool
) -> None:
    """Divide a budget among candidates that were scored elsewhere.

    CANDIDATES is candidates.csv, or open data: a Pabulib file (.pb), which names its own budget and rule and needs no
    RULES, or OCDS or 360Giving (.json). The method equal_shares needs what people voted: a Pabulib file has it, and
    beside candidates.csv it stands in --ballots.
    """
    from evaluator.allocation import allocate as divide
    from evaluator.allocation import check_problem, with_comparison
    from evaluator.files.read.candidates.candidates import problem_from_files
    from evaluator.records.findings.finding import Source
    from evaluator.reporting import findings_document
    from evaluator.reporting.studies.allocation import allocation_document, allocation_text
    from evaluator.validation import together

    problem, found = problem_from_files(candidates, rules, ballots)
    if problem is not None:
        found += check_problem(problem, Source((rules or candidates).name))
    found = together(found)
    stop_on(found, as_json=as_json)
    assert problem is not None  # without a problem there is a finding that stops
    with progress(1) as report_progress:
        report_progress("Dividing the budget, and proving that no better division exists")
        allocation = with_comparison(problem, divide(problem, by_cbc=solver == "cbc"))
    if folder is not None:
        _write_proof(allocation, folder)
    document = allocation_document(allocation) | {"findings": findings_document(found)}
    click.echo(json_text(document) if as_json else allocation_text(allocation))
    for note in found:
        click.echo(str(note), err=True)
    sys.exit(0 if allocation.status == "proven" else BLOCKED)


@click.command("candidates")
@click.argument("source", metavar="FILE", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="The table to write, such as candidates.csv.")
@click.option("--ocid", default="", help="Which process is meant, where an OCDS file tells of several.")
@JSON
def gather(source: Path, out: Path, ocid: str, *, as_json: bool) -> None:
    """Write candidates.csv from open data: OCDS bids, 360Giving grants or a Pabulib file.

    Scores that the file does not hold are left empty for you to fill in. Then: evaluator allocate candidates.csv RULES.
    """
    from evaluator.files.audit.run_folder import write_new
    from evaluator.files.read.open_data.candidates import gathered_candidates
    from evaluator.files.read.open_data.gathered import candidates_csv
    from evaluator.reporting import findings_document

    made = gathered_candidates(source, ocid)
    stop_on(made.findings, as_json=as_json)
    unscored = sum(not row.texts.get("score") for row in made.rows)
    if not write_new(candidates_csv(made.columns, made.rows), out):
        raise click.UsageError(f"{out} is there already. Give another --out.")
    facts = {"schema": "candidates/1", "candidates": len(made.rows), "without_score": unscored}
    if as_json:
        click.echo(json_text(facts | {"findings": findings_document(made.findings)}))
        return
    print_findings(made.findings)
    click.echo(f"{len(made.rows):,} candidates, {unscored:,} of them without a score, are in {out}")


def _write_proof(allocation: "Allocation", folder: Path) -> None:
    """Write the proof and, apart from what is the same each time, the log with its times."""
    from evaluator.files.audit.run_folder import land
    from evaluator.reporting.run.proof_files import proof_files, solver_log

    files = proof_files(allocation)
    if not files:
        raise click.UsageError("This method follows a list and solves no model, so there is no proof to write.")
    if folder.exists() and {one.name for one in folder.iterdir()} - {*files, "log.txt"}:
        raise click.UsageError(f"{folder} holds other files. Name a folder that is not there yet.")
    land({name: text.encode() for name, text in (files | {"log.txt": solver_log(allocation)}).items()}, folder)


def _methods() -> str:
    """List the methods in plain words, each with the parameters that --set can give it."""
    listed = (
        "; --set ".join(filter(None, (titled(name), ", ".join(terms.parameters)))) for name, terms in METHODS.items()
    )
    lines = (line for one in listed for line in textwrap.wrap(one, 76, subsequent_indent="    "))
    return "\b\n" + "\n".join(["Methods, and what --set can give them:", *lines])


@click.command(epilog=_methods())
@click.argument("method", type=click.Choice(tuple(METHODS)), metavar="METHOD")
@click.argument("prices", type=FOLDER)
@click.option("--points", default="100", help="The points that price carries.  [default: 100]")
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="A parameter of the method; may be repeated."
)
@click.option("--places", type=click.IntRange(0, 6), default=2, help="Decimal places shown.  [default: 2]")
@JSON
def price(method: str, prices: Path, points: str, settings: tuple[str, ...], places: int, *, as_json: bool) -> None:
    """Try one price method on a CSV file with the columns bid, price and, where the method needs it, quality."""
    from fractions import Fraction

    from evaluator.files.read.candidates.price_list import read_prices
    from evaluator.reporting import findings_document
    from evaluator.reporting.studies.price_trial import price_document, price_text
    from evaluator.scoring import parameter_problems, try_method
    from evaluator.validation import together

    available = Fraction(exact("--points", points))
    parameters = dict(_setting(text) for text in settings)
    problems = parameter_problems(method, parameters)
    if problems:
        raise click.UsageError(" ".join(problems))
    read = read_prices(prices, with_quality=METHODS[method].gives != "points")
    found = together(read.findings)
    stop_on(found, as_json=as_json)
    trial = try_method(method, read.bids, available, parameters, places)
    document = price_document(trial) | {"findings": findings_document(found)}
    click.echo(json_text(document) if as_json else price_text(trial))
    for note in found:
        click.echo(str(note), err=True)


def _setting(text: str) -> tuple[str, "Decimal"]:
    key, _, value = text.partition("=")
    return key.strip(), exact(f"--set {key.strip()}", value.strip())
