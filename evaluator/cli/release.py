"""The command that releases a run: letters, disclosure and open data together, and the public site of its awards."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.bundles import decision_options, reopened_bundle, sending_of
from evaluator.cli.programme import of_programme
from evaluator.cli.terminal import BLOCKED, DAY, FOLDER, land_at, print_findings, progress, stop_on

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command()
@of_programme("bundle", out="papers/release", numbered=False, dated=True)
@click.option("--out", type=FOLDER, help="The folder for all that goes out.  [default: papers/release]")
@click.option("--date", type=DAY, default="", help="The day of the release, such as 2026-12-01.")
@click.option("--site", type=FOLDER, help="A folder for the public site of the awards, to be put on a web server.")
@click.option("--pyodide", type=FOLDER, help="The unpacked npm package pyodide, for a computer without the internet.")
@click.option("--ocid", default="", help="The contracting process's identifier, with its registered prefix.")
@click.option("--grant-prefix", default="360G-publisher", help="Your registered 360Giving prefix.")
@click.option("--contact", default="", help="Whom bidders and the public write to.")
@decision_options
@click.option("--pages-only", is_flag=True, help="Write letters without Word and PDF files, which is quicker.")
def release(
    bundle: Path,
    out: Path,
    date: str,
    site: Path | None,
    pyodide: Path | None,
    ocid: str,
    grant_prefix: str,
    contact: str,
    *,
    pages_only: bool,
    **post: str,
) -> None:
    """Write all that goes out after a decision: letters, disclosure pack, open data, and the public site."""
    from evaluator.jobs.from_bundle import with_cases
    from evaluator.jobs.release import public_site, stands_in_the_way
    from evaluator.jobs.release import release as released
    from evaluator.records.findings.finding import block_award
    from evaluator.records.results.outcome import status
    from evaluator.reporting.site import MANIFEST, SiteFacts

    _need_room(out, "letters/letters.json")
    if site is not None:
        _need_room(site, MANIFEST)
    again = reopened_bundle(bundle, as_json=False)
    if status(again.outcome) != "award_recommended":
        click.echo("No award is recommended in this run, so there is nothing to release yet.", err=True)
        sys.exit(BLOCKED)
    if held := stands_in_the_way(again, post["decided"]):
        click.echo("\n".join(f"Nothing was released. {one}." for one in held), err=True)
        sys.exit(BLOCKED)
    facts = SiteFacts(date, ocid, contact)
    browser = _pyodide(pyodide) if site is not None else {}
    with progress(12) as report_progress:
        again = with_cases(again, report_progress)
    sending = sending_of(again.outcome.criteria, {}, contact=contact, **{**post, "sent": post["sent"] or date})
    made = released(again, sending, facts, grant_prefix, pages_only=pages_only)
    stop_on([one for one in made.findings if block_award([one])], as_json=False)
    land_at(made.files, out, private=True)
    print_findings(made.findings)
    click.echo(f"In {out}: letters (private), disclosure, open-data.")
    if site is not None:
        land_at(public_site(again, facts, browser), site)
        click.echo(f"The public site is in {site}. Put the whole folder on a web server, or open {site / 'index.html'}")


def _need_room(folder: Path, mark: str) -> None:
    """Refuse a folder that holds something else than an earlier release."""
    if folder.exists() and not (folder / mark).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is not empty and holds no earlier release. Give another folder.")


def _pyodide(folder: Path | None) -> "Mapping[str, bytes]":
    """Read or download the Python for browsers; without it the site is whole but for the check in the browser."""
    from evaluator.files.read.pyodide import NoPyodideError, pyodide_from_npm, pyodide_in

    try:
        return pyodide_in(folder) if folder else pyodide_from_npm()
    except NoPyodideError as error:
        if folder:
            raise click.UsageError(f"{error}. Give the unpacked npm package pyodide.") from None
        click.echo(
            f"The site cannot check in the browser: Pyodide is not there, because {error}. Its check page says how to "
            "check by hand. To add it, give the unpacked npm package with --pyodide.",
            err=True,
        )
        return {}
