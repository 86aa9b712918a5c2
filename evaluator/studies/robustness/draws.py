"""Changed marks and weights: each draw follows from the seed and its number alone, so that draws can be split."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from hashlib import sha256

import numpy as np

from evaluator.allocation import Redrawn, allocation_problem
from evaluator.records.programme.criteria import Criteria, Theme
from evaluator.records.programme.scales import Mark
from evaluator.records.results.scores import ScoreTable
from evaluator.records.results.studies.robustness import Kind
from evaluator.records.submissions.evaluation import Answer, Bid, Evaluation, ThemeBids, values_of, with_marks
from evaluator.records.submissions.several_marks import as_if
from evaluator.scoring import score

KINDS: tuple[Kind, ...] = ("weights", "one_mark", "evaluators", "resampled")  # a seed counts them: new ones go last
Dice = np.random.Generator


@dataclass(frozen=True)
class Ground:
    """What draws start from: the published criteria, the checked bids and marks, and the marks that each rests on.

    ``awarded`` are the bids that these lead to, of which a draw keeps some.
    """

    criteria: Criteria
    evaluation: Evaluation
    answers: tuple[Answer, ...]
    awarded: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Move no weight that counts for nothing in the end."""
        object.__setattr__(self, "criteria", self.criteria.as_counted)

    @cached_property
    def scores(self) -> ScoreTable:
        """What the bids score by the published criteria and the marks that count."""
        return score(self.criteria, self.evaluation)

    @cached_property
    def redrawn(self) -> Redrawn:
        """What divides the money again in each draw."""
        return Redrawn(allocation_problem(self.criteria, self.evaluation, self.scores))

    @cached_property
    def given(self) -> Mapping[tuple[str, str], Answer]:
        """The answers by who gave them, a bid or an organisation for all of its bids, and the question."""
        return {(answer.bid, answer.question): answer for answer in self.answers}

    @cached_property
    def apart(self) -> Mapping[str, tuple[Fraction, ...]]:
        """How far each evaluator's own marks lie from the marks that count, or from the mean of those worked out."""
        found: dict[str, list[Fraction]] = {}
        for answer in self.answers:
            centre = _mean_of(answer) if answer.made else Fraction(answer.mark)
            for evaluator, mark, _ in answer.marks:
                found.setdefault(evaluator, []).append(Fraction(mark) - centre)
        return {evaluator: tuple(its) for evaluator, its in found.items()}

    def answer(self, theme: str, bid: Bid, question: str) -> Answer | None:
        """Give the answer that a bid counts for a question: its own, or its organisation's."""
        return self.given.get((bid.organisation if question in self.shared(theme) else bid.id, question))

    def shared(self, theme: str) -> frozenset[str]:
        """Name the questions that are answered once by the organisation and counted in each of its bids."""
        return self._shared[theme]

    @cached_property
    def _shared(self) -> Mapping[str, frozenset[str]]:
        questions = {theme.id: self.criteria.questions(theme.id) for theme in self.criteria.themes}
        return {
            theme: frozenset(one.id for one in its if one.scope == "organisation") for theme, its in questions.items()
        }


Redraw = Callable[[Ground, Answer, Dice], Mark]


def drawn(ground: Ground, kind: Kind, tenths: int, seed: int, number: int) -> tuple[Criteria, Evaluation]:
    """Give the criteria and marks of one draw.

    Parameters
    ----------
    kind : ``weights``: in each theme, weights are moved in pairs by up to ``tenths`` tenths of a point, so that they
        keep their sum and none moves further; ``one_mark``: of each bid, one answer is a mark higher or lower;
        ``evaluators``: each answer has a mark that one of its evaluators gave; ``resampled``: each evaluator's distance
        from the mark that counts is drawn anew from that evaluator's own distances, and the mark moves by their mean.
    seed, number : what the draw follows from.
    """
    start = (seed, KINDS.index(kind), number)
    dice = np.random.default_rng(start)
    if kind == "weights":
        themes = tuple(_moved(theme, tenths, dice) for theme in ground.criteria.themes)
        return ground.criteria.model_copy(update={"themes": themes}), ground.evaluation
    if kind == "one_mark":
        marked = tuple(_one_mark(ground, theme, dice) for theme in ground.evaluation.themes)
    else:
        redraw = _one_of if kind == "evaluators" else _resampled
        marked = tuple(_redrawn(ground, theme, redraw, dice, start) for theme in ground.evaluation.themes)
    return ground.criteria, replace(ground.evaluation, themes=marked)


def _moved(theme: Theme, tenths: int, dice: Dice) -> Theme:
    """Move weight between pairs of leaves, never below nought."""
    leaves = sorted(leaf for leaf, weight in theme.weights.items() if weight)
    order = [leaves[at] for at in dice.permutation(len(leaves))]
    weights = dict(theme.weights)
    for one, other in zip(order[::2], order[1::2], strict=False):
        step = Decimal(int(dice.integers(-tenths, tenths + 1))) / 10
        step = max(-weights[one], min(step, weights[other]))
        weights[one], weights[other] = weights[one] + step, weights[other] - step
    return theme.model_copy(update={"weights": weights})


