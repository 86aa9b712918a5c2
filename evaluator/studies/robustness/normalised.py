"""What normalised marks would have come to, for a study alone: standardised, or ranked within each evaluator's marks.

Nobody could know before bids came in what a mark would earn by them, so they are never a score. All is exact but for
one square root for each evaluator, which is taken to 50 figures.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction

from evaluator.records.results.studies.robustness import Averaged
from evaluator.records.submissions.evaluation import Answer
from evaluator.records.submissions.several_marks import as_if
from evaluator.studies.robustness.draws import Ground
from evaluator.studies.robustness.evaluators_left_out import Key, came_to

FIFTY = Context(prec=50)
Shares = Mapping[str, tuple[Fraction, ...]]  # of the highest mark, by evaluator
Normalise = Callable[[Shares, str, Fraction], Fraction]


def standardised(shares: Shares, evaluator: str, share: Fraction) -> Fraction:
    """Give a mark the place among all marks that it has among its evaluator's own: as many deviations from the mean.

    >>> shares = {"E1": (Fraction(0), Fraction(1, 5)), "E2": (Fraction(4, 5), Fraction(1))}
    >>> standardised(shares, "E1", Fraction(1, 5)) == standardised(shares, "E2", Fraction(1))
    True
    """
    every = [one for own in shares.values() for one in own]
    (mean, spread), (own_mean, own_spread) = _moments(every), _moments(shares[evaluator])
    return mean + (share - own_mean) * _root(spread / own_spread) if own_spread else mean


def ranked(shares: Shares, evaluator: str, share: Fraction) -> Fraction:
    """Give a mark its place among its evaluator's own marks, equal ones halfway, as a share of their number.

    >>> ranked({"E1": (Fraction(0), Fraction(1), Fraction(1))}, "E1", Fraction(1))
    Fraction(2, 3)
    """
    own = shares[evaluator]
    return (sum(one < share for one in own) + Fraction(sum(one == share for one in own), 2)) / len(own)


NORMALISATIONS: Mapping[str, Normalise] = {"standardised": standardised, "ranked": ranked}


def normalised(ground: Ground) -> tuple[tuple[str, Averaged], ...]:
    """Score, rank and allocate by normalised marks, made one by the published method; each way with its name."""
    own: dict[str, list[Fraction]] = {}
    for answer in ground.answers:
        for evaluator, mark, _ in answer.marks:
            own.setdefault(evaluator, []).append(_share(ground, answer, mark))
    shares = {evaluator: tuple(its) for evaluator, its in own.items()}
    return tuple((name, came_to(ground, _marks(ground, shares, how), name)) for name, how in NORMALISATIONS.items())


def _marks(ground: Ground, shares: Shares, how: Normalise) -> dict[Key, tuple[Fraction, Fraction]]:
    known: dict[tuple[str, Fraction], Fraction] = {}
    made = {}
    for answer in ground.answers:
        marks = []
        for evaluator, mark, _ in answer.marks:
            about = evaluator, _share(ground, answer, mark)
            if about not in known:
                known[about] = max(Fraction(0), min(Fraction(1), how(shares, *about)))
            marks.append(known[about] * ground.criteria.scale_for(answer.question).greatest)
        if marks and answer.made:
            value = as_if(ground.criteria.moderation, marks, answer.made.usual)
            made[answer.bid, answer.question] = value, value
    return made


def _share(ground: Ground, answer: Answer, mark: Decimal) -> Fraction:
    scale = ground.criteria.scale_for(answer.question)
    return scale.count_of(mark) / scale.greatest


def _moments(shares: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Give the mean, and the mean square distance from it."""
    mean = sum(shares, Fraction(0)) / len(shares)
    return mean, sum(((one - mean) ** 2 for one in shares), Fraction(0)) / len(shares)


def _root(value: Fraction) -> Fraction:
    return Fraction(FIFTY.sqrt(FIFTY.divide(Decimal(value.numerator), Decimal(value.denominator))))
