"""Each evaluator left out in turn, on plain averages of the individual marks: how far one person's marks carry.

Nothing published averages marks: what a panel agreed stands, and nobody can say what it would have agreed without one
of its members. So this sets averages against averages, all evaluators' and then all but one's. The averages are exact,
and the engine scores, rounds and ranks them by everything else that was published.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from evaluator.allocation import allocation_problem, best_set
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Mark, Values
from evaluator.records.results.studies.robustness import Averaged
from evaluator.records.submissions.evaluation import Answer, ThemeBids, values_of
from evaluator.records.submissions.several_marks import as_if
from evaluator.scoring import score
from evaluator.studies.robustness.draws import Ground

Key = tuple[str, str]
Average = tuple[Mark, Fraction]  # of the marks, and of what they count
EVERYBODY = ""


def can_be_left_out(ground: Ground) -> tuple[str, ...]:
    """Name the evaluators who can be left out: those beside whom somebody else marked an answer."""
    return tuple(sorted({who for one in ground.answers if len(one.marks) > 1 for who, _, _ in one.marks}))


def averaged(ground: Ground, without: str = EVERYBODY) -> Averaged:
    """Score, rank and allocate by the averages of the marks, of everybody or of all but one.

    Parameters
    ----------
    without : whose marks are left out. Answers that nobody else marked keep theirs, and are counted.
    """
    averages = {(one.bid, one.question): _average(ground.criteria, one, without) for one in ground.answers if one.marks}
    return came_to(ground, averages, without)


def came_to(ground: Ground, averages: Mapping[Key, Average], without: str) -> Averaged:
    """Score, rank and allocate by other marks; ``without`` is who was left out, or by which name they go."""
    criteria = ground.criteria
    marked = tuple(_marked(ground, theme, averages) for theme in ground.evaluation.themes)
    evaluation = replace(ground.evaluation, themes=marked)
    table = score(criteria, evaluation)
    places = tuple(
        (theme.theme, bid, theme.quality[at], int(theme.ranks[at]))
        for theme in table.themes
        for at, bid in enumerate(theme.bids)
    )
    left_out = [one for one in ground.answers if without in (who for who, _, _ in one.marks)]
    alone = sum(len(one.marks) == 1 for one in left_out)
    funded = best_set(allocation_problem(criteria, evaluation, table)) if criteria.allocation else None
    return Averaged(without, len(left_out), alone, funded is not None, places, tuple(sorted(funded or ())))


def _average(criteria: Criteria, answer: Answer, without: str) -> Average:
    """Give the average of the marks, and that of what they count; or what is worked out by the published method."""
    marks = [mark for who, mark, _ in answer.marks if who != without] or [mark for _, mark, _ in answer.marks]
    scale = criteria.scale_for(answer.question)
    if answer.made:
        value = as_if(criteria.moderation, [scale.count_of(mark) for mark in marks], answer.made.usual)
        return value, value
    counts = dict(zip(scale.marks, scale.counts, strict=True))
    return Fraction(sum(marks)) / len(marks), sum((counts[mark] for mark in marks), Fraction(0)) / len(marks)


def _marked(ground: Ground, theme: ThemeBids, averages: Mapping[Key, Average]) -> ThemeBids:
    """Put each answer's average in the place of its mark; an answer without individual marks keeps the mark it has."""
    values = values_of(ground.criteria, theme)
    known: list[dict[Average, int]] = [
        {each: at for at, each in enumerate(zip(one.marks, one.counts, strict=True))} for one in values
    ]
    cells, width = list(theme.cells), len(theme.questions)
    for row, bid in enumerate(theme.bids):
        for column, question in enumerate(theme.questions):
            answer = ground.answer(theme.theme, bid, question)
            average = averages.get((answer.bid, answer.question)) if answer else None
            if average is not None and theme.mark(row, column) >= 0:
                cells[row * width + column] = known[column].setdefault(average, len(known[column]))
    found = tuple(
        Values(tuple(mark for mark, _ in own), tuple(count for _, count in own), one.greatest)
        for own, one in zip(known, values, strict=True)
    )
    return replace(theme.with_cells(cells), values=found)
