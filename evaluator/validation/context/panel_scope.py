"""Seats on the panel that are for some questions or some bids only: which answers they give an evaluator to mark."""

from collections.abc import Iterator, Mapping

import numpy as np

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.submissions.evaluation import ORGANISATION_PANEL
from evaluator.records.submissions.received import Table
from evaluator.validation.coded_columns import NONE, Flags, Ints, texts, words
from evaluator.validation.context.offers import Offers, split
from evaluator.validation.context.question_table import Book

QUESTIONS, BIDS = "questions", "bids"


def narrowed(
    book: Book, offers: Offers, panel: Table | None, index: Mapping[str, int], groups: Ints
) -> dict[int, Flags]:
    """Give the answers of each evaluator with a seat for some questions or bids only.

    Parameters
    ----------
    index : evaluators by their ids.
    groups : each subject's group.

    Returns
    -------
    By evaluator, flags of subjects by questions. Who has no such seat is not in it, and marks all of their panels.
    """
    if panel is None or not any(any(text.strip() for text in texts(panel, key)) for key in (QUESTIONS, BIDS)):
        return {}
    some: set[int] = set()
    given: dict[int, Flags] = {}
    for evaluator, group, questions, bids in _seats(book, panel, index):
        flags = given.setdefault(evaluator, np.zeros((len(groups), len(book.ids)), dtype=np.bool_))
        subjects = (groups == group) & _named_subjects(offers, bids, len(groups))
        asked = np.array([not questions or one in questions for one in book.ids], dtype=np.bool_)
        flags |= subjects[:, None] & asked
        if questions or bids:
            some.add(evaluator)
    return {evaluator: flags for evaluator, flags in given.items() if evaluator in some}


def _seats(
    book: Book, panel: Table, index: Mapping[str, int]
) -> Iterator[tuple[int, int, tuple[str, ...], tuple[str, ...]]]:
    groups = {**book.theme_index, ORGANISATION_PANEL: len(book.themes)}
    rows = zip(
        words(panel, "evaluator"), words(panel, "theme"), texts(panel, QUESTIONS), texts(panel, BIDS), strict=True
    )
    for evaluator, theme, questions, bids in rows:
        if evaluator in index and theme in groups:
            yield index[evaluator], groups[theme], split(questions), split(bids)


def _named_subjects(offers: Offers, bids: tuple[str, ...], number: int) -> Flags:
    """Flag the bids, or the organisations for their own answers, that a seat names; all where it names none."""
    if not bids:
        return np.ones(number, dtype=np.bool_)
    flags = np.zeros(number, dtype=np.bool_)
    flags[[offers.index[bid] for bid in bids if bid in offers.index]] = True
    leads = [len(offers) + offers.organisation_index[one] for one in bids if one in offers.organisation_index]
    flags[leads] = True
    return flags


def unknown_parts(book: Book, offers: Offers, panel: Table) -> Iterator[Finding]:
    """Find questions and bids named by a seat that its theme does not have."""
    themes = words(panel, "theme")
    for row, text in enumerate(texts(panel, QUESTIONS)):
        asked = _asked_in(book, themes[row])
        for one in split(text):
            if asked is not None and one not in asked:
                facts = {"shown": f'"{one}"', "theme": themes[row]}
                yield finding("E-PANEL-007", panel.source(row, QUESTIONS), **facts)
    for row, text in enumerate(texts(panel, BIDS)):
        for one in split(text):
            if not _bid_of(book, offers, themes[row], one):
                facts = {"shown": f'"{one}"', "theme": themes[row]}
                yield finding("E-PANEL-008", panel.source(row, BIDS), **facts)


def _asked_in(book: Book, theme: str) -> set[str] | None:
    """Give the questions of a panel; None for a theme that the criteria do not have, which has its own finding."""
    if theme == ORGANISATION_PANEL:
        return {one for one, once in zip(book.ids, book.once, strict=True) if once}
    if theme not in book.theme_index:
        return None
    asks = book.asks[book.theme_index[theme]] & ~book.once
    return {one for one, flag in zip(book.ids, asks, strict=True) if flag}


def _bid_of(book: Book, offers: Offers, theme: str, bid: str) -> bool:
    if theme == ORGANISATION_PANEL:
        return bid in offers.lead_index
    place = offers.index.get(bid, NONE)
    return theme not in book.theme_index or (place != NONE and int(offers.themes[place]) == book.theme_index[theme])