def _one_mark(ground: Ground, theme: ThemeBids, dice: Dice) -> ThemeBids:
    """Move one answer of each bid to the next mark up or down the scale; at an end of it, the only way there is."""
    if ground.criteria.moderation.combines:
        return _one_evaluators_mark(ground, theme, dice)
    cells, width = list(theme.cells), len(theme.questions)
    own = [at for at, question in enumerate(theme.questions) if question not in ground.shared(theme.theme)]
    orders = [sorted(range(len(one.marks)), key=one.marks.__getitem__) for one in values_of(ground.criteria, theme)]
    for row in range(len(theme.bids)):
        picked, up = int(dice.integers(max(1, len(own)))), bool(dice.integers(2))
        if own and theme.mark(row, own[picked]) >= 0:
            order = orders[own[picked]]
            place = order.index(theme.mark(row, own[picked]))
            moved = place + (1 if (up or place == 0) and place < len(order) - 1 else -1)
            cells[row * width + own[picked]] = order[moved]
    return theme.with_cells(cells)


def _one_evaluators_mark(ground: Ground, theme: ThemeBids, dice: Dice) -> ThemeBids:
    """Move one evaluator's mark of one answer of each bid to the next mark of the scale, and work the mark out anew."""
    moved: dict[tuple[int, int], Mark] = {}
    own = [at for at, question in enumerate(theme.questions) if question not in ground.shared(theme.theme)]
    for row, bid in enumerate(theme.bids):
        picked, up, whose = int(dice.integers(max(1, len(own)))), bool(dice.integers(2)), float(dice.random())
        answer = ground.answer(theme.theme, bid, theme.questions[own[picked]]) if own else None
        if answer is None or not answer.marks or theme.mark(row, own[picked]) < 0:
            continue
        marks = [mark for _, mark, _ in answer.marks]
        order, at = sorted(ground.criteria.scale_for(answer.question).marks), int(whose * len(marks))
        place = order.index(marks[at])
        marks[at] = order[place + (1 if (up or place == 0) and place < len(order) - 1 else -1)]
        moved[row, own[picked]] = _made_of(ground, answer, marks)
    return with_marks(ground.criteria, theme, moved)


def _made_of(ground: Ground, answer: Answer, marks: Sequence[Mark]) -> Fraction:
    """Work a mark out from other marks than were given, by the published method."""
    scale, usual = ground.criteria.scale_for(answer.question), answer.made.usual if answer.made else len(marks)
    return as_if(ground.criteria.moderation, [scale.count_of(mark) for mark in marks], usual)


def _mean_of(answer: Answer) -> Fraction:
    return sum((Fraction(mark) for _, mark, _ in answer.marks), Fraction(0)) / len(answer.marks)


def _redrawn(ground: Ground, theme: ThemeBids, redraw: Redraw, dice: Dice, start: tuple[int, ...]) -> ThemeBids:
    """Draw the mark of each answer anew; an organisation's own answer has one in all its bids."""
    drawn: dict[tuple[int, int], Mark] = {}
    shared = ground.shared(theme.theme)
    for row, bid in enumerate(theme.bids):
        for column, question in enumerate(theme.questions):
            answer = ground.answer(theme.theme, bid, question)
            if theme.mark(row, column) < 0 or answer is None or not answer.marks:
                continue
            # Its own answers follow from the organisation and the question alone, whatever theme they are counted in.
            source = _own_dice(start, bid, question) if question in shared else dice
            drawn[row, column] = redraw(ground, answer, source)
    return with_marks(ground.criteria, theme, drawn)


def _one_of(ground: Ground, answer: Answer, dice: Dice) -> Mark:
    """Give a mark that one of the evaluators gave; what is worked out, from as many of their marks drawn one by one."""
    marks: Sequence[Decimal] = sorted(mark for _, mark, _ in answer.marks)
    if answer.made:
        return _made_of(ground, answer, [marks[at] for at in dice.integers(len(marks), size=len(marks)).tolist()])
    return marks[int(dice.integers(len(marks)))]


def _resampled(ground: Ground, answer: Answer, dice: Dice) -> Mark:
    """Give the mark of the scale next to what it would be at redrawn distances; halfway the higher one.

    A mark that is worked out is worked out from marks at these distances from the mean, kept within the scale.
    """
    own = [ground.apart[evaluator] for evaluator, _, _ in answer.marks]
    drawn = [its[int(part * len(its))] for its, part in zip(own, dice.random(len(own)).tolist(), strict=True)]
    if answer.made:
        scale, mean = ground.criteria.scale_for(answer.question), _mean_of(answer)
        ends = Fraction(min(scale.marks)), Fraction(scale.highest)
        return _made_of(ground, answer, [max(ends[0], min(ends[1], mean + one)) for one in drawn])
    return _nearest(ground.criteria.scale_for(answer.question).marks, answer.mark, sum(drawn, Fraction(0)), len(drawn))


@cache
def _nearest(marks: tuple[Decimal, ...], mark: Mark, moves: Fraction, many: int) -> Decimal:
    """Give the mark of the scale next to a mark that moves by the mean of some moves; halfway the higher one."""
    moved = Fraction(mark) + moves / many
    return min(marks, key=lambda one: (abs(Fraction(one) - moved), -one))


def _own_dice(start: tuple[int, ...], bid: Bid, question: str) -> Dice:
    words = sha256(f"{bid.organisation}\n{question}".encode()).digest()
    return np.random.default_rng([*start, int.from_bytes(words[:8], "big")])
