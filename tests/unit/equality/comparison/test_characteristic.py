"""One characteristic: when its money would tell too much, and what follows from the numbers that are shown."""

from dataclasses import replace
from fractions import Fraction

import pytest

from evaluator.equality import assess
from evaluator.equality.comparison.characteristic import Policy, _cuts_tell, _parts_told, _share_of_ask
from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached
from evaluator.records.results.equality import CharacteristicImpact, GroupLine
from tests.unit.equality.small_programmes import Programme, bid


def told(dear: int, unit: int, price: int = 10) -> bool:
    """Whether it is told of a line with 20 bids of nothing in theme T and so many dear ones of the 30 in theme U."""
    cheap = tuple(bid(f"T{n}", f"T{n}", 0, "T") for n in range(40))
    others = tuple(bid(f"U{n}", f"U{n}", price, "U") for n in range(30))
    every = (*cheap, *others)
    reached = StagesReached(every, {one.id: RECOMMENDED for one in every}, {one.id: one.price or 0 for one in every})
    return _parts_told((*cheap[:20], *others[:dear]), RECOMMENDED, reached, Policy(10, unit))


@pytest.mark.parametrize(("dear", "is_told"), [(9, True), (10, False), (11, False)])
def test_fewer_bids_of_a_theme_than_the_threshold_must_not_be_told_by_the_sum(dear: int, *, is_told: bool) -> None:
    assert told(dear, unit=100, price=1000) is is_told


@pytest.mark.parametrize(("unit", "is_told"), [(90, True), (95, True), (100, False), (110, False)])
def test_a_small_number_is_open_over_a_range_as_wide_as_the_threshold(unit: int, *, is_told: bool) -> None:
    # Nine bids of 10 are 90. Shown to 90 it is 90 and 5 to 13 bids fit; to 95, 95 and 5 to 14; to 100, 100 and 5 to 15.
    assert told(9, unit) is is_told


@pytest.mark.parametrize(("unit", "is_told"), [(10, True), (20, False)])
def test_what_is_cut_is_known_only_to_twice_the_unit(unit: int, *, is_told: bool) -> None:
    # Cut from 100 each: 20 and 19, 30 and 10, and of nobody shown 10 and 10. Left are 19 or 20, give or take two units.
    bids = tuple(bid(f"B{n}", f"O{n}", 100) for n in range(6))
    cuts = dict(zip((one.id for one in bids), (20, 19, 30, 10, 10, 10), strict=True))
    awarded = {name: 100 - cut for name, cut in cuts.items()}
    reached = StagesReached(bids, dict.fromkeys(cuts, RECOMMENDED), awarded)
    assert _cuts_tell([bids[:2], bids[2:4]], reached, unit) is is_told


def counted(programme: Programme) -> CharacteristicImpact:
    p = programme
    return assess(p.criteria, p.evaluation, p.scores, p.allocation, p.monitoring).characteristics[0]


def lines(programme: Programme) -> dict[str, GroupLine]:
    return {line.group: line for line in counted(programme).lines}


def test_the_step_with_the_lowest_ratio_under_parity_is_the_widest() -> None:
    # Yes: 30 of 40 pass where 80 of 100 do: 15/16; then 20 of 30 are recommended where 60 of 80 are: 8/9.
    found = lines(Programme({"Yes": (10, 0, 10, 20), "No": (10, 0, 10, 40)}, threshold=1))
    assert [step.ratio for step in found["Yes"].steps] == [Fraction(15, 16), 1, 1, Fraction(8, 9)]
    assert [step.widest for step in found["Yes"].steps] == [False, False, False, True]
    assert not any(step.widest for step in found["No"].steps)


def test_two_rounded_sums_never_give_a_group_more_than_it_asked() -> None:
    programme = Programme({"Yes": (0, 0, 10, 20), "No": (0, 0, 10, 20)}, threshold=1)
    bids = tuple(programme.bids)
    awards = {one.id: 50_00 for one in bids if programme.outcomes[one.id] == RECOMMENDED}
    line = lines(programme)["Yes"]
    last = replace(line.figures[-1], money=2_000_00)
    found = _share_of_ask(
        replace(line, asked=1_000_00, figures=(*line.figures[:-1], last)),
        StagesReached(bids, programme.outcomes, awards),
    )
    assert found is not None
    assert found.rate == 1


def test_where_money_is_withheld_none_is_given_for_the_withheld_lines_together() -> None:
    impact = counted(Programme({"Yes": (0, 0, 4, 2), "No": (0, 0, 11, 11), "Mixed": (0, 0, 15, 15)}))
    assert [(one.bids, one.money) for one in impact.together][-1] == (13, None)
