"""A group's sum beside all that chance could give, within sets of like organisations."""

from collections import Counter
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.equality.statistics.conditional import Strata, binomial, like_organisations, ways_of


def one_set(organisations: int, awards: int) -> Strata:
    """Organisations with one bid each in one theme, the first ``awards`` of them funded."""
    names = tuple(f"O{number:03d}" for number in range(organisations))
    return Strata(names, (organisations,), (1,) * awards + (0,) * (organisations - awards))


def group_of(strata: Strata, size: int, won: int) -> frozenset[str]:
    """A group of this size of which so many are funded."""
    awards = sum(strata.values)
    return frozenset(strata.names[:won] + strata.names[awards : awards + size - won])


# Two-sided Fisher, computed in R's fisher.test convention: organisations, awards, size of the group, its awards, p.
@pytest.mark.parametrize(
    ("organisations", "awards", "size", "won", "p"),
    [
        (40, 20, 5, 0, 0.0471),
        (40, 20, 5, 5, 0.0471),
        (90, 35, 25, 2, 0.0002),
        (90, 35, 25, 3, 0.0014),
        (90, 35, 25, 4, 0.0074),
        (90, 35, 25, 5, 0.0297),
        (90, 35, 25, 6, 0.0928),
    ],
)
def test_one_set_of_organisations_gives_fisher_s_test(
    organisations: int, awards: int, size: int, won: int, p: float
) -> None:
    strata = one_set(organisations, awards)
    assert round(float(strata.test(group_of(strata, size, won)).p), 4) == p


@given(st.lists(st.integers(-1, 3), min_size=1, max_size=8), st.data())
def test_the_chance_of_every_sum_is_that_of_going_through_all_choices(values: list[int], data: st.DataObject) -> None:
    taken = data.draw(st.integers(1, len(values)))
    every = Counter(sum(chosen) for chosen in combinations(values, taken))
    found = ways_of(values, taken)
    told = {int(value): chance for value, chance in zip(found.sums, found.chance, strict=True) if chance > 1e-12}
    assert set(told) == set(every)
    assert all(abs(told[value] - times / sum(every.values())) < 1e-10 for value, times in every.items())


def test_sets_are_folded_together_by_hand() -> None:
    # Two of (1, 0) and two of (1, 1, 0, 0), one and two of the group: sums 0 to 3 in 1/2 x (1, 4, 1)/6 each.
    strata = Strata(("a", "b", "c", "d", "e", "f"), (2, 4), (1, 0, 1, 1, 0, 0))
    test = strata.test(frozenset("bef"))
    assert test.ways.chance.round(6).tolist() == [0.083333, 0.416667, 0.416667, 0.083333]
    assert (test.seen, test.p) == (0, Fraction(1666666667, 10**10))
    assert test.smaller_tail == Fraction(833333333, 10**10)


def test_a_set_in_which_nothing_could_come_out_otherwise_says_nothing() -> None:
    strata = Strata(("a", "b", "c"), (1, 2), (1, 0, 0))
    assert strata.uninformative == 3
    assert strata.test(frozenset("ab")).smallest == 1


def test_what_cannot_reach_a_level_is_known_by_margins_alone() -> None:
    strata = one_set(40, 20)
    assert strata.test(group_of(strata, 4, 0)).smallest > Fraction(1, 20)  # 2 x .053
    assert strata.test(group_of(strata, 5, 3)).smallest <= Fraction(1, 20)  # 2 x .0236


def test_like_organisations_stand_together_and_few_with_others_of_like_chances() -> None:
    themes = {f"A{n}": ("T",) for n in range(3)} | {f"B{n}": ("U",) for n in range(2)} | {"C": ("V",), "D": ("T", "V")}
    chance = {"T": Fraction(1, 2), "U": Fraction(1, 4), "V": Fraction(1, 5)}
    strata = like_organisations(themes, {"A0": 1}, chance.__getitem__, fewest=3)
    # U and V give about a quarter each, so B0, B1 and C are alike; D alone has two bids.
    assert strata.names == ("A0", "A1", "A2", "B0", "B1", "C", "D")
    assert strata.sizes == (3, 3, 1)
    assert strata.values == (1, 0, 0, 0, 0, 0, 0)


def test_power_is_the_chance_of_an_alarm_when_every_set_keeps_its_awards() -> None:
    strata = one_set(90, 45)
    test = strata.test(group_of(strata, 30, 15))
    # The sampled distribution leans as the odds do; alarms at p <= .05 counted by drawing 40,000 programmes.
    for part, chance in ((Fraction(1, 2), 0.25), (Fraction(1, 4), 0.125)):
        told = float(test.power(Fraction(1, 20), part))
        assert told > test.power(Fraction(1, 200), part)
        mean = test.ways.tilted(float(part) * 45 * 30 / (60 + float(part) * 30)).mean
        assert abs(mean / 30 / ((45 - mean) / 60) - float(part)) < 1e-6
        assert told > chance  # more is seen than the group wins
    assert test.power(Fraction(1, 20), Fraction(0)) == 1
    small = strata.test(group_of(strata, 4, 2))
    assert small.power(Fraction(1, 200), Fraction(0)) == 0


def test_power_agrees_with_drawn_programmes() -> None:
    strata = one_set(90, 40)
    test = strata.test(group_of(strata, 30, 12))
    critical, part = Fraction(1, 100), Fraction(1, 3)
    mean = float(part) * 40 * 30 / (60 + float(part) * 30)
    odds = mean / (30 - mean) / ((40 - mean) / (60 - 40 + mean))  # near enough to begin a search from
    dice = np.random.default_rng(7)
    alarms, drawn = 0, 0
    ours, theirs = odds / (1 + odds), 0.5
    wins = dice.binomial(30, ours, 400_000), dice.binomial(60, theirs, 400_000)
    kept = wins[0][wins[0] + wins[1] == 40]  # with fixed margins this is the leaning distribution, for these odds
    p_values = {won: strata.test(group_of(strata, 30, won)).p for won in sorted(set(kept.tolist()))}
    alarms = sum(p_values[won] <= critical for won in kept.tolist())
    drawn = len(kept)
    told = test.power_of(test.ways.tilted(float(kept.mean())), critical)
    assert abs(alarms / drawn - float(told)) < 0.02


def test_the_binomial_beside_a_benchmark_is_by_hand() -> None:
    assert binomial(3, 0.5).chance.round(4).tolist() == [0.125, 0.375, 0.375, 0.125]
    assert binomial(3, 0.0).chance.tolist() == binomial(3, 1.0).chance.tolist() == [1.0]
