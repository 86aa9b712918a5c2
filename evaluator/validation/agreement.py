"""How far evaluators agree before they meet: a prompt for discussion, never a correction of marks.

Statistics in floating point; nothing here reaches a mark, a score or a rank.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from evaluator.records.moderation import Agreement, Discussed, Severity

Floats = npt.NDArray[np.float64]
FEWEST = 10  # answers below which the measures say nothing


def agreement_of(answers: Sequence[Discussed]) -> tuple[Agreement, ...]:
    """Measure the agreement of each panel, in the order in which the panels come."""
    panels = dict.fromkeys(answer.panel for answer in answers)
    return tuple(_of_panel(panel, [answer for answer in answers if answer.panel == panel]) for panel in panels)


def _of_panel(panel: str, answers: Sequence[Discussed]) -> Agreement:
    people = sorted({one.evaluator for answer in answers for one in answer.given})
    marks = np.full((len(people), len(answers)), np.nan)
    for column, answer in enumerate(answers):
        for one in answer.given:
            marks[people.index(one.evaluator), column] = float(one.mark)
    whole = marks[:, ~np.isnan(marks).any(axis=0)]
    enough = len(people) > 1 and whole.shape[1] >= FEWEST
    absolute, consistent = intraclass(whole) if enough else (None, None)
    effects = severities(marks) if len(people) > 1 else None
    return Agreement(
        panel=panel,
        answers=len(answers),
        complete=whole.shape[1],
        alpha=krippendorff_ordinal(marks) if len(people) > 1 and len(answers) >= FEWEST else None,
        absolute=absolute,
        consistent=consistent,
        concordance=kendall_w(whole) if enough else None,
        severities=tuple(Severity(who, *effect) for who, effect in zip(people, effects or (), strict=False)),
        connected=effects is not None,
    )


def krippendorff_ordinal(marks: Floats) -> float | None:
    """Give Krippendorff's alpha for ordered marks.

    Parameters
    ----------
    marks : evaluators by answers, NaN where an answer was not marked; answers with one mark are left out.

    Returns
    -------
    1 for perfect agreement, about 0 for chance; None where all marks are the same, or no answer has two.

    Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
    """
    pairable = marks[:, (~np.isnan(marks)).sum(axis=0) > 1]
    values = np.unique(pairable[~np.isnan(pairable)])
    if len(values) < 2:
        return None
    counts = np.array([(pairable == value).sum(axis=0) for value in values], dtype=np.float64)
    weights = counts.sum(axis=0) - 1
    seen = (counts / weights) @ counts.T - np.diag((counts / weights).sum(axis=1))
    totals = seen.sum(axis=1)
    upto = np.cumsum(totals)
    low, high = np.minimum.outer(upto, upto), np.maximum.outer(upto, upto)
    first = np.minimum.outer(np.arange(len(values)), np.arange(len(values)))
    between = high - low + totals[first] - np.add.outer(totals, totals) / 2
    np.fill_diagonal(between, 0)
    expected = (np.outer(totals, totals) * between**2).sum()
    return float(1 - (totals.sum() - 1) * (seen * between**2).sum() / expected)


def intraclass(marks: Floats) -> tuple[float | None, float | None]:
    """Give ICC(A,1), absolute agreement, and ICC(C,1), consistency, of a single evaluator's marks.

    Parameters
    ----------
    marks : evaluators by answers, without gaps, at least two of each.

    Source: McGraw and Wong (1996); Shrout and Fleiss (1979) call them ICC(2,1) and ICC(3,1).
    """
    raters, answers = marks.shape
    grand = marks.mean()
    between = raters * ((marks.mean(axis=0) - grand) ** 2).sum() / (answers - 1)
    judges = answers * ((marks.mean(axis=1) - grand) ** 2).sum() / (raters - 1)
    rest = marks - marks.mean(axis=0) - marks.mean(axis=1)[:, None] + grand
    error = (rest**2).sum() / ((answers - 1) * (raters - 1))
    consistent = between + (raters - 1) * error
    absolute = consistent + raters * (judges - error) / answers
    return _ratio(between - error, absolute), _ratio(between - error, consistent)


def _ratio(part: float, whole: float) -> float | None:
    return float(part / whole) if abs(whole) > 1e-12 else None


def kendall_w(marks: Floats) -> float | None:
    """Give Kendall's coefficient of concordance, corrected for ties.

    Parameters
    ----------
    marks : evaluators by answers, without gaps.

    Returns
    -------
    0 for no agreement on the order of the answers, 1 for the same order; None where somebody's marks are all equal.
    """
    raters, answers = marks.shape
    ranks, ties = np.empty_like(marks), 0.0
    for row, given in enumerate(marks):
        values, place, number = np.unique(given, return_inverse=True, return_counts=True)
        if len(values) == 1:
            return None
        ranks[row] = (np.cumsum(number) - (number - 1) / 2)[place]
        ties += float((number**3 - number).sum())
    sums = ranks.sum(axis=0)
    spread = ((sums - sums.mean()) ** 2).sum()
    return float(12 * spread / (raters**2 * (answers**3 - answers) - raters * ties))


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
    errors = [None if variance is None else float(np.sqrt(variance * inverse[one, one])) for one in range(raters)]
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
