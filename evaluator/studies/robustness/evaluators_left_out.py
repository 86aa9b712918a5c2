"""Each evaluator left out in turn, on plain averages of the individual marks: how far one person's marks carry.

Nothing published averages marks: what a panel agreed stands, and nobody can say what it would have agreed without one
of its members. So this sets averages against averages, all evaluators' and then all but one's. The averages are exact:
they are marks of a finer scale, which the engine scores, rounds and ranks by everything else that was published.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import lcm

from evaluator.allocation import allocation_problem, best_set
from evaluator.records.programme.criteria import Criteria, ScaleMark, Theme
from evaluator.records.results.studies.robustness import Averaged
from evaluator.records.submissions.evaluation import NO_MARK, Answer, Evaluation, ThemeBids
from evaluator.scoring import score
from evaluator.studies.robustness.draws import Ground

Key = tuple[str, str]
EVERYBODY = ""
MOST_MARKS = 127  # marks of one scale that the grid of marks can tell apart


def can_be_left_out(ground: Ground) -> tuple[str, ...]:
    """Name the evaluators who can be left out: those beside whom somebody else marked an answer."""
    return tuple(sorted({who for one in ground.answers if len(one.marks) > 1 for who, _, _ in one.marks}))


def averaged(ground: Ground, without: str = EVERYBODY) -> Averaged:
    """Score, rank and allocate by the averages of the marks, of everybody or of all but one.

    Parameters
    ----------
    without : whose marks are left out. Answers that nobody else marked keep theirs, and are counted.

    Raises
    ------
    ValueError : for more different averages than one scale can hold.
    """
    averages = {(one.bid, one.question): _average(one, without) for one in ground.answers if one.marks}
    criteria, evaluation = _finer(ground, averages)
    table = score(criteria, evaluation)
    places = tuple(
        (theme.theme, bid, theme.quality[at], int(theme.ranks[at]))
        for theme in table.themes
        for at, bid in enumerate(theme.bids)
    )
    marked = [one for one in ground.answers if without in (who for who, _, _ in one.marks)]
    alone = sum(len(one.marks) == 1 for one in marked)
    funded = best_set(allocation_problem(criteria, evaluation, table)) if criteria.allocation else None
    return Averaged(without, len(marked), alone, funded is not None, places, tuple(sorted(funded or ())))


def _average(answer: Answer, without: str) -> Fraction:
    marks = [mark for who, mark, _ in answer.marks if who != without] or [mark for _, mark, _ in answer.marks]
    return Fraction(sum(marks)) / len(marks)


def _finer(ground: Ground, averages: Mapping[Key, Fraction]) -> tuple[Criteria, Evaluation]:
    """Write the averages as whole marks of a scale that is so many times as long, and every minimum mark with it."""
    scale = ground.criteria.scale
    times = lcm(*(one.denominator for one in (*averages.values(), *map(Fraction, scale.marks))))
    kept = {Fraction(scale.marks[at]) for theme in ground.evaluation.themes for at in set(_positions(theme))}
    marks = sorted({int(one * times) for one in (*averages.values(), *kept, Fraction(scale.highest))})
    if len(marks) > MOST_MARKS:
        raise ValueError("there are more different averages than one scale can hold")
    points = tuple(ScaleMark(mark=Decimal(mark), label=str(mark), descriptor="") for mark in marks)
    themes = tuple(_longer(theme, times) for theme in ground.criteria.themes)
    criteria = ground.criteria.model_copy(update={"scale": scale.model_copy(update={"mark": points}), "themes": themes})
    place = {Fraction(mark, times): at for at, mark in enumerate(marks)}
    marked = tuple(_marked(ground, theme, averages, place) for theme in ground.evaluation.themes)
    return criteria, replace(ground.evaluation, themes=marked)


def _positions(theme: ThemeBids) -> list[int]:
    cells = [theme.mark(row, column) for row in range(len(theme.bids)) for column in range(len(theme.questions))]
    return [at for at in cells if at != NO_MARK]


def _longer(theme: Theme, times: int) -> Theme:
    least = {question: mark * times for question, mark in theme.minimum_marks.items()}
    return theme.model_copy(update={"minimum_marks": least})


def _marked(
    ground: Ground, theme: ThemeBids, averages: Mapping[Key, Fraction], place: Mapping[Fraction, int]
) -> ThemeBids:
    """Put each answer's average in the place of its mark; an answer without individual marks keeps the mark it has."""
    marks, width = bytearray(theme.marks), len(theme.questions)
    for row, bid in enumerate(theme.bids):
        for column, question in enumerate(theme.questions):
            at = theme.mark(row, column)
            if at == NO_MARK:
                continue
            answer = ground.answer(theme.theme, bid, question)
            mark = averages.get((answer.bid, answer.question)) if answer else None
            value = Fraction(ground.criteria.scale.marks[at]) if mark is None else mark
            marks[row * width + column] = place[value]
    return replace(theme, marks=bytes(marks))
