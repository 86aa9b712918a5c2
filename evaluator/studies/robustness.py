"""How far awards rest on single marks and weights: scores and awards worked out again for many small changes."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from evaluator.allocation import allocation_problem, best_set
from evaluator.records.allocation import Problem
from evaluator.records.robustness import Draws, Kind, Place, Robustness, Standing, Tally
from evaluator.scoring import score
from evaluator.studies.draws import KINDS, Ground, drawn

Tell = Callable[[str], None]
BY_CONSENSUS = (
    "No evaluator was left out: marks are agreed by a panel, and nothing published says what it would have agreed "
    "without one of its members. Marks are drawn among those that the evaluators gave instead."
)
ONE_EVALUATOR = "Marks were not drawn among evaluators' marks: each answer was marked by one evaluator alone."


def kinds_of(ground: Ground) -> tuple[Kind, ...]:
    """List the kinds of change that can be drawn: among evaluators only where an answer has several marks."""
    return KINDS if any(len(answer.marks) > 1 for answer in ground.answers) else KINDS[:-1]


def concluded(ground: Ground, awarded: tuple[str, ...], tenths: int, draws: Sequence[Draws]) -> Robustness:
    """Put the draws of every kind together, and say what could not be asked.

    Parameters
    ----------
    awarded : the bids that the published criteria and marks lead to.
    tenths : how far a weight was moved at the most, in tenths of a point.
    """
    left_out = [BY_CONSENSUS] if ground.criteria.moderation.method == "consensus" else []
    left_out += [] if "evaluators" in kinds_of(ground) else [ONE_EVALUATOR]
    return Robustness(tenths, awarded, tuple(draws), tuple(left_out))


def draw_range(
    ground: Ground, kind: Kind, tenths: int, seed: int, start: int, stop: int, tell: Tell = lambda _: None
) -> Draws:
    """Work out the draws from ``start`` up to ``stop``: a pure function of its arguments, so that draws can be split.

    Draws with the same scores are allocated once.
    """
    lines: list[Tally] = []
    decided, known = 0, dict[object, tuple[str, ...] | None]()
    for number in range(start, stop):
        tell(f"Draw {number + 1} of {kind.replace('_', ' ')}")
        criteria, evaluation = drawn(ground, kind, tenths, seed, number)
        scores = score(criteria, evaluation)
        problem = allocation_problem(criteria, evaluation, scores)
        key = _scores(problem)
        if key not in known:
            known[key] = best_set(problem)
        funded = known[key]
        decided += funded is not None
        for theme in scores.themes:
            for bid, rank in zip(theme.bids, theme.ranks, strict=True):
                won = funded is not None and bid in funded
                lines.append(Tally(bid, theme.theme, int(rank > 0), int(won), rank or None, rank or None))
    return Draws(kind, seed, start, stop, decided, _added(lines))


def merged(one: Draws, other: Draws) -> Draws:
    """Put two ranges of one study that follow each other together.

    Raises
    ------
    ValueError : for ranges of different studies, or that do not follow each other.
    """
    if (one.kind, one.seed, one.stop) != (other.kind, other.seed, other.start):
        raise ValueError("the ranges do not follow each other")
    tallies = _added([*one.tallies, *other.tallies])
    return Draws(one.kind, one.seed, one.start, other.stop, one.decided + other.decided, tallies)


def _scores(problem: Problem) -> object:
    """Give all that an allocation depends on in a draw."""
    return problem.score_unit, tuple((one.bid, one.score) for one in problem.candidates)


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
