"""The published questions as a table of codes: who is asked what, and whether for each bid or once for all."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Scale
from evaluator.validation.coded_columns import Flags


@dataclass(frozen=True)
class Book:
    """The distinct questions of all themes.

    Parameters
    ----------
    ids : question ids, the common ones first; ``index`` gives the place of each.
    themes : theme ids in order; ``theme_index`` gives the place of each.
    asks : themes by questions; whether the theme scores the question.
    once : questions; whether it is answered once by the organisation and counts in each of its bids.
    scales : questions; the scale that each is marked on; last the programme's, for one that is unknown, -1.
    """

    ids: tuple[str, ...]
    index: Mapping[str, int]
    themes: tuple[str, ...]
    theme_index: Mapping[str, int]
    asks: Flags
    once: Flags
    scales: tuple[Scale, ...]


def book_of(criteria: Criteria) -> Book:
    """Prepare the questions of some criteria."""
    themes = tuple(sorted(theme.id for theme in criteria.themes))
    asked = {theme: criteria.questions(theme) for theme in themes}
    ids = tuple(dict.fromkeys(question.id for theme in themes for question in asked[theme]))
    index = {question: code for code, question in enumerate(ids)}
    asks = np.zeros((len(themes), len(ids)), dtype=np.bool_)
    once = np.zeros(len(ids), dtype=np.bool_)
    for row, theme in enumerate(themes):
        for question in asked[theme]:
            asks[row, index[question.id]] = True
            once[index[question.id]] |= question.scope == "organisation"
    return Book(
        ids,
        index,
        themes,
        {theme: row for row, theme in enumerate(themes)},
        asks,
        once,
        (*map(criteria.scale_for, ids), criteria.scale),
    )
