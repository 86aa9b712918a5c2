"""Who goes on from a stage: the exact points of its questions, held to what was published of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import groupby

from evaluator.records.english import count_of
from evaluator.records.numbers import near_text
from evaluator.records.programme.conditions.stages import Stage
from evaluator.records.programme.criteria import QUESTION, Criteria
from evaluator.records.submissions.evaluation import (
    Evaluation,
    ThemeBids,
    row_marks,
    row_points,
    row_weights,
    values_of,
)
from evaluator.records.submissions.stages import NOT_SHORTLISTED, StageLine, StageResult
from evaluator.scoring.quality import assess_quality

NO_QUESTION = "Its theme has no question of this stage, so that the stage decides nothing of it."


@dataclass(frozen=True)
class _Entrant:
    """A bid in a stage: its points and what could be had, what decides between equals, and what keeps it out."""

    bid: str
    theme: str
    points: Fraction
    available: Fraction
    key: tuple[Fraction | str, ...]
    below: str
    answers: tuple[tuple[str, Fraction], ...] = ()
    asked: bool = True

    @property
    def of(self) -> str:
        return f"{near_text(self.points)} of {near_text(self.available)} points"


def stage_result(
    criteria: Criteria, stage: Stage, evaluation: Evaluation, entered: Collection[str] = ()
) -> StageResult:
    """Work out who goes on from a stage.

    Points are those of the stage's questions, by their weights. A bid below a minimum mark of one of them does not go
    on and takes no place, nor does one that a person or an event took out.

    Parameters
    ----------
    evaluation : what was marked in this stage and those before; in it, bids that fell earlier are disregarded.
    entered : bids that were in the stage when it was sealed, and are in it whatever became of them since.
    """
    entrants = [one for bids in evaluation.themes for one in _entrants(criteria, stage, bids, entered)]
    fields: Sequence[list[_Entrant]] = [entrants]
    if stage.in_each_theme:
        fields = [list(own) for _, own in groupby(entrants, key=lambda one: one.theme)]
    lines = (line for field in fields for line in _decided(stage, field))
    return StageResult(stage.id, tuple(sorted(lines, key=lambda line: (line.theme, line.bid))))


def _entrants(criteria: Criteria, stage: Stage, bids: ThemeBids, entered: Collection[str]) -> Iterator[_Entrant]:
    own = bids.of_questions(stage.questions)
    if not own.questions:
        admitted = [bid.id for bid in own.bids if bid.id not in own.disregarded or bid.id in entered]
        yield from (_Entrant(bid, bids.theme, Fraction(0), Fraction(0), (), "", asked=False) for bid in admitted)
        return
    narrowed, values = criteria.of_stage(stage), values_of(criteria, own)
    quality, weights = assess_quality(narrowed, own), narrowed.theme(bids.theme).weights
    available = sum((Fraction(weights[question]) for question in own.questions), Fraction(0))
    for row, bid in enumerate(own.bids):
        decision = own.disregarded.get(bid.id)
        if decision and (decision.standing == NOT_SHORTLISTED or bid.id not in entered):
            continue
        below = quality.reasons[row] if quality.status[row] == "below_minimum" else ""
        marks = dict(zip(own.questions, row_marks(values, own, row), strict=True))
        key = tuple(_keys(stage, bid.id, marks))
        earned = row_points(values, row_weights(narrowed, own, row), own, row)
        answers = tuple((one, points) for one, points in zip(own.questions, earned, strict=True) if points is not None)
        yield _Entrant(bid.id, bids.theme, quality.points.at(row), available, key, below, answers)


def _keys(stage: Stage, bid: str, marks: Mapping[str, object]) -> Iterator[Fraction | str]:
    """Give what decides between equal points at the last place, the lowest first."""
    for level in stage.tie_break:
        yield -Fraction(str(marks.get(level.removeprefix(QUESTION)) or 0))
    if stage.ties == "draw":
        yield ticket(stage.draw_seed, bid)


def ticket(seed: str, bid: str) -> str:
    """Give a bid's ticket in the published draw, the lowest of which goes first: anyone can work it out again.

    >>> ticket("Cabinet 4711", "B1")[:12]
    'd1ab61a1734e'
    """
    return sha256(f"{seed}\n{bid}".encode()).hexdigest()


def _decided(stage: Stage, field: list[_Entrant]) -> Iterator[StageLine]:
    """Say of each bid of a field whether it goes on."""
    able = [one for one in field if one.asked and not one.below and one.points >= least_points(stage, one.available)]
    place, names = _place(stage, able), {one.bid for one in able}
    keys = sorted({one.key for one in field})
    for one in field:
        passed, reason = _of(stage, one, place)
        yield StageLine(
            one.bid,
            one.theme,
            one.points,
            one.available,
            passed,
            reason,
            one.answers,
            keys.index(one.key),
            not one.asked or one.bid in names,
        )


def least_points(stage: Stage, available: Fraction) -> Fraction:
    """Give the points that a bid needs at least, of those that are available."""
    return max(Fraction(stage.score or 0), available * Fraction(stage.share or 0) / 100)


@dataclass(frozen=True)
class _Place:
    """The last place of the best: who has it, how many bids have its points, go on with them, and could go on at all.

    ``last`` is None where there is room for all.
    """

    last: _Entrant | None
    equal: int
    equal_in: int
    within: int  # bids that go on in all
    able: int


def _place(stage: Stage, able: list[_Entrant]) -> _Place:
    """Find the last place; of bids with equal points there, what was published decides."""
    ordered = sorted(able, key=lambda one: (-one.points, one.key))
    number = stage.number or 0
    if stage.passes != "best" or len(ordered) <= number:
        return _Place(None, 0, 0, len(ordered), len(ordered))
    last = ordered[number - 1]
    equal = [one for one in ordered if one.points == last.points]
    equal_in = [one for one in equal if one.key <= last.key]
    better = sum(one.points > last.points for one in ordered)
    return _Place(last, len(equal), len(equal_in), better + len(equal_in), len(ordered))


def _of(stage: Stage, one: _Entrant, place: _Place) -> tuple[bool, str]:
    least = least_points(stage, one.available)
    if not one.asked:
        return True, NO_QUESTION
    if one.below:
        return False, one.below
    if one.points < least or stage.passes != "best":
        return one.points >= least, f"{one.of}; at least {near_text(least)} are needed."
    last = place.last
    passed = last is None or (-one.points, one.key) <= (-last.points, last.key)
    return passed, _among_the_best(stage, one, place, passed=passed)


def _among_the_best(stage: Stage, one: _Entrant, place: _Place, *, passed: bool) -> str:
    told, last = f"{one.of}; the best {stage.number} go on", place.last
    if last is None:
        return f"{told}, and {count_of(place.able, 'bid')} could."
    if one.points != last.points:
        among = "among them" if passed else "not among them"
        return f"{told}, and the last of them has {near_text(last.points)}: it is {among}."
    if place.equal == place.equal_in:
        beyond = place.within > (stage.number or 0)
        return told + (
            ", with all that have as many points as the last of them." if beyond else ": it is the last of them."
        )
    between = f"between {count_of(place.equal, 'bid')} with as many points as the last of them, {_by(stage)} decided"
    return f"{told}; {between}: it {'goes on' if passed else 'does not go on'}."


def _by(stage: Stage) -> str:
    marks = [f"the mark for {level.removeprefix(QUESTION)}" for level in stage.tie_break]
    return " and then ".join(marks + ["the published draw"] * (stage.ties == "draw"))
