"""Nothing that is withheld can be worked out, and nothing that is shown depends on accidents."""

import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.equality import assess
from evaluator.equality.chance import Chance, false_discovery, fisher, mid_p
from evaluator.records.equality import EqualityImpact, Wording
from evaluator.records.received import Table
from tests.properties.attacker import STAGES, Attacker
from tests.unit.equality.example import RECOMMENDED, allocation, bid, criteria, evaluation, monitoring, scores

REPLIES = ("Yes", "No", "Mixed", "Other", "Prefer not to say", "No reply", "Not asked")


class RandomProgramme:
    """A programme of any size and shape: some organisations have several bids, some replies are rare."""

    def __init__(self, seed: int, threshold: int) -> None:
        dice = random.Random(seed)
        bids = [f"B{n:03d}" for n in range(dice.choice((0, 5, 12, 25, 40, 80, 130, 200)))]
        organisations = [f"O{n:03d}" for n in range(max(1, dice.randint(len(bids) // 2, len(bids) or 1)))]
        taste = [dice.choice((0, 1, 1, 4, 12)) for _ in REPLIES]
        fates = dice.choice(((1, 1, 1, 1), (1, 2, 60, 30), (0, 0, 3, 1), (20, 20, 20, 40), (1, 0, 0, 60)))
        self.criteria = criteria(threshold, REPLIES)
        self.bids = [bid(name, dice.choice(organisations), dice.randint(1, 50) * 1000_00) for name in bids]
        weights = taste if any(taste) else None
        self.replies = [(name, dice.choices(REPLIES, weights)[0]) for name in organisations if dice.random() < 0.95]
        self.outcomes = {name: dice.choices(range(4), fates)[0] for name in bids}
        prices = {b.id: b.price or 0 for b in self.bids}
        self.awards = {name: prices[name] for name in bids if self.outcomes[name] == RECOMMENDED}

    def assess(self, replies: Table | None = None) -> EqualityImpact:
        failed = [name for name, outcome in self.outcomes.items() if outcome == 0]
        return assess(
            self.criteria,
            evaluation(self.bids, failed),
            scores(self.outcomes),
            allocation(self.awards),
            replies or monitoring(self.replies),
        )

    def truth(self) -> dict[str, Counter[int]]:
        """Bids by reply and outcome, counted without the engine."""
        said = dict(self.replies)
        found: dict[str, Counter[int]] = {}
        for b in self.bids:
            found.setdefault(said.get(b.organisation, "Not known"), Counter())[self.outcomes[b.id]] += 1
        return found


class Attacked:
    """A random programme's published table under attack, by one who may know whose reply is not known."""

    def __init__(self, seed: int, knowing: bool) -> None:
        self.threshold = (5, 10)[seed % 2]
        programme = RandomProgramme(seed, self.threshold)
        impact = programme.assess()
        self.truth = programme.truth()
        self.lines = impact.characteristics[0].lines
        hidden = [0] * STAGES
        if knowing:
            hidden = self.stages("Not known")
            self.lines = tuple(line for line in self.lines if line.group != "Not known")
        table = {line.group: [figures.bids for figures in line.figures] for line in impact.characteristics[0].lines}
        totals = [figures.bids or 0 for figures in impact.totals]
        self.attacker = Attacker(totals, table, hidden if knowing else None)
        self.totals = [total - known for total, known in zip(totals, hidden, strict=True)]

    def outcomes(self, group: str) -> list[int]:
        return [self.truth.get(group, Counter())[outcome] for outcome in range(STAGES)]

    def stages(self, group: str) -> list[int]:
        return [sum(self.outcomes(group)[stage:]) for stage in range(STAGES)]

    def says_nothing(self) -> bool:
        """Whether nobody's reply is known, which tells nothing of any organisation and is shown."""
        return set(self.truth) in ({"Not asked"}, {"Not known"})

    def found(self) -> Iterator[tuple[str, int, int, int]]:
        """Give each small count that the attacker bounds more tightly than the threshold and the public totals do."""
        for line in self.lines:
            if line.figures[0].bids == 0:
                assert not sum(self.outcomes(line.group))
                continue
            for stage in range(STAGES):
                yield from self._tight(line.group, stage)

    def _tight(self, group: str, stage: int) -> Iterator[tuple[str, int, int, int]]:
        after = self.totals[stage + 1] if stage + 1 < STAGES else 0
        for count, bounds, room in (
            (self.stages(group)[stage], self.attacker.reaching, self.totals[stage]),
            (self.outcomes(group)[stage], self.attacker.ending, self.totals[stage] - after),
        ):
            if count < self.threshold:
                least, most = bounds(group, stage)
                if most - least < min(self.threshold, room):
                    yield group, stage, least, most


@pytest.mark.parametrize("knowing", [False, True])
@pytest.mark.parametrize("block", range(10))
def test_no_small_count_can_be_bounded_more_tightly_than_the_threshold(block: int, knowing: bool) -> None:
    shown = 0
    for seed in range(block * 30, block * 30 + 30):
        attacked = Attacked(seed, knowing)
        if not attacked.says_nothing():
            assert (seed, list(attacked.found())) == (seed, [])
            shown += sum(bool(figures.bids) for line in attacked.lines for figures in line.figures)
    assert shown  # the attack is on tables that show something


@pytest.mark.parametrize("seed", range(60))
def test_what_is_derived_appears_only_where_all_that_it_rests_on_is_shown(seed: int) -> None:
    impact = RandomProgramme(seed, 10).assess()
    for line in impact.characteristics[0].lines:
        first, last = line.figures[0], line.figures[3]
        if None in (first.bids, last.bids):
            assert (line.rate, line.ratio, line.shortfall, line.money_shortfall) == (None,) * 4
            assert line.below_four_fifths is None
            assert line.wording in (None, Wording.NOT_SHOWN)
        for figures in line.figures:
            assert figures.money is None or figures.bids is not None
        assert (line.organisations is None) == (first.bids is None)


@pytest.mark.parametrize("seed", range(60))
def test_every_number_shown_is_about_enough_organisations_and_so_is_the_rest(seed: int) -> None:
    programme = RandomProgramme(seed, 10)
    said = dict(programme.replies)
    for line in programme.assess().characteristics[0].lines:
        if line.figures[0].bids and line.figures[3].bids:
            won = {
                b.organisation: programme.outcomes[b.id] == RECOMMENDED
                for b in programme.bids
                if said.get(b.organisation, "Not known") == line.group
            }
            assert len(won) >= 10
            assert line.figures[3].bids >= 10


@pytest.mark.parametrize("seed", range(40))
def test_at_threshold_one_every_count_is_the_true_count(seed: int) -> None:
    programme = RandomProgramme(seed, 1)
    truth = programme.truth()
    for line in programme.assess().characteristics[0].lines:
        counts = truth.get(line.group, Counter())
        assert [f.bids for f in line.figures] == [sum(counts[o] for o in range(s, STAGES)) for s in range(STAGES)]


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
    chance = Chance(group, group + others, awards)
    won = data.draw(st.integers(chance.least, chance.most))
    assert chance.as_few(won) + chance.as_many(won + 1) == 1
    assert 0 < mid_p(chance, won) <= fisher(chance, won) <= 1


@given(st.lists(st.fractions(0, 1), max_size=12))
def test_adjusted_p_values_never_fall_and_keep_their_order(p_values: list[Fraction]) -> None:
    adjusted = false_discovery(p_values)
    assert all(p <= q <= 1 for p, q in zip(p_values, adjusted, strict=True))
    in_order = sorted(range(len(p_values)), key=p_values.__getitem__)
    assert [adjusted[at] for at in in_order] == sorted(adjusted)
