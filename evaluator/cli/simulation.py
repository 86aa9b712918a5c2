"""The command that tries criteria on plausible bids before they are published: simulate."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.terminal import FOLDER, JSON, fail, json_text, need_criteria, progress, stop_on, unreadable

if TYPE_CHECKING:
    from evaluator.records.results.studies.simulation import Offer


@click.command()
@click.argument("criteria", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="The folder for simulation.html, .json and .txt.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, help="The seed of the made-up bids  [default: 1]")
@click.option("--prices", type=FOLDER, help="Your own plausible bids: a CSV file with bid, price and quality.")
@click.option("--replace", is_flag=True, help="Let what is in the folder give way.")
@JSON
def simulate(criteria: Path, out: Path, seed: int, prices: Path | None, *, replace: bool, as_json: bool) -> None:
    """Try the price and quality model on plausible bids, before it is published."""
    from evaluator import __version__
    from evaluator.files.audit.run_folder import land
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.publication import ARITHMETIC, check, fingerprint
    from evaluator.records.results.outcome import Run
    from evaluator.reporting.before_publication.simulation import simulation_document, simulation_page, simulation_text
    from evaluator.studies.price_model.simulation import simulate as try_out

    need_criteria(criteria)
    if out.exists() and not (replace and out.is_dir()):
        raise click.UsageError(f"{out} is there already. Name another folder, or add --replace.")
    read = read_criteria(criteria)
    if read.criteria is None:
        unreadable(read.findings, as_json=as_json)
    stop_on(read.placed(check(read.criteria, ARITHMETIC)), as_json=as_json)
    offers = _own(prices, as_json=as_json) if prices else ()
    with progress(1) as report_progress:
        report_progress("Trying the model on sets of bids")
        simulation = try_out(read.criteria, seed, offers)
    mark, run = fingerprint(read.criteria), Run(f"simulation with seed {seed}", __version__)
    text = simulation_text(read.criteria, simulation)
    document = json_text(simulation_document(read.criteria, mark, simulation))
    files = {
        "simulation.html": simulation_page(read.criteria, mark, simulation, run),
        "simulation.json": f"{document}\n",
        "simulation.txt": f"{text}\n",
    }
    try:
        land({name: content.encode() for name, content in files.items()}, out)
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror}.")
    click.echo(document if as_json else f"{text}\n\nOpen {out / 'simulation.html'}")


def _own(prices: Path, *, as_json: bool) -> tuple["Offer", ...]:
    from evaluator.files.read.candidates.price_list import read_prices
    from evaluator.records.results.studies.simulation import Offer

    read = read_prices(prices, with_quality=True)
    stop_on(read.findings, as_json=as_json)
    if len(read.bids) < 2:
        raise click.UsageError(f"{prices} holds one bid; a simulation needs at least two.")
    return tuple(Offer(one.bid, one.price, one.quality) for one in read.bids if one.quality is not None)
