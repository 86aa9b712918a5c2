"""The scores and ranks of many draws: theme by theme in arrays where that is exact, else draw by draw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import lcm

import numpy as np

from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.scores import Numbers, ScoreTable, ThemeScores
from evaluator.records.submissions.evaluation import Evaluation, ThemeBids
from evaluator.scoring import score
from evaluator.scoring.totals import score_theme
from evaluator.studies.robustness.draws import Ground
from evaluator.studies.robustness.vectorised import Changed, Outcomes, Vectorised

Drawing = tuple[Criteria, Evaluation]
Ranks = list[tuple[str, str, int]]  # theme, bid, rank; 0 where a bid is not ranked


@dataclass(frozen=True, slots=True)
class Scored:
    """What the candidates of an allocation score, in ``1/unit`` points: all that it depends on in a draw."""

    bids: tuple[str, ...]
    units: tuple[int, ...]
    unit: int
    table: ScoreTable | None = field(default=None, compare=False)  # where it was worked out


def scored(ground: Ground, drawings: Sequence[Drawing]) -> Iterator[tuple[Scored, Ranks]]:
    """Score every draw, in order."""
    found = [_theme(ground, bids, drawings, at) for at, bids in enumerate(ground.evaluation.themes)]
    themes = [one for one in found if one is not None]
    for number, drawing in enumerate(drawings):
        if len(themes) < len(found):
            yield _by_engine(drawing)
        elif any(one.odd[number] for _, one in themes):
            yield _of_table(_with_odd(themes, ground, drawing, number))
        else:
            yield _together(themes, ground, number)


def _with_odd(
    themes: Sequence[tuple[Vectorised, Outcomes]], ground: Ground, drawing: Drawing, number: int
) -> ScoreTable:
    """Score the odd themes of a draw by the engine, and give totals and ranks of the others as they are in arrays."""
    criteria, evaluation = drawing
    every = zip(themes, evaluation.themes, ground.scores.themes, strict=True)
    return ScoreTable(
        tuple(
            score_theme(criteria, bids) if found.odd[number] else _drawn(ready, found, published, number)
            for (ready, found), bids, published in every
        ),
        ground.scores.weights,
    )


def _drawn(ready: Vectorised, found: Outcomes, published: ThemeScores, number: int) -> ThemeScores:
    """Give a theme's published scores with the totals and ranks of a draw that ranks the same bids."""
    places, many = ready.ranked.tolist(), len(published.bids)
    totals, ranks = [0] * many, [0] * many
    for at, total, rank in zip(places, found.totals[:, number].tolist(), found.ranks[:, number].tolist(), strict=True):
        totals[at], ranks[at] = int(total), rank
    unit = 10**ready.criteria.rounding.places
    return replace(published, totals=Numbers(totals, [unit] * many), ranks=tuple(ranks))


def _theme(ground: Ground, bids: ThemeBids, drawings: Sequence[Drawing], at: int) -> tuple[Vectorised, Outcomes] | None:
    """Score a theme in all draws at once; None where that would not be exact."""
    try:
        ready = Vectorised(ground.criteria, bids)
        return ready, ready.outcomes(_changed(ground, bids, drawings, at))
    except ValueError:
        return None


def _changed(ground: Ground, bids: ThemeBids, drawings: Sequence[Drawing], at: int) -> Changed:
    """Put what the draws change about a theme into arrays."""
    drawn_weights = [criteria.theme(bids.theme).weights for criteria, _ in drawings]
    leaves = tuple(sorted(ground.criteria.theme(bids.theme).weights))
    every = [ground.criteria.theme(bids.theme).weights, *drawn_weights]
    unit = lcm(*(Fraction(weight).denominator for one in every for weight in one.values()))
    if all(evaluation is ground.evaluation for _, evaluation in drawings):
        rows = [[int(weights[leaf] * unit) for leaf in leaves] for weights in drawn_weights]
        return Changed(leaves, unit, np.array(rows, dtype=np.int64))
    marks = b"".join(evaluation.themes[at].marks for _, evaluation in drawings)
    shape = (len(drawings), len(bids.bids), len(bids.questions))
    return Changed(leaves, unit, marks=np.frombuffer(marks, dtype=np.int8).reshape(shape))


def _together(themes: Sequence[tuple[Vectorised, Outcomes]], ground: Ground, number: int) -> tuple[Scored, Ranks]:
    """Put one draw of all themes together."""
    bids: list[str] = []
    units: list[int] = []
    ranks: Ranks = []
    for ready, found in themes:
        bids += ready.names
        units += [int(total) for total in found.totals[:, number]]
        own = dict(zip(ready.names, found.ranks[:, number].tolist(), strict=True))
        ranks += [(ready.bids.theme, bid.id, own.get(bid.id, 0)) for bid in ready.bids.bids]
    return Scored(tuple(bids), tuple(units), 10**ground.criteria.rounding.places), ranks


def _by_engine(drawing: Drawing) -> tuple[Scored, Ranks]:
    """Score one draw by the engine."""
    return _of_table(score(*drawing))


def _of_table(table: ScoreTable) -> tuple[Scored, Ranks]:
    exact = {
        bid: (theme.totals if theme.index is None else theme.quality)[at]
        for theme in table.themes
        for at, (bid, status) in enumerate(zip(theme.bids, theme.status, strict=True))
        if status == "ranked"
    }
    unit = lcm(*(value.denominator for value in exact.values()))
    ranks = [
        (theme.theme, bid, rank) for theme in table.themes for bid, rank in zip(theme.bids, theme.ranks, strict=True)
    ]
    return Scored(tuple(exact), tuple(int(value * unit) for value in exact.values()), unit, table), ranks
