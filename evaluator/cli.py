"""The commands: what they take, what they print, and their exit codes. Everything else is imported when it is needed.

Exit codes: 0 done, an award can be recommended; 1 findings block it; 2 wrong use; 3 unreadable input; 70 our mistake.
"""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from evaluator import __version__
from evaluator.records.price_methods import METHODS

if TYPE_CHECKING:
    from decimal import Decimal

    from evaluator.jobs import Finished
    from evaluator.pipeline import Until
    from evaluator.records.source import Finding

BLOCKED, UNREADABLE, OUR_MISTAKE = 1, 3, 70
STAGES = ("validation", "scoring", "allocation", "equality")
MOST_LINES = 200
FOLDER = click.Path(path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Put one JSON document on standard output.")


class _Commands(click.Group):
    """Commands that never show a traceback: a mistake of ours ends in a sentence that says how to report it."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what no command foresees is our mistake, and says so."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get("EVALUATOR_TRACEBACK"):
                raise
            click.echo(
                f"The evaluator itself made a mistake, and nothing was written: {type(error).__name__}: {error}\n"
                "Please report it, with what it prints when EVALUATOR_TRACEBACK=1 is set.",
                err=True,
            )
            sys.exit(OUR_MISTAKE)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="evaluator")
def main() -> None:
    """From published criteria and returned spreadsheets to an award that can be defended and recomputed."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # a stream that a caller replaced
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


@main.command()
@click.argument("criteria", type=FOLDER)
@JSON
def check(criteria: Path, as_json: bool) -> None:
    """Read criteria as a lawyer would, before they are published."""
    from evaluator.files.criteria import read_criteria
    from evaluator.publication import check as check_criteria
    from evaluator.publication import check_seal, effective_weights, fingerprint
    from evaluator.records.source import block_award, in_order
    from evaluator.reporting.checks import check_document, check_text

    _need_folder(criteria)
    read = read_criteria(criteria)
    if read.criteria is None:
        _unreadable(read.findings, as_json)
    sealed = check_seal(read.criteria, read.seal) if read.seal else ()
    findings = in_order((*check_criteria(read.criteria), *sealed))
    weights = effective_weights(read.criteria)
    facts = (read.criteria, findings, fingerprint(read.criteria), read.seal, weights)
    click.echo(_json(check_document(*facts)) if as_json else check_text(*facts))
    sys.exit(BLOCKED if block_award(findings) else 0)


@main.command()
@click.argument("criteria", type=FOLDER)
@click.option("--date", required=True, help="The day of publication, YYYY-MM-DD.")
def publish(criteria: Path, date: str) -> None:
    """Seal criteria: fix what is published, so that every later number can be held to it."""
    from evaluator.files.criteria import read_criteria, write_seal
    from evaluator.publication import check as check_criteria
    from evaluator.publication import fingerprint, seal
    from evaluator.records.source import block_award, in_order

    _need_folder(criteria)
    _need_date(date)
    read = read_criteria(criteria)
    if read.criteria is None:
        _unreadable(read.findings, False)
    findings = in_order(check_criteria(read.criteria))
    if block_award(findings):
        _print_findings([one for one in findings if block_award([one])])
        click.echo("The criteria were not sealed. Mend what is listed above first.")
        sys.exit(BLOCKED)
    if read.seal and read.seal.sha256 == fingerprint(read.criteria):
        click.echo(f"These criteria were sealed on {read.seal.date} already, and are unchanged.")
        return
    if read.seal and read.seal.version == read.criteria.version:
        raise click.UsageError(
            f"Version {read.seal.version} was sealed on {read.seal.date} and the criteria have changed since. "
            "Give the changed criteria a new version before you seal them."
        )
    new = seal(read.criteria, date)
    write_seal(criteria, new)
    click.echo(f"Sealed {new.reference} version {new.version} on {date}: {new.sha256}")


@main.command()
@click.argument("criteria", type=FOLDER)
@click.argument("bids", type=FOLDER)
@click.option("--out", type=FOLDER, help="The run's folder  [default: reports/CRITERIA'S NAME/RUN]")
@click.option("--until", type=click.Choice(STAGES), default="equality", help="Stop after this stage.")
@click.option("--date", default="", help="A date to print on the documents, YYYY-MM-DD.")
@click.option("--replace", is_flag=True, help="Let a different finished run in the folder give way.")
@JSON
def evaluate(
    criteria: Path, bids: Path, out: Path | None, until: "Until", date: str, replace: bool, as_json: bool
) -> None:
    """Do the main job: findings, scores, awards, equality, reports and the audit bundle."""
    if date:
        _need_date(date)
    _evaluate(criteria, bids, out, until, date, replace, as_json)


@main.command()
@click.option("--out", type=FOLDER, help="The run's folder  [default: reports/community_commissioning/demo]")
def demo(out: Path | None) -> None:
    """Evaluate the sample programme, and say which file to open."""
    home = Path(__file__).resolve().parent
    data = next(place for place in (home / "_shipped", home.parent) if (place / "criteria").is_dir())
    name = "community_commissioning"
    folder = out or Path("reports") / name / "demo"
    _evaluate(data / "criteria" / name, data / "sample_bids" / name, folder, "equality", "", True, False)


@main.command()
@click.argument("candidates", type=FOLDER)
@click.argument("rules", type=FOLDER)
@JSON
def allocate(candidates: Path, rules: Path, as_json: bool) -> None:
    """Divide a budget among candidates that were scored elsewhere."""
    from evaluator.allocation import allocate as divide
    from evaluator.allocation import check_problem
    from evaluator.files.candidates import problem_from_files
    from evaluator.records.source import Source, in_order
    from evaluator.reporting.allocation import allocation_document, allocation_text

    problem, found = problem_from_files(candidates, rules)
    if problem is not None:
        found += check_problem(problem, Source(rules.name))
    _stop_on(in_order(found), as_json)
    assert problem is not None  # without a problem there is a finding that stops
    with _progress(1) as tell:
        tell("Dividing the budget, and proving that no better division exists")
        allocation = divide(problem)
    click.echo(_json(allocation_document(allocation)) if as_json else allocation_text(allocation))
    sys.exit(0 if allocation.status == "proven" else BLOCKED)


@main.command(epilog="Methods: " + ", ".join(METHODS) + ".")
@click.argument("method", type=click.Choice(tuple(METHODS)), metavar="METHOD")
@click.argument("prices", type=FOLDER)
@click.option("--points", default="100", help="The points that price carries  [default: 100]")
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="A parameter of the method; may be repeated."
)
@click.option("--places", type=click.IntRange(0, 6), default=2, help="Decimal places shown  [default: 2]")
@JSON
def price(method: str, prices: Path, points: str, settings: tuple[str, ...], places: int, as_json: bool) -> None:
    """Try one price method on a CSV file with the columns bid, price and, where the method needs it, quality."""
    from fractions import Fraction

    from evaluator.files.prices import read_prices
    from evaluator.reporting.prices import price_document, price_text
    from evaluator.scoring import parameter_problems, try_method

    available = Fraction(_exact("--points", points))
    parameters = dict(_setting(text) for text in settings)
    problems = parameter_problems(method, parameters)
    if problems:
        raise click.UsageError(" ".join(problems))
    read = read_prices(prices, with_quality=METHODS[method].gives != "points")
    _stop_on(read.findings, as_json)
    trial = try_method(method, read.bids, available, parameters, places)
    click.echo(_json(price_document(trial)) if as_json else price_text(trial))


