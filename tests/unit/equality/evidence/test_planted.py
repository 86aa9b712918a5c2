"""Disparities that were planted are named with their stage; where nothing was planted alarms stay rare."""

from fractions import Fraction

import pytest

from evaluator.records.results.equality_evidence import Gap
from tests.unit.equality.evidence.planted import Kind, Planted

PAGE_ONE = 5  # gaps with which the restricted edition begins
STAGES = {
    "bid": {"bid"},
    "gate": {"gate"},
    "question": {"minimum", "allocation"},
    "evaluator": {"minimum", "allocation"},
    "price": {"price"},
    "allocation": {"allocation"},
}
CASES = [
    ("bid", 0.9, 30),
    ("gate", 1.0, 15),
    ("gate", 0.8, 60),
    ("question", 1.0, 60),
    ("evaluator", 1.0, 30),
    ("price", 1.0, 30),
    ("allocation", 1.0, 15),
    ("allocation", 0.8, 45),
]


def named(made: Planted) -> Gap | None:
    """The planted gap, if it is among those with which the edition begins, with a stage that is right."""
    right = STAGES[made.kind]
    largest = made.evidence().largest(PAGE_ONE)
    found = [gap for gap in largest if (gap.characteristic, gap.group) == ("led_by_sex", "Yes") and gap.stage in right]
    return found[0] if found else None


@pytest.mark.parametrize(("kind", "strength", "group"), CASES)
def test_a_planted_disparity_is_named_with_its_stage(kind: Kind, strength: float, group: int) -> None:
    assert all(named(Planted(seed, kind, strength, group)) for seed in range(2))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "strength", "group"), CASES)
def test_of_two_hundred_planted_disparities_nearly_all_are_named(kind: Kind, strength: float, group: int) -> None:
    assert sum(named(Planted(seed, kind, strength, group)) is not None for seed in range(200)) >= 182


@pytest.mark.parametrize("group", [15, 60])
def test_a_group_with_no_award_at_all_is_never_too_few_to_tell(group: int) -> None:
    for kind in ("gate", "allocation"):
        found = named(Planted(100, kind, 1.0, group))
        assert found is not None
        assert found.awards <= (0 if group == 15 or kind == "gate" else 40)
        assert found.certainty == "unlikely_chance"


def test_the_gate_that_shuts_a_group_out_is_named() -> None:
    found = named(Planted(4, "gate", 0.8, 30))
    assert found is not None
    gate = found.parts[0]
    assert (gate.gate, gate.gate_title) == ("turnover", "Turnover")
    assert gate.failed > gate.all_failed / 2


def test_the_question_and_the_evaluator_behind_a_gap_are_named() -> None:
    question = named(Planted(4, "question", 1.0, 30))
    assert question is not None
    assert question.questions[0].question == "Q3"
    assert question.questions[0].marks < -2
    evaluator = named(Planted(4, "evaluator", 1.0, 30))
    assert evaluator is not None
    (panel,) = evaluator.evaluators
    assert (panel.gaps[0].evaluator, panel.says_which, panel.connected) == ("E2", True, True)
    assert panel.gaps[0].marks < -1


def test_of_two_evaluators_nothing_says_which() -> None:
    made = Planted(4, "evaluator", 0.5, 30, evaluators=("E1", "E2"), a_bid=2)
    gap = made.award_gap
    (panel,) = gap.evaluators
    assert not panel.says_which
    assert {one.evaluator for one in panel.gaps} == {"E1", "E2"}
    assert sum(one.marks for one in panel.gaps) == 0
    assert any("nothing here says which" in text for text in made.evidence().not_known)


def test_null_programmes_seldom_raise_an_alarm() -> None:
    assert sum(Planted(seed, "none", 0).evidence().family.alarms > 0 for seed in range(6)) <= 2


@pytest.mark.slow
def test_of_five_hundred_null_programmes_at_most_37_raise_an_alarm() -> None:
    assert sum(Planted(seed, "none", 0).evidence().family.alarms > 0 for seed in range(500)) <= 37


def test_the_parts_of_a_gap_add_up_to_it_and_every_part_counts_bids_that_went_on() -> None:
    for kind in ("none", "gate", "price"):
        made = Planted(9, kind, 0.5)
        found = made.evidence()
        for gap in found.gaps:
            if gap.stage == "bid":
                continue
            assert sum((part.awards for part in gap.parts), Fraction(0)) == gap.shortfall == gap.expected - gap.awards
            gates, minimum, price, allocation = gap.parts
            assert gates.came == gap.bids
            assert (gates.passed, minimum.passed) == (minimum.came, price.came)
            assert (price.came, allocation.passed) == (allocation.came, gap.awards)
        assert [gap.shortfall for gap in found.gaps] == sorted((gap.shortfall for gap in found.gaps), reverse=True)


def test_groups_of_one_question_together_lack_nothing() -> None:
    found = Planted(9, "gate", 0.5).evidence()
    ours = [gap for gap in found.gaps if gap.characteristic == "led_by_disabled" and gap.stage != "bid"]
    assert sum((gap.shortfall for gap in ours), Fraction(0)) == 0
    assert sum(gap.bids for gap in ours) == found.totals[0].bids


def test_the_order_of_replies_changes_nothing() -> None:
    made = Planted(3, "gate", 0.7)
    before = made.evidence()
    made.replies = dict(reversed(made.replies.items()))
    assert made.evidence() == before
