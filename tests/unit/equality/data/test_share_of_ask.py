"""What a group would get of its ask is the last step, and all steps multiply to the whole."""

from fractions import Fraction
from math import prod

from evaluator.equality import assess
from evaluator.records.results.equality import GroupLine
from tests.unit.equality.small_programmes import Programme, allocation, monitoring

TABLE = {"Yes": (10, 0, 10, 20), "No": (10, 0, 10, 40)}


def lines(part: Fraction, threshold: int = 10) -> dict[str, GroupLine]:
    """Every bid asks £100; those of Yes would be awarded a part of it, all others the whole."""
    made = Programme(TABLE, threshold=threshold)
    replies = dict(made.replies)
    awards = {
        award.bid: int(award.amount * (part if replies[f"ORG-{award.bid[1:]}"] == "Yes" else 1))
        for award in made.allocation.awards
    }
    data = monitoring(made.replies)
    impact = assess(made.criteria, made.evaluation, made.scores, allocation(awards), data)
    return {line.group: line for line in impact.characteristics[0].lines}


def test_where_every_award_is_in_full_everybody_gets_all_of_the_ask() -> None:
    for line in (lines(Fraction(1))[name] for name in ("Yes", "No")):
        assert line.share_of_ask is not None
        assert (line.share_of_ask.rate, line.share_of_ask.ratio, line.whole) == (1, 1, line.ratio)


def test_a_group_that_gets_half_of_its_ask_has_a_last_step_and_a_whole_by_hand() -> None:
    # Yes asks 2,000 and gets 1,000; all recommended bids ask 6,000 and get 5,000: a half over five sixths is 3/5.
    line = lines(Fraction(1, 2), threshold=1)["Yes"]
    assert line.share_of_ask is not None
    assert (line.share_of_ask.rate, line.share_of_ask.ratio) == (Fraction(1, 2), Fraction(3, 5))
    steps = prod((step.ratio or Fraction(0) for step in line.steps), start=Fraction(1))
    assert line.ratio == steps == Fraction(5, 6)
    assert line.whole == steps * Fraction(3, 5) == Fraction(1, 2)


def test_with_small_numbers_withheld_the_step_follows_from_rounded_sums_or_is_left_out() -> None:
    line = lines(Fraction(1, 2))["Yes"]
    if line.asked is None:
        assert line.share_of_ask is None
    else:
        assert line.share_of_ask is not None
        assert line.share_of_ask.rate == Fraction(line.figures[-1].money or 0, line.asked)


def test_unknown_replies_that_could_turn_the_picture_make_the_data_too_incomplete() -> None:
    made = Programme({"Yes": (0, 0, 20, 10), "No": (0, 0, 30, 10), "Prefer not to say": (0, 0, 0, 60)}, threshold=1)
    impact = assess(made.criteria, made.evaluation, made.scores, made.allocation, monitoring(made.replies))
    found = {line.group: line for line in impact.characteristics[0].lines}
    # Yes has 10 of 30; all have 80 of 130. With all unknown 70 of 90: 0.54 and 1.26.
    assert found["Yes"].bounds == (Fraction(130, 240), Fraction(70 * 130, 90 * 80))
    assert found["Yes"].incomplete
    assert not lines(Fraction(1))["Yes"].incomplete
