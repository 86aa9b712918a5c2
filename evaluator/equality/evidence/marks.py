"""The marks beside each other: questions of the same bids, and evaluators of the same answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from evaluator.equality.evidence.organisations import Group, Outcomes
from evaluator.equality.statistics.conditional import Strata
from evaluator.equality.statistics.interactions import Differences, Residuals, differences
from evaluator.records.numbers import plain_decimal
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.equality_evidence import Certainty, EvaluatorGap, Evaluators, QuestionGap
from evaluator.records.submissions.evaluation import Evaluation, ThemeBids, values_of

Floats = npt.NDArray[np.float64]
LEVEL = Fraction(1, 20)
FEWEST = 5  # organisations on either side for marks to be compared at all
MOST_NAMED = 3
TWO = 2  # evaluators: of two nothing says which differs


@dataclass(frozen=True)
class Answers:
    """Every answer that two or more evaluators marked: owner's place, evaluator's place and mark, answer by answer."""

    evaluators: tuple[str, ...]
    answer: npt.NDArray[np.intp]
    owner: npt.NDArray[np.intp]
    who: npt.NDArray[np.intp]
    mark: Floats

    def fit(self, rows: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Fit answer and evaluator together on some of the marks: each evaluator's severity, and who meets whom.

        The severities are free by a constant for each set of evaluators that meet; here each set's add up to nought.
        """
        number = len(self.evaluators)
        _, answer = np.unique(self.answer[rows], return_inverse=True)
        who, mark = self.who[rows], self.mark[rows]
        count = np.bincount(answer).astype(np.float64)
        table = np.zeros((len(count), number))
        table[answer, who] = 1
        meet = np.diag(table.sum(axis=0)) - table.T @ (table / count[:, None])
        off = mark - (np.bincount(answer, mark) / count)[answer]
        severity = np.linalg.pinv(meet, rcond=1e-10, hermitian=True) @ np.bincount(who, off, number)
        return severity, meet


def question_residuals(criteria: Criteria, evaluation: Evaluation, strata: Strata) -> tuple[Residuals, dict[str, str]]:
    """Take from every agreed mark its bid's and its question's level within the theme; name the questions."""
    titles = {q: q for bids in evaluation.themes for q in bids.questions}
    titles |= {q.id: q.title for theme in criteria.themes for q in criteria.questions(theme.id)}
    columns = tuple(q for q in titles if any(q in bids.questions for bids in evaluation.themes))
    at, owner = {q: place for place, q in enumerate(columns)}, {name: row for row, name in enumerate(strata.names)}
    shape = len(strata.names), len(columns)
    sums, counts, squares = np.zeros(shape), np.zeros(shape), np.zeros(len(columns))
    for bids in evaluation.themes:
        rows, places = _marked(bids, owner)
        if len(rows) and len(bids.questions) > 1:
            left, own = _centred(_marks_at(criteria, bids, places)), np.array([at[q] for q in bids.questions])
            np.add.at(sums, (rows[:, None], own[None, :]), left)
            np.add.at(counts, (rows[:, None], own[None, :]), 1)
            squares[own] += (left**2).sum(axis=0)
    spread = np.sqrt(squares / np.maximum(1, counts.sum(axis=0)))
    return Residuals(columns, (0,) * len(columns), sums, counts, spread), titles


def _marked(bids: ThemeBids, owner: Mapping[str, int]) -> tuple[npt.NDArray[np.intp], npt.NDArray[Any]]:
    """Give the owners of a theme's bids that were marked in full, and where their marks stand."""
    places = np.asarray(bids.cells).reshape(len(bids.bids), len(bids.questions))
    whole = (places >= 0).all(axis=1)
    told = [bid.id not in bids.disregarded and bid.organisation in owner for bid in bids.bids]
    kept = np.flatnonzero(whole & np.array(told, dtype=bool))
    return np.array([owner[bids.bids[row].organisation] for row in kept.tolist()], dtype=np.intp), places[kept]


def _marks_at(criteria: Criteria, bids: ThemeBids, places: npt.NDArray[Any]) -> Floats:
    """Give the marks at these places, question by question; those of another scale as far up the programme's."""
    highest = Fraction(criteria.scale.highest)
    columns = [
        np.array([float(count * highest / one.greatest) for count in one.counts])[places[:, column]]
        for column, one in enumerate(values_of(criteria, bids))
    ]
    return np.stack(columns, axis=1)


def _centred(values: Floats) -> Floats:
    found: Floats = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean()
    return found


def answers_of(evaluation: Evaluation, strata: Strata) -> Answers:
    """Take the evaluators' own marks as received, of answers that two or more of them marked."""
    place = {name: row for row, name in enumerate(strata.names)}
    owner = {bid.id: place[bid.organisation] for bid in evaluation.bids if bid.organisation in place} | place
    keys = ("bid", "question", "evaluator", "mark")
    given: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for bid, question, who, text in zip(*(evaluation.marks.columns.get(key, ()) for key in keys), strict=True):
        mark = plain_decimal(text.strip())
        if mark is not None and bid.strip() in owner:
            given.setdefault((bid.strip(), question.strip()), []).append((who.strip(), float(mark)))
    shared = [(key, who, mark) for key, marks in sorted(given.items()) if len(marks) > 1 for who, mark in marks]
    names = tuple(sorted({who for _, who, _ in shared}))
    number = {key: at for at, key in enumerate(sorted({key for key, _, _ in shared}))}
    places = {name: at for at, name in enumerate(names)}
    return Answers(
        names,
        np.array([number[key] for key, _, _ in shared], dtype=np.intp),
        np.array([owner[key[0]] for key, _, _ in shared], dtype=np.intp),
        np.array([places[who] for _, who, _ in shared], dtype=np.intp),
        np.array([mark for _, _, mark in shared], dtype=np.float64),
    )


