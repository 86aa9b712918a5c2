"""What ``explain`` does once a bundle is open: one bid, figures by reference, name or number, or the pages of all."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluator.cli.terminal import fail, json_text, land_at, progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluator.jobs.finished.from_bundle import Reopened
    from evaluator.reporting.audit.traces import Asked, Catalogue, Figure
    from evaluator.reporting.audit.traces.stands import Piece


def explain_one(
    again: "Reopened", words: tuple[str, ...], number: str, equality: Path | None, html: Path | None, *, as_json: bool
) -> None:
    """Explain a bid, one answer of it, or every figure that what was typed stands for."""
    from evaluator.jobs.finished.explaining import stands_of

    if number:
        catalogue = _catalogue(again, equality)
        printed, places = catalogue.with_number(number), stands_of(again).number(number)
        if not printed and not places:
            raise click.UsageError(f"No figure of this run is printed as {number}.")
        if not printed:
            click.echo(f"{number} is no figure of this run, but part of a name, a date or a text.", err=True)
        _tell(catalogue, number, printed, places, html, as_json=as_json)
        return
    if _is_bid(again, words[0]) and len(words) <= 2:
        _tell_bid(again, *words, html=html, as_json=as_json)
        return
    catalogue, text = _catalogue(again, equality), " ".join(words)
    asked = catalogue.asked(text)
    if asked.bid:
        _tell_bid(again, asked.bid, html=html, as_json=as_json)
        return
    figures = _only(text, asked)
    _tell(catalogue, text, figures, stands_of(again).references(one.ref for one in figures), html, as_json=as_json)


def _is_bid(again: "Reopened", word: str) -> bool:
    """Whether a word is a bid's id and no rule's, so that nothing else has to be looked through."""
    outcome = again.outcome
    staged = {line for stage in outcome.stages for line in stage.by_bid}
    bids = {bid.id for bid in (outcome.evaluation.bids if outcome.evaluation else ())} | staged
    return word in bids and word not in {rule.id for rule in outcome.criteria.rules}


def _only(text: str, asked: "Asked") -> "Sequence[Figure]":
    """Give the figures that were asked for; end with a sentence where there are none, or several things fit."""
    if asked.which:
        raise click.UsageError(f"{text} stands for several things. Ask for one: {', '.join(asked.which)}.")
    if not asked.figures:
        near = f" Near it: {', '.join(asked.near)}." if asked.near else ""
        raise click.UsageError(f"Nothing in this run is called {text}.{near} A number is asked for with --number.")
    return asked.figures


def _catalogue(again: "Reopened", equality: Path | None) -> "Catalogue":
    from evaluator.files.audit.bundle import UnreadableBundleError, bundle_bytes
    from evaluator.jobs.finished.explaining import catalogue_of

    try:
        archive = bundle_bytes(equality) if equality else None
        with progress(4) as report_progress:
            catalogue, problems = catalogue_of(again, report_progress, archive)
    except (OSError, UnreadableBundleError) as error:
        fail(f"{equality} cannot be read as an equality archive: {error}")
    if problems:
        fail("\n".join([f"{equality} does not belong to this bundle, so nothing is said from it:", *problems]))
    return catalogue


def _tell_bid(again: "Reopened", bid: str, question: str = "", *, html: Path | None, as_json: bool) -> None:
    from evaluator.jobs.finished.from_bundle import explain
    from evaluator.reporting.studies.explain import explanation_document, explanation_html, explanation_text

    try:
        told = explain(again, bid, question)
    except KeyError as missing:
        raise click.UsageError(f"This run has no {missing.args[0]}.") from None
    if html:
        _write(html, explanation_html(told))
    click.echo(json_text(explanation_document(told)) if as_json else explanation_text(told))


def _tell(
    catalogue: "Catalogue",
    asked: str,
    figures: "Sequence[Figure]",
    places: "Sequence[Piece]",
    html: Path | None,
    *,
    as_json: bool,
) -> None:
    from evaluator.reporting.audit.traces.pages import figures_document, figures_html, figures_text

    if html:
        heading = figures[0].name if len(figures) == 1 else asked
        _write(html, figures_html(catalogue, heading, figures, places))
    document = figures_document(asked, figures, places) if as_json else None
    click.echo(json_text(document) if as_json else figures_text(figures, places))


def _write(path: Path, page: str) -> None:
    from evaluator.files.audit.run_folder import write_page

    try:
        write_page(path, page)
    except OSError as error:
        fail(f"{path} cannot be written: {error.strerror}.")


def write_all(again: "Reopened", out: Path, equality: Path | None) -> None:
    """Write the pages of all bids, themes, rules and figures into a folder that nobody else can open."""
    from evaluator.files.audit.run_folder import rendered
    from evaluator.jobs.finished.explaining import all_pages

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise click.UsageError(f"{out} is not empty. Give another --out.")
    files = rendered(all_pages(_catalogue(again, equality)))
    land_at(files, out, private=True)
    click.echo(f"Open {out / 'index.html'}: it lists {len(files) - 2:,} pages.")
