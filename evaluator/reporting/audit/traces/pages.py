"""Explanations of figures as text, as JSON, and as pages: each figure, what it rests on, and its cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evaluator.records.documents import Document, Json
from evaluator.reporting.audit.traces import Catalogue
from evaluator.reporting.audit.traces.figure import Cell, Figure, figure_document, in_short
from evaluator.reporting.audit.traces.stands import Piece
from evaluator.reporting.shared.bid_rows import score_text
from evaluator.reporting.shared.pages import HeadedPage, about, render, style
from evaluator.reporting.studies.explain import Gathered, explanation, explanation_page

SCHEMA = "explain_figures/1"
SHOWN = 40  # figures and places that a screen shows of a number that stands everywhere
LONG = 100  # letters of a paragraph that a screen shows
STYLE = "style.css"


def figures_document(asked: str, figures: Sequence[Figure], places: Sequence[Piece]) -> Json:
    """Give figures as JSON values, with every cell, and where what was asked for stands in the documents."""
    return {
        "schema": SCHEMA,
        "asked": asked,
        "figures": [figure_document(one) for one in figures],
        "stands_in": [{"place": one.place, "text": one.text.strip(), "references": one.refs} for one in places],
    }


def figures_text(figures: Sequence[Figure], places: Sequence[Piece]) -> str:
    """Write figures for the screen; of very many the first, and how many more there are."""
    lines = [line for one in figures[:SHOWN] for line in (*_figure(one), "")]
    if len(figures) > SHOWN:
        lines += [f"... and {len(figures) - SHOWN:,} more figures; --json has all, and --html writes them.", ""]
    if places:
        lines += ["It stands in", *(f"  {_stands(one)}" for one in places[:SHOWN])]
        lines += [f"  ... and {len(places) - SHOWN:,} more places"] if len(places) > SHOWN else []
    return "\n".join(lines).rstrip()


def _stands(one: Piece) -> str:
    text = one.text.strip()
    said = text if len(text) <= LONG else f"{text[:LONG].rstrip()} …"
    return f"{one.place}: {said}" + (f"  [{', '.join(one.refs)}]" if one.refs else "")


def _figure(one: Figure) -> Iterator[str]:
    yield f"{one.ref} · {one.name}"
    yield "; ".join(dict.fromkeys(one.texts))
    yield one.working
    if cells := one.ends_in():
        yield f"Cells: {in_short([cell.source for cell in cells])}"
    for part in one.rests_on():
        yield f"  {part.name}: {part.value}  [{in_short([cell.source for cell in part.cells])}]"


def in_words(one: Figure) -> Json:
    """Give a figure for a screen: its figures and cells each in a line, and its parts with their cells in short."""
    return {
        "ref": one.ref,
        "name": one.name,
        "figures": "; ".join(dict.fromkeys(one.texts)),
        "working": one.working,
        "cells": in_short([cell.source for cell in one.ends_in()]),
        "parts": [list(told[1:]) for told in _shown(one).parts],
    }


@dataclass(frozen=True)
class Shown:
    """A figure as a page shows it: its parts with their places in short, its cells, and where it stands."""

    figure: Figure
    parts: Sequence[tuple[str, str, str, str]]
    cells: Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class FiguresPage(HeadedPage):
    """Figures under one heading; ``linked`` says whether pages of single bids lie beside it."""

    template = "explain_figures.html"
    heading: str
    figures: Sequence[Shown]
    places: Sequence[Piece]
    linked: bool


@dataclass(frozen=True, kw_only=True)
class IndexPage(HeadedPage):
    """Every page of the explanations: groups of links under headings."""

    template = "explain_index.html"
    groups: Sequence[tuple[str, Sequence[tuple[str, str, str]]]]


def figures_html(
    catalogue: Catalogue, heading: str, figures: Iterable[Figure], places: Sequence[Piece] = (), *, linked: bool = False
) -> str:
    """Write figures as a page."""
    page = FiguresPage(
        about=about(catalogue.run.outcome),
        heading=heading,
        figures=list(map(_shown, figures)),
        places=places,
        linked=linked,
    )
    return render(page)


def _shown(one: Figure) -> Shown:
    parts = [(p.ref, p.name, p.value, in_short([cell.source for cell in p.cells])) for p in one.rests_on()]
    return Shown(one, parts, one.ends_in())


def pages_of_all(catalogue: Catalogue) -> Iterator[Document]:
    """Write a page for every bid and every other figure, the style that they share, and an index of them."""
    run = catalogue.run
    gathered = Gathered(run.outcome)
    yield Document(STYLE, style())
    for row in run.rows.values():
        told = explanation(run.outcome, run.received.register, run.steps(row.bid.id), row.bid.id, gathered=gathered)
        yield Document(f"bid-{row.bid.id}.html", render(explanation_page(told, shared_style=STYLE)))
    for one in catalogue.shared:
        yield Document(f"figure-{one.ref}.html", figures_html(catalogue, one.name, (one,), linked=True))
    yield Document("index.html", render(IndexPage(about=about(run.outcome), groups=tuple(_groups(catalogue)))))


def _groups(catalogue: Catalogue) -> Iterator[tuple[str, Sequence[tuple[str, str, str]]]]:
    run = catalogue.run
    rules = {rule.id for rule in run.outcome.criteria.rules}
    themes = set(run.themes.values())
    words = {"rule": "Rules of award", "theme": "Themes", "figure": "Figures of the report and the equality summary"}
    for kind, heading in words.items():
        its = [one for one in catalogue.shared if _kind(one.ref, rules, themes) == kind]
        if its:
            yield (
                heading,
                [(f"figure-{one.ref}.html", f"{one.ref} · {one.name}", "; ".join(one.texts[:3])) for one in its],
            )
    rounding = run.outcome.criteria.rounding
    for view in run.views:
        rows = (*view.ranked, *(row for row in view.rows if not row.rank))
        lines = [
            (f"bid-{row.bid.id}.html", f"{row.name} ({row.bid.id})", score_text(row.total, rounding)) for row in rows
        ]
        yield f"Bids: {view.theme.title}", lines


def _kind(ref: str, rules: set[str], themes: set[str]) -> str:
    return "rule" if ref in rules else "theme" if ref in themes else "figure"
