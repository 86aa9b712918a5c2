"""Known disadvantages are named where numbers allow; nothing is claimed where they do not or where there is none."""

from itertools import chain

import pytest

from evaluator.records.results.equality import EqualityImpact, Wording
from tests.unit.equality.simulated_disadvantage import Simulated

UNLIKELY = Wording.UNLIKELY_CHANCE
SEEDS = pytest.mark.parametrize("seed", [pytest.param(n, marks=[pytest.mark.slow] * (n > 0)) for n in range(6)])


def said(impact: EqualityImpact) -> set[Wording | None]:
    """Every wording of the summary."""
    lines = [line for one in impact.characteristics for line in one.lines]
    scores = (line.score.wording for line in lines if line.score)
    named = (UNLIKELY for line in lines if any("makes most" in driver for driver in line.drivers))
    lists = (line.score.ranked for line in lines if line.score)
    classes = (
        UNLIKELY for line in lines if line.score for part in line.score.criteria if part.functioning in ("B", "C")
    )
    words = (word for line in lines for word in (line.wording, line.money_wording))
    return set(chain(words, scores, named, lists, classes))


@SEEDS
def test_a_biased_criterion_is_named(seed: int) -> None:
    line = Simulated(seed, 300, "criterion").group()
    assert line.score is not None
    criterion = next(driver for driver in line.drivers if driver.startswith("The criterion"))
    assert criterion.startswith("The criterion that makes most of the lower scores: “Question Q3” (Q3, -")
    assert line.score.criteria[0].criterion == "Q3"
    # Among bids alike in the rest it is Q3 alone that stays lower, by much.
    lower = {part.criterion for part in line.score.criteria if part.functioning == "C" and (part.matched or 0) < 0}
    assert lower == {"Q3"}


@SEEDS
def test_a_gate_that_shuts_a_group_out_is_named(seed: int) -> None:
    made = Simulated(seed, 300, "gate")
    named = "The stage that makes most of the gap: passing the gates, above all “Turnover”."
    assert made.group("panel").drivers[0] == named
    # To the public too, unless so few of the others failed that the stage is withheld: then it is not named either.
    line = made.group()
    assert (line.figures[1].bids is not None) == (named in line.drivers)


@SEEDS
def test_a_biased_evaluator_is_named_to_the_panel_and_to_nobody_else(seed: int) -> None:
    made = Simulated(seed, 300, "evaluator")
    first = made.assess("panel").evaluators[0]
    assert (first.evaluator, first.group, first.wording) in (("E2", "Yes", UNLIKELY), ("E2", "No", UNLIKELY))
    assert all(one.evaluator == "E2" for one in made.assess("panel").evaluators if abs(one.difference) > 0.8)
    assert made.assess().evaluators == ()


@pytest.mark.parametrize("bias", ["criterion", "evaluator", "gate"])
def test_with_few_bids_nothing_is_named_and_too_few_or_chance_is_said(bias: str) -> None:
    for seed in range(2):
        made = Simulated(seed, 12, bias, threshold=1)  # type: ignore[arg-type]
        impact = made.assess()
        assert UNLIKELY not in {line.wording for line in impact.characteristics[0].lines}
        assert {line.wording for line in impact.characteristics[0].lines} & {Wording.TOO_FEW, Wording.COULD_BE_CHANCE}
        assert said(Simulated(seed, 12, bias).assess()) <= {None, Wording.NOT_SHOWN}  # type: ignore[arg-type]


# The group is most frequent where least is funded: all themes together, it looks as if it were kept out.
UNEVEN = (0.15, 0.4, 0.7)


def test_a_group_that_bids_where_little_is_funded_is_not_called_kept_out() -> None:
    lines = [Simulated(seed, 300, "none", shares=UNEVEN).group() for seed in range(4)]
    assert all(line.ratio is not None and line.ratio < 1 for line in lines)
    assert sum(line.wording is UNLIKELY for line in lines) <= 1


@pytest.mark.slow
@pytest.mark.parametrize(("threshold", "shares"), [(10, (0.35,) * 3), (1, UNEVEN)])
def test_of_five_hundred_programmes_without_bias_no_more_than_a_twentieth_are_called_unlikely(
    threshold: int, shares: tuple[float, ...]
) -> None:
    called = sum(UNLIKELY in said(Simulated(seed, 150, "none", threshold, shares).assess()) for seed in range(500))
    # A twentieth is 25 of 500; 38 or more would come up less than once in a hundred times at that rate.
    assert called < 38
    print(f"{called} of 500")
