"""The commands under ``portfolio``: many bundles at once verified, told in one data set, and compared."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluator import __version__
from evaluator.cli.terminal import BLOCKED, FOLDER, JSON, Grouped, fail, json_text, progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaluator.portfolio.places import Place

MARK = {"verify": "verdicts.json", "build": "dataset.json", "compare": "comparison.json"}
SHARING = (
    click.option("--cluster", default="", metavar="ADDRESS", help="A Dask scheduler, such as tcp://host:8786."),
    click.option(
        "--workers", type=click.IntRange(1, 256), help="Processes of this machine.  [default: its usable cores]"
    ),
    click.option(
        "--memory", type=click.IntRange(256, 1_000_000), default=3072, help="Most MB for one bundle.  [default: 3072]"
    ),
    click.option(
        "--seconds",
        type=click.IntRange(10, 1_000_000),
        default=1800,
        help="Most seconds of processor time for one bundle.  [default: 1800]",
    ),
)


@click.group(cls=Grouped)
def portfolio() -> None:
    """Look at the bundles of many councils and years at once."""


def _sharing(command: "Callable[..., None]") -> "Callable[..., None]":
    for option in reversed(SHARING):
        command = option(command)
    return command


@portfolio.command("verify")
@click.argument("folder")
@click.option("--out", type=FOLDER, required=True, help="The folder for the results, and for what is done so far.")
@_sharing
@click.option("--full", is_flag=True, help="Search for every explanation again, instead of checking its witnesses.")
@JSON
def verify_all(
    folder: str, out: Path, cluster: str, workers: int | None, memory: int, seconds: int, *, full: bool, as_json: bool
) -> None:
    """Replay every bundle in a folder or an object store, and say which hold, which differ and which cannot be read.

    Stopped and called again with the same --out, it goes on where it was.
    """
    from dataclasses import asdict

    from evaluator.files.audit.run_folder import write_page
    from evaluator.portfolio.apart import Bounds
    from evaluator.portfolio.dataset import written
    from evaluator.portfolio.verify import STATE, UnusableStateError, verify
    from evaluator.reporting.audit.verdicts import verdicts_document, verdicts_html, verdicts_text

    _ours(out, "verify", (STATE,))
    places = _places(folder)
    bounds = Bounds(memory * 2**20, seconds)
    out.mkdir(parents=True, exist_ok=True)
    with _shared(cluster, workers) as told, progress(len(places)) as report_progress:
        try:
            verdicts = verify(places, out / STATE, told, bounds, report_progress, full=full)
        except UnusableStateError as error:
            fail(f"{error}.")
    document = verdicts_document(folder, [asdict(one) for one in verdicts])
    written("verdicts", [asdict(one) for one in verdicts], out / "verdicts.parquet")
    write_page(out / MARK["verify"], json_text(document) + "\n")
    write_page(out / "index.html", verdicts_html(document, __version__, full=full))
    click.echo(json_text(document) if as_json else verdicts_text(document))
    sys.exit(0 if document["counts"]["holds"] == len(verdicts) else BLOCKED)


@portfolio.command("build")
@click.argument("folder")
@click.option("--out", type=FOLDER, required=True, help="The new folder for the data set.")
@_sharing
@JSON
def build_all(
    folder: str, out: Path, cluster: str, workers: int | None, memory: int, seconds: int, *, as_json: bool
) -> None:
    """Make one data set of every bundle: programmes, themes, bids, marks, awards, rules and findings, as Parquet.

    Names of evaluators and deciders, reasons, texts of bidders and equality monitoring are left out.
    """
    from tempfile import TemporaryDirectory

    from evaluator.files.audit.run_folder import land
    from evaluator.portfolio.apart import Bounds
    from evaluator.portfolio.build import build
    from evaluator.portfolio.dataset import SCHEMA, described

    _ours(out, "build")
    places = _places(folder)
    with TemporaryDirectory(prefix="portfolio-") as beside:
        with _shared(cluster, workers) as told, progress(len(places)) as report_progress:
            counts = build(places, Path(beside), told, Bounds(memory * 2**20, seconds), report_progress)
        document = {"schema": SCHEMA, "made_by": __version__, "bundles": len(places), "rows": counts}
        files = {path.name: path.read_bytes() for path in sorted(Path(beside).glob("*.parquet"))}
        files |= {MARK["build"]: (json_text(document) + "\n").encode(), "README.md": described().encode()}
        land(files, out)
    if as_json:
        click.echo(json_text(document))
    else:
        click.echo(f"{len(places) - counts['unread']:,} of {len(places):,} bundles are in the data set in {out}.")
        click.echo("Open its README.md: it names the tables and columns, and what was left out.")
    sys.exit(BLOCKED if counts["unread"] else 0)


@portfolio.command("compare")
@click.argument("dataset", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=FOLDER, required=True, help="The new folder for the comparison.")
@click.option(
    "--least",
    type=click.IntRange(1),
    default=10,
    help="What rests on fewer bids, awards or answers is withheld.  [default: 10]",
)
@JSON
def compare_all(dataset: Path, out: Path, least: int, *, as_json: bool) -> None:
    """Put programmes, authorities and years side by side: what a point costs, who is funded, how marks lie."""
    from evaluator.files.audit.run_folder import land
    from evaluator.files.write.csv_tables import csv_bytes
    from evaluator.portfolio.compare import FIGURES, compare
    from evaluator.portfolio.dataset import NoDatasetError, opened
    from evaluator.records.english import count_of
    from evaluator.reporting.audit.comparison import comparison_document, comparison_html, comparison_table

    _ours(out, "compare")
    try:
        tables = {name: opened(dataset, name) for name in ("programmes", "bids", "awards", "marks", "unread")}
    except NoDatasetError as error:
        fail(f"{error}.")
    figures, names = compare(tables, least), dict(FIGURES)
    document = comparison_document(figures, names, least)
    told = count_of(len(tables["programmes"]), "programme")
    page = comparison_html(figures, names, told, len(tables["unread"]), least, __version__)
    rows = comparison_table(document)
    files = {"index.html": page.encode(), "comparison.csv": csv_bytes(list(rows[0]) if rows else [], rows)}
    land({**files, MARK["compare"]: (json_text(document) + "\n").encode()}, out)
    click.echo(json_text(document) if as_json else f"Open {out / 'index.html'}: it puts {told} side by side.")


def _ours(out: Path, command: str, more: tuple[str, ...] = ()) -> None:
    """End the command where the folder for its results holds something else."""
    names = (MARK[command], *more)
    if out.exists() and (
        not out.is_dir() or (any(out.iterdir()) and not any((out / name).is_file() for name in names))
    ):
        raise click.UsageError(f"{out} is not empty, and holds no earlier result of this command. Give another --out.")


def _places(folder: str) -> "tuple[Place, ...]":
    from evaluator.portfolio.places import NoSuchFolderError, bundles_in

    try:
        return bundles_in(folder)
    except NoSuchFolderError as error:
        fail(f"{error}.")


@contextmanager
def _shared(cluster: str, workers: int | None) -> Iterator[Any]:
    """Share work on a cluster, or among processes of this machine; what is lost on the way ends in a sentence."""
    from evaluator.jobs.cluster import LostClusterError, NoClusterError, as_done

    if cluster and workers:
        raise click.UsageError("--workers is for this machine; a cluster has its own.")
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        with as_done(cluster, workers or usable) as told:
            yield told
    except NoClusterError as error:
        fail(str(error))
    except LostClusterError as lost:
        fail(f"{lost}. What was done is kept: call the command again to go on.")
