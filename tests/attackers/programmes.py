"""Random programmes with several questions, ladders and editions: after one changed mark, a withdrawn bid, and more."""

import json
import random
from functools import cached_property

from evaluator.equality import assess
from evaluator.equality.context.earlier import read_earlier
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.equality import EqualityImpact, ExternalData
from evaluator.records.submissions.evaluation import Bid
from evaluator.reporting.equality import equality_document
from tests.unit.equality.small_programmes import (
    NOT_RECOMMENDED,
    RECOMMENDED,
    allocation,
    bid,
    criteria,
    evaluation,
    monitoring,
    scores,
)

SILENT = "No reply"


class Programme:
    """30 to 90 organisations with one to three bids in two themes, 3 to 8 questions, two to four editions."""

    def __init__(self, seed: int, questions: int | None = None) -> None:
        dice = random.Random(f"betray {seed}")
        self.seed, self.dice = seed, dice
        self.values = {
            f"q{at}": tuple(f"q{at}{letter}" for letter in "ABCDEFGH"[: dice.choice((2, 2, 3, 4, 6, 8))])
            for at in range(questions or dice.randint(3, 8))
        }
        self.ladders = {id: self._ladder(values) for id, values in self.values.items()}
        self.names = [f"O{at:02d}" for at in range(dice.randint(30, 90))]
        self.bids = [bid(f"{t}{name}", name, theme=t) for name in self.names for t in dice.choice(("A", "B", "AB"))]
        self.replies = {name: self._replies() for name in self.names}
        self.criteria = self._criteria()
        self.editions = self._editions()

    def _ladder(self, values: tuple[str, ...]) -> list[dict[str, object]]:
        """Make nested groupings: each merges the one above, down to two groups."""
        now, found = [[value] for value in values], []
        while len(now) > 2 and self.dice.random() < 0.8:
            most = max(2, len(now) // 2)
            now = [[value for group in now[at::most] for value in group] for at in range(most)]
            found.append({"name": f"{most} groups", "groups": {" or ".join(one): one for one in now}})
        return found

    def _replies(self) -> tuple[str, ...]:
        self._taste = getattr(self, "_taste", None) or {
            id: [self.dice.choice((1, 3, 9, 27)) for _ in values] for id, values in self.values.items()
        }
        silent = 0.1 * (self.seed % 3)
        return tuple(
            SILENT if self.dice.random() < silent else self.dice.choices(values, self._taste[id])[0]
            for id, values in self.values.items()
        )

    def _criteria(self) -> Criteria:
        made = criteria(10, themes="AB").model_dump(by_alias=True)
        axis = {"about": "led_by", "source": "Appendix E"}
        made["equality"]["characteristic"] = tuple(
            {"id": id, "title": f"Led by {id}", "values": values, "ladder": tuple(self.ladders[id]), **axis}
            for id, values in self.values.items()
        )
        made["equality"] |= {"few": self.dice.choice((3, 3, 4)), "bands": (1, 5, 10), "margin": 1, "primary": ("q0",)}
        return Criteria.model_validate(made)

    def _editions(self) -> list[tuple[tuple[Bid, ...], frozenset[str]]]:
        """Give the bids and the awarded ones of each edition."""
        dice, bids = self.dice, tuple(self.bids)
        rate = {value: dice.choice((0.05, 0.4, 0.5, 0.9)) for value in (*self.values["q0"], SILENT)}
        won = frozenset(one.id for one in bids if dice.random() < rate[self.replies[one.organisation][0]])
        found = [(bids, won)]
        for at in range(dice.randint(1, 3)):
            kind = "mark" if at == 0 else dice.choice(("mark", "withdrawn", "many", "many"))
            bids, won = self._after(kind, bids, won)
            found.append((bids, won))
        return found

    def _after(self, kind: str, bids: tuple[Bid, ...], won: frozenset[str]) -> tuple[tuple[Bid, ...], frozenset[str]]:
        dice = self.dice
        if kind == "withdrawn":
            gone = dice.choice(bids)
            return tuple(one for one in bids if one is not gone), won - {gone.id}
        most = dice.choice((1, 2)) if kind == "mark" else dice.randint(3, 9)
        out = dice.sample(sorted(won), min(most, len(won)))
        lost = sorted(one.id for one in bids if one.id not in won)
        return bids, (won - set(out)) | set(dice.sample(lost, min(most, len(lost))))

    def funded(self, at: int) -> dict[str, bool]:
        """Say of each organisation that bids in an edition whether it has an award."""
        bids, won = self.editions[at]
        found: dict[str, bool] = {}
        for one in bids:
            found[one.organisation] = found.get(one.organisation, False) or one.id in won
        return found

    @cached_property
    def impacts(self) -> list[EqualityImpact]:
        return self.impacts_of(self.replies)

    def impacts_of(self, replies: dict[str, tuple[str, ...]]) -> list[EqualityImpact]:
        """Give every edition, each made with those before it."""
        found: list[EqualityImpact] = []
        before: list[tuple[str, dict[str, object]]] = []
        table = monitoring([(name, *said) for name, said in replies.items()], tuple(self.values))
        for at, (bids, won) in enumerate(self.editions):
            outcomes = {one.id: RECOMMENDED if one.id in won else NOT_RECOMMENDED for one in bids}
            earlier, notes = read_earlier(before)
            assert notes == ()
            awards = allocation(dict.fromkeys(won, 100_00))
            told = (evaluation(bids), scores(outcomes, bids), awards, table, ExternalData(earlier=earlier))
            found.append(assess(self.criteria, *told))
            before.append((f"{at}.json", self._written(at, found[-1])))
        return found

    def _written(self, at: int, impact: EqualityImpact) -> dict[str, object]:
        bids, won = self.editions[at]
        listed = [{"bid": one.id, "organisation": one.organisation} for one in bids]
        written = {
            "date": f"2026-11-{at + 1:02d}",
            "criteria": {"reference": "CC-1", "version": "1"},
            "allocation": {"awards": [{"bid": one} for one in sorted(won)]},
            "themes": [{"bids": listed}],
            "equality": equality_document(impact),
        }
        return json.loads(json.dumps(written))  # type: ignore[no-any-return]
