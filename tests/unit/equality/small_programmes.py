"""Makes small programmes for the tests of equality: what each bid came to, and what its organisation replied."""

from collections.abc import Iterable, Mapping, Sequence

from evaluator.records.findings.finding import Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.allocation import Allocation, Award, Proof, Refusal
from evaluator.records.results.scores import Numbers, ScoreTable, ThemeScores
from evaluator.records.submissions.evaluation import Bid, Decision, Evaluation, ThemeBids
from evaluator.records.submissions.received import Block, Table

REGISTER = Source("register.csv")
FAILED, BELOW, UNDER_THE_SCORE, NOT_RECOMMENDED, RECOMMENDED = range(5)
FOUR = (FAILED, BELOW, NOT_RECOMMENDED, RECOMMENDED)


def criteria(
    threshold: int = 10, values: Sequence[str] = ("Yes", "No"), more: Sequence[str] = (), themes: str = "T"
) -> Criteria:
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
            "themes": tuple(
                {"id": name, "title": f"Theme {name}", "source": "Appendix", "weights": {"Q": "100"}} for name in themes
            ),
        }
    )


def bid(name: str, organisation: str, price: int | None = 100_00, theme: str = "T", **facts: object) -> Bid:
    return Bid(name, theme, organisation, REGISTER, price=price, **facts)  # type: ignore[arg-type]


def _by_theme(bids: Iterable[Bid]) -> list[tuple[str, tuple[Bid, ...]]]:
    """Themes by id, each with its bids by id; one theme without bids where there are none."""
    ordered = sorted(bids, key=lambda b: b.id)
    names = sorted({b.theme for b in ordered}) or ["T"]
    return [(name, tuple(b for b in ordered if b.theme == name)) for name in names]


def evaluation(bids: Sequence[Bid], disregarded: Sequence[str] = ()) -> Evaluation:
    decided = {
        name: Decision(name, "failed_gate", "G1", "disregard", "No.", "Rule 1", "A Person", "", "", REGISTER)
        for name in disregarded
    }
    themes = tuple(
        ThemeBids(name, some, ("Q",), bytes(len(some)), {b.id: decided[b.id] for b in some if b.id in decided})
        for name, some in _by_theme(bids)
    )
    return Evaluation(themes, (), (), Table({}, ()), None)


def scores(outcomes: Mapping[str, int], bids: Sequence[Bid] = ()) -> ScoreTable:
    """All in one theme, or in the themes of the bids where they are given."""
    themes = [(name, [b.id for b in some]) for name, some in _by_theme(bids)] if bids else [("T", sorted(outcomes))]
    return ScoreTable(tuple(_theme_scores(name, some, outcomes) for name, some in themes), ())


def _theme_scores(name: str, bids: Sequence[str], outcomes: Mapping[str, int]) -> ThemeScores:
    status = {FAILED: "disregarded", BELOW: "below_minimum"}
    none = Numbers([0] * len(bids), [1] * len(bids))
    return ThemeScores(
        name,
        tuple(bids),
        tuple(status.get(outcomes[one], "ranked") for one in bids),  # type: ignore[misc]
        ("",) * len(bids),
        none,
        None,
        None,
        none,
        (0,) * len(bids),
        (),
    )


def allocation(awards: Mapping[str, int], under: Sequence[str] = ()) -> Allocation:
    given = tuple(Award(name, "T", "100%", pence, (pence,)) for name, pence in sorted(awards.items()))
    refused = tuple(Refusal(name, "T", "below_minimum_score", "") for name in sorted(under))
    return Allocation("proven", 1, (), 0, 0, sum(awards.values()), given, refused, (), True, (), (), Proof("", "", ""))


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
            for outcome, number in zip(FOUR if len(counts) == 4 else range(5), counts, strict=True):
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
