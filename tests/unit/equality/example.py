"""Makes small programmes for the tests of equality: what each bid came to, and what its organisation replied."""

from collections.abc import Mapping, Sequence

from evaluator.records.allocation import Allocation, Award, Proof
from evaluator.records.criteria import Criteria
from evaluator.records.evaluation import Bid, Decision, Evaluation, ThemeBids
from evaluator.records.received import Block, Table
from evaluator.records.scores import Numbers, ScoreTable, ThemeScores
from evaluator.records.source import Source

REGISTER = Source("register.csv")
FAILED, BELOW, NOT_RECOMMENDED, RECOMMENDED = range(4)


def criteria(threshold: int = 10, values: Sequence[str] = ("Yes", "No"), more: Sequence[str] = ()) -> Criteria:
    axis = {"about": "led_by", "values": tuple(values), "source": "Appendix E"}
    ids = ("women_led", *more)
    return Criteria.model_validate(
        {
            "schema": 1,
            "reference": "CC-1",
            "title": "Community Commissioning",
            "authority": "A Council",
            "regime": "pa2023",
            "version": "1",
            "source": "Appendix",
            "scale": {
                "source": "Appendix",
                "mark": tuple({"mark": m, "label": m, "descriptor": m} for m in ("0", "5")),
            },
            "rounding": {"places": 2, "mode": "half_up", "point": "total", "source": "Appendix"},
            "moderation": {"method": "one_evaluator", "source": "Appendix"},
            "tie_break": {"order": (), "source": "Appendix"},
            "equality": {
                "threshold": threshold,
                "source": "Appendix E",
                "characteristic": tuple({"id": i, "title": i.replace("_", " ").capitalize(), **axis} for i in ids),
            },
            "themes": ({"id": "T", "title": "A theme", "source": "Appendix", "weights": {"Q": "100"}},),
        }
    )


def bid(name: str, organisation: str, price: int | None = 100_00, **facts: object) -> Bid:
    return Bid(name, "T", organisation, REGISTER, price=price, **facts)  # type: ignore[arg-type]


def evaluation(bids: Sequence[Bid], disregarded: Sequence[str] = ()) -> Evaluation:
    decided = {
        name: Decision(name, "failed_gate", "G1", "disregard", "No.", "Rule 1", "A Person", "", "", REGISTER)
        for name in disregarded
    }
    ordered = tuple(sorted(bids, key=lambda b: b.id))
    theme = ThemeBids("T", ordered, ("Q",), bytes(len(ordered)), decided)
    return Evaluation((theme,), (), (), Table({}, ()), None)


def scores(outcomes: Mapping[str, int]) -> ScoreTable:
    status = {FAILED: "disregarded", BELOW: "below_minimum"}
    names = tuple(sorted(outcomes))
    none = Numbers([0] * len(names), [1] * len(names))
    theme = ThemeScores(
        "T",
        names,
        tuple(status.get(outcomes[name], "ranked") for name in names),  # type: ignore[misc]
        ("",) * len(names),
        none,
        None,
        None,
        none,
        (0,) * len(names),
        (),
    )
    return ScoreTable((theme,), ())


def allocation(awards: Mapping[str, int]) -> Allocation:
    given = tuple(Award(name, "T", "100%", pence, (pence,)) for name, pence in sorted(awards.items()))
    return Allocation("proven", 1, (), 0, 0, sum(awards.values()), given, (), (), True, (), (), Proof("", "", ""))


def monitoring(replies: Sequence[tuple[str, ...]], columns: Sequence[str] = ("women_led",)) -> Table:
    """A table with rows of organisation and its replies, from row 2 of a workbook's sheet."""
    keys = ("organisation", *columns)
    letters = dict(zip(keys, "ABCDEFG", strict=False))
    block = Block("equality/monitoring.xlsx", "Monitoring", range(2, 2 + len(replies)), letters)
    return Table({key: [row[at] for row in replies] for at, key in enumerate(keys)}, (block,))


class Programme:
    """Bids of one organisation each, by reply and outcome: ``{"Yes": (0, 0, 10, 10)}``."""

    def __init__(self, table: Mapping[str, Sequence[int]], price: int = 100_00, threshold: int = 10) -> None:
        self.criteria = criteria(threshold, tuple(table))
        self.outcomes: dict[str, int] = {}
        self.replies: list[tuple[str, ...]] = []
        self.bids: list[Bid] = []
        for reply, counts in table.items():
            for outcome, number in enumerate(counts):
                for _ in range(number):
                    self._add(reply, outcome, price)

    def _add(self, reply: str, outcome: int, price: int) -> None:
        name = f"{len(self.bids) + 1:03d}"
        self.bids.append(bid(f"B{name}", f"ORG-{name}", price))
        self.outcomes[f"B{name}"] = outcome
        self.replies.append((f"ORG-{name}", reply))

    @property
    def evaluation(self) -> Evaluation:
        return evaluation(self.bids, [name for name, outcome in self.outcomes.items() if outcome == FAILED])

    @property
    def scores(self) -> ScoreTable:
        return scores(self.outcomes)

    @property
    def allocation(self) -> Allocation:
        prices = {b.id: b.price or 0 for b in self.bids}
        return allocation({name: prices[name] for name, outcome in self.outcomes.items() if outcome == RECOMMENDED})

    @property
    def monitoring(self) -> Table:
        return monitoring(self.replies)
