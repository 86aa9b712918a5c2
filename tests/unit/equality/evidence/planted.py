"""Programmes made up with a disparity that is known: who bids, a gate, a question, an evaluator, the money, or none.

Some 90 organisations make 130 bids in three themes. Eight questions are asked; the first is planted, the others are
replies by chance. ``strength`` is 0 for no disparity and 1 for the whole of it.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median
from typing import Literal

from evaluator.equality.evidence import evidence_of
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.coverage import Baseline
from evaluator.records.results.equality import ExternalData
from evaluator.records.results.equality_evidence import EqualityEvidence, Gap
from evaluator.records.submissions.evaluation import Bid, Decision, Evaluation, ThemeBids
from evaluator.records.submissions.received import Block, Table
from evaluator.scoring import score
from tests.unit.equality.small_programmes import REGISTER, allocation, criteria

Kind = Literal["none", "bid", "gate", "question", "evaluator", "price", "allocation"]
TITLES = {
    "led_by_sex": "Led by women",
    "led_by_disabled": "Led by disabled people",
    "led_by_ethnicity": "Ethnic group of most of the governing body",
    "led_by_age": "Age of most of the governing body",
    "led_by_religion": "Religion of most of the governing body",
    "led_by_lgb": "Sexual orientation of most of the governing body",
    "maternity": "Exists for people who are pregnant",
    "led_by_trans": "Gender reassignment: led by trans people",
}
QUESTIONS = ("Q1", "Q2", "Q3", "Q4", "Q5")
EVALUATORS = ("E1", "E2", "E3", "E4")
PARTS = {"T": 0.5, "U": 0.4, "V": 0.3}  # of each theme's bids are funded
PLANTED = "Yes"
OTHERS = ("A", "B", "C", "D")


def planted_criteria() -> Criteria:
    made = criteria(10, themes="".join(PARTS)).model_dump(by_alias=True)
    made["scale"]["mark"] = tuple({"mark": m, "label": m, "descriptor": m} for m in "012345")
    made["gate"] = tuple(
        {"id": name, "title": title, "question": "?", "predicate": "P", "on_failure": "F", "source": "S"}
        for name, title in (("turnover", "Turnover"), ("insurance", "Insurance"))
    )
    made["common"] = tuple(
        {"id": q, "title": f"Question {q}", "text": "?", "good_answer": "G", "relative_weight": "1", "source": "S"}
        for q in QUESTIONS
    )
    made["price"] = {"method": "lowest_price_ratio", "basis": "whole_life", "source": "S"}
    axis = {"about": "led_by", "source": "S"}
    made["equality"]["characteristic"] = tuple(
        {"id": name, "title": title, "values": (PLANTED, "No") if name == "led_by_sex" else OTHERS, **axis}
        for name, title in TITLES.items()
    )
    for theme in made["themes"]:
        theme["weights"] = {**dict.fromkeys(QUESTIONS, "14"), "price": "30"}
        theme["minimum_quality"] = "40%"
    return Criteria.model_validate(made)


CRITERIA = planted_criteria()


@dataclass
class Planted:
    """One programme: ``group`` of its ``organisations`` are planted with a disparity of a kind."""

    seed: int
    kind: Kind
    strength: float = 1.0
    group: int = 30
    organisations: int = 90
    evaluators: Sequence[str] = EVALUATORS
    a_bid: int = 3  # evaluators who mark each answer
    marks: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        names = [f"O{number:03d}" for number in range(self.organisations)]
        self.planted = set(self.dice.sample(names, self.group))
        self.replies = {name: self._reply(name) for name in names}
        bids = [bid for name in names for bid in self._bids(name)]
        themes: list[ThemeBids] = []
        self.awards: dict[str, int] = {}
        for theme in PARTS:
            here = tuple(sorted((bid for bid in bids if bid.theme == theme), key=lambda bid: bid.id))
            themes.append(self._theme(theme, here))
        keys = ("bid", "question", "evaluator", "mark")
        block = Block("marks.csv", "", range(2, 2 + len(self.marks)), dict(zip(keys, "ABCD", strict=True)))
        table = Table({key: [row[at] for row in self.marks] for at, key in enumerate(keys)}, (block,))
        self.evaluation = Evaluation(tuple(themes), (), (), table, None)
        self.scores = score(CRITERIA, self.evaluation)
        for theme_bids, scored in zip(self.evaluation.themes, self.scores.themes, strict=True):
            ranked = [at for at, rank in enumerate(scored.ranks) if rank]
            order = sorted(ranked, key=lambda at: (self._passed_over(theme_bids.bids[at]), scored.ranks[at]))
            most = round(PARTS[theme_bids.theme] * len(theme_bids.bids))
            self.awards |= {theme_bids.bids[at].id: theme_bids.bids[at].price or 0 for at in order[:most]}

    def _reply(self, name: str) -> tuple[str, ...]:
        others = [self.dice.choice(OTHERS) for _ in range(len(TITLES) - 1)]
        return (PLANTED if name in self.planted else "No", *others)

    def _bids(self, name: str) -> list[Bid]:
        number = self.dice.choices((1, 2, 3), (62, 20, 8))[0]
        themes = self.dice.sample(tuple(PARTS), number)
        if self.kind == "bid" and name in self.planted and self.dice.random() < self.strength:
            themes = []
        dear = 1 + (0.8 * self.strength if self.kind == "price" and name in self.planted else 0)
        self.able = {**getattr(self, "able", {}), name: self.dice.gauss(3, 0.6)}
        return [
            Bid(f"{theme}-{name}", theme, name, REGISTER, price=round(self.dice.randint(30, 60) * dear) * 1000_00)
            for theme in themes
        ]

    def _theme(self, theme: str, bids: tuple[Bid, ...]) -> ThemeBids:
        shut: dict[str, Decision] = {}
        for bid in bids:
            gate = self._gate(bid)
            if gate:
                told = (bid.id, "failed_gate", gate, "disregard", "No.", "Rule", "A Person", "", "")
                shut[bid.id] = Decision(*told, REGISTER)
        marks = bytes(self._agreed(bid, question) for bid in bids for question in QUESTIONS)
        return ThemeBids(theme, bids, QUESTIONS, marks, shut)

    def _gate(self, bid: Bid) -> str:
        worse = self.strength if self.kind == "gate" and bid.organisation in self.planted else 0
        if self.dice.random() < 0.04 + 0.96 * worse:
            return "turnover"
        return "insurance" if self.dice.random() < 0.04 else ""

    def _agreed(self, bid: Bid, question: str) -> int:
        ours = bid.organisation in self.planted
        true = self.able[bid.organisation] + self.dice.gauss(0, 0.5)
        true -= 4 * self.strength if self.kind == "question" and ours and question == "Q3" else 0
        given = []
        for who in sorted(self.dice.sample(tuple(self.evaluators), self.a_bid)):
            unfair = 3 * self.strength if self.kind == "evaluator" and ours and who == "E2" else 0
            mark = min(5, max(0, round(true + self.dice.gauss(0, 0.4) - unfair)))
            self.marks.append((bid.id, question, who, str(mark)))
            given.append(mark)
        low = self.kind == "evaluator" and ours  # the panel gives way to the lowest mark
        return min(given) if low else int(median(given))

    def _passed_over(self, bid: Bid) -> bool:
        return self.kind == "allocation" and bid.organisation in self.planted and self.dice.random() < self.strength

    @property
    def monitoring(self) -> Table:
        columns = {key: [row[at] for row in self.replies.values()] for at, key in enumerate(TITLES)}
        keys = dict.fromkeys(("organisation", *TITLES), "A")
        block = Block("monitoring.csv", "", range(2, 2 + len(self.replies)), keys)
        return Table({"organisation": list(self.replies), **columns}, (block,))

    def evidence(self) -> EqualityEvidence:
        shares = ((PLANTED, Fraction(self.group, self.organisations)),)
        known = Baseline("providers", "led_by_sex", "Local providers", "The council", "2026-01-01", shares)
        external = ExternalData((known,))
        won = allocation(self.awards)
        return evidence_of(CRITERIA, self.evaluation, self.scores, won, self.monitoring, external)

    @property
    def award_gap(self) -> Gap:
        return next(
            one
            for one in self.evidence().gaps
            if (one.characteristic, one.group) == ("led_by_sex", PLANTED) and one.stage != "bid"
        )
