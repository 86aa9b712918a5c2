"""Nothing that is withheld can be worked out, and nothing that is shown depends on accidents."""

import itertools
import json
import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.equality import assess
from evaluator.equality.statistics.chance import chance_of, false_discovery
from evaluator.equality.statistics.stratified import cmh_exact, cmh_mid_p
from evaluator.records.results.coverage import Baseline
from evaluator.records.results.equality import EqualityImpact, ExternalData, Wording
from evaluator.records.submissions.received import Table
from evaluator.reporting.equality import equality_document
from tests.properties.attacker import STAGES, Attacker, Cell
from tests.properties.money_attacker import Known, MoneyAttacker
from tests.unit.equality.small_programmes import (
    FAILED,
    RECOMMENDED,
    UNDER_THE_SCORE,
    allocation,
    bid,
    criteria,
    evaluation,
    monitoring,
    scores,
)

REPLIES = ("Yes", "No", "Mixed", "Other", "Prefer not to say", "No reply", "Not asked")
RESIDENTS = Baseline(
    "population", "women_led", "Residents", "Made up", "2021-03-21", (("Yes", Fraction(51, 100)),), True
)


class RandomProgramme:
    """A programme of any size and shape: some organisations have several bids, some replies are rare."""

    def __init__(self, seed: int, threshold: int) -> None:
        dice = random.Random(seed)
        bids = [f"B{n:03d}" for n in range(dice.choice((0, 5, 12, 25, 40, 80, 130, 200, 400)))]
        organisations = [f"O{n:03d}" for n in range(max(1, dice.randint(len(bids) // 2, len(bids) or 1)))]
        taste = [dice.choice((0, 1, 1, 4, 12)) for _ in REPLIES]
        fates = dice.choice(
            (
                (1, 1, 1, 1, 1),
                (1, 2, 0, 60, 30),
                (0, 0, 0, 3, 1),
                (20, 20, 1, 20, 40),
                (1, 0, 0, 0, 60),
                (9, 9, 9, 9, 9),
            )
        )
        themes = dice.choice(("T", "TU", "TUVWX"))
        self.criteria = criteria(threshold, REPLIES, themes=themes)
        self.bids = [
            bid(name, dice.choice(organisations), dice.randint(1, 50) * 1000_00, dice.choice(themes)) for name in bids
        ]
        weights = taste if any(taste) else None
        self.replies = [(name, dice.choices(REPLIES, weights)[0]) for name in organisations if dice.random() < 0.95]
        self.outcomes = {name: dice.choices(range(STAGES), fates)[0] for name in bids}
        prices = {b.id: b.price or 0 for b in self.bids}
        self.awards = {name: prices[name] for name in bids if self.outcomes[name] == RECOMMENDED}

    def assess(self, replies: Table | None = None) -> EqualityImpact:
        having = {at: [name for name, outcome in self.outcomes.items() if outcome == at] for at in range(STAGES)}
        return assess(
            self.criteria,
            evaluation(self.bids, having[FAILED]),
            scores(self.outcomes, self.bids),
            allocation(self.awards, having[UNDER_THE_SCORE]),
            replies or monitoring(self.replies),
            ExternalData(baselines=(RESIDENTS,)),
        )

    def truth(self) -> Counter[Cell]:
        """Bids by reply, outcome and theme, counted without the engine."""
        said = dict(self.replies)
        return Counter((said.get(b.organisation, "Not known"), self.outcomes[b.id], b.theme) for b in self.bids)


class Attacked:
    """A random programme's published document under attack, by one who may know whose reply is not known."""

    def __init__(self, seed: int, knowing: bool) -> None:
        self.threshold = (5, 10)[seed % 2]
        programme = RandomProgramme(seed, self.threshold)
        document = json.loads(json.dumps(equality_document(programme.assess())))
        self.truth = programme.truth()
        public: Counter[tuple[int, str]] = Counter((programme.outcomes[b.id], b.theme) for b in programme.bids)
        lines = document["characteristics"][0]["lines"]
        themes = sorted({theme for _, theme in public}) or [""]
        public = public or Counter({(0, ""): 0})
        cells = [("Not known", outcome, theme) for outcome in range(STAGES) for theme in themes]
        self.attacker = Attacker(public, lines, {cell: self.truth[cell] for cell in cells} if knowing else None)
        self.lines = [line for line in lines if not (knowing and line["group"] == "Not known")]
        hidden = Counter({(o, t): self.truth[g, o, t] for g, o, t in cells}) if knowing else Counter()
        self.room = {cell: number - hidden[cell] for cell, number in public.items()}

    def says_nothing(self) -> bool:
        """Whether nobody bid or nobody's reply is known, which tells nothing of any organisation and is shown."""
        return {group for group, _, _ in self.truth} in (set(), {"Not asked"}, {"Not known"})

    def found(self) -> Iterator[tuple[str, int, float, float]]:
        """Give each small count that the attacker bounds more tightly than the threshold and the public totals do."""
        for line in self.lines:
            group = line["group"]
            if line["stages"][0]["bids"] == 0:
                assert not any(number for (name, _, _), number in self.truth.items() if name == group)
                continue
            for stage in range(STAGES):
                yield from self._tight(group, stage, self.attacker.reaching(group, stage))
                yield from self._tight(group, stage, self.attacker.ending(group, stage))
            for theme in self.attacker.themes:
                for stage in (0, STAGES - 1):
                    yield from self._tight(group, stage, self.attacker.of_theme(group, stage, theme))

    def _tight(self, group: str, stage: int, cells: list[Cell]) -> Iterator[tuple[str, int, float, float]]:
        if sum(self.truth[cell] for cell in cells) < self.threshold:
            room = sum(self.room.get((outcome, theme), 0) for _, outcome, theme in cells)
            least, most = self.attacker.bounds(cells)
            if most - least < min(self.threshold, room) - 1e-6:
                yield group, stage, least, most


@pytest.mark.parametrize("knowing", [False, True])
@pytest.mark.parametrize("block", range(4))
def test_no_small_count_can_be_bounded_more_tightly_than_the_threshold(block: int, knowing: bool) -> None:
    attack(range(block * 5, block * 5 + 5), knowing)


@pytest.mark.slow
@pytest.mark.parametrize("knowing", [False, True])
@pytest.mark.parametrize("block", range(20))
def test_no_small_count_of_four_hundred_programmes_can_be_bounded(block: int, knowing: bool) -> None:
    attack(range(100 + block * 20, 120 + block * 20), knowing)


@pytest.mark.parametrize("seed", [pytest.param(n, marks=[pytest.mark.slow] * (n > 1)) for n in range(20)])
def test_rounded_money_bounds_no_small_count_either(seed: int) -> None:
    threshold = (5, 10)[seed % 2]
    # The first of a row of programmes that has several replies to attack and is small enough for the time of a test.
    programme = next(
        one
        for one in (RandomProgramme(700 + seed + 200 * turn, threshold) for turn in itertools.count())
        if len(one.bids) <= 130 and len({group for group, _, _ in one.truth()}) > 1
    )
    document = equality_document(programme.assess())
    lines = document["characteristics"][0]["lines"]
    known = [
        Known(programme.outcomes[b.id], b.theme, b.price or 0, programme.awards.get(b.id, 0)) for b in programme.bids
    ]
    unit = round(float(document["money_rounded_to"]) * 100)
    attacker, truth = MoneyAttacker(known, lines, unit), programme.truth()
    themes = sorted({bid.theme for bid in known})
    for line in lines:
        for theme, stage in itertools.product((None, *themes), (0, STAGES - 1)):
            if line["stages"][0]["bids"] == 0:
                continue

            def counts(bid: Known, theme: str | None = theme, stage: int = stage) -> bool:
                return bid.outcome >= stage and theme in (None, bid.theme)

            own = sum(n for (g, o, t), n in truth.items() if g == line["group"] and o >= stage and theme in (None, t))
            if own < threshold:
                least, most = attacker.bounds(line["group"], counts)
                room = sum(map(counts, known))
                assert most - least >= min(threshold, room) - 1e-6, (line["group"], theme, stage, own, least, most)


def attack(seeds: range, knowing: bool) -> None:
    shown = 0
    for seed in seeds:
        attacked = Attacked(seed, knowing)
        if not attacked.says_nothing():
            assert (seed, list(attacked.found())) == (seed, [])
            shown += sum(bool(stage["bids"]) for line in attacked.lines for stage in line["stages"])
    assert shown  # the attack is on tables that show something


def says_nothing(programme: RandomProgramme) -> bool:
    """Whether nobody's reply is known, which tells nothing of any organisation and is shown."""
    return {group for group, _, _ in programme.truth()} in (set(), {"Not asked"}, {"Not known"})


@pytest.mark.parametrize("seed", range(20))
def test_what_is_derived_appears_only_where_all_that_it_rests_on_is_shown(seed: int) -> None:
    programme = RandomProgramme(seed, 10)
    one_each = len({bid.organisation for bid in programme.bids}) == len(programme.bids)
    for line in programme.assess().characteristics[0].lines:
        first, last = line.figures[0], line.figures[-1]
        if None in (first.bids, last.bids):
            assert (line.rate, line.ratio, line.shortfall, line.money_shortfall) == (None,) * 4
            assert line.below_four_fifths is None
            assert (line.steps, line.against, line.interval, line.score, line.drivers) == ((), (), None, None, ())
            assert line.wording in (None, Wording.NOT_SHOWN)
        for figures in line.figures:
            assert figures.money is None or figures.bids is not None
        if line.organisations is not None:  # beside bids, only where each organisation made one
            assert first.bids is not None
            assert one_each or not first.bids or says_nothing(programme)


@pytest.mark.parametrize("seed", range(20))
def test_every_number_shown_is_about_enough_organisations_and_so_is_the_rest(seed: int) -> None:
    programme = RandomProgramme(seed, 10)
    said = dict(programme.replies)
    for line in programme.assess().characteristics[0].lines:
        if line.figures[0].bids and line.figures[-1].bids:
            won = {
                b.organisation: programme.outcomes[b.id] == RECOMMENDED
                for b in programme.bids
                if said.get(b.organisation, "Not known") == line.group
            }
            assert len(won) >= 10
            assert line.figures[-1].bids >= 10


@pytest.mark.parametrize("seed", range(15))
def test_at_threshold_one_every_count_is_the_true_count(seed: int) -> None:
    programme = RandomProgramme(seed, 1)
    truth = programme.truth()
    for line in programme.assess().characteristics[0].lines:
        by_outcome = [sum(n for (g, o, _), n in truth.items() if (g, o) == (line.group, at)) for at in range(STAGES)]
        assert [f.bids for f in line.figures] == [sum(by_outcome[stage:]) for stage in range(STAGES)]
        for one in line.themes:
            own = {o: truth[line.group, o, one.theme] for o in range(STAGES)}
            assert (one.bids, one.awards) == (sum(own.values()), own[RECOMMENDED])


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    programme = RandomProgramme(seed, 10)
    turned = monitoring(programme.replies[::-1])
    once = programme.assess()
    programme.bids.reverse()
    assert programme.assess(turned) == once


@given(st.integers(1, 40), st.integers(0, 40), st.data())
@settings(max_examples=150, deadline=None)
def test_the_chances_of_all_results_add_up_to_one_and_p_is_a_probability(
    group: int, others: int, data: st.DataObject
) -> None:
    awards = data.draw(st.integers(0, group + others))
    won = data.draw(st.integers(max(0, awards - others), min(group, awards)))
    table = [[won, group - won], [awards - won, others - awards + won]]
    chance = chance_of(table)
    assert sum(chance.ways()) == chance.all_ways
    assert 0 < cmh_mid_p([table]) <= cmh_exact([table]) <= 1


@given(st.lists(st.fractions(0, 1), max_size=12))
def test_adjusted_p_values_never_fall_and_keep_their_order(p_values: list[Fraction]) -> None:
    adjusted = false_discovery(p_values)
    assert all(p <= q <= 1 for p, q in zip(p_values, adjusted, strict=True))
    in_order = sorted(range(len(p_values)), key=p_values.__getitem__)
    assert [adjusted[at] for at in in_order] == sorted(adjusted)
