"""The command that releases a run: all that goes out after a decision, and the public site of its awards."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.bundles import decision_options, notice_facts, reopened_bundle, said_of
from evaluator.cli.programme import Keeping, of_programme, programme_given
from evaluator.cli.terminal import BLOCKED, DAY, FOLDER, JSON, land_at, print_findings, progress, stop_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaluator.jobs.finished.from_bundle import Reopened
    from evaluator.jobs.finished.release import Released, Terms

SITE_OF_A_PROGRAMME = "papers/site"


@click.command()
@of_programme("bundle", out="papers/release", numbered=False, dated=True, keeps=True)
@click.option("--out", type=FOLDER, help="The folder for all that goes out.  [default: papers/release]")
@click.option("--date", type=DAY, default="", help="The day of the release, such as 2026-12-01.")
@click.option(
    "--site", type=FOLDER, help="A folder for the public site, for a web server.  [default: papers/site of a programme]"
)
@click.option("--address", default="", help="Where the site will be on the web, such as https://example.org/awards.")
@click.option("--pyodide", type=FOLDER, help="The unpacked npm package pyodide, for a computer without the internet.")
@click.option("--no-download", is_flag=True, help="Fetch nothing: a site without Pyodide says how to check by hand.")
@click.option("--ocid", default="", help="The contracting process's identifier, with its registered prefix.")
@click.option("--grant-prefix", default="360G-publisher", help="Your registered 360Giving prefix.")
@click.option("--facts", type=FOLDER, help="A TOML file with what the notice says and no evaluation knows.")
@click.option("--methodology", default="", help="Where the full published methodology can be read.")
@click.option("--contact", default="", help="Whom bidders and the public write to.")
@decision_options
@click.option("--pages-only", is_flag=True, help="Write letters without Word and PDF files, which is quicker.")
@JSON
def release(
    bundle: Path,
    out: Path,
    site: Path | None,
    pyodide: Path | None,
    facts: Path | None,
    keeping: Keeping | None,
    *,
    no_download: bool,
    pages_only: bool,
    as_json: bool,
    **post: str,
) -> None:
    """Write all that goes out after a decision: letters, disclosure pack, open data, notice, and the public site."""
    from evaluator.jobs.finished.release import MARK, Asked
    from evaluator.jobs.finished.release import release as released
    from evaluator.records.findings.finding import block_award
    from evaluator.reporting.site import MANIFEST

    site = site or _site_of_a_programme()
    post["sent"] = post["sent"] or post["date"]
    said = said_of(post)
    _need_address(post["address"])
    _need_room(out, MARK)
    if site is not None:
        _need_room(site, MANIFEST)
    added = notice_facts(facts)
    again = _ready(bundle, post["decided"], as_json=as_json)
    asked = Asked(said, post["date"], post["address"], post["ocid"], post["grant_prefix"], added, pages_only)
    terms = asked.terms(again.outcome.criteria)
    made = released(again, terms)
    stop_on([one for one in made.findings if block_award([one])], as_json=as_json)
    browser = _pyodide(pyodide, download=not no_download) if site is not None else {}
    pages = _site_files(again, terms, made, browser) if site is not None else {}
    land_at(made.files, out, private=True)
    if site is not None:
        land_at(pages, site)
    _record(keeping, again, made, pages)
    if as_json:
        click.echo(made.files[MARK].decode().rstrip("\n"))
    else:
        _tell(made, out, site, draft=terms.sending.decided is None)


def _ready(bundle: Path, decided: str, *, as_json: bool) -> "Reopened":
    """Open a run that can be released, with what would have changed each decision; else end and say what is wrong."""
    from evaluator.jobs.finished.from_bundle import with_cases
    from evaluator.jobs.finished.release import stands_in_the_way
    from evaluator.records.results.outcome import status

    again = reopened_bundle(bundle, as_json=as_json)
    if status(again.outcome) != "award_recommended":
        click.echo("No award is recommended in this run, so there is nothing to release yet.", err=True)
        sys.exit(BLOCKED)
    if held := stands_in_the_way(again, decided):
        click.echo("\n".join(f"Nothing was released. {one}." for one in held), err=True)
        sys.exit(BLOCKED)
    with progress(12) as report_progress:
        return with_cases(again, report_progress)


def _site_files(
    again: "Reopened", terms: "Terms", made: "Released", pyodide: "Mapping[str, bytes]"
) -> dict[str, bytes]:
    from evaluator.jobs.finished.release import for_anyone, public_site

    return public_site(again, terms.facts, pyodide, for_anyone(again, made))


def _record(keeping: Keeping | None, again: "Reopened", made: "Released", pages: "Mapping[str, bytes]") -> None:
    from evaluator.jobs.finished.release import released_events

    if keeping is not None:
        keeping.record(lambda _: released_events(again.outcome.run.name, made, pages))


def _tell(made: "Released", out: Path, site: Path | None, *, draft: bool) -> None:
    print_findings(made.findings)
    parts = list(dict.fromkeys(name.partition("/")[0] for name in made.files if "/" in name))
    click.echo(f"In {out}: {', '.join(parts)}. The letters are private.")
    if draft:
        click.echo("They are drafts: no decision is recorded yet. Give --decided-by, --role and --decided.")
    if site is not None:
        click.echo(f"The public site is in {site}. Put the whole folder on a web server, or open {site / 'index.html'}")


def _site_of_a_programme() -> Path | None:
    programme = programme_given()
    return programme.root / SITE_OF_A_PROGRAMME if programme else None


def _need_address(address: str) -> None:
    if address and not address.startswith(("https://", "http://")):
        raise click.UsageError(f"--address {address} is no address of the web. Write it as https://example.org/awards.")


def _need_room(folder: Path, mark: str) -> None:
    """Refuse a folder that holds something else than an earlier release."""
    if folder.exists() and not (folder / mark).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is not empty and holds no earlier release. Give another folder.")


def _pyodide(folder: Path | None, *, download: bool) -> "Mapping[str, bytes]":
    """Read or download the Python for browsers; without it the site is whole but for the check in the browser."""
    from evaluator.files.read.pyodide import NoPyodideError, pyodide_from_npm, pyodide_in

    if folder is None and not download:
        return {}
    try:
        return pyodide_in(folder) if folder else pyodide_from_npm()
    except NoPyodideError as error:
        if folder:
            raise click.UsageError(f"{error}. Give the unpacked npm package pyodide.") from None
        click.echo(
            f"The site cannot check in the browser: Pyodide is not there, because {error}. Its check page says how to "
            "check by hand. To add it, give the unpacked npm package with --pyodide; --no-download asks for none.",
            err=True,
        )
        return {}
