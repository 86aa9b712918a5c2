"""The commands under ``audit``: the evidence store of a bundle, samples, exceptions and anchors, with papers."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.programme import of_programme, open_root
from evaluator.cli.terminal import DAY, FOLDER, JSON, Grouped, exact, fail, json_text, land_new, progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaluator.evidence.sampling import Way
    from evaluator.jobs.finished.auditing import Evidence, Population

BUNDLE = click.argument("bundle", type=click.Path(path_type=Path))


@click.group(cls=Grouped)
def audit() -> None:
    """Work with the evidence of one run: a store of every value with its cell, samples of it, and what stands out."""


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


@audit.command("exceptions")
@of_programme("bundle")
@click.option("--out", type=FOLDER, help="A new folder for the working paper, with a workbook to fill in.")
@click.option("--points", default="1", help="Totals are close with fewer points between them.  [default: 1]")
@click.option("--days", type=click.IntRange(0, 365), default=2, help="What is near the run, in days.  [default: 2]")
@click.option("--by", default="", help="Who makes the paper.")
@click.option("--date", "on", type=DAY, default="", help="On what day, such as 2026-12-01.")
@JSON
def exceptions(bundle: Path, out: Path | None, points: str, days: int, by: str, on: str, *, as_json: bool) -> None:
    """List what deserves a look first, each with its test, its cells and its rate of false alarms.

    Nothing in it says that anything is wrong: each test says what can innocently explain what it found.
    """
    from fractions import Fraction

    from evaluator.jobs.finished.working_papers import Signed, exceptions_files, exceptions_found
    from evaluator.reporting.audit.exceptions import exceptions_text

    close = Fraction(exact("--points", points))
    if not out and (by or on):
        raise click.UsageError("--by and --date are for the working paper: add --out.")
    with _gathered(bundle) as evidence:
        told = exceptions_found(evidence, close, days)
    if out:
        land_new(exceptions_files(told, Signed(by, on)), out, private=True)
    click.echo(json_text(told) if as_json else exceptions_text(told))
    if out and not as_json:
        click.echo(f"Open {out / 'working_paper.html'}")


@audit.command("anchor")
@click.argument("place", metavar="PROGRAMME-OR-BUNDLE", type=click.Path(path_type=Path))
@click.option("--out", type=FOLDER, required=True, help="The new folder for the sheet and the time-stamp request.")
@click.option(
    "--at",
    "moment",
    type=click.Choice(["publication", "opening", "marking", "run"]),
    help="Which moment it is for.  [default: publication of a programme, run of a bundle]",
)
@click.option("--date", "on", type=DAY, default="", help="The day that stands on the sheet, such as 2026-12-01.")
@JSON
def anchor(place: Path, out: Path, moment: str | None, on: str, *, as_json: bool) -> None:
    """Write the fingerprints of this moment on one page, to be noted in a notice, in minutes or in an e-mail.

    anchor.tsq beside it is a request that an RFC 3161 time-stamping authority answers; the answer is checked with
    --timestamp by replay and ledger verify.
    """
    from evaluator.files.audit.bundle import UnreadableBundleError
    from evaluator.files.audit.signatures import SigningError
    from evaluator.files.read.inputs import is_programme
    from evaluator.jobs.finished.anchoring import MARK, NothingToAnchorError, anchor_files, of_bundle, of_programme

    try:
        if is_programme(place):
            made = of_programme(open_root(place, as_json=as_json), moment or "publication", on)
        else:
            made = of_bundle(place, moment or "run", on)
    except (OSError, UnreadableBundleError, SigningError) as error:
        fail(f"{place} is not a programme, and cannot be read as an audit bundle: {error}")
    except NothingToAnchorError as error:
        fail(f"{place} has nothing to note: {error}.")
    files = anchor_files(made)
    land_new(files, out)
    click.echo(files[MARK].decode().rstrip("\n") if as_json else f"Open {out / 'anchor.html'}")


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
