"""Commands that use one part of the engine alone: allocate, price."""

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.terminal import BLOCKED, FOLDER, JSON, exact, json_text, progress, stop_on
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.price.names import titled

if TYPE_CHECKING:
    from decimal import Decimal

    from evaluator.records.results.allocation import Allocation


@click.command()
@click.argument("candidates", type=FOLDER)
@click.argument("rules", type=FOLDER)
@click.option("--proof", "folder", type=FOLDER, help="Write the model, the record of the proof and the log here.")
@click.option(
    "--solver",
    type=click.Choice(("highs", "cbc")),
    default="highs",
    help="Which solver decides; the other one gives the second opinion.  [default: highs]",
)
@JSON
def allocate(candidates: Path, rules: Path, folder: Path | None, solver: str, *, as_json: bool) -> None:
    """Divide a budget among candidates that were scored elsewhere."""
    from evaluator.allocation import allocate as divide
    from evaluator.allocation import check_problem, with_comparison
    from evaluator.files.read.candidates.candidates import problem_from_files
    from evaluator.records.findings.finding import Source
    from evaluator.reporting import findings_document
    from evaluator.reporting.studies.allocation import allocation_document, allocation_text
    from evaluator.validation import together

    problem, found = problem_from_files(candidates, rules)
    if problem is not None:
        found += check_problem(problem, Source(rules.name))
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
