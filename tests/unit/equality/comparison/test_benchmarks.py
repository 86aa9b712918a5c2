"""The same awards against each benchmark, by hand."""

from fractions import Fraction

from evaluator.equality.comparison.benchmarks import against
from evaluator.equality.data.stage_reached import NOT_RECOMMENDED, RECOMMENDED, StagesReached
from evaluator.records.results.coverage import Baseline
from evaluator.records.results.equality import STAGES, GroupLine, StageFigures
from tests.unit.equality.small_programmes import bid

F = Fraction
RESIDENTS = Baseline("population", "women_led", "Residents", "Census", "2021-03-21", (("Yes", F(1, 2)),), True)
ANOTHER = Baseline("population", "age", "Ages", "Census", "2021-03-21", (("Yes", F(1, 3)),))


def test_awards_and_money_are_held_against_bids_and_residents() -> None:
    # 40 of 100 bids, 10 of 40 awards, £1,000 of £4,000: over 2/5 that is 5/8 and 6 short, over 1/2 1/2 and 10 short.
    every = tuple(bid(f"B{n:02d}", f"O{n}", 100_00) for n in range(100))
    outcomes = {one.id: RECOMMENDED if n < 40 else NOT_RECOMMENDED for n, one in enumerate(every)}
    reached = StagesReached(every, outcomes, {one.id: 100_00 for one in every[:40]})
    figures = tuple(StageFigures(stage, 40, 4_000_00) for stage in STAGES[:-1])
    line = GroupLine("Yes", "group", 40, (*figures, StageFigures(STAGES[-1], 10, 1_000_00)))
    received, eligible, residents = against(line, "women_led", reached, (RESIDENTS, ANOTHER), 100_00)
    assert (received.share, received.ratio, received.shortfall) == (F(2, 5), F(5, 8), 6)
    assert (received.money_ratio, received.money_shortfall, received.same_unit) == (F(5, 8), 600_00, True)
    assert (eligible.basis, eligible.ratio) == ("eligible bids", F(5, 8))
    assert (residents.share, residents.ratio, residents.shortfall) == (F(1, 2), F(1, 2), 10)
    assert (residents.money_ratio, residents.money_shortfall, residents.same_unit) == (F(1, 2), 1_000_00, False)
    assert (residents.title, residents.source) == ("Residents (synthetic)", "Census")
