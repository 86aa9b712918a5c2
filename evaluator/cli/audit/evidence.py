"""The commands under ``audit``: the evidence store of a bundle, and samples with their working papers."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.terminal import DAY, FOLDER, JSON, Grouped, fail, land_new, progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaluator.evidence.sampling import Way
    from evaluator.jobs.finished.auditing import Evidence, Population

BUNDLE = click.argument("bundle", type=click.Path(path_type=Path))


@click.group(cls=Grouped)
def audit() -> None:
    """Work with the evidence of one run: a store of every value with its cell, and samples of it."""


@audit.command("store")
@BUNDLE
@click.option("--out", type=FOLDER, required=True, help="The new folder for evidence.sqlite and the Parquet files.")
@JSON
def store(bundle: Path, out: Path, *, as_json: bool) -> None:
    """Write every mark, reason, price, decision, rule and award with its file, sheet and cell, for SQL and for Excel.

    It holds names and reasons of evaluators, and nothing of equality monitoring.
    """
    from evaluator.jobs.finished.auditing import GUIDE, MARK, STORE, store_files

    with _gathered(bundle) as evidence:
        files = store_files(evidence)
    land_new(files, out, private=True)
    if as_json:
        click.echo(files[MARK].decode().rstrip("\n"))
    else:
        click.echo(f"Open {out / GUIDE}: it names the tables and columns of {STORE}.")


@audit.command("sample")
@BUNDLE
@click.option("--out", type=FOLDER, required=True, help="The new folder for the working paper.")
@click.option(
    "--of",
    type=click.Choice(["marks", "agreed_marks", "register", "decisions", "awards"]),
    default="marks",
    help="What is sampled.  [default: marks]",
)
@click.option("--size", type=click.IntRange(1, 100_000), default=25, help="How many are drawn.  [default: 25]")
@click.option("--seed", required=True, help="Any words, chosen before the bundle is looked at; they draw the sample.")
@click.option(
    "--way",
    type=click.Choice(["random", "stratified", "money"]),
    default="random",
    help="Each alike, theme by theme in proportion, or (of awards) in proportion to money.  [default: random]",
)
@click.option("--by", default="", help="Who makes the paper.")
@click.option("--date", "on", type=DAY, default="", help="On what day, such as 2026-12-01.")
@JSON
def sample(
    bundle: Path, out: Path, of: "Population", size: int, seed: str, way: "Way", by: str, on: str, *, as_json: bool
) -> None:
    """Draw a sample that anyone can draw again, as a working paper with cells, ticks and a place for the conclusion."""
    from evaluator.jobs.finished.auditing import sample_files

    if way == "money" and of != "awards":
        raise click.UsageError("--way money is for --of awards, which have money.")
    with _gathered(bundle) as evidence:
        files = sample_files(evidence, of, size, seed, way, by, on)
    land_new(files, out, private=True)
    click.echo(files["sample.json"].decode().rstrip("\n") if as_json else f"Open {out / 'working_paper.html'}")


@contextmanager
def _gathered(bundle: Path) -> "Iterator[Evidence]":
    """Gather the evidence of a bundle, and end with a sentence where that cannot be done."""
    from evaluator.files.audit.bundle import UnreadableBundleError, bundle_bytes
    from evaluator.jobs.finished.auditing import NotAsClosedError, evidence_of

    try:
        with progress(5) as report_progress:
            found = evidence_of(bundle_bytes(bundle), report_progress)
    except (OSError, UnreadableBundleError) as error:
        fail(f"{bundle} cannot be read as an audit bundle: {error}")
    except NotAsClosedError as error:
        fail(f"{bundle} is not as it was closed, so no evidence is taken from it: {error}")
    yield found
