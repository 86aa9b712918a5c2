"""How far evaluators agree before they meet: a prompt for discussion, never a correction of marks.

Statistics in floating point; nothing here reaches a mark, a score or a rank.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Scale
from evaluator.records.submissions.moderation import Agreement, Discussed, Severity
from evaluator.validation.moderation.coefficients import (
    Floats,
    cohen_kappa,
    intraclass,
    kendall_w,
    krippendorff,
    pair_counts,
)

FEWEST = 10  # answers below which the measures say nothing


def on_one_scale(criteria: Criteria, answers: Sequence[Discussed]) -> tuple[Discussed, ...]:
    """Give the answers that are marked on the programme's scale: marks of another range cannot be set beside theirs."""
    marks = criteria.scale.marks
    return tuple(answer for answer in answers if criteria.scale_for(answer.question.id).marks == marks)


def agreement_of(answers: Sequence[Discussed], scale: Scale) -> tuple[Agreement, ...]:
    """Measure the agreement of each panel, in the order in which the panels come.

    Parameters
    ----------
    answers : with every evaluator's own marks.
    scale : as published; a mark of it that nobody gave still counts in a weighted kappa.
    """
    panels = dict.fromkeys(answer.panel for answer in answers)
    each = ((panel, [answer for answer in answers if answer.panel == panel]) for panel in panels)
    return tuple(_of_panel(panel, its, sorted(map(float, scale.marks))) for panel, its in each)


def _of_panel(panel: str, answers: Sequence[Discussed], scale: Sequence[float]) -> Agreement:
    people = sorted({one.evaluator for answer in answers for one in answer.given})
    marks = np.full((len(people), len(answers)), np.nan)
    for column, answer in enumerate(answers):
        for one in answer.given:
            marks[people.index(one.evaluator), column] = float(one.mark)
    whole = marks[:, ~np.isnan(marks).any(axis=0)]
    enough = len(people) > 1 and whole.shape[1] >= FEWEST
    within = intraclass(whole) if enough else None
    effects = severities(marks) if len(people) > 1 else None
    return Agreement(
        panel=panel,
        answers=len(answers),
        complete=whole.shape[1],
        alpha=krippendorff(marks) if len(people) > 1 and len(answers) >= FEWEST else None,
        absolute=within.absolute if within else None,
        consistent=within.consistent if within else None,
        concordance=kendall_w(whole) if enough else None,
        kappa=_of_two(whole, scale) if enough and len(people) == 2 else None,
        severities=tuple(Severity(who, *effect) for who, effect in zip(people, effects or (), strict=False)),
        connected=effects is not None,
    )


def _of_two(whole: Floats, scale: Sequence[float]) -> float | None:
    """Give the weighted kappa of two evaluators, a mark that neither gave counted too."""
    one, other = whole
    return cohen_kappa(pair_counts(list(one), list(other), scale), "quadratic")


def severities(marks: Floats) -> tuple[tuple[float, float | None], ...] | None:
    """Estimate each evaluator's leniency in the model mark = answer + evaluator, by least squares.

    Parameters
    ----------
    marks : evaluators by answers, NaN where an answer was not marked.

    Returns
    -------
    For each evaluator the effect and its standard error; the effects sum to 0. None where the answers do not connect
    all evaluators, so that nobody can tell a severe evaluator from poorer bids.
    """
    raters, answers = marks.shape
    row, column = np.nonzero(~np.isnan(marks))
    if not _connected(row, column, raters, answers):
        return None
    # The answers' own levels are taken out: what is left is one small system for the evaluators.
    given = ~np.isnan(marks)
    sizes = given.sum(axis=0)
    kept = np.where(sizes > 0, sizes, 1)
    shared = np.diag(given.sum(axis=1).astype(np.float64)) - (given / kept) @ given.T
    means = np.nansum(marks, axis=0) / kept
    sums = np.nansum(marks - np.where(given, means, 0), axis=1)
    inverse = np.linalg.pinv(shared, hermitian=True)
    effects = inverse @ sums
    left = (marks - effects[:, None])[:, sizes > 0]
    residual = left - np.nanmean(left, axis=0)
    freedom = int(given.sum()) - int((sizes > 0).sum()) - (raters - 1)
    variance = float(np.nansum(residual**2)) / freedom if freedom > 0 else None
    spread = np.sqrt(np.maximum(np.diag(inverse), 0.0))  # a hair below nought where panels are barely connected
    errors = [None if variance is None else float(np.sqrt(variance) * spread[one]) for one in range(raters)]
    return tuple((float(effect), error) for effect, error in zip(effects, errors, strict=True))


def _connected(row: npt.NDArray[np.int64], column: npt.NDArray[np.int64], raters: int, answers: int) -> bool:
    """Whether a path of shared answers leads from every evaluator to every other."""
    reached = np.zeros(raters, dtype=np.bool_)
    reached[:1] = True
    while True:
        met = np.zeros(answers, dtype=np.bool_)
        met[column[reached[row]]] = True
        further = reached.copy()
        further[row[met[column]]] = True
        if (further == reached).all():
            return bool(reached.all())
        reached = further
