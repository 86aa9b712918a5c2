"""How far awards rest on single marks and weights: scores and awards worked out again for many small changes."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from evaluator.allocation import Redrawn, allocation_problem
from evaluator.records.results.studies.robustness import (
    Averaged,
    Draws,
    Kind,
    Place,
    Robustness,
    Standing,
    Swap,
    Tally,
)
from evaluator.records.submissions.several_marks import said_of
from evaluator.records.work import ReportProgress
from evaluator.scoring import score
from evaluator.studies.robustness.crossings import crossings
from evaluator.studies.robustness.draws import KINDS, Ground, drawn
from evaluator.studies.robustness.evaluators_left_out import can_be_left_out
from evaluator.studies.robustness.normalised import normalised
from evaluator.studies.robustness.scored_draws import Drawing, Scored, scored
from evaluator.studies.robustness.swapped_methods import other_methods

BY_CONSENSUS = (
    "No evaluator was left out of what the panel agreed: nothing published says what it would have agreed without one "
    "of its members, and the agreed marks stand."
)
STAGES_STAND = "Who went on from each stage stands in every draw: a bid that fell is not marked in the stages after it."
WORKED_OUT = (
    "Marks are worked out from evaluators’ marks: one mark higher or lower is one evaluator’s, and what was drawn or "
    "resampled was worked out anew by the published method."
)
ONE_EVALUATOR = (
    "No evaluator was left out, and no marks were drawn among evaluators' marks: each answer was marked by one "
    "evaluator alone, so that without this mark nothing would be left to score the answer by."
)


def kinds_of(ground: Ground) -> tuple[Kind, ...]:
    """List the kinds of change that can be drawn: among evaluators only where an answer has several marks."""
    return KINDS if can_be_left_out(ground) else KINDS[:2]


def concluded(
    ground: Ground,
    awarded: tuple[str, ...],
    tenths: int,
    draws: Sequence[Draws],
    swaps: Sequence[Swap] = (),
    averages: Sequence[Averaged] = (),
) -> Robustness:
    """Put the draws of every kind together, and say what could not be asked.

    Parameters
    ----------
    awarded : the bids that the published criteria and marks lead to.
    tenths : how far a weight was moved at the most, in tenths of a point.
    swaps : what price methods come to, the published ones first; empty where that was not asked.
    averages : what averages come to, everybody's first, then without each evaluator.
    """
    left_out = [BY_CONSENSUS] if ground.criteria.moderation.method == "consensus" else []
    left_out += [WORKED_OUT] if ground.criteria.moderation.combines else []
    left_out += [] if "evaluators" in kinds_of(ground) else [ONE_EVALUATOR]
    left_out += [STAGES_STAND] if ground.criteria.deciding_stages else []
    left_out += other_methods(ground)[1] if swaps else ()
    near = crossings(ground, ground.scores, Fraction(tenths, 10), awarded)
    moderation = ground.criteria.moderation
    made_by = said_of(moderation) if moderation.combines else ""
    other = normalised(ground) if made_by and averages else ()
    told = (tuple(draws), tuple(left_out), near, tuple(swaps), tuple(averages))
    return Robustness(tenths, awarded, *told, made_by, other)


def draw_range(
    ground: Ground,
    kind: Kind,
    tenths: int,
    seed: int,
    start: int,
    stop: int,
    report_progress: ReportProgress = lambda _: None,
) -> Draws:
    """Work out the draws from ``start`` up to ``stop``: a pure function of its arguments, so that draws can be split.

    All draws are scored at once, and draws with the same scores are allocated once.
    """
    lines: list[Tally] = []
    kept: list[int] = []
    known = dict[Scored, tuple[str, ...] | None]()
    drawings = [drawn(ground, kind, tenths, seed, number) for number in range(start, stop)]
    for number, (scores, ranks) in enumerate(scored(ground, drawings), start + 1):
        report_progress(f"Draw {number} of {kind.replace('_', ' ')}")
        if scores not in known:
            known[scores] = _best(ground.redrawn, scores, drawings[number - start - 1])
        funded = known[scores]
        kept += [] if funded is None else [len({*funded} & {*ground.awarded})]
        for theme, bid, rank in ranks:
            won = funded is not None and bid in funded
            lines.append(Tally(bid, theme, int(rank > 0), int(won), rank or None, rank or None))
    return Draws(kind, seed, start, stop, len(kept), _added(lines), tuple(kept))


def _best(redrawn: Redrawn, scores: Scored, drawing: Drawing) -> tuple[str, ...] | None:
    """Name the best set of a draw; where other bids are ranked than as published, the problem is written anew."""
    if scores.bids == tuple(one.bid for one in redrawn.problem.candidates):
        return redrawn.best(dict(zip(scores.bids, scores.units, strict=True)), scores.unit)
    return redrawn.best_of(allocation_problem(*drawing, scores.table or score(*drawing)))


def merged(one: Draws, other: Draws) -> Draws:
    """Put two ranges of one study that follow each other together.

    Raises
    ------
    ValueError : for ranges of different studies, or that do not follow each other.
    """
    if (one.kind, one.seed, one.stop) != (other.kind, other.seed, other.start):
        raise ValueError("the ranges do not follow each other")
    tallies = _added([*one.tallies, *other.tallies])
    decided, kept = one.decided + other.decided, one.kept + other.kept
    return Draws(one.kind, one.seed, one.start, other.stop, decided, tallies, kept)


def _added(lines: Iterable[Tally]) -> tuple[Tally, ...]:
    ordered = sorted(lines, key=lambda line: (line.theme, line.bid))
    return tuple(_sum(list(its)) for _, its in groupby(ordered, key=lambda line: (line.theme, line.bid)))


def _sum(lines: list[Tally]) -> Tally:
    best = [line.best for line in lines if line.best is not None]
    worst = [line.worst for line in lines if line.worst is not None]
    ranked, funded = sum(line.ranked for line in lines), sum(line.funded for line in lines)
    one = lines[0]
    return Tally(one.bid, one.theme, ranked, funded, min(best, default=None), max(worst, default=None))


def standing(draws: Draws, tally: Tally) -> Standing:
    """Say whether a bid is funded in every decided draw, in some, or in none; marginal where no draw was decided."""
    if not draws.decided:
        return "marginal"
    if not tally.funded:
        return "out"
    return "secure" if tally.funded == draws.decided else "marginal"


def place(study: Robustness, bid: str) -> Place:
    """Say where a bid stands over all draws: funded in every one (core), in none (exterior), or borderline."""
    found = {standing(draws, tally) for draws in study.draws for tally in draws.tallies if tally.bid == bid}
    if found == {"secure"} and bid in study.awarded:
        return "core"
    return "exterior" if found <= {"out"} and bid not in study.awarded else "borderline"
