"""The scores and ranks of many draws: theme by theme in arrays where that is exact, else draw by draw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import Evaluation, ThemeBids
from evaluator.scoring import score
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


def scored(ground: Ground, drawings: Sequence[Drawing]) -> Iterator[tuple[Scored, Ranks]]:
    """Score every draw, in order."""
    themes = [_theme(ground, bids, drawings, at) for at, bids in enumerate(ground.evaluation.themes)]
    for number, drawing in enumerate(drawings):
        if any(one is None or one[1].odd[number] for one in themes):
            yield _by_engine(drawing)
        else:
            yield _together([one for one in themes if one is not None], ground, number)


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
    table = score(*drawing)
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
    return Scored(tuple(exact), tuple(int(value * unit) for value in exact.values()), unit), ranks