@main.command()
@click.argument("bundle", type=FOLDER)
@JSON
def replay(bundle: Path, as_json: bool) -> None:
    """Recompute everything from a bundle and compare it, byte for byte."""
    from evaluator.files.bundle import UnreadableBundleError
    from evaluator.jobs import replay as replay_bundle

    try:
        with _progress(7) as tell:
            found = replay_bundle(bundle.read_bytes(), tell)
    except (OSError, UnreadableBundleError) as error:
        _fail(f"{bundle} cannot be read as an audit bundle: {error}")
    identical = not found.differences
    if as_json:
        facts = {"schema": "replay/1", "run": found.run, "identical": identical, "differences": found.differences}
        click.echo(_json(facts))
    elif identical:
        click.echo(f"Identical: all {found.files} files of {found.run} are what their inputs give, to the last byte.")
    else:
        click.echo(f"Not identical: {found.run} differs.")
        click.echo("\n".join(f"  {line}" for line in found.differences))
    sys.exit(0 if identical else BLOCKED)


def _evaluate(
    criteria: Path, bids: Path, out: Path | None, until: "Until", date: str, replace: bool, as_json: bool
) -> NoReturn:
    from evaluator.jobs import evaluate as run_evaluation
    from evaluator.records.source import block_award
    from evaluator.reporting import summary_text

    _need_folder(criteria)
    _need_folder(bids)
    with _progress(7) as tell:
        finished = run_evaluation(criteria, bids, until, date, tell)
    outcome = finished.outcome
    if outcome is None:
        _unreadable(finished.findings, as_json)
    folder = out or Path("reports") / criteria.resolve().name / outcome.run.name
    _land(finished, folder, replace)
    if as_json:
        click.echo(finished.files["outcome.json"].decode().rstrip("\n"))
    else:
        _print_findings(finished.findings)
        click.echo(summary_text(outcome))
        _say_what_to_open(folder, finished)
    sys.exit(BLOCKED if block_award(finished.findings) else 0)


