"""Programmes made up with a disadvantage that is known: a criterion, an evaluator, a gate, or none."""

import random
from collections.abc import Sequence
from statistics import median
from typing import Literal

from evaluator.equality import assess
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.equality import EqualityImpact, GroupLine
from evaluator.records.submissions.evaluation import Bid, Decision, Evaluation, ThemeBids
from evaluator.records.submissions.received import Block, Table
from evaluator.scoring import score
from tests.unit.equality.small_programmes import REGISTER, allocation, criteria, monitoring

Bias = Literal["none", "criterion", "evaluator", "gate"]
QUESTIONS = ("Q1", "Q2", "Q3", "Q4", "Q5")
EVALUATORS = ("E1", "E2", "E3")
THEMES = (("T", 0.5), ("U", 0.3), ("V", 0.2))  # the part of its bids that each funds
MARKS = tuple("012345")


def programme_criteria(threshold: int) -> Criteria:
    made = criteria(threshold, themes="TUV").model_dump(by_alias=True)
    made["scale"]["mark"] = tuple({"mark": m, "label": m, "descriptor": m} for m in MARKS)
    made["gate"] = (
        {"id": "finance", "title": "Turnover", "question": "?", "predicate": "P", "on_failure": "F", "source": "S"},
    )
    questions = tuple(
        {"id": q, "title": f"Question {q}", "text": "?", "good_answer": "G", "relative_weight": "1", "source": "S"}
        for q in QUESTIONS
    )
    made["common"] = questions
    for theme in made["themes"]:
        theme["weights"] = dict.fromkeys(QUESTIONS, "20")
    return Criteria.model_validate(made)


class Simulated:
    """``bids`` bids, a part of them of a group (Yes) that is more or less frequent by theme."""

    def __init__(self, seed: int, bids: int, bias: Bias, threshold: int = 10, shares: Sequence[float] = (0.35,) * 3):
        self.dice = random.Random(seed)
        self.bias = bias
        self.criteria = programme_criteria(threshold)
        self.rows: list[tuple[str, ...]] = []  # evaluators' marks
        self.replies: list[tuple[str, ...]] = []
        themes, self.awards = [], {}
        for at, (theme, _) in enumerate(THEMES):
            names = [f"{theme}{n:03d}" for n in range(bids // len(THEMES))]
            groups = {name: self.dice.random() < shares[at] for name in names}
            self.replies += [(f"O-{name}", "Yes" if groups[name] else "No") for name in names]
            themes.append(self._theme(theme, names, groups))
        keys = ("bid", "question", "evaluator", "mark")
        block = Block("marks.csv", "", range(2, 2 + len(self.rows)), dict(zip(keys, "ABCD", strict=True)))
        marks = Table({key: [row[at] for row in self.rows] for at, key in enumerate(keys)}, (block,))
        self.evaluation = Evaluation(tuple(themes), (), (), marks, None)
        self.scores = score(self.criteria, self.evaluation)
        self._award()

    def _theme(self, theme: str, names: list[str], groups: dict[str, bool]) -> ThemeBids:
        bids = tuple(
            Bid(name, theme, f"O-{name}", REGISTER, price=self.dice.randint(20, 60) * 1000_00) for name in names
        )
        shut = {name for name in names if self.dice.random() < self._shut_out(groups[name])}
        decided = {
            name: Decision(name, "failed_gate", "finance", "disregard", "No.", "Rule", "A Person", "", "", REGISTER)
            for name in shut
        }
        marks = bytes(mark for name in names for mark in self._answers(name, groups[name]))
        return ThemeBids(theme, bids, QUESTIONS, marks, decided)

    def _shut_out(self, of_group: bool) -> float:
        return 0.45 if self.bias == "gate" and of_group else 0.06

    def _answers(self, name: str, of_group: bool) -> list[int]:
        able = self.dice.gauss(3, 0.7)
        return [self._agreed(name, question, able, of_group) for question in QUESTIONS]

    def _agreed(self, name: str, question: str, able: float, of_group: bool) -> int:
        """Three evaluators mark around an ability; the middle mark is agreed."""
        true = (
            able + self.dice.gauss(0, 0.5) - (1.3 if self.bias == "criterion" and of_group and question == "Q3" else 0)
        )
        given = []
        for who in EVALUATORS:
            unfair = 1.2 if self.bias == "evaluator" and who == "E2" and of_group else 0
            mark = min(5, max(0, round(true + self.dice.gauss(0, 0.4) - unfair)))
            self.rows.append((name, question, who, str(mark)))
            given.append(mark)
        return int(median(given))

    def _award(self) -> None:
        """Fund the best part of each theme's ranked bids, equals in the order of a draw."""
        parts = dict(THEMES)
        for theme, scored in zip(self.evaluation.themes, self.scores.themes, strict=True):
            ranked = [b for b, rank in zip(theme.bids, scored.ranks, strict=True) if rank]
            order = {b.id: (scored.ranks[scored.bids.index(b.id)], self.dice.random()) for b in ranked}
            best = sorted(ranked, key=lambda b: order[b.id])[: round(parts[theme.theme] * len(theme.bids))]
            self.awards |= {b.id: b.price or 0 for b in best}

    def assess(self, edition: Literal["public", "panel"] = "public") -> EqualityImpact:
        won = allocation(self.awards)
        return assess(self.criteria, self.evaluation, self.scores, won, monitoring(self.replies), edition=edition)

    def group(self, edition: Literal["public", "panel"] = "public") -> GroupLine:
        return self.assess(edition).characteristics[0].lines[0]
