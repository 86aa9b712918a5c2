"""How each evaluator used the scale: a prompt for discussion before moderation, never a correction of marks.

Statistics in floating point; nothing here reaches a mark, a score or a rank.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np

from evaluator.records.programme.scales import Scale
from evaluator.records.submissions.moderation import Discussed, Given, Habits
from evaluator.validation.moderation.assignment import order_of

Grid = dict[str, dict[str, float]]  # by bid, by question
FEWEST_BIDS = 8  # below which a correlation over bids says nothing
RETURNS = "returns/"


def habits_of(scale: Scale, answers: Sequence[Discussed], seeds: Mapping[str, int]) -> tuple[Habits, ...]:
    """Look at each evaluator's marks on each panel, in the order in which panels come, then by evaluator.

    Parameters
    ----------
    answers : with everyone's marks.
    seeds : by evaluator the seed that mixed the order of their bids, where it is known; else the rows of a return tell.
    """
    return tuple(
        one for panel in dict.fromkeys(a.panel for a in answers) for one in _of_panel(scale, panel, answers, seeds)
    )


def _of_panel(scale: Scale, panel: str, answers: Sequence[Discussed], seeds: Mapping[str, int]) -> Iterator[Habits]:
    mine = [answer for answer in answers if answer.panel == panel]
    people = sorted({one.evaluator for answer in mine for one in answer.given})
    grids = {who: _grid(mine, who) for who in people}
    for who in people:
        order = _order(mine, who, seeds.get(who))
        given = [(answer, one) for answer in order for one in answer.given if one.evaluator == who]
        run, mark = max(((len(list(group)), mark) for mark, group in groupby(one.mark for _, one in given)))
        place, number = _order_effect(given, known=seeds.get(who) is not None or _in_return(given))
        rest = [value for other in people if other != who and (value := halo(grids[other])) is not None]
        yield Habits(
            panel=panel,
            evaluator=who,
            counts=tuple(sum(one.mark == point for _, one in given) for point in scale.marks),
            run=run,
            run_mark=mark,
            halo=halo(grids[who]),
            others=float(np.mean(rest)) if rest else None,
            order=place,
            places=number,
        )


def _grid(answers: Sequence[Discussed], who: str) -> Grid:
    grid: Grid = {}
    for answer in answers:
        for one in answer.given:
            if one.evaluator == who:
                grid.setdefault(answer.subject, {})[answer.question.id] = float(one.mark)
    return grid


def halo(grid: Grid) -> float | None:
    """Give the mean correlation between the marks for two questions, over the bids; None where too few can be compared.

    Close to 1, good bids were good at everything: that may be so, or one impression may have decided all marks.

    >>> bids = {f"B{n}": {"C1": n, "C2": n + 1, "C3": -n} for n in range(8)}
    >>> round(halo(bids), 3), halo({"B1": {"C1": 1, "C2": 2}})
    (-0.333, None)
    """
    questions = sorted({question for marks in grid.values() for question in marks})
    found = []
    for place, first in enumerate(questions):
        for second in questions[place + 1 :]:
            pairs = [(marks[first], marks[second]) for marks in grid.values() if first in marks and second in marks]
            value = correlation(pairs)
            found += [value] if value is not None else []
    return float(np.mean(found)) if found else None


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Give Pearson's correlation of pairs; None for fewer than FEWEST_BIDS, or where one side never varies.

    >>> round(correlation([(n, 2 * n) for n in range(8)]), 6), correlation([(1, n) for n in range(8)])
    (1.0, None)
    """
    if len(pairs) < FEWEST_BIDS:
        return None
    first, second = np.array(pairs, dtype=np.float64).T
    first, second = first - first.mean(), second - second.mean()
    size = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / size if size > 1e-12 else None


def _order(answers: Sequence[Discussed], who: str, seed: int | None) -> list[Discussed]:
    """Put an evaluator's answers into the order in which they were given out."""
    mine = [(answer, one) for answer in answers for one in answer.given if one.evaluator == who]
    if seed is None:
        return [answer for answer, one in sorted(mine, key=lambda pair: (pair[1].source.file, pair[1].source.row))]
    return [answer for answer, _ in sorted(mine, key=lambda pair: order_of(seed, who, pair[0].subject))]


def _in_return(given: Sequence[tuple[Discussed, Given]]) -> bool:
    """Whether the rows that marks stand in tell an order: those of a return do, those of one file for all do not."""
    return all(one.source.file.startswith(RETURNS) for _, one in given)


def _order_effect(given: Sequence[tuple[Discussed, Given]], *, known: bool) -> tuple[float | None, int]:
    """Correlate a bid's place in the order with how far its marks lie above those of the other evaluators."""
    places: dict[str, list[float]] = {}
    for answer, one in given:
        others = [float(other.mark) for other in answer.given if other.evaluator != one.evaluator]
        if others:
            places.setdefault(answer.subject, []).append(float(one.mark) - sum(others) / len(others))
    pairs = [(float(place), sum(above) / len(above)) for place, above in enumerate(places.values())]
    return correlation(pairs) if known else None, len(pairs)
