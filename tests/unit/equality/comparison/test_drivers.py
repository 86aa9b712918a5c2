"""Where a difference arises: which stage is named, and how many organisations a matched difference needs."""

from fractions import Fraction

import pytest

from evaluator.equality.comparison.comparisons import AWARDS, LIST, MONEY, SCORE, Group, step_key
from evaluator.equality.comparison.drivers import criteria_gaps, drivers_of
from evaluator.equality.comparison.group_comparison import Compared
from evaluator.equality.data.scores_by_criterion import Points
from evaluator.equality.data.stage_reached import FAILED_GATES, RECOMMENDED, StagesReached
from evaluator.equality.statistics.differential_functioning import matchings
from evaluator.records.results.equality import CriterionGap, ScoreGap, Wording
from tests.unit.equality.small_programmes import bid

F = Fraction
UNLIKELY, COULD_BE = Wording.UNLIKELY_CHANCE, Wording.COULD_BE_CHANCE


def drivers(failed: int, others_failed: int, shown: frozenset[int]) -> tuple[str, ...]:
    """Name what drives the gap where so many of twenty bids on either side failed a gate, all else recommended."""
    every = tuple(bid(f"{side}{n:02d}", f"O-{side}{n}") for side in "GO" for n in range(20))
    fails = {"G": failed, "O": others_failed}
    outcomes = {one.id: FAILED_GATES if int(one.id[1:]) < fails[one.id[0]] else RECOMMENDED for one in every}
    reached = StagesReached(every, outcomes, {name: 100 for name, came in outcomes.items() if came == RECOMMENDED})
    said = dict.fromkeys((AWARDS, MONEY, SCORE, LIST), UNLIKELY) | {step_key(at): COULD_BE for at in range(4)}
    compared = Compared(said | {step_key(0): UNLIKELY}, None)
    return drivers_of(reached, Group(0, "Yes", every[:20]), compared, lambda _: "Insurance", shown)


def test_the_stage_at_which_the_group_falls_short_is_named_with_its_gate() -> None:
    named = "The stage that makes most of the gap: passing the gates, above all “Insurance”."
    assert drivers(15, 1, frozenset(range(5))) == (named,)


@pytest.mark.parametrize("hidden", [0, 1])
def test_a_stage_is_not_named_where_the_numbers_before_or_after_it_are_withheld(hidden: int) -> None:
    (said,) = drivers(15, 1, frozenset(range(5)) - {hidden})
    assert said.startswith("Which stage makes the gap is not said")


def test_a_stage_at_which_the_group_did_better_is_no_disadvantage() -> None:
    assert drivers(1, 15, frozenset(range(5))) == ()


@pytest.mark.parametrize(("points", "named"), [(-2, True), (2, False)])
def test_a_criterion_is_named_where_the_group_earns_less_on_it_and_not_where_it_earns_more(
    points: int, *, named: bool
) -> None:
    part = CriterionGap("Q1", "Need", F(points), price=False)
    score = ScoreGap(F(points), F(points, 4), "large", None, UNLIKELY, F(1, 10), (part,))
    said = dict.fromkeys((AWARDS, MONEY, SCORE, LIST, *map(step_key, range(4))), COULD_BE) | {"Q1": UNLIKELY}
    bids = (bid("B1", "O1"), bid("B2", "O2"))
    reached = StagesReached(bids, {"B1": RECOMMENDED, "B2": RECOMMENDED}, {"B1": 1, "B2": 1})
    found = drivers_of(reached, Group(0, "Yes", bids[:1]), Compared(said, score), lambda _: "", frozenset(range(5)))
    sentence = f"The criterion that makes most of the lower scores: “Need” (Q1, {points:+g} points)."
    assert found == ((sentence,) if named else ())


@pytest.mark.parametrize(("organisations", "given"), [(9, False), (10, True), (11, True)])
def test_a_matched_difference_needs_as_many_organisations_as_the_threshold(organisations: int, *, given: bool) -> None:
    bids = tuple(bid(f"{side}{n:02d}", f"O-{side}{n % organisations}") for side in "GO" for n in range(24))
    quality = {one.id: {"Q1": F(int(one.id[1:]) % 3 + (one.id[0] == "O")), "Q2": F(3)} for one in bids}
    points = Points(quality, {}, {"Q1": "One", "Q2": "Two"}, {one.id: "T" for one in bids})
    group = Group(0, "Yes", bids[:24])
    matched = matchings(points, points.criteria)
    parts = criteria_gaps(points, group, {}, matched, 10, by_theme=True)
    found = {part.criterion: part.matched for part in parts}
    assert found["Q1"] == (-1 if given else None)
