"""Samples that anyone can draw again: by sums, by strata, by money."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.evidence.sampling import Item, sample, shares, turn


def items(*pence: int) -> list[Item]:
    return [Item(f"B{at:03}", "north" if at % 3 else "south", each, {}) for at, each in enumerate(pence, 1)]


def names(drawn: object) -> list[str]:
    return [one.item.name for one in drawn]  # type: ignore[attr-defined]


def test_the_turn_of_an_item_is_a_sum_that_any_program_gives() -> None:
    assert turn("audit", "B001") == sha256(b"audit|B001").hexdigest()


def test_the_lowest_turns_are_drawn_whatever_the_order_of_the_items() -> None:
    every = items(*[1] * 40)
    by_hand = sorted((one.name for one in every), key=lambda name: sha256(f"s|{name}".encode()).hexdigest())[:5]
    assert names(sample(every, 5, "s", "random")) == by_hand == names(sample(every[::-1], 5, "s", "random"))


def test_another_seed_draws_others_and_a_larger_sample_holds_the_smaller() -> None:
    every = items(*[1] * 40)
    assert names(sample(every, 5, "s", "random")) != names(sample(every, 5, "t", "random"))
    assert names(sample(every, 9, "s", "random"))[:5] == names(sample(every, 5, "s", "random"))


def test_strata_share_a_sample_by_largest_remainders() -> None:
    assert shares({"north": 50, "south": 30, "east": 20}, 10) == {"north": 5, "south": 3, "east": 2}
    drawn = sample(items(*[1] * 30), 9, "s", "stratified")
    assert sorted(one.item.stratum for one in drawn) == ["north"] * 6 + ["south"] * 3


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(1, 50), min_size=1, max_size=6), st.integers(1, 120))
def test_shares_add_up_and_never_ask_for_more_than_there_is(counts: dict[str, int], size: int) -> None:
    given_ = shares(counts, size)
    assert sum(given_.values()) == min(size, sum(counts.values()))
    assert all(0 <= given_[name] <= count for name, count in counts.items())
    if size >= len(counts):
        assert min(given_.values()) >= 1


def test_money_always_takes_what_is_as_large_as_a_step() -> None:
    every = items(1_000_000, *[1_000] * 60)
    for seed in "abcdefgh":
        drawn = sample(every, 6, seed, "money")
        assert "B001" in names(drawn)
        assert len(drawn) == len(set(names(drawn))) == 6


def test_money_draws_in_proportion_to_money() -> None:
    every = items(*[3_000] * 10, *[1_000] * 30)  # half of the money in ten items
    found = [name for seed in range(400) for name in names(sample(every, 6, str(seed), "money"))]
    dear = sum(name <= "B010" for name in found) / len(found)
    assert dear == pytest.approx(0.5, abs=0.03)


@given(st.lists(st.integers(0, 10_000), max_size=30), st.integers(1, 35), st.text(max_size=5))
def test_money_draws_each_item_once_at_most_and_as_many_as_asked(pence: list[int], size: int, seed: str) -> None:
    every = [one for one in items(*pence) if one.pence]
    drawn = sample(items(*pence), size, seed, "money")
    assert len(names(drawn)) == len(set(names(drawn))) == min(size, len(every))
    assert [one.number for one in drawn] == list(range(1, len(drawn) + 1))


def test_a_sample_as_large_as_the_whole_is_the_whole() -> None:
    for way in ("random", "stratified", "money"):
        assert sorted(names(sample(items(5, 6, 7), 9, "s", way))) == ["B001", "B002", "B003"]  # type: ignore[arg-type]