def _land(finished: "Finished", folder: Path, replace: bool) -> None:
    """Write the run; a finished run of other inputs is never overwritten unasked."""
    from evaluator.files.runs import is_run, land, run_status

    if folder.exists() and not is_run(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is not empty and holds no run. Give another --out.")
    if is_run(folder) and not replace and run_status(folder) not in ("blocked", run_status(finished.files)):
        raise click.UsageError(
            f"{folder} holds a finished run of other inputs. Give another --out, or --replace if it may go."
        )
    land(finished.files, folder)


def _say_what_to_open(folder: Path, finished: "Finished") -> None:
    first = "report.html" if "report.html" in finished.files else "findings.html"
    click.echo(f"\nOpen {folder / first}")
    others = ", ".join(name for name in finished.files if name != first)
    click.echo(f"Beside it in {folder}: {others}")


def _print_findings(findings: Sequence["Finding"]) -> None:
    for one in findings[:MOST_LINES]:
        click.echo(str(one))
    if len(findings) > MOST_LINES:
        click.echo(f"... and {len(findings) - MOST_LINES:,} more; all are in findings.html and findings.xlsx.")


def _stop_on(findings: Sequence["Finding"], as_json: bool) -> None:
    """End a command whose inputs have findings that block it: 3 when nothing could be read, else 1."""
    from evaluator.records.source import block_award

    if not block_award(findings):
        return
    _tell_findings(findings, as_json)
    sys.exit(UNREADABLE if any(one.code.startswith("E-READ-") for one in findings) else BLOCKED)


def _unreadable(findings: Sequence["Finding"], as_json: bool) -> NoReturn:
    _tell_findings(findings, as_json)
    sys.exit(UNREADABLE)


def _tell_findings(findings: Sequence["Finding"], as_json: bool) -> None:
    from evaluator.reporting import findings_document

    if as_json:
        click.echo(_json({"schema": "findings/1", "findings": findings_document(findings)}))
    else:
        _print_findings(findings)


def _setting(text: str) -> tuple[str, "Decimal"]:
    key, _, value = text.partition("=")
    return key.strip(), _exact(f"--set {key.strip()}", value.strip())


def _exact(option: str, text: str) -> "Decimal":
    """Read an option's number exactly: 40 or 0.5, nothing else."""
    from evaluator.records.numbers import plain_decimal

    number = plain_decimal(text)
    if number is None or number < 0:
        raise click.UsageError(f"{option} must be a plain number such as 40 or 0.5, not {text!r}.")
    return number


def _need_folder(path: Path) -> None:
    if not path.is_dir():
        _fail(f"There is no folder {path}.")


def _need_date(text: str) -> None:
    from datetime import date

    try:
        if date.fromisoformat(text).isoformat() == text:
            return
    except ValueError:
        pass
    raise click.UsageError(f"{text} is not a date. Write it as YYYY-MM-DD, for example 2026-09-01.")


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(UNREADABLE)


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


@contextlib.contextmanager
def _progress(steps: int) -> Iterator[Callable[[str], None]]:
    """Tell how far a long job is: a bar on a terminal, a line a step elsewhere; always on standard error."""
    if not sys.stderr.isatty():
        yield lambda text: click.echo(f"{text} ...", err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    shown = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=steps)
        yield lambda text: bar.update(task, description=text, advance=1)