def evaluator_residuals(answers: Answers, organisations: int) -> Residuals:
    """Take from every mark its answer's level and its evaluator's severity, fitted together over all answers."""
    number = len(answers.evaluators)
    severity, meet = answers.fit(np.ones(len(answers.mark), dtype=bool)) if number else (np.zeros(0), np.zeros((0, 0)))
    own = answers.mark - severity[answers.who]
    count = np.bincount(answers.answer) if number else np.zeros(0)
    left = own - (np.bincount(answers.answer, own) / count)[answers.answer] if number else own
    sums, counts = np.zeros((organisations, number)), np.zeros((organisations, number))
    np.add.at(sums, (answers.owner, answers.who), left)
    np.add.at(counts, (answers.owner, answers.who), 1)
    spread = np.sqrt(np.bincount(answers.who, left**2, number) / np.maximum(1, counts.sum(axis=0)))
    return Residuals(answers.evaluators, _panels(meet), sums, counts, spread)


def _panels(meet: Floats) -> tuple[int, ...]:
    """Give a number to each set of evaluators who marked answers together, directly or through others."""
    found: list[int] = [-1] * len(meet)
    for start in range(len(meet)):
        open_, panel = [start] if found[start] < 0 else [], max(found, default=-1) + 1
        while open_:
            one = open_.pop()
            found[one] = panel
            open_ += [other for other in range(len(meet)) if found[other] < 0 and meet[one, other] < 0]
    return tuple(found)


@dataclass(frozen=True)
class Marks:
    """All marks beside each other, for the groups of every question of the monitoring."""

    questions: Residuals
    titles: Mapping[str, str]
    answers: Answers
    evaluators: Residuals
    strata: Strata
    of_questions: Mapping[tuple[str, str], Differences]
    of_evaluators: Mapping[tuple[str, str], Differences]

    def question_gaps(self, group: Group, sure: Certainty) -> tuple[QuestionGap, ...]:
        """Give the questions on which chance is unlikely to make a group stand so far apart, the furthest first."""
        told = self.of_questions.get((group.characteristic.id, group.name), Differences((), ()))
        found = [
            QuestionGap(name, self.titles[name], _hundredths(value), p, sure)
            for name, value, p in zip(self.questions.columns, told.values, told.p, strict=False)
            if value is not None and p is not None and p <= LEVEL
        ]
        return tuple(sorted(found, key=lambda one: (one.p, -abs(one.marks), one.question))[:MOST_NAMED])

    def evaluator_gaps(self, group: Group, sure: Certainty) -> tuple[Evaluators, ...]:
        """Give the panels with an evaluator whose marks chance is unlikely to set so far from the middle one's."""
        told = self.of_evaluators.get((group.characteristic.id, group.name), Differences((), ()))
        if not any(p is not None and p <= LEVEL for p in told.p):
            return ()
        return tuple(self._panels_of(group, told, sure))

    def _panels_of(self, group: Group, told: Differences, sure: Certainty) -> Iterator[Evaluators]:
        ours = np.array([name in group.organisations for name in self.strata.names])[self.answers.owner]
        (own, meet), (others, rest) = self.answers.fit(ours), self.answers.fit(~ours)
        apart = own - others
        for panel in sorted(set(self.evaluators.panels)):
            places = [at for at, one in enumerate(self.evaluators.panels) if one == panel]
            names = tuple(self.evaluators.columns[at] for at in places)
            connected = all(len(set(_panels(one[np.ix_(places, places)]))) == 1 for one in (meet, rest))
            middle = float(np.median(apart[places]))
            found = [
                EvaluatorGap(
                    self.evaluators.columns[at],
                    _hundredths(apart[at] - middle),
                    int(((self.answers.who == at) & ours).sum()),
                    p,
                    sure,
                )
                for at in places
                if (p := told.p[at]) is not None and p <= LEVEL
            ]
            if found:
                gaps = sorted(found, key=lambda one: (-abs(one.marks), one.evaluator)) if connected else ()
                yield Evaluators(names, tuple(gaps), says_which=len(places) > TWO, connected=connected)


def marks_of(criteria: Criteria, evaluation: Evaluation, outcomes: Outcomes, groups: Sequence[Group]) -> Marks:
    """Compare the groups' marks, question beside question and evaluator beside evaluator."""
    strata = outcomes.strata("minimum")
    known = frozenset(strata.names)
    looked_at = [
        group
        for group in groups
        if len(group.organisations & known) >= FEWEST and len(known - group.organisations) >= FEWEST
    ]
    sides = [group.organisations for group in looked_at]
    keys = [(group.characteristic.id, group.name) for group in looked_at]
    questions, titles = question_residuals(criteria, evaluation, strata)
    answers = answers_of(evaluation, strata)
    evaluators = evaluator_residuals(answers, len(strata.names))
    return Marks(
        questions,
        titles,
        answers,
        evaluators,
        strata,
        dict(zip(keys, differences(strata, questions, sides), strict=True)),
        dict(zip(keys, differences(strata, evaluators, sides), strict=True)),
    )


def _hundredths(value: float) -> Fraction:
    return Fraction(round(value * 100), 100)
